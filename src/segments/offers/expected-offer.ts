// What an offer to a customer is expected to bring and to cost, exactly.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  exactProduct,
  exactSum,
  type InvalidValue,
  invalidValue,
  Money,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  roundRatio,
} from '../../foundation/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'

/** An offer that may be made to a customer. */
export interface OfferCandidate {
  readonly customer: string
  readonly offer: string
  /** The margin that the offer is expected to bring beyond what would come without it, its cost taken off; may be negative. */
  readonly margin: Money
  /** What it is taken to cost of the budget, at least 0. */
  readonly cost: Money
}

/** What is known of an offer to a customer. Chances are whole parts of a million. */
export interface OfferTerms {
  readonly customer: string
  readonly offer: string
  /** That the customer buys without the offer. */
  readonly chanceWithoutPerMillion: number
  /** That the customer buys with it. */
  readonly chanceWithPerMillion: number
  /** The margin of a purchase, before the offer's cost. */
  readonly purchaseMargin: Money
  /** What the offer costs when it is used. */
  readonly cost: Money
  /** Whether the budget is charged for every offer in full, or for those that are expected to be used. */
  readonly charge: 'full' | 'expected'
}

const million = 1_000_000

const isChance = (chance: number): boolean => Number.isInteger(chance) && chance >= 0 && chance <= million

const chanceFaults = (terms: OfferTerms): ReadonlyArray<OutOfRange> =>
  (['chanceWithoutPerMillion', 'chanceWithPerMillion'] as const).flatMap((name) =>
    isChance(terms[name]) ? [] : [outOfRange([name], terms[name], 'a whole number from 0 to 1000000')],
  )

const moneyFaults = ({ purchaseMargin, cost }: OfferTerms): ReadonlyArray<InvalidValue> => [
  ...(Money.is(purchaseMargin) ? [] : [invalidValue(['purchaseMargin'], purchaseMargin, 'sound money')]),
  ...(Money.is(cost) && cost.minor >= 0 && cost.currency === purchaseMargin.currency
    ? []
    : [invalidValue(['cost'], cost, 'at least 0 in the currency of the margin')]),
]

/** The expected margin with the offer less that without it, in millionths of a minor unit. */
const gain = ({ chanceWithPerMillion, chanceWithoutPerMillion, purchaseMargin, cost }: OfferTerms) =>
  exactSum(
    exactProduct(chanceWithPerMillion, exactSum(purchaseMargin.minor, -cost.minor)),
    exactProduct(-chanceWithoutPerMillion, purchaseMargin.minor),
  )

/**
 * What an offer is expected to bring beyond what would come without it: the chance with it × the margin less the cost, less the
 * chance without it × the margin. Who would have bought anyway costs the offer and brings nothing.
 *
 * Exact but for one rounding of each amount to its minor unit; an expected cost is rounded up.
 *
 * @param terms what is known of the offer
 * @param mode how the margin is rounded, `'floor'` when absent
 * @returns `OutOfRange` for a chance that is none or an amount that is too large, `InvalidValue` for amounts that aren't sound,
 * of two currencies, or a cost below 0.
 * @example
 * ```ts
 * import { expectedOffer, formatAmount, money, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const { margin, cost } = unwrap(
 *   expectedOffer({
 *     customer: 'ann',
 *     offer: '5 off',
 *     chanceWithoutPerMillion: 200_000,
 *     chanceWithPerMillion: 400_000,
 *     purchaseMargin: eur('30'),
 *     cost: eur('5'),
 *     charge: 'expected',
 *   }),
 * )
 * formatAmount(margin) // => '4.00'
 * formatAmount(cost) // => '2.00'
 * ```
 */
export const expectedOffer = (
  terms: OfferTerms,
  mode: RoundingMode = 'floor',
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, OfferCandidate> => {
  const checked = unlessFaulty([...chanceFaults(terms), ...moneyFaults(terms)], () => gain(terms))
  if (isLeft(checked)) return checked
  const { customer, offer, cost, charge, chanceWithPerMillion, purchaseMargin } = terms
  const { currency } = purchaseMargin
  const margin = roundRatio(checked.right, million, mode)
  const charged =
    charge === 'full' ? right(cost.minor) : roundRatio(exactProduct(chanceWithPerMillion, cost.minor), million, 'ceil')
  if (isLeft(margin) || isLeft(charged)) {
    return left([outOfRange(['purchaseMargin'], purchaseMargin.minor, 'an amount whose expected margin is exact')])
  }
  return right({ customer, offer, margin: { minor: margin.right, currency }, cost: { minor: charged.right, currency } })
}
