import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, unwrap } from '../../src/foundation/index.ts'
import { encodePurchases, finishGaps, purchaseHistories, timeBetweenOrders } from '../../src/retention/index.ts'
import { median } from '../../src/statistics/index.ts'
import { dailyPurchasesArbitrary } from '../arbitraries/purchases.ts'

const meanOf = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('timeBetweenOrders', () => {
  test('equals the statistics of the list of all gaps', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        fc.constantFrom('orders' as const, 'purchaseDays' as const),
        (rows, counting) => {
          const log = unwrap(encodePurchases(rows))
          const { starts, days } = unwrap(purchaseHistories(log, { counting }))
          const gapsOfEach = log.customers.map((_, index) => {
            const own = Array.from(days.subarray(starts[index], starts[index + 1]))
            return own.slice(1).map((day, at) => day - (own[at] as number))
          })
          const gaps = gapsOfEach.flat()
          const result = timeBetweenOrders(log, { counting })
          if (gaps.length === 0) {
            expect(result).toMatchObject({ left: { _tag: 'EmptySample' } })
            return
          }
          const repeaters = gapsOfEach.filter((own) => own.length > 0)
          const found = unwrap(result)
          expect(found.gaps).toBe(gaps.length)
          expect(found.customers).toBe(repeaters.length)
          expect(found.pooledMeanDays).toBeCloseTo(meanOf(gaps), 9)
          expect(found.meanOfCustomerMeansDays).toBeCloseTo(meanOf(repeaters.map(meanOf)), 9)
          expect(found.medianDays).toBe(unwrap(median(gaps)))
          expect(found.histogram).toEqual(
            Array.from(new Set(gaps))
              .sort((a, b) => a - b)
              .map((length) => ({ days: length, gaps: gaps.filter((gap) => gap === length).length })),
          )
        },
      ),
    )
  })

  test('asOf must be a date', () => {
    expect(timeBetweenOrders(unwrap(encodePurchases([])), { asOf: 0.5 as CivilDate })).toMatchObject({
      left: { _tag: 'InvalidValue' },
    })
  })
})

describe('finishGaps', () => {
  test('never gives NaN or Infinity, also of lists that do not fit together', () => {
    expect(finishGaps({ days: [7], counts: [], gaps: [], customers: [], spans: [] })).toMatchObject({
      left: { _tag: 'EmptySample' },
    })
    const ragged = { days: [7, 9], counts: [2], gaps: [1, 2], customers: [2, 1], spans: [] }
    expect(unwrap(finishGaps(ragged))).toEqual({
      gaps: 2,
      customers: 3,
      pooledMeanDays: 7,
      meanOfCustomerMeansDays: 0,
      medianDays: 7,
      histogram: [
        { days: 7, gaps: 2 },
        { days: 9, gaps: 0 },
      ],
    })
  })
})
