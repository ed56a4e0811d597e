/** A return of the purchase that made a referral count: what becomes of both sides (S51). */
import * as E from 'fp-ts/Either'
import { type CountedLine, linesTotal } from '../../earning/index.ts'
import { multiplyDivide, type Points } from '../../foundation/index.ts'
import { eligibleSpend, leastReferralSpend, type ReferralScheme, referralRewardUnits } from '../../referrals/index.ts'
import type { Return } from '../activity/activity.ts'
import { keptReferral, type RefereeReward, type ReferralConversion } from '../state/member-referral.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import { referredLines, tellRevenue } from './decide-referral.ts'
import type { ReferralOutcome } from './decision.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import { takeReward } from './give-referral-reward.ts'
import { returnLapses } from './lapse.ts'
import { schemeOf } from './referral-scheme-of.ts'

/** What the referee keeps, in units, by what is left of the purchase. */
const keptUnits = (
  { terms }: ReferralScheme,
  { units }: RefereeReward,
  spendMinor: number,
  remainingMinor: number,
): number => {
  const { referee } = terms
  if (remainingMinor === 0 || referee === null) return 0
  if (referee.onReturn === 'recomputed') {
    const anew = referralRewardUnits(referee.reward.amount, { spendMinor: remainingMinor, number: 1 })
    return E.isRight(anew) ? Math.min(units, anew.right) : units
  }
  const share = multiplyDivide(units, remainingMinor, spendMinor, 'halfUp')
  return E.isRight(share) ? share.right : 0
}

/** What died of the points, as far as it is among those that are taken now; the purchase no longer has them. */
const takeFromPurchase = (
  draft: Draft,
  at: Return['at'],
  purchase: ReferralConversion['purchase'],
  units: number,
): number => {
  const earning = draft.state.earnings.find((one) => one.id === purchase)
  const grant = earning?.rewards[0]
  if (earning === undefined || grant === undefined) return 0
  const lapsed = Math.min(grant.lapsed, units)
  const after = { ...grant, points: (grant.points - units) as Points, lapsed: (grant.lapsed - lapsed) as Points }
  const rewards = after.points === 0 ? [] : [after]
  emit(draft, { type: 'earningReduced', at, earning: { ...earning, rewards }, orders: draft.state.orders })
  returnLapses(draft, grant.wallet, grant.lot, lapsed as Points, at)
  return lapsed
}

/** Takes units of the referee's reward back, where they were given. */
export const takeReferee = (
  draft: Draft,
  { id: source, at }: Pick<Return, 'id' | 'at'>,
  { id: referral, purchase, reward }: ReferralConversion,
  units: number,
): void => {
  if (reward === null || reward.givenAt === null || units === 0) return
  const { kind, lot } = reward
  const lapsed = kind.type === 'points' ? takeFromPurchase(draft, at, purchase, units) : 0
  const move = { kind, units, lot, at, source, referral, side: 'referee', cause: 'referral' } as const
  takeReward(draft, move, reward.givenAt, lapsed)
}

/** The referrer is told; their own state says whether it was paid. */
const tellReferrer = (
  draft: Draft,
  { id, at }: Pick<Return, 'id' | 'at'>,
  { referrer, id: conversion }: ReferralConversion,
  remainingMinor: number,
  stands: boolean,
): void => {
  const { member } = draft.state
  draft.followUps.push({
    type: 'referralReassessed',
    id: effectId('referralReassessed', [member], id),
    member: referrer,
    at,
    conversion,
    remainingMinor,
    stands,
    levelUnits: 0,
  })
}

const enterOutcome = (
  draft: Draft,
  { at }: Return,
  conversion: ReferralConversion,
  outcome: ReferralOutcome,
  remainingMinor: number,
  takenUnits: number,
): void => {
  const { referral } = draft.state
  if (referral === null) return
  const { reward, referrer } = conversion
  if (draft.tracing) {
    const taken = reward === null ? null : { kind: reward.kind, units: takenUnits - reward.takenUnits }
    draft.steps.push({ step: 'reassessment', referrer, outcome, taken })
  }
  const left = reward === null ? null : { ...reward, takenUnits }
  emit(draft, {
    type: 'referralChanged',
    at,
    referral:
      outcome === 'cancelled'
        ? { ...referral, status: 'open', conversion: null }
        : {
            ...referral,
            status: outcome === 'inReview' ? 'inReview' : referral.status,
            conversion: { ...conversion, remainingMinor, reward: left },
          },
  })
}

