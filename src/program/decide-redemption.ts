/** A member spends points. */
import * as E from 'fp-ts/Either'
import { burn, emptyWallet } from '../ledger/index.ts'
import type { Redemption } from './activity.ts'
import { type Draft, emitEntries } from './draft.ts'
import type { Rejection } from './rejection.ts'

export const decideRedemption = (draft: Draft, activity: Redemption): E.Either<Rejection, void> => {
  const { wallet: id, points, at } = activity
  if (!draft.program.wallets.has(id)) {
    const expected = `a wallet of the program: ${[...draft.program.wallets.keys()].join(', ')}`
    return E.left([{ _tag: 'UnknownWallet', path: ['wallet'], expected, wallet: id }])
  }
  const wallet = draft.state.wallets.find((there) => there.id === id) ?? emptyWallet(id)
  const burnt = burn(wallet, points, at, activity.id)
  if (E.isLeft(burnt)) return E.left([burnt.left])
  if (draft.tracing) {
    const { draws } = burnt.right
    draft.steps.push({ step: 'burn', wallet: id, requested: points, available: wallet.active, draws })
  }
  if (points > 0) emitEntries(draft, [burnt.right])
  return E.right(undefined)
}
