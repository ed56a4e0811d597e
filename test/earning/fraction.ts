// Whole fractions of bigints, as one writes them on paper.
import type { RoundingMode } from '../../src/foundation/index.ts'

export interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

export const fraction = (over: bigint, under: bigint): Fraction => ({ over, under })
export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under + b.over * a.under, a.under * b.under)
export const timesFraction = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under)
export const negative = ({ over, under }: Fraction): Fraction => fraction(-over, under)
export const none = fraction(0n, 1n)
export const one = fraction(1n, 1n)
export const whole = (n: bigint | number): Fraction => fraction(BigInt(n), 1n)
export const sumOf = (parts: ReadonlyArray<Fraction>): Fraction => parts.reduce(plus, none)
export const larger = (a: Fraction, b: Fraction): boolean => a.over * b.under > b.over * a.under
export const atLeastZero = (a: Fraction): Fraction => (a.over < 0n ? none : a)
export const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))
export const sum = (numbers: ReadonlyArray<bigint>): bigint => numbers.reduce((all, n) => all + n, 0n)

/** A decimal text, in smallest units of a wallet. */
export const decimal = (text: string, decimals: number): Fraction => {
  const sign = text.startsWith('-') ? -1n : 1n
  const [digits = '', part = ''] = text.replace('-', '').split('.')
  return fraction(sign * BigInt(digits + part) * 10n ** BigInt(decimals), 10n ** BigInt(part.length))
}

/** Rounds a fraction; below 0 toward 0. */
export const roundFraction = ({ over, under }: Fraction, mode: RoundingMode): bigint => {
  const down = over / under
  const twice = 2n * (over - down * under)
  if (over < 0n || twice === 0n) return down
  if (mode === 'floor' || mode === 'truncate') return down
  if (mode === 'ceil') return down + 1n
  if (twice !== under) return twice > under ? down + 1n : down
  return mode === 'halfEven' && down % 2n === 0n ? down : down + 1n
}

/** Largest remainder, by handing out one unit after the other to the one with the largest claim to one more. */
export const shareOut = (total: bigint, weights: ReadonlyArray<Fraction>): ReadonlyArray<bigint> => {
  if (total < 0n) return shareOut(-total, weights).map((share) => -share)
  const all = sumOf(weights)
  if (all.over === 0n) return weights.map(() => 0n)
  const exact = weights.map((weight) => fraction(total * weight.over * all.under, weight.under * all.over))
  const shares = exact.map(({ over, under }) => over / under)
  let left = total - sum(shares)
  const rest = exact.map(({ over, under }) => fraction(over % under, under))
  while (left > 0n) {
    let best = 0
    rest.forEach((claim, index) => {
      if (larger(claim, rest[best] ?? none)) best = index
    })
    shares[best] = (shares[best] ?? 0n) + 1n
    rest[best] = fraction(-1n, 1n)
    left -= 1n
  }
  return shares
}
