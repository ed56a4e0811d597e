/** Purchases that earn more than they leave. */
import * as E from 'fp-ts/Either'
import type { EarningRule, WalletEarning } from '../../earning/index.ts'
import type { RuleId } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { isDearer, noCost, plusCost } from './lint-cost.ts'
import type { Findings, Witness } from './lint-finding.ts'
import { historyFor, played } from './lint-history.ts'
import type { ProgramEconomics } from './lint-options.ts'
import type { LintedRule } from './lint-rule.ts'
import { isMultiplied, purchaseRules, stackedWith } from './lint-stacking.ts'

/** The rule that gave most of what an earning came to. */
const mostGivenBy = ({ rules }: WalletEarning): RuleId | undefined => {
  let most = { rule: rules[0]?.rule, given: 0n }
  for (const { rule, granted } of rules) {
    const given = BigInt(granted)
    if (given > most.given) most = { rule, given }
  }
  return most.rule
}

/** The rule that earns most where the last activity of a history earns more than it leaves. */
const lossBy = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  { margin, pointCost }: ProgramEconomics,
): RuleId | undefined => {
  const last = activities[activities.length - 1]
  const result = played(compiled, activities)?.steps.find(({ activity }) => activity === last)?.result
  if (last?.type !== 'purchase' || result === undefined || E.isLeft(result)) return undefined
  const earnings = result.right.trace.flatMap((step) => (step.step === 'earning' ? [step.earning] : []))
  const cost = earnings.reduce((sum, { points, wallet }) => plusCost(sum, points, pointCost(wallet)), noCost)
  const minor = last.lines.reduce((sum, { amount }) => sum + amount.minor, 0)
  const left = plusCost(noCost, minor, margin)
  return isDearer(cost, left) ? earnings.map(mostGivenBy).find(Boolean) : undefined
}

/** Amounts at which an award gives most for what is paid: the least, and one full step. */
export const amountsFor = ({ award, cases = [] }: EarningRule): ReadonlyArray<number> => {
  const steps = [award, ...cases.map((one) => one.award)].flatMap((one) =>
    one !== null && (one.mode === 'step' || one.mode === 'linear') ? [one.per.minor] : [],
  )
  return [...new Set([1, ...steps.slice(0, 3), 10_000])]
}

/** A history in which the rule earns more than the purchase leaves. */
const lossOf = (
  compiled: CompiledProgram,
  { rule, facts, lineFacts }: LintedRule,
  economics: ProgramEconomics,
): Witness | undefined => {
  if (typeof facts === 'string' || typeof lineFacts === 'string') return undefined
  for (const amount of amountsFor(rule)) {
    const activities = historyFor(compiled, rule, { facts, lineFacts, amount })
    const last = activities?.[activities.length - 1]
    if (activities === undefined || last === undefined) continue
    if (lossBy(compiled, activities, economics) === rule.id) return { type: 'history', activities, until: last.at }
  }
  return undefined
}

/** Purchases that earn more than they leave, by one rule or by all that can hold with it. */
export const lintMargins = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  economics: ProgramEconomics | undefined,
): Findings => {
  if (economics === undefined) return []
  const ofPurchases = purchaseRules(rules)
  const multiplied = ofPurchases.filter(isMultiplied)
  return ofPurchases.flatMap((linted): Findings => {
    if (linted.rule.award?.mode === 'multiplier') return []
    const alone = lossOf(compiled, linted, economics)
    const witness = alone ?? lossOf(compiled, stackedWith(compiled, linted, multiplied), economics)
    if (witness === undefined) return []
    const reason =
      alone === undefined
        ? 'together with the multipliers and bonuses that can hold with it, a purchase earns more than it leaves'
        : 'a purchase earns points that are worth more than it leaves'
    return [{ code: 'earningExceedsMargin', severity: 'warning', path: linted.path, reason, witness }]
  })
}
