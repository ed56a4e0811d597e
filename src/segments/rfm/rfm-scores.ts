// Customers' scores. Equal values get equal scores whatever the order of rows; the loops fill arrays that they made
// themselves.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import type { PurchaseLog } from '../../retention/index.ts'
import type { NumberColumn } from './order-statistics.ts'
import { type RfmColumns, type RfmOptions, type RfmProfile, rfmColumns } from './rfm-columns.ts'
import { type RfmCuts, type RfmScheme, rfmCuts } from './rfm-cuts.ts'
import { cutsBelow } from './score-bands.ts'

/** A customer's three scores, from 1; the highest is the best of each, so of recency the shortest time. */
export interface RfmScore {
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
}

/** What became of one dimension's scores. */
export interface ScoreCounts {
  /** How many scores there could be: one more than cuts. */
  readonly bins: number
  /** How many scores somebody has; fewer than `bins` where many customers share one value. */
  readonly effectiveBins: number
  /** How many customers have each score, from 1 on. */
  readonly counts: ReadonlyArray<number>
}

/** The scores of customers; an entry per customer in each column. */
export interface RfmScores {
  /** The ids of a log, which {@link RfmScores.customer} is an index of. */
  readonly customers: ReadonlyArray<string>
  readonly customer: Int32Array
  readonly recency: Uint8Array
  readonly frequency: Uint8Array
  readonly monetary: Uint8Array
  readonly cuts: RfmCuts
  readonly counts: {
    readonly recency: ScoreCounts
    readonly frequency: ScoreCounts
    readonly monetary: ScoreCounts
  }
}

/**
 * The scores of one customer.
 *
 * @param cuts from {@link rfmCuts} or {@link finishRfmCuts}
 * @param profile finite numbers; minor units of the cuts' currency
 * @example
 * ```ts
 * import { type Currency, rfmScoreOf } from 'treue'
 *
 * const cuts = { recency: [30, 90], frequency: [1, 4], monetary: [5000, 20000], currency: 'EUR' as Currency }
 * rfmScoreOf(cuts, { daysSinceLast: 30, orders: 4, minor: 20001 }) // => { recency: 3, frequency: 2, monetary: 3 }
 * ```
 */
export const rfmScoreOf = (cuts: RfmCuts, { daysSinceLast, orders, minor }: RfmProfile): RfmScore => ({
  recency: cuts.recency.length + 1 - cutsBelow(cuts.recency, daysSinceLast),
  frequency: 1 + cutsBelow(cuts.frequency, orders),
  monetary: 1 + cutsBelow(cuts.monetary, minor),
})

/** The column of scores, cut by cut: adding a comparison instead of branching on it halves the time. */
const scoreColumn = (values: NumberColumn, cuts: ReadonlyArray<number>, reversed: boolean): Uint8Array => {
  const scores = new Uint8Array(values.length).fill(reversed ? cuts.length + 1 : 1)
  const step = reversed ? -1 : 1
  for (const cut of cuts) {
    for (let row = 0; row < values.length; row += 1) {
      scores[row] = (scores[row] as number) + Number((values[row] as number) > cut) * step
    }
  }
  return scores
}

const countsOf = (scores: Uint8Array, bins: number): ScoreCounts => {
  const counts = new Float64Array(bins)
  for (let row = 0; row < scores.length; row += 1) {
    const index = (scores[row] as number) - 1
    counts[index] = (counts[index] as number) + 1
  }
  return { bins, effectiveBins: counts.filter((count) => count > 0).length, counts: Array.from(counts) }
}

/**
 * The scores of customers by given cuts: those of the whole for a shard, or those of an earlier date.
 *
 * @param columns from {@link rfmColumns}
 * @param cuts from {@link rfmCuts} or {@link finishRfmCuts}
 * @returns `InvalidValue` where the amounts are of another currency than the cuts.
 * @example
 * ```ts
 * import { type Currency, encodeRfmRows, scoreRfmColumns, unwrap } from 'treue'
 *
 * const EUR = 'EUR' as Currency
 * const cuts = { recency: [30, 90], frequency: [1, 4], monetary: [5000, 20000], currency: EUR }
 * const rows = [{ customer: 'ann', daysSinceLast: 30, orders: 4, minor: 20001 }]
 * Array.from(unwrap(scoreRfmColumns(unwrap(encodeRfmRows(rows, EUR)), cuts)).recency) // => [3]
 * ```
 */
export const scoreRfmColumns = (columns: RfmColumns, cuts: RfmCuts): Either<InvalidValue, RfmScores> => {
  if (columns.currency !== cuts.currency) {
    return left(invalidValue(['currency'], columns.currency, `${cuts.currency}, as the cuts`))
  }
  const { customers, customer, daysSinceLast, orders, minor } = columns
  const recency = scoreColumn(daysSinceLast, cuts.recency, true)
  const frequency = scoreColumn(orders, cuts.frequency, false)
  const monetary = scoreColumn(minor, cuts.monetary, false)
  const counts = {
    recency: countsOf(recency, cuts.recency.length + 1),
    frequency: countsOf(frequency, cuts.frequency.length + 1),
    monetary: countsOf(monetary, cuts.monetary.length + 1),
  }
  return right({ customers, customer, recency, frequency, monetary, cuts, counts })
}

