// The earlier of two instants of which either may never come.

import type { Instant } from './instant.ts'

/**
 * The earlier of two instants, of which `null` is none.
 *
 * @param a - an instant, or `null`
 * @param b - another one, or `null`
 *
 * @example
 * ```ts
 * import { earlierOf, parseInstant, unwrap } from 'treue'
 *
 * const [may, june] = [unwrap(parseInstant('2026-05-01T00:00:00Z')), unwrap(parseInstant('2026-06-01T00:00:00Z'))]
 * earlierOf(june, may) === may // => true
 * earlierOf(null, june) === june // => true
 * earlierOf(null, null) // => null
 * ```
 */
export const earlierOf = (a: Instant | null, b: Instant | null): Instant | null => {
  if (a === null) return b
  return b !== null && b < a ? b : a
}
