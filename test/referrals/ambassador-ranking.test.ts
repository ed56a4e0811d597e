import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  type AmbassadorOptions,
  rankAmbassadors,
  referralAncestors,
  referralForest,
} from '../../src/referrals/index.ts'

// 0 brought 1 and 2, 1 brought 3 and 4, 3 brought 5.
const forest = unwrap(referralForest(Int32Array.of(-1, 0, 0, 1, 1, 3)))
const revenue = Float64Array.of(0, 100, 10, 40, 60, 1_000)
const members = (options: AmbassadorOptions) =>
  unwrap(rankAmbassadors(forest, revenue, options)).map(({ member, score }) => [member, score])

describe('members who brought others', () => {
  test('by direct revenue, by all revenue, and with decay', () => {
    expect(members({ decay: 0 })).toEqual([
      [3, 1_000],
      [0, 110],
      [1, 100],
    ])
    expect(members({ decay: 1 })).toEqual([
      [0, 1_210],
      [1, 1_100],
      [3, 1_000],
    ])
    expect(members({})).toEqual([
      [3, 1_000],
      [1, 600],
      [0, 410],
    ])
  })

  test('by customers', () => {
    expect(members({ by: 'customers', decay: 1 })).toEqual([
      [0, 5],
      [1, 3],
      [3, 1],
    ])
  })

  test('direct ones and all are told apart', () => {
    expect(unwrap(rankAmbassadors(forest, revenue, { by: 'customers', most: 1 }))).toEqual([
      { member: 0, directCustomers: 2, customers: 5, directRevenueMinor: 110, revenueMinor: 1_210, score: 3.25 },
    ])
  })

  test('micro-influencers: who brought few, who brought much', () => {
    expect(members({ mostDirect: 1 })).toEqual([[3, 1_000]])
  })
})

test('faults', () => {
  expect(rankAmbassadors(forest, Float64Array.of(1))).toMatchObject({ left: [{ path: ['values', 'length'] }] })
  expect(rankAmbassadors(forest, revenue, { decay: 2 })).toMatchObject({ left: [{ path: ['decay'] }] })
  expect(rankAmbassadors(forest, revenue, { most: Number.NaN })).toMatchObject({ left: [{ path: ['most'] }] })
})

test('against adding up who has whom above them', () => {
  const columns = fc
    .array(fc.nat(), { minLength: 1, maxLength: 12 })
    .map((picks) =>
      picks.map((pick, place) => (pick % (place + 2)) - 1).map((from, place) => (from < place ? from : -1)),
    )
  fc.assert(
    fc.property(columns, fc.array(fc.nat({ max: 50 }), { minLength: 12, maxLength: 12 }), (column, spent) => {
      const built = unwrap(referralForest(Int32Array.from(column)))
      const values = Float64Array.from(column, (_, index) => Number(spent[index]))
      const below = (member: number) =>
        column.flatMap((_, other) => {
          const level = referralAncestors(built, other).indexOf(member)
          return level < 0 ? [] : [{ level, value: Number(values[other]) }]
        })
      const expected = column
        .map((_, member) => ({
          member,
          score: below(member).reduce((sum, one) => sum + one.value * 0.5 ** one.level, 0),
        }))
        .filter(({ member }) => below(member).length > 0)
        .sort((a, b) => b.score - a.score || a.member - b.member)
      const ranked = unwrap(rankAmbassadors(built, values))
      expect(ranked.map(({ member, score }) => ({ member, score }))).toEqual(expected)
      expect(ranked.map(({ customers }) => customers)).toEqual(expected.map(({ member }) => below(member).length))
    }),
  )
})
