// Days of a contract that are paid for, with what is known about its end.

import type { Either } from 'fp-ts/Either'
import { type CivilDate, type InvalidValue, invalidValue, type OutOfRange } from '../../foundation/index.ts'
import {
  type ChurnReason,
  type CustomerSpan,
  type Subscription,
  type SubscriptionPolicy,
  subscriptionSpans,
} from '../../retention/index.ts'
import { isDate } from '../inactivity/own-rhythm.ts'

/** Days that somebody has paid for. Several of one customer may overlap or follow each other. */
export interface ContractSpan extends CustomerSpan {
  /** When it was cancelled; from that day on it is known that it ends. */
  readonly cancelledOn?: CivilDate
  /** Why, in the shop's own words or codes. */
  readonly cause?: string
}

/** Days after the end of the paid period on which a customer is still one, by the reason of the end. */
export interface ContractGrace {
  /** After a cancellation; 0 when absent. */
  readonly voluntaryDays?: number
  /** After a payment that failed: the time for trying it again; 0 when absent. */
  readonly involuntaryDays?: number
  /** Where the reason isn't known; 0 when absent. */
  readonly unexplainedDays?: number
}

/** The days of grace of a span that ends. */
export const graceDays = (reason: ChurnReason | undefined, grace: ContractGrace): number => {
  if (reason === undefined) return grace.unexplainedDays ?? 0
  return (reason === 'voluntary' ? grace.voluntaryDays : grace.involuntaryDays) ?? 0
}

const longestGraceDays = 3660

/** What is wrong with days of grace, each by its name. */
export const graceFaults = (grace: ContractGrace): ReadonlyArray<InvalidValue> =>
  (['voluntaryDays', 'involuntaryDays', 'unexplainedDays'] as const).flatMap((name) => {
    const days = grace[name] ?? 0
    return Number.isInteger(days) && days >= 0 && days <= longestGraceDays
      ? []
      : [invalidValue(['grace', name], days, `a whole number of days from 0 to ${longestGraceDays}`)]
  })

/** What is wrong with a span at a row. */
export const contractSpanFaults = (span: ContractSpan, row: number): ReadonlyArray<InvalidValue> => {
  const { customer, from, until, cancelledOn } = span
  const reason: string | undefined = span.reason
  const check = (holds: boolean, name: string, value: unknown, expected: string): ReadonlyArray<InvalidValue> =>
    holds ? [] : [invalidValue(['spans', row, name], value, expected)]
  return [
    ...check(typeof customer === 'string' && customer !== '', 'customer', customer, 'an id that is not empty'),
    ...check(isDate(from), 'from', from, 'a date'),
    ...check(until === null || (isDate(until) && until > from), 'until', until, 'a later date than from, or null'),
    ...check(cancelledOn === undefined || isDate(cancelledOn), 'cancelledOn', cancelledOn, 'a date'),
    ...check(
      reason === undefined || reason === 'voluntary' || reason === 'involuntary',
      'reason',
      reason,
      'voluntary or involuntary',
    ),
  ]
}

const compare = <A extends number | string>(first: A, second: A): number => {
  if (first === second) return 0
  return first < second ? -1 : 1
}

const forGood = Number.POSITIVE_INFINITY

/** Order of spans by beginning and end; of those that are alike in both, the one that isn't cancelled is last. */
export const compareSpans = (first: ContractSpan, second: ContractSpan): number =>
  compare(first.from, second.from) ||
  compare(first.until ?? forGood, second.until ?? forGood) ||
  compare(first.cancelledOn ?? forGood, second.cancelledOn ?? forGood) ||
  compare(first.reason ?? '', second.reason ?? '') ||
  compare(first.cause ?? '', second.cause ?? '')

/**
 * The paid days of a subscription as a span of a contract: from the first charged day to its end, pauses included.
 *
 * @param subscription see {@link Subscription}
 * @param policy when it ends: see {@link SubscriptionPolicy}
 * @returns no span where it ended in its trial; `InvalidValue` and `OutOfRange` as of {@link subscriptionSpans}.
 * @example
 * ```ts
 * import { contractSpans, formatCivilDate, money, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const price = { amount: unwrap(money('10', 'EUR')), every: { unit: 'month', count: 1 } } as const
 * const [span] = unwrap(
 *   contractSpans({
 *     customer: 'ann',
 *     prices: [{ from: date('2026-01-01'), price }],
 *     trialUntil: date('2026-01-15'),
 *     end: { cancelledOn: date('2026-05-02'), paidUntil: date('2026-05-15'), reason: 'voluntary' },
 *   }),
 * )
 * span && formatCivilDate(span.from) // => '2026-01-15'
 * span?.reason // => 'voluntary'
 * ```
 */
export const contractSpans = (
  subscription: Subscription,
  policy: SubscriptionPolicy = {},
): Either<ReadonlyArray<InvalidValue | OutOfRange>, ReadonlyArray<ContractSpan>> => {
  const spans = subscriptionSpans(subscription, policy)
  if (spans._tag === 'Left') return spans
  const [first, last] = [spans.right[0], spans.right[spans.right.length - 1]]
  if (first === undefined || last === undefined) return { _tag: 'Right', right: [] }
  const { customer, end } = subscription
  const known = {
    ...(end === undefined ? {} : { cancelledOn: end.cancelledOn }),
    ...(end?.reason === undefined ? {} : { reason: end.reason }),
  }
  return { _tag: 'Right', right: [{ customer, from: first.from, until: last.until, ...known }] }
}
