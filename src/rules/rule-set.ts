// Many conditions asked at once: each field's fact selects a row of bits, one bit a clause, and the rows are joined.
import {
  type AskedField,
  blankSelection,
  type ClauseTables,
  possibleInOneWord,
  possibleInWord,
  selectRows,
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
import { type FieldOrder, type FoundFacts, factsByPlace, fieldOrder } from './fact-order.ts'
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
    asked.push({ place: places.get(field) ?? 0, type: field.type, rows: table.at })
    tables.push(table)
    start += table.rows.reduce((length, row) => length + row.length, 0)
  }
  const table = joinRows(tables.flatMap(({ rows }) => rows))
  const everyClause = [...rowOfOthers(clauses.length, [])]
  const byCost = [false, true].flatMap((last) => asked.filter(({ type }) => (type === 'texts') === last))
  return { asked: byCost, table, words: everyClause.length, everyClause, blank: blankSelection(asked.length) }
}

/** Some of the clauses, with the tables that find them. */
interface Block {
  readonly clauses: ReadonlyArray<RuleClause>
  readonly tables: ClauseTables
}

interface Blocks {
  readonly order: FieldOrder
  readonly blocks: ReadonlyArray<Block>
  /** the only block, if its bits fit into a word and say all */
  readonly simple: Block | undefined
}

/** Tables grow with the square of the number of clauses; in blocks of so many they grow with the number alone. */
const clausesOfBlock = 1024

const isSimple = ({ clauses, tables }: Block): boolean =>
  tables.words === 1 && clauses.every(({ confirm }) => confirm === undefined)

const blocksOf = (vocabulary: Vocabulary, clauses: ReadonlyArray<RuleClause>): Blocks => {
  const fields = [...fieldsByName(vocabulary).values()]
  const places = new Map(fields.map((field, place) => [field, place]))
  const asked = clauses.flatMap(({ literals }) => literals.map(({ field }) => field.name))
  const blocks = Array.from({ length: Math.ceil(clauses.length / clausesOfBlock) }, (_, i) => {
    const own = clauses.slice(i * clausesOfBlock, (i + 1) * clausesOfBlock)
    return { clauses: own, tables: clauseTables(places, own) }
  })
  const names = fields.map(({ name }) => name)
  const simple = blocks.length === 1 && blocks.every(isSimple) ? blocks[0] : undefined
  return { order: fieldOrder(names, new Set(asked)), blocks, simple }
}

/** Rules while they are listed. */
type RuleTally = Array<number>

const ruleOfLowest = (clauses: ReadonlyArray<RuleClause>, bits: number): number =>
  (clauses[31 - Math.clz32(bits & -bits)] as RuleClause).rule

/** Adds the rules of the clauses that are possible; a rule that is true in several ways is listed once. */
const addRules = (
  tally: RuleTally,
  clauses: ReadonlyArray<RuleClause>,
  first: number,
  possible: number,
  facts: Facts,
): void => {
  let last = tally.length === 0 ? -1 : tally[tally.length - 1]
  let bits = possible
  while (bits !== 0) {
    const { rule, confirm } = clauses[first + 31 - Math.clz32(bits & -bits)] as RuleClause
    bits &= bits - 1
    if (rule === last || (confirm !== undefined && !holds(confirm, facts))) continue
    tally.push(rule)
    last = rule
  }
}

/** A list that starts with its first rule takes less room than one that starts empty. */
const rulesInOneWord = (clauses: ReadonlyArray<RuleClause>, possible: number): ReadonlyArray<number> => {
  if (possible === 0) return []
  let bits = possible
  let last = ruleOfLowest(clauses, bits)
  const rules = [last]
  for (bits &= bits - 1; bits !== 0; bits &= bits - 1) {
    const rule = ruleOfLowest(clauses, bits)
    if (rule !== last) rules.push(rule)
    last = rule
  }
  return rules
}

const rulesInWords = ({ clauses, tables }: Block, found: FoundFacts, facts: Facts): ReadonlyArray<number> => {
  const rules: Array<number> = []
  const selection = selectRows(tables, found)
  for (let word = 0; word < tables.words; word++) {
    addRules(rules, clauses, word * 32, possibleInWord(tables, selection, word), facts)
  }
  return rules
}

const rulesInBlocks = ({ order, blocks }: Blocks, facts: Facts): ReadonlyArray<number> => {
  const found = factsByPlace(order, facts)
  const [first] = blocks
  if (first === undefined) return []
  return blocks.length === 1
    ? rulesInWords(first, found, facts)
    : [...new Set(blocks.flatMap((block) => rulesInWords(block, found, facts)))]
}

/** What most sets of rules need is kept short, so that engines compile it as one. */
const match = (all: Blocks, facts: Facts): ReadonlyArray<number> => {
  const { order, simple } = all
  if (simple === undefined) return rulesInBlocks(all, facts)
  return rulesInOneWord(simple.clauses, possibleInOneWord(simple.tables, factsByPlace(order, facts)))
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
