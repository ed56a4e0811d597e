// What to do next for a customer: the rules that are due, in order, each with a channel and the time at which it may be sent;
// and why the others are not.

import type { Instant, Interval } from '../../foundation/index.ts'
import {
  type ConditionExplanation,
  compileExplanation,
  decidingTests,
  type Facts,
  type TestExplanation,
  type Vocabulary,
} from '../../rules/index.ts'
import type { CustomerMoment, TouchOccasion } from './customer-moment.ts'
import { forbiddenAround, forbiddenByCaps } from './frequency-cap.ts'
import { isHeldOut } from './holdout.ts'
import type { QuietHours } from './quiet-hours.ts'
import { firstSendTime } from './send-time.ts'
import { anchorOf } from './touch-anchor.ts'
import { touchFacts } from './touch-facts.ts'
import type { TouchPolicy, TouchRule, TouchSuppression } from './touch-policy.ts'

/** A touch that may be made. */
export interface NextTouch {
  readonly rule: string
  readonly kind: TouchRule['kind']
  readonly channel: string
  /** The first stretch of time in which it may be sent at any instant. */
  readonly send: Interval
  /** When the rule's window ends, at which it makes no more sense. */
  readonly deadline: Instant
  readonly priority: number
  /** The step of the rule's ladder of offers; `null` where it has none. */
  readonly offer: string | null
  /** The tests that make the rule due, with what was found. */
  readonly because: ReadonlyArray<TestExplanation>
}

/**
 * Why a rule isn't used: its condition doesn't hold (`'notDue'`); a suppression holds (`'suppressed'`); what its window is
 * counted from isn't known (`'noAnchor'`); its window is over (`'tooLate'`); the customer has none of its channels
 * (`'noConsent'`); caps, rest and quiet hours leave no time before its end (`'noTime'`); or the customer is left alone
 * (`'heldOut'`), which is said only of those whom it would otherwise have been.
 */
export type PassedReason = 'notDue' | 'suppressed' | 'noAnchor' | 'tooLate' | 'noConsent' | 'noTime' | 'heldOut'

/** A rule that isn't used, and why. */
export interface PassedTouch {
  readonly rule: string
  readonly reason: PassedReason
  /** The suppression that holds. */
  readonly suppression?: string
  /** Of what isn't due, the tests that decide so, with what was found. */
  readonly because: ReadonlyArray<TestExplanation>
}

/** What to do next. */
export interface NextTouches {
  /** The best first: by priority, then what must be sent sooner, then in the order of the rules. */
  readonly ranked: ReadonlyArray<NextTouch>
  readonly passed: ReadonlyArray<PassedTouch>
}

/** A rule of a policy that is ready to be asked. */
export interface CompiledTouchRule {
  readonly rule: TouchRule
  /** What the rule's condition comes to, and why. */
  readonly explain: (facts: Facts) => ConditionExplanation
}

/** A suppression of a policy that is ready to be asked. */
export interface CompiledTouchSuppression {
  readonly suppression: TouchSuppression
  /** What the suppression's condition comes to, and why. */
  readonly explain: (facts: Facts) => ConditionExplanation
}

/** A policy that is ready to be asked; it holds functions, so it is no data to store. */
export interface CompiledTouchPolicy {
  readonly policy: TouchPolicy
  readonly rules: ReadonlyArray<CompiledTouchRule>
  readonly suppressions: ReadonlyArray<CompiledTouchSuppression>
}

/**
 * Prepares a policy to be asked for many customers.
 *
 * @param vocabulary that the policy was decoded with
 * @param policy a decoded policy
 * @example
 * ```ts
 * import { compileTouchPolicy, touchVocabulary, unwrap } from 'treue'
 *
 * const empty = { rules: [], suppressions: [], caps: [], quiet: [], holdout: null }
 * compileTouchPolicy(unwrap(touchVocabulary()), empty).rules.length // => 0
 * ```
 */
export const compileTouchPolicy = (vocabulary: Vocabulary, policy: TouchPolicy): CompiledTouchPolicy => ({
  policy,
  rules: policy.rules.map((rule) => ({ rule, explain: compileExplanation(vocabulary, rule.when) })),
  suppressions: policy.suppressions.map((suppression) => ({
    suppression,
    explain: compileExplanation(vocabulary, suppression.when),
  })),
})

const msPerHour = 3_600_000

const concerns = (channels: ReadonlyArray<string> | null, channel: string): boolean =>
  channels === null || channels.includes(channel)

const quietOn = ({ quiet }: TouchPolicy, channel: string): ReadonlyArray<QuietHours> =>
  quiet.filter(({ channels }) => concerns(channels, channel)).map(({ hours }) => hours)

/** The stretches in which the rule rests. */
const restsOf = ({ id, repeatAfterHours }: TouchRule, { history }: CustomerMoment): ReadonlyArray<Interval> => {
  if (repeatAfterHours === null) return []
  const times = history.filter((touch) => touch.rule === id).map(({ at }) => at)
  return forbiddenAround(
    [...times].sort((a, b) => a - b),
    1,
    repeatAfterHours,
  )
}

interface Sending {
  readonly channel: string
  readonly send: Interval
}

const sendingOn = (
  policy: TouchPolicy,
  rule: TouchRule,
  channel: string,
  window: Interval,
  moment: CustomerMoment,
  { zone }: TouchOccasion,
): ReadonlyArray<Sending> => {
  const forbidden = [
    ...restsOf(rule, moment),
    ...forbiddenByCaps(policy.caps, { channel, kind: rule.kind }, moment.history, zone),
  ]
  const send = firstSendTime(window, { zone, quiet: quietOn(policy, channel), forbidden })
  return send === undefined ? [] : [{ channel, send }]
}

