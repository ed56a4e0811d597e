// Which offers to make under a budget: one per customer at most, for the most expected margin. Steps in the order of what they
// bring for their cost, with a bound that proves how near to the best that is; and the best itself where that can be searched.

import { type Either, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue, Money, type OutOfRange, outOfRange } from '../../foundation/index.ts'
import { climbedChoices, concaveChoices, type KnapsackChoice, undominatedChoices } from '../../statistics/index.ts'
import type { OfferCandidate } from './expected-offer.ts'

/**
 * Why an offer isn't made: it brings nothing (`'noGain'`); another one for the customer brings as much at no higher cost
 * (`'dominated'`); another one for the customer is made (`'otherOffer'`); or the budget goes to offers that bring more
 * (`'budget'`).
 */
export type PassedOfferReason = 'noGain' | 'dominated' | 'otherOffer' | 'budget'

/** An offer that isn't made. */
export interface PassedOffer {
  readonly customer: string
  readonly offer: string
  readonly reason: PassedOfferReason
}

/** The offers to make. */
export interface OfferPlan {
  /** In the order of what was given. */
  readonly chosen: ReadonlyArray<OfferCandidate>
  readonly passed: ReadonlyArray<PassedOffer>
  /** What the chosen ones cost. */
  readonly cost: Money
  /** What the chosen ones are expected to bring. */
  readonly margin: Money
  /** No choice under the budget brings more than that. */
  readonly bound: Money
  /** `'exact'`: no choice brings more than this one; `'greedy'`: at most the bound. */
  readonly method: 'exact' | 'greedy'
}

/** How the choice is made. */
export interface OfferChoiceOptions {
  /** How many partial choices the exact search may hold; 0 for none, 200,000 when absent. */
  readonly mostStates?: number
}

/** An offer in minor units, with its place in what was given; its value is the margin. */
interface PlainOffer extends KnapsackChoice {
  readonly index: number
}

/** A choice of offers: an offer, and the choice before it. */
interface Choice extends KnapsackChoice {
  readonly last: PlainOffer | null
  readonly before: Choice | null
}

const nothing: Choice = { cost: 0, value: 0, last: null, before: null }

const offersIn = (choice: Choice): ReadonlyArray<PlainOffer> => {
  const offers: Array<PlainOffer> = []
  for (let at: Choice | null = choice; at !== null; at = at.before) if (at.last !== null) offers.push(at.last)
  return offers
}

interface Greedy {
  readonly offers: ReadonlyArray<PlainOffer>
  readonly value: number
  readonly bound: number
}

/** Climbs from offer to offer as long as the budget allows. */
const greedyOf = (frontiers: ReadonlyArray<ReadonlyArray<PlainOffer>>, budget: number): Greedy => {
  const hulls = frontiers.map(concaveChoices)
  const { reached, bound } = climbedChoices(hulls, budget)
  const offers = hulls.flatMap((hull, customer) => hull[(reached[customer] as number) - 1] ?? [])
  return withBestSingle({ offers, value: sumOf(offers, 'value'), bound }, frontiers)
}

/** One offer alone where it brings more than all that the steps gave: then they bring at least half of the best. */
const withBestSingle = (greedy: Greedy, frontiers: ReadonlyArray<ReadonlyArray<PlainOffer>>): Greedy => {
  const best = frontiers
    .flat()
    .reduce<PlainOffer | null>((most, one) => (one.value > (most?.value ?? 0) ? one : most), null)
  return best !== null && best.value > greedy.value ? { ...greedy, offers: [best], value: best.value } : greedy
}

/** What the customers from each one on can bring at most, each alone. */
const restsOf = (frontiers: ReadonlyArray<ReadonlyArray<PlainOffer>>): ReadonlyArray<number> => {
  const rests = [0]
  for (const frontier of [...frontiers].reverse()) {
    rests.push((rests[rests.length - 1] as number) + (frontier[frontier.length - 1]?.value ?? 0))
  }
  return rests.reverse()
}

