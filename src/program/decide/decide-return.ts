/** A member gives goods back. */
import * as E from 'fp-ts/Either'
import { type CountedLine, completeReturn, type ReturnedLine, remainingLines } from '../../earning/index.ts'
import type { CurrencyMismatch, Money } from '../../foundation/index.ts'
import type { Return, ReturnLine } from '../activity/activity.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import { restoreVouchers } from './apply-vouchers.ts'
import type { Draft } from './draft.ts'
import { takeStampsBack } from './give-stamps.ts'
import { automaticDebts, takeAutomaticBack } from './redeem-automatically.ts'
import type { Rejection } from './rejection.ts'
import { returnReferral } from './return-referral.ts'
import { openEarningOf, undoEarning } from './undo-earning.ts'

/** The amount to give back, in the program's currency or in the one in which the line was bought. */
const returnedAmount = (
  { program }: Draft,
  amount: Money,
  index: number,
  line: CountedLine | undefined,
): E.Either<CurrencyMismatch, Pick<ReturnedLine, 'minor' | 'foreignMinor'>> => {
  const { currency } = program.program
  if (amount.currency === currency) return E.right({ minor: amount.minor })
  const own = line?.foreign?.currency
  if (amount.currency === own) return E.right({ foreignMinor: amount.minor })
  const expected = `${currency}, the program's currency${own === undefined ? '' : `, or ${own}, the line's`}`
  const path = ['lines', index, 'amount', 'currency']
  return E.left({ _tag: 'CurrencyMismatch', path, expected, left: amount.currency, right: currency })
}

const returnedLine = (
  draft: Draft,
  { line, amount, quantity }: ReturnLine,
  index: number,
  bought: CountedLine | undefined,
): E.Either<CurrencyMismatch, ReturnedLine> => {
  const given = amount === undefined ? E.right({}) : returnedAmount(draft, amount, index, bought)
  return E.isLeft(given) ? given : E.right({ line, ...given.right, ...(quantity === undefined ? {} : { quantity }) })
}

const returnedLines = (
  draft: Draft,
  { lines }: Return,
  open: OpenEarning,
): E.Either<Rejection, ReadonlyArray<ReturnedLine>> => {
  if (lines === undefined) return E.right(completeReturn(open.lines))
  const bought = new Map(open.lines.map((line) => [line.id, line]))
  const returned: Array<ReturnedLine> = []
  const faults: Array<CurrencyMismatch> = []
  for (const [index, line] of lines.entries()) {
    const one = returnedLine(draft, line, index, bought.get(line.line))
    if (E.isLeft(one)) faults.push(one.left)
    else returned.push(one.right)
  }
  return faults.length > 0 ? E.left(faults) : E.right(returned)
}

const linesLeft = (
  draft: Draft,
  activity: Return,
  open: OpenEarning,
): E.Either<Rejection, ReadonlyArray<CountedLine>> => {
  const returned = returnedLines(draft, activity, open)
  return E.isLeft(returned) ? returned : remainingLines(open.lines, returned.right)
}

export const decideReturn = (draft: Draft, activity: Return): E.Either<Rejection, void> => {
  const open = openEarningOf(draft, activity.purchase, activity.at, 'purchase')
  if (E.isLeft(open)) return open
  const lines = linesLeft(draft, activity, open.right)
  if (E.isLeft(lines)) return lines
  const before = automaticDebts(draft)
  const undone = undoEarning(draft, activity, open.right, lines.right)
  if (E.isLeft(undone)) return undone
  if (lines.right.length === 0) restoreVouchers(draft, activity.purchase, activity.at)
  const stamps = takeStampsBack(draft, activity, open.right, lines.right)
  if (E.isLeft(stamps)) return stamps
  returnReferral(draft, activity, open.right, lines.right)
  const { id: source, at } = activity
  takeAutomaticBack(draft, { source, at, earnedAt: open.right.at, before })
  return E.right(undefined)
}
