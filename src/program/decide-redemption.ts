/** A member spends points. */
import * as E from 'fp-ts/Either'
import { burn } from '../ledger/index.ts'
import type { Redemption } from './activity.ts'
import { type Draft, emitEntries } from './draft.ts'
import { definitionOf, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'

export const decideRedemption = (draft: Draft, activity: Redemption): E.Either<Rejection, void> => {
  const { wallet: id, points, at } = activity
  const definition = definitionOf(draft, id)
  if (E.isLeft(definition)) return definition
  const wallet = walletOf(draft.state, id)
  const burnt = burn(wallet, points, at, activity.id)
  if (E.isLeft(burnt)) return E.left([burnt.left])
  if (draft.tracing) {
    const { draws } = burnt.right
    draft.steps.push({ step: 'burn', wallet: id, requested: points, available: wallet.active, draws })
  }
  if (points > 0) emitEntries(draft, [burnt.right])
  return E.right(undefined)
}
