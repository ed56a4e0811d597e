/** The stamp cards of a program: their terms, and the goods that they are for. */
import { type Codec, type InvalidValue, invalidValue, nullableCodec, structCodec } from '../../foundation/index.ts'
import { ProductSelection, StampCardPolicy } from '../../rewards/index.ts'

/** A stamp card of a program (S58). */
export interface ProgramStampCard {
  readonly policy: StampCardPolicy
  /** The goods that give stamps; `null`: all that count for points. A line that costs nothing was free and gives none. */
  readonly products: ProductSelection | null
}

/** Reads a {@link ProgramStampCard}. */
export const ProgramStampCard: Codec<ProgramStampCard, unknown> = /* @__PURE__ */ structCodec('ProgramStampCard', {
  policy: StampCardPolicy,
  products: /* @__PURE__ */ nullableCodec(ProductSelection),
})

/** A member's cards are found by their ids, so no two kinds may have one; paths start at the list of cards. */
export const stampCardFaults = (cards: ReadonlyArray<ProgramStampCard>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return cards.flatMap(({ policy: { id } }, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue([index, 'policy', 'id'], id, 'an id that comes only once')] : []
  })
}
