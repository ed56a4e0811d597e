/** Assessments: what becomes of a standing when it is looked at. */
import { addDays, earlierOf, type Instant, type TierId, type Zone } from '../foundation/index.ts'
import { giftEnd, openGifts, raisedTo, renewed } from './enter-tier.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import { type AssessmentCause, type Look, look, type Moment, noCounts } from './look.ts'
import { lookAtEnd, lookAtLoss } from './look-at-end.ts'
import { lookAtRaise } from './look-at-raise.ts'
import { lookAtUndo } from './look-at-returns.ts'
import { nextAssessment } from './next-assessment.ts'
import { programDay, startAfter } from './qualification-period.ts'
import { recounted, type Standing, settled } from './standing.ts'
import type { StandingClaim } from './standing-claim.ts'
import type { Counts, Threshold } from './threshold.ts'
import { countsOn, highestReached, turned } from './tier-counts.ts'
import { heldTier, isTargetMet, keeps, lifetimeRankOn, lookDue, rolledEnd } from './tier-look.ts'

/** What an assessment came to. */
export interface Assessment {
  /** `held`: something about the standing changed, but not the tier or how long it is valid by being earned again. */
  readonly change: 'none' | 'held' | 'upgraded' | 'renewed' | 'downgraded'
  readonly cause: AssessmentCause | null
  /** When it took place. */
  readonly at: Instant
  /** The tier before. */
  readonly from: TierId
  readonly standing: Standing
  /** What decided, by metric. */
  readonly counts: Counts
  /** What was asked for: to reach the tier that was reached, or else to keep the one that was held; `null`: nothing. */
  readonly threshold: Threshold | null
  /** Whether a reward for reaching the tier is due: at most once a period (S40). */
  readonly isRewarded: boolean
}

/** Claims that are over, and trials whose target is met. */
const lookAtClaims = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  const isOver = ({ until }: StandingClaim): boolean => until !== null && until <= at
  const isMet = (claim: StandingClaim): boolean => isTargetMet(ladder, zone, standing, claim, day)
  if (!standing.claims.some((claim) => isOver(claim) || isMet(claim))) return undefined
  const met = new Set(standing.claims.filter(isMet).map(({ trial }) => trial?.offer))
  const claims = standing.claims.flatMap((claim): ReadonlyArray<StandingClaim> => {
    const offer = ladder.offers?.find(({ id }) => id === claim.trial?.offer)
    if (!isOver(claim) && offer !== undefined && met.has(offer.id)) {
      return [{ ...claim, trial: null, until: startAfter(zone, day, offer.reward) }]
    }
    return isOver(claim) ? [] : [claim]
  })
  const offersUsed = standing.offersUsed.map((use) =>
    met.has(use.offer) && use.until > at ? { ...use, until: (at + 1) as Instant } : use,
  )
  return look({ ...standing, claims, offersUsed }, 'claim')
}

/** A tier that is held again by what was counted: in a grace, or where a term rolls. */
const lookAtRenewal = ({ ladder, zone, at }: Moment, standing: Standing, counts: Counts): Look | undefined => {
  const tier = heldTier(ladder, standing)
  if (tier === undefined) return undefined
  if (standing.grace !== null && keeps(tier, counts)) {
    return look(renewed(ladder, zone, standing, at), 'grace', counts, keepThreshold(tier) ?? null, true)
  }
  const validUntil = standing.grace === null ? rolledEnd(ladder, zone, standing, counts) : undefined
  if (validUntil === undefined) return undefined
  return look({ ...standing, earned: { ...standing.earned, validUntil } }, 'reach', counts, tier.reach ?? null, true)
}

/** What came in late for the period before, as if it had come in time. */
const lookAtReopened = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  const { closed } = standing
  if (closed === null || !closed.isReopened) return undefined
  const seen = { ...standing, closed: { ...closed, isReopened: false } }
  const reached = addDays(standing.periodFrom ?? day, -1)
  const counts = countsOn(ladder, zone, standing, reached)
  const held = rankOf(ladder, standing.earned.tier)
  const rank = highestReached(ladder, counts)
  const tier = ladder.tiers[rank]
  if (tier !== undefined && rank > held) {
    const raised = raisedTo(ladder, zone, seen, { rank, reached, at })
    return look(raised, 'reach', counts, tier.reach ?? null)
  }
  const before = rankOf(ladder, closed.tier)
  const kept = ladder.tiers[before]
  if (kept === undefined || before <= held || !keeps(kept, counts)) return look(seen, 'keep', counts)
  const restored = { ...seen, earned: { ...standing.earned, tier: kept.id } }
  return look(renewed(ladder, zone, restored, at), 'keep', counts, keepThreshold(kept) ?? null)
}

/** Something was counted or claimed, and is looked at. */
const lookAtDue = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  if (standing.dueAt === null || standing.dueAt > at) return undefined
  const now = { ...turned(ladder, zone, standing, day), dueAt: null }
  const counts = countsOn(ladder, zone, now, day)
  return lookAtRenewal(moment, now, counts) ?? lookAtReopened(moment, now) ?? look(now, 'claim', counts)
}

