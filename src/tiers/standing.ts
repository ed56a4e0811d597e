/** Where a member stands on a ladder. */
import {
  arrayCodec,
  booleanCodec,
  CivilDate,
  type Codec,
  Instant,
  LadderId,
  naturalCodec,
  nullableCodec,
  structCodec,
  TierId,
  type Zone,
} from '../foundation/index.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { MetricCount } from './metric-count.ts'
import { programDay, qualificationPeriod } from './qualification-period.ts'
import { isHeldBy, StandingClaim } from './standing-claim.ts'
import { OfferId } from './status-offer.ts'

/** A tier that was earned. */
export interface EarnedTier {
  readonly tier: TierId
  readonly since: Instant
  /** The first instant at which it is no longer valid without an assessment; `null`: it has no such end. */
  readonly validUntil: Instant | null
  /** How many terms of it are over. */
  readonly terms: number
}

/** What was held before an upgrade, as long as a return can take the upgrade back. */
export interface TierStep {
  readonly before: EarnedTier
  /** The member's tier before, by all that spoke for one, and since when. */
  readonly tierBefore: TierId
  readonly sinceBefore: Instant
  /** The tier that was reached, and when. */
  readonly tier: TierId
  readonly at: Instant
  /** The first day of the period whose counts reached it; `null`: the ladder has no periods. */
  readonly periodFrom: CivilDate | null
  /** What reaching it used up. */
  readonly deducted: ReadonlyArray<MetricCount>
}

/** The counts of the period before the one that runs. */
export interface ClosedPeriod {
  readonly from: CivilDate
  readonly counts: ReadonlyArray<MetricCount>
  /** The tier held when it ended. */
  readonly tier: TierId
  /** Whether something came in late that has not been looked at. */
  readonly isReopened: boolean
}

/** A tier that is kept for a while without having been earned again. */
export interface TierGrace {
  readonly until: Instant
  /** Where it falls to. */
  readonly fallsTo: TierId
}

/** Steps to be taken back because what reached them was returned. */
export interface TierUndo {
  readonly at: Instant
  readonly steps: number
}

/** A tier for whose reaching nothing more is given until some instant; `null`: never again. */
export interface TierGift {
  readonly tier: TierId
  readonly until: Instant | null
}

/** An offer that was taken, and the time of its trial. */
export interface OfferUse {
  readonly offer: OfferId
  readonly at: Instant
  /** The first instant after the trial. */
  readonly until: Instant
  /** Whether what was done in the trial counts in it alone. */
  readonly isApart: boolean
}

/** A member's standing on one ladder. */
export interface Standing {
  readonly ladder: LadderId
  /** The tier: the highest that is earned, held for life, or claimed. */
  readonly tier: TierId
  /** Since when the member is on that tier; of one that is earned, also under a higher one that is over. */
  readonly since: Instant
  /** The first instant at which the tier is no longer valid without an assessment; `null`: it has no such end. */
  readonly validUntil: Instant | null
  readonly joinedAt: Instant
  readonly earned: EarnedTier
  readonly claims: ReadonlyArray<StandingClaim>
  /** The first day of the qualification period that is counted; `null`: the ladder has no periods. */
  readonly periodFrom: CivilDate | null
  readonly counts: ReadonlyArray<MetricCount>
  readonly closed: ClosedPeriod | null
  readonly steps: ReadonlyArray<TierStep>
  /** When it is to be looked at because something was counted or claimed; `null`: not by that. */
  readonly dueAt: Instant | null
  /** The last day on which something was done that counts; `null`: no tier's validity rolls. */
  readonly lastCountedOn: CivilDate | null
  /** When a tier that is reached is to be entered; `null`: none is. */
  readonly raiseAt: Instant | null
  readonly undo: TierUndo | null
  readonly grace: TierGrace | null
  readonly gifts: ReadonlyArray<TierGift>
  readonly offersUsed: ReadonlyArray<OfferUse>
  /** The revision of the ladder by which it was last looked at. */
  readonly revision: number
}

const counts = /* @__PURE__ */ arrayCodec(MetricCount, { maxLength: 20 })

const earnedTier: Codec<EarnedTier, unknown> = /* @__PURE__ */ structCodec('EarnedTier', {
  tier: TierId,
  since: Instant,
  validUntil: /* @__PURE__ */ nullableCodec(Instant),
  terms: naturalCodec,
})

