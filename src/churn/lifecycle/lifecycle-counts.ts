// The states of a population: as dated transitions, and counted by day.

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type InvalidValue,
  type Zone,
} from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import type { DatedTransition } from '../transition/dated-transition.ts'
import {
  emptyStateTally,
  finishStateTally,
  periodFaults,
  type StateCounts,
  stateCountsCodec,
  stateCountsMonoid,
  tallyTransition,
} from '../transition/state-counts.ts'
import { lifecycleStep } from './lifecycle.ts'
import {
  type CheckedMeasure,
  checkMeasure,
  type LifecycleMeasure,
  lapsingFaults,
  ruleFaults,
} from './lifecycle-options.ts'
import { type LifecycleState, lifecycleStates, walkLifecycle } from './lifecycle-walk.ts'
import { thresholdCourse } from './threshold-course.ts'

/** A customer's change of state. */
export type LifecycleTransition = DatedTransition<LifecycleState>

/** How a population's transitions are found. */
export interface LifecycleOptions extends LifecycleMeasure {
  /** The last day that counts. */
  readonly asOf: CivilDate
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

type Faults = ReadonlyNonEmptyArray<InvalidValue>

type Visit = (customer: number, on: number, from: number, to: number) => void

const walkAll = (histories: PurchaseHistories, measure: CheckedMeasure, asOf: CivilDate, visit: Visit): void => {
  const { customers, starts, days } = histories
  const { rule, population, lapsingShare } = measure
  for (let customer = 0; customer < customers.length; customer += 1) {
    const own = days.subarray(starts[customer], starts[customer + 1])
    if (own.length === 0) continue
    walkLifecycle(own, thresholdCourse(rule, own, population), lapsingShare, asOf + 1, (on, from, to) => {
      visit(customer, on, from, to)
    })
  }
}

interface Prepared {
  readonly histories: PurchaseHistories
  readonly measure: CheckedMeasure
}

const prepare = (log: PurchaseLog, options: LifecycleOptions): E.Either<Faults, Prepared> => {
  const { asOf, zone } = options
  return pipe(
    checkMeasure(options, asOf),
    E.chain((measure) =>
      pipe(
        purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone }),
        E.bimap(
          (fault): Faults => [fault],
          (histories) => ({ histories, measure }),
        ),
      ),
    ),
  )
}

/**
 * The dated transitions of every customer of a purchase log; equal to the steps of {@link lifecycleOf} of each. What a run
 * over more complete data says differently is told by {@link transitionChanges}.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link LifecycleOptions}
 * @returns each customer's transitions in order of time; `InvalidValue` for a date or a part of the measure that is none.
 * @example
 * ```ts
 * import { encodePurchases, formatCivilDate, lifecycleTransitions, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }, { customer: 'bob', day: date('2026-04-30') }]))
 * const found = unwrap(lifecycleTransitions(log, { asOf: date('2026-05-01') }))
 * found.map(({ customer, on, to }) => `${formatCivilDate(on)} ${customer} ${to}`)
 * // => ['2026-01-01 ann new', '2026-04-02 ann atRisk', '2026-04-30 bob new']
 * ```
 */
export const lifecycleTransitions = (
  log: PurchaseLog,
  options: LifecycleOptions,
): E.Either<Faults, ReadonlyArray<LifecycleTransition>> => {
  const prepared = prepare(log, options)
  if (prepared._tag === 'Left') return prepared
  const { histories, measure } = prepared.right
  const found: Array<LifecycleTransition> = []
  walkAll(histories, measure, options.asOf, (at, day, before, after) => {
    const { on, from, to } = lifecycleStep(day, before, after)
    found.push({ customer: histories.customers[at] as string, on, from, to })
  })
  return { _tag: 'Right', right: found }
}

/** Customers by state and day. */
export type LifecycleCounts = StateCounts<LifecycleState>

/**
 * Reads {@link LifecycleCounts}; each day must follow from the one before.
 *
 * @example
 * ```ts
 * import { decode, LifecycleCounts, lifecycleMonoid } from 'treue'
 *
 * decode(LifecycleCounts, lifecycleMonoid(7).empty)._tag // => 'Right'
 * ```
 */
export const LifecycleCounts: Codec<LifecycleCounts> = /* @__PURE__ */ stateCountsCodec(
  'LifecycleCounts',
  lifecycleStates,
)

/**
 * Merges counts of disjoint sets of customers over the same period.
 *
 * @param days how many days the period has
 * @example
 * ```ts
 * import { lifecycleMonoid } from 'treue'
 *
 * lifecycleMonoid(2).empty.counts.lapsing // => [0, 0]
 * ```
 */
export const lifecycleMonoid = (days: number): Monoid<LifecycleCounts> => stateCountsMonoid(lifecycleStates, days)

/** Which days of a population are counted. */
export interface LifecycleCountOptions extends LifecycleMeasure {
  /** At most 3,660 days. Each day is counted by what had been bought until its end. */
  readonly period: CivilPeriod
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/**
 * How many customers are in each state on each day of a period, how many entered it and how many left.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param options see {@link LifecycleCountOptions}
 * @returns `InvalidValue` for the period, or a part of the measure that makes no sense.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseLifecycles, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }, { customer: 'bob', day: date('2026-04-02') }]))
 * const period = { from: date('2026-04-01'), until: date('2026-04-04') }
 * const { counts, entered } = unwrap(summariseLifecycles(log, { period }))
 * counts.new // => [1, 1, 1]
 * counts.atRisk // => [0, 1, 1]
 * entered.new // => [0, 1, 0]
 * ```
 */
export const summariseLifecycles = (
  log: PurchaseLog,
  options: LifecycleCountOptions,
): E.Either<Faults, LifecycleCounts> => {
  const { period } = options
  const [first, ...rest] = periodFaults(period)
  if (first !== undefined) return E.left([first, ...rest, ...ruleFaults(options), ...lapsingFaults(options)])
  const asOf = addDays(period.until, -1)
  const prepared = prepare(log, { ...options, asOf })
  if (prepared._tag === 'Left') return prepared
  const { histories, measure } = prepared.right
  const tally = emptyStateTally(lifecycleStates.length, period)
  walkAll(histories, measure, asOf, (_, on, from, to) => {
    tallyTransition(tally, on, from, to)
  })
  return { _tag: 'Right', right: finishStateTally(lifecycleStates, tally) }
}
