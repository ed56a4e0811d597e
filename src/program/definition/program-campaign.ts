/** The campaigns of a program for a charity: who gives points, gives from which wallet. */
import {
  type Codec,
  type Currency,
  type InvalidValue,
  invalidValue,
  repeatedIds,
  structCodec,
  WalletId,
} from '../../foundation/index.ts'
import { DonationCampaign } from '../../rewards/index.ts'

/** A campaign of a program (S62). */
export interface ProgramCampaign {
  readonly campaign: DonationCampaign
  /** The wallet whose points are given. */
  readonly wallet: WalletId
}

/** Reads a {@link ProgramCampaign}. */
export const ProgramCampaign: Codec<ProgramCampaign, unknown> = /* @__PURE__ */ structCodec('ProgramCampaign', {
  campaign: DonationCampaign,
  wallet: WalletId,
})

/** Ids that come twice, wallets and currencies that are not the program's; paths start at the list of campaigns. */
export const campaignFaults = (
  campaigns: ReadonlyArray<ProgramCampaign>,
  currency: Currency,
  wallet: (path: InvalidValue['path'], id: WalletId) => ReadonlyArray<InvalidValue>,
): ReadonlyArray<InvalidValue> => [
  ...repeatedIds(
    campaigns.map(({ campaign }) => campaign.id),
    (index) => [index, 'campaign', 'id'],
  ),
  ...campaigns.flatMap(({ campaign, wallet: of }, index) => {
    const { currency: own } = campaign.price.price
    const path = [index, 'campaign', 'price', 'price', 'currency']
    return [
      ...wallet([index, 'wallet'], of),
      ...(own === currency ? [] : [invalidValue(path, own, `${currency}, the program's currency`)]),
    ]
  }),
]