/** Reads a {@link Standing}. */
export const Standing: Codec<Standing, unknown> = /* @__PURE__ */ structCodec('Standing', {
  ladder: LadderId,
  tier: TierId,
  since: Instant,
  validUntil: /* @__PURE__ */ nullableCodec(Instant),
  joinedAt: Instant,
  earned: earnedTier,
  claims: /* @__PURE__ */ arrayCodec(StandingClaim),
  periodFrom: /* @__PURE__ */ nullableCodec(CivilDate),
  counts,
  closed: /* @__PURE__ */ nullableCodec(
    /* @__PURE__ */ structCodec('ClosedPeriod', { from: CivilDate, counts, tier: TierId, isReopened: booleanCodec }),
  ),
  steps: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('TierStep', {
      before: earnedTier,
      tierBefore: TierId,
      sinceBefore: Instant,
      tier: TierId,
      at: Instant,
      periodFrom: /* @__PURE__ */ nullableCodec(CivilDate),
      deducted: counts,
    }),
  ),
  dueAt: /* @__PURE__ */ nullableCodec(Instant),
  raiseAt: /* @__PURE__ */ nullableCodec(Instant),
  lastCountedOn: /* @__PURE__ */ nullableCodec(CivilDate),
  undo: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ structCodec('TierUndo', { at: Instant, steps: naturalCodec })),
  grace: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ structCodec('TierGrace', { until: Instant, fallsTo: TierId })),
  gifts: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('TierGift', { tier: TierId, until: /* @__PURE__ */ nullableCodec(Instant) }),
  ),
  offersUsed: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('OfferUse', { offer: OfferId, at: Instant, until: Instant, isApart: booleanCodec }),
  ),
  revision: naturalCodec,
})

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
 * const ladder = { period: { type: 'lifetime' }, tiers: [{ id: 'basic' }] } as unknown as Ladder
 * firstStanding(ladder, utc, unwrap(parseInstant('2026-03-10T00:00:00Z'))).tier // => 'basic'
 * ```
 */
export const firstStanding = (ladder: Ladder, zone: Zone, at: Instant): Standing => {
  const tier = ladder.tiers[0]?.id ?? ('' as TierId)
  const day = programDay(zone, at)
  const period = qualificationPeriod(ladder.period, day, { joined: day, entered: day })
  return {
    ladder: ladder.id,
    tier,
    since: at,
    validUntil: null,
    joinedAt: at,
    earned: { tier, since: at, validUntil: null, terms: 0 },
    claims: [],
    periodFrom: period?.from ?? null,
    counts: [],
    closed: null,
    steps: [],
    dueAt: null,
    raiseAt: null,
    lastCountedOn: null,
    undo: null,
    grace: null,
    gifts: [],
    offersUsed: [],
    revision: ladder.revision ?? 0,
  }
}

/** A standing with other counts and dates, written out because spreading an object takes many times as long. */
export const recounted = (
  standing: Standing,
  counts: ReadonlyArray<MetricCount>,
  raiseAt: Instant | null,
  dueAt: Instant | null,
): Standing => ({
  ladder: standing.ladder,
  tier: standing.tier,
  since: standing.since,
  validUntil: standing.validUntil,
  joinedAt: standing.joinedAt,
  earned: standing.earned,
  claims: standing.claims,
  periodFrom: standing.periodFrom,
  counts,
  closed: standing.closed,
  steps: standing.steps,
  dueAt,
  raiseAt,
  lastCountedOn: standing.lastCountedOn,
  undo: standing.undo,
  grace: standing.grace,
  gifts: standing.gifts,
  offersUsed: standing.offersUsed,
  revision: standing.revision,
})

/** The later of two ends, of which `null` is none. */
export const laterEnd = (a: Instant | null, b: Instant | null): Instant | null => {
  if (a === null || b === null) return null
  return a > b ? a : b
}

/** What a member is on, by all that speaks for a tier: what is earned, what is held for life, what is claimed. */
const effectiveTier = (
  ladder: Ladder,
  standing: Standing,
  lifetimeRank: number,
): { readonly rank: number; readonly validUntil: Instant | null } => {
  let rank = rankOf(ladder, standing.earned.tier)
  let { validUntil } = standing.earned
  const take = (other: number, until: Instant | null): void => {
    if (other < rank) return
    validUntil = other > rank ? until : laterEnd(validUntil, until)
    rank = other
  }
  if (lifetimeRank > 0) take(lifetimeRank, null)
  for (const claim of standing.claims) if (isHeldBy(claim)) take(rankOf(ladder, claim.tier), claim.until)
  return { rank, validUntil: rank === 0 ? null : validUntil }
}

/** The standing with its tier as all that speaks for one says, from an instant on. */
export const settled = (ladder: Ladder, standing: Standing, lifetimeRank: number, at: Instant): Standing => {
  const { rank, validUntil } = effectiveTier(ladder, standing, lifetimeRank)
  const tier = ladder.tiers[rank]?.id ?? standing.tier
  if (tier === standing.tier) {
    return validUntil === standing.validUntil ? standing : { ...standing, validUntil }
  }
  // What is earned has been held all along, also under something higher that is over.
  const since = tier === standing.earned.tier ? standing.earned.since : at
  return { ...standing, tier, since, validUntil }
}
