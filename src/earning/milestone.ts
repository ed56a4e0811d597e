/** Milestones: what a member has counted, and the levels that were paid. */
import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange, type RuleId } from '../foundation/index.ts'
import type { MilestoneProgress } from './earning-context.ts'

/** How far something takes a milestone. */
export interface MilestoneAdvance {
  /** The levels to pay: those that are reached now and were not paid before. */
  readonly levels: number
  readonly progress: MilestoneProgress
}

/** The levels that a count reaches above those that were paid. */
export const levelsReached = (counted: number, every: number, paid: number): number =>
  Math.max(0, (counted - (counted % every)) / every - paid)

const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least

/**
 * How far a member is when something more has counted. Each full `every` of the running count is a level; of those
 * reached, the ones above the paid ones are to be paid, so that none is paid twice (S52).
 *
 * `OutOfRange`: `every` is not a positive integer, or a count is not an integer of 0 or more, or leaves the range of exact
 * integers with what was counted before.
 *
 * @param progress - how far the member was
 * @param every - what a level takes, in minor units, orders or times
 * @param count - what is added to the running count, in the same unit
 *
 * @example
 * ```ts
 * import { advanceMilestone, type RuleId, unwrap } from 'treue'
 *
 * const progress = { rule: 'every fifth' as RuleId, counted: 4, paid: 0 }
 * unwrap(advanceMilestone(progress, 5, 1)).levels // => 1
 * unwrap(advanceMilestone({ ...progress, paid: 1 }, 5, 1)).levels // => 0
 * ```
 */
export const advanceMilestone = (
  { rule, counted, paid }: MilestoneProgress,
  every: number,
  count: number,
): E.Either<OutOfRange, MilestoneAdvance> => {
  if (!isCount(every, 1)) return E.left(outOfRange(['every'], every, 'an integer from 1 to 9007199254740991'))
  const after = counted + count
  if (!isCount(count, 0) || !isCount(after, 0)) {
    return E.left(outOfRange(['count'], count, 'an integer from 0 on, at most 9007199254740991 with what was counted'))
  }
  const levels = levelsReached(after, every, paid)
  return E.right({ levels, progress: { rule, counted: after, paid: paid + levels } })
}

/**
 * How far a member is when something that counted is undone. Levels that were paid and are not taken back stay paid,
 * however low the count falls: reaching them again pays nothing (S52).
 *
 * @param progress - how far the member was
 * @param count - what goes off the running count, in its unit
 * @param levels - the levels whose points are taken back; they can be reached and paid again
 *
 * @example
 * ```ts
 * import { type RuleId, takeBackMilestone } from 'treue'
 *
 * const progress = { rule: 'every fifth' as RuleId, counted: 5, paid: 1 }
 * takeBackMilestone(progress, 1, 0) // => { rule: 'every fifth', counted: 4, paid: 1 }
 * takeBackMilestone(progress, 1, 1) // => { rule: 'every fifth', counted: 4, paid: 0 }
 * ```
 */
export const takeBackMilestone = (
  { rule, counted, paid }: MilestoneProgress,
  count: number,
  levels: number,
): MilestoneProgress => ({ rule, counted: Math.max(0, counted - count), paid: Math.max(0, paid - levels) })

/**
 * How far a member is with the milestone of a rule, nothing counted and nothing paid where it is not listed.
 *
 * @param milestones - how far the member is with each
 * @param rule - the rule of the milestone
 *
 * @example
 * ```ts
 * import { milestoneOf, type RuleId } from 'treue'
 *
 * milestoneOf([], 'every fifth' as RuleId) // => { rule: 'every fifth', counted: 0, paid: 0 }
 * ```
 */
export const milestoneOf = (milestones: ReadonlyArray<MilestoneProgress>, rule: RuleId): MilestoneProgress =>
  milestones.find((one) => one.rule === rule) ?? { rule, counted: 0, paid: 0 }

/**
 * The milestones of a member with the progress of one of them; one that counts and has paid nothing is not listed.
 *
 * @param milestones - how far the member was with each
 * @param progress - how far the member is with one
 *
 * @example
 * ```ts
 * import { type RuleId, withMilestone } from 'treue'
 *
 * const progress = { rule: 'every fifth' as RuleId, counted: 1, paid: 0 }
 * withMilestone([progress], { ...progress, counted: 0 }) // => []
 * ```
 */
export const withMilestone = (
  milestones: ReadonlyArray<MilestoneProgress>,
  progress: MilestoneProgress,
): ReadonlyArray<MilestoneProgress> => {
  const kept = progress.counted === 0 && progress.paid === 0 ? [] : [progress]
  const place = milestones.findIndex(({ rule }) => rule === progress.rule)
  return place < 0 ? [...milestones, ...kept] : [...milestones.slice(0, place), ...kept, ...milestones.slice(place + 1)]
}
