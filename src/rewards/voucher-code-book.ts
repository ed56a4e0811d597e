/** Which voucher a code stands for, where a shop has several kinds of codes. */
import * as E from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../foundation/index.ts'
import type { VoucherId } from './reward-ids.ts'
import {
  type InvalidVoucherCode,
  parseVoucherCode,
  symbolsOf,
  type VoucherCode,
  type VoucherCodeFormat,
} from './voucher-code.ts'

/** A voucher, and how its codes look. */
export interface VoucherCodeBook {
  readonly voucher: VoucherId
  readonly format: VoucherCodeFormat
}

/** The beginnings of a code of a format, as it is read, up to the whole prefix; with how long such codes are. */
const beginningsOf = ({ prefix, symbols }: VoucherCodeFormat): ReadonlyArray<string> => {
  const read = symbolsOf(prefix)
  const length = prefix.length + symbols
  return Array.from({ length: read.length + 1 }, (_, end) => `${length}:${read.slice(0, end).join()}`)
}

/**
 * What is wrong with kinds of codes that are used side by side: one text could be a code of two of them. Nothing: each
 * code stands for one voucher.
 *
 * @param books - the vouchers that have codes
 *
 * @example
 * ```ts
 * import { type VoucherId, voucherCodeBookFaults } from 'treue'
 *
 * const book = (voucher: string, prefix: string, symbols: number) =>
 *   ({ voucher: voucher as VoucherId, format: { prefix, symbols, group: 4 } })
 * voucherCodeBookFaults([book('summer', 'SUMMER', 8), book('winter', 'WINTER', 8)]) // => []
 * voucherCodeBookFaults([book('summer', 'S', 8), book('any', '', 9)]).map(({ path }) => path) // => [[1, 'format']]
 * ```
 */
export const voucherCodeBookFaults = (books: ReadonlyArray<VoucherCodeBook>): ReadonlyArray<InvalidValue> => {
  const whole = new Set<string>()
  const begun = new Set<string>()
  return books.flatMap(({ format }, index) => {
    const beginnings = beginningsOf(format)
    const prefix = beginnings[beginnings.length - 1] ?? ''
    const overlaps = begun.has(prefix) || beginnings.some((beginning) => whole.has(beginning))
    whole.add(prefix)
    for (const beginning of beginnings) begun.add(beginning)
    return overlaps
      ? [invalidValue([index, 'format'], format, 'a length or a beginning that no format before it has')]
      : []
  })
}

/** How far reading went: a code that fits up to its check symbol is more likely meant than one of another length. */
const progressOf: { readonly [reason in InvalidVoucherCode['reason']]: number } = {
  symbol: 0,
  length: 1,
  prefix: 2,
  check: 3,
  notIssued: 4,
}

/**
 * The voucher that somebody's code stands for, and the code as it is printed.
 *
 * `InvalidVoucherCode`: it is no code of any of them; the reason is that of the one that it comes closest to.
 *
 * @param books - the vouchers that have codes; where one text fits several, the first counts
 * @param text - what was typed
 *
 * @example
 * ```ts
 * import { findVoucher, type VoucherId } from 'treue'
 *
 * const format = { prefix: 'SUMMER', symbols: 8, group: 4 }
 * const books = [{ voucher: 'ten-percent' as VoucherId, format }]
 * findVoucher(books, 'summer frc4 46e8')
 * // => { _tag: 'Right', right: { voucher: 'ten-percent', code: 'SUMMER-FRC4-46E8' } }
 * const mistyped = findVoucher(books, 'summer frc4 46e9')
 * mistyped._tag === 'Left' && mistyped.left.reason // => 'check'
 * ```
 */
export const findVoucher = (
  books: ReadonlyArray<VoucherCodeBook>,
  text: string,
): E.Either<InvalidVoucherCode, { readonly voucher: VoucherId; readonly code: VoucherCode }> => {
  const expected = 'a code of a voucher'
  let closest: InvalidVoucherCode = { _tag: 'InvalidVoucherCode', path: ['code'], expected, reason: 'symbol' }
  for (const { voucher, format } of books) {
    const read = parseVoucherCode(format, text)
    if (E.isRight(read)) return E.right({ voucher, code: read.right })
    if (progressOf[read.left.reason] >= progressOf[closest.reason]) closest = read.left
  }
  return E.left(closest)
}
