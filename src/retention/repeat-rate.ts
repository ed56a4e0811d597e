// Which share of a window's customers bought more than once.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../foundation/index.ts'
import {
  type HistoryOptions,
  type PurchaseCounting,
  type PurchaseHistories,
  purchaseHistories,
} from './purchase-history.ts'
import { isDay, type PurchaseLog } from './purchase-log.ts'

/**
 * Which purchases make a repeat buyer of somebody who bought in the window: two within it; two by its end; or two at any
 * time, which lets later purchases change past figures (Shopify's returning customers).
 */
export type RepeatDefinition = 'inWindow' | 'byWindowEnd' | 'lifetime'

/** How repeat buyers are counted. */
export interface RepeatOptions extends Omit<HistoryOptions, 'asOf'> {
  /** The dates in which a customer must have bought to be counted at all. */
  readonly window: CivilPeriod
  /** The last day that counts. */
  readonly asOf: CivilDate
  /** `'inWindow'` when absent: then the figure of a past window never changes. */
  readonly definition?: RepeatDefinition
  /** `'orders'` when absent: every order counts, two of one day too. */
  readonly counting?: PurchaseCounting
}

/** Repeat buyers, counted by each definition. */
export interface RepeatSummary {
  /** Customers who bought in the window. */
  readonly buyers: number
  readonly inWindow: number
  readonly byWindowEnd: number
  readonly lifetime: number
}

/** The share of repeat buyers. */
export interface RepeatRate {
  readonly definition: RepeatDefinition
  readonly buyers: number
  readonly repeatBuyers: number
  /** `repeatBuyers / buyers` */
  readonly rate: number
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/**
 * Reads a {@link RepeatSummary}.
 *
 * @example
 * ```ts
 * import { decode, RepeatSummary } from 'treue'
 *
 * decode(RepeatSummary, { buyers: 4, inWindow: 1, byWindowEnd: 2, lifetime: 3 })._tag // => 'Right'
 * ```
 */
export const RepeatSummary: Codec<RepeatSummary> = /* @__PURE__ */ structCodec('RepeatSummary', {
  buyers: count,
  inWindow: count,
  byWindowEnd: count,
  lifetime: count,
})

const emptySummary: RepeatSummary = { buyers: 0, inWindow: 0, byWindowEnd: 0, lifetime: 0 }

/**
 * Merges counts of repeat buyers of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { repeatMonoid } from 'treue'
 *
 * const shard = { buyers: 4, inWindow: 1, byWindowEnd: 2, lifetime: 3 }
 * repeatMonoid.concat(shard, repeatMonoid.empty) // => shard
 * ```
 */
export const repeatMonoid: Monoid<RepeatSummary> = {
  empty: emptySummary,
  concat: (first, second) => ({
    buyers: first.buyers + second.buyers,
    inWindow: first.inWindow + second.inWindow,
    byWindowEnd: first.byWindowEnd + second.byWindowEnd,
    lifetime: first.lifetime + second.lifetime,
  }),
}

/** How many of the sorted days lie before `day`. */
const daysBefore = (days: Int32Array, day: number): number => {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((days[middle] as number) < day) low = middle + 1
    else high = middle
  }
  return low
}

const countRepeats = ({ starts, days }: PurchaseHistories, { from, until }: CivilPeriod): RepeatSummary => {
  const summary = { ...emptySummary }
  const add = (key: keyof RepeatSummary, holds: boolean): void => {
    if (holds) summary[key] += 1
  }
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const own = days.subarray(starts[customer], starts[customer + 1])
    const byEnd = daysBefore(own, until)
    const within = byEnd - daysBefore(own, from)
    if (within === 0) continue
    add('buyers', true)
    add('inWindow', within > 1)
    add('byWindowEnd', byEnd > 1)
    add('lifetime', own.length > 1)
  }
  return summary
}

/**
 * Counts a window's repeat buyers by each definition.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param options see {@link RepeatOptions}
 * @returns `InvalidValue` when `asOf` is no date or the window ends before it begins.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseRepeats, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2025-12-30') }, { customer: 'ann', day: date('2026-01-06') }]))
 * const window = { from: date('2026-01-01'), until: date('2026-02-01') }
 * unwrap(summariseRepeats(log, { window, asOf: date('2026-03-01') }))
 * // => { buyers: 1, inWindow: 0, byWindowEnd: 1, lifetime: 1 }
 * ```
 */
export const summariseRepeats = (log: PurchaseLog, options: RepeatOptions): Either<InvalidValue, RepeatSummary> => {
  const { window, counting = 'orders' } = options
  if (!(isDay(window.from) && isDay(window.until) && window.from <= window.until)) {
    return { _tag: 'Left', left: invalidValue(['window'], window, 'a date and one not before it') }
  }
  const histories = purchaseHistories(log, { ...options, counting })
  return histories._tag === 'Left' ? histories : { _tag: 'Right', right: countRepeats(histories.right, window) }
}

/**
 * The repeat rate of a summary.
 *
 * @param summary from {@link summariseRepeats} or merged by {@link repeatMonoid}
 * @param definition `'inWindow'` when absent
 * @returns `EmptySample` when nobody bought in the window.
 * @example
 * ```ts
 * import { finishRepeats, unwrap } from 'treue'
 *
 * const summary = { buyers: 4, inWindow: 1, byWindowEnd: 2, lifetime: 3 }
 * unwrap(finishRepeats(summary)).rate // => 0.25
 * unwrap(finishRepeats(summary, 'lifetime')).rate // => 0.75
 * ```
 */
export const finishRepeats = (
  summary: RepeatSummary,
  definition: RepeatDefinition = 'inWindow',
): Either<EmptySample, RepeatRate> => {
  const { buyers } = summary
  const repeatBuyers = summary[definition]
  return buyers === 0
    ? { _tag: 'Left', left: emptySample([], 'a customer who bought in the window') }
    : { _tag: 'Right', right: { definition, buyers, repeatBuyers, rate: repeatBuyers / buyers } }
}

/**
 * Which share of the customers who bought in a window bought more than once.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}
 * @param options see {@link RepeatOptions}
 * @returns `EmptySample` when nobody bought in the window, `InvalidValue` when `asOf` is no date or the window ends before
 * it begins.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, repeatPurchaseRate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, text: string) => ({ customer, day: date(text) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-02'), buy('ann', '2026-01-20'), buy('bob', '2026-01-03')]))
 * const window = { from: date('2026-01-01'), until: date('2026-02-01') }
 * unwrap(repeatPurchaseRate(log, { window, asOf: date('2026-03-01') })).rate // => 0.5
 * ```
 */
export const repeatPurchaseRate = (
  log: PurchaseLog,
  options: RepeatOptions,
): Either<EmptySample | InvalidValue, RepeatRate> => {
  const summary = summariseRepeats(log, options)
  return summary._tag === 'Left' ? summary : finishRepeats(summary.right, options.definition)
}
