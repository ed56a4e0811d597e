// How good a rule was, out of the counts of a backtest.

import type { Either } from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type OutOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { type ProportionInterval, twoSidedQuantile, wilsonInterval } from '../../statistics/index.ts'
import type { BacktestSummary } from './backtest-summary.ts'

/** A share with its interval. */
export interface BacktestShare extends ProportionInterval {
  readonly value: number
}

/** How early the flags came that were right: days before a silence as long as the holdout. */
export interface LeadTimes {
  readonly meanDays: number
  readonly shortestDays: number
  /** A quarter of the flags came later. Quantiles are of type 7. */
  readonly lowerQuartileDays: number
  readonly medianDays: number
  /** A quarter of the flags came earlier. */
  readonly upperQuartileDays: number
  readonly longestDays: number
}

/** How good a rule was. */
export interface BacktestFigures {
  readonly customers: number
  /** How many were flagged. */
  readonly flagged: number
  /** How many didn't buy in the holdout. */
  readonly gone: number
  /** `flagged / customers`: how many a campaign would go to. */
  readonly flaggedShare: number
  /** `gone / customers`: the precision of flags given at random. */
  readonly goneShare: number
  /** Of those flagged, the share that had gone. `ZeroDenominator` where nobody was flagged. */
  readonly precision: Either<ZeroDenominator, BacktestShare>
  /** Of those who had gone, the share that was flagged. `ZeroDenominator` where nobody had gone. */
  readonly recall: Either<ZeroDenominator, BacktestShare>
  /** Of those flagged who had gone. `EmptySample` where there is none. */
  readonly lead: Either<EmptySample, LeadTimes>
}

const shareOf = (
  successes: number,
  trials: number,
  confidence: number,
  fault: ZeroDenominator,
): Either<ZeroDenominator, BacktestShare> => {
  const interval = wilsonInterval(successes, trials, confidence)
  if (interval._tag === 'Left') return { _tag: 'Left', left: fault }
  const { lower, upper } = interval.right
  return { _tag: 'Right', right: { value: successes / trials, lower, upper } }
}

/** The lead time at a position from 0 when all are put in order. */
const leadAt = ({ leadDays, leadCounts }: BacktestSummary, position: number): number => {
  let before = 0
  const at = leadCounts.findIndex((leads) => {
    before += leads
    return position < before
  })
  return leadDays[at] as number
}

const leadQuantile = (summary: BacktestSummary, probability: number): number => {
  const position = (summary.truePositives - 1) * probability
  const below = Math.floor(position)
  const low = leadAt(summary, below)
  return position === below ? low : low + (position - below) * (leadAt(summary, below + 1) - low)
}

const leadTimes = (summary: BacktestSummary): Either<EmptySample, LeadTimes> => {
  const { truePositives, leadDays, leadCounts } = summary
  if (truePositives === 0) {
    return { _tag: 'Left', left: emptySample(['truePositives'], 'a flagged customer who had gone') }
  }
  const total = leadDays.reduce((sum, days, at) => sum + days * (leadCounts[at] as number), 0)
  return {
    _tag: 'Right',
    right: {
      meanDays: total / truePositives,
      shortestDays: leadDays[0] as number,
      lowerQuartileDays: leadQuantile(summary, 0.25),
      medianDays: leadQuantile(summary, 0.5),
      upperQuartileDays: leadQuantile(summary, 0.75),
      longestDays: leadDays[leadDays.length - 1] as number,
    },
  }
}

/**
 * How good a rule was: its precision and recall with Wilson's intervals, how many it flagged, and how early.
 *
 * @param summary from {@link summariseBacktest} or merged by {@link backtestMonoid}
 * @param confidence of the intervals, above 0 and below 1; 0.95 when absent
 * @returns `EmptySample` without a customer, `OutOfRange` for any other confidence; a share without a denominator is a
 * `Left` of its own.
 * @example
 * ```ts
 * import { finishBacktest, unwrap } from 'treue'
 *
 * const counts = { truePositives: 30, falsePositives: 10, falseNegatives: 20, trueNegatives: 40 }
 * const figures = unwrap(finishBacktest({ ...counts, leadDays: [60, 90], leadCounts: [10, 20] }))
 * figures.flaggedShare // => 0.4
 * unwrap(figures.precision).value // => 0.75
 * unwrap(figures.recall).value // => 0.6
 * unwrap(figures.lead).medianDays // => 90
 * ```
 */
export const finishBacktest = (
  summary: BacktestSummary,
  confidence: number = 0.95,
): Either<EmptySample | OutOfRange, BacktestFigures> => {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = summary
  const z = twoSidedQuantile(confidence)
  if (z._tag === 'Left') return z
  const flagged = truePositives + falsePositives
  const gone = truePositives + falseNegatives
  const customers = flagged + falseNegatives + trueNegatives
  if (customers === 0) return { _tag: 'Left', left: emptySample([], 'a customer who had bought by the decision') }
  const right = {
    customers,
    flagged,
    gone,
    flaggedShare: flagged / customers,
    goneShare: gone / customers,
    precision: shareOf(truePositives, flagged, confidence, zeroDenominator(['flagged'], 'a customer who is flagged')),
    recall: shareOf(truePositives, gone, confidence, zeroDenominator(['gone'], 'a customer who has gone')),
    lead: leadTimes(summary),
  }
  return { _tag: 'Right', right }
}
