// Numeric kernel: tables from the facts of each field to the clauses they leave possible, one bit a clause. It fills
// only the typed arrays that it makes itself; nothing changes once a table is built.
import { cutsOf, integersByCell, otherText, textsNamed } from './cell.ts'
import { group } from './group.ts'
import type { Literal } from './normal-form.ts'
import { truthOf } from './requirement.ts'
import { type TextRows, textRows } from './text-rows.ts'
import type { Fact, VocabularyField } from './vocabulary.ts'

/** The literals of one clause that are about one field. */
export interface FieldClause {
  readonly clause: number
  readonly literals: ReadonlyArray<Literal>
}

/**
 * Where the rows of one field's facts stand in the table: offsets, `words` for each row.
 *
 * A set of texts leaves a clause possible if the row of its presence does, if in every layer one of its texts or the
 * initial row has the clause's bit, and if no text forbids it. Layer k holds the k-th "has any" of each clause. The row
 * of a text is followed by those of its further layers, and by the one of the clauses that it forbids.
 */
export interface FieldRows {
  readonly words: number
  /** of the least integers, of `true`, or of the presence of texts */
  readonly firstRow: number
  /** of `false` */
  readonly otherRow: number
  readonly missingRow: number
  /** the first integers of the rows after the first */
  readonly cuts: Float64Array
  /** integers from the first cut on to the last are in bucket `(n - first) * scale`, which has the first row to try */
  readonly buckets: Int32Array
  readonly scale: number
  readonly texts: TextRows
  readonly layers: number
  /** a row for each layer, then an empty one for what is forbidden */
  readonly initial: ReadonlyArray<number>
}

/** Rows, and where they will stand. */
export interface FieldTable {
  readonly at: FieldRows
  readonly rows: ReadonlyArray<Int32Array>
}

const mostBuckets = 256

/** So many cuts are rather counted than looked for. */
export const fewCuts = 8

/** Literals beyond so many layers are left to whoever confirms the clause. */
export const mostLayers = 4

const noRows: FieldRows = {
  words: 0,
  firstRow: 0,
  otherRow: 0,
  missingRow: 0,
  cuts: /* @__PURE__ */ new Float64Array(),
  buckets: /* @__PURE__ */ new Int32Array(),
  scale: 0,
  texts: /* @__PURE__ */ textRows(/* @__PURE__ */ new Map<string, number>(), 0),
  layers: 0,
  initial: [],
}

interface BitChange {
  readonly bit: number
  readonly on: boolean
}

const withBits = (row: Int32Array, changes: ReadonlyArray<BitChange>): Int32Array => {
  const changed = row.slice()
  for (const { bit, on } of changes) {
    const word = bit >> 5
    const mask = 1 << (bit & 31)
    changed[word] = on ? (changed[word] ?? 0) | mask : (changed[word] ?? 0) & ~mask
  }
  return changed
}

/** A row with the bit of every clause but the given ones. */
export const rowOfOthers = (clauses: number, without: ReadonlyArray<FieldClause>): Int32Array =>
  withBits(new Int32Array(Math.ceil(clauses / 32)), [
    ...Array.from({ length: clauses }, (_, bit) => ({ bit, on: true })),
    ...without.map(({ clause }) => ({ bit: clause, on: false })),
  ])

const holdsFor = (literals: ReadonlyArray<Literal>, fact: Fact | undefined): boolean =>
  literals.every(({ requirement, wanted }) => truthOf(requirement)(fact) === (wanted ? 'true' : 'false'))

const bitsFor = (clauses: ReadonlyArray<FieldClause>, fact: Fact | undefined): ReadonlyArray<BitChange> =>
  clauses.map(({ clause, literals }) => ({ bit: clause, on: holdsFor(literals, fact) }))

const rowFrom = (base: Int32Array, clauses: ReadonlyArray<FieldClause>, fact: Fact | undefined): Int32Array =>
  withBits(base, bitsFor(clauses, fact))

