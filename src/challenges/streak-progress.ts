/** A member's progress in a streak: the days on which something counted, freeze tokens, and the levels that were given. */
import * as E from 'fp-ts/Either'
import {
  type CivilDate,
  type Fault,
  type InvalidValue,
  invalidValue,
  localDateOf,
  type Zone,
} from '../foundation/index.ts'
import type { ChallengeAction } from './challenge-progress.ts'
import { grantKey, type LevelGrant, type LossPolicy, settleGrants } from './level-grant.ts'
import { type RecordConflict, withRecords } from './record-set.ts'
import { editOf, lossOf } from './shared-terms.ts'
import { type CompiledStreak, countsForStreak, type Streak } from './streak.ts'
import { reachedBy, runOf, type StreakLevelReached, timesBefore } from './streak-reach.ts'
import {
  type ClosedStreak,
  dayOf,
  type FreezeToken,
  noOrder,
  type StreakAction,
  type StreakProgress,
  type StreakReversal,
} from './streak-records.ts'

/** A streak after something came in. */
export interface StreakChange {
  readonly progress: StreakProgress
  /** Levels to give now; `occurrence` counts from 0 how often a level was reached. */
  readonly reached: ReadonlyArray<StreakLevelReached>
  /** Levels to take back now. */
  readonly lost: ReadonlyArray<LevelGrant>
}

/** A record is dated before the day up to which the streak was closed. */
export interface StreakRecordTooLate extends Fault<'StreakRecordTooLate'> {
  readonly id: string
  readonly day: CivilDate
  /** From when on records are taken in. */
  readonly before: CivilDate
}

/** Why records of a streak cannot be taken in. */
export type StreakFault = RecordConflict | StreakRecordTooLate

const grantOf = ({ level, occurrence, target }: LevelGrant): LevelGrant => ({ level, occurrence, target })

const withGrants = (progress: StreakProgress, grants: ReadonlyArray<LevelGrant>): StreakProgress => {
  const { streak, actions, tokens, reversals, closed } = progress
  return { streak, actions, tokens, reversals, grants, closed }
}

const settled = (
  streak: Streak,
  progress: StreakProgress,
  { policy, byNewTargets }: { readonly policy: LossPolicy; readonly byNewTargets: boolean },
): StreakChange => {
  const run = runOf(streak, progress, null)
  const all = reachedBy(streak, run, progress.closed)
  const isHeld = ({ level, occurrence, target }: LevelGrant): boolean =>
    !byNewTargets && timesBefore(progress.closed, level) + (run.reached.get(target)?.length ?? 0) > occurrence
  const settlement = { reached: all.map(grantOf), isHeld, policy, moves: true }
  const { grants, gained, lost } = settleGrants(progress.grants, settlement)
  const keys = new Set(gained.map(grantKey))
  return { progress: withGrants(progress, grants), reached: all.filter((one) => keys.has(grantKey(one))), lost }
}

const tooLate = (
  closed: ClosedStreak | null,
  records: ReadonlyArray<{ readonly id: string; readonly day: CivilDate }>,
  key: string,
): ReadonlyArray<StreakRecordTooLate> => {
  if (closed === null) return []
  const { before } = closed
  const expected = 'a day from that on before which the streak was closed'
  return records.flatMap(({ id, day }, index) =>
    day >= before ? [] : [{ _tag: 'StreakRecordTooLate' as const, path: [key, index], expected, id, day, before }],
  )
}

/** What comes in for a streak. */
export interface StreakRecords {
  /** Actions, counted on the day that the member's clock shows. */
  readonly actions?: ReadonlyArray<ChallengeAction>
  /** Freeze tokens that the member got. */
  readonly tokens?: ReadonlyArray<FreezeToken>
  /** Actions and tokens that are undone. */
  readonly reversals?: ReadonlyArray<StreakReversal>
}

/** An action that is known keeps its day, wherever the member lives now. */
const onDays = (
  compiled: CompiledStreak,
  zone: Zone,
  progress: StreakProgress,
  actions: ReadonlyArray<ChallengeAction>,
): ReadonlyArray<StreakAction> => {
  const counting = actions.filter(({ facts }) => countsForStreak(compiled, facts))
  const ids = new Set<string>(counting.map(({ id }) => id))
  const known = new Map<string, CivilDate>()
  for (const { id, day } of progress.actions) if (ids.has(id)) known.set(id, day)
  return counting.map(({ id, at }) => ({ id, at, day: known.get(id) ?? localDateOf(zone, at) }))
}

