import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, unwrap } from '../../../src/foundation/index.ts'
import {
  countLoyalty,
  LoyaltyCounts,
  LoyaltyDefinition,
  type LoyaltyFacts,
  loyaltyMonoid,
  loyaltyOf,
  loyaltyShares,
} from '../../../src/segments/index.ts'
import { wilsonInterval } from '../../../src/statistics/index.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const definitionArbitrary: fc.Arbitrary<LoyaltyDefinition> = fc.record({
  attitude: fc.oneof(
    fc.record({ of: fc.constant('recommendation' as const), highFrom: fc.integer({ min: 1, max: 10 }) }),
    fc
      .tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .map(([least, low, rest]) => ({ of: 'rating' as const, least, highFrom: least + low, most: least + low + rest })),
  ),
  patronage: fc.oneof(
    fc.record({ of: fc.constant('shareOfWallet' as const), highFrom: fc.constantFrom(0.3, 0.5, 1) }),
    fc.record({ of: fc.constant('orders' as const), highFrom: fc.integer({ min: 1, max: 5 }) }),
  ),
})

const factsFor = ({ attitude, patronage }: LoyaltyDefinition): fc.Arbitrary<LoyaltyFacts> =>
  fc.record({
    attitude:
      attitude.of === 'recommendation'
        ? fc.integer({ min: 0, max: 10 })
        : fc.integer({ min: attitude.least, max: attitude.most }),
    patronage: patronage.of === 'orders' ? fc.integer({ min: 0, max: 8 }) : fc.constantFrom(0, 0.29, 0.3, 0.5, 0.9, 1),
    alternatives: fc.option(fc.integer({ min: 0, max: 3 })),
  })

const population = definitionArbitrary.chain((definition) =>
  fc.tuple(fc.constant(definition), fc.array(factsFor(definition), { maxLength: 20 })),
)

const countsArbitrary = population.map(([definition, list]) => unwrap(countLoyalty(definition, list)))

codecLaws('LoyaltyDefinition', LoyaltyDefinition, definitionArbitrary)
codecLaws('LoyaltyCounts', LoyaltyCounts, countsArbitrary)
monoidLaws('loyaltyMonoid', loyaltyMonoid, countsArbitrary)

const definition: LoyaltyDefinition = {
  attitude: { of: 'recommendation', highFrom: 9 },
  patronage: { of: 'shareOfWallet', highFrom: 0.5 },
}
const of = (attitude: number, patronage: number, alternatives: number | null = 2) =>
  unwrap(loyaltyOf(definition, { attitude, patronage, alternatives }))

describe('loyalty', () => {
  test('loyalty.dickbasu: true, latent, spurious, none', () => {
    expect([of(9, 0.5), of(9, 0.49), of(8, 0.5), of(8, 0.49)].map(({ kind }) => kind)).toEqual([
      'true',
      'latent',
      'spurious',
      'none',
    ])
  })

  test('knows who buys again for lack of alternatives', () => {
    expect(of(2, 0.9, 0)).toEqual({ kind: 'spurious', captive: true, cause: 'noAlternatives' })
    expect(of(2, 0.9, 1)).toEqual({ kind: 'spurious', captive: false, cause: 'inertia' })
    expect(of(2, 0.9, null)).toEqual({ kind: 'spurious', captive: false, cause: 'unknown' })
    expect(of(10, 0.9, 0)).toEqual({ kind: 'true', captive: true, cause: null })
    expect(of(2, 0.1, 0)).toEqual({ kind: 'none', captive: false, cause: null })
  })

  test('of a population counts everybody in one kind, and a split as the whole', () => {
    fc.assert(
      fc.property(population, fc.integer({ min: 0, max: 20 }), ([own, list], at) => {
        const counts = unwrap(countLoyalty(own, list))
        const each = list.map((facts) => unwrap(loyaltyOf(own, facts)))
        for (const kind of ['true', 'latent', 'spurious', 'none'] as const) {
          expect(counts[kind]).toBe(each.filter((one) => one.kind === kind).length)
        }
        expect(counts.captive).toBe(each.filter(({ captive }) => captive).length)
        expect(each.filter(({ kind }) => kind === 'spurious').every(({ cause }) => cause !== null)).toBe(true)
        const [first, second] = [list.slice(0, at), list.slice(at)].map((part) => unwrap(countLoyalty(own, part)))
        expect(loyaltyMonoid.concat(first ?? loyaltyMonoid.empty, second ?? loyaltyMonoid.empty)).toEqual(counts)
      }),
    )
  })

  test('has shares that add up, with intervals', () => {
    fc.assert(
      fc.property(
        countsArbitrary.filter((counts) => counts.true + counts.latent + counts.spurious + counts.none > 0),
        (counts) => {
          const shares = unwrap(loyaltyShares(counts))
          const all = [shares.true, shares.latent, shares.spurious, shares.none]
          expect(all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
          expect(shares.latent.interval).toEqual(unwrap(wilsonInterval(counts.latent, shares.customers)))
          const retained = counts.true + counts.spurious
          expect(shares.loyalOfRetained).toBe(retained === 0 ? null : counts.true / retained)
        },
      ),
    )
    expect(loyaltyShares(loyaltyMonoid.empty)).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(loyaltyShares({ ...loyaltyMonoid.empty, none: 1 }, 1)).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })

  test('refuses facts outside their scales and scales that are none, all at once', () => {
    const paths = (own: LoyaltyDefinition, facts: LoyaltyFacts) => {
      const found = loyaltyOf(own, facts)
      return found._tag === 'Left' ? found.left.map(({ path }) => path.join('.')) : []
    }
    expect(paths(definition, { attitude: 11, patronage: 1.1, alternatives: -1 })).toEqual([
      'attitude',
      'patronage',
      'alternatives',
    ])
    const ratings: LoyaltyDefinition = {
      attitude: { of: 'rating', least: 1, most: 5, highFrom: 4 },
      patronage: { of: 'orders', highFrom: 2 },
    }
    expect(paths(ratings, { attitude: 0, patronage: 0.5, alternatives: null })).toEqual(['attitude', 'patronage'])
    expect(
      paths(
        { ...ratings, attitude: { of: 'rating', least: 5, most: 1, highFrom: 1 } },
        { attitude: 1, patronage: 1, alternatives: 1 },
      ),
    ).toEqual(['attitude.most', 'attitude.highFrom'])
    const counted = countLoyalty(definition, [
      { attitude: 1, patronage: 0.5, alternatives: 1 },
      { attitude: 1, patronage: 2, alternatives: 1 },
    ])
    expect(counted).toMatchObject({ left: [{ path: [1, 'patronage'] }] })
    expect(countLoyalty({ ...definition, attitude: { of: 'recommendation', highFrom: 0 } }, [])._tag).toBe('Left')
    expect(decode(LoyaltyCounts, { true: 1, latent: 9, spurious: 1, none: 9, captive: 3 })._tag).toBe('Left')
  })
})
