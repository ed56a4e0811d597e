import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  brierScore,
  calibrateScores,
  calibrationTable,
  isotonicCalibration,
  logLoss,
  plattCalibration,
  ScoreCalibration,
  scoreGroups,
} from '../../../src/churn/index.ts'
import { decode, unwrap } from '../../../src/foundation/index.ts'
import { scoredArbitrary } from '../../arbitraries/scores.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const groupsOf = (scores: ReadonlyArray<number>, outcomes: ReadonlyArray<boolean | number>) =>
  unwrap(scoreGroups({ scores, outcomes }))

const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length

const tagOf = (result: { readonly _tag: string; readonly left?: unknown }) => {
  const faults = [result.left].flat() as ReadonlyArray<{ readonly _tag: string } | undefined>
  return result._tag === 'Left' ? faults[0]?._tag : 'Right'
}

describe('Brier’s score', () => {
  test('is the mean square, and its parts sum to it', () => {
    fc.assert(
      fc.property(scoredArbitrary(1), fc.integer({ min: 1, max: 12 }), ({ scores, outcomes }, bins) => {
        const parts = unwrap(brierScore(groupsOf(scores, outcomes), bins))
        const squares = scores.map((score, row) => (score - (outcomes[row] === true ? 1 : 0)) ** 2)
        expect(parts.score).toBeCloseTo(mean(squares), 12)
        expect(parts.reliability - parts.resolution + parts.uncertainty + parts.within).toBeCloseTo(parts.score, 12)
        const rate = mean(outcomes.map((outcome) => (outcome ? 1 : 0)))
        expect(parts.uncertainty).toBeCloseTo(rate * (1 - rate), 14)
        expect(parts.skill === null).toBe(parts.uncertainty === 0)
      }),
    )
  })

  test('the rate of each of two groups: reliable, all resolution', () => {
    const groups = { scores: [0.25, 0.75], events: [1, 3], others: [3, 1] }
    const parts = unwrap(brierScore(groups))
    expect([parts.reliability, parts.resolution, parts.within]).toEqual([0, 0.0625, 0])
    expect(parts.score).toBe(0.1875)
    expect(parts.skill).toBe(0.25)
  })

  test('of no customers, of what is no probability, by no bins: a fault', () => {
    expect(tagOf(brierScore(groupsOf([], [])))).toBe('EmptySample')
    expect(tagOf(brierScore(groupsOf([1.5], [1])))).toBe('InvalidValue')
    expect(tagOf(brierScore(groupsOf([-0.5], [1])))).toBe('InvalidValue')
    expect(tagOf(brierScore(groupsOf([0.5], [1]), 0))).toBe('OutOfRange')
  })
})

describe('the log loss', () => {
  test('is the mean surprise, and infinite only where something impossible happened', () => {
    fc.assert(
      fc.property(scoredArbitrary(1), ({ scores, outcomes }) => {
        const losses = scores.map((score, row) => -Math.log(outcomes[row] === true ? score : 1 - score))
        const result = logLoss(groupsOf(scores, outcomes))
        // 1 − score may round to 1 where the score is not 0, and the score to 1 where 1 − score is not 0.
        if (result._tag === 'Left') expect(mean(losses)).toBe(Infinity)
        else expect(Math.abs(result.right - mean(losses))).toBeLessThan(1e-9)
      }),
    )
  })

  test('certain and right is 0', () => {
    expect(unwrap(logLoss(groupsOf([0, 1], [0, 1])))).toBe(0)
    expect(tagOf(logLoss(groupsOf([1], [0])))).toBe('OutOfRange')
    expect(tagOf(logLoss(groupsOf([2], [0])))).toBe('InvalidValue')
  })
})

