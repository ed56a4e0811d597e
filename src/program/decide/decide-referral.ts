/** A purchase of a member who was sent: does it make the referral count, and whom is it credited to? */
import * as E from 'fp-ts/Either'
import { type CountedLine, linesTotal } from '../../earning/index.ts'
import { addDuration, type Instant, type Points, underPath } from '../../foundation/index.ts'
import {
  type Attribution,
  assessFraud,
  attributeConversion,
  eligibleSpend,
  type FraudAssessment,
  leastReferralSpend,
  type ReferralFacts,
  type ReferralScheme,
  type ReferredLine,
  referralEligibility,
  referralRewardUnits,
} from '../../referrals/index.ts'
import type { Purchase } from '../activity/activity.ts'
import {
  type MemberReferral,
  type RefereeReward,
  type ReferralConversion,
  type ReferrerTouch,
  unreferred,
} from '../state/member-referral.ts'
import type { ReferralBar } from './decision.ts'
import { effectId, rewardLotId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import { giveReward } from './give-referral-reward.ts'
import { schemeOf, shareEnd } from './referral-scheme-of.ts'
import type { Rejection } from './rejection.ts'

export const referredLines = (lines: ReadonlyArray<CountedLine>): ReadonlyArray<ReferredLine> =>
  lines.map(({ minor, categories }) => ({ paidMinor: minor, categories }))

const factsOf = (
  draft: Draft,
  { id, at, attributes = {}, referral }: Purchase,
  { history, firstQualified }: MemberReferral,
  touch: ReferrerTouch,
  lines: ReadonlyArray<CountedLine>,
): ReferralFacts => {
  const { member, enrolledAt, orders } = draft.state
  const channel = Object.hasOwn(attributes, 'channel') ? attributes['channel'] : undefined
  return {
    referrer: { member: touch.referrer, enrolledAt: touch.referrerEnrolledAt, standing: touch.standing },
    referee: { member, enrolledAt: enrolledAt ?? at, history, firstQualifiedAt: firstQualified?.at ?? null },
    referredAt: touch.at,
    purchase: {
      id,
      at,
      number: orders,
      origin: referral?.origin ?? 'customer',
      channel: typeof channel === 'string' ? channel : '',
      lines: referredLines(lines),
    },
  }
}

/** A purchase that makes the referral count. */
interface Counting {
  readonly touch: ReferrerTouch
  readonly spendMinor: number
  readonly fraud: FraudAssessment
}

type Found = E.Either<ReadonlyArray<ReferralBar>, Counting>

const look = (
  draft: Draft,
  { terms }: ReferralScheme,
  activity: Purchase,
  referral: MemberReferral,
  touch: ReferrerTouch,
  lines: ReadonlyArray<CountedLine>,
): Found => {
  const facts = factsOf(draft, activity, referral, touch, lines)
  const eligible = referralEligibility(terms.eligibility, draft.program.zone, facts)
  const touched = referral.touches.filter(({ referrer }) => referrer === touch.referrer)
  const signals = [...touched.flatMap((one) => one.signals), ...(activity.referral?.signals ?? [])]
  const fraud = assessFraud(signals, terms.fraud)
  const bars: ReadonlyArray<ReferralBar> = [
    ...(E.isLeft(eligible) ? eligible.left : []),
    ...(fraud.outcome === 'block'
      ? [
          {
            _tag: 'ReferralBlocked' as const,
            path: ['signals'],
            expected: 'no signals of abuse that block',
            score: fraud.score,
            signals: fraud.because.map(({ signal }) => signal),
          },
        ]
      : []),
  ]
  if (E.isLeft(eligible) || bars.length > 0) return E.left(bars)
  return E.right({ touch, spendMinor: eligible.right.spendMinor, fraud })
}

const traceReferral = (draft: Draft, attribution: Attribution, found: Found): void => {
  if (!draft.tracing) return
  const { referrer, outcomes } = attribution
  const bars = E.isLeft(found) ? found.left : []
  const outcome = E.isLeft(found) ? 'refused' : 'qualified'
  draft.steps.push({ step: 'referral', referrer, outcome, refusals: bars, touches: outcomes })
}

/** What the referee has, and what became of their side so far. */
const refereeSide = (
  { terms }: ReferralScheme,
  { id: purchase, at }: Purchase,
  { spendMinor, fraud }: Counting,
): E.Either<Rejection, Pick<ReferralConversion, 'side' | 'reward'>> => {
  const { referee } = terms
  const waits = fraud.outcome === 'review' ? 'pending' : 'approved'
  if (referee === null) return E.right({ side: waits, reward: null })
  const units = referralRewardUnits(referee.reward.amount, { spendMinor, number: 1 })
  if (E.isLeft(units)) return E.left(underPath(['referee'], [units.left]))
  const { kind } = referee.reward
  const isNow = referee.release === 'atOnce' || (waits === 'approved' && kind.type === 'points')
  const lot = rewardLotId(purchase)
  const reward: RefereeReward = { kind, units: units.right, takenUnits: 0, lot, givenAt: isNow ? at : null }
  return E.right({ side: referee.release === 'atOnce' ? 'rewarded' : waits, reward })
}

/** Gives the referee's reward; points are noted with the purchase, so that a return knows what of them died. */
export const giveReferee = (
  draft: Draft,
  { id: referral, purchase, reward }: ReferralConversion,
  at: Instant,
  activeFrom?: Instant,
): E.Either<Rejection, void> => {
  if (reward === null || reward.units - reward.takenUnits === 0) return E.right(undefined)
  const { kind, lot } = reward
  const units = reward.units - reward.takenUnits
  if (kind.type === 'points') {
    const { wallet } = kind
    const grant = { wallet, lot, part: 'reward', lapsed: 0 as Points, deferredTo: null, deferredBy: null }
    emit(draft, { type: 'rewardGranted', at, purchase, reward: { ...grant, points: units as Points } })
  }
  const move = { kind, units, lot, at, source: purchase, referral, side: 'referee', cause: 'referral' } as const
  return giveReward(draft, move, activeFrom)
}

const askReferrer = (
  draft: Draft,
  activity: Purchase,
  conversion: ReferralConversion,
  fraud: FraudAssessment,
): void => {
  const { member, earnings } = draft.state
  const { id, referrer, spendMinor, at, releasedAt } = conversion
  draft.followUps.push({
    type: 'referralConverted',
    id,
    member: referrer,
    at,
    referee: member,
    level: 1,
    spendMinor,
    levelUnits: 0,
    signals: fraud.because.map(({ signal }) => signal),
    convertedAt: at,
    releasedAt,
    returnableUntil: earnings.find((one) => one.id === activity.id)?.returnableUntil ?? at,
  })
}

/** The referrer of a referral that counts is told what the member pays. */
export const tellRevenue = (
  draft: Draft,
  { id, at }: Pick<Purchase, 'id' | 'at'>,
  conversion: ReferralConversion,
  boughtAt: Instant,
  minor: number,
): void => {
  const terms = schemeOf(draft, conversion.version)?.revenueShare
  if (terms === undefined || minor === 0 || boughtAt < conversion.at) return
  if (boughtAt >= shareEnd(draft.program.zone, terms, conversion.at)) return
  const { member } = draft.state
  draft.followUps.push({
    type: 'referralRevenue',
    id: effectId('referralRevenue', [member], id),
    member: conversion.referrer,
    at,
    conversion: conversion.id,
    minor,
  })
}

const qualify = (
  draft: Draft,
  scheme: ReferralScheme,
  activity: Purchase,
  referral: MemberReferral,
  counting: Counting,
): E.Either<Rejection, ReferralConversion> => {
  const { at, id: purchase } = activity
  const side = refereeSide(scheme, activity, counting)
  if (E.isLeft(side)) return side
  const { program, zone } = draft.program
  const releasedAt = addDuration(zone, at, scheme.terms.review)
  const conversion: ReferralConversion = {
    id: effectId('referralConverted', [draft.state.member], purchase),
    purchase,
    referrer: counting.touch.referrer,
    at,
    version: program.version,
    spendMinor: counting.spendMinor,
    remainingMinor: counting.spendMinor,
    releasedAt,
    ...side.right,
  }
  emit(draft, { type: 'referralChanged', at, referral: { ...referral, status: 'qualified', conversion } })
  askReferrer(draft, activity, conversion, counting.fraud)
  const { reward } = conversion
  if (reward === null || reward.givenAt === null) return E.right(conversion)
  const given = giveReferee(draft, conversion, at, conversion.side === 'rewarded' ? undefined : releasedAt)
  return E.isLeft(given) ? given : E.right(conversion)
}

/** Whoever bought what counts was there already: a later touch did not bring them (S50). */
const withFirst = (
  { terms }: ReferralScheme,
  referral: MemberReferral,
  { id: purchase, at, referral: known }: Purchase,
  lines: ReadonlyArray<CountedLine>,
): MemberReferral => {
  if (referral.firstQualified !== null || (known?.origin ?? 'customer') !== 'customer') return referral
  const spend = eligibleSpend(terms.eligibility, referredLines(lines))
  const counts = E.isRight(spend) && spend.right >= leastReferralSpend(terms.eligibility)
  return counts ? { ...referral, firstQualified: { purchase, at } } : referral
}

const credit = (draft: Draft, scheme: ReferralScheme, { touches }: MemberReferral, at: Instant): Attribution => {
  const { zone } = draft.program
  const credited = attributeConversion(scheme.attribution, zone, touches, { referee: draft.state.member, at })
  return E.isRight(credited) ? credited.right : { referrer: null, touch: null, outcomes: [] }
}

/** A purchase of a member whose referral has not counted yet. */
const decideOpen = (
  draft: Draft,
  scheme: ReferralScheme,
  activity: Purchase,
  before: MemberReferral,
  lines: ReadonlyArray<CountedLine>,
): E.Either<Rejection, void> => {
  const { at } = activity
  const after = withFirst(scheme, before, activity, lines)
  const attribution = credit(draft, scheme, before, at)
  const touch = before.touches.find(({ id }) => id === attribution.touch)
  const found: Found = touch === undefined ? E.left([]) : look(draft, scheme, activity, before, touch, lines)
  if (before.touches.length > 0) traceReferral(draft, attribution, found)
  if (E.isLeft(found)) {
    if (after !== before) emit(draft, { type: 'referralChanged', at, referral: after })
    return E.right(undefined)
  }
  const conversion = qualify(draft, scheme, activity, after, found.right)
  if (E.isLeft(conversion)) return conversion
  tellRevenue(draft, activity, conversion.right, at, linesTotal(lines))
  return E.right(undefined)
}

/** A purchase: credited to who sent the member, and decided for both sides at once. */
export const decideReferral = (
  draft: Draft,
  activity: Purchase,
  lines: ReadonlyArray<CountedLine>,
): E.Either<Rejection, void> => {
  const scheme = draft.program.program.referral
  if (scheme === undefined) return E.right(undefined)
  const referral = draft.state.referral ?? unreferred
  if (referral.conversion === null) return decideOpen(draft, scheme, activity, referral, lines)
  tellRevenue(draft, activity, referral.conversion, activity.at, linesTotal(lines))
  return E.right(undefined)
}
