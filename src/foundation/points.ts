// Points: an integer of a wallet's smallest unit.
import * as E from 'fp-ts/Either'
import type { Brand } from './brand.ts'
import type { Codec } from './codec.ts'
import { integerCodec } from './codec-primitive.ts'
import { refineCodec } from './codec-refine.ts'
import { type OutOfRange, outOfRange } from './fault.ts'

/** An amount of points in the wallet's smallest unit: an integer from 0 to 2^53 − 1. */
export type Points = Brand<number, 'Points'>

const expected = 'points as an integer from 0 to 9007199254740991'

/**
 * Reads points from JSON, where they are a number.
 *
 * @example
 * ```ts
 * import { decode, Points } from 'treue'
 *
 * decode(Points, 120) // => { _tag: 'Right', right: 120 }
 * ```
 */
export const Points: Codec<Points, number> = /* @__PURE__ */ refineCodec<number, number, Points>(
  /* @__PURE__ */ integerCodec({ min: 0 }),
  'Points',
  expected,
  () => true,
)

/**
 * Points from a number; `OutOfRange` where it isn't an integer from 0 to 2^53 − 1.
 *
 * @param n in the wallet's smallest unit
 * @example
 * ```ts
 * import { points } from 'treue'
 *
 * points(120) // => { _tag: 'Right', right: 120 }
 * points(-1)._tag // => 'Left'
 * ```
 */
export const points = (n: number): E.Either<OutOfRange, Points> =>
  Number.isSafeInteger(n) && n >= 0 ? E.right((n + 0) as Points) : E.left(outOfRange([], n, expected))

/**
 * The sum of two amounts of points; `OutOfRange` where it leaves the exact range of numbers.
 *
 * @param a points of a wallet
 * @param b points of the same wallet
 * @example
 * ```ts
 * import { addPoints, points, unwrap } from 'treue'
 *
 * addPoints(unwrap(points(100)), unwrap(points(20))) // => { _tag: 'Right', right: 120 }
 * ```
 */
export const addPoints = (a: Points, b: Points): E.Either<OutOfRange, Points> => points(a + b)

/**
 * Points as a decimal text.
 *
 * @param amount in the wallet's smallest unit
 * @param decimals how many decimals the wallet has, from 0 on
 * @example
 * ```ts
 * import { formatPoints, points, unwrap } from 'treue'
 *
 * formatPoints(unwrap(points(1205)), 2) // => '12.05'
 * ```
 */
export const formatPoints = (amount: Points, decimals: number): string => {
  if (decimals <= 0) return String(amount)
  const digits = String(amount).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
