// Growth that customers bring: those who come back and spend more, and those who come because others sent them.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CurrencyMismatch,
  formatAmount,
  type InvalidValue,
  invalidValue,
  type Money,
  moneyRatio,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { isNonEmpty } from './nps-summary.ts'

/** The revenue of two periods, that of the later one in three parts; amounts of one currency, none below 0. */
export interface RevenueByOrigin {
  /** All revenue of the earlier period. */
  readonly base: Money
  /** In the later period, of those who were customers in the earlier one. */
  readonly returning: Money
  /** Of new customers who came by recommendation. */
  readonly earnedNew: Money
  /** Of new customers who came by advertising, sales or a discount. */
  readonly boughtNew: Money
  /** All revenue of the later period, if it is known otherwise; the three parts must sum to it. */
  readonly current?: Money
}

/** Growth by where it came from; shares of the base. */
export interface EarnedGrowth {
  /** Revenue of returning customers ÷ base. */
  readonly netRevenueRetention: number
  readonly earnedNew: number
  readonly boughtNew: number
  /** Net revenue retention + earned new. */
  readonly earnedGrowthFactor: number
  /** The factor − 1: how much revenue would have grown on customers' account alone. */
  readonly earnedGrowthRate: number
  /** All revenue ÷ base − 1. */
  readonly totalGrowth: number
  /** All revenue of the later period. */
  readonly current: Money
}

/** Everything that is wrong with revenue by origin. */
export type EarnedGrowthFaults = ReadonlyNonEmptyArray<CurrencyMismatch | InvalidValue | OutOfRange | ZeroDenominator>

type Faults = ReadonlyArray<EarnedGrowthFaults[number]>

const parts = ['returning', 'earnedNew', 'boughtNew'] as const

const currencyFault = (name: string, amount: Money, base: Money): CurrencyMismatch => ({
  _tag: 'CurrencyMismatch',
  path: [name],
  expected: `an amount in ${base.currency}, as the base`,
  left: base.currency,
  right: amount.currency,
})

const amountFaults = (name: string, amount: Money, base: Money): Faults => [
  ...(amount.minor >= 0 ? [] : [outOfRange([name], formatAmount(amount), 'an amount from 0')]),
  ...(amount.currency === base.currency ? [] : [currencyFault(name, amount, base)]),
]

const revenueFaults = ({ base, current: told, ...amounts }: RevenueByOrigin, sum: number): Faults => {
  const wrong = [
    ...amountFaults('base', base, base),
    ...parts.flatMap((name) => amountFaults(name, amounts[name], base)),
    ...(told === undefined ? [] : amountFaults('current', told, base)),
    ...(base.minor === 0 ? [zeroDenominator(['base'], 'revenue above 0 to grow from')] : []),
    ...(Number.isSafeInteger(sum) ? [] : [outOfRange([], sum, 'amounts whose sum is a safe integer of minor units')]),
  ]
  if (wrong.length > 0 || told === undefined || told.minor === sum) return wrong
  const partsSum = formatAmount({ minor: sum, currency: base.currency })
  return [invalidValue(['current'], formatAmount(told), `${partsSum}, the sum of its parts`)]
}

/** A ratio of two integers of minor units, computed exactly and rounded once; of a whole that is not 0. */
const ratio = (part: number, whole: number, { currency }: Money): number => {
  const result = moneyRatio({ minor: part, currency }, { minor: whole, currency })
  return isLeft(result) ? 0 : result.right.toNumber()
}

/** All revenue of the later period, of parts that are sound. */
const checked = (revenue: RevenueByOrigin): Either<EarnedGrowthFaults, Money> => {
  const { base, returning, earnedNew, boughtNew } = revenue
  const sum = returning.minor + earnedNew.minor + boughtNew.minor
  const faults = revenueFaults(revenue, sum)
  return isNonEmpty(faults)
    ? { _tag: 'Left', left: faults }
    : { _tag: 'Right', right: { minor: sum, currency: base.currency } }
}

/**
 * The earned growth rate: how much revenue grew by customers who came back and by those whom they sent.
 *
 * Source: F. Reichheld, Winning on Purpose (2021), appendix B.
 *
 * @param revenue of two periods, by origin
 * @returns `ZeroDenominator` for a base of 0, `CurrencyMismatch` for an amount in another currency than the base, `OutOfRange`
 * for an amount below 0, `InvalidValue` for a `current` that isn't the sum of its parts; all that applies.
 * @example
 * ```ts
 * import { earnedGrowth, money, unwrap } from 'treue'
 *
 * const euros = (amount: string) => unwrap(money(amount, 'EUR'))
 * const growth = unwrap(
 *   earnedGrowth({ base: euros('100'), returning: euros('85'), earnedNew: euros('25'), boughtNew: euros('20') }),
 * )
 * growth.earnedGrowthRate // => 0.1
 * growth.totalGrowth // => 0.3
 * ```
 */
export const earnedGrowth = (revenue: RevenueByOrigin): Either<EarnedGrowthFaults, EarnedGrowth> => {
  const current = checked(revenue)
  if (isLeft(current)) return current
  const { base, returning, earnedNew, boughtNew } = revenue
  const toBase = (minor: number): number => ratio(minor, base.minor, base)
  const right: EarnedGrowth = {
    netRevenueRetention: toBase(returning.minor),
    earnedNew: toBase(earnedNew.minor),
    boughtNew: toBase(boughtNew.minor),
    earnedGrowthFactor: toBase(returning.minor + earnedNew.minor),
    earnedGrowthRate: toBase(returning.minor + earnedNew.minor - base.minor),
    totalGrowth: toBase(current.right.minor - base.minor),
    current: current.right,
  }
  return { _tag: 'Right', right }
}

/**
 * The earned growth ratio: which part of the growth was earned. It is below 0 where customers took revenue away that
 * advertising more than replaced, and above 1 where revenue was earned faster than it grew.
 *
 * Source: F. Reichheld, Winning on Purpose (2021), appendix B.
 *
 * @param revenue of two periods, by origin
 * @returns `ZeroDenominator` where revenue didn't grow or shrink, and the faults of {@link earnedGrowth}.
 * @example
 * ```ts
 * import { earnedGrowthRatio, money, unwrap } from 'treue'
 *
 * const euros = (amount: string) => unwrap(money(amount, 'EUR'))
 * const revenue = { base: euros('100'), returning: euros('85'), earnedNew: euros('25'), boughtNew: euros('20') }
 * unwrap(earnedGrowthRatio(revenue)).toFixed(4) // => '0.3333'
 * ```
 */
export const earnedGrowthRatio = (revenue: RevenueByOrigin): Either<EarnedGrowthFaults, number> => {
  const current = checked(revenue)
  if (isLeft(current)) return current
  const { base, returning, earnedNew } = revenue
  const growth = current.right.minor - base.minor
  if (growth === 0) return { _tag: 'Left', left: [zeroDenominator([], 'revenue that differs from the base')] }
  return { _tag: 'Right', right: ratio(returning.minor + earnedNew.minor - base.minor, growth, base) }
}
