// Integers of any size in JSON: as texts, since a number of JSON may be read with fewer digits.
import * as E from 'fp-ts/Either'
import type { Codec } from './codec.ts'
import { textCodec } from './codec-refine.ts'
import type { ExactInteger } from './exact-integer.ts'
import { invalidValue } from './fault.ts'

const digits = /^(0|-?[1-9][0-9]{0,39})$/
const expected = 'an integer of at most 40 digits, as a text'

const exactOf = (text: string): ExactInteger => {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

const isExact = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0)
  return typeof value === 'bigint' && !Number.isSafeInteger(Number(value)) && digits.test(String(value))
}

/**
 * Reads an exact integer from a text: a number where numbers are exact, and a bigint beyond.
 *
 * @example
 * ```ts
 * import { decode, ExactIntegerText } from 'treue'
 *
 * decode(ExactIntegerText, '-1200') // => { _tag: 'Right', right: -1200 }
 * decode(ExactIntegerText, '9007199254740993') // => { _tag: 'Right', right: 9007199254740993n }
 * decode(ExactIntegerText, '1.5')._tag // => 'Left'
 * ```
 */
export const ExactIntegerText: Codec<ExactInteger, string> = /* @__PURE__ */ textCodec<ExactInteger>(
  'ExactIntegerText',
  {
    expected,
    parse: (text) => (digits.test(text) ? E.right(exactOf(text)) : E.left(invalidValue([], text, expected))),
    format: String,
    holds: isExact,
    schema: { pattern: digits.source },
  },
)
