/** A member joins. */
import * as E from 'fp-ts/Either'
import { openReferral } from '../referrals/index.ts'
import type { Enrolment } from './activity.ts'
import { decideBirthDateChange } from './decide-birthday.ts'
import { decideEarning } from './decide-earning.ts'
import { type Draft, emit } from './draft.ts'
import { enrol } from './enrol.ts'
import type { Rejection } from './rejection.ts'
import { assessTiers } from './tier-counting.ts'

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

/** The action that rules name to welcome members. */
const ENROLMENT = 'enrolment'

const rewardEnrolment = (draft: Draft, { id, at }: Enrolment): E.Either<Rejection, void> => {
  const isWanted = draft.program.program.earning.actions?.some(({ name }) => name === ENROLMENT) === true
  if (!isWanted) return E.right(undefined)
  const decided = decideEarning(draft, { id, action: ENROLMENT, at, countedAt: at, lines: [], attributes: {} })
  if (E.isLeft(decided)) return decided
  assessTiers(draft, at)
  return E.right(undefined)
}

export const decideEnrolment = (draft: Draft, activity: Enrolment): E.Either<Rejection, void> => {
  const { member, at } = activity
  if (draft.state.enrolledAt !== null) {
    const expected = 'a member who has not joined yet'
    return E.left([{ _tag: 'AlreadyEnrolled', path: ['member'], expected, member }])
  }
  enrol(draft, at)
  if (activity.birthDate !== undefined) decideBirthDateChange(draft, { at, birthDate: activity.birthDate })
  enterReferral(draft, activity)
  return rewardEnrolment(draft, activity)
}
