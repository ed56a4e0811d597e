// Exact decimal numbers: what is exact and not yet rounded, such as rates and multipliers. The only file that knows
// decimal.js. Ours is a private copy of its class, so an app's settings never change a result, nor ours theirs.
import { Decimal as Base } from 'decimal.js'
import * as E from 'fp-ts/Either'
import { type Codec, makeCodec } from './codec.ts'
import { refuseAs } from './codec-read.ts'
import { describeValue, type InvalidValue, invalidValue, type Path } from './fault.ts'

/**
 * An exact decimal number of decimal.js. Values that `toDecimal` or a codec gave compute with 80 digits, whatever an
 * app set; where two operands meet, that of the left one counts.
 */
export type Decimal = Base

/** What is taken for a decimal number: one of decimal.js, a plain decimal text, or a number that is an integer. */
export type DecimalInput = Decimal | string | number

// Digits of precision, and rounding half to even (6), each as decimal.js names them.
const Exact: typeof Base = /* @__PURE__ */ Base.clone({ precision: 80, rounding: 6, defaults: true })

/** For intermediate values: products, integer quotients and remainders of usable values fit without rounding. */
const Wide: typeof Base = /* @__PURE__ */ Base.clone({ precision: 1200, rounding: 6, defaults: true })

const mostDigits = 30
const plainDecimal = /^-?(?:0|[1-9]\d{0,29})(?:\.\d{1,30})?$/
const expectedText = `a decimal number such as "0.05", with at most ${mostDigits} digits on each side of the point`
const expectedNumber = 'a decimal number as a text: a number with a fraction has already lost digits'

/** A number of more digits, or with an exponent further away from 0, is no amount, rate or factor of anything. */
const greatestExponent = 400
const mostWords = 40

/** decimal.js keeps seven digits in a word. */
const isWord = (word: number): boolean => Number.isInteger(word) && word >= 0 && word < 1e7

/** `-0` is 0. */
const canonical = (value: Base): Base => (value.isZero() ? new Exact(0) : value)

const hasSoundDigits = ({ d }: Base): boolean =>
  Array.isArray(d) && d.length > 0 && d.length <= mostWords && d.every(isWord)

const isUsable = (value: Base): boolean =>
  hasSoundDigits(value) && Number.isInteger(value.e) && Math.abs(value.e) <= greatestExponent && Math.abs(value.s) === 1

const ofInstance = (input: Base): E.Either<InvalidValue, Decimal> =>
  Base.isDecimal(input) && isUsable(input)
    ? E.right(canonical(new Exact(input)))
    : E.left(invalidValue([], input, expectedText))

const ofNumber = (input: number): E.Either<InvalidValue, Decimal> => {
  if (Number.isSafeInteger(input)) return E.right(new Exact(input + 0))
  return E.left(invalidValue([], input, Number.isInteger(input) ? expectedText : expectedNumber))
}

/**
 * A decimal number; `InvalidValue` where the text isn't in plain notation or has more than 30 digits on a side of the
 * point, where a number isn't an integer (it has already lost digits) or not a safe one.
 *
 * @param input a `Decimal`, a text such as `"0.05"`, or an integer
 * @example
 * ```ts
 * import { formatDecimal, toDecimal, unwrap } from 'treue'
 *
 * formatDecimal(unwrap(toDecimal('0.10')).plus(unwrap(toDecimal('0.2')))) // => '0.3'
 * toDecimal(0.1)._tag // => 'Left'
 * ```
 */
export const toDecimal = (input: DecimalInput): E.Either<InvalidValue, Decimal> => {
  if (typeof input === 'number') return ofNumber(input)
  if (typeof input !== 'string') return ofInstance(input)
  return plainDecimal.test(input) ? E.right(canonical(new Exact(input))) : E.left(invalidValue([], input, expectedText))
}

/**
 * A decimal number in plain notation, without trailing zeros.
 *
 * @param value a decimal number
 * @example
 * ```ts
 * import { formatDecimal, toDecimal, unwrap } from 'treue'
 *
 * formatDecimal(unwrap(toDecimal('1.50'))) // => '1.5'
 * ```
 */
export const formatDecimal = (value: Decimal): string => {
  if (value.isZero()) return '0'
  return isUsable(value) ? value.toFixed() : value.toString()
}

/** A copy that computes without rounding; `undefined` where the value isn't finite. */
export const widen = (value: Decimal): Decimal | undefined => (isUsable(value) ? new Wide(value) : undefined)

/** The result of such a computation, with the library's own settings. */
export const ofWide = (value: Decimal): Decimal => canonical(new Exact(value))

/** The fault that a decimal number isn't one to compute with. */
export const notUsable = (path: Path, value: Decimal, expected: string): InvalidValue => ({
  _tag: 'InvalidValue',
  path,
  expected,
  actual: String(value),
})

const isText = (value: unknown): value is DecimalInput => typeof value === 'string' || typeof value === 'number'

const isCanonical = (value: unknown): boolean =>
  value instanceof Base &&
  value.constructor === Exact &&
  plainDecimal.test(formatDecimal(value)) &&
  !(value.isZero() && value.isNegative())

/**
 * Reads a decimal number from JSON: a text in plain notation, or an integer.
 *
 * @example
 * ```ts
 * import { Decimal, decode, formatDecimal, unwrap } from 'treue'
 *
 * formatDecimal(unwrap(decode(Decimal, '0.050'))) // => '0.05'
 * ```
 */
export const Decimal: Codec<Decimal, string> = /* @__PURE__ */ makeCodec<Decimal, string>({
  name: 'Decimal',
  expected: expectedText,
  read: (input, sheet) => {
    if (!isText(input)) return refuseAs(sheet, describeValue(input), expectedText)
    const result = toDecimal(input)
    return result._tag === 'Right' ? result.right : refuseAs(sheet, result.left.actual, result.left.expected)
  },
  holds: isCanonical,
  encode: formatDecimal,
  schema: (builder) => {
    if (builder.side === 'output') builder.unsupported.push('Decimal')
    return {
      title: 'Decimal',
      anyOf: [{ type: 'string', pattern: '^-?(0|[1-9][0-9]{0,29})(\\.[0-9]{1,30})?$' }, { type: 'integer' }],
    }
  },
})
