// Stickiness: on how many days of a window its customers are active.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type OutOfRange,
  outOfRange,
  structCodec,
  type ZeroDenominator,
  type Zone,
  zeroDenominator,
} from '../foundation/index.ts'
import { addCounts } from './add-counts.ts'
import { purchaseHistories } from './purchase-history.ts'
import { isDay, type PurchaseLog } from './purchase-log.ts'

/** Customers by the number of days of a window on which they are active. */
export interface ActiveDaySummary {
  /** Customers active on 1, 2, 3 … days, up to all days of the window. */
  readonly customers: ReadonlyArray<number>
}

/**
 * Reads an {@link ActiveDaySummary}.
 *
 * @example
 * ```ts
 * import { ActiveDaySummary, decode } from 'treue'
 *
 * decode(ActiveDaySummary, { customers: [3, 1, 1, 0, 1, 0, 2] })._tag // => 'Right'
 * ```
 */
export const ActiveDaySummary: Codec<ActiveDaySummary> = /* @__PURE__ */ structCodec('ActiveDaySummary', {
  customers: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 })),
})

/**
 * Merges the summaries of disjoint sets of customers for one window.
 *
 * @example
 * ```ts
 * import { activeDayMonoid } from 'treue'
 *
 * activeDayMonoid.concat({ customers: [2, 1] }, { customers: [0, 3] }) // => { customers: [2, 4] }
 * ```
 */
export const activeDayMonoid: Monoid<ActiveDaySummary> = {
  empty: { customers: [] },
  concat: (first, second) => ({ customers: addCounts(first.customers, second.customers) }),
}

const longestWindow = 3660

/**
 * Counts customers by their active days of a window.
 *
 * @param log events in any order, or a part that has all events of its customers
 * @param window 1 to 3,660 days
 * @param zone the zone whose dates count, of events by instant; UTC when absent
 * @returns `InvalidValue` for a window that is none.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseActiveDays, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-05') }, { customer: 'ann', day: date('2026-01-07') }]))
 * const week = { from: date('2026-01-05'), until: date('2026-01-12') }
 * unwrap(summariseActiveDays(log, week)) // => { customers: [0, 1, 0, 0, 0, 0, 0] }
 * ```
 */
export const summariseActiveDays = (
  log: PurchaseLog,
  window: CivilPeriod,
  zone?: Zone,
): Either<InvalidValue, ActiveDaySummary> => {
  const { from, until } = window
  const days = until - from
  if (!(isDay(from) && isDay(until) && days >= 1 && days <= longestWindow)) {
    return { _tag: 'Left', left: invalidValue(['window'], window, `a date and one 1 to ${longestWindow} days later`) }
  }
  const asOf = (until - 1) as CivilDate
  const histories = purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone })
  if (histories._tag === 'Left') return histories
  const { starts, days: active } = histories.right
  const customers = Array.from({ length: days }, () => 0)
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const own = active.subarray(starts[customer], starts[customer + 1])
    const before = own.findIndex((day) => day >= from)
    if (before >= 0) customers[own.length - before - 1] = (customers[own.length - before - 1] as number) + 1
  }
  return { _tag: 'Right', right: { customers } }
}

/** The power user curve and what it comes to. */
export interface PowerUserCurve {
  readonly windowDays: number
  /** Customers active on exactly 1, 2, 3 … days. */
  readonly histogram: ReadonlyArray<number>
  /** Customers active on at least 1, 2, 3 … days. */
  readonly atLeast: ReadonlyArray<number>
  /** Customers active in the window at all: WAU of 7 days, MAU of 28 or 30. */
  readonly active: number
  /** Customers active on an average day. */
  readonly averageDaily: number
  /** `averageDaily / active`: DAU/MAU, which is also the mean of active days by the days of the window. */
  readonly stickiness: number
  readonly meanActiveDays: number
}

/**
 * The power user curve of a summary: L7 of a week, L28 of four.
 *
 * @param summary from {@link summariseActiveDays} or merged by {@link activeDayMonoid}
 * @returns `EmptySample` where nobody is active.
 * @example
 * ```ts
 * import { powerUserCurve, unwrap } from 'treue'
 *
 * const { atLeast, stickiness } = unwrap(powerUserCurve({ customers: [3, 1, 1, 0, 1, 0, 2] }))
 * atLeast // => [8, 5, 4, 3, 3, 2, 2]
 * stickiness.toFixed(3) // => '0.482'
 * ```
 */
export const powerUserCurve = ({ customers }: ActiveDaySummary): Either<EmptySample, PowerUserCurve> => {
  const active = customers.reduce((sum, count) => sum + count, 0)
  if (active === 0) return { _tag: 'Left', left: emptySample(['customers'], 'somebody active in the window') }
  const windowDays = customers.length
  const activeDays = customers.reduce((sum, count, index) => sum + count * (index + 1), 0)
  let rest = active
  const atLeast = customers.map((count) => {
    rest -= count
    return rest + count
  })
  const curve: PowerUserCurve = {
    windowDays,
    histogram: customers,
    atLeast,
    active,
    averageDaily: activeDays / windowDays,
    stickiness: activeDays / (windowDays * active),
    meanActiveDays: activeDays / active,
  }
  return { _tag: 'Right', right: curve }
}

/**
 * Stickiness from two counts: DAU/MAU, and the days of the window on which a customer is active on average.
 *
 * @param counts `daily`: customers active on an average day, not always whole; `active`: in the whole window
 * @returns `ZeroDenominator` where nobody is active, `OutOfRange` for numbers below 0, more daily than active, or a window
 * below one day.
 * @example
 * ```ts
 * import { stickinessRatio, unwrap } from 'treue'
 *
 * unwrap(stickinessRatio({ daily: 15_000, active: 50_000, windowDays: 30 })) // => { ratio: 0.3, activeDays: 9 }
 * ```
 */
export const stickinessRatio = (counts: {
  readonly daily: number
  readonly active: number
  readonly windowDays: number
}): Either<ZeroDenominator | OutOfRange, { readonly ratio: number; readonly activeDays: number }> => {
  const { daily, active, windowDays } = counts
  const fault = (name: keyof typeof counts, expected: string): Either<OutOfRange, never> => ({
    _tag: 'Left',
    left: outOfRange([name], counts[name], expected),
  })
  if (!(active >= 0 && active < Number.POSITIVE_INFINITY)) return fault('active', 'a number from 0')
  if (!(daily >= 0 && daily <= active)) return fault('daily', `a number from 0 to ${active}`)
  if (!(windowDays >= 1 && windowDays < Number.POSITIVE_INFINITY)) return fault('windowDays', 'a number from 1')
  return active === 0
    ? { _tag: 'Left', left: zeroDenominator(['active'], 'somebody active in the window') }
    : { _tag: 'Right', right: { ratio: daily / active, activeDays: (daily * windowDays) / active } }
}
