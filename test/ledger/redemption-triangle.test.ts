import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  type CohortMovement,
  RedemptionCounts,
  redemptionMonoid,
  redemptionTriangle,
  summariseRedemptions,
} from '../../src/ledger/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const movements: fc.Arbitrary<ReadonlyArray<CohortMovement>> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('issued' as const), cohort: fc.nat(5), points: fc.nat(1_000_000) }),
    fc.record({
      kind: fc.constant('redeemed' as const),
      cohort: fc.nat(5),
      age: fc.nat(5),
      points: fc.integer({ min: -1000, max: 1_000_000 }),
    }),
  ),
  { maxLength: 30 },
)
const summaries = movements.map((all) => unwrap(summariseRedemptions(all)))

codecLaws('RedemptionCounts', RedemptionCounts, summaries)

describe('redemptionMonoid', () => {
  monoidLaws('redemptionMonoid', redemptionMonoid, summaries)

  test('the counts of a split are those of the whole', () => {
    fc.assert(
      fc.property(movements, fc.nat(30), (all, at) => {
        const [first, second] = [all.slice(0, at), all.slice(at)].map((part) => unwrap(summariseRedemptions(part)))
        if (first === undefined || second === undefined) return
        expect(redemptionMonoid.concat(second, first)).toEqual(unwrap(summariseRedemptions(all)))
      }),
    )
  })
})

describe('summariseRedemptions', () => {
  test('every fault is reported at its movement', () => {
    const result = summariseRedemptions([
      { kind: 'issued', cohort: -1, points: 0.5 },
      { kind: 'redeemed', cohort: 1000, age: 1.5, points: 1 },
    ])
    expect(result._tag === 'Left' && result.left.map(({ path }) => path)).toEqual([
      [0, 'cohort'],
      [0, 'points'],
      [1, 'cohort'],
      [1, 'age'],
    ])
  })

  test('an age and a cohort far out cost no more than the matrix up to them', () => {
    const far = Array.from({ length: 1000 }, (_, cohort) => ({
      kind: 'redeemed' as const,
      cohort,
      age: 999,
      points: 1,
    }))
    expect(unwrap(summariseRedemptions(far)).redeemed[999]?.[999]).toBe(1)
  })
})

describe('redemptionTriangle', () => {
  test('adds up what was redeemed to each age that is over', () => {
    fc.assert(
      fc.property(movements, (all) => {
        const result = redemptionTriangle(unwrap(summariseRedemptions(all)), 11)
        if (result._tag === 'Left') {
          expect(result.left.every(({ _tag }) => _tag === 'OutOfRange')).toBe(true)
          return
        }
        result.right.forEach(({ issued, redeemed }, cohort) => {
          const of = all.filter((each) => each.cohort === cohort)
          const sum = (some: ReadonlyArray<CohortMovement>) => some.reduce((total, { points }) => total + points, 0)
          expect(issued).toBe(sum(of.filter(({ kind }) => kind === 'issued')))
          expect(redeemed).toHaveLength(11 - cohort)
          redeemed.forEach((points, age) => {
            expect(points).toBe(sum(of.filter((each) => each.kind === 'redeemed' && each.age <= age)))
          })
        })
      }),
    )
  })

  test('cohorts and redemptions of periods that are not over are faults', () => {
    const counts = {
      issued: [10, 10],
      redeemed: [
        [1, 2],
        [1, 1],
      ],
    }
    expect(redemptionTriangle(counts, 2)).toMatchObject({ left: [{ path: ['redeemed', 1] }] })
    expect(redemptionTriangle(counts, 1)).toMatchObject({ left: [{ path: ['periods'] }] })
    expect(redemptionTriangle(counts, 0.5)).toMatchObject({ left: [{ path: ['periods'] }] })
  })

  test('more redeemed than issued, or less than nothing, is a fault of each cohort', () => {
    const counts = { issued: [10, 10, -1, 10], redeemed: [[5, 6], [-1], [], [10]] }
    expect(redemptionTriangle(counts, 4)).toMatchObject({
      left: [{ path: ['redeemed', 0, 1] }, { path: ['redeemed', 1, 0] }, { path: ['issued', 2] }],
    })
  })
})
