import { Decimal as Base } from 'decimal.js'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  Decimal,
  type DecimalInput,
  decode,
  formatDecimal,
  formatError,
  toDecimal,
  unwrap,
} from '../../src/foundation/index.ts'
import { decimalArbitrary, decimalTextArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Decimal', Decimal, decimalArbitrary)

const decimal = (input: DecimalInput): Decimal => unwrap(toDecimal(input))

describe('toDecimal', () => {
  test.each<[DecimalInput, string]>([
    ['0', '0'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['1.50', '1.5'],
    ['0.000000000000000000000000000001', '0.000000000000000000000000000001'],
    ['9'.repeat(30), '9'.repeat(30)],
    [-7, '-7'],
    [-0, '0'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [new Base('1e21'), '1000000000000000000000'],
    [new Base('-0'), '0'],
    [new Base('1e-7'), '0.0000001'],
  ])('%s is %s', (input, text) => {
    expect(formatDecimal(decimal(input))).toBe(text)
  })

  test.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '1.',
    '.5',
    '01',
    '1e3',
    '0x1F',
    'NaN',
    'Infinity',
    '-',
    '--1',
    '1_0',
    '9'.repeat(31),
  ])('"%s" is none', (input) => {
    expect(toDecimal(input)).toMatchObject({ left: { _tag: 'InvalidValue', path: [] } })
  })

  test('a number with a fraction has already lost digits', () => {
    const wrong = toDecimal(0.1)
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
      'Invalid value: got 0.1, expected a decimal number as a text: a number with a fraction has already lost digits.',
    )
    for (const n of [2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 1e300]) expect(toDecimal(n)._tag).toBe('Left')
  })

  test('a Decimal that is no finite number of use is refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '1e401', '1e-401', `1.${'1'.repeat(300)}`]) {
      expect(toDecimal(new Base(value))._tag).toBe('Left')
    }
  })

  test('so is what only looks like one', () => {
    const tag = { toStringTag: '[object Decimal]' }
    const fakes: ReadonlyArray<unknown> = [
      null,
      undefined,
      {},
      tag,
      { ...tag, s: 1, e: 0, d: null },
      { ...tag, s: 1, e: 0, d: [] },
      { ...tag, s: 1, e: 0, d: [0.5] },
      { ...tag, s: 1, e: 0, d: [-1] },
      { ...tag, s: 1, e: 0.5, d: [1] },
      { ...tag, s: 2, e: 0, d: [1] },
    ]
    for (const fake of fakes) expect(toDecimal(fake as Decimal)._tag).toBe('Left')
  })

  test('reads what it writes, and writes it canonically', () => {
    fc.assert(
      fc.property(decimalTextArbitrary, (text) => {
        const value = decimal(text)
        const written = formatDecimal(value)
        expect(decimal(written).eq(value)).toBe(true)
        expect(written).not.toMatch(/^-0$|\.\d*0$|e/)
        expect(value.eq(new Base(text))).toBe(true)
      }),
    )
  })
})

describe('the settings of an app', () => {
  const before = {
    precision: Base.precision,
    rounding: Base.rounding,
    toExpNeg: Base.toExpNeg,
    toExpPos: Base.toExpPos,
  }
  afterEach(() => {
    Base.set(before)
  })

  test('never change a result, nor ours theirs', () => {
    const third = (): string => formatDecimal(decimal(1).dividedBy(3))
    const expected = third()
    expect(expected).toBe(`0.${'3'.repeat(80)}`)
    Base.set({ precision: 3, rounding: Base.ROUND_UP, toExpNeg: 0, toExpPos: 0 })
    expect(third()).toBe(expected)
    expect(formatDecimal(decimal('0.00000001'))).toBe('0.00000001')
    expect(new Base(1).dividedBy(3).toString()).toBe('3.34e-1')
    expect([Base.precision, Base.rounding]).toEqual([3, Base.ROUND_UP])
  })

  test('do not cling to a Decimal that an app made', () => {
    const Five = Base.clone({ precision: 5 })
    expect(formatDecimal(decimal(new Five(1)).dividedBy(3))).toBe(`0.${'3'.repeat(80)}`)
  })
})

describe('the codec', () => {
  test('takes texts and integers only', () => {
    for (const input of ['0.05', 3]) expect(decode(Decimal, input)._tag).toBe('Right')
    for (const input of [0.05, new Base(1), null, ['1'], { s: 1, e: 0, d: [1] }]) {
      expect(decode(Decimal, input)._tag).toBe('Left')
    }
    const wrong = decode(Decimal, null)
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
      'Invalid value: got null, expected a decimal number such as "0.05", with at most 30 digits on each side of the point.',
    )
  })

  test('is() takes what decoding gives only', () => {
    const third = decimal(1).dividedBy(3)
    for (const value of [third, new Base(1), decimal(-1).times(0), '1', 1, null]) expect(Decimal.is(value)).toBe(false)
    expect(Decimal.is(decimal('1.5'))).toBe(true)
  })
})

test('formatDecimal writes any result', () => {
  expect(formatDecimal(decimal(1).dividedBy(0))).toBe('Infinity')
  expect(formatDecimal(decimal(10).pow(500))).toBe('1e+500')
  expect(formatDecimal(decimal(-1).times(0))).toBe('0')
})
