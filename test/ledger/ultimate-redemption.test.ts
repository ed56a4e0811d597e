import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { chainLadder, mackChainLadder, ultimateRedemptions, wholeRedemptions } from '../../src/ledger/index.ts'
import { roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { triangleArbitrary } from '../arbitraries/triangles.ts'
import { taylorAshe } from './published-triangles.ts'

const issuedMuch = taylorAshe.map((redeemed) => ({ issued: 8_000_000, redeemed }))

describe('ultimateRedemptions', () => {
  test('S64: of 80,000,000 points issued, with the redemptions of Taylor and Ashe, 66.3 % are redeemed ever', () => {
    const { cohorts, factors, total } = unwrap(ultimateRedemptions(issuedMuch, { lastVariance: 'minimum' }))
    const ladder = unwrap(mackChainLadder(taylorAshe))
    expect(factors).toEqual(ladder.factors)
    expect(total.ultimateRedemptionRate).toBeCloseTo((34_358_090 + 18_680_856) / 80_000_000, 7)
    expect(Math.round(total.ultimateRedemptions - total.redeemed)).toBe(18_680_856)
    expect(Math.round(total.standardError ?? 0)).toBe(2_447_095)
    expect(cohorts.map(({ standardError }) => standardError)).toEqual(
      ladder.cohorts.map(({ standardError }) => standardError),
    )
    expect(total.capped).toBe(false)
  })

  test('what is not redeemed ever is breakage', () => {
    fc.assert(
      fc.property(triangleArbitrary, fc.integer({ min: 1, max: 20_000 }), (rows, issued) => {
        const triangle = rows.map((redeemed) => ({ issued, redeemed }))
        const { cohorts, total } = unwrap(ultimateRedemptions(triangle))
        const ladder = unwrap(chainLadder(rows))
        cohorts.forEach((cohort, index) => {
          const ultimate = ladder.cohorts[index]?.ultimate ?? 0
          expect(cohort.capped).toBe(ultimate > issued)
          expect(cohort.ultimateRedemptions).toBe(Math.min(ultimate, issued))
          expect(cohort.expectedBreakage + cohort.ultimateRedemptions).toBeCloseTo(issued, 6)
          expect(cohort.ultimateRedemptionRate).toBeCloseTo(cohort.ultimateRedemptions / issued, 12)
          expect(cohort.standardError).toBe(null)
        })
        expect(total.issued).toBe(issued * rows.length)
        expect(total.expectedBreakage + total.ultimateRedemptions).toBeCloseTo(total.issued, 5)
        expect(total.capped).toBe(cohorts.some(({ capped }) => capped))
      }),
    )
  })

  test('more than was issued is cut and said, or refused', () => {
    const triangle = [
      { issued: 1000, redeemed: [100, 500] },
      { issued: 1000, redeemed: [300] },
    ]
    const { cohorts, total } = unwrap(ultimateRedemptions(triangle))
    expect(cohorts[1]).toMatchObject({ ultimateRedemptions: 1000, expectedBreakage: 0, capped: true })
    expect(total).toMatchObject({ ultimateRedemptionRate: 0.75, expectedBreakage: 500, capped: true })
    expect(ultimateRedemptions(triangle, { aboveIssued: 'reject' })).toMatchObject({
      left: [{ _tag: 'RedemptionsAboveIssued', path: [1], issued: 1000, ultimateRedemptions: 1500 }],
    })
  })

  test('a cohort without points, and a triangle that is none, are faults', () => {
    expect(ultimateRedemptions([{ issued: 0, redeemed: [0] }])).toMatchObject({
      left: [{ _tag: 'ZeroDenominator', path: [0, 'issued'] }],
    })
    expect(ultimateRedemptions([])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
    expect(ultimateRedemptions([{ issued: 5, redeemed: [1] }], { lastVariance: 'minimum' })._tag).toBe('Left')
  })
})

describe('wholeRedemptions', () => {
  const of = (issued: number, redeemed: number, ultimate: number) => ({
    issued,
    redeemed,
    ultimateRedemptions: ultimate,
    ultimateRedemptionRate: ultimate / issued,
    expectedBreakage: issued - ultimate,
    standardError: null,
    capped: false,
  })

  test.each([
    ['floor', 2.9, 2],
    ['ceil', 2.1, 3],
    ['truncate', 2.9, 2],
    ['halfUp', 2.5, 3],
    ['halfAway', 2.5, 3],
    ['halfEven', 2.5, 2],
    ['halfEven', 2.500001, 3],
    ['halfUp', 2.499999, 2],
    ['ceil', 2, 2],
  ] as const)('%s of %d is %d', (mode, ultimate, expected) => {
    expect(unwrap(wholeRedemptions(of(10, 1, ultimate), mode)).expectedRedemptions).toBe(expected)
  })

  test('sums to what was issued, and is a neighbour of the projection, over the whole range', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        roundingModeArbitrary,
        (issued, share, mode) => {
          const ultimate = Math.min(issued, issued * share)
          const whole = unwrap(wholeRedemptions(of(issued, 0, ultimate), mode))
          expect(whole.expectedRedemptions + whole.expectedBreakage).toBe(issued)
          expect([Math.floor(ultimate), Math.ceil(ultimate)]).toContain(whole.expectedRedemptions)
        },
      ),
    )
  })

  test('is not below what is redeemed, where cancellations let the projection fall', () => {
    expect(unwrap(wholeRedemptions(of(100, 60, 58.2), 'halfEven'))).toEqual({
      expectedRedemptions: 60,
      expectedBreakage: 40,
    })
  })

  test('numbers that are no points are out of range', () => {
    expect(wholeRedemptions(of(10.5, 1, 2), 'floor')).toMatchObject({ left: { path: ['issued'] } })
    expect(wholeRedemptions(of(10, 1, Number.NaN), 'floor')._tag).toBe('Left')
    expect(wholeRedemptions(of(10, 11, 2), 'floor')._tag).toBe('Left')
  })
})
