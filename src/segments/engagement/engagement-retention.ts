// Whether those who are engaged stay: the correlation of scores with who is still there, and the rate of each band of scores.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import {
  type DifferenceInterval,
  type ProportionInterval,
  twoSidedQuantile,
  wilsonInterval,
} from '../../statistics/index.ts'

/** How many of those with such a score stayed. */
export interface EngagementBand {
  /** Scores from here on. */
  readonly from: number
  /** Scores below; 100 belongs to the last band. */
  readonly until: number
  readonly customers: number
  readonly retained: number
  /** Retained by customers, with Wilson's interval; `null` in a band without customers. */
  readonly rate: number | null
  readonly interval: ProportionInterval | null
}

/** How engagement and staying go together. */
export interface EngagementRetention {
  readonly customers: number
  /** Pearson's, −1 to 1; where one side is yes or no it is also called point-biserial. */
  readonly correlation: number
  /** By Fisher's transformation: approximate, the better the more customers. */
  readonly interval: DifferenceInterval
  /** Five bands of 20 points. */
  readonly bands: ReadonlyArray<EngagementBand>
}

/** Everything that keeps scores and outcomes from being compared. */
export type EngagementRetentionFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange | ZeroDenominator>

const isFlag = (flag: boolean | number | undefined): boolean =>
  flag === true || flag === false || flag === 0 || flag === 1

const pairFaults = (scores: ArrayLike<number>, retained: ArrayLike<boolean | number>): ReadonlyArray<InvalidValue> => {
  if (retained.length !== scores.length) {
    return [invalidValue(['retained', 'length'], retained.length, `${scores.length}, one per score`)]
  }
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row] as number
    if (!(score >= 0 && score <= 100)) faults.push(invalidValue(['scores', row], score, 'a number from 0 to 100'))
    if (!isFlag(retained[row])) faults.push(invalidValue(['retained', row], retained[row], 'true or false, or 1 or 0'))
  }
  return faults
}

interface Moments {
  readonly meanScore: number
  readonly meanRetained: number
}

const meansOf = (scores: Float64Array, retained: Float64Array): Moments => ({
  meanScore: scores.reduce((sum, score) => sum + score, 0) / scores.length,
  meanRetained: retained.reduce((sum, flag) => sum + flag, 0) / scores.length,
})

/** `undefined` where one side doesn't vary. */
const correlationOf = (scores: Float64Array, retained: Float64Array): number | undefined => {
  const { meanScore, meanRetained } = meansOf(scores, retained)
  let [ofScores, ofRetained, together] = [0, 0, 0]
  for (let row = 0; row < scores.length; row += 1) {
    const [a, b] = [(scores[row] as number) - meanScore, (retained[row] as number) - meanRetained]
    ofScores += a * a
    ofRetained += b * b
    together += a * b
  }
  const varies = scores.some((score) => score !== scores[0]) && retained.some((flag) => flag !== retained[0])
  const root = Math.sqrt(ofScores) * Math.sqrt(ofRetained)
  return varies && root > 0 ? Math.max(-1, Math.min(1, together / root)) : undefined
}

const fisherInterval = (correlation: number, customers: number, z: number): DifferenceInterval => {
  const [centre, reach] = [Math.atanh(correlation), z / Math.sqrt(customers - 3)]
  return { lower: Math.tanh(centre - reach), upper: Math.tanh(centre + reach) }
}

const bandWidth = 20

const bandOf = (index: number, customers: number, retained: number, confidence: number): EngagementBand => {
  const interval = wilsonInterval(retained, customers, confidence)
  return {
    from: index * bandWidth,
    until: (index + 1) * bandWidth,
    customers,
    retained,
    rate: customers === 0 ? null : retained / customers,
    interval: isLeft(interval) ? null : interval.right,
  }
}

const bandsOf = (scores: Float64Array, retained: Float64Array, confidence: number): ReadonlyArray<EngagementBand> => {
  const customers = new Float64Array(5)
  const stayed = new Float64Array(5)
  for (let row = 0; row < scores.length; row += 1) {
    const band = Math.min(4, Math.floor((scores[row] as number) / bandWidth))
    customers[band] = (customers[band] as number) + 1
    stayed[band] = (stayed[band] as number) + (retained[row] as number)
  }
  return Array.from(customers, (count, index) => bandOf(index, count, stayed[index] as number, confidence))
}

/**
 * How engagement and staying go together: their correlation, and the retention rate of each band of scores.
 *
 * Take the scores of a day and who was still there some time later. A correlation says that the engaged stay, not that
 * engaging somebody makes them stay: for that, leave some alone (`holdoutLift`).
 *
 * Source: R. A. Fisher, Metron 1 (1921), for the interval.
 *
 * @param scores 0–100 each, of at least four customers
 * @param retained for each, whether they were still there: true or false, or 1 or 0
 * @param confidence of all intervals, 0.95 when absent
 * @returns `EmptySample` with fewer than four customers, `ZeroDenominator` where all scores or all outcomes are equal,
 * `InvalidValue` for a score or outcome that is none, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { engagementRetention, unwrap } from 'treue'
 *
 * const { correlation, bands } = unwrap(engagementRetention([5, 10, 30, 70, 90, 95], [0, 0, 1, 0, 1, 1]))
 * correlation.toFixed(2) // => '0.59'
 * bands.map(({ rate }) => rate) // => [0, 1, null, 0, 1]
 * ```
 */
export const engagementRetention = (
  scores: ArrayLike<number>,
  retained: ArrayLike<boolean | number>,
  confidence: number = 0.95,
): Either<EngagementRetentionFaults, EngagementRetention> => {
  const [first, ...others] = pairFaults(scores, retained)
  if (first !== undefined) return left([first, ...others])
  if (scores.length < 4) return left([emptySample([], 'at least four customers')])
  const z = twoSidedQuantile(confidence)
  if (isLeft(z)) return left([z.left])
  const [values, flags] = [Float64Array.from(scores), Float64Array.from(retained, Number)]
  const correlation = correlationOf(values, flags)
  if (correlation === undefined) {
    return left([zeroDenominator([], 'scores that differ, and some customers who stayed and some who left')])
  }
  const interval = fisherInterval(correlation, scores.length, z.right)
  return right({ customers: scores.length, correlation, interval, bands: bandsOf(values, flags, confidence) })
}
