/** Tables whose rows are valid from an instant on, each until the next one is. */
import type { Instant } from './instant.ts'

/**
 * The row of a dated table that is valid at an instant: the latest to have begun; `undefined` before the first.
 *
 * @param rows - the table, in any order; of two for one instant the later in the table counts
 * @param at - when
 *
 * @example
 * ```ts
 * import { type Instant, validAt } from 'treue'
 *
 * const rows = [{ rate: 4, validFrom: 20 as Instant }, { rate: 3, validFrom: 10 as Instant }]
 * validAt(rows, 15 as Instant)?.rate // => 3
 * validAt(rows, 20 as Instant)?.rate // => 4
 * validAt(rows, 9 as Instant) // => undefined
 * ```
 */
export const validAt = <Row extends { readonly validFrom: Instant }>(
  rows: ReadonlyArray<Row>,
  at: Instant,
): Row | undefined => {
  let found: Row | undefined
  for (const row of rows) {
    if (row.validFrom > at) continue
    if (found === undefined || row.validFrom >= found.validFrom) found = row
  }
  return found
}
