/**
 * Codes of vouchers: derived from a secret seed, so that none has to be stored before it is used.
 *
 * 1. Symbols are those of Crockford's base 32, which leaves out I, L, O and U; they are read as 1, 1, 0 and V.
 * 2. The last symbol checks the rest by Damm's algorithm over the field of 32 elements (x⁵ + x² + 1): the operation is
 *    `(a, b) -> 2 · (a + b)`. It finds every wrong symbol and every two symbols that changed places, however far apart.
 * 3. The symbols between are the number of the code under a Feistel permutation of ten rounds, whose round function is
 *    SHA-256 of seed and half: different numbers have different codes, and whoever has the seed finds the number again.
 */
import * as E from 'fp-ts/Either'
import {
  type Brand,
  type Codec,
  constrainCodec,
  type Fault,
  type InvalidValue,
  integerCodec,
  invalidValue,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  refineCodec,
  sha256Hasher,
  stringCodec,
  structCodec,
  underPath,
} from '../foundation/index.ts'

/** A code as it is printed. */
export type VoucherCode = Brand<string, 'VoucherCode'>

/** Reads a code that was read or derived before: any text that is not empty. */
export const VoucherCode: Codec<VoucherCode, string> = /* @__PURE__ */ refineCodec<string, string, VoucherCode>(
  stringCodec,
  'VoucherCode',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/** How codes look. */
export interface VoucherCodeFormat {
  /** What all of them begin with: at most 10 letters from A to Z and digits; may be empty. */
  readonly prefix: string
  /** How many symbols follow, the check symbol included: 6 to 21. Each of the others has 32 values. */
  readonly symbols: number
  /** Symbols between two hyphens; `null`: none. */
  readonly group: number | null
}

/** A text that is no code of the format. */
export interface InvalidVoucherCode extends Fault<'InvalidVoucherCode'> {
  /**
   * `symbol`: a character that stands in no code; `length`: too many or too few; `prefix`: another beginning; `check`: it
   * was mistyped; `notIssued`: it was not derived from the seed, or has a number that was not given out.
   */
  readonly reason: 'symbol' | 'length' | 'prefix' | 'check' | 'notIssued'
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What each character stands for; small letters and look-alikes are read as what they look like. */
const symbolOf: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Array.from(`${alphabet}${alphabet.toLowerCase()}OoIiLlUu`).map((character, index) => [
    character,
    index < 64 ? index % 32 : ([0, 0, 1, 1, 1, 1, 27, 27][index - 64] ?? 0),
  ]),
)

const prefixForm = /^[A-Z0-9]{0,10}$/

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

const formatFaults = ({ prefix, symbols, group }: VoucherCodeFormat): ReadonlyArray<InvalidValue> => [
  ...(prefixForm.test(prefix) ? [] : [invalidValue(['prefix'], prefix, 'at most 10 letters from A to Z and digits')]),
  ...(isWithin(symbols, 6, 21) ? [] : [invalidValue(['symbols'], symbols, 'an integer from 6 to 21')]),
  ...(group === null || isWithin(group, 1, 21)
    ? []
    : [invalidValue(['group'], group, 'an integer from 1 to 21, or null')]),
]

/**
 * Reads a {@link VoucherCodeFormat}.
 *
 * @example
 * ```ts
 * import { decode, VoucherCodeFormat } from 'treue'
 *
 * decode(VoucherCodeFormat, { prefix: 'SUMMER', symbols: 8, group: 4 })._tag // => 'Right'
 * decode(VoucherCodeFormat, { prefix: 'Été', symbols: 8, group: 4 })._tag // => 'Left'
 * ```
 */
export const VoucherCodeFormat: Codec<VoucherCodeFormat> = /* @__PURE__ */ constrainCodec<
  VoucherCodeFormat,
  VoucherCodeFormat
>(
  /* @__PURE__ */ structCodec('VoucherCodeFormat', {
    prefix: stringCodec,
    symbols: /* @__PURE__ */ integerCodec({ min: 6, max: 21 }),
    group: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ integerCodec({ min: 1, max: 21 })),
  }),
  formatFaults,
)

/** Damm's algorithm: what is 0 after the right check symbol, and is that symbol before it. */
const damm = (symbols: ReadonlyArray<number>): number =>
  symbols.reduce((interim, symbol) => {
    const doubled = (interim ^ symbol) << 1
    return doubled >= 32 ? doubled ^ 0b100101 : doubled
  }, 0)

/** The symbols of letters and digits, as they are read. */
export const symbolsOf = (text: string): ReadonlyArray<number> =>
  Array.from(text, (character) => symbolOf.get(character) ?? 0)

