import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, type Money, money, unwrap } from '../../src/foundation/index.ts'
import { type TierForecast, type TierForecastCell, tierCosts, tierForecast } from '../../src/tiers/index.ts'
import { tierIds } from '../arbitraries/tier-population.ts'

const euros = (amount: string): Money => unwrap(money(amount, 'EUR'))

const forecastOf = (periods: ReadonlyArray<ReadonlyArray<number>>): TierForecast => ({
  tiers: tierIds(periods[0]?.length ?? 0),
  confidence: 0.95,
  periods: periods.map((row) =>
    row.map(
      (members): TierForecastCell => ({ members, share: null, standardError: 0, lower: members, upper: members }),
    ),
  ),
})

describe('tierCosts', () => {
  test('are exact, rounded once for each tier and period, and add up', () => {
    const member = fc.integer({ min: 0, max: 1_000_000_000 }).map((thousandths) => thousandths / 1000)
    const row = fc.tuple(member, member, member)
    const amount = fc.integer({ min: -100_000, max: 100_000 })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.tuple(amount, amount, amount),
        (periods, minors) => {
          const { currency } = euros('0')
          const costs = minors.map((minor) => ({ minor, currency }))
          const result = unwrap(tierCosts(forecastOf(periods), { costs, rounding: 'floor' }))
          periods.forEach((members, period) => {
            const cost = result.periods[period]
            // In thousandths of members all is a whole number.
            const exact = members.map((present, tier) => {
              const product = BigInt(Math.round(present * 1000)) * BigInt(minors[tier] as number)
              const floor = product / 1000n - (product % 1000n < 0n ? 1n : 0n)
              return Number(floor)
            })
            expect(cost?.tiers.map(({ minor }) => minor)).toEqual(exact)
            expect(cost?.total.minor).toBe(exact.reduce((sum, minor) => sum + minor, 0))
          })
          const sum = (values: ReadonlyArray<Money>): number => values.reduce((total, { minor }) => total + minor, 0)
          expect(result.total.minor).toBe(sum(result.periods.map(({ total }) => total)))
          expect(result.total.minor).toBe(sum(result.tiers))
        },
      ),
    )
  })

  test('are discounted once more for each period', () => {
    const costs = [euros('100.00')]
    const { periods, total } = unwrap(tierCosts(forecastOf([[1000], [1000]]), { costs, discountRate: '0.05' }))
    // 100,000 / 1.05 = 95,238.095… and 100,000 / 1.1025 = 90,702.947…
    expect(periods.map((period) => period.total)).toEqual([euros('95238.10'), euros('90702.95')])
    expect(total).toEqual(euros('185941.05'))
    expect(unwrap(tierCosts(forecastOf([[1.005]]), { costs: [euros('1.00')], rounding: 'halfUp' })).total).toEqual(
      euros('1.01'),
    )
  })

  test('say what is wrong', () => {
    const pathOf = (result: ReturnType<typeof tierCosts>): string =>
      result._tag === 'Left' ? `${result.left._tag} ${formatPath(result.left.path)}` : ''
    const forecast = forecastOf([[1, 2]])
    const costs = [euros('1'), euros('2')]
    expect(pathOf(tierCosts(forecast, { costs: [] }))).toBe('InvalidValue costs')
    expect(pathOf(tierCosts(forecast, { costs: [euros('1')] }))).toBe('InvalidValue costs')
    expect(pathOf(tierCosts(forecast, { costs: [euros('1'), unwrap(money('1', 'USD'))] }))).toBe(
      'CurrencyMismatch costs[1]',
    )
    expect(pathOf(tierCosts(forecast, { costs: [euros('1'), { ...euros('1'), minor: 0.5 }] }))).toBe(
      'InvalidValue costs[1]',
    )
    expect(pathOf(tierCosts(forecast, { costs, discountRate: 0.05 }))).toBe('InvalidValue discountRate')
    expect(pathOf(tierCosts(forecast, { costs, discountRate: '-0.05' }))).toBe('OutOfRange discountRate')
    const huge = [euros('1'), { ...euros('1'), minor: Number.MAX_SAFE_INTEGER }]
    expect(pathOf(tierCosts(forecast, { costs: huge }))).toMatch(/^OutOfRange periods\[0\]/)
    const two = forecastOf([
      [0, 1],
      [0, 1],
    ])
    expect(pathOf(tierCosts(two, { costs: huge }))).toMatch(/^OutOfRange/)
    const both = [huge[1] as Money, huge[1] as Money]
    expect(pathOf(tierCosts(forecastOf([[1, 1]]), { costs: both }))).toMatch(/^OutOfRange/)
    expect(
      pathOf(
        tierCosts(
          forecastOf([
            [1, 0],
            [0, 1],
          ]),
          { costs: both },
        ),
      ),
    ).toMatch(/^OutOfRange/)
    expect(pathOf(tierCosts(forecastOf([[1e40]]), { costs: [euros('1')] }))).toBe('InvalidValue periods[0]')
    expect(unwrap(tierCosts({ ...forecast, periods: [] }, { costs })).total).toEqual(euros('0'))
  })
})

describe('bounds of costs', () => {
  const transitions = {
    counts: [
      [75, 20],
      [10, 40],
    ],
    joined: [0, 0],
    left: [5, 0],
  }
  const forecast = unwrap(tierForecast(transitions, tierIds(2), [2000, 500], { periods: 3, confidence: 0.9 }))

  test('are those of the tiers together, on the dear side for what costs and on the other for what brings', () => {
    const { periods, lower, upper } = unwrap(tierCosts(forecast, { costs: [euros('-1.00'), euros('10.00')] }))
    periods.forEach((period, index) => {
      const [base, gold] = forecast.periods[index] as [TierForecastCell, TierForecastCell]
      expect(period.lower.minor).toBeLessThanOrEqual(1000 * gold.lower - 100 * base.upper)
      expect(period.lower.minor).toBeGreaterThan(1000 * gold.lower - 100 * base.upper - 2)
      expect(period.upper.minor).toBeGreaterThanOrEqual(1000 * gold.upper - 100 * base.lower)
      expect(period.upper.minor).toBeLessThan(1000 * gold.upper - 100 * base.lower + 2)
      expect(period.lower.minor <= period.total.minor && period.total.minor <= period.upper.minor).toBe(true)
    })
    expect(lower.minor).toBe(periods.reduce((sum, period) => sum + period.lower.minor, 0))
    expect(upper.minor).toBe(periods.reduce((sum, period) => sum + period.upper.minor, 0))
  })

  test('of costs that are all the same hold what members who only move between tiers cost', () => {
    const closed = {
      counts: [
        [80, 20],
        [10, 40],
      ],
      joined: [0, 0],
      left: [0, 0],
    }
    const still = unwrap(tierForecast(closed, tierIds(2), [2000, 500], { periods: 1 }))
    const { lower, upper } = unwrap(tierCosts(still, { costs: [euros('1.00'), euros('1.00')] }))
    expect(lower.minor < 250_000 && upper.minor > 250_000).toBe(true)
  })
})
