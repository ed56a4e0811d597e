import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contactValue,
  explainOfferChoice,
  type OfferChoice,
  type OfferLadder,
  offerLadder,
  type WinBackCustomer,
  type WinBackOffer,
} from '../../../src/churn/index.ts'
import { money, unwrap } from '../../../src/foundation/index.ts'
import { cents, winBackArbitrary } from '../../arbitraries/win-back.ts'

interface Case {
  readonly offers: ReadonlyArray<WinBackOffer>
  readonly customers: ReadonlyArray<WinBackCustomer>
}

/** Value and cost of no offer and of each one, customer by customer. */
const choicesOf = ({ offers, customers }: Case) =>
  customers.map((customer) => [
    { value: 0, cost: 0 },
    ...offers.map((offer, index) => {
      const { value, cost } = unwrap(
        contactValue({
          probabilityGone: customer.probabilityGone,
          returnWithOffer: customer.returnWith[index] ?? 0,
          returnWithout: customer.returnWithout ?? 0,
          residualValue: customer.residualValue,
          contactCost: offer.contactCost,
          offerCost: offer.offerCost ?? cents(0),
        }),
      )
      return { value: value.minor, cost: cost.minor }
    }),
  ])

/** The most that any choice within the budget brings: all are tried. */
const bestWithin = (choices: ReturnType<typeof choicesOf>, budget: number): number => {
  const [first, ...rest] = choices
  if (first === undefined) return 0
  return Math.max(
    ...first.filter(({ cost }) => cost <= budget).map(({ value, cost }) => value + bestWithin(rest, budget - cost)),
  )
}

const expectSums = ({ choices, value, cost }: OfferLadder) => {
  expect(value.minor).toBe(choices.reduce((sum, { chosen }) => sum + (chosen?.value.minor ?? 0), 0))
  expect(cost.minor).toBe(choices.reduce((sum, { chosen }) => sum + (chosen?.cost.minor ?? 0), 0))
}

const expectReason = ({ chosen, reason, best }: OfferChoice) => {
  const value = chosen?.value.minor ?? 0
  expect(reason === 'best').toBe(value > 0 && value === best.value.minor)
  expect(reason === 'budget').toBe(value < best.value.minor && best.value.minor > 0)
  expect(reason === 'noOfferPays').toBe(best.value.minor <= 0)
}

describe('an offer ladder', () => {
  test('without a budget gives everybody what is worth most to them', () => {
    fc.assert(
      fc.property(winBackArbitrary, ({ offers, customers }) => {
        const ladder = unwrap(offerLadder(customers, offers))
        expectSums(ladder)
        const all = choicesOf({ offers, customers })
        ladder.choices.forEach(({ customer, chosen, reason, best, options }, index) => {
          const own = all[index] ?? []
          expect(customer).toBe(customers[index]?.id)
          expect(chosen?.value.minor ?? 0).toBe(Math.max(...own.map(({ value }) => value)))
          expect(reason).toBe(chosen === null ? 'noOfferPays' : 'best')
          if (chosen !== null) expect(best).toEqual(chosen)
          expect(options.map(({ value, cost }) => ({ value: value.minor, cost: cost.minor }))).toEqual(own.slice(1))
        })
      }),
    )
  })

  test('keeps to its budget, and is at most one step below the best of all choices', () => {
    fc.assert(
      fc.property(winBackArbitrary, fc.integer({ min: 0, max: 300 }), ({ offers, customers }, budget) => {
        const ladder = unwrap(offerLadder(customers, offers, { budget: cents(budget) }))
        expectSums(ladder)
        expect(ladder.cost.minor).toBeLessThanOrEqual(budget)
        const all = choicesOf({ offers, customers })
        const best = bestWithin(all, budget)
        const largestStep = Math.max(0, ...all.flat().map(({ value }) => value))
        expect(ladder.value.minor).toBeLessThanOrEqual(best)
        expect(ladder.value.minor).toBeGreaterThanOrEqual(best - largestStep)
        ladder.choices.forEach(expectReason)
      }),
    )
  })

  test('a budget for all changes nothing, no budget buys only what costs nothing', () => {
    fc.assert(
      fc.property(winBackArbitrary, ({ offers, customers }) => {
        const free = unwrap(offerLadder(customers, offers))
        expect(unwrap(offerLadder(customers, offers, { budget: free.cost }))).toEqual(free)
        expect(unwrap(offerLadder(customers, offers, { budget: cents(0) })).cost.minor).toBe(0)
      }),
    )
  })
})

