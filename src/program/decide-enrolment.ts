/** A member joins. */
import * as E from 'fp-ts/Either'
import { openReferral } from '../referrals/index.ts'
import { firstStanding } from '../tiers/index.ts'
import type { Enrolment } from './activity.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection } from './rejection.ts'

/** Every ladder of the program that the member is not on yet, as when a ladder is new. */
export const joinLadders = (draft: Draft, at: Enrolment['at']): void => {
  const { program, zone } = draft.program
  for (const ladder of program.ladders) {
    if (draft.state.standings.some((standing) => standing.ladder === ladder.id)) continue
    emit(draft, { type: 'ladderJoined', at, standing: firstStanding(ladder, zone, at) })
  }
}

/** A referral that is refused does not keep the member from joining: it is noted, and pays nobody. */
const enterReferral = (draft: Draft, { member, at, referrer }: Enrolment): void => {
  if (referrer === undefined || draft.program.program.referral === undefined) return
  const opened = openReferral({
    referrer: referrer.member,
    referrerEnrolledAt: referrer.enrolledAt,
    referee: member,
    refereeEnrolledAt: at,
  })
  if (E.isRight(opened)) emit(draft, { type: 'referralChanged', at, referral: opened.right })
  else emit(draft, { type: 'referralRefused', at, referrer: referrer.member, reason: opened.left._tag })
}

export const decideEnrolment = (draft: Draft, activity: Enrolment): E.Either<Rejection, void> => {
  const { member, at } = activity
  if (draft.state.enrolledAt !== null) {
    const expected = 'a member who has not joined yet'
    return E.left([{ _tag: 'AlreadyEnrolled', path: ['member'], expected, member }])
  }
  emit(draft, { type: 'enrolled', at })
  joinLadders(draft, at)
  enterReferral(draft, activity)
  return E.right(undefined)
}
