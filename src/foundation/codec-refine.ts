// Codecs made from other codecs: a narrower one, one with null, one with further checks, one of another type.
import type { Either } from 'fp-ts/Either'
import { type Codec, type CodecParts, makeCodec } from './codec.ts'
import { stringCodec } from './codec-primitive.ts'
import { refuse, refused, type Sheet } from './codec-read.ts'
import type { Fault, InvalidValue } from './fault.ts'
import type { JsonSchema } from './json-schema.ts'

/** Reads by a codec. Where that takes texts, numbers or flags only, `expected` tells more of what would be right. */
const readBase = <A, O>(base: CodecParts<A, O>, expected: string, input: unknown, sheet: Sheet): A | typeof refused => {
  const from = sheet.drafts.length
  const value = base.read(input, sheet)
  const draft = sheet.drafts[from]
  if (base.scalar === true && draft !== undefined) sheet.drafts[from] = { ...draft, expected }
  return value
}

/**
 * The values of a codec for which a condition holds; `B` names their type.
 *
 * @param base the codec to narrow
 * @param name the name of the type
 * @param expected a phrase that says what would be right
 * @param holds the condition
 * @param schema JSON Schema keywords that say the condition, where there are any
 * @example
 * ```ts
 * import { decode, integerCodec, refineCodec } from 'treue'
 *
 * const Even = refineCodec(integerCodec(), 'Even', 'an even integer', (n) => n % 2 === 0, { multipleOf: 2 })
 * decode(Even, 4) // => { _tag: 'Right', right: 4 }
 * ```
 */
export const refineCodec = <A, O, B extends A = A>(
  base: Codec<A, O>,
  name: string,
  expected: string,
  holds: (value: A) => boolean,
  schema: JsonSchema = {},
): Codec<B, O> => {
  const inner = base['~parts']
  const parts: CodecParts<A, O> = {
    ...inner,
    name,
    expected,
    read: (input, sheet) => {
      const value = readBase(inner, expected, input, sheet)
      return value === refused || holds(value) ? value : refuse(sheet, input, expected)
    },
    holds: (value, sheet) => inner.holds(value, sheet) && holds(value as A),
    schema: (builder) => ({ ...inner.schema(builder), title: name, ...schema }),
  }
  return makeCodec(parts) as unknown as Codec<B, O>
}

/**
 * `null`, or what another codec takes.
 *
 * @param codec the codec of the other values
 * @example
 * ```ts
 * import { decode, nullableCodec, stringCodec } from 'treue'
 *
 * decode(nullableCodec(stringCodec), null) // => { _tag: 'Right', right: null }
 * ```
 */
export const nullableCodec = <A, O>(codec: Codec<A, O>): Codec<A | null, O | null> => {
  const inner = codec['~parts']
  const expected = `${inner.expected}, or null`
  return makeCodec<A | null, O | null>({
    name: `${inner.name} | null`,
    expected,
    read: (input, sheet) => (input === null ? null : readBase(inner, expected, input, sheet)),
    holds: (value, sheet) => value === null || inner.holds(value, sheet),
    encode: (value) => (value === null ? null : inner.encode(value)),
    schema: (builder) => ({ anyOf: [inner.schema(builder), { type: 'null' }] }),
  })
}

/**
 * A codec with checks that concern several parts of a value at once; each fault has its own path.
 *
 * @param base the codec of the parts
 * @param faultsOf every fault of a value, with paths from that value on
 * @example
 * ```ts
 * import { constrainCodec, decode, integerCodec, invalidValue, structCodec } from 'treue'
 *
 * const Range = constrainCodec(structCodec('Range', { low: integerCodec(), high: integerCodec() }), ({ low, high }) =>
 *   low <= high ? [] : [invalidValue(['high'], high, `at least ${low}`)],
 * )
 * decode(Range, { low: 1, high: 2 }) // => { _tag: 'Right', right: { low: 1, high: 2 } }
 * ```
 */