/** Which purchases are counted, and how they become scores. */
export interface RfmScoreOptions extends RfmOptions {
  /** {@link quintileRfmScheme} when absent. */
  readonly scheme?: RfmScheme
}

/**
 * Scores every customer of a purchase log who bought by recency, frequency and monetary value.
 *
 * Equal values get equal scores: SQL's `ntile` parts six customers of one order over three scores by the order of rows. So
 * scores don't hold equally many customers, and where many share a value some scores are nobody's; see
 * {@link ScoreCounts.effectiveBins}.
 *
 * @param log purchases in any order with their amounts, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link RfmScoreOptions}
 * @returns `EmptySample` where nobody bought, `InvalidValue` and `OutOfRange` as {@link rfmColumns} and {@link rfmCuts}.
 * @example
 * ```ts
 * import { encodePurchases, money, parseCivilDate, rfmScores, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day), amount: unwrap(money('20', 'EUR')) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-02'), buy('ann', '2026-03-01'), buy('bob', '2025-12-31')]))
 * const { recency, frequency, counts } = unwrap(rfmScores(log, { asOf: date('2026-03-31') }))
 * Array.from(recency) // => [5, 1]
 * Array.from(frequency) // => [5, 1]
 * counts.frequency.effectiveBins // => 2
 * ```
 */
export const rfmScores = (
  log: PurchaseLog,
  options: RfmScoreOptions,
): Either<ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>, RfmScores> => {
  const columns = rfmColumns(log, options)
  if (isLeft(columns)) return left([columns.left])
  const cuts = rfmCuts(columns.right, options.scheme)
  if (isLeft(cuts)) return cuts
  const scores = scoreRfmColumns(columns.right, cuts.right)
  return isLeft(scores) ? left([scores.left]) : scores
}

/** How much each score counts; at least 0 each. */
export type RfmWeights = RfmScore

const equalWeights: RfmWeights = { recency: 1, frequency: 1, monetary: 1 }

const weightFault = (weights: RfmWeights): OutOfRange | ZeroDenominator | null => {
  for (const name of ['recency', 'frequency', 'monetary'] as const) {
    const weight = weights[name]
    if (!(weight >= 0 && weight <= 1e9)) return outOfRange(['weights', name], weight, 'a weight from 0 to 1e9')
  }
  return weights.recency + weights.frequency + weights.monetary === 0
    ? zeroDenominator(['weights'], 'at least one weight above 0')
    : null
}

const weighted = (score: RfmScore, { recency, frequency, monetary }: RfmWeights): number =>
  (recency * score.recency + frequency * score.frequency + monetary * score.monetary) / (recency + frequency + monetary)

/**
 * One figure of a customer's three scores: their weighted mean.
 *
 * @param score from {@link rfmScoreOf}
 * @param weights at least 0, in any unit; equal when absent
 * @returns `OutOfRange` for a weight below 0, `ZeroDenominator` where all are 0.
 * @example
 * ```ts
 * import { unwrap, weightedRfmScore } from 'treue'
 *
 * const weights = { recency: 0.2, frequency: 0.6, monetary: 0.2 }
 * unwrap(weightedRfmScore({ recency: 1, frequency: 3, monetary: 3 }, weights)).toFixed(3) // => '2.600'
 * ```
 */
export const weightedRfmScore = (
  score: RfmScore,
  weights: RfmWeights = equalWeights,
): Either<OutOfRange | ZeroDenominator, number> => {
  const fault = weightFault(weights)
  return fault === null ? right(weighted(score, weights)) : left(fault)
}

/**
 * The weighted mean of the scores of each customer; equal to {@link weightedRfmScore} of each.
 *
 * @param scores from {@link rfmScores}
 * @param weights at least 0, in any unit; equal when absent
 * @returns the faults of {@link weightedRfmScore}.
 * @example
 * ```ts
 * import { type Currency, encodeRfmRows, scoreRfmColumns, unwrap, weightedRfmScores } from 'treue'
 *
 * const EUR = 'EUR' as Currency
 * const cuts = { recency: [30, 90], frequency: [1, 4], monetary: [5000, 20000], currency: EUR }
 * const rows = [{ customer: 'ann', daysSinceLast: 30, orders: 1, minor: 7000 }]
 * const scores = unwrap(scoreRfmColumns(unwrap(encodeRfmRows(rows, EUR)), cuts))
 * Array.from(unwrap(weightedRfmScores(scores))) // => [2]
 * ```
 */
export const weightedRfmScores = (
  { recency, frequency, monetary }: Pick<RfmScores, 'recency' | 'frequency' | 'monetary'>,
  weights: RfmWeights = equalWeights,
): Either<OutOfRange | ZeroDenominator, Float64Array> => {
  const fault = weightFault(weights)
  if (fault !== null) return left(fault)
  const means = new Float64Array(recency.length)
  const sum = weights.recency + weights.frequency + weights.monetary
  for (let row = 0; row < means.length; row += 1) {
    means[row] =
      (weights.recency * (recency[row] as number) +
        weights.frequency * (frequency[row] as number) +
        weights.monetary * (monetary[row] as number)) /
      sum
  }
  return right(means)
}
