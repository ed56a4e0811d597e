/** Tiers that are given: by hand, by invitation, for a fee, through the household, or on trial. */
import * as E from 'fp-ts/Either'
import { addDurationToDate, type Fault, type Instant, startOfDay, type TierId, type Zone } from '../foundation/index.ts'
import { withDue } from './count-qualifying.ts'
import type { Ladder } from './ladder.ts'
import { programDay, startAfter } from './qualification-period.ts'
import { laterEnd, type OfferUse, type Standing } from './standing.ts'
import type { ClaimId, ClaimKind, StandingClaim } from './standing-claim.ts'
import type { OfferId, StatusOffer } from './status-offer.ts'

/** The ladder has no such tier above the first. */
export interface UnknownTier extends Fault<'UnknownTier'> {
  readonly tier: TierId
}

/** The member has no such claim. */
export interface UnknownClaim extends Fault<'UnknownClaim'> {
  readonly claim: ClaimId
}

/** The ladder has no such offer. */
export interface UnknownOffer extends Fault<'UnknownOffer'> {
  readonly offer: OfferId
}

/** The offer was taken too short a time ago. */
export interface OfferUsed extends Fault<'OfferUsed'> {
  readonly offer: OfferId
  /** When it can be taken again; `null`: never. */
  readonly again: Instant | null
}

/** A claim would be over before it began, or an extension would end before it. */
export interface ClaimOver extends Fault<'ClaimOver'> {
  readonly until: Instant
}

/** Why a tier cannot be given, taken back or extended. */
export type ClaimFault = UnknownTier | UnknownClaim | UnknownOffer | OfferUsed | ClaimOver

/** A tier that is given. */
export interface TierClaim {
  readonly id: ClaimId
  readonly kind: Exclude<ClaimKind, 'offer'>
  readonly tier: TierId
  /** The first instant at which it is over; `null`: until it is revoked. */
  readonly until: Instant | null
  readonly reason: string
}

const withClaim = (ladder: Ladder, zone: Zone, standing: Standing, claim: StandingClaim, at: Instant): Standing => {
  const others = standing.claims.filter(({ id }) => id !== claim.id)
  return withDue(ladder, zone, { ...standing, claims: [...others, claim] }, at)
}

const over = (until: Instant | null, at: Instant): ReadonlyArray<ClaimOver> =>
  until === null || until > at
    ? []
    : [{ _tag: 'ClaimOver', path: ['until'], expected: 'an instant after the one at which it begins', until }]

/**
 * Gives a member a tier beside the one that is earned: assess the standing then. A claim with an id that is there
 * already replaces it.
 *
 * `UnknownTier`: the ladder has no such tier above the first. `ClaimOver`: it would end before it begins.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing before
 * @param claim - the tier, until when, and why
 * @param at - from when it is held
 *
 * @example
 * ```ts
 * import { assessTier, claimTier, type ClaimId, decode, firstStanding, Ladder, parseInstant, type TierId, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'orders', of: 'orders' }],
 *   period: { type: 'lifetime' },
 *   validity: { type: 'forEver' },
 *   tiers: [{ id: 'basic' }, { id: 'circle' }],
 * }))
 * const at = unwrap(parseInstant('2026-03-10T12:00:00Z'))
 * const invitation = { id: 'i1' as ClaimId, kind: 'invitation', tier: 'circle' as TierId, until: null, reason: 'opening' } as const
 * const invited = unwrap(claimTier(ladder, utc, firstStanding(ladder, utc, at), invitation, at))
 * assessTier(ladder, utc, invited, at).standing.tier // => 'circle'
 * ```
 */
export const claimTier = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  claim: TierClaim,
  at: Instant,
): E.Either<ReadonlyArray<ClaimFault>, Standing> => {
  const { id, kind, tier, until, reason } = claim
  const tiers = ladder.tiers.slice(1).map((one) => one.id)
  const expected = `a tier above the first: ${tiers.join(', ')}`
  const faults: ReadonlyArray<ClaimFault> = [
    ...(tiers.includes(tier) ? [] : [{ _tag: 'UnknownTier' as const, path: ['tier'], expected, tier }]),
    ...over(until, at),
  ]
  if (faults.length > 0) return E.left(faults)
  return E.right(withClaim(ladder, zone, standing, { id, kind, tier, from: at, until, reason, trial: null }, at))
}

/**
 * Takes back a tier that was given: assess the standing then.
 *
 * `UnknownClaim`: the member has no such claim; it may be over.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing before
 * @param claim - the id of the claim
 * @param at - from when it is not held any more
 *
 * @example
 * ```ts
 * import { type ClaimId, firstStanding, type Ladder, parseInstant, revokeClaim, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * revokeClaim(ladder, utc, firstStanding(ladder, utc, at), 'i1' as ClaimId, at)._tag // => 'Left'
 * ```
 */