const leftOf = (result: E.Either<ReadonlyArray<RecordConflict>, unknown>): ReadonlyArray<RecordConflict> =>
  E.isLeft(result) ? result.left : []

/**
 * A streak after actions, freeze tokens and reversals came in. A late action fills the period it belongs to, so that a
 * streak that was broken is whole again (S59); one that came in before changes nothing. With `takeBack` the result
 * depends on what came in only, not on its order or on batches.
 *
 * `RecordConflict`: an id came in before with other content. `StreakRecordTooLate`: a record is dated before what
 * `closeStreak` has closed. All of them are reported, and nothing is taken in.
 *
 * @param compiled - the streak
 * @param zone - the zone of the member's clock
 * @param progress - the progress before
 * @param records - what comes in, each in any order
 *
 * @example
 * ```ts
 * import { type ActivityId, compileStreak, noStreak, parseInstant, recordStreak, type Streak, unwrap, utc } from 'treue'
 *
 * const levels = [{ id: 'two days', periods: 2 }]
 * const daily = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels } as unknown as Streak
 * const compiled = compileStreak({ fields: [] }, daily)
 * const actions = ['2026-03-01T23:59:00Z', '2026-03-02T00:01:00Z'].map((text, index) => ({
 *   id: `visit-${index}` as ActivityId,
 *   at: unwrap(parseInstant(text)),
 *   facts: {},
 * }))
 * unwrap(recordStreak(compiled, utc, noStreak(daily), { actions })).reached.map(({ level }) => level) // => ['two days']
 * ```
 */
export const recordStreak = (
  compiled: CompiledStreak,
  zone: Zone,
  progress: StreakProgress,
  { actions = [], tokens = [], reversals = [] }: StreakRecords,
): E.Either<ReadonlyArray<StreakFault>, StreakChange> => {
  const days = onDays(compiled, zone, progress, actions)
  const allActions = withRecords(progress.actions, days, dayOf, 'actions')
  const allTokens = withRecords(progress.tokens, tokens, dayOf, 'tokens')
  const allReversals = withRecords(progress.reversals, reversals, noOrder, 'reversals')
  const late = [...tooLate(progress.closed, days, 'actions'), ...tooLate(progress.closed, tokens, 'tokens')]
  if (E.isLeft(allActions) || E.isLeft(allTokens) || E.isLeft(allReversals)) {
    return E.left([...late, ...leftOf(allActions), ...leftOf(allTokens), ...leftOf(allReversals)])
  }
  if (late.length > 0) return E.left(late)
  const next = {
    streak: progress.streak,
    actions: allActions.right,
    tokens: allTokens.right,
    reversals: allReversals.right,
    grants: progress.grants,
    closed: progress.closed,
  }
  return E.right(settled(compiled.streak, next, { policy: lossOf(compiled.streak), byNewTargets: false }))
}

/**
 * A streak under an edited definition: the days that counted still do, levels that are reached now are given, and those
 * that would take more now are kept or taken back as the edited streak says.
 *
 * `InvalidValue`: the edit changes the calendar; such a streak needs an id of its own.
 *
 * @param before - the streak as it was
 * @param after - the streak as it is now
 * @param progress - the progress before
 *
 * @example
 * ```ts
 * import { editStreak, noStreak, type Streak } from 'treue'
 *
 * const daily = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: [] } as unknown as Streak
 * editStreak(daily, { ...daily, actionsPerPeriod: 2 }, noStreak(daily))._tag // => 'Right'
 * editStreak(daily, { ...daily, calendar: { unit: 'month' } }, noStreak(daily))._tag // => 'Left'
 * ```
 */
export const editStreak = (
  before: Streak,
  after: Streak,
  progress: StreakProgress,
): E.Either<InvalidValue, StreakChange> =>
  JSON.stringify(before.calendar) === JSON.stringify(after.calendar)
    ? E.right(settled(after, progress, { policy: editOf(after), byNewTargets: true }))
    : E.left(invalidValue(['calendar'], after.calendar, 'what it was before: another one needs another id'))
