/** What a return takes back. */
import * as E from 'fp-ts/Either'
import {
  type Fault,
  type LineId,
  multiplyDivide,
  type OutOfRange,
  outOfRange,
  type Points,
} from '../foundation/index.ts'
import type { CountedLine, ForeignAmount } from './purchase.ts'

/**
 * A line to give back: so many items of it, so much of it in minor units, or both; by default all that is left of it.
 */
export interface ReturnedLine {
  readonly line: LineId
  readonly minor?: number
  /** The amount in the currency in which the line was bought, where that is another, instead of `minor`. */
  readonly foreignMinor?: number
  /** Items; where no amount is given, they take their share of what the line cost. */
  readonly quantity?: number
}

/** More of a line was to be returned than is left of it. */
export interface ReturnExceedsPurchase extends Fault<'ReturnExceedsPurchase'> {
  readonly line: LineId
  readonly requestedMinor: number
  readonly remainingMinor: number
}

/** More items of a line were to be returned than are left of it. */
export interface ReturnExceedsQuantity extends Fault<'ReturnExceedsQuantity'> {
  readonly line: LineId
  readonly requestedQuantity: number
  readonly remainingQuantity: number
}

/** The purchase has no such line, or all of it has been returned. */
export interface UnknownLine extends Fault<'UnknownLine'> {
  readonly line: LineId
}

/** Why lines cannot be returned. */
export type ReturnFault = ReturnExceedsPurchase | ReturnExceedsQuantity | UnknownLine | OutOfRange

const unknownLine = (line: LineId, index: number): UnknownLine => ({
  _tag: 'UnknownLine',
  path: ['lines', index, 'line'],
  expected: 'a line of the purchase that is not returned yet',
  line,
})

const isNatural = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const itemsFault = (
  requestedQuantity: number,
  index: number,
  { id: line, quantity: remainingQuantity }: CountedLine,
): ReturnFault | undefined => {
  const path = ['lines', index, 'quantity']
  if (!isNatural(requestedQuantity)) return outOfRange(path, requestedQuantity, 'a number of items of 0 or more')
  if (requestedQuantity <= remainingQuantity) return undefined
  const expected = 'at most as many items as are left of the line'
  return { _tag: 'ReturnExceedsQuantity', path, expected, line, requestedQuantity, remainingQuantity }
}

/** Amounts and what is left of them are in one currency: the program's, or that of the line. */
const returnFault = (
  { line, minor = 0, foreignMinor, quantity = 0 }: ReturnedLine,
  index: number,
  counted: CountedLine,
): ReturnFault | undefined => {
  const requestedMinor = foreignMinor ?? minor
  const remainingMinor = foreignMinor === undefined ? counted.minor : (counted.foreign?.minor ?? 0)
  const path = ['lines', index, 'amount']
  if (!isNatural(requestedMinor)) return outOfRange(path, requestedMinor, 'an amount of 0 or more')
  if (requestedMinor <= remainingMinor) return itemsFault(quantity, index, counted)
  const expected = 'at most what is left of the line'
  return { _tag: 'ReturnExceedsPurchase', path, expected, line, requestedMinor, remainingMinor }
}

/** A share of a whole, rounded; the whole is above 0. */
const share = (value: number, part: number, whole: number, mode: 'floor' | 'ceil'): number => {
  const shared = multiplyDivide(value, part, whole, mode)
  return E.isRight(shared) ? shared.right : value
}

/** What is left of the amount that the line was bought for in its own currency. */
const foreignOf = ({ foreign, original }: CountedLine, minor: number): ForeignAmount | undefined => {
  if (foreign === undefined || original.minor === 0) return foreign
  const left = share(foreign.originalMinor, minor, original.minor, 'ceil')
  return { ...foreign, minor: Math.min(foreign.minor, left) }
}

/** A line with less left of it: what counts for points is its share of what was bought, rounded down. */
const lessOf = (
  line: CountedLine,
  minor: number,
  quantity: number,
  foreign: ForeignAmount | undefined = foreignOf(line, minor),
): CountedLine => {
  const { id, categories, sku, brand, counts, original } = line
  const basisMinor =
    original.minor === 0 ? original.basisMinor : share(original.basisMinor, minor, original.minor, 'floor')
  const rest = { id, minor, categories, quantity, sku, brand, counts, basisMinor, original }
  return foreign === undefined ? rest : { ...rest, foreign }
}

/** The amount that is left with so much of the line's own currency: its share of all, whatever the steps to it were. */
const minorOfForeign = ({ minor, original }: CountedLine, { originalMinor, minor: left }: ForeignAmount): number =>
  left === 0 || originalMinor === 0 ? 0 : Math.min(minor, share(original.minor, left, originalMinor, 'ceil'))

/** The amount that is left with some items, at most what is left now. */
const minorOfItems = ({ minor, original }: CountedLine, quantity: number): number =>
  Math.min(minor, original.quantity === 0 ? minor : share(original.minor, quantity, original.quantity, 'floor'))

/** The items of which something is left with some amount: an item counts until all of its amount is given back. */
const itemsOfMinor = ({ quantity, original }: CountedLine, minor: number): number =>
  Math.min(quantity, original.minor === 0 ? quantity : share(original.quantity, minor, original.minor, 'ceil'))

