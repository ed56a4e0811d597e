// Growth accounting of any revenue, from what each customer paid in two periods.

import type { Either } from 'fp-ts/Either'
import { type InvalidValue, invalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { type RevenueAccount, revenueAccountMonoid } from './revenue-account.ts'
import { movementsOf, movesOf } from './revenue-movement.ts'

const isAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const amountFaults = (name: string, amounts: ReadonlyMap<string, number>): ReadonlyArray<InvalidValue> =>
  Array.from(amounts).flatMap(([customer, value]) =>
    isAmount(value) ? [] : [invalidValue([name, customer], value, 'a whole number from 0')],
  )

/**
 * Growth accounting of revenue between two periods: what each customer paid in one and in the next, of any kind of revenue.
 *
 * @param previous each customer's amount, whole numbers in minor units; who isn't in it paid nothing
 * @param current the same of the next period
 * @param known who had paid at any time before `current`; those of `previous` needn't be in it
 * @returns `InvalidValue` for what is no amount, at its customer, `OutOfRange` for sums that aren't exact.
 * @example
 * ```ts
 * import { revenueBetween, unwrap } from 'treue'
 *
 * const account = unwrap(revenueBetween(new Map([['ann', 100], ['bob', 50]]), new Map([['ann', 120], ['cem', 10]]), new Set()))
 * const { expansion, churn, end } = account
 * ;[expansion, churn, account.new, end] // => [20, 50, 10, 130]
 * ```
 */
export const revenueBetween = (
  previous: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
  known: ReadonlySet<string>,
): Either<ReadonlyArray<InvalidValue | OutOfRange>, RevenueAccount> => {
  const faults = [...amountFaults('previous', previous), ...amountFaults('current', current)]
  if (faults.length > 0) return { _tag: 'Left', left: faults }
  const { concat, empty } = revenueAccountMonoid
  let sum = empty
  for (const customer of new Set([...previous.keys(), ...current.keys()])) {
    const [before, after] = [previous.get(customer) ?? 0, current.get(customer) ?? 0]
    const standing = { was: before > 0, is: after > 0, returns: known.has(customer) }
    sum = concat(sum, { ...movementsOf(standing, before, before, after), ...movesOf(standing) })
  }
  return Number.isSafeInteger(sum.start) && Number.isSafeInteger(sum.end)
    ? { _tag: 'Right', right: sum }
    : { _tag: 'Left', left: [outOfRange([], 'a sum', 'revenue that is exact in minor units')] }
}
