// The states that a customer goes through, purchase by purchase and silence by silence.

import type { ThresholdCourse } from './threshold-course.ts'

/**
 * How a customer stands: `'new'` from the first purchase, `'active'` from the next in time, `'atRisk'`, `'lapsing'` and
 * `'churned'` as their silence goes on, `'reactivated'` from a purchase after they had churned until the next one in time.
 */
export type LifecycleState = 'new' | 'active' | 'atRisk' | 'lapsing' | 'churned' | 'reactivated'

export const lifecycleStates: ReadonlyArray<LifecycleState> = [
  'new',
  'active',
  'atRisk',
  'lapsing',
  'churned',
  'reactivated',
]

const [isNew, isActive, isAtRisk, isLapsing, isChurned, isReactivated] = [0, 1, 2, 3, 4, 5] as const

/** Is told each change of state: its day, and the positions of both states; −1 where there was none. */
export type LifecycleVisit = (on: number, from: number, to: number) => void

const stateOnPurchase = (purchase: number, before: number): number => {
  if (purchase === 0) return isNew
  return before === isChurned ? isReactivated : isActive
}

/** The days on which the silence after a purchase puts a customer in another state. */
export interface SilenceDays {
  readonly atRisk: number
  readonly lapsing: number
  readonly churned: number
}

/** The first days with a longer silence than the thresholds. */
export const silenceDays = (
  day: number,
  { atRisk, churned }: ThresholdCourse,
  purchase: number,
  lapsingShare: number,
): SilenceDays => {
  const [low, high] = [atRisk[purchase] as number, churned[purchase] as number]
  return {
    atRisk: day + Math.floor(low) + 1,
    lapsing: day + Math.floor(Math.min(high, low + lapsingShare * (high - low))) + 1,
    churned: day + Math.floor(high) + 1,
  }
}

/** States that the silence before a day brings; those that would not last a day are left out. */
const visitSilence = (days: SilenceDays, before: number, state: number, visit: LifecycleVisit): number => {
  let last = state
  const enter = (on: number, ends: number, to: number): void => {
    if (on >= before || on >= ends) return
    visit(on, last, to)
    last = to
  }
  enter(days.atRisk, days.lapsing, isAtRisk)
  enter(days.lapsing, days.churned, isLapsing)
  enter(days.churned, Number.POSITIVE_INFINITY, isChurned)
  return last
}

/** Visits the changes of a customer's state before a day, in order of time. */
export const walkLifecycle = (
  days: Int32Array,
  course: ThresholdCourse,
  lapsingShare: number,
  before: number,
  visit: LifecycleVisit,
): void => {
  let state = -1
  for (let purchase = 0; purchase < days.length; purchase += 1) {
    const day = days[purchase] as number
    const bought = stateOnPurchase(purchase, state)
    if (bought !== state) visit(day, state, bought)
    const next = purchase + 1 < days.length ? (days[purchase + 1] as number) : before
    state = visitSilence(silenceDays(day, course, purchase, lapsingShare), next, bought, visit)
  }
}
