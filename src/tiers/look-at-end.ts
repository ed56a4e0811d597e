/** Looking at tiers whose validity ends or that are no longer kept. */
import type { Instant } from '../foundation/index.ts'
import { loweredTo, renewed } from './enter-tier.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import { type AssessmentCause, dayBefore, type Look, look, type Moment } from './look.ts'
import { programDay, startAfter } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import type { Counts } from './threshold.ts'
import { countsOn, highestKept, turned } from './tier-counts.ts'
import { heldTier, isDecidedAnew, isLost, keeps, suspendedUntil, validityOf } from './tier-look.ts'

/** The highest tier below that, once reached, is held for ever. */
const floorBelow = (ladder: Ladder, held: number): number => {
  for (let rank = held - 1; rank > 0; rank -= 1) {
    const tier = ladder.tiers[rank]
    if (tier?.reach !== undefined && validityOf(ladder, tier).type === 'forEver') return rank
  }
  return 0
}

/** Where a tier that is not kept falls to. */
export const fallRank = (ladder: Ladder, held: number, kept: number): number => {
  const earned = Math.max(kept, floorBelow(ladder, held))
  if (ladder.policy?.downgrade !== 'oneDown') return earned
  let below = held - 1
  while (below > earned && ladder.tiers[below]?.reach === undefined) below -= 1
  return Math.max(earned, below)
}

/** When the grace for a tier that is not kept ends, where there is one. */
const graceEnd = ({ ladder, zone, at, day }: Moment, { earned }: Standing): Instant | undefined => {
  const grace = ladder.policy?.grace
  if (grace === undefined) return undefined
  const from = grace.from === 'tierStart' ? programDay(zone, earned.since) : day
  const until = startAfter(zone, from, grace.length)
  return until > at ? until : undefined
}

/** A tier is not kept: it falls, now or after a grace. */
const lost = (moment: Moment, standing: Standing, counts: Counts, cause: AssessmentCause): Look => {
  const { ladder, zone, at } = moment
  const held = rankOf(ladder, standing.earned.tier)
  const tier = ladder.tiers[held]
  const threshold = (tier && keepThreshold(tier)) ?? null
  const rank = fallRank(ladder, held, highestKept(ladder, counts, held))
  const until = cause === 'grace' ? undefined : graceEnd(moment, standing)
  if (until === undefined) return look(loweredTo(ladder, zone, standing, rank, at), cause, counts, threshold)
  const fallsTo = ladder.tiers[rank]?.id ?? standing.earned.tier
  const earned = { ...standing.earned, validUntil: until }
  return look({ ...standing, earned, grace: { until, fallsTo } }, cause, counts, threshold)
}

/** A grace is over: the tier falls to where it was to fall, or to what was earned meanwhile. */
const lookAtGraceEnd = (moment: Moment, standing: Standing): Look => {
  const { ladder, zone, at, day } = moment
  const counts = countsOn(ladder, zone, standing, dayBefore(moment))
  const held = rankOf(ladder, standing.earned.tier)
  const kept = highestKept(ladder, counts, held)
  const rank = Math.max(kept, rankOf(ladder, standing.grace?.fallsTo ?? standing.earned.tier))
  const tier = ladder.tiers[held]
  const threshold = (tier && keepThreshold(tier)) ?? null
  return look(loweredTo(ladder, zone, turned(ladder, zone, standing, day), rank, at), 'grace', counts, threshold)
}

/** The standing whose end is put off to a later one. */
const putOff = (standing: Standing, until: Instant): Standing => ({
  ...standing,
  earned: { ...standing.earned, validUntil: until },
  grace: standing.grace === null ? null : { until, fallsTo: standing.grace.fallsTo },
})

export const lookAtEnd = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  const { validUntil } = standing.earned
  if (validUntil === null || validUntil > at) return undefined
  const suspended = suspendedUntil(ladder, at)
  if (suspended !== undefined) return look(putOff(standing, suspended), 'suspension')
  if (standing.grace !== null) return lookAtGraceEnd(moment, standing)
  const tier = heldTier(ladder, standing)
  const counts = countsOn(ladder, zone, standing, isDecidedAnew(ladder, tier) ? day : dayBefore(moment))
  const now = turned(ladder, zone, standing, day)
  if (tier === undefined) return look(loweredTo(ladder, zone, now, 0, at), 'keep', counts)
  const isKept = ladder.policy?.downgrade === 'never' || keeps(tier, counts)
  if (!isKept) return lost(moment, now, counts, 'keep')
  return look(renewed(ladder, zone, now, at), 'keep', counts, keepThreshold(tier) ?? null, true)
}

/** A tier that is valid only as long as what keeps it is there. */
export const lookAtLoss = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  const counts = countsOn(ladder, zone, standing, day)
  if (!isLost(ladder, standing, counts) || suspendedUntil(ladder, at) !== undefined) return undefined
  return lost(moment, turned(ladder, zone, standing, day), counts, 'keep')
}
