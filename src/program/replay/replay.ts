/** Replays: a member's history decided once more, each activity by the version of the program that was in force. */
import * as E from 'fp-ts/Either'
import type { Instant } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import { decide } from '../decide/decide.ts'
import type { DecideOptions } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { type MemberState, newMember } from '../state/member-state.ts'
import {
  type ProgramVersions,
  type Replay,
  type ReplayFault,
  type ReplayOptions,
  replayHistory,
  type Taking,
} from './replay-history.ts'

const taking = (program: CompiledProgram, state: MemberState, activity: Activity, options: DecideOptions): Taking => {
  const decided = decide(program, state, activity, options)
  return E.isLeft(decided) ? { taken: null, rejection: decided.left } : { taken: decided.right, rejection: null }
}

/**
 * Decides a member's history once more. Each activity, and all time that passes, is decided by the version of the program
 * that was in force then; so a corrected version given in place of the one that was wrong shows what should have been.
 *
 * @param versions - the versions of the program and when each came into force
 * @param activities - the history, in order
 * @param options - where it begins, until when time passes
 * @returns `InvalidValue`: the first version does not begin with the beginning, or a version comes into force before the one
 * that it follows. `MissingBudget`, `MissingSharedUsage`: something is limited for all members together, and what they had
 * used of it is not given. What else a decision refuses is in `refused`.
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decode, decodeProgram, replay, unwrap } from 'treue'
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
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const { events } = unwrap(replay([{ program, from: null }], [joins]))
 * events.map(({ type }) => type) // => ['activityRecorded', 'enrolled']
 * ```
 */
export const replay = (
  versions: ProgramVersions,
  activities: ReadonlyArray<Activity>,
  options: ReplayOptions = {},
): E.Either<ReadonlyArray<ReplayFault>, Replay> => replayHistory(versions, activities, options, taking)

/**
 * A member's state at an instant: after all that happened by then.
 *
 * @param versions - the versions of the program and when each came into force
 * @param activities - the history, in order
 * @param at - the instant, what happens in it included
 * @param options - where the history begins
 * @returns `InvalidValue`, `MissingBudget`, `MissingSharedUsage` as {@link replay} does.
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decode, decodeProgram, parseInstant, stateAt, unwrap } from 'treue'
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
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const before = unwrap(parseInstant('2026-03-01T11:59:59Z'))
 * unwrap(stateAt([{ program, from: null }], [joins], before)).enrolledAt // => null
 * ```
 */
export const stateAt = (
  versions: ProgramVersions,
  activities: ReadonlyArray<Activity>,
  at: Instant,
  options: Omit<ReplayOptions, 'until'> = {},
): E.Either<ReadonlyArray<ReplayFault>, MemberState> => {
  const known = activities.filter((activity) => activity.at <= at)
  const first = activities[0]
  const from = options.from ?? (first === undefined ? undefined : newMember(first.member))
  const replayed = replay(versions, known, { ...options, ...(from === undefined ? {} : { from }), until: at })
  return E.isLeft(replayed) ? replayed : E.right(replayed.right.state)
}
