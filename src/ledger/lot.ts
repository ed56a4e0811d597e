/** A lot: points earned together, with one date on which they become spendable and one on which they die. */
import {
  ActivityId,
  booleanCodec,
  type Codec,
  FunderId,
  Instant,
  LotId,
  literalCodec,
  nullableCodec,
  Points,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'

/** What points are: the program's own, or those of a promotion on top. */
export type LotKind = 'regular' | 'promotional'

/** Reads a {@link LotKind}. */
export const LotKind: Codec<LotKind, unknown> = /* @__PURE__ */ literalCodec('regular', 'promotional')

/** What is left of points earned together. */
export interface Lot {
  readonly id: LotId
  /** What is left, in the wallet's smallest unit. */
  readonly points: Points
  readonly earnedAt: Instant
  /** Whether the points can be spent already. */
  readonly active: boolean
  /** When they become active; of a lot that awaits an action: when they are cancelled unless it came before. */
  readonly activeFrom: Instant
  /** The first instant at which the points are no longer valid; `null`: they never expire. */
  readonly expiresAt: Instant | null
  /** The activity that earned them. */
  readonly source: ActivityId
  readonly kind: LotKind
  /** Who pays for them; `null`: the program. */
  readonly funder: FunderId | null
  /** The action that makes pending points active; `null`: time does. */
  readonly awaits: string | null
}

/** Reads a {@link Lot}. */
export const Lot: Codec<Lot, unknown> = /* @__PURE__ */ structCodec('Lot', {
  id: LotId,
  points: Points,
  earnedAt: Instant,
  active: booleanCodec,
  activeFrom: Instant,
  expiresAt: /* @__PURE__ */ nullableCodec(Instant),
  source: ActivityId,
  kind: LotKind,
  funder: /* @__PURE__ */ nullableCodec(FunderId),
  awaits: /* @__PURE__ */ nullableCodec(stringCodec),
})

/** A lot with other points in it, written out because spreading an object takes many times as long. */
export const lotOf = (lot: Lot, points: Points): Lot => ({
  id: lot.id,
  points,
  earnedAt: lot.earnedAt,
  active: lot.active,
  activeFrom: lot.activeFrom,
  expiresAt: lot.expiresAt,
  source: lot.source,
  kind: lot.kind,
  funder: lot.funder,
  awaits: lot.awaits,
})

/**
 * The order in which lots die, and by default are spent: soonest to expire first, never-expiring last; then the earlier
 * earned; then the lower id, by UTF-16 code units, so that the order is total (S15).
 *
 * @param a - a lot of a wallet
 * @param b - a lot of the same wallet
 * @returns a negative number where `a` is spent before `b`, a positive one where after, 0 for one and the same lot
 *
 * @example
 * ```ts
 * import { compareBurnOrder, type Lot } from 'treue'
 *
 * const lot = (id: string, expiresAt: number | null) => ({ id, expiresAt, earnedAt: 0 }) as unknown as Lot
 * const lots = [lot('c', null), lot('b', 20), lot('a', 20), lot('d', 10)]
 * lots.sort(compareBurnOrder).map(({ id }) => id).join('') // => 'dabc'
 * ```
 */
export const compareBurnOrder = (
  a: Pick<Lot, 'expiresAt' | 'earnedAt' | 'id'>,
  b: Pick<Lot, 'expiresAt' | 'earnedAt' | 'id'>,
): number => {
  if (a.expiresAt !== b.expiresAt) {
    if (a.expiresAt === null) return 1
    return b.expiresAt === null ? -1 : a.expiresAt - b.expiresAt
  }
  if (a.earnedAt !== b.earnedAt) return a.earnedAt - b.earnedAt
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
