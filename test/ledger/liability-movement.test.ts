import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FunderId, unwrap } from '../../src/foundation/index.ts'
import { LiabilityMovementKind, LiabilitySummary, liabilityMonoid, summariseLiability } from '../../src/ledger/index.ts'
import { liabilityKinds, liabilityMovementArbitrary } from '../arbitraries/liability.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const movements = fc.array(liabilityMovementArbitrary(Number.MAX_SAFE_INTEGER), { maxLength: 20 })
const summaries = movements.map((some) => unwrap(summariseLiability(some)))

codecLaws('LiabilitySummary', LiabilitySummary, summaries)
codecLaws('LiabilityMovementKind', LiabilityMovementKind, fc.constantFrom(...liabilityKinds))

describe('liabilityMonoid', () => {
  monoidLaws('liabilityMonoid', liabilityMonoid, summaries)

  test('the summary of a split is that of the whole, in any order', () => {
    fc.assert(
      fc.property(movements, fc.nat(20), (all, at) => {
        const whole = unwrap(summariseLiability(all))
        const first = unwrap(summariseLiability(all.slice(0, at).reverse()))
        expect(liabilityMonoid.concat(unwrap(summariseLiability(all.slice(at))), first)).toEqual(whole)
      }),
    )
  })
})

describe('summariseLiability', () => {
  test('adds exactly, beyond what a number holds', () => {
    fc.assert(
      fc.property(movements, (all) => {
        const { totals } = unwrap(summariseLiability(all))
        for (const { period, funder, kind, points } of totals) {
          const expected = all
            .filter((each) => each.period === period && each.funder === funder && each.kind === kind)
            .reduce((sum, each) => sum + BigInt(each.points), 0n)
          expect(BigInt(points)).toBe(expected)
        }
        const keys = totals.map(({ period, funder, kind }) => JSON.stringify([period, funder, kind]))
        expect(new Set(keys)).toEqual(
          new Set(
            all
              .filter(({ points }) => points > 0)
              .map(({ period, funder, kind }) => JSON.stringify([period, funder, kind])),
          ),
        )
        expect(keys).toHaveLength(new Set(keys).size)
      }),
    )
  })

  test('every fault is reported at its movement', () => {
    const result = summariseLiability([
      { period: '', funder: '' as FunderId, kind: 'toString' as 'accrued', points: -1 },
      { period: '2026-01', funder: null, kind: 'accrued', points: 0.5 },
    ])
    expect(result._tag === 'Left' && result.left.map(({ path }) => path)).toEqual([
      [0, 'period'],
      [0, 'funder'],
      [0, 'kind'],
      [0, 'points'],
      [1, 'points'],
    ])
  })
})

test('LiabilitySummary refuses totals out of order, twice, of nothing, or with too many digits', () => {
  const total = { period: '2026-01', funder: 'bank', kind: 'redeemed', points: '5' }
  const takes = (...totals: ReadonlyArray<unknown>) => LiabilitySummary.decode({ totals })._tag === 'Right'
  expect(takes(total, { ...total, kind: 'expired' }, { ...total, period: '2026-02' })).toBe(true)
  expect(takes(total, { ...total, funder: null })).toBe(false)
  expect(takes(total, total)).toBe(false)
  expect(takes({ ...total, points: '0' })).toBe(false)
  expect(takes({ ...total, points: '1'.repeat(41) })).toBe(false)
  expect(LiabilitySummary.is({ totals: [{ ...total, points: 5n }] })).toBe(false)
})
