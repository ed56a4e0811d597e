import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, localDateOf, unwrap } from '../../src/foundation/index.ts'
import {
  encodePurchases,
  type HistoryOptions,
  type PurchaseHistories,
  purchaseHistories,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary, timedPurchasesArbitrary } from '../arbitraries/purchases.ts'

const optionsArbitrary: fc.Arbitrary<HistoryOptions> = fc.record(
  { asOf: purchaseDayArbitrary, counting: fc.constantFrom('orders', 'purchaseDays') },
  { requiredKeys: [] },
)

interface Row {
  readonly customer: string
  readonly day: CivilDate
}

const daysModel = (rows: ReadonlyArray<Row>, customer: string, options: HistoryOptions): ReadonlyArray<number> => {
  const days = rows
    .filter((row) => row.customer === customer && row.day <= (options.asOf ?? Number.POSITIVE_INFINITY))
    .map((row) => row.day)
    .sort((a, b) => a - b)
  return options.counting === 'orders' ? days : days.filter((day, index) => day !== days[index - 1])
}

const daysOf = ({ starts, days }: PurchaseHistories, index: number): ReadonlyArray<number> =>
  Array.from(days.subarray(starts[index], starts[index + 1]))

const expectModel = (histories: PurchaseHistories, rows: ReadonlyArray<Row>, options: HistoryOptions): void => {
  histories.customers.forEach((customer, index) => {
    expect(daysOf(histories, index)).toEqual(daysModel(rows, customer, options))
  })
  expect(histories.starts[histories.customers.length]).toBe(histories.days.length)
}

describe('purchaseHistories', () => {
  test("are each customer's days, filtered and sorted", () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, options) => {
        const log = unwrap(encodePurchases(rows))
        const before = structuredClone(log)
        expectModel(unwrap(purchaseHistories(log, options)), rows, options)
        expect(log).toEqual(before)
      }),
    )
  })

  test('of purchases by instant are of the local dates', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, optionsArbitrary, ({ zone, rows }, options) => {
        const histories = unwrap(purchaseHistories(unwrap(encodePurchases(rows)), { ...options, zone }))
        const dated = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expectModel(histories, dated, options)
      }),
    )
  })

  test('asOf must be a date', () => {
    const log = unwrap(encodePurchases([]))
    expect(purchaseHistories(log, { asOf: Number.NaN as CivilDate })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['asOf'] },
    })
  })
})

describe('purchaseHistories of many customers', () => {
  test('puts those of several blocks in order, and those with many orders', () => {
    const customers = Array.from({ length: 9000 }, (_, index) => `c${index}`)
    let state = 7
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 4_294_967_296) * below)
    }
    // One in five orders is of a few customers, so that some have more than a short run.
    const customer = Int32Array.from({ length: 60_000 }, () => (next(5) === 0 ? 4090 + next(12) : next(9000)))
    const day = Int32Array.from({ length: 60_000 }, () => 19_000 + next(900))
    const own = new Map<number, Array<number>>()
    customer.forEach((who, row) => {
      const on = day[row] as number
      if (on <= 19_800) own.set(who, [...(own.get(who) ?? []), on])
    })
    const log = { kind: 'daily', customers, customer, day, minor: null, currency: null } as const
    const { starts, days } = unwrap(purchaseHistories(log, { asOf: 19_800 as CivilDate, counting: 'orders' }))
    customers.forEach((_, who) => {
      const expected = (own.get(who) ?? []).sort((a, b) => a - b)
      expect(Array.from(days.subarray(starts[who], starts[who + 1]))).toEqual(expected)
    })
  })
})
