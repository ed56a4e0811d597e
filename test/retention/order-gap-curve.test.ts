import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, parseCivilDate, unwrap } from '../../src/foundation/index.ts'
import {
  encodePurchases,
  finishOrderGaps,
  OrderGapSummary,
  orderGapMonoid,
  summariseOrderGaps,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const asOf = unwrap(parseCivilDate('2024-09-15'))
const kinds = fc.record({
  gaps: fc.constantFrom('second' as const, 'all' as const),
  counting: fc.constantFrom('orders' as const, 'purchaseDays' as const),
})

/** Slow, obvious: each customer's days in order. */
const model = (
  rows: ReadonlyArray<{ readonly customer: string; readonly day: number }>,
  all: boolean,
  distinct: boolean,
) => {
  const people = Array.from(new Set(rows.map((row) => row.customer)))
    .map((customer) => rows.filter((row) => row.customer === customer && row.day <= asOf).map(({ day }) => day))
    .map((days) => (distinct ? Array.from(new Set(days)) : days).sort((a, b) => a - b))
    .filter((days) => days.length > 0)
  const closed = people.flatMap((days) => days.slice(1, all ? days.length : 2).map((day, at) => day - (days[at] ?? 0)))
  const open = people.filter((days) => all || days.length === 1).map((days) => asOf - (days.at(-1) ?? 0))
  return { closed: closed.sort((a, b) => a - b), open: open.sort((a, b) => a - b) }
}

const lengths = (counts: ReadonlyArray<number>): ReadonlyArray<number> =>
  counts.flatMap((count, days) => Array.from({ length: count }, () => days))

const summaries = fc
  .tuple(dailyPurchasesArbitrary, kinds)
  .map(([rows, kind]) => unwrap(summariseOrderGaps(unwrap(encodePurchases(rows)), { asOf, ...kind })))

describe('summariseOrderGaps', () => {
  test('equals the slow model', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, kinds, (rows, kind) => {
        const { closed, open } = unwrap(summariseOrderGaps(unwrap(encodePurchases(rows)), { asOf, ...kind }))
        expect({ closed: lengths(closed), open: lengths(open) }).toEqual(
          model(rows, kind.gaps === 'all', kind.counting === 'purchaseDays'),
        )
      }),
    )
  })

  test('refuses a day that is none', () => {
    expect(summariseOrderGaps(unwrap(encodePurchases([])), { asOf: Number.NaN as CivilDate })._tag).toBe('Left')
  })
})

monoidLaws('orderGapMonoid', orderGapMonoid, summaries)
codecLaws('OrderGapSummary', OrderGapSummary, summaries)

describe('finishOrderGaps', () => {
  test('waits for those who have not ordered again: the median is not that of closed gaps', () => {
    const { rows, medianDays } = unwrap(finishOrderGaps({ closed: [0, 1, 0, 0, 1], open: [0, 0, 4] }))
    expect(rows.map(({ time, survival }) => [time, survival])).toEqual([
      [1, 5 / 6],
      [2, 5 / 6],
      [4, 0],
    ])
    expect(medianDays).toBe(4)
    expect(unwrap(finishOrderGaps({ closed: [0, 1], open: [0, 0, 9] })).medianDays).toBeNull()
    expect(finishOrderGaps(orderGapMonoid.empty)).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(finishOrderGaps({ closed: [1], open: [] }, 1)._tag).toBe('Left')
  })
})
