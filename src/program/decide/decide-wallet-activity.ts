/** Activities that move points without anything being bought. */
import type * as E from 'fp-ts/Either'
import type { WalletActivity } from '../activity/wallet-activity.ts'
import { decideAdjustment, decideExtension, decideOpeningBalance } from './decide-adjustment.ts'
import { decideConversion, decidePartnerConversion } from './decide-conversion.ts'
import { decideHold, decideHoldRelease } from './decide-hold.ts'
import { decideRedemption, decideRedemptionCancellation } from './decide-redemption.ts'
import { decideMerge, decideMergeIn, decideTransferIn, decideTransferOut } from './decide-transfer.ts'
import type { Draft } from './draft.ts'
import { decideReinstatement } from './lapse.ts'
import type { Rejection } from './rejection.ts'

export const decideWalletActivity = (draft: Draft, activity: WalletActivity): E.Either<Rejection, void> => {
  switch (activity.type) {
    case 'redemption':
      return decideRedemption(draft, activity)
    case 'redemptionCancellation':
      return decideRedemptionCancellation(draft, activity)
    case 'hold':
      return decideHold(draft, activity)
    case 'holdRelease':
      return decideHoldRelease(draft, activity)
    case 'adjustment':
      return decideAdjustment(draft, activity)
    case 'transferOut':
      return decideTransferOut(draft, activity)
    case 'transferIn':
      return decideTransferIn(draft, activity)
    case 'conversion':
      return decideConversion(draft, activity)
    case 'partnerConversion':
      return decidePartnerConversion(draft, activity)
    case 'openingBalance':
      return decideOpeningBalance(draft, activity)
    case 'extension':
      return decideExtension(draft, activity)
    case 'reinstatement':
      return decideReinstatement(draft, activity)
    case 'merge':
      return decideMerge(draft, activity)
    case 'mergeIn':
      return decideMergeIn(draft, activity)
  }
}