const offers: ReadonlyArray<WinBackOffer> = [
  { id: 'mail', contactCost: cents(50) },
  { id: 'voucher', contactCost: cents(50), offerCost: cents(1000) },
]

const customer = (id: string, probabilityGone: number, residual: number): WinBackCustomer => ({
  id,
  probabilityGone,
  returnWith: [0.05, 0.2],
  residualValue: cents(residual),
})

test('every choice is explained', () => {
  const customers = [customer('ann', 0.9, 20_000), customer('bob', 0.1, 500), customer('cem', 0.8, 20_000)]
  const { choices } = unwrap(offerLadder(customers, offers, { budget: cents(430) }))
  expect(choices.map(explainOfferChoice)).toEqual([
    'ann gets voucher: voucher is worth 32.70 EUR: 36.00 EUR of gain less 3.30 EUR of cost',
    'bob gets nothing, since no offer pays; the best one: mail is worth -0.48 EUR: 0.02 EUR of gain less 0.50 EUR of cost',
    'cem gets mail, since the budget for more brings more with others: mail is worth 7.50 EUR: 8.00 EUR of gain less 0.50 EUR of cost; the best one: voucher is worth 27.90 EUR: 32.00 EUR of gain less 4.10 EUR of cost',
  ])
  const [none] = unwrap(offerLadder(customers.slice(2), offers, { budget: cents(40) })).choices
  expect(none === undefined ? '' : explainOfferChoice(none)).toBe(
    'cem gets nothing, since the budget brings more with others; the best one: voucher is worth 27.90 EUR: 32.00 EUR of gain less 4.10 EUR of cost',
  )
})

test('everything that is wrong is said at its place', () => {
  const tagsOf = (...args: Parameters<typeof offerLadder>) => {
    const result = offerLadder(...args)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  }
  expect(tagsOf([], [])).toEqual(['EmptySample offers'])
  expect(
    tagsOf(
      [
        { ...customer('ann', 2, 1), returnWith: [0.5, 7] },
        { ...customer('ann', 0.5, 1), returnWith: [0.5], returnWithout: -1 },
      ],
      [
        { id: '', contactCost: cents(-1) },
        { id: 'b', contactCost: unwrap(money('1', 'USD')) },
      ],
      { budget: cents(-5) },
    ),
  ).toEqual([
    'InvalidValue offers.0.id',
    'InvalidValue customers.1.id',
    'OutOfRange offers.0.contactCost',
    'CurrencyMismatch offers.1.contactCost',
    'OutOfRange customers.0.probabilityGone',
    'OutOfRange customers.0.returnWith.1',
    'OutOfRange customers.1.returnWithout',
    'InvalidValue customers.1.returnWith',
    'OutOfRange budget',
  ])
  const largest = cents(Number.MAX_SAFE_INTEGER)
  const rich = { probabilityGone: 1, returnWith: [1], residualValue: largest }
  expect(tagsOf([{ id: 'ann', ...rich }], [{ id: 'mail', contactCost: largest, offerCost: largest }])).toEqual([
    'OutOfRange customers.0.residualValue',
  ])
  const two = ['ann', 'bob'].map((id) => ({ id, ...rich }))
  expect(tagsOf(two, [{ id: 'mail', contactCost: cents(0) }])).toEqual(['OutOfRange customers'])
})
