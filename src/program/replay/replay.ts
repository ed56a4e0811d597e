/** Replays: a member's history decided once more, each activity by the version of the program that was in force. */

import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { CapUsage } from '../../earning/index.ts'
import { type Instant, type InvalidValue, invalidValue, type MemberId } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import { advance } from '../decide/advance.ts'
import { decide } from '../decide/decide.ts'
import type { DecideOptions } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import { type MemberState, newMember } from '../state/member-state.ts'
import { noSharedUsage, type SharedUsage } from '../state/shared-usage.ts'

/** A version of a program and when it came into force. */
export interface ProgramVersion {
  readonly program: CompiledProgram
  /** `null`: it was the first. */
  readonly from: Instant | null
}

/** Versions in the order in which they came into force, the first of them from the beginning. */
export type ProgramVersions = ReadonlyNonEmptyArray<ProgramVersion>

/** How a history is replayed. */
export interface ReplayOptions {
  /** Where it begins. Default: with somebody of whom nothing is known. */
  readonly from?: MemberState
  /** Until when time passes after the last activity. Default: it does not. */
  readonly until?: Instant
  /** What all members have used of budgets before each activity. Default: nothing. */
  readonly budgets?: (activity: Activity) => ReadonlyArray<CapUsage>
  /** What all members have used together beside budgets before each activity. Default: nothing. */
  readonly shared?: (activity: Activity) => SharedUsage
}

/** An activity of the history that was not taken in. */
export interface RefusedActivity {
  readonly activity: Activity
  readonly rejection: Rejection
}

/** What a replay came to. */
export interface Replay {
  readonly state: MemberState
  readonly events: ReadonlyArray<MemberEvent>
  readonly refused: ReadonlyArray<RefusedActivity>
}

/** Why there is nothing to replay by. */
export type ReplayFault = InvalidValue

const versionFault = (versions: ProgramVersions): InvalidValue | undefined => {
  const wrong = versions.findIndex(({ from }, at) => {
    const before = versions[at - 1]?.from ?? null
    return at === 0 ? from !== null : from === null || (before !== null && from <= before)
  })
  if (wrong < 0) return undefined
  const expected = wrong === 0 ? 'null, since the first version is from the beginning' : 'a later instant than before'
  return invalidValue(['versions', wrong, 'from'], versions[wrong]?.from, expected)
}

/** The version in force at an instant: the last that came into force by then. */
const versionAt = (versions: ProgramVersions, at: Instant): CompiledProgram =>
  versions.reduce((found, { program, from }) => (from === null || from <= at ? program : found), versions[0].program)

/** Lets time pass by every version that comes into force on the way. */
const passVersions = (
  versions: ProgramVersions,
  state: MemberState,
  until: Instant,
): { readonly state: MemberState; readonly events: ReadonlyArray<MemberEvent> } => {
  const events: Array<MemberEvent> = []
  let now = state
  for (const [at, { program }] of versions.entries()) {
    const next = versions[at + 1]?.from ?? null
    const end = next !== null && next <= until ? ((next - 1) as Instant) : until
    if (now.asOf !== null && end < now.asOf) continue
    const passed = advance(program, now, end, { trace: false })
    events.push(...passed.events)
    now = passed.state
    if (end === until) break
  }
  return { state: now, events }
}

/**
 * Decides a member's history once more. Each activity, and all time that passes, is decided by the version of the program
 * that was in force then; so a corrected version given in place of the one that was wrong shows what should have been.
 *
 * @param versions - the versions of the program and when each came into force
 * @param activities - the history, in order
 * @param options - where it begins, until when time passes
 * @returns `InvalidValue`: the first version does not begin with the beginning, or a version comes into force before the one
 * that it follows. What a decision refuses is in `refused`.
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
): E.Either<ReplayFault, Replay> => {
  const fault = versionFault(versions)
  if (fault !== undefined) return E.left(fault)
  const refused: Array<RefusedActivity> = []
  const events: Array<MemberEvent> = []
  let state = options.from ?? newMember(activities[0]?.member ?? ('' as MemberId))
  for (const activity of activities) {
    const before = passVersions(versions, state, (activity.at - 1) as Instant)
    const shared = options.shared?.(activity) ?? noSharedUsage
    const how: DecideOptions = { trace: false, budgets: options.budgets?.(activity) ?? [], shared }
    const decided = decide(versionAt(versions, activity.at), before.state, activity, how)
    if (E.isLeft(decided)) {
      refused.push({ activity, rejection: decided.left })
      continue
    }
    events.push(...before.events, ...decided.right.events)
    state = decided.right.state
  }
  if (options.until === undefined) return E.right({ state, events, refused })
  const end = passVersions(versions, state, options.until)
  return E.right({ state: end.state, events: [...events, ...end.events], refused })
}

/**
 * A member's state at an instant: after all that happened by then.
 *
 * @param versions - the versions of the program and when each came into force
 * @param activities - the history, in order
 * @param at - the instant, what happens in it included
 * @param options - where the history begins
 * @returns `InvalidValue` as {@link replay} does.
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
): E.Either<ReplayFault, MemberState> => {
  const known = activities.filter((activity) => activity.at <= at)
  const first = activities[0]
  const from = options.from ?? (first === undefined ? undefined : newMember(first.member))
  const replayed = replay(versions, known, { ...options, ...(from === undefined ? {} : { from }), until: at })
  return E.isLeft(replayed) ? replayed : E.right(replayed.right.state)
}
