import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  type Currency,
  formatAmount,
  formatCivilDate,
  formatPath,
  money,
  parseCivilDate,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  monthlyRecurring,
  type RecurringPrice,
  type Subscription,
  type SubscriptionPolicy,
  subscriptionEndsOn,
  subscriptionSpans,
} from '../../src/retention/index.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const euros = (amount: string) => unwrap(money(amount, 'EUR'))
const monthly = (amount: string): RecurringPrice => ({ amount: euros(amount), every: { unit: 'month', count: 1 } })

describe('monthlyRecurring', () => {
  test('by interval: a year has 12 months, 52 weeks, 365 days', () => {
    const of = (unit: 'day' | 'week' | 'month' | 'year', count: number) =>
      formatAmount(unwrap(monthlyRecurring({ amount: euros('120'), every: { unit, count } })))
    expect([of('month', 1), of('month', 3), of('year', 1), of('week', 2), of('day', 30)]).toEqual([
      '120.00',
      '40.00',
      '10.00',
      '260.00',
      '121.67',
    ])
  })

  test('discounts: percentages of one another, then amounts, never below 0; rounded once', () => {
    const price = monthly('10.01')
    const of = (...discounts: NonNullable<Parameters<typeof monthlyRecurring>[1]>) =>
      formatAmount(unwrap(monthlyRecurring(price, discounts)))
    expect(of({ percent: 50 }, { percent: 50 })).toBe('2.50')
    expect(of({ amount: euros('1') }, { percent: 10 })).toBe('8.01')
    expect(of({ amount: euros('11') })).toBe('0.00')
    expect(of({ percent: 100 })).toBe('0.00')
    expect(unwrap(monthlyRecurring(monthly('0.05'), [{ percent: 50 }])).minor).toBe(2)
    expect(unwrap(monthlyRecurring(monthly('0.05'), [{ percent: 50 }], 'ceil')).minor).toBe(3)
  })

  test('is exact where numbers are not', () => {
    const large = { minor: 9_007_199_254_740_991, currency: 'EUR' as Currency }
    const price = { amount: large, every: { unit: 'year', count: 12 }, quantity: 144 } as const
    expect(unwrap(monthlyRecurring(price)).minor).toBe(large.minor)
    expect(monthlyRecurring({ ...price, quantity: 145 })).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })

  test('what is no price is a fault at its place', () => {
    const path = (price: RecurringPrice, ...discounts: NonNullable<Parameters<typeof monthlyRecurring>[1]>) => {
      const result = monthlyRecurring(price, discounts)
      return result._tag === 'Left' ? formatPath(result.left.path) : ''
    }
    const good = monthly('1')
    expect(path({ ...good, amount: { minor: -1, currency: 'EUR' as Currency } })).toBe('amount')
    expect(path({ ...good, every: { unit: 'month', count: 0 } })).toBe('every.count')
    expect(path({ ...good, quantity: 0.5 })).toBe('quantity')
    expect(path(good, { percent: 101 })).toBe('discounts[0].percent')
    expect(path(good, {}, { amount: unwrap(money('1', 'USD')) })).toBe('discounts[1].amount')
  })
})

const subscription: Subscription = {
  customer: 'ann',
  prices: [
    { from: date('2026-01-01'), price: monthly('10') },
    { from: date('2026-04-01'), price: monthly('20') },
  ],
  trialUntil: date('2026-01-15'),
  discounts: [
    { from: date('2026-02-01'), until: date('2026-03-01'), percent: 50 },
    { from: date('2026-03-01'), until: null, amount: euros('1') },
  ],
  pauses: [{ from: date('2026-04-10'), until: date('2026-04-20') }],
  end: {
    cancelledOn: date('2026-05-02'),
    paidUntil: date('2026-06-01'),
    refundedOn: date('2026-05-05'),
    reason: 'voluntary',
  },
}

const texts = (from: Subscription, policy: SubscriptionPolicy = {}) =>
  unwrap(subscriptionSpans(from, policy)).map(
    (span) =>
      `${formatCivilDate(span.from).slice(5)} ${formatAmount(span.monthly)}${span.paused === true ? ' paused' : ''}`,
  )

