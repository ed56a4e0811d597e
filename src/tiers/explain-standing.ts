/** Why a member is on a tier until a date, as data. */
import type { Instant, TierId, Zone } from '../foundation/index.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import type { MetricId } from './metric.ts'
import { nextAssessment } from './next-assessment.ts'
import { keepProgress, type TierProgress, tierProgress } from './progress.ts'
import { programDay } from './qualification-period.ts'
import type { Standing, TierGrace } from './standing.ts'
import { type ClaimId, type ClaimKind, isHeldBy } from './standing-claim.ts'
import { meetsThreshold, type Threshold } from './threshold.ts'
import { countsOn, lifetimeRank } from './tier-counts.ts'
import { suspendedUntil } from './tier-look.ts'

/** Something that speaks for a tier. */
export interface StandingReason {
  readonly by: 'earned' | 'lifetime' | ClaimKind
  readonly tier: TierId
  /** `null`: under something higher it is not remembered since when a tier has been held for life. */
  readonly from: Instant | null
  /** `null`: it has no end of its own. */
  readonly until: Instant | null
  /** The claim, where it is one. */
  readonly claim: ClaimId | null
  /** Whether it is what decides: nothing else speaks for a higher tier. */
  readonly decides: boolean
}

/** One threshold against what counts. */
export interface ThresholdReason {
  readonly threshold: Threshold
  readonly isMet: boolean
}

/** Why a member is on a tier until a date. */
export interface StandingExplanation {
  readonly tier: TierId
  readonly since: Instant
  readonly validUntil: Instant | null
  readonly reasons: ReadonlyArray<StandingReason>
  /** What counts at present, by metric. */
  readonly counts: ReadonlyArray<{ readonly metric: MetricId; readonly count: number }>
  /** What it takes to keep the tier that is earned, against what counts at present; `null`: nothing. */
  readonly keep: ThresholdReason | null
  readonly keepProgress: TierProgress | null
  readonly nextTiers: ReadonlyArray<TierProgress>
  readonly grace: TierGrace | null
  /** The end of a time in which nobody is lowered; `null`: there is none now. */
  readonly suspendedUntil: Instant | null
  /** When the standing is looked at next if nothing is done; `null`: at no time. */
  readonly nextAssessment: Instant | null
}

const reasonsOf = (
  ladder: Ladder,
  { earned, claims, tier: held, since: heldSince }: Standing,
  life: number,
): ReadonlyArray<StandingReason> => {
  const { tier, since, validUntil } = earned
  const lifeTier = life > 0 ? ladder.tiers[life]?.id : undefined
  const lifeFrom = lifeTier === held && tier !== held ? heldSince : null
  const all: ReadonlyArray<Omit<StandingReason, 'decides'>> = [
    { by: 'earned', tier, from: since, until: validUntil, claim: null },
    ...(lifeTier === undefined
      ? []
      : [{ by: 'lifetime' as const, tier: lifeTier, from: lifeFrom, until: null, claim: null }]),
    ...claims
      .filter(isHeldBy)
      .map(({ id, kind, tier: of, from, until }) => ({ by: kind, tier: of, from, until, claim: id })),
  ]
  return all.map((reason) => ({ ...reason, decides: reason.tier === held }))
}

/**
 * Why a member is on a tier until a date: everything that speaks for a tier, which of it decides, what counts against
 * what is asked for, and when it is looked at next.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now, with all that was due assessed
 * @param asOf - the instant at which it is asked
 *
 * @example
 * ```ts
 * import { decode, explainStanding, firstStanding, Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'orders', of: 'orders' }],
 *   period: { type: 'lifetime' },
 *   validity: { type: 'forEver' },
 *   tiers: [{ id: 'basic' }, { id: 'regular', reach: { type: 'count', metric: 'orders', atLeast: 10 } }],
 * }))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const { tier, reasons, counts } = explainStanding(ladder, utc, firstStanding(ladder, utc, at), at)
 * tier // => 'basic'
 * reasons.map(({ by, decides }) => [by, decides]) // => [['earned', true]]
 * counts // => [{ metric: 'orders', count: 0 }]
 * ```
 */
export const explainStanding = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): StandingExplanation => {
  const counts = countsOn(ladder, zone, standing, programDay(zone, asOf))
  const rank = rankOf(ladder, standing.earned.tier)
  const tier = rank > 0 ? ladder.tiers[rank] : undefined
  const keep = tier === undefined ? undefined : keepThreshold(tier)
  return {
    tier: standing.tier,
    since: standing.since,
    validUntil: standing.validUntil,
    reasons: reasonsOf(ladder, standing, lifetimeRank(ladder, counts)),
    counts: [...counts].map(([metric, count]) => ({ metric, count })),
    keep: keep === undefined ? null : { threshold: keep, isMet: meetsThreshold(keep, counts) },
    keepProgress: keepProgress(ladder, zone, standing, asOf),
    nextTiers: tierProgress(ladder, zone, standing, asOf),
    grace: standing.grace,
    suspendedUntil: suspendedUntil(ladder, asOf) ?? null,
    nextAssessment: nextAssessment(ladder, zone, standing),
  }
}
