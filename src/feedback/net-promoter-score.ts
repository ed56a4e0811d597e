// The Net Promoter Score of a summary, with its interval.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue, invalidValue, type OutOfRange } from '../foundation/index.ts'
import { categories, momentsOf, type NpsCounts, pointsOf } from './nps-counts.ts'
import { type NpsInterval, type NpsIntervalMethod, npsInterval } from './nps-interval.ts'
import { categoryOf, isCount, type NpsBreaks, standardNpsBreaks } from './nps-scale.ts'
import type { NpsSummary } from './nps-summary.ts'

/** A Net Promoter Score and what it rests on. */
export interface NetPromoterScore {
  /** 100 · (promoters − detractors) / answers, −100 to 100, not rounded. */
  readonly score: number
  /** How many answered: the denominator. */
  readonly answers: number
  readonly promoters: number
  readonly passives: number
  readonly detractors: number
  readonly promoterShare: number
  readonly passiveShare: number
  readonly detractorShare: number
  /** Of one answer, where a promoter is 1, a passive 0 and a detractor −1; 0 to 1, divided by n. */
  readonly variance: number
  readonly interval: NpsInterval
  /** Respondents who left the question out; in no denominator. */
  readonly missing: number
  /** Surveys closed without an answer; in no denominator. */
  readonly dismissed: number
}

/** How a score and its interval are computed. */
export interface NpsOptions {
  /** Above 0 and below 1; 0.95 when absent. */
  readonly confidence?: number
  /**
   * `'adjustedWald'` when absent, since it covers the true score about as often as it claims even for few answers, which
   * `'wald'` doesn't (measuringU; B. Rocks, arXiv 1601.07235).
   */
  readonly interval?: NpsIntervalMethod
  /** Where the scale is cut; 6/8/10 when absent. */
  readonly breaks?: NpsBreaks
}

/** Why there is no score: no answers, a count or break that is none, or a confidence that isn't between 0 and 1. */
export type NpsFault = EmptySample | InvalidValue | OutOfRange

const left = (fault: NpsFault): Either<NpsFault, never> => ({ _tag: 'Left', left: fault })

const finish = (counts: NpsCounts, summary: Omit<NpsSummary, 'histogram'>, options: NpsOptions): Result => {
  const { confidence = 0.95, interval: method = 'adjustedWald' } = options
  const { detractors, passives, promoters } = counts
  const { answers, variance } = momentsOf(counts)
  if (answers === 0) return left(emptySample([], 'at least one answer'))
  const interval = npsInterval(counts, method, confidence)
  if (interval._tag === 'Left') return interval
  const score: NetPromoterScore = {
    score: pointsOf(counts),
    answers,
    promoters,
    passives,
    detractors,
    promoterShare: promoters / answers,
    passiveShare: passives / answers,
    detractorShare: detractors / answers,
    variance,
    interval: interval.right,
    missing: summary.missing,
    dismissed: summary.dismissed,
  }
  return { _tag: 'Right', right: score }
}

type Result = Either<NpsFault, NetPromoterScore>

/**
 * The Net Promoter Score of counts per category.
 *
 * @param counts whole numbers from 0
 * @param options see {@link NpsOptions}
 * @returns `EmptySample` without answers, `InvalidValue` for a count that is none, `OutOfRange` for a confidence that
 * isn't between 0 and 1, and for more answers than the method of the interval takes.
 * @example
 * ```ts
 * import { netPromoterScoreOfCounts, unwrap } from 'treue'
 *
 * const { score, interval } = unwrap(netPromoterScoreOfCounts({ detractors: 5, passives: 5, promoters: 10 }))
 * score // => 25
 * interval.lower.toFixed(3) // => '-11.716'
 * interval.upper.toFixed(3) // => '55.194'
 * ```
 */
export const netPromoterScoreOfCounts = (
  counts: NpsCounts,
  options: NpsOptions = {},
): Either<NpsFault, NetPromoterScore> => {
  for (const category of categories) {
    const count = counts[category]
    if (!isCount(count)) return left(invalidValue([category], count, 'a whole number from 0'))
  }
  return finish(counts, { missing: 0, dismissed: 0 }, options)
}

/** The counts per category, or the bin that has none: one that holds no count, or answers beyond the scale. */
const countsOf = (histogram: ReadonlyArray<number>, breaks: NpsBreaks): NpsCounts | number => {
  const counts = { detractors: 0, passives: 0, promoters: 0 }
  for (const [bin, count] of histogram.entries()) {
    if (!isCount(count) || (count > 0 && bin > breaks.scaleMaximum)) return bin
    counts[`${categoryOf(bin, breaks)}s`] += count
  }
  return counts
}

/**
 * How many detractors, passives and promoters a summary holds: what comparisons of scores take.
 *
 * @param summary from {@link summariseAnswers}, {@link summariseHistogram} or merged by {@link npsMonoid}
 * @param breaks where the scale is cut; 6/8/10 when absent
 * @returns `InvalidValue` for a bin that holds no count or lies beyond the scale, and for breaks that don't rise.
 * @example
 * ```ts
 * import { npsCounts, summariseAnswers, unwrap } from 'treue'
 *
 * unwrap(npsCounts(unwrap(summariseAnswers([10, 9, 7, 0])))) // => { detractors: 1, passives: 1, promoters: 2 }
 * ```
 */
export const npsCounts = (
  summary: NpsSummary,
  breaks: NpsBreaks = standardNpsBreaks,
): Either<InvalidValue, NpsCounts> => {
  if (!(breaks.detractorMaximum <= breaks.passiveMaximum && breaks.passiveMaximum <= breaks.scaleMaximum)) {
    return { _tag: 'Left', left: invalidValue(['breaks'], breaks, 'rising maxima') }
  }
  const counts = countsOf(summary.histogram, breaks)
  return typeof counts === 'number'
    ? { _tag: 'Left', left: invalidValue(['histogram', counts], summary.histogram[counts], 'a count on the scale') }
    : { _tag: 'Right', right: counts }
}

/**
 * The Net Promoter Score of summarised answers: the share of promoters less the share of detractors, in points.
 *
 * Only those who answered are in the denominator: one who left the question out is no passive.
 *
 * @param summary from {@link summariseAnswers}, {@link summariseHistogram} or merged by {@link npsMonoid}
 * @param options see {@link NpsOptions}
 * @returns `EmptySample` without answers, `InvalidValue` for a bin that holds no count or lies beyond the scale or for
 * breaks that don't rise, `OutOfRange` for a confidence that isn't between 0 and 1, and for more answers than the method
 * of the interval takes.
 * @example
 * ```ts
 * import { displayScore, netPromoterScore, summariseAnswers, unwrap } from 'treue'
 *
 * const nps = unwrap(netPromoterScore(unwrap(summariseAnswers([10, 9, 7, null, 0]))))
 * nps.score // => 25
 * nps.answers // => 4
 * nps.interval.method // => 'adjustedWald'
 * displayScore(nps.interval.upper) // => 73
 * ```
 */
export const netPromoterScore = (summary: NpsSummary, options: NpsOptions = {}): Either<NpsFault, NetPromoterScore> => {
  const counts = npsCounts(summary, options.breaks)
  return counts._tag === 'Left' ? counts : finish(counts.right, summary, options)
}
