/** What an activity earns: base awards, multipliers, what is flat, caps, one rounding, and the allocation. */
import * as E from 'fp-ts/Either'
import {
  type CapId,
  type ExactInteger,
  exactProduct,
  type LineId,
  type OutOfRange,
  type Points,
  type RuleId,
  roundRatio,
  type WalletId,
  type Zone,
} from '../foundation/index.ts'
import { matchRules } from '../rules/index.ts'
import type { MultiplierAward } from './award.ts'
import type { CapStep } from './cap-cut.ts'
import type { CompiledEarning, CompiledWalletEarning } from './compile-earning.ts'
import { type Contribution, contribution, plainContributions, sumOf } from './contribution.ts'
import { type CapOutcome, cutContributions, cutSlots } from './cut-contributions.ts'
import { activityFault } from './earning-activity-fault.ts'
import type { EarningActivity, EarningContext } from './earning-context.ts'
import type { EarningRounding } from './earning-rules.ts'
import { factsByPlan } from './facts.ts'
import { type Multiplied, multiply } from './multiply.ts'
import { type UnknownFact, wholeBasis } from './rule-basis.ts'
import { bestOfGroups } from './rule-group.ts'
import { type EarningScene, selectRules } from './rule-selection.ts'
import {
  type EarnedPart,
  partsOf,
  type Settlement,
  settleAction,
  settleCutPurchase,
  settlePurchase,
  sumBySlot,
} from './settlement.ts'

/** Why nothing can be earned. */
export type EarningFault = OutOfRange | UnknownFact

/** What one rule adds, before rounding. */
export interface RuleEarning {
  readonly rule: RuleId
  /** `base` points are multiplied, `flat` ones are not. */
  readonly stage: 'base' | 'flat'
  /** The lines that counted. */
  readonly lines: ReadonlyArray<LineId>
  /** What of them counted, in minor units. */
  readonly basisMinor: number
  /** The raw points are `numerator ÷ denominator` of the wallet's earning; a decimal integer of any length. */
  readonly numerator: string
  /** The same before multipliers. */
  readonly before: string
  /** The same after caps. */
  readonly granted: string
}

/** A multiplier that matched. */
export interface RuleMultiplier {
  readonly rule: RuleId
  /** A decimal number. */
  readonly factor: string
  /** The lines whose points it multiplies. */
  readonly lines: ReadonlyArray<LineId>
}

/** How far an activity takes the milestone of a rule. */
export interface MilestoneEarning {
  readonly rule: RuleId
  /** What it adds to the member's running count. */
  readonly counted: number
  /** The levels above those that were paid before; each earns the points of the award. */
  readonly levels: number
}

/** Points that wait for the next window of a cap. */
export interface DeferredEarning {
  readonly cap: CapId
  readonly points: Points
  /** The points of each lot; they sum to `points`. */
  readonly parts: ReadonlyArray<EarnedPart>
}

/** What an activity earns in one wallet, with all that is needed to compute it again. */
export interface WalletEarning {
  readonly wallet: WalletId
  /** After caps and rounding, in the wallet's smallest unit; below 0 where an action takes points away. */
  readonly points: Points
  /** What it would be without caps. */
  readonly desired: Points
  /** A decimal integer of any length. */
  readonly denominator: string
  /** The rules that earned. */
  readonly rules: ReadonlyArray<RuleEarning>
  /** What each cap that counted something let through, in the order of the program. */
  readonly capSteps: ReadonlyArray<CapStep>
  /** What waits for the next window of a cap. */
  readonly deferred: ReadonlyArray<DeferredEarning>
  /** The multipliers that matched. */
  readonly multipliers: ReadonlyArray<RuleMultiplier>
  /** The milestones that counted. */
  readonly levels: ReadonlyArray<MilestoneEarning>
  /** The points of each line, in the order of the purchase; they sum to `points`. None for an action. */
  readonly byLine: ReadonlyArray<number>
  /** The points of each lot; they sum to `points`. */
  readonly parts: ReadonlyArray<EarnedPart>
}

/** How to earn. */
export interface EarnOptions {
  /**
   * Whether rules that ask for it may refuse the activity where a fact is missing. Default `true`; what is left of a
   * purchase after a return is counted with `false`, since a return is never refused for a fact that nobody asked for.
   */
  readonly mayRefuse?: boolean
}

/** What an activity earns. */
export interface Earned {
  readonly wallets: ReadonlyArray<WalletEarning>
}

/** A contribution that no multiplier and no cap has changed. */
const plainRuleEarning = ({ rule, award, basis, total }: Contribution): RuleEarning => {
  const numerator = String(total)
  return {
    rule: rule.rule.id,
    stage: award.stage === 'flat' ? 'flat' : 'base',
    lines: basis.ids,
    basisMinor: basis.minor,
    numerator,
    before: numerator,
    granted: numerator,
  }
}

