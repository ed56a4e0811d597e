// Closing the loop: which queue an answer goes to, until when somebody must react, and who hears of it if nobody does.

import { type Either, isLeft } from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  nullableCodec,
  numberCodec,
  type OutOfRange,
  structCodec,
} from '../foundation/index.ts'
import { feedbackName } from './feedback-name.ts'
import { categoryOf, type NpsCategory, standardNpsBreaks, wholeNumberFault } from './nps-scale.ts'
import { addServiceTime, ServiceHours, type ServiceHoursJson } from './service-hours.ts'

/** A time to react in: as clocks run, or as service hours do. */
export interface ReactionTime {
  readonly minutes: number
  readonly counting: 'clock' | 'service'
}

/** Somebody who hears of a case that nobody reacted to. */
export interface Escalation {
  /** Counted from the answer. */
  readonly after: ReactionTime
  readonly queue: string
}

/** Which answers go to which queue. */
export interface RoutingRule {
  readonly id: string
  /** Answers of these categories; of all where it is empty. */
  readonly categories: ReadonlyArray<NpsCategory>
  /** Of customers who are worth at least that much, in the unit in which the application values them; `null` for all. */
  readonly valueFrom: number | null
  readonly queue: string
  /** `null` where nobody has to react. */
  readonly due: ReactionTime | null
  readonly escalations: ReadonlyArray<Escalation>
}

/** How answers are routed. */
export interface RoutingPolicy {
  /** The first that fits decides. */
  readonly rules: ReadonlyArray<RoutingRule>
  /** For times that count service hours; `null` where no rule has such a time. */
  readonly hours: ServiceHours | null
}

/** The JSON of a routing policy. */
export interface RoutingPolicyJson {
  readonly rules: ReadonlyArray<RoutingRule>
  readonly hours: ServiceHoursJson | null
}

const reactionTime: Codec<ReactionTime> = /* @__PURE__ */ structCodec('ReactionTime', {
  minutes: /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000 }),
  counting: /* @__PURE__ */ literalCodec('clock', 'service'),
})

const routingRule: Codec<RoutingRule> = /* @__PURE__ */ structCodec('RoutingRule', {
  id: feedbackName,
  categories: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ literalCodec('detractor', 'passive', 'promoter'), {
    maxLength: 3,
  }),
  valueFrom: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ numberCodec()),
  queue: feedbackName,
  due: /* @__PURE__ */ nullableCodec(reactionTime),
  escalations: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('Escalation', { after: reactionTime, queue: feedbackName }),
    { maxLength: 20 },
  ),
})

const timesOf = ({ due, escalations }: RoutingRule): ReadonlyArray<ReactionTime> => [
  ...(due === null ? [] : [due]),
  ...escalations.map(({ after }) => after),
]

const policyFaults = ({ rules, hours }: RoutingPolicy): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  const repeated = rules.flatMap(({ id }, at) => {
    if (seen.has(id)) return [invalidValue(['rules', at, 'id'], id, 'an id that no other rule has')]
    seen.add(id)
    return []
  })
  const needsHours = rules.some((rule) => timesOf(rule).some(({ counting }) => counting === 'service'))
  const missing =
    needsHours && hours === null ? [invalidValue(['hours'], hours, 'service hours, which a rule counts')] : []
  return [...repeated, ...missing]
}

/**
 * Reads a {@link RoutingPolicy}.
 *
 * @example
 * ```ts
 * import { decode, RoutingPolicy } from 'treue'
 *
 * const rule = {
 *   id: 'unhappy',
 *   categories: ['detractor'],
 *   valueFrom: null,
 *   queue: 'care',
 *   due: { minutes: 2880, counting: 'clock' },
 *   escalations: [],
 * }
 * decode(RoutingPolicy, { rules: [rule], hours: null })._tag // => 'Right'
 * decode(RoutingPolicy, { rules: [rule, rule], hours: null })._tag // => 'Left'
 * ```
 */
