/** The `$schema` key by which an editor finds the schema of a file: it is taken, and not kept. */
import { type Codec, makeCodec, refused } from '../../foundation/index.ts'

const hasSchemaKey = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && Object.hasOwn(input, '$schema')

/**
 * A codec that takes a `$schema` key beside what is read without one, and drops it.
 *
 * @param plain - the codec of the object
 * @param noted - the same with the key
 */
export const withSchemaKey = <A extends object>(
  plain: Codec<A, unknown>,
  noted: Codec<A & { readonly $schema?: string }, unknown>,
): Codec<A, unknown> => {
  const { name, expected, read, holds, encode, schema } = plain['~parts']
  return makeCodec<A, unknown>({
    name,
    expected,
    holds,
    encode,
    read: (input, sheet) => {
      if (!hasSchemaKey(input)) return read(input, sheet)
      const found = noted['~parts'].read(input, sheet)
      if (found === refused) return refused
      const { $schema: _, ...kept } = found
      return kept as unknown as A
    },
    schema: (builder) => (builder.side === 'input' ? noted['~parts'].schema(builder) : schema(builder)),
  })
}