/** A contribution before multipliers, after them, and after caps. */
const ruleEarning = (
  before: Contribution,
  after: Contribution,
  granted: ExactInteger,
  scale: ExactInteger,
): RuleEarning => {
  const { rule, stage, lines, basisMinor, numerator } = plainRuleEarning(after)
  return {
    rule,
    stage,
    lines,
    basisMinor,
    numerator,
    before: String(exactProduct(before.total, scale)),
    granted: String(granted),
  }
}

const multiplierEarning = ({ rule, award, basis }: Contribution): RuleMultiplier => ({
  rule: rule.rule.id,
  factor: (award.award as MultiplierAward).factor,
  lines: basis.ids,
})

const levelsOf = (contributions: ReadonlyArray<Contribution>): ReadonlyArray<MilestoneEarning> =>
  contributions.flatMap(({ rule, reach }) =>
    reach === null ? [] : [{ rule: rule.rule.id, counted: reach.counted, levels: reach.levels }],
  )

const nothing: ReadonlyArray<never> = []

/** The contributions of a wallet before and after multipliers. */
interface Stages extends Multiplied {
  readonly before: ReadonlyArray<Contribution>
  readonly multipliers: ReadonlyArray<Contribution>
}

const stagesOf = (
  earning: ReadonlyArray<Contribution>,
  hasMultipliers: boolean,
  stacking: CompiledEarning['multipliers'],
  slots: ReadonlyArray<unknown>,
): Stages => {
  const multipliers = hasMultipliers ? earning.filter(({ award }) => award.stage === 'multiplier') : nothing
  if (multipliers.length === 0) return { before: earning, multipliers, contributions: earning, scale: 1 }
  const before = earning.filter(({ award }) => award.stage !== 'multiplier')
  const { contributions, scale } = multiply(before, multipliers, stacking, slots)
  return { before, multipliers, contributions, scale }
}

const ruleEarnings = ({ before, contributions, scale }: Stages, { granted }: CapOutcome): ReadonlyArray<RuleEarning> =>
  before === contributions && granted === null
    ? contributions.map(plainRuleEarning)
    : contributions.map((after, index) =>
        ruleEarning(before[index] ?? after, after, granted?.[index] ?? after.total, scale),
      )

/** What waits is rounded down, so that together with what is granted it is never more than what was earned. */
const deferredEarnings = (
  { deferred }: CapOutcome,
  contributions: ReadonlyArray<Contribution>,
  denominator: ExactInteger,
  { lots }: CompiledWalletEarning,
): ReadonlyArray<DeferredEarning> =>
  deferred.length === 0
    ? nothing
    : deferred.flatMap(({ cap, raw }) => {
        const points = roundRatio(sumOf(raw), denominator, 'floor')
        if (E.isLeft(points) || points.right === 0) return []
        return [{ cap, points: points.right as Points, parts: partsOf(points.right, contributions, raw, lots) }]
      })

/** What the raw points of a wallet come to, with and without caps. */
interface Settled extends Settlement {
  readonly desired: number
}

const settle = (
  rounding: EarningRounding,
  { granted }: CapOutcome,
  contributions: ReadonlyArray<Contribution>,
  denominator: ExactInteger,
  { activity, whole }: EarningScene,
): E.Either<OutOfRange, Settled> => {
  const isPurchase = activity.action === 'purchase'
  const raw = sumBySlot(contributions, whole)
  const desired = isPurchase
    ? settlePurchase(raw, denominator, rounding)
    : settleAction(sumOf(raw), denominator, rounding)
  if (E.isLeft(desired)) return desired
  const { points, byLine } = desired.right
  if (granted === null) return E.right({ points, byLine, desired: points })
  const cut = isPurchase
    ? settleCutPurchase(
        sumOf(granted),
        cutSlots(contributions, granted, denominator, whole.counts),
        denominator,
        rounding,
      )
    : settleAction(sumOf(granted), denominator, rounding)
  return E.isLeft(cut) ? cut : E.right({ points: cut.right.points, byLine: cut.right.byLine, desired: points })
}

/** What each rule of a wallet that earns adds, before multipliers. */
const contributionsOf = (
  wallet: CompiledWalletEarning,
  scene: EarningScene,
): E.Either<UnknownFact, ReadonlyArray<Contribution>> => {
  if (wallet.isPlain && scene.cooling === null) {
    return E.right(plainContributions(wallet.rules, matchRules(wallet.orders, scene.facts), scene.whole))
  }
  const selected = selectRules(wallet, scene)
  if (E.isLeft(selected)) return selected
  const all = selected.right.map((one) => contribution(one, scene))
  return E.right(wallet.hasBest ? bestOfGroups(all) : all)
}

