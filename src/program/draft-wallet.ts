/** The wallets of a member in a decision: finding one, and putting points in. */
import * as E from 'fp-ts/Either'
import type { WalletId } from '../foundation/index.ts'
import { accrue, emptyWallet, type Grant, type Wallet, type WalletDefinition } from '../ledger/index.ts'
import { type Draft, emitEntries } from './draft.ts'
import type { MemberState } from './member-state.ts'
import type { Rejection } from './rejection.ts'

/** A member's wallet; one in which nothing has happened yet is empty. */
export const walletOf = ({ wallets }: MemberState, id: WalletId): Wallet =>
  wallets.find((wallet) => wallet.id === id) ?? emptyWallet(id)

/** What the program says of a wallet, or that it has none of that id. */
export const definitionOf = ({ program }: Draft, id: WalletId): E.Either<Rejection, WalletDefinition> => {
  const definition = program.wallets.get(id)
  if (definition !== undefined) return E.right(definition)
  const expected = `a wallet of the program: ${[...program.wallets.keys()].join(', ')}`
  return E.left([{ _tag: 'UnknownWallet', path: ['wallet'], expected, wallet: id }])
}

/** Puts points into a wallet of the program. */
export const enterGrant = (draft: Draft, id: WalletId, grant: Grant): E.Either<Rejection, void> => {
  const definition = definitionOf(draft, id)
  if (E.isLeft(definition)) return definition
  const entries = accrue(definition.right, draft.program.zone, walletOf(draft.state, id), grant)
  if (E.isLeft(entries)) return E.left([entries.left])
  emitEntries(draft, entries.right)
  return E.right(undefined)
}
