import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, unwrap } from '../../src/foundation/index.ts'
import {
  parseVoucherCode,
  VoucherCode,
  VoucherCodeFormat,
  voucherCode,
  voucherCodeNumber,
} from '../../src/rewards/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
// By a Python program of 25 lines that follows the three steps of the documentation.
import vectors from './voucher-code-vectors.json' with { type: 'json' }

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const seed = 'a secret of the shop'
const summer: VoucherCodeFormat = { prefix: 'SUMMER', symbols: 8, group: 4 }
const reasonOf = (format: VoucherCodeFormat, text: string): string => {
  const read = parseVoucherCode(format, text)
  return read._tag === 'Left' ? read.left.reason : 'none'
}

const formatArbitrary: fc.Arbitrary<VoucherCodeFormat> = fc.record({
  prefix: fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'), maxLength: 10 }),
  symbols: fc.integer({ min: 6, max: 21 }),
  group: fc.option(fc.integer({ min: 1, max: 21 })),
})
/** The first 2^25 numbers, which every format has. */
const numberArbitrary = fc.nat({ max: 32 ** 5 - 1 })
const issuedArbitrary = fc
  .tuple(formatArbitrary, numberArbitrary)
  .map(([format, number]) => ({ format, number, code: unwrap(voucherCode(format, seed, number)) }))

test.each(vectors)('an independent program derives the same code %#', ({ format, seed: secret, number, code }) => {
  expect(voucherCode(format, secret, number)).toEqual({ _tag: 'Right', right: code })
  expect(voucherCodeNumber(format, secret, code, number + 1)).toEqual({ _tag: 'Right', right: number })
})

describe('the check symbol, tried on all that can go wrong', () => {
  const formats: ReadonlyArray<VoucherCodeFormat> = [
    summer,
    { prefix: '', symbols: 6, group: null },
    { prefix: 'OIL1U23456', symbols: 21, group: 5 },
  ]
  const texts = formats.flatMap((format) =>
    [0, 1, 77, 123_456].map((number) => ({
      format,
      text: unwrap(voucherCode({ ...format, group: null }, seed, number)).replace('-', ''),
    })),
  )

  /** What every single wrong symbol, and every change of two places, makes of a code. */
  const replaced = (text: string) =>
    [...text].flatMap((_, place) =>
      [...alphabet].map((symbol) => ({ place, typed: [...text].with(place, symbol).join('') })),
    )
  const swapped = (text: string) =>
    [...text].flatMap((one, i) =>
      [...text].slice(i + 1).map((other, j) =>
        [...text]
          .with(i, other)
          .with(i + 1 + j, one)
          .join(''),
      ),
    )

  test('every single wrong symbol is found, at every place; in a prefix, what looks the same is read', () => {
    const sameLook = ['O0', '0O', 'I1', '1I', 'L1', '1L', 'IL', 'UV', 'VU']
    const expected = (format: VoucherCodeFormat, text: string, place: number, typed: string): string => {
      const change = `${text[place]}${typed[place]}`
      if (text === typed || sameLook.includes(change)) return 'none'
      return place < format.prefix.length ? 'prefix' : 'check'
    }
    for (const { format, text } of texts) {
      for (const { place, typed } of replaced(text)) {
        expect([typed, reasonOf(format, typed)]).toEqual([typed, expected(format, text, place, typed)])
      }
    }
  })

  test('every two different symbols that changed places are found, however far apart', () => {
    for (const { format, text } of texts) {
      const body = text.slice(format.prefix.length)
      for (const typed of swapped(body)) {
        expect(reasonOf(format, format.prefix + typed)).toBe(typed === body ? 'none' : 'check')
      }
    }
  })

  test('all pairs of neighbours and of twins: ab for ba, aa for bb', () => {
    const format = { prefix: '', symbols: 6, group: null }
    const valid = (first: string, second: string): string => {
      const start = `7${first}${second}Q4`
      const found = [...alphabet].filter((last) => reasonOf(format, start + last) === 'none')
      expect(found).toHaveLength(1)
      return start + (found[0] ?? '')
    }
    const pairs = [...alphabet].flatMap((a) => [...alphabet].map((b) => [a, b] as const))
    for (const [a, b] of pairs) {
      const expected = a === b ? 'none' : 'check'
      expect(reasonOf(format, valid(a, b).replace(`7${a}${b}`, `7${b}${a}`))).toBe(expected)
      expect(reasonOf(format, valid(a, a).replace(`7${a}${a}`, `7${b}${b}`))).toBe(expected)
    }
  })
})

