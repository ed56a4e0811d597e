// Members and their points, counted together.
import { type Either, left, right } from 'fp-ts/Either'
import {
  addPoints,
  emptyWallet,
  type MemberState,
  type OutOfRange,
  type TierId,
  unaccountedPoints,
  type Wallet,
} from 'treue'

const FIGURES = ['accrued', 'active', 'pending', 'redeemed', 'expired', 'reversed', 'debt'] as const

/** A wallet's figures and another's; the lots are left out. */
const plus = (a: Wallet, b: Wallet): Either<OutOfRange, Wallet> => {
  const sum = { ...a }
  for (const figure of FIGURES) {
    const points = addPoints(a[figure], b[figure])
    if (points._tag === 'Left') return points
    sum[figure] = points.right
  }
  return right(sum)
}

/** One of the program's wallets over all members. */
export interface WalletTotal {
  readonly sum: Wallet
  readonly wallets: number
  /** Wallets in which something is not accounted for. It is a bug of treue if there is one. */
  readonly unbalanced: number
}

/** The totals of a wallet over all members who have it. */
export const walletTotal = (states: Iterable<MemberState>, id: Wallet['id']): Either<OutOfRange, WalletTotal> => {
  let sum = emptyWallet(id)
  let wallets = 0
  let unbalanced = 0
  for (const state of states) {
    const own = state.wallets.find((wallet) => wallet.id === id)
    if (own === undefined) continue
    const together = plus(sum, own)
    if (together._tag === 'Left') return left(together.left)
    sum = together.right
    wallets += 1
    if (unaccountedPoints(own) !== 0) unbalanced += 1
  }
  return right({ sum, wallets, unbalanced })
}

/** How many members stand on each tier of a ladder. */
export const membersByTier = (states: Iterable<MemberState>, ladder: string): ReadonlyMap<TierId, number> => {
  const members = new Map<TierId, number>()
  for (const { standings } of states) {
    const tier = standings.find((standing) => standing.ladder === ladder)?.tier
    if (tier !== undefined) members.set(tier, (members.get(tier) ?? 0) + 1)
  }
  return members
}
