/** The event that a member gave to a campaign. */
import {
  booleanCodec,
  CampaignId,
  type Codec,
  Instant,
  literalCodec,
  Money,
  structCodec,
} from '../../foundation/index.ts'
import { BeneficiaryId, Donation } from '../../rewards/index.ts'

/** A member gave to a campaign: all of it is owed to the charity. */
export interface Donated {
  readonly type: 'donated'
  readonly at: Instant
  readonly campaign: CampaignId
  readonly beneficiary: BeneficiaryId
  readonly donation: Donation
  readonly given: Money
  /** What the shop adds. */
  readonly matched: Money
  readonly reachesTarget: boolean
}

/** Reads a {@link Donated}. */
export const Donated: Codec<Donated, unknown> = /* @__PURE__ */ structCodec('Donated', {
  type: /* @__PURE__ */ literalCodec('donated'),
  at: Instant,
  campaign: CampaignId,
  beneficiary: BeneficiaryId,
  donation: Donation,
  given: Money,
  matched: Money,
  reachesTarget: booleanCodec,
})
