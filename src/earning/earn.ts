/** What a purchase earns. */
import * as E from 'fp-ts/Either'
import {
  allocate,
  type ExactInteger,
  exactProduct,
  exactSum,
  type Instant,
  type LineId,
  type OutOfRange,
  outOfRange,
  type Points,
  type RoundingMode,
  type RuleId,
  roundRatio,
  type WalletId,
  type Zone,
} from '../foundation/index.ts'
import { type CompiledCondition, type Facts, holds, matchRules } from '../rules/index.ts'
import type { CompiledEarning, CompiledEarningRule, CompiledWalletEarning } from './compile-earning.ts'
import type { EarningRounding } from './earning-rule.ts'
import { type CountedLine, linesTotal } from './purchase.ts'
import { lineFacts, orderFacts } from './vocabulary.ts'

/** What one rule adds, before rounding. */
export interface RuleEarning {
  readonly rule: RuleId
  /** The lines that counted. */
  readonly lines: ReadonlyArray<LineId>
  /** Their amount, in minor units. */
  readonly basisMinor: number
  /** The raw points are `numerator ÷ denominator` of the wallet's earning; a decimal integer of any length. */
  readonly numerator: string
}

/** What a purchase earns in one wallet, with all that is needed to compute it again. */
export interface WalletEarning {
  readonly wallet: WalletId
  /** After rounding, in the wallet's smallest unit. */
  readonly points: Points
  /** A decimal integer of any length. */
  readonly denominator: string
  /** The rules that matched. */
  readonly rules: ReadonlyArray<RuleEarning>
  /** The points of each line, in the order of the purchase; they sum to `points`. */
  readonly byLine: ReadonlyArray<number>
}

/** Raw points of one rule, over the wallet's denominator. */
interface RawEarning {
  readonly earning: RuleEarning
  readonly byLine: ReadonlyArray<ExactInteger>
}

const steps = (minor: number, stepMinor: number): number => (minor - (minor % stepMinor)) / stepMinor

const times = (counts: ReadonlyArray<number>, each: ExactInteger): ReadonlyArray<ExactInteger> =>
  counts.map((count) => exactProduct(count, each))

const split = (total: number, weights: ReadonlyArray<ExactInteger>): ReadonlyArray<number> => {
  const shares = allocate(total, weights)
  // It fails for a purchase without lines only: there is nothing to split then.
  return E.isRight(shares) ? shares.right : []
}

/** What the full steps of an order earn belongs to its lines in proportion to what these cost. */
const rawOfSteps = (
  { numerator, ownNumerator, scale, stepMinor }: CompiledEarningRule,
  amounts: ReadonlyArray<number>,
): ReadonlyArray<ExactInteger> => {
  const count = steps(
    amounts.reduce((sum, minor) => sum + minor, 0),
    stepMinor,
  )
  const earned = exactProduct(count, ownNumerator)
  return typeof earned === 'number' ? times(split(earned, amounts), scale) : times(split(count, amounts), numerator)
}

/** The raw points of each line, over the wallet's denominator. */
const rawByLine = (rule: CompiledEarningRule, amounts: ReadonlyArray<number>): ReadonlyArray<ExactInteger> => {
  const { mode, on } = rule.rule.award
  if (mode === 'linear') return times(amounts, rule.numerator)
  if (on === 'order') return rawOfSteps(rule, amounts)
  return times(
    amounts.map((minor) => steps(minor, rule.stepMinor)),
    rule.numerator,
  )
}

/** What of an order counts for a rule: lines that do not are there with an amount of 0. */
interface Basis {
  readonly ids: ReadonlyArray<LineId>
  readonly amounts: ReadonlyArray<number>
  readonly minor: number
}

const wholeOrder = (lines: ReadonlyArray<CountedLine>): Basis => ({
  ids: lines.map(({ id }) => id),
  amounts: lines.map(({ minor }) => minor),
  minor: linesTotal(lines),
})

const basisOf = (condition: CompiledCondition, lines: ReadonlyArray<CountedLine>): Basis => {
  const counts = lines.map((line) => holds(condition, lineFacts(line)))
  const counting = lines.filter((_, index) => counts[index] === true)
  return {
    ids: counting.map(({ id }) => id),
    amounts: lines.map(({ minor }, index) => (counts[index] === true ? minor : 0)),
    minor: linesTotal(counting),
  }
}

const rawOf = (rule: CompiledEarningRule, { ids, amounts, minor }: Basis): RawEarning => {
  const byLine = rawByLine(rule, amounts)
  const numerator = String(byLine.reduce<ExactInteger>(exactSum, 0))
  return { earning: { rule: rule.rule.id, lines: ids, basisMinor: minor, numerator }, byLine }
}

const unexact = (found: unknown): OutOfRange =>
  outOfRange(['lines'], found, 'amounts that earn at most 9007199254740991 smallest units')

const rounded = (raw: ExactInteger, denominator: ExactInteger, mode: RoundingMode): E.Either<OutOfRange, number> => {
  const points = roundRatio(raw, denominator, mode)
  return E.isLeft(points) ? E.left(unexact(raw)) : points
}

