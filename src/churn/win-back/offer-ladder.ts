// Which customer gets which offer: the one that is worth most, under a budget where it brings most.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CurrencyMismatch,
  type EmptySample,
  emptySample,
  formatAmount,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  underPath,
} from '../../foundation/index.ts'
import { climbedChoices, concaveChoices, type KnapsackChoice } from '../../statistics/index.ts'
import { amountFaults, contactParts, probabilityFaults } from './contact-value.ts'

/** An offer, or a way of contacting without one. */
export interface WinBackOffer {
  readonly id: string
  /** Of contacting, whatever comes of it. */
  readonly contactCost: Money
  /** Of who takes the offer; 0 when absent. */
  readonly offerCost?: Money
}

/** A customer who may be won back. */
export interface WinBackCustomer {
  readonly id: string
  readonly probabilityGone: number
  /** That one who is gone comes back anyway; 0 when absent. */
  readonly returnWithout?: number
  /** That one who is gone comes back with an offer: one probability per offer, in their order. */
  readonly returnWith: ReadonlyArray<number>
  readonly residualValue: Money
}

/** How offers are given out. */
export interface OfferLadderOptions {
  /** What all offers may cost together, as expected; without limit when absent. */
  readonly budget?: Money
  /** Of each gain and each cost to minor units; `halfEven` when absent. */
  readonly rounding?: RoundingMode
}

/** What an offer is worth to a customer, as {@link contactValue} has it. */
export interface OfferOption {
  readonly offer: string
  readonly gain: Money
  readonly cost: Money
  readonly value: Money
}

/** What a customer gets, and why. */
export interface OfferChoice {
  readonly customer: string
  /** `null` for none. */
  readonly chosen: OfferOption | null
  /**
   * `best`: nothing else is worth more; `noOfferPays`: each costs more than it brings; `budget`: `best` is worth more, but the
   * money brings more with others.
   */
  readonly reason: 'best' | 'noOfferPays' | 'budget'
  /** The offer that is worth most to the customer, of equal ones the cheapest. */
  readonly best: OfferOption
  /** All offers, in their order. */
  readonly options: ReadonlyArray<OfferOption>
}

/** Who gets which offer. */
export interface OfferLadder {
  /** One per customer, in their order. */
  readonly choices: ReadonlyArray<OfferChoice>
  /** Of all chosen offers. */
  readonly value: Money
  readonly cost: Money
}

/** Why there is no ladder. */
export type OfferLadderFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | CurrencyMismatch | EmptySample>

type LadderFault = OfferLadderFaults[number]

const idFaults = (name: string, ids: ReadonlyArray<string>): ReadonlyArray<InvalidValue> => {
  const known = new Set<string>()
  return ids.flatMap((id, index) => {
    const isNew = id !== '' && !known.has(id)
    known.add(id)
    return isNew ? [] : [invalidValue([name, index, 'id'], id, 'an id of its own')]
  })
}

const offerFaults = (
  { contactCost, offerCost }: WinBackOffer,
  index: number,
  beside: Money,
): ReadonlyArray<LadderFault> =>
  underPath<LadderFault>(
    ['offers', index],
    [...amountFaults('contactCost', contactCost, beside), ...amountFaults('offerCost', offerCost, beside)],
  )

const customerFaults = (
  { probabilityGone, returnWithout, returnWith, residualValue }: WinBackCustomer,
  index: number,
  offers: ReadonlyArray<WinBackOffer>,
  beside: Money,
): ReadonlyArray<LadderFault> =>
  underPath<LadderFault>(
    ['customers', index],
    [
      ...probabilityFaults('probabilityGone', probabilityGone),
      ...probabilityFaults('returnWithout', returnWithout),
      ...(returnWith.length === offers.length
        ? returnWith.flatMap((value, offer) =>
            probabilityFaults('returnWith', value).map((fault) => ({ ...fault, path: ['returnWith', offer] })),
          )
        : [invalidValue(['returnWith'], returnWith, `${offers.length} probabilities, one per offer`)]),
      ...amountFaults('residualValue', residualValue, beside),
    ],
  )

