/** What a return takes back. */
import * as E from 'fp-ts/Either'
import { type Fault, type LineId, type OutOfRange, outOfRange, type Points } from '../foundation/index.ts'
import type { CountedLine } from './purchase.ts'

/** A line to give back: so much of it in minor units, or by default all that is left of it. */
export interface ReturnedLine {
  readonly line: LineId
  readonly minor?: number
}

/** More of a line was to be returned than is left of it. */
export interface ReturnExceedsPurchase extends Fault<'ReturnExceedsPurchase'> {
  readonly line: LineId
  readonly requestedMinor: number
  readonly remainingMinor: number
}

/** The purchase has no such line, or all of it has been returned. */
export interface UnknownLine extends Fault<'UnknownLine'> {
  readonly line: LineId
}

/** Why lines cannot be returned. */
export type ReturnFault = ReturnExceedsPurchase | UnknownLine | OutOfRange

const unknownLine = (line: LineId, index: number): UnknownLine => ({
  _tag: 'UnknownLine',
  path: ['lines', index, 'line'],
  expected: 'a line of the purchase that is not returned yet',
  line,
})

const amountFault = (
  line: LineId,
  index: number,
  requestedMinor: number,
  remainingMinor: number,
): ReturnFault | undefined => {
  const path = ['lines', index, 'amount']
  if (!Number.isSafeInteger(requestedMinor) || requestedMinor < 0) {
    return outOfRange(path, requestedMinor, 'an amount of 0 or more')
  }
  if (requestedMinor <= remainingMinor) return undefined
  const expected = 'at most what is left of the line'
  return { _tag: 'ReturnExceedsPurchase', path, expected, line, requestedMinor, remainingMinor }
}

/**
 * What is left of a purchase when some of it is returned; the faults of all lines are reported. A line of which nothing
 * is left is gone, so that its categories count no more when the rest is earned anew (S3).
 *
 * `UnknownLine`: the purchase has no such line left. `ReturnExceedsPurchase`: more than what is left of the line.
 * `OutOfRange`: an amount below zero, or no integer.
 *
 * @param lines - what is left of the purchase now
 * @param returned - what is given back; a line may come more than once
 *
 * @example
 * ```ts
 * import { type LineId, remainingLines, unwrap } from 'treue'
 *
 * const line = '1' as LineId
 * unwrap(remainingLines([{ id: line, minor: 1000, categories: [] }], [{ line, minor: 100 }])).map(({ minor }) => minor)
 * // => [900]
 * ```
 */
export const remainingLines = (
  lines: ReadonlyArray<CountedLine>,
  returned: ReadonlyArray<ReturnedLine>,
): E.Either<ReadonlyArray<ReturnFault>, ReadonlyArray<CountedLine>> => {
  const left = new Map(lines.map(({ id, minor }) => [id, minor]))
  const faults: Array<ReturnFault> = []
  returned.forEach(({ line, minor }, index) => {
    const remaining = left.get(line)
    if (remaining === undefined) {
      faults.push(unknownLine(line, index))
      return
    }
    const given = minor ?? remaining
    const fault = amountFault(line, index, given, remaining)
    if (fault !== undefined) faults.push(fault)
    else if (given === remaining) left.delete(line)
    else left.set(line, remaining - given)
  })
  if (faults.length > 0) return E.left(faults)
  return E.right(
    lines.flatMap((line) => {
      const minor = left.get(line.id)
      return minor === undefined ? [] : [{ ...line, minor }]
    }),
  )
}

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
