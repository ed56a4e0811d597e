/** Using what a stamp card has given, and undoing that. */
import * as E from 'fp-ts/Either'
import type { StampCardPolicy, StampCardState, StampReward } from './stamp-card.ts'
import { takeDebt } from './stamp-count.ts'
import type { StampRewardUnavailable } from './stamp-faults.ts'

const withStatus = (
  state: StampCardState,
  which: Pick<StampReward, 'card' | 'position'>,
  status: StampReward['status'],
): E.Either<StampRewardUnavailable, StampCardState> => {
  const { card, position } = which
  const place = state.rewards.findIndex((given) => given.card === card && given.position === position)
  const given = state.rewards[place]
  if (given === undefined || given.status === status) {
    const expected = status === 'used' ? 'a reward that the card gave and that is not used' : 'a reward that is used'
    return E.left({ _tag: 'StampRewardUnavailable', path: ['position'], expected, card, position })
  }
  return E.right({
    ...state,
    rewards: state.rewards.map((one, index) => (index === place ? { ...given, status } : one)),
  })
}

/**
 * Uses a reward of a stamp card. `StampRewardUnavailable`: the card gave none at that position, it was withdrawn, or it
 * is used already (S58).
 *
 * @param state - what the member has
 * @param which - the number of the card and the position
 *
 * @example
 * ```ts
 * import { newStampCard, type StampCardId, useStampReward } from 'treue'
 *
 * useStampReward(newStampCard('coffee' as StampCardId), { card: 1, position: 10 })._tag // => 'Left'
 * ```
 */
export const useStampReward = (
  state: StampCardState,
  which: Pick<StampReward, 'card' | 'position'>,
): E.Either<StampRewardUnavailable, StampCardState> => withStatus(state, which, 'used')

/**
 * Takes back the use of a reward: it is open again. Stamps that were owed because it was used come off its card after all,
 * and the reward is withdrawn then. `StampRewardUnavailable`: the reward is not used, or it was
 * given longer ago than the return window and is forgotten.
 *
 * @param policy - the terms of the card
 * @param state - what the member has
 * @param which - the number of the card and the position
 *
 * @example
 * ```ts
 * import { cancelStampReward, newStampCard, type StampCardId, type StampCardPolicy } from 'treue'
 *
 * const policy = { slots: 10 } as StampCardPolicy
 * cancelStampReward(policy, newStampCard('coffee' as StampCardId), { card: 1, position: 10 })._tag // => 'Left'
 * ```
 */
export const cancelStampReward = (
  policy: StampCardPolicy,
  state: StampCardState,
  which: Pick<StampReward, 'card' | 'position'>,
): E.Either<StampRewardUnavailable, StampCardState> => {
  const open = withStatus(state, which, 'open')
  return E.isLeft(open) ? open : E.right(takeDebt(policy, open.right))
}
