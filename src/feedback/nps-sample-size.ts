// How many answers an interval of a wanted width takes.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { twoSidedQuantile } from '../statistics/index.ts'
import { faultList } from './nps-comparison.ts'
import { isNonEmpty } from './nps-summary.ts'

/** What is expected and what is wanted of a survey. */
export interface NpsSamplePlan {
  /** Expected, 0 to 1; together with the detractors at most 1. */
  readonly promoterShare: number
  readonly detractorShare: number
  /** Half the width of the interval, in points: above 0, at most 100. */
  readonly marginPoints: number
  /** 0.95 when absent. */
  readonly confidence?: number
  /** How many people there are to ask; without it, more than enough. */
  readonly population?: number
}

/** How many answers a plan takes. */
export interface NpsSampleSize {
  /** For the adjusted Wald interval, exactly: the least number whose interval is narrow enough. */
  readonly answers: number
  /** The same by the usual approximation, s²z² ÷ m² − 3. */
  readonly approximately: number
  /** For the Wald interval, before rounding up. */
  readonly waldUnrounded: number
  readonly wald: number
  /** Of one expected answer. */
  readonly variance: number
}

const isShare = (share: number): boolean => share >= 0 && share <= 1

const planFaults = ({ promoterShare, detractorShare, marginPoints, population }: NpsSamplePlan) => {
  const faults: Array<OutOfRange> = []
  if (!isShare(promoterShare)) faults.push(outOfRange(['promoterShare'], promoterShare, 'a share from 0 to 1'))
  if (!(isShare(detractorShare) && promoterShare + detractorShare <= 1 + 1e-12)) {
    faults.push(outOfRange(['detractorShare'], detractorShare, 'a share from 0 that promoters leave'))
  }
  if (!(marginPoints >= 0.01 && marginPoints <= 100)) {
    faults.push(outOfRange(['marginPoints'], marginPoints, 'points from 0.01 to 100'))
  }
  if (population !== undefined && !(Number.isSafeInteger(population) && population >= 1)) {
    faults.push(outOfRange(['population'], population, 'a whole number from 1'))
  }
  return faults
}

/** Half the width of the adjusted Wald interval that the expected shares of so many answers give, as a share. */
const halfWidth = (
  answers: number,
  { promoterShare, detractorShare, population }: NpsSamplePlan,
  z: number,
): number => {
  const size = answers + 3
  const promoters = (answers * promoterShare + 0.75) / size
  const detractors = (answers * detractorShare + 0.75) / size
  const variance = promoters + detractors - (promoters - detractors) ** 2
  const left = population === undefined || population === 1 ? 1 : (population - answers) / (population - 1)
  return z * Math.sqrt((variance / size) * Math.max(0, left))
}

/** The least number that is enough; the width falls with the number for any shares, so halving finds it. */
const leastAnswers = (plan: NpsSamplePlan, margin: number, z: number): number => {
  const isEnough = (answers: number): boolean => halfWidth(answers, plan, z) <= margin
  let high = 1
  while (!isEnough(high)) high *= 2
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return Math.min(high, plan.population ?? high)
}

/**
 * How many answers an interval of the score takes that reaches so many points to each side.
 *
 * With a `population` everybody who answers is one less to be unsure about (the factor (N − n) ÷ (N − 1)), and `answers`
 * is at most the population. Sources: measuringU for the approximation; relock2/nps_sample_size for the search.
 *
 * @param plan see {@link NpsSamplePlan}
 * @returns `OutOfRange` for a share that is none, a margin outside 0.01–100 points, a population that is no count, or a
 * confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { npsSampleSize, unwrap } from 'treue'
 *
 * const plan = { promoterShare: 0.8, detractorShare: 0.15, marginPoints: 10 }
 * unwrap(npsSampleSize(plan)).answers // => 202
 * unwrap(npsSampleSize({ ...plan, population: 250 })).answers // => 112
 * ```
 */
export const npsSampleSize = (plan: NpsSamplePlan): Either<ReadonlyNonEmptyArray<OutOfRange>, NpsSampleSize> => {
  const { promoterShare, detractorShare, marginPoints, confidence = 0.95 } = plan
  const z = twoSidedQuantile(confidence)
  const faults = [...planFaults(plan), ...faultList(z)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const [margin, deviations] = [marginPoints / 100, isLeft(z) ? 0 : z.right]
  const variance = promoterShare + detractorShare - (promoterShare - detractorShare) ** 2
  const waldUnrounded = (variance * deviations * deviations) / (margin * margin)
  const right: NpsSampleSize = {
    answers: leastAnswers(plan, margin, deviations),
    approximately: Math.max(1, Math.ceil(waldUnrounded - 3)),
    waldUnrounded,
    wald: Math.max(1, Math.ceil(waldUnrounded)),
    variance,
  }
  return { _tag: 'Right', right }
}
