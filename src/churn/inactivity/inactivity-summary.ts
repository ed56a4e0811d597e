// How many customers of a population are still there. The loops fill arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CivilDate,
  type Codec,
  decode,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  structCodec,
  type Zone,
} from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import { InactivityRule, standardInactivityRule } from './inactivity-rule.ts'
import { type InactivityState, stateAfter, thresholdOf } from './inactivity-threshold.ts'
import { lastOf } from './own-rhythm.ts'

/** How a population's states are found. */
export interface InactivityOptions {
  /** The last day that counts. */
  readonly asOf: CivilDate
  /** `{ type: 'ownRhythm' }` when absent. */
  readonly rule?: InactivityRule
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** The state of each customer, and what it follows from; an entry per customer index in each list. */
export interface InactivityColumns {
  /** The id of each customer index. */
  readonly customers: ReadonlyArray<string>
  /** `null` for a customer who hadn't bought by then. */
  readonly states: ReadonlyArray<InactivityState | null>
  /** Days since the last purchase; −1 where there is none. */
  readonly silentDays: Int32Array
  /** At risk with a longer silence; 0 where there is no purchase. */
  readonly atRiskAfterDays: Float64Array
  /** Gone with a longer silence; 0 where there is no purchase. */
  readonly churnedAfterDays: Float64Array
}

const columnsOf = (
  { customers, starts, days }: PurchaseHistories,
  asOf: CivilDate,
  rule: InactivityRule,
): InactivityColumns => {
  const silentDays = new Int32Array(customers.length).fill(-1)
  const atRiskAfterDays = new Float64Array(customers.length)
  const churnedAfterDays = new Float64Array(customers.length)
  const states = customers.map((_, index): InactivityState | null => {
    const own = days.subarray(starts[index], starts[index + 1])
    if (own.length === 0) return null
    const threshold = thresholdOf(rule, own)
    const silent = asOf - lastOf(own)
    silentDays[index] = silent
    atRiskAfterDays[index] = threshold.atRiskAfterDays
    churnedAfterDays[index] = threshold.churnedAfterDays
    return stateAfter(silent, threshold)
  })
  return { customers, states, silentDays, atRiskAfterDays, churnedAfterDays }
}

/**
 * The state of every customer of a purchase log; equal to {@link inactivityOf} of each.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link InactivityOptions}
 * @returns `InvalidValue` for a date or a part of the rule that is none.
 * @example
 * ```ts
 * import { encodePurchases, inactivityStates, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }, { customer: 'bob', day: date('2026-04-30') }]))
 * unwrap(inactivityStates(log, { asOf: date('2026-05-01') })).states // => ['atRisk', 'active']
 * ```
 */
export const inactivityStates = (
  log: PurchaseLog,
  options: InactivityOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue>, InactivityColumns> => {
  const { asOf, rule = standardInactivityRule, zone } = options
  const checked = decode(InactivityRule, rule)
  if (checked._tag === 'Left') return checked
  const histories = purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone })
  return histories._tag === 'Left'
    ? { _tag: 'Left', left: [histories.left] }
    : { _tag: 'Right', right: columnsOf(histories.right, asOf, checked.right) }
}

/** Customers by state, counted. */
export interface InactivitySummary {
  readonly active: number
  readonly atRisk: number
  readonly churned: number
  /** Those who hadn't bought by then. */
  readonly notYet: number
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/**
 * Reads an {@link InactivitySummary}.
 *
 * @example
 * ```ts
 * import { decode, InactivitySummary } from 'treue'
 *
 * decode(InactivitySummary, { active: 5, atRisk: 2, churned: 3, notYet: 0 })._tag // => 'Right'
 * ```
 */
export const InactivitySummary: Codec<InactivitySummary> = /* @__PURE__ */ structCodec('InactivitySummary', {
  active: count,
  atRisk: count,
  churned: count,
  notYet: count,
})

/**
 * Merges counts of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { inactivityMonoid } from 'treue'
 *
 * const shard = { active: 5, atRisk: 2, churned: 3, notYet: 0 }
 * inactivityMonoid.concat(shard, shard).active // => 10
 * ```
 */
export const inactivityMonoid: Monoid<InactivitySummary> = {
  empty: { active: 0, atRisk: 0, churned: 0, notYet: 0 },
  concat: (first, second) => ({
    active: first.active + second.active,
    atRisk: first.atRisk + second.atRisk,
    churned: first.churned + second.churned,
    notYet: first.notYet + second.notYet,
  }),
}

/**
 * Counts the customers of a purchase log by state.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param options see {@link InactivityOptions}
 * @returns `InvalidValue` for a date or a part of the rule that is none.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseInactivity, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }, { customer: 'bob', day: date('2026-04-30') }]))
 * unwrap(summariseInactivity(log, { asOf: date('2026-05-01') })) // => { active: 1, atRisk: 1, churned: 0, notYet: 0 }
 * ```
 */
export const summariseInactivity = (
  log: PurchaseLog,
  options: InactivityOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue>, InactivitySummary> => {
  const columns = inactivityStates(log, options)
  if (columns._tag === 'Left') return columns
  const tally = { ...inactivityMonoid.empty }
  for (const state of columns.right.states) tally[state ?? 'notYet'] += 1
  return { _tag: 'Right', right: tally }
}

/** How many customers are still there. */
export interface InactivityShares {
  /** Everybody who had bought. */
  readonly customers: number
  readonly active: number
  readonly atRisk: number
  readonly churned: number
  readonly activeShare: number
  readonly atRiskShare: number
  readonly churnedShare: number
}

/**
 * The share of customers in each state.
 *
 * @param summary from {@link summariseInactivity} or merged by {@link inactivityMonoid}
 * @returns `EmptySample` when nobody had bought.
 * @example
 * ```ts
 * import { finishInactivity, unwrap } from 'treue'
 *
 * unwrap(finishInactivity({ active: 5, atRisk: 2, churned: 3, notYet: 4 })).churnedShare // => 0.3
 * ```
 */
export const finishInactivity = (summary: InactivitySummary): Either<EmptySample, InactivityShares> => {
  const { active, atRisk, churned } = summary
  const customers = active + atRisk + churned
  if (customers === 0) return { _tag: 'Left', left: emptySample([], 'a customer who has bought') }
  return {
    _tag: 'Right',
    right: {
      customers,
      active,
      atRisk,
      churned,
      activeShare: active / customers,
      atRiskShare: atRisk / customers,
      churnedShare: churned / customers,
    },
  }
}
