/** The amounts at which something else can happen to a purchase, and whether between them more is never less. */
import { challengeStanding, noProgress } from '../../challenges/index.ts'
import type { Award, EarningRule } from '../../earning/index.ts'
import type { Instant, Money } from '../../foundation/index.ts'
import type { Reward } from '../../rewards/index.ts'
import { type Condition, partsOf } from '../../rules/index.ts'
import type { Ladder } from '../../tiers/index.ts'
import type { Purchase } from '../activity/activity.ts'
import { TIER_UPGRADED } from '../decide/assess.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { MemberState } from '../state/member-state.ts'
import type { Goal } from './goal.ts'

/** The purchase to be made, but for what its one line costs. */
export interface SpendPlan {
  readonly purchase: Omit<Purchase, 'lines' | 'type' | 'payments'>
  readonly line: Omit<Purchase['lines'][number], 'amount'>
  /** The most that could be spent. */
  readonly largest: Money
}

/** The whole numbers at which tests of a condition change, in whatever unit they are. */
const constantsOf = (condition: Condition): ReadonlyArray<number> => {
  const own = Object.values(condition).flatMap((value: unknown) =>
    typeof value === 'number' ? [Math.floor(value), Math.floor(value) + 1] : [],
  )
  return [...own, ...partsOf(condition).flatMap(constantsOf)]
}

const conditionsOf = ({ when, lines, cases = [] }: EarningRule): ReadonlyArray<Condition> =>
  [when, lines, ...cases.map((one) => one.when)].filter((condition) => condition !== undefined)

/** What challenges ask of a purchase. */
const challengeConditions = ({ challenges = {} }: Program): ReadonlyArray<Condition> => {
  const { goals = [], streaks = [] } = challenges
  return [...goals.map(({ challenge }) => challenge.when), ...streaks.map(({ streak }) => streak.when)].filter(
    (condition) => condition !== undefined,
  )
}

/** What is missing to levels of challenges that sum up: from there on rules hear of another level. What is nothing does not count. */
const levelsMissing = ({ program, zone, versions }: CompiledProgram, state: MemberState, at: Instant) => {
  const goals = [...(versions.get(program.version)?.challenges.goals.values() ?? [])]
  return goals.flatMap(({ compiled: { challenge } }) => {
    if (challenge.measure.type !== 'sum') return []
    const progress = state.challenges.goals.find((one) => one.challenge === challenge.id) ?? noProgress(challenge)
    return [1, ...challengeStanding(challenge, zone, progress, at).levels.map(({ missing }) => missing)]
  })
}

/**
 * The amounts in minor units at which another set of rules can match, or another level of a challenge is given, the smallest
 * and the one after the largest included. A constant may be compared with what is left of the amount when tax or a discount
 * is taken off or put on.
 */
export const breakpoints = (
  compiled: CompiledProgram,
  state: MemberState,
  { line, largest, purchase }: SpendPlan,
): ReadonlyArray<number> => {
  const { program } = compiled
  const offsets = [0, line.tax?.minor ?? 0, line.discount?.minor ?? 0]
  const shifts = new Set(offsets.flatMap((a) => offsets.flatMap((b) => [a + b, a - b])))
  const conditions = [...program.earning.rules.flatMap(conditionsOf), ...challengeConditions(program)]
  const levels = levelsMissing(compiled, state, purchase.at)
  const minimum = program.referral === undefined ? [] : [program.referral.terms.eligibility.minimumSpend.minor]
  const constants = [...conditions.flatMap(constantsOf), ...levels, ...minimum]
  const points = constants.flatMap((constant) => [...shifts].map((shift) => constant + shift))
  const within = points.filter((point) => point > 0 && point <= largest.minor)
  return [...new Set([0, ...within, largest.minor + 1])].sort((a, b) => a - b)
}

const isNegative = (award: Award): boolean => 'points' in award && award.points.startsWith('-')

const awardsOf = ({ award, cases = [] }: EarningRule): ReadonlyArray<Award> => [
  ...(award === null ? [] : [award]),
  ...cases.map((one) => one.award),
]

/** Whether something comes of an upgrade: who comes onto a tier by steps may have more of it than who skips one. */
const heedsUpgrades = ({ earning, challenges = {}, ladders }: Program): boolean => {
  const { goals = [], streaks = [] } = challenges
  return (
    ladders.some(({ tiers }) => tiers.length > 2) &&
    [...earning.rules, ...goals, ...streaks].some(({ on }) => on === TIER_UPGRADED)
  )
}

/** Whether points that come can be gone at once. */
const losesPoints = ({ automaticRedemptions = [], ladders }: Program, goal: Goal): boolean =>
  automaticRedemptions.length > 0 &&
  (goal.type === 'points' ||
    goal.type === 'reward' ||
    ladders.some(({ metrics }) => metrics.some((metric) => metric.of === 'balance')))

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

/**
 * Whether, as long as the same rules match, spending more never leaves a member with less.
 *
 * @param compiled - the compiled program
 * @param plan - what would be bought
 * @param goal - what shall be reached
 * @param by - by when
 */
export const isMonotone = (
  { program, rewards }: CompiledProgram,
  { purchase }: SpendPlan,
  goal: Goal,
  by: Instant,
): boolean => {
  const reward = goal.type === 'reward' ? rewards.get(goal.reward)?.reward : undefined
  return [
    program.earning.rules.every((rule) => !awardsOf(rule).some(isNegative)),
    (program.earning.caps ?? []).every(({ onExceed }) => onExceed !== 'reject'),
    // A higher tier may be valid for a shorter time than a lower one.
    by <= purchase.at || program.ladders.every(({ tiers }) => tiers.every(({ validity }) => validity === undefined)),
    // What vouchers take off may need a minimum.
    (purchase.vouchers ?? []).length === 0,
    !heedsUpgrades(program),
    !losesPoints(program, goal),
    reward === undefined || !isOfLowerTiers(program, reward),
  ].every(Boolean)
}
