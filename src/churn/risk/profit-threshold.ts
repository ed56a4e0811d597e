// From which score on it pays to act, in exact money.

import type { Either } from 'fp-ts/Either'
import {
  type CurrencyMismatch,
  type EmptySample,
  exactProduct,
  exactSum,
  type Money,
  type OutOfRange,
  outOfRange,
  subtractMoney,
} from '../../foundation/index.ts'
import { type ScoreGroups, someCustomers } from './score-groups.ts'

/** What acting on a customer brings, against leaving them alone. */
export interface ActionPayoff {
  /** Of one to whom it would happen; mostly above 0: what is kept, less what acting costs. */
  readonly found: Money
  /** Of one to whom it would not; mostly below 0: what acting costs. */
  readonly falseAlarm: Money
}

/** From which score on it pays to act. */
export interface ProfitThreshold {
  /** Act on customers with at least that score; `null` where acting on nobody is best. */
  readonly threshold: number | null
  readonly selected: number
  readonly found: number
  /** Of all selected together; 0 of nobody. */
  readonly profit: Money
  /** The profit of every threshold, by falling score as `rocCurve` has them, in minor units. */
  readonly profits: ReadonlyArray<number>
}

/** Why there is no threshold. */
export type ProfitFault = EmptySample | OutOfRange | CurrencyMismatch

/** What finding brings more than a false alarm, of whole minor units. */
const spreadOf = ({ found, falseAlarm }: ActionPayoff): Either<OutOfRange | CurrencyMismatch, Money> => {
  if (!Number.isSafeInteger(found.minor))
    return { _tag: 'Left', left: outOfRange(['found'], found.minor, 'whole minor units') }
  return Number.isSafeInteger(falseAlarm.minor)
    ? subtractMoney(found, falseAlarm)
    : { _tag: 'Left', left: outOfRange(['falseAlarm'], falseAlarm.minor, 'whole minor units') }
}

interface Best {
  readonly index: number
  readonly profit: number
}

/** Both products are exact; `null` where the profit isn't a safe integer. */
const profitOf = (found: number, falseAlarms: number, payoff: ActionPayoff): number | null => {
  const sum = exactSum(exactProduct(found, payoff.found.minor), exactProduct(falseAlarms, payoff.falseAlarm.minor))
  return typeof sum === 'number' && Number.isSafeInteger(sum) ? sum : null
}

/** Profits by falling score; the index of one that no number holds. */
const profitsOf = ({ events, others }: ScoreGroups, payoff: ActionPayoff): ReadonlyArray<number> | number => {
  const profits: Array<number> = []
  let [found, falseAlarms] = [0, 0]
  for (let index = events.length - 1; index >= 0; index -= 1) {
    found += events[index] as number
    falseAlarms += others[index] as number
    const profit = profitOf(found, falseAlarms, payoff)
    if (profit === null) return index
    profits.push(profit)
  }
  return profits
}

const bestOf = (profits: ReadonlyArray<number>): Best =>
  profits.reduce<Best>((best, profit, index) => (profit > best.profit ? { index, profit } : best), {
    index: -1,
    profit: 0,
  })

/**
 * The threshold at which acting on all customers with at least that score brings most, by what came of them. Of thresholds that
 * bring the same, the highest: it asks for least work.
 *
 * @param groups from `scoreGroups`, of customers on whom nobody acted
 * @param payoff see {@link ActionPayoff}
 * @returns `EmptySample` without a customer, `CurrencyMismatch` for amounts of two currencies, `OutOfRange` for a profit beyond
 * what minor units hold.
 * @example
 * ```ts
 * import { money, profitThreshold, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.9, 0.7, 0.5, 0.1], outcomes: [1, 0, 1, 0] }))
 * const payoff = { found: unwrap(money('8.00', 'EUR')), falseAlarm: unwrap(money('-2.00', 'EUR')) }
 * const { threshold, profit } = unwrap(profitThreshold(groups, payoff))
 * threshold // => 0.5
 * profit.minor // => 1400
 * ```
 */
export const profitThreshold = (groups: ScoreGroups, payoff: ActionPayoff): Either<ProfitFault, ProfitThreshold> => {
  const totals = someCustomers(groups)
  if (totals._tag === 'Left') return totals
  const spread = spreadOf(payoff)
  if (spread._tag === 'Left') return spread
  const profits = profitsOf(groups, payoff)
  if (typeof profits === 'number')
    return {
      _tag: 'Left',
      left: outOfRange(['scores', profits], groups.scores[profits], 'a profit in safe minor units'),
    }
  const { index, profit } = bestOf(profits)
  const from = groups.scores.length - 1 - index
  const selected = (counts: ReadonlyArray<number>): number =>
    index < 0 ? 0 : counts.slice(from).reduce((sum, count) => sum + count, 0)
  const found = selected(groups.events)
  return {
    _tag: 'Right',
    right: {
      threshold: index < 0 ? null : (groups.scores[from] as number),
      selected: found + selected(groups.others),
      found,
      profit: { minor: profit, currency: payoff.found.currency },
      profits,
    },
  }
}

/**
 * The probability from which on acting pays on average: where what is found makes up for the false alarms. It is the threshold
 * of calibrated probabilities, whatever customers there are.
 *
 * @param payoff see {@link ActionPayoff}
 * @returns `OutOfRange` where acting pays at no probability or at each: what is found must bring something, a false alarm cost
 * something; `CurrencyMismatch` for amounts of two currencies.
 * @example
 * ```ts
 * import { breakEvenProbability, money, unwrap } from 'treue'
 *
 * const payoff = { found: unwrap(money('8.00', 'EUR')), falseAlarm: unwrap(money('-2.00', 'EUR')) }
 * unwrap(breakEvenProbability(payoff)) // => 0.2
 * ```
 */
export const breakEvenProbability = (payoff: ActionPayoff): Either<OutOfRange | CurrencyMismatch, number> => {
  const { found, falseAlarm } = payoff
  const spread = spreadOf(payoff)
  if (spread._tag === 'Left') return spread
  if (!(found.minor > 0)) return { _tag: 'Left', left: outOfRange(['found'], found.minor, 'an amount above 0') }
  if (!(falseAlarm.minor < 0))
    return { _tag: 'Left', left: outOfRange(['falseAlarm'], falseAlarm.minor, 'an amount below 0') }
  return { _tag: 'Right', right: -falseAlarm.minor / spread.right.minor }
}
