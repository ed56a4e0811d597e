// The roll-forward of the points liability in money. The loops fill lists and maps that they made themselves.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type Currency,
  type CurrencyMismatch,
  type EmptySample,
  emptySample,
  type Fault,
  type FunderId,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  type ZeroDenominator,
} from '../foundation/index.ts'
import { compareKeys } from './liability-movement.ts'
import {
  movementLines,
  type RollForward,
  type RollForwardLines,
  type RollForwardRow,
} from './liability-roll-forward.ts'
import { type PointsPrice, pointsPriceFaults, worthOfPoints } from './points-price.ts'

/** What a funder's points are worth, or cost, from a period on. */
export interface LiabilityPrice {
  readonly funder: FunderId | null
  /** The key of the first period with this price. */
  readonly from: string
  readonly price: PointsPrice
}

/** A roll-forward in money: `opening`, `revaluation` and all movements sum to `closing`. */
export interface ValuedLines extends RollForwardLines<Money> {
  /** What a new price does to the points of the opening. */
  readonly revaluation: Money
}

/** The roll-forward of a funder in a period, in money. */
export interface ValuedRow {
  readonly period: string
  readonly funder: FunderId | null
  /** The price of the period. */
  readonly price: PointsPrice
  readonly money: ValuedLines
}

/** The roll-forward of all funders in a period, in money. */
export interface ValuedTotal {
  readonly period: string
  readonly money: ValuedLines
}

/** The roll-forward of a liability, in money. */
export interface ValuedRollForward {
  /** By period, then by funder; also where only the price changed. */
  readonly rows: ReadonlyArray<ValuedRow>
  readonly totals: ReadonlyArray<ValuedTotal>
}

/** Points of a funder move in a period for which there is no price. */
export interface MissingPrice extends Fault<'MissingPrice'> {
  readonly period: string
  readonly funder: FunderId | null
}

/** Why a roll-forward has no value. */
export type RollForwardValueFault =
  | MissingPrice
  | CurrencyMismatch
  | InvalidValue
  | ZeroDenominator
  | EmptySample
  | OutOfRange

const priceListFaults = (prices: ReadonlyArray<LiabilityPrice>): ReadonlyArray<RollForwardValueFault> => {
  const seen = new Map<FunderId | null, Set<string>>()
  const currency = prices[0]?.price.price.currency
  if (currency === undefined) return [emptySample(['prices'], 'at least one price')]
  return prices.flatMap(({ funder, from, price }, index): ReadonlyArray<RollForwardValueFault> => {
    const ofFunder = seen.get(funder) ?? new Set()
    const again = ofFunder.has(from)
    seen.set(funder, ofFunder.add(from))
    return [
      ...pointsPriceFaults(['prices', index, 'price'], price),
      ...(again ? [invalidValue(['prices', index, 'from'], from, 'one price for a funder from a period on')] : []),
      ...(price.price.currency === currency ? [] : [mismatch(index, currency, price.price.currency)]),
    ]
  })
}

const mismatch = (index: number, left: Currency, right: Currency): CurrencyMismatch => ({
  _tag: 'CurrencyMismatch',
  path: ['prices', index, 'price'],
  expected: 'prices of one currency',
  left,
  right,
})

/** A period of a funder: what moved, and the prices before and in it. */
interface Step {
  readonly period: string
  readonly points: RollForwardLines<number>
  readonly before: PointsPrice
  readonly price: PointsPrice
}

const stillness = (opening: number): RollForwardLines<number> => ({
  opening,
  opened: 0,
  accrued: 0,
  redeemed: 0,
  expired: 0,
  reversed: 0,
  writtenOff: 0,
  adjustments: 0,
  transfers: 0,
  conversions: 0,
  closing: opening,
})

const missing = (period: string, funder: FunderId | null): MissingPrice => ({
  _tag: 'MissingPrice',
  path: ['prices'],
  expected: `a price for the points of ${funder === null ? 'the program itself' : JSON.stringify(funder)} in that period`,
  period,
  funder,
})

const byKey =
  <A>(key: (value: A) => string) =>
  (a: A, b: A): number =>
    compareKeys(key(a), key(b))

