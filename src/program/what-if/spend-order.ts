/** Whether more that is spent is never less: in all ranges of amounts, or by looking at what happens. */
import type { Award, EarningRule, WalletEarning } from '../../earning/index.ts'
import type { Instant, RuleId } from '../../foundation/index.ts'
import type { Reward } from '../../rewards/index.ts'
import { type Condition, partsOf } from '../../rules/index.ts'
import type { Ladder } from '../../tiers/index.ts'
import type { Purchase } from '../activity/activity.ts'
import { TIER_UPGRADED } from '../decide/assess.ts'
import type { Trace } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { Goal } from './goal.ts'

/** What is known of how a goal follows from what is spent. */
export interface SpendOrder {
  /** Whether among amounts for which the same conditions hold more is never less. */
  readonly isOrdered: boolean
  /** Whether the trace of decisions has to be looked at. */
  readonly asksForTrace: boolean
  /** Whether what room a cap has that cuts makes a difference to what follows. */
  readonly heedsRooms: boolean
  /** Whether more may be less although the same happens, by the trace of what happens. */
  readonly isUneven: (trace: Trace) => boolean
}

export const isNegative = (award: Award): boolean => 'points' in award && award.points.startsWith('-')

export const awardsOf = ({ award, cases = [] }: EarningRule): ReadonlyArray<Award> => [
  ...(award === null ? [] : [award]),
  ...cases.map((one) => one.award),
]

/** The other actions by which rules earn when something is bought. */
const hasEffects = ({ earning: { rules } }: Program): boolean => rules.some(({ on = 'purchase' }) => on !== 'purchase')

/** Whether something comes of an upgrade: who comes onto a tier by steps may have more of it than who skips one. */
const heedsUpgrades = ({ earning, challenges = {}, ladders }: Program): boolean => {
  const { goals = [], streaks = [] } = challenges
  return (
    ladders.some(({ tiers }) => tiers.length > 2) &&
    [...earning.rules, ...goals, ...streaks].some(({ on }) => on === TIER_UPGRADED)
  )
}

/** Whether it counts when points are there and how long: not only how many come. */
const countsBalances = ({ automaticRedemptions = [], ladders }: Program, goal: Goal): boolean =>
  goal.type === 'points' ||
  goal.type === 'reward' ||
  automaticRedemptions.length > 0 ||
  ladders.some(({ metrics }) =>
    metrics.some((metric) => metric.of === 'balance' || (metric.of === 'points' && metric.countedAt === 'activation')),
  )

const readsTiers = (condition: Condition): boolean =>
  ('field' in condition && condition.field === 'tiers') || partsOf(condition).some(readsTiers)

/** Whether with a tier of a ladder all above it are named as well. */
const isOpenAbove = ({ id, tiers }: Ladder, named: ReadonlySet<string>): boolean => {
  const first = tiers.findIndex((tier) => named.has(`${id}/${tier.id}`))
  return first < 0 || tiers.slice(first).every((tier) => named.has(`${id}/${tier.id}`))
}

/** Whether a member may lose the reward, or its price, by coming onto a higher tier. */
const isOfLowerTiers = ({ ladders }: Program, { tiers, prices, when }: Reward): boolean => {
  const named = prices.flatMap(({ tier }) => (tier === null ? [] : [tier]))
  return (
    (when !== null && readsTiers(when)) ||
    ladders.some(
      (ladder) =>
        !isOpenAbove(ladder, new Set(tiers ?? [])) || named.some((tier) => !isOpenAbove(ladder, new Set([tier]))),
    )
  )
}

const termOf = ({ lot = {} }: EarningRule): string => JSON.stringify([lot.pending ?? null, lot.validity ?? null])

const hasTwoTerms = (rules: ReadonlyArray<EarningRule>): boolean => new Set(rules.map(termOf)).size > 1

