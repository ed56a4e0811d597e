import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  findVoucher,
  parseVoucherCode,
  type VoucherCodeBook,
  type VoucherId,
  voucherCode,
  voucherCodeBookFaults,
} from '../../src/rewards/index.ts'

const seed = 'a secret of the shop'
const book = (voucher: string, prefix: string, symbols: number): VoucherCodeBook => ({
  voucher: voucher as VoucherId,
  format: { prefix, symbols, group: 4 },
})
const reasonOf = (books: ReadonlyArray<VoucherCodeBook>, text: string) => {
  const found = findVoucher(books, text)
  return found._tag === 'Left' ? found.left.reason : found.right.voucher
}

const booksArbitrary = fc.array(
  fc.record({
    prefix: fc.constantFrom('', 'S', '5', 'SO', 'S0', 'SUMMER', 'SVMMER', 'WINTER'),
    symbols: fc.integer({ min: 6, max: 10 }),
  }),
  { minLength: 1, maxLength: 4 },
)

test('where nothing is wrong with the books, every code is found to be that of its own voucher', () => {
  fc.assert(
    fc.property(booksArbitrary, fc.nat({ max: 10_000 }), (kinds, number) => {
      const books = kinds.map(({ prefix, symbols }, index) => book(`v${index}`, prefix, symbols))
      fc.pre(voucherCodeBookFaults(books).length === 0)
      for (const { voucher, format } of books) {
        const code = unwrap(voucherCode(format, seed, number))
        expect(findVoucher(books, code)).toEqual({ _tag: 'Right', right: { voucher, code } })
        const fits = books.filter((one) => parseVoucherCode(one.format, code)._tag === 'Right')
        expect(fits).toHaveLength(1)
      }
    }),
  )
})

test('a slow comparison of each with each finds the same books that overlap', () => {
  const canonical = (prefix: string) => prefix.replaceAll('O', '0').replaceAll('U', 'V').replaceAll('I', '1')
  fc.assert(
    fc.property(booksArbitrary, (kinds) => {
      const overlapping = kinds.flatMap((one, index) => {
        const isBefore = kinds.slice(0, index).some((other) => {
          const [a, b] = [canonical(one.prefix), canonical(other.prefix)]
          const sameLength = a.length + one.symbols === b.length + other.symbols
          return sameLength && (a.startsWith(b) || b.startsWith(a))
        })
        return isBefore ? [index] : []
      })
      const books = kinds.map(({ prefix, symbols }, index) => book(`v${index}`, prefix, symbols))
      expect(voucherCodeBookFaults(books).map(({ path }) => path[0])).toEqual(overlapping)
    }),
  )
})

test('what looks the same is the same: O and 0, U and V', () => {
  expect(voucherCodeBookFaults([book('a', 'SO', 8), book('b', 'S0', 8)])).toMatchObject([{ path: [1, 'format'] }])
  expect(voucherCodeBookFaults([book('a', 'SUMMER', 8), book('b', 'SVMMER', 8)])).toHaveLength(1)
  expect(voucherCodeBookFaults([book('a', 'SUMMER', 8), book('b', 'SUMMER', 9)])).toEqual([])
})

test('the reason is that of the code that it comes closest to', () => {
  const books = [book('summer', 'SUMMER', 8), book('short', '', 6)]
  expect(reasonOf(books, 'SUMMER-FRC4-46E8')).toBe('summer')
  expect(reasonOf(books, 'SUMMER-FRC4-46E9')).toBe('check')
  expect(reasonOf(books, 'WINTER-FRC4-46E8')).toBe('prefix')
  expect(reasonOf(books, 'SUMMER')).toBe('check')
  expect(reasonOf(books, 'SUM')).toBe('length')
  expect(reasonOf(books, 'é')).toBe('symbol')
  expect(reasonOf([], 'SUMMER-FRC4-46E8')).toBe('symbol')
})
