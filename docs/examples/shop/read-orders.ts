// Orders from a file: all of them, or every problem there is.
import { type Either, left, right } from 'fp-ts/Either'
import { ActivityId, Currency, type LineId, MemberId, money, type Zone } from 'treue'
import { accept, checkWidth, decoded, refuse, type Sheet, textIn, timeIn } from './read-cells.ts'
import { findColumns, type Problem, type Row, readTable, type Table } from './read-table.ts'
import type { Order, Shop } from './shop.ts'

const NEEDED = ['customer', 'date', 'amount'] as const
const OPTIONAL = ['id', 'category', 'currency'] as const
type Column = (typeof NEEDED)[number] | (typeof OPTIONAL)[number]

/** CDNOW's names of the columns that are needed. Its amounts are in US dollars. */
const NAMES_IN_CDNOW = new Map([
  ['customer_id', 'customer'],
  ['dollar_value', 'amount'],
])

/** What the rows above say about this one. */
interface Above {
  readonly zone: Zone
  /** Where the file has no column for it. */
  readonly defaultCurrency: Currency
  currency: Currency | undefined
  readonly ids: Set<string>
}

const LINE = '1' as LineId

const idOf = (sheet: Sheet<Column>, { ids }: Above): ActivityId | undefined => {
  if (sheet.columns.id === undefined) return `order/line ${sheet.row.line}` as ActivityId
  const id = decoded(sheet, 'id', ActivityId)
  if (id === undefined) return undefined
  if (ids.has(id)) return refuse(sheet, 'id', 'an id that comes only once')
  ids.add(id)
  return `order/${id}` as ActivityId
}

const currencyOf = (sheet: Sheet<Column>, above: Above): Currency | undefined => {
  const own = sheet.columns.currency === undefined ? above.defaultCurrency : decoded(sheet, 'currency', Currency)
  above.currency ??= own
  if (own === undefined || own === above.currency) return own
  return refuse(sheet, 'currency', `${above.currency}, as in the rows above: a program has one currency`)
}

const totalOf = (sheet: Sheet<Column>, above: Above): Order['total'] | undefined => {
  const currency = currencyOf(sheet, above)
  if (currency === undefined) return undefined
  const total = accept(sheet, 'amount', money(textIn(sheet, 'amount'), currency))
  return total !== undefined && total.minor < 0 ? refuse(sheet, 'amount', 'an amount of 0 or more') : total
}

const orderOf = (sheet: Sheet<Column>, above: Above): Order | undefined => {
  const customer = decoded(sheet, 'customer', MemberId)
  const time = timeIn(sheet, 'date', above.zone)
  const total = totalOf(sheet, above)
  const id = idOf(sheet, above)
  if (customer === undefined || time === undefined || total === undefined || id === undefined) return undefined
  const category = textIn(sheet, 'category')
  const line = { id: LINE, amount: total, ...(category === '' ? {} : { categories: [category] }) }
  return { id, customer, ...time, total, lines: [line] }
}

const readRows = (
  rows: ReadonlyArray<Row>,
  header: ReadonlyArray<string>,
  columns: Sheet<Column>['columns'],
  above: Above,
): Either<ReadonlyArray<Problem>, ReadonlyArray<Order>> => {
  const problems: Array<Problem> = []
  const orders: Array<Order> = []
  for (const row of rows) {
    if (!checkWidth(row, header, problems)) continue
    const order = orderOf({ row, columns, problems }, above)
    if (order !== undefined) orders.push(order)
  }
  return problems.length > 0 ? left(problems) : right(orders)
}

const notesOn = ({ layout, header }: Table, columns: Sheet<Column>['columns']): ReadonlyArray<string> => {
  const ignored = header.filter((_, index) => !Object.values(columns).includes(index))
  return [
    ...(layout === 'cdnow' ? ['Recognised as the CDNOW purchase log by its header line: amounts are US dollars.'] : []),
    ...(layout === 'csv' && columns.currency === undefined ? ['No column "currency": amounts are taken as EUR.'] : []),
    ...(ignored.length > 0 ? [`Columns that the report does not use: ${ignored.join(', ')}.`] : []),
  ]
}

/**
 * Reads a shop from the bytes of a file: a CSV file with the columns customer, date and amount, and if it has them id,
 * category and currency; or CDNOW_master.txt.
 */
export const readOrders = (bytes: Uint8Array, file: string, zone: Zone): Either<ReadonlyArray<Problem>, Shop> => {
  const table = readTable(bytes)
  if (table._tag === 'Left') return table
  const { layout, header, rows } = table.right
  const names = layout === 'cdnow' ? header.map((name) => NAMES_IN_CDNOW.get(name) ?? name) : header
  const columns = findColumns(names, NEEDED, OPTIONAL)
  if (columns._tag === 'Left') return columns
  const defaultCurrency = (layout === 'cdnow' ? 'USD' : 'EUR') as Currency
  const above: Above = { zone, defaultCurrency, currency: undefined, ids: new Set() }
  const read = readRows(rows, header, columns.right, above)
  if (read._tag === 'Left') return read
  const [first, ...rest] = [...read.right].sort((a, b) => a.at - b.at)
  if (first === undefined) return left([{ reason: 'it has no orders' }])
  return right({
    source: file,
    currency: first.total.currency,
    orders: [first, ...rest],
    others: [],
    recommendedBy: new Map(),
    answers: [],
    notes: notesOn(table.right, columns.right),
  })
}
