/** What a streak has come to: its run, and the levels that are reached in it. */
import { type CivilDate, type CivilPeriod, periodOf } from '../foundation/index.ts'
import type { LevelId } from './challenge-id.ts'
import type { LevelGrant } from './level-grant.ts'
import type { Streak } from './streak.ts'
import type { ClosedStreak, StreakAction, StreakProgress, StreakReversal } from './streak-records.ts'
import { runStreak, type StreakRun, startOfRun } from './streak-run.ts'

/** A level of a streak that is reached now. */
export interface StreakLevelReached extends LevelGrant {
  /** The first day of the period that reached it. */
  readonly period: CivilDate
}

const notUndone = <R extends { readonly id: string }>(
  records: ReadonlyArray<R>,
  reversals: ReadonlyArray<StreakReversal>,
): ReadonlyArray<R> => {
  if (reversals.length === 0) return records
  const undone = new Set<string>(reversals.map(({ of }) => of))
  return records.filter(({ id }) => !undone.has(id))
}

/** The periods that have as many actions as fill one, in order of time. */
const filledPeriods = (
  { calendar, actionsPerPeriod }: Streak,
  actions: ReadonlyArray<StreakAction>,
): ReadonlyArray<CivilPeriod> => {
  const periods: Array<CivilPeriod> = []
  let counted = 0
  let period: CivilPeriod | undefined
  for (const { day } of actions) {
    if (period === undefined || day >= period.until) {
      counted = 0
      period = periodOf(calendar, day)
    }
    counted += 1
    if (counted === actionsPerPeriod) periods.push(period)
  }
  return periods
}

/** The run of what is known, and of missed periods up to a day where one is given. */
export const runOf = (streak: Streak, progress: StreakProgress, asOf: CivilDate | null): StreakRun => {
  const actions = notUndone(progress.actions, progress.reversals)
  const known = asOf === null ? actions : actions.filter(({ day }) => day <= asOf)
  const periods = filledPeriods(streak, known)
  const tokens = notUndone(progress.tokens, progress.reversals)
  const usable = asOf === null ? tokens : tokens.filter(({ day }) => day <= asOf)
  const lengths = [...streak.levels.map((level) => level.periods), ...progress.grants.map(({ target }) => target)]
  return runStreak(streak, { state: progress.closed ?? startOfRun, periods, tokens: usable, lengths }, asOf)
}

/** How many actions of the period that a day is in are known up to that day. */
export const countedIn = (streak: Streak, progress: StreakProgress, asOf: CivilDate): number => {
  const { from } = periodOf(streak.calendar, asOf)
  return notUndone(progress.actions, progress.reversals).filter(({ day }) => from <= day && day <= asOf).length
}

/** How often a level was reached before what is closed. */
export const timesBefore = (closed: ClosedStreak | null, level: LevelId): number =>
  closed?.times.find((one) => one.level === level)?.times ?? 0

/** Each time that a run reaches a level. */
export const reachedBy = (
  streak: Streak,
  run: StreakRun,
  closed: ClosedStreak | null,
): ReadonlyArray<StreakLevelReached> =>
  streak.levels.flatMap(({ id: level, periods: target }) => {
    const before = timesBefore(closed, level)
    return (run.reached.get(target) ?? []).map((period, index) => ({
      level,
      occurrence: before + index,
      target,
      period,
    }))
  })