/** Of a group the best earns, and another one is best for other amounts: then other caps and multipliers take hold. */
const hasUnevenGroups = ({ earning: { groups = [], rules, caps = [] } }: Program): boolean =>
  groups.some(({ mode }) => mode === 'best') &&
  (caps.length > 0 ||
    rules.some(({ lot }) => lot !== undefined) ||
    rules.some((rule) => awardsOf(rule).some(({ mode }) => mode === 'multiplier')))

/**
 * Whether points of two terms share a rounding or a cap: the shares of what is rounded are not all larger where the sum is,
 * and what one earning takes of the room of a cap is missing to another. `actions`: each by itself.
 */
const mixesTerms = ({ earning: { rules, caps = [] } }: Program, ids: ReadonlySet<RuleId> | null): boolean => {
  const groups = new Map<string, Array<EarningRule>>()
  for (const rule of rules) {
    if (ids?.has(rule.id) === false) continue
    const isCapped = caps.some(({ wallet }) => wallet === rule.wallet)
    const key = JSON.stringify([rule.wallet, isCapped ? null : (rule.on ?? 'purchase')])
    groups.set(key, [...(groups.get(key) ?? []), rule])
  }
  return [...groups.values()].some(hasTwoTerms)
}

const earnedBy = ({ rules }: WalletEarning): ReadonlyArray<RuleId> =>
  rules.flatMap(({ rule, numerator, before }) => (numerator === '0' && before === '0' ? [] : [rule]))

/** What is known of how a goal follows from what a purchase costs. */
export const spendOrder = (
  { program, rewards }: CompiledProgram,
  { at, vouchers = [] }: Omit<Purchase, 'lines' | 'type' | 'payments'>,
  goal: Goal,
  by: Instant,
): SpendOrder => {
  const { earning, ladders, automaticRedemptions = [] } = program
  const { caps = [] } = earning
  const reward = goal.type === 'reward' ? rewards.get(goal.reward)?.reward : undefined
  const isMixed = countsBalances(program, goal) && mixesTerms(program, null)
  // What vouchers take off may need a minimum.
  const isAlwaysUneven = vouchers.length > 0 || hasUnevenGroups(program)
  const isOrdered = ![
    isAlwaysUneven,
    isMixed,
    // A gift that takes points away, or finds less room, after an upgrade that comes of a larger purchase.
    hasEffects(program) && (caps.length > 0 || earning.rules.some((rule) => awardsOf(rule).some(isNegative))),
    caps.some(({ onExceed }) => onExceed === 'reject'),
    // A higher tier may be valid for a shorter time than a lower one.
    by > at && ladders.some(({ tiers }) => tiers.some(({ validity }) => validity !== undefined)),
    heedsUpgrades(program),
    automaticRedemptions.length > 0,
    reward !== undefined && isOfLowerTiers(program, reward),
  ].some(Boolean)
  return {
    isOrdered,
    asksForTrace: !isOrdered && (isMixed || caps.some(({ onExceed }) => onExceed === 'reject')),
    heedsRooms: false,
    isUneven: (trace) =>
      isAlwaysUneven ||
      (isMixed &&
        mixesTerms(program, new Set(trace.flatMap((step) => (step.step === 'earning' ? earnedBy(step.earning) : []))))),
  }
}

/**
 * The same for several purchases of one amount: they share the room of caps, so that what one takes of it is missing to
 * the next, and what becomes of the one depends on the tier, the level and the reward that the one before led to.
 */
export const visitsOrder = (
  compiled: CompiledProgram,
  visits: ReadonlyArray<Parameters<typeof spendOrder>[1]>,
  goal: Goal,
  by: Instant,
): SpendOrder => {
  const orders = visits.map((visit) => spendOrder(compiled, visit, goal, by))
  return {
    isOrdered: false,
    asksForTrace: (compiled.program.earning.caps ?? []).length > 0 || mixesTerms(compiled.program, null),
    heedsRooms: true,
    isUneven: (trace) => orders.some(({ isUneven }) => isUneven(trace)),
  }
}
