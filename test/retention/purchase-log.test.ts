import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, currency, formatPath, type Instant, money, unwrap } from '../../src/foundation/index.ts'
import {
  type DailyPurchase,
  encodePurchases,
  type PurchaseFaults,
  type PurchaseLog,
  purchaseColumns,
  type TimedPurchase,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, timedPurchasesArbitrary } from '../arbitraries/purchases.ts'

const day = 20_000 as CivilDate
const euros = (text: string) => unwrap(money(text, 'EUR'))

const pathsOf = (result: {
  readonly _tag: string
  readonly left?: PurchaseFaults
  readonly right?: unknown
}): ReadonlyArray<string> => (result.left ?? []).map(({ path }) => formatPath(path))

/** The rows that columns stand for. */
const rowsOf = (log: PurchaseLog): ReadonlyArray<DailyPurchase | TimedPurchase> =>
  Array.from(log.customer, (index, row) => {
    const time = log.kind === 'daily' ? { day: log.day[row] as CivilDate } : { at: log.at[row] as Instant }
    const purchase = { customer: log.customers[index] as string, ...time }
    const { minor, refunded, currency: code } = log
    if (minor === null || code === null) return purchase
    const priced = { ...purchase, amount: { minor: minor[row] as number, currency: code } }
    const given = refunded?.[row] ?? 0
    return given === 0 ? priced : { ...priced, refunded: { minor: given, currency: code } }
  })

/** Nothing given back is the same as no refund. */
const withoutNoRefund = (row: DailyPurchase | TimedPurchase): DailyPurchase | TimedPurchase => {
  const { refunded, ...rest } = row
  return refunded === undefined || refunded.minor === 0 ? rest : row
}

describe('encodePurchases', () => {
  test('loses nothing, and has each customer once', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          dailyPurchasesArbitrary,
          timedPurchasesArbitrary.map(({ rows }) => rows),
        ),
        (rows) => {
          const log = unwrap(encodePurchases(rows))
          expect(rowsOf(log)).toEqual(rows.map(withoutNoRefund))
          expect(new Set(log.customers).size).toBe(log.customers.length)
          expect(purchaseColumns(log)).toEqual({ _tag: 'Right', right: log })
        },
      ),
    )
  })

  test('takes ids that name members of every object', () => {
    const rows = ['__proto__', 'constructor', '__proto__'].map((customer) => ({ customer, day }))
    const log = unwrap(encodePurchases(rows))
    expect(log.customers).toEqual(['__proto__', 'constructor'])
    expect(Array.from(log.customer)).toEqual([0, 1, 0])
  })

  test('reports everything that is wrong with any row, at its index and field', () => {
    const rows = [
      { customer: 'ann', day, amount: euros('1.00') },
      { customer: '', day: 0.5, amount: euros('1.00') },
      { customer: 7, day: 3_000_000, amount: unwrap(money('1', 'JPY')) },
      { customer: 'bob', at: 0 },
      { customer: 'bob', day, amount: { minor: -1, currency: 'EUR' } },
      null,
      'ann',
    ] as unknown as ReadonlyArray<DailyPurchase>
    expect(pathsOf(encodePurchases(rows))).toEqual([
      '[1].customer',
      '[1].day',
      '[2].customer',
      '[2].day',
      '[2].amount',
      '[3].day',
      '[3].amount',
      '[4].amount',
      '[5]',
      '[6]',
    ])
  })

  test('the first row says what the others must have', () => {
    const at = 1 as Instant
    expect(
      pathsOf(
        encodePurchases([
          { customer: 'a', at },
          { customer: 'a', day },
        ] as never),
      ),
    ).toEqual(['[1].at'])
    expect(
      pathsOf(
        encodePurchases([
          { customer: 'a', at },
          { customer: 'a', at, amount: euros('1') },
        ]),
      ),
    ).toEqual(['[1].amount'])
    expect(pathsOf(encodePurchases([{ customer: 'a', at: 1e300 as Instant }]))).toEqual(['[0].at'])
    expect(pathsOf(encodePurchases([{ customer: 'a', day, amount: null }] as never))).toEqual(['[0].amount'])
  })

  test('takes no refund without an amount, above it, or in another currency', () => {
    const rows = [
      { customer: 'ann', day, amount: euros('1.00') },
      { customer: 'ann', day, amount: euros('1.00'), refunded: euros('1.00') },
      { customer: 'ann', day, amount: euros('1.00'), refunded: euros('1.01') },
      { customer: 'ann', day, amount: euros('1.00'), refunded: unwrap(money('1.00', 'USD')) },
      { customer: 'ann', day, amount: euros('1.00'), refunded: { ...euros('0'), minor: -1 } },
      { customer: 'ann', day, amount: euros('1.00'), refunded: null },
      { customer: 'ann', day, refunded: euros('1.00') },
    ]
    expect(pathsOf(encodePurchases(rows as ReadonlyArray<DailyPurchase>))).toEqual([
      '[2].refunded',
      '[3].refunded',
      '[4].refunded',
      '[5].refunded',
      '[6].amount',
      '[6].refunded',
    ])
    expect(pathsOf(encodePurchases([{ customer: 'ann', day, refunded: euros('1.00') }]))).toEqual(['[0].refunded'])
    expect(Array.from(unwrap(encodePurchases(rows.slice(0, 2) as never)).refunded ?? [])).toEqual([0, 100])
  })

  test('takes any rows without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (rows) => {
        expect(['Left', 'Right']).toContain(encodePurchases(rows as ReadonlyArray<DailyPurchase>)._tag)
      }),
    )
  })
})

describe('purchaseColumns', () => {
  const columns = {
    kind: 'daily',
    customers: ['ann', 'bob'],
    customer: Int32Array.of(0, 1, 0),
    day: Int32Array.of(1, 2, 3),
    minor: null,
    currency: null,
  } as const

  test('uses the arrays as they are', () => {
    const checked = unwrap(purchaseColumns(columns))
    expect(checked).toBe(columns)
  })

  test('reports every entry that is wrong, at its column and index', () => {
    const eur = unwrap(currency('EUR'))
    const of = (log: object) => pathsOf(purchaseColumns({ ...columns, ...log } as PurchaseLog))
    expect(of({ customer: Int32Array.of(0, 2, -1) })).toEqual(['customer[1]', 'customer[2]'])
    expect(of({ day: Int32Array.of(1, 2) })).toEqual(['day.length'])
    expect(of({ day: Int32Array.of(1, 2, 2 ** 30) })).toEqual(['day[2]'])
    expect(of({ kind: 'timed', at: Float64Array.of(0, 0.5, Number.NaN) })).toEqual(['at[1]', 'at[2]'])
    expect(of({ minor: Float64Array.of(1, 2, 3) })).toEqual(['currency'])
    expect(of({ currency: eur })).toEqual(['currency'])
    expect(of({ currency: eur, minor: Float64Array.of(1, -2, 0.5) })).toEqual(['minor[1]', 'minor[2]'])
    expect(of({ currency: eur, minor: Float64Array.of(1) })).toEqual(['minor.length'])
    expect(of({ refunded: Float64Array.of(0, 0, 0) })).toEqual(['refunded'])
    const minor = Float64Array.of(5, 5, 5)
    expect(of({ currency: eur, minor, refunded: Float64Array.of(5, 6, -1) })).toEqual(['refunded[1]', 'refunded[2]'])
    expect(of({ currency: eur, minor, refunded: Float64Array.of(5) })).toEqual(['refunded.length'])
    expect(of({ currency: eur, minor, refunded: null })).toEqual([])
  })
})