/**
 * The best choice, customer by customer over all partial ones that may become it (Nemhauser and Ullmann); `undefined` where
 * there are too many.
 */
const exactOf = (
  frontiers: ReadonlyArray<ReadonlyArray<PlainOffer>>,
  budget: number,
  least: number,
  mostStates: number,
): ReadonlyArray<PlainOffer> | undefined => {
  const rests = restsOf(frontiers)
  let choices: ReadonlyArray<Choice> = [nothing]
  let states = 1
  for (const [index, frontier] of frontiers.entries()) {
    if (choices.length * (frontier.length + 1) > mostStates) return undefined
    const grown = choices.flatMap((before) =>
      frontier
        .filter((offer) => before.cost + offer.cost <= budget)
        .map((last) => ({ cost: before.cost + last.cost, value: before.value + last.value, last, before })),
    )
    const rest = rests[index + 1] as number
    choices = [nothing, ...undominatedChoices([...choices, ...grown])].filter(({ value }) => value + rest >= least)
    states += choices.length
    if (states > mostStates) return undefined
  }
  return offersIn(choices[choices.length - 1] ?? nothing)
}

const candidateFaults = (
  { customer, offer, margin, cost }: OfferCandidate,
  index: number,
  budget: Money,
  seen: ReadonlySet<string>,
): ReadonlyArray<InvalidValue | OutOfRange> => [
  ...(seen.has(JSON.stringify([customer, offer]))
    ? [invalidValue([index, 'offer'], offer, 'an offer that the customer has once')]
    : []),
  ...(Money.is(margin) && margin.currency === budget.currency
    ? []
    : [invalidValue([index, 'margin'], margin, `an amount in ${budget.currency}, as the budget`)]),
  ...(Money.is(cost) && cost.currency === budget.currency && cost.minor >= 0
    ? []
    : [invalidValue([index, 'cost'], cost, `an amount of at least 0 in ${budget.currency}, as the budget`)]),
]

const sumFaults = (candidates: ReadonlyArray<OfferCandidate>): ReadonlyArray<OutOfRange> =>
  (['margin', 'cost'] as const).flatMap((name) => {
    const sum = candidates.reduce((total, candidate) => total + Math.max(0, candidate[name].minor), 0)
    return Number.isSafeInteger(sum) ? [] : [outOfRange([name], sum, 'at most 9007199254740991 minor units in all')]
  })

const faultsOf = (
  candidates: ReadonlyArray<OfferCandidate>,
  budget: Money,
  { mostStates = 200_000 }: OfferChoiceOptions,
): ReadonlyArray<InvalidValue | OutOfRange> => {
  if (!(Money.is(budget) && budget.minor >= 0)) return [invalidValue(['budget'], budget, 'an amount of at least 0')]
  const seen = new Set<string>()
  const wrong = candidates.flatMap((candidate, index) => {
    const faults = candidateFaults(candidate, index, budget, seen)
    seen.add(JSON.stringify([candidate.customer, candidate.offer]))
    return faults
  })
  const states =
    Number.isInteger(mostStates) && mostStates >= 0 && mostStates <= 10_000_000
      ? []
      : [outOfRange(['mostStates'], mostStates, 'a whole number from 0 to 10000000')]
  return [...wrong, ...(wrong.length === 0 ? sumFaults(candidates) : []), ...states]
}

/** The offers of each customer, in the order of the customers' first ones. */
const byCustomer = (candidates: ReadonlyArray<OfferCandidate>): ReadonlyArray<ReadonlyArray<PlainOffer>> => {
  const lists = new Map<string, Array<PlainOffer>>()
  candidates.forEach(({ customer, cost, margin }, index) => {
    const own = lists.get(customer) ?? []
    own.push({ index, cost: cost.minor, value: margin.minor })
    lists.set(customer, own)
  })
  return [...lists.values()]
}

const reasonOf = (
  { customer, margin }: OfferCandidate,
  index: number,
  frontier: ReadonlySet<number>,
  served: ReadonlySet<string>,
): PassedOfferReason => {
  if (margin.minor <= 0) return 'noGain'
  if (!frontier.has(index)) return 'dominated'
  return served.has(customer) ? 'otherOffer' : 'budget'
}

