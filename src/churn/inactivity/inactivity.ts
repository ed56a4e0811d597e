// Whether one customer is still there, as of a day: the state, since when, and why.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addDays,
  type CivilDate,
  decode,
  type EmptySample,
  formatCivilDate,
  type InvalidValue,
} from '../../foundation/index.ts'
import { InactivityRule, standardInactivityRule } from './inactivity-rule.ts'
import { type InactivityState, type InactivityThreshold, stateAfter, thresholdOf } from './inactivity-threshold.ts'
import { lastOf, purchaseDays } from './own-rhythm.ts'

/** Whether a customer is still there, since when, and why. */
export interface Inactivity extends InactivityThreshold {
  readonly state: InactivityState
  /** The day on which that state began. */
  readonly since: CivilDate
  readonly lastPurchase: CivilDate
  /** Days since the last purchase. */
  readonly silentDays: number
  /** The day on which each state begins, or will if nothing is bought until then. */
  readonly begins: { readonly [state in InactivityState]: CivilDate }
}

/** Everything that keeps a customer from having a state. */
export type InactivityFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue>

/** The first day with a silence longer than that. */
const dayAfter = (lastPurchase: CivilDate, days: number): CivilDate => addDays(lastPurchase, Math.floor(days) + 1)

const inactivityAt = (days: Int32Array, asOf: CivilDate, rule: InactivityRule): Inactivity => {
  const threshold = thresholdOf(rule, days)
  const lastPurchase = lastOf(days)
  const silentDays = asOf - lastPurchase
  const state = stateAfter(silentDays, threshold)
  const begins = {
    active: lastPurchase,
    atRisk: dayAfter(lastPurchase, threshold.atRiskAfterDays),
    churned: dayAfter(lastPurchase, threshold.churnedAfterDays),
  }
  return { ...threshold, state, since: begins[state], lastPurchase, silentDays, begins }
}

/**
 * Whether a customer is still there, measured against their own history as of a day.
 *
 * Nothing after `asOf` has any influence: the state of a past day never changes.
 *
 * @param purchases the dates of the customer's purchases, in any order; two of one day are one
 * @param asOf the last day that counts
 * @param rule `{ type: 'ownRhythm' }` when absent; see {@link InactivityRule}
 * @returns `EmptySample` for somebody who hadn't bought by then, `InvalidValue` for a date or a part of the rule that is
 * none.
 * @example
 * ```ts
 * import { formatCivilDate, inactivityOf, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const everyTenDays = [date('2026-01-01'), date('2026-01-11'), date('2026-01-21'), date('2026-01-31')]
 * const { state, silentDays, begins } = unwrap(inactivityOf(everyTenDays, date('2026-02-25')))
 * state // => 'atRisk'
 * silentDays // => 25
 * formatCivilDate(begins.atRisk) // => '2026-02-21'
 * formatCivilDate(begins.churned) // => '2026-03-03'
 * ```
 */
export const inactivityOf = (
  purchases: ReadonlyArray<CivilDate>,
  asOf: CivilDate,
  rule: InactivityRule = standardInactivityRule,
): Either<InactivityFaults, Inactivity> => {
  const checked = decode(InactivityRule, rule)
  if (checked._tag === 'Left') return checked
  const days = purchaseDays(purchases, asOf)
  return days._tag === 'Left'
    ? { _tag: 'Left', left: [days.left] }
    : { _tag: 'Right', right: inactivityAt(days.right, asOf, checked.right) }
}

const states: { readonly [state in InactivityState]: string } = {
  active: 'active',
  atRisk: 'at risk',
  churned: 'churned',
}

const usual = ({ rule, gaps, usualDays }: InactivityThreshold): string => {
  if (usualDays === null) return `with ${gaps} gap${gaps === 1 ? '' : 's'} so far, fixed days hold`
  const days = usualDays.toFixed(1)
  return rule === 'ownRhythm' ? `buys every ${days} days on average` : `mostly buys again within ${days} days`
}

/**
 * Says why a customer has the state that they have.
 *
 * @param inactivity from {@link inactivityOf}
 * @example
 * ```ts
 * import { explainInactivity, inactivityOf, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const everyTenDays = [date('2026-01-01'), date('2026-01-11'), date('2026-01-21'), date('2026-01-31')]
 * explainInactivity(unwrap(inactivityOf(everyTenDays, date('2026-02-25'))))
 * // => 'at risk since 2026-02-21: last bought on 2026-01-31, 25 days ago; buys every 10.0 days on average, so more than 20 days are a risk and more than 30 the end'
 * ```
 */
export const explainInactivity = (inactivity: Inactivity): string => {
  const { state, since, lastPurchase, silentDays, atRiskAfterDays, churnedAfterDays } = inactivity
  const last = `last bought on ${formatCivilDate(lastPurchase)}, ${silentDays} day${silentDays === 1 ? '' : 's'} ago`
  const limits = `more than ${Math.floor(atRiskAfterDays)} days are a risk and more than ${Math.floor(churnedAfterDays)} the end`
  return `${states[state]} since ${formatCivilDate(since)}: ${last}; ${usual(inactivity)}, so ${limits}`
}
