import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  type Currency,
  exchangeMoney,
  exchangeRateAt,
  formatPath,
  type Instant,
  money,
  parseCivilDate,
  parseInstant,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  fixedCohortRevenue,
  logoChurn,
  periodRevenueRetention,
  RevenueAccount,
  type RevenueOptions,
  type RevenueSpan,
  revenueAccountMonoid,
  revenueReport,
  revenueRetention,
} from '../../src/retention/index.ts'
import { revenueSpansArbitrary } from '../arbitraries/subscriptions.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const [eur, usd] = ['EUR' as Currency, 'USD' as Currency]
const span = (customer: string, from: string, until: string | null, amount: string): RevenueSpan => ({
  customer,
  from: date(from),
  until: until === null ? null : date(until),
  monthly: unwrap(money(amount, 'EUR')),
})
const rates = [
  { from: usd, to: eur, rate: '0.9', validFrom: unwrap(parseInstant('2020-01-01T00:00:00Z')) },
  { from: usd, to: eur, rate: '0.8537', validFrom: unwrap(parseInstant('2026-01-15T00:00:00Z')) },
]
const months = { unit: 'month', from: date('2025-12-01'), count: 4 } as const
const options: RevenueOptions = { currency: eur, asOf: date('2026-02-28'), rates }
const reportArbitrary = fc.tuple(revenueSpansArbitrary, fc.constantFrom('churn' as const, 'contraction' as const))

const worth = (currency: Currency, minor: number, day: number): number => {
  if (currency === eur || minor === 0) return minor
  const rate = unwrap(exchangeRateAt(rates, currency, eur, (day * 86_400_000 + 86_399_999) as Instant))
  return unwrap(exchangeMoney({ minor, currency }, rate, 'halfEven')).minor
}

const total = (held: ReadonlyArray<RevenueSpan>, day: number): number =>
  [eur, usd].reduce((sum, currency) => {
    const paid = held.filter(({ monthly, paused }) => paused !== true && monthly.currency === currency)
    const minor = paid.reduce((all, { monthly }) => all + monthly.minor, 0)
    return sum + worth(currency, minor, day)
  }, 0)

const kindOf = (was: boolean, is: boolean, known: boolean, rise: number) => {
  if (!was) return known ? 'reactivation' : 'new'
  if (!is) return 'churn'
  return rise > 0 ? 'expansion' : 'contraction'
}

/** Slow, obvious: asks on two days what each customer pays, and what that is worth on either. */
const model = (spans: ReadonlyArray<RevenueSpan>, before: CivilDate, last: CivilDate, pausesKeep: boolean) => {
  const sums = { start: 0, currencyEffect: 0, new: 0, expansion: 0, reactivation: 0, contraction: 0, churn: 0, end: 0 }
  for (const customer of new Set(spans.map((one) => one.customer))) {
    const counts = (one: RevenueSpan): boolean => (one.paused === true ? pausesKeep : one.monthly.minor > 0)
    const own = spans.filter((one) => one.customer === customer && counts(one))
    const on = (day: number) => own.filter(({ from, until }) => from <= day && (until === null || until > day))
    const [was, is] = [on(before), on(last)]
    const [start, held, end] = [total(was, before), total(was, last), total(is, last)]
    sums.start += start
    sums.currencyEffect += held - start
    sums.end += end
    const known = own.some(({ from }) => from <= before)
    sums[kindOf(was.length > 0, is.length > 0, known, end - held)] += Math.abs(end - held)
  }
  return sums
}