const reassess = (
  draft: Draft,
  activity: Return,
  scheme: ReferralScheme,
  conversion: ReferralConversion,
  remainingMinor: number,
): void => {
  const { terms } = scheme
  const stands = remainingMinor >= leastReferralSpend(terms.eligibility)
  const isReleased = activity.at >= conversion.releasedAt
  const outcome = stands ? 'stands' : isReleased ? 'inReview' : 'cancelled'
  const { reward, spendMinor } = conversion
  const kept = reward === null || outcome === 'cancelled' ? 0 : keptUnits(scheme, reward, spendMinor, remainingMinor)
  const takenUnits = reward === null ? 0 : Math.max(reward.takenUnits, reward.units - kept)
  enterOutcome(draft, activity, conversion, outcome, remainingMinor, takenUnits)
  takeReferee(draft, activity, conversion, takenUnits - (reward?.takenUnits ?? 0))
  if (!stands || terms.referrer.amount.type === 'share') {
    tellReferrer(draft, activity, conversion, remainingMinor, stands)
  }
}

/** A referee whose side was denied keeps nothing, and does not qualify anew; the referrer is told all the same. */
const reassessDenied = (
  draft: Draft,
  activity: Return,
  { terms }: ReferralScheme,
  conversion: ReferralConversion,
  remainingMinor: number,
): void => {
  const { referral } = draft.state
  if (referral === null) return
  const { at } = activity
  emit(draft, {
    type: 'referralChanged',
    at,
    referral: { ...referral, conversion: { ...conversion, remainingMinor } },
  })
  const stands = remainingMinor >= leastReferralSpend(terms.eligibility)
  if (!stands || terms.referrer.amount.type === 'share')
    tellReferrer(draft, activity, conversion, remainingMinor, stands)
}

/** Where nothing is left that would count of the first purchase that did, it was none. */
const forgetFirst = (draft: Draft, { purchase, at }: Return, lines: ReadonlyArray<CountedLine>): void => {
  const { referral } = draft.state
  const { eligibility } = draft.program.program.referral?.terms ?? {}
  if (referral?.firstQualified?.purchase !== purchase || eligibility === undefined) return
  const spend = eligibleSpend(eligibility, referredLines(lines))
  if (E.isRight(spend) && spend.right >= leastReferralSpend(eligibility)) return
  emit(draft, { type: 'referralChanged', at, referral: keptReferral({ ...referral, firstQualified: null }) })
}

const returnCounting = (
  draft: Draft,
  activity: Return,
  { lines: before, at }: OpenEarning,
  conversion: ReferralConversion,
  lines: ReadonlyArray<CountedLine>,
): void => {
  const scheme = schemeOf(draft, conversion.version)
  if (scheme === undefined) return
  tellRevenue(draft, activity, conversion, at, linesTotal(lines) - linesTotal(before))
  const { purchase, side, remainingMinor } = conversion
  if (purchase !== activity.purchase) return
  const remaining = eligibleSpend(scheme.terms.eligibility, referredLines(lines))
  if (E.isLeft(remaining) || remaining.right >= remainingMinor) return
  if (side === 'denied' || side === 'reversed') reassessDenied(draft, activity, scheme, conversion, remaining.right)
  else reassess(draft, activity, scheme, conversion, remaining.right)
}

/** A return: of the purchase that counted, or of another that the referrer has a share of. */
export const returnReferral = (
  draft: Draft,
  activity: Return,
  before: OpenEarning,
  lines: ReadonlyArray<CountedLine>,
): void => {
  const conversion = draft.state.referral?.conversion ?? null
  if (conversion !== null) returnCounting(draft, activity, before, conversion, lines)
  forgetFirst(draft, activity, lines)
}
