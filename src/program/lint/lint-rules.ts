/** Rules that cannot earn, and cases that leave gaps or lie over one another. */
import {
  actionVocabulary,
  type DeclaredField,
  type EarningRule,
  lineVocabulary,
  orderVocabulary,
} from '../../earning/index.ts'
import { type Condition, compareConditions, type Facts, type Vocabulary } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import {
  canBeMissing,
  conflictOf,
  conjuncts,
  earnsUnknown,
  fieldsOf,
  type PlacedCondition,
  realityOf,
  satisfied,
  scheduleConditions,
} from './lint-condition.ts'
import type { Findings, ProgramFinding, Witness } from './lint-finding.ts'
import { earnersIn, historyFor, played } from './lint-history.ts'

type Path = ProgramFinding['path']

/** A rule with all that its conditions are about. */
export interface LintedRule {
  readonly rule: EarningRule
  readonly path: Path
  readonly vocabulary: Vocabulary
  readonly declared: ReadonlyArray<DeclaredField>
  /** What holds of every activity at which the rule is asked. */
  readonly always: ReadonlyArray<Condition>
  /** Facts at which it earns. */
  readonly facts: Facts | 'never' | 'undecided'
  readonly lineFacts: Facts | 'never' | 'undecided'
}

const conditionsOf = ({ when, cases = [] }: EarningRule): ReadonlyArray<Condition> => [
  ...(when === undefined ? [] : [when]),
  ...cases.map((one) => one.when),
]

const lineReality = (lines: Condition): ReadonlyArray<Condition> => realityOf([lines], [])

/** Looks at each rule: what it is about, and whether it can earn. */
export const lintedRules = ({ currency, earning }: Program): ReadonlyArray<LintedRule> => {
  const { attributes = [], actions = [] } = earning
  const orders = orderVocabulary(currency, attributes)
  const ofActions = new Map(actions.map(({ name, fields }) => [name, { fields, vocabulary: actionVocabulary(fields) }]))
  const lineFields = lineVocabulary(currency)
  return earning.rules.map((rule, index) => {
    const action = ofActions.get(rule.on ?? 'purchase')
    const declared = action?.fields ?? attributes
    const vocabulary = action?.vocabulary ?? orders
    const schedule = scheduleConditions(rule.during)
    const always = [...schedule, ...realityOf([...conditionsOf(rule), ...schedule], declared)]
    const asked = rule.when === undefined ? always : [rule.when, ...always]
    const { lines } = rule
    return {
      rule,
      path: ['earning', 'rules', index],
      vocabulary,
      declared,
      always,
      facts: satisfied(vocabulary, asked),
      lineFacts: lines === undefined ? {} : satisfied(lineFields, [lines, ...lineReality(lines)]),
    }
  })
}

const undecided = (path: Path, reason: string): ProgramFinding => ({
  code: 'undecided',
  severity: 'note',
  path,
  reason,
  witness: { type: 'conflict', parts: [path] },
})

/** Whether facts of one of the rule's conditions contradict each other, or it cannot be known. */
const contradiction = (
  found: Facts | 'never' | 'undecided',
  parts: ReadonlyArray<PlacedCondition>,
  always: ReadonlyArray<Condition>,
  vocabulary: Vocabulary,
  { rule, path, declared }: LintedRule,
): Findings => {
  if (typeof found !== 'string') return []
  if (found === 'undecided') return [undecided(path, 'the condition is too large to be decided')]
  const all = parts.map(({ condition }) => condition)
  if (earnsUnknown(rule, all, declared)) {
    return [undecided(path, 'the condition never holds, but the rule earns where it is not known whether it does')]
  }
  const conflict = conflictOf(vocabulary, parts, always).map((part) => part.path)
  const reason = conflict.length > 1 ? 'what the rule asks for excludes each other' : 'what the rule asks for cannot be'
  return [{ code: 'neverFires', severity: 'error', path, reason, witness: { type: 'conflict', parts: conflict } }]
}

/** Rules whose conditions no activity can meet. */
export const neverFires = (currency: Program['currency'], linted: LintedRule): Findings => {
  const { rule, path, vocabulary, facts, lineFacts, declared } = linted
  const when = rule.when === undefined ? [] : conjuncts(rule.when, [...path, 'when'])
  const during = scheduleConditions(rule.during).map((condition) => ({ path: [...path, 'during'], condition }))
  const reality = realityOf([...conditionsOf(rule), ...during.map(({ condition }) => condition)], declared)
  const ofOrder = contradiction(facts, [...when, ...during], reality, vocabulary, linted)
  if (rule.lines === undefined || ofOrder.length > 0) return ofOrder
  const lines = conjuncts(rule.lines, [...path, 'lines'])
  return contradiction(lineFacts, lines, lineReality(rule.lines), lineVocabulary(currency), linted)
}

