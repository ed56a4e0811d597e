// How many purchases a population is expected to have made by then: the curve to hold against what it made.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { BuyingFaults, BuyingModel, BuyingParameters } from './buying-model.ts'
import { isTime } from './repeat-buying.ts'

/** Customers by how long they have been known, such as rows of `repeatBuying`. */
export interface KnownCustomers {
  /** From each customer's first purchase to now, in the unit of the parameters. */
  readonly ages: ArrayLike<number>
  /** How many customers each age stands for; one when absent. */
  readonly counts?: ArrayLike<number>
}

/** Repeat purchases over time, expected or made. */
export interface PurchaseCurve {
  /** From now: negative before, in units of time. */
  readonly times: ReadonlyArray<number>
  /** Repeat purchases of all customers up to each time. */
  readonly cumulative: ReadonlyArray<number>
  /** Those since the time before; up to the first time for the first. */
  readonly incremental: ReadonlyArray<number>
}

/** Customers by age, each age once. */
export const customersByAge = ({ ages, counts }: KnownCustomers): ReadonlyMap<number, number> => {
  const customers = new Map<number, number>()
  for (let row = 0; row < ages.length; row += 1) {
    const age = ages[row] as number
    customers.set(age, (customers.get(age) ?? 0) + (counts === undefined ? 1 : (counts[row] as number)))
  }
  return customers
}

/** What is wrong with customers as columns. */
export const knownFaults = ({ ages, counts }: KnownCustomers): ReadonlyArray<InvalidValue | EmptySample> => {
  if (ages.length === 0) return [emptySample(['ages'], 'a customer')]
  if (counts !== undefined && counts.length !== ages.length) {
    return [invalidValue(['counts', 'length'], counts.length, `${ages.length}, one per row`)]
  }
  const wrongAge = Array.from(ages).findIndex((age) => !isTime(age))
  const wrongCount = Array.from(counts ?? []).findIndex((count) => !(count > 0 && count <= 1e15))
  return [
    ...(wrongAge < 0 ? [] : [invalidValue(['ages', wrongAge], ages[wrongAge], 'a time from 0 to 1e15')]),
    ...(wrongCount < 0
      ? []
      : [invalidValue(['counts', wrongCount], counts?.[wrongCount], 'a number above 0, at most 1e15')]),
  ]
}

/** Times that fall, or are none. */
export const timeFaults = (times: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  times.flatMap((time, index) => {
    const before = index === 0 ? -1e15 : (times[index - 1] as number)
    return time >= before && time <= 1e15
      ? []
      : [invalidValue(['times', index], time, `a time from ${before} to 1e15: times do not fall`)]
  })

/** A curve from what had been bought by each time. */
export const curveOf = (times: ReadonlyArray<number>, cumulative: ReadonlyArray<number>): PurchaseCurve => ({
  times,
  cumulative,
  incremental: cumulative.map((value, index) => value - (index === 0 ? 0 : (cumulative[index - 1] as number))),
})

/** What a model is given has been checked before: a fault can only be one that numbers do not reach. */
const summed = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  customers: ReadonlyMap<number, number>,
  time: number,
): Either<BuyingFaults, number> => {
  let sum = 0
  for (const [age, count] of customers) {
    if (age + time <= 0) continue
    const expected = model.newCustomerPurchases(parameters, age + time)
    if (expected._tag === 'Left') return expected
    sum += count * expected.right
  }
  return { _tag: 'Right', right: sum }
}

/**
 * The repeat purchases that a population is expected to have made by each of some times: weekly times give the tracking plot
 * of the papers, beside {@link madePurchaseCurve}.
 *
 * Customers differ in when they first bought, so each is followed on their own time. It takes one formula for each pair of a
 * distinct age and a time.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd} or another
 * @param parameters of the model
 * @param customers see {@link KnownCustomers}
 * @param times from now, in the unit of the parameters, rising; those before a customer's first purchase count 0 for them
 * @returns `InvalidValue` for each parameter, age, count or time that is wrong; `EmptySample` without a customer.
 * @example
 * ```ts
 * import { mbgNbd, purchaseCurve, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const curve = unwrap(purchaseCurve(mbgNbd, weeks, { ages: [39, 33], counts: [1200, 1157] }, [-30, 0, 39]))
 * curve.cumulative.map(Math.round) // => [651, 2645, 4160]
 * curve.incremental.map(Math.round) // => [651, 1993, 1516]
 * ```
 */
export const purchaseCurve = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  customers: KnownCustomers,
  times: ReadonlyArray<number>,
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample>, PurchaseCurve> => {
  const start = model.newCustomerPurchases(parameters, 0)
  const wrongParameters = start._tag === 'Left' ? start.left : []
  const [first, ...rest] = [...wrongParameters, ...knownFaults(customers), ...timeFaults(times)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const byAge = customersByAge(customers)
  const cumulative: Array<number> = []
  for (const time of times) {
    const sum = summed(model, parameters, byAge, time)
    if (sum._tag === 'Left') return sum
    cumulative.push(sum.right)
  }
  return { _tag: 'Right', right: curveOf(times, cumulative) }
}
