// Earning as a person would compute it on paper: whole fractions of bigints, one rule and one line after another.
import type { CountedLine, EarningRule, EarningRules, WalletUnit } from '../../src/earning/index.ts'
import type { RoundingMode, WalletId } from '../../src/foundation/index.ts'
import type { Condition, ConditionTest } from '../../src/rules/index.ts'

interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

const fraction = (over: bigint, under: bigint): Fraction => ({ over, under })
const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under + b.over * a.under, a.under * b.under)
const none = fraction(0n, 1n)

/** How many points an award gives, in smallest units of a wallet. */
const pointsOf = (text: string, decimals: number): Fraction => {
  const [whole = '', part = ''] = text.split('.')
  return fraction(BigInt(whole + part) * 10n ** BigInt(decimals), 10n ** BigInt(part.length))
}

const larger = (a: Fraction, b: Fraction): boolean => a.over * b.under > b.over * a.under

/** Rounds a fraction of 0 or more. */
const roundFraction = ({ over, under }: Fraction, mode: RoundingMode): bigint => {
  const down = over / under
  const twice = 2n * (over - down * under)
  if (twice === 0n) return down
  if (mode === 'floor' || mode === 'truncate') return down
  if (mode === 'ceil') return down + 1n
  if (twice !== under) return twice > under ? down + 1n : down
  return mode === 'halfEven' && down % 2n === 0n ? down : down + 1n
}

/** Largest remainder, by handing out one unit after the other to the line with the largest claim to one more. */
const shareOut = (total: bigint, weights: ReadonlyArray<Fraction>): ReadonlyArray<bigint> => {
  const sum = weights.reduce(plus, none)
  if (sum.over === 0n) return weights.map(() => 0n)
  const exact = weights.map((weight) => fraction(total * weight.over * sum.under, weight.under * sum.over))
  const shares = exact.map(({ over, under }) => over / under)
  let left = total - shares.reduce((all, share) => all + share, 0n)
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

interface Facts {
  readonly amount: bigint
  readonly categories: ReadonlyArray<string>
  readonly weekday: string
}

const meets = (test: ConditionTest, { amount, categories, weekday }: Facts): boolean => {
  if ('atLeast' in test && test.atLeast !== undefined) return amount >= BigInt(test.atLeast)
  if ('lessThan' in test && test.lessThan !== undefined) return amount < BigInt(test.lessThan)
  if ('hasAny' in test) return test.hasAny.some((one) => categories.includes(one))
  if ('hasNone' in test) return !test.hasNone.some((one) => categories.includes(one))
  return 'in' in test && test.in.includes(weekday)
}

const isMet = (condition: Condition | undefined, facts: Facts): boolean =>
  condition === undefined || meets(condition as ConditionTest, facts)

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))

const rawOfRule = (
  { award, lines: which }: EarningRule,
  decimals: number,
  lines: ReadonlyArray<CountedLine>,
): ReadonlyArray<Fraction> => {
  const points = pointsOf(award.points, decimals)
  const per = BigInt(award.per.minor)
  const amounts = lines.map(({ minor, categories }) =>
    isMet(which, { amount: BigInt(minor), categories, weekday: '' }) ? BigInt(minor) : 0n,
  )
  const times = (count: bigint): Fraction => fraction(points.over * count, points.under)
  if (award.mode === 'linear') return amounts.map((minor) => fraction(points.over * minor, points.under * per))
  if (award.on === 'line') return amounts.map((minor) => times(minor / per))
  const steps = amounts.reduce((all, minor) => all + minor, 0n) / per
  const weights = amounts.map((minor) => fraction(minor, 1n))
  const common = divisor(points.over, points.under)
  const earned = (steps * points.over) / common
  // Only what leaves the exact range of numbers is shared out in whole steps.
  return earned > BigInt(Number.MAX_SAFE_INTEGER)
    ? shareOut(steps, weights).map(times)
    : shareOut(earned, weights).map((share) => fraction(share, points.under / common))
}

/** What a purchase earns in a wallet: in all, and by line. */
export interface ModelEarning {
  readonly wallet: WalletId
  readonly points: bigint
  readonly byLine: ReadonlyArray<bigint>
}

/** What a purchase on a weekday earns in one wallet. */
export const earnByHand = (
  { rounding, rules }: EarningRules,
  { id, decimals }: WalletUnit,
  lines: ReadonlyArray<CountedLine>,
  weekday: string,
): ModelEarning => {
  const order: Facts = {
    amount: lines.reduce((all, { minor }) => all + BigInt(minor), 0n),
    categories: lines.flatMap((line) => line.categories),
    weekday,
  }
  const raw = rules
    .filter(({ wallet, when }) => wallet === id && isMet(when, order))
    .map((rule) => rawOfRule(rule, decimals, lines))
    .reduce(
      (sums, one) => sums.map((sum, index) => plus(sum, one[index] ?? none)),
      lines.map(() => none),
    )
  const byLine =
    rounding.on === 'line'
      ? raw.map((one) => roundFraction(one, rounding.mode))
      : shareOut(roundFraction(raw.reduce(plus, none), rounding.mode), raw)
  return { wallet: id, points: byLine.reduce((all, share) => all + share, 0n), byLine }
}
