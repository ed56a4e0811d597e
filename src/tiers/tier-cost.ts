// What the members of a forecast cost, tier by tier.

import { type Either, isLeft } from 'fp-ts/Either'
import {
  addMoney,
  type CurrencyMismatch,
  compareMoney,
  type Decimal,
  type DecimalInput,
  formatDecimal,
  type InvalidValue,
  invalidValue,
  type Money,
  multiplyMoney,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  toDecimal,
  underPath,
} from '../foundation/index.ts'
import type { TierForecast, TierForecastCell } from './tier-forecast.ts'

/** What members cost. */
export interface TierCostOptions {
  /** Per tier, for one member and one period, in one currency. */
  readonly costs: ReadonlyArray<Money>
  /** By how much more one period later must bring to be worth the same, such as `"0.02"`; 0, no discount, when absent. */
  readonly discountRate?: DecimalInput
  /** How each amount is rounded to the minor unit; `'halfEven'` when absent. */
  readonly rounding?: RoundingMode
}

/** What the members of one period cost. */
export interface TierPeriodCost {
  /** Per tier. */
  readonly tiers: ReadonlyArray<Money>
  readonly total: Money
  /** The total is between these at least as often as the confidence of the forecast says, however tiers hang together. */
  readonly lower: Money
  readonly upper: Money
}

/** What the members of a forecast cost. */
export interface TierCostForecast {
  /** The first one is the next. */
  readonly periods: ReadonlyArray<TierPeriodCost>
  /** Per tier, over all periods. */
  readonly tiers: ReadonlyArray<Money>
  readonly total: Money
  /** Of all periods together, and so at least as wide as it has to be. */
  readonly lower: Money
  readonly upper: Money
}

/** Why there is no cost. */
export type TierCostFault = InvalidValue | OutOfRange | CurrencyMismatch

type Result<A> = Either<TierCostFault, A>

const under = <A>(path: ReadonlyArray<string | number>, result: Result<A>): Result<A> =>
  isLeft(result) ? { _tag: 'Left', left: underPath(path, [result.left])[0] ?? result.left } : result

const checkCosts = (costs: ReadonlyArray<Money>, tiers: number): Result<Money> => {
  const first = costs[0]
  if (first === undefined || costs.length !== tiers) {
    return { _tag: 'Left', left: invalidValue(['costs'], costs, `${tiers} amounts, one per tier`) }
  }
  for (const [tier, cost] of costs.entries()) {
    const compared = compareMoney(first, cost)
    if (isLeft(compared)) return under(['costs', tier], compared)
    if (!Number.isSafeInteger(cost.minor)) return { _tag: 'Left', left: invalidValue(['costs', tier], cost, 'money') }
  }
  return { _tag: 'Right', right: first }
}

const rateOf = (rate: DecimalInput): Result<Decimal> => {
  const decimal = toDecimal(rate)
  if (isLeft(decimal)) return under(['discountRate'], decimal)
  return decimal.right.isNegative()
    ? { _tag: 'Left', left: outOfRange(['discountRate'], formatDecimal(decimal.right), 'a rate from 0 on') }
    : decimal
}

/** The expected number of members to nine decimals, which is more than it is known to. */
const membersOf = (members: number): Result<Decimal> => toDecimal(members.toFixed(9))

const sumOf = (amounts: ReadonlyArray<Money>, zero: Money): Result<Money> => {
  let sum: Result<Money> = { _tag: 'Right', right: zero }
  for (const amount of amounts) {
    if (isLeft(sum)) return sum
    sum = addMoney(sum.right, amount)
  }
  return sum
}

/** What so many members per tier cost, each rounded. */
const amountsOf = (
  members: ReadonlyArray<number>,
  costs: ReadonlyArray<Money>,
  growth: Decimal,
  rounding: RoundingMode,
): Either<TierCostFault, ReadonlyArray<Money>> => {
  const tiers: Array<Money> = []
  for (const [tier, cost] of costs.entries()) {
    const present = membersOf(members[tier] ?? 0)
    if (isLeft(present)) return present
    const amount = multiplyMoney(cost, present.right.dividedBy(growth), rounding)
    if (isLeft(amount)) return amount
    tiers.push(amount.right)
  }
  return { _tag: 'Right', right: tiers }
}