/** The periods of a funder in order: those in which points moved, and those in which a price begins while some are owed. */
const stepsOf = (
  funder: FunderId | null,
  rows: ReadonlyArray<RollForwardRow>,
  prices: ReadonlyArray<LiabilityPrice>,
): E.Either<MissingPrice, ReadonlyArray<Step>> => {
  const begins = [...prices].sort(byKey(({ from }) => from))
  const moved = new Map(rows.map((row) => [row.period, row.points]))
  const periods = Array.from(new Set([...moved.keys(), ...begins.map(({ from }) => from)])).sort(compareKeys)
  const steps: Array<Step> = []
  let next = 0
  let price: PointsPrice | undefined
  let owed = 0
  for (const period of periods) {
    const before = price
    if (begins[next]?.from === period) price = begins[next++]?.price
    const points = moved.get(period) ?? stillness(owed)
    if (price === undefined) return E.left(missing(period, funder))
    if (moved.has(period) || owed !== 0) steps.push({ period, points, before: before ?? price, price })
    owed = points.closing
  }
  return E.right(steps)
}

/** What is owed after each line: at the price before, at that of the period, and then with one movement after the other. */
const balancesOf = ({ points, before, price }: Step): ReadonlyArray<readonly [number, PointsPrice]> => {
  let owed = points.opening
  return [
    [owed, before],
    [owed, price],
    ...movementLines.map((line): readonly [number, PointsPrice] => {
      owed += points[line]
      return [owed, price]
    }),
  ]
}

const changesOf = (values: ReadonlyArray<number>, currency: Currency): ValuedLines => {
  const change = (line: number): Money => ({ minor: (values[line] ?? 0) - (values[line - 1] ?? 0), currency })
  return {
    opening: change(0),
    revaluation: change(1),
    opened: change(2),
    accrued: change(3),
    redeemed: change(4),
    expired: change(5),
    reversed: change(6),
    writtenOff: change(7),
    adjustments: change(8),
    transfers: change(9),
    conversions: change(10),
    closing: { minor: values[values.length - 1] ?? 0, currency },
  }
}

/**
 * Each line is what it adds to the value of all lines up to it: so rounding never breaks the sum, and the closing is the
 * value of the closing points.
 */
const valuedLines = (step: Step, mode: RoundingMode): E.Either<OutOfRange, ValuedLines> => {
  const values: Array<number> = []
  for (const [points, price] of balancesOf(step)) {
    const worth = worthOfPoints(points, price, mode)
    if (worth._tag === 'Left')
      return E.left(outOfRange([], points, 'points whose worth is a safe integer of minor units'))
    values.push(worth.right.minor)
  }
  return E.right(changesOf(values, step.price.price.currency))
}

const groupBy = <A extends { readonly funder: FunderId | null }>(
  values: ReadonlyArray<A>,
): ReadonlyMap<FunderId | null, ReadonlyArray<A>> => {
  const groups = new Map<FunderId | null, Array<A>>()
  for (const value of values) {
    const group = groups.get(value.funder)
    if (group === undefined) groups.set(value.funder, [value])
    else group.push(value)
  }
  return groups
}

const valuedRows = (
  funder: FunderId | null,
  steps: ReadonlyArray<Step>,
  mode: RoundingMode,
  faults: Array<RollForwardValueFault>,
): ReadonlyArray<ValuedRow> =>
  steps.flatMap((step) => {
    const money = valuedLines(step, mode)
    if (money._tag === 'Right') return [{ period: step.period, funder, price: step.price, money: money.right }]
    faults.push({ ...money.left, path: ['rows', step.period] })
    return []
  })

const lines: ReadonlyArray<keyof ValuedLines> = ['revaluation', ...movementLines]

/** A period in which only some funders have a row: the others owe what they owed before. */
const totalOf = (
  owed: number,
  rows: ReadonlyArray<ValuedRow>,
  currency: Currency,
): E.Either<OutOfRange, ValuedLines> => {
  const values: Array<number> = [owed]
  for (const line of lines) {
    const change = rows.reduce((sum, { money }) => sum + money[line].minor, 0)
    values.push((values[values.length - 1] as number) + change)
  }
  const wrong = values.find((value) => !Number.isSafeInteger(value))
  return wrong === undefined
    ? E.right(changesOf(values, currency))
    : E.left(outOfRange([], wrong, 'a sum of all funders that is a safe integer of minor units'))
}

