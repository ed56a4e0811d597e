/** What costs more than it brings: purchases that earn above their margin, and referrals. */
import * as E from 'fp-ts/Either'
import type { EarningRule, WalletEarning } from '../../earning/index.ts'
import type { RuleId } from '../../foundation/index.ts'
import {
  lintReferralTerms,
  type ReferralFinding,
  type ReferralProportion,
  type ReferralRewardKind,
  type ReferralTerms,
} from '../../referrals/index.ts'
import type { Condition } from '../../rules/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { satisfied } from './lint-condition.ts'
import type { FindingCode, Findings, ProgramFinding, Witness } from './lint-finding.ts'
import { historyFor, played } from './lint-history.ts'
import type { ProgramEconomics } from './lint-options.ts'
import type { LintedRule } from './lint-rules.ts'
import { paidReferrer } from './lint-terms.ts'

const REASONS: Readonly<Record<ReferralFinding['type'], string>> = {
  rewardExceedsMargin: 'both sides together cost more than the least purchase brings',
  milestoneExceedsMargin: 'whoever brings just so many friends costs more than all of them bring',
  reviewShorterThanReturns: 'the referrer is paid while the goods can still be returned',
  noMinimumSpend: 'a purchase of any amount makes a referral count',
  capBelowReward: 'not even one whole reward fits the cap',
}

const CODES: Readonly<Record<ReferralFinding['type'], FindingCode>> = {
  rewardExceedsMargin: 'rewardExceedsMargin',
  milestoneExceedsMargin: 'milestoneExceedsMargin',
  reviewShorterThanReturns: 'reviewShorterThanReturns',
  noMinimumSpend: 'noMinimumSpend',
  capBelowReward: 'capBelowGrant',
}

/** Where a finding of the terms is, among the terms of the program. */
const pathOf = (terms: ReferralTerms, finding: ReferralFinding): ProgramFinding['path'] => {
  const path = ['referral', 'terms']
  switch (finding.type) {
    case 'rewardExceedsMargin':
      return [...path, 'referrer']
    case 'milestoneExceedsMargin':
      return [...path, 'milestones', terms.milestones.findIndex(({ referrals }) => referrals === finding.referrals)]
    case 'reviewShorterThanReturns':
      return [...path, 'review']
    case 'noMinimumSpend':
      return [...path, 'eligibility', 'minimumSpend']
    case 'capBelowReward':
      return [...path, 'caps', terms.caps.findIndex(({ id }) => id === finding.cap)]
  }
}

const free: ReferralProportion = { numerator: 0, denominator: 1 }

const costOf =
  (economics: ProgramEconomics | undefined) =>
  (kind: ReferralRewardKind): ReferralProportion => {
    if (economics === undefined) return free
    switch (kind.type) {
      case 'points':
        return economics.pointCost(kind.wallet)
      case 'voucher':
        return { numerator: economics.voucherMinor?.(kind.voucher) ?? 0, denominator: 1 }
      case 'tierCredit':
        return free
      default:
        return { numerator: 1, denominator: 1 }
    }
  }

/** What the lint of referral terms finds, and rewards without end. */
export const lintReferral = (compiled: CompiledProgram, economics: ProgramEconomics | undefined): Findings => {
  const { referral, returnWindow } = compiled.program
  if (referral === undefined) return []
  const { terms, levels } = referral
  const margin = economics?.margin ?? { numerator: 1, denominator: 1 }
  const held = { margin, cost: costOf(economics), returnWindow, ...(levels === undefined ? {} : { levels }) }
  const { kind } = terms.referrer
  const paid = kind.type === 'points' ? paidReferrer(compiled, terms, kind.wallet) : undefined
  const found = lintReferralTerms(terms, held).map((finding): ProgramFinding => {
    const { type } = finding
    const shown = type === 'reviewShorterThanReturns' || type === 'noMinimumSpend' ? paid : undefined
    return {
      code: CODES[type],
      severity: type === 'noMinimumSpend' ? 'note' : 'warning',
      path: pathOf(terms, finding),
      reason: REASONS[type],
      witness: shown ?? { type: 'room', figures: { ...finding } },
    }
  })
  if (terms.caps.length > 0) return found
  const witness: Witness = paid ?? { type: 'room', figures: { caps: 0 } }
  const reason = 'no cap limits for how many friends a referrer is rewarded'
  return [
    ...found,
    { code: 'unboundedReferral', severity: 'note', path: ['referral', 'terms', 'caps'], reason, witness },
  ]
}

