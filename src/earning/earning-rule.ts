/** An earning rule as data: which lines of which orders earn how much in which wallet. */
import {
  type Codec,
  type Currency,
  literalCodec,
  Money,
  RoundingMode,
  RuleId,
  refineCodec,
  stringCodec,
  structCodec,
  WalletId,
} from '../foundation/index.ts'
import { type Condition, conditionCodec } from '../rules/index.ts'
import { isPointsText } from './points-text.ts'
import { lineVocabulary, orderVocabulary } from './vocabulary.ts'

/** What is looked at as one: the whole order, or each line by itself (S4). */
export type EarningScope = 'order' | 'line'

/**
 * How much is earned: `linear` earns `points` for each `per` in proportion, `step` only for each full `per` (S1).
 */
export interface Award {
  readonly mode: 'step' | 'linear'
  /** A decimal number of points, such as `5` or `0.5`. */
  readonly points: string
  readonly per: Money
  /** For `step`: whether full steps are counted in the order's amount or in each line's. `linear` is the same in both. */
  readonly on: EarningScope
}

/** A rule by which purchases earn points. */
export interface EarningRule {
  readonly id: RuleId
  readonly wallet: WalletId
  /** The orders that earn; by default all. An order for which it cannot be known does not earn. */
  readonly when?: Condition
  /** The lines that count; by default all. */
  readonly lines?: Condition
  readonly award: Award
}

/** How raw points become whole ones: one rounding for the sum over all rules, on the order or on each line (S4, S6). */
export interface EarningRounding {
  readonly mode: RoundingMode
  readonly on: EarningScope
}

/** The earning part of a program. */
export interface EarningRules {
  readonly rounding: EarningRounding
  readonly rules: ReadonlyArray<EarningRule>
}

const scope: Codec<EarningScope, unknown> = /* @__PURE__ */ literalCodec('order', 'line')

/**
 * Reads an {@link EarningRounding}.
 *
 * @example
 * ```ts
 * import { decode, EarningRounding } from 'treue'
 *
 * decode(EarningRounding, { mode: 'floor', on: 'order' })._tag // => 'Right'
 * ```
 */
export const EarningRounding: Codec<EarningRounding, unknown> = /* @__PURE__ */ structCodec('EarningRounding', {
  mode: RoundingMode,
  on: scope,
})

const awardCodec = (currency: Currency): Codec<Award, unknown> =>
  structCodec('Award', {
    mode: literalCodec('step', 'linear'),
    points: refineCodec(stringCodec, 'PointsPerAmount', 'a number of points such as "5" or "0.25"', isPointsText),
    per: refineCodec(
      Money,
      'Per',
      `an amount in ${currency} above zero`,
      (money) => money.currency === currency && money.minor > 0,
    ),
    on: scope,
  })

/**
 * A codec of earning rules in a currency.
 *
 * @param currency - the program's currency: amounts in conditions and awards are in it
 *
 * @example
 * ```ts
 * import { type Currency, decode, earningRuleCodec } from 'treue'
 *
 * const json = {
 *   id: 'books',
 *   wallet: 'points',
 *   lines: { field: 'categories', hasAny: ['books'] },
 *   award: { mode: 'step', points: '5', per: { amount: '2.50', currency: 'EUR' }, on: 'order' },
 * }
 * decode(earningRuleCodec('EUR' as Currency), json)._tag // => 'Right'
 * ```
 */
export const earningRuleCodec = (currency: Currency): Codec<EarningRule, unknown> =>
  structCodec(
    'EarningRule',
    { id: RuleId, wallet: WalletId, award: awardCodec(currency) },
    { when: conditionCodec(orderVocabulary(currency)), lines: conditionCodec(lineVocabulary(currency)) },
  )
