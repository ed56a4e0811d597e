/** Rules with all that their conditions are about. */
import {
  type Award,
  actionVocabulary,
  type Cap,
  type DeclaredField,
  type EarningRule,
  type EarningRules,
  lineVocabulary,
  orderVocabulary,
} from '../../earning/index.ts'
import type { WalletId } from '../../foundation/index.ts'
import type { Condition, Facts, Vocabulary } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { exceptedOfLines, exceptedOfOrders } from './lint-basis.ts'
import { conjuncts, type PlacedCondition, realityOf, satisfied } from './lint-condition.ts'
import type { ProgramFinding } from './lint-finding.ts'
import { neverComing, scheduleConditions } from './lint-schedule.ts'

type Path = ProgramFinding['path']

/** A rule with all that its conditions are about. */
export interface LintedRule {
  readonly rule: EarningRule
  readonly path: Path
  readonly vocabulary: Vocabulary
  readonly declared: ReadonlyArray<DeclaredField>
  /** What `when`, the schedule and the basis ask of an activity, part by part. */
  readonly parts: ReadonlyArray<PlacedCondition>
  /** What they ask of a line. */
  readonly lineParts: ReadonlyArray<PlacedCondition>
  /** The parts of a schedule that exclude each other: it never comes. */
  readonly never: ReadonlyArray<Path>
  /** What holds of every activity at which the rule is asked. */
  readonly always: ReadonlyArray<Condition>
  /** Facts at which it earns. */
  readonly facts: Facts | 'never' | 'undecided'
  readonly lineFacts: Facts | 'never' | 'undecided'
}

export const walletsOf = ({ wallet, also = [] }: EarningRule): ReadonlyArray<WalletId> => [wallet, ...also]

export const awardsIn = ({ award, cases = [] }: EarningRule): ReadonlyArray<Award> => [
  ...cases.map((one) => one.award),
  ...(award === null ? [] : [award]),
]

export const canPay = (rule: EarningRule): boolean =>
  awardsIn(rule).some((one) => one.mode !== 'multiplier' && !one.points.startsWith('-') && Number(one.points) > 0)

/** Whether a cap counts what a rule earns. */
export const isCountedBy = ({ of = {}, wallet }: Cap, rule: EarningRule): boolean =>
  walletsOf(rule).includes(wallet) &&
  (of.rules === undefined || of.rules.includes(rule.id)) &&
  (of.campaigns === undefined || (rule.campaign !== undefined && of.campaigns.includes(rule.campaign))) &&
  (of.kind === undefined || of.kind === (rule.lot?.kind ?? 'regular'))

/** Whether a rule always earns where its condition holds, and so takes the turn of those after it. */
export const isFirm = ({ rule }: LintedRule): boolean => {
  const { lines, during, cooldown, award, cases = [] } = rule
  if (lines !== undefined || during !== undefined || cooldown !== undefined || award === null) return false
  return [award, ...cases.map((one) => one.award)].every(({ mode }) => mode !== 'perValue')
}

export const conditionsOf = ({ when, cases = [] }: EarningRule): ReadonlyArray<Condition> => [
  ...(when === undefined ? [] : [when]),
  ...cases.map((one) => one.when),
]

export const lineReality = (lines: Condition): ReadonlyArray<Condition> => realityOf([lines], [])

/** Beyond so many earlier rules with a condition the answer is not known: that bounds the time. */
export const MOST_BEFORE = 300

/** What a rule asks of an activity beside its `when`, and of a line, part by part. */
const partsFor = (
  rule: EarningRule,
  path: Path,
  { basis = {} }: EarningRules,
): Pick<LintedRule, 'parts' | 'lineParts'> & { readonly beside: ReadonlyArray<PlacedCondition> } => {
  const { when, lines, on = 'purchase' } = rule
  const asked = when === undefined ? [] : conjuncts(when, [...path, 'when'])
  const beside = [
    ...scheduleConditions(rule.during).map((one) => ({ ...one, path: [...path, 'during', ...one.path] })),
    ...(on === 'purchase' ? exceptedOfOrders(basis, conditionsOf(rule)) : []),
  ]
  const lineParts =
    lines === undefined ? [] : [...conjuncts(lines, [...path, 'lines']), ...exceptedOfLines(basis, lines, asked)]
  return { parts: [...asked, ...beside], lineParts, beside }
}

const conditionIn = ({ condition }: PlacedCondition): Condition => condition

/** Looks at each rule: what it is about, and whether it can earn. */
export const lintedRules = ({ program: { currency, earning }, zone }: CompiledProgram): ReadonlyArray<LintedRule> => {
  const { attributes = [], actions = [] } = earning
  const orders = orderVocabulary(currency, attributes)
  const ofActions = new Map(actions.map(({ name, fields }) => [name, { fields, vocabulary: actionVocabulary(fields) }]))
  const lineFields = lineVocabulary(currency)
  return earning.rules.map((rule, index) => {
    const action = ofActions.get(rule.on ?? 'purchase')
    const declared = action?.fields ?? attributes
    const vocabulary = action?.vocabulary ?? orders
    const path = ['earning', 'rules', index]
    const { parts, lineParts, beside } = partsFor(rule, path, earning)
    const asked = beside.map(conditionIn)
    const always = [...asked, ...realityOf([...conditionsOf(rule), ...asked], declared)]
    const never = neverComing(rule.during, zone)
    const { when, lines } = rule
    return {
      rule,
      path,
      vocabulary,
      declared,
      parts,
      lineParts,
      never,
      always,
      facts: never.length > 0 ? 'never' : satisfied(vocabulary, when === undefined ? always : [when, ...always]),
      lineFacts:
        lines === undefined ? {} : satisfied(lineFields, [...lineParts.map(conditionIn), ...lineReality(lines)]),
    }
  })
}