/** What is held for life, and the claims, may speak for another tier than before. */
const lookAtLife = ({ ladder, zone, at, day }: Moment, standing: Standing): Look | undefined => {
  if (!ladder.metrics.some(({ of }) => of === 'tenure')) return undefined
  return settled(ladder, standing, lifetimeRankOn(ladder, zone, standing, day), at) === standing
    ? undefined
    : look(standing, 'claim', countsOn(ladder, zone, standing, day))
}

/** The one thing that is due first. */
const lookAt = (moment: Moment, standing: Standing): Look | undefined =>
  lookAtClaims(moment, standing) ??
  lookAtUndo(moment, standing) ??
  lookAtEnd(moment, standing) ??
  lookAtLoss(moment, standing) ??
  lookAtDue(moment, standing) ??
  lookAtRaise(moment, standing) ??
  lookAtLife(moment, standing)

const changeOf = (before: number, after: number, isRenewed: boolean): Assessment['change'] => {
  if (after > before) return 'upgraded'
  if (after < before) return 'downgraded'
  return isRenewed ? 'renewed' : 'held'
}

/** The end of a look: the tier that follows from all that speaks for one, and whether reaching it is rewarded. */
export const concluded = ({ ladder, zone, at, day }: Moment, before: Standing, seen: Look): Assessment => {
  const { cause, counts, threshold, isRenewed } = seen
  const rankBefore = rankOf(ladder, before.tier)
  let standing = settled(ladder, seen.standing, lifetimeRankOn(ladder, zone, seen.standing, day), at)
  const rank = rankOf(ladder, standing.tier)
  const isReached = cause === 'reach' && rank > rankBefore
  const gifts = openGifts(standing, at)
  const isRewarded = isReached && !gifts.some(({ tier }) => tier === standing.tier)
  if (isRewarded) {
    const gift = { tier: standing.tier, until: giftEnd(ladder, zone, standing, at) }
    standing = { ...standing, gifts: [...gifts, gift] }
  }
  const later = standing.dueAt !== null && standing.dueAt > at ? standing.dueAt : null
  const dueAt = earlierOf(later, lookDue(ladder, zone, standing, at, day, countsOn(ladder, zone, standing, day)))
  // Written out, all standings have one form, which engines read several times faster than many.
  standing = recounted(standing, standing.counts, standing.raiseAt, dueAt)
  const change = changeOf(rankBefore, rank, isRenewed)
  return { change, cause, at, from: before.tier, standing, counts, threshold, isRewarded }
}

/** The assessment that changes nothing. */
export const unchanged = (standing: Standing, asOf: Instant): Assessment => ({
  change: 'none',
  cause: null,
  at: asOf,
  from: standing.tier,
  standing,
  counts: noCounts,
  threshold: null,
  isRewarded: false,
})

/** What is looked at in an instant, as an assessment; `undefined`: nothing is due in it. */
const assessedAt = (ladder: Ladder, zone: Zone, standing: Standing, at: Instant): Assessment | undefined => {
  const moment: Moment = { ladder, zone, at, day: programDay(zone, at) }
  const seen = lookAt(moment, standing)
  return seen === undefined ? undefined : concluded(moment, standing, seen)
}

/**
 * Assesses what is due first in a standing, at the instant at which it was due: a claim that ends, an upgrade whose
 * purchase was returned, the end of a validity, too little to keep a tier that is held only with enough, what was
 * counted. At the end of a validity the counts of the period that ends decide, or of the one that begins where a tier is
 * held to the end of its own period: with what the tier takes to keep it is renewed, else it falls as the ladder says
 * (S38, S41, S42), after a grace where there is one (S20). One call does one assessment: call again until the change is
 * `none`, or use `advanceStanding`. Nothing else ever changes a tier.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - what is due by then is assessed
 *
 * @example
 * ```ts
 * import { assessTier, countQualifying, decode, firstStanding, formatInstant, Ladder, type MetricId, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'points', atLeast: 1000 } }],
 * }))
 * const countedAt = unwrap(parseInstant('2026-03-10T12:00:00Z'))
 * const points = { metric: 'points' as MetricId, count: 1000, countedAt }
 * const earned = countQualifying(ladder, utc, firstStanding(ladder, utc, countedAt), points)
 * const { change, standing } = assessTier(ladder, utc, earned, countedAt)
 * change // => 'upgraded'
 * standing.tier // => 'gold'
 * standing.validUntil === null ? '' : formatInstant(standing.validUntil) // => '2028-01-01T00:00:00Z'
 * ```
 */
export const assessTier = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): Assessment => {
  const next = nextAssessment(ladder, zone, standing)
  if (next === null || next > asOf) return unchanged(standing, asOf)
  return assessedAt(ladder, zone, standing, next) ?? unchanged(standing, asOf)
}

/**
 * Assesses a standing until nothing more is due by an instant.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - what is due by then is assessed; in steps gives the same as at once
 *
 * @example
 * ```ts
 * import { advanceStanding, firstStanding, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * advanceStanding(ladder, utc, firstStanding(ladder, utc, at), at).assessments // => []
 * ```
 */
export const advanceStanding = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
): { readonly standing: Standing; readonly assessments: ReadonlyArray<Assessment> } => {
  const assessments: Array<Assessment> = []
  let now = standing
  for (;;) {
    const assessed = assessTier(ladder, zone, now, asOf)
    if (assessed.change === 'none') return { standing: now, assessments }
    assessments.push(assessed)
    now = assessed.standing
  }
}
