// What every threshold of a score would find, and at what cost in false alarms.

import type { Either } from 'fp-ts/Either'
import type { EmptySample } from '../../foundation/index.ts'
import { bothOutcomes, type ScoreGroups } from './score-groups.ts'

/** What every threshold finds, as columns ready for a chart: from the highest score down to all customers. */
export interface RocCurve {
  /** Customers with at least that score are selected. */
  readonly thresholds: ReadonlyArray<number>
  /** How many of the selected it happened to. */
  readonly found: ReadonlyArray<number>
  /** How many of the selected it did not happen to. */
  readonly falseAlarms: ReadonlyArray<number>
  /** Sensitivity: the share of all events that are selected. */
  readonly truePositiveRates: ReadonlyArray<number>
  /** 1 − specificity: the share of all others that are selected. */
  readonly falsePositiveRates: ReadonlyArray<number>
  /** The share of the selected to whom it happened. */
  readonly precisions: ReadonlyArray<number>
}

const running = (counts: ReadonlyArray<number>): ReadonlyArray<number> => {
  let total = 0
  return [...counts].reverse().map((count) => {
    total += count
    return total
  })
}

/**
 * The ROC curve: for every distinct score, what selecting all from it on would find.
 *
 * @param groups from `scoreGroups`, of one set of customers or merged
 * @returns `EmptySample` where it happened to all or to none.
 * @example
 * ```ts
 * import { rocCurve, scoreGroups, unwrap } from 'treue'
 *
 * const curve = unwrap(rocCurve(unwrap(scoreGroups({ scores: [0.9, 0.7, 0.7, 0.2], outcomes: [1, 1, 0, 0] }))))
 * curve.thresholds // => [0.9, 0.7, 0.2]
 * curve.truePositiveRates // => [0.5, 1, 1]
 * curve.falsePositiveRates // => [0, 0.5, 1]
 * ```
 */
export const rocCurve = (groups: ScoreGroups): Either<EmptySample, RocCurve> => {
  const totals = bothOutcomes(groups)
  if (totals._tag === 'Left') return totals
  const { events, others } = totals.right
  const [found, falseAlarms] = [running(groups.events), running(groups.others)]
  return {
    _tag: 'Right',
    right: {
      thresholds: [...groups.scores].reverse(),
      found,
      falseAlarms,
      truePositiveRates: found.map((count) => count / events),
      falsePositiveRates: falseAlarms.map((count) => count / others),
      precisions: found.map((count, index) => count / (count + (falseAlarms[index] as number))),
    },
  }
}

/**
 * The average precision: the precision at every threshold, weighed by the events that the threshold adds. Where events are
 * rare it tells scores apart better than the area under the ROC curve.
 *
 * Source: as scikit-learn has it, without interpolation between thresholds.
 *
 * @param curve from {@link rocCurve}
 * @example
 * ```ts
 * import { averagePrecision, rocCurve, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.1, 0.9, 0.8, 0.3, 0.2], outcomes: [0, 1, 1, 0, 1] }))
 * averagePrecision(unwrap(rocCurve(groups))).toFixed(4) // => '0.9167'
 * ```
 */
export const averagePrecision = ({ truePositiveRates, precisions }: RocCurve): number =>
  precisions.reduce(
    (sum, precision, index) =>
      sum + precision * ((truePositiveRates[index] as number) - (truePositiveRates[index - 1] ?? 0)),
    0,
  )
