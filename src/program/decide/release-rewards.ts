/** Rewards that are held: when their time is over, and when they are left behind. */
import type { ActivityId, Instant } from '../../foundation/index.ts'
import type { MemberRedemption } from '../state/member-rewards.ts'
import type { MemberState } from '../state/member-state.ts'
import { effectId } from './derived-id.ts'
import type { Draft } from './draft.ts'
import { stepReward } from './step-reward.ts'

const isHeld = ({ redemption }: MemberRedemption): boolean => redemption.status === 'held'

/** When the next hold of a reward is over; `null`: none is. */
export const nextRewardRelease = ({ rewards }: Pick<MemberState, 'rewards'>): Instant | null => {
  let next: Instant | null = null
  for (const one of rewards.redemptions) {
    const { heldUntil } = one.redemption
    if (isHeld(one) && heldUntil !== null && (next === null || heldUntil < next)) next = heldUntil
  }
  return next
}

const release = (draft: Draft, open: MemberRedemption, at: Instant): void => {
  const id: ActivityId = effectId('release', [], open.redemption.id)
  // A hold can always be released.
  stepReward(draft, open, { id, step: 'release', at })
}

/** Rewards whose hold is over are no longer the member's: points are free, and the piece is back in the stock. */
export const releaseRewards = (draft: Draft, at: Instant): void => {
  for (const open of draft.state.rewards.redemptions) {
    const { heldUntil } = open.redemption
    if (isHeld(open) && heldUntil !== null && heldUntil <= at) release(draft, open, at)
  }
}

/** Releases all rewards that are held, such as of a member who goes into another. */
export const releaseHeldRewards = (draft: Draft, at: Instant): void => {
  for (const open of draft.state.rewards.redemptions) if (isHeld(open)) release(draft, open, at)
}

/** Whether points are held for a reward: only the reward's own steps free or spend them. */
export const isHeldForReward = ({ rewards }: MemberState, hold: ActivityId): boolean =>
  rewards.redemptions.some((open) => open.redemption.id === hold && isHeld(open))
