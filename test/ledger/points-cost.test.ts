import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type FunderId, money, type Points, unwrap } from '../../src/foundation/index.ts'
import {
  type CohortExpectation,
  expectedPointsCost,
  type OutstandingPoints,
  type PointsPrice,
  ultimateRedemptions,
  wholeRedemptions,
} from '../../src/ledger/index.ts'
import { roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { funderArbitrary } from '../arbitraries/liability.ts'
import { taylorAshe } from './published-triangles.ts'

const bank = 'bank' as FunderId
const price = (points: number, amount: string, currency = 'EUR'): PointsPrice => ({
  points: points as Points,
  price: unwrap(money(amount, currency)),
})
const expectation = (
  cohort: string,
  issued: number,
  redeemed: number,
  forfeited: number,
  expectedRedemptions: number,
  standardError: number | null = null,
): CohortExpectation => ({
  cohort,
  issued: issued as Points,
  redeemed: redeemed as Points,
  forfeited: forfeited as Points,
  expectedRedemptions: expectedRedemptions as Points,
  standardError,
})
const held = (
  cohort: string,
  points: number,
  cost: PointsPrice,
  funder: FunderId | null = null,
): OutstandingPoints => ({
  cohort,
  funder,
  points: points as Points,
  cost,
})
const cent = price(1, '0.01')
const options = { rounding: 'halfEven' as const }

describe('expectedPointsCost', () => {
  test('S64: what is redeemed already, and what is gone, changes the share of what is left', () => {
    const cohorts = [expectation('2025', 10_000, 6000, 2500, 7200), expectation('2026', 10_000, 1000, 0, 7300)]
    const outstanding = [held('2025', 1500, cent), held('2026', 8000, cent), held('2026', 1000, price(1, '0.02'), bank)]
    const { rows, funders, total } = unwrap(expectedPointsCost(outstanding, cohorts, options))
    expect(rows.map(({ redemptionRate, cost }) => [redemptionRate, cost.minor])).toEqual([
      [0.8, 1200],
      [0.7, 5600],
      [0.7, 1400],
    ])
    expect(funders.map(({ funder, cost }) => [funder, cost.minor])).toEqual([
      [null, 6800],
      [bank, 1400],
    ])
    expect(total.minor).toBe(8200)
  })

  test('S64: all points of Taylor and Ashe that are outstanding cost what is expected to be redeemed of them', () => {
    const triangle = taylorAshe.map((redeemed) => ({ issued: 8_000_000, redeemed }))
    const { cohorts } = unwrap(ultimateRedemptions(triangle, { lastVariance: 'minimum' }))
    const expectations = cohorts.map((cohort, index) => {
      const { expectedRedemptions } = unwrap(wholeRedemptions(cohort, 'halfEven'))
      return expectation(`year ${index}`, cohort.issued, cohort.redeemed, 0, expectedRedemptions, cohort.standardError)
    })
    const outstanding = expectations.map(({ cohort, issued, redeemed }) => held(cohort, issued - redeemed, cent))
    const { rows, total } = unwrap(expectedPointsCost(outstanding, expectations, { ...options, interval: {} }))
    expect(Math.abs(total.minor - 18_680_856)).toBeLessThanOrEqual(5)
    expect(rows[0]).toMatchObject({ cost: { minor: 0 }, interval: { lower: { minor: 0 }, upper: { minor: 0 } } })
    for (const { cost, interval } of rows.slice(1)) {
      expect(interval?.lower.minor).toBeLessThan(cost.minor)
      expect(interval?.upper.minor).toBeGreaterThan(cost.minor)
    }
  })

  test('more than is left is not redeemed: the share is 1, and the row says that it was cut', () => {
    const [row] = unwrap(
      expectedPointsCost([held('2026', 50, cent)], [expectation('2026', 100, 20, 30, 90)], options),
    ).rows
    expect(row).toMatchObject({ redemptionRate: 1, capped: true, cost: { minor: 50 } })
  })

  test('an interval goes outwards: from 250.25 points down and from 424.72 up, and again to cents', () => {
    const cohorts = [expectation('2026', 1000, 240, 60, 569, 44.6)]
    const intervalAt = (cost: PointsPrice) => {
      const [row] = unwrap(expectedPointsCost([held('2026', 700, cost)], cohorts, { ...options, interval: {} })).rows
      return [row?.interval?.lower.minor, row?.interval?.upper.minor]
    }
    expect(intervalAt(cent)).toEqual([250, 425])
    expect(intervalAt(price(3, '0.02'))).toEqual([166, 284])
  })

  test('an interval ends at what all points cost', () => {
    const cohorts = [expectation('2026', 100, 0, 0, 90, 60)]
    const [row] = unwrap(
      expectedPointsCost([held('2026', 10, price(1, '1'))], cohorts, {
        ...options,
        interval: { distribution: 'normal' },
      }),
    ).rows
    expect(row?.interval).toEqual({ lower: unwrap(money('0', 'EUR')), upper: unwrap(money('10', 'EUR')) })
  })

  test('a cohort that is used up costs nothing', () => {
    const cohorts = [expectation('2026', 100, 90, 10, 90)]
    const [row] = unwrap(expectedPointsCost([held('2026', 0, cent)], cohorts, options)).rows
    expect(row).toMatchObject({ redemptionRate: 0, capped: false, cost: { minor: 0 }, interval: null })
  })

  const cohortArbitrary = fc
    .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000))
    .map(([redeemed, further, rest, forfeited]) =>
      expectation('', redeemed + further + rest + forfeited, redeemed, forfeited, redeemed + further),
    )

  test('each row is its exact cost, rounded once; funders and total are sums', () => {
    fc.assert(
      fc.property(
        fc.array(cohortArbitrary, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(4), funderArbitrary, fc.nat(100), fc.integer({ min: 1, max: 50 }), fc.nat(1000)), {
          minLength: 1,
          maxLength: 6,
        }),
        roundingModeArbitrary,
        (someCohorts, someRows, rounding) => {
          const cohorts = someCohorts.map((cohort, index) => ({ ...cohort, cohort: String(index) }))
          const outstanding = someRows.map(([at, funder, share, per, minor]) => {
            const { cohort, issued, redeemed, forfeited } = cohorts[at % cohorts.length] ?? expectation('', 0, 0, 0, 0)
            const points = Math.floor(((issued - redeemed - forfeited) * share) / 600)
            return held(
              cohort,
              points,
              { points: per as Points, price: { minor, currency: 'EUR' as Currency } },
              funder,
            )
          })
          const { rows, funders, total } = unwrap(expectedPointsCost(outstanding, cohorts, { rounding }))
          rows.forEach(({ cost, points }, index) => {
            const row = outstanding[index] as OutstandingPoints
            const cohort = cohorts[Number(row.cohort)] as CohortExpectation
            const left = cohort.issued - cohort.redeemed - cohort.forfeited
            const exact = points * (cohort.expectedRedemptions - cohort.redeemed) * row.cost.price.minor
            const per = Math.max(1, left) * row.cost.points
            expect(Math.abs(cost.minor * per - exact)).toBeLessThan(per)
          })
          expect(rows.reduce((sum, { cost }) => sum + cost.minor, 0)).toBe(total.minor)
          for (const { funder, cost } of funders) {
            const own = rows.filter((row) => row.funder === funder)
            expect(own.reduce((sum, row) => sum + row.cost.minor, 0)).toBe(cost.minor)
          }
          expect(new Set(funders.map(({ funder }) => funder))).toEqual(new Set(rows.map(({ funder }) => funder)))
        },
      ),
    )
  })

  const faultsOf = (...args: Parameters<typeof expectedPointsCost>) => {
    const result = expectedPointsCost(...args)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => [_tag, ...path]) : result.right
  }

  test('every fault is reported at its place', () => {
    const cohorts = [
      expectation('a', 100, 50, 0, 49),
      expectation('b', 100, 50, 51, 60),
      expectation('c', 100, 0, 0, 101),
      expectation('d', 1.5, 0, 0, 0, -1),
    ]
    const rows = [held('a', 1, cent), held('e', -1, price(0, '1')), held('c', 1, price(1, '1', 'USD'))]
    expect(faultsOf(rows, cohorts, { ...options, interval: { confidence: 2 } })).toEqual([
      ['OutOfRange', 'interval', 'confidence'],
      ['EstimateBelowRedeemed', 'cohorts', 0, 'expectedRedemptions'],
      ['InvalidValue', 'cohorts', 1, 'forfeited'],
      ['InvalidValue', 'cohorts', 2, 'expectedRedemptions'],
      ['InvalidValue', 'cohorts', 3, 'standardError'],
      ['InvalidValue', 'cohorts', 3, 'issued'],
      ['InvalidValue', 'outstanding', 1, 'cohort'],
      ['InvalidValue', 'outstanding', 1, 'points'],
      ['ZeroDenominator', 'outstanding', 1, 'cost', 'points'],
      ['CurrencyMismatch', 'outstanding', 2, 'cost'],
    ])
  })

  test('no row, a cohort twice, and more points than are left are faults', () => {
    const cohort = expectation('a', 100, 50, 10, 60)
    expect(faultsOf([], [cohort], options)).toEqual([['InvalidValue', 'outstanding']])
    expect(faultsOf([held('a', 1, cent)], [cohort, cohort], options)).toEqual([['InvalidValue', 'cohorts']])
    expect(faultsOf([held('a', 30, cent), held('a', 11, cent, bank)], [cohort], options)).toEqual([
      ['InvalidValue', 'outstanding', 1, 'points'],
    ])
  })

  test('amounts beyond a number are out of range, alone and in sum', () => {
    const most = { points: 1 as Points, price: { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' as Currency } }
    const cohort = expectation('a', 10, 0, 0, 10, 1)
    expect(faultsOf([held('a', 2, most)], [cohort], options)).toEqual([['OutOfRange', 'outstanding', 0]])
    expect(faultsOf([held('a', 1, most), held('a', 1, most)], [cohort], options)).toEqual([['OutOfRange', 'total']])
  })
})
