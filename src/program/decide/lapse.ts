/** Points that expire and can be made valid again, and those that are. */
import * as E from 'fp-ts/Either'
import { addDuration, type Instant, type LotId, type Points, type WalletId } from '../../foundation/index.ts'
import { expiredLots, isOfLot, type LedgerEntry, reinstate, type Wallet } from '../../ledger/index.ts'
import type { Reinstatement } from '../activity/wallet-activity.ts'
import type { LapsedLot } from '../state/member-state.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { definitionOf, heldWalletDefinition, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'

/** Keeps what expires in a wallet whose points can be made valid again. */
export const recordLapses = (draft: Draft, wallet: Wallet, entries: ReadonlyArray<LedgerEntry>): void => {
  const window = heldWalletDefinition(draft.program, wallet.id).reinstatement ?? null
  if (window === null) return
  const died = entries.filter((entry) => entry.type === 'expired')
  for (const { lot, expiredAt } of expiredLots(wallet, died)) {
    const until = addDuration(draft.program.zone, expiredAt, window)
    emit(draft, { type: 'lapseRecorded', at: expiredAt, lapse: { wallet: wallet.id, lot, expiredAt, until } })
  }
}

/** What earned points that expired is undone: those points cannot be made valid again either. */
export const returnLapses = (draft: Draft, inWallet: WalletId, lot: LotId, points: Points, at: Instant): void => {
  const isOfIt = (one: LapsedLot): boolean => one.wallet === inWallet && isOfLot(one.lot.id, lot)
  if (points > 0 && draft.state.lapsed.some(isOfIt)) emit(draft, { type: 'lapsesReturned', at, inWallet, lot, points })
}

/** Expired points of a wallet are valid again: those of some lots, or all that still can be. */
export const decideReinstatement = (draft: Draft, activity: Reinstatement): E.Either<Rejection, void> => {
  const { id: source, at, wallet, lots, expiresAt } = activity
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  const lapsed = draft.state.lapsed.filter((one) => one.wallet === wallet && one.until > at)
  const open = new Set(lapsed.map(({ lot }) => lot.id))
  const faults = (lots ?? []).flatMap((lot, index): Rejection => {
    const expected = 'a lot that has expired and can still be made valid again'
    return open.has(lot) ? [] : [{ _tag: 'ReinstatementClosed', path: ['lots', index], expected, lot, until: null }]
  })
  if (faults.length > 0) return E.left(faults)
  const wanted = new Set(lots)
  const expired = lots === undefined ? lapsed : lapsed.filter(({ lot }) => wanted.has(lot.id))
  if (expired.length === 0) return E.right(undefined)
  const request = { expired, at, source, ...(expiresAt === undefined ? {} : { expiresAt }) }
  const entries = reinstate(definition.right, draft.program.zone, walletOf(draft.state, wallet), request)
  if (E.isLeft(entries)) return entries
  emit(draft, { type: 'lapsesReinstated', at, inWallet: wallet, lots: expired.map(({ lot }) => lot.id) })
  emitEntries(draft, entries.right)
  return E.right(undefined)
}
