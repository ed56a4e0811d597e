import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import {
  type RfmRow,
  type RfmScheme,
  type RfmSegmentMap,
  type RfmSegments,
  rfmCuts,
  rfmScoreOf,
  rfmSegmentOf,
  rfmSegments,
  SegmentMovement,
  scoreRfmColumns,
  segmentFigures,
  segmentMapFindings,
  segmentMovement,
  segmentMovementMonoid,
} from '../../../src/segments/index.ts'
import { columnsOf, rfmRowsArbitrary, segmentMapArbitrary } from '../../arbitraries/segments.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const some = rfmRowsArbitrary.filter((rows) => rows.length > 0)

const schemeOf = ({ bins }: RfmSegmentMap): RfmScheme => ({
  recency: { type: 'equal', bins: bins.recency },
  frequency: { type: 'equal', bins: bins.frequency },
  monetary: { type: 'equal', bins: bins.monetary },
})

const scored = (rows: ReadonlyArray<RfmRow>, map: RfmSegmentMap) => {
  const columns = columnsOf(rows)
  return unwrap(scoreRfmColumns(columns, unwrap(rfmCuts(columns, schemeOf(map)))))
}

const segmented = (rows: ReadonlyArray<RfmRow>, map: RfmSegmentMap): RfmSegments =>
  unwrap(rfmSegments(scored(rows, map), map))

const everyScore = ({ bins }: RfmSegmentMap) =>
  Array.from({ length: bins.recency * bins.frequency * bins.monetary }, (_, cell) => ({
    recency: Math.floor(cell / (bins.frequency * bins.monetary)) + 1,
    frequency: (Math.floor(cell / bins.monetary) % bins.frequency) + 1,
    monetary: (cell % bins.monetary) + 1,
  }))

describe('segments', () => {
  test('hold every customer exactly once, and the same as one by one', () => {
    fc.assert(
      fc.property(some, segmentMapArbitrary, (rows, map) => {
        const { names, segment } = segmented(rows, map)
        const { cuts } = scored(rows, map)
        expect(segment).toHaveLength(rows.length)
        rows.forEach((row, index) => {
          expect(names[segment[index] as number]).toBe(unwrap(rfmSegmentOf(map, rfmScoreOf(cuts, row))))
        })
      }),
    )
  })

  test('come to what their customers do', () => {
    fc.assert(
      fc.property(some, segmentMapArbitrary, (rows, map) => {
        const { names, segment } = segmented(rows, map)
        const figures = unwrap(segmentFigures(segmented(rows, map), columnsOf(rows)))
        expect(figures.map((one) => one.segment)).toEqual(names)
        figures.forEach((figure, index) => {
          const own = rows.filter((_, row) => segment[row] === index)
          const orders = own.reduce((sum, row) => sum + row.orders, 0)
          const minor = own.reduce((sum, row) => sum + row.minor, 0)
          expect(figure).toMatchObject({ customers: own.length, orders, revenue: { minor, currency: 'EUR' } })
          expect(figure.averageOrderMinor).toBe(own.length === 0 ? null : minor / orders)
        })
      }),
    )
  })

  test('have findings that hold for every combination of scores', () => {
    fc.assert(
      fc.property(segmentMapArbitrary, (map) => {
        const { gaps, overlaps, hidden } = segmentMapFindings(map)
        const takers = everyScore(map).map((at) => ({
          at,
          by: map.segments.filter((rule) =>
            (['recency', 'frequency', 'monetary'] as const).every(
              (name) => at[name] >= rule[name].from && at[name] <= rule[name].to,
            ),
          ),
        }))
        expect(gaps).toEqual(takers.filter(({ by }) => by.length === 0).map(({ at }) => at))
        const winners = new Set(takers.map(({ by }) => by[0]?.name))
        expect(hidden).toEqual(map.segments.map(({ name }) => name).filter((name) => !winners.has(name)))
        for (const { first, second, combinations, example } of overlaps) {
          const both = takers.filter(({ by }) => [first, second].every((name) => by.some((rule) => rule.name === name)))
          expect(both).toHaveLength(combinations)
          expect(both.map(({ at }) => at)).toContainEqual(example)
        }
        const pairs = takers.flatMap(({ by }) =>
          by.flatMap((one, i) => by.slice(i + 1).map((other) => JSON.stringify([one.name, other.name]))),
        )
        expect(overlaps.map(({ first, second }) => JSON.stringify([first, second])).sort()).toEqual(
          [...new Set(pairs)].sort(),
        )
      }),
    )
  })

  test('need a map with as many scores, and scores that the map has', () => {
    const map = { ...unwrapMap, bins: { recency: 2, frequency: 2, monetary: 2 } }
    const rows = [{ customer: 'a', daysSinceLast: 1, orders: 1, minor: 1 }]
    expect(rfmSegments(scored(rows, map), { ...map, bins: { ...map.bins, monetary: 3 } })).toMatchObject({
      left: { path: ['bins', 'monetary'] },
    })
    for (const monetary of [0, 3, 1.5]) {
      expect(rfmSegmentOf(map, { recency: 1, frequency: 1, monetary })).toMatchObject({ left: { path: ['monetary'] } })
    }
    expect(segmentFigures(segmented(rows, map), columnsOf([]))).toMatchObject({
      left: { path: ['customer', 'length'] },
    })
    const rich = ['a', 'b'].map((customer) => ({
      customer,
      daysSinceLast: 1,
      orders: 1,
      minor: Number.MAX_SAFE_INTEGER,
    }))
    expect(segmentFigures(segmented(rich, map), columnsOf(rich))).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })

  test('may leave nobody out: without others every combination is taken', () => {
    const any = { from: 1, to: 2 }
    const map: RfmSegmentMap = {
      ...unwrapMap,
      others: null,
      segments: [{ name: 'all', recency: any, frequency: any, monetary: any }],
    }
    expect(segmented([{ customer: 'a', daysSinceLast: 1, orders: 1, minor: 1 }], map).names).toEqual(['all'])
  })
})

