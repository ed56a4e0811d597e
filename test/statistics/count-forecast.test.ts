import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { forecastAmount, forecastCount, logGamma } from '../../src/statistics/index.ts'

/** The negative binomial probability of a count, from its logarithm. */
const massOf = (count: number, shape: number, odds: number): number =>
  Math.exp(
    unwrap(logGamma(count + shape)) -
      unwrap(logGamma(shape)) -
      unwrap(logGamma(count + 1)) +
      count * Math.log(odds / (1 + odds)) -
      shape * Math.log1p(odds),
  )

/** A generator of numbers in [0, 1) that is the same in every run. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** How many events come in some time, by the waits between them. */
const eventsIn = (time: number, next: () => number): number => {
  let count = -1
  let left = time
  while (left > 0) {
    left += Math.log(1 - next())
    count += 1
  }
  return count
}

const pastArbitrary = fc.record({
  events: fc.nat({ max: 60 }),
  time: fc.double({ min: 20, max: 400, noNaN: true }),
  ahead: fc.double({ min: 0.1, max: 800, noNaN: true }),
})

describe('forecastCount', () => {
  test('every probability is the negative binomial one, summed term by term', () => {
    fc.assert(
      fc.property(pastArbitrary, fc.nat({ max: 300 }), (past, count) => {
        const { atLeast } = unwrap(forecastCount(past))
        let below = 0
        for (let less = 0; less < count; less += 1) below += massOf(less, past.events + 0.5, past.ahead / past.time)
        expect(Math.abs(1 - below - atLeast(count))).toBeLessThan(1e-10)
      }),
    )
  })

  test('a quantile is the least count that is not exceeded so often', () => {
    fc.assert(
      fc.property(pastArbitrary, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (past, probability) => {
        const { atLeast, quantile } = unwrap(forecastCount(past))
        const count = quantile(probability)
        expect(atLeast(count + 1)).toBeLessThanOrEqual(1 - probability)
        if (count > 0) expect(atLeast(count)).toBeGreaterThan(1 - probability)
      }),
    )
  })

  test('a long past is as a Poisson pace, a short one is wider', () => {
    const long = unwrap(forecastCount({ events: 1_000_000, time: 1_000_000, ahead: 4 }))
    expect(long.atLeast(1)).toBeCloseTo(1 - Math.exp(-4), 5)
    const short = unwrap(forecastCount({ events: 3, time: 30, ahead: 90 }))
    const longer = unwrap(forecastCount({ events: 36, time: 360, ahead: 90 }))
    expect(short.quantile(0.975) - short.quantile(0.025)).toBeGreaterThan(
      longer.quantile(0.975) - longer.quantile(0.025),
    )
  })

  test('nothing seen still leaves something possible; no time ahead leaves nothing', () => {
    const none = unwrap(forecastCount({ events: 0, time: 30, ahead: 30 }))
    expect(none.atLeast(1)).toBeCloseTo(1 - Math.SQRT1_2, 12)
    const over = unwrap(forecastCount({ events: 9, time: 30, ahead: 0 }))
    expect([over.expected, over.atLeast(0), over.atLeast(1), over.quantile(0.999)]).toEqual([0, 1, 0, 0])
  })

  test('the prior is what it says', () => {
    const { expected } = unwrap(forecastCount({ events: 4, time: 100, ahead: 50, prior: { events: 2, time: 20 } }))
    expect(expected).toBe(2.5)
  })

  test('every number outside its range is reported', () => {
    const wrong = forecastCount({ events: -1, time: 0, ahead: Number.NaN, prior: { events: 0, time: -1 } })
    expect(wrong._tag === 'Left' ? wrong.left.map(({ path }) => path.join('.')) : []).toEqual([
      'time',
      'prior.events',
      'prior.time',
      'events',
      'ahead',
    ])
    expect(forecastCount({ events: 1.5, time: 1, ahead: 1 })._tag).toBe('Left')
    expect(forecastCount({ events: 0, time: 1, ahead: 10_001 })._tag).toBe('Left')
    expect(forecastCount({ events: 1_000_000, time: 1, ahead: 1 })._tag).toBe('Left')
  })
})

describe('forecastAmount', () => {
  test('amounts that are all the same are as many events', () => {
    fc.assert(
      fc.property(
        pastArbitrary,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 900 }),
        (past, each, least) => {
          const { time, ahead } = past
          const events = past.events + 2
          const amounts = Array.from({ length: events }, () => each)
          const sum = unwrap(forecastAmount({ time, ahead }, amounts))
          const count = unwrap(forecastCount({ events, time, ahead }))
          expect(sum.atLeast(least)).toBeCloseTo(count.atLeast(Math.ceil(least / each)), 12)
        },
      ),
    )
  })

  test('as a simulation of the same amounts at a pace from the same belief', () => {
    const amounts = Array.from({ length: 40 }, (_, index) => 20 + 7 * (index % 10))
    const { atLeast, expected } = unwrap(forecastAmount({ time: 200, ahead: 60 }, amounts))
    const next = numbersFrom(7)
    const runs = 40_000
    const sums = Array.from({ length: runs }, () => {
      // A gamma number of shape 40 ½ for the pace: 40 waits and half the square of a normal number.
      let waits = Math.log(1 - next()) * Math.cos(2 * Math.PI * next()) ** 2
      for (let wait = 0; wait < 40; wait += 1) waits += Math.log(1 - next())
      const events = eventsIn((-waits * 60) / 200, next)
      let sum = 0
      for (let event = 0; event < events; event += 1) sum += amounts[Math.floor(next() * 40)] ?? 0
      return sum
    })
    const mean = sums.reduce((sum, value) => sum + value / runs, 0)
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.02)
    for (const least of [200, 400, 600, 800, 1100]) {
      const share = sums.filter((sum) => sum >= least).length / runs
      expect(Math.abs(share - atLeast(least))).toBeLessThan(0.015)
    }
  })

  test('more is less probable, and a quantile is the least that is not exceeded so often', () => {
    const { atLeast, quantile } = unwrap(forecastAmount({ time: 90, ahead: 30 }, [5, 1, 2, 2, 8]))
    let before = 1
    for (let least = 0; least < 60; least += 1) {
      expect(atLeast(least)).toBeLessThanOrEqual(before)
      before = atLeast(least)
    }
    const upper = quantile(0.9)
    expect(atLeast(upper + 1)).toBeLessThanOrEqual(0.1)
    expect(atLeast(upper)).toBeGreaterThan(0.1)
  })

  test('large amounts that hardly differ are as a constant', () => {
    const { atLeast } = unwrap(forecastAmount({ time: 90, ahead: 30 }, [1_000_000_000, 1_000_000_001, 1_000_000_000]))
    const count = unwrap(forecastCount({ events: 3, time: 90, ahead: 30 }))
    expect(atLeast(1_500_000_000)).toBeCloseTo(count.atLeast(2), 9)
  })

  test('fewer than two amounts, and amounts that are none', () => {
    expect(forecastAmount({ time: 90, ahead: 30 }, [5])._tag).toBe('Left')
    expect(forecastAmount({ time: 90, ahead: 30 }, [5, 0])._tag).toBe('Left')
    expect(forecastAmount({ time: 90, ahead: 30 }, [5, 0.5])._tag).toBe('Left')
  })
})
