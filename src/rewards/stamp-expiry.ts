/** What time does to a stamp card: a card runs out, and purchases can no longer be returned. */
import { addDuration, type Instant, type Zone } from '../foundation/index.ts'
import type { StampCardPolicy, StampCardState, StampedPurchase } from './stamp-card.ts'

/** The stamps of a card that ran out, taken from the latest purchases: they were the last to give any. */
const withExpired = (purchases: ReadonlyArray<StampedPurchase>, stamps: number): ReadonlyArray<StampedPurchase> => {
  const now = [...purchases]
  let left = stamps
  for (let index = now.length - 1; index >= 0 && left > 0; index -= 1) {
    const purchase = now[index]
    if (purchase === undefined) continue
    const gone = Math.min(left, purchase.stamps)
    now[index] = { ...purchase, stamps: purchase.stamps - gone, expired: purchase.expired + gone }
    left -= gone
  }
  return now
}

/**
 * The first instant at which the card that is being filled is no longer valid; `null` where it is empty or lasts.
 *
 * @param policy - the terms of the card
 * @param zone - the zone of the calendar in which its validity is counted
 * @param state - what the member has
 *
 * @example
 * ```ts
 * import { newStampCard, type StampCardId, stampCardExpiresAt, type StampCardPolicy, utc } from 'treue'
 *
 * const policy = { validity: { amount: 6, unit: 'month' } } as StampCardPolicy
 * stampCardExpiresAt(policy, utc, newStampCard('coffee' as StampCardId)) // => null
 * ```
 */
export const stampCardExpiresAt = (policy: StampCardPolicy, zone: Zone, state: StampCardState): Instant | null =>
  policy.validity === null || state.startedAt === null ? null : addDuration(zone, state.startedAt, policy.validity)

/** Whether what was bought at one instant can no longer come back, nor come in, at another. */
export const isReturnOver = ({ returnWindow }: StampCardPolicy, zone: Zone, at: Instant, asOf: Instant): boolean =>
  addDuration(zone, at, returnWindow) <= asOf

/** Without used rewards whose card can't be opened again, and that were given so long ago that no purchase can come back. */
const settledLeftOut = (
  policy: StampCardPolicy,
  zone: Zone,
  { card: current, filled, rewards }: StampCardState,
  asOf: Instant,
): StampCardState['rewards'] => {
  const live = new Set([current, ...filled.map(({ card }) => card)])
  return rewards.filter(
    ({ card, status, at }) => status === 'open' || live.has(card) || !isReturnOver(policy, zone, at, asOf),
  )
}

const expired = (state: StampCardState): StampCardState => ({
  ...state,
  stamps: 0,
  startedAt: null,
  purchases: withExpired(state.purchases, state.stamps),
  // The empty card takes the number of the one that ran out, so what that one gave must not stop it from giving again.
  card: state.card + 1,
})

/**
 * The state at an instant: a card that has run out is gone with its stamps, and a new one begins; purchases whose time to
 * return is over are forgotten. Rewards that were given stay until they are used and their card can't be opened again (S58).
 *
 * @param policy - the terms of the card
 * @param zone - the zone of the calendar in which times are counted
 * @param state - what the member has
 * @param asOf - the instant; nothing changes for one that is not after the state's own
 *
 * @example
 * ```ts
 * import { advanceStampCard, newStampCard, parseInstant, type StampCardId, type StampCardPolicy, unwrap, utc } from 'treue'
 *
 * const policy = { validity: null, returnWindow: { amount: 30, unit: 'day' } } as StampCardPolicy
 * const state = newStampCard('coffee' as StampCardId)
 * advanceStampCard(policy, utc, state, unwrap(parseInstant('2026-03-01T00:00:00Z'))).card // => 1
 * ```
 */
export const advanceStampCard = (
  policy: StampCardPolicy,
  zone: Zone,
  state: StampCardState,
  asOf: Instant,
): StampCardState => {
  if (state.asOf !== null && asOf <= state.asOf) return state
  const until = stampCardExpiresAt(policy, zone, state)
  const now = until !== null && asOf >= until ? expired(state) : state
  const purchases = now.purchases.filter(({ at }) => !isReturnOver(policy, zone, at, asOf))
  const filled = now.filled.filter(({ filledAt }) => !isReturnOver(policy, zone, filledAt, asOf))
  const rewards = settledLeftOut(policy, zone, { ...now, filled }, asOf)
  return { ...now, asOf, purchases, filled, rewards }
}
