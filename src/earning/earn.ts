/** What an activity earns: base awards, multipliers, what is flat, caps, one rounding, and the allocation. */
import * as E from 'fp-ts/Either'
import {
  type ExactInteger,
  exactProduct,
  type OutOfRange,
  type Points,
  roundRatio,
  type Zone,
} from '../foundation/index.ts'
import type { MultiplierAward } from './award.ts'
import type { CompiledEarning, CompiledWalletEarning } from './compile-earning.ts'
import { type Contribution, contribution, sumOf } from './contribution.ts'
import { type CapOutcome, cutContributions, cutSlots } from './cut-contributions.ts'
import { activityFault } from './earning-activity-fault.ts'
import type { EarningActivity, EarningContext } from './earning-context.ts'
import type { EarningRounding } from './earning-rules.ts'
import { factsByPlan } from './facts.ts'
import { type Multiplied, multiply } from './multiply.ts'
import { isPlain, plainEarning } from './plain-earning.ts'
import { type UnknownFact, wholeBasis } from './rule-basis.ts'
import { bestOfGroups } from './rule-group.ts'
import { type EarningScene, selectRules } from './rule-selection.ts'
import { partsOf, type Settlement, settleAction, settleCutPurchase, settlePurchase, sumBySlot } from './settlement.ts'
import type { DeferredEarning, MilestoneEarning, RuleEarning, RuleMultiplier, WalletEarning } from './wallet-earning.ts'

/** Why nothing can be earned. */
export type EarningFault = OutOfRange | UnknownFact

/** How to earn. */
export interface EarnOptions {
  /**
   * Whether rules that ask for it may refuse the activity where a fact is missing. Default `true`; what is left of a
   * purchase after a return is counted with `false`, since a return is never refused for a fact that nobody asked for.
   */
  readonly mayRefuse?: boolean
  /**
   * Whether `rules` is to tell what each rule adds. Default `true`; without it nothing else differs, and it takes less time.
   */
  readonly byRule?: boolean
}

/** What an activity earns. */
export interface Earned {
  readonly wallets: ReadonlyArray<WalletEarning>
}

/** The place of the case that decided. */
const caseOf = ({ rule: { cases }, award }: Contribution): number | null => {
  if (cases.length === 0) return null
  const place = cases.findIndex((one) => one.award === award)
  return place < 0 ? null : place
}

/** A contribution that no multiplier and no cap has changed. */
const plainRuleEarning = (one: Contribution): RuleEarning => {
  const { rule, award, basis, total } = one
  const numerator = String(total)
  return {
    rule: rule.rule.id,
    stage: award.stage === 'flat' ? 'flat' : 'base',
    case: caseOf(one),
    award: award.award,
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
  const { rule, stage, case: place, award, lines, basisMinor, numerator } = plainRuleEarning(after)
  return {
    rule,
    stage,
    case: place,
    award,
    lines,
    basisMinor,
    numerator,
    before: String(exactProduct(before.total, scale)),
    granted: String(granted),
  }
}

const multiplierEarning = (one: Contribution): RuleMultiplier => {
  const award = one.award.award as MultiplierAward
  return { rule: one.rule.rule.id, case: caseOf(one), award, factor: award.factor, lines: one.basis.ids }
}

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

const ruleEarnings = (
  { before, contributions, scale }: Stages,
  { granted }: CapOutcome,
  { byRule }: EarningScene,
): ReadonlyArray<RuleEarning> => {
  if (!byRule) return nothing
  return before === contributions && granted === null
    ? contributions.map(plainRuleEarning)
    : contributions.map((after, index) =>
        ruleEarning(before[index] ?? after, after, granted?.[index] ?? after.total, scale),
      )
}

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
  if (isPlain(compiled, scene)) return plainEarning(rounding, compiled, scene)
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
    rules: ruleEarnings(stages, cut, scene),
    multipliers: compiled.hasMultipliers ? stages.multipliers.map(multiplierEarning) : nothing,
    capSteps: cut.steps,
    deferred: deferredEarnings(cut, contributions, denominator, compiled),
    levels: compiled.hasMilestones ? levelsOf(contributions) : nothing,
    byLine,
    parts: partsOf(points, contributions, cut.granted, compiled.lots),
  })
}

/** Mostly there is one wallet: a list that is made with it takes less room than one that starts empty. */
const earnInWallets = (
  earning: CompiledEarning,
  compiled: ReadonlyArray<CompiledWalletEarning>,
  scene: EarningScene,
): E.Either<EarningFault, Earned> => {
  const [only] = compiled
  if (only !== undefined && compiled.length === 1) {
    const one = earnInWallet(earning, only, scene)
    return E.isLeft(one) ? one : E.right({ wallets: [one.right] })
  }
  const wallets: Array<WalletEarning> = []
  for (const wallet of compiled) {
    const one = earnInWallet(earning, wallet, scene)
    if (E.isLeft(one)) return one
    wallets.push(one.right)
  }
  return E.right({ wallets })
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
  { mayRefuse = true, byRule = true }: EarnOptions = {},
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
    byRule,
  }
  return earnInWallets(earning, compiled.wallets, scene)
}