test('numbers have different codes: all of a small range, and as a permutation any two', () => {
  const format = { prefix: '', symbols: 6, group: null }
  const codes = Array.from({ length: 5000 }, (_, number) => unwrap(voucherCode(format, seed, number)))
  expect(new Set(codes).size).toBe(5000)
  // Neither counting up nor sorted.
  expect(codes.slice(0, 100)).not.toEqual([...codes.slice(0, 100)].sort())
  fc.assert(
    fc.property(issuedArbitrary, ({ format: any, number, code }) => {
      expect(voucherCodeNumber(any, seed, code, number + 1)).toEqual({ _tag: 'Right', right: number })
    }),
  )
})

test('what is printed is read back, however it is typed', () => {
  fc.assert(
    fc.property(issuedArbitrary, fc.constantFrom('', ' ', '–', ' - '), ({ format, code }, between) => {
      const typed = code.toLowerCase().replaceAll('-', between)
      const lookAlike = typed.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('v', 'u')
      for (const text of [code, typed, lookAlike, `  ${lookAlike.toUpperCase()}\n`]) {
        expect(parseVoucherCode(format, text)).toEqual({ _tag: 'Right', right: code })
      }
    }),
  )
})

test('no code has a letter that looks like another', () => {
  fc.assert(
    fc.property(issuedArbitrary, ({ format, code }) => {
      expect(code.slice(format.prefix.length)).toMatch(/^[0-9A-HJKMNP-TV-Z-]*$/)
    }),
  )
})

test('why a text is no code', () => {
  expect(reasonOf(summer, 'SUMMER-FRC4-46E8')).toBe('none')
  expect(reasonOf(summer, 'SUMMER-FRC4-46E')).toBe('length')
  expect(reasonOf(summer, 'SUMMER-FRC4-46E88')).toBe('length')
  expect(reasonOf(summer, '')).toBe('length')
  expect(reasonOf(summer, 'WINTER-FRC4-46E8')).toBe('prefix')
  expect(reasonOf(summer, 'SUMMER-FRC4-46É8')).toBe('symbol')
  expect(parseVoucherCode(summer, 'SUMMER-FRC4-46É8')).toMatchObject({ left: { path: ['code', 14] } })
  expect(reasonOf(summer, '😀'.repeat(1_000_000))).toBe('length')
  // The same symbols under another prefix check otherwise.
  expect(reasonOf({ ...summer, prefix: 'WINTER' }, 'WINTER-FRC4-46E8')).toBe('check')
})

test('a code of another seed, or with a number that was not given out, was not issued', () => {
  const code = unwrap(voucherCode(summer, seed, 99))
  expect(voucherCodeNumber(summer, seed, code, 100)).toEqual({ _tag: 'Right', right: 99 })
  const notIssued = { left: [{ _tag: 'InvalidVoucherCode', reason: 'notIssued' }] }
  expect(voucherCodeNumber(summer, seed, code, 99)).toMatchObject(notIssued)
  expect(voucherCodeNumber(summer, 'the secret of another', code, 1_000_000)).toMatchObject(notIssued)
})

test('all faults are told, and none tells the seed', () => {
  const result = voucherCode(summer, 'short', -1)
  expect(result).toMatchObject({ left: [{ path: ['seed'] }] })
  expect(JSON.stringify(result)).not.toContain('"short"')
  const none = { prefix: 'é', symbols: Number.POSITIVE_INFINITY, group: 0 }
  expect(voucherCode(none, 'short', 0)).toMatchObject({
    left: [
      { path: ['format', 'prefix'] },
      { path: ['format', 'symbols'] },
      { path: ['format', 'group'] },
      { path: ['seed'] },
    ],
  })
  expect(parseVoucherCode(none, 'x')._tag).toBe('Left')
  expect(voucherCode(summer, seed, -1)).toMatchObject({ left: [{ path: ['number'] }] })
  expect(voucherCodeNumber(summer, 'short', 'x', 1)).toMatchObject({ left: [{ path: ['seed'] }, { path: ['code'] }] })
  const small = { prefix: '', symbols: 6, group: null }
  expect(voucherCode(small, seed, 32 ** 5 - 1)._tag).toBe('Right')
  expect(voucherCode(small, seed, 32 ** 5)._tag).toBe('Left')
  const large = { prefix: '', symbols: 21, group: null }
  const last = Number.MAX_SAFE_INTEGER - 1
  expect(voucherCodeNumber(large, seed, unwrap(voucherCode(large, seed, last)), last + 1)).toEqual({
    _tag: 'Right',
    right: last,
  })
  expect(voucherCode(large, seed, 0.5)._tag).toBe('Left')
  expect(decode(VoucherCodeFormat, { ...small, prefix: 'summer' })._tag).toBe('Left')
})

codecLaws('VoucherCodeFormat', VoucherCodeFormat, formatArbitrary)
codecLaws(
  'VoucherCode',
  VoucherCode,
  issuedArbitrary.map(({ code }) => code),
)
