import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  complaintReasons,
  countReasons,
  leavingReasons,
  mergeReasonCounts,
  ReasonCounts,
  type ReasonTaxonomy,
} from '../../src/feedback/index.ts'
import { formatPath, type ReasonId, unwrap } from '../../src/foundation/index.ts'
import { reasonsGivenArbitrary } from '../arbitraries/reasons.ts'
import { codecLaws } from '../laws/codec-laws.ts'

/** Whether a reason is another or belongs to it, by asking upwards. */
const belongs = (taxonomy: ReasonTaxonomy, reason: ReasonId | null, to: ReasonId): boolean => {
  if (reason === null || reason === to) return reason === to
  return belongs(taxonomy, taxonomy.reasons.find(({ id }) => id === reason)?.parent ?? null, to)
}

describe('countReasons', () => {
  test('counts as asking every response about every reason does', () => {
    fc.assert(
      fc.property(reasonsGivenArbitrary, ({ taxonomy, responses }) => {
        const { counts, unstated, responses: all } = unwrap(countReasons(taxonomy, responses))
        expect(all).toBe(responses.length)
        expect(unstated).toBe(responses.filter((given) => given.length === 0).length)
        expect(counts).toEqual(
          taxonomy.reasons.map(({ id }) => ({
            reason: id,
            named: responses.filter((given) => given.includes(id)).length,
            total: responses.filter((given) => given.some((reason) => belongs(taxonomy, reason, id))).length,
          })),
        )
      }),
    )
  })

  test('parts merge to the whole, in any order of responses', () => {
    fc.assert(
      fc.property(reasonsGivenArbitrary, fc.nat(), ({ taxonomy, responses }, cut) => {
        const at = cut % (responses.length + 1)
        const [head, tail] = [responses.slice(0, at), responses.slice(at)]
        const [one, other] = [unwrap(countReasons(taxonomy, head)), unwrap(countReasons(taxonomy, tail))]
        const whole = unwrap(countReasons(taxonomy, [...tail, ...head].reverse()))
        expect(unwrap(mergeReasonCounts(one, other))).toEqual(whole)
        expect(unwrap(mergeReasonCounts(other, one))).toEqual(whole)
      }),
    )
  })

  test('every reason that is not in the taxonomy is told, with its place', () => {
    const result = countReasons(leavingReasons, [['price' as ReasonId, 'prise' as ReasonId], ['toString' as ReasonId]])
    expect(result._tag === 'Left' && result.left.map(({ path }) => formatPath(path))).toEqual(['[0][1]', '[1][0]'])
  })

  test('counts by different taxonomies are not taken together', () => {
    const left = unwrap(countReasons(leavingReasons, []))
    const result = mergeReasonCounts(left, unwrap(countReasons(complaintReasons, [])))
    expect(result).toMatchObject({ left: { _tag: 'TaxonomyMismatch', left: 'price', right: 'product' } })
    const shorter = { ...left, counts: left.counts.slice(1) }
    expect(mergeReasonCounts(shorter, { ...shorter, counts: shorter.counts.slice(0, -1) })).toMatchObject({
      left: { _tag: 'TaxonomyMismatch', left: 'other', right: null },
    })
  })
})

codecLaws(
  'ReasonCounts',
  ReasonCounts,
  reasonsGivenArbitrary.map(({ taxonomy, responses }) => unwrap(countReasons(taxonomy, responses))),
)
