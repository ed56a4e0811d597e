/** Awards made ready: rates as fractions of integers over the denominator of a wallet. */
import { type ExactInteger, exactProduct, exactQuotient, type RuleId } from '../foundation/index.ts'
import { type Award, type AwardStage, stageOf } from './award.ts'
import { isPointsText, isSignedPointsText } from './points-text.ts'
import { pointsRate, type Rate, rateOf } from './rate.ts'

/** An award ready to be counted. A raw amount of points is `numerator ÷ denominator` of its wallet. */
export interface CompiledAward {
  readonly award: Award
  readonly stage: AwardStage
  /** The numerator that each unit earns: a minor unit, a full step, an item, a value, a level, or the activity. */
  readonly numerator: ExactInteger
  /**
   * The same in lowest terms, and what takes it to the wallet's denominator: `numerator = ownNumerator · scale`. What is
   * shared out among lines is counted in the rule's own fractions, so that other rules make no difference to it.
   */
  readonly ownNumerator: number
  readonly scale: ExactInteger
  /** How many minor units, items, values or counts make a full unit; 1 where they earn in proportion. */
  readonly unit: number
  /** For `multiplier`: by what it multiplies. */
  readonly factor: Rate
  /** For `multiplier`: the rules whose points it multiplies; `null`: all. */
  readonly of: ReadonlySet<RuleId> | null
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0

/** Whether an award has numbers that can be counted with; a program that decodes has no others. */
export const isExactAward = (award: Award): boolean => {
  switch (award.mode) {
    case 'step':
    case 'linear':
      return isPointsText(award.points) && isCount(award.per.minor)
    case 'fixed':
    case 'bonus':
      return isSignedPointsText(award.points)
    case 'perItem':
      return isSignedPointsText(award.points) && isCount(award.every)
    case 'perValue':
      return isSignedPointsText(award.points) && isCount(award.per)
    case 'milestone':
      return isPointsText(award.points) && isCount(everyOf(award.every))
    case 'multiplier':
      return isPointsText(award.factor)
  }
}

const everyOf = (every: number | { readonly minor: number }): number =>
  typeof every === 'number' ? every : every.minor

const unitOf = (award: Award): number => {
  switch (award.mode) {
    case 'step':
      return award.per.minor
    case 'perItem':
      return award.every
    case 'perValue':
      return award.steps === 'step' ? award.per : 1
    case 'milestone':
      return everyOf(award.every)
    case 'linear':
    case 'fixed':
    case 'bonus':
    case 'multiplier':
      return 1
  }
}

/** An award over the denominator of a wallet. */
export const compileAward = (award: Award, decimals: number, denominator: ExactInteger): CompiledAward => {
  const rate = rateOf(award, decimals)
  const scale = exactQuotient(denominator, rate.denominator)
  return {
    award,
    stage: stageOf(award),
    numerator: exactProduct(rate.numerator, scale),
    ownNumerator: rate.numerator,
    scale,
    unit: unitOf(award),
    factor: award.mode === 'multiplier' ? pointsRate(award.factor, 0) : { numerator: 1, denominator: 1 },
    of: award.mode === 'multiplier' && award.of !== undefined ? new Set(award.of) : null,
  }
}
