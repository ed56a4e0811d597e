/** Which rules of a wallet earn for an activity, each with the award that applies. */
import * as E from 'fp-ts/Either'
import type { RuleId, Zone } from '../foundation/index.ts'
import { conditionTruth, type Facts, matchRules } from '../rules/index.ts'
import type { CompiledAward } from './compile-award.ts'
import type { CompiledEarningRule, CompiledWalletEarning } from './compile-earning.ts'
import type { CapRoom, EarningActivity, MilestoneProgress } from './earning-context.ts'
import { type RuleBasis, ruleBasis, type UnknownFact, unknownFact } from './rule-basis.ts'
import { isWithinSchedule } from './schedule.ts'

/** All that rules look at. */
export interface EarningScene {
  readonly activity: EarningActivity
  readonly zone: Zone
  readonly facts: Facts
  readonly whole: RuleBasis
  /** How far the member is, by rule. */
  readonly milestones: ReadonlyMap<RuleId, MilestoneProgress> | null
  readonly rooms: ReadonlyArray<CapRoom>
  /** The rules in cooldown, where there are any. */
  readonly cooling: ReadonlySet<RuleId> | null
  /** Whether rules may refuse the activity where a fact is missing; where not, they are skipped. */
  readonly mayRefuse: boolean
  /** Whether it is to be told what each rule adds. */
  readonly byRule: boolean
}

/** A rule that earns. */
export interface SelectedRule {
  readonly rule: CompiledEarningRule
  readonly award: CompiledAward
  readonly basis: RuleBasis
}

/** The places of the rules whose condition holds, or is unknown where such a rule earns nevertheless. */
const matchedPlaces = (
  { orders, rules, asked }: CompiledWalletEarning,
  { facts, mayRefuse }: EarningScene,
): E.Either<UnknownFact, ReadonlyArray<number>> => {
  const matched = matchRules(orders, facts)
  if (asked.length === 0) return E.right(matched)
  const unknown: Array<number> = []
  for (const place of asked) {
    const rule = rules[place]
    if (rule === undefined || rule.when === null || conditionTruth(rule.when, facts) !== 'unknown') continue
    if (rule.rule.whenUnknown === 'earn') unknown.push(place)
    else if (mayRefuse) return E.left(unknownFact(rule, facts))
  }
  return E.right(unknown.length === 0 ? matched : [...matched, ...unknown].sort((a, b) => a - b))
}

/** The award of the first case that holds, or else the rule's own. */
const awardOf = (
  rule: CompiledEarningRule,
  { facts, mayRefuse }: EarningScene,
): E.Either<UnknownFact, CompiledAward | null> => {
  const { whenUnknown } = rule.rule
  for (const { when, award } of rule.cases) {
    const truth = conditionTruth(when, facts)
    if (truth === 'true' || (truth === 'unknown' && whenUnknown === 'earn')) return E.right(award)
    if (truth === 'unknown' && whenUnknown === 'reject' && mayRefuse) return E.left(unknownFact(rule, facts))
  }
  return E.right(rule.award)
}

/** Whether the value that an award is counted by is missing. */
const lacksValue = ({ award }: CompiledAward, facts: Facts): boolean =>
  award.mode === 'perValue' && !(Object.hasOwn(facts, award.field) && Number.isSafeInteger(facts[award.field]))

const select = (rule: CompiledEarningRule, scene: EarningScene): E.Either<UnknownFact, SelectedRule | null> => {
  const { activity, facts, whole, mayRefuse } = scene
  const award = awardOf(rule, scene)
  if (E.isLeft(award)) return award
  if (award.right === null) return E.right(null)
  if (lacksValue(award.right, facts)) {
    return rule.rule.whenUnknown === 'reject' && mayRefuse ? E.left(unknownFact(rule, facts)) : E.right(null)
  }
  const basis = ruleBasis(rule, activity.lines, whole, mayRefuse)
  return E.isLeft(basis) ? basis : E.right({ rule, award: award.right, basis: basis.right })
}

/** Whether a rule may still earn after those before it. */
const mayEarn = (
  { rule, group }: CompiledEarningRule,
  { activity, zone, cooling }: EarningScene,
  taken: ReadonlySet<string> | null,
): boolean =>
  cooling?.has(rule.id) !== true &&
  (rule.during === undefined || isWithinSchedule(rule.during, zone, activity.at)) &&
  (taken === null || group === null || !taken.has(group.id))

const nothing: E.Either<never, null> = /* @__PURE__ */ E.right(null)

const selectUnlessTaken = (
  rule: CompiledEarningRule | undefined,
  scene: EarningScene,
  taken: ReadonlySet<string> | null,
): E.Either<UnknownFact, SelectedRule | null> =>
  rule !== undefined && mayEarn(rule, scene, taken) ? select(rule, scene) : nothing

/** The group of which a rule is the first match. */
const takenBy = ({ rule: { group }, basis }: SelectedRule): string | null =>
  group?.mode === 'firstMatch' && basis.isMet ? group.id : null

const stops = ({ rule: { rule }, basis }: SelectedRule): boolean => rule.stop === true && basis.isMet

/** The rules at some places, one after the other. */
const selectInOrder = (
  { rules, hasFirstMatch }: CompiledWalletEarning,
  places: ReadonlyArray<number>,
  scene: EarningScene,
): E.Either<UnknownFact, ReadonlyArray<SelectedRule>> => {
  const selected: Array<SelectedRule> = []
  const taken = hasFirstMatch ? new Set<string>() : null
  for (const place of places) {
    const one = selectUnlessTaken(rules[place], scene, taken)
    if (E.isLeft(one)) return one
    if (one.right === null) continue
    selected.push(one.right)
    const group = takenBy(one.right)
    if (group !== null) taken?.add(group)
    if (stops(one.right)) break
  }
  return E.right(selected)
}

/**
 * The rules of a wallet that earn, in the order of the program. A rule for which no line counts is among them, but it
 * neither stops others nor is the first match of its group.
 */
export const selectRules = (
  wallet: CompiledWalletEarning,
  scene: EarningScene,
): E.Either<UnknownFact, ReadonlyArray<SelectedRule>> => {
  const places = matchedPlaces(wallet, scene)
  return E.isLeft(places) ? places : selectInOrder(wallet, places.right, scene)
}