/** The step of the ladder: how often the rule was used since the last order. */
const offerOf = ({ id, offers }: TouchRule, { history, lastOrderAt }: CustomerMoment): string | null => {
  const used = history.filter(({ rule, at }) => rule === id && (lastOrderAt === null || at > lastOrderAt)).length
  return offers[Math.min(used, offers.length - 1)] ?? null
}

const isLeftAlone = ({ holdout }: TouchPolicy, rule: TouchRule, { customer }: CustomerMoment): boolean =>
  (rule.holdout !== null && isHeldOut(customer, rule.holdout)) ||
  (rule.kind === 'marketing' && holdout !== null && isHeldOut(customer, holdout))

type Outcome = NextTouch | PassedTouch

const windowOf = (
  rule: TouchRule,
  moment: CustomerMoment,
  occasion: TouchOccasion,
): Interval | 'noAnchor' | 'tooLate' => {
  const anchor = anchorOf(rule.anchor, moment, occasion)
  if (anchor === null) return 'noAnchor'
  const from = Math.max(occasion.at, anchor + rule.fromHours * msPerHour) as Instant
  const until = (anchor + rule.untilHours * msPerHour) as Instant
  return from < until ? { from, until } : 'tooLate'
}

/** What becomes of a rule that is due. */
const outcomeOfDue = (
  policy: TouchPolicy,
  rule: TouchRule,
  because: ReadonlyArray<TestExplanation>,
  moment: CustomerMoment,
  occasion: TouchOccasion,
): Outcome => {
  const passed = (reason: PassedReason): PassedTouch => ({ rule: rule.id, reason, because })
  const window = windowOf(rule, moment, occasion)
  if (typeof window === 'string') return passed(window)
  const allowed = rule.channels.filter((channel) =>
    moment.consents.some((consent) => consent.channel === channel && consent.kinds.includes(rule.kind)),
  )
  if (allowed.length === 0) return passed('noConsent')
  const [first] = allowed.flatMap((channel) => sendingOn(policy, rule, channel, window, moment, occasion))
  if (first === undefined) return passed('noTime')
  if (isLeftAlone(policy, rule, moment)) return passed('heldOut')
  const { id, kind, priority } = rule
  const { channel, send } = first
  return { rule: id, kind, channel, send, deadline: window.until, priority, offer: offerOf(rule, moment), because }
}

const isPassed = (outcome: Outcome): outcome is PassedTouch => 'reason' in outcome

const compare = (one: NextTouch, other: NextTouch): number =>
  other.priority - one.priority || one.deadline - other.deadline

/**
 * What to do next for a customer: the touches that may be made, the best first, and why the others are not.
 *
 * Each touch of the list is allowed by itself. Once one is sent, add it to the history and ask again: then the caps count it.
 * A channel that the customer prefers less is taken only where the better ones leave no time.
 *
 * @param compiled from {@link compileTouchPolicy}
 * @param moment what is known of the customer
 * @param occasion when and where it is asked
 * @example
 * ```ts
 * import { compileTouchPolicy, explainNextTouch, nextTouches, noMoment, parseInstant, type TouchRule, touchVocabulary, unwrap, utc } from 'treue'
 *
 * const basket: TouchRule = {
 *   id: 'basket',
 *   kind: 'marketing',
 *   when: { field: 'hoursSinceBasket', atMost: 48 },
 *   anchor: 'basketAbandoned',
 *   fromHours: 2,
 *   untilHours: 48,
 *   channels: ['push', 'email'],
 *   priority: 70,
 *   repeatAfterHours: 168,
 *   offers: [],
 *   holdout: null,
 * }
 * const quiet = [{ channels: null, hours: { fromMinute: 21 * 60, untilMinute: 8 * 60 } }]
 * const policy = { rules: [basket], suppressions: [], caps: [], quiet, holdout: null }
 * const at = unwrap(parseInstant('2026-03-01T20:00:00Z'))
 * const moment = { ...noMoment('ann'), basketAbandonedAt: at, consents: [{ channel: 'email', kinds: ['marketing'] as const }] }
 * const [best] = nextTouches(compileTouchPolicy(unwrap(touchVocabulary()), policy), moment, { at, zone: utc }).ranked
 * best && explainNextTouch(best)
 * // => 'basket by email from 2026-03-02T08:00:00Z until 2026-03-02T21:00:00Z: hoursSinceBasket is 0'
 * ```
 */
export const nextTouches = (
  compiled: CompiledTouchPolicy,
  moment: CustomerMoment,
  occasion: TouchOccasion,
): NextTouches => {
  const facts = touchFacts(moment, occasion)
  const holding = compiled.suppressions
    .filter(({ explain }) => explain(facts).truth === 'true')
    .map(({ suppression }) => suppression)
  const outcomes = compiled.rules.map(({ rule, explain }): Outcome => {
    const explanation = explain(facts)
    const because = decidingTests(explanation)
    if (explanation.truth !== 'true') return { rule: rule.id, reason: 'notDue', because }
    const suppression = holding.find(({ kinds }) => kinds.includes(rule.kind))
    return suppression === undefined
      ? outcomeOfDue(compiled.policy, rule, because, moment, occasion)
      : { rule: rule.id, reason: 'suppressed', suppression: suppression.id, because }
  })
  return {
    ranked: outcomes.filter((outcome): outcome is NextTouch => !isPassed(outcome)).sort(compare),
    passed: outcomes.filter(isPassed),
  }
}
