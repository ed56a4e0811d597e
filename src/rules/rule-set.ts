// Many conditions asked at once: each field's fact selects a row of bits, one bit a clause, and the rows are joined.
import {
  type AskedField,
  type ClauseTables,
  factsByPlace,
  type PlacedFields,
  possibleClauses,
} from './clause-lookup.ts'
import {
  type FieldClause,
  type FieldTable,
  fieldTable,
  joinRows,
  layersNeeded,
  mostLayers,
  rowOfOthers,
} from './clause-table.ts'
import { type CompiledCondition, compileCondition, holds } from './compile.ts'
import type { Condition } from './condition.ts'
import { group } from './group.ts'
import { type Clause, clausesWhereTrue } from './normal-form.ts'
import { fieldsByName } from './requirement.ts'
import type { Facts, Vocabulary, VocabularyField } from './vocabulary.ts'

/** One way for a rule's condition to be true; with `confirm`, the bits only say that it may be. */
interface RuleClause {
  readonly rule: number
  readonly literals: Clause
  readonly confirm: CompiledCondition | undefined
}

/** Conditions that are ready to be asked together; it holds a function, so it is no data to store. */
export interface CompiledRuleSet {
  /** The indexes of the conditions that hold, ascending. */
  readonly match: (facts: Facts) => ReadonlyArray<number>
}

/** A condition that is true in more ways than this is rather asked itself. */
const mostClausesOfRule = 16

const literalsByField = (clause: Clause): ReadonlyMap<VocabularyField, Clause> =>
  group(clause.map((literal) => [literal.field, literal]))

const isIndexed = (clause: Clause): boolean =>
  [...literalsByField(clause).values()].every((literals) => layersNeeded(literals) <= mostLayers)

const clausesOfRules = (vocabulary: Vocabulary, conditions: ReadonlyArray<Condition>): ReadonlyArray<RuleClause> => {
  const expansion = { fields: fieldsByName(vocabulary), mostClauses: mostClausesOfRule, singleTexts: false }
  return conditions.flatMap((condition, rule) => {
    const clauses = clausesWhereTrue(condition, expansion)
    const whole = () => compileCondition(vocabulary, condition)
    if (clauses === undefined) return [{ rule, literals: [], confirm: whole() }]
    return clauses.map((literals) => ({ rule, literals, confirm: isIndexed(literals) ? undefined : whole() }))
  })
}

const clausesByField = (clauses: ReadonlyArray<RuleClause>): ReadonlyMap<VocabularyField, ReadonlyArray<FieldClause>> =>
  group(
    clauses.flatMap((ruleClause, clause) =>
      [...literalsByField(ruleClause.literals)].map(([field, literals]) => [field, { clause, literals }] as const),
    ),
  )

const clauseTables = (
  places: ReadonlyMap<VocabularyField, number>,
  clauses: ReadonlyArray<RuleClause>,
): ClauseTables => {
  const tables: Array<FieldTable> = []
  const asked: Array<AskedField> = []
  let start = 0
  for (const [field, asking] of clausesByField(clauses)) {
    const table = fieldTable(field, asking, rowOfOthers(clauses.length, asking), start)
    asked.push({ place: places.get(field) ?? 0, name: field.name, type: field.type, rows: table.at })
    tables.push(table)
    start += table.rows.reduce((length, row) => length + row.length, 0)
  }
  const table = joinRows(tables.flatMap(({ rows }) => rows))
  return { asked, table, everyClause: [...rowOfOthers(clauses.length, [])] }
}

/** Some of the clauses, with the tables that find them. */
interface Block {
  readonly clauses: ReadonlyArray<RuleClause>
  readonly tables: ClauseTables
}

interface Blocks {
  readonly placed: PlacedFields
  readonly blocks: ReadonlyArray<Block>
}

/** Tables grow with the square of the number of clauses; in blocks of so many they grow with the number alone. */
const clausesOfBlock = 1024

