/** What an earning counts against the caps of a program. */
import * as E from 'fp-ts/Either'
import { allocate } from '../foundation/index.ts'
import type { Cap } from './cap.ts'
import type { WalletEarning } from './wallet-earning.ts'

/** What counts against a cap. */
export interface ClaimedCap {
  readonly cap: Cap
  /** Points in the wallet's smallest unit, or 1 for an activity of a cap that counts times. */
  readonly points: number
}

/** What of the points of a wallet a cap has counted, by largest remainder; never more than it lets through. */
const claimOf = ({ id, counts, window }: Cap, { points, rules, capSteps }: WalletEarning): number => {
  const step = capSteps.find(({ cap }) => cap === id)
  if (step === undefined || window.type === 'activity' || window.type === 'balance') return 0
  const kept = BigInt(step.kept)
  if (counts === 'times') return kept > 0n ? 1 : 0
  const others = rules.reduce((sum, { granted }) => sum + (granted.startsWith('-') ? 0n : BigInt(granted)), -kept)
  const shares = allocate(Math.max(0, points), [kept, others < 0n ? 0n : others])
  return E.isRight(shares) ? Math.min(step.room, shares.right[0] ?? 0) : 0
}

/**
 * What an earning counts against the caps that keep a count: its points, or one time.
 *
 * @param caps - the caps of the program
 * @param earned - what was earned in each wallet
 *
 * @example
 * ```ts
 * import { type Cap, claimedByCaps, type WalletEarning } from 'treue'
 *
 * const cap = { id: 'daily', wallet: 'points', counts: 'points', window: { type: 'lifetime' } } as Cap
 * const rules = [{ rule: 'base', granted: '80' }]
 * const capSteps = [{ cap: 'daily', room: 100, kept: '80' }]
 * const earned = { wallet: 'points', points: 80, rules, capSteps } as unknown as WalletEarning
 * claimedByCaps([cap], [earned]).map(({ points }) => points) // => [80]
 * ```
 */
export const claimedByCaps = (
  caps: ReadonlyArray<Cap>,
  earned: ReadonlyArray<WalletEarning>,
): ReadonlyArray<ClaimedCap> =>
  caps.flatMap((cap) => {
    const own = earned.find(({ wallet }) => wallet === cap.wallet)
    const points = own === undefined ? 0 : claimOf(cap, own)
    return points === 0 ? [] : [{ cap, points }]
  })
