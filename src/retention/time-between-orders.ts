// How many days pass between a customer's purchases.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue } from '../foundation/index.ts'
import { type GapSummary, summariseGaps } from './gap-summary.ts'
import type { HistoryOptions } from './purchase-history.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** How many days pass between purchases. Its means differ, since a frequent customer has more gaps: say which it is. */
export interface TimeBetweenOrders {
  /** How many gaps there are. */
  readonly gaps: number
  /** Customers with at least one gap. */
  readonly customers: number
  /** The mean of all gaps. */
  readonly pooledMeanDays: number
  /** Each customer's mean gap, averaged over customers. */
  readonly meanOfCustomerMeansDays: number
  /** The median of all gaps. */
  readonly medianDays: number
  /** How many gaps there are of each length, shortest first. */
  readonly histogram: ReadonlyArray<{ readonly days: number; readonly gaps: number }>
}

const sumOf = (list: ReadonlyArray<number>, term: (value: number, at: number) => number): number =>
  list.reduce((sum, value, at) => sum + term(value, at), 0)

/** The length of the gap at a position from 0 when all are put in order. */
const gapAt = ({ days, counts }: GapSummary, position: number): number => {
  let before = 0
  return days.find((_, at) => {
    before += counts[at] as number
    return position < before
  }) as number
}

/**
 * The time between orders of a summary.
 *
 * @param summary from {@link summariseGaps} or merged by {@link gapMonoid}
 * @returns `EmptySample` when no customer has two purchases.
 * @example
 * ```ts
 * import { finishGaps, unwrap } from 'treue'
 *
 * const summary = { days: [7, 30], counts: [2, 1], gaps: [1, 2], customers: [1, 1], spans: [30, 14] }
 * const { medianDays, meanOfCustomerMeansDays } = unwrap(finishGaps(summary))
 * medianDays // => 7
 * meanOfCustomerMeansDays // => 18.5
 * ```
 */
export const finishGaps = (summary: GapSummary): Either<EmptySample, TimeBetweenOrders> => {
  const { days, counts, spans } = summary
  const gaps = sumOf(counts, (count) => count)
  const customers = sumOf(summary.customers, (count) => count)
  if (gaps === 0 || customers === 0) {
    return { _tag: 'Left', left: emptySample([], 'a customer with at least two purchases') }
  }
  return {
    _tag: 'Right',
    right: {
      gaps,
      customers,
      pooledMeanDays: sumOf(days, (length, at) => length * (counts[at] ?? 0)) / gaps,
      meanOfCustomerMeansDays: sumOf(summary.gaps, (number, at) => (spans[at] ?? 0) / number) / customers,
      medianDays: (gapAt(summary, Math.floor((gaps - 1) / 2)) + gapAt(summary, Math.floor(gaps / 2))) / 2,
      histogram: days.map((length, at) => ({ days: length, gaps: counts[at] ?? 0 })),
    },
  }
}

/**
 * How many days pass between a customer's consecutive purchases.
 *
 * Of a customer who has bought once nothing is known yet: they are in no mean.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}
 * @param options see {@link HistoryOptions}
 * @returns `EmptySample` when no customer has two purchases, `InvalidValue` when `asOf` is no date.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, timeBetweenOrders, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const rows = [buy('ann', '2026-01-01'), buy('bob', '2026-01-01'), buy('ann', '2026-01-08'), buy('ann', '2026-02-07')]
 * const { pooledMeanDays, gaps, customers } = unwrap(timeBetweenOrders(unwrap(encodePurchases(rows))))
 * pooledMeanDays // => 18.5
 * gaps // => 2
 * customers // => 1
 * ```
 */
export const timeBetweenOrders = (
  log: PurchaseLog,
  options: HistoryOptions = {},
): Either<EmptySample | InvalidValue, TimeBetweenOrders> => {
  const summary = summariseGaps(log, options)
  return summary._tag === 'Left' ? summary : finishGaps(summary.right)
}