const earnInWallet = (
  { rounding, multipliers: stacking }: CompiledEarning,
  compiled: CompiledWalletEarning,
  scene: EarningScene,
): E.Either<EarningFault, WalletEarning> => {
  const all = contributionsOf(compiled, scene)
  if (E.isLeft(all)) return all
  const stages = stagesOf(all.right, compiled.hasMultipliers, stacking, scene.whole.counts)
  const { contributions, scale } = stages
  const denominator = exactProduct(compiled.denominator, scale)
  const cut = cutContributions(compiled.caps, scene.rooms, contributions, denominator)
  const settled = settle(rounding, cut, contributions, denominator, scene)
  if (E.isLeft(settled)) return settled
  const { points, desired, byLine } = settled.right
  return E.right({
    wallet: compiled.wallet,
    points: points as Points,
    desired: desired as Points,
    denominator: String(denominator),
    rules: ruleEarnings(stages, cut),
    multipliers: compiled.hasMultipliers ? stages.multipliers.map(multiplierEarning) : nothing,
    capSteps: cut.steps,
    deferred: deferredEarnings(cut, contributions, denominator, compiled),
    levels: compiled.hasMilestones ? levelsOf(contributions) : nothing,
    byLine,
    parts: partsOf(points, contributions, cut.granted, compiled.lots),
  })
}

/**
 * What an activity earns in each wallet, stage by stage: base awards on each line, multipliers on them, what is flat, caps, one
 * rounding of the sum, and its allocation to lines and to lots by largest remainder (S1, S4–S11, S13). A purchase never earns
 * less than 0 in a wallet; an action may take points away, and what it takes is rounded toward 0 (S2). For an action
 * that no rule is about there are no wallets.
 *
 * `OutOfRange`: an amount, the sum of the amounts, or the points of a wallet would leave the range of exact integers, or
 * an amount is below zero. `UnknownFact`: a fact is missing without which a rule asks for the activity to be refused.
 * Nothing is earned then in any wallet.
 *
 * @param earning - compiled rules
 * @param activity - a purchase with its lines, or another action
 * @param zone - the zone of the program's calendar
 * @param context - what the member's state says; {@link emptyEarningContext} where rules do not ask for it
 * @param options - whether rules may refuse the activity
 *
 * @example
 * ```ts
 * import { compileEarning, countedLines, type Currency, type EarningRules, earn, emptyEarningContext } from 'treue'
 * import { type LineId, money, parseInstant, type RuleId, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = 'points' as WalletId
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const base = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' } as const
 * const rules: EarningRules = {
 *   rounding: { mode: 'floor', on: 'order' },
 *   rules: [
 *     { id: 'base' as RuleId, wallet, award: base },
 *     { id: 'double' as RuleId, wallet, award: { mode: 'multiplier', factor: '2' } },
 *   ],
 * }
 * const compiled = compileEarning('EUR' as Currency, [{ id: wallet, decimals: 0 }], rules)
 * const lines = countedLines({}, ['1', '2', '3'].map((id) => ({ id: id as LineId, amount: eur('19.99') })))
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const activity = { action: 'purchase', at, lines, attributes: {} }
 * const { wallets: [earned] } = unwrap(earn(compiled, activity, utc, emptyEarningContext))
 * earned?.byLine // => [40, 40, 39]
 * ```
 */
export const earn = (
  earning: CompiledEarning,
  activity: EarningActivity,
  zone: Zone,
  context: EarningContext,
  { mayRefuse = true }: EarnOptions = {},
): E.Either<EarningFault, Earned> => {
  const fault = activityFault(activity, context)
  if (fault !== undefined) return E.left(fault)
  const compiled = earning.activities.get(activity.action)
  if (compiled === undefined) return E.right({ wallets: [] })
  const { milestones, rooms, cooling } = context
  const scene: EarningScene = {
    activity,
    zone,
    facts: factsByPlan(compiled.facts, activity, zone, context),
    whole: wholeBasis(activity),
    milestones: milestones.length === 0 ? null : new Map(milestones.map((one) => [one.rule, one])),
    rooms,
    cooling: cooling.length === 0 ? null : new Set(cooling),
    mayRefuse,
  }
  const wallets: Array<WalletEarning> = []
  for (const wallet of compiled.wallets) {
    const one = earnInWallet(earning, wallet, scene)
    if (E.isLeft(one)) return one
    wallets.push(one.right)
  }
  return E.right({ wallets })
}
