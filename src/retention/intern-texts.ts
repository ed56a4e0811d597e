/* eslint-disable functional/prefer-immutable-types, no-param-reassign -- fills the hash table that it made itself */
// Gives each distinct text a number, in order of appearance. Short texts are packed into four words and looked up in an
// open hash table of words; others go through a Map, and so do those that share too many neighbours' places: texts that
// were made to collide take no longer. Rows come in batches: a table of a million texts is far from the
// processor, and it waits once for the places of a whole batch instead of once for each.

/** The words of a packed text, of which the last byte is its length, and the number of the text plus one. */
const stride = 5
const longestPacked = 15

interface InternTable {
  entries: Int32Array
  mask: number
  readonly ids: Array<string>
  /** Texts that can't be packed, or found no place. */
  readonly others: Map<string, number>
}

const newTable = (): InternTable => {
  const slots = 1024
  return { entries: new Int32Array(slots * stride), mask: slots - 1, ids: [], others: new Map() }
}

const packedWords = 4
const batchRows = 64

/** Packed texts of some rows, and where their search in the table begins; −1 for those that aren't packed. */
interface Batch {
  readonly words: Int32Array
  readonly slots: Int32Array
}

/** Writes the words of a text; `false` for one that is too long, or has characters beyond Latin-1. */
const pack = (text: string, words: Int32Array, from: number): boolean => {
  const { length } = text
  if (length > longestPacked) return false
  let codes = 0
  words[from] = 0
  words[from + 1] = 0
  words[from + 2] = 0
  words[from + 3] = length << 24
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at)
    codes |= code
    const word = from + (at >> 2)
    words[word] = (words[word] as number) | (code << ((at & 3) << 3))
  }
  return codes < 256
}

const hashOf = (first: number, second: number, third: number, fourth: number): number => {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77)
  hash ^= Math.imul(third, 0xc2b2ae3d) ^ Math.imul(fourth, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

const hashAt = (words: Int32Array, from: number): number =>
  hashOf(words[from] as number, words[from + 1] as number, words[from + 2] as number, words[from + 3] as number)

/** Texts seldom search more than a few places in a table that is at most half full. */
const longestSearch = 128

/** Where the entry of these words is, or where it belongs; −1 where that is too far away. */
const find = (entries: Int32Array, mask: number, words: Int32Array, from: number, slot: number): number => {
  const first = words[from] as number
  const second = words[from + 1] as number
  const third = words[from + 2] as number
  const fourth = words[from + 3] as number
  let at = slot * stride
  for (let step = 0; step < longestSearch; step += 1) {
    if (
      entries[at + 4] === 0 ||
      (entries[at] === first && entries[at + 1] === second && entries[at + 2] === third && entries[at + 3] === fourth)
    ) {
      return at
    }
    at = at === mask * stride ? 0 : at + stride
  }
  return -1
}

const place = (entries: Int32Array, at: number, words: Int32Array, from: number, number: number): void => {
  for (let word = 0; word < packedWords; word += 1) entries[at + word] = words[from + word] as number
  entries[at + packedWords] = number
}

/** Twice as many slots, so that they are never more than half full. */
const grow = (table: InternTable): void => {
  const { entries } = table
  const mask = table.mask * 2 + 1
  const larger = new Int32Array((mask + 1) * stride)
  for (let from = 0; from < entries.length; from += stride) {
    const number = entries[from + packedWords] as number
    if (number === 0) continue
    const at = find(larger, mask, entries, from, hashAt(entries, from) & mask)
    if (at < 0) table.others.set(table.ids[number - 1] as string, number - 1)
    else place(larger, at, entries, from, number)
  }
  table.mask = mask
  table.entries = larger
}

const internOther = ({ others, ids }: InternTable, text: string): number => {
  const known = others.get(text)
  if (known !== undefined) return known
  const number = ids.length
  ids.push(text)
  others.set(text, number)
  return number
}

const internPacked = (table: InternTable, text: string, { words }: Batch, from: number, slot: number): number => {
  const at = find(table.entries, table.mask, words, from, slot)
  if (at < 0) return internOther(table, text)
  const known = table.entries[at + packedWords] as number
  if (known > 0) return known - 1
  // Where there is room now, there may have been none before the table grew.
  const other = table.others.size === 0 ? undefined : table.others.get(text)
  if (other !== undefined) return other
  table.ids.push(text)
  const number = table.ids.length
  place(table.entries, at, words, from, number)
  return number - 1
}

/** Distinct texts, and of each row which one it has; −1 for what is no text, and for an empty one. */
export interface InternedTexts {
  readonly ids: ReadonlyArray<string>
  readonly index: Int32Array
}

/** Packs the texts of a batch, and asks for their places in the table. */
const packBatch = (
  { entries, mask }: InternTable,
  texts: ReadonlyArray<unknown>,
  from: number,
  until: number,
  { words, slots }: Batch,
): void => {
  for (let row = from; row < until; row += 1) {
    const text = texts[row]
    const at = row - from
    const packed = typeof text === 'string' && pack(text, words, at * packedWords)
    slots[at] = packed ? hashAt(words, at * packedWords) & mask : -1
  }
  let touched = 0
  for (let at = 0; at < until - from; at += 1) {
    const slot = slots[at] as number
    if (slot >= 0) touched |= entries[slot * stride] as number
  }
  // What was read ahead is kept, or the engine would not read it.
  slots[batchRows] = touched
}

const internOne = (table: InternTable, text: unknown, batch: Batch, at: number): number => {
  if (typeof text !== 'string' || text.length === 0) return -1
  const slot = batch.slots[at] as number
  return slot < 0 ? internOther(table, text) : internPacked(table, text, batch, at * packedWords, slot)
}

export const internTexts = (texts: ReadonlyArray<unknown>): InternedTexts => {
  const table = newTable()
  const index = new Int32Array(texts.length)
  const batch: Batch = { words: new Int32Array(batchRows * packedWords), slots: new Int32Array(batchRows + 1) }
  for (let from = 0; from < texts.length; from += batchRows) {
    const until = Math.min(texts.length, from + batchRows)
    // Before the slots of the batch are known: they hold only while the table stays as it is.
    if ((table.ids.length + batchRows) * 2 > table.mask) grow(table)
    packBatch(table, texts, from, until, batch)
    for (let row = from; row < until; row += 1) index[row] = internOne(table, texts[row], batch, row - from)
  }
  return { ids: table.ids, index }
}
