/** Where a member stands on a ladder. */
import {
  CivilDate,
  type CivilPeriod,
  type Codec,
  Instant,
  integerCodec,
  LadderId,
  localDateOf,
  nextPeriod,
  nullableCodec,
  periodOf,
  startOfDay,
  structCodec,
  TierId,
  type Zone,
} from '../foundation/index.ts'
import type { Ladder } from './ladder.ts'

/** A member's standing on one ladder. */
export interface Standing {
  readonly ladder: LadderId
  readonly tier: TierId
  /** Since when the tier is held. */
  readonly since: Instant
  /** The first instant at which the tier is no longer valid without an assessment; `null` for the first tier. */
  readonly validUntil: Instant | null
  /** The first day of the qualification period that `qualifying` counts. */
  readonly periodFrom: CivilDate
  /** Qualifying points earned in that period so far, in the wallet's smallest unit. */
  readonly qualifying: number
}

/** Reads a {@link Standing}. */
export const Standing: Codec<Standing, unknown> = /* @__PURE__ */ structCodec('Standing', {
  ladder: LadderId,
  tier: TierId,
  since: Instant,
  validUntil: /* @__PURE__ */ nullableCodec(Instant),
  periodFrom: CivilDate,
  qualifying: /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER }),
})

/**
 * The qualification period of a ladder that an instant falls in. Where a clock is set back across midnight, the evening
 * that it shows a second time belongs to the new period, so that a period that is over never comes back.
 *
 * @param ladder - the ladder
 * @param zone - the zone of the program's calendar
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { formatCivilDate, type Ladder, parseInstant, qualificationPeriod, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { unit: 'year', startMonth: 1, startDay: 1 } } as unknown as Ladder
 * const { from, until } = qualificationPeriod(ladder, utc, unwrap(parseInstant('2026-03-10T00:00:00Z')))
 * formatCivilDate(from) // => '2026-01-01'
 * formatCivilDate(until) // => '2027-01-01'
 * ```
 */
export const qualificationPeriod = (ladder: Ladder, zone: Zone, at: Instant): CivilPeriod => {
  let period = periodOf(ladder.period, localDateOf(zone, at))
  while (startOfDay(zone, period.until) <= at) period = nextPeriod(ladder.period, period)
  return period
}

/**
 * The standing of a member who joins: on the first tier, with nothing counted.
 *
 * @param ladder - the ladder
 * @param zone - the zone of the program's calendar
 * @param at - when the member joins
 *
 * @example
 * ```ts
 * import { firstStanding, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = {
 *   period: { unit: 'year', startMonth: 1, startDay: 1 },
 *   tiers: [{ id: 'basic', reach: 0, keep: 0 }],
 * } as unknown as Ladder
 * firstStanding(ladder, utc, unwrap(parseInstant('2026-03-10T00:00:00Z'))).tier // => 'basic'
 * ```
 */
export const firstStanding = (ladder: Ladder, zone: Zone, at: Instant): Standing => ({
  ladder: ladder.id,
  tier: ladder.tiers[0]?.id ?? ('' as TierId),
  since: at,
  validUntil: null,
  periodFrom: qualificationPeriod(ladder, zone, at).from,
  qualifying: 0,
})

/**
 * The standing after qualifying points were earned, or taken back: those of a period that is already over change
 * nothing, and a new period starts to count from zero.
 *
 * @param ladder - the ladder
 * @param zone - the zone of the program's calendar
 * @param standing - the standing before
 * @param earnedAt - when the points were earned (for points taken back too)
 * @param points - how many, negative where they are taken back
 *
 * @example
 * ```ts
 * import { countQualifying, firstStanding, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = {
 *   period: { unit: 'year', startMonth: 1, startDay: 1 },
 *   tiers: [{ id: 'basic', reach: 0, keep: 0 }],
 * } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * countQualifying(ladder, utc, firstStanding(ladder, utc, at), at, 120).qualifying // => 120
 * ```
 */
export const countQualifying = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  earnedAt: Instant,
  points: number,
): Standing => {
  const periodFrom = qualificationPeriod(ladder, zone, earnedAt).from
  if (periodFrom < standing.periodFrom) return standing
  const before = periodFrom === standing.periodFrom ? standing.qualifying : 0
  const { tier, since, validUntil } = standing
  return { ladder: standing.ladder, tier, since, validUntil, periodFrom, qualifying: Math.max(0, before + points) }
}
