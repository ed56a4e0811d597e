// Taxonomies of reasons, and responses that give some.
import fc from 'fast-check'
import type { Reason, ReasonTaxonomy } from '../../src/feedback/index.ts'
import { ReasonId } from '../../src/foundation/index.ts'
import { idArbitrary } from './foundation.ts'

/** Each reason hangs under one before it, or under none. */
export const reasonTaxonomyArbitrary: fc.Arbitrary<ReasonTaxonomy> = fc
  .uniqueArray(idArbitrary(ReasonId), { minLength: 1, maxLength: 8 })
  .chain((ids) =>
    fc.tuple(...ids.map((_, at) => fc.integer({ min: -1, max: at - 1 }))).map((parents) => ({
      reasons: ids.map((id, at): Reason => ({ id, parent: ids[parents[at] ?? -1] ?? null })),
    })),
  )

export const responsesOf = ({ reasons }: ReasonTaxonomy): fc.Arbitrary<ReadonlyArray<ReadonlyArray<ReasonId>>> =>
  fc.array(fc.array(fc.constantFrom(...reasons.map(({ id }) => id)), { maxLength: 4 }), { maxLength: 30 })

export const reasonsGivenArbitrary = reasonTaxonomyArbitrary.chain((taxonomy) =>
  responsesOf(taxonomy).map((responses) => ({ taxonomy, responses })),
)
