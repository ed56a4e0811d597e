import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, type TierId, unwrap } from '../../src/foundation/index.ts'
import {
  encodeTierMoves,
  summariseTierMoveRows,
  summariseTierMoves,
  type TierMove,
  TierTransitions,
  tierTransitionsMonoid,
} from '../../src/tiers/index.ts'
import { movesArbitrary, tierIds, transitionsArbitrary, transitionsOf } from '../arbitraries/tier-population.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

type Result = ReturnType<typeof summariseTierMoves> | ReturnType<typeof encodeTierMoves>

const pathsOf = (result: Result): ReadonlyArray<string> =>
  result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []

/** A table of pairs, by filtering the rows for each. */
const model = (rows: ReadonlyArray<TierMove>, tiers: ReadonlyArray<TierId>): TierTransitions => {
  const number = (before: TierId | null, after: TierId | null): number =>
    rows.filter((row) => row.before === before && row.after === after).length
  return {
    counts: tiers.map((before) => tiers.map((after) => number(before, after))),
    joined: tiers.map((after) => number(null, after)),
    left: tiers.map((before) => number(before, null)),
  }
}

const populations = fc
  .integer({ min: 1, max: 6 })
  .chain((tiers) => fc.record({ tiers: fc.constant(tierIds(tiers)), rows: movesArbitrary(tiers) }))

describe('summariseTierMoves', () => {
  test('columns, rows and a table by hand are equal', () => {
    fc.assert(
      fc.property(populations, ({ rows, tiers }) => {
        const summary = unwrap(summariseTierMoves(unwrap(encodeTierMoves(rows, tiers)), tiers.length))
        expect(summary).toEqual(model(rows, tiers))
        expect(summariseTierMoveRows(rows, tiers)).toEqual({ _tag: 'Right', right: summary })
      }),
    )
  })

  test('counts each member once who was one at either date', () => {
    fc.assert(
      fc.property(populations, ({ rows, tiers }) => {
        const { counts, joined, left } = unwrap(summariseTierMoveRows(rows, tiers))
        const all = [...counts.flat(), ...joined, ...left].reduce((sum, members) => sum + members, 0)
        expect(all).toBe(rows.filter(({ before, after }) => before !== null || after !== null).length)
      }),
    )
  })

  test('reports every entry that is no tier, at its place', () => {
    const before = Int32Array.of(0, 2, -1, -2)
    const after = Int32Array.of(1, 0, 2_147_483_647, -2_147_483_648)
    expect(pathsOf(summariseTierMoves({ before, after }, 2))).toEqual([
      'before[1]',
      'after[2]',
      'before[3]',
      'after[3]',
    ])
  })

  test('reports a tier just past the last one, wherever it stands', () => {
    for (const tiers of [2, 3, 4, 5, 7, 8, 255, 256]) {
      for (let at = 0; at < 9; at += 1) {
        const before = new Int32Array(9)
        const after = new Int32Array(9).fill(tiers - 1)
        expect(unwrap(summariseTierMoves({ before, after }, tiers)).counts[0]?.[tiers - 1]).toBe(9)
        const one = after.with(at, tiers)
        expect(pathsOf(summariseTierMoves({ before, after: one }, tiers))).toEqual([`after[${at}]`])
        expect(pathsOf(summariseTierMoves({ before: one, after: before }, tiers))).toEqual([`before[${at}]`])
      }
    }
  })

  test('refuses columns of different length, other arrays, and other than 1 to 256 tiers', () => {
    const column = Int32Array.of(0, 0)
    expect(pathsOf(summariseTierMoves({ before: column, after: Int32Array.of(0) }, 1))).toEqual(['after'])
    expect(pathsOf(summariseTierMoves({ before: [0], after: null } as never, 257))).toEqual([
      'tiers',
      'before',
      'after',
    ])
    expect(pathsOf(summariseTierMoves({ before: column, after: column }, 0))).toEqual(['tiers'])
    expect(pathsOf(summariseTierMoves({ before: column, after: column }, 1.5))).toEqual(['tiers'])
    expect(summariseTierMoves({ before: column, after: column }, 256)._tag).toBe('Right')
  })
})

describe('encodeTierMoves', () => {
  test('reports every tier that it does not know, and a list that has one twice', () => {
    const [base, silver] = ['base', 'silver'] as [TierId, TierId]
    const rows = [
      { before: base, after: silver },
      { before: undefined, after: 'toString' },
    ] as never
    expect(pathsOf(encodeTierMoves(rows, [base, base]))).toEqual(['tiers[1]', '[0].after', '[1].before', '[1].after'])
    expect(pathsOf(encodeTierMoves([], []))).toEqual(['tiers'])
    expect(pathsOf(summariseTierMoveRows(rows, [base, silver]))).toEqual(['[1].before', '[1].after'])
  })
})

describe('tierTransitionsMonoid', () => {
  monoidLaws('tierTransitionsMonoid', tierTransitionsMonoid(3), transitionsOf(3, fc.nat({ max: 1_000_000 })))

  test('a summarised split is the summary of the whole', () => {
    fc.assert(
      fc.property(populations, fc.nat({ max: 60 }), ({ rows, tiers }, cut) => {
        const summary = (part: ReadonlyArray<TierMove>): TierTransitions => unwrap(summariseTierMoveRows(part, tiers))
        const { concat } = tierTransitionsMonoid(tiers.length)
        expect(concat(summary(rows.slice(0, cut)), summary(rows.slice(cut)))).toEqual(summary(rows))
      }),
    )
  })
})

codecLaws('TierTransitions', TierTransitions, transitionsArbitrary)
