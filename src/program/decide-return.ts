/** A member gives goods back. */
import * as E from 'fp-ts/Either'
import { type CountedLine, completeReturn, linesTotal, type ReturnedLine, remainingLines } from '../earning/index.ts'
import type { Return } from './activity.ts'
import { enterReassessment, reassessment } from './decide-referral.ts'
import { type Draft, emit } from './draft.ts'
import { lineCurrencyFaults } from './line-currency.ts'
import type { OpenEarning } from './open-earning.ts'
import type { Rejection } from './rejection.ts'
import { openEarningOf, undoEarning } from './undo-earning.ts'

const returnedLines = (
  draft: Draft,
  { lines }: Return,
  open: OpenEarning,
): E.Either<Rejection, ReadonlyArray<ReturnedLine>> => {
  if (lines === undefined) return E.right(completeReturn(open.lines))
  const faults = lines.flatMap(({ amount }, index) =>
    amount === undefined ? [] : lineCurrencyFaults(draft, amount, index),
  )
  if (faults.length > 0) return E.left(faults)
  return E.right(
    lines.map(({ line, amount, quantity }) => ({
      line,
      ...(amount === undefined ? {} : { minor: amount.minor }),
      ...(quantity === undefined ? {} : { quantity }),
    })),
  )
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
  const reassessed = reassessment(draft, activity, open.right, linesTotal(lines.right))
  const undone = undoEarning(draft, activity, open.right, lines.right)
  if (E.isLeft(undone)) return undone
  if (reassessed === null) return E.right(undefined)
  if (reassessed.outcome === 'cancelled') {
    const earning = draft.state.earnings.find(({ id }) => id === activity.purchase)
    const { orders } = draft.state
    if (earning !== undefined) {
      emit(draft, { type: 'earningReduced', at: activity.at, earning: { ...earning, rewards: [] }, orders })
    }
  }
  enterReassessment(draft, activity, open.right, reassessed)
  return E.right(undefined)
}
