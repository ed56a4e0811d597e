// Whether probabilities come true: the mean probability of each bin against what came.

import type { Either } from 'fp-ts/Either'
import type { OutOfRange } from '../../foundation/index.ts'
import { wilsonInterval } from '../../statistics/index.ts'
import { binSums, binsFault, type ProbabilityFault, probabilities } from './probability-score.ts'
import type { ScoreGroups } from './score-groups.ts'

/** A bin of probabilities with anybody in it. */
export interface CalibrationRow {
  /** Probabilities from here on … */
  readonly from: number
  /** … and below this; the last bin has 1 as well. */
  readonly until: number
  readonly customers: number
  readonly events: number
  readonly meanProbability: number
  /** `events / customers`: what the probability should have been. */
  readonly rate: number
  /** Wilson's interval of the rate. */
  readonly low: number
  readonly high: number
}

/** Whether probabilities come true. */
export interface CalibrationTable {
  readonly rows: ReadonlyArray<CalibrationRow>
  /** The mean distance of a bin's mean probability from its rate, by customers. */
  readonly expectedError: number
  readonly maximumError: number
}

/** How a calibration table is made. */
export interface CalibrationTableOptions {
  /** Bins of equal width; 10 when absent. */
  readonly bins?: number
  /** Of each rate's interval; 0.95 when absent. */
  readonly confidence?: number
}

/**
 * The calibration table: by bins of equal width, the mean probability against the rate that came of it.
 *
 * @param groups of probabilities, from `scoreGroups`
 * @param options see {@link CalibrationTableOptions}
 * @returns `EmptySample` without a customer, `InvalidValue` for a score that is no probability, `OutOfRange` for bins or a
 * confidence that are none.
 * @example
 * ```ts
 * import { calibrationTable, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.2, 0.3, 0.8, 0.9], outcomes: [0, 1, 1, 1] }))
 * const { rows, expectedError } = unwrap(calibrationTable(groups, { bins: 2 }))
 * rows.map(({ meanProbability, rate }) => [meanProbability.toFixed(2), rate]) // => [['0.25', 0.5], ['0.85', 1]]
 * expectedError.toFixed(2) // => '0.20'
 * ```
 */
export const calibrationTable = (
  groups: ScoreGroups,
  options: CalibrationTableOptions = {},
): Either<ProbabilityFault | OutOfRange, CalibrationTable> => {
  const { bins = 10, confidence = 0.95 } = options
  const totals = probabilities(groups)
  if (totals._tag === 'Left') return totals
  const fault = binsFault(bins)
  if (fault !== null) return { _tag: 'Left', left: fault }
  const rows: Array<CalibrationRow> = []
  let [expectedError, maximumError] = [0, 0]
  for (const [bin, { customers, events, probability }] of binSums(groups, bins).entries()) {
    if (customers === 0) continue
    const interval = wilsonInterval(events, customers, confidence)
    if (interval._tag === 'Left') return interval
    const [meanProbability, rate] = [probability / customers, events / customers]
    const { lower: low, upper: high } = interval.right
    rows.push({ from: bin / bins, until: (bin + 1) / bins, customers, events, meanProbability, rate, low, high })
    expectedError += (customers * Math.abs(meanProbability - rate)) / totals.right.customers
    maximumError = Math.max(maximumError, Math.abs(meanProbability - rate))
  }
  return { _tag: 'Right', right: { rows, expectedError, maximumError } }
}
