/** Points are set aside, or are free again. */
import * as E from 'fp-ts/Either'
import { hold, releaseHold } from '../../ledger/index.ts'
import type { HoldRelease, PointsHold } from '../activity/wallet-activity.ts'
import { type Draft, emitEntries } from './draft.ts'
import { definitionOf, enterArrival, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'
import { isHeldForReward } from './release-rewards.ts'

export const decideHold = (draft: Draft, { id, wallet, points, at, until }: PointsHold): E.Either<Rejection, void> => {
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  const held = hold(definition.right, draft.program.zone, walletOf(draft.state, wallet), points, at, id, until)
  if (E.isLeft(held)) return E.left([held.left])
  if (points > 0) emitEntries(draft, [held.right])
  return E.right(undefined)
}

export const decideHoldRelease = (draft: Draft, { hold: id, at }: HoldRelease): E.Either<Rejection, void> => {
  const wallet = draft.state.wallets.find(({ holds }) => holds.some((one) => one.id === id))
  if (wallet === undefined || isHeldForReward(draft.state, id)) {
    const expected = 'a hold of the member that is still open, and is for no reward'
    return E.left([{ _tag: 'UnknownHold', path: ['hold'], expected, hold: id }])
  }
  const released = releaseHold(wallet, id, at)
  if (E.isLeft(released)) return E.left([released.left])
  enterArrival(draft, released.right)
  return E.right(undefined)
}
