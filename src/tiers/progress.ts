/** How far a member is from a tier, and from keeping the one held. */
import type { CivilDate, Instant, TierId, Zone } from '../foundation/index.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import type { MetricId } from './metric.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import { type Counts, leastCounts, type Threshold } from './threshold.ts'
import { countsOn, periodOn } from './tier-counts.ts'

/** What is missing of one metric. */
export interface MissingCount {
  readonly metric: MetricId
  /** In the metric's unit. */
  readonly missing: number
}

/** One of the ways to a tier: everything in it is missing together; empty: nothing is. */
export type MissingWay = ReadonlyArray<MissingCount>

/** What is missing to a tier. */
export interface TierProgress {
  readonly tier: TierId
  /** To reach it, or to keep it where it is held. */
  readonly to: 'reach' | 'keep'
  /** The ways to it, each as little as possible; any of them will do. */
  readonly ways: ReadonlyArray<MissingWay>
  /** The first day on which what is done counts no more for it; `null`: it will always count. */
  readonly before: CivilDate | null
}

/** What is missing to meet a threshold, in each of the ways to meet it. */
const missingWays = (threshold: Threshold, counts: Counts): ReadonlyArray<MissingWay> =>
  leastCounts(threshold).map((way) =>
    [...way].flatMap(([metric, atLeast]) => {
      const missing = atLeast - (counts.get(metric) ?? 0)
      return missing > 0 ? [{ metric, missing }] : []
    }),
  )

/**
 * What a member still needs for each tier above the one that is earned, by what counts at an instant. A tier that can
 * only be given is not listed.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - the instant at which it is asked
 *
 * @example
 * ```ts
 * import { decode, firstStanding, Ladder, parseInstant, tierProgress, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'points', atLeast: 1000 } }],
 * }))
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * tierProgress(ladder, utc, firstStanding(ladder, utc, at), at).map(({ tier, ways }) => [tier, ways])
 * // => [['gold', [[{ metric: 'points', missing: 1000 }]]]]
 * ```
 */
export const tierProgress = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
): ReadonlyArray<TierProgress> => {
  const day = programDay(zone, asOf)
  const counts = countsOn(ladder, zone, standing, day)
  const before = periodOn(ladder, zone, standing, day)?.until ?? null
  return ladder.tiers
    .slice(rankOf(ladder, standing.earned.tier) + 1)
    .flatMap(({ id, reach }) =>
      reach === undefined ? [] : [{ tier: id, to: 'reach' as const, ways: missingWays(reach, counts), before }],
    )
}

/** The day whose counts decide whether a tier is kept; `null`: there is no such day yet. */
const decidingDay = (zone: Zone, { earned }: Standing): CivilDate | null =>
  earned.validUntil === null ? null : programDay(zone, (earned.validUntil - 1) as Instant)

/**
 * What a member still needs to keep the tier that is earned when its validity ends, by what counts for that at an
 * instant; `null`: it is the first tier, or has no end.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - the instant at which it is asked
 *
 * @example
 * ```ts
 * import { firstStanding, keepProgress, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * keepProgress(ladder, utc, firstStanding(ladder, utc, at), at) // => null
 * ```
 */
export const keepProgress = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): TierProgress | null => {
  const tier = ladder.tiers[rankOf(ladder, standing.earned.tier)]
  const keep = tier === undefined ? undefined : keepThreshold(tier)
  const deciding = decidingDay(zone, standing)
  if (tier === undefined || keep === undefined || deciding === null) return null
  const today = programDay(zone, asOf)
  const decides = periodOn(ladder, zone, standing, deciding)
  // A period that decides and has not begun has nothing counted yet but what is taken into it.
  const day = decides !== undefined && decides.from > today ? decides.from : today
  const counts = countsOn(ladder, zone, standing, day)
  return {
    tier: tier.id,
    to: 'keep',
    ways: missingWays(keep, counts),
    before: decides?.until ?? ((deciding + 1) as CivilDate),
  }
}
