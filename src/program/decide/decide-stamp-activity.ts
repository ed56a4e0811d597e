/** A reward of a stamp card is used, or its use is taken back. */
import * as E from 'fp-ts/Either'
import { advanceStampCard, cancelStampReward, useStampReward } from '../../rewards/index.ts'
import type { StampActivity } from '../activity/stamp-activity.ts'
import { changeStampCard, stampCardOf } from './change-stamp-card.ts'
import type { Draft } from './draft.ts'
import type { Rejection } from './rejection.ts'

export const decideStampActivity = (draft: Draft, activity: StampActivity): E.Either<Rejection, void> => {
  const { type, at, card: id, number, position } = activity
  const cards = draft.program.program.stampCards ?? []
  const card = cards.find(({ policy }) => policy.id === id)
  if (card === undefined) {
    const expected = `a stamp card of the program: ${cards.map(({ policy }) => policy.id).join(', ')}`
    return E.left([{ _tag: 'UnknownStampCard', path: ['card'], expected, card: id }])
  }
  const { policy } = card
  const now = advanceStampCard(policy, draft.program.zone, stampCardOf(draft, card), at)
  const which = { card: number, position }
  const uses = type === 'stampRewardUse'
  const after = uses ? useStampReward(now, which) : cancelStampReward(policy, now, which)
  if (E.isLeft(after)) return E.left([after.left])
  if (draft.tracing) draft.steps.push({ step: 'stampReward', card: id, number, position, used: uses })
  changeStampCard(draft, at, uses ? 'rewardUsed' : 'useCancelled', 0, after.right)
  return E.right(undefined)
}
