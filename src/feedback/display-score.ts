// A score as people print it, or the reason not to.

import type { Either } from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../foundation/index.ts'
import { isCount } from './nps-scale.ts'

/**
 * A score rounded to a whole number, halves away from zero, as published scores are: −44.5 becomes −45.
 *
 * @param score points, such as −100 to 100
 * @example
 * ```ts
 * import { displayScore } from 'treue'
 *
 * displayScore(-44.5) // => -45
 * displayScore(44.5) // => 45
 * ```
 */
export const displayScore = (score: number): number => {
  const rounded = Math.round(Math.abs(score))
  return score < 0 && rounded > 0 ? -rounded : rounded
}

/** A score that may be shown, or how many answers are missing for that. */
export type ScoreDisplay =
  | { readonly shown: true; readonly score: number }
  | { readonly shown: false; readonly reason: 'tooFewAnswers'; readonly answers: number; readonly missing: number }

/**
 * The rounded score, unless it rests on fewer answers than a minimum: a score of five answers is noise, and may tell who
 * gave which.
 *
 * @param result what has a score and a number of answers, such as a {@link NetPromoterScore}
 * @param minimumAnswers a whole number from 1; 10 when absent
 * @returns `InvalidValue` for a minimum that isn't a whole number from 1.
 * @example
 * ```ts
 * import { displayScoreUnlessFew, netPromoterScoreOfCounts, unwrap } from 'treue'
 *
 * const nps = unwrap(netPromoterScoreOfCounts({ detractors: 1, passives: 0, promoters: 6 }))
 * unwrap(displayScoreUnlessFew(nps)) // => { shown: false, reason: 'tooFewAnswers', answers: 7, missing: 3 }
 * unwrap(displayScoreUnlessFew(nps, 5)) // => { shown: true, score: 71 }
 * ```
 */
export const displayScoreUnlessFew = (
  result: { readonly score: number; readonly answers: number },
  minimumAnswers = 10,
): Either<InvalidValue, ScoreDisplay> => {
  if (!(isCount(minimumAnswers) && minimumAnswers >= 1)) {
    return { _tag: 'Left', left: invalidValue(['minimumAnswers'], minimumAnswers, 'a whole number from 1') }
  }
  const { score, answers } = result
  const right: ScoreDisplay =
    answers >= minimumAnswers
      ? { shown: true, score: displayScore(score) }
      : { shown: false, reason: 'tooFewAnswers', answers, missing: minimumAnswers - answers }
  return { _tag: 'Right', right }
}
