// Of what customers spend on a category, how much they spend here; and how much that would be by where they rank us.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CurrencyMismatch,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type Money,
  moneyRatio,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
} from '../../foundation/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'

/**
 * Of what is spent on a category, the share that is spent here: of one customer, or of many by the sums.
 *
 * @param own what is spent here, at least 0
 * @param category what is spent on the category everywhere, here included
 * @returns a share from 0 to 1; `CurrencyMismatch` where the currencies differ, `ZeroDenominator` where nothing is spent,
 * `OutOfRange` where more is spent here than everywhere or less than nothing, `InvalidValue` where an amount isn't sound money.
 * @example
 * ```ts
 * import { money, shareOfWallet, unwrap } from 'treue'
 *
 * unwrap(shareOfWallet(unwrap(money('30', 'EUR')), unwrap(money('120', 'EUR')))) // => 0.25
 * ```
 */
export const shareOfWallet = (
  own: Money,
  category: Money,
): Either<CurrencyMismatch | ZeroDenominator | InvalidValue | OutOfRange, number> => {
  const ratio = moneyRatio(own, category)
  if (isLeft(ratio)) return ratio
  return own.minor >= 0 && own.minor <= category.minor
    ? right(ratio.right.toNumber())
    : left(outOfRange(['own'], own.minor, `minor units from 0 to ${category.minor}, those of the category`))
}

const brandFaults = (rank: number, brands: number): ReadonlyArray<OutOfRange> => {
  if (!(Number.isSafeInteger(brands) && brands >= 1)) {
    return [outOfRange(['brands'], brands, 'a whole number from 1')]
  }
  return rank >= 1 && rank <= brands && Number.isInteger(rank * 2)
    ? []
    : [outOfRange(['rank'], rank, `a rank from 1 to ${brands}, whole or the mean of two`)]
}

const allocated = (rank: number, brands: number): number => (1 - rank / (brands + 1)) * (2 / brands)

/**
 * The share of a customer's wallet that a brand gets by its rank among those that the customer uses: the wallet allocation
 * rule. Not how much a customer likes us decides it, but whether they like another one more.
 *
 * Source: T. L. Keiningham, L. Aksoy, L. Williams, A. Buoye, The Wallet Allocation Rule (2015), appendix A.
 *
 * @param rank 1 for the brand that is liked best; the mean of the ranks where several are liked equally
 * @param brands how many the customer uses, at least 1
 * @returns a share from 0 to 1; `OutOfRange` for a rank or a number that is none.
 * @example
 * ```ts
 * import { unwrap, walletAllocation } from 'treue'
 *
 * unwrap(walletAllocation(1, 2)).toFixed(2) // => '0.67'
 * unwrap(walletAllocation(2, 2)).toFixed(2) // => '0.33'
 * ```
 */
export const walletAllocation = (rank: number, brands: number): Either<ReadonlyNonEmptyArray<OutOfRange>, number> =>
  unlessFaulty(brandFaults(rank, brands), () => allocated(rank, brands))

/** A brand that a customer uses, and how they rate it; the higher the better. */
export interface BrandRating {
  readonly brand: string
  readonly rating: number
}

/** What a brand gets of a customer's wallet. */
export interface WalletShare {
  readonly brand: string
  /** 1 for the best; brands that are rated equally have the mean of their ranks. */
  readonly rank: number
  /** 0 to 1; those of all brands add up to 1. */
  readonly share: number
}

const ratingFaults = (ratings: ReadonlyArray<BrandRating>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return ratings.flatMap(({ brand, rating }, index) => {
    const repeated = seen.has(brand)
    seen.add(brand)
    return [
      ...(repeated ? [invalidValue([index, 'brand'], brand, 'a brand that is named once')] : []),
      ...(Number.isFinite(rating) ? [] : [invalidValue([index, 'rating'], rating, 'a finite number')]),
    ]
  })
}

/** Of each rating the mean of the ranks that it takes. */
const meanRanks = (ratings: ReadonlyArray<BrandRating>): ReadonlyMap<number, number> => {
  const falling = ratings.map(({ rating }) => rating).sort((a, b) => b - a)
  const ranks = new Map<number, number>()
  for (let from = 0; from < falling.length; ) {
    let until = from + 1
    while (falling[until] === falling[from]) until += 1
    ranks.set(falling[from] as number, (from + 1 + until) / 2)
    from = until
  }
  return ranks
}

/**
 * The shares of a customer's wallet by how they rate the brands that they use; see {@link walletAllocation}.
 *
 * @param ratings one per brand
 * @returns the brands in their order; `EmptySample` without any, `InvalidValue` for a brand that is named twice and a rating
 * that isn't finite.
 * @example
 * ```ts
 * import { unwrap, walletAllocations } from 'treue'
 *
 * const ratings = [{ brand: 'us', rating: 8 }, { brand: 'them', rating: 9 }, { brand: 'others', rating: 8 }]
 * unwrap(walletAllocations(ratings)).map(({ rank, share }) => [rank, share.toFixed(2)])
 * // => [[2.5, '0.25'], [1, '0.50'], [2.5, '0.25']]
 * ```
 */
export const walletAllocations = (
  ratings: ReadonlyArray<BrandRating>,
): Either<ReadonlyNonEmptyArray<EmptySample | InvalidValue>, ReadonlyArray<WalletShare>> => {
  if (ratings.length === 0) return left([emptySample([], 'at least one brand')])
  return unlessFaulty(ratingFaults(ratings), () => {
    const ranks = meanRanks(ratings)
    return ratings.map(({ brand, rating }) => {
      const rank = ranks.get(rating) as number
      return { brand, rank, share: allocated(rank, ratings.length) }
    })
  })
}
