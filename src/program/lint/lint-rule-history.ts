/** Histories about one rule: in which it is skipped, cases hold together or none does, and what comes nearest to it. */
import * as E from 'fp-ts/Either'
import type { EarningRule, UnmatchedReason } from '../../earning/index.ts'
import type { RuleId } from '../../foundation/index.ts'
import type { Condition, Facts, Vocabulary } from '../../rules/index.ts'
import type { Activity } from '../activity/activity.ts'
import { type CompiledProgram, compileProgram } from '../definition/compile.ts'
import { unmatchedIn } from '../explain/explain-step.ts'
import type { Simulation } from '../simulate/simulate.ts'
import { type PlacedCondition, satisfied } from './lint-condition.ts'
import type { WitnessHistory } from './lint-finding.ts'
import { earnersIn, historyFor, type Occasion, played, shownIn, stepsIn } from './lint-history.ts'
import type { LintedRule } from './lint-rule.ts'

/** A history at whose end a rule earns, as far as its conditions are to blame; `undefined`: none is known. */
export const ruleHistory = (
  compiled: CompiledProgram,
  { rule, facts, lineFacts }: LintedRule,
  occasion: Omit<Occasion, 'facts' | 'lineFacts'> = {},
): ReadonlyArray<Activity> | undefined =>
  typeof facts === 'string' || typeof lineFacts === 'string'
    ? undefined
    : historyFor(compiled, rule, { facts, lineFacts, ...occasion })

/** A history of facts of a rule after which those that earned show something. */
export const shownByEarners = (
  compiled: CompiledProgram,
  { rule, lineFacts }: LintedRule,
  facts: Facts,
  shows: (earners: ReadonlySet<string>) => boolean,
  without?: string,
): WitnessHistory | undefined => {
  const of = typeof lineFacts === 'string' ? {} : { lineFacts }
  const occasion = { facts, ...of, ...(without === undefined ? {} : { without }) }
  return shownIn(compiled, historyFor(compiled, rule, occasion), (simulation) =>
    shows(new Set(earnersIn(simulation).map((one) => one.rule))),
  )
}

/** Whether a rule would have earned in some wallet, had others not earned before it. */
export const isKeptOut = (
  compiled: CompiledProgram,
  simulation: Simulation,
  { rule }: LintedRule,
  reasons: ReadonlyArray<UnmatchedReason>,
): boolean =>
  stepsIn(simulation).some(
    (step) =>
      step.step === 'earning' &&
      unmatchedIn(compiled, step).some((one) => one.rule === rule.id && reasons.includes(one.reason)),
  )

/** The program with a rule for each condition, and no others. */
const asking = (
  { program, zone }: CompiledProgram,
  { wallet, on }: EarningRule,
  conditions: ReadonlyArray<Condition>,
): CompiledProgram | undefined => {
  const rules = conditions.map((when, index): EarningRule => {
    const award = { mode: 'fixed', points: '1' } as const
    const id = String(index) as RuleId
    return { id, wallet, ...(on === undefined ? {} : { on }), when, whenUnknown: 'skip', award }
  })
  const { caps: _caps, groups: _groups, ...earning } = program.earning
  const compiled = compileProgram({ ...program, earning: { ...earning, rules } }, { zones: [zone] })
  return E.isRight(compiled) ? compiled.right : undefined
}

/** Which of some conditions hold at a history's only activity of which a rule is. */
const holding = (
  compiled: CompiledProgram,
  rule: EarningRule,
  conditions: ReadonlyArray<Condition>,
  activities: ReadonlyArray<Activity>,
): ReadonlyArray<boolean> | undefined => {
  const other = asking(compiled, rule, conditions)
  const simulation = other === undefined ? undefined : played(other, activities)
  if (simulation === undefined) return undefined
  const earned = new Set(earnersIn(simulation).map((one) => one.rule))
  return conditions.map((_, index) => earned.has(String(index)))
}

/** A history of which some conditions hold together, or do not: of those that are asked one after the other. */
export const shownByConditions = (
  compiled: CompiledProgram,
  { rule, lineFacts }: LintedRule,
  facts: Facts,
  conditions: ReadonlyArray<Condition>,
  shows: (holds: ReadonlyArray<boolean>) => boolean,
): WitnessHistory | undefined => {
  const of = typeof lineFacts === 'string' ? {} : { lineFacts }
  const activities = historyFor(compiled, rule, { facts, ...of })
  return shownIn(compiled, activities, () => {
    const holds = holding(compiled, rule, conditions, activities ?? [])
    return holds !== undefined && shows(holds)
  })
}

/** Of so many parts that exclude each other each is left out in turn. */
const MOST_LEFT_OUT = 5

/** What there is of a rule that cannot earn. */
export interface Contradiction {
  readonly about: 'activity' | 'lines'
  readonly vocabulary: Vocabulary
  readonly parts: ReadonlyArray<PlacedCondition>
  /** Those that exclude each other. */
  readonly conflict: ReadonlyArray<PlacedCondition>
  readonly always: ReadonlyArray<Condition>
}

/** Facts under which a rule meets all that it asks for but one part. */
const factsWithout = (
  linted: LintedRule,
  { about, vocabulary, parts, always }: Contradiction,
  left: PlacedCondition,
): Pick<LintedRule, 'facts' | 'lineFacts'> => {
  const asked = parts.filter((part) => part !== left).map(({ condition }) => condition)
  const near = satisfied(vocabulary, [...asked, ...always])
  const { facts, lineFacts } = linted
  return about === 'activity' ? { facts: near, lineFacts } : { facts, lineFacts: near }
}

/** All that a rule asks for but one part of those that exclude each other: nothing comes nearer, and it does not earn. */
export const nearestHistory = (
  compiled: CompiledProgram,
  linted: LintedRule,
  contradiction: Contradiction,
): WitnessHistory | undefined => {
  const { rule } = linted
  for (const left of contradiction.conflict.slice(0, MOST_LEFT_OUT)) {
    const { facts, lineFacts } = factsWithout(linted, contradiction, left)
    if (typeof facts === 'string') continue
    // Beside its schedule a rule is sought at any time: there would be none.
    const { during: _during, ...anytime } = rule
    const of = left.path.includes('during') ? anytime : rule
    const activities = historyFor(compiled, of, { facts, ...(typeof lineFacts === 'string' ? {} : { lineFacts }) })
    const found = shownIn(
      compiled,
      activities,
      (simulation) => !earnersIn(simulation).some((one) => one.rule === rule.id && one.isGranted),
    )
    if (found !== undefined) return found
  }
  return undefined
}