describe('the calibration table', () => {
  test('has everybody in the bin of their probability', () => {
    fc.assert(
      fc.property(scoredArbitrary(1), fc.integer({ min: 1, max: 8 }), ({ scores, outcomes }, bins) => {
        const { rows, expectedError, maximumError } = unwrap(calibrationTable(groupsOf(scores, outcomes), { bins }))
        expect(rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(scores.length)
        for (const { from, customers, events, rate, meanProbability, low, high } of rows) {
          const bin = Math.round(from * bins)
          const own = scores.flatMap((score, row) =>
            Math.min(bins - 1, Math.floor(score * bins)) === bin ? [row] : [],
          )
          expect(customers).toBe(own.length)
          expect(events).toBe(own.filter((row) => outcomes[row] === true).length)
          expect(meanProbability).toBeCloseTo(mean(own.map((row) => scores[row] ?? 0)), 12)
          expect(low <= rate && rate <= high).toBe(true)
        }
        expect(expectedError).toBeLessThanOrEqual(maximumError + 1e-12)
      }),
    )
  })

  test('needs probabilities, bins and a confidence', () => {
    expect(tagOf(calibrationTable(groupsOf([], [])))).toBe('EmptySample')
    expect(tagOf(calibrationTable(groupsOf([0.5], [1]), { bins: 1.5 }))).toBe('OutOfRange')
    expect(tagOf(calibrationTable(groupsOf([0.5], [1]), { confidence: 0 }))).toBe('OutOfRange')
  })
})

const isotonicArbitrary = scoredArbitrary(1).map(({ scores, outcomes }) =>
  unwrap(isotonicCalibration(groupsOf(scores, outcomes))),
)

codecLaws(
  'ScoreCalibration',
  ScoreCalibration,
  fc.oneof(
    isotonicArbitrary,
    fc.record({
      type: fc.constant('platt' as const),
      intercept: fc.double({ min: -9, max: 9, noNaN: true }).map((value) => value + 0),
      slope: fc.double({ min: -9, max: 9, noNaN: true }).map((value) => value + 0),
    }),
  ),
)

test('an isotonic calibration that falls, or has another number of probabilities, is not read', () => {
  const pathsOf = (value: object) => {
    const result = decode(ScoreCalibration, { type: 'isotonic', ...value })
    return result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
  }
  expect(pathsOf({ scores: [1, 1], probabilities: [0.5, 0.4] })).toEqual(['scores.1', 'probabilities.1'])
  expect(pathsOf({ scores: [1, 2], probabilities: [0.5] })).toEqual(['probabilities'])
})

describe('Platt’s line', () => {
  const scores = [0.1, 0.2, 0.3, 0.6, 0.7, 0.8, 0.9, 0.95]
  const outcomes = [0, 0, 1, 0, 1, 0, 1, 1]

  test('with smoothed outcomes, against another program', () => {
    const { calibration } = unwrap(plattCalibration(groupsOf(scores, outcomes)))
    expect(calibration.intercept).toBeCloseTo(-0.1898168132405553, 10)
    expect(calibration.slope).toBeCloseTo(0.4465429862446123, 10)
  })

  test('keeps the mean: the probabilities sum to the events', () => {
    const { calibration, fit } = unwrap(plattCalibration(groupsOf(scores, outcomes), { smoothed: false }))
    const calibrated = unwrap(calibrateScores(calibration, scores))
    expect(calibrated.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(4, 10)
    expect(fit.estimates).toHaveLength(2)
    const again = unwrap(plattCalibration(groupsOf(Array.from(calibrated), outcomes), { smoothed: false }))
    expect(again.calibration.slope).toBeCloseTo(1, 8)
    expect(again.calibration.intercept).toBeCloseTo(0, 8)
  })

  test('smoothing gives a line even where the score tells all apart', () => {
    const groups = groupsOf([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])
    expect(tagOf(plattCalibration(groups))).toBe('Right')
    expect(tagOf(plattCalibration(groups, { smoothed: false }))).toBe('SeparatedOutcomes')
  })

  test('needs both outcomes, scores that differ, and none that is certain', () => {
    expect(tagOf(plattCalibration(groupsOf([0.5, 0.6], [1, 1])))).toBe('EmptySample')
    expect(tagOf(plattCalibration(groupsOf([0.5, 0.5], [1, 0])))).toBe('CollinearColumn')
    expect(tagOf(plattCalibration(groupsOf([0, 0.5], [1, 0])))).toBe('InvalidValue')
    expect(tagOf(calibrateScores({ type: 'platt', intercept: 0, slope: 1 }, [0.5, 1]))).toBe('InvalidValue')
    expect(Array.from(unwrap(calibrateScores({ type: 'platt', intercept: 0, slope: 1 }, [0.3, 0.8])))).toEqual([
      0.3, 0.8,
    ])
  })
})

describe('isotonic calibration', () => {
  test('never falls, keeps the mean, and no other rising steps are nearer', () => {
    fc.assert(
      fc.property(scoredArbitrary(1), ({ scores, outcomes }) => {
        const groups = groupsOf(scores, outcomes)
        const calibration = unwrap(isotonicCalibration(groups))
        const calibrated = unwrap(calibrateScores(calibration, scores))
        const events = outcomes.filter((outcome) => outcome).length
        expect(calibrated.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(events, 9)
        const order = scores.map((_, row) => row).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0))
        order.forEach((row, place) => {
          expect(calibrated[row]).toBeGreaterThanOrEqual(calibrated[order[place - 1] ?? row] ?? 0)
        })
        // min–max formula: the least upper mean of the greatest lower ones
        groups.scores.forEach((score, index) => {
          const pooled = (from: number, until: number) => {
            const happened = groups.events.slice(from, until).reduce((sum, count) => sum + count, 0)
            const not = groups.others.slice(from, until).reduce((sum, count) => sum + count, 0)
            return happened / (happened + not)
          }
          const lows = Array.from({ length: index + 1 }, (_, from) =>
            Math.min(...groups.scores.slice(index).map((_unused, more) => pooled(from, index + more + 1))),
          )
          expect(unwrap(calibrateScores(calibration, [score]))[0]).toBeCloseTo(Math.max(...lows), 10)
        })
      }),
    )
  })

  test('is level beyond its ends, straight between its points, and needs finite scores', () => {
    const calibration = { type: 'isotonic', scores: [0, 1, 3], probabilities: [0.2, 0.4, 0.8] } as const
    const [below, between, above] = unwrap(calibrateScores(calibration, [-9, 2, 9]))
    expect([below, above]).toEqual([0.2, 0.8])
    expect(between).toBeCloseTo(0.6, 14)
    expect(tagOf(calibrateScores(calibration, [Number.NaN]))).toBe('InvalidValue')
    expect(tagOf(isotonicCalibration(groupsOf([], [])))).toBe('EmptySample')
  })
})