const faultsOf = (
  customers: ReadonlyArray<WinBackCustomer>,
  offers: ReadonlyArray<WinBackOffer>,
  budget: Money | undefined,
): ReadonlyArray<LadderFault> => {
  const beside = offers[0]?.contactCost
  if (beside === undefined) return [emptySample(['offers'], 'at least one offer')]
  return [
    ...idFaults(
      'offers',
      offers.map(({ id }) => id),
    ),
    ...idFaults(
      'customers',
      customers.map(({ id }) => id),
    ),
    ...offers.flatMap((offer, index) => offerFaults(offer, index, beside)),
    ...customers.flatMap((customer, index) => customerFaults(customer, index, offers, beside)),
    ...amountFaults('budget', budget, beside),
  ]
}

/** An offer to a customer, by its index, in minor units; its value is the gain less the cost. */
interface OfferWorth extends KnapsackChoice {
  readonly offer: number
  readonly gain: number
}

/** What each offer is worth to a customer; the index of one that is beyond minor units. */
const worthsOf = (
  customer: WinBackCustomer,
  offers: ReadonlyArray<WinBackOffer>,
  rounding: RoundingMode,
): ReadonlyArray<OfferWorth> | number => {
  const worths: Array<OfferWorth> = []
  for (const [offer, { contactCost, offerCost }] of offers.entries()) {
    const { probabilityGone, returnWithout = 0, residualValue, returnWith } = customer
    const parts = contactParts(
      {
        probabilityGone,
        returnWithOffer: returnWith[offer] as number,
        returnWithout,
        residualValue,
        contactCost,
        offerCost: offerCost ?? { minor: 0, currency: contactCost.currency },
      },
      rounding,
    )
    if (parts === null) return offer
    const cost = parts.contactCost + parts.offerCost
    worths.push({ offer, gain: parts.gain, cost, value: parts.gain - cost })
  }
  return worths
}

const bestOf = (worths: ReadonlyArray<OfferWorth>): OfferWorth =>
  worths.reduce((best, worth) =>
    worth.value > best.value || (worth.value === best.value && worth.cost < best.cost) ? worth : best,
  )

const reasonOf = (rungs: ReadonlyArray<OfferWorth>, reached: number): OfferChoice['reason'] => {
  if (rungs.length === 0) return 'noOfferPays'
  return reached === rungs.length ? 'best' : 'budget'
}

/** Of each customer, how many rungs up they get: as many as there are, or as a budget allows. */
const reachedOf = (rungs: ReadonlyArray<ReadonlyArray<OfferWorth>>, budget: Money | undefined): Int32Array =>
  budget === undefined ? Int32Array.from(rungs, ({ length }) => length) : climbedChoices(rungs, budget.minor).reached

const sumOf = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0)

const ladderOf = (
  customers: ReadonlyArray<WinBackCustomer>,
  offers: ReadonlyArray<WinBackOffer>,
  worths: ReadonlyArray<ReadonlyArray<OfferWorth>>,
  budget: Money | undefined,
): Either<OfferLadderFaults, OfferLadder> => {
  const currency = (offers[0] as WinBackOffer).contactCost.currency
  const amount = (minor: number): Money => ({ minor: minor + 0, currency })
  const optionOf = ({ offer, gain, cost, value }: OfferWorth): OfferOption => ({
    offer: (offers[offer] as WinBackOffer).id,
    gain: amount(gain),
    cost: amount(cost),
    value: amount(value),
  })
  const rungs = worths.map(concaveChoices)
  const reached = reachedOf(rungs, budget)
  const chosen = rungs.map((own, customer) => own[(reached[customer] as number) - 1] ?? null)
  const [value, cost] = [sumOf(chosen.map((one) => one?.value ?? 0)), sumOf(chosen.map((one) => one?.cost ?? 0))]
  if (!(Number.isSafeInteger(value) && Number.isSafeInteger(cost)))
    return { _tag: 'Left', left: [outOfRange(['customers'], customers, 'customers whose sums minor units hold')] }
  const choices = customers.map(({ id }, customer): OfferChoice => {
    const own = chosen[customer] ?? null
    return {
      customer: id,
      chosen: own === null ? null : optionOf(own),
      reason: reasonOf(rungs[customer] as ReadonlyArray<OfferWorth>, reached[customer] as number),
      best: optionOf(bestOf(worths[customer] as ReadonlyArray<OfferWorth>)),
      options: (worths[customer] as ReadonlyArray<OfferWorth>).map(optionOf),
    }
  })
  return { _tag: 'Right', right: { choices, value: amount(value), cost: amount(cost) } }
}

