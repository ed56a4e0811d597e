/** A referral that the member brought: it counts, is reduced or cancelled by a return, and the referee goes on paying. */
import * as E from 'fp-ts/Either'
import { addDuration, outOfRange, underPath } from '../../foundation/index.ts'
import {
  assessFraud,
  claimReferralCaps,
  levelUnits,
  type ReferralCapClaim,
  type ReferralScheme,
  referralRewardUnits,
  velocityExcess,
} from '../../referrals/index.ts'
import type { ReferralConverted, ReferralReassessed, ReferralRevenue } from '../activity/referral-activity.ts'
import type { BroughtChange, BroughtReferral, ReferrerCounts } from '../state/brought-referral.ts'
import { cancelBrought, changeBrought, enterBrought, reduceBrought } from './brought-change.ts'
import { settleShare } from './brought-share.ts'
import { effectId, lotIdOf } from './derived-id.ts'
import type { Draft } from './draft.ts'
import { capsOfLevel, missingReferralBudgets, moveReferralCaps, usedOfCaps } from './referral-caps.ts'
import { recentTimes, schemeOf, shareEnd } from './referral-scheme-of.ts'
import type { Rejection } from './rejection.ts'

/** What caps leave of the reward, or why it cannot be computed. */
const claimOf = (
  draft: Draft,
  { terms, levels }: ReferralScheme,
  { level, spendMinor, levelUnits: below, at }: ReferralConverted,
): E.Either<Rejection, ReferralCapClaim> => {
  const number = draft.state.referrerCounts.counted + 1
  const caps = capsOfLevel(terms.caps, level)
  const missing = missingReferralBudgets(draft, caps)
  if (missing.length > 0) return E.left(missing)
  const desired =
    level === 1
      ? referralRewardUnits(terms.referrer.amount, { spendMinor, number })
      : levels === undefined
        ? E.right(0)
        : levelUnits(levels, level, below)
  if (E.isLeft(desired)) return E.left(underPath(['spendMinor'], [desired.left]))
  return E.right(claimReferralCaps(caps, { version: 0, used: usedOfCaps(draft, caps, at) }, desired.right))
}

/** Whoever brought the member is rewarded too, where the program has a further level. */
const nextLevel = (draft: Draft, { levels }: ReferralScheme, level: number, granted: number) => {
  const conversion = draft.state.referral?.conversion ?? null
  return levels === undefined || level >= levels.depth || granted === 0 ? null : (conversion?.referrer ?? null)
}

const broughtOf = (
  draft: Draft,
  scheme: ReferralScheme,
  activity: ReferralConverted,
  claim: ReferralCapClaim,
): BroughtReferral => {
  const { zone, program } = draft.program
  const { id, at, level, convertedAt, releasedAt, returnableUntil } = activity
  const tooMany =
    level === 1 && velocityExcess(scheme.velocity, zone, [...draft.state.referrerCounts.conversions, at], at).length > 0
  const fraud = assessFraud(tooMany ? [...activity.signals, 'velocity'] : activity.signals, scheme.terms.fraud)
  const counts = level === 1 && !(claim.capLimited && claim.granted === 0)
  const shared = counts && scheme.revenueShare !== undefined
  // What was paid at the very end can still be returned after it.
  const end = shared
    ? addDuration(zone, shareEnd(zone, scheme.revenueShare, convertedAt), program.returnWindow)
    : releasedAt
  return {
    conversion: id,
    referee: activity.referee,
    level,
    version: program.version,
    at,
    spendMinor: activity.spendMinor,
    number: draft.state.referrerCounts.counted + 1,
    status: fraud.outcome === 'clear' ? 'approved' : 'pending',
    fraud,
    kind: scheme.terms.referrer.kind,
    desired: claim.desired,
    units: claim.granted,
    capLimited: claim.capLimited,
    limitedBy: claim.limitedBy,
    takenUnits: 0,
    lot: lotIdOf(id, 0),
    releasedAt,
    rewardedAt: null,
    keptUntil: Math.max(releasedAt, returnableUntil, end) as typeof releasedAt,
    uses: claim.uses,
    counts,
    upward: nextLevel(draft, scheme, level, claim.granted),
    share: shared ? { revenueMinor: 0, units: 0, parts: [] } : null,
  }
}