/** A history in which the rule earns or, with `not`, does not though all others of the history do; or else the facts. */
const shownByHistory = (
  compiled: CompiledProgram,
  { rule }: LintedRule,
  facts: Facts,
  shows: (earners: ReadonlySet<string>) => boolean,
): Witness => {
  const activities = historyFor(compiled, rule, { facts })
  const simulation = activities === undefined ? undefined : played(compiled, activities)
  if (activities === undefined || simulation === undefined) return { type: 'facts', facts }
  const isShown = shows(new Set(earnersIn(simulation).map((one) => one.rule)))
  const last = activities[activities.length - 1]
  return isShown && last !== undefined ? { type: 'history', activities, until: last.at } : { type: 'facts', facts }
}

const walletsOf = ({ wallet, also = [] }: EarningRule): ReadonlyArray<string> => [wallet, ...also]

/** Whether a rule always earns where its condition holds, and so takes the turn of those after it. */
const isFirm = ({ rule }: LintedRule): boolean => {
  const { lines, during, cooldown, award, cases = [] } = rule
  if (lines !== undefined || during !== undefined || cooldown !== undefined || award === null) return false
  return [award, ...cases.map((one) => one.award)].every(({ mode }) => mode !== 'perValue')
}

/** Whether one rule earns in all wallets of another. */
const keepsOut = (first: LintedRule, later: LintedRule): boolean => {
  const wallets = new Set(walletsOf(first.rule))
  return walletsOf(later.rule).every((wallet) => wallets.has(wallet))
}

const holds: Condition = { all: [] }

/** A later rule behind those that keep it out. */
const shadowOf = (compiled: CompiledProgram, later: LintedRule, before: ReadonlyArray<LintedRule>): Findings => {
  const { rule, path, vocabulary, always, facts, declared } = later
  if (before.length === 0 || facts === 'never' || earnsUnknown(rule, conditionsOf(rule), declared)) return []
  const whens = before.map((one) => one.rule.when ?? holds)
  const reality = [...always, ...realityOf(whens, declared)]
  const own: Condition = { all: [...(rule.when === undefined ? [] : [rule.when]), ...reality] }
  const earlier: Condition = { any: whens }
  const { relation, both } = compareConditions(vocabulary, own, earlier)
  if (relation === 'undecided') return [undecided(path, 'the rules before it are too many or too large to be compared')]
  if ((relation !== 'equal' && relation !== 'implies') || both === undefined) return []
  const names = before.map((one) => one.rule.id as string)
  const witness = shownByHistory(
    compiled,
    later,
    both,
    (earners) => !earners.has(rule.id) && names.some((name) => earners.has(name)),
  )
  const reason = 'whenever the rule could earn, one before it takes its turn'
  return [{ code: 'shadowedRule', severity: 'error', path, reason, witness }]
}

/** Beyond so many earlier rules with a condition the answer is not known: that bounds the time. */
const MOST_BEFORE = 300

/** The rules that keep later ones out, by what they are about and by group; of no more than can be compared. */
interface Keepers {
  readonly add: (linted: LintedRule, group: string | null) => void
  readonly before: (linted: LintedRule, group: string | null) => ReadonlyArray<LintedRule>
}

const startKeepers = (): Keepers => {
  const stopping = new Map<string, Array<LintedRule>>()
  const grouped = new Map<string, Array<LintedRule>>()
  const listOf = (of: 'stopping' | 'grouped', key: string): ReadonlyArray<LintedRule> =>
    (of === 'stopping' ? stopping : grouped).get(key) ?? []
  const put = (of: 'stopping' | 'grouped', key: string, linted: LintedRule): void => {
    const into = of === 'stopping' ? stopping : grouped
    const list = into.get(key)
    if (list === undefined) into.set(key, [linted])
    else if (list.length <= MOST_BEFORE) list.push(linted)
  }
  const keyOf = ({ rule: { on = 'purchase' } }: LintedRule, group: string): string => JSON.stringify([on, group])
  return {
    add: (linted, group) => {
      // one that stops stops nothing where another one of its group comes first
      if (group !== null) put('grouped', keyOf(linted, group), linted)
      else if (linted.rule.stop === true) put('stopping', keyOf(linted, ''), linted)
    },
    before: (linted, group) => {
      const stops = listOf('stopping', keyOf(linted, ''))
      const ofGroup = group === null ? [] : listOf('grouped', keyOf(linted, group))
      return [...stops, ...ofGroup].filter((one) => keepsOut(one, linted))
    },
  }
}

/** Rows of a group of which the first match earns, and rules after one that stops. */
export const shadowedRules = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { groups = [] } = compiled.program.earning
  const firstMatch = new Set(groups.filter(({ mode }) => mode === 'firstMatch').map(({ id }) => id))
  const keepers = startKeepers()
  return rules.flatMap((linted) => {
    const { group: named } = linted.rule
    const group = named !== undefined && firstMatch.has(named) ? named : null
    const before = keepers.before(linted, group)
    if (linted.facts !== 'never' && isFirm(linted)) keepers.add(linted, group)
    return before.length > MOST_BEFORE
      ? [undecided(linted.path, 'the rules before it are too many to be compared')]
      : shadowOf(compiled, linted, before)
  })
}