const printed = ({ prefix, group }: VoucherCodeFormat, symbols: ReadonlyArray<number>): VoucherCode => {
  const text = symbols.map((symbol) => alphabet.charAt(symbol)).join('')
  const length = Math.max(1, group ?? text.length)
  const groups = Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  )
  return (prefix === '' ? groups : [prefix, ...groups]).join('-') as VoucherCode
}

/** The halves that the symbols of a number fall into: how many values each has. */
const halvesOf = ({ symbols }: VoucherCodeFormat): readonly [high: number, low: number] => {
  const low = Math.floor((symbols - 1) / 2)
  return [32 ** (symbols - 1 - low), 32 ** low]
}

const rounds = 10

/** 52 bits of a hash; the sizes of halves are powers of two below that, so each value is as likely. */
const roundKeys = ({ prefix, symbols }: VoucherCodeFormat, seed: string): ((round: number, half: number) => number) => {
  const hash = sha256Hasher()
  return (round, half) =>
    Number.parseInt(hash(`voucher code:${prefix}:${symbols}:${round}:${half}:${seed}`).slice(0, 13), 16)
}

const scrambled = (format: VoucherCodeFormat, seed: string, number: number): readonly [number, number] => {
  const halves = halvesOf(format)
  const key = roundKeys(format, seed)
  let [a, b] = [Math.floor(number / halves[1]), number % halves[1]]
  for (let round = 0; round < rounds; round += 1) {
    const size = round % 2 === 0 ? halves[0] : halves[1]
    const mixed = (a + (key(round, b) % size)) % size
    a = b
    b = mixed
  }
  return [a, b]
}

const unscrambled = (format: VoucherCodeFormat, seed: string, high: number, low: number): number => {
  const halves = halvesOf(format)
  const key = roundKeys(format, seed)
  let [a, b] = [high, low]
  for (let round = rounds - 1; round >= 0; round -= 1) {
    const size = round % 2 === 0 ? halves[0] : halves[1]
    const before = (b - (key(round, a) % size) + size) % size
    b = a
    a = before
  }
  return a * halves[1] + b
}

/** A number in base 32, the highest symbol first. */
const inBase32 = (number: number, length: number): ReadonlyArray<number> => {
  const symbols: Array<number> = []
  for (let rest = number; symbols.length < length; rest = Math.floor(rest / 32)) symbols.unshift(rest % 32)
  return symbols
}

const fromBase32 = (symbols: ReadonlyArray<number>): number => symbols.reduce((sum, symbol) => sum * 32 + symbol, 0)

const shortestSeed = 16

const seedFaults = (seed: string): ReadonlyArray<InvalidValue> =>
  seed.length >= shortestSeed
    ? []
    : [invalidValue(['seed'], 'a shorter text', `a secret text of at least ${shortestSeed} characters`)]

/** How many different codes a format has, as far as their numbers are exact. */
const capacityOf = (format: VoucherCodeFormat): number => {
  const [high, low] = halvesOf(format)
  return Math.min(high * low, Number.MAX_SAFE_INTEGER)
}

/**
 * The code with a number: the same for the same seed and format on any machine, and another one for every other number.
 *
 * `InvalidValue`: the seed is shorter than 16 characters, or the format is none. `OutOfRange`: the number is below 0 or no integer, or the format
 * has not so many codes.
 *
 * @param format - how codes look
 * @param seed - a secret text from a good source: whoever knows it knows all codes
 * @param number - which code, from 0 on
 *
 * @example
 * ```ts
 * import { unwrap, voucherCode } from 'treue'
 *
 * const format = { prefix: 'SUMMER', symbols: 8, group: 4 }
 * unwrap(voucherCode(format, 'a secret of the shop', 0)) // => 'SUMMER-FRC4-46E8'
 * ```
 */
export const voucherCode = (
  format: VoucherCodeFormat,
  seed: string,
  number: number,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, VoucherCode> => {
  const wrong = [...underPath(['format'], formatFaults(format)), ...seedFaults(seed)]
  if (wrong.length > 0) return E.left(wrong)
  const most = capacityOf(format) - 1
  if (!isWithin(number, 0, most)) return E.left([outOfRange(['number'], number, `an integer from 0 to ${most}`)])
  const [high, low] = scrambled(format, seed, number)
  const lowLength = Math.floor((format.symbols - 1) / 2)
  const body = [...inBase32(high, format.symbols - 1 - lowLength), ...inBase32(low, lowLength)]
  return E.right(printed(format, [...body, damm([...symbolsOf(format.prefix), ...body])]))
}

const invalidCode = (
  reason: InvalidVoucherCode['reason'],
  expected: string,
  path: InvalidVoucherCode['path'] = ['code'],
): InvalidVoucherCode => ({ _tag: 'InvalidVoucherCode', path, expected, reason })

/** Longer texts are not looked at. */
const longestText = 200

/** What people put between symbols, and what writing programs make of it. */
const separators: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ Array.from(' \t\n\r\u00a0\u2009\u202f-_.\u2010\u2011\u2012\u2013\u2014\u2212'),
)

