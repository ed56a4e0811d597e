/** A person decides on one side of a referral: of the one by which the member came, or of one that the member brought. */
import * as E from 'fp-ts/Either'
import type { ActivityId } from '../../foundation/index.ts'
import type { ReferralReview } from '../activity/referral-activity.ts'
import type { BroughtReferral } from '../state/brought-referral.ts'
import type { MemberReferral, ReferralConversion } from '../state/member-referral.ts'
import { cancelBrought, changeBrought, enterBrought } from './brought-change.ts'
import { settleShare } from './brought-share.ts'
import { giveReferee } from './decide-referral.ts'
import { type Draft, emit } from './draft.ts'
import { schemeOf } from './referral-scheme-of.ts'
import type { Rejection } from './rejection.ts'
import { takeReferee } from './return-referral.ts'

const notOpen = (conversion: ActivityId | null, expected: string): E.Either<Rejection, never> =>
  E.left([{ _tag: 'ReferralNotReviewable', path: ['conversion'], expected, conversion }])

const approveBrought = (draft: Draft, activity: ReferralReview, before: BroughtReferral): E.Either<Rejection, void> => {
  const { at, conversion } = activity
  const { referrerCounts: counts } = draft.state
  if (before.status === 'inManualReview') {
    changeBrought(draft, at, 'upheld', { ...before, status: 'rewarded' }, counts)
    return E.right(undefined)
  }
  if (before.status !== 'pending') return notOpen(conversion, 'a referral that waits for a person')
  const approved: BroughtReferral = { ...before, status: 'approved' }
  changeBrought(draft, at, 'approved', approved, counts)
  const entered = enterBrought(draft, activity, approved)
  return E.isLeft(entered) || approved.share === null ? entered : settleShare(draft, activity, approved)
}

const reviewBrought = (draft: Draft, activity: ReferralReview): E.Either<Rejection, void> => {
  const { conversion, verdict } = activity
  const brought = draft.state.brought.find((one) => one.conversion === conversion)
  if (brought === undefined) return notOpen(conversion, 'a referral that the member brought and that is not over')
  if (verdict === 'approve') return approveBrought(draft, activity, brought)
  cancelBrought(draft, activity, brought, brought.rewardedAt === null ? 'denied' : 'reversed')
  return E.right(undefined)
}

const approveOwn = (
  draft: Draft,
  { at }: ReferralReview,
  referral: MemberReferral,
  conversion: ReferralConversion,
): E.Either<Rejection, void> => {
  if (referral.status === 'inReview') {
    emit(draft, { type: 'referralChanged', at, referral: { ...referral, status: 'qualified' } })
    return E.right(undefined)
  }
  if (conversion.side !== 'pending') return notOpen(null, 'a referral whose referee’s side waits for a person')
  const { reward, releasedAt } = conversion
  const isNow = reward !== null && reward.kind.type === 'points'
  const given = isNow ? { ...reward, givenAt: at } : reward
  const after: ReferralConversion = { ...conversion, side: 'approved', reward: given }
  emit(draft, { type: 'referralChanged', at, referral: { ...referral, conversion: after } })
  return isNow ? giveReferee(draft, after, at, releasedAt) : E.right(undefined)
}

const denyOwn = (
  draft: Draft,
  activity: ReferralReview,
  referral: MemberReferral,
  conversion: ReferralConversion,
): E.Either<Rejection, void> => {
  const { side, reward } = conversion
  if (side === 'denied' || side === 'reversed') return notOpen(null, 'a referral whose referee’s side is not over')
  const left = reward === null ? 0 : reward.units - reward.takenUnits
  const after: ReferralConversion = {
    ...conversion,
    side: side === 'rewarded' ? 'reversed' : 'denied',
    reward: reward === null ? null : { ...reward, takenUnits: reward.units },
  }
  emit(draft, {
    type: 'referralChanged',
    at: activity.at,
    referral: { ...referral, status: 'qualified', conversion: after },
  })
  takeReferee(draft, activity, conversion, left)
  return E.right(undefined)
}

/** Approves or denies one side; the other is decided in its own member's state. */
export const decideReferralReview = (draft: Draft, activity: ReferralReview): E.Either<Rejection, void> => {
  if (activity.conversion !== null) return reviewBrought(draft, activity)
  const { referral } = draft.state
  const conversion = referral?.conversion ?? null
  if (referral === null || conversion === null || schemeOf(draft, conversion.version) === undefined) {
    return notOpen(null, 'a member whose referral counts')
  }
  return activity.verdict === 'approve'
    ? approveOwn(draft, activity, referral, conversion)
    : denyOwn(draft, activity, referral, conversion)
}
