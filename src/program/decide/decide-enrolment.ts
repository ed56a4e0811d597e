/** A member joins. */
import * as E from 'fp-ts/Either'
import type { Enrolment } from '../activity/activity.ts'
import { decideBirthDateChange } from './decide-birthday.ts'
import { decideEarning } from './decide-earning.ts'
import { enterReferral } from './decide-referral-touch.ts'
import type { Draft } from './draft.ts'
import { enrol } from './enrol.ts'
import type { Rejection } from './rejection.ts'
import { ENROLMENT } from './reserved-action.ts'
import { assessTiers } from './tier-counting.ts'

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
