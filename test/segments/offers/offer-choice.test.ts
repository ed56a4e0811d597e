import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type Money, unwrap } from '../../../src/foundation/index.ts'
import { chooseOffers, expectedOffer, type OfferCandidate, type OfferTerms } from '../../../src/segments/index.ts'
import { treacherousKeys } from '../../arbitraries/foundation.ts'

const eur = (minor: number): Money => ({ minor, currency: 'EUR' as Currency })

const candidatesArbitrary: fc.Arbitrary<ReadonlyArray<OfferCandidate>> = fc.uniqueArray(
  fc.record({
    customer: fc.constantFrom('ann', 'bob', 'cem', ...treacherousKeys.slice(0, 2)),
    offer: fc.constantFrom('small', 'middle', 'large'),
    margin: fc.integer({ min: -3, max: 20 }).map(eur),
    cost: fc.integer({ min: 0, max: 10 }).map(eur),
  }),
  { maxLength: 10, selector: ({ customer, offer }) => JSON.stringify([customer, offer]) },
)
const budgetArbitrary = fc.integer({ min: 0, max: 25 }).map(eur)

/** Every subset with one offer per customer at most. */
const bestByHand = (candidates: ReadonlyArray<OfferCandidate>, budget: Money): number => {
  const customers = [...new Set(candidates.map(({ customer }) => customer))]
  const best = (at: number, rest: number): number => {
    const customer = customers[at]
    if (customer === undefined) return 0
    const own = candidates.filter((one) => one.customer === customer && one.cost.minor <= rest)
    return Math.max(best(at + 1, rest), ...own.map((one) => one.margin.minor + best(at + 1, rest - one.cost.minor)))
  }
  return best(0, budget.minor)
}

describe('a choice of offers', () => {
  test('is the best that there is, exactly, and keeps the budget', () => {
    fc.assert(
      fc.property(candidatesArbitrary, budgetArbitrary, (candidates, budget) => {
        const plan = unwrap(chooseOffers(candidates, budget))
        expect(plan.method).toBe('exact')
        expect(plan.margin.minor).toBe(bestByHand(candidates, budget))
        expect(plan.bound).toEqual(plan.margin)
        expect(plan.cost.minor).toBe(plan.chosen.reduce((sum, { cost }) => sum + cost.minor, 0))
        expect(plan.cost.minor).toBeLessThanOrEqual(budget.minor)
        expect(new Set(plan.chosen.map(({ customer }) => customer)).size).toBe(plan.chosen.length)
      }),
    )
  })

  test('without a search lies between half of the bound and the bound, which nothing exceeds', () => {
    fc.assert(
      fc.property(candidatesArbitrary, budgetArbitrary, (candidates, budget) => {
        const { margin, bound, cost } = unwrap(chooseOffers(candidates, budget, { mostStates: 0 }))
        const best = bestByHand(candidates, budget)
        expect(margin.minor).toBeLessThanOrEqual(best)
        expect(best).toBeLessThanOrEqual(bound.minor)
        expect(2 * margin.minor).toBeGreaterThanOrEqual(bound.minor)
        expect(cost.minor).toBeLessThanOrEqual(budget.minor)
      }),
    )
  })

  test('does not depend on the order of candidates, and grows with the budget', () => {
    fc.assert(
      fc.property(candidatesArbitrary, budgetArbitrary, (candidates, budget) => {
        const margin = (list: ReadonlyArray<OfferCandidate>, own = budget) =>
          unwrap(chooseOffers(list, own)).margin.minor
        expect(margin([...candidates].reverse())).toBe(margin(candidates))
        expect(margin(candidates, eur(budget.minor + 5))).toBeGreaterThanOrEqual(margin(candidates))
      }),
    )
  })

  test('says of every other offer why it is not made', () => {
    fc.assert(
      fc.property(candidatesArbitrary, budgetArbitrary, (candidates, budget) => {
        const { chosen, passed } = unwrap(chooseOffers(candidates, budget))
        expect(chosen.length + passed.length).toBe(candidates.length)
        for (const { customer, offer, reason } of passed) {
          const own = candidates.find((one) => one.customer === customer && one.offer === offer)
          const others = candidates.filter((one) => one.customer === customer && one.offer !== offer)
          const better = others.some(
            (one) => one.margin.minor >= (own?.margin.minor ?? 0) && one.cost.minor <= (own?.cost.minor ?? 0),
          )
          const served = chosen.some((one) => one.customer === customer)
          const holds = {
            noGain: (own?.margin.minor ?? 0) <= 0,
            dominated: better,
            otherOffer: served,
            budget: !served,
          }
          expect(holds[reason]).toBe(true)
        }
      }),
    )
  })

  test('of very many customers is fast, and near the bound', () => {
    const candidates = Array.from({ length: 20_000 }, (_, index) => ({
      customer: `c${index >> 1}`,
      offer: `o${index & 1}`,
      margin: eur(100 + ((index * 7919) % 997) * (1 + (index & 1))),
      cost: eur(50 + ((index * 104_729) % 499) * (1 + (index & 1))),
    }))
    const { method, margin, bound } = unwrap(chooseOffers(candidates, eur(500_000)))
    expect(method).toBe('greedy')
    expect(margin.minor / bound.minor).toBeGreaterThan(0.999)
    expect(margin.minor).toBeLessThanOrEqual(bound.minor)
  })

  test('takes one offer alone where steps for little money block it', () => {
    const plan = unwrap(
      chooseOffers(
        [
          { customer: 'ann', offer: 'a', margin: eur(2), cost: eur(1) },
          { customer: 'bob', offer: 'b', margin: eur(100), cost: eur(100) },
        ],
        eur(100),
        { mostStates: 0 },
      ),
    )
    expect(plan).toMatchObject({ method: 'greedy', margin: eur(100), bound: eur(101), chosen: [{ customer: 'bob' }] })
  })

  test('refuses amounts that are none, of another currency, and offers that stand twice', () => {
    const fine: OfferCandidate = { customer: 'ann', offer: 'a', margin: eur(1), cost: eur(1) }
    const paths = (list: ReadonlyArray<OfferCandidate>, budget: Money = eur(5), options = {}) => {
      const found = chooseOffers(list, budget, options)
      return found._tag === 'Left' ? found.left.map(({ path }) => path.join('.')) : []
    }
    const usd = { minor: 1, currency: 'USD' as Currency }
    expect(paths([fine], eur(-1))).toEqual(['budget'])
    expect(paths([fine, fine])).toEqual(['1.offer'])
    expect(
      paths([
        { ...fine, margin: usd },
        { ...fine, offer: 'b', cost: usd },
        { ...fine, offer: 'c', cost: eur(-1) },
      ]),
    ).toEqual(['0.margin', '1.cost', '2.cost'])
    const most = eur(Number.MAX_SAFE_INTEGER)
    expect(
      paths([
        { ...fine, margin: most, cost: most },
        { ...fine, offer: 'b', margin: most, cost: most },
      ]),
    ).toEqual(['margin', 'cost'])
    expect(paths([fine], eur(5), { mostStates: -1 })).toEqual(['mostStates'])
  })
})

