/** A tier is given, taken back, tried, or valid for longer. */
import * as E from 'fp-ts/Either'
import {
  type ClaimFault,
  type ClaimId,
  claimTier,
  extendTier,
  type Ladder,
  revokeClaim,
  type Standing,
  takeOffer,
} from '../../tiers/index.ts'
import type { TierActivity } from '../activity/tier-activity.ts'
import { standingOn } from '../state/standing-on.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection } from './rejection.ts'

const claimed = (
  draft: Draft,
  ladder: Ladder,
  standing: Standing,
  activity: TierActivity,
): E.Either<ReadonlyArray<ClaimFault>, Standing> => {
  const { zone } = draft.program
  const { at } = activity
  // A claim has the id of the activity that gave it.
  const id = activity.id as string as ClaimId
  switch (activity.type) {
    case 'tierGrant': {
      const { kind, tier, until, reason } = activity
      return claimTier(ladder, zone, standing, { id, kind, tier, until, reason }, at)
    }
    case 'tierRevocation':
      return revokeClaim(ladder, zone, standing, activity.claim, at)
    case 'tierOffer':
      return takeOffer(ladder, zone, standing, { offer: activity.offer, claim: id, reason: activity.reason }, at)
    case 'tierExtension':
      return extendTier(ladder, zone, standing, activity.until, at)
  }
}

export const decideTierActivity = (draft: Draft, activity: TierActivity): E.Either<Rejection, void> => {
  const { ladders } = draft.program.program
  const ladder = ladders.find(({ id }) => id === activity.ladder)
  const standing = standingOn(draft.state, activity.ladder)
  if (ladder === undefined || standing === undefined) {
    const expected = `a ladder that the member is on: ${ladders.map(({ id }) => id).join(', ')}`
    return E.left([{ _tag: 'UnknownLadder', path: ['ladder'], expected, ladder: activity.ladder }])
  }
  const next = claimed(draft, ladder, standing, activity)
  if (E.isLeft(next)) return next
  emit(draft, { type: 'tierClaimed', at: activity.at, standing: next.right })
  return E.right(undefined)
}
