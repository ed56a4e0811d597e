/** What is wrong with the wallets of a program together. */
import { type InvalidValue, invalidValue, type WalletId } from '../../foundation/index.ts'
import type { WalletDefinition } from '../../ledger/index.ts'
import type { Ladder } from '../../tiers/index.ts'

const movesTo = ({ onExpiry }: WalletDefinition): WalletId | undefined =>
  onExpiry?.type === 'move' ? onExpiry.wallet : undefined

/** Points that die in one wallet after the other would come back for ever. */
const comesBack = (from: WalletDefinition, byId: ReadonlyMap<WalletId, WalletDefinition>): boolean => {
  const passed = new Set<WalletId>()
  for (let id = movesTo(from); id !== undefined && !passed.has(id); ) {
    if (id === from.id) return true
    passed.add(id)
    const next = byId.get(id)
    id = next === undefined ? undefined : movesTo(next)
  }
  return false
}

const moveFaults = (
  wallet: WalletDefinition,
  index: number,
  byId: ReadonlyMap<WalletId, WalletDefinition>,
): ReadonlyArray<InvalidValue> => {
  const to = movesTo(wallet)
  if (to === undefined) return []
  const path = [index, 'onExpiry', 'wallet']
  if (!byId.has(to)) return [invalidValue(path, to, `a wallet of the program: ${[...byId.keys()].join(', ')}`)]
  return comesBack(wallet, byId)
    ? [invalidValue(path, to, 'a wallet from which points do not move back into this one')]
    : []
}

const suspensionFaults = (
  { suspension }: WalletDefinition,
  index: number,
  ladders: ReadonlyArray<Ladder>,
): ReadonlyArray<InvalidValue> => {
  if (suspension === undefined) return []
  const ladder = ladders.find(({ id }) => id === suspension.ladder)
  if (ladder === undefined) {
    const expected = `a ladder of the program: ${ladders.map(({ id }) => id).join(', ')}`
    return [invalidValue([index, 'suspension', 'ladder'], suspension.ladder, expected)]
  }
  const tiers = new Set(ladder.tiers.map(({ id }) => id))
  return suspension.tiers.flatMap((tier, place) =>
    tiers.has(tier)
      ? []
      : [invalidValue([index, 'suspension', 'tiers', place], tier, `a tier of the ladder: ${[...tiers].join(', ')}`)],
  )
}

/** The faults of wallets among each other and with the ladders of their program; paths start at the list of wallets. */
export const walletFaults = (
  wallets: ReadonlyArray<WalletDefinition>,
  ladders: ReadonlyArray<Ladder>,
): ReadonlyArray<InvalidValue> => {
  const byId = new Map(wallets.map((wallet) => [wallet.id, wallet]))
  return wallets.flatMap((wallet, index) => [
    ...moveFaults(wallet, index, byId),
    ...suspensionFaults(wallet, index, ladders),
  ])
}
