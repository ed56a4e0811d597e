// How good probabilities are, not only their order: Brier's score with its parts, and the log loss.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, type InvalidValue, type OutOfRange, outOfRange } from '../../foundation/index.ts'
import { type OutcomeCounts, probabilityFault, type ScoreGroups, someCustomers } from './score-groups.ts'

/** Why probabilities cannot be judged. */
export type ProbabilityFault = EmptySample | InvalidValue | OutOfRange

/** The counts, where all scores are probabilities. */
export const probabilities = (groups: ScoreGroups): Either<ProbabilityFault, OutcomeCounts> => {
  const fault = probabilityFault(groups)
  return fault === null ? someCustomers(groups) : { _tag: 'Left', left: fault }
}

/** Brier's score and what it is made of: score = reliability − resolution + uncertainty + within. */
export interface BrierScore {
  /** The mean squared distance of the probability from what came: 0 is perfect. */
  readonly score: number
  /** How far the mean probability of a bin is from its rate: smaller is better, 0 is calibrated. */
  readonly reliability: number
  /** How far the rates of the bins are from that of all: larger is better. */
  readonly resolution: number
  /** The score of who says the rate of all customers for each of them. */
  readonly uncertainty: number
  /** What probabilities that differ within a bin add; below 0 where they are right to differ. */
  readonly within: number
  /** 1 − score / uncertainty: the share of the uncertainty that the probabilities take away; `null` where there is none. */
  readonly skill: number | null
  readonly bins: number
}

/** Customers with probabilities in one bin. */
export interface BinSums {
  readonly customers: number
  readonly events: number
  /** Σ probability */
  readonly probability: number
  /** Σ probability² */
  readonly squares: number
  /** Σ probability, of those to whom it happened */
  readonly eventProbability: number
}

/** Probabilities by bins of equal width; a bin's lower end belongs to it, 1 to the last one. */
export const binSums = ({ scores, events, others }: ScoreGroups, bins: number): ReadonlyArray<BinSums> => {
  const sums = Array.from({ length: bins }, () => ({
    customers: 0,
    events: 0,
    probability: 0,
    squares: 0,
    eventProbability: 0,
  }))
  scores.forEach((score, index) => {
    const bin = sums[Math.min(bins - 1, Math.floor(score * bins))]
    if (bin === undefined) return
    const [event, count] = [events[index] as number, (events[index] as number) + (others[index] as number)]
    bin.customers += count
    bin.events += event
    bin.probability += count * score
    bin.squares += count * score * score
    bin.eventProbability += event * score
  })
  return sums
}

/** What is wrong with a number of bins. */
export const binsFault = (bins: number): OutOfRange | null =>
  Number.isInteger(bins) && bins >= 1 && bins <= 10_000
    ? null
    : outOfRange(['bins'], bins, 'a whole number from 1 to 10000')

const decomposed = (sums: ReadonlyArray<BinSums>, { customers, events }: OutcomeCounts): BrierScore => {
  const rate = events / customers
  let [reliability, resolution, within] = [0, 0, 0]
  for (const bin of sums) {
    if (bin.customers === 0) continue
    const [mean, own] = [bin.probability / bin.customers, bin.events / bin.customers]
    reliability += bin.customers * (mean - own) ** 2
    resolution += bin.customers * (own - rate) ** 2
    within += bin.squares - mean * bin.probability - 2 * (bin.eventProbability - own * bin.probability)
  }
  const score = sums.reduce((sum, bin) => sum + bin.squares - 2 * bin.eventProbability + bin.events, 0) / customers
  const uncertainty = rate * (1 - rate)
  return {
    score,
    reliability: reliability / customers,
    resolution: resolution / customers,
    uncertainty,
    within: within / customers,
    skill: uncertainty === 0 ? null : 1 - score / uncertainty,
    bins: sums.length,
  }
}

/**
 * Brier's score: the mean squared distance of probabilities from what came, and its parts by bins of equal width.
 *
 * Sources: G. W. Brier, Monthly Weather Review 78 (1950); A. H. Murphy (1973), of the parts; D. B. Stephenson, C. A. S. Coelho &
 * I. T. Jolliffe, Weather and Forecasting 23 (2008), of what is within the bins.
 *
 * @param groups of probabilities, from `scoreGroups`
 * @param bins for the parts, 10 when absent; the score itself doesn't depend on them
 * @returns `EmptySample` without a customer, `InvalidValue` for a score that is no probability, `OutOfRange` for a number of
 * bins that is none.
 * @example
 * ```ts
 * import { brierScore, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.1, 0.9, 0.8, 0.3, 0.2], outcomes: [0, 1, 1, 0, 1] }))
 * unwrap(brierScore(groups)).score.toFixed(3) // => '0.158'
 * ```
 */
export const brierScore = (groups: ScoreGroups, bins: number = 10): Either<ProbabilityFault, BrierScore> => {
  const totals = probabilities(groups)
  if (totals._tag === 'Left') return totals
  const fault = binsFault(bins)
  return fault === null
    ? { _tag: 'Right', right: decomposed(binSums(groups, bins), totals.right) }
    : { _tag: 'Left', left: fault }
}

/** Nothing where nobody was surprised: 0 · log 0 is none. */
const surprise = (score: number, events: number, others: number): number =>
  -(events === 0 ? 0 : events * Math.log(score)) - (others === 0 ? 0 : others * Math.log1p(-score))

/**
 * The log loss: the mean surprise of what came, in nats. A probability of 0 for what happened has no finite loss.
 *
 * @param groups of probabilities, from `scoreGroups`
 * @returns `EmptySample` without a customer, `InvalidValue` for a score that is no probability, `OutOfRange` where something
 * happened that had a probability of 0, or did not that had 1.
 * @example
 * ```ts
 * import { logLoss, scoreGroups, unwrap } from 'treue'
 *
 * unwrap(logLoss(unwrap(scoreGroups({ scores: [0.9, 0.2], outcomes: [1, 0] })))).toFixed(4) // => '0.1643'
 * logLoss(unwrap(scoreGroups({ scores: [0], outcomes: [1] })))._tag // => 'Left'
 * ```
 */
export const logLoss = (groups: ScoreGroups): Either<ProbabilityFault, number> => {
  const totals = probabilities(groups)
  if (totals._tag === 'Left') return totals
  const { scores, events, others } = groups
  const certain = scores.findIndex(
    (score, index) => (score === 0 && (events[index] as number) > 0) || (score === 1 && (others[index] as number) > 0),
  )
  if (certain >= 0) {
    const expected = 'above 0 and below 1, as the other came of it'
    return { _tag: 'Left', left: outOfRange(['scores', certain], scores[certain], expected) }
  }
  const sum = scores.reduce(
    (total, score, index) => total + surprise(score, events[index] as number, others[index] as number),
    0,
  )
  return { _tag: 'Right', right: sum / totals.right.customers + 0 }
}
