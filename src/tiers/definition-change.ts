/** What a changed ladder does to the members on it. */
import type { Instant, Zone } from '../foundation/index.ts'
import { type Assessment, concluded, unchanged } from './assessment.ts'
import { withDue } from './count-qualifying.ts'
import { loweredTo } from './enter-tier.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import { countsOn, highestKept, highestReached, turned } from './tier-counts.ts'

/**
 * Looks at a standing by a newer revision of its ladder, as `onDefinitionChange` says: nothing changes until the validity
 * ends, who now has enough is raised by the next assessment, or who has too little also falls at once (S44). Who is on a
 * tier that the ladder does not have any more loses it.
 *
 * @param ladder - the ladder as it is now
 * @param zone - the zone of the program's calendar
 * @param standing - the standing by an earlier revision; by the same one nothing changes
 * @param asOf - when the change takes effect for the member
 *
 * @example
 * ```ts
 * import { firstStanding, type Ladder, parseInstant, reviseStanding, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * reviseStanding(ladder, utc, firstStanding(ladder, utc, at), at).change // => 'none'
 * reviseStanding({ ...ladder, revision: 1 }, utc, firstStanding(ladder, utc, at), at).change // => 'held'
 * ```
 */
export const reviseStanding = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): Assessment => {
  const { revision = 0, policy = {} } = ladder
  if (standing.revision === revision) return unchanged(standing, asOf)
  const day = programDay(zone, asOf)
  const now = { ...turned(ladder, zone, standing, day), revision }
  const moment = { ladder, zone, at: asOf, day }
  const counts = countsOn(ladder, zone, now, day)
  const held = rankOf(ladder, now.earned.tier)
  const tier = ladder.tiers[held]
  const threshold = (tier && keepThreshold(tier)) ?? null
  const seen = { cause: 'definition' as const, counts, threshold, isRenewed: false }
  const { onDefinitionChange = 'upgradeOnly' } = policy
  if (tier?.id !== now.earned.tier) {
    return concluded(moment, standing, { ...seen, standing: loweredTo(ladder, zone, now, 0, asOf) })
  }
  if (onDefinitionChange === 'keepUntilExpiry') return concluded(moment, standing, { ...seen, standing: now })
  const rank = Math.max(highestKept(ladder, counts, held), highestReached(ladder, counts))
  if (onDefinitionChange === 'reassess' && rank < held) {
    return concluded(moment, standing, { ...seen, standing: loweredTo(ladder, zone, now, rank, asOf) })
  }
  return concluded(moment, standing, { ...seen, standing: withDue(ladder, zone, now, asOf) })
}
