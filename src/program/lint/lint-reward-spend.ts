/** Rewards that cost more than the purchase by which a new member has them leaves. */
import * as E from 'fp-ts/Either'
import type { Instant } from '../../foundation/index.ts'
import { lotTerm } from '../../ledger/index.ts'
import type { Reward } from '../../rewards/index.ts'
import type { Activity, Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { noSharedUsage } from '../state/shared-usage.ts'
import type { RewardGoal } from '../what-if/goal.ts'
import { smallestSpend, tryPurchase } from '../what-if/smallest-spend.ts'
import type { SpendPlan } from '../what-if/spend-breakpoints.ts'
import type { Findings, Witness } from './lint-finding.ts'
import { anybody, historyFor, played } from './lint-history.ts'
import type { ProgramEconomics } from './lint-options.ts'
import type { LintedRule } from './lint-rule.ts'
import { type StackedRule, stackedRules } from './lint-stacking.ts'

/** Beyond that no reward is looked for; in minor units. */
const MOST_SPENT = 1_000_000_000

/** So many purchases are tried where more may reach less. */
const MOST_TRIES = 100

/** The most that can be spent and leaves less than a reward costs; below 0: nothing. */
const mostLosing = (costMinor: number, { margin }: ProgramEconomics): number => {
  if (costMinor <= 0) return -1
  if (margin.numerator <= 0) return MOST_SPENT
  const [over, under] = [BigInt(costMinor) * BigInt(margin.denominator), BigInt(margin.numerator)]
  const most = (over - 1n) / under
  return most > BigInt(MOST_SPENT) ? MOST_SPENT : Number(most)
}

/** What comes before the purchase, and the purchase with all that its line says. */
interface Try {
  readonly before: ReadonlyArray<Activity>
  readonly plan: SpendPlan
}

const tryOf = (compiled: CompiledProgram, { rule, facts, lineFacts }: LintedRule, largest: number): Try | undefined => {
  if (typeof facts === 'string' || typeof lineFacts === 'string') return undefined
  const activities = historyFor(compiled, rule, { facts, lineFacts })
  const last = activities?.[activities.length - 1]
  if (activities === undefined || last?.type !== 'purchase') return undefined
  const { type: _type, lines, payments: _payments, ...purchase } = last
  const [line] = lines
  if (line === undefined || lines.length > 1) return undefined
  const { amount, ...rest } = line
  const plan = { purchase, line: rest, largest: { minor: largest, currency: amount.currency } }
  return { before: activities.slice(0, -1), plan }
}

/** When the points that are earned can be spent; `undefined`: time alone does not make them so. */
const spendableAt = (
  { wallets, zone }: CompiledProgram,
  { rule: { wallet, lot } }: LintedRule,
  at: Instant,
): Instant | undefined => {
  const definition = wallets.get(wallet)
  if (definition === undefined) return undefined
  const own = lot?.pending === undefined ? {} : { pending: lot.pending }
  const { activeFrom, awaits } = lotTerm(definition, zone, at, own)
  return awaits === null ? activeFrom : undefined
}

/** The purchase that is enough; `null`: none is needed. */
const enough = (
  compiled: CompiledProgram,
  { before, plan }: Try,
  reward: Reward,
  by: Instant,
): Purchase | null | undefined => {
  const state = played(compiled, before)?.members.get(anybody)
  if (state === undefined) return undefined
  const goal: RewardGoal = { type: 'reward', reward: reward.id }
  const options = { by, mostTries: MOST_TRIES, budgets: [], shared: noSharedUsage }
  const found = smallestSpend(compiled, state, plan, goal, options)
  if (E.isRight(found)) return found.right === null ? null : found.right.purchase
  if (found.left._tag !== 'OutOfRange') return undefined
  // Too many to try each: the largest may do.
  const lines = [{ ...plan.line, amount: plan.largest }]
  const largest = tryPurchase(compiled, state, { ...plan.purchase, type: 'purchase', lines }, goal, options)
  return largest.reached ? largest.purchase : undefined
}

/** What a purchase costs in all. */
const spentIn = (purchase: Purchase | null): number =>
  (purchase?.lines ?? []).reduce((sum, { amount }) => sum + amount.minor, 0)

/** A history in which somebody joins, buys and takes the reward. */
const takingOf = (
  compiled: CompiledProgram,
  one: Try,
  reward: Reward,
  by: Instant,
): { readonly witness: Witness; readonly isBought: boolean } | undefined => {
  const purchase = enough(compiled, one, reward, by)
  if (purchase === undefined) return undefined
  const taken: Activity = {
    type: 'rewardRedeemed',
    id: 'takes' as Activity['id'],
    member: anybody,
    at: by,
    reward: reward.id,
    issue: true,
  }
  const activities = [...one.before, ...(purchase === null ? [] : [purchase]), taken]
  if (played(compiled, activities, by) === undefined) return undefined
  return { witness: { type: 'history', activities, until: by }, isBought: spentIn(purchase) > 0 }
}

/** What is paid with money on top of the points, at most: so nothing is found that may be none. */
const mostMoney = ({ prices }: Reward): number => Math.max(...prices.map(({ money }) => money?.minor ?? 0))

const takenBy = (
  compiled: CompiledProgram,
  linted: LintedRule,
  reward: Reward,
  largest: number,
): ReturnType<typeof takingOf> => {
  const one = tryOf(compiled, linted, largest)
  const by = one === undefined ? undefined : spendableAt(compiled, linted, one.plan.purchase.at)
  return one === undefined || by === undefined ? undefined : takingOf(compiled, one, reward, by)
}

const witnessOf = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<StackedRule>,
  reward: Reward,
  largest: number,
): ReturnType<typeof takingOf> => {
  for (const { ways } of rules) {
    for (const way of ways) {
      const found = takenBy(compiled, way, reward, largest)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** So many rewards are held against purchases. */
const MOST_REWARDS = 100

/**
 * Rewards that a new member has by a purchase, under the best stacking, that leaves less than the reward costs; those that
 * cost no points are meant so.
 */
export const rewardsAboveSpend = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  economics: ProgramEconomics | undefined,
): Findings => {
  const costOf = economics?.rewardMinor
  if (economics === undefined || costOf === undefined) return []
  const stacked = stackedRules(compiled, rules)
  return (compiled.program.rewards ?? []).slice(0, MOST_REWARDS).flatMap((reward, index): Findings => {
    if (reward.prices.some(({ points }) => points === 0)) return []
    const largest = mostLosing(costOf(reward.id) - mostMoney(reward), economics)
    const found = largest < 0 ? undefined : witnessOf(compiled, stacked, reward, largest)
    if (found === undefined) return []
    const reason = found.isBought
      ? 'a new member has the reward by a purchase that leaves less than the reward costs'
      : 'a new member has the reward without spending anything'
    const path = ['rewards', index, 'prices']
    return [{ code: 'rewardExceedsSpend', severity: 'warning', path, reason, witness: found.witness }]
  })
}
