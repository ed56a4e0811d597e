/** A member takes a reward of the catalogue, or something becomes of one. */
import * as E from 'fp-ts/Either'
import {
  type CompiledReward,
  chosenPointsPayment,
  dividedPrice,
  type PointsNotPayable,
  type RewardPrice,
  rewardAvailability,
} from '../../rewards/index.ts'
import type { RewardActivity, RewardRedeemed, RewardStep } from '../activity/reward-activity.ts'
import { effectId } from './derived-id.ts'
import type { Draft } from './draft.ts'
import type { Rejection } from './rejection.ts'
import { paidFrom, rewardContextOf } from './reward-context.ts'
import { stepReward, takeReward } from './step-reward.ts'

const rewardOf = (draft: Draft, { reward: id }: RewardRedeemed): E.Either<Rejection, CompiledReward> => {
  const { rewards } = draft.program
  const reward = rewards.get(id)
  if (reward !== undefined) return E.right(reward)
  const expected = `a reward of the program: ${[...rewards.keys()].join(', ')}`
  return E.left([{ _tag: 'UnknownReward', path: ['reward'], expected, reward: id }])
}

/** The price with as many points as the member chose, and the money for the rest. */
const chosenPrice = (
  prices: ReadonlyArray<RewardPrice>,
  first: RewardPrice,
  points: RewardRedeemed['points'],
): E.Either<Rejection, RewardPrice> => {
  if (points === undefined) return E.right(first)
  const price = prices.find(({ split }) => split !== undefined) ?? first
  const divided = dividedPrice(price)
  if (divided === null) {
    const below = price.points < points ? price.points : null
    const expected = `${price.points} points, since the price cannot be divided`
    const fault: PointsNotPayable = { _tag: 'PointsNotPayable', path: ['points'], expected, requested: points, below }
    return points === price.points ? E.right(price) : E.left([fault])
  }
  const paid = chosenPointsPayment(divided, points)
  if (E.isLeft(paid)) return E.left(paid.left.map((fault) => ({ ...fault, path: ['points'] })))
  const { rest } = paid.right
  return E.right({ wallet: price.wallet, points, money: rest.minor === 0 ? null : rest, tier: price.tier })
}

const priceOf = (
  draft: Draft,
  { at, wallet, points }: RewardRedeemed,
  reward: CompiledReward,
): E.Either<Rejection, RewardPrice> => {
  const context = rewardContextOf(draft, reward, at)
  if (E.isLeft(context)) return context
  const found = rewardAvailability(paidFrom(reward, wallet), context.right)
  const [price] = found.available ? found.prices : []
  if (found.available && price !== undefined) return chosenPrice(found.prices, price, points)
  const { id } = reward.reward
  const obstacles = found.available ? [] : found.obstacles
  const expected = `a reward that the member can have: ${obstacles.map(({ reason }) => reason).join(', ')}`
  return E.left([{ _tag: 'RewardUnavailable', path: ['reward'], expected, reward: id, obstacles }])
}

const decideRedeemed = (draft: Draft, activity: RewardRedeemed): E.Either<Rejection, void> => {
  const { id, at, issue = false } = activity
  const reward = rewardOf(draft, activity)
  if (E.isLeft(reward)) return reward
  const price = priceOf(draft, activity, reward.right)
  if (E.isLeft(price)) return price
  const taken = takeReward(draft, { id, at, reward: reward.right.reward, price: price.right, automatic: false, issue })
  if (E.isLeft(taken)) return taken
  return issue
    ? stepReward(draft, taken.right, { id: effectId('issue', [], id), step: 'issue', at })
    : E.right(undefined)
}

const decideStep = (draft: Draft, { id, at, redemption, step }: RewardStep): E.Either<Rejection, void> => {
  const open = draft.state.rewards.redemptions.find((one) => one.redemption.id === redemption)
  if (open !== undefined) return stepReward(draft, open, { id, step, at })
  const expected = 'a reward that the member took and that is not over'
  return E.left([{ _tag: 'UnknownRedemption', path: ['redemption'], expected, redemption }])
}

export const decideRewardActivity = (draft: Draft, activity: RewardActivity): E.Either<Rejection, void> =>
  activity.type === 'rewardRedeemed' ? decideRedeemed(draft, activity) : decideStep(draft, activity)