const periodCost = (
  cells: ReadonlyArray<TierForecastCell>,
  costs: ReadonlyArray<Money>,
  growth: Decimal,
  rounding: RoundingMode,
  zero: Money,
): Result<TierPeriodCost> => {
  const sumFor = (members: ReadonlyArray<number>, mode: RoundingMode): Result<Money> => {
    const amounts = amountsOf(members, costs, growth, mode)
    return isLeft(amounts) ? amounts : sumOf(amounts.right, zero)
  }
  const tiers = amountsOf(
    cells.map(({ members }) => members),
    costs,
    growth,
    rounding,
  )
  if (isLeft(tiers)) return tiers
  const total = sumOf(tiers.right, zero)
  if (isLeft(total)) return total
  // Deviations of tiers add up at most: a sum's standard error is no more than the sum of those of its parts.
  const isCost = (tier: number): boolean => (costs[tier]?.minor ?? 0) >= 0
  const lower = sumFor(
    cells.map((cell, tier) => (isCost(tier) ? cell.lower : cell.upper)),
    'floor',
  )
  if (isLeft(lower)) return lower
  const upper = sumFor(
    cells.map((cell, tier) => (isCost(tier) ? cell.upper : cell.lower)),
    'ceil',
  )
  if (isLeft(upper)) return upper
  return {
    _tag: 'Right',
    right: { tiers: tiers.right, total: total.right, lower: lower.right, upper: upper.right },
  }
}

const totalOf = (periods: ReadonlyArray<TierPeriodCost>, tiers: number, zero: Money): Result<TierCostForecast> => {
  const sums: Array<Money> = []
  for (let tier = 0; tier < tiers; tier += 1) {
    const sum = sumOf(
      periods.flatMap((period) => period.tiers.slice(tier, tier + 1)),
      zero,
    )
    if (isLeft(sum)) return sum
    sums.push(sum.right)
  }
  const total = sumOf(sums, zero)
  if (isLeft(total)) return total
  const lower = sumOf(
    periods.map((period) => period.lower),
    zero,
  )
  if (isLeft(lower)) return lower
  const upper = sumOf(
    periods.map((period) => period.upper),
    zero,
  )
  if (isLeft(upper)) return upper
  return {
    _tag: 'Right',
    right: { periods, tiers: sums, total: total.right, lower: lower.right, upper: upper.right },
  }
}

/**
 * What the expected members of a forecast cost. The number of members is taken to nine decimals; from there on all is
 * exact but for the discount (80 digits): the amount of each tier and period is rounded once, and all totals are sums of
 * these, so that the table adds up. The bounds of totals are sums of the tiers' own, rounded outwards: they hold however
 * tiers hang together, and are wider than they would have to be where one tier gains what another loses. Members pay their period at its end: the next period's cost is discounted once.
 *
 * @param forecast from {@link tierForecast}
 * @param options see {@link TierCostOptions}
 * @returns `CurrencyMismatch` at the first cost in another currency than the first one, `InvalidValue` for other than a
 * cost per tier and a rate that is no decimal, `OutOfRange` for a rate below 0 and an amount too large to be exact.
 * @example
 * ```ts
 * import { formatAmount, money, tierCosts, tierForecast, type TierId, unwrap } from 'treue'
 *
 * const transitions = { counts: [[750, 200], [100, 400]], joined: [0, 0], left: [50, 0] }
 * const forecast = unwrap(tierForecast(transitions, ['base', 'gold'] as TierId[], [2000, 500], { periods: 1 }))
 * const costs = [unwrap(money('0.50', 'EUR')), unwrap(money('12.00', 'EUR'))]
 * const { periods, total } = unwrap(tierCosts(forecast, { costs, discountRate: '0.02' }))
 * periods[0]?.tiers.map(formatAmount) // => ['784.31', '9411.76']
 * formatAmount(total) // => '10196.07'
 * const bounds = [periods[0]?.lower, periods[0]?.upper].map((amount) => amount && formatAmount(amount))
 * bounds // => ['9389.95', '11002.21']
 * ```
 */
export const tierCosts = (
  forecast: TierForecast,
  options: TierCostOptions,
): Either<TierCostFault, TierCostForecast> => {
  const { costs, discountRate = 0, rounding = 'halfEven' } = options
  const checked = checkCosts(costs, forecast.tiers.length)
  if (isLeft(checked)) return checked
  const rate = rateOf(discountRate)
  if (isLeft(rate)) return rate
  const zero: Money = { minor: 0, currency: checked.right.currency }
  const factor = rate.right.plus(1)
  const periods: Array<TierPeriodCost> = []
  let growth = factor
  for (const [period, cells] of forecast.periods.entries()) {
    const cost = under(['periods', period], periodCost(cells, costs, growth, rounding, zero))
    if (isLeft(cost)) return cost
    periods.push(cost.right)
    growth = growth.times(factor)
  }
  return totalOf(periods, costs.length, zero)
}