describe('an expected offer', () => {
  const terms: OfferTerms = {
    customer: 'ann',
    offer: 'a',
    chanceWithoutPerMillion: 200_000,
    chanceWithPerMillion: 400_000,
    purchaseMargin: eur(3000),
    cost: eur(500),
    charge: 'full',
  }

  test('is exact in millionths, rounded once', () => {
    const chance = fc.integer({ min: 0, max: 1_000_000 })
    const minor = fc.integer({ min: 0, max: 2 ** 50 })
    fc.assert(
      fc.property(chance, chance, minor, minor, (without, chanceWith, margin, cost) => {
        const found = unwrap(
          expectedOffer({
            ...terms,
            chanceWithoutPerMillion: without,
            chanceWithPerMillion: chanceWith,
            purchaseMargin: eur(margin),
            cost: eur(cost),
            charge: 'expected',
          }),
        )
        const numerator = BigInt(chanceWith) * (BigInt(margin) - BigInt(cost)) - BigInt(without) * BigInt(margin)
        const floor = (numerator - (((numerator % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n
        expect(BigInt(found.margin.minor)).toBe(floor)
        expect(BigInt(found.cost.minor)).toBe((BigInt(chanceWith) * BigInt(cost) + 999_999n) / 1_000_000n)
      }),
    )
  })

  test('costs those who would have bought anyway', () => {
    const found = unwrap(
      expectedOffer({ ...terms, chanceWithoutPerMillion: 1_000_000, chanceWithPerMillion: 1_000_000 }),
    )
    expect(found).toMatchObject({ margin: eur(-500), cost: eur(500) })
  })

  test('refuses chances and amounts that are none', () => {
    const paths = (more: Partial<OfferTerms>) => {
      const found = expectedOffer({ ...terms, ...more })
      return found._tag === 'Left' ? found.left.map(({ path }) => path.join('.')) : []
    }
    expect(paths({ chanceWithoutPerMillion: 0.5, chanceWithPerMillion: 1_000_001 })).toEqual([
      'chanceWithoutPerMillion',
      'chanceWithPerMillion',
    ])
    expect(paths({ purchaseMargin: eur(0.5) })).toEqual(['purchaseMargin'])
    expect(paths({ cost: eur(-1) })).toEqual(['cost'])
    expect(paths({ cost: { minor: 1, currency: 'USD' as Currency } })).toEqual(['cost'])
    const most = Number.MAX_SAFE_INTEGER
    expect(
      paths({
        purchaseMargin: eur(-most),
        cost: eur(most),
        chanceWithPerMillion: 1_000_000,
        chanceWithoutPerMillion: 0,
      }),
    ).toEqual(['purchaseMargin'])
  })
})
