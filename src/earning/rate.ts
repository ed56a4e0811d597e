/** What an award pays, as a fraction. */
import { type ExactInteger, exactProduct, exactQuotient, greatestCommonDivisor } from '../foundation/index.ts'
import type { Award } from './earning-rule.ts'

/** Points for each minor unit or step, in lowest terms. */
export interface Rate {
  /** At most fifteen digits, as the points of an award have. */
  readonly numerator: number
  readonly denominator: ExactInteger
}

const inLowestTerms = (numerator: number, denominator: ExactInteger): Rate => {
  const common = greatestCommonDivisor(numerator, denominator)
  return { numerator: Number(exactQuotient(numerator, common)), denominator: exactQuotient(denominator, common) }
}

/** Points as a fraction of the wallet's smallest units: "1.25" in a wallet of 0 decimals is 125/100. */
const pointsRate = (points: string, decimals: number): Rate => {
  const [whole = '', fraction = ''] = points.split('.')
  const shift = decimals - fraction.length
  return inLowestTerms(Number(whole + fraction) * 10 ** Math.max(0, shift), 10 ** Math.max(0, -shift))
}

export const rateOf = ({ mode, points, per }: Award, decimals: number): Rate => {
  const rate = pointsRate(points, decimals)
  return mode === 'step' ? rate : inLowestTerms(rate.numerator, exactProduct(rate.denominator, per.minor))
}

export const leastCommonMultiple = (a: ExactInteger, b: ExactInteger): ExactInteger =>
  exactProduct(exactQuotient(a, greatestCommonDivisor(a, b)), b)
