// Probabilities out of scores: by a logistic curve through them, or by steps that only have to rise.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type EmptySample,
  type InvalidValue,
  invalidValue,
  literalCodec,
  numberCodec,
  structCodec,
  unionCodec,
} from '../../foundation/index.ts'
import {
  isotonicRegression,
  type LogisticFaults,
  type LogisticFit,
  logisticRegression,
} from '../../statistics/index.ts'
import { logistic } from '../log-odds.ts'
import { bothOutcomes, type ScoreGroups, someCustomers } from './score-groups.ts'

/** Log odds that are a line of the log odds of the score. */
export interface PlattCalibration {
  readonly type: 'platt'
  readonly intercept: number
  /** 1 where scores are as spread as they should be, less where they say too much. */
  readonly slope: number
}

/** A curve through points, level before the first and after the last. */
export interface IsotonicCalibration {
  readonly type: 'isotonic'
  /** In rising order. */
  readonly scores: ReadonlyArray<number>
  /** One per score, never falling. */
  readonly probabilities: ReadonlyArray<number>
}

/** How scores become probabilities: plain data to be stored. */
export type ScoreCalibration = PlattCalibration | IsotonicCalibration

const finite: Codec<number> = /* @__PURE__ */ numberCodec({ min: -1e100, max: 1e100 })

const pointFaults = ({ scores, probabilities }: IsotonicCalibration): ReadonlyArray<InvalidValue> => {
  if (probabilities.length !== scores.length)
    return [invalidValue(['probabilities'], probabilities, `${scores.length}, one per score`)]
  return scores.flatMap((score, index) => {
    if (index === 0) return []
    const falls = (probabilities[index] as number) < (probabilities[index - 1] as number)
    return [
      ...(score > (scores[index - 1] as number)
        ? []
        : [invalidValue(['scores', index], score, 'a higher score than the one before')]),
      ...(falls ? [invalidValue(['probabilities', index], probabilities[index], 'at least the one before')] : []),
    ]
  })
}

const PlattCodec: Codec<PlattCalibration> = /* @__PURE__ */ structCodec('PlattCalibration', {
  type: /* @__PURE__ */ literalCodec('platt'),
  intercept: finite,
  slope: finite,
})

const IsotonicCodec: Codec<IsotonicCalibration> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('IsotonicCalibration', {
    type: /* @__PURE__ */ literalCodec('isotonic'),
    scores: /* @__PURE__ */ arrayCodec(finite, { minLength: 1, maxLength: 1_000_000 }),
    probabilities: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ numberCodec({ min: 0, max: 1 }), {
      minLength: 1,
      maxLength: 1_000_000,
    }),
  }),
  pointFaults,
)

/**
 * Reads a {@link ScoreCalibration}.
 *
 * @example
 * ```ts
 * import { decode, ScoreCalibration } from 'treue'
 *
 * decode(ScoreCalibration, { type: 'platt', intercept: -0.2, slope: 0.9 })._tag // => 'Right'
 * decode(ScoreCalibration, { type: 'isotonic', scores: [0.1, 0.5], probabilities: [0.3, 0.2] })._tag // => 'Left'
 * ```
 */
export const ScoreCalibration: Codec<ScoreCalibration> = /* @__PURE__ */ unionCodec('ScoreCalibration', 'type', {
  platt: PlattCodec,
  isotonic: IsotonicCodec,
})

/** How Platt's line is fitted. */
export interface PlattOptions {
  /**
   * Whether outcomes count as a little less certain than they are, after Platt: with n events, each as (n + 1) / (n + 2). It
   * keeps a score that tells all outcomes apart from becoming certain. `true` when absent; `false` gives the calibration
   * intercept and slope that studies report.
   */
  readonly smoothed?: boolean
}

/** A line with its errors. */
export interface PlattFit {
  readonly calibration: PlattCalibration
  /** Of the intercept and of the slope, named `logOdds`. */
  readonly fit: LogisticFit
}

/** Why there is no line. */
export type PlattFaults = LogisticFaults

const certainScore = ({ scores }: ScoreGroups): InvalidValue | null => {
  const index = scores.findIndex((score) => !(score > 0 && score < 1))
  return index < 0 ? null : invalidValue(['scores', index], scores[index], 'a probability above 0 and below 1')
}

/** Two rows for each score: as if it had happened, and as if it had not. */
const asRows = ({ scores, events, others }: ScoreGroups, happened: number, not: number) => {
  const odds = scores.map((score) => Math.log(score) - Math.log1p(-score))
  return {
    columns: [{ name: 'logOdds', values: [...odds, ...odds] }],
    outcomes: [...odds.map(() => 1), ...odds.map(() => 0)],
    weights: [
      ...events.map((event, index) => event * happened + (others[index] as number) * (1 - not)),
      ...events.map((event, index) => event * (1 - happened) + (others[index] as number) * not),
    ],
  }
}

