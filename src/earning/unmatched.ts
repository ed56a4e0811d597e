/** Why a rule did not earn. */
import type { Instant, RuleId, Zone } from '../foundation/index.ts'
import type { ConditionExplanation } from '../rules/index.ts'
import type { CompiledEarning, CompiledEarningRule } from './compile-earning.ts'
import type { WalletEarning } from './earn.ts'
import type { EarningActivity, EarningContext } from './earning-context.ts'
import { factsByPlan } from './facts.ts'
import { isWithinSchedule } from './schedule.ts'

/**
 * What kept a rule from earning: it is in `cooldown`, it is not the time of its `schedule`, its `condition` does not hold, a rule before it `stopped` those
 * after it, another one of its `group` earned, or it had nothing to award (`noAward`): no case held, or the value that
 * it counts is missing.
 */
export type UnmatchedReason = 'cooldown' | 'schedule' | 'condition' | 'stopped' | 'group' | 'noAward'

/** A rule that did not earn, with every part of its condition and what was found. */
export interface UnmatchedRule {
  readonly rule: RuleId
  readonly reason: UnmatchedReason
  readonly explanation: ConditionExplanation
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

/** What kept a rule from earning by itself, if anything did. */
const ownReason = (
  one: CompiledEarningRule,
  explanation: ConditionExplanation,
  zone: Zone,
  at: Instant,
  cooling: ReadonlySet<RuleId> | null,
): UnmatchedReason | null => {
  const { id, during } = one.rule
  if (cooling?.has(id) === true) return 'cooldown'
  if (during !== undefined && !isWithinSchedule(during, zone, at)) return 'schedule'
  return holdsFor(one, explanation) ? null : 'condition'
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
): ReadonlyArray<UnmatchedRule> => {
  const compiled = earning.activities.get(activity.action)
  const rules = compiled?.wallets.find(({ wallet }) => wallet === earned.wallet)?.rules ?? []
  const matched = earnedRules(earned)
  if (compiled === undefined || rules.every(({ rule }) => matched.has(rule.id))) return []
  const facts = factsByPlan(compiled.facts, activity, zone, context)
  const cooling = context.cooling.length === 0 ? null : new Set(context.cooling)
  let earners: Earners | null = null
  const reasonOf = (one: CompiledEarningRule, place: number, explanation: ConditionExplanation): UnmatchedReason => {
    const own = ownReason(one, explanation, zone, activity.at, cooling)
    if (own !== null) return own
    earners ??= earnersOf(rules, earned, activity)
    return reasonAmong(one, place, earners)
  }
  const unmatched: Array<UnmatchedRule> = []
  for (const [place, one] of rules.entries()) {
    if (matched.has(one.rule.id)) continue
    const explanation = one.explain(facts)
    unmatched.push({ rule: one.rule.id, reason: reasonOf(one, place, explanation), explanation })
  }
  return unmatched
}
