import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatError } from '../../src/foundation/index.ts'
import { Ladder, ladderFaults } from '../../src/tiers/index.ts'
import { anyLadderArbitrary, ladderArbitrary } from '../arbitraries/tiers.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { gold, ladder } from './ladders.ts'

codecLaws('Ladder', Ladder, anyLadderArbitrary)

const pathsOf = (of: Ladder) => ladderFaults(of).map(({ path }) => path.join('.'))

describe('ladderFaults', () => {
  test('a sound ladder has none', () => {
    expect(ladderFaults(gold)).toEqual([])
    fc.assert(
      fc.property(ladderArbitrary, (of) => {
        expect(ladderFaults(of)).toEqual([])
      }),
    )
  })

  test('every fault is reported, with its path', () => {
    const tiers = [
      ['silver', 500, 600],
      ['gold', 500, 0],
      ['silver', 900, 700],
      ['top', 1000, 650],
    ] as const
    expect(pathsOf(ladder(tiers))).toEqual([
      'tiers.1.keep',
      'tiers.2.reach',
      'tiers.2.keep',
      'tiers.2.keep',
      'tiers.3.id',
      'tiers.4.keep',
    ])
    expect(formatError(ladderFaults(ladder(tiers)))).toContain('an id that no other tier of the ladder has')
  })

  test('the first tier is everybody’s', () => {
    const [basic, ...others] = gold.tiers
    expect(
      pathsOf({ ...gold, tiers: [{ ...gold.tiers[0], id: basic?.id, reach: 1, keep: 1 } as never, ...others] }),
    ).toEqual(['tiers.0.reach', 'tiers.0.keep'])
  })

  test('a ladder has tiers', () => {
    expect(pathsOf({ ...gold, tiers: [] })).toEqual(['tiers'])
    expect(decode(Ladder, { ...(Ladder.encode(gold) as object), tiers: [] })._tag).toBe('Left')
  })

  test('S46 a ladder without faults has a tier for every number of points, and only one', () => {
    fc.assert(
      fc.property(ladderArbitrary, fc.nat({ max: 600 }), ({ tiers }, points) => {
        const ranges = tiers.map(({ reach }, rank) => [reach, tiers[rank + 1]?.reach ?? Number.POSITIVE_INFINITY])
        const holding = ranges.filter(([from = 0, until = 0]) => from <= points && points < until)
        expect(holding).toHaveLength(1)
      }),
    )
  })

  test('finds nothing exactly where the tiers rise as they should', () => {
    fc.assert(
      fc.property(anyLadderArbitrary, (of) => {
        const { tiers } = of
        const rises = tiers.every(({ reach, keep }, rank) => {
          const below = tiers[rank - 1]
          return below === undefined
            ? reach === 0 && keep === 0
            : reach > below.reach && keep >= Math.max(1, below.keep) && keep <= reach
        })
        const unlike = new Set(tiers.map(({ id }) => id)).size === tiers.length
        expect(ladderFaults(of).length === 0).toBe(rises && unlike)
      }),
    )
  })
})
