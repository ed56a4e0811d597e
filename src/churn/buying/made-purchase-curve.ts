// How many purchases a population has made by then, to hold against what a model expects.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, type InvalidValue, invalidValue, type Zone } from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import { curveOf, type PurchaseCurve, timeFaults } from './purchase-curve.ts'

/** Whose purchases are counted, and how time is measured: as for `repeatBuyers`. */
export interface MadePurchaseOptions {
  /** The day from which times count; customers who first bought after it are left out. */
  readonly until: CivilDate
  /** How many days a unit of time has; 7 when absent, so that times are weeks. */
  readonly unitDays?: number
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** The days of all purchases after each customer's first, rising, of those who first bought by a day. */
const repeatDays = ({ customers, starts, days }: PurchaseHistories, until: number): Int32Array => {
  const repeats: Array<number> = []
  customers.forEach((_, index) => {
    const [from, to] = [starts[index] as number, starts[index + 1] as number]
    if ((days[from] as number) > until) return
    for (let place = from + 1; place < to; place += 1) repeats.push(days[place] as number)
  })
  return Int32Array.from(repeats).sort()
}

const optionFaults = ({ until, unitDays = 7 }: MadePurchaseOptions): ReadonlyArray<InvalidValue> => [
  ...(Number.isInteger(until) ? [] : [invalidValue(['until'], until, 'a date')]),
  ...(unitDays > 0 && unitDays <= 36_525 ? [] : [invalidValue(['unitDays'], unitDays, 'days above 0, at most 36525')]),
]

/**
 * The repeat purchases that customers made by each of some times: what {@link purchaseCurve} expects, as it was. Two purchases
 * of one day are one.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`, also those after the day
 * @param options see {@link MadePurchaseOptions}
 * @param times from the day `until`, in units, rising; negative before it
 * @returns `InvalidValue` for a day, unit or time that is wrong.
 * @example
 * ```ts
 * import { encodePurchases, madePurchaseCurve, parseCivilDate, unwrap } from 'treue'
 *
 * const buy = (customer: string, day: string) => ({ customer, day: unwrap(parseCivilDate(day)) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-01'), buy('ann', '2026-01-15'), buy('ann', '2026-03-01')]))
 * const until = unwrap(parseCivilDate('2026-02-12'))
 * unwrap(madePurchaseCurve(log, { until }, [-5, 0, 4])).cumulative // => [0, 1, 2]
 * ```
 */
export const madePurchaseCurve = (
  log: PurchaseLog,
  options: MadePurchaseOptions,
  times: ReadonlyArray<number>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, PurchaseCurve> => {
  const { until, unitDays = 7, zone } = options
  const [first, ...rest] = [...optionFaults(options), ...timeFaults(times)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const histories = purchaseHistories(log, zone === undefined ? {} : { zone })
  if (histories._tag === 'Left') return { _tag: 'Left', left: [histories.left] }
  const days = repeatDays(histories.right, until)
  let made = 0
  const cumulative = times.map((time) => {
    while (made < days.length && (days[made] as number) <= until + time * unitDays) made += 1
    return made
  })
  return { _tag: 'Right', right: curveOf(times, cumulative) }
}
