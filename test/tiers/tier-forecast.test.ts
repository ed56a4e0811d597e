import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, type TierId, unwrap } from '../../src/foundation/index.ts'
import { type TierTransitions, tierForecast, tiersAfter } from '../../src/tiers/index.ts'
import { chainOf, connectedArbitrary, tierIds } from '../arbitraries/tier-population.ts'

const near = (actual: number, expected: number, digits = 1e-12): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(digits * Math.abs(expected))
}

const year: TierTransitions = {
  counts: [
    [700, 80, 10, 1],
    [150, 500, 60, 5],
    [30, 100, 300, 40],
    [5, 10, 50, 200],
  ],
  joined: [1000, 50, 0, 0],
  left: [109, 35, 12, 4],
}

/** Numbers that look random and are always the same (mulberry32). */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

describe('tierForecast', () => {
  test('three periods with an inflow: mean, variance of the estimates by SymPy derivatives, and binomial variance', () => {
    const start = [5000, 2000, 800, 200]
    const { periods } = unwrap(tierForecast(year, tierIds(4), start, { periods: 3, inflow: [300, 10, 0, 0] }))
    const means = [4114.896074846386, 1818.7305734155079, 694.8681864990854, 266.3624371637282]
    const estimates = [23362.773776063452, 11922.376610659443, 3427.603685702907, 945.52932451062]
    const moves = [1953.854484720378, 1344.7549160444776, 574.6339644744572, 213.4963553794943]
    periods[2]?.forEach((cell, tier) => {
      near(cell.members, means[tier] as number)
      near(cell.standardError ** 2, (estimates[tier] as number) + (moves[tier] as number))
      near(cell.upper, cell.members + 1.959963984540054 * cell.standardError)
      near(cell.lower, cell.members - 1.959963984540054 * cell.standardError)
    })
  })

  test('expects what the chain does, and nothing below 0', () => {
    const starts = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(connectedArbitrary, starts, fc.integer({ min: 1, max: 6 }), (transitions, all, periods) => {
        const tiers = transitions.counts.length
        const start = all.slice(0, tiers)
        const forecast = unwrap(tierForecast(transitions, tierIds(tiers), start, { periods }))
        expect(forecast.periods).toHaveLength(periods)
        forecast.periods.forEach((cells, period) => {
          const { members } = unwrap(tiersAfter(chainOf(transitions), start, period + 1))
          expect(cells.map((cell) => cell.members)).toEqual(members)
          const total = members.reduce((sum, present) => sum + present, 0)
          for (const { lower, upper, members: expected, share } of cells) {
            expect(share).toBe(total > 0 ? expected / total : null)
            expect(lower).toBeGreaterThanOrEqual(0)
            expect(lower).toBeLessThanOrEqual(expected)
            expect(upper).toBeGreaterThanOrEqual(expected)
          }
        })
      }),
      { numRuns: 50 },
    )
  })

  test('the standard error is that of past and future played out 1,500 times', () => {
    const random = numbersFrom(20260101)
    const past: TierTransitions = {
      counts: [
        [140, 50],
        [20, 70],
      ],
      joined: [0, 0],
      left: [10, 10],
    }
    const [start, inflow, periods] = [[300, 60], [40, 5], 3] as const
    const exact = chainOf(past)
    const play = ([stay = 0, move = 0]: ReadonlyArray<number>, members: number): [number, number] => {
      const places = Array.from({ length: members }, random)
      const first = places.filter((place) => place < stay).length
      return [first, places.filter((place) => place < stay + move).length - first]
    }
    const errors: Array<number> = []
    for (let round = 0; round < 1500; round += 1) {
      // What would have been forecast from another past, less what another future brings.
      const counts = exact.moves.map((row, from) => play(row, from === 0 ? 200 : 100))
      const left = counts.map(([a, b], from) => (from === 0 ? 200 : 100) - a - b)
      const forecast = unwrap(tierForecast({ counts, joined: [0, 0], left }, tierIds(2), start, { periods, inflow }))
      let now = [...start] as [number, number]
      for (let period = 0; period < periods; period += 1) {
        const [a, b] = exact.moves.map((row, from) => play(row, now[from] as number)) as [
          [number, number],
          [number, number],
        ]
        now = [a[0] + b[0] + inflow[0], a[1] + b[1] + inflow[1]]
      }
      errors.push((forecast.periods[periods - 1]?.[1]?.members as number) - now[1])
    }
    const centre = errors.reduce((sum, error) => sum + error, 0) / errors.length
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - centre) ** 2, 0) / errors.length)
    const told = unwrap(tierForecast(past, tierIds(2), start, { periods, inflow })).periods[periods - 1]?.[1]
    expect(Math.abs(deviation / (told?.standardError as number) - 1)).toBeLessThan(0.06)
  })

  test('stays within numbers for the largest populations', () => {
    const most = Number.MAX_SAFE_INTEGER
    const start = [most, most, most, most]
    const { periods } = unwrap(tierForecast(year, tierIds(4), start, { periods: 50, inflow: start }))
    for (const { members, standardError, share } of periods.flat()) {
      expect([members, standardError, share].every(Number.isFinite)).toBe(true)
    }
    const none = unwrap(tierForecast(year, tierIds(4), [0, 0, 0, 0], { periods: 1 })).periods[0]?.[0]
    expect(none).toEqual({ members: 0, share: null, standardError: 0, lower: 0, upper: 0 })
    expect(tierForecast(year, tierIds(4), [2 * most, 0, 0, 0], { periods: 1 })).toMatchObject({
      left: [{ path: ['start', 0] }],
    })
  })

  test('says what is wrong, all of it', () => {
    const pathsOf = (result: ReturnType<typeof tierForecast>): ReadonlyArray<string> =>
      result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    const tiers = tierIds(2)
    const past: TierTransitions = {
      counts: [
        [1, 1],
        [1, 1],
      ],
      joined: [0, 0],
      left: [0, 0],
    }
    const wrong = { periods: -1, inflow: [1, Number.NaN], confidence: 0 }
    expect(pathsOf(tierForecast(past, tiers, [1], wrong))).toEqual(['start', 'inflow[1]', 'periods', 'confidence'])
    const empty = {
      ...past,
      counts: [
        [1, 1],
        [0, 0],
      ],
    }
    expect(pathsOf(tierForecast(empty, tiers, [1, 1], { periods: 1, confidence: 2 }))).toEqual([
      'counts[1]',
      'confidence',
    ])
    expect(pathsOf(tierForecast(past, tiers, [1, 1], { periods: 1, inflow: [] }))).toEqual(['inflow'])
    const many = Array.from({ length: 100 }, (_, tier) => `tier ${tier}`) as Array<string> as Array<TierId>
    const counts = many.map(() => many.map(() => 1))
    const zeros = many.map(() => 0)
    const large = { counts, joined: zeros, left: zeros }
    expect(pathsOf(tierForecast(large, many, zeros, { periods: 11 }))).toEqual(['periods'])
    expect(unwrap(tierForecast(past, tiers, [1, 1], { periods: 0 })).periods).toEqual([])
  })
})
