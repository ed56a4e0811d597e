// The slow, obvious model of a streak: it walks day by day and judges each period when its last day is over.
import type { FreezeToken, Streak } from '../../src/challenges/index.ts'
import { type CivilDate, periodOf } from '../../src/foundation/index.ts'

export interface StreakModelResult {
  readonly count: number
  readonly best: number
  readonly bridged: ReadonlyArray<{ readonly token: string; readonly from: CivilDate }>
  /** How often each level was reached. */
  readonly times: ReadonlyMap<string, number>
}

const lastLevel = (streak: Streak, count: number): number =>
  Math.max(0, ...streak.levels.map(({ periods }) => periods).filter((periods) => periods <= count))

export const streakModel = (
  streak: Streak,
  days: ReadonlyArray<CivilDate>,
  tokens: ReadonlyArray<FreezeToken>,
  asOf: CivilDate,
): StreakModelResult => {
  const unused = [...tokens].filter(({ day }) => day <= asOf).sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1))
  const bridged: Array<{ token: string; from: CivilDate }> = []
  const times = new Map<string, number>()
  let [count, best, inSuccession] = [0, 0, 0]
  const fill = () => {
    count += 1
    best = Math.max(best, count)
    inSuccession = 0
    for (const { id, periods } of streak.levels) if (periods === count) times.set(id, (times.get(id) ?? 0) + 1)
  }
  const miss = (from: CivilDate, until: CivilDate) => {
    const after = { ignore: count, reset: 0, resetToLevel: lastLevel(streak, count) }[streak.onMiss ?? 'reset']
    const [token] = unused
    const { freeze } = streak
    const isInTime = freeze !== undefined && token !== undefined && token.day - freeze.repairDays < until
    if (after !== count && isInTime && inSuccession < freeze.mostInSuccession) {
      unused.shift()
      bridged.push({ token: token.id, from })
      inSuccession += 1
    } else {
      count = after
      inSuccession = 0
    }
  }
  const first = periodOf(streak.calendar, Math.min(asOf, ...days) as CivilDate).from
  for (let day = first as number; day <= asOf; day += 1) {
    const { from, until } = periodOf(streak.calendar, day as CivilDate)
    const isFilled = days.filter((one) => from <= one && one < until && one <= asOf).length >= streak.actionsPerPeriod
    if (isFilled && day === from) fill()
    if (!isFilled && day === until - 1 && day < asOf) miss(from, until)
    if (!isFilled && day === until - 1 && day === asOf) break
  }
  return { count, best, bridged, times }
}
