// Survey answers from a file: all of them, or every problem there is.
import { type Either, left, right } from 'fp-ts/Either'
import { categoriseAnswer, MemberId, type Zone } from 'treue'
import { accept, checkWidth, decoded, type Sheet, textIn, timeIn } from './read-cells.ts'
import { findColumns, type Problem, readTable } from './read-table.ts'
import type { Answer } from './shop.ts'

const NEEDED = ['customer', 'date', 'score'] as const
type Column = (typeof NEEDED)[number]

/** A whole number from 0 to 10; an empty cell is a question that was left out. */
const scoreOf = (sheet: Sheet<Column>): number | null => {
  const text = textIn(sheet, 'score')
  if (text === '') return null
  const score = /^\d+$/.test(text) ? Number(text) : Number.NaN
  accept(sheet, 'score', categoriseAnswer(score))
  return score
}

const answerOf = (sheet: Sheet<Column>, zone: Zone): Answer | undefined => {
  const customer = decoded(sheet, 'customer', MemberId)
  const time = timeIn(sheet, 'date', zone)
  const score = scoreOf(sheet)
  return customer === undefined || time === undefined ? undefined : { customer, day: time.day, score }
}

/** Reads a CSV file with the columns customer, date and score. */
export const readAnswers = (bytes: Uint8Array, zone: Zone): Either<ReadonlyArray<Problem>, ReadonlyArray<Answer>> => {
  const table = readTable(bytes)
  if (table._tag === 'Left') return table
  const { header, rows } = table.right
  const columns = findColumns(header, NEEDED, [])
  if (columns._tag === 'Left') return columns
  const problems: Array<Problem> = []
  const answers: Array<Answer> = []
  for (const row of rows) {
    if (!checkWidth(row, header, problems)) continue
    const answer = answerOf({ row, columns: columns.right, problems }, zone)
    if (answer !== undefined) answers.push(answer)
  }
  return problems.length > 0 ? left(problems) : right(answers)
}
