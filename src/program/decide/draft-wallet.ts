/** The wallets of a member in a decision: finding one, putting points in, taking them out, keeping them alive. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant, Points, WalletId } from '../../foundation/index.ts'
import {
  accrue,
  adjustOut,
  emptyWallet,
  type Grant,
  type InactivityExpiry,
  type LedgerEntry,
  resetInactivity,
  settleDebt,
  type Wallet,
  type WalletDefinition,
} from '../../ledger/index.ts'
import type { MemberState } from '../state/member-state.ts'
import { type Draft, emitEntries } from './draft.ts'
import type { Rejection } from './rejection.ts'

/** A member's wallet; one in which nothing has happened yet is empty. */
export const walletOf = ({ wallets }: MemberState, id: WalletId): Wallet =>
  wallets.find((wallet) => wallet.id === id) ?? emptyWallet(id)

/** What the program says of a wallet, or that it has none of that id. */
export const definitionOf = (
  { program }: Draft,
  id: WalletId,
  path: ReadonlyArray<string> = ['wallet'],
): E.Either<Rejection, WalletDefinition> => {
  const definition = program.wallets.get(id)
  if (definition !== undefined) return E.right(definition)
  const expected = `a wallet of the program: ${[...program.wallets.keys()].join(', ')}`
  return E.left([{ _tag: 'UnknownWallet', path, expected, wallet: id }])
}

/** What is said of a wallet that the program no longer has: nothing more is earned in it, and its dates stay. */
const plainWallet = (id: WalletId): WalletDefinition => ({ id, decimals: 0, pending: null, expiry: null })

/** What the program says of a wallet that a member has. */
export const heldWalletDefinition = ({ wallets }: Pick<Draft['program'], 'wallets'>, id: WalletId): WalletDefinition =>
  wallets.get(id) ?? plainWallet(id)

/** Gives the points of a wallet that lives by inactivity a new date. */
const keepWalletAlive = (draft: Draft, id: WalletId, source: ActivityId, at: Instant): void => {
  const definition = heldWalletDefinition(draft.program, id)
  emitEntries(draft, resetInactivity(definition, draft.program.zone, walletOf(draft.state, id), at, source))
}

/** Gives all points a new date whose wallets count what happened as a sign of life (S23). */
export const keepAlive = (
  draft: Draft,
  source: ActivityId,
  at: Instant,
  counts: (policy: InactivityExpiry) => boolean,
): void => {
  for (const { id } of draft.state.wallets) {
    const { expiry } = heldWalletDefinition(draft.program, id)
    if (expiry?.type === 'inactivity' && counts(expiry)) keepWalletAlive(draft, id, source, at)
  }
}

/** Enters what came into a wallet, and the debt that it pays. */
export const enterArrival = (draft: Draft, entry: LedgerEntry): void => {
  emitEntries(draft, [entry])
  emitEntries(draft, settleDebt(walletOf(draft.state, entry.wallet), entry.at))
}

/** Puts points into a wallet of the program; their term is counted from an instant of its own where that is not `at`. */
export const enterGrant = (
  draft: Draft,
  id: WalletId,
  grant: Grant,
  countedAt: Instant = grant.at,
): E.Either<Rejection, void> => {
  const definition = definitionOf(draft, id)
  if (E.isLeft(definition)) return definition
  const anchored: Grant = countedAt === grant.at ? grant : { ...grant, term: { ...grant.term, countedFrom: countedAt } }
  const entries = accrue(definition.right, draft.program.zone, walletOf(draft.state, id), anchored)
  if (E.isLeft(entries)) return E.left([entries.left])
  emitEntries(draft, entries.right)
  const { expiry } = definition.right
  if (expiry?.type === 'inactivity' && expiry.resetBy.includes('accrual')) {
    keepWalletAlive(draft, id, grant.source, grant.at)
  }
  return E.right(undefined)
}

/** Takes points that an action costs; what is not there becomes debt. */
export const enterPenalty = (
  draft: Draft,
  id: WalletId,
  points: Points,
  at: Instant,
  source: ActivityId,
): E.Either<Rejection, void> => {
  const definition = heldWalletDefinition(draft.program, id)
  const taken = adjustOut(definition, draft.program.zone, walletOf(draft.state, id), {
    points,
    at,
    source,
    reason: 'earning rule',
    actor: 'program',
    missing: 'debt',
  })
  if (E.isLeft(taken)) return E.left([taken.left])
  emitEntries(draft, [taken.right])
  return E.right(undefined)
}
