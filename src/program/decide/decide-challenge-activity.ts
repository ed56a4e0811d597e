/** Freeze tokens, badges given by hand, and the zone whose days are the member's. */
import * as E from 'fp-ts/Either'
import { invalidValue } from '../../foundation/index.ts'
import type { BadgeGrant, BadgeWithdrawal, ChallengeActivity, ZoneChange } from '../activity/challenge-activity.ts'
import { awardBadge, revokeBadge } from './challenge-levels.ts'
import { decideFreezeToken } from './count-streaks.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection } from './rejection.ts'

const decideZoneChange = (draft: Draft, { at, zone }: ZoneChange): E.Either<Rejection, void> => {
  const { zones } = draft.program
  if (!zones.has(zone)) {
    const expected = `a zone whose table was given when compiling: ${[...zones.keys()].join(', ')}`
    return E.left([invalidValue(['zone'], zone, expected)])
  }
  if (draft.state.challenges.zone !== zone) emit(draft, { type: 'zoneChanged', at, zone })
  return E.right(undefined)
}

const decideBadgeGrant = (draft: Draft, { id, at, badge }: BadgeGrant): E.Either<Rejection, void> => {
  const known = (draft.program.program.challenges?.badges ?? []).map((one) => one.id)
  if (!known.includes(badge)) {
    const expected = `a badge of the program: ${known.join(', ')}`
    return E.left([{ _tag: 'UnknownBadge', path: ['badge'], expected, badge }])
  }
  awardBadge(draft, badge, { id, at })
  return E.right(undefined)
}

const decideBadgeWithdrawal = (draft: Draft, activity: BadgeWithdrawal): E.Either<Rejection, void> => {
  const { id, at, award } = activity
  const { awards, revocations } = draft.state.challenges.badges
  const open = awards.find((one) => one.id === award && !revocations.some(({ of }) => of === award))
  if (open === undefined) return E.left([invalidValue(['award'], award, 'an award of a badge that the member holds')])
  revokeBadge(draft, open, { id, at })
  return E.right(undefined)
}

export const decideChallengeActivity = (draft: Draft, activity: ChallengeActivity): E.Either<Rejection, void> => {
  switch (activity.type) {
    case 'freezeTokenGrant':
      return decideFreezeToken(draft, activity)
    case 'badgeGrant':
      return decideBadgeGrant(draft, activity)
    case 'badgeWithdrawal':
      return decideBadgeWithdrawal(draft, activity)
    case 'zoneChange':
      return decideZoneChange(draft, activity)
  }
}
