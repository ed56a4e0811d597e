// What customers cost and what comes back: acquisition, payback, campaigns.

import type { Either } from 'fp-ts/Either'
import { type Money, type OutOfRange, outOfRange, type ZeroDenominator, zeroDenominator } from '../foundation/index.ts'

/** A finite number from 0. */
const amountFault = (name: string, value: number): OutOfRange | null =>
  value >= 0 && value < Number.POSITIVE_INFINITY ? null : outOfRange([name], value, 'a number from 0')

const ratio = (
  over: Readonly<Record<string, number>>,
  under: Readonly<Record<string, number>>,
  expected: string,
): Either<ZeroDenominator | OutOfRange, number> => {
  const product = (factors: Readonly<Record<string, number>>): number =>
    Object.values(factors).reduce((whole, factor) => whole * factor, 1)
  for (const [name, value] of Object.entries({ ...over, ...under })) {
    const fault = amountFault(name, value)
    if (fault !== null) return { _tag: 'Left', left: fault }
  }
  const zero = Object.entries(under).find(([, value]) => value === 0)
  if (zero !== undefined) return { _tag: 'Left', left: zeroDenominator([zero[0]], expected) }
  return { _tag: 'Right', right: product(over) / product(under) }
}

/**
 * Customer acquisition cost: what was spent on sales and marketing by the customers it won.
 *
 * @param spend in any unit
 * @param newCustomers how many
 * @returns in that unit, not rounded; `ZeroDenominator` without new customers, `OutOfRange` for numbers below 0.
 * @example
 * ```ts
 * import { acquisitionCost, unwrap } from 'treue'
 *
 * unwrap(acquisitionCost(12_000, 80)) // => 150
 * ```
 */
export const acquisitionCost = (spend: number, newCustomers: number): Either<ZeroDenominator | OutOfRange, number> =>
  ratio({ spend }, { newCustomers }, 'new customers')

/**
 * In how many periods a customer's margin has paid back what it cost to win them.
 *
 * @param terms acquisition cost, revenue per period and the share of it that is margin, so that it is cost / (revenue × margin)
 * @returns `ZeroDenominator` without revenue or margin, `OutOfRange` for numbers below 0.
 * @example
 * ```ts
 * import { paybackPeriods, unwrap } from 'treue'
 *
 * unwrap(paybackPeriods({ acquisitionCost: 6000, revenue: 500, grossMargin: 0.75 })) // => 16
 * ```
 */
export const paybackPeriods = (terms: {
  readonly acquisitionCost: number
  readonly revenue: number
  readonly grossMargin: number
}): Either<ZeroDenominator | OutOfRange, number> =>
  ratio(
    { acquisitionCost: terms.acquisitionCost },
    { revenue: terms.revenue, grossMargin: terms.grossMargin },
    'revenue with a margin',
  )

/**
 * LTV:CAC, what a customer is worth by what they cost.
 *
 * @param lifetime their value, such as from {@link lifetimeValue}
 * @param cost their acquisition cost, in the same unit
 * @returns `ZeroDenominator` where they cost nothing, `OutOfRange` for numbers below 0.
 * @example
 * ```ts
 * import { lifetimeToAcquisitionCost, unwrap } from 'treue'
 *
 * unwrap(lifetimeToAcquisitionCost(15_000, 6000)) // => 2.5
 * ```
 */
export const lifetimeToAcquisitionCost = (
  lifetime: number,
  cost: number,
): Either<ZeroDenominator | OutOfRange, number> => ratio({ lifetime }, { cost }, 'a cost above 0')

/** What a campaign brought. */
export interface CampaignReturn {
  /** (margin of the revenue − cost) / cost; below 0 for a loss. */
  readonly returnOnInvestment: number
  /** Return on ad spend: revenue / cost. */
  readonly returnOnSpend: number
}

/**
 * The return of a campaign. Without a holdout it takes all revenue as the campaign's own: hand in what
 * {@link holdoutRevenue} calls incremental where there is one.
 *
 * @param terms revenue (below 0 where an incremental one is), cost, and the share of revenue that is margin, 1 when absent
 * @returns `ZeroDenominator` where it cost nothing, `OutOfRange` for a cost or margin below 0, and what is no number.
 * @example
 * ```ts
 * import { campaignReturn, unwrap } from 'treue'
 *
 * unwrap(campaignReturn({ revenue: 12_000, cost: 2000 })) // => { returnOnInvestment: 5, returnOnSpend: 6 }
 * unwrap(campaignReturn({ revenue: 12_000, cost: 2000, grossMargin: 0.25 })).returnOnInvestment // => 0.5
 * ```
 */
