/** Rows of groups of which the first match earns: where two are for the same, and what none is for. */
import { type Condition, compareConditions, type Facts } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import { earnsUnknown, fieldsOf, realityOf } from './lint-condition.ts'
import { byFacts, type Findings, type ProgramFinding, showing, undecided, type WitnessHistory } from './lint-finding.ts'
import { earnersIn, historyFor, shownIn } from './lint-history.ts'
import { conditionsOf, isFirm, type LintedRule } from './lint-rule.ts'
import { isKeptOut } from './lint-rule-history.ts'

type Path = ProgramFinding['path']

/** The rows of a group that are about the same activities and earn in the same wallet. */
interface Rows {
  readonly path: Path
  readonly rows: Array<LintedRule>
}

const rowsOf = ({ program }: CompiledProgram, rules: ReadonlyArray<LintedRule>): ReadonlyArray<Rows> => {
  const { groups = [] } = program.earning
  const places = new Map(groups.flatMap(({ id, mode }, index) => (mode === 'firstMatch' ? [[id, index] as const] : [])))
  const found = new Map<string, Rows>()
  for (const linted of rules) {
    const { group, on = 'purchase', wallet } = linted.rule
    const place = group === undefined ? undefined : places.get(group)
    if (place === undefined) continue
    const key = JSON.stringify([place, on, wallet])
    const known = found.get(key)
    if (known === undefined) found.set(key, { path: ['earning', 'groups', place], rows: [linted] })
    else known.rows.push(linted)
  }
  return [...found.values()].filter(({ rows }) => rows.length > 1)
}

/** A purchase or action of facts for a rule, where it shows something. */
const shownFor = (
  compiled: CompiledProgram,
  { rule }: LintedRule,
  facts: Facts,
  shows: (simulation: Simulation) => boolean,
): WitnessHistory | undefined => shownIn(compiled, historyFor(compiled, rule, { facts }), shows)

/** A row for something that one before it is for as well, and earns; one without a condition is for all else. */
const overlapOf = (compiled: CompiledProgram, row: LintedRule, before: ReadonlyArray<LintedRule>): Findings => {
  const { rule, path, vocabulary, always, facts, declared } = row
  const isUnclear = typeof facts === 'string' || earnsUnknown(rule, conditionsOf(rule), declared)
  if (before.length === 0 || rule.when === undefined || isUnclear) return []
  const whens = before.flatMap((one) => one.rule.when ?? [])
  const own: Condition = { all: [rule.when, ...always, ...realityOf(whens, declared)] }
  const { relation, both } = compareConditions(vocabulary, own, { any: whens })
  if (relation === 'undecided' || relation === 'equal' || relation === 'implies' || both === undefined) return []
  const reason = 'the rule is for something that one before it in its group is for as well, which earns'
  const finding: ProgramFinding = { code: 'overlappingRules', severity: 'note', path, reason, witness: byFacts(both) }
  const isShown = (simulation: Simulation): boolean => isKeptOut(compiled, simulation, row, ['group'])
  return [showing(finding, () => shownFor(compiled, row, both, isShown))]
}

/** What no row is for, though everything is known that they ask for. */
const gapOf = (compiled: CompiledProgram, { path, rows }: Rows): Findings => {
  const [first] = rows
  const whens = rows.flatMap(({ rule }) => rule.when ?? [])
  const isTable = rows.every((row) => isFirm(row) && !earnsUnknown(row.rule, conditionsOf(row.rule), row.declared))
  if (first === undefined || !isTable || whens.length < rows.length) return []
  const known = [...fieldsOf(whens, true)].map((field): Condition => ({ field, present: true }))
  const asked: Condition = { all: [...realityOf(whens, first.declared), ...known] }
  const { relation, onlyFirst } = compareConditions(first.vocabulary, asked, { any: whens })
  if (relation === 'undecided') return [undecided(path, 'the rules of the group are too large to be compared')]
  if (onlyFirst === undefined) return []
  const names = new Set<string>(rows.map(({ rule }) => rule.id))
  const reason = 'no rule of the group is for it'
  const finding: ProgramFinding = { code: 'gapInGroup', severity: 'note', path, reason, witness: byFacts(onlyFirst) }
  const isGap = (simulation: Simulation): boolean => !earnersIn(simulation).some(({ rule }) => names.has(rule))
  return [showing(finding, () => shownFor(compiled, first, onlyFirst, isGap))]
}

/** Beyond so many rows nothing is said of how they lie to each other: that bounds the time. */
const MOST_ROWS = 100

/** Rows of groups that lie over one another, and what none of them is for. */
export const lintGroups = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings =>
  rowsOf(compiled, rules).flatMap((group): Findings => {
    const { path, rows } = group
    if (rows.length > MOST_ROWS) return [undecided(path, 'the rules of the group are too many to be compared')]
    const overlaps = rows.flatMap((row, index) => {
      const before = rows.slice(0, index).filter((one) => isFirm(one) && one.rule.when !== undefined)
      return overlapOf(compiled, row, before)
    })
    return [...overlaps, ...gapOf(compiled, group)]
  })
