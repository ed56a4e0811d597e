// Codecs of texts, numbers, flags and literals.
import { type Codec, itself, makeCodec } from './codec.ts'
import { type Read, refuse } from './codec-read.ts'
import type { JsonSchema } from './json-schema.ts'

const primitive = <A>(
  name: string,
  expected: string,
  holds: (value: unknown) => value is A,
  schema: JsonSchema,
  read: Read<A> = (input, sheet) => (holds(input) ? input : refuse(sheet, input, expected)),
): Codec<A> => makeCodec({ name, expected, read, holds, encode: itself, schema: () => schema, scalar: true })

/**
 * Any text.
 *
 * @example
 * ```ts
 * import { decode, stringCodec } from 'treue'
 *
 * decode(stringCodec, 'gold') // => { _tag: 'Right', right: 'gold' }
 * ```
 */
export const stringCodec: Codec<string> = /* @__PURE__ */ primitive(
  'string',
  'a text',
  (value) => typeof value === 'string',
  { type: 'string' },
)

/**
 * `true` or `false`.
 *
 * @example
 * ```ts
 * import { booleanCodec, decode } from 'treue'
 *
 * decode(booleanCodec, true) // => { _tag: 'Right', right: true }
 * ```
 */
export const booleanCodec: Codec<boolean> = /* @__PURE__ */ primitive(
  'boolean',
  'true or false',
  (value) => typeof value === 'boolean',
  { type: 'boolean' },
)

/** The limits of a number, both inclusive. */
export interface NumberBounds {
  readonly min?: number
  readonly max?: number
}

const boundsInWords = ({ min, max }: NumberBounds): string => {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` of at least ${min}`
  return max === undefined ? '' : ` of at most ${max}`
}

const boundsSchema = ({ min, max }: NumberBounds): JsonSchema => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
})

/** `-0` is `0` in JSON, so it is read as `0`. */
const numeric = (
  name: string,
  expected: string,
  takes: (value: number) => boolean,
  schema: JsonSchema,
  { min = -Infinity, max = Infinity }: NumberBounds,
): Codec<number> => {
  const within = (value: unknown): value is number =>
    typeof value === 'number' && takes(value) && value >= min && value <= max
  return primitive(
    name,
    expected,
    (value): value is number => within(value) && !Object.is(value, -0),
    schema,
    (input, sheet) => (within(input) ? input + 0 : refuse(sheet, input, expected)),
  )
}

/**
 * An integer that a number holds exactly (|n| < 2^53).
 *
 * @param bounds the limits, both inclusive; none by default
 * @example
 * ```ts
 * import { decode, formatError, integerCodec } from 'treue'
 *
 * const wrong = decode(integerCodec({ min: 1, max: 12 }), 13)
 * wrong._tag === 'Left' && formatError(wrong.left) // => 'Invalid value: got 13, expected an integer from 1 to 12.'
 * ```
 */
export const integerCodec = (bounds: NumberBounds = {}): Codec<number> => {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = bounds
  return numeric(
    'integer',
    `an integer${boundsInWords(bounds)}`,
    Number.isSafeInteger,
    { type: 'integer', minimum: min, maximum: max },
    { min, max },
  )
}

/**
 * A natural number that a number holds exactly, 0 included: minor units, counts, smallest units of points.
 *
 * @example
 * ```ts
 * import { decode, formatError, naturalCodec } from 'treue'
 *
 * const wrong = decode(naturalCodec, -1)
 * wrong._tag === 'Left' && formatError(wrong.left) // => 'Invalid value: got -1, expected an integer from 0 to 9007199254740991.'
 * ```
 */
export const naturalCodec: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER })

/**
 * A finite number.
 *
 * @param bounds the limits, both inclusive; none by default
 * @example
 * ```ts
 * import { decode, numberCodec } from 'treue'
 *
 * decode(numberCodec({ min: 0, max: 1 }), 0.25) // => { _tag: 'Right', right: 0.25 }
 * ```
 */
export const numberCodec = (bounds: NumberBounds = {}): Codec<number> =>
  numeric(
    'number',
    `a number${boundsInWords(bounds)}`,
    Number.isFinite,
    { type: 'number', ...boundsSchema(bounds) },
    bounds,
  )

const listInWords = (values: ReadonlyArray<unknown>): string => values.map((value) => JSON.stringify(value)).join(', ')

/**
 * One of the given values.
 *
 * @param values texts, numbers or flags
 * @example
 * ```ts
 * import { decode, literalCodec } from 'treue'
 *
 * decode(literalCodec('step', 'linear'), 'step') // => { _tag: 'Right', right: 'step' }
 * ```
 */
export const literalCodec = <const L extends ReadonlyArray<string | number | boolean>>(
  ...values: L
): Codec<L[number]> => {
  const known: ReadonlyMap<unknown, L[number]> = new Map(values.map((value) => [value, value]))
  const expected = values.length === 1 ? listInWords(values) : `one of ${listInWords(values)}`
  return makeCodec<L[number]>({
    name: values.map((value) => JSON.stringify(value)).join(' | '),
    expected,
    read: (input, sheet) => known.get(input) ?? refuse(sheet, input, expected),
    holds: (value) => known.has(value),
    encode: itself,
    schema: () => (values.length === 1 ? { const: values[0] } : { enum: values }),
    scalar: true,
  })
}
