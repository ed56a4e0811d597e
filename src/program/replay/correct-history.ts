/** Corrections: what came in late, and rules that were wrong, made right by further entries. */

import * as E from 'fp-ts/Either'
import type { Activity } from '../activity/activity.ts'
import type { Adjustment } from '../activity/wallet-activity.ts'
import type { MemberState } from '../state/member-state.ts'
import { type ProgramVersions, type RefusedActivity, type ReplayFault, type ReplayOptions, replay } from './replay.ts'
import { type CorrectionNote, corrections, type StateDifference, stateDifference } from './state-difference.ts'

/** What should have been, and what makes it so. */
export interface HistoryCorrection {
  /** The state as it should be at the instant of the correction. */
  readonly right: MemberState
  readonly difference: StateDifference
  /** Activities to decide on the state as it is. */
  readonly corrections: ReadonlyArray<Adjustment>
  /** What is refused of the history as it should have been. */
  readonly refused: ReadonlyArray<RefusedActivity>
}

/**
 * A history with an activity that came in late at the place where it belongs: after what happened in the same instant.
 *
 * @param activities - the history, in order
 * @param late - the activity
 *
 * @example
 * ```ts
 * import { Activity, decode, insertLate, unwrap } from 'treue'
 *
 * const visit = (id: string, at: string) =>
 *   unwrap(decode(Activity, { type: 'action', id, member: 'anna', at, name: 'visit' }))
 * const history = [visit('a', '2026-03-01T12:00:00Z'), visit('c', '2026-03-03T12:00:00Z')]
 * insertLate(history, visit('b', '2026-03-02T12:00:00Z')).map(({ id }) => id) // => ['a', 'b', 'c']
 * ```
 */
export const insertLate = (activities: ReadonlyArray<Activity>, late: Activity): ReadonlyArray<Activity> => {
  const after = activities.findIndex(({ at }) => at > late.at)
  const place = after < 0 ? activities.length : after
  return [...activities.slice(0, place), late, ...activities.slice(place)]
}

/**
 * Compares a member's state with what the history comes to by the right versions of the program, in the right order, and
 * says which further entries make it right. For a rule that was wrong, give the corrected version in place of the wrong
 * one; for something that came in late, {@link insertLate}. Where tiers are held by a balance, or points become rewards by
 * themselves, the entries count there as well: look at the difference again after them.
 *
 * @param versions - the versions of the program as they should have been, and when each came into force
 * @param actual - the state as it is
 * @param activities - the history as it should have been, in order
 * @param note - when the correction is made, and why
 * @param options - where the history begins
 * @returns `InvalidValue` as {@link replay} does.
 *
 * @example
 * ```ts
 * import { type ActivityId, compileProgram, correctHistory, decodeProgram, type MemberId, newMember, parseInstant } from 'treue'
 * import { unwrap } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }))))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const note = { id: 'fix' as ActivityId, at, reason: 'rate of February', actor: 'care' }
 * unwrap(correctHistory([{ program, from: null }], newMember('anna' as MemberId), [], note)).corrections // => []
 * ```
 */
export const correctHistory = (
  versions: ProgramVersions,
  actual: MemberState,
  activities: ReadonlyArray<Activity>,
  note: CorrectionNote,
  options: Omit<ReplayOptions, 'until'> = {},
): E.Either<ReplayFault, HistoryCorrection> => {
  const replayed = replay(versions, activities, { ...options, until: note.at })
  if (E.isLeft(replayed)) return replayed
  const { state: right, refused } = replayed.right
  const now = replay(versions, [], { from: actual, until: note.at })
  if (E.isLeft(now)) return now
  const difference = stateDifference(now.right.state, right)
  return E.right({ right, difference, corrections: corrections(difference, note), refused })
}
