// Whether a population buys less, or more, than it used to: a cumulative sum over its purchase days. The loops fill arrays
// that they made themselves.

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { map as mapNonEmpty, type ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type Zone,
} from '../../foundation/index.ts'
import { type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import {
  type CountCusum,
  type CusumCourse,
  chiSquareUpperTail,
  designCusum,
  followCusum,
} from '../../statistics/index.ts'
import { isDate } from '../inactivity/own-rhythm.ts'

/** What is watched, and against what. */
export interface PurchaseAlarmOptions {
  /** Days in which all was as it should be; at least two stretches. */
  readonly baseline: CivilPeriod
  /** Days after them that are watched. */
  readonly watch: CivilPeriod
  /** How many days are counted together, 1 to 366; 7 when absent, so that weekdays don't matter. Both periods are whole multiples. */
  readonly stretchDays?: number
  /** Which change shall be found early, as a share of the baseline's mean: 0.8 when absent, a drop by a fifth. */
  readonly change?: number
  /** How many stretches shall pass on average until a false alarm, at least; 200 when absent. */
  readonly runLength?: number
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** Some days that were watched together. */
export interface WatchedStretch extends CivilPeriod {
  /** How many purchase days customers had in them. */
  readonly purchases: number
  /** The sum of the chart after them. */
  readonly sum: number
  /** Whether the chart says that it has changed; then it begins anew. */
  readonly alarm: boolean
}

/** What a chart says of a population. */
export interface PurchaseAlarms {
  /** The chart, with its run lengths in stretches. */
  readonly chart: CountCusum
  /** Purchase days in a stretch of the baseline, on average. */
  readonly baselineMean: number
  /** The variance of the baseline's stretches by their mean: 1 for Poisson counts. Much more, and false alarms come sooner. */
  readonly dispersion: number
  /** How probable at least such a dispersion is of Poisson counts: a small one says that the run lengths don't hold. */
  readonly dispersionTail: number
  readonly stretches: ReadonlyArray<WatchedStretch>
}

/** Why there is no chart. */
export type PurchaseAlarmFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>

const longestDays = 36_600

const periodFaults = (
  name: string,
  { from, until }: CivilPeriod,
  stretchDays: number,
  least: number,
): ReadonlyArray<InvalidValue> => {
  const days = until - from
  const isSound = isDate(from) && isDate(until) && days >= least * stretchDays && days <= longestDays
  return isSound && days % stretchDays === 0
    ? []
    : [
        invalidValue(
          [name],
          { from, until },
          `a period of ${least} or more times ${stretchDays} days, at most ${longestDays}`,
        ),
      ]
}

const optionFaults = (options: PurchaseAlarmOptions): ReadonlyArray<InvalidValue | OutOfRange> => {
  const { baseline, watch, stretchDays = 7, change = 0.8 } = options
  if (!(Number.isInteger(stretchDays) && stretchDays >= 1 && stretchDays <= 366)) {
    return [outOfRange(['stretchDays'], stretchDays, 'a whole number from 1 to 366')]
  }
  const faults = [
    ...periodFaults('baseline', baseline, stretchDays, 2),
    ...periodFaults('watch', watch, stretchDays, 1),
    ...(change > 0 && change <= 100 && change !== 1
      ? []
      : [outOfRange(['change'], change, 'a share above 0, at most 100 and not 1')]),
  ]
  if (faults.length > 0 || watch.from >= baseline.until) return faults
  return [outOfRange(['watch', 'from'], watch.from, 'a day after the baseline')]
}

const optionOf: ReadonlyMap<unknown, string> = /* @__PURE__ */ new Map([
  ['mean', 'baseline'],
  ['shifted', 'change'],
])

/** A fault of the design, at the option that it follows from. */
const inOptions = (fault: OutOfRange): OutOfRange => ({
  ...fault,
  path: fault.path.map((key) => optionOf.get(key) ?? key),
})

/** Purchase days by stretch; what lies outside the period is left out. */
const countsOf = (days: Int32Array, { from, until }: CivilPeriod, stretchDays: number): Float64Array => {
  const counts = new Float64Array((until - from) / stretchDays)
  for (const day of days) {
    if (day < from || day >= until) continue
    const at = Math.floor((day - from) / stretchDays)
    counts[at] = (counts[at] as number) + 1
  }
  return counts
}

const dispersionOf = (counts: Float64Array, mean: number): Pick<PurchaseAlarms, 'dispersion' | 'dispersionTail'> => {
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / mean
  const degrees = counts.length - 1
  return {
    dispersion: squares / degrees,
    dispersionTail: E.getOrElse(() => 0)(chiSquareUpperTail(squares, degrees)),
  }
}

const stretchesOf = (
  { sums, alarms }: CusumCourse,
  counts: Float64Array,
  from: CivilDate,
  stretchDays: number,
): ReadonlyArray<WatchedStretch> =>
  Array.from(counts, (purchases, at) => ({
    from: addDays(from, at * stretchDays),
    until: addDays(from, (at + 1) * stretchDays),
    purchases,
    sum: sums[at] as number,
    alarm: alarms[at] === 1,
  }))

/** The alarms of purchase days, which are sound options'. */
const alarmsOf = (days: Int32Array, options: PurchaseAlarmOptions): E.Either<PurchaseAlarmFaults, PurchaseAlarms> => {
  const { baseline, watch, stretchDays = 7, change = 0.8, runLength = 200 } = options
  const usual = countsOf(days, baseline, stretchDays)
  const total = usual.reduce((sum, count) => sum + count, 0)
  if (total === 0) return E.left([emptySample(['baseline'], 'a purchase in the baseline')])
  const baselineMean = total / usual.length
  const counts = countsOf(days, watch, stretchDays)
  return pipe(
    designCusum({ mean: baselineMean, shifted: baselineMean * change, runLength }),
    E.mapLeft((faults): PurchaseAlarmFaults => mapNonEmpty(inOptions)(faults)),
    E.chain((chart) =>
      pipe(
        followCusum(chart, counts),
        E.bimap(
          (fault): PurchaseAlarmFaults => [fault],
          (course) => ({
            chart,
            baselineMean,
            ...dispersionOf(usual, baselineMean),
            stretches: stretchesOf(course, counts, watch.from, stretchDays),
          }),
        ),
      ),
    ),
  )
}

/**
 * Watches a population's purchase days for a lasting change, against a time in which all was well: a change that is too small
 * for any single week to tell adds up and is told early, and a false alarm comes as seldom as asked.
 *
 * The run lengths of the chart hold for independent Poisson counts with the mean of the baseline. A short baseline tells that
 * mean badly; growth and seasons are changes as well. A purchase day is one customer on one day.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link PurchaseAlarmOptions}
 * @returns `EmptySample` without a purchase in the baseline, `InvalidValue` and `OutOfRange` for every part of the options that
 * makes no sense, or for a change that such counts cannot show: see {@link designCusum}.
 * @example
 * ```ts
 * import { addDays, encodePurchases, formatCivilDate, parseCivilDate, purchaseAlarms, unwrap } from 'treue'
 *
 * const start = unwrap(parseCivilDate('2026-01-05'))
 * const counts = [31, 28, 30, 33, 27, 30, 29, 32, 30, 31, 24, 22, 23, 20]
 * const rows = counts.flatMap((count, week) =>
 *   Array.from({ length: count }, (_, customer) => ({ customer: `c${customer}`, day: addDays(start, 7 * week) })),
 * )
 * const { chart, stretches } = unwrap(
 *   purchaseAlarms(unwrap(encodePurchases(rows)), {
 *     baseline: { from: start, until: addDays(start, 56) },
 *     watch: { from: addDays(start, 56), until: addDays(start, 98) },
 *   }),
 * )
 * chart.runLengthToFalseAlarm >= 200 // => true
 * stretches.filter(({ alarm }) => alarm).map(({ from }) => formatCivilDate(from)) // => ['2026-04-06']
 * ```
 */
export const purchaseAlarms = (
  log: PurchaseLog,
  options: PurchaseAlarmOptions,
): E.Either<PurchaseAlarmFaults, PurchaseAlarms> => {
  const [first, ...rest] = optionFaults(options)
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const { watch, zone } = options
  const asOf = addDays(watch.until, -1)
  return pipe(
    purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone }),
    E.mapLeft((fault): PurchaseAlarmFaults => [fault]),
    E.chain(({ days }) => alarmsOf(days, options)),
  )
}
