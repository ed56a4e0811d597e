// Numeric kernel: the row of each text that is named. A few texts stand in a table with a slot of its own for each,
// found by the text's length and three of its characters; that takes less time than a Map. It fills only the lists
// that it makes itself.

/** The rows of named texts. */
export interface TextRows {
  /** the row of every text that isn't named */
  readonly otherRow: number
  /** by slot, an empty text where no named one is */
  readonly texts: ReadonlyArray<string>
  readonly rows: ReadonlyArray<number>
  readonly factor: number
  readonly shift: number
  /** used instead, when the texts don't get slots of their own */
  readonly rowByText: ReadonlyMap<string, number> | undefined
}

const mostTextsInSlots = 64
const attempts = 16

const slotOf = (text: string, factor: number, shift: number): number => {
  const { length } = text
  if (length === 0) return 0
  const ends = text.charCodeAt(0) * 131 + text.charCodeAt(length - 1) * 31
  const mixed = length + ends + text.charCodeAt(length === 1 ? 0 : length - 2) * 1021
  return Math.imul(mixed, factor) >>> shift
}

/** The row of a text. */
export const rowOfText = (textRows: TextRows, text: string): number => {
  const { otherRow, texts, rows, factor, shift, rowByText } = textRows
  if (rowByText !== undefined) return rowByText.get(text) ?? otherRow
  const slot = slotOf(text, factor, shift)
  return texts[slot] === text ? (rows[slot] as number) : otherRow
}

/** An odd factor for each attempt. */
const factorOf = (attempt: number): number => Math.imul(attempt + 1, 0x9e3779b1) | 1

const inSlots = (
  rowByText: ReadonlyMap<string, number>,
  otherRow: number,
  slots: number,
  factor: number,
): TextRows | undefined => {
  const shift = Math.clz32(slots) + 1
  const texts: Array<string> = Array.from({ length: slots }, () => '')
  const rows: Array<number> = texts.map(() => otherRow)
  const taken = new Set<number>()
  for (const [text, row] of rowByText) {
    const slot = slotOf(text, factor, shift)
    if (taken.has(slot)) return undefined
    taken.add(slot)
    texts[slot] = text
    rows[slot] = row
  }
  return { otherRow, texts, rows, factor, shift, rowByText: undefined }
}

/** Few texts get slots of their own soon, with two to sixteen times as many slots as texts; many hardly ever do. */
const tableOf = (rowByText: ReadonlyMap<string, number>, otherRow: number): TextRows | undefined => {
  if (rowByText.size > mostTextsInSlots) return undefined
  const fewestSlots = 4 << (31 - Math.clz32(rowByText.size | 1))
  for (let slots = fewestSlots; slots <= fewestSlots * 4; slots *= 2) {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const table = inSlots(rowByText, otherRow, slots, factorOf(attempt))
      if (table !== undefined) return table
    }
  }
  return undefined
}

/** Prepares to find the rows of texts. */
export const textRows = (rowByText: ReadonlyMap<string, number>, otherRow: number): TextRows =>
  tableOf(rowByText, otherRow) ?? { otherRow, texts: [], rows: [], factor: 0, shift: 0, rowByText }