export const RoutingPolicy: Codec<RoutingPolicy, RoutingPolicyJson> = /* @__PURE__ */ constrainCodec<
  RoutingPolicy,
  RoutingPolicyJson
>(
  /* @__PURE__ */ structCodec('RoutingPolicy', {
    rules: /* @__PURE__ */ arrayCodec(routingRule, { maxLength: 1_000 }),
    hours: /* @__PURE__ */ nullableCodec(ServiceHours),
  }),
  policyFaults,
)

/** An answer that may need a reaction. */
export interface RoutableAnswer {
  /** 0 to 10. */
  readonly answer: number
  readonly answeredAt: Instant
  /** What the customer is worth, in the unit of the rules; `null` where that isn't known. */
  readonly value: number | null
}

/** An answer on its way to somebody who reacts. */
export interface FeedbackCase {
  readonly category: NpsCategory
  readonly answeredAt: Instant
  /** The rule that decided; `null` where none fits, and nobody has to react. */
  readonly rule: string | null
  readonly queue: string | null
  readonly dueAt: Instant | null
  /** In the order of their times. */
  readonly escalations: ReadonlyArray<{ readonly queue: string; readonly at: Instant }>
}

const instantAfter = (
  { minutes, counting }: ReactionTime,
  from: Instant,
  hours: ServiceHours | null,
): Either<InvalidValue | OutOfRange, Instant> => {
  if (counting === 'clock') return { _tag: 'Right', right: (from + minutes * 60_000) as Instant }
  return hours === null
    ? { _tag: 'Left', left: invalidValue(['hours'], hours, 'service hours, which a rule counts') }
    : addServiceTime(hours, from, minutes)
}

const fits = ({ categories, valueFrom }: RoutingRule, category: NpsCategory, value: number | null): boolean =>
  (categories.length === 0 || categories.includes(category)) &&
  (valueFrom === null || (value !== null && value >= valueFrom))

const caseOf = (
  rule: RoutingRule,
  category: NpsCategory,
  answeredAt: Instant,
  hours: ServiceHours | null,
): Either<InvalidValue | OutOfRange, FeedbackCase> => {
  const due = rule.due === null ? null : instantAfter(rule.due, answeredAt, hours)
  if (due !== null && isLeft(due)) return due
  const escalations: Array<{ readonly queue: string; readonly at: Instant }> = []
  for (const { after, queue } of rule.escalations) {
    const at = instantAfter(after, answeredAt, hours)
    if (isLeft(at)) return at
    escalations.push({ queue, at: at.right })
  }
  escalations.sort((a, b) => a.at - b.at)
  const dueAt = due === null ? null : due.right
  return { _tag: 'Right', right: { category, answeredAt, rule: rule.id, queue: rule.queue, dueAt, escalations } }
}

/**
 * Where an answer goes, and until when somebody must react to it.
 *
 * @param policy the rules; the first that fits decides
 * @param answer an answer from 0 to 10, when it was given, and what the customer is worth
 * @returns `InvalidValue` for an answer that isn't on the scale and where service hours are counted that the policy lacks,
 * `OutOfRange` where so many service hours don't pass within 40,000 days.
 * @example
 * ```ts
 * import { formatInstant, parseInstant, routeFeedback, unwrap, type RoutingPolicy } from 'treue'
 *
 * const policy: RoutingPolicy = {
 *   hours: null,
 *   rules: [
 *     {
 *       id: 'unhappy',
 *       categories: ['detractor'],
 *       valueFrom: null,
 *       queue: 'care',
 *       due: { minutes: 48 * 60, counting: 'clock' },
 *       escalations: [{ after: { minutes: 72 * 60, counting: 'clock' }, queue: 'lead' }],
 *     },
 *   ],
 * }
 * const answeredAt = unwrap(parseInstant('2024-03-29T16:00:00Z'))
 * const { queue, dueAt } = unwrap(routeFeedback(policy, { answer: 3, answeredAt, value: null }))
 * queue // => 'care'
 * dueAt !== null && formatInstant(dueAt) // => '2024-03-31T16:00:00Z'
 * ```
 */
