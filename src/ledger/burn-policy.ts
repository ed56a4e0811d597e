/** Which points are spent first. */
import {
  addDuration,
  arrayCodec,
  booleanCodec,
  type Codec,
  Duration,
  FunderId,
  type Instant,
  literalCodec,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import { compareBurnOrder, type Lot } from './lot.ts'

/** By date: soonest to expire, earlier earned, or later earned first. */
export type BurnOrder = 'soonestExpiring' | 'oldest' | 'newest'

/** Which points are spent first (S15). */
export interface BurnPolicy {
  readonly order: BurnOrder
  /** Points that would die within this time before all others, soonest first: so the least is lost. Default: none. */
  readonly expiringWithin?: Duration
  /** Points of promotions before regular ones. Default `false`. */
  readonly promotionalFirst?: boolean
  /** Points of these funders before others, in this order. Default: none. */
  readonly funders?: ReadonlyArray<FunderId>
}

/**
 * Reads a {@link BurnPolicy}.
 *
 * @example
 * ```ts
 * import { BurnPolicy, decode } from 'treue'
 *
 * decode(BurnPolicy, { order: 'oldest', promotionalFirst: true })._tag // => 'Right'
 * ```
 */
export const BurnPolicy: Codec<BurnPolicy, unknown> = /* @__PURE__ */ structCodec(
  'BurnPolicy',
  { order: /* @__PURE__ */ literalCodec('soonestExpiring', 'oldest', 'newest') },
  {
    expiringWithin: Duration,
    promotionalFirst: booleanCodec,
    funders: /* @__PURE__ */ arrayCodec(FunderId, { maxLength: 1000 }),
  },
)

const compareByDate = (order: BurnOrder, a: Lot, b: Lot): number => {
  if (order === 'soonestExpiring' || a.earnedAt === b.earnedAt) return compareBurnOrder(a, b)
  return order === 'oldest' ? a.earnedAt - b.earnedAt : b.earnedAt - a.earnedAt
}

/** What decides before the date, the smaller the sooner: dying soon, then promotional, then the funder's place. */
const rankOf = (
  policy: BurnPolicy,
  horizon: number,
  places: ReadonlyMap<FunderId | null, number>,
  lot: Lot,
): number => {
  if (lot.expiresAt !== null && lot.expiresAt < horizon) return -1
  const kind = policy.promotionalFirst === true && lot.kind === 'regular' ? places.size + 1 : 0
  return kind + (places.get(lot.funder) ?? places.size)
}

/**
 * The lots of a wallet in the order in which a policy spends them; the lot that dies sooner, then the earlier earned, then
 * the lower id comes first among equals, so that the order is total (S15).
 *
 * @param policy - which points are spent first; `undefined`: the soonest to expire
 * @param zone - the zone of the program's calendar
 * @param at - when points are spent
 * @param lots - the lots of a wallet
 *
 * @example
 * ```ts
 * import { inBurnOrder, type Lot, parseInstant, unwrap, utc } from 'treue'
 *
 * const lot = (id: string, earnedAt: number, expiresAt: number | null) => ({ id, earnedAt, expiresAt }) as unknown as Lot
 * const lots = [lot('soon', 2, 10), lot('old', 1, null)]
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * inBurnOrder({ order: 'oldest' }, utc, at, lots).map(({ id }) => id) // => ['old', 'soon']
 * ```
 */
export const inBurnOrder = (
  policy: BurnPolicy | undefined,
  zone: Zone,
  at: Instant,
  lots: ReadonlyArray<Lot>,
): ReadonlyArray<Lot> => {
  if (policy === undefined) return lots
  const horizon =
    policy.expiringWithin === undefined ? Number.NEGATIVE_INFINITY : addDuration(zone, at, policy.expiringWithin)
  const places = new Map<FunderId | null, number>((policy.funders ?? []).map((funder, place) => [funder, place]))
  const ranks = new Map(lots.map((lot) => [lot, rankOf(policy, horizon, places, lot)]))
  const rank = (lot: Lot): number => ranks.get(lot) ?? 0
  return [...lots].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b)
    return rank(a) < 0 ? compareBurnOrder(a, b) : compareByDate(policy.order, a, b)
  })
}
