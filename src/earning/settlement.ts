/** From raw points to whole ones: one rounding, and the allocation to lines and to lots. */
import * as E from 'fp-ts/Either'
import {
  type ExactInteger,
  exactProduct,
  exactSum,
  type OutOfRange,
  outOfRange,
  type Points,
  type RoundingMode,
  roundRatio,
} from '../foundation/index.ts'
import type { LotClass } from './compile-earning.ts'
import { type Contribution, type RawSlots, rawSlots, sumOf, times } from './contribution.ts'
import type { EarningRounding } from './earning-rules.ts'
import type { RuleBasis } from './rule-basis.ts'
import { split } from './split.ts'

/** Points that become one lot. */
export interface EarnedPart extends LotClass {
  readonly points: Points
}

/** What raw points come to. */
export interface Settlement {
  readonly points: number
  readonly byLine: ReadonlyArray<number>
}

const unexact = (found: unknown): OutOfRange =>
  outOfRange(['lines'], found, 'amounts that earn at most 9007199254740991 smallest units')

/** What is below zero is cut off toward zero, whatever the mode: a loss is never rounded up (S2). */
const rounded = (raw: ExactInteger, denominator: ExactInteger, mode: RoundingMode): E.Either<OutOfRange, number> => {
  const points = roundRatio(raw, denominator, raw < 0 ? 'truncate' : mode)
  return E.isLeft(points) ? E.left(unexact(raw)) : points
}

const positive = (weights: RawSlots): RawSlots =>
  weights.every((weight) => weight >= 0) ? weights : weights.map((weight) => (weight < 0 ? 0 : weight))

/** Rounded on each line; what one line loses the others bear. */
const roundedOnLines = (
  raw: RawSlots,
  denominator: ExactInteger,
  mode: RoundingMode,
): E.Either<OutOfRange, ReadonlyArray<number>> => {
  const points: Array<number> = []
  for (const numerator of raw) {
    const one = rounded(numerator, denominator, mode)
    if (E.isLeft(one)) return one
    points.push(one.right)
  }
  if (points.every((one) => one >= 0)) return E.right(points)
  return E.right(split(Math.max(0, Number(sumOf(points))), positive(points)))
}

/** Rounded once on the order, and then allocated to the lines in proportion to weights, such as their raw points. */
const roundedOnOrder = (
  total: ExactInteger,
  weights: RawSlots,
  denominator: ExactInteger,
  mode: RoundingMode,
): E.Either<OutOfRange, ReadonlyArray<number>> => {
  const points = rounded(total, denominator, mode)
  return E.isLeft(points) ? points : E.right(split(Math.max(0, points.right), positive(weights)))
}

const purchaseOf = (byLine: E.Either<OutOfRange, ReadonlyArray<number>>): E.Either<OutOfRange, Settlement> => {
  if (E.isLeft(byLine)) return byLine
  const points = byLine.right.reduce((sum, share) => sum + share, 0)
  return Number.isSafeInteger(points) ? E.right({ points, byLine: byLine.right }) : E.left(unexact(points))
}

/** What a purchase comes to: never less than 0 in all. */
export const settlePurchase = (
  raw: RawSlots,
  denominator: ExactInteger,
  { mode, on }: EarningRounding,
): E.Either<OutOfRange, Settlement> =>
  purchaseOf(
    on === 'line' ? roundedOnLines(raw, denominator, mode) : roundedOnOrder(sumOf(raw), raw, denominator, mode),
  )

/**
 * What a purchase comes to where a cap cuts: it is rounded on the order, since line by line it might exceed what the cap
 * lets through.
 */
export const settleCutPurchase = (
  granted: ExactInteger,
  weights: RawSlots,
  denominator: ExactInteger,
  { mode }: EarningRounding,
): E.Either<OutOfRange, Settlement> => purchaseOf(roundedOnOrder(granted, weights, denominator, mode))

/** What an action comes to: it may take points away, and has no lines. */
export const settleAction = (
  raw: ExactInteger,
  denominator: ExactInteger,
  { mode }: EarningRounding,
): E.Either<OutOfRange, Settlement> => {
  const points = rounded(raw, denominator, mode)
  return E.isLeft(points) ? points : E.right({ points: points.right, byLine: [] })
}

const isWhole = ({ raw, basis }: Contribution, whole: RuleBasis): boolean => raw === null && basis === whole

/** The raw points of all rules by slot. What earns per minor unit of the whole order is added up before it is spread. */
export const sumBySlot = (contributions: ReadonlyArray<Contribution>, whole: RuleBasis): RawSlots => {
  let rate: ExactInteger = 0
  let spread = 0
  for (const one of contributions) {
    if (!isWhole(one, whole)) continue
    rate = exactSum(rate, one.award.numerator)
    spread += 1
  }
  const ofWhole = times(whole.amounts, rate)
  if (spread === contributions.length) return ofWhole
  const single = contributions.filter((one) => !isWhole(one, whole)).map(rawSlots)
  return ofWhole.map((points, slot) => single.reduce((sum, raw) => exactSum(sum, raw[slot] ?? 0), points))
}

const part = ({ kind, funder, validity, pending }: LotClass, share: number): EarnedPart => ({
  kind,
  funder,
  validity,
  pending,
  points: share as Points,
})

/** Splits points among the lots of a wallet, by the raw points of each contribution, or what caps left of them. */
export const partsOf = (
  points: number,
  contributions: ReadonlyArray<Contribution>,
  raw: RawSlots | null,
  lots: ReadonlyArray<LotClass>,
): ReadonlyArray<EarnedPart> => {
  if (points === 0) return []
  const [only] = lots
  if (only !== undefined && lots.length === 1) return [part(only, points)]
  const weights: Array<ExactInteger> = lots.map(() => 0)
  for (const [index, { rule, total }] of contributions.entries()) {
    weights[rule.lot] = exactSum(weights[rule.lot] ?? 0, raw?.[index] ?? total)
  }
  const shares = split(points, positive(points < 0 ? weights.map((one) => exactProduct(-1, one)) : weights))
  return lots.map((lot, index) => part(lot, shares[index] ?? 0)).filter((one) => one.points !== 0)
}
