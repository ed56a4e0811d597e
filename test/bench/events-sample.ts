// Ten million events of a million customers over three years, as columns, as texts, and as a file.
import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CivilDate, type Instant, yearMonthDay } from '../../src/foundation/index.ts'

export const rowCount = 10_000_000
const customerCount = 1_000_000
export const months = 36

/** 2023-01-01. */
export const firstDay = 19_358 as CivilDate
const days = 1096
/** 2026-01-01, when everything is known. */
export const asOf = ((firstDay + days) * 86_400_000) as Instant

export interface Events {
  readonly customer: Int32Array
  /** Epoch days. */
  readonly day: Int32Array
  /** Milliseconds of the day. */
  readonly time: Int32Array
}

/** In no order; a few customers come often, and none before their own beginning. */
export const eventsOf = (rows: number): Events => {
  const events = { customer: new Int32Array(rows), day: new Int32Array(rows), time: new Int32Array(rows) }
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
  for (let row = 0; row < rows; row += 1) {
    const customer = Math.floor(customerCount * random() ** 1.6)
    const begins = Math.imul(customer, 2_654_435_761) >>> 0
    const since = Math.floor((begins / 4_294_967_296) * days)
    events.customer[row] = customer
    events.day[row] = firstDay + since + Math.floor((days - since) * random() ** 1.3)
    events.time[row] = Math.floor(random() * 86_400) * 1000
  }
  return events
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

const dateTexts = Array.from({ length: days + 1 }, (_, index) => {
  const { year, month, day } = yearMonthDay((firstDay + index) as CivilDate)
  return `${year}-${two(month)}-${two(day)}`
})

const clock = (milliseconds: number): string => {
  const seconds = milliseconds / 1000
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** What a row's id and time are in a file. */
export const textsAt = ({ customer, day, time }: Events, row: number): readonly [id: string, at: string] => [
  `c${customer[row]}`,
  `${dateTexts[(day[row] as number) - firstDay]}T${clock(time[row] as number)}Z`,
]

/** Months since the first one. */
const monthsByDay = (): Int32Array =>
  Int32Array.from({ length: days }, (_, index) => {
    const { year, month } = yearMonthDay((firstDay + index) as CivilDate)
    return (year - 2023) * 12 + month - 1
  })

const writeLines = (name: string, rows: number, line: (row: number) => string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'treue-bench-')), name)
  const file = openSync(path, 'w')
  for (let from = 0; from < rows; from += 50_000) {
    const lines = Array.from({ length: Math.min(50_000, rows - from) }, (_, index) => line(from + index))
    writeSync(file, `${lines.join('\n')}\n`)
  }
  closeSync(file)
  return path
}

/** Ids and times as texts, a row a line. */
export const writeTexts = (events: Events): string =>
  writeLines('texts.csv', events.day.length, (row) => textsAt(events, row).join(','))

/** The row, and its customer, day and month as whole numbers. */
export const writeNumbers = (events: Events): string => {
  const monthOf = monthsByDay()
  return writeLines('numbers.csv', events.day.length, (row) => {
    const day = events.day[row] as number
    return `${row},${events.customer[row]},${day},${monthOf[day - firstDay]}`
  })
}
