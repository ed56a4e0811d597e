// Numeric kernel: from the facts of one event to the bits of the clauses that they leave possible. It changes nothing
// but the arrays that it makes itself. Facts are hard to predict, so it rather does a little more than to branch on them.
import { type FieldRows, fewCuts } from './clause-table.ts'
import { rowOfText } from './text-rows.ts'
import type { Fact, VocabularyField } from './vocabulary.ts'

/** A field that clauses ask about. */
export interface AskedField {
  readonly place: number
  readonly type: VocabularyField['type']
  readonly rows: FieldRows
}

/** The rows of all fields that some clauses ask about. */
export interface ClauseTables {
  /** fields of texts last: they take longest, so that they are spared when nothing is possible any more */
  readonly asked: ReadonlyArray<AskedField>
  readonly table: Int32Array
  readonly words: number
  /** the bits of every clause */
  readonly everyClause: ReadonlyArray<number>
  readonly blank: SelectionTally
}

/**
 * The rows that the facts of one event select: where the list ends, then a row for each field that is asked about, in
 * order. After those come the sets of texts that are there, each as its field, where it ends, and the rows of its texts.
 */
export type SelectionTally = Array<number>

/** How many numbers about sets of texts a list has room for before it must grow. */
const roomForTexts = 16

export const blankSelection = (asked: number): SelectionTally => [
  asked + 1,
  ...Array.from({ length: asked + roomForTexts }, () => 0),
]

/** The buckets say where to begin: few cuts share a bucket. */
const cellOf = ({ cuts, buckets, scale }: FieldRows, fact: number): number => {
  const first = cuts[0] as number
  if (!(fact >= first)) return 0
  if (fact >= (cuts[cuts.length - 1] as number)) return cuts.length
  let cell = buckets[((fact - first) * scale) | 0] as number
  while ((cuts[cell] as number) <= fact) cell++
  return cell
}

const numberRow = (rows: FieldRows, fact: number): number => {
  const { cuts, firstRow, words } = rows
  if (cuts.length > fewCuts) return firstRow + cellOf(rows, fact) * words
  let cell = 0
  for (let i = 0; i < cuts.length; i++) cell += Number((cuts[i] as number) <= fact)
  return firstRow + cell * words
}

/** The row of a fact of a field that holds a single value. */
const valueRow = ({ type, rows }: AskedField, fact: Fact | undefined): number => {
  if (type === 'text') return typeof fact === 'string' ? rowOfText(rows.texts, fact) : rows.missingRow
  if (type === 'flag') return fact === true ? rows.firstRow : fact === false ? rows.otherRow : rows.missingRow
  return Number.isSafeInteger(fact) ? numberRow(rows, fact as number) : rows.missingRow
}

const textsBits = (table: Int32Array, rows: FieldRows, fact: ReadonlyArray<unknown>): number => {
  const { initial, texts } = rows
  let first = initial[0] as number
  let second = initial[1] as number
  let third = initial[2] as number
  let fourth = initial[3] as number
  let forbidden = initial[4] as number
  for (let i = 0; i < fact.length; i++) {
    const text = fact[i]
    if (typeof text !== 'string') return table[rows.missingRow] as number
    const row = rowOfText(texts, text)
    if (row === texts.otherRow) continue
    first |= table[row] as number
    second |= table[row + 1] as number
    third |= table[row + 2] as number
    fourth |= table[row + 3] as number
    forbidden |= table[row + 4] as number
  }
  return (table[rows.firstRow] as number) & first & second & third & fourth & ~forbidden
}

/** The bits of the clauses that facts, found by place, leave possible, if all clauses fit into one word. */
export const possibleInOneWord = (
  { asked, table, everyClause }: ClauseTables,
  found: ReadonlyArray<Fact | undefined>,
): number => {
  let bits = everyClause[0] as number
  for (let i = 0; i < asked.length; i++) {
    const field = asked[i] as AskedField
    const fact = found[field.place]
    if (field.type !== 'texts') {
      bits &= table[valueRow(field, fact)] as number
      continue
    }
    if (bits === 0) return 0
    bits &= Array.isArray(fact) ? textsBits(table, field.rows, fact) : (table[field.rows.missingRow] as number)
  }
  return bits
}

const selectTexts = (tally: SelectionTally, field: number, rows: FieldRows, fact: ReadonlyArray<unknown>): number => {
  const start = tally[0] as number
  let end = start + 2
  for (let i = 0; i < fact.length; i++) {
    const text = fact[i]
    if (typeof text !== 'string') return rows.missingRow
    const row = rowOfText(rows.texts, text)
    if (row !== rows.texts.otherRow) tally[end++] = row
  }
  tally[start] = field
  tally[start + 1] = end
  tally[0] = end
  return rows.firstRow
}

/** What facts, found by place, select. */
export const selectRows = (
  { asked, blank }: ClauseTables,
  found: ReadonlyArray<Fact | undefined>,
): ReadonlyArray<number> => {
  const selection = blank.slice()
  for (let i = 0; i < asked.length; i++) {
    const field = asked[i] as AskedField
    const fact = found[field.place]
    if (field.type !== 'texts') selection[i + 1] = valueRow(field, fact)
    else selection[i + 1] = Array.isArray(fact) ? selectTexts(selection, i, field.rows, fact) : field.rows.missingRow
  }
  return selection
}

const keepTexts = (tables: ClauseTables, selection: ReadonlyArray<number>, word: number, possible: number): number => {
  const { asked, table, words } = tables
  const last = selection[0] as number
  let bits = possible
  let start = asked.length + 1
  while (start < last && bits !== 0) {
    const { layers, initial } = (asked[selection[start] as number] as AskedField).rows
    const end = selection[start + 1] as number
    for (let layer = 0; layer <= layers; layer++) {
      const offset = layer * words + word
      let named = initial[offset] as number
      for (let i = start + 2; i < end; i++) named |= table[(selection[i] as number) + offset] as number
      bits &= layer === layers ? ~named : named
    }
    start = end
  }
  return bits
}

/** One word of the bits of the clauses that are possible with the selected rows. */
export const possibleInWord = (tables: ClauseTables, selection: ReadonlyArray<number>, word: number): number => {
  const { asked, table, everyClause } = tables
  let bits = everyClause[word] as number
  for (let i = 1; i <= asked.length; i++) bits &= table[(selection[i] as number) + word] as number
  return keepTexts(tables, selection, word, bits)
}
