/** Points that move into another wallet instead of expiring. */
import type { WalletId } from '../../foundation/index.ts'
import { type LedgerEntry, type Lot, lotTerm } from '../../ledger/index.ts'
import { movedLotId } from './derived-id.ts'
import type { Draft } from './draft.ts'
import { enterArrival } from './draft-wallet.ts'

/** What comes into another wallet of the program for points that left one of its wallets on their expiry. */
export const enterMovedPoints = (draft: Draft, entries: ReadonlyArray<LedgerEntry>): void => {
  const { wallets, zone } = draft.program
  for (const entry of entries) {
    if (entry.type !== 'convertedOut') continue
    const definition = wallets.get(entry.to as WalletId)
    if (definition === undefined || definition.id === entry.wallet) continue
    const { at, source, points, wallet: from } = entry
    const term = lotTerm(definition, zone, at)
    const lots = entry.draws.map(({ lot, points: moved }): Lot => {
      const { activeFrom, expiresAt, awaits } = term
      const active = awaits === null && activeFrom <= at
      const id = movedLotId(from, lot, at)
      return {
        id,
        points: moved,
        earnedAt: at,
        active,
        activeFrom,
        expiresAt,
        source,
        kind: 'regular',
        funder: null,
        awaits,
      }
    })
    enterArrival(draft, { type: 'convertedIn', wallet: definition.id, at, source, points, lots, from })
  }
}
