import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  currency,
  type Instant,
  unwrap,
  zoneFromIntl,
} from '../../src/foundation/index.ts'
import {
  averageOrderValue,
  CommerceSummary,
  commerceFigures,
  commerceMonoid,
  type DailyPurchase,
  encodePurchases,
  finishCommerce,
  purchaseFrequency,
  summariseCommerce,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const windowArbitrary: fc.Arbitrary<CivilPeriod | undefined> = fc.option(
  fc.tuple(purchaseDayArbitrary, fc.nat({ max: 300 })).map(([from, days]) => ({ from, until: addDays(from, days) })),
  { nil: undefined },
)
const eur = unwrap(currency('EUR'))
const optionsOf = (window: CivilPeriod | undefined) => (window === undefined ? {} : { window })

const countModel = (rows: ReadonlyArray<DailyPurchase>, window: CivilPeriod | undefined): CommerceSummary => {
  const counted = rows.filter(({ day }) => window === undefined || (day >= window.from && day < window.until))
  const customers = Array.from(new Set(counted.map(({ customer }) => customer)))
  const priced = counted.filter(({ amount }) => amount !== undefined)
  const code = priced[0]?.amount?.currency
  const given = priced.reduce((sum, { refunded }) => sum + (refunded?.minor ?? 0), 0)
  return {
    customers: customers.length,
    repeatCustomers: customers.filter((one) => counted.filter(({ customer }) => customer === one).length > 1).length,
    orders: counted.length,
    ordersWithAmount: priced.length,
    revenue: code === undefined ? {} : { [code]: priced.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0) },
    refunded: code === undefined || given === 0 ? {} : { [code]: given },
  }
}

const summaries = fc
  .tuple(dailyPurchasesArbitrary, windowArbitrary)
  .map(([rows, window]) => unwrap(summariseCommerce(unwrap(encodePurchases(rows)), optionsOf(window))))

describe('summariseCommerce', () => {
  test('equals the slow count', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, windowArbitrary, (rows, window) => {
        const log = unwrap(encodePurchases(rows))
        const counted = countModel(rows, window)
        expect(unwrap(summariseCommerce(log, optionsOf(window)))).toEqual(counted)
        expect(commerceFigures(log, optionsOf(window))).toEqual(finishCommerce(counted))
      }),
    )
  })

  test("counts the window's dates in the zone", () => {
    const log = unwrap(encodePurchases([{ customer: 'ann', at: 0 as Instant }]))
    const window = { from: 0 as CivilDate, until: 1 as CivilDate }
    expect(unwrap(summariseCommerce(log, { window })).orders).toBe(1)
    expect(unwrap(summariseCommerce(log, { window, zone: unwrap(zoneFromIntl('America/New_York')) })).orders).toBe(0)
  })

  test('has a typed fault for a window that is none, and for revenue that is too large', () => {
    const amount = { minor: Number.MAX_SAFE_INTEGER, currency: eur }
    const log = unwrap(encodePurchases([1, 2].map((day) => ({ customer: 'ann', day: day as CivilDate, amount }))))
    expect(commerceFigures(log)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['revenue'] } })
    for (const window of [
      { from: 2, until: 1 },
      { from: 0.5, until: 1 },
      { from: 1, until: Number.NaN },
    ]) {
      expect(summariseCommerce(log, { window: window as CivilPeriod })).toMatchObject({ left: { path: ['window'] } })
    }
  })
})

describe('finishCommerce', () => {
  const counted: CommerceSummary = {
    customers: 2,
    repeatCustomers: 1,
    orders: 4,
    ordersWithAmount: 4,
    revenue: { EUR: 1000 },
    refunded: {},
  }

  test('gives orders per customer, repeat rate, and money per order and per customer', () => {
    expect(unwrap(finishCommerce(counted))).toEqual({
      customers: 2,
      orders: 4,
      repeatCustomers: 1,
      ordersPerCustomer: 2,
      repeatPurchaseRate: 0.5,
      money: {
        revenue: { minor: 1000, currency: 'EUR' },
        refunded: { minor: 0, currency: 'EUR' },
        averageOrderMinor: 250,
        perCustomerMinor: 500,
      },
    })
  })

  test('takes refunds off the revenue, and leaves the orders', () => {
    const { money, orders } = unwrap(finishCommerce({ ...counted, refunded: { EUR: 200 } }))
    expect([orders, money?.refunded.minor, money?.averageOrderMinor, money?.perCustomerMinor]).toEqual([
      4, 200, 200, 400,
    ])
    expect(money?.averageOrderMinor).toBe(
      unwrap(averageOrderValue({ minor: 1000, currency: eur }, 4, { minor: 200, currency: eur })),
    )
    expect(finishCommerce({ ...counted, refunded: { EUR: 1001 } })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['refunded', 'EUR'] },
    })
    expect(CommerceSummary.is({ ...counted, refunded: { EUR: 1001 } })).toBe(false)
    expect(CommerceSummary.is({ ...counted, refunded: { USD: 1 } })).toBe(false)
    expect(CommerceSummary.is({ ...counted, refunded: { EUR: 1000 } })).toBe(true)
  })

  test('says nothing of money unless every amount is known', () => {
    expect(unwrap(finishCommerce({ ...counted, ordersWithAmount: 3 })).money).toBeNull()
    expect(unwrap(finishCommerce({ ...counted, revenue: {} })).money).toBeNull()
  })

  test('refuses no orders, two currencies, and revenue that is not exact', () => {
    expect(finishCommerce(commerceMonoid.empty)).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(finishCommerce({ ...counted, customers: 0 })).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(finishCommerce({ ...counted, revenue: { EUR: 1, USD: 1 } })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['revenue'] },
    })
    expect(finishCommerce({ ...counted, revenue: { EUR: 2 ** 53 } })).toMatchObject({
      left: { _tag: 'OutOfRange', path: ['revenue', 'EUR'] },
    })
  })
})

describe('commerceMonoid', () => {
  const { concat } = commerceMonoid

  monoidLaws('commerceMonoid', commerceMonoid, summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, windowArbitrary, (rows, window) => {
        const part = (holds: boolean) =>
          unwrap(
            summariseCommerce(
              unwrap(encodePurchases(rows.filter(({ customer }) => customer > 'c' === holds))),
              optionsOf(window),
            ),
          )
        expect(concat(part(true), part(false))).toEqual(
          unwrap(summariseCommerce(unwrap(encodePurchases(rows)), optionsOf(window))),
        )
      }),
    )
  })
})

codecLaws('CommerceSummary', CommerceSummary, summaries)

describe('purchaseFrequency', () => {
  test('pf.freebiz: 600 orders of 240 customers in a year', () => {
    expect(unwrap(purchaseFrequency({ orders: 600, customers: 240, days: 365 }))).toEqual({
      ordersPerCustomer: 2.5,
      daysPerOrder: 146,
    })
  })

  test('has none without customers or orders; what is no count is a fault', () => {
    const of = (orders: number, customers: number, days = 365) => purchaseFrequency({ orders, customers, days })
    expect(of(5, 0)).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['customers'] } })
    expect(of(0, 5)).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['orders'] } })
    expect(of(1.5, 5)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['orders'] } })
    expect(of(5, -1)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['customers'] } })
    expect(of(5, 5, 0)).toMatchObject({ left: { path: ['days'] } })
    expect(of(5, 5, Number.NaN)).toMatchObject({ left: { path: ['days'] } })
  })
})