/** What is left after items are given back, which take their share of the amount along. */
const afterItems = (line: CountedLine, quantity: number): CountedLine | null => {
  const items = line.quantity - quantity
  return items === 0 ? null : lessOf(line, minorOfItems(line, items), items)
}

const afterAmount = (line: CountedLine, minor: number, quantity: number | undefined): CountedLine | null => {
  const amount = line.minor - minor
  if (amount === 0 && (quantity ?? line.quantity) === line.quantity) return null
  return lessOf(line, amount, quantity === undefined ? itemsOfMinor(line, amount) : line.quantity - quantity)
}

const afterForeign = (
  line: CountedLine,
  before: ForeignAmount,
  minor: number,
  quantity: number | undefined,
): CountedLine | null => {
  const { currency, originalMinor } = before
  const foreign = { currency, minor: before.minor - minor, originalMinor }
  if (foreign.minor === 0 && (quantity ?? line.quantity) === line.quantity) return null
  const amount = minorOfForeign(line, foreign)
  return lessOf(line, amount, quantity === undefined ? itemsOfMinor(line, amount) : line.quantity - quantity, foreign)
}

/** What is left of a line after some of it is given back; `null` where nothing is. */
const leftOf = (
  returned: ReturnedLine,
  index: number,
  line: CountedLine,
): E.Either<ReturnFault, CountedLine | null> => {
  const fault = returnFault(returned, index, line)
  if (fault !== undefined) return E.left(fault)
  const { minor, foreignMinor, quantity } = returned
  if (foreignMinor !== undefined && line.foreign !== undefined) {
    return E.right(afterForeign(line, line.foreign, foreignMinor, quantity))
  }
  return E.right(minor === undefined ? afterItems(line, quantity ?? line.quantity) : afterAmount(line, minor, quantity))
}

/**
 * What is left of a purchase when some of it is returned, by amount or by items; the faults of all lines are reported. A
 * line of which nothing is left is gone, so that its categories count no more when the rest is earned anew (S3). What
 * counts for points of the rest of a line is its share of what was bought, counted from the remainder and rounded down:
 * how a return is split makes no difference.
 *
 * `UnknownLine`: the purchase has no such line left. `ReturnExceedsPurchase`: more than what is left of the line.
 * `ReturnExceedsQuantity`: more items than are left of it. `OutOfRange`: an amount or a number of items below zero, or
 * no integer.
 *
 * @param lines - what is left of the purchase now
 * @param returned - what is given back; a line may come more than once
 *
 * @example
 * ```ts
 * import { countedLines, type LineId, money, remainingLines, unwrap } from 'treue'
 *
 * const line = '1' as LineId
 * const lines = countedLines({}, [{ id: line, amount: unwrap(money('10.00', 'EUR')), quantity: 4 }])
 * unwrap(remainingLines(lines, [{ line, minor: 100 }])).map(({ minor }) => minor) // => [900]
 * unwrap(remainingLines(lines, [{ line, quantity: 3 }])).map(({ minor, quantity }) => [minor, quantity]) // => [[250, 1]]
 * ```
 */
export const remainingLines = (
  lines: ReadonlyArray<CountedLine>,
  returned: ReadonlyArray<ReturnedLine>,
): E.Either<ReadonlyArray<ReturnFault>, ReadonlyArray<CountedLine>> => {
  const left = new Map(lines.map((line) => [line.id, line]))
  const faults: Array<ReturnFault> = []
  for (const [index, one] of returned.entries()) {
    const remaining = left.get(one.line)
    const rest = remaining === undefined ? E.left(unknownLine(one.line, index)) : leftOf(one, index, remaining)
    if (E.isLeft(rest)) faults.push(rest.left)
    else if (rest.right === null) left.delete(one.line)
    else left.set(one.line, rest.right)
  }
  return faults.length > 0 ? E.left(faults) : E.right([...left.values()])
}

/**
 * A return of all that is left of a purchase.
 *
 * @param lines - what is left of it now
 *
 * @example
 * ```ts
 * import { completeReturn, countedLines, type LineId, money, remainingLines, unwrap } from 'treue'
 *
 * const lines = countedLines({}, [{ id: '1' as LineId, amount: unwrap(money('10.00', 'EUR')) }])
 * unwrap(remainingLines(lines, completeReturn(lines))) // => []
 * ```
 */
export const completeReturn = (lines: ReadonlyArray<CountedLine>): ReadonlyArray<ReturnedLine> =>
  lines.map(({ id }) => ({ line: id }))

/**
 * What a return takes back: what was granted less what the rest of the purchase earns, never below zero, so that no
 * split of a return into parts pays (S3, S13).
 *
 * @param granted - what the purchase was granted and still has, in the wallet's smallest unit
 * @param earnedOnRest - what the remaining lines earn by the rules that granted
 *
 * @example
 * ```ts
 * import { clawedBack, type Points } from 'treue'
 *
 * clawedBack(1 as Points, 0 as Points) // => 1
 * ```
 */
export const clawedBack = (granted: Points, earnedOnRest: Points): Points =>
  Math.max(0, granted - earnedOnRest) as Points
