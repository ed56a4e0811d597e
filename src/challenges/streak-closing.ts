/** Closing a streak: days that nothing can change any more are folded into what they came to. */
import { addDays, type CivilDate, periodOf } from '../foundation/index.ts'
import type { LevelGrant } from './level-grant.ts'
import type { Streak } from './streak.ts'
import { reachedBy, runOf, timesBefore } from './streak-reach.ts'
import type { StreakProgress } from './streak-records.ts'
import { type LevelTimes, runStreak, type StreakRun } from './streak-run.ts'

/** How often each level is reached, with what was closed before. */
const timesWith = (streak: Streak, progress: StreakProgress, run: StreakRun): ReadonlyArray<LevelTimes> => {
  const reached = reachedBy(streak, run, progress.closed)
  return streak.levels.map(({ id: level }) => ({
    level,
    times: timesBefore(progress.closed, level) + reached.filter((one) => one.level === level).length,
  }))
}

/**
 * A streak without the days before some day, as far as nothing that comes in later could change what they came to: where
 * tokens can be got afterwards, the days stay for as long. From then on nothing that is dated before can be taken in.
 *
 * @param streak - the streak
 * @param progress - the progress before
 * @param before - the first day that stays open
 *
 * @example
 * ```ts
 * import { closeStreak, noStreak, parseCivilDate, type Streak, unwrap } from 'treue'
 *
 * const daily = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: [] } as unknown as Streak
 * closeStreak(daily, noStreak(daily), unwrap(parseCivilDate('2026-03-01'))).closed?.count // => 0
 * ```
 */
export const closeStreak = (streak: Streak, progress: StreakProgress, before: CivilDate): StreakProgress => {
  if (progress.closed !== null && progress.closed.before >= before) return progress
  const start = periodOf(streak.calendar, addDays(before, -(streak.freeze?.repairDays ?? 0))).from
  const past = progress.actions.filter(({ day }) => day < start)
  const { tokens: allTokens, reversals, grants, closed, streak: id } = progress
  const run = runOf(streak, { streak: id, actions: past, tokens: allTokens, reversals, grants, closed }, null)
  const { state, tokens: unused } = runStreak(
    streak,
    { state: run.state, periods: [], tokens: run.tokens, lengths: [] },
    start,
  )
  const times = timesWith(streak, progress, run)
  const final = new Map(times.map((one) => [one.level, one.times] as const))
  const isOpen = ({ level, occurrence }: LevelGrant): boolean => occurrence >= (final.get(level) ?? 0)
  const gone = new Set<string>(past.map((one) => one.id))
  const unusedIds = new Set<string>(unused.map((one) => one.id))
  return {
    streak: id,
    actions: progress.actions.filter(({ day }) => day >= start),
    tokens: allTokens.filter((token) => unusedIds.has(token.id)),
    reversals: reversals.filter(({ of }) => !gone.has(of)),
    grants: grants.filter(isOpen),
    closed: {
      before,
      count: state.count,
      best: state.best,
      next: state.next,
      bridgedInSuccession: state.bridgedInSuccession,
      times,
    },
  }
}
