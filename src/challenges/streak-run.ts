/** The run of a streak: filled periods counted one by one, missed ones bridged by tokens or not. */
import { addDays, type CivilDate, type CivilPeriod, periodOf } from '../foundation/index.ts'
import type { LevelId } from './challenge-id.ts'
import type { Streak } from './streak.ts'

/** Where a run is. */
export interface RunState {
  /** Filled periods in succession. */
  readonly count: number
  readonly best: number
  /** The first day of the period that comes next; `null` before the first filled one. */
  readonly next: CivilDate | null
  /** Missed periods that tokens bridged since the last filled one. */
  readonly bridgedInSuccession: number
}

/** A period that a token bridged. */
export interface BridgedPeriod {
  readonly token: string
  /** The first day of the period. */
  readonly from: CivilDate
}

/** A freeze token and the day it was got. */
export interface DatedToken {
  readonly id: string
  readonly day: CivilDate
}

/** A run up to some day. */
export interface StreakRun {
  readonly state: RunState
  /** The first days of the periods with which the streak was just so long, for each length that was asked for. */
  readonly reached: ReadonlyMap<number, ReadonlyArray<CivilDate>>
  readonly bridged: ReadonlyArray<BridgedPeriod>
  /** Tokens not used, in order of the day they were got. */
  readonly tokens: ReadonlyArray<DatedToken>
}

export const startOfRun: RunState = { count: 0, best: 0, next: null, bridgedInSuccession: 0 }

/** How long a streak is after a missed period. */
const fallen = ({ onMiss = 'reset', levels }: Streak, count: number): number => {
  if (onMiss === 'ignore') return count
  if (onMiss === 'reset') return 0
  let last = 0
  for (const { periods } of levels) if (periods <= count) last = periods
  return last
}

/** Whether a token bridges a missed period: it was got in time. */
const bridges = ({ freeze }: Streak, state: RunState, token: DatedToken, missed: CivilPeriod): boolean =>
  freeze !== undefined &&
  state.bridgedInSuccession < freeze.mostInSuccession &&
  token.day < addDays(missed.until, freeze.repairDays)

/** What missed periods came to. */
interface Missed {
  readonly state: RunState
  readonly bridged: ReadonlyArray<BridgedPeriod>
}

/**
 * The missed periods up to a day, with the tokens from `first` on. A token is used only where a miss would cost something,
 * and the first miss that none bridges costs all there is to lose, so the walk is no longer than there are tokens.
 */
const afterMisses = (
  streak: Streak,
  start: RunState,
  until: CivilDate,
  { tokens, first }: { readonly tokens: ReadonlyArray<DatedToken>; readonly first: number },
): Missed => {
  const bridged: Array<BridgedPeriod> = []
  let state = start
  while (state.next !== null && state.next < until) {
    const { count, best, bridgedInSuccession } = state
    const missed = periodOf(streak.calendar, state.next)
    const token = tokens[first + bridged.length]
    if (fallen(streak, count) === count || token === undefined || !bridges(streak, state, token, missed)) {
      state = { count: fallen(streak, count), best, next: until, bridgedInSuccession: 0 }
    } else {
      bridged.push({ token: token.id, from: missed.from })
      state = { count, best, next: missed.until, bridgedInSuccession: bridgedInSuccession + 1 }
    }
  }
  return { state, bridged }
}

/** What a run goes over. */
export interface RunInput {
  readonly state: RunState
  /** The filled periods, in order. */
  readonly periods: ReadonlyArray<CivilPeriod>
  /** In order of the day they were got. */
  readonly tokens: ReadonlyArray<DatedToken>
  /** How long a streak must be for it to be told when it was. */
  readonly lengths: ReadonlyArray<number>
}

/**
 * The run over filled periods, and over the missed ones up to a day where one is given: the period that the day is in is
 * not missed yet.
 */
export const runStreak = (
  streak: Streak,
  { state: start, periods, tokens, lengths }: RunInput,
  asOf: CivilDate | null,
): StreakRun => {
  const reached = new Map<number, Array<CivilDate>>(lengths.map((length) => [length, []] as const))
  const bridged: Array<BridgedPeriod> = []
  let state = start
  const pass = (until: CivilDate): void => {
    if (state.next === null || state.next >= until) return
    const missed = afterMisses(streak, state, until, { tokens, first: bridged.length })
    state = missed.state
    for (const one of missed.bridged) bridged.push(one)
  }
  for (const { from, until } of periods) {
    pass(from)
    const count = state.count + 1
    reached.get(count)?.push(from)
    state = { count, best: Math.max(state.best, count), next: until, bridgedInSuccession: 0 }
  }
  if (asOf !== null) pass(periodOf(streak.calendar, asOf).from)
  return { state, reached, bridged, tokens: tokens.slice(bridged.length) }
}

/** How often each level was reached in periods that are closed. */
export interface LevelTimes {
  readonly level: LevelId
  readonly times: number
}
