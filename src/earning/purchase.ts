/** A purchase, as far as earning looks at it. */
import { arrayCodec, type Codec, LineId, Money, refineCodec, stringCodec, structCodec } from '../foundation/index.ts'

/** A line of a purchase. */
export interface PurchaseLine {
  readonly id: LineId
  /** What the line costs, in the program's currency. */
  readonly amount: Money
  /** Every category or collection that the item is in; a line counts once however many of them a rule names (S8). */
  readonly categories?: ReadonlyArray<string>
}

/** Reads a {@link PurchaseLine}. */
export const PurchaseLine: Codec<PurchaseLine, unknown> = /* @__PURE__ */ structCodec(
  'PurchaseLine',
  {
    id: LineId,
    amount: /* @__PURE__ */ refineCodec(Money, 'LineAmount', 'an amount of 0 or more', ({ minor }) => minor >= 0),
  },
  { categories: /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 100 }) },
)

/**
 * A line as it is kept and counted: its amount in minor units of the program's currency.
 */
export interface CountedLine {
  readonly id: LineId
  readonly minor: number
  readonly categories: ReadonlyArray<string>
}

/**
 * The sum of some lines, in minor units.
 *
 * @param lines - lines of one purchase
 *
 * @example
 * ```ts
 * import { type LineId, linesTotal } from 'treue'
 *
 * linesTotal([{ id: '1' as LineId, minor: 1999, categories: [] }, { id: '2' as LineId, minor: 1, categories: [] }])
 * // => 2000
 * ```
 */
export const linesTotal = (lines: ReadonlyArray<CountedLine>): number =>
  lines.reduce((sum, { minor }) => sum + minor, 0)
