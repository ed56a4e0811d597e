/** Challenges as data: what counts, in which window, what it takes to reach each level. */
import {
  booleanCodec,
  Calendar,
  type Codec,
  constrainCodec,
  Duration,
  Interval,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  stringCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'
import {
  type CompiledCondition,
  type Condition,
  conditionCodec,
  type Facts,
  openConditionCodec,
  type Vocabulary,
} from '../rules/index.ts'
import { ChallengeId, LevelId } from './challenge-id.ts'
import {
  compiledWhen,
  conditionFaults,
  levelFaults,
  levelsCodec,
  meets,
  type SharedTerms,
  sharedTermCodecs,
} from './shared-terms.ts'

/** What is counted of the actions that a challenge takes. */
export type ChallengeMeasure =
  /** How many they are. */
  | { readonly type: 'times' }
  /** The sum of a whole number or an amount, in its own unit or in minor units. */
  | { readonly type: 'sum'; readonly field: string }
  /** How many different texts they have, as in visits to five different shops. */
  | { readonly type: 'distinct'; readonly field: string }

/** For how long a challenge counts before it begins anew. */
export type ChallengeWindow =
  /** All the time that the challenge is open. */
  | { readonly type: 'whole' }
  /** Each period of a calendar. */
  | { readonly type: 'calendar'; readonly calendar: Calendar }
  /** From the first action on; the first one after its end begins the next, or none does. */
  | { readonly type: 'fromFirst'; readonly duration: Duration; readonly repeats: boolean }

/** A level of a challenge. */
export interface ChallengeLevel {
  readonly id: LevelId
  /** In the unit of the measure. */
  readonly target: number
}

/** A challenge: members count towards its levels with what they do. */
export interface Challenge extends SharedTerms {
  readonly id: ChallengeId
  readonly measure: ChallengeMeasure
  readonly window: ChallengeWindow
  /** With rising targets. */
  readonly levels: ReadonlyArray<ChallengeLevel>
  /** When the challenge is open. Default: always. */
  readonly open?: Interval
}

const fieldName = stringCodec

const measureCodec: Codec<ChallengeMeasure, unknown> = /* @__PURE__ */ unionCodec('ChallengeMeasure', 'type', {
  times: /* @__PURE__ */ structCodec('TimesMeasure', { type: /* @__PURE__ */ literalCodec('times') }),
  sum: /* @__PURE__ */ structCodec('SumMeasure', { type: /* @__PURE__ */ literalCodec('sum'), field: fieldName }),
  distinct: /* @__PURE__ */ structCodec('DistinctMeasure', {
    type: /* @__PURE__ */ literalCodec('distinct'),
    field: fieldName,
  }),
})

const windowCodec: Codec<ChallengeWindow, unknown> = /* @__PURE__ */ unionCodec('ChallengeWindow', 'type', {
  whole: /* @__PURE__ */ structCodec('WholeWindow', { type: /* @__PURE__ */ literalCodec('whole') }),
  calendar: /* @__PURE__ */ structCodec('ChallengePeriods', {
    type: /* @__PURE__ */ literalCodec('calendar'),
    calendar: Calendar,
  }),
  fromFirst: /* @__PURE__ */ structCodec('FromFirstWindow', {
    type: /* @__PURE__ */ literalCodec('fromFirst'),
    duration: Duration,
    repeats: booleanCodec,
  }),
})

const levels: Codec<ReadonlyArray<ChallengeLevel>, unknown> = /* @__PURE__ */ levelsCodec(
  /* @__PURE__ */ structCodec('ChallengeLevel', {
    id: LevelId,
    target: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  }),
)

const summable: ReadonlySet<string> = /* @__PURE__ */ new Set(['integer', 'money'])

const measureFaults = ({ fields }: Vocabulary, measure: ChallengeMeasure): ReadonlyArray<InvalidValue> => {
  if (measure.type === 'times') return []
  const type = fields.find(({ name }) => name === measure.field)?.type
  const fits = type !== undefined && (measure.type === 'sum' ? summable.has(type) : type === 'text')
  const expected = `the name of a field that holds ${measure.type === 'sum' ? 'integers or amounts' : 'a text'}`
  return fits ? [] : [invalidValue(['measure', 'field'], measure.field, expected)]
}

const ownFaults = (challenge: Challenge): ReadonlyArray<InvalidValue> => {
  const { window } = challenge
  const isEmpty = window.type === 'fromFirst' && window.duration.amount === 0
  return [
    ...(isEmpty
      ? [invalidValue(['window', 'duration', 'amount'], 0, 'at least 1: an empty window holds nothing')]
      : []),
    ...levelFaults(challenge.levels, 'target'),
  ]
}

const formCodec = (when: Codec<Condition, unknown>): Codec<Challenge, unknown> =>
  structCodec(
    'Challenge',
    { id: ChallengeId, measure: measureCodec, window: windowCodec, levels },
    { ...sharedTermCodecs(when), open: Interval },
  )

/**
 * The codec of challenges whose conditions and measures read the fields of a vocabulary.
 *
 * @param vocabulary - the fields of the actions
 *
 * @example
 * ```ts
 * import { challengeCodec, decode } from 'treue'
 *
 * const codec = challengeCodec({ fields: [{ name: 'stars', type: 'integer' }] })
 * const json = { id: 'reviews', measure: { type: 'times' }, window: { type: 'whole' }, levels: [{ id: 'ten', target: 10 }] }
 * decode(codec, json)._tag // => 'Right'
 * decode(codec, { ...json, measure: { type: 'sum', field: 'sars' } })._tag // => 'Left'
 * ```
 */
export const challengeCodec = (vocabulary: Vocabulary): Codec<Challenge, unknown> =>
  constrainCodec<Challenge, unknown>(formCodec(conditionCodec(vocabulary)), (challenge) => [
    ...measureFaults(vocabulary, challenge.measure),
    ...ownFaults(challenge),
  ])

/**
 * The codec of challenges of which it is not known yet which further fields the actions have: {@link challengeFaults}
 * looks at those.
 *
 * @param vocabulary - the fields of which the type is known
 *
 * @example
 * ```ts
 * import { decode, openChallengeCodec } from 'treue'
 *
 * const levels = [{ id: 'ten', target: 10 }]
 * const json = { id: 'stars', measure: { type: 'sum', field: 'stars' }, window: { type: 'whole' }, levels }
 * decode(openChallengeCodec({ fields: [] }), json)._tag // => 'Right'
 * ```
 */
export const openChallengeCodec = (vocabulary: Vocabulary): Codec<Challenge, unknown> =>
  constrainCodec<Challenge, unknown>(formCodec(openConditionCodec(vocabulary)), ownFaults)

/**
 * What is wrong with the fields that a challenge reads; paths start at the challenge.
 *
 * @param vocabulary - the fields of the actions
 * @param challenge - a challenge that {@link openChallengeCodec} has read
 * @returns `InvalidValue`: a field that the actions don't have, or that is of another type.
 *
 * @example
 * ```ts
 * import { type Challenge, challengeFaults } from 'treue'
 *
 * const stars = { measure: { type: 'sum', field: 'stars' } } as unknown as Challenge
 * challengeFaults({ fields: [] }, stars).map(({ path }) => path) // => [['measure', 'field']]
 * ```
 */
export const challengeFaults = (vocabulary: Vocabulary, challenge: Challenge): ReadonlyArray<InvalidValue> => [
  ...measureFaults(vocabulary, challenge.measure),
  ...conditionFaults(vocabulary, challenge),
]

/** A challenge that is ready to count; it holds functions, so it is no data to store. */
export interface CompiledChallenge {
  readonly challenge: Challenge
  readonly condition: CompiledCondition | null
}

/**
 * Prepares a challenge to count many actions.
 *
 * @param vocabulary - the vocabulary that the challenge was decoded with
 * @param challenge - a decoded challenge
 *
 * @example
 * ```ts
 * import { challengeCodec, compileChallenge, decode, unwrap } from 'treue'
 *
 * const vocabulary = { fields: [] }
 * const json = { id: 'visits', measure: { type: 'times' }, window: { type: 'whole' }, levels: [{ id: 'ten', target: 10 }] }
 * compileChallenge(vocabulary, unwrap(decode(challengeCodec(vocabulary), json))).challenge.id // => 'visits'
 * ```
 */
export const compileChallenge = (vocabulary: Vocabulary, challenge: Challenge): CompiledChallenge => ({
  challenge,
  condition: compiledWhen(vocabulary, challenge),
})

/** How much an action counts, and under which text it is one of several different ones. */
export interface Counted {
  /** In the unit of the measure, at least 1. */
  readonly amount: number
  readonly key: string | null
}

const measured = (measure: ChallengeMeasure, facts: Facts): Counted | null => {
  if (measure.type === 'times') return { amount: 1, key: null }
  const fact = Object.hasOwn(facts, measure.field) ? facts[measure.field] : undefined
  if (measure.type === 'distinct') return typeof fact === 'string' ? { amount: 1, key: fact } : null
  return typeof fact === 'number' && Number.isSafeInteger(fact) && fact > 0 ? { amount: fact, key: null } : null
}

/** What an action counts; `null` where its facts do not fit the challenge. */
export const countedOf = ({ challenge, condition }: CompiledChallenge, facts: Facts): Counted | null =>
  meets(condition, facts) ? measured(challenge.measure, facts) : null
