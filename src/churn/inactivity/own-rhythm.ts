// A customer's own rhythm: the days between their purchases, and how the present silence compares.

import type { Either } from 'fp-ts/Either'
import {
  type CivilDate,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
} from '../../foundation/index.ts'
import { compensatedSum, median, quantile, standardDeviation } from '../../statistics/index.ts'

/** The days between a customer's distinct purchase days, and the silence since the last. */
export interface OwnRhythm {
  /** How many gaps there are: one less than purchase days. */
  readonly gaps: number
  readonly meanDays: number
  /** Of the sample, divided by n − 1; `null` with one gap, which has no spread. */
  readonly standardDeviationDays: number | null
  readonly medianDays: number
  /** Nine of ten gaps are no longer: the quantile 0.9 of type 7. */
  readonly upperDays: number
  readonly longestDays: number
  /** The median of the gaps' distances from their median. */
  readonly medianDeviationDays: number
  /** Days since the last purchase. */
  readonly silentDays: number
  /** The silence by the mean gap. */
  readonly silenceByMean: number
  /** By how many standard deviations the silence exceeds the mean gap; `null` where these have no spread. */
  readonly silenceDeviations: number | null
  /** The share of the customer's own gaps that were at least as long as the silence. */
  readonly shareAsLong: number
}

// 0000-01-01 to 9999-12-31
const firstDay = -719_528
const lastDay = 2_932_896

export const isDate = (value: number): boolean => Number.isInteger(value) && value >= firstDay && value <= lastDay

/** The distinct days up to `asOf`, in rising order. */
export const purchaseDays = (
  purchases: ReadonlyArray<CivilDate>,
  asOf: CivilDate,
): Either<EmptySample | InvalidValue, Int32Array> => {
  const wrong = purchases.findIndex((day) => !isDate(day))
  if (wrong >= 0) return { _tag: 'Left', left: invalidValue([wrong], purchases[wrong], 'a date') }
  if (!isDate(asOf)) return { _tag: 'Left', left: invalidValue(['asOf'], asOf, 'a date') }
  const days = Int32Array.from(new Set(purchases.filter((day) => day <= asOf))).sort()
  return days.length === 0
    ? { _tag: 'Left', left: emptySample([], 'a purchase by then') }
    : { _tag: 'Right', right: days }
}

/** The days between neighbours of a sorted list, sorted. */
export const sortedGaps = (days: Int32Array): Int32Array =>
  days
    .subarray(1)
    .map((day, index) => day - (days[index] as number))
    .sort()

// Every sample that is measured here has a value at least: a gap is a whole number of days.
const certain = (statistic: Either<unknown, number>): number => (statistic._tag === 'Right' ? statistic.right : 0)

const rhythmOf = (gaps: Int32Array, silentDays: number): OwnRhythm => {
  const meanDays = compensatedSum(gaps) / gaps.length
  const medianDays = certain(median(gaps))
  const spread = standardDeviation(gaps)
  const standardDeviationDays = spread._tag === 'Right' ? spread.right : null
  return {
    gaps: gaps.length,
    meanDays,
    standardDeviationDays,
    medianDays,
    upperDays: certain(quantile(gaps, 0.9)),
    longestDays: gaps[gaps.length - 1] as number,
    medianDeviationDays: certain(median(Float64Array.from(gaps, (gap) => Math.abs(gap - medianDays)))),
    silentDays,
    silenceByMean: silentDays / meanDays,
    silenceDeviations:
      standardDeviationDays === null || standardDeviationDays === 0
        ? null
        : (silentDays - meanDays) / standardDeviationDays,
    shareAsLong: gaps.filter((gap) => gap >= silentDays).length / gaps.length,
  }
}

/** The last of some days that are not none. */
export const lastOf = (days: Int32Array): CivilDate => days[days.length - 1] as CivilDate

/**
 * The days between a customer's purchases, and how the silence since the last compares with them.
 *
 * Two purchases of one day are one: only days with a purchase make a rhythm.
 *
 * @param purchases the dates of the customer's purchases, in any order
 * @param asOf the last day that counts: later purchases are left out
 * @returns `EmptySample` with fewer than two purchase days, `InvalidValue` for a date that is none, at its index.
 * @example
 * ```ts
 * import { ownRhythm, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const purchases = [date('2026-01-01'), date('2026-01-11'), date('2026-01-31')]
 * const rhythm = unwrap(ownRhythm(purchases, date('2026-03-02')))
 * rhythm.meanDays // => 15
 * rhythm.silentDays // => 30
 * rhythm.silenceByMean // => 2
 * rhythm.shareAsLong // => 0
 * ```
 */
export const ownRhythm = (
  purchases: ReadonlyArray<CivilDate>,
  asOf: CivilDate,
): Either<EmptySample | InvalidValue, OwnRhythm> => {
  const history = purchaseDays(purchases, asOf)
  if (history._tag === 'Left') return history
  const gaps = sortedGaps(history.right)
  return gaps.length === 0
    ? { _tag: 'Left', left: emptySample([], 'at least two days with a purchase') }
    : { _tag: 'Right', right: rhythmOf(gaps, asOf - lastOf(history.right)) }
}
