/** Why a rule earned, or did not. */
import type { Instant, RuleId, Zone } from '../foundation/index.ts'
import { type ConditionExplanation, compileExplanation, type Facts } from '../rules/index.ts'
import type { CompiledActivityEarning, CompiledEarning, CompiledEarningRule } from './compile-earning.ts'
import type { EarningActivity, EarningContext } from './earning-context.ts'
import { factsByPlan } from './facts.ts'
import { isWithinSchedule } from './schedule.ts'
import type { WalletEarning } from './wallet-earning.ts'

/**
 * What kept a rule from earning: it is in `cooldown`, it is not the time of its `schedule`, its `condition` does not hold, a rule before it `stopped` those
 * after it, another one of its `group` earned, or it had nothing to award (`noAward`): no case held, or the value that
 * it counts is missing.
 */
export type UnmatchedReason = 'cooldown' | 'schedule' | 'condition' | 'stopped' | 'group' | 'noAward'

/** Whether a rule earned for an activity, and why, with every part of its conditions and what was found. */
export interface RuleExplanation {
  readonly rule: RuleId
  /** What kept it from earning; `null`: it earned. */
  readonly reason: UnmatchedReason | null
  /** What would have kept it from earning as well: its schedule, its condition. */
  readonly others: ReadonlyArray<UnmatchedReason>
  readonly explanation: ConditionExplanation
  /** The conditions of its cases that were asked, in their order; where one of them held, it is the last one. */
  readonly cases: ReadonlyArray<ConditionExplanation>
}

/** A rule that did not earn. */
export interface UnmatchedRule extends RuleExplanation {
  readonly reason: UnmatchedReason
}

const holdsFor = ({ rule }: CompiledEarningRule, { truth }: ConditionExplanation): boolean =>
  truth === 'true' || (truth === 'unknown' && rule.whenUnknown === 'earn')

/** What did earn, as far as it kept other rules from it. */
interface Earners {
  /** The place of the first rule that stopped those after it. */
  readonly stoppedFrom: number
  readonly groups: ReadonlySet<string>
}

const earnersOf = (
  rules: ReadonlyArray<CompiledEarningRule>,
  { rules: earned, multipliers }: WalletEarning,
  { action }: EarningActivity,
): Earners => {
  const met = new Set(
    [...earned, ...multipliers]
      .filter(({ lines }) => action !== 'purchase' || lines.length > 0)
      .map(({ rule }) => rule),
  )
  const stop = rules.findIndex(({ rule }) => rule.stop === true && met.has(rule.id))
  const groups = rules.flatMap(({ rule, group }) => (group !== null && met.has(rule.id) ? [group.id] : []))
  return { stoppedFrom: stop < 0 ? rules.length : stop, groups: new Set(groups) }
}

/** What kept a rule from earning by itself. */
const ownReasons = (
  one: CompiledEarningRule,
  explanation: ConditionExplanation,
  { zone, at, cooling }: Scene,
): ReadonlyArray<UnmatchedReason> => {
  const { id, during } = one.rule
  return [
    ...(cooling.has(id) ? (['cooldown'] as const) : []),
    ...(during !== undefined && !isWithinSchedule(during, zone, at) ? (['schedule'] as const) : []),
    ...(holdsFor(one, explanation) ? [] : (['condition'] as const)),
  ]
}

/** What kept a rule from earning that would have earned alone. */
const reasonAmong = ({ group }: CompiledEarningRule, place: number, earners: Earners): UnmatchedReason => {
  if (place > earners.stoppedFrom) return 'stopped'
  return group !== null && earners.groups.has(group.id) ? 'group' : 'noAward'
}

const earnedRules = ({ rules, multipliers }: WalletEarning): ReadonlySet<RuleId> => {
  const earned = new Set<RuleId>()
  for (const { rule } of rules) earned.add(rule)
  for (const { rule } of multipliers) earned.add(rule)
  return earned
}

/** The cases of a rule up to the first that held. */
const askedCases = (
  one: CompiledEarningRule,
  { vocabulary }: CompiledActivityEarning,
  { facts }: Scene,
): ReadonlyArray<ConditionExplanation> => {
  const asked: Array<ConditionExplanation> = []
  for (const { when } of one.rule.cases ?? []) {
    const explanation = compileExplanation(vocabulary, when)(facts)
    asked.push(explanation)
    if (holdsFor(one, explanation)) break
  }
  return asked
}

/** What is looked at to tell why rules earned. */
interface Scene {
  readonly facts: Facts
  readonly zone: Zone
  readonly at: Instant
  readonly cooling: ReadonlySet<RuleId>
}