/** The symbols of a text after the prefix. */
const readSymbols = (format: VoucherCodeFormat, text: string): E.Either<InvalidVoucherCode, ReadonlyArray<number>> => {
  const { prefix, symbols } = format
  const length = `${prefix.length + symbols} letters and digits`
  if (text.length > longestText) return E.left(invalidCode('length', length))
  const read: Array<number> = []
  for (const [index, character] of Array.from(text).entries()) {
    const symbol = symbolOf.get(character)
    if (symbol !== undefined) read.push(symbol)
    else if (!separators.has(character)) {
      return E.left(invalidCode('symbol', 'a letter from A to Z or a digit', ['code', index]))
    }
  }
  if (read.length !== prefix.length + symbols) return E.left(invalidCode('length', length))
  const isPrefix = symbolsOf(prefix).every((symbol, index) => symbol === read[index])
  if (!isPrefix) return E.left(invalidCode('prefix', `a code that begins with ${prefix}`))
  return damm(read) === 0
    ? E.right(read.slice(prefix.length))
    : E.left(invalidCode('check', 'a code without a typing error'))
}

/**
 * Reads what somebody typed, as the code is printed: capital or small letters, with or without hyphens and blanks, O for 0,
 * I or L for 1, U for V. Every wrong symbol and every two that changed places are found.
 *
 * `InvalidVoucherCode`: it is no code of the format; `reason` tells why.
 *
 * @param format - how codes look
 * @param text - what was typed
 *
 * @example
 * ```ts
 * import { parseVoucherCode } from 'treue'
 *
 * const format = { prefix: 'SUMMER', symbols: 8, group: 4 }
 * parseVoucherCode(format, 'summer frc4 46e8') // => { _tag: 'Right', right: 'SUMMER-FRC4-46E8' }
 * const mistyped = parseVoucherCode(format, 'SUMMER-FRC4-46E9')
 * mistyped._tag === 'Left' && mistyped.left.reason // => 'check'
 * ```
 */
export const parseVoucherCode = (
  format: VoucherCodeFormat,
  text: string,
): E.Either<InvalidVoucherCode, VoucherCode> => {
  const read = readSymbols(format, text)
  return E.isLeft(read) ? read : E.right(printed(format, read.right))
}

/**
 * The number of a code that was typed: no list of codes is needed to know those that were given out.
 *
 * `InvalidVoucherCode`: it is no code of the format, or not one of those that were given out; `reason` tells why.
 * `InvalidValue`: the seed is shorter than 16 characters.
 *
 * @param format - how codes look
 * @param seed - the secret text that they were derived from
 * @param text - what was typed
 * @param issued - how many codes were given out: those with lower numbers
 *
 * @example
 * ```ts
 * import { unwrap, voucherCode, voucherCodeNumber } from 'treue'
 *
 * const format = { prefix: 'SUMMER', symbols: 8, group: 4 }
 * const seed = 'a secret of the shop'
 * voucherCodeNumber(format, seed, unwrap(voucherCode(format, seed, 41)), 100) // => { _tag: 'Right', right: 41 }
 * const beyond = voucherCodeNumber(format, seed, unwrap(voucherCode(format, seed, 100)), 100)
 * beyond._tag === 'Left' && beyond.left.map((fault) => fault._tag) // => ['InvalidVoucherCode']
 * ```
 */
export const voucherCodeNumber = (
  format: VoucherCodeFormat,
  seed: string,
  text: string,
  issued: number,
): E.Either<ReadonlyArray<InvalidVoucherCode | InvalidValue>, number> => {
  const faults = seedFaults(seed)
  const read = readSymbols(format, text)
  if (E.isLeft(read)) return E.left([...faults, read.left])
  if (faults.length > 0) return E.left(faults)
  const place = format.symbols - 1 - Math.floor((format.symbols - 1) / 2)
  const [high, low] = [fromBase32(read.right.slice(0, place)), fromBase32(read.right.slice(place, -1))]
  const number = unscrambled(format, seed, high, low)
  return number < issued ? E.right(number) : E.left([invalidCode('notIssued', 'a code that was given out')])
}