const unwrapMap: RfmSegmentMap = {
  bins: { recency: 2, frequency: 2, monetary: 2 },
  overlaps: 'firstWins',
  others: 'others',
  segments: [{ name: 'top', recency: { from: 2, to: 2 }, frequency: { from: 1, to: 2 }, monetary: { from: 1, to: 2 } }],
}

describe('movement between two dates', () => {
  const dates = fc
    .tuple(rfmRowsArbitrary, rfmRowsArbitrary, segmentMapArbitrary)
    .filter(([a, b]) => a.length * b.length > 0)

  const placeOf = (segments: RfmSegments) => {
    const { customers, customer, segment, names } = segments
    return new Map(
      Array.from(
        customer,
        (index, row) => [customers[index] as string, names[segment[row] as number] as string] as const,
      ),
    )
  }

  test('counts every customer of either date once', () => {
    fc.assert(
      fc.property(dates, ([earlier, later, map]) => {
        const [before, after] = [segmented(earlier, map), segmented(later, map)]
        const [then, now] = [placeOf(before), placeOf(after)]
        const byHand = new Map<string, number>()
        for (const id of new Set([...then.keys(), ...now.keys()])) {
          const key = JSON.stringify([then.get(id) ?? null, now.get(id) ?? null])
          byHand.set(key, (byHand.get(key) ?? 0) + 1)
        }
        const { moves } = segmentMovement(before, after)
        expect(new Map(moves.map(({ from, to, customers }) => [JSON.stringify([from, to]), customers]))).toEqual(byHand)
        expect(moves.map(({ from, to }) => [from, to])).toHaveLength(byHand.size)
      }),
    )
  })

  test('of one log needs no look at ids', () => {
    fc.assert(
      fc.property(some, segmentMapArbitrary, (rows, map) => {
        const before = segmented(rows, map)
        const after = { ...before, segment: before.segment.map((index, row) => (row % 2 === 0 ? index : 0)) }
        expect(segmentMovement(before, after)).toEqual(
          segmentMovement(before, { ...after, customers: [...after.customers] }),
        )
      }),
    )
  })

  const movementArbitrary = dates.map(([a, b, map]) => segmentMovement(segmented(a, map), segmented(b, map)))
  codecLaws('SegmentMovement', SegmentMovement, movementArbitrary)
  monoidLaws('segmentMovementMonoid', segmentMovementMonoid, movementArbitrary)
})
