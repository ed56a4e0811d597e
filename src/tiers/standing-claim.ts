/** Reasons beside the earned one to be on a tier, each with its dates. */
import {
  arrayCodec,
  type Brand,
  booleanCodec,
  type Codec,
  Instant,
  literalCodec,
  nullableCodec,
  refineCodec,
  stringCodec,
  structCodec,
  TierId,
} from '../foundation/index.ts'
import { MetricCount } from './metric-count.ts'
import { OfferId } from './status-offer.ts'

/** The id of a claim to a tier. */
export type ClaimId = Brand<string, 'ClaimId'>

/** Reads the id of a claim to a tier: any text that is not empty. */
export const ClaimId: Codec<ClaimId, string> = /* @__PURE__ */ refineCodec<string, string, ClaimId>(
  stringCodec,
  'ClaimId',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/** Why somebody is on a tier that they did not earn: by hand, by invitation, for a fee, through somebody of the household, or by an offer. */
export type ClaimKind = 'grant' | 'invitation' | 'paid' | 'relationship' | 'offer'

/** A trial that is open. */
export interface Trial {
  readonly offer: OfferId
  /** Whether the tier is held in it. */
  readonly isHeld: boolean
  /** What was counted in it. */
  readonly counts: ReadonlyArray<MetricCount>
}

/** A claim to a tier beside the earned one. */
export interface StandingClaim {
  readonly id: ClaimId
  readonly kind: ClaimKind
  readonly tier: TierId
  readonly from: Instant
  /** The first instant at which it is over; `null`: until it is revoked. */
  readonly until: Instant | null
  readonly reason: string
  /** `null`: the claim stands. */
  readonly trial: Trial | null
}

/** Reads a {@link StandingClaim}. */
export const StandingClaim: Codec<StandingClaim, unknown> = /* @__PURE__ */ structCodec('StandingClaim', {
  id: ClaimId,
  kind: /* @__PURE__ */ literalCodec('grant', 'invitation', 'paid', 'relationship', 'offer'),
  tier: TierId,
  from: Instant,
  until: /* @__PURE__ */ nullableCodec(Instant),
  reason: stringCodec,
  trial: /* @__PURE__ */ nullableCodec(
    /* @__PURE__ */ structCodec('Trial', {
      offer: OfferId,
      isHeld: booleanCodec,
      counts: /* @__PURE__ */ arrayCodec(MetricCount, { maxLength: 20 }),
    }),
  ),
})

/** Whether the tier of a claim is held by it. */
export const isHeldBy = ({ trial }: StandingClaim): boolean => trial === null || trial.isHeld
