import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NpsCounts, type NpsIntervalMethod, netPromoterScoreOfCounts } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { confidenceArbitrary, fewNpsCountsArbitrary } from '../arbitraries/feedback.ts'

const methods: ReadonlyArray<NpsIntervalMethod> = [
  'adjustedWald',
  'wald',
  'score',
  'trinomialMeans',
  'exactMultinomial',
]
const intervalOf = (counts: NpsCounts, interval: NpsIntervalMethod, confidence = 0.95) =>
  unwrap(netPromoterScoreOfCounts(counts, { interval, confidence })).interval

const swapped = ({ detractors, passives, promoters }: NpsCounts): NpsCounts => ({
  detractors: promoters,
  passives,
  promoters: detractors,
})
const times = ({ detractors, passives, promoters }: NpsCounts, by: number): NpsCounts => ({
  detractors: detractors * by,
  passives: passives * by,
  promoters: promoters * by,
})
const answersOf = ({ detractors, passives, promoters }: NpsCounts): number => detractors + passives + promoters

describe.each(methods)('the interval by %s', (method) => {
  const soundArbitrary = fewNpsCountsArbitrary.filter((counts) => method !== 'trinomialMeans' || answersOf(counts) >= 2)

  test('contains the score before clamping, save the adjusted one, and lies on the scale', () => {
    fc.assert(
      fc.property(soundArbitrary, confidenceArbitrary, (counts, confidence) => {
        const nps = unwrap(netPromoterScoreOfCounts(counts, { interval: method, confidence }))
        const { lower, upper, centre } = nps.interval
        const inside = method === 'adjustedWald' ? centre : nps.score
        expect(lower).toBeLessThanOrEqual(inside + 1e-9)
        expect(upper).toBeGreaterThanOrEqual(inside - 1e-9)
        expect(lower).toBeGreaterThanOrEqual(-100)
        expect(upper).toBeLessThanOrEqual(100)
        expect(nps.interval.method).toBe(method)
      }),
    )
  })

  test('is mirrored when promoters and detractors are swapped', () => {
    fc.assert(
      fc.property(soundArbitrary, confidenceArbitrary, (counts, confidence) => {
        const one = intervalOf(counts, method, confidence)
        const other = intervalOf(swapped(counts), method, confidence)
        expect(other.lower).toBeCloseTo(-one.upper, 8)
        expect(other.upper).toBeCloseTo(-one.lower, 8)
      }),
    )
  })

  test('shrinks when every count grows ninefold, and widens with the confidence', () => {
    fc.assert(
      fc.property(soundArbitrary, (counts) => {
        const widthOf = ({ unclamped: { lower, upper } }: ReturnType<typeof intervalOf>): number => upper - lower
        const found = widthOf(intervalOf(counts, method))
        expect(widthOf(intervalOf(times(counts, 9), method))).toBeLessThanOrEqual(found + 1e-9)
        expect(widthOf(intervalOf(counts, method, 0.99))).toBeGreaterThanOrEqual(found - 1e-9)
      }),
    )
  })
})

describe('adjusted Wald', () => {
  test('contains the score of some dozen answers and more at 95 %', () => {
    fc.assert(
      fc.property(fewNpsCountsArbitrary, fc.integer({ min: 1, max: 40 }), (counts, by) => {
        fc.pre(answersOf(counts) * by >= 5)
        const { score, interval } = unwrap(netPromoterScoreOfCounts(times(counts, by)))
        expect(interval.lower).toBeLessThanOrEqual(score)
        expect(interval.upper).toBeGreaterThanOrEqual(score)
      }),
    )
  })
})