export const revokeClaim = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  claim: ClaimId,
  at: Instant,
): E.Either<ReadonlyArray<ClaimFault>, Standing> => {
  const claims = standing.claims.filter(({ id }) => id !== claim)
  if (claims.length === standing.claims.length) {
    return E.left([{ _tag: 'UnknownClaim', path: ['claim'], expected: 'a claim that the member has', claim }])
  }
  return E.right(withDue(ladder, zone, { ...standing, claims }, at))
}

/** When an offer that was taken can be taken again. */
const offeredAgain = ({ onceWithin }: StatusOffer, zone: Zone, { at }: OfferUse): Instant | null =>
  onceWithin === null ? null : startOfDay(zone, addDurationToDate(programDay(zone, at), onceWithin))

/**
 * Starts the trial of an offer: a status match, a challenge, a fast track (S47). Assess the standing then. Where the
 * target is met in time, the tier is held for the time of the reward; else the trial ends, and with it the tier.
 *
 * `UnknownOffer`: the ladder has no such offer. `OfferUsed`: it was taken too short a time ago.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing before
 * @param taken - the offer, and the id of the claim that follows
 * @param at - when the trial starts
 *
 * @example
 * ```ts
 * import { assessTier, type ClaimId, decode, firstStanding, Ladder, type OfferId, parseInstant, takeOffer, unwrap, utc } from 'treue'
 *
 * const nights = (atLeast: number) => ({ type: 'count', metric: 'nights', atLeast })
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'nights', of: 'action', action: 'stay', attribute: 'nights' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: nights(25) }],
 *   offers: [{
 *     id: 'match',
 *     tier: 'gold',
 *     within: { amount: 90, unit: 'day' },
 *     during: 'tier',
 *     target: nights(6),
 *     reward: { amount: 12, unit: 'month' },
 *     counts: 'offerOnly',
 *     onceWithin: null,
 *   }],
 * }))
 * const at = unwrap(parseInstant('2026-03-10T12:00:00Z'))
 * const taken = { offer: 'match' as OfferId, claim: 'm1' as ClaimId, reason: 'gold elsewhere' }
 * const matched = unwrap(takeOffer(ladder, utc, firstStanding(ladder, utc, at), taken, at))
 * assessTier(ladder, utc, matched, at).standing.tier // => 'gold'
 * takeOffer(ladder, utc, matched, taken, at)._tag // => 'Left'
 * ```
 */
export const takeOffer = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  taken: { readonly offer: OfferId; readonly claim: ClaimId; readonly reason: string },
  at: Instant,
): E.Either<ReadonlyArray<ClaimFault>, Standing> => {
  const { offer: id, claim, reason } = taken
  const offer = ladder.offers?.find((one) => one.id === id)
  if (offer === undefined) {
    const expected = `an offer of the ladder: ${(ladder.offers ?? []).map((one) => one.id).join(', ')}`
    return E.left([{ _tag: 'UnknownOffer', path: ['offer'], expected, offer: id }])
  }
  const before = standing.offersUsed.filter((use) => use.offer === id).map((use) => offeredAgain(offer, zone, use))
  const again = before.find((when) => when === null || when > at)
  if (again !== undefined) {
    const expected = 'an offer that can be taken again'
    return E.left([{ _tag: 'OfferUsed', path: ['offer'], expected, offer: id, again }])
  }
  const until = startAfter(zone, programDay(zone, at), offer.within)
  const use: OfferUse = { offer: id, at, until, isApart: offer.counts === 'offerOnly' }
  const trial = { offer: id, isHeld: offer.during === 'tier', counts: [] }
  const started = { ...standing, offersUsed: [...standing.offersUsed, use] }
  const { tier } = offer
  return E.right(
    withClaim(ladder, zone, started, { id: claim, kind: 'offer', tier, from: at, until, reason, trial }, at),
  )
}

/**
 * Lets the tier that is earned be valid for longer, as in a parental leave: it is assessed at the later instant.
 *
 * `ClaimOver`: it is valid as long without that, or the instant has passed.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing before
 * @param until - the first instant at which it is no longer valid without an assessment
 * @param at - when it is extended
 *
 * @example
 * ```ts
 * import { extendTier, firstStanding, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * extendTier(ladder, utc, firstStanding(ladder, utc, at), at, at)._tag // => 'Left'
 * ```
 */
export const extendTier = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  until: Instant,
  at: Instant,
): E.Either<ReadonlyArray<ClaimFault>, Standing> => {
  const { earned, grace } = standing
  if (earned.validUntil === null || until <= earned.validUntil || until <= at) {
    const expected = 'an instant after the present end of the earned tier'
    return E.left([{ _tag: 'ClaimOver', path: ['until'], expected, until }])
  }
  const validUntil = laterEnd(earned.validUntil, until)
  const longer = grace === null ? null : { ...grace, until }
  return E.right(withDue(ladder, zone, { ...standing, earned: { ...earned, validUntil }, grace: longer }, at))
}
