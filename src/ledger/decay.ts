/** Points that melt away. */
import * as E from 'fp-ts/Either'
import { type Instant, multiplyDivide, type Points } from '../foundation/index.ts'
import { drawActive } from './burn.ts'
import type { Decayed } from './entry.ts'
import type { Wallet } from './wallet.ts'
import type { DecayPolicy } from './wallet-definition.ts'

const MILLION = 1_000_000

/** A share as millionths; its codec lets at most six fraction digits through. */
const millionths = (rate: string): number => {
  const [whole = '0', fraction = ''] = rate.split('.')
  return Number(whole) * MILLION + Number(fraction.padEnd(6, '0'))
}

/**
 * How many points melt away at once: the share of the active ones, rounded, but at least so many, and at most all (S26).
 *
 * @param policy - the share and the least
 * @param active - the active points, in the wallet's smallest unit
 *
 * @example
 * ```ts
 * import { decayOf, type Points } from 'treue'
 *
 * const policy = { every: { unit: 'week', startsOn: 1 }, rate: '0.05', atLeast: 5 as Points, rounding: 'floor' } as const
 * decayOf(policy, 1000 as Points) // => 50
 * decayOf(policy, 60 as Points) // => 5
 * ```
 */
export const decayOf = ({ rate, atLeast, rounding }: DecayPolicy, active: Points): Points => {
  const share = multiplyDivide(active, millionths(rate), MILLION, rounding)
  return Math.min(active, Math.max(atLeast, E.isRight(share) ? share.right : 0)) as Points
}

/** The entry by which points melt away, soonest to expire first. */
export const decayed = (policy: DecayPolicy, wallet: Wallet, at: Instant): Decayed => {
  const points = decayOf(policy, wallet.active)
  return { type: 'decayed', wallet: wallet.id, at, points, draws: drawActive(wallet.lots, points) }
}
