/** When points can be spent, and when they die. */
import { addDuration, type Duration, type Instant, type Zone } from '../foundation/index.ts'
import { expiryOf } from './expiry-policy.ts'
import { pendingUntil } from './pending-policy.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** When a lot can be spent, and when it dies (`null`: never). */
export interface LotTerm {
  /** Of points that await an action: when they are cancelled without it. */
  readonly activeFrom: Instant
  readonly expiresAt: Instant | null
  readonly awaits: string | null
}

/** What of a lot's term is not for the wallet to say. */
export interface OwnTerm {
  /** From when waiting and validity are counted, where the points come in later than they were earned. */
  readonly countedFrom?: Instant
  /** When the points become active. */
  readonly activeFrom?: Instant
  /** How long they wait. */
  readonly pending?: Duration
  /** How long they live, from their activation. */
  readonly validity?: Duration
}

/**
 * The term of points earned at an instant: pending is counted from the earning, validity from the activation or from the
 * earning, as the wallet says (S17). Points whose validity is over before they become active die in the instant of their
 * activation.
 *
 * @param definition - the wallet
 * @param zone - the zone of the program's calendar
 * @param earnedAt - when the points were earned
 * @param own - what is not for the wallet to say
 *
 * @example
 * ```ts
 * import { formatInstant, lotTerm, parseInstant, unwrap, utc, type WalletDefinition, type WalletId } from 'treue'
 *
 * const wallet: WalletDefinition = {
 *   id: 'points' as WalletId,
 *   decimals: 0,
 *   pending: { type: 'duration', duration: { amount: 30, unit: 'day' } },
 *   expiry: { type: 'rolling', after: { amount: 90, unit: 'day' }, from: 'activation' },
 * }
 * const term = lotTerm(wallet, utc, unwrap(parseInstant('2026-01-01T00:00:00Z')))
 * formatInstant(term.activeFrom) // => '2026-01-31T00:00:00Z'
 * term.expiresAt === null ? '' : formatInstant(term.expiresAt) // => '2026-05-01T00:00:00Z'
 * ```
 */
export const lotTerm = (definition: WalletDefinition, zone: Zone, earnedAt: Instant, own: OwnTerm = {}): LotTerm => {
  const { pending, expiry } = definition
  const from = own.countedFrom ?? earnedAt
  const waits = own.activeFrom === undefined && own.pending === undefined
  const activeFrom =
    own.activeFrom ??
    (own.pending === undefined ? pendingUntil(pending, zone, from) : addDuration(zone, from, own.pending))
  const awaits = waits && pending?.type === 'action' ? pending.action : null
  const expiresAt =
    own.validity === undefined ? expiryOf(expiry, zone, from, activeFrom) : addDuration(zone, activeFrom, own.validity)
  return { activeFrom, expiresAt: expiresAt !== null && expiresAt < activeFrom ? activeFrom : expiresAt, awaits }
}