/** How a case lies to those before it. */
const caseFindings = (
  { vocabulary, path }: LintedRule,
  base: ReadonlyArray<Condition>,
  earlier: ReadonlyArray<Condition>,
  when: Condition,
  index: number,
): Findings => {
  const at = [...path, 'cases', index]
  const own: Condition = { all: [...base, when] }
  if (earlier.length > MOST_BEFORE) return [undecided(at, 'the cases before it are too many to be compared')]
  if (satisfied(vocabulary, [own]) === 'never') {
    const reason = 'the case cannot hold where the rule does'
    const witness: Witness = {
      type: 'conflict',
      parts: [
        [...path, 'when'],
        [...at, 'when'],
      ],
    }
    return [{ code: 'shadowedCase', severity: 'error', path: at, reason, witness }]
  }
  if (earlier.length === 0) return []
  const { relation, both } = compareConditions(vocabulary, own, { any: earlier })
  if (relation === 'undecided') return [undecided(at, 'the cases before it are too many or too large to be compared')]
  if (both === undefined) return []
  const witness: Witness = { type: 'facts', facts: both }
  if (relation === 'equal' || relation === 'implies') {
    const reason = 'whenever the case holds, one before it does'
    return [{ code: 'shadowedCase', severity: 'error', path: at, reason, witness }]
  }
  const reason = 'the case holds together with one before it, which decides'
  return [{ code: 'overlappingCases', severity: 'note', path: at, reason, witness }]
}

/** Activities for which the rule is, and of which no case speaks, though everything is known. */
const gapFindings = (
  { vocabulary, path, rule }: LintedRule,
  base: ReadonlyArray<Condition>,
  cases: ReadonlyArray<Condition>,
): Findings => {
  const known = [...fieldsOf(cases, true)].map((field): Condition => ({ field, present: true }))
  const asked = rule.award === null ? [...base, ...known] : base
  const { relation, onlyFirst } = compareConditions(vocabulary, { all: asked }, { any: cases })
  if (relation === 'undecided')
    return [undecided([...path, 'cases'], 'the cases are too many or too large to be compared')]
  if (rule.award === null && onlyFirst !== undefined) {
    const reason = 'no case holds, and the rule has no award for that'
    const witness: Witness = { type: 'facts', facts: onlyFirst }
    return [{ code: 'gapInCases', severity: 'note', path: [...path, 'cases'], reason, witness }]
  }
  if (rule.award === null || onlyFirst !== undefined) return []
  const reason = 'one of the cases always holds'
  const witness: Witness = { type: 'conflict', parts: [[...path, 'cases']] }
  return [{ code: 'shadowedCase', severity: 'warning', path: [...path, 'award'], reason, witness }]
}

/** Cases that cannot decide, that lie over one another, and what none of them is for. */
export const lintCases = (linted: LintedRule): Findings => {
  const { rule, always, facts, declared } = linted
  const cases = (rule.cases ?? []).map(({ when }) => when)
  if (cases.length === 0 || facts === 'never' || earnsUnknown(rule, conditionsOf(rule), declared)) return []
  const base = [...(rule.when === undefined ? [] : [rule.when]), ...always]
  const findings = [
    ...cases.flatMap((when, index) => caseFindings(linted, base, cases.slice(0, index), when, index)),
    ...gapFindings(linted, base, cases),
  ]
  const first = findings.findIndex(({ code }) => code === 'undecided')
  return findings.filter(({ code }, index) => code !== 'undecided' || index === first)
}

/** Attributes that a rule needs and that nobody has to give. */
export const optionalAttributes = (compiled: CompiledProgram, linted: LintedRule): Findings => {
  const { rule, path, declared, facts } = linted
  if (rule.whenUnknown !== 'skip' || typeof facts === 'string') return []
  const own = new Set(['channel', 'store', ...declared.map(({ name }) => name)])
  const needed = [...fieldsOf(rule.when === undefined ? [] : [rule.when], true)]
  return needed
    .filter((field) => own.has(field) && canBeMissing(field, declared))
    .flatMap((field): Findings => {
      const without = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== field))
      const isNeeded = satisfied(linted.vocabulary, [
        ...(rule.when === undefined ? [] : [rule.when]),
        ...linted.always,
        { field, present: false },
      ])
      if (isNeeded !== 'never') return []
      const witness = shownByHistory(compiled, linted, without, (earners) => !earners.has(rule.id))
      const reason = `without ${field}, which activities need not have, the rule is skipped`
      return [{ code: 'optionalAttribute', severity: 'note', path, reason, witness }]
    })
}
