// What a customer is worth, by the formulas that are in use: sums of a margin over a lifetime.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { type UnboundedValue, unboundedValue } from './unbounded-value.ts'

/** From what a customer's value is computed. Amounts are in any one unit. */
export interface LifetimeTerms {
  /** What is earned of a customer per period, after the costs of serving them. */
  readonly margin: number
  /** The share who leave from one period to the next, from 0 to 1. */
  readonly churnRate: number
  /** By which share the others' margin grows from one period to the next; 0 when absent. It is added, not compounded. */
  readonly expansionRate?: number
  /** Interest per period; 0 when absent. */
  readonly discountRate?: number
  /** Whether the first margin comes now and is certain, or after a period and only of those who stay; `'now'` when absent. */
  readonly first?: 'now' | 'afterOnePeriod'
  /** How many margins count; all, for ever, when absent. Nothing is more wrong than a lifetime of 50 years. */
  readonly horizon?: number
}

/** What a customer is worth. */
export interface LifetimeValue {
  readonly value: number
  /** `value / margin`: the multiple of a period's margin. */
  readonly multiple: number
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 1

/**
 * Σ head · q^t over the margins that count, of q = 1 − decay; `null` where it has no end. Reckoned from the decay, whose digits
 * would be lost in 1 − q.
 */
const multipleOf = (decay: number, head: number, horizon: number | undefined): number | null => {
  if (horizon === undefined) return decay > 0 ? head / decay : null
  return decay === 0 ? head * horizon : (head * -Math.expm1(horizon * Math.log1p(-decay))) / decay
}

const termFault = (terms: LifetimeTerms): OutOfRange | null => {
  const { margin, churnRate, expansionRate = 0, discountRate = 0, horizon } = terms
  const largest = Number.MAX_VALUE
  if (!(Math.abs(margin) <= largest)) return outOfRange(['margin'], margin, 'a finite number')
  if (!(churnRate >= 0 && churnRate <= 1)) return outOfRange(['churnRate'], churnRate, 'a rate from 0 to 1')
  if (!(expansionRate >= 0 && expansionRate <= largest)) {
    return outOfRange(['expansionRate'], expansionRate, 'a rate from 0')
  }
  if (!(discountRate >= 0 && discountRate <= largest))
    return outOfRange(['discountRate'], discountRate, 'a rate from 0')
  return horizon === undefined || isWhole(horizon) ? null : outOfRange(['horizon'], horizon, 'a whole number from 1')
}

/**
 * Customer lifetime value: the sum of margins, each of those who are still there, discounted.
 *
 * Without discount and horizon it is margin / churn. With a discount i and retention r it is Gupta and Lehmann's margin
 * multiple, (1 + i) / (1 + i − r) with the first margin now, and r / (1 + i − r) with it after one period.
 *
 * Source: S. Gupta and D. R. Lehmann, Managing Customers as Investments (2005).
 *
 * @param terms see {@link LifetimeTerms}
 * @returns `UnboundedValue` where nobody leaves, or expansion makes up for it, and no horizon is set; `OutOfRange` for a
 * rate or horizon that is none, and a value too large for a number.
 * @example
 * ```ts
 * import { lifetimeValue, unwrap } from 'treue'
 *
 * unwrap(lifetimeValue({ margin: 375, churnRate: 0.025 })).value // => 15000
 * unwrap(lifetimeValue({ margin: 80, churnRate: 0, horizon: 120 })).value // => 9600
 * lifetimeValue({ margin: 80, churnRate: 0 })._tag // => 'Left'
 * ```
 */
export const lifetimeValue = (terms: LifetimeTerms): Either<OutOfRange | UnboundedValue, LifetimeValue> => {
  const fault = termFault(terms)
  if (fault !== null) return { _tag: 'Left', left: fault }
  const { margin, churnRate, expansionRate = 0, discountRate = 0, first = 'now', horizon } = terms
  const decay = (discountRate + churnRate - expansionRate) / (1 + discountRate)
  const stays = (1 - churnRate + expansionRate) / (1 + discountRate)
  const multiple = multipleOf(decay, first === 'now' ? 1 : stays, horizon)
  if (multiple === null) {
    return { _tag: 'Left', left: unboundedValue(['churnRate'], 'churn above expansion, a discount, or a horizon') }
  }
  const value = margin * multiple
  return Number.isFinite(value)
    ? { _tag: 'Right', right: { value, multiple } }
    : { _tag: 'Left', left: outOfRange(['horizon'], horizon, 'a horizon whose value is a finite number') }
}

/** How long customers stay. */
export interface CustomerLifetime {
  /** The mean number of periods: 1 / churn, or what of it falls into the horizon. */
  readonly periods: number
  /** The share who are still there at the horizon; 0 without one. */
  readonly remaining: number
}

/**
 * The mean lifetime of a customer at a constant churn, for ever or up to a horizon.
 *
 * @param churnRate the share who leave from one period to the next
 * @param horizon how many periods count; all when absent
 * @returns `UnboundedValue` where nobody leaves and no horizon is set, `OutOfRange` for a rate or horizon that is none.
 * @example
 * ```ts
 * import { customerLifetime, unwrap } from 'treue'
 *
 * unwrap(customerLifetime(0.02)).periods // => 50
 * unwrap(customerLifetime(0.02, 60)).periods.toFixed(2) // => '35.12'
 * ```
 */
export const customerLifetime = (
  churnRate: number,
  horizon?: number,
): Either<OutOfRange | UnboundedValue, CustomerLifetime> => {
  const value = lifetimeValue({ margin: 1, churnRate, ...(horizon === undefined ? {} : { horizon }) })
  if (value._tag === 'Left') return value
  const remaining = horizon === undefined ? 0 : (1 - churnRate) ** horizon
  return { _tag: 'Right', right: { periods: value.right.multiple, remaining } }
}

/**
 * The retention rate at which a sum spent on keeping each customer pays for itself.
 *
 * With it the same margin multiple, first margin after one period, must earn the cost as well.
 *
 * @param terms retention now, margin and cost per customer in one unit, and the discount per period
 * @returns the rate and by how much it is above the one now; `OutOfRange` for a rate outside [0, 1], a margin or cost that
 * isn't above 0, and where no rate up to 1 pays for it.
 * @example
 * ```ts
 * import { breakEvenRetention, unwrap } from 'treue'
 *
 * const { retentionRate } = unwrap(breakEvenRetention({ margin: 100, retentionRate: 0.8, discountRate: 0.1, cost: 40 }))
 * retentionRate.toFixed(4) // => '0.8295'
 * ```
 */
export const breakEvenRetention = (terms: {
  readonly margin: number
  readonly retentionRate: number
  readonly discountRate: number
  readonly cost: number
}): Either<OutOfRange | UnboundedValue, { readonly retentionRate: number; readonly change: number }> => {
  const { margin, retentionRate, discountRate, cost } = terms
  for (const name of ['margin', 'cost'] as const) {
    if (!(terms[name] > 0 && terms[name] < Number.POSITIVE_INFINITY)) {
      return { _tag: 'Left', left: outOfRange([name], terms[name], 'a number above 0') }
    }
  }
  const now = lifetimeValue({ margin, churnRate: 1 - retentionRate, discountRate, first: 'afterOnePeriod' })
  if (now._tag === 'Left') return now
  const multiple = now.right.multiple + cost / margin
  const needed = (multiple * (1 + discountRate)) / (1 + multiple)
  return needed <= 1
    ? { _tag: 'Right', right: { retentionRate: needed, change: needed - retentionRate } }
    : { _tag: 'Left', left: outOfRange(['cost'], cost, 'a cost that retention up to 1 pays for') }
}
