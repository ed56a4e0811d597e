/** Who sent a member: links, codes and names, kept until a purchase is credited to one of them. */
import { type ActivityId, addDuration, type Instant } from '../../foundation/index.ts'
import { type TouchId, velocityExcess } from '../../referrals/index.ts'
import type { Enrolment } from '../activity/activity.ts'
import type { Recommendation, ReferralInvitation, ReferralTouched } from '../activity/referral-activity.ts'
import type { ReferralRefused } from '../state/member-event.ts'
import { type ReferrerTouch, unreferred } from '../state/member-referral.ts'
import { type Draft, emit } from './draft.ts'
import { recentTimes } from './referral-scheme-of.ts'

interface Occasion {
  readonly id: ActivityId
  readonly at: Instant
  readonly referrer: Recommendation
  readonly priority?: number
}

const touchOf = ({ id, at, referrer, priority = 0 }: Occasion): ReferrerTouch => ({
  // A touch has the id of the activity that told of it.
  id: id as string as TouchId,
  referrer: referrer.member,
  at,
  by: referrer.by ?? 'named',
  priority,
  referrerEnrolledAt: referrer.enrolledAt,
  standing: referrer.standing ?? 'good',
  signals: referrer.signals ?? [],
})

/** Why a touch can never count (S49, S50). */
const refusalOf = ({ state }: Draft, { member, enrolledAt }: Recommendation): ReferralRefused['reason'] | undefined => {
  if (member === state.member) return 'SelfReferral'
  return state.enrolledAt !== null && enrolledAt >= state.enrolledAt ? 'ReferrerNotEarlier' : undefined
}

/** Keeps a touch, unless it can never count; those whose window is over are dropped. */
const enterTouch = (draft: Draft, occasion: Occasion): void => {
  const { referral: scheme } = draft.program.program
  if (scheme === undefined) return
  const { referral } = draft.state
  const { at, referrer } = occasion
  const reason = refusalOf(draft, referrer)
  if (reason !== undefined) {
    emit(draft, { type: 'referralRefused', at, referrer: referrer.member, reason })
    return
  }
  const { zone } = draft.program
  const before = referral ?? unreferred
  const alive = before.touches.filter((touch) => addDuration(zone, touch.at, scheme.attribution.window) > at)
  emit(draft, { type: 'referralChanged', at, referral: { ...before, touches: [...alive, touchOf(occasion)] } })
}

export const decideReferralTouched = (draft: Draft, { id, at, referrer, priority }: ReferralTouched): void => {
  enterTouch(draft, { id, at, referrer, ...(priority === undefined ? {} : { priority }) })
}

/** What an enrolment says of referrals: who sent the member, and whether they were a customer before. */
export const enterReferral = (draft: Draft, { id, at, referrer, history }: Enrolment): void => {
  if (draft.program.program.referral === undefined) return
  if (history !== undefined && history !== 'none') {
    emit(draft, { type: 'referralChanged', at, referral: { ...(draft.state.referral ?? unreferred), history } })
  }
  if (referrer !== undefined) enterTouch(draft, { id, at, referrer })
}

/** An invitation pays nothing; who sends too many is noted. */
export const decideReferralInvitation = (draft: Draft, { at, invitee }: ReferralInvitation): void => {
  const limits = draft.program.program.referral?.invitations ?? []
  const { zone } = draft.program
  const before = draft.state.referrerCounts
  const invitations = recentTimes(limits, zone, [...before.invitations, at], at)
  const isTooMany = velocityExcess(limits, zone, invitations, at).length > 0
  emit(draft, { type: 'referralInvited', at, invitee, isTooMany, counts: { ...before, invitations } })
}
