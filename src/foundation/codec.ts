// A codec: an io-ts type that is also a Standard Schema and knows its JSON Schema.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Draft, faultOf, newSheet, type Read, run, type Sheet } from './codec-read.ts'
import { invalidValue } from './fault.ts'
import { formatError } from './format-error.ts'
import {
  type JsonSchema,
  type JsonSchemaTarget,
  type SchemaBuilder,
  type SchemaSide,
  schemaBuilder,
  schemaDocument,
} from './json-schema.ts'
import { unwrap } from './unwrap.ts'

/** The two Standard Schema faces of a codec: validation and JSON Schema. */
export type StandardFace<A, O = A> = StandardSchemaV1.Props<O, A> & StandardJSONSchemaV1.Props<O, A>

/** What a codec is made of, and what combinators need to know of it. */
export interface CodecParts<A, O = A> {
  readonly name: string
  /** a phrase that says what would be right */
  readonly expected: string
  readonly read: Read<A>
  /** whether a value is one that `read` gives */
  readonly holds: (value: unknown, sheet: Sheet) => boolean
  /** the JSON of a value */
  readonly encode: (value: A) => O
  /** the JSON Schema, made with the builder of the whole document */
  readonly schema: (builder: SchemaBuilder) => JsonSchema
  /** whether it reads one text, number or flag; a narrower codec then says itself what would be right */
  readonly scalar?: boolean
}

/** An io-ts type with a JSON Schema, which any consumer of Standard Schema can use too. */
export interface Codec<A, O = A> extends t.Type<A, O, unknown> {
  /** the JSON that it decodes, in draft 2020-12 */
  readonly jsonSchema: JsonSchema
  readonly '~standard': StandardFace<A, O>
  readonly '~parts': CodecParts<A, O>
}

/** Some codec. */
// biome-ignore lint/suspicious/noExplicitAny: a codec takes and gives its type, so only `any` is above every codec
export type AnyCodec = Codec<any, any>

/** The type that a codec decodes to. */
export type TypeOf<C extends AnyCodec> = C['_A']

/** The type of the JSON that a codec encodes to. */
export type OutputOf<C extends AnyCodec> = C['_O']

/** What the schema of a codec needs of its parts. */
type Describable = Pick<CodecParts<never, unknown>, 'schema'>

const build = (parts: Describable, side: SchemaSide, target: JsonSchemaTarget): JsonSchema => {
  const builder = schemaBuilder(side, target)
  const document = schemaDocument(builder, parts.schema(builder))
  // Standard JSON Schema asks for an exception where a form can't be described.
  return builder.unsupported.length === 0
    ? document
    : unwrap(E.left(invalidValue([], builder.unsupported.join(', '), 'a type that JSON can hold')))
}

const isTarget = (target: string): target is JsonSchemaTarget => target === 'draft-2020-12' || target === 'draft-07'

const convert =
  (parts: Describable, side: SchemaSide) =>
  ({ target }: StandardJSONSchemaV1.Options): Record<string, unknown> =>
    isTarget(target)
      ? build(parts, side, target)
      : unwrap(E.left(invalidValue(['target'], target, '"draft-2020-12" or "draft-07"')))

const standardFace = <A, O>(parts: CodecParts<A, O>): StandardFace<A, O> => ({
  version: 1,
  vendor: 'treue',
  validate: (input) => {
    const result = run(parts.read, input)
    return result._tag === 'Right'
      ? { value: result.right }
      : {
          issues: result.left.map((draft) => {
            const fault = faultOf(draft)
            return { message: `got ${fault.actual}, expected ${fault.expected}`, path: fault.path }
          }),
        }
  },
  jsonSchema: { input: convert(parts, 'input'), output: convert(parts, 'output') },
})

/** A fault as io-ts has it. */
const validationError = (type: t.Decoder<unknown, unknown>, context: t.Context, draft: Draft): t.ValidationError => ({
  value: draft.value,
  context: [
    ...context,
    ...[...draft.keys].reverse().map((key, i) => ({
      key: String(key),
      type,
      actual: i === draft.keys.length - 1 ? draft.value : undefined,
    })),
  ],
  message: formatError(faultOf(draft)),
})

const holdsSafely = (parts: Pick<CodecParts<never, unknown>, 'holds'>, value: unknown): boolean => {
  try {
    return parts.holds(value, newSheet())
  } catch {
    return false // a proxy that throws
  }
}

/**
 * A codec from its parts, for a form that no combinator makes. The reader must call no accessor of its input, and
 * returns what `refuse` returns where it doesn't take it.
 *
 * @param parts the reader, the check, the encoder and the words of the codec
 * @example
 * ```ts
 * import { decode, itself, makeCodec, refuse } from 'treue'
 *
 * const expected = 'an odd number'
 * const isOdd = (value: unknown): value is number => typeof value === 'number' && Math.abs(value % 2) === 1
 * const Odd = makeCodec<number>({
 *   name: 'Odd',
 *   expected,
 *   read: (input, sheet) => (isOdd(input) ? input : refuse(sheet, input, expected)),
 *   holds: isOdd,
 *   encode: itself,
 *   schema: () => ({ type: 'integer', not: { multipleOf: 2 } }),
 * })
 * decode(Odd, 3) // => { _tag: 'Right', right: 3 }
 * ```
 */
export const makeCodec = <A, O = A>(parts: CodecParts<A, O>): Codec<A, O> => {
  const type: t.Type<A, O, unknown> = new t.Type<A, O, unknown>(
    parts.name,
    (value): value is A => holdsSafely(parts, value),
    (input, context) => {
      const result = run(parts.read, input)
      return result._tag === 'Right'
        ? t.success(result.right)
        : t.failures(result.left.map((draft) => validationError(type, context, draft)))
    },
    parts.encode,
  )
  let schema: JsonSchema | undefined
  return Object.defineProperties(type, {
    '~parts': { value: parts, enumerable: false },
    '~standard': { value: standardFace(parts), enumerable: true },
    jsonSchema: {
      get: () => {
        schema ??= build(parts, 'input', 'draft-2020-12')
        return schema
      },
      enumerable: true,
    },
  }) as Codec<A, O>
}

/**
 * The encoder of what is its own JSON. Combinators know it, and then encode nothing at all.
 *
 * @param value any value
 * @example
 * ```ts
 * import { itself } from 'treue'
 *
 * itself(3) // => 3
 * ```
 */
export const itself = <A>(value: A): A => value
