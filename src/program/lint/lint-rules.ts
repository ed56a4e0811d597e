/** Rules that cannot earn. */
import { lineVocabulary } from '../../earning/index.ts'
import { type Condition, compareConditions, type Facts } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { canBeMissing, conflictOf, earnsUnknown, fieldsOf, realityOf, satisfied } from './lint-condition.ts'
import {
  attempted,
  byFacts,
  type ConflictWitness,
  type Findings,
  type ProgramFinding,
  showing,
  undecided,
  type Witness,
  type WitnessHistory,
} from './lint-finding.ts'
import { earnersIn, historyFor, shownIn } from './lint-history.ts'
import { conditionsOf, isFirm, type LintedRule, lineReality, MOST_BEFORE, walletsOf } from './lint-rule.ts'
import { type Contradiction, isKeptOut, nearestHistory, shownByEarners } from './lint-rule-history.ts'

/** Whether facts of one of the rule's conditions contradict each other, or it cannot be known. */
const contradiction = (
  compiled: CompiledProgram,
  found: Facts | 'never' | 'undecided',
  { about, parts, always, vocabulary }: Omit<Contradiction, 'conflict'>,
  linted: LintedRule,
): Findings => {
  const { rule, path, declared } = linted
  if (typeof found !== 'string') return []
  if (found === 'undecided') return [undecided(path, 'the condition is too large to be decided')]
  const all = parts.map(({ condition }) => condition)
  if (earnsUnknown(rule, all, declared)) {
    return [undecided(path, 'the condition never holds, but the rule earns where it is not known whether it does')]
  }
  const conflict = conflictOf(vocabulary, parts, always)
  const reason = conflict.length > 1 ? 'what the rule asks for excludes each other' : 'what the rule asks for cannot be'
  const witness: ConflictWitness = { type: 'conflict', parts: conflict.map((part) => part.path) }
  const show = (): Witness =>
    attempted(witness, nearestHistory(compiled, linted, { about, vocabulary, parts, conflict, always }))
  return [{ code: 'neverFires', severity: 'error', path, reason, witness, show }]
}

/** A rule whose schedule never comes: without the schedule it would earn. */
const neverComes = (compiled: CompiledProgram, { rule, path, never, lineFacts }: LintedRule): Findings => {
  if (never.length === 0) return []
  const witness: ConflictWitness = { type: 'conflict', parts: never.map((part) => [...path, 'during', ...part]) }
  const of = typeof lineFacts === 'string' ? {} : { lineFacts }
  const { during: _during, ...anytime } = rule
  const show = (): Witness =>
    attempted(
      witness,
      shownIn(
        compiled,
        historyFor(compiled, anytime, { facts: {}, ...of }),
        (simulation) => !earnersIn(simulation).some((one) => one.rule === rule.id),
      ),
    )
  const reason = 'the schedule never comes: none of its days lies in its time'
  return [{ code: 'neverFires', severity: 'error', path, reason, witness, show }]
}

/** Rules whose conditions no activity can meet. */
export const neverFires = (compiled: CompiledProgram, linted: LintedRule): Findings => {
  const { rule, vocabulary, facts, lineFacts, declared, parts, lineParts, never } = linted
  if (never.length > 0) return neverComes(compiled, linted)
  const all = [...conditionsOf(rule), ...parts.map(({ condition }) => condition)]
  const always = realityOf(all, declared)
  const ofOrder = contradiction(compiled, facts, { about: 'activity', parts, always, vocabulary }, linted)
  if (rule.lines === undefined || ofOrder.length > 0) return ofOrder
  const ofLines = lineVocabulary(compiled.program.currency)
  return contradiction(
    compiled,
    lineFacts,
    { about: 'lines', parts: lineParts, always: lineReality(rule.lines), vocabulary: ofLines },
    linted,
  )
}

/** Whether one rule earns in all wallets of another. */
const keepsOut = (first: LintedRule, later: LintedRule): boolean => {
  const wallets = new Set(walletsOf(first.rule))
  return walletsOf(later.rule).every((wallet) => wallets.has(wallet))
}

const holds: Condition = { all: [] }

/** A history in which a rule would earn, and others take its turn. */
const keptOutHistory = (compiled: CompiledProgram, later: LintedRule, facts: Facts): WitnessHistory | undefined =>
  shownIn(
    compiled,
    historyFor(compiled, later.rule, { facts }),
    (simulation) =>
      isKeptOut(compiled, simulation, later, ['group', 'stopped']) &&
      !earnersIn(simulation).some(({ rule }) => rule === later.rule.id),
  )

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
  const reason = 'whenever the rule could earn, one before it takes its turn'
  const finding: ProgramFinding = { code: 'shadowedRule', severity: 'error', path, reason, witness: byFacts(both) }
  return [showing(finding, () => keptOutHistory(compiled, later, both))]
}

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
      const reason = `without ${field}, which activities need not have, the rule is skipped`
      const witness = byFacts(without)
      const finding: ProgramFinding = { code: 'optionalAttribute', severity: 'note', path, reason, witness }
      return [
        showing(finding, () => shownByEarners(compiled, linted, without, (earners) => !earners.has(rule.id), field)),
      ]
    })
}