export const routeFeedback = (
  policy: RoutingPolicy,
  answer: RoutableAnswer,
): Either<InvalidValue | OutOfRange, FeedbackCase> => {
  const { answer: given, answeredAt, value } = answer
  if (!(Number.isInteger(given) && given >= 0 && given <= 10)) {
    return { _tag: 'Left', left: wholeNumberFault(['answer'], given, 0, 10) }
  }
  const category = categoryOf(given, standardNpsBreaks)
  const rule = policy.rules.find((one) => fits(one, category, value))
  return rule === undefined
    ? { _tag: 'Right', right: { category, answeredAt, rule: null, queue: null, dueAt: null, escalations: [] } }
    : caseOf(rule, category, answeredAt, policy.hours)
}

/** How a case stands. */
export interface CaseStanding {
  /** Nobody has to react, somebody still has to, or somebody did. */
  readonly state: 'noReaction' | 'open' | 'contacted'
  /** Whether the reaction was in time; `null` while it still can be, and where none is due. */
  readonly inTime: boolean | null
  /** Where the case lies: the last queue it was escalated to before the reaction, or its own. */
  readonly queue: string | null
  /** When it goes on to the next queue if nobody reacts; `null` where it doesn't. */
  readonly nextEscalationAt: Instant | null
}

/**
 * How a case stands at an instant.
 *
 * @param feedback from {@link routeFeedback}
 * @param progress `asOf`: the instant; `firstContactAt`: when somebody first reacted, `null` where nobody has; a contact at the
 * due instant is in time
 * @example
 * ```ts
 * import { caseStanding, parseInstant, unwrap, type FeedbackCase } from 'treue'
 *
 * const at = (text: string) => unwrap(parseInstant(text))
 * const feedback: FeedbackCase = {
 *   category: 'detractor',
 *   answeredAt: at('2024-03-29T16:00:00Z'),
 *   rule: 'unhappy',
 *   queue: 'care',
 *   dueAt: at('2024-03-31T16:00:00Z'),
 *   escalations: [{ queue: 'lead', at: at('2024-04-01T16:00:00Z') }],
 * }
 * const standing = caseStanding(feedback, { asOf: at('2024-04-02T00:00:00Z'), firstContactAt: null })
 * standing.inTime // => false
 * standing.queue // => 'lead'
 * ```
 */
export const caseStanding = (
  feedback: FeedbackCase,
  progress: { readonly asOf: Instant; readonly firstContactAt: Instant | null },
): CaseStanding => {
  const { asOf, firstContactAt } = progress
  const contactAt = firstContactAt !== null && firstContactAt <= asOf ? firstContactAt : null
  const until = contactAt ?? asOf
  const reached = feedback.escalations.filter(({ at }) => at <= until)
  const next = contactAt === null ? feedback.escalations.find(({ at }) => at > until) : undefined
  return {
    state: stateOf(feedback, contactAt),
    inTime: isInTime(feedback.dueAt, contactAt, asOf),
    queue: reached[reached.length - 1]?.queue ?? feedback.queue,
    nextEscalationAt: next?.at ?? null,
  }
}

const stateOf = ({ dueAt }: FeedbackCase, contactAt: Instant | null): CaseStanding['state'] => {
  if (contactAt !== null) return 'contacted'
  return dueAt === null ? 'noReaction' : 'open'
}

const isInTime = (dueAt: Instant | null, contactAt: Instant | null, asOf: Instant): boolean | null => {
  if (dueAt === null) return null
  if (contactAt !== null) return contactAt <= dueAt
  return asOf > dueAt ? false : null
}
