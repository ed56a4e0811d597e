// What may be done next, as data: rules over a customer's state, and what holds for all of them.

import {
  arrayCodec,
  type Codec,
  constrainCodec,
  integerCodec,
  invalidValue,
  literalCodec,
  nullableCodec,
  structCodec,
} from '../../foundation/index.ts'
import { type Condition, conditionCodec, type Vocabulary } from '../../rules/index.ts'
import { repeatedIdsOf } from '../repeated-ids.ts'
import { capHours, FrequencyCap } from './frequency-cap.ts'
import { HoldoutDesign } from './holdout.ts'
import { QuietHours } from './quiet-hours.ts'
import type { TouchAnchor } from './touch-anchor.ts'
import { type TouchKind, touchKind, touchText } from './touch-record.ts'

/** Something to do for a customer in a state. */
export interface TouchRule {
  readonly id: string
  readonly kind: TouchKind
  /** Over the fields of `touchVocabulary`. */
  readonly when: Condition
  /** What the window is counted from. */
  readonly anchor: TouchAnchor
  /** Hours from the anchor to the window's beginning; negative before it. */
  readonly fromHours: number
  /** Hours from the anchor to the window's end, which is no longer in it. */
  readonly untilHours: number
  /** In order of preference. */
  readonly channels: ReadonlyArray<string>
  /** The higher the better. */
  readonly priority: number
  /** How long the same rule rests after it was used; `null` for no rest. */
  readonly repeatAfterHours: number | null
  /** What to offer the first time, the second time and so on since the last order; may be empty. */
  readonly offers: ReadonlyArray<string>
  /** Whom this rule leaves alone, to measure what it changes; `null` for nobody. */
  readonly holdout: HoldoutDesign | null
}

/** Kinds of touches that are not made while a condition holds. */
export interface TouchSuppression {
  readonly id: string
  readonly kinds: ReadonlyArray<TouchKind>
  readonly when: Condition
}

/** Quiet hours of some channels, or of all with `null`. */
export interface ChannelQuietHours {
  readonly channels: ReadonlyArray<string> | null
  readonly hours: QuietHours
}

/** What may be done next. */
export interface TouchPolicy {
  readonly rules: ReadonlyArray<TouchRule>
  readonly suppressions: ReadonlyArray<TouchSuppression>
  readonly caps: ReadonlyArray<FrequencyCap>
  readonly quiet: ReadonlyArray<ChannelQuietHours>
  /** Whom all rules that sell leave alone; `null` for nobody. */
  readonly holdout: HoldoutDesign | null
}

const anchor: Codec<TouchAnchor> = /* @__PURE__ */ literalCodec(
  'now',
  'lastOrder',
  'pointsExpire',
  'basketAbandoned',
  'newsletterOpened',
  'birthday',
  'anniversary',
  'complaintOpened',
  'surveyDue',
)

const channelList: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(touchText, { minLength: 1, maxLength: 50 })
const kindList: Codec<ReadonlyArray<TouchKind>> = /* @__PURE__ */ arrayCodec(touchKind, { minLength: 1, maxLength: 2 })
const offsetHours: Codec<number> = /* @__PURE__ */ integerCodec({ min: -8784, max: 8784 })

const ruleCodec = (condition: Codec<Condition, unknown>): Codec<TouchRule, unknown> =>
  constrainCodec<TouchRule, unknown>(
    structCodec('TouchRule', {
      id: touchText,
      kind: touchKind,
      when: condition,
      anchor,
      fromHours: offsetHours,
      untilHours: offsetHours,
      channels: channelList,
      priority: integerCodec({ min: 0, max: 1_000_000 }),
      repeatAfterHours: nullableCodec(capHours),
      offers: arrayCodec(touchText, { maxLength: 50 }),
      holdout: nullableCodec(HoldoutDesign),
    }),
    ({ fromHours, untilHours }) =>
      fromHours < untilHours ? [] : [invalidValue(['untilHours'], untilHours, `more than ${fromHours}`)],
  )

/**
 * The codec of a policy whose conditions read the fields of a vocabulary.
 *
 * @param vocabulary from `touchVocabulary`
 * @example
 * ```ts
 * import { decode, touchPolicyCodec, touchVocabulary, unwrap } from 'treue'
 *
 * const codec = touchPolicyCodec(unwrap(touchVocabulary()))
 * const rule = {
 *   id: 'birthday',
 *   kind: 'marketing',
 *   when: { field: 'daysUntilBirthday', atMost: 1 },
 *   anchor: 'birthday',
 *   fromHours: 9,
 *   untilHours: 24,
 *   channels: ['push', 'email'],
 *   priority: 40,
 *   repeatAfterHours: 300 * 24,
 *   offers: [],
 *   holdout: null,
 * }
 * decode(codec, { rules: [rule], suppressions: [], caps: [], quiet: [], holdout: null })._tag // => 'Right'
 * decode(codec, { rules: [{ ...rule, untilHours: 9 }], suppressions: [], caps: [], quiet: [], holdout: null })._tag // => 'Left'
 * ```
 */
export const touchPolicyCodec = (vocabulary: Vocabulary): Codec<TouchPolicy, unknown> => {
  const condition = conditionCodec(vocabulary)
  return constrainCodec<TouchPolicy, unknown>(
    structCodec('TouchPolicy', {
      rules: arrayCodec(ruleCodec(condition), { maxLength: 1000 }),
      suppressions: arrayCodec(structCodec('TouchSuppression', { id: touchText, kinds: kindList, when: condition }), {
        maxLength: 100,
      }),
      caps: arrayCodec(FrequencyCap, { maxLength: 100 }),
      quiet: arrayCodec(structCodec('ChannelQuietHours', { channels: nullableCodec(channelList), hours: QuietHours }), {
        maxLength: 50,
      }),
      holdout: nullableCodec(HoldoutDesign),
    }),
    ({ rules, suppressions }) => [...repeatedIdsOf(['rules'], rules), ...repeatedIdsOf(['suppressions'], suppressions)],
  )
}