describe('the score interval', () => {
  test('ends where the test statistic is z', () => {
    const statistic = ({ detractors: b, promoters: c, passives }: NpsCounts, at: number): number => {
      const n = b + c + passives
      const linear = (2 * n - c + b) * at - b - c
      const q = (Math.sqrt(linear * linear + 8 * n * b * at * (1 - at)) - linear) / (4 * n)
      return Math.abs(c - b - n * at) / Math.sqrt(n * (2 * q + at * (1 - at)))
    }
    fc.assert(
      fc.property(fewNpsCountsArbitrary, (counts) => {
        const { lower, upper, degenerate } = intervalOf(counts, 'score')
        expect(degenerate).toBe(false)
        if (lower > -100) expect(statistic(counts, lower / 100)).toBeCloseTo(1.959963984540054, 7)
        if (upper < 100) expect(statistic(counts, upper / 100)).toBeCloseTo(1.959963984540054, 7)
      }),
    )
  })

  test('reaches the end of the scale only for answers that are all at that end', () => {
    expect(intervalOf({ detractors: 7, passives: 0, promoters: 0 }, 'score').lower).toBe(-100)
    expect(intervalOf({ detractors: 0, passives: 0, promoters: 7 }, 'score').upper).toBe(100)
    expect(intervalOf({ detractors: 0, passives: 1, promoters: 7 }, 'score').upper).toBeLessThan(100)
  })
})

describe('the exact multinomial interval', () => {
  /** Every resample of n answers with its probability. */
  const byEnumeration = (counts: NpsCounts, tail: number): readonly [number, number] => {
    const n = answersOf(counts)
    const factorials = Array.from({ length: n + 1 }, (_, k) =>
      Array.from({ length: k }, (__, i) => i + 1).reduce((product, i) => product * i, 1),
    )
    const of = (k: number): number => factorials[k] ?? Number.NaN
    const mass = new Map<number, number>()
    for (let d = 0; d <= n; d += 1) {
      for (let p = 0; p + d <= n; p += 1) {
        const ways = of(n) / (of(d) * of(p) * of(n - d - p))
        const probability =
          ways * (counts.detractors / n) ** d * (counts.promoters / n) ** p * (counts.passives / n) ** (n - d - p)
        mass.set(p - d, (mass.get(p - d) ?? 0) + probability)
      }
    }
    const sorted = [...mass].sort(([a], [b]) => a - b)
    const first = (list: typeof sorted): number => {
      let sum = 0
      for (const [balance, probability] of list) {
        sum += probability
        if (sum >= tail) return balance
      }
      return Number.NaN
    }
    return [(100 * first(sorted)) / n, (100 * first([...sorted].reverse())) / n]
  }

  test('is what enumerating all resamples gives', () => {
    fc.assert(
      fc.property(fewNpsCountsArbitrary, (counts) => {
        // A tail that no sum of few probabilities meets exactly.
        const { lower, upper } = intervalOf(counts, 'exactMultinomial', 0.9512345)
        const [low, high] = byEnumeration(counts, (1 - 0.9512345) / 2)
        expect(lower).toBeCloseTo(low, 9)
        expect(upper).toBeCloseTo(high, 9)
      }),
    )
  })

  test('agrees with the Wald interval for many answers, and refuses more than a million', () => {
    const many = { detractors: 100_000, passives: 200_000, promoters: 300_000 }
    const [exact, wald] = [intervalOf(many, 'exactMultinomial'), intervalOf(many, 'wald')]
    expect(exact.lower).toBeCloseTo(wald.lower, 2)
    expect(exact.upper).toBeCloseTo(wald.upper, 2)
    const result = netPromoterScoreOfCounts(times(many, 2), { interval: 'exactMultinomial' })
    expect(result).toMatchObject({ left: { _tag: 'OutOfRange', path: ['interval'] } })
  })

  test('says of answers that are all alike that it says nothing', () => {
    expect(intervalOf({ detractors: 0, passives: 4, promoters: 0 }, 'exactMultinomial')).toMatchObject({
      lower: 0,
      upper: 0,
      degenerate: true,
    })
  })
})

describe('the interval by trinomial means', () => {
  test('needs two answers', () => {
    const one = { detractors: 0, passives: 1, promoters: 0 }
    expect(netPromoterScoreOfCounts(one, { interval: 'trinomialMeans' })).toMatchObject({
      left: { _tag: 'EmptySample', expected: 'at least two answers' },
    })
  })
})
