/** The two sides of a referral, each in its own member's state. */
import * as E from 'fp-ts/Either'
import type { Points } from '../foundation/index.ts'
import { clawBack } from '../ledger/index.ts'
import {
  qualifyReferral,
  type ReferralQualification,
  type ReferralReassessment,
  reassessReferral,
} from '../referrals/index.ts'
import type { Purchase, ReferralConverted, ReferralUndone, Return } from './activity.ts'
import { effectId, lotIdOf, rewardLotId } from './derived-id.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { enterGrant, walletOf } from './draft-wallet.ts'
import { returnLapses } from './lapse.ts'
import type { OpenEarning } from './open-earning.ts'
import type { Rejection } from './rejection.ts'

const CONVERTED = 'referralConverted'
const UNDONE = 'referralUndone'

const askReferrer = (draft: Draft, activity: Purchase, { conversion, referrer }: ReferralQualification): void => {
  const { referral, member } = draft.state
  if (referral === null) return
  const { wallet, points } = referrer.reward
  draft.followUps.push({
    type: CONVERTED,
    id: effectId(CONVERTED, [member], activity.id),
    member: referral.referrer,
    at: activity.at,
    referee: member,
    wallet,
    points,
    releasedAt: conversion.releasedAt,
  })
}

/** A purchase of a referred member: does it make the referral count? */
export const decideReferral = (draft: Draft, activity: Purchase, spendMinor: number): E.Either<Rejection, void> => {
  const { referral } = draft.state
  const policy = draft.program.program.referral
  if (policy === undefined || referral === null || referral.status !== 'open') return E.right(undefined)
  const { id: purchase, at } = activity
  const { referrer } = referral
  const qualified = qualifyReferral(policy, draft.program.zone, referral, { purchase, at, spendMinor })
  if (draft.tracing) {
    const refusals = E.isLeft(qualified) ? qualified.left : []
    draft.steps.push({ step: 'referral', referrer, outcome: E.isLeft(qualified) ? 'refused' : 'qualified', refusals })
  }
  if (E.isLeft(qualified)) return E.right(undefined)
  const { conversion, referee } = qualified.right
  emit(draft, { type: 'referralChanged', at, referral: { ...referral, status: 'qualified', conversion } })
  askReferrer(draft, activity, qualified.right)
  if (referee.reward.type !== 'points') return E.right(undefined)
  const { wallet, points } = referee.reward
  const lot = rewardLotId(purchase)
  emit(draft, {
    type: 'rewardGranted',
    at,
    purchase,
    reward: { wallet, lot, part: 'reward', points, lapsed: 0 as Points, deferredTo: null, deferredBy: null },
  })
  return enterGrant(draft, wallet, { lot, points, at, source: purchase })
}

const undo = (draft: Draft, activity: Return, purchase: OpenEarning): void => {
  const { referral, member } = draft.state
  if (referral === null) return
  emit(draft, {
    type: 'referralChanged',
    at: activity.at,
    referral: { ...referral, status: 'open', conversion: null },
  })
  draft.followUps.push({
    type: UNDONE,
    id: effectId(UNDONE, [member], activity.id),
    member: referral.referrer,
    at: activity.at,
    conversion: effectId(CONVERTED, [member], purchase.id),
  })
  for (const { wallet, lot, points, lapsed } of purchase.rewards) {
    const claw = { lot, points: (points - lapsed) as Points, at: activity.at, source: activity.id }
    emitEntries(draft, clawBack(walletOf(draft.state, wallet), claw))
    returnLapses(draft, wallet, lot, lapsed, activity.at)
  }
}

/** A return of the purchase that made a referral count: what becomes of the referral? */
export const reassessment = (
  draft: Draft,
  activity: Return,
  purchase: OpenEarning,
  remainingMinor: number,
): ReferralReassessment | null => {
  const policy = draft.program.program.referral
  const conversion = draft.state.referral?.conversion ?? null
  if (policy === undefined || conversion === null || conversion.purchase !== purchase.id) return null
  return reassessReferral(policy, conversion, remainingMinor, activity.at)
}

/** Enters what a reassessment came to. */
export const enterReassessment = (
  draft: Draft,
  activity: Return,
  purchase: OpenEarning,
  { outcome, discountClawMinor }: ReferralReassessment,
): void => {
  const { referral } = draft.state
  const conversion = referral?.conversion ?? null
  if (referral === null || conversion === null) return
  if (draft.tracing) {
    draft.steps.push({ step: 'reassessment', referrer: referral.referrer, outcome, discountClawMinor })
  }
  if (outcome === 'cancelled') {
    undo(draft, activity, purchase)
    return
  }
  const discountClawedMinor = conversion.discountClawedMinor + discountClawMinor
  const status = outcome === 'inReview' ? 'inReview' : referral.status
  emit(draft, {
    type: 'referralChanged',
    at: activity.at,
    referral: { ...referral, status, conversion: { ...conversion, discountClawedMinor } },
  })
}

/** The referrer's side: points that wait for the end of the review. */
export const decideConverted = (draft: Draft, activity: ReferralConverted): E.Either<Rejection, void> => {
  const { id, at, wallet, points, releasedAt } = activity
  const lot = lotIdOf(id, 0)
  emit(draft, { type: 'rewardOpened', at, reward: { conversion: id, wallet, lot, points, releasedAt } })
  return enterGrant(draft, wallet, { lot, points, at, source: id, term: { activeFrom: releasedAt } })
}

/** The referrer's side of a conversion that was undone: cancelled under review, afterwards left for a person. */
export const decideUndone = (draft: Draft, activity: ReferralUndone): E.Either<Rejection, void> => {
  const { id, at, conversion } = activity
  const reward = draft.state.rewards.find((there) => there.conversion === conversion && there.releasedAt > at)
  const outcome = reward === undefined ? 'inReview' : 'cancelled'
  emit(draft, { type: 'rewardUndone', at, conversion, outcome })
  if (reward === undefined) return E.right(undefined)
  const claw = { lot: reward.lot, points: reward.points, at, source: id }
  emitEntries(draft, clawBack(walletOf(draft.state, reward.wallet), claw))
  return E.right(undefined)
}
