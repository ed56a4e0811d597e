/** Points that become a reward by themselves: the last step of an instant; and what a return takes back of it. */
import * as E from 'fp-ts/Either'
import { type ActivityId, formatInstant, type Instant, type WalletId } from '../../foundation/index.ts'
import { spendablePoints } from '../../ledger/index.ts'
import { type CompiledReward, type RewardPrice, rewardAvailability } from '../../rewards/index.ts'
import type { AutomaticRedemption } from '../definition/automatic-redemption.ts'
import type { MemberState } from '../state/member-state.ts'
import { effectId } from './derived-id.ts'
import type { Draft } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import { paidFrom, rewardContextOf } from './reward-context.ts'
import { stepReward, takeReward } from './step-reward.ts'
import { assessTiers } from './tier-counting.ts'

/** In one instant each reward is redeemed so many times; what is left follows with what happens next. */
const MOST_TIMES = 100

/** The price of a reward that the member can have now; most often the points are not there, which is told at once. */
const payable = (draft: Draft, compiled: CompiledReward, at: Instant): RewardPrice | undefined => {
  const isThere = compiled.reward.prices.some(
    ({ wallet, points }) => points <= spendablePoints(walletOf(draft.state, wallet)),
  )
  const context = isThere ? rewardContextOf(draft, compiled, at) : undefined
  if (context === undefined || E.isLeft(context)) return undefined
  const found = rewardAvailability(compiled, context.right)
  return found.available ? found.prices[0] : undefined
}

const redeemOnce = (draft: Draft, compiled: CompiledReward, at: Instant): boolean => {
  const price = payable(draft, compiled, at)
  if (price === undefined) return false
  // No two events of a member have one revision.
  const parts = [compiled.reward.id, String(draft.state.revision)]
  const id = effectId('automatic', parts, formatInstant(at) as ActivityId)
  const taken = takeReward(draft, { id, at, reward: compiled.reward, price, automatic: true, issue: true })
  if (E.isLeft(taken)) return false
  return E.isRight(stepReward(draft, taken.right, { id: effectId('issue', [], id), step: 'issue', at }))
}

const redeemOne = (draft: Draft, { reward: id, wallet }: AutomaticRedemption, at: Instant): boolean => {
  const reward = draft.program.rewards.get(id)
  if (reward === undefined) return false
  const compiled = paidFrom(reward, wallet)
  let times = 0
  while (times < MOST_TIMES && redeemOnce(draft, compiled, at)) times += 1
  return times > 0
}

/** Redeems what the program redeems by itself, in the order of the program (S21). */
export const redeemAutomatically = (draft: Draft, at: Instant): void => {
  const { automaticRedemptions = [] } = draft.program.program
  if (automaticRedemptions.length === 0 || draft.state.enrolledAt === null) return
  let isChanged = false
  for (const automatic of automaticRedemptions) isChanged = redeemOne(draft, automatic, at) || isChanged
  if (isChanged) assessTiers(draft, at)
}

const debtOf = (state: MemberState, wallet: WalletId): number => walletOf(state, wallet).debt

/**
 * Rewards that came by themselves after something was earned that is now undone, as far as it left the member in debt: those
 * that were not used are taken back, the last one first, where the program says so. Their points pay the debt.
 */
export const takeAutomaticBack = (
  draft: Draft,
  {
    source,
    at,
    earnedAt,
    before,
  }: {
    readonly source: ActivityId
    readonly at: Instant
    readonly earnedAt: Instant
    /** The state before it was undone. */
    readonly before: MemberState
  },
): void => {
  for (const { wallet, reward, onReturn } of draft.program.program.automaticRedemptions ?? []) {
    if (onReturn === 'debt') continue
    const debt = debtOf(before, wallet)
    const since = draft.state.rewards.redemptions.filter(
      ({ automatic, redemption: one }) =>
        automatic &&
        one.reward === reward &&
        one.wallet === wallet &&
        one.heldAt >= earnedAt &&
        one.status === 'issued',
    )
    for (const open of since.reverse()) {
      if (debtOf(draft.state, wallet) <= debt) break
      // What is on its way cannot be taken back: the debt stays.
      stepReward(draft, open, { id: effectId('takeBack', [open.redemption.id], source), step: 'cancel', at })
    }
  }
}
