// A table of text: rows of cells under a header line, or everything that is wrong with it.
import { parse } from 'csv-parse/sync'
import { type Either, left, right } from 'fp-ts/Either'
import { describeValue } from 'treue'

/** Something that is wrong with a file: where, if it is in one place, and what would be right. */
export interface Problem {
  readonly row?: number
  readonly column?: string
  readonly reason: string
}

/** A row, by its line in the file, the header being line 1. */
export interface Row {
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

/** A table whose header has been read. */
export interface Table {
  readonly layout: 'csv' | 'cdnow'
  /** The names in the header, lower case. */
  readonly header: ReadonlyArray<string>
  readonly rows: ReadonlyArray<Row>
}

const HEADER_OF_CDNOW = 'customer_id date number_of_cds dollar_value'
const SEPARATORS = [';', '\t', ',']

const problem = (reason: string): Either<ReadonlyArray<Problem>, never> => left([{ reason }])

const textOf = (bytes: Uint8Array): Either<ReadonlyArray<Problem>, string> => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? problem('it is not a text file') : right(text)
  } catch {
    return problem('it is not a text file in UTF-8')
  }
}

/** Lines of cells with white space between them. */
const readSpaced = (text: string): ReadonlyArray<Row> =>
  text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim()
    return trimmed === '' ? [] : [{ line: index + 1, cells: trimmed.split(/\s+/) }]
  })

const readSeparated = (text: string, delimiter: string): Either<ReadonlyArray<Problem>, ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }: { lines: number }) => {
        rows.push({ line: lines, cells })
        return null
      },
    })
    return right(rows)
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number }
    return left([{ ...(lines === undefined ? {} : { row: lines }), reason: `not well-formed CSV: ${message}` }])
  }
}

/** Reads the rows of a CSV file (separated by comma, semicolon or tab), or of CDNOW_master.txt by its header line. */
export const readTable = (bytes: Uint8Array): Either<ReadonlyArray<Problem>, Table> => {
  const text = textOf(bytes)
  if (text._tag === 'Left') return text
  const firstLine = text.right.trimStart().split(/\r?\n/, 1)[0] ?? ''
  const spaced = firstLine.trim().split(/\s+/).join(' ').toLowerCase() === HEADER_OF_CDNOW
  const separator = SEPARATORS.find((one) => firstLine.includes(one)) ?? ','
  const read = spaced ? right(readSpaced(text.right)) : readSeparated(text.right, separator)
  if (read._tag === 'Left') return read
  const [header, ...rows] = read.right
  if (header === undefined) return problem('it is empty')
  if (rows.length === 0) return problem('it has a header line and nothing below it')
  return right({
    layout: spaced ? 'cdnow' : 'csv',
    header: header.cells.map((name) => name.toLowerCase()),
    rows,
  })
}

/** Where a table's columns are. */
export type Columns<Name extends string> = { readonly [name in Name]?: number }

/** Finds columns by name, whatever their order; those that are needed and missing, or there twice, are problems. */
export const findColumns = <Needed extends string, Optional extends string>(
  header: ReadonlyArray<string>,
  needed: ReadonlyArray<Needed>,
  optional: ReadonlyArray<Optional>,
): Either<ReadonlyArray<Problem>, { readonly [name in Needed]: number } & Columns<Optional>> => {
  const names = [...needed, ...optional]
  const problems = [
    ...needed
      .filter((name) => !header.includes(name))
      .map((name) => ({
        row: 1,
        column: name,
        reason: `there is no such column; the header line is ${describeValue(header.join(','))}`,
      })),
    ...names
      .filter((name) => header.indexOf(name) !== header.lastIndexOf(name))
      .map((name) => ({ row: 1, column: name, reason: 'there are two columns of this name' })),
  ]
  if (problems.length > 0) return left(problems)
  const found = names.filter((name) => header.includes(name)).map((name) => [name, header.indexOf(name)])
  return right(Object.fromEntries(found))
}
