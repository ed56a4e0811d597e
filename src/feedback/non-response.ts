// What those who didn't answer could make of a score.

import type { Either } from 'fp-ts/Either'
import { invalidValue } from '../foundation/index.ts'
import { momentsOf, type NpsCounts, type NpsFaults, pointsOf, sampleFaults } from './nps-counts.ts'
import { isCount } from './nps-scale.ts'
import { isNonEmpty } from './nps-summary.ts'

/** The score, and what it would be if everybody had answered and the rest were all of a kind; in points. */
export interface NonResponseBounds {
  readonly score: number
  /** Answers by those who were asked, 0 to 1. */
  readonly responseRate: number
  /** If all who didn't answer were detractors. */
  readonly lower: number
  /** If they were all passives. */
  readonly ifPassive: number
  /** If they were all promoters. */
  readonly upper: number
}

/**
 * The least and the greatest score that everybody who was asked could have, whatever the silent ones think.
 *
 * No assumption goes in, so the bounds are wide; they show how much of a score rests on the guess that those who didn't
 * answer are like those who did. Source: C. F. Manski, Partial Identification of Probability Distributions (2003).
 *
 * @param counts of those who answered
 * @param silent how many were asked and didn't answer
 * @returns `EmptySample` without answers, `InvalidValue` for a count that is none; all that applies.
 * @example
 * ```ts
 * import { nonResponseBounds, unwrap } from 'treue'
 *
 * const { score, lower, upper } = unwrap(nonResponseBounds({ detractors: 5, passives: 5, promoters: 10 }, 20))
 * score // => 25
 * lower // => -37.5
 * upper // => 62.5
 * ```
 */
export const nonResponseBounds = (counts: NpsCounts, silent: number): Either<NpsFaults, NonResponseBounds> => {
  const faults = [
    ...sampleFaults(counts, ['counts']),
    ...(isCount(silent) ? [] : [invalidValue(['silent'], silent, 'a whole number from 0')]),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { answers } = momentsOf(counts)
  const asked = answers + silent
  const balance = counts.promoters - counts.detractors
  const right: NonResponseBounds = {
    score: pointsOf(counts),
    responseRate: answers / asked,
    lower: (100 * (balance - silent)) / asked,
    ifPassive: (100 * balance) / asked,
    upper: (100 * (balance + silent)) / asked,
  }
  return { _tag: 'Right', right }
}
