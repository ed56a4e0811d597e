/** What a program says of a wallet: how fine its points are, how long they wait, how long they live. */
import {
  addDuration,
  type Codec,
  Duration,
  type Instant,
  integerCodec,
  literalCodec,
  nullableCodec,
  structCodec,
  WalletId,
  type Zone,
} from '../foundation/index.ts'

/** Where the validity of points starts to run: at their activation or when they were earned (S17). */
export type ExpiryFrom = 'activation' | 'earning'

/** A wallet of a program. */
export interface WalletDefinition {
  readonly id: WalletId
  /** Fraction digits of a point: 2 means that points are counted in hundredths. */
  readonly decimals: number
  /** How long earned points wait before they can be spent; `null`: they are active at once. */
  readonly pending: Duration | null
  /** How long points live; `null`: they never expire. */
  readonly validity: Duration | null
  readonly expiryFrom: ExpiryFrom
}

/**
 * Reads a {@link WalletDefinition}.
 *
 * @example
 * ```ts
 * import { decode, WalletDefinition } from 'treue'
 *
 * const json = { id: 'points', decimals: 0, pending: null, validity: { amount: 12, unit: 'month' }, expiryFrom: 'activation' }
 * decode(WalletDefinition, json)._tag // => 'Right'
 * ```
 */
export const WalletDefinition: Codec<WalletDefinition, unknown> = /* @__PURE__ */ structCodec('WalletDefinition', {
  id: WalletId,
  decimals: /* @__PURE__ */ integerCodec({ min: 0, max: 6 }),
  pending: /* @__PURE__ */ nullableCodec(Duration),
  validity: /* @__PURE__ */ nullableCodec(Duration),
  expiryFrom: /* @__PURE__ */ literalCodec('activation', 'earning'),
})

/** When a lot can be spent, and when it dies (`null`: never). */
export interface LotTerm {
  readonly activeFrom: Instant
  readonly expiresAt: Instant | null
}

/**
 * The term of points earned at an instant: pending is counted from the earning, validity from the activation or from the
 * earning, as the wallet says (S17). Points whose validity is over before they become active die in the instant of their
 * activation.
 *
 * @param definition - the wallet
 * @param zone - the zone of the program's calendar
 * @param earnedAt - when the points were earned
 * @param release - when they become active, where that is not for the wallet to say
 *
 * @example
 * ```ts
 * import { formatInstant, lotTerm, parseInstant, unwrap, utc, type WalletDefinition, type WalletId } from 'treue'
 *
 * const wallet: WalletDefinition = {
 *   id: 'points' as WalletId,
 *   decimals: 0,
 *   pending: { amount: 30, unit: 'day' },
 *   validity: { amount: 90, unit: 'day' },
 *   expiryFrom: 'activation',
 * }
 * const term = lotTerm(wallet, utc, unwrap(parseInstant('2026-01-01T00:00:00Z')))
 * formatInstant(term.activeFrom) // => '2026-01-31T00:00:00Z'
 * term.expiresAt === null ? '' : formatInstant(term.expiresAt) // => '2026-05-01T00:00:00Z'
 * ```
 */
export const lotTerm = (definition: WalletDefinition, zone: Zone, earnedAt: Instant, release?: Instant): LotTerm => {
  const { pending } = definition
  const activeFrom = release ?? (pending === null ? earnedAt : addDuration(zone, earnedAt, pending))
  if (definition.validity === null) return { activeFrom, expiresAt: null }
  const anchor = definition.expiryFrom === 'activation' ? activeFrom : earnedAt
  const expiresAt = addDuration(zone, anchor, definition.validity)
  return { activeFrom, expiresAt: expiresAt > activeFrom ? expiresAt : activeFrom }
}
