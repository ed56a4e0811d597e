import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NpsSegment, netPromoterScoreOfCounts, splitNpsChange } from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { fewNpsCountsArbitrary } from '../arbitraries/feedback.ts'

const sideArbitrary: fc.Arbitrary<ReadonlyArray<NpsSegment>> = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__'), { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((segment) => fewNpsCountsArbitrary.map((counts) => ({ segment, counts })))))

const scoreOf = (segments: ReadonlyArray<NpsSegment>): number =>
  unwrap(
    netPromoterScoreOfCounts({
      detractors: segments.reduce((sum, { counts }) => sum + counts.detractors, 0),
      passives: segments.reduce((sum, { counts }) => sum + counts.passives, 0),
      promoters: segments.reduce((sum, { counts }) => sum + counts.promoters, 0),
    }),
  ).score

describe('splitNpsChange', () => {
  test('the parts sum to the change, both ways', () => {
    fc.assert(
      fc.property(sideArbitrary, sideArbitrary, (before, after) => {
        const found = unwrap(splitNpsChange(before, after))
        expect(found.change).toBeCloseTo(scoreOf(after) - scoreOf(before), 9)
        expect(found.mix + found.within).toBeCloseTo(found.change, 9)
        expect(found.promoters + found.detractors).toBeCloseTo(found.change, 9)
        expect(found.segments.reduce((sum, { mix, within }) => sum + mix + within, 0)).toBeCloseTo(found.change, 9)
      }),
    )
  })

  test('only changes signs when the waves are swapped', () => {
    fc.assert(
      fc.property(sideArbitrary, sideArbitrary, (before, after) => {
        const [forth, back] = [unwrap(splitNpsChange(before, after)), unwrap(splitNpsChange(after, before))]
        expect(back.mix).toBeCloseTo(-forth.mix, 9)
        expect(back.within).toBeCloseTo(-forth.within, 9)
        expect(back.detractors).toBeCloseTo(-forth.detractors, 9)
      }),
    )
  })

  test('finds no mix where the shares stay, and nothing within where the scores stay', () => {
    fc.assert(
      fc.property(sideArbitrary, fc.integer({ min: 1, max: 9 }), (segments, by) => {
        const grown = segments.map(({ segment, counts }) => ({
          segment,
          counts: {
            detractors: counts.detractors * by,
            passives: counts.passives * by,
            promoters: counts.promoters * by,
          },
        }))
        const same = unwrap(splitNpsChange(segments, grown))
        expect(same.mix).toBeCloseTo(0, 9)
        expect(same.within).toBeCloseTo(0, 9)
        const [first, ...rest] = grown
        const moreOfFirst = first === undefined ? segments : [first, ...segments.slice(1)]
        expect(rest).toHaveLength(segments.length - 1)
        expect(unwrap(splitNpsChange(segments, moreOfFirst)).within).toBeCloseTo(0, 9)
      }),
    )
  })

  test('a segment that comes or goes changes the mix only', () => {
    const shop = { segment: 'shop', counts: { detractors: 1, passives: 2, promoters: 7 } }
    const web = { segment: 'web', counts: { detractors: 5, passives: 2, promoters: 3 } }
    const { mix, within, segments } = unwrap(splitNpsChange([shop], [shop, web]))
    expect(mix).toBeCloseTo(-40, 9)
    expect(within).toBe(0)
    expect(segments.map(({ segment }) => segment)).toEqual(['shop', 'web'])
  })

  test('reports all faults', () => {
    const counts = { detractors: 1, passives: 0, promoters: 0 }
    const result = splitNpsChange(
      [
        { segment: 'a', counts },
        { segment: 'a', counts: { ...counts, detractors: 0 } },
      ],
      [],
    )
    expect(result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []).toEqual([
      'InvalidValue before[1].segment',
      'EmptySample before[1].counts',
      'EmptySample after',
    ])
  })
})