const totalsOf = (
  rows: ReadonlyArray<ValuedRow>,
  currency: Currency,
): E.Either<OutOfRange, ReadonlyArray<ValuedTotal>> => {
  const totals: Array<ValuedTotal> = []
  let owed: number | undefined
  for (let from = 0, end = 0; from < rows.length; from = end) {
    const { period } = rows[from] as ValuedRow
    while (rows[end]?.period === period) end += 1
    const ofPeriod = rows.slice(from, end)
    // Whoever owed something before the first period has a row in it.
    owed ??= ofPeriod.reduce((sum, { money }) => sum + money.opening.minor, 0)
    const money = totalOf(owed, ofPeriod, currency)
    if (money._tag === 'Left') return E.left({ ...money.left, path: ['totals', totals.length] })
    owed = money.right.closing.minor
    totals.push({ period, money: money.right })
  }
  return E.right(totals)
}

const rowsOf = (
  { rows }: RollForward,
  prices: ReadonlyArray<LiabilityPrice>,
  mode: RoundingMode,
): E.Either<ReadonlyNonEmptyArray<RollForwardValueFault>, ReadonlyArray<ValuedRow>> => {
  const pricesOf = groupBy(prices)
  const faults: Array<RollForwardValueFault> = []
  const valued: Array<ValuedRow> = []
  for (const [funder, ofFunder] of groupBy(rows)) {
    const steps = stepsOf(funder, ofFunder, pricesOf.get(funder) ?? [])
    if (steps._tag === 'Left') faults.push(steps.left)
    else for (const row of valuedRows(funder, steps.right, mode, faults)) valued.push(row)
  }
  const [fault, ...more] = faults
  if (fault !== undefined) return E.left([fault, ...more])
  return E.right(valued.sort((a, b) => compareKeys(a.period, b.period) || compareKeys(a.funder, b.funder)))
}

/**
 * A roll-forward in money: each funder's points at their price, with a revaluation where a price changes. Every line is
 * rounded as part of the running balance, so that the lines sum to the closing, and the closing is the worth of the closing
 * points; a total is the sum of its rows.
 *
 * @param rollForward from {@link liabilityRollForward}
 * @param prices of each funder from a period on, in one currency and in any order; an opening balance has the price of the
 * period before, or that of the first period where there is none
 * @param mode how running balances are rounded to the minor unit
 * @returns `MissingPrice` for each funder whose points move before the first of its prices; `CurrencyMismatch`,
 * `InvalidValue` and `ZeroDenominator` for prices that make no sense or no list, each at its index; `EmptySample` without any
 * price; `OutOfRange` where an amount leaves the exact range.
 * @example
 * ```ts
 * import { formatAmount, liabilityRollForward, money, points, summariseLiability, unwrap, valueRollForward } from 'treue'
 *
 * const move = (period: string, kind: 'accrued' | 'redeemed', points: number) => ({ period, funder: null, kind, points })
 * const movements = [move('2026-01', 'accrued', 1000), move('2026-02', 'redeemed', 300)]
 * const rollForward = unwrap(liabilityRollForward(unwrap(summariseLiability(movements))))
 * const price = (amount: string) => ({ points: unwrap(points(100)), price: unwrap(money(amount, 'EUR')) })
 * const prices = [
 *   { funder: null, from: '2026-01', price: price('1.00') },
 *   { funder: null, from: '2026-02', price: price('0.80') },
 * ]
 * const { totals } = unwrap(valueRollForward(rollForward, prices, 'halfEven'))
 * const amounts = totals.map(({ money }) => [money.opening, money.revaluation, money.redeemed, money.closing])
 * amounts[1]?.map(formatAmount) // => ['10.00', '-2.00', '-2.40', '5.60']
 * ```
 */
export const valueRollForward = (
  rollForward: RollForward,
  prices: ReadonlyArray<LiabilityPrice>,
  mode: RoundingMode,
): E.Either<ReadonlyNonEmptyArray<RollForwardValueFault>, ValuedRollForward> => {
  const [wrong, ...others] = priceListFaults(prices)
  if (wrong !== undefined) return E.left([wrong, ...others])
  const rows = rowsOf(rollForward, prices, mode)
  if (rows._tag === 'Left') return rows
  const totals = totalsOf(rows.right, (prices[0] as LiabilityPrice).price.price.currency)
  return totals._tag === 'Left' ? E.left([totals.left]) : E.right({ rows: rows.right, totals: totals.right })
}