const planOf = (
  candidates: ReadonlyArray<OfferCandidate>,
  frontier: ReadonlySet<number>,
  offers: ReadonlyArray<PlainOffer>,
): Pick<OfferPlan, 'chosen' | 'passed'> => {
  const taken = new Set(offers.map(({ index }) => index))
  const chosen = candidates.filter((_, index) => taken.has(index))
  const served = new Set(chosen.map(({ customer }) => customer))
  const passed = candidates.flatMap((candidate, index) => {
    const { customer, offer } = candidate
    return taken.has(index) ? [] : [{ customer, offer, reason: reasonOf(candidate, index, frontier, served) }]
  })
  return { chosen, passed }
}

const sumOf = (offers: ReadonlyArray<PlainOffer>, name: 'cost' | 'value'): number =>
  offers.reduce((total, offer) => total + offer[name], 0)

/**
 * The offers to make under a budget, one per customer at most, for the most expected margin.
 *
 * Steps are taken in the order of what they bring for their cost (the greedy method for the multiple-choice knapsack). The part
 * of the first step that doesn't fit proves a bound that no choice exceeds, and the greedy choice brings at least half of it.
 * Where the partial choices are few enough, the best one is found instead. All amounts are exact.
 *
 * Sources: P. Sinha & A. A. Zoltners, Operations Research 27 (1979); G. L. Nemhauser & Z. Ullmann, Management Science 15 (1969).
 *
 * @param candidates what each offer brings and costs, from {@link expectedOffer} or elsewhere
 * @param budget what all offers may cost
 * @param options see {@link OfferChoiceOptions}
 * @returns `InvalidValue` for amounts that aren't sound or of another currency, a cost or budget below 0, and an offer that a
 * customer has twice; `OutOfRange` where the sums are too large to be exact.
 * @example
 * ```ts
 * import { chooseOffers, formatAmount, money, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const offer = (customer: string, name: string, margin: string, cost: string) => ({
 *   customer,
 *   offer: name,
 *   margin: eur(margin),
 *   cost: eur(cost),
 * })
 * const plan = unwrap(
 *   chooseOffers(
 *     [offer('ann', 'small', '4', '2'), offer('ann', 'large', '7', '5'), offer('bob', 'small', '3', '2'), offer('cem', 'small', '-1', '2')],
 *     eur('7'),
 *   ),
 * )
 * plan.chosen.map(({ customer, offer: name }) => `${customer}: ${name}`) // => ['ann: large', 'bob: small']
 * formatAmount(plan.margin) // => '10.00'
 * plan.passed.map(({ reason }) => reason) // => ['otherOffer', 'noGain']
 * plan.method // => 'exact'
 * ```
 */
export const chooseOffers = (
  candidates: ReadonlyArray<OfferCandidate>,
  budget: Money,
  options: OfferChoiceOptions = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, OfferPlan> => {
  const [first, ...others] = faultsOf(candidates, budget, options)
  if (first !== undefined) return left([first, ...others])
  const whole = byCustomer(candidates).map(undominatedChoices)
  const frontiers = whole.map((own) => own.filter(({ cost }) => cost <= budget.minor))
  const greedy = greedyOf(frontiers, budget.minor)
  const exact =
    greedy.value === greedy.bound
      ? greedy.offers
      : exactOf(frontiers, budget.minor, greedy.value, options.mostStates ?? 200_000)
  const offers = exact ?? greedy.offers
  const amount = (minor: number): Money => ({ minor, currency: budget.currency })
  const margin = sumOf(offers, 'value')
  return right({
    ...planOf(candidates, new Set(whole.flat().map(({ index }) => index)), offers),
    cost: amount(sumOf(offers, 'cost')),
    margin: amount(margin),
    bound: amount(exact === undefined ? greedy.bound : margin),
    method: exact === undefined ? 'greedy' : 'exact',
  })
}
