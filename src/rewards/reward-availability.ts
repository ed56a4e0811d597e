/** Whether a member can have a reward, and everything that is in the way. */
import {
  containsInstant,
  type Instant,
  type Money,
  type Points,
  periodIntervalAt,
  type WalletId,
  type Zone,
} from '../foundation/index.ts'
import type { ConditionExplanation, Facts } from '../rules/index.ts'
import type { CompiledReward, Reward, RewardLimit, RewardPrice } from './reward.ts'

/** What is known of a member who looks at a reward. */
export interface RewardContext {
  readonly at: Instant
  /** The zone in which the periods of limits are counted. */
  readonly zone: Zone
  /** The tiers that the member holds, as `ladder/tier`. */
  readonly tiers: ReadonlyArray<string>
  readonly facts: Facts
  /** Points that can be spent: neither held nor pending. */
  readonly balances: ReadonlyArray<{ readonly wallet: WalletId; readonly points: Points }>
  /** How many have been taken of the stock, holds included. */
  readonly stockTaken: number
  /** When the member took it before; cancelled and released ones left out. */
  readonly takenAt: ReadonlyArray<Instant>
}

/** Why a reward can't be had, with what is missing. */
export type RewardObstacle =
  | { readonly reason: 'notYetAvailable'; readonly validFrom: Instant }
  | { readonly reason: 'ended'; readonly validUntil: Instant }
  | { readonly reason: 'outOfStock' }
  /** `again`: the first instant at which it can be had again; `null`: never. */
  | { readonly reason: 'limitReached'; readonly times: number; readonly again: Instant | null }
  | { readonly reason: 'notInTier'; readonly tiers: ReadonlyArray<string> }
  | { readonly reason: 'conditionNotMet'; readonly explanation: ConditionExplanation }
  | { readonly reason: 'conditionUnknown'; readonly explanation: ConditionExplanation }
  /** There is a price only for other tiers. */
  | { readonly reason: 'noPrice' }
  | { readonly reason: 'notEnoughPoints'; readonly wallet: WalletId; readonly missing: Points }

/** Whether a member can have a reward: the prices that can be paid, or everything that is in the way. */
export type RewardAvailability =
  | { readonly available: true; readonly prices: ReadonlyArray<RewardPrice> }
  | { readonly available: false; readonly obstacles: ReadonlyArray<RewardObstacle> }

const minorOf = (money: Money | null): number => money?.minor ?? 0

const isLower = (a: RewardPrice, b: RewardPrice): boolean =>
  a.points === b.points ? minorOf(a.money) < minorOf(b.money) : a.points < b.points

/**
 * The prices of a reward for a member: the lowest of each wallet, among those for everybody and those of the member's
 * tiers.
 *
 * @param reward - the reward
 * @param tiers - the tiers that the member holds, as `ladder/tier`
 *
 * @example
 * ```ts
 * import { type Reward, rewardPrices } from 'treue'
 *
 * const prices = [
 *   { wallet: 'points', points: 500, money: null, tier: null },
 *   { wallet: 'points', points: 400, money: null, tier: 'status/gold' },
 * ]
 * const reward = { prices } as unknown as Reward
 * rewardPrices(reward, []).map(({ points }) => points) // => [500]
 * rewardPrices(reward, ['status/gold']).map(({ points }) => points) // => [400]
 * ```
 */
export const rewardPrices = (reward: Reward, tiers: ReadonlyArray<string>): ReadonlyArray<RewardPrice> => {
  const held = new Set(tiers)
  const lowest = new Map<WalletId, RewardPrice>()
  for (const price of reward.prices) {
    const before = lowest.get(price.wallet)
    const isTheirs = price.tier === null || held.has(price.tier)
    if (isTheirs && (before === undefined || isLower(price, before))) lowest.set(price.wallet, price)
  }
  return [...lowest.values()]
}

const timeObstacles = ({ validFrom, validUntil }: Reward, at: Instant): ReadonlyArray<RewardObstacle> => {
  if (validFrom !== null && at < validFrom) return [{ reason: 'notYetAvailable', validFrom }]
  return validUntil !== null && at >= validUntil ? [{ reason: 'ended', validUntil }] : []
}

