// Conditions as an "any" of "all"s of literals (disjunctive normal form), for the question when a condition is true.
// With three-valued logic, `not` is true where its part is false, so `not` wanders down to the tests.
import { type Condition, type ConditionTest, isAllOf, isAnyOf, isNotOf } from './condition.ts'
import { type Requirement, requirementOf } from './requirement.ts'
import type { VocabularyField } from './vocabulary.ts'

/** What is left of a requirement on texts is `hasAny`. */
export type LiteralRequirement = Exclude<Requirement, { readonly kind: 'hasAll' | 'hasNone' | 'never' }>

/** Holds where the requirement comes to true, or to false if that is wanted; never where it comes to unknown. */
export interface Literal {
  readonly field: VocabularyField
  readonly requirement: LiteralRequirement
  readonly wanted: boolean
}

/** Holds where every literal holds. */
export type Clause = ReadonlyArray<Literal>

interface Expansion {
  readonly fields: ReadonlyMap<string, VocabularyField>
  readonly mostClauses: number
  /** whether "has any of a, b" becomes two clauses, so that each literal on texts is about a single text */
  readonly singleTexts: boolean
}

/** Clauses of which at least one holds; `undefined` when there are too many. */
type Clauses = ReadonlyArray<Clause> | undefined

const hasOneOf = (field: VocabularyField, values: Iterable<string>, wanted: boolean): Literal => ({
  field,
  requirement: { kind: 'hasAny', values: new Set(values) },
  wanted,
})

const clausesOfTexts = (
  field: VocabularyField,
  kind: 'hasAny' | 'hasAll' | 'hasNone',
  values: ReadonlySet<string>,
  wanted: boolean,
  singleTexts: boolean,
): ReadonlyArray<Clause> => {
  const singles = [...values].map((value) => hasOneOf(field, [value], kind === 'hasAll' ? wanted : true))
  if (kind === 'hasAll') return wanted ? [[thereIs(field), ...singles]] : singles.map((single) => [single])
  const some = (kind === 'hasAny') === wanted
  if (some) return singleTexts ? singles.map((single) => [single]) : [[hasOneOf(field, values, true)]]
  return [[hasOneOf(field, values, false)]]
}

const thereIs = (field: VocabularyField): Literal => ({
  field,
  requirement: { kind: 'presence', present: true },
  wanted: true,
})

const clausesOfTest = (test: ConditionTest, wanted: boolean, { fields, singleTexts }: Expansion): Clauses => {
  const field = fields.get(test.field)
  const requirement = requirementOf(field, test)
  if (field === undefined || requirement.kind === 'never') return []
  switch (requirement.kind) {
    case 'hasAny':
    case 'hasAll':
    case 'hasNone':
      return clausesOfTexts(field, requirement.kind, requirement.values, wanted, singleTexts)
    default:
      return [[{ field, requirement, wanted }]]
  }
}

const union = (lists: ReadonlyArray<Clauses>, { mostClauses }: Expansion): Clauses => {
  const clauses: Array<Clause> = []
  for (const list of lists) {
    if (list === undefined || clauses.length + list.length > mostClauses) return undefined
    clauses.push(...list)
  }
  return clauses
}

/** Short lists first: what all clauses have in common is then joined once. */
const product = (lists: ReadonlyArray<Clauses>, { mostClauses }: Expansion): Clauses => {
  const byLength = [...lists].sort((a, b) => (a?.length ?? mostClauses) - (b?.length ?? mostClauses))
  let clauses: ReadonlyArray<Clause> = [[]]
  for (const list of byLength) {
    if (clauses.length === 0) return []
    if (list === undefined || clauses.length * list.length > mostClauses) return undefined
    clauses = clauses.flatMap((left) => list.map((right) => [...left, ...right]))
  }
  return clauses
}

const clausesOf = (condition: Condition, wanted: boolean, expansion: Expansion): Clauses => {
  const expand = (part: Condition): Clauses => clausesOf(part, wanted, expansion)
  if (isAllOf(condition)) return (wanted ? product : union)(condition.all.map(expand), expansion)
  if (isAnyOf(condition)) return (wanted ? union : product)(condition.any.map(expand), expansion)
  if (isNotOf(condition)) return clausesOf(condition.not, !wanted, expansion)
  const clauses = clausesOfTest(condition, wanted, expansion)
  return clauses !== undefined && clauses.length > expansion.mostClauses ? undefined : clauses
}

/** The clauses of which at least one holds exactly where the condition is true; `undefined` when there are too many. */
export const clausesWhereTrue = (condition: Condition, expansion: Expansion): Clauses =>
  clausesOf(condition, true, expansion)
