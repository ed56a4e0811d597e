/** The earlier of two instants that may not be there. */
import type { Instant } from '../foundation/index.ts'

/** The earlier of two instants, of which `null` is none. */
export const earlierOf = (a: Instant | null, b: Instant | null): Instant | null => {
  if (a === null) return b
  return b !== null && b < a ? b : a
}
