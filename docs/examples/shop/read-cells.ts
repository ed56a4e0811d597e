// One cell of a row: its value, or what is wrong with it. The sheet collects the problems of all cells.
import type { Either } from 'fp-ts/Either'
import {
  type CivilDate,
  type Codec,
  decode,
  describeValue,
  type Fault,
  type Instant,
  localDateOf,
  parseCivilDate,
  parseInstant,
  startOfDay,
  type Zone,
} from 'treue'
import type { Columns, Problem, Row } from './read-table.ts'

/** The cells of one row by column, and where their problems are noted. */
export interface Sheet<Name extends string> {
  readonly row: Row
  readonly columns: Columns<Name>
  readonly problems: Array<Problem>
}

/** The text of a cell; the empty text where the file has no such column. */
export const textIn = <Name extends string>({ row, columns }: Sheet<Name>, name: Name): string => {
  const index = columns[name]
  return index === undefined ? '' : (row.cells[index] ?? '')
}

/** Notes a problem of a cell. */
export const refuse = <Name extends string>(sheet: Sheet<Name>, name: Name, expected: string): undefined => {
  const found = textIn(sheet, name)
  const reason = `got ${found === '' ? 'nothing' : describeValue(found)}, expected ${expected}`
  sheet.problems.push({ row: sheet.row.line, column: name, reason })
  return undefined
}

/** The value of a result, or `undefined` after its fault was noted. */
export const accept = <Name extends string, A>(
  sheet: Sheet<Name>,
  name: Name,
  result: Either<Fault | ReadonlyArray<Fault>, A>,
): A | undefined => {
  if (result._tag === 'Right') return result.right
  const [fault] = [result.left].flat()
  return refuse(sheet, name, fault?.expected ?? 'another value')
}

/** The value of a cell by its codec. */
export const decoded = <Name extends string, A, O>(sheet: Sheet<Name>, name: Name, codec: Codec<A, O>): A | undefined =>
  accept(sheet, name, decode(codec, textIn(sheet, name)))

const A_TIME = 'a date such as 2026-03-01, or an instant with offset such as 2026-03-01T12:00:00+01:00'

/** A date, and the instant that stands for it where it has no time: the one at which the day begins in the zone. */
export const timeIn = <Name extends string>(
  sheet: Sheet<Name>,
  name: Name,
  zone: Zone,
): { readonly at: Instant; readonly day: CivilDate } | undefined => {
  const text = textIn(sheet, name)
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    const at = accept(sheet, name, parseInstant(text))
    return at === undefined ? undefined : { at, day: localDateOf(zone, at) }
  }
  if (!/^\d{4}(-\d\d-\d\d|\d{4})$/.test(text)) return refuse(sheet, name, A_TIME)
  const date = text.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text
  const day = accept(sheet, name, parseCivilDate(date))
  return day === undefined ? undefined : { at: startOfDay(zone, day), day }
}

/** Notes a row that has more or fewer cells than the header. */
export const checkWidth = (row: Row, header: ReadonlyArray<string>, problems: Array<Problem>): boolean => {
  if (row.cells.length === header.length) return true
  const reason = `got ${row.cells.length} cells, expected ${header.length} as in the header line`
  problems.push({ row: row.line, reason })
  return false
}
