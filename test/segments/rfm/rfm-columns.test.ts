import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type CivilDate, localDateOf, unwrap, utc, type Zone } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases, type TimedPurchase } from '../../../src/retention/index.ts'
import { encodeRfmRows, type RfmRow, rfmColumns } from '../../../src/segments/index.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary, timedPurchasesArbitrary } from '../../arbitraries/purchases.ts'
import { type columnsOf, EUR } from '../../arbitraries/segments.ts'

interface Bought {
  readonly customer: string
  readonly day: CivilDate
  readonly minor: number
}

/** Each customer's rows looked at again and again. */
const model = (rows: ReadonlyArray<Bought>, asOf: CivilDate, from?: CivilDate): ReadonlyArray<RfmRow> => {
  const counted = rows.filter(({ day }) => day <= asOf && (from === undefined || day >= from))
  const ids = [...new Set(rows.map(({ customer }) => customer))]
  return ids.flatMap((customer) => {
    const own = counted.filter((row) => row.customer === customer)
    if (own.length === 0) return []
    const last = Math.max(...own.map(({ day }) => day))
    return [
      {
        customer,
        daysSinceLast: asOf - last,
        orders: own.length,
        minor: own.reduce((sum, { minor }) => sum + minor, 0),
      },
    ]
  })
}

const rowsOf = (columns: ReturnType<typeof columnsOf>): ReadonlyArray<RfmRow> =>
  Array.from(columns.customer, (index, row) => ({
    customer: columns.customers[index] as string,
    daysSinceLast: columns.daysSinceLast[row] as number,
    orders: columns.orders[row] as number,
    minor: columns.minor[row] as number,
  }))

const priced = <Row extends DailyPurchase | TimedPurchase>(rows: ReadonlyArray<Row>): ReadonlyArray<Row> =>
  rows.map((row, index) => ({
    ...row,
    amount: { minor: row.amount?.minor ?? index, currency: EUR },
    ...(row.refunded === undefined ? {} : { refunded: { minor: row.refunded.minor, currency: EUR } }),
  }))

const boughtOf = (row: DailyPurchase): Bought => ({
  customer: row.customer,
  day: row.day,
  minor: (row.amount?.minor ?? 0) - (row.refunded?.minor ?? 0),
})

describe('columns of profiles', () => {
  test('are what each customer’s own purchases come to', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary.map(priced),
        purchaseDayArbitrary,
        fc.option(fc.integer({ min: 0, max: 200 })),
        (rows, asOf, back) => {
          fc.pre(rows.length > 0)
          const from = back === null ? {} : { from: addDays(asOf, -back) }
          const columns = unwrap(rfmColumns(unwrap(encodePurchases(rows)), { asOf, ...from }))
          expect(rowsOf(columns)).toEqual(model(rows.map(boughtOf), asOf, from.from))
        },
      ),
    )
  })

  test('of instants are counted on the dates of a zone', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, purchaseDayArbitrary, fc.boolean(), ({ zone, rows }, asOf, local) => {
        fc.pre(rows.length > 0)
        const own: Zone = local ? zone : utc
        const all = priced(rows)
        const options = { asOf, from: addDays(asOf, -90), ...(local ? { zone } : {}) }
        const columns = unwrap(rfmColumns(unwrap(encodePurchases(all)), options))
        const days = all.map((row) => ({
          customer: row.customer,
          day: localDateOf(own, row.at),
          minor: row.amount?.minor ?? 0,
        }))
        expect(rowsOf(columns)).toEqual(model(days, asOf, options.from))
      }),
    )
  })

  test.each([['daily' as const], ['timed' as const]])('of very many customers and %s rows are the same', (kind) => {
    const [count, length] = [70_000, 2_100_000]
    const customer = Int32Array.from({ length }, (_, row) => Math.imul(row, 48_271) % count).map(Math.abs)
    const days = Int32Array.from({ length }, (_, row) => 20_000 - ((row * 7919) % 1009))
    const minor = Float64Array.from({ length }, (_, row) => row % 997)
    const common = {
      customers: Array.from({ length: count }, (_, index) => `c${index}`),
      customer,
      minor,
      currency: EUR,
    }
    const log =
      kind === 'daily'
        ? { kind, ...common, day: days }
        : { kind, ...common, at: Float64Array.from(days, (one) => one * 86_400_000 + 1) }
    const columns = unwrap(rfmColumns(log, { asOf: 19_900 as CivilDate, from: 19_100 as CivilDate }))
    const [last, orders, sums] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()]
    customer.forEach((index, row) => {
      const on = days[row] as number
      if (on > 19_900 || on < 19_100) return
      last.set(index, Math.max(last.get(index) ?? 0, on))
      orders.set(index, (orders.get(index) ?? 0) + 1)
      sums.set(index, (sums.get(index) ?? 0) + (minor[row] as number))
    })
    const known = [...orders.keys()].sort((a, b) => a - b)
    expect(Array.from(columns.customer)).toEqual(known)
    expect(Array.from(columns.daysSinceLast)).toEqual(known.map((index) => 19_900 - (last.get(index) ?? 0)))
    expect(Array.from(columns.orders)).toEqual(known.map((index) => orders.get(index)))
    expect(Array.from(columns.minor)).toEqual(known.map((index) => sums.get(index)))
  })

  const day = 20_000 as CivilDate
  const log = (minor: ReadonlyArray<number>) =>
    unwrap(encodePurchases(minor.map((one) => ({ customer: 'ann', day, amount: { minor: one, currency: EUR } }))))

  test('need dates and amounts, and sums that are exact', () => {
    const tag = (result: ReturnType<typeof rfmColumns>) =>
      result._tag === 'Left' ? result.left.path.join('.') : 'fine'
    expect(tag(rfmColumns(log([1]), { asOf: 0.5 as CivilDate }))).toBe('asOf')
    expect(tag(rfmColumns(log([1]), { asOf: day, from: addDays(day, 1) }))).toBe('from')
    expect(tag(rfmColumns(log([1]), { asOf: day, from: 0.5 as CivilDate }))).toBe('from')
    expect(tag(rfmColumns(unwrap(encodePurchases([{ customer: 'ann', day }])), { asOf: day }))).toBe('minor')
    expect(tag(rfmColumns(log([Number.MAX_SAFE_INTEGER, 1]), { asOf: day }))).toBe('minor.0')
    expect(tag(rfmColumns(log([Number.MAX_SAFE_INTEGER, 0]), { asOf: day }))).toBe('fine')
  })

  test('of rows that were counted elsewhere report everything that is wrong', () => {
    const wrong = encodeRfmRows(
      [
        { customer: 'ann', daysSinceLast: 1, orders: 1, minor: 1 },
        { customer: 'ann', daysSinceLast: -1, orders: 0, minor: 0.5 },
        { customer: '', daysSinceLast: 1, orders: 1, minor: 1 },
      ],
      EUR,
    )
    expect(encodeRfmRows([null, 3] as never, EUR)).toMatchObject({ left: [{ path: [0] }, { path: [1] }] })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
      '1.customer',
      '1.daysSinceLast',
      '1.orders',
      '1.minor',
      '2.customer',
    ])
  })
})