/**
 * Platt's calibration: the line through the log odds of scores that makes them probabilities. Fit it to other customers than
 * those that the score was made from.
 *
 * Source: J. Platt, in Advances in Large Margin Classifiers (1999); on log odds, as D. R. Cox, Biometrika 45 (1958), has it.
 *
 * @param groups of scores above 0 and below 1, from `scoreGroups`
 * @param options see {@link PlattOptions}
 * @returns `EmptySample` where it happened to all or to none, `InvalidValue` for a score of 0 or 1 or beyond, `CollinearColumn`
 * where all scores are the same, and without smoothing `SeparatedOutcomes` where the score tells all outcomes apart.
 * @example
 * ```ts
 * import { plattCalibration, scoreGroups, unwrap } from 'treue'
 *
 * const scores = [0.1, 0.2, 0.3, 0.6, 0.7, 0.8, 0.9, 0.95]
 * const groups = unwrap(scoreGroups({ scores, outcomes: [0, 0, 1, 0, 1, 0, 1, 1] }))
 * unwrap(plattCalibration(groups)).calibration.slope.toFixed(2) // => '0.45'
 * ```
 */
export const plattCalibration = (
  groups: ScoreGroups,
  { smoothed = true }: PlattOptions = {},
): Either<PlattFaults, PlattFit> => {
  const fault = certainScore(groups)
  if (fault !== null) return { _tag: 'Left', left: [fault] }
  const totals = bothOutcomes(groups)
  if (totals._tag === 'Left') return { _tag: 'Left', left: [totals.left] }
  const { events, others } = totals.right
  const [happened, not] = smoothed ? [(events + 1) / (events + 2), (others + 1) / (others + 2)] : [1, 1]
  const fit = logisticRegression(asRows(groups, happened, not))
  if (fit._tag === 'Left') return fit
  const { intercept, coefficients } = fit.right.model
  const calibration = { type: 'platt', intercept, slope: coefficients[0]?.value ?? 1 } as const
  return { _tag: 'Right', right: { calibration, fit: fit.right } }
}

/**
 * Isotonic calibration: the rates of neighbouring scores, pooled until they rise. It needs no form, but more customers than
 * Platt's line. Fit it to other customers than those that the score was made from.
 *
 * Source: B. Zadrozny & C. Elkan, KDD 2002, by pool adjacent violators.
 *
 * @param groups from `scoreGroups`; scores may be any numbers
 * @returns `EmptySample` without a customer.
 * @example
 * ```ts
 * import { isotonicCalibration, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.1, 0.4, 0.5, 0.9], outcomes: [0, 1, 0, 1] }))
 * unwrap(isotonicCalibration(groups)).probabilities // => [0, 0.5, 0.5, 1]
 * ```
 */
export const isotonicCalibration = (groups: ScoreGroups): Either<EmptySample | InvalidValue, IsotonicCalibration> => {
  const totals = someCustomers(groups)
  if (totals._tag === 'Left') return totals
  const { scores, events, others } = groups
  const counts = events.map((event, index) => event + (others[index] as number))
  const blocks = isotonicRegression(
    events.map((event, index) => event / (counts[index] as number)),
    counts,
  )
  if (blocks._tag === 'Left') return blocks
  const points = blocks.right.flatMap(({ from, until, value }) =>
    until === from + 1
      ? [[scores[from] as number, value] as const]
      : [[scores[from] as number, value] as const, [scores[until - 1] as number, value] as const],
  )
  return {
    _tag: 'Right',
    right: {
      type: 'isotonic',
      scores: points.map(([score]) => score),
      probabilities: points.map(([, probability]) => probability),
    },
  }
}

const between = ({ scores, probabilities }: IsotonicCalibration, score: number): number => {
  let [low, high] = [0, scores.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((scores[middle] as number) <= score) low = middle + 1
    else high = middle
  }
  const [from, to] = [probabilities[low - 1], probabilities[low]]
  if (from === undefined || to === undefined) return from ?? to ?? 0
  const [start, end] = [scores[low - 1] as number, scores[low] as number]
  return from + (to - from) * ((score - start) / (end - start))
}

const onLine = ({ intercept, slope }: PlattCalibration, score: number): number =>
  logistic(intercept + slope * (Math.log(score) - Math.log1p(-score)))

const usable = {
  platt: { takes: (score: number) => score > 0 && score < 1, expected: 'a probability above 0 and below 1' },
  isotonic: { takes: Number.isFinite, expected: 'a finite number' },
} as const

const unusable = (scores: ArrayLike<number>, type: ScoreCalibration['type']): ReadonlyArray<InvalidValue> => {
  const { takes, expected } = usable[type]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < scores.length; row += 1) {
    if (!takes(scores[row] as number)) faults.push(invalidValue(['scores', row], scores[row], expected))
  }
  return faults
}

/**
 * Makes scores probabilities by a calibration that was fitted before.
 *
 * Between the points of an isotonic calibration a score has the probability on the straight line.
 *
 * @param calibration from {@link plattCalibration}, {@link isotonicCalibration}, or read by {@link ScoreCalibration}
 * @param scores of customers; for Platt's line above 0 and below 1
 * @returns `InvalidValue` at each score that is none.
 * @example
 * ```ts
 * import { calibrateScores, unwrap } from 'treue'
 *
 * const calibration = { type: 'isotonic', scores: [0.2, 0.4], probabilities: [0.1, 0.5] } as const
 * Array.from(unwrap(calibrateScores(calibration, [0, 0.3, 0.9])), (p) => p.toFixed(2)) // => ['0.10', '0.30', '0.50']
 * ```
 */
export const calibrateScores = (
  calibration: ScoreCalibration,
  scores: ArrayLike<number>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Float64Array> => {
  const [fault, ...rest] = unusable(scores, calibration.type)
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const probability = (score: number): number =>
    calibration.type === 'platt' ? onLine(calibration, score) : between(calibration, score)
  return { _tag: 'Right', right: Float64Array.from(scores, probability) }
}
