// Numeric kernel: from the facts of one event to the bits of the clauses that they leave possible. It changes nothing
// but the arrays that it makes itself.
import type { FieldRows } from './clause-table.ts'
import type { Fact, Facts, VocabularyField } from './vocabulary.ts'

/** A field of the vocabulary at its place in it. */
export interface PlacedField {
  readonly place: number
  readonly name: string
}

/** The fields of a vocabulary in its order, and what is known of them at first. */
export interface PlacedFields {
  readonly fields: ReadonlyArray<PlacedField>
  readonly byName: ReadonlyMap<string, PlacedField>
  readonly nothing: ReadonlyArray<undefined>
}

/** A field that clauses ask about. */
export interface AskedField extends PlacedField {
  readonly type: VocabularyField['type']
  readonly rows: FieldRows
}

/** The rows of all fields that some clauses ask about. */
export interface ClauseTables {
  readonly asked: ReadonlyArray<AskedField>
  readonly table: Int32Array
  /** the bits of every clause */
  readonly everyClause: ReadonlyArray<number>
}

/** The bits of the clauses that are still possible while one fact after the other is looked at. */
export type ClauseTally = Array<number>

const keepRow = (tally: ClauseTally, table: Int32Array, row: number): void => {
  for (let word = 0; word < tally.length; word++) tally[word] = (tally[word] as number) & (table[row + word] as number)
}

/** The buckets say where to begin: few cuts share a bucket. */
const numberRow = (rows: FieldRows, fact: number): number => {
  const { cuts, buckets } = rows
  const first = cuts[0] as number
  if (!(fact >= first)) return rows.firstRow
  if (fact >= (cuts[cuts.length - 1] as number)) return rows.firstRow + cuts.length * rows.words
  let cell = buckets[((fact - first) * rows.scale) | 0] as number
  while ((cuts[cell] as number) <= fact) cell++
  return rows.firstRow + cell * rows.words
}

/** `tally` has a row for each layer, then one for the clauses that are forbidden. */
const addText = (tally: ClauseTally, table: Int32Array, row: number): void => {
  for (let at = 0; at < tally.length; at++) tally[at] = (tally[at] as number) | (table[row + at] as number)
}

const keepTexts = (tally: ClauseTally, table: Int32Array, rows: FieldRows, fact: ReadonlyArray<unknown>): void => {
  const { layers, words } = rows
  const texts = rows.initial.slice()
  for (let i = 0; i < fact.length; i++) {
    const text = fact[i]
    if (typeof text !== 'string') {
      keepRow(tally, table, rows.missingRow)
      return
    }
    const row = rows.rowByText.get(text)
    if (row !== undefined) addText(texts, table, row)
  }
  for (let word = 0; word < words; word++) {
    let bits = (table[rows.firstRow + word] as number) & ~(texts[layers * words + word] as number)
    for (let layer = 0; layer < layers; layer++) bits &= texts[layer * words + word] as number
    tally[word] = (tally[word] as number) & bits
  }
}

const flagRow = (rows: FieldRows, fact: boolean): number => (fact ? rows.firstRow : rows.otherRow)

/** The row of a fact that is a single value. */
const valueRow = (type: VocabularyField['type'], rows: FieldRows, fact: Fact | undefined): number => {
  if (type === 'text') return typeof fact === 'string' ? (rows.rowByText.get(fact) ?? rows.otherRow) : rows.missingRow
  if (type === 'flag') return typeof fact === 'boolean' ? flagRow(rows, fact) : rows.missingRow
  return Number.isSafeInteger(fact) ? numberRow(rows, fact as number) : rows.missingRow
}

const keepFact = (
  tally: ClauseTally,
  table: Int32Array,
  type: VocabularyField['type'],
  rows: FieldRows,
  fact: Fact | undefined,
): void => {
  if (type === 'texts' && Array.isArray(fact)) keepTexts(tally, table, rows, fact)
  else keepRow(tally, table, type === 'texts' ? rows.missingRow : valueRow(type, rows, fact))
}

/**
 * The facts by the place of their field. They are walked through in their own order, since looking up one name after
 * the other takes several times as long; facts in the order of the vocabulary find their fields without a look-up.
 */
export const factsByPlace = (placed: PlacedFields, facts: Facts): ReadonlyArray<Fact | undefined> => {
  const { fields, byName } = placed
  const found: Array<Fact | undefined> = placed.nothing.slice()
  let next = 0
  for (const name in facts) {
    // biome-ignore lint/suspicious/noPrototypeBuiltins: inside this loop engines answer it from the object's shape
    if (!Object.prototype.hasOwnProperty.call(facts, name)) continue
    const expected = fields[next]
    const field = expected?.name === name ? expected : byName.get(name)
    if (field === undefined) continue
    found[field.place] = facts[name]
    next = field.place + 1
  }
  return found
}

/** A fact that was not walked through is missing, unless it is hidden from being walked through. */
const hiddenFact = (name: string, facts: Facts): Fact | undefined =>
  Object.hasOwn(facts, name) ? facts[name] : undefined

/** The bits of the clauses that facts, found by place, leave possible. */
export const possibleClauses = (
  { asked, table, everyClause }: ClauseTables,
  found: ReadonlyArray<Fact | undefined>,
  facts: Facts,
): ReadonlyArray<number> => {
  const tally = everyClause.slice()
  for (let i = 0; i < asked.length; i++) {
    const { place, name, type, rows } = asked[i] as AskedField
    keepFact(tally, table, type, rows, found[place] ?? hiddenFact(name, facts))
  }
  return tally
}
