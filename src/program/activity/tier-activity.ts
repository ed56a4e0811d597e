/** Activities that give a tier, take it back or let it last longer without anything being bought. */
import {
  type Codec,
  Instant,
  LadderId,
  literalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
  TierId,
} from '../../foundation/index.ts'
import { ClaimId, type ClaimKind, OfferId } from '../../tiers/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** A tier is given: by hand, by invitation, for a fee, or because somebody of the household has it. */
export interface TierGrant extends ActivityBase<'tierGrant'> {
  readonly ladder: LadderId
  readonly tier: TierId
  readonly kind: Exclude<ClaimKind, 'offer'>
  /** The first instant at which it is over; `null`: until it is revoked. */
  readonly until: Instant | null
  readonly reason: string
}

/** A tier that was given, or is on trial, is taken back. */
export interface TierRevocation extends ActivityBase<'tierRevocation'> {
  readonly ladder: LadderId
  /** The id of the activity that gave it. */
  readonly claim: ClaimId
}

/** A member takes an offer of a status: a match, a challenge, a fast track (S47). */
export interface TierOffer extends ActivityBase<'tierOffer'> {
  readonly ladder: LadderId
  readonly offer: OfferId
  /** Such as the status held elsewhere. */
  readonly reason: string
}

/** The tier that is earned is valid for longer. */
export interface TierExtension extends ActivityBase<'tierExtension'> {
  readonly ladder: LadderId
  readonly until: Instant
}

/** What gives a tier without anything being bought. */
export type TierActivity = TierGrant | TierRevocation | TierOffer | TierExtension

/** The codec of each kind of activity. */
export type TierActivityCodecs = {
  readonly [Type in TierActivity['type']]: Codec<Extract<TierActivity, { readonly type: Type }>, unknown>
}

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const tierActivityCodecs: TierActivityCodecs = {
  tierGrant: /* @__PURE__ */ structCodec('TierGrant', {
    .../* @__PURE__ */ activityBase('tierGrant'),
    ladder: LadderId,
    tier: TierId,
    kind: /* @__PURE__ */ literalCodec('grant', 'invitation', 'paid', 'relationship'),
    until: /* @__PURE__ */ nullableCodec(Instant),
    reason: stringCodec,
  }),
  tierRevocation: /* @__PURE__ */ structCodec('TierRevocation', {
    .../* @__PURE__ */ activityBase('tierRevocation'),
    ladder: LadderId,
    claim: ClaimId,
  }),
  tierOffer: /* @__PURE__ */ structCodec('TierOffer', {
    .../* @__PURE__ */ activityBase('tierOffer'),
    ladder: LadderId,
    offer: OfferId,
    reason: stringCodec,
  }),
  tierExtension: /* @__PURE__ */ structCodec('TierExtension', {
    .../* @__PURE__ */ activityBase('tierExtension'),
    ladder: LadderId,
    until: Instant,
  }),
}
