/** Corrections: what came in late, and rules that were wrong, made right by a restatement. */
import * as E from 'fp-ts/Either'
import { type ActivityId, type Fault, type Instant, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { Restatement } from '../activity/restatement.ts'
import { effectId } from '../decide/derived-id.ts'
import { type MemberParts, type MemberState, newMember } from '../state/member-state.ts'
import { allSeen } from '../state/seen-activities.ts'
import { differentParts, type StateDifference, stateDifference } from '../state/state-difference.ts'
import {
  type ProgramVersions,
  passVersions,
  type RefusedActivity,
  type Replay,
  type ReplayFault,
  type ReplayOptions,
  replayHistory,
} from './replay-history.ts'
import { takeAnyway, type Unaffordable } from './take-anyway.ts'

/** What a correction says about itself. */
export interface CorrectionNote {
  /** The id of the correction: that of its restatement follows from it. */
  readonly id: ActivityId
  /** When it is made: not before anything that has happened. */
  readonly at: Instant
  readonly reason: string
  readonly actor: string
}

/** How a history is corrected. */
export interface CorrectionOptions extends Omit<ReplayOptions, 'until'> {
  /**
   * What becomes of points that were spent and by the right rules would not have been there. Default `debt`: the goods are
   * gone, and what is left to the member is for whoever decides on it to say, not for a default. So it is owed, as what a
   * return takes back is.
   */
  readonly unaffordable?: Unaffordable
}

/** What should have been, and what makes it so. */
export interface HistoryCorrection extends Omit<Replay, 'state' | 'events'> {
  /** The state as it should be at the instant of the correction. */
  readonly right: MemberState
  /** How the state differs from it. */
  readonly difference: StateDifference
  /** The activity to decide on the state as it is; `null`: nothing differs. */
  readonly restatement: Restatement | null
  /** What is said against activities of the history as it should have been; what was spent anyway is among them. */
  readonly refused: ReadonlyArray<RefusedActivity>
}

/** The state has taken in activities that the history does not have: by it, they would be undone. */
export interface IncompleteHistory extends Fault<'IncompleteHistory'> {
  readonly activities: ReadonlyArray<ActivityId>
}

/** Why a history cannot be corrected. */
export type CorrectionFault = ReplayFault | IncompleteHistory

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

const restatementId = (id: ActivityId): ActivityId => effectId('restatement', [], id)

/** Restatements say what should have been at their time; what should have been by now is said anew. */
const isRestatementId = (id: ActivityId): boolean => id.startsWith(restatementId('' as ActivityId))

const missingActivities = (
  actual: MemberState,
  activities: ReadonlyArray<Activity>,
  from: MemberState | undefined,
): ReadonlyArray<ActivityId> => {
  const known = new Set(activities.map(({ id }) => id))
  for (const { id } of (from?.seen ?? []).flat()) known.add(id)
  return actual.seen.flat().flatMap(({ id }) => (known.has(id) || isRestatementId(id) ? [] : [id]))
}

const incompleteHistory = (activities: ReadonlyArray<ActivityId>): IncompleteHistory => ({
  _tag: 'IncompleteHistory',
  path: ['activities'],
  expected: 'all activities that the state has taken in',
  activities,
})

const noteFaults = (
  { at }: CorrectionNote,
  { asOf }: MemberState,
  activities: ReadonlyArray<Activity>,
): ReadonlyArray<InvalidValue> => {
  const last = activities.reduce<number>((latest, one) => Math.max(latest, one.at), asOf ?? at)
  return at >= last ? [] : [invalidValue(['note', 'at'], at, 'an instant that is not before what has happened')]
}

const faultsOf = (
  actual: MemberState,
  activities: ReadonlyArray<Activity>,
  note: CorrectionNote,
  { from }: CorrectionOptions,
): ReadonlyArray<CorrectionFault> => {
  const missing = missingActivities(actual, activities, from)
  return [...(missing.length === 0 ? [] : [incompleteHistory(missing)]), ...noteFaults(note, actual, activities)]
}

const partsOf = ({ member: _, asOf: __, revision: ___, ...parts }: MemberState): MemberParts => parts

const correctionOf = (
  actual: MemberState,
  now: MemberState,
  { state, refused, followUps, claims, sharedClaims }: Replay,
  { id, at, reason, actor }: CorrectionNote,
): HistoryCorrection => {
  const right: MemberState = { ...state, seen: allSeen(actual.seen, state.seen) }
  const difference = stateDifference(now, right)
  const restatement: Restatement = {
    type: 'restatement',
    id: restatementId(id),
    member: actual.member,
    at,
    reason,
    actor,
    basedOn: actual.revision,
    right: partsOf(right),
  }
  const differs = differentParts(difference).length > 0
  return { right, difference, restatement: differs ? restatement : null, refused, followUps, claims, sharedClaims }
}

/**
 * Compares a member's state with what the history comes to by the right versions of the program, in the right order, and
 * gives the one activity that makes it right. For a rule that was wrong, give the corrected version in place of the wrong
 * one; for something that came in late, {@link insertLate}. Deciding the restatement moves points lot by lot, with entries,
 * and replaces what else is known: tiers and their counts, stamp cards, challenges, vouchers, what can be returned. From
 * then on the member is as if it had always been so. What earlier restatements of the history said is left out: this one
 * says all.
 *
 * @param versions - the versions of the program as they should have been, and when each came into force
 * @param actual - the state as it is
 * @param activities - the history as it should have been, in order: all that the state has taken in, and what came in late
 * @param note - when the correction is made, and why
 * @param options - where the history begins, and what becomes of what could not have been spent
 * @returns `IncompleteHistory`: the state has taken in activities that the history does not have. `InvalidValue`: the note is
 * of an earlier instant than what has happened, or as {@link replay} does; so are `MissingBudget` and `MissingSharedUsage`.
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
 * unwrap(correctHistory([{ program, from: null }], newMember('anna' as MemberId), [], note)).restatement // => null
 * ```
 */
export const correctHistory = (
  versions: ProgramVersions,
  actual: MemberState,
  activities: ReadonlyArray<Activity>,
  note: CorrectionNote,
  options: CorrectionOptions = {},
): E.Either<ReadonlyArray<CorrectionFault>, HistoryCorrection> => {
  const faults = faultsOf(actual, activities, note, options)
  if (faults.length > 0) return E.left(faults)
  const { unaffordable = 'debt', from = newMember(actual.member), ...how } = options
  const happened = activities.filter(({ type }) => type !== 'restatement')
  const replayed = replayHistory(versions, happened, { ...how, from, until: note.at }, takeAnyway(unaffordable))
  if (E.isLeft(replayed)) return replayed
  const { state: now } = passVersions(versions, actual, note.at)
  return E.right(correctionOf(actual, now, replayed.right, note))
}
