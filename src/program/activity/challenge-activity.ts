/** Activities about streaks, badges, and the zone whose days are the member's. */
import { BadgeId, ChallengeId } from '../../challenges/index.ts'
import { ActivityId, type Codec, stringCodec, structCodec } from '../../foundation/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** A member gets a freeze token, which bridges a missed period of a streak. */
export interface FreezeTokenGrant extends ActivityBase<'freezeTokenGrant'> {
  readonly streak: ChallengeId
}

/** A member is awarded a badge, beside those that levels give. */
export interface BadgeGrant extends ActivityBase<'badgeGrant'> {
  readonly badge: BadgeId
}

/** A badge that was awarded is taken from the member: as if it had not been. */
export interface BadgeWithdrawal extends ActivityBase<'badgeWithdrawal'> {
  /** The {@link BadgeGrant}. */
  readonly award: ActivityId
}

/** A member lives in another zone: from now on a day of a streak is one of its days. */
export interface ZoneChange extends ActivityBase<'zoneChange'> {
  /** The id of a zone whose table was given when compiling. */
  readonly zone: string
}

/** Activities about challenges. */
export type ChallengeActivity = FreezeTokenGrant | BadgeGrant | BadgeWithdrawal | ZoneChange

/** The codec of each kind of activity. */
export type ChallengeActivityCodecs = {
  readonly [Type in ChallengeActivity['type']]: Codec<Extract<ChallengeActivity, { readonly type: Type }>, unknown>
}

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const challengeActivityCodecs: ChallengeActivityCodecs = {
  freezeTokenGrant: /* @__PURE__ */ structCodec('FreezeTokenGrant', {
    ...activityBase('freezeTokenGrant'),
    streak: ChallengeId,
  }),
  badgeGrant: /* @__PURE__ */ structCodec('BadgeGrant', { ...activityBase('badgeGrant'), badge: BadgeId }),
  badgeWithdrawal: /* @__PURE__ */ structCodec('BadgeWithdrawal', {
    ...activityBase('badgeWithdrawal'),
    award: ActivityId,
  }),
  zoneChange: /* @__PURE__ */ structCodec('ZoneChange', { ...activityBase('zoneChange'), zone: stringCodec }),
}