/** Minor units that shares of some units come to, as an exact fraction. */
interface Sum {
  readonly over: bigint
  readonly under: bigint
}

const plus = (sum: Sum, units: number, { numerator, denominator }: ReferralProportion): Sum => ({
  over: sum.over * BigInt(denominator) + BigInt(units) * BigInt(numerator) * sum.under,
  under: sum.under * BigInt(denominator),
})

const nothing: Sum = { over: 0n, under: 1n }

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
  const cost = earnings.reduce((sum, { points, wallet }) => plus(sum, points, pointCost(wallet)), nothing)
  const minor = last.lines.reduce((sum, { amount }) => sum + amount.minor, 0)
  const left = plus(nothing, minor, margin)
  return cost.over * left.under > left.over * cost.under ? earnings.map(mostGivenBy).find(Boolean) : undefined
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
  linted: LintedRule,
  facts: LintedRule['facts'],
  economics: ProgramEconomics,
): Witness | undefined => {
  const { rule, lineFacts } = linted
  if (typeof facts === 'string' || typeof lineFacts === 'string') return undefined
  for (const amount of amountsFor(rule)) {
    const activities = historyFor(compiled, rule, { facts, lineFacts, amount })
    const last = activities?.[activities.length - 1]
    if (activities === undefined || last === undefined) continue
    if (lossBy(compiled, activities, economics) === rule.id) return { type: 'history', activities, until: last.at }
  }
  return undefined
}

/** So many rules are tried together; conditions that are too large are left out anyway. */
const MOST_STACKED = 100

/** Facts at which as many rules as possible hold at once, taken in their order, beginning with one of them. */
const stackedFacts = (first: LintedRule, rules: ReadonlyArray<LintedRule>): LintedRule['facts'] => {
  const conditionOf = ({ rule, always }: LintedRule): ReadonlyArray<Condition> => [
    ...(rule.when === undefined ? [] : [rule.when]),
    ...always,
  ]
  let together = conditionOf(first)
  let facts = first.facts
  for (const one of rules.slice(0, MOST_STACKED)) {
    if (one === first || one.rule.when === undefined) continue
    const more = [...together, ...conditionOf(one)]
    const found = satisfied(first.vocabulary, more)
    if (typeof found === 'string') continue
    together = more
    facts = found
  }
  return facts
}

/** So many rules are tried, one by one. */
const MOST_TRIED = 200

/** The rules that purchases earn by, as far as they are tried. */
const purchaseRules = (rules: ReadonlyArray<LintedRule>): ReadonlyArray<LintedRule> =>
  rules.filter(({ rule }) => (rule.on ?? 'purchase') === 'purchase').slice(0, MOST_TRIED)

/** Whether a rule adds to what others earn. */
const isMultiplied = ({ rule }: LintedRule): boolean =>
  rule.award?.mode === 'multiplier' || rule.award?.mode === 'bonus'

/** A rule with facts at which it earns by itself, and at which as many multipliers and bonuses as can hold with it do. */
export interface StackedRule {
  readonly linted: LintedRule
  readonly facts: ReadonlyArray<LintedRule['facts']>
}

/** So many rules are tried where each is held against something else. */
const MOST_PAIRED = 50

/** The rules that purchases earn by, each under its best stacking. */
export const stackedRules = (rules: ReadonlyArray<LintedRule>): ReadonlyArray<StackedRule> => {
  const ofPurchases = purchaseRules(rules)
  const multiplied = ofPurchases.filter(isMultiplied)
  return ofPurchases
    .filter(({ rule }) => rule.award?.mode !== 'multiplier')
    .slice(0, MOST_PAIRED)
    .map((linted) => ({ linted, facts: [...new Set([linted.facts, stackedFacts(linted, multiplied)])] }))
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
    const alone = lossOf(compiled, linted, linted.facts, economics)
    const witness = alone ?? lossOf(compiled, linted, stackedFacts(linted, multiplied), economics)
    if (witness === undefined) return []
    const reason =
      alone === undefined
        ? 'together with the multipliers and bonuses that can hold with it, a purchase earns more than it leaves'
        : 'a purchase earns points that are worth more than it leaves'
    return [{ code: 'earningExceedsMargin', severity: 'warning', path: linted.path, reason, witness }]
  })
}
