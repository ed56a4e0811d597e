/** Earning rules made ready: conditions compiled once, rates as fractions of integers over one denominator. */
import { type Currency, type ExactInteger, exactProduct, exactQuotient, type WalletId } from '../foundation/index.ts'
import {
  type CompiledCondition,
  type CompiledRuleSet,
  type Condition,
  type ConditionExplanation,
  compileCondition,
  compileExplanation,
  compileRuleSet,
  type Facts,
} from '../rules/index.ts'
import type { Award, EarningRounding, EarningRule, EarningRules } from './earning-rule.ts'
import { isPointsText } from './points-text.ts'
import { leastCommonMultiple, rateOf } from './rate.ts'
import { lineVocabulary, orderVocabulary } from './vocabulary.ts'

/** A rule ready to run. A raw amount of points is `numerator ÷ denominator` of its wallet. */
export interface CompiledEarningRule {
  readonly rule: EarningRule
  /** Why the rule matches an order, or not. */
  readonly explain: (order: Facts) => ConditionExplanation
  /** `null`: every line counts. */
  readonly lines: CompiledCondition | null
  /** For `linear`: the numerator that one minor unit of money earns; for `step`: the one that each full step earns. */
  readonly numerator: ExactInteger
  /**
   * The same in lowest terms, and what takes it to the wallet's denominator: `numerator = ownNumerator · scale`. What is
   * shared out among lines is counted in the rule's own fractions, so that other rules make no difference to it.
   */
  readonly ownNumerator: number
  readonly scale: ExactInteger
  /** For `step`: the minor units of a step. */
  readonly stepMinor: number
}

/** The rules that earn in one wallet. */
export interface CompiledWalletEarning {
  readonly wallet: WalletId
  readonly denominator: ExactInteger
  readonly rules: ReadonlyArray<CompiledEarningRule>
  /** The order conditions of the rules, matched together. */
  readonly orders: CompiledRuleSet
}

/** Earning rules ready to run. */
export interface CompiledEarning {
  readonly currency: Currency
  readonly rounding: EarningRounding
  readonly wallets: ReadonlyArray<CompiledWalletEarning>
}

/** What compiling needs to know of a wallet. */
export interface WalletUnit {
  readonly id: WalletId
  readonly decimals: number
}

const isExact = ({ points, per }: Award): boolean =>
  isPointsText(points) && Number.isSafeInteger(per.minor) && per.minor > 0

const always: Condition = { all: [] }

const compileWallet = (
  currency: Currency,
  { id, decimals }: WalletUnit,
  rules: ReadonlyArray<EarningRule>,
): CompiledWalletEarning => {
  const rated = rules.map((rule) => ({ rule, rate: rateOf(rule.award, decimals) }))
  const denominator = rated.reduce<ExactInteger>((d, { rate }) => leastCommonMultiple(d, rate.denominator), 1)
  const ofLines = lineVocabulary(currency)
  const ofOrders = orderVocabulary(currency)
  return {
    wallet: id,
    denominator,
    rules: rated.map(({ rule, rate }) => {
      const scale = exactQuotient(denominator, rate.denominator)
      return {
        rule,
        explain: compileExplanation(ofOrders, rule.when ?? always),
        lines: rule.lines === undefined ? null : compileCondition(ofLines, rule.lines),
        numerator: exactProduct(rate.numerator, scale),
        ownNumerator: rate.numerator,
        scale,
        stepMinor: rule.award.per.minor,
      }
    }),
    orders: compileRuleSet(
      ofOrders,
      rules.map(({ when }) => when ?? always),
    ),
  }
}

/**
 * Makes earning rules ready to run.
 *
 * @param currency - the program's currency
 * @param wallets - the wallets that rules may name, with the fraction digits of their points
 * @param earning - the rules; left out is one that names another wallet, or awards what is no number of points for an
 *   amount above zero (a program with such a rule does not decode)
 *
 * @example
 * ```ts
 * import { compileEarning, type Currency, type WalletId } from 'treue'
 *
 * const wallets = [{ id: 'points' as WalletId, decimals: 0 }]
 * compileEarning('EUR' as Currency, wallets, { rounding: { mode: 'floor', on: 'order' }, rules: [] }).wallets
 * // => []
 * ```
 */
export const compileEarning = (
  currency: Currency,
  wallets: ReadonlyArray<WalletUnit>,
  earning: EarningRules,
): CompiledEarning => ({
  currency,
  rounding: earning.rounding,
  wallets: wallets.flatMap((wallet) => {
    const rules = earning.rules.filter((rule) => rule.wallet === wallet.id && isExact(rule.award))
    return rules.length === 0 ? [] : [compileWallet(currency, wallet, rules)]
  }),
})
