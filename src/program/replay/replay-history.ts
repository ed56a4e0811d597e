/** A history decided once more, by whatever takes an activity in. */
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { CapUsage } from '../../earning/index.ts'
import { type Instant, type InvalidValue, invalidValue, type MemberId } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import { advance } from '../decide/advance.ts'
import type { DecideOptions, Decision } from '../decide/decision.ts'
import type { MissingBudget, MissingSharedUsage, Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import { type MemberState, newMember } from '../state/member-state.ts'
import type { CapClaim } from '../state/open-earning.ts'
import type { SharedClaim, SharedUsage } from '../state/shared-usage.ts'

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
  /** What all members had used of budgets before each activity. What may earn by a program with budgets needs it. */
  readonly budgets?: (activity: Activity) => ReadonlyArray<CapUsage>
  /** What all members had used together beside budgets before each activity. What is limited for all of them needs it. */
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
  /** What the history asks of other members; the ids follow from its activities, so sending them again is safe. */
  readonly followUps: ReadonlyArray<Activity>
  /** What it uses of budgets for everybody, and of what members share beside them. */
  readonly claims: ReadonlyArray<CapClaim>
  readonly sharedClaims: ReadonlyArray<SharedClaim>
}

/** Why there is nothing to replay by. */
export type ReplayFault = InvalidValue | MissingBudget | MissingSharedUsage

/** What became of an activity: what was taken in, and what is said against it. */
export interface Taking {
  readonly taken: Played | null
  readonly rejection: Rejection | null
}

/** What a decision came to. */
export type Played = Pick<Decision, 'state' | 'events' | 'followUps' | 'claims' | 'sharedClaims'>

type Take = (program: CompiledProgram, state: MemberState, activity: Activity, options: DecideOptions) => Taking

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

/** What several decisions came to together. */
const inAll = (state: MemberState, parts: ReadonlyArray<Played>): Played => ({
  state,
  events: parts.flatMap(({ events }) => events),
  followUps: parts.flatMap(({ followUps }) => followUps),
  claims: parts.flatMap(({ claims }) => claims),
  sharedClaims: parts.flatMap(({ sharedClaims }) => sharedClaims),
})

/** Lets time pass by every version that comes into force on the way. */
export const passVersions = (
  versions: ProgramVersions,
  state: MemberState,
  until: Instant,
  options: DecideOptions = { trace: false },
): Played => {
  const parts: Array<Played> = []
  let now = state
  for (const [at, { program }] of versions.entries()) {
    const next = versions[at + 1]?.from ?? null
    const end = next !== null && next <= until ? ((next - 1) as Instant) : until
    if (now.asOf !== null && end < now.asOf) continue
    const passed = advance(program, now, end, options)
    parts.push(passed)
    now = passed.state
    if (end === until) break
  }
  return inAll(now, parts)
}

const isMissing = (reason: Rejection[number]): reason is MissingBudget | MissingSharedUsage =>
  reason._tag === 'MissingBudget' || reason._tag === 'MissingSharedUsage'

const optionsOf = ({ budgets, shared }: ReplayOptions, activity: Activity): DecideOptions => ({
  trace: false,
  ...(budgets === undefined ? {} : { budgets: budgets(activity) }),
  ...(shared === undefined ? {} : { shared: shared(activity) }),
})

/** A replay in the making: what was played so far, and what was refused. */
interface Course {
  readonly state: MemberState
  readonly parts: Array<Played>
  readonly refused: Array<RefusedActivity>
}

/** Decides an activity, after what was due before it; where a count is missing there is no saying. */
const playNext = (
  { state, parts, refused }: Course,
  activity: Activity,
  versions: ProgramVersions,
  how: DecideOptions,
  take: Take,
): E.Either<ReadonlyArray<ReplayFault>, MemberState> => {
  const before = passVersions(versions, state, (activity.at - 1) as Instant, how)
  const { taken, rejection } = take(versionAt(versions, activity.at), before.state, activity, how)
  const missing = (rejection ?? []).filter(isMissing)
  if (missing.length > 0) return E.left(missing)
  if (rejection !== null) refused.push({ activity, rejection })
  if (taken === null) return E.right(state)
  parts.push(before, taken)
  return E.right(taken.state)
}

/** Decides a history once more, each activity as `take` does. */
export const replayHistory = (
  versions: ProgramVersions,
  activities: ReadonlyArray<Activity>,
  options: ReplayOptions,
  take: Take,
): E.Either<ReadonlyArray<ReplayFault>, Replay> => {
  const fault = versionFault(versions)
  if (fault !== undefined) return E.left([fault])
  const refused: Array<RefusedActivity> = []
  const parts: Array<Played> = []
  let state = options.from ?? newMember(activities[0]?.member ?? ('' as MemberId))
  for (const activity of activities) {
    const next = playNext({ state, parts, refused }, activity, versions, optionsOf(options, activity), take)
    if (E.isLeft(next)) return next
    state = next.right
  }
  if (options.until !== undefined) parts.push(passVersions(versions, state, options.until))
  return E.right({ ...inAll(parts[parts.length - 1]?.state ?? state, parts), refused })
}