/**
 * Why each rule of a wallet earned for an activity, or did not: its condition and those of its cases, with what was found.
 * The amount of what it gave, and by which case, is in what was earned.
 *
 * @param earning - compiled rules
 * @param earned - what the activity earned in the wallet
 * @param activity - the activity
 * @param zone - the zone of the program's calendar
 * @param context - what the member's state said
 *
 * @example
 * ```ts
 * import { compileEarning, countedLines, type Currency, decode, earn, earningRuleCodec, emptyEarningContext } from 'treue'
 * import { explainRules, type LineId, money, parseInstant, unwrap, utc, type WalletId } from 'treue'
 *
 * const eur = 'EUR' as Currency
 * const rule = unwrap(decode(earningRuleCodec(eur), {
 *   id: 'large orders',
 *   wallet: 'points',
 *   when: { field: 'amount', atLeast: '10.00' },
 *   award: { mode: 'linear', points: '1', per: { amount: '1.00', currency: 'EUR' }, on: 'order' },
 * }))
 * const rules = { rounding: { mode: 'floor', on: 'order' }, rules: [rule] } as const
 * const compiled = compileEarning(eur, [{ id: 'points' as WalletId, decimals: 0 }], rules)
 * const lines = countedLines({}, [{ id: '1' as LineId, amount: unwrap(money('19.99', 'EUR')) }])
 * const activity = { action: 'purchase', at: unwrap(parseInstant('2026-01-01T00:00:00Z')), lines, attributes: {} }
 * const { wallets: [earned] } = unwrap(earn(compiled, activity, utc, emptyEarningContext))
 * const explained = earned === undefined ? [] : explainRules(compiled, earned, activity, utc, emptyEarningContext)
 * explained.map(({ reason, explanation }) => [reason, explanation])
 * // => [[null, { type: 'test', truth: 'true', field: 'amount', required: { field: 'amount', atLeast: 1000 }, found: 1999 }]]
 * ```
 */
export const explainRules = (
  earning: CompiledEarning,
  earned: WalletEarning,
  activity: EarningActivity,
  zone: Zone,
  context: EarningContext,
): ReadonlyArray<RuleExplanation> => {
  const compiled = earning.activities.get(activity.action)
  const rules = compiled?.wallets.find(({ wallet }) => wallet === earned.wallet)?.rules ?? []
  if (compiled === undefined || rules.length === 0) return []
  const facts = factsByPlan(compiled.facts, activity, zone, context)
  const scene: Scene = { facts, zone, at: activity.at, cooling: new Set(context.cooling) }
  const matched = earnedRules(earned)
  const earners = earnersOf(rules, earned, activity)
  return rules.map((one, place) => {
    const { id: rule } = one.rule
    const explanation = one.explain(facts)
    const own = ownReasons(one, explanation, scene)
    const [first, ...others] = own
    const reason = matched.has(rule) ? null : (first ?? reasonAmong(one, place, earners))
    return { rule, reason, others, explanation, cases: own.length === 0 ? askedCases(one, compiled, scene) : [] }
  })
}

const isUnmatched = (one: RuleExplanation): one is UnmatchedRule => one.reason !== null

/**
 * The rules of a wallet that did not earn for an activity, and why.
 *
 * @param earning - compiled rules
 * @param earned - what the activity earned in the wallet
 * @param activity - the activity
 * @param zone - the zone of the program's calendar
 * @param context - what the member's state said
 *
 * @example
 * ```ts
 * import { compileEarning, countedLines, type Currency, decode, earn, earningRuleCodec, emptyEarningContext } from 'treue'
 * import { type LineId, money, parseInstant, unmatchedRules, unwrap, utc, type WalletId } from 'treue'
 *
 * const eur = 'EUR' as Currency
 * const rule = unwrap(decode(earningRuleCodec(eur), {
 *   id: 'large orders',
 *   wallet: 'points',
 *   when: { field: 'amount', atLeast: '50.00' },
 *   award: { mode: 'linear', points: '1', per: { amount: '1.00', currency: 'EUR' }, on: 'order' },
 * }))
 * const rules = { rounding: { mode: 'floor', on: 'order' }, rules: [rule] } as const
 * const compiled = compileEarning(eur, [{ id: 'points' as WalletId, decimals: 0 }], rules)
 * const lines = countedLines({}, [{ id: '1' as LineId, amount: unwrap(money('19.99', 'EUR')) }])
 * const activity = { action: 'purchase', at: unwrap(parseInstant('2026-01-01T00:00:00Z')), lines, attributes: {} }
 * const { wallets: [earned] } = unwrap(earn(compiled, activity, utc, emptyEarningContext))
 * const unmatched = earned === undefined ? [] : unmatchedRules(compiled, earned, activity, utc, emptyEarningContext)
 * unmatched.map(({ rule, reason }) => [rule, reason]) // => [['large orders', 'condition']]
 * ```
 */
export const unmatchedRules = (
  earning: CompiledEarning,
  earned: WalletEarning,
  activity: EarningActivity,
  zone: Zone,
  context: EarningContext,
): ReadonlyArray<UnmatchedRule> => explainRules(earning, earned, activity, zone, context).filter(isUnmatched)
