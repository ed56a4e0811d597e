import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareBurnOrder, Lot } from '../../src/ledger/index.ts'
import { lotArbitrary } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Lot', Lot, lotArbitrary)

/** Lots that often tie. */
const tied = fc.record({
  id: fc.constantFrom('a', 'b', '__proto__', '\ud800', '\uffff', '\ud83d\ude00'),
  earnedAt: fc.nat({ max: 1 }),
  expiresAt: fc.option(fc.nat({ max: 1 })),
}) as unknown as fc.Arbitrary<Lot>

describe('S15 compareBurnOrder', () => {
  test('S15 is a total order: only a lot and itself are equal', () => {
    fc.assert(
      fc.property(tied, tied, tied, (a, b, c) => {
        const [ab, ba] = [compareBurnOrder(a, b), compareBurnOrder(b, a)]
        expect(Math.sign(ab)).toBe(0 - Math.sign(ba))
        const same = a.id === b.id && a.earnedAt === b.earnedAt && a.expiresAt === b.expiresAt
        expect(ab === 0).toBe(same)
        if (ab <= 0 && compareBurnOrder(b, c) <= 0) expect(compareBurnOrder(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('S15 soonest to expire first, never-expiring last, then the earlier earned, then the lower id', () => {
    const lot = (id: string, expiresAt: number | null, earnedAt = 0) => ({ id, expiresAt, earnedAt }) as unknown as Lot
    const lots = [lot('d', null), lot('c', 2, 1), lot('b', 2, 1), lot('z', 2), lot('y', 1, 5), lot('a', null, 1)]
    expect(lots.sort(compareBurnOrder).map(({ id }) => id)).toEqual(['y', 'z', 'b', 'c', 'd', 'a'])
  })

  test('ids are compared by UTF-16 code units, on every machine alike', () => {
    const ids = ['\uffff', '\ud83d\ude00', 'é', 'z', 'Z', '10', '9', '__proto__']
    const lots = ids.map((id) => ({ id, expiresAt: null, earnedAt: 0 }) as unknown as Lot)
    expect(lots.sort(compareBurnOrder).map(({ id }) => id)).toEqual([...ids].sort())
  })
})
