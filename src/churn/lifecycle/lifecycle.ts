// The states of one customer: which they have been in since when, and which comes next.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { CivilDate, EmptySample, InvalidValue } from '../../foundation/index.ts'
import { purchaseDays } from '../inactivity/own-rhythm.ts'
import { type CheckedMeasure, checkMeasure, type LifecycleMeasure } from './lifecycle-options.ts'
import { type LifecycleState, lifecycleStates, walkLifecycle } from './lifecycle-walk.ts'
import { thresholdCourse } from './threshold-course.ts'

/** A change of a customer's state. */
export interface LifecycleStep {
  /** The first day of the new state. */
  readonly on: CivilDate
  /** The state before; `null` where there was none. */
  readonly from: LifecycleState | null
  readonly to: LifecycleState
}

/** The states of a customer. */
export interface Lifecycle {
  readonly state: LifecycleState
  /** The day on which it began. */
  readonly since: CivilDate
  /** All changes up to then, in order of time. */
  readonly steps: ReadonlyArray<LifecycleStep>
  /** What comes next if nothing is bought; `null` for those who have churned. */
  readonly next: LifecycleStep | null
}

/** Why a customer has no state. */
export type LifecycleFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue>

/** The change at positions of states. */
export const lifecycleStep = (on: number, from: number, to: number): LifecycleStep => ({
  on: on as CivilDate,
  from: from < 0 ? null : (lifecycleStates[from] as LifecycleState),
  to: lifecycleStates[to] as LifecycleState,
})

const lifecycleAt = (days: Int32Array, asOf: CivilDate, measure: CheckedMeasure): Lifecycle => {
  const { rule, population, lapsingShare } = measure
  const all: Array<LifecycleStep> = []
  walkLifecycle(
    days,
    thresholdCourse(rule, days, population),
    lapsingShare,
    Number.POSITIVE_INFINITY,
    (on, from, to) => {
      all.push(lifecycleStep(on, from, to))
    },
  )
  const steps = all.filter(({ on }) => on <= asOf)
  const { to, on } = steps[steps.length - 1] as LifecycleStep
  return { state: to, since: on, steps, next: all[steps.length] ?? null }
}

/**
 * The states that a customer has gone through by a day: new, active, at risk, lapsing, churned and reactivated, each with
 * the day on which it began.
 *
 * The thresholds after each purchase follow from what had been bought until then, so that the state of a past day never
 * changes with what is bought later: a history up to any day has the same steps up to that day.
 *
 * @param purchases the dates of the customer's purchases, in any order; two of one day are one
 * @param asOf the last day that counts
 * @param measure see {@link LifecycleMeasure}
 * @returns `EmptySample` for somebody who hadn't bought by then, `InvalidValue` for a date or a part of the measure that is
 * none.
 * @example
 * ```ts
 * import { formatCivilDate, lifecycleOf, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const rule = { type: 'fixedDays', atRiskDays: 30, churnedDays: 60 } as const
 * const { steps, next } = unwrap(lifecycleOf([date('2026-01-01'), date('2026-04-01')], date('2026-05-20'), { rule }))
 * steps.map(({ on, to }) => `${formatCivilDate(on)} ${to}`)
 * // => [
 * //   '2026-01-01 new',
 * //   '2026-02-01 atRisk',
 * //   '2026-02-16 lapsing',
 * //   '2026-03-03 churned',
 * //   '2026-04-01 reactivated',
 * //   '2026-05-02 atRisk',
 * //   '2026-05-17 lapsing',
 * // ]
 * next && formatCivilDate(next.on) // => '2026-06-01'
 * ```
 */
export const lifecycleOf = (
  purchases: ReadonlyArray<CivilDate>,
  asOf: CivilDate,
  measure: LifecycleMeasure = {},
): Either<LifecycleFaults, Lifecycle> => {
  const checked = checkMeasure(measure, asOf)
  if (checked._tag === 'Left') return checked
  const days = purchaseDays(purchases, asOf)
  return days._tag === 'Left'
    ? { _tag: 'Left', left: [days.left] }
    : { _tag: 'Right', right: lifecycleAt(days.right, asOf, checked.right) }
}