export const constrainCodec = <A, O>(
  base: Codec<A, O>,
  faultsOf: (value: A) => ReadonlyArray<Described>,
): Codec<A, O> => {
  const inner = base['~parts']
  return makeCodec<A, O>({
    ...inner,
    read: (input, sheet) => {
      const value = inner.read(input, sheet)
      if (value === refused) return refused
      const faults = faultsOf(value)
      return faults.length === 0 ? value : noteAll(faults, input, sheet)
    },
    holds: (value, sheet) => inner.holds(value, sheet) && faultsOf(value as A).length === 0,
  })
}

/** A fault that says what was found. */
export type Described = Fault & Pick<InvalidValue, 'actual'>

const noteAll = (faults: ReadonlyArray<Described>, input: unknown, sheet: Sheet): typeof refused => {
  for (const { actual, expected, path } of faults) {
    sheet.drafts.push({ keys: [...path].reverse(), value: path.length === 0 ? input : undefined, actual, expected })
  }
  return refused
}

const isList = (faults: Described | ReadonlyArray<Described>): faults is ReadonlyArray<Described> =>
  Array.isArray(faults)

/** How the values of one codec become those of another type, and back. */
export interface Transformation<A, I> {
  /** a phrase that says what would be right */
  readonly expected: string
  /** the value, or what is wrong with the input */
  readonly parse: (input: I) => Either<Described | ReadonlyArray<Described>, A>
  /** the input that gives the value */
  readonly format: (value: A) => I
  /** whether a value is one that `parse` gives */
  readonly holds: (value: unknown) => boolean
  /** JSON Schema keywords of the form that is parsed */
  readonly schema?: JsonSchema
  /** the JSON Schema of the parsed value; left out where JSON can't hold it */
  readonly outputSchema?: JsonSchema
}

/**
 * A codec of another type, by a parser and its inverse.
 *
 * @param name the name of the type
 * @param base the codec of what is parsed
 * @param transformation the parser, its inverse and what they are about
 * @example
 * ```ts
 * import { right } from 'fp-ts/Either'
 * import { booleanCodec, decode, transformCodec } from 'treue'
 *
 * const Flag = transformCodec<0 | 1, boolean, boolean>('Flag', booleanCodec, {
 *   expected: 'true or false',
 *   parse: (flag) => right(flag ? 1 : 0),
 *   format: (n) => n === 1,
 *   holds: (n) => n === 0 || n === 1,
 * })
 * decode(Flag, true) // => { _tag: 'Right', right: 1 }
 * ```
 */
export const transformCodec = <A, I, O>(
  name: string,
  base: Codec<I, O>,
  transformation: Transformation<A, I>,
): Codec<A, O> => {
  const inner = base['~parts']
  const { expected, parse, format, holds, schema, outputSchema } = transformation
  return makeCodec<A, O>({
    name,
    expected,
    ...(inner.scalar === undefined ? {} : { scalar: inner.scalar }),
    read: (input, sheet) => {
      const value = readBase(inner, expected, input, sheet)
      if (value === refused) return refused
      const parsed = parse(value)
      if (parsed._tag === 'Right') return parsed.right
      return noteAll(isList(parsed.left) ? parsed.left : [parsed.left], input, sheet)
    },
    holds: (value) => holds(value),
    encode: (value) => inner.encode(format(value)),
    schema: (builder) => {
      if (builder.side === 'input') return { ...inner.schema(builder), title: name, ...schema }
      if (outputSchema === undefined) builder.unsupported.push(name)
      return { title: name, ...outputSchema }
    },
  })
}

/**
 * A codec of values that are written as a text.
 *
 * @param name the name of the type
 * @param transformation the parser, its inverse and what they are about
 * @example
 * ```ts
 * import { parseCivilDate, formatCivilDate, textCodec, decode } from 'treue'
 *
 * const Day = textCodec('Day', {
 *   expected: 'a date such as "2026-03-01"',
 *   parse: parseCivilDate,
 *   format: formatCivilDate,
 *   holds: Number.isSafeInteger,
 * })
 * decode(Day, '1970-01-02') // => { _tag: 'Right', right: 1 }
 * ```
 */
export const textCodec = <A>(name: string, transformation: Transformation<A, string>): Codec<A, string> =>
  transformCodec(name, stringCodec, transformation)
