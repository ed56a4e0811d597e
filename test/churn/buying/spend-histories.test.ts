import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitSpend, spendHistories } from '../../../src/churn/index.ts'
import { type CivilDate, type Currency, localDateOf, parseCivilDate, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases } from '../../../src/retention/index.ts'
import {
  dailyPurchasesArbitrary,
  firstPurchaseDay,
  lastPurchaseDay,
  timedPurchasesArbitrary,
} from '../../arbitraries/purchases.ts'
import { cdnowLog, dataColumns } from '../public-data.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

const euro = 'EUR' as Currency

const until = fc.integer({ min: firstPurchaseDay - 10, max: lastPurchaseDay + 10 }).map((day) => day as CivilDate)

const firstPurchase = fc.constantFrom('leftOut' as const, 'counted' as const)

/** Amounts of which some are 0 and some are given back. */
const priced = <A extends object>(rows: ReadonlyArray<A>, salt: number) =>
  rows.map((row, index) => {
    const minor = ((index * 7919 + salt) % 5) * 1000
    return {
      ...row,
      amount: { minor, currency: euro },
      refunded: { minor: index % 3 === 0 ? minor : 0, currency: euro },
    }
  })

/** Each customer's days, written out. */
const slowly = (rows: ReadonlyArray<DailyPurchase>, last: CivilDate, counted: boolean) => {
  const customers = Array.from(new Set(rows.map(({ customer }) => customer)))
  return customers.flatMap((customer) => {
    const own = rows.filter((row) => row.customer === customer && row.day <= last)
    const days = Array.from(new Set(own.map(({ day }) => day))).sort((a, b) => a - b)
    const known = new Set(counted ? days : days.slice(1))
    const kept = own
      .filter(({ day }) => known.has(day))
      .reduce((sum, { amount, refunded }) => sum + (amount?.minor ?? 0) - (refunded?.minor ?? 0), 0)
    return known.size === 0 || kept === 0 ? [] : [{ customer, orders: known.size, meanValue: kept / known.size }]
  })
}

const rowsOf = (histories: ReturnType<typeof spendHistories>) => {
  const { customers, orders, meanValues } = unwrap(histories)
  return customers.map((customer, row) => ({ customer, orders: orders[row], meanValue: meanValues[row] }))
}

describe('orders and their mean values', () => {
  test('are those of each customer’s own days, written out', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, until, firstPurchase, fc.nat(4), (rows, last, first, salt) => {
        const bought = priced(rows, salt)
        if (bought.length === 0) return
        const got = spendHistories(unwrap(encodePurchases(bought)), { until: last, firstPurchase: first })
        expect(rowsOf(got)).toEqual(slowly(bought, last, first === 'counted'))
      }),
    )
  })

  test('of purchases by instant are those of their dates in the zone, in UTC where none is named', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, until, fc.nat(4), ({ zone, rows }, last, salt) => {
        const bought = priced(rows, salt)
        if (bought.length === 0) return
        const log = unwrap(encodePurchases(bought))
        const inZone = bought.map((row) => ({ ...row, day: localDateOf(zone, row.at) }))
        expect(rowsOf(spendHistories(log, { until: last, zone }))).toEqual(slowly(inZone, last, false))
        const inUtc = bought.map((row) => ({ ...row, day: Math.floor(row.at / 86_400_000) as CivilDate }))
        expect(rowsOf(spendHistories(log, { until: last }))).toEqual(slowly(inUtc, last, false))
      }),
    )
  })

  test('of CDNOW are those of R’s BTYD, and so is the fit', ({ skip }) => {
    const [log, columns] = [cdnowLog(), dataColumns('cdnow/cdnow_summary_btyd.csv')]
    if (log === undefined || columns === undefined) return skip()
    const histories = unwrap(spendHistories(log, { until: date('1997-09-30') }))
    const means = columns('m.x').filter((mean) => mean > 0)
    expect(histories.customers.length).toBe(946)
    expect(Array.from(histories.orders)).toEqual(columns('x').filter((_, row) => (columns('m.x')[row] ?? 0) > 0))
    histories.meanValues.forEach((mean, row) => {
      expect(mean / 100).toBeCloseTo(means[row] ?? -1, 9)
    })
    const { parameters } = unwrap(fitSpend(histories))
    expect(parameters.p).toBeCloseTo(6.249572271, 6)
    expect(parameters.v / 100).toBeCloseTo(15.443520963, 6)
  })

  test('everything that is wrong is said', () => {
    const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }]))
    const result = spendHistories(log, { until: 1.5 as CivilDate, firstPurchase: 'some' as never })
    expect(result._tag === 'Left' && result.left.map(({ path }) => path.join())).toEqual([
      'until',
      'firstPurchase',
      'minor',
    ])
  })
})
