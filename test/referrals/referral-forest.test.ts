import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  attributeLevels,
  downstreamByLevel,
  downstreamTotals,
  type ReferralForest,
  referralAncestors,
  referralFanOut,
  referralForest,
  referralsAgainstTime,
} from '../../src/referrals/index.ts'

const forest = (...referrer: ReadonlyArray<number>): ReferralForest => unwrap(referralForest(Int32Array.from(referrer)))
const cycles = (...referrer: ReadonlyArray<number>) => {
  const result = referralForest(Int32Array.from(referrer))
  return result._tag === 'Left' ? result.left.map((fault) => (fault._tag === 'ReferralCycle' ? fault.cycle : [])) : []
}

describe('S50 circles', () => {
  test('S50 A brought B, B brought C, C brought A: the circle, with all who are in it', () => {
    // 0 is A, 1 is B, 2 is C: each column entry says who brought that member.
    expect(cycles(2, 0, 1)).toEqual([[0, 2, 1]])
    expect(referralForest(Int32Array.of(2, 0, 1))).toMatchObject({
      left: [{ _tag: 'ReferralCycle', path: ['referrer', 0] }],
    })
  })

  test('one who brought themselves, two circles, and those who hang from them', () => {
    expect(cycles(0)).toEqual([[0]])
    expect(cycles(1, 0, 3, 2, 0, 4)).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(cycles(4, 0, 1, 2, 3, 4, 5)).toEqual([[0, 4, 3, 2, 1]])
    expect(cycles(3, 2, 1, 0)).toEqual([
      [0, 3],
      [1, 2],
    ])
  })

  test('S50 referrals that point back in time cannot form one', () => {
    expect(referralsAgainstTime(Int32Array.of(2, 0, 1), Float64Array.of(1, 2, 3))).toEqual([
      {
        _tag: 'ReferralAgainstTime',
        path: ['referrer', 0],
        expected: 'a referrer who enrolled before the referee',
        referee: 0,
        referrer: 2,
      },
    ])
    expect(referralsAgainstTime(Int32Array.of(-1, 0), Float64Array.of(5, 5))).toHaveLength(1)
  })
})

test('indexes that are no member’s', () => {
  expect(referralForest(Int32Array.of(-2, 3, 0))).toMatchObject({
    left: [
      { _tag: 'InvalidValue', path: ['referrer', 0] },
      { _tag: 'InvalidValue', path: ['referrer', 1] },
    ],
  })
})

test('a chain of a million, told from its end, is walked once', () => {
  const members = 1_000_000
  const chain = unwrap(
    referralForest(Int32Array.from({ length: members }, (_, index) => (index + 1 < members ? index + 1 : -1))),
  )
  expect(chain.deepest).toBe(members)
  expect(referralAncestors(chain, 0, 3)).toEqual([1, 2, 3])
  expect(unwrap(downstreamTotals(chain, new Float64Array(members).fill(1)))[members - 1]).toBe(members - 1)
})

describe('a small forest: 0 brought 1 and 2, 2 brought 3, 4 came alone', () => {
  const small = forest(-1, 0, 0, 2, -1)
  const revenue = Float64Array.of(100, 20, 30, 4, 7)

  test('depth, fan-out, ancestors', () => {
    expect([Array.from(small.depth), small.deepest]).toEqual([[1, 2, 2, 3, 1], 3])
    expect(Array.from(referralFanOut(small))).toEqual([2, 0, 1, 0, 0])
    expect(referralAncestors(small, 3)).toEqual([2, 0])
    expect(referralAncestors(small, 3, 1)).toEqual([2])
    expect(referralAncestors(small, 9)).toEqual([])
    expect(forest().deepest).toBe(0)
  })

  test('downstream revenue, by level, in all, with decay', () => {
    expect(unwrap(downstreamByLevel(small, revenue, 9)).map((sums) => Array.from(sums))).toEqual([
      [50, 0, 4, 0, 0],
      [4, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ])
    expect(Array.from(unwrap(downstreamTotals(small, revenue)))).toEqual([54, 0, 4, 0, 0])
    expect(Array.from(unwrap(downstreamTotals(small, revenue, 0.5)))).toEqual([52, 0, 4, 0, 0])
    expect(Array.from(unwrap(attributeLevels(small, revenue, [1, 0.25])))).toEqual([51, 0, 4, 0, 0])
  })

  test('faults', () => {
    expect(downstreamTotals(small, Float64Array.of(1, 2))).toMatchObject({ left: [{ path: ['values', 'length'] }] })
    const odd = Float64Array.of(0.5, 1, Number.NaN, 1, 1)
    expect(downstreamTotals(small, odd, 2)).toMatchObject({
      left: [{ path: ['values', 0] }, { path: ['values', 2] }, { path: ['decay'] }],
    })
    const huge = new Float64Array(5).fill(Number.MAX_SAFE_INTEGER)
    expect(downstreamByLevel(small, huge, 1)).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['values'] }] })
    expect(attributeLevels(small, huge, [1])._tag).toBe('Left')
    expect(attributeLevels(small, revenue, [1, Number.NaN])).toMatchObject({ left: [{ path: ['weights', 1] }] })
  })
})

