/** The assessment of a standing: up at once, down only when the tier's validity ends. */
import { type CivilDate, type Instant, startOfDay, type TierId, type Zone } from '../foundation/index.ts'
import type { Ladder } from './ladder.ts'
import { qualificationPeriod, type Standing } from './standing.ts'

/** What an assessment did: nothing, or raised, renewed or lowered the tier. */
export type TierChange = 'none' | 'upgraded' | 'renewed' | 'downgraded'

/** The result of an assessment, with what it was decided by. */
export interface Assessment {
  readonly change: TierChange
  readonly from: TierId
  readonly standing: Standing
  /** The qualifying points that were looked at. */
  readonly qualifying: number
  /** The first day of the qualification period that they were earned in. */
  readonly periodFrom: CivilDate
  /** The threshold that decided: of reaching the new tier, or of keeping the old one. */
  readonly threshold: number
}

/** A tier that the ladder does not have any more counts as the first one. */
const rankOf = (ladder: Ladder, tier: TierId): number =>
  Math.max(
    0,
    ladder.tiers.findIndex(({ id }) => id === tier),
  )

/** The rank of the highest tier whose threshold is met, up to a rank. The first tier's threshold is 0. */
const highestMet = ({ tiers }: Ladder, key: 'reach' | 'keep', points: number, upTo: number): number =>
  tiers.reduce((met, tier, rank) => (rank <= upTo && tier[key] <= points ? rank : met), 0)

/** The first instant after the period that an instant falls in. */
const periodEnd = (ladder: Ladder, zone: Zone, at: Instant): Instant =>
  startOfDay(zone, qualificationPeriod(ladder, zone, at).until)

const validUntil = (ladder: Ladder, zone: Zone, reachedAt: Instant): Instant => {
  const end = periodEnd(ladder, zone, reachedAt)
  return ladder.validity === 'endOfPeriod' ? end : periodEnd(ladder, zone, end)
}

/**
 * At the end of the validity. Points that hold a tier to the end of the next period are those of the period before: the
 * one that the last valid instant was in decides. Points that hold it to the end of their own period have done so: the
 * period that begins decides.
 */
const assessEnd = (ladder: Ladder, zone: Zone, standing: Standing, end: Instant): Assessment => {
  const decidedAt = ladder.validity === 'endOfPeriod' ? end : ((end - 1) as Instant)
  const { from: periodFrom } = qualificationPeriod(ladder, zone, decidedAt)
  const qualifying = standing.periodFrom === periodFrom ? standing.qualifying : 0
  const held = rankOf(ladder, standing.tier)
  const rank = highestMet(ladder, 'keep', qualifying, held)
  const tier = ladder.tiers[rank]?.id ?? standing.tier
  const renewed = tier === standing.tier
  return {
    change: renewed ? 'renewed' : 'downgraded',
    from: standing.tier,
    standing: {
      ...standing,
      tier,
      since: renewed ? standing.since : end,
      validUntil: rank === 0 ? null : periodEnd(ladder, zone, end),
    },
    qualifying,
    periodFrom,
    threshold: ladder.tiers[held]?.keep ?? 0,
  }
}

const assessReach = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): Assessment => {
  const period = qualificationPeriod(ladder, zone, asOf)
  const qualifying = standing.periodFrom === period.from ? standing.qualifying : 0
  const held = rankOf(ladder, standing.tier)
  const rank = highestMet(ladder, 'reach', qualifying, ladder.tiers.length - 1)
  const { tier: from } = standing
  const { from: periodFrom } = period
  const reached = rank > held ? ladder.tiers[rank] : undefined
  if (reached === undefined) {
    const threshold = (ladder.tiers[held + 1] ?? ladder.tiers[held])?.reach ?? 0
    return { change: 'none', from, standing, qualifying, periodFrom, threshold }
  }
  // The lower tier can be held longer, as when the ladder was changed meanwhile: rising must not shorten that.
  const until = Math.max(validUntil(ladder, zone, asOf), standing.validUntil ?? Number.NEGATIVE_INFINITY) as Instant
  const raised = { ...standing, tier: reached.id, since: asOf, validUntil: until }
  return { change: 'upgraded', from, standing: raised, qualifying, periodFrom, threshold: reached.reach }
}

/**
 * Assesses a standing at an instant. Before the end of the tier's validity the member can only rise: at once to the
 * highest tier whose `reach` the points of the current period meet. From the end of the validity on, the points of the
 * period that ended there decide: with `keep` of the tier or more it is renewed to the end of the period that begins;
 * with fewer the member falls to the highest tier whose `keep` they meet (S38, S41, S42). On a ladder that holds tiers
 * to the end of their own period the points of the period that begins decide, so that everybody starts anew. One call does one assessment:
 * where a tier ended long ago, call again until the change is `none`. A standing knows the points of one period: assess
 * what is due before points of a later period are counted.
 *
 * @param ladder - a ladder without {@link ladderFaults}
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - the instant of the assessment
 *
 * @example
 * ```ts
 * import { assessTier, countQualifying, firstStanding, formatInstant, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = {
 *   id: 'status',
 *   wallet: 'points',
 *   period: { unit: 'year', startMonth: 1, startDay: 1 },
 *   validity: 'endOfNextPeriod',
 *   tiers: [{ id: 'basic', reach: 0, keep: 0 }, { id: 'gold', reach: 1000, keep: 800 }],
 * } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T12:00:00Z'))
 * const earned = countQualifying(ladder, utc, firstStanding(ladder, utc, at), at, 1000)
 * const { change, standing } = assessTier(ladder, utc, earned, at)
 * change // => 'upgraded'
 * standing.tier // => 'gold'
 * standing.validUntil === null ? '' : formatInstant(standing.validUntil) // => '2028-01-01T00:00:00Z'
 * ```
 */
export const assessTier = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): Assessment =>
  standing.validUntil !== null && standing.validUntil <= asOf
    ? assessEnd(ladder, zone, standing, standing.validUntil)
    : assessReach(ladder, zone, standing, asOf)
