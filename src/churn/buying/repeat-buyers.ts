// From a purchase log to what buy-till-you-die models need: each customer's repeat purchases, and those held out.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, type InvalidValue, invalidValue, type Zone } from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'

/** How a log is cut and measured. */
export interface RepeatBuyersOptions {
  /** The last day from which customers are known. */
  readonly until: CivilDate
  /** The last day of the purchases held out; none are when absent. */
  readonly holdoutUntil?: CivilDate
  /** How many days a unit of time has; 7 when absent, so that times are weeks. */
  readonly unitDays?: number
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** Customers who had bought by then, one entry each; purchases are days with a purchase. */
export interface RepeatBuyers {
  readonly customers: ReadonlyArray<string>
  /** Purchase days after the first. */
  readonly repeats: Float64Array
  /** From the first purchase to the last, in units; 0 when there is one only. */
  readonly recencies: Float64Array
  /** From the first purchase to the last day, in units. */
  readonly ages: Float64Array
  /** The sum of the natural logarithms of the times between purchases, in units; 0 when there is one only. */
  readonly logGaps: Float64Array
  /** Purchase days held out; `null` when none are. */
  readonly holdout: Float64Array | null
  /** How long the holdout is, in units; 0 when there is none. */
  readonly horizon: number
}

/** How many of some rising days are not after a day. */
const countUntil = (days: Int32Array, day: number): number => {
  let count = 0
  while (count < days.length && (days[count] as number) <= day) count += 1
  return count
}

interface Buyer {
  readonly customer: string
  readonly repeats: number
  readonly recency: number
  readonly age: number
  /** With times in days. */
  readonly logGaps: number
  readonly heldOut: number
}

/** Σ ln of the days between some rising days. */
const logGapsOf = (days: Int32Array): number => {
  let sum = 0
  for (let index = 1; index < days.length; index += 1) {
    sum += Math.log((days[index] as number) - (days[index - 1] as number))
  }
  return sum
}

const buyersOf = ({ customers, starts, days }: PurchaseHistories, until: number): ReadonlyArray<Buyer> =>
  customers.flatMap((customer, index) => {
    const own = days.subarray(starts[index], starts[index + 1])
    const known = countUntil(own, until)
    if (known === 0) return []
    const first = own[0] as number
    const recency = (own[known - 1] as number) - first
    const logGaps = logGapsOf(own.subarray(0, known))
    return [{ customer, repeats: known - 1, recency, age: until - first, logGaps, heldOut: own.length - known }]
  })

const optionFaults = ({ until, holdoutUntil, unitDays = 7 }: RepeatBuyersOptions): ReadonlyArray<InvalidValue> => [
  ...(holdoutUntil === undefined || holdoutUntil > until
    ? []
    : [invalidValue(['holdoutUntil'], holdoutUntil, 'a day after the last that customers are known from')]),
  ...(unitDays > 0 && unitDays <= 36_525 ? [] : [invalidValue(['unitDays'], unitDays, 'days above 0, at most 36525')]),
]

/**
 * Each customer's repeat purchases up to a day, for {@link repeatBuying}; and how often they bought in the time after it, to
 * judge a model by.
 *
 * Two purchases of one day are one. The first purchase makes a customer and isn't counted. Whoever first bought after the
 * day is left out.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link RepeatBuyersOptions}
 * @returns `InvalidValue` for a date that is none, a holdout that ends before it begins, a unit that is no time.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, repeatBuyers, unwrap } from 'treue'
 *
 * const buy = (customer: string, day: string) => ({ customer, day: unwrap(parseCivilDate(day)) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-01'), buy('ann', '2026-01-15'), buy('ann', '2026-03-01')]))
 * const until = unwrap(parseCivilDate('2026-02-12'))
 * const holdoutUntil = unwrap(parseCivilDate('2026-03-26'))
 * const { repeats, recencies, ages, holdout, horizon } = unwrap(repeatBuyers(log, { until, holdoutUntil }))
 * Array.from([repeats[0], recencies[0], ages[0], holdout?.[0], horizon]) // => [1, 2, 6, 1, 6]
 * ```
 */
export const repeatBuyers = (
  log: PurchaseLog,
  options: RepeatBuyersOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue>, RepeatBuyers> => {
  const { until, holdoutUntil, unitDays = 7, zone } = options
  const asOf = holdoutUntil ?? until
  const histories = purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone })
  const dateFaults = Number.isInteger(until) ? [] : [invalidValue(['until'], until, 'a date')]
  const [first, ...rest] = [...dateFaults, ...optionFaults(options)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  if (histories._tag === 'Left') {
    return {
      _tag: 'Left',
      left: [invalidValue([holdoutUntil === undefined ? 'until' : 'holdoutUntil'], asOf, 'a date')],
    }
  }
  const buyers = buyersOf(histories.right, until)
  return {
    _tag: 'Right',
    right: {
      customers: buyers.map(({ customer }) => customer),
      repeats: Float64Array.from(buyers, ({ repeats }) => repeats),
      recencies: Float64Array.from(buyers, ({ recency }) => recency / unitDays),
      ages: Float64Array.from(buyers, ({ age }) => age / unitDays),
      logGaps: Float64Array.from(buyers, ({ logGaps, repeats }) => logGaps - repeats * Math.log(unitDays)),
      holdout: holdoutUntil === undefined ? null : Float64Array.from(buyers, ({ heldOut }) => heldOut),
      horizon: holdoutUntil === undefined ? 0 : (holdoutUntil - until) / unitDays,
    },
  }
}
