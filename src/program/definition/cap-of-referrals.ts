/** Caps of referrals are counted as caps of earning are. */
import type { Cap } from '../../earning/index.ts'
import type { WalletId } from '../../foundation/index.ts'
import type { ReferralCap } from '../../referrals/index.ts'

/** A cap of referrals as one that `claimCap` and `giveBackCap` count. */
export const capOfReferrals = ({ id, per, limit, window, onExceed }: ReferralCap): Cap => ({
  id,
  wallet: '' as WalletId,
  limit,
  counts: 'points',
  window,
  onExceed,
  ...(per === 'everyone' ? { per: { scope: 'everyone' as const } } : {}),
})
