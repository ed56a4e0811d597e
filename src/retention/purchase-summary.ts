// What each customer's purchases come to as of a day.

import type { Either } from 'fp-ts/Either'
import type { CivilDate, InvalidValue } from '../foundation/index.ts'
import { type HistoryOptions, type PurchaseHistories, purchaseHistories } from './purchase-history.ts'
import type { PurchaseLog } from './purchase-log.ts'

/**
 * A customer's purchases as of a day. What models of the literature call recency is counted from the first purchase to
 * the last, what segmentations call so from the last to now: neither is named so here.
 */
export interface PurchaseSummary {
  readonly customer: string
  readonly firstPurchase: CivilDate
  readonly lastPurchase: CivilDate
  /** Purchases after the first. */
  readonly repeatPurchases: number
  /** Days from the first purchase to the last. */
  readonly firstToLastDays: number
  /** Days from the first purchase to the day as of which it is counted. */
  readonly ageDays: number
  /** Days from the last purchase to that day. */
  readonly daysSinceLast: number
}

const summaryOf = (histories: PurchaseHistories, index: number, asOf: CivilDate): ReadonlyArray<PurchaseSummary> => {
  const { customers, starts, days } = histories
  const from = starts[index] as number
  const last = (starts[index + 1] as number) - 1
  if (last < from) return []
  const firstPurchase = days[from] as CivilDate
  const lastPurchase = days[last] as CivilDate
  return [
    {
      customer: customers[index] as string,
      firstPurchase,
      lastPurchase,
      repeatPurchases: last - from,
      firstToLastDays: lastPurchase - firstPurchase,
      ageDays: asOf - firstPurchase,
      daysSinceLast: asOf - lastPurchase,
    },
  ]
}

/**
 * What each customer's purchases come to as of a day, for every customer who has bought by then.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}
 * @param asOf the last day that counts
 * @param options see {@link HistoryOptions}
 * @returns `InvalidValue` when `asOf` is no date.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, purchaseSummaries, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }, { customer: 'ann', day: date('2026-01-06') }]))
 * const [ann] = unwrap(purchaseSummaries(log, date('2026-01-10')))
 * ann?.repeatPurchases // => 1
 * ann?.firstToLastDays // => 5
 * ann?.ageDays // => 9
 * ann?.daysSinceLast // => 4
 * ```
 */
export const purchaseSummaries = (
  log: PurchaseLog,
  asOf: CivilDate,
  options: Omit<HistoryOptions, 'asOf'> = {},
): Either<InvalidValue, ReadonlyArray<PurchaseSummary>> => {
  const histories = purchaseHistories(log, { ...options, asOf })
  return histories._tag === 'Left'
    ? histories
    : { _tag: 'Right', right: log.customers.flatMap((_, index) => summaryOf(histories.right, index, asOf)) }
}