const askUpward = (draft: Draft, activity: ReferralConverted, { upward, units, fraud }: BroughtReferral): void => {
  if (upward === null) return
  const { member, id, at, referee, level, spendMinor, convertedAt, releasedAt, returnableUntil } = activity
  draft.followUps.push({
    type: 'referralConverted',
    id: effectId('referralConverted', [member], id),
    member: upward,
    at,
    referee,
    level: level + 1,
    spendMinor,
    levelUnits: level === 1 ? units : activity.levelUnits,
    signals: fraud.because.map(({ signal }) => signal),
    convertedAt,
    releasedAt,
    returnableUntil,
  })
}

/** The counts with one referral more, in time and in number; who is blocked for abuse counts for velocity alone. */
const countsAfter = (
  draft: Draft,
  scheme: ReferralScheme,
  brought: BroughtReferral,
  denied: boolean,
): ReferrerCounts => {
  const { zone } = draft.program
  const before = draft.state.referrerCounts
  const { at, level, uses, counts } = brought
  return {
    progress: before.progress,
    counted: before.counted + (counts && !denied ? 1 : 0),
    caps: denied ? before.caps : moveReferralCaps(draft, scheme.terms.caps, uses, at, 'claim'),
    invitations: before.invitations,
    conversions: level === 1 ? recentTimes(scheme.velocity, zone, [...before.conversions, at], at) : before.conversions,
  }
}

/** A referral that counts: the reward waits for the end of the review, and for a person where signals ask for one. */
export const decideConverted = (draft: Draft, activity: ReferralConverted): E.Either<Rejection, void> => {
  const scheme = draft.program.program.referral
  if (scheme === undefined) return E.right(undefined)
  const claim = claimOf(draft, scheme, activity)
  if (E.isLeft(claim)) return claim
  const brought = broughtOf(draft, scheme, activity, claim.right)
  const denied = brought.fraud.outcome === 'block'
  const change: BroughtChange = denied ? 'denied' : 'opened'
  changeBrought(draft, activity.at, change, brought, countsAfter(draft, scheme, brought, denied))
  if (denied) return E.right(undefined)
  askUpward(draft, activity, brought)
  return brought.status === 'approved' ? enterBrought(draft, activity, brought) : E.right(undefined)
}

/** What the reward is after a return, in units. */
const keptUnits = (draft: Draft, brought: BroughtReferral, activity: ReferralReassessed): number => {
  const scheme = schemeOf(draft, brought.version)
  if (scheme === undefined) return brought.units
  const { level, number, units } = brought
  const { remainingMinor: spendMinor } = activity
  const kept =
    level === 1
      ? referralRewardUnits(scheme.terms.referrer.amount, { spendMinor, number })
      : scheme.levels === undefined
        ? E.right(units)
        : levelUnits(scheme.levels, level, activity.levelUnits)
  return E.isRight(kept) ? Math.min(units, kept.right) : units
}

/** A return: before the release it reduces or cancels; what is paid is left for a person to decide (S51). */
export const decideReassessed = (draft: Draft, activity: ReferralReassessed): E.Either<Rejection, void> => {
  const { at, conversion, stands } = activity
  const brought = draft.state.brought.find((one) => one.conversion === conversion)
  if (brought === undefined || brought.status === 'inManualReview') return E.right(undefined)
  const kept = stands ? keptUnits(draft, brought, activity) : 0
  const paid = brought.status === 'rewarded'
  if (!stands && !paid) cancelBrought(draft, activity, brought, 'cancelled')
  else if (kept >= brought.units - brought.takenUnits && stands) return E.right(undefined)
  else if (paid) {
    changeBrought(draft, at, 'questioned', { ...brought, status: 'inManualReview' }, draft.state.referrerCounts)
  } else reduceBrought(draft, activity, brought, kept)
  return E.right(undefined)
}

/** The referee pays, or is paid back: a share of all that they paid so far is due. */
export const decideRevenue = (draft: Draft, activity: ReferralRevenue): E.Either<Rejection, void> => {
  const { conversion, minor } = activity
  const brought = draft.state.brought.find((one) => one.conversion === conversion)
  if (brought === undefined || brought.share === null) return E.right(undefined)
  const revenueMinor = brought.share.revenueMinor + minor
  if (!Number.isSafeInteger(revenueMinor)) {
    return E.left([outOfRange(['minor'], revenueMinor, 'revenue that is a safe integer of minor units')])
  }
  return settleShare(draft, activity, { ...brought, share: { ...brought.share, revenueMinor } })
}
