/** What can be seen of a standing on a day: which tiers its counts reach, keep and hold for life. */
import type { CivilDate, Instant, Zone } from '../foundation/index.ts'
import { keepThreshold, type Ladder, rankOf, type Tier } from './ladder.ts'
import type { MetricCount } from './metric-count.ts'
import { bucketsOf } from './metric-count.ts'
import { startAfter } from './qualification-period.ts'
import { type Standing, settled, type TierStep } from './standing.ts'
import type { StandingClaim } from './standing-claim.ts'
import { type Counts, meetsThreshold } from './threshold.ts'
import { countsOn, figuresOf, lifetimeRank } from './tier-counts.ts'
import type { TierValidity } from './validity.ts'

/** The tier that is earned; `undefined` where it is the first or the ladder no longer has it. */
export const heldTier = (ladder: Ladder, { earned }: Standing): Tier | undefined => {
  const rank = rankOf(ladder, earned.tier)
  return rank > 0 ? ladder.tiers[rank] : undefined
}

export const validityOf = (ladder: Ladder, tier: Tier | undefined): TierValidity => tier?.validity ?? ladder.validity

/**
 * Whether the counts of the day on which a validity ends decide, rather than those of the day before: where a tier is
 * held to the end of its own period, that is what the next one begins with.
 */
export const isDecidedAnew = (ladder: Ladder, tier: Tier | undefined): boolean =>
  ladder.period.type === 'rolling' || validityOf(ladder, tier).type === 'endOfPeriod'

export const keeps = (tier: Tier, counts: Counts): boolean => {
  const keep = keepThreshold(tier)
  return keep !== undefined && meetsThreshold(keep, counts)
}

export const reaches = (tier: Tier, counts: Counts): boolean =>
  tier.reach !== undefined && meetsThreshold(tier.reach, counts)

/** Whether what is counted in the trial of a claim meets the target of its offer. */
export const isTargetMet = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  { trial }: StandingClaim,
  day: CivilDate,
): boolean => {
  if (trial === null) return false
  const offer = ladder.offers?.find(({ id }) => id === trial.offer)
  return offer !== undefined && meetsThreshold(offer.target, figuresOf(ladder, zone, standing, trial.counts, day))
}

const withCounts = (
  counts: ReadonlyArray<MetricCount>,
  added: ReadonlyArray<MetricCount>,
): ReadonlyArray<MetricCount> => {
  if (added.length === 0) return counts
  const ids = new Set([...counts, ...added].map(({ metric }) => metric))
  return [...ids].map((metric) => ({ metric, buckets: [...bucketsOf(counts, metric), ...bucketsOf(added, metric)] }))
}

/** The counts of the period in which a step was made. */
const countsOfStep = (standing: Standing, { periodFrom }: TierStep): ReadonlyArray<MetricCount> => {
  const { closed, counts } = standing
  if (closed === null || periodFrom !== closed.from || periodFrom === standing.periodFrom) return counts
  const ids = new Set(closed.counts.map(({ metric }) => metric))
  return [...closed.counts, ...counts.filter(({ metric }) => !ids.has(metric))]
}

/** For each of the last steps, the latest first, whether what its tier took is still there. */
export const stepsStillReached = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  day: CivilDate,
): ReadonlyArray<boolean> => {
  let deducted: ReadonlyArray<MetricCount> = []
  return [...standing.steps].reverse().map((step) => {
    deducted = withCounts(deducted, step.deducted)
    const tier = ladder.tiers[rankOf(ladder, step.tier)]
    const counts = withCounts(countsOfStep(standing, step), deducted)
    return tier?.reach === undefined || meetsThreshold(tier.reach, figuresOf(ladder, zone, standing, counts, day))
  })
}

/** The end of the times in which nobody is lowered, if an instant is in one; one that ends in another goes on. */
export const suspendedUntil = ({ suspensions = [] }: Ladder, at: Instant): Instant | undefined => {
  if (suspensions.length === 0) return undefined
  let until: Instant | undefined
  for (const suspension of [...suspensions].sort((a, b) => a.from - b.from)) {
    const from = until ?? at
    if (suspension.from <= from && from < suspension.until) until = suspension.until
  }
  return until
}

/** The rank that is held for life by what is counted on a day. */
export const lifetimeRankOn = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  day: CivilDate,
  counts?: Counts,
): number =>
  ladder.tiers.some(({ lifetime }) => lifetime !== undefined)
    ? lifetimeRank(ladder, counts ?? countsOn(ladder, zone, standing, day))
    : 0

/** The later end of a tier whose validity rolls, where what it takes was there on the last day on which something counted. */
export const rolledEnd = (ladder: Ladder, zone: Zone, standing: Standing, counts: Counts): Instant | undefined => {
  const { earned, lastCountedOn } = standing
  const tier = heldTier(ladder, standing)
  const validity = validityOf(ladder, tier)
  if (tier === undefined || lastCountedOn === null || validity.type !== 'rolling' || !reaches(tier, counts))
    return undefined
  const until = startAfter(zone, lastCountedOn, validity.length)
  return earned.validUntil === null || earned.validUntil < until ? until : undefined
}

/** Whether a tier that is held only with enough has too little. */
export const isLost = (ladder: Ladder, standing: Standing, counts: Counts): boolean => {
  const tier = heldTier(ladder, standing)
  if (tier === undefined || standing.grace !== null || standing.earned.validUntil !== null) return false
  const isOpen = validityOf(ladder, tier).type === 'whileQualified' && ladder.policy?.downgrade !== 'never'
  return isOpen && !keeps(tier, counts)
}

/** When a standing is to be looked at again because of what is counted on a day; `null`: not by that. */
export const lookDue = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  day: CivilDate,
  counts: Counts,
): Instant | null => {
  if (mustBeLookedAt(ladder, zone, standing, asOf, day, counts)) return asOf
  return isLost(ladder, standing, counts) ? (suspendedUntil(ladder, asOf) ?? null) : null
}

/** Whether an assessment would change anything at once, but for raising a tier. */
const mustBeLookedAt = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  day: CivilDate,
  counts: Counts,
): boolean => {
  if (standing.closed?.isReopened === true) return true
  if (standing.claims.some((claim) => isTargetMet(ladder, zone, standing, claim, day))) return true
  if (settled(ladder, standing, lifetimeRankOn(ladder, zone, standing, day, counts), asOf) !== standing) return true
  const held = heldTier(ladder, standing)
  if (held === undefined) return false
  if (standing.grace !== null) return keeps(held, counts)
  if (isLost(ladder, standing, counts)) return suspendedUntil(ladder, asOf) === undefined
  return rolledEnd(ladder, zone, standing, counts) !== undefined
}
