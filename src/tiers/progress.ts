/** How far a member is from the next tier. */
import type { CivilDate, Instant, TierId, Zone } from '../foundation/index.ts'
import type { Ladder } from './ladder.ts'
import { qualificationPeriod, type Standing } from './standing.ts'

/** What is missing to a higher tier. */
export interface TierProgress {
  readonly tier: TierId
  /** Qualifying points still missing, in the wallet's smallest unit. */
  readonly missing: number
  /** The first day on which the points of the current period count no more. */
  readonly before: CivilDate
}

/**
 * What a member still has to earn for each tier above the one held, in the current qualification period.
 *
 * @param ladder - the ladder
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - the instant at which it is asked
 *
 * @example
 * ```ts
 * import { firstStanding, type Ladder, parseInstant, tierProgress, unwrap, utc } from 'treue'
 *
 * const ladder = {
 *   period: { unit: 'year', startMonth: 1, startDay: 1 },
 *   tiers: [{ id: 'basic', reach: 0, keep: 0 }, { id: 'gold', reach: 1000, keep: 800 }],
 * } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * tierProgress(ladder, utc, firstStanding(ladder, utc, at), at).map(({ tier, missing }) => [tier, missing])
 * // => [['gold', 1000]]
 * ```
 */
export const tierProgress = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
): ReadonlyArray<TierProgress> => {
  const period = qualificationPeriod(ladder, zone, asOf)
  const qualifying = standing.periodFrom === period.from ? standing.qualifying : 0
  const held = ladder.tiers.findIndex(({ id }) => id === standing.tier)
  return ladder.tiers
    .slice(Math.max(0, held) + 1)
    .map(({ id, reach }) => ({ tier: id, missing: Math.max(0, reach - qualifying), before: period.until }))
}
