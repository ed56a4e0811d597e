/** Cases of a rule that cannot decide, that lie over one another, or that leave gaps. */
import { type Condition, compareConditions, type Facts } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { earnsUnknown, fieldsOf, satisfied } from './lint-condition.ts'
import {
  attempted,
  byFacts,
  type ConflictWitness,
  type Findings,
  type ProgramFinding,
  showing,
  undecided,
} from './lint-finding.ts'
import { conditionsOf, type LintedRule, MOST_BEFORE } from './lint-rule.ts'
import { shownByConditions } from './lint-rule-history.ts'

type Path = ProgramFinding['path']

/** A rule of a program, and what holds wherever it is asked for its cases. */
interface Cases {
  readonly compiled: CompiledProgram
  readonly linted: LintedRule
  readonly base: ReadonlyArray<Condition>
}

const holdsAll = (holds: ReadonlyArray<boolean>): boolean => holds.every(Boolean)

/** The rule earns, and one of its conditions does not hold: nothing comes nearer to a case that cannot. */
const impossibleCase = ({ compiled, linted, base }: Cases, at: Path, own: Condition): Findings => {
  const { path, facts } = linted
  const reason = 'the case cannot hold where the rule does'
  const parts = [
    [...path, 'when'],
    [...at, 'when'],
  ]
  const witness: ConflictWitness = { type: 'conflict', parts }
  const asked: ReadonlyArray<Condition> = [{ all: base }, own]
  const isNear = ([rule, holds]: ReadonlyArray<boolean>): boolean => rule === true && holds === false
  const without = (of: Facts) => shownByConditions(compiled, linted, of, asked, isNear)
  const show = () => attempted(witness, typeof facts === 'string' ? undefined : without(facts))
  return [{ code: 'shadowedCase', severity: 'error', path: at, reason, witness, show }]
}

/** A case that holds together with one before it, by which it is decided. */
const coveredCase = (
  { compiled, linted }: Cases,
  at: Path,
  both: Facts,
  conditions: ReadonlyArray<Condition>,
  isAlways: boolean,
): Findings => {
  const finding: ProgramFinding = isAlways
    ? {
        code: 'shadowedCase',
        severity: 'error',
        path: at,
        reason: 'whenever the case holds, one before it does',
        witness: byFacts(both),
      }
    : {
        code: 'overlappingCases',
        severity: 'note',
        path: at,
        reason: 'the case holds together with one before it, which decides',
        witness: byFacts(both),
      }
  return [showing(finding, () => shownByConditions(compiled, linted, both, conditions, holdsAll))]
}

/** How a case lies to those before it. */
const caseFindings = (cases: Cases, earlier: ReadonlyArray<Condition>, when: Condition, index: number): Findings => {
  const { linted, base } = cases
  const { vocabulary, path } = linted
  const at = [...path, 'cases', index]
  const own: Condition = { all: [...base, when] }
  if (earlier.length > MOST_BEFORE) return [undecided(at, 'the cases before it are too many to be compared')]
  if (satisfied(vocabulary, [own]) === 'never') return impossibleCase(cases, at, own)
  if (earlier.length === 0) return []
  const { relation, both } = compareConditions(vocabulary, own, { any: earlier })
  if (relation === 'undecided') return [undecided(at, 'the cases before it are too many or too large to be compared')]
  if (both === undefined) return []
  return coveredCase(cases, at, both, [own, { any: earlier }], relation === 'equal' || relation === 'implies')
}

/** One of the cases always holds: so it is where the rule earns, too. */
const unusedAward = ({ compiled, linted, base }: Cases, cases: ReadonlyArray<Condition>): Findings => {
  const { path, facts } = linted
  const witness: ConflictWitness = { type: 'conflict', parts: [[...path, 'cases']] }
  const asked: ReadonlyArray<Condition> = [{ all: base }, { any: cases }]
  const held = (of: Facts) => shownByConditions(compiled, linted, of, asked, holdsAll)
  const show = () => attempted(witness, typeof facts === 'string' ? undefined : held(facts))
  const reason = 'one of the cases always holds'
  return [{ code: 'shadowedCase', severity: 'warning', path: [...path, 'award'], reason, witness, show }]
}

/** Activities for which the rule is, and of which no case speaks, though everything is known. */
const gapFindings = (all: Cases, cases: ReadonlyArray<Condition>): Findings => {
  const { compiled, linted, base } = all
  const { vocabulary, path, rule } = linted
  const known = [...fieldsOf(cases, true)].map((field): Condition => ({ field, present: true }))
  const asked = rule.award === null ? [...base, ...known] : base
  const { relation, onlyFirst } = compareConditions(vocabulary, { all: asked }, { any: cases })
  if (relation === 'undecided')
    return [undecided([...path, 'cases'], 'the cases are too many or too large to be compared')]
  if (rule.award !== null) return onlyFirst === undefined ? unusedAward(all, cases) : []
  if (onlyFirst === undefined) return []
  const reason = 'no case holds, and the rule has no award for that'
  const at = [...path, 'cases']
  const finding: ProgramFinding = {
    code: 'gapInCases',
    severity: 'note',
    path: at,
    reason,
    witness: byFacts(onlyFirst),
  }
  const conditions: ReadonlyArray<Condition> = [{ all: base }, { any: cases }]
  const isGap = ([holds, isCase]: ReadonlyArray<boolean>): boolean => holds === true && isCase === false
  return [showing(finding, () => shownByConditions(compiled, linted, onlyFirst, conditions, isGap))]
}

/** Cases that cannot decide, that lie over one another, and what none of them is for. */
export const lintCases = (compiled: CompiledProgram, linted: LintedRule): Findings => {
  const { rule, always, facts, declared } = linted
  const cases = (rule.cases ?? []).map(({ when }) => when)
  if (cases.length === 0 || facts === 'never' || earnsUnknown(rule, conditionsOf(rule), declared)) return []
  const base = [...(rule.when === undefined ? [] : [rule.when]), ...always]
  const all = { compiled, linted, base }
  const findings = [
    ...cases.flatMap((when, index) => caseFindings(all, cases.slice(0, index), when, index)),
    ...gapFindings(all, cases),
  ]
  const first = findings.findIndex(({ code }) => code === 'undecided')
  return findings.filter(({ code }, index) => code !== 'undecided' || index === first)
}
