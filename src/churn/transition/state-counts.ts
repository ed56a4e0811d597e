// How many customers are in each state on each day, out of dated transitions: a summary that merges. The tally fills
// arrays that it made itself.

import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type CivilPeriod,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../../foundation/index.ts'
import { isDate } from '../inactivity/own-rhythm.ts'

/** Of each state, a count for each day of a period. */
export type CountsByState<State extends string> = { readonly [state in State]: ReadonlyArray<number> }

/** Customers by state and day. Each day, a state has those of the day before, more those who entered, less those who left. */
export interface StateCounts<State extends string> {
  /** Who is in the state at the end of the day. */
  readonly counts: CountsByState<State>
  /** Whose state began on that day. */
  readonly entered: CountsByState<State>
  /** Who was in the state on the day before, and no longer is. */
  readonly left: CountsByState<State>
}

const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 }))

const byState = <State extends string, A>(states: ReadonlyArray<State>, make: (state: State) => A) =>
  Object.fromEntries(states.map((state) => [state, make(state)])) as { readonly [state in State]: A }

const stateFaults = <State extends string>(
  summary: StateCounts<State>,
  state: State,
  days: number,
): ReadonlyArray<InvalidValue> => {
  for (const name of ['counts', 'entered', 'left'] as const) {
    const list = summary[name][state]
    if (list.length !== days) return [invalidValue([name, state], list, `${days} counts, as of the first state`)]
  }
  const [entered, left] = [summary.entered[state], summary.left[state]]
  return summary.counts[state].flatMap((count, day, list) => {
    const due = (list[day - 1] ?? 0) + (entered[day] as number) - (left[day] as number)
    return day === 0 || count === due
      ? []
      : [invalidValue(['counts', state, day], count, `${due}, as they come and go`)]
  })
}

/** Reads counts of some states; each day must follow from the one before. */
export const stateCountsCodec = <State extends string>(
  name: string,
  states: ReadonlyArray<State>,
): Codec<StateCounts<State>> => {
  const lists = (part: string) =>
    structCodec(
      `${name}${part}`,
      byState(states, () => counts),
    ) as unknown as Codec<CountsByState<State>>
  return constrainCodec(
    structCodec(name, { counts: lists('Counts'), entered: lists('Entered'), left: lists('Left') }),
    (summary: StateCounts<State>) => {
      const days = summary.counts[states[0] as State].length
      return states.flatMap((state) => stateFaults(summary, state, days))
    },
  )
}

const added = (first: ReadonlyArray<number>, second: ReadonlyArray<number>): ReadonlyArray<number> =>
  first.map((count, day) => count + (second[day] as number))

/** Merges counts of one period of disjoint sets of customers. */
export const stateCountsMonoid = <State extends string>(
  states: ReadonlyArray<State>,
  days: number,
): Monoid<StateCounts<State>> => {
  const zeros = Array.from({ length: days }, () => 0)
  const empty = byState(states, () => zeros)
  const merge = (first: CountsByState<State>, second: CountsByState<State>): CountsByState<State> =>
    byState(states, (state) => added(first[state], second[state]))
  return {
    empty: { counts: empty, entered: empty, left: empty },
    concat: (first, second) => ({
      counts: merge(first.counts, second.counts),
      entered: merge(first.entered, second.entered),
      left: merge(first.left, second.left),
    }),
  }
}

/** Counts in the making: a row of days for each state. */
export interface StateTally {
  readonly period: CivilPeriod
  /** Who was in each state on the day before the period. */
  readonly opening: Float64Array
  readonly entered: Float64Array
  readonly left: Float64Array
}

export const emptyStateTally = (states: number, period: CivilPeriod): StateTally => {
  const cells = states * (period.until - period.from)
  return {
    period,
    opening: new Float64Array(states),
    entered: new Float64Array(cells),
    left: new Float64Array(cells),
  }
}

/** Counts one transition between states by their position; −1 is none. */
export const tallyTransition = (tally: StateTally, on: number, from: number, to: number): void => {
  const { period, opening, entered, left } = tally
  const days = period.until - period.from
  const day = on - period.from
  if (day >= days) return
  const [goes, comes] = day < 0 ? [opening, opening] : [left, entered]
  const [width, at] = day < 0 ? [1, 0] : [days, day]
  comes[to * width + at] = (comes[to * width + at] as number) + 1
  if (from >= 0) goes[from * width + at] = (goes[from * width + at] as number) + (day < 0 ? -1 : 1)
}

const running = (
  opening: number,
  entered: ReadonlyArray<number>,
  left: ReadonlyArray<number>,
): ReadonlyArray<number> => {
  let count = opening
  return entered.map((comes, day) => {
    count += comes - (left[day] as number)
    return count
  })
}

export const finishStateTally = <State extends string>(
  states: ReadonlyArray<State>,
  { period, opening, entered, left }: StateTally,
): StateCounts<State> => {
  const days = period.until - period.from
  const rowsOf = (cells: Float64Array): CountsByState<State> =>
    byState(states, (state) => {
      const at = states.indexOf(state) * days
      return Array.from(cells.subarray(at, at + days))
    })
  const [comes, goes] = [rowsOf(entered), rowsOf(left)]
  return {
    counts: byState(states, (state) => running(opening[states.indexOf(state)] as number, comes[state], goes[state])),
    entered: comes,
    left: goes,
  }
}

const longestPeriod = 3660

/** What is wrong with the period of which the days are counted. */
export const periodFaults = (period: CivilPeriod): ReadonlyArray<InvalidValue> => {
  const { from, until } = period
  return isDate(from) && isDate(until) && until > from && until - from <= longestPeriod
    ? []
    : [invalidValue(['period'], period, `a date and a later one, at most ${longestPeriod} days after it`)]
}
