/** Codecs that look at one part of a value to know how the rest of it is read. */
import { type Codec, type JsonSchema, makeCodec, type SchemaBuilder } from '../foundation/index.ts'

/** An own value of what may be an object, without calling an accessor. */
export const partOf = (input: unknown, key: string): unknown =>
  typeof input === 'object' && input !== null ? Object.getOwnPropertyDescriptor(input, key)?.value : undefined

/** The codec that `choose` finds for each input or value; in words it is called what `plain` is. */
export const dependentCodec = <A>(
  plain: Codec<A, unknown>,
  choose: (input: unknown) => Codec<A, unknown>,
  schema: (builder: SchemaBuilder) => JsonSchema,
): Codec<A, unknown> => {
  const { name, expected } = plain['~parts']
  return makeCodec<A, unknown>({
    name,
    expected,
    schema,
    read: (input, sheet) => choose(input)['~parts'].read(input, sheet),
    holds: (value, sheet) => choose(value)['~parts'].holds(value, sheet),
    encode: (value) => choose(value)['~parts'].encode(value),
  })
}
