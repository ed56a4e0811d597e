/** What happens to referrals. */
import * as E from 'fp-ts/Either'
import type { ReferralActivity } from '../activity/referral-activity.ts'
import { decideConverted, decideReassessed, decideRevenue } from './decide-brought.ts'
import { decideReferralReview } from './decide-referral-review.ts'
import { decideReferralInvitation, decideReferralTouched } from './decide-referral-touch.ts'
import type { Draft } from './draft.ts'
import type { Rejection } from './rejection.ts'

export const decideReferralActivity = (draft: Draft, activity: ReferralActivity): E.Either<Rejection, void> => {
  switch (activity.type) {
    case 'referralInvitation':
      decideReferralInvitation(draft, activity)
      return E.right(undefined)
    case 'referralTouched':
      decideReferralTouched(draft, activity)
      return E.right(undefined)
    case 'referralReview':
      return decideReferralReview(draft, activity)
    case 'referralConverted':
      return decideConverted(draft, activity)
    case 'referralReassessed':
      return decideReassessed(draft, activity)
    case 'referralRevenue':
      return decideRevenue(draft, activity)
  }
}