/** The clauses that name a constant, by constant. */
const clausesByConstant = <K>(
  clauses: ReadonlyArray<FieldClause>,
  constantsOf: (requirements: ReadonlyArray<Literal['requirement']>) => Iterable<K>,
): ReadonlyMap<K, ReadonlyArray<FieldClause>> =>
  group(
    clauses.flatMap((clause) => {
      const constants = constantsOf(clause.literals.map(({ requirement }) => requirement))
      return [...constants].map((constant) => [constant, clause] as const)
    }),
  )

/** The row to try first in a bucket is the one after all cuts of the buckets before. */
const bucketsOf = (cuts: ReadonlyArray<number>): Pick<FieldRows, 'cuts' | 'buckets' | 'scale'> => {
  const first = cuts[0] ?? 0
  const range = (cuts[cuts.length - 1] ?? 0) - first
  const scale = range === 0 ? 0 : mostBuckets / range
  const bucketOf = (integer: number): number => Math.trunc((integer - first) * scale)
  const buckets = new Int32Array(mostBuckets + 1)
  let before = 0
  for (let bucket = 0; bucket <= mostBuckets; bucket++) {
    while (before < cuts.length && bucketOf(cuts[before] ?? 0) < bucket) before++
    buckets[bucket] = before
  }
  return { cuts: Float64Array.from(cuts), buckets, scale }
}

/** From one cell of integers to the next, only the clauses that name its first integer may change. */
const numberTable = (clauses: ReadonlyArray<FieldClause>, free: Int32Array, start: number): FieldTable => {
  const words = free.length
  const byCut = clausesByConstant(clauses, cutsOf)
  const cuts = [...byCut.keys()].sort((a, b) => a - b)
  const [lowest, ...others] = integersByCell(cuts)
  let row = rowFrom(free, clauses, lowest)
  const rows = [rowFrom(free, clauses, undefined), row]
  for (const integer of others) {
    row = rowFrom(row, byCut.get(integer) ?? [], integer)
    rows.push(row)
  }
  return { at: { ...noRows, words, firstRow: start + words, missingRow: start, ...bucketsOf(cuts) }, rows }
}

/** Rows by what they say, each of them once: texts that say the same share a row. */
interface SharedRows {
  readonly offsets: ReadonlyMap<string, number>
  readonly rows: ReadonlyArray<Int32Array>
}

const shareRows = (
  changesByText: Iterable<readonly [text: string, changes: ReadonlyArray<BitChange>]>,
  base: Int32Array,
  start: number,
): SharedRows => {
  const rows: Array<Int32Array> = []
  const offsetByChanges = new Map<string, number>()
  const offsets = new Map<string, number>()
  for (const [text, changes] of changesByText) {
    const key = changes.map(({ bit, on }) => (on ? bit : -bit - 1)).join()
    const offset = offsetByChanges.get(key) ?? start + rows.length * base.length
    if (!offsetByChanges.has(key)) rows.push(withBits(base, changes))
    offsetByChanges.set(key, offset)
    offsets.set(text, offset)
  }
  return { offsets, rows }
}

const textTable = (
  clauses: ReadonlyArray<FieldClause>,
  free: Int32Array,
  start: number,
  values: ReadonlyArray<string> | undefined,
): FieldTable => {
  const words = free.length
  const byText = clausesByConstant(clauses, textsNamed)
  const other = rowFrom(free, clauses, otherText(new Set(byText.keys())))
  const changes = [...(values ?? byText.keys())].map((text) => [text, bitsFor(byText.get(text) ?? [], text)] as const)
  const shared = shareRows(changes, other, start + 2 * words)
  const otherRow = values === undefined ? start + words : start
  return {
    at: { ...noRows, words, missingRow: start, texts: textRows(shared.offsets, otherRow) },
    rows: [rowFrom(free, clauses, undefined), other, ...shared.rows],
  }
}

const flagTable = (clauses: ReadonlyArray<FieldClause>, free: Int32Array, start: number): FieldTable => {
  const words = free.length
  return {
    at: { ...noRows, words, firstRow: start + words, otherRow: start + 2 * words, missingRow: start },
    rows: [undefined, true, false].map((fact) => rowFrom(free, clauses, fact)),
  }
}

