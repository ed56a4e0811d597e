/** Awards as data: how much a rule gives, and at which stage of the calculation. */
import {
  arrayCodec,
  type Codec,
  type Currency,
  integerCodec,
  literalCodec,
  Money,
  RuleId,
  refineCodec,
  stringCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'
import { isPointsText, isSignedPointsText } from './points-text.ts'

/** What is looked at as one: the whole order, or each line by itself (S4). */
export type EarningScope = 'order' | 'line'

/**
 * Points for an amount: `linear` earns `points` for each `per` in proportion, `step` only for each full `per` (S1).
 */
export interface AmountAward {
  readonly mode: 'step' | 'linear'
  /** A decimal number of points, such as `5` or `0.5`. */
  readonly points: string
  readonly per: Money
  /** For `step`: whether full steps are counted in the order's amount or in each line's. `linear` is the same in both. */
  readonly on: EarningScope
}

/** Points for the activity as such. */
export interface FixedAward {
  readonly mode: 'fixed'
  /** A decimal number of points; below zero it takes points away. */
  readonly points: string
}

/** Points for each full `every` items among the lines that count. */
export interface ItemAward {
  readonly mode: 'perItem'
  /** A decimal number of points; below zero it takes points away. */
  readonly points: string
  readonly every: number
}

/** Points for an integer that is known of the activity, such as the stars of a review; one below 0 counts as 0. */
export interface ValueAward {
  readonly mode: 'perValue'
  /** The name of an integer field that conditions of the activity may read. */
  readonly field: string
  /** A decimal number of points; below zero it takes points away. */
  readonly points: string
  readonly per: number
  /** `step`: for each full `per`; `linear`: in proportion. */
  readonly steps: 'step' | 'linear'
}

/** Points each time that what the member has spent in all reaches another full `every`. */
export interface SpendMilestoneAward {
  readonly mode: 'milestone'
  readonly of: 'spend'
  readonly every: Money
  readonly points: string
}

/** Points each time that the member's count of orders, or of activities that met the rule, reaches another full `every`. */
export interface CountMilestoneAward {
  readonly mode: 'milestone'
  readonly of: 'orders' | 'times'
  readonly every: number
  readonly points: string
}

/**
 * Points for levels of a running count. A level that was paid is not paid again after a return (a high-water mark). They
 * are flat: no multiplier raises them.
 */
export type MilestoneAward = SpendMilestoneAward | CountMilestoneAward

/** Multiplies the base points of the lines that count, of all rules of the wallet or of those in `of` (S5). */
export interface MultiplierAward {
  readonly mode: 'multiplier'
  /** A decimal number, such as `1.5`. */
  readonly factor: string
  readonly of?: ReadonlyArray<RuleId>
}

/** Points that no multiplier raises (S5). */
export interface BonusAward {
  readonly mode: 'bonus'
  /** A decimal number of points; below zero it takes points away. */
  readonly points: string
}

/** What one case of a rule may give. */
export type CaseAward = AmountAward | FixedAward | ItemAward | ValueAward | MultiplierAward | BonusAward

/** How much a rule gives. */
export type Award = CaseAward | MilestoneAward

/** The stages in which a wallet's points are counted: base awards, then multipliers on them, then what is flat (S5). */
export type AwardStage = 'base' | 'multiplier' | 'flat'

export const stageOf = ({ mode }: Award): AwardStage => {
  if (mode === 'multiplier') return 'multiplier'
  return mode === 'bonus' || mode === 'milestone' ? 'flat' : 'base'
}

const scope: Codec<EarningScope> = /* @__PURE__ */ literalCodec('order', 'line')
const count = /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 })
const pointsCodec = /* @__PURE__ */ refineCodec(
  stringCodec,
  'PointsPerAmount',
  'a number of points from 0 on with at most 6 decimals, as a text such as "5" or "0.25"',
  isPointsText,
)
const signedPointsCodec = /* @__PURE__ */ refineCodec(
  stringCodec,
  'SignedPoints',
  'a number of points with at most 6 decimals, as a text such as "5" or "-0.25"',
  isSignedPointsText,
)
const factorCodec = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Factor',
  'a factor from 0 on with at most 6 decimals, as a text such as "2" or "1.25"',
  isPointsText,
)

const amountAbove = (currency: Currency): Codec<Money, unknown> =>
  refineCodec(
    Money,
    'Per',
    `an amount in ${currency} above zero`,
    (money) => money.currency === currency && money.minor > 0,
  )

const caseCodecs = (currency: Currency) => {
  const amountCodec = <M extends 'step' | 'linear'>(mode: M) =>
    structCodec('AmountAward', {
      mode: literalCodec(mode),
      points: pointsCodec,
      per: amountAbove(currency),
      on: scope,
    })
  return {
    step: amountCodec('step'),
    linear: amountCodec('linear'),
    fixed: structCodec('FixedAward', { mode: literalCodec('fixed'), points: signedPointsCodec }),
    perItem: structCodec('ItemAward', { mode: literalCodec('perItem'), points: signedPointsCodec, every: count }),
    perValue: structCodec('ValueAward', {
      mode: literalCodec('perValue'),
      field: stringCodec,
      points: signedPointsCodec,
      per: count,
      steps: literalCodec('step', 'linear'),
    }),
    multiplier: structCodec(
      'MultiplierAward',
      { mode: literalCodec('multiplier'), factor: factorCodec },
      { of: arrayCodec(RuleId, { minLength: 1, maxLength: 10_000 }) },
    ),
    bonus: structCodec('BonusAward', { mode: literalCodec('bonus'), points: signedPointsCodec }),
  }
}

const milestoneCodec = (currency: Currency): Codec<MilestoneAward, unknown> => {
  const countCodec = <O extends 'orders' | 'times'>(of: O) =>
    structCodec('CountMilestoneAward', {
      mode: literalCodec('milestone'),
      of: literalCodec(of),
      every: count,
      points: pointsCodec,
    })
  return unionCodec('MilestoneAward', 'of', {
    spend: structCodec('SpendMilestoneAward', {
      mode: literalCodec('milestone'),
      of: literalCodec('spend'),
      every: amountAbove(currency),
      points: pointsCodec,
    }),
    orders: countCodec('orders'),
    times: countCodec('times'),
  })
}

/** Reads a {@link CaseAward} in a currency. */
export const caseAwardCodec = (currency: Currency): Codec<CaseAward, unknown> =>
  unionCodec('CaseAward', 'mode', caseCodecs(currency))

/** Reads an {@link Award} in a currency. */
export const awardCodec = (currency: Currency): Codec<Award, unknown> =>
  unionCodec('Award', 'mode', { ...caseCodecs(currency), milestone: milestoneCodec(currency) })
