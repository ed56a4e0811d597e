import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { restoredShares } from '../../src/ledger/restored-shares.ts'

const sum = (shares: ReadonlyArray<number>): number => shares.reduce((total, share) => total + share, 0)

/** One point after the other: to the piece that is the least of the way to the middle of its next point. */
const oneByOne = (sizes: ReadonlyArray<number>, restored: number): ReadonlyArray<number> => {
  const shares = sizes.map(() => 0)
  for (let point = 0; point < restored; point += 1) {
    const turns = sizes.map((size, piece) => (2 * (shares[piece] ?? 0) + 1) / size)
    const next = turns.indexOf(Math.min(...turns))
    shares[next] = (shares[next] ?? 0) + 1
  }
  return shares
}

const sizesArbitrary = fc.array(fc.oneof(fc.constantFrom(1, 1, 2), fc.integer({ min: 1, max: 20 })), {
  minLength: 1,
  maxLength: 8,
})

describe('S29 how much of each piece is back', () => {
  test('S29 is what giving back one point after the other comes to', () => {
    fc.assert(
      fc.property(sizesArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, part) => {
        const restored = Math.floor(sum(sizes) * part)
        expect(restoredShares(sizes, restored)).toEqual(oneByOne(sizes, restored))
      }),
    )
  })

  test('S29 sums, never falls as more comes back, and is everything in the end', () => {
    fc.assert(
      fc.property(sizesArbitrary, (sizes) => {
        let before = sizes.map(() => 0)
        for (let restored = 0; restored <= sum(sizes); restored += 1) {
          const shares = restoredShares(sizes, restored)
          const isMore = shares.every((share, piece) => share >= (before[piece] ?? 0))
          expect([isMore, sum(shares)]).toEqual([true, restored])
          before = [...shares]
        }
        expect(before).toEqual(sizes)
      }),
    )
  })

  test('S29 of 1, 3 and 3 points: the fourth is not taken from the lot that has its one back', () => {
    expect([2, 3, 4].map((restored) => restoredShares([1, 3, 3], restored))).toEqual([
      [0, 1, 1],
      [1, 1, 1],
      [1, 2, 1],
    ])
  })

  test('S29 many small lots are whole again once they are more than half back, and a large one waits for them', () => {
    expect(restoredShares([93, 1, 1, 1, 1, 1, 1, 1], 60)).toEqual([53, 1, 1, 1, 1, 1, 1, 1])
  })

  test('S29 is exact at the end of the range, and nothing comes back of nothing', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(restoredShares([most - 1, 1], most - 1)).toEqual([most - 2, 1])
    expect(restoredShares([most - 1, 1], most)).toEqual([most - 1, 1])
    expect(restoredShares([], 0)).toEqual([])
  })

  test('S29 of very many lots, without looking at all of them for each', () => {
    const sizes = Array.from({ length: 10_000 }, (_, index) => 1 + (index % 97))
    expect(sum(restoredShares(sizes, 234_567))).toBe(234_567)
  })
})
