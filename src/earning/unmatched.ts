/** Why a rule did not match an order. */
import type { Instant, RuleId, Zone } from '../foundation/index.ts'
import type { ConditionExplanation } from '../rules/index.ts'
import type { CompiledEarning } from './compile-earning.ts'
import type { WalletEarning } from './earn.ts'
import type { CountedLine } from './purchase.ts'
import { orderFacts } from './vocabulary.ts'

/** A rule that did not match, with every part of its condition and what was found. */
export interface UnmatchedRule {
  readonly rule: RuleId
  readonly explanation: ConditionExplanation
}

/**
 * The rules of a wallet that did not match an order, and why.
 *
 * @param earning - compiled rules
 * @param earned - what the order earned in the wallet
 * @param lines - the lines of the order
 * @param zone - the zone of the program's calendar
 * @param at - when the order was made
 *
 * @example
 * ```ts
 * import { compileEarning, type Currency, decode, earn, earningRuleCodec, type LineId, parseInstant, unwrap } from 'treue'
 * import { unmatchedRules, utc, type WalletId } from 'treue'
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
 * const lines = [{ id: '1' as LineId, minor: 1999, categories: [] }]
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const [earned] = unwrap(earn(compiled, lines, utc, at))
 * const unmatched = earned === undefined ? [] : unmatchedRules(compiled, earned, lines, utc, at)
 * unmatched.map(({ rule, explanation }) => [rule, explanation.truth]) // => [['large orders', 'false']]
 * ```
 */
export const unmatchedRules = (
  earning: CompiledEarning,
  earned: WalletEarning,
  lines: ReadonlyArray<CountedLine>,
  zone: Zone,
  at: Instant,
): ReadonlyArray<UnmatchedRule> => {
  const matched = new Set(earned.rules.map(({ rule }) => rule))
  const rules = earning.wallets.find(({ wallet }) => wallet === earned.wallet)?.rules ?? []
  const unmatched = rules.filter(({ rule }) => !matched.has(rule.id))
  if (unmatched.length === 0) return []
  const facts = orderFacts(lines, zone, at)
  return unmatched.map(({ rule, explain }) => ({ rule: rule.id, explanation: explain(facts) }))
}
