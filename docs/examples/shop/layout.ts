// Plain text in columns. Nothing here knows what the figures mean.
import { formatError } from 'treue'
import type { Measured } from './measure.ts'

/** The digits of a number with its thousands apart: 69,659 or 1,234.50. */
export const apart = (digits: string): string => digits.replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ',')

/** A whole number: 69,659. */
export const whole = (n: number): string => apart(String(n))

/** A share as a percentage with one digit: 52.5 %. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** A number of days with one digit. */
export const days = (n: number): string => `${n.toFixed(1)} days`

/** "1 order", "2 orders". */
export const counted = (n: number, one: string, several = `${one}s`): string => `${whole(n)} ${n === 1 ? one : several}`

/** A bar as long as a share of the width. */
export const bar = (share: number, width: number): string => '#'.repeat(Math.round(share * width))

type Align = 'left' | 'right'

const padded = (text: string, width: number, align: Align | undefined): string =>
  align === 'right' ? text.padStart(width) : text.padEnd(width)

/** Rows of cells as lines, each column as wide as its widest cell. */
export const table = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  align: ReadonlyArray<Align>,
): ReadonlyArray<string> => {
  const widths = align.map((_, column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    widths
      .map((width, column) => padded(row[column] ?? '', width, align[column]))
      .join('  ')
      .trimEnd(),
  )
}

/** A text in lines of at most so many characters, broken between words. */
export const wrapped = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** A part of the report: a title, a line that says what is seen, and the figures. */
export const section = (title: string, explanation: string, body: ReadonlyArray<string>): string =>
  [
    title,
    '-'.repeat(title.length),
    ...wrapped(explanation, 96),
    '',
    ...body.map((line) => `  ${line}`.trimEnd()),
    '',
  ].join('\n')

/** The lines of a measure, or the sentence that says why it has no value. */
export const linesOr = <A>(measured: Measured<A>, lines: (value: A) => ReadonlyArray<string>): ReadonlyArray<string> =>
  measured._tag === 'Right' ? lines(measured.right) : wrapped(`No figure. ${formatError(measured.left)}`, 92)