/** Rounded on each line. */
const roundedOnLines = (
  raw: ReadonlyArray<ExactInteger>,
  denominator: ExactInteger,
  mode: RoundingMode,
): E.Either<OutOfRange, ReadonlyArray<number>> => {
  const points: Array<number> = []
  for (const numerator of raw) {
    const one = rounded(numerator, denominator, mode)
    if (E.isLeft(one)) return one
    points.push(one.right)
  }
  return E.right(points)
}

/** Rounded once on the order, and then allocated to the lines in proportion to their raw points. */
const roundedOnOrder = (
  raw: ReadonlyArray<ExactInteger>,
  denominator: ExactInteger,
  mode: RoundingMode,
): E.Either<OutOfRange, ReadonlyArray<number>> => {
  const total = rounded(raw.reduce<ExactInteger>(exactSum, 0), denominator, mode)
  return E.isLeft(total) ? total : E.right(split(total.right, raw))
}

/** Only a sum of exact amounts can be compared with a condition, or divided into steps. */
const lineFault = (lines: ReadonlyArray<CountedLine>): OutOfRange | undefined => {
  const wrong = lines.findIndex(({ minor }) => !Number.isSafeInteger(minor) || minor < 0)
  if (wrong >= 0) {
    return outOfRange(['lines', wrong, 'minor'], lines[wrong]?.minor, 'an integer from 0 to 9007199254740991')
  }
  const total = linesTotal(lines)
  return Number.isSafeInteger(total)
    ? undefined
    : outOfRange(['lines'], total, 'amounts whose sum is at most 9007199254740991 minor units')
}

/** The rules that match, and the sum of their raw points for each line. */
const rawInWallet = (
  { orders, rules: compiled }: CompiledWalletEarning,
  lines: ReadonlyArray<CountedLine>,
  order: Facts,
  whole: Basis,
): { readonly rules: ReadonlyArray<RuleEarning>; readonly raw: ReadonlyArray<ExactInteger> } => {
  const rules: Array<RuleEarning> = []
  const raw: Array<ExactInteger> = whole.amounts.map(() => 0)
  for (const index of matchRules(orders, order)) {
    const rule = compiled[index]
    if (rule === undefined) continue
    const { earning, byLine } = rawOf(rule, rule.lines === null ? whole : basisOf(rule.lines, lines))
    rules.push(earning)
    for (let line = 0; line < raw.length; line += 1) raw[line] = exactSum(raw[line] ?? 0, byLine[line] ?? 0)
  }
  return { rules, raw }
}

const earnInWallet = (
  { mode, on }: EarningRounding,
  compiled: CompiledWalletEarning,
  lines: ReadonlyArray<CountedLine>,
  order: Facts,
  whole: Basis,
): E.Either<OutOfRange, WalletEarning> => {
  const { wallet, denominator } = compiled
  const { rules, raw } = rawInWallet(compiled, lines, order, whole)
  const byLine = on === 'line' ? roundedOnLines(raw, denominator, mode) : roundedOnOrder(raw, denominator, mode)
  if (E.isLeft(byLine)) return byLine
  const points = byLine.right.reduce((sum, share) => sum + share, 0)
  if (!Number.isSafeInteger(points)) return E.left(unexact(points))
  return E.right({
    wallet,
    points: points as Points,
    denominator: String(denominator),
    rules,
    byLine: byLine.right,
  })
}

/**
 * What a purchase earns in each wallet: the raw points of every rule that matches, summed, rounded once, and allocated
 * to the lines by largest remainder (S1, S4, S6, S8).
 *
 * `OutOfRange`: an amount, the sum of the amounts, or the points of a wallet would leave the range of exact integers, or
 * an amount is below zero. Nothing is earned then in any wallet.
 *
 * @param earning - compiled rules
 * @param lines - the lines of the purchase, amounts in minor units
 * @param zone - the zone of the program's calendar
 * @param at - when the purchase was made
 *
 * @example
 * ```ts
 * import { compileEarning, type Currency, type EarningRules, earn, type LineId, parseInstant, type RuleId } from 'treue'
 * import { unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = 'points' as WalletId
 * const per = { minor: 100, currency: 'EUR' as Currency }
 * const rules: EarningRules = {
 *   rounding: { mode: 'floor', on: 'order' },
 *   rules: [{ id: 'base' as RuleId, wallet, award: { mode: 'linear', points: '1', per, on: 'order' } }],
 * }
 * const compiled = compileEarning(per.currency, [{ id: wallet, decimals: 0 }], rules)
 * const lines = ['1', '2', '3'].map((id) => ({ id: id as LineId, minor: 1999, categories: [] }))
 * const [earned] = unwrap(earn(compiled, lines, utc, unwrap(parseInstant('2026-01-01T00:00:00Z'))))
 * earned?.byLine // => [20, 20, 19]
 * ```
 */
export const earn = (
  earning: CompiledEarning,
  lines: ReadonlyArray<CountedLine>,
  zone: Zone,
  at: Instant,
): E.Either<OutOfRange, ReadonlyArray<WalletEarning>> => {
  const fault = lineFault(lines)
  if (fault !== undefined) return E.left(fault)
  const order = orderFacts(lines, zone, at)
  const whole = wholeOrder(lines)
  const earned: Array<WalletEarning> = []
  for (const wallet of earning.wallets) {
    const one = earnInWallet(earning.rounding, wallet, lines, order, whole)
    if (E.isLeft(one)) return one
    earned.push(one.right)
  }
  return E.right(earned)
}
