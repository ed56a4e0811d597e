/** What rules gave for a tier goes back where a return takes the tier. */
import * as E from 'fp-ts/Either'
import type { OpenEarning } from '../state/open-earning.ts'
import { TIER_UPGRADED } from './assess.ts'
import type { Source } from './challenge-levels.ts'
import type { Draft, LostTier } from './draft.ts'
import { automaticDebts, takeAutomaticBack } from './redeem-automatically.ts'
import type { Rejection } from './rejection.ts'
import { assessTiers } from './tier-counting.ts'
import { undoEarning } from './undo-earning.ts'

/** The first since the tier was reached: a later one is for a later time. */
const giftFor = ({ state }: Draft, { ladder, tier, at }: LostTier): OpenEarning | undefined =>
  state.earnings.find(
    (one) =>
      one.action === TIER_UPGRADED &&
      !one.isUndone &&
      one.at >= at &&
      one.attributes['ladder'] === ladder &&
      one.attributes['tier'] === tier,
  )

/**
 * Undoes what rules gave for tiers that a return took, by the version that gave it. It may be what another tier was reached
 * by: then that goes too. The gift stays the one of its period, so that nobody earns it again by buying again (S40).
 */
export const undoTierGifts = (draft: Draft, source: Source): E.Either<Rejection, void> => {
  // What is undone may take further tiers, which come to the end of the list.
  for (const lost of draft.lostTiers) {
    const gift = giftFor(draft, lost)
    if (gift === undefined) continue
    const before = automaticDebts(draft)
    const undone = undoEarning(draft, source, gift, [])
    if (E.isLeft(undone)) return undone
    takeAutomaticBack(draft, { source: source.id, at: source.at, earnedAt: gift.at, before })
    assessTiers(draft, source.at)
  }
  draft.lostTiers.splice(0)
  return E.right(undefined)
}
