// The codec of what somebody else reads.
import { type Codec, itself, makeCodec } from './codec.ts'

/**
 * Any value, as it is: for a part that another codec reads later.
 *
 * @example
 * ```ts
 * import { decode, unknownCodec } from 'treue'
 *
 * decode(unknownCodec, [1])._tag // => 'Right'
 * ```
 */
export const unknownCodec: Codec<unknown> = /* @__PURE__ */ makeCodec<unknown>({
  name: 'unknown',
  expected: 'any value',
  read: (input) => input,
  holds: () => true,
  encode: itself,
  schema: () => ({}),
})