describe('subscriptionSpans', () => {
  test('begins after the trial, and anew with every change of price, discount and pause', () => {
    expect(texts(subscription)).toEqual([
      '01-15 10.00',
      '02-01 5.00',
      '03-01 9.00',
      '04-01 19.00',
      '04-10 19.00 paused',
      '04-20 19.00',
    ])
    expect(texts(subscription, { discounts: 'lasting' }).slice(0, 3)).toEqual([
      '01-15 10.00',
      '02-01 10.00',
      '03-01 9.00',
    ])
  })

  test('ends with what is paid, with the cancellation, or with the refund', () => {
    const { end } = subscription
    const ends = (policy: SubscriptionPolicy) => end && formatCivilDate(subscriptionEndsOn(end, policy))
    expect(ends({})).toBe('2026-06-01')
    expect(ends({ ends: 'cancellation' })).toBe('2026-05-02')
    expect(ends({ refunds: 'end' })).toBe('2026-05-05')
    expect(ends({ refunds: 'end', ends: 'cancellation' })).toBe('2026-05-02')
    const last = unwrap(subscriptionSpans(subscription)).at(-1)
    expect(last).toMatchObject({ until: date('2026-06-01'), reason: 'voluntary' })
  })

  test('of one that goes on the last span has no end', () => {
    const spans = unwrap(
      subscriptionSpans({
        customer: 'ann',
        prices: [
          { from: date('2026-01-01'), price: monthly('10') },
          { from: date('2026-03-01'), price: monthly('12') },
        ],
      }),
    )
    expect(spans.map(({ from, until }) => [from, until])).toEqual([
      [date('2026-01-01'), date('2026-03-01')],
      [date('2026-03-01'), null],
    ])
  })

  test('of one that ended in its trial there are none', () => {
    const end = { cancelledOn: date('2026-01-03'), paidUntil: date('2026-01-10') }
    expect(texts({ ...subscription, end })).toEqual([])
  })

  test('spans follow each other without gap or overlap', () => {
    const day = fc.integer({ min: 0, max: 100 }).map((days) => addDays(date('2026-01-01'), days))
    const stretch = fc
      .tuple(day, fc.integer({ min: 1, max: 50 }))
      .map(([from, days]) => ({ from, until: addDays(from, days) }))
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 4 }),
        fc.array(stretch, { maxLength: 4 }),
        day,
        (discounts, pauses, trial) => {
          const spans = unwrap(
            subscriptionSpans({
              ...subscription,
              discounts: discounts.map((each) => ({ ...each, percent: 10 })),
              pauses,
              trialUntil: trial,
            }),
          )
          expect(spans[0]?.from).toBe(trial)
          spans.forEach(({ from, until }, index) => {
            expect(until).toBe(spans[index + 1]?.from ?? date('2026-06-01'))
            expect(from).toBeLessThan(until ?? Number.POSITIVE_INFINITY)
          })
        },
      ),
    )
  })

  test('says everything that is wrong, at its place', () => {
    const paths = (wrong: Partial<Subscription>) => {
      const result = subscriptionSpans({ ...subscription, ...wrong })
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    const nan = Number.NaN as CivilDate
    expect(paths({ customer: '', prices: [] })).toEqual(['customer', 'prices'])
    expect(paths({ pauses: Array.from({ length: 1001 }, () => ({ from: nan, until: nan })) })).toEqual(['pauses'])
    expect(
      paths({
        prices: [
          ...subscription.prices,
          { from: date('2026-04-01'), price: { ...monthly('1'), amount: unwrap(money('1', 'USD')) } },
        ],
        trialUntil: nan,
        discounts: [{ from: nan, until: null }],
        pauses: [{ from: date('2026-04-10'), until: date('2026-04-10') }],
        end: { cancelledOn: nan, paidUntil: nan },
      }),
    ).toEqual([
      'prices[2].from',
      'prices[2].price.amount',
      'trialUntil',
      'discounts[0].from',
      'pauses[0].until',
      'end.cancelledOn',
      'end.paidUntil',
    ])
    expect(paths({ discounts: [{ from: date('2026-02-01'), until: null, percent: -1 }] })).toEqual([
      'prices[0].price.discounts[0].percent',
    ])
  })
})