const limitObstacle = (
  { times, per }: RewardLimit,
  { at, zone, takenAt }: RewardContext,
): ReadonlyArray<RewardObstacle> => {
  if (per === null) return takenAt.length < times ? [] : [{ reason: 'limitReached', times, again: null }]
  const period = periodIntervalAt(per, zone, at)
  const taken = takenAt.filter((instant) => containsInstant(period, instant)).length
  return taken < times ? [] : [{ reason: 'limitReached', times, again: period.until }]
}

const tierObstacles = ({ tiers }: Reward, context: RewardContext): ReadonlyArray<RewardObstacle> =>
  tiers === null || tiers.some((tier) => context.tiers.includes(tier)) ? [] : [{ reason: 'notInTier', tiers }]

const conditionObstacles = (
  { condition, explain }: CompiledReward,
  { facts }: RewardContext,
): ReadonlyArray<RewardObstacle> => {
  const truth = condition?.truth(facts) ?? 'true'
  if (truth === 'true' || explain === null) return []
  const reason = truth === 'false' ? 'conditionNotMet' : 'conditionUnknown'
  return [{ reason, explanation: explain(facts) }]
}

/** Nothing where one of the prices can be paid. */
const priceObstacles = (
  prices: ReadonlyArray<RewardPrice>,
  balanceOf: (wallet: WalletId) => number,
): ReadonlyArray<RewardObstacle> => {
  if (prices.length === 0) return [{ reason: 'noPrice' }]
  const short = prices.filter(({ wallet, points }) => points > balanceOf(wallet))
  if (short.length < prices.length) return []
  return short.map(({ wallet, points }) => ({
    reason: 'notEnoughPoints',
    wallet,
    missing: (points - balanceOf(wallet)) as Points,
  }))
}

/**
 * Whether a member can have a reward now. All that is in the way is told at once; where several wallets could pay, what is
 * missing in each.
 *
 * @param compiled - the reward
 * @param context - what is known of the member, the stock and the time
 *
 * @example
 * ```ts
 * import { compileReward, parseInstant, type Points, type Reward, rewardAvailability, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = 'points' as WalletId
 * const reward = {
 *   prices: [{ wallet, points: 500 as Points, money: null, tier: null }],
 *   stock: 1,
 *   limits: [],
 *   validFrom: null,
 *   validUntil: null,
 *   tiers: ['status/gold'],
 *   when: null,
 * } as unknown as Reward
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const balances = [{ wallet, points: 350 as Points }]
 * const context = { at, zone: utc, tiers: [], facts: {}, balances, stockTaken: 0, takenAt: [] }
 * rewardAvailability(compileReward({ fields: [] }, reward), context)
 * // => { available: false, obstacles: [
 * //   { reason: 'notInTier', tiers: ['status/gold'] },
 * //   { reason: 'notEnoughPoints', wallet: 'points', missing: 150 },
 * // ] }
 * ```
 */
export const rewardAvailability = (compiled: CompiledReward, context: RewardContext): RewardAvailability => {
  const { reward } = compiled
  const balances = new Map(context.balances.map(({ wallet, points }) => [wallet, points]))
  const balanceOf = (wallet: WalletId): number => balances.get(wallet) ?? 0
  const prices = rewardPrices(reward, context.tiers)
  const obstacles: ReadonlyArray<RewardObstacle> = [
    ...timeObstacles(reward, context.at),
    ...(reward.stock !== null && context.stockTaken >= reward.stock ? [{ reason: 'outOfStock' } as const] : []),
    ...reward.limits.flatMap((limit) => limitObstacle(limit, context)),
    ...tierObstacles(reward, context),
    ...conditionObstacles(compiled, context),
    ...priceObstacles(prices, balanceOf),
  ]
  return obstacles.length > 0
    ? { available: false, obstacles }
    : { available: true, prices: prices.filter(({ wallet, points }) => points <= balanceOf(wallet)) }
}