describe('revenueReport', () => {
  test('equals the slow model, and each account closes', () => {
    fc.assert(
      fc.property(reportArbitrary, ([spans, pauses]) => {
        const report = unwrap(revenueReport(spans, months, { ...options, pauses }))
        expect(report.periods).toHaveLength(3)
        for (const { from, until, account } of report.periods) {
          const last = addDays(until, -1)
          expect(account).toMatchObject(model(spans, addDays(from, -1), last, pauses === 'contraction'))
          expect(RevenueAccount.is(account)).toBe(true)
        }
      }),
    )
  })

  test("start and movements make the end of every customer; they sum to the periods; an end is the next one's start", () => {
    fc.assert(
      fc.property(reportArbitrary, ([spans, pauses]) => {
        const { movements, periods } = unwrap(revenueReport(spans, months, { ...options, pauses }))
        for (const by of movements) {
          expect(by.end).toBe(
            by.start + by.currencyEffect + by.new + by.expansion + by.reactivation - by.contraction - by.churn,
          )
          const kinds = [by.new, by.expansion, by.reactivation, by.contraction, by.churn]
          expect(kinds.filter((minor) => minor > 0).length).toBeLessThanOrEqual(1)
          expect(Math.min(...kinds)).toBeGreaterThanOrEqual(0)
        }
        periods.forEach(({ account }, period) => {
          const own = movements.filter((one) => one.period === period)
          for (const name of ['start', 'new', 'churn', 'currencyEffect', 'end'] as const) {
            expect(account[name]).toBe(own.reduce((sum, one) => sum + one[name], 0))
          }
          if (period > 0) expect(account.start).toBe(periods[period - 1]?.account.end)
        })
      }),
    )
  })

  test('reports split by customers merge to that of the whole', () => {
    fc.assert(
      fc.property(reportArbitrary, ([spans, pauses]) => {
        const accounts = (part: ReadonlyArray<RevenueSpan>) =>
          unwrap(revenueReport(part, months, { ...options, pauses })).periods.map(({ account }) => account)
        const [one, other] = [true, false].map((holds) =>
          accounts(spans.filter(({ customer }) => customer < 'c' === holds)),
        )
        expect(one?.map((account, index) => revenueAccountMonoid.concat(account, other?.[index] ?? account))).toEqual(
          accounts(spans),
        )
      }),
    )
  })

  test('what only the rate changes is a currency effect', () => {
    const spans = [{ customer: 'ann', from: date('2025-01-01'), until: null, monthly: unwrap(money('100', 'USD')) }]
    const account = unwrap(revenueReport(spans, months, options)).periods[1]?.account
    expect(account).toMatchObject({ start: 9000, currencyEffect: -463, expansion: 0, contraction: 0, end: 8537 })
    expect(unwrap(revenueRetention(account ?? revenueAccountMonoid.empty))).toMatchObject({
      base: 8537,
      gross: 1,
      net: 1,
    })
  })

  test('a pause is churn, or a contraction that keeps the customer', () => {
    const spans: ReadonlyArray<RevenueSpan> = [
      span('ann', '2025-06-01', '2026-01-10', '30'),
      { ...span('ann', '2026-01-10', '2026-02-10', '30'), paused: true },
      span('ann', '2026-02-10', null, '30'),
    ]
    const accounts = (pauses: 'churn' | 'contraction') =>
      unwrap(revenueReport(spans, months, { ...options, pauses }))
        .periods.slice(1)
        .map(({ account }) => account)
    expect(accounts('churn')).toMatchObject([
      { churn: 3000, churnedCustomers: 1, endCustomers: 0 },
      { reactivation: 3000, reactivatedCustomers: 1, expansion: 0 },
    ])
    expect(accounts('contraction')).toMatchObject([
      { contraction: 3000, churnedCustomers: 0, endCustomers: 1 },
      { expansion: 3000, reactivation: 0, startCustomers: 1 },
    ])
  })

  test('the open period of the data has no rate, though everybody seems to go', () => {
    const spans = [span('ann', '2025-06-01', '2026-02-01', '30'), span('bob', '2025-06-01', '2026-02-01', '30')]
    const report = unwrap(revenueReport(spans, months, { ...options, asOf: date('2026-02-10') }))
    const [, january, february] = report.periods
    expect(january?.status).toBe('complete')
    expect(february).toMatchObject({ status: 'inProgress', account: { churn: 6000 } })
    expect(january && unwrap(periodRevenueRetention(january)).gross).toBe(1)
    expect(february && periodRevenueRetention(february)).toMatchObject({ left: { _tag: 'OpenPeriod' } })
    expect(report.periods).toHaveLength(3)
  })

  test('says everything that is wrong, at its place', () => {
    const paths = (result: ReturnType<typeof revenueReport>) =>
      result._tag === 'Left' ? result.left.map(({ path, _tag }) => `${_tag} ${formatPath(path)}`) : []
    const bad = { ...span('', '2026-01-01', '2026-01-01', '1'), monthly: { minor: -1, currency: eur } }
    expect(paths(revenueReport([bad], months, options))).toEqual([
      'InvalidValue spans[0].customer',
      'InvalidValue spans[0].until',
      'InvalidValue spans[0].monthly',
    ])
    const nan = Number.NaN as CivilDate
    expect(paths(revenueReport([], { unit: 'month', from: nan, count: 0 }, { ...options, asOf: nan }))).toEqual([
      'InvalidValue periods.count',
      'InvalidValue periods.from',
      'InvalidValue asOf',
    ])
    const dollars = { ...span('ann', '2026-01-01', null, '1'), monthly: unwrap(money('1', 'USD')) }
    expect(paths(revenueReport([dollars], months, { currency: eur, asOf: options.asOf }))).toEqual([
      'UnknownExchangeRate ',
    ])
    const much = { minor: Number.MAX_SAFE_INTEGER, currency: eur }
    const rich = ['ann', 'bob'].map((customer) => ({ ...span(customer, '2026-01-01', null, '1'), monthly: much }))
    expect(paths(revenueReport(rich, months, options))).toEqual(['OutOfRange periods[1]'])
    const days = { from: date('2026-01-31'), to: date('2026-02-28') }
    expect(fixedCohortRevenue(rich, days, options)).toMatchObject({ left: [{ _tag: 'OutOfRange' }] })
    const dear = [{ from: usd, to: eur, rate: '2', validFrom: unwrap(parseInstant('2020-01-01T00:00:00Z')) }]
    const foreign = [{ ...span('ann', '2026-01-01', null, '1'), monthly: { ...much, currency: usd } }]
    expect(paths(revenueReport(foreign, months, { ...options, rates: dear }))).toEqual(['OutOfRange periods[1]'])
  })

  test('periods after the last known day are not reported', () => {
    const report = revenueReport([], { ...months, from: date('2027-01-01') }, options)
    expect(unwrap(report).periods).toEqual([])
  })
})

