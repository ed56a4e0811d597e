// Decoding: one run of a codec over a value, with every fault and its path.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { faultOf, type Read, run } from './codec-read.ts'
import type { InvalidValue } from './fault.ts'

/** What `decode` needs of a codec. */
export interface Decodable<A> {
  readonly '~parts': { readonly read: Read<A> }
}

/**
 * Reads a value that nobody vouches for; reports every fault with its path. It never throws, calls no accessor, and
 * takes time in proportion to the size of the input.
 *
 * @param codec the form that is asked for
 * @param input any value, such as the result of `JSON.parse`
 * @example
 * ```ts
 * import { decode, formatError, Money } from 'treue'
 *
 * decode(Money, { amount: '19.9', currency: 'EUR' })
 * // => { _tag: 'Right', right: { minor: 1990, currency: 'EUR' } }
 * const wrong = decode(Money, { amount: 19.9, currency: 'EURO' })
 * wrong._tag === 'Left' ? formatError(wrong.left).split('\n').length : 0 // => 2
 * ```
 */
export const decode = <A>(codec: Decodable<A>, input: unknown): E.Either<ReadonlyNonEmptyArray<InvalidValue>, A> => {
  const result = run(codec['~parts'].read, input)
  return result._tag === 'Right'
    ? result
    : E.left(result.left.map(faultOf) as unknown as ReadonlyNonEmptyArray<InvalidValue>)
}
