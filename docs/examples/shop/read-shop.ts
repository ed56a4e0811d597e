// The shop that the arguments ask for: files, or the sample.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Either, left, right } from 'fp-ts/Either'
import type { Zone } from 'treue'
import { readAnswers } from './read-answers.ts'
import { readOrders } from './read-orders.ts'
import type { Problem } from './read-table.ts'
import { sampleShop } from './sample-shop.ts'
import type { Shop } from './shop.ts'

/** A file that cannot be used, with everything that is wrong with it. */
export interface BadFile {
  readonly file: string
  readonly problems: ReadonlyArray<Problem>
}

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a directory, not a file'],
  ['EACCES', 'it may not be read'],
])

const bytesOf = (file: string): Either<ReadonlyArray<Problem>, Uint8Array> => {
  try {
    return right(readFileSync(file))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    return left([{ reason: REASONS.get(code) ?? message }])
  }
}

const readFile = <A>(
  file: string,
  read: (bytes: Uint8Array) => Either<ReadonlyArray<Problem>, A>,
): Either<BadFile, A> => {
  const bytes = bytesOf(file)
  const found = bytes._tag === 'Left' ? bytes : read(bytes.right)
  return found._tag === 'Left' ? left({ file, problems: found.left }) : found
}

/** Reads orders, and answers if a second file is given; without a file it is the sample shop. */
export const readShop = (files: ReadonlyArray<string>, zone: Zone): Either<BadFile, Shop> => {
  const [orders, answers] = files
  if (orders === undefined) return right(sampleShop(zone))
  const shop = readFile(orders, (bytes) => readOrders(bytes, basename(orders), zone))
  if (shop._tag === 'Left' || answers === undefined) return shop
  const answered = readFile(answers, (bytes) => readAnswers(bytes, zone))
  return answered._tag === 'Left' ? answered : right({ ...shop.right, answers: answered.right })
}

const MOST_PROBLEMS = 20

const problemLine = ({ row, column, reason }: Problem): string => {
  const place = [...(row === undefined ? [] : [`row ${row}`]), ...(column === undefined ? [] : [`column "${column}"`])]
  return `  ${place.length === 0 ? '' : `${place.join(', ')}: `}${reason}`
}

/** What is wrong with a file, for a person. */
export const badFileText = ({ file, problems }: BadFile): string => {
  const more = problems.length - MOST_PROBLEMS
  return [
    `${file} cannot be used, and nothing of it was:`,
    ...problems.slice(0, MOST_PROBLEMS).map(problemLine),
    ...(more > 0 ? [`  … and ${more} more ${more === 1 ? 'problem' : 'problems'}`] : []),
    '',
  ].join('\n')
}
