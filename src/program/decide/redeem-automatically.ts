/** Points that become a reward by themselves: the last step of an instant; and what a return takes back of it. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  containsInstant,
  earlierOf,
  formatInstant,
  type Instant,
  periodIntervalAt,
  type WalletId,
} from '../../foundation/index.ts'
import { spendablePoints } from '../../ledger/index.ts'
import { type CompiledReward, type RewardPrice, rewardAvailability } from '../../rewards/index.ts'
import type { AutomaticRedemption } from '../definition/automatic-redemption.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { effectId } from './derived-id.ts'
import { type Draft, startDraft } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import { paidFrom, rewardContextOf } from './reward-context.ts'
import { stepReward, takeReward } from './step-reward.ts'
import { assessTiers } from './tier-counting.ts'

/** In one instant each reward is redeemed so many times, so that a decision has an end; the rest follows an instant later. */
const MOST_TIMES = 1000

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

/** How often the reward came by itself in this instant. */
const timesIn = ({ state }: Draft, { reward }: CompiledReward, at: Instant): number =>
  state.rewards.redemptions.filter(
    ({ automatic, redemption: one }) => automatic && one.reward === reward.id && one.heldAt === at,
  ).length

const redeemOnce = (draft: Draft, compiled: CompiledReward, at: Instant, source: ActivityId): boolean => {
  const price = payable(draft, compiled, at)
  if (price === undefined) return false
  const parts = [compiled.reward.id, price.wallet, String(timesIn(draft, compiled, at))]
  const id = effectId('automatic', parts, source)
  const taken = takeReward(draft, { id, at, reward: compiled.reward, price, automatic: true, issue: true })
  if (E.isLeft(taken)) return false
  return E.isRight(stepReward(draft, taken.right, { id: effectId('issue', [], id), step: 'issue', at }))
}

const redeemOne = (
  draft: Draft,
  { reward: id, wallet }: AutomaticRedemption,
  at: Instant,
  source: ActivityId,
): boolean => {
  const reward = draft.program.rewards.get(id)
  if (reward === undefined) return false
  const compiled = paidFrom(reward, wallet)
  let times = 0
  while (times < MOST_TIMES && redeemOnce(draft, compiled, at, source)) times += 1
  return times > 0
}

/**
 * Redeems what the program redeems by itself, in the order of the program (S21). The ids follow from what led to it: the
 * activity, or the instant. So a history that is decided again gives the same ones.
 */
export const redeemAutomatically = (draft: Draft, at: Instant, ledBy?: ActivityId): void => {
  const { automaticRedemptions = [] } = draft.program.program
  if (automaticRedemptions.length === 0 || draft.state.enrolledAt === null) return
  const source = ledBy ?? (formatInstant(at) as ActivityId)
  let isChanged = false
  for (const automatic of automaticRedemptions) isChanged = redeemOne(draft, automatic, at, source) || isChanged
  if (isChanged) assessTiers(draft, at)
}

/** Whether an instant was too full for all that could be redeemed in it. */
const isCutShort = ({ state }: Draft, { reward: id }: AutomaticRedemption, at: Instant): boolean => {
  const then = state.rewards.redemptions.filter(
    ({ automatic, redemption: { reward, heldAt } }) => automatic && reward === id && heldAt === at,
  )
  return then.length >= MOST_TIMES
}

/** When time alone lets a reward be taken again: its own time begins, or a new period of a limit, or an instant was too full. */
const nextTaking = (
  draft: Draft,
  automatic: AutomaticRedemption,
  { reward }: CompiledReward,
  asOf: Instant,
): Instant => {
  const { validFrom, limits } = reward
  if (validFrom !== null && validFrom > asOf) return validFrom
  if (isCutShort(draft, automatic, asOf)) return (asOf + 1) as Instant
  const taken = draft.state.rewards.taken.find((one) => one.reward === reward.id)?.at ?? []
  return limits.reduce<Instant>((latest, { times, per }) => {
    if (per === null) return latest
    const period = periodIntervalAt(per, draft.program.zone, asOf)
    const isFull = taken.filter((instant) => containsInstant(period, instant)).length >= times
    return isFull && period.until > latest ? period.until : latest
  }, asOf)
}

/** When something is redeemed by time alone; `null`: it is not. */
export const nextAutomaticRedemption = (program: CompiledProgram, state: MemberState): Instant | null => {
  const { automaticRedemptions = [] } = program.program
  const { asOf, enrolledAt } = state
  if (automaticRedemptions.length === 0 || asOf === null || enrolledAt === null) return null
  const draft = startDraft(program, state, { trace: false })
  let next: Instant | null = null
  for (const automatic of automaticRedemptions) {
    const reward = program.rewards.get(automatic.reward)
    if (reward === undefined) continue
    const due = nextTaking(draft, automatic, reward, asOf)
    // Only what is sure to be redeemed then is due.
    if (due > asOf && payable(draft, paidFrom(reward, automatic.wallet), due) !== undefined) next = earlierOf(next, due)
  }
  return next
}

const debtOf = ({ state }: Draft, wallet: WalletId): number => walletOf(state, wallet).debt

/** What the member owes in the wallets whose points become rewards by themselves. */
export const automaticDebts = (draft: Draft): ReadonlyMap<WalletId, number> =>
  new Map((draft.program.program.automaticRedemptions ?? []).map(({ wallet }) => [wallet, debtOf(draft, wallet)]))

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
    /** What was owed before it was undone. */
    readonly before: ReadonlyMap<WalletId, number>
  },
): void => {
  for (const { wallet, reward, onReturn } of draft.program.program.automaticRedemptions ?? []) {
    if (onReturn === 'debt') continue
    const debt = before.get(wallet) ?? 0
    const since = draft.state.rewards.redemptions.filter(
      ({ automatic, redemption: one }) =>
        automatic &&
        one.reward === reward &&
        one.wallet === wallet &&
        one.heldAt >= earnedAt &&
        one.status === 'issued',
    )
    for (const open of since.reverse()) {
      if (debtOf(draft, wallet) <= debt) break
      // What is on its way cannot be taken back: the debt stays.
      stepReward(draft, open, { id: effectId('takeBack', [open.redemption.id], source), step: 'cancel', at })
    }
  }
}
