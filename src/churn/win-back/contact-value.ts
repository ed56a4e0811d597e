// What contacting a customer is worth, in exact money: probabilities count in billionths, and each part is rounded once.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CurrencyMismatch,
  compareMoney,
  type ExactInteger,
  exactProduct,
  exactSum,
  type Money,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  roundRatio,
  underPath,
} from '../../foundation/index.ts'

/** A customer who may be won back, and what is offered. */
export interface ContactCase {
  /** That the customer is gone, such as 1 − `probabilityAlive`. */
  readonly probabilityGone: number
  /** That one who is gone comes back when contacted. */
  readonly returnWithOffer: number
  /** That one who is gone comes back anyway; 0 when absent. */
  readonly returnWithout?: number
  /** What a customer who has come back is still worth, before the costs of winning them back. */
  readonly residualValue: Money
  /** Of contacting, whatever comes of it. */
  readonly contactCost: Money
  /**
   * Of the offer, of who takes it: who comes back with it, and who was never gone and takes it for nothing. 0 when absent.
   */
  readonly offerCost?: Money
}

/** What contacting a customer is worth, and what it is made of. */
export interface ContactValue {
  /** `gain − cost`: below 0, leave the customer alone. */
  readonly value: Money
  /** P(gone) × (P(return | offer) − P(return without)) × residual value. */
  readonly gain: Money
  /** `contactCost + offerCost` */
  readonly cost: Money
  readonly contactCost: Money
  /** The cost of the offer, times the probability that it is taken. */
  readonly offerCost: Money
}

/** Why there is no value. */
export type ContactFaults = ReadonlyNonEmptyArray<OutOfRange | CurrencyMismatch>

const billion = 1_000_000_000

/** A probability in billionths. */
const billionths = (probability: number): number => Math.round(probability * billion)

const isProbability = (value: number): boolean => value >= 0 && value <= 1

/** What is wrong with a probability. */
export const probabilityFaults = (name: string, value: number | undefined): ReadonlyArray<OutOfRange> =>
  value === undefined || isProbability(value) ? [] : [outOfRange([name], value, 'a probability from 0 to 1')]

/** What is wrong with an amount beside another one: its currency, or that it is below 0. */
export const amountFaults = (
  name: string,
  amount: Money | undefined,
  beside: Money,
): ReadonlyArray<OutOfRange | CurrencyMismatch> => {
  if (amount === undefined) return []
  const compared = compareMoney(amount, beside)
  return [
    ...(compared._tag === 'Left' ? underPath([name], [compared.left]) : []),
    ...(Number.isSafeInteger(amount.minor) && amount.minor >= 0
      ? []
      : [outOfRange([name], amount.minor, 'whole minor units from 0')]),
  ]
}

const caseFaults = (contact: ContactCase): ReadonlyArray<ContactFaults[number]> => [
  ...probabilityFaults('probabilityGone', contact.probabilityGone),
  ...probabilityFaults('returnWithOffer', contact.returnWithOffer),
  ...probabilityFaults('returnWithout', contact.returnWithout),
  ...amountFaults('residualValue', contact.residualValue, contact.contactCost),
  ...amountFaults('contactCost', contact.contactCost, contact.contactCost),
  ...amountFaults('offerCost', contact.offerCost, contact.contactCost),
]

const square: ExactInteger = 1_000_000_000_000_000_000n

/** Minor units of the parts; a fault where one is beyond what they hold. */
interface ContactParts {
  readonly gain: number
  readonly contactCost: number
  readonly offerCost: number
}

/** The parts of a case that is known to be right. */
export const contactParts = (contact: ContactCase, mode: RoundingMode): ContactParts | null => {
  const gone = billionths(contact.probabilityGone)
  const [returns, anyway] = [billionths(contact.returnWithOffer), billionths(contact.returnWithout ?? 0)]
  const moved = exactProduct(gone, returns - anyway)
  const taken = exactSum(exactProduct(gone, returns), exactProduct(billion - gone, billion))
  const gain = roundRatio(exactProduct(moved, contact.residualValue.minor), square, mode)
  const offerCost = roundRatio(exactProduct(taken, contact.offerCost?.minor ?? 0), square, mode)
  if (gain._tag === 'Left' || offerCost._tag === 'Left') return null
  const { minor: contactCost } = contact.contactCost
  return Number.isSafeInteger(contactCost + offerCost.right) &&
    Number.isSafeInteger(gain.right - contactCost - offerCost.right)
    ? { gain: gain.right, contactCost, offerCost: offerCost.right }
    : null
}

/**
 * What contacting a customer is worth: P(gone) × (P(return | offer) − P(return without)) × residual value, less the costs. Who
 * isn't gone takes the offer for nothing, which is counted as its cost.
 *
 * @param contact see {@link ContactCase}
 * @param rounding of the gain and of the offer's cost to minor units, `halfEven` when absent
 * @returns `OutOfRange` for each probability outside 0 to 1, each amount below 0, and amounts beyond what minor units hold;
 * `CurrencyMismatch` for amounts of another currency than the cost of contacting.
 * @example
 * ```ts
 * import { contactValue, money, unwrap } from 'treue'
 *
 * const euros = (amount: string) => unwrap(money(amount, 'EUR'))
 * const { gain, cost, value } = unwrap(
 *   contactValue({
 *     probabilityGone: 0.8,
 *     returnWithOffer: 0.15,
 *     returnWithout: 0.05,
 *     residualValue: euros('120.00'),
 *     contactCost: euros('0.80'),
 *     offerCost: euros('10.00'),
 *   }),
 * )
 * ;[gain.minor, cost.minor, value.minor] // => [960, 400, 560]
 * ```
 */
export const contactValue = (
  contact: ContactCase,
  rounding: RoundingMode = 'halfEven',
): Either<ContactFaults, ContactValue> => {
  const [fault, ...rest] = caseFaults(contact)
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const parts = contactParts(contact, rounding)
  if (parts === null) {
    const wide = outOfRange(['residualValue'], contact.residualValue.minor, 'amounts whose sums minor units hold')
    return { _tag: 'Left', left: [wide] }
  }
  const { currency } = contact.contactCost
  const amount = (minor: number): Money => ({ minor: minor + 0, currency })
  const cost = parts.contactCost + parts.offerCost
  return {
    _tag: 'Right',
    right: {
      value: amount(parts.gain - cost),
      gain: amount(parts.gain),
      cost: amount(cost),
      contactCost: amount(parts.contactCost),
      offerCost: amount(parts.offerCost),
    },
  }
}