/** Columns of some members; many have a circle. */
const anyColumn = fc
  .nat({ max: 9 })
  .chain((length) => fc.array(fc.integer({ min: -1, max: length - 1 }), { minLength: length, maxLength: length }))

/** Each member was brought by one who comes earlier in an order that is shuffled: there is never a circle. */
const forestColumn = fc.integer({ min: 1, max: 12 }).chain((length) =>
  fc
    .tuple(
      fc.shuffledSubarray(
        Array.from({ length }, (_, index) => index),
        { minLength: length },
      ),
      fc.array(fc.nat(), { minLength: length, maxLength: length }),
    )
    .map(([order, picks]) => {
      const column = Array.from({ length }, () => -1)
      for (const [place, member] of order.entries()) {
        const pick = Number(picks[place]) % (place + 1)
        if (pick < place) column[member] = Number(order[pick])
      }
      return column
    }),
)

/** Above a member one by one, until there is nobody or somebody comes again. */
const obviousWay = (column: ReadonlyArray<number>, member: number): ReadonlyArray<number> => {
  const way = [member]
  let at = Number(column[member])
  while (at >= 0 && !way.includes(at)) {
    way.push(at)
    at = Number(column[at])
  }
  return at < 0 ? way : [...way, at]
}

test('no cycle is ever accepted, and everyone in one is named once', () => {
  fc.assert(
    fc.property(anyColumn, (column) => {
      const inCircle = column.flatMap((_, member) => {
        const way = obviousWay(column, member)
        return way.length > 1 && way[way.length - 1] === member ? [member] : []
      })
      const found = cycles(...column)
      expect(found.flat().sort()).toEqual(inCircle.sort())
      for (const cycle of found) {
        for (const [index, member] of cycle.entries()) {
          expect(column[member]).toBe(cycle[(index + 1) % cycle.length])
        }
        expect(Math.min(...cycle)).toBe(cycle[0])
      }
    }),
    { numRuns: 1000 },
  )
})

test('against walking up from each member', () => {
  const given = forestColumn.chain((column) =>
    fc.tuple(
      fc.constant(column),
      fc.array(fc.integer({ min: -50, max: 1000 }), { minLength: column.length, maxLength: column.length }),
      fc.array(fc.constantFrom(1, 0.5, 0.25, 0), { maxLength: 4 }),
    ),
  )
  fc.assert(
    fc.property(given, ([column, values, weights]) => {
      const built = forest(...column)
      const ways = column.map((_, member) => obviousWay(column, member))
      expect(Array.from(built.depth)).toEqual(ways.map(({ length }) => length))
      const credit = (weight: (level: number) => number) =>
        column.map((_, member) =>
          ways.reduce((sum, way, below) => {
            const level = way.indexOf(member)
            return level > 0 ? sum + weight(level) * Number(values[below]) : sum
          }, 0),
        )
      const numbers = Float64Array.from(values)
      expect(Array.from(unwrap(attributeLevels(built, numbers, weights)))).toEqual(
        credit((level) => weights[level - 1] ?? 0),
      )
      expect(Array.from(unwrap(downstreamTotals(built, numbers)))).toEqual(credit(() => 1))
      expect(Array.from(unwrap(downstreamTotals(built, numbers, 0.5)))).toEqual(credit((level) => 0.5 ** (level - 1)))
      expect(Array.from(referralFanOut(built))).toEqual(
        column.map((_, member) => column.filter((from) => from === member).length),
      )
      expect(column.map((_, member) => referralAncestors(built, member))).toEqual(ways.map((way) => way.slice(1)))
    }),
  )
})
