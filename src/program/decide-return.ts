/** A member gives goods back: what the purchase was granted is counted anew on what is left of it. */
import * as E from 'fp-ts/Either'
import {
  clawedBack,
  earn,
  linesTotal,
  type ReturnedLine,
  remainingLines,
  type WalletEarning,
} from '../earning/index.ts'
import type { Points } from '../foundation/index.ts'
import { clawBack } from '../ledger/index.ts'
import type { Return } from './activity.ts'
import { countTowardsTiers } from './decide-purchase.ts'
import { enterReassessment, reassessment } from './decide-referral.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import { lineCurrencyFaults } from './line-currency.ts'
import type { OpenPurchase, PurchaseGrant } from './member-state.ts'
import type { Rejection } from './rejection.ts'

const returnedLines = (draft: Draft, activity: Return): E.Either<Rejection, ReadonlyArray<ReturnedLine>> => {
  const faults = activity.lines.flatMap(({ amount }, index) =>
    amount === undefined ? [] : lineCurrencyFaults(draft, amount, index),
  )
  if (faults.length > 0) return E.left(faults)
  return E.right(
    activity.lines.map(({ line, amount }) => (amount === undefined ? { line } : { line, minor: amount.minor })),
  )
}

const openPurchaseOf = (draft: Draft, { purchase, at }: Return): E.Either<Rejection, OpenPurchase> => {
  const open = draft.state.purchases.find(({ id }) => id === purchase)
  if (open !== undefined && open.returnableUntil > at) return E.right(open)
  const expected = 'a purchase of the member within its return window'
  return E.left([{ _tag: 'PurchaseNotReturnable', path: ['purchase'], expected, purchase }])
}

/** A grant after the return, and what of it is taken back. */
interface Clawed {
  readonly before: PurchaseGrant
  readonly after: PurchaseGrant
  readonly clawed: Points
  readonly lapsed: Points
}

const clawedGrant = (before: PurchaseGrant, earned: ReadonlyArray<WalletEarning>): Clawed => {
  const earnedOnRest = earned.find(({ wallet }) => wallet === before.wallet)?.points ?? (0 as Points)
  const clawed = clawedBack(before.points, earnedOnRest)
  const lapsed = Math.min(before.lapsed, clawed) as Points
  const after = {
    ...before,
    points: (before.points - clawed) as Points,
    lapsed: (before.lapsed - lapsed) as Points,
  }
  return { before, after, clawed, lapsed }
}

/** Takes back in the ledger and in the tiers. Points that died meanwhile cost the member nothing a second time. */
const enterClaw = (draft: Draft, activity: Return, open: OpenPurchase, { before, clawed, lapsed }: Clawed): void => {
  const { at, id: source } = activity
  const { wallet: id, lot, points: granted } = before
  if (draft.tracing) {
    const earnedOnRest = (granted - clawed) as Points
    const { id: purchase, version } = open
    draft.steps.push({ step: 'clawBack', wallet: id, purchase, version, granted, earnedOnRest, clawed, lapsed })
  }
  emitEntries(draft, clawBack(walletOf(draft.state, id), { lot, points: (clawed - lapsed) as Points, at, source }))
  countTowardsTiers(draft, id, -clawed, open, at)
}

export const decideReturn = (draft: Draft, activity: Return): E.Either<Rejection, void> => {
  const open = openPurchaseOf(draft, activity)
  if (E.isLeft(open)) return open
  const { id: purchase, version } = open.right
  const compiled = draft.program.versions.get(version)?.earning
  if (compiled === undefined) {
    const expected = 'an earlier version of the program that was given when compiling'
    return E.left([{ _tag: 'UnknownProgramVersion', path: ['purchase'], expected, version }])
  }
  const returned = returnedLines(draft, activity)
  if (E.isLeft(returned)) return returned
  const lines = remainingLines(open.right.lines, returned.right)
  if (E.isLeft(lines)) return lines
  const earned = earn(compiled, lines.right, draft.program.zone, open.right.at)
  if (E.isLeft(earned)) return E.left([earned.left])
  const claws = open.right.grants.map((grant) => clawedGrant(grant, earned.right))
  const grants = claws.map(({ after }) => after)
  const reassessed = reassessment(draft, activity, open.right, linesTotal(lines.right))
  const rewards = reassessed?.outcome === 'cancelled' ? [] : open.right.rewards
  emit(draft, { type: 'purchaseReturned', at: activity.at, purchase, lines: lines.right, grants, rewards })
  for (const claw of claws) enterClaw(draft, activity, open.right, claw)
  if (reassessed !== null) enterReassessment(draft, activity, open.right, reassessed)
  return E.right(undefined)
}
