/** Ids that follow from an activity. No two activities give the same, whatever their ids contain. */
import { type ActivityId, formatInstant, type Instant, type LotId, type WalletId } from '../../foundation/index.ts'

/** The lot that an activity grants, by its position among the grants of the activity to one wallet. */
export const lotIdOf = (activity: ActivityId, position: number): LotId => `${position}/${activity}` as LotId

/**
 * The lot that points of a lot become in another wallet, by when they did: what was held of them may follow later. It names
 * no lot that was granted in that wallet.
 */
export const movedLotId = (from: WalletId, lot: LotId, at: Instant): LotId =>
  `moved/${from.length}/${from}/${formatInstant(at)}/${lot}` as LotId

/** What follows from an activity, told apart by texts: for the same member, or in the state of another. */
export const effectId = (kind: string, parts: ReadonlyArray<string>, activity: ActivityId): ActivityId =>
  [kind, ...parts.map((part) => `${part.length}/${part}`), activity].join('/') as ActivityId

/** The lot of a reward for having brought somebody. */
export const rewardLotId = (activity: ActivityId): LotId => `reward/${activity}` as LotId
