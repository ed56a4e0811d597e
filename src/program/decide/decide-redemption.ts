/** A member spends points, or a redemption is undone. */
import * as E from 'fp-ts/Either'
import { addDuration, type Points } from '../../foundation/index.ts'
import {
  burn,
  type Lot,
  piecesOf,
  pointsOf,
  redeemHold,
  releaseHold,
  restore,
  type Wallet,
} from '../../ledger/index.ts'
import type { Redemption, RedemptionCancellation } from '../activity/wallet-activity.ts'
import type { OpenRedemption } from '../state/member-state.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { definitionOf, enterArrival, heldWalletDefinition, keepAlive, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'
import { isHeldForReward } from './release-rewards.ts'

/** The pieces that a redemption spends, kept so that it can be cancelled. */
const record = (draft: Draft, { id, wallet, at }: Redemption, pieces: ReadonlyArray<Lot>): void => {
  const { program, zone } = draft.program
  const cancellableUntil = addDuration(zone, at, program.returnWindow)
  const redemption: OpenRedemption = { id, wallet, at, cancellableUntil, pieces, restored: 0 as Points }
  emit(draft, { type: 'redemptionRecorded', at, redemption })
}

const traceBurn = (
  draft: Draft,
  { wallet, points }: Redemption,
  available: Points,
  pieces: ReadonlyArray<Lot>,
): void => {
  if (!draft.tracing) return
  const draws = pieces.map(({ id: lot, points: taken }) => ({ lot, points: taken }))
  draft.steps.push({ step: 'burn', wallet, requested: points, available, draws })
}

const redeemActive = (draft: Draft, activity: Redemption, wallet: Wallet): E.Either<Rejection, void> => {
  const { id, points, at } = activity
  const definition = heldWalletDefinition(draft.program, wallet.id)
  const burnt = burn(definition, draft.program.zone, wallet, points, at, id)
  if (E.isLeft(burnt)) return E.left([burnt.left])
  const pieces = piecesOf(wallet.lots, burnt.right.draws)
  traceBurn(draft, activity, wallet.active, pieces)
  if (points === 0) return E.right(undefined)
  record(draft, activity, pieces)
  emitEntries(draft, [burnt.right])
  return E.right(undefined)
}

/** Points of a hold are spent, and what is left of it is free again. */
const redeemHeld = (
  draft: Draft,
  activity: Redemption,
  wallet: Wallet,
  hold: NonNullable<Redemption['hold']>,
): E.Either<Rejection, void> => {
  const { id, points, at } = activity
  if (isHeldForReward(draft.state, hold)) {
    const expected = 'a hold of the member that is for no reward'
    return E.left([{ _tag: 'UnknownHold', path: ['hold'], expected, hold }])
  }
  const redeemed = redeemHold(wallet, hold, points, at, id)
  if (E.isLeft(redeemed)) return E.left([redeemed.left])
  const held = wallet.holds.find((one) => one.id === hold)?.lots ?? []
  const pieces = piecesOf(held, redeemed.right.draws)
  traceBurn(draft, activity, pointsOf(held), pieces)
  if (points > 0) {
    record(draft, activity, pieces)
    emitEntries(draft, [redeemed.right])
  }
  const rest = releaseHold(walletOf(draft.state, wallet.id), hold, at)
  if (E.isRight(rest)) enterArrival(draft, rest.right)
  return E.right(undefined)
}

export const decideRedemption = (draft: Draft, activity: Redemption): E.Either<Rejection, void> => {
  const { wallet: id, at, hold } = activity
  const definition = definitionOf(draft, id)
  if (E.isLeft(definition)) return definition
  const wallet = walletOf(draft.state, id)
  const redeemed =
    hold === undefined ? redeemActive(draft, activity, wallet) : redeemHeld(draft, activity, wallet, hold)
  if (E.isLeft(redeemed)) return redeemed
  keepAlive(draft, activity.id, at, ({ resetBy }) => resetBy.includes('redemption'))
  return E.right(undefined)
}

const openRedemptionOf = (
  draft: Draft,
  { redemption: id, at }: RedemptionCancellation,
): E.Either<Rejection, OpenRedemption> => {
  const open = draft.state.redemptions.find((redemption) => redemption.id === id)
  if (open !== undefined && open.cancellableUntil > at) return E.right(open)
  const expected = 'a redemption of the member within the return window'
  return E.left([{ _tag: 'RedemptionNotCancellable', path: ['redemption'], expected, redemption: id }])
}

export const decideRedemptionCancellation = (
  draft: Draft,
  activity: RedemptionCancellation,
): E.Either<Rejection, void> => {
  const { id: source, at, redemption } = activity
  const open = openRedemptionOf(draft, activity)
  if (E.isLeft(open)) return open
  const { wallet: id, pieces, restored } = open.right
  const remaining = (pointsOf(pieces) - restored) as Points
  const points = activity.points ?? remaining
  if (points > remaining) {
    const expected = `at most the ${remaining} points that were not given back yet`
    const fault = { path: ['points'], expected, redemption, requested: points, remaining }
    return E.left([{ _tag: 'RestorationExceedsRedemption', ...fault }])
  }
  emit(draft, { type: 'redemptionCancelled', at, redemption, restored: (restored + points) as Points })
  const definition = heldWalletDefinition(draft.program, id)
  const given = { pieces, restored, points, at, source, redemption }
  const back = restore(definition, draft.program.zone, walletOf(draft.state, id), given)
  if (E.isLeft(back)) return E.left([back.left])
  emitEntries(draft, back.right)
  return E.right(undefined)
}