export const campaignReturn = (terms: {
  readonly revenue: number
  readonly cost: number
  readonly grossMargin?: number
}): Either<ZeroDenominator | OutOfRange, CampaignReturn> => {
  const { revenue, cost, grossMargin = 1 } = terms
  const fault = amountFault('cost', cost) ?? amountFault('grossMargin', grossMargin)
  if (fault !== null) return { _tag: 'Left', left: fault }
  if (!Number.isFinite(revenue)) return { _tag: 'Left', left: outOfRange(['revenue'], revenue, 'a finite number') }
  return cost === 0
    ? { _tag: 'Left', left: zeroDenominator(['cost'], 'a cost above 0') }
    : {
        _tag: 'Right',
        right: { returnOnInvestment: (revenue * grossMargin - cost) / cost, returnOnSpend: revenue / cost },
      }
}

/** Keeping customers and winning them, side by side. */
export interface RetentionVersusAcquisition {
  readonly costPerRetained: number
  readonly costPerNew: number
  /** How often a customer could be kept for what it costs to win one. */
  readonly ratio: number
}

/**
 * What it costs to keep a customer, beside what it costs to win one.
 *
 * Both are plain ratios: for the share that would have stayed anyway there is {@link holdoutLift}.
 *
 * @param terms spent on either in one unit, and how many were kept and won
 * @returns `ZeroDenominator` where nobody was kept or won, or keeping cost nothing; `OutOfRange` for numbers below 0.
 * @example
 * ```ts
 * import { retentionVersusAcquisition, unwrap } from 'treue'
 *
 * const terms = { retentionSpend: 2000, retained: 400, acquisitionSpend: 5000, won: 200 }
 * unwrap(retentionVersusAcquisition(terms)) // => { costPerRetained: 5, costPerNew: 25, ratio: 5 }
 * ```
 */
export const retentionVersusAcquisition = (terms: {
  readonly retentionSpend: number
  readonly retained: number
  readonly acquisitionSpend: number
  readonly won: number
}): Either<ZeroDenominator | OutOfRange, RetentionVersusAcquisition> => {
  const { retentionSpend, retained, acquisitionSpend, won } = terms
  const kept = ratio({ retentionSpend }, { retained }, 'customers who stayed')
  if (kept._tag === 'Left') return kept
  const fresh = ratio({ acquisitionSpend }, { won }, 'customers who were won')
  if (fresh._tag === 'Left') return fresh
  return kept.right === 0
    ? { _tag: 'Left', left: zeroDenominator(['retentionSpend'], 'a cost above 0') }
    : {
        _tag: 'Right',
        right: { costPerRetained: kept.right, costPerNew: fresh.right, ratio: fresh.right / kept.right },
      }
}

/**
 * Average order value: revenue, refunds taken off, by orders. A refunded order stays an order. Of a log of orders and their
 * refunds it is in {@link commerceFigures}; this one takes totals, such as of refunds by the day on which they were given.
 *
 * @param revenue before refunds
 * @param orders how many
 * @param refunds in the same currency, at most the revenue; none when absent
 * @returns in minor units, not rounded; `ZeroDenominator` without orders, `OutOfRange` for counts or amounts below 0, for
 * more refunds than revenue, and for refunds in another currency.
 * @example
 * ```ts
 * import { averageOrderValue, money, unwrap } from 'treue'
 *
 * const euros = (amount: string) => unwrap(money(amount, 'EUR'))
 * unwrap(averageOrderValue(euros('43'), 13, euros('4'))) // => 300
 * averageOrderValue(euros('0'), 0)._tag // => 'Left'
 * ```
 */
export const averageOrderValue = (
  revenue: Money,
  orders: number,
  refunds?: Money,
): Either<ZeroDenominator | OutOfRange, number> => {
  if (refunds !== undefined && refunds.currency !== revenue.currency) {
    return { _tag: 'Left', left: outOfRange(['refunds'], refunds.currency, `an amount in ${revenue.currency}`) }
  }
  const refunded = refunds?.minor ?? 0
  const fault = amountFault('refunds', refunded)
  if (fault !== null) return { _tag: 'Left', left: fault }
  return ratio({ revenue: revenue.minor - refunded }, { orders }, 'at least one order')
}
