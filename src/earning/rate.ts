/** What an award pays, as a fraction. */
import { type ExactInteger, exactProduct, exactQuotient, greatestCommonDivisor } from '../foundation/index.ts'
import type { Award } from './award.ts'

/** Points for each unit that an award counts, in lowest terms. */
export interface Rate {
  /** At most fifteen digits, as the points of an award have; below zero where the award takes points away. */
  readonly numerator: number
  readonly denominator: ExactInteger
}

const inLowestTerms = (numerator: number, denominator: ExactInteger): Rate => {
  const common = greatestCommonDivisor(Math.abs(numerator), denominator)
  return { numerator: Number(exactQuotient(numerator, common)), denominator: exactQuotient(denominator, common) }
}

/** Points as a fraction of the wallet's smallest units: "1.25" in a wallet of 0 decimals is 125/100. */
export const pointsRate = (points: string, decimals: number): Rate => {
  const [whole = '', fraction = ''] = points.split('.')
  const shift = decimals - fraction.length
  return inLowestTerms(Number(whole + fraction) * 10 ** Math.max(0, shift), 10 ** Math.max(0, -shift))
}

/** The minor units, items or values that an award pays for in proportion; 1 where it pays for full ones, or once. */
const proportionOf = (award: Award): number => {
  if (award.mode === 'linear') return award.per.minor
  return award.mode === 'perValue' && award.steps === 'linear' ? award.per : 1
}

/** What an award pays for one unit of what it counts; a multiplier pays nothing by itself. */
export const rateOf = (award: Award, decimals: number): Rate => {
  if (award.mode === 'multiplier') return { numerator: 0, denominator: 1 }
  const rate = pointsRate(award.points, decimals)
  const proportion = proportionOf(award)
  return proportion === 1 ? rate : inLowestTerms(rate.numerator, exactProduct(rate.denominator, proportion))
}

export const leastCommonMultiple = (a: ExactInteger, b: ExactInteger): ExactInteger =>
  exactProduct(exactQuotient(a, greatestCommonDivisor(a, b)), b)
