/** Where a member stands in a streak: how long it is, what the period of now has, and which tokens are left. */
import { type CivilDate, periodOf } from '../foundation/index.ts'
import type { LevelId } from './challenge-id.ts'
import type { Streak } from './streak.ts'
import { countedIn, runOf } from './streak-reach.ts'
import type { StreakProgress } from './streak-records.ts'
import type { BridgedPeriod } from './streak-run.ts'

/** Where a member stands in a streak on a day. */
export interface StreakStanding {
  /** Filled periods in succession; the one of now counts as soon as it is filled. */
  readonly count: number
  /** The longest that the streak has been. */
  readonly best: number
  /** The first day after the period of now. */
  readonly until: CivilDate
  /** Actions in the period of now. */
  readonly counted: number
  /** Actions that the period of now is short of. */
  readonly missing: number
  /** Missed periods that tokens bridged, since what was closed. */
  readonly bridged: ReadonlyArray<BridgedPeriod>
  /** How many freeze tokens are left. */
  readonly tokens: number
  /** The next level and how many periods are missing to it; `null` where there is none above. */
  readonly next: { readonly level: LevelId; readonly periods: number } | null
}

const nextLevel = ({ levels }: Streak, count: number): StreakStanding['next'] => {
  const level = levels.find(({ periods }) => periods > count)
  return level === undefined ? null : { level: level.id, periods: level.periods - count }
}

/**
 * Where a member stands in a streak on a day, by what has come in up to now. A period is missed when its last day is
 * over, on the member's own clock.
 *
 * @param streak - the streak
 * @param progress - the progress
 * @param asOf - the day that the member's clock shows
 *
 * @example
 * ```ts
 * import { noStreak, parseCivilDate, type Streak, streakStanding, unwrap } from 'treue'
 *
 * const levels = [{ id: 'week', periods: 7 }]
 * const daily = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels } as unknown as Streak
 * streakStanding(daily, noStreak(daily), unwrap(parseCivilDate('2026-03-01'))).next // => { level: 'week', periods: 7 }
 * ```
 */
export const streakStanding = (streak: Streak, progress: StreakProgress, asOf: CivilDate): StreakStanding => {
  const { state, bridged, tokens } = runOf(streak, progress, asOf)
  const counted = countedIn(streak, progress, asOf)
  return {
    count: state.count,
    best: state.best,
    until: periodOf(streak.calendar, asOf).until,
    counted,
    missing: Math.max(0, streak.actionsPerPeriod - counted),
    bridged,
    tokens: tokens.length,
    next: nextLevel(streak, state.count),
  }
}
