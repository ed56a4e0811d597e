import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareReasons,
  complaintReasons,
  countReasons,
  leavingReasons,
  type ReasonTaxonomy,
} from '../../src/feedback/index.ts'
import { formatPath, type ReasonId, unwrap } from '../../src/foundation/index.ts'
import { compareProportions } from '../../src/statistics/index.ts'
import { reasonTaxonomyArbitrary, responsesOf } from '../arbitraries/reasons.ts'

const wave = (counts: Readonly<Record<string, number>>, taxonomy: ReasonTaxonomy = leavingReasons) =>
  unwrap(
    countReasons(
      taxonomy,
      Object.entries(counts).flatMap(([id, times]) => Array.from({ length: times }, () => [id as ReasonId])),
    ),
  )

const spring = wave({ tooExpensive: 30, moved: 40, support: 30 })
const autumn = wave({ tooExpensive: 60, moved: 25, support: 27, paymentFailed: 1 })

describe('compareReasons', () => {
  test('says what rose and fell, and what chance can have moved', () => {
    const moved = unwrap(compareReasons(leavingReasons, spring, autumn))
    const of = (id: string) => moved.find(({ reason }) => reason === id)
    expect(of('price')).toMatchObject({ direction: 'risen', firstRank: 2, secondRank: 1, firstShare: 0.3 })
    expect(of('circumstance')).toMatchObject({ direction: 'fallen', firstRank: 1, secondRank: 3 })
    expect(of('service')).toMatchObject({ direction: 'unclear' })
    expect(of('other')).toMatchObject({ direction: 'unclear', p: null, adjustedP: null, difference: 0 })
  })

  test('Holm pays for the number of reasons that could be tested', () => {
    const each = unwrap(compareReasons(leavingReasons, spring, autumn, { control: 'none' }))
    const all = unwrap(compareReasons(leavingReasons, spring, autumn))
    const smallest = Math.min(...each.flatMap(({ p }) => (p === null ? [] : [p])))
    expect(Math.min(...all.flatMap(({ adjustedP }) => (adjustedP === null ? [] : [adjustedP])))).toBeCloseTo(
      4 * smallest,
      12,
    )
  })

  test('is the comparison of the shares, and turns round with the waves', () => {
    const wavesArbitrary = reasonTaxonomyArbitrary.chain((taxonomy) =>
      fc.tuple(fc.constant(taxonomy), responsesOf(taxonomy), responsesOf(taxonomy)),
    )
    fc.assert(
      fc.property(wavesArbitrary, ([taxonomy, before, after]) => {
        const [first, second] = [unwrap(countReasons(taxonomy, before)), unwrap(countReasons(taxonomy, after))]
        const forth = compareReasons(taxonomy, first, second, { level: 'named' })
        const back = compareReasons(taxonomy, second, first, { level: 'named' })
        const isStated = first.responses > first.unstated && second.responses > second.unstated
        expect(forth._tag).toBe(isStated ? 'Right' : 'Left')
        if (forth._tag === 'Left' || back._tag === 'Left') return
        expect(forth.right.map(({ difference, interval, p }) => ({ difference, interval, p }))).toEqual(
          first.counts.map(({ named }, at) => {
            const before = { successes: named, trials: first.responses - first.unstated }
            const after = { successes: second.counts[at]?.named ?? 0, trials: second.responses - second.unstated }
            const { difference, newcombe, p } = unwrap(compareProportions(after, before))
            return { difference, interval: newcombe, p }
          }),
        )
        expect(back.right.map(({ secondRank }) => secondRank)).toEqual(forth.right.map(({ firstRank }) => firstRank))
      }),
    )
  })

  test('what cannot be compared is told', () => {
    const faultOf = (...args: Parameters<typeof compareReasons>): ReadonlyArray<string> => {
      const result = compareReasons(...args)
      return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []
    }
    expect(faultOf(leavingReasons, spring, wave({}, complaintReasons))).toEqual(['TaxonomyMismatch second.counts[0]'])
    expect(faultOf(leavingReasons, spring, wave({}))).toEqual(['EmptySample second.responses'])
    expect(faultOf(leavingReasons, spring, autumn, { confidence: 0 })).toEqual(['OutOfRange options.confidence'])
    expect(faultOf(leavingReasons, spring, autumn, { level: { under: 'x' as ReasonId } })).toEqual([
      'InvalidValue level.under',
    ])
  })
})