const blocksOf = (vocabulary: Vocabulary, clauses: ReadonlyArray<RuleClause>): Blocks => {
  const vocabularyFields = [...fieldsByName(vocabulary).values()]
  const places = new Map(vocabularyFields.map((field, place) => [field, place]))
  const fields = vocabularyFields.map(({ name }, place) => ({ place, name }))
  const byName = new Map(fields.map((field) => [field.name, field]))
  const blocks = Array.from({ length: Math.ceil(clauses.length / clausesOfBlock) }, (_, i) => {
    const own = clauses.slice(i * clausesOfBlock, (i + 1) * clausesOfBlock)
    return { clauses: own, tables: clauseTables(places, own) }
  })
  return { placed: { fields, byName, nothing: fields.map(() => undefined) }, blocks }
}

/** The rules of the clauses that are possible; a rule that is true in several ways is listed once. */
const rulesOf = (
  clauses: ReadonlyArray<RuleClause>,
  possible: ReadonlyArray<number>,
  facts: Facts,
): ReadonlyArray<number> => {
  const rules: Array<number> = []
  let last = -1
  for (let word = 0; word < possible.length; word++) {
    let bits = possible[word] as number
    while (bits !== 0) {
      const { rule, confirm } = clauses[word * 32 + 31 - Math.clz32(bits & -bits)] as RuleClause
      bits &= bits - 1
      if (rule === last || (confirm !== undefined && !holds(confirm, facts))) continue
      rules.push(rule)
      last = rule
    }
  }
  return rules
}

const match = ({ placed, blocks }: Blocks, facts: Facts): ReadonlyArray<number> => {
  const found = factsByPlace(placed, facts)
  const [first] = blocks
  const matchesIn = ({ clauses, tables }: Block) => rulesOf(clauses, possibleClauses(tables, found, facts), facts)
  if (first === undefined) return []
  return blocks.length === 1 ? matchesIn(first) : [...new Set(blocks.flatMap(matchesIn))]
}

/**
 * Prepares conditions to be asked together, many times. Matching takes time that grows far slower than the number of
 * conditions: their constants become tables from each field's facts to the conditions still possible.
 *
 * @param vocabulary the vocabulary that the conditions were decoded with
 * @param conditions decoded conditions; `{ all: [] }` always matches
 * @example
 * ```ts
 * import { compileRuleSet, matchRules } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }] } as const
 * const ruleSet = compileRuleSet(vocabulary, [
 *   { field: 'quantity', atLeast: 1 },
 *   { field: 'quantity', atLeast: 5 },
 *   { not: { field: 'quantity', atLeast: 5 } },
 * ])
 *
 * matchRules(ruleSet, { quantity: 3 }) // => [0, 2]
 * ```
 */
export const compileRuleSet = (vocabulary: Vocabulary, conditions: ReadonlyArray<Condition>): CompiledRuleSet => {
  const blocks = blocksOf(vocabulary, clausesOfRules(vocabulary, conditions))
  return { match: (facts) => match(blocks, facts) }
}

/**
 * The conditions that hold, by index, in ascending order: exactly those for which `holds` is true.
 *
 * @param ruleSet a compiled rule set
 * @param facts what is known, by field name: own properties, amounts in minor units
 * @example
 * ```ts
 * import { compileRuleSet, matchRules } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'categories', type: 'texts' }] } as const
 * const ruleSet = compileRuleSet(vocabulary, [
 *   { field: 'categories', hasAny: ['coffee', 'tea'] },
 *   { field: 'categories', hasNone: ['tea'] },
 * ])
 *
 * matchRules(ruleSet, { categories: ['tea', 'cake'] }) // => [0]
 * matchRules(ruleSet, {}) // => []
 * ```
 */
export const matchRules = (ruleSet: CompiledRuleSet, facts: Facts): ReadonlyArray<number> => ruleSet.match(facts)
