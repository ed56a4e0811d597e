import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import { type EngagementBand, engagementRetention } from '../../../src/segments/index.ts'
import { wilsonInterval } from '../../../src/statistics/index.ts'

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.boolean()), { minLength: 4, maxLength: 60 })

const varies = (list: ReadonlyArray<readonly [number, boolean]>) =>
  new Set(list.map(([score]) => score)).size > 1 && new Set(list.map(([, stayed]) => stayed)).size > 1

/** The difference of the groups' means by the spread of all, as point-biserial correlation is defined. */
const pointBiserial = (list: ReadonlyArray<readonly [number, boolean]>): number => {
  const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
  const scores = list.map(([score]) => score)
  const of = (group: boolean) => list.filter(([, stayed]) => stayed === group).map(([score]) => score)
  const spread = Math.sqrt(mean(scores.map((score) => (score - mean(scores)) ** 2)))
  const share = of(true).length / list.length
  return ((mean(of(true)) - mean(of(false))) / spread) * Math.sqrt(share * (1 - share))
}

const expectBand = (band: EngagementBand, list: ReadonlyArray<readonly [number, boolean]>): void => {
  const { from, until, customers, retained, rate, interval } = band
  const own = list.filter(([score]) => score >= from && (score < until || (until === 100 && score === 100)))
  expect(customers).toBe(own.length)
  expect(retained).toBe(own.filter(([, stayed]) => stayed).length)
  expect(rate).toBe(own.length === 0 ? null : retained / customers)
  expect(interval).toEqual(own.length === 0 ? null : unwrap(wilsonInterval(retained, customers)))
}

describe('engagement and staying', () => {
  test('correlate as the point-biserial coefficient says, within an interval', () => {
    fc.assert(
      fc.property(pairs.filter(varies), (list) => {
        const found = unwrap(
          engagementRetention(
            list.map(([score]) => score),
            list.map(([, stayed]) => stayed),
          ),
        )
        expect(found.correlation).toBeCloseTo(pointBiserial(list), 9)
        expect(found.interval.lower).toBeLessThanOrEqual(found.correlation)
        expect(found.interval.upper).toBeGreaterThanOrEqual(found.correlation)
        expect(found.bands.reduce((sum, { customers }) => sum + customers, 0)).toBe(list.length)
        for (const band of found.bands) expectBand(band, list)
      }),
    )
  })

  test('Fisher’s interval of r = 0.5 and n = 103 is tanh(atanh 0.5 ± 0.196)', () => {
    // 0, 1 in equal parts; half of the scores follow the outcome.
    const flags = Array.from({ length: 104 }, (_, index) => index % 2)
    const scores = flags.map((flag, index) => (index % 8 < 6 ? flag * 100 : (1 - flag) * 100))
    const { correlation, interval } = unwrap(engagementRetention(scores, flags))
    expect(correlation).toBeCloseTo(0.5, 12)
    const reach = 1.959963984540054 / Math.sqrt(101)
    expect(interval.lower).toBeCloseTo(Math.tanh(Math.atanh(0.5) - reach), 12)
    expect(interval.upper).toBeCloseTo(Math.tanh(Math.atanh(0.5) + reach), 12)
  })

  test('that go together entirely correlate with 1', () => {
    expect(unwrap(engagementRetention([0, 0, 100, 100], [0, 0, 1, 1])).interval).toEqual({ lower: 1, upper: 1 })
  })

  test('need four customers that differ, and sound scores', () => {
    const tags = (...args: Parameters<typeof engagementRetention>) => {
      const found = engagementRetention(...args)
      return found._tag === 'Left' ? found.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`.trim()) : []
    }
    expect(tags([1, 2, 3], [0, 1, 1])).toEqual(['EmptySample'])
    expect(tags([1, 1, 1, 1], [0, 1, 1, 0])).toEqual(['ZeroDenominator'])
    expect(tags([1, 2, 3, 4], [1, 1, 1, 1])).toEqual(['ZeroDenominator'])
    expect(tags([1, 2, 3, 4], [1, 1])).toEqual(['InvalidValue retained.length'])
    expect(tags([1, -2, 3, 4], [1, 1, 2, 0])).toEqual(['InvalidValue scores.1', 'InvalidValue retained.2'])
    expect(tags([1, 2, 3, 4], [1, 1, 0, 0], 1)).toEqual(['OutOfRange confidence'])
  })
})