describe('fixedCohortRevenue', () => {
  const spans = [
    span('ann', '2025-01-01', '2025-06-01', '10'),
    span('ann', '2025-09-01', null, '20'),
    span('bob', '2025-01-01', '2025-09-01', '30'),
    span('cem', '2025-06-01', null, '50'),
  ]
  const days = { from: date('2025-01-31'), to: date('2026-01-31') }

  test('who went and came back is still in it', () => {
    const account = unwrap(fixedCohortRevenue(spans, days, options))
    expect(account).toMatchObject({ start: 4000, expansion: 1000, churn: 3000, new: 5000, startCustomers: 2 })
    expect(unwrap(revenueRetention(account))).toMatchObject({ gross: 0.25, net: 0.5 })
    expect(unwrap(logoChurn(account))).toBe(0.5)
  })

  test('refuses a closing that is not later, or not known yet', () => {
    expect(fixedCohortRevenue(spans, { from: days.to, to: days.from }, options)).toMatchObject({
      left: [{ path: ['days'] }],
    })
    expect(fixedCohortRevenue(spans, days, { ...options, asOf: days.from })).toMatchObject({
      left: [{ path: ['asOf'] }],
    })
    expect(fixedCohortRevenue([{ ...span('a', '2026-01-01', null, '1'), customer: '' }], days, options)._tag).toBe(
      'Left',
    )
  })
})

const accounts = reportArbitrary.map(
  ([spans]) => unwrap(revenueReport(spans, months, options)).periods[1]?.account ?? revenueAccountMonoid.empty,
)
monoidLaws('revenueAccountMonoid', revenueAccountMonoid, accounts)
codecLaws('RevenueAccount', RevenueAccount, accounts)