/**
 * Gives each customer the offer that is worth most, as `contactValue` has it, and none where none pays. Under a budget,
 * customers are raised offer by offer in the order of what a further cent brings; what doesn't fit any more is left out, so that
 * the value is at most one step below the best that the budget could buy.
 *
 * Source: P. Sinha & A. A. Zoltners, The multiple-choice knapsack problem, Operations Research 27 (1979).
 *
 * @param customers who may be won back
 * @param offers cheap and dear ones, in any order
 * @param options see {@link OfferLadderOptions}
 * @returns `EmptySample` without an offer, `InvalidValue` for ids that are empty or come twice and for another number of
 * probabilities than of offers, `OutOfRange` for probabilities outside 0 to 1, amounts below 0 or beyond minor units,
 * `CurrencyMismatch` for amounts of another currency than the first offer's.
 * @example
 * ```ts
 * import { money, offerLadder, unwrap } from 'treue'
 *
 * const euros = (amount: string) => unwrap(money(amount, 'EUR'))
 * const offers = [
 *   { id: 'mail', contactCost: euros('0.50') },
 *   { id: 'voucher', contactCost: euros('0.50'), offerCost: euros('10.00') },
 * ]
 * const customers = [
 *   { id: 'ann', probabilityGone: 0.9, returnWith: [0.05, 0.2], residualValue: euros('200.00') },
 *   { id: 'bob', probabilityGone: 0.1, returnWith: [0.05, 0.2], residualValue: euros('80.00') },
 * ]
 * unwrap(offerLadder(customers, offers)).choices.map(({ chosen, reason }) => [chosen?.offer ?? 'none', reason])
 * // => [['voucher', 'best'], ['none', 'noOfferPays']]
 * ```
 */
export const offerLadder = (
  customers: ReadonlyArray<WinBackCustomer>,
  offers: ReadonlyArray<WinBackOffer>,
  options: OfferLadderOptions = {},
): Either<OfferLadderFaults, OfferLadder> => {
  const { budget, rounding = 'halfEven' } = options
  const [fault, ...rest] = faultsOf(customers, offers, budget)
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const worths: Array<ReadonlyArray<OfferWorth>> = []
  for (const [index, customer] of customers.entries()) {
    const own = worthsOf(customer, offers, rounding)
    if (typeof own === 'number') {
      const { minor } = customer.residualValue
      const wide = outOfRange(['customers', index, 'residualValue'], minor, 'amounts whose sums minor units hold')
      return { _tag: 'Left', left: [wide] }
    }
    worths.push(own)
  }
  return ladderOf(customers, offers, worths, budget)
}

const written = (amount: Money): string => `${formatAmount(amount)} ${amount.currency}`

const worth = ({ offer, gain, cost, value }: OfferOption): string =>
  `${offer} is worth ${written(value)}: ${written(gain)} of gain less ${written(cost)} of cost`

/**
 * Why a customer gets an offer, or none, as a sentence.
 *
 * @param choice from {@link offerLadder}
 * @example
 * ```ts
 * import { explainOfferChoice, money, offerLadder, unwrap } from 'treue'
 *
 * const euros = (amount: string) => unwrap(money(amount, 'EUR'))
 * const offers = [{ id: 'voucher', contactCost: euros('0.50'), offerCost: euros('10.00') }]
 * const ann = { id: 'ann', probabilityGone: 0.9, returnWith: [0.2], residualValue: euros('200.00') }
 * unwrap(offerLadder([ann], offers)).choices.map(explainOfferChoice)
 * // => ['ann gets voucher: voucher is worth 32.70 EUR: 36.00 EUR of gain less 3.30 EUR of cost']
 * ```
 */
export const explainOfferChoice = ({ customer, chosen, reason, best }: OfferChoice): string => {
  switch (reason) {
    case 'best':
      return `${customer} gets ${best.offer}: ${worth(best)}`
    case 'noOfferPays':
      return `${customer} gets nothing, since no offer pays; the best one: ${worth(best)}`
    case 'budget':
      return chosen === null
        ? `${customer} gets nothing, since the budget brings more with others; the best one: ${worth(best)}`
        : `${customer} gets ${chosen.offer}, since the budget for more brings more with others: ${worth(chosen)}; the best one: ${worth(best)}`
  }
}