type Texts = ReadonlySet<string>

/** The texts of each literal that wants at least one of them, or that forbids them. */
const textsOf = (literals: ReadonlyArray<Literal>, wanted: boolean): ReadonlyArray<Texts> =>
  literals.flatMap(({ requirement, wanted: w }) =>
    requirement.kind === 'hasAny' && w === wanted ? [requirement.values] : [],
  )

/** How many layers the literals of a clause on one field need. */
export const layersNeeded = (literals: ReadonlyArray<Literal>): number => textsOf(literals, true).length

/** In each layer, the clauses that want nothing there. */
const initialRows = (clauses: ReadonlyArray<FieldClause>, layers: number, words: number): ReadonlyArray<Int32Array> =>
  Array.from({ length: layers }, (_, layer) =>
    withBits(
      new Int32Array(words).fill(-1),
      clauses.map(({ clause, literals }) => ({ bit: clause, on: layersNeeded(literals) <= layer })),
    ),
  )

/** The texts that are named and where: the wanted ones in their layer, the forbidden ones after the layers. */
const textsByLayer = (literals: ReadonlyArray<Literal>, layers: number): ReadonlyArray<readonly [Texts, number]> => [
  ...textsOf(literals, true)
    .slice(0, layers)
    .map((texts, layer) => [texts, layer] as const),
  ...textsOf(literals, false).map((texts) => [texts, layers] as const),
]

/** By text that is named, its bits in the layers and in what it forbids, as one long row. */
const bitsByText = (
  clauses: ReadonlyArray<FieldClause>,
  layers: number,
  words: number,
): ReadonlyMap<string, ReadonlyArray<BitChange>> =>
  group(
    clauses.flatMap(({ clause, literals }) =>
      textsByLayer(literals, layers).flatMap(([texts, layer]) =>
        [...texts].map((text) => [text, { bit: layer * words * 32 + clause, on: true }] as const),
      ),
    ),
  )

const textsTable = (clauses: ReadonlyArray<FieldClause>, free: Int32Array, start: number): FieldTable => {
  const words = free.length
  const needed = clauses.reduce((most, { literals }) => Math.max(most, Math.min(mostLayers, layersNeeded(literals))), 0)
  const layers = words === 1 ? mostLayers : needed
  const presences = clauses.map(({ clause, literals }) => ({
    clause,
    literals: literals.filter(({ requirement }) => requirement.kind === 'presence'),
  }))
  const noText = new Int32Array((layers + 1) * words)
  const otherRow = start + 2 * words
  const shared = shareRows(bitsByText(clauses, layers, words), noText, otherRow + noText.length)
  const texts = textRows(shared.offsets, otherRow)
  const initial = [...joinRows([...initialRows(clauses, layers, words), new Int32Array(words)])]
  return {
    at: { ...noRows, words, firstRow: start + words, missingRow: start, texts, layers, initial },
    rows: [rowFrom(free, clauses, undefined), rowFrom(free, presences, []), noText, ...shared.rows],
  }
}

/**
 * The table of one field, which will stand at `start`; `free` has the bits of the clauses that don't ask about the
 * field.
 */
export const fieldTable = (
  field: VocabularyField,
  clauses: ReadonlyArray<FieldClause>,
  free: Int32Array,
  start: number,
): FieldTable => {
  switch (field.type) {
    case 'money':
    case 'integer':
      return numberTable(clauses, free, start)
    case 'text':
      return textTable(clauses, free, start, field.values)
    case 'texts':
      return textsTable(clauses, free, start)
    case 'flag':
      return flagTable(clauses, free, start)
  }
}

export const joinRows = (rows: ReadonlyArray<Int32Array>): Int32Array => {
  const joined = new Int32Array(rows.reduce((length, row) => length + row.length, 0))
  let at = 0
  for (const row of rows) {
    joined.set(row, at)
    at += row.length
  }
  return joined
}
