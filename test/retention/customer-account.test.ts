import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  formatPath,
  parseCivilDate,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  CustomerAccount,
  type CustomerSpan,
  customerAccount,
  customerAccountMonoid,
} from '../../src/retention/index.ts'
import { customerSpansArbitrary, spanPeriodArbitrary } from '../arbitraries/subscriptions.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const january: CivilPeriod = { from: date('2026-01-01'), until: date('2026-02-01') }

/** Slow, obvious: asks of every day whether somebody is a customer on it. */
const model = (spans: ReadonlyArray<CustomerSpan>, { from, until }: CivilPeriod) => {
  const days = Array.from({ length: until - from }, (_, index) => addDays(from, index))
  const customers = Array.from(new Set(spans.map(({ customer }) => customer)))
  const is = (customer: string, day: number): boolean =>
    spans.some((span) => span.customer === customer && span.from <= day && (span.until === null || span.until > day))
  const has = (customer: string): boolean => spans.some((span) => span.customer === customer && span.from < from)
  const goes = (customer: string, day: number): boolean => is(customer, day - 1) && !is(customer, day)
  const start = customers.filter((customer) => is(customer, from - 1))
  const others = customers.filter((customer) => !is(customer, from - 1) && days.some((day) => is(customer, day)))
  const stays = (customer: string): boolean => is(customer, until - 1)
  const joined = others.filter((customer) => !has(customer))
  const reactivated = others.filter(has)
  const lost = start.filter((customer) => days.some((day) => goes(customer, day)))
  return {
    start: start.length,
    joined: joined.length,
    reactivated: reactivated.length,
    lost: lost.length,
    lostReturned: lost.filter(stays).length,
    joinedLost: joined.filter((customer) => !stays(customer)).length,
    reactivatedLost: reactivated.filter((customer) => !stays(customer)).length,
    end: customers.filter(stays).length,
    startByDay: days.map((day) => customers.filter((customer) => is(customer, day - 1)).length),
    lostByDay: days.map((day) => customers.filter((customer) => goes(customer, day)).length),
  }
}

describe('customerAccount', () => {
  test('equals the slow model, and closes', () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, period) => {
        const account = unwrap(customerAccount(spans, period))
        expect(account).toMatchObject(model(spans, period))
        expect(CustomerAccount.is(account)).toBe(true)
      }),
    )
  })

  test("a period's closing is the next one's opening", () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, period) => {
        const next = { from: period.until, until: addDays(period.until, 20) }
        expect(unwrap(customerAccount(spans, next)).start).toBe(unwrap(customerAccount(spans, period)).end)
      }),
    )
  })

  test('an account split by customers is the account of the whole', () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, period) => {
        const part = (holds: boolean) =>
          unwrap(
            customerAccount(
              spans.filter(({ customer }) => customer < 'c' === holds),
              period,
            ),
          )
        expect(customerAccountMonoid.concat(part(true), part(false))).toEqual(unwrap(customerAccount(spans, period)))
      }),
    )
  })

  test('the reason is that of the span that ended last; who goes and comes on one day was never away', () => {
    const spans: ReadonlyArray<CustomerSpan> = [
      { customer: 'ann', from: date('2025-01-01'), until: date('2026-01-10'), reason: 'voluntary' },
      { customer: 'ann', from: date('2025-06-01'), until: date('2026-01-20'), reason: 'involuntary' },
      { customer: 'bob', from: date('2025-01-01'), until: date('2026-01-10'), reason: 'voluntary' },
      { customer: 'bob', from: date('2026-01-10'), until: null },
      { customer: 'cem', from: date('2025-01-01'), until: date('2026-01-10') },
    ]
    expect(unwrap(customerAccount(spans, january))).toMatchObject({
      start: 3,
      lost: 2,
      lostVoluntary: 0,
      lostInvoluntary: 1,
      end: 1,
    })
  })

  test('whose last day is the eve of the period is no customer of its opening', () => {
    const account = (until: string) =>
      unwrap(customerAccount([{ customer: 'ann', from: date('2025-01-01'), until: date(until) }], january))
    expect(account('2025-12-31')).toMatchObject({ start: 0, lost: 0, end: 0 })
    expect(account('2026-01-01')).toMatchObject({ start: 1, lost: 1, end: 0 })
    expect(account('2026-02-01')).toMatchObject({ start: 1, lost: 0, end: 1 })
  })

  test('says everything that is wrong, at its place', () => {
    const paths = (spans: ReadonlyArray<CustomerSpan>, period: CivilPeriod) => {
      const result = customerAccount(spans, period)
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    const day = date('2026-01-05')
    const bad: ReadonlyArray<CustomerSpan> = [
      { customer: '', from: 0.5 as CivilDate, until: null },
      { customer: 'ann', from: day, until: day },
    ]
    expect(paths(bad, { from: day, until: day })).toEqual([
      'period',
      'spans[0].customer',
      'spans[0].from',
      'spans[1].until',
    ])
    expect(paths([], { from: day, until: addDays(day, 3661) })).toEqual(['period'])
    expect(paths([], { from: day, until: addDays(day, 3660) })).toEqual([])
  })
})

const accounts = customerSpansArbitrary.map((spans) => unwrap(customerAccount(spans, january)))
monoidLaws('customerAccountMonoid', customerAccountMonoid, accounts)
codecLaws('CustomerAccount', CustomerAccount, accounts)

describe('CustomerAccount', () => {
  test('refuses counts that contradict each other', () => {
    const { empty } = customerAccountMonoid
    const good = { ...empty, start: 4, lost: 1, end: 3, startByDay: [4], lostByDay: [1] }
    expect(CustomerAccount.is(good)).toBe(true)
    const wrong: ReadonlyArray<Partial<CustomerAccount>> = [
      { end: 4 },
      { lost: 5, lostReturned: 4 },
      { lostReturned: 2, end: 5 },
      { lostVoluntary: 1, lostInvoluntary: 1 },
      { joinedLost: 1, end: 2 },
      { reactivatedLost: 1, end: 2 },
      { startByDay: [3] },
      { startByDay: [4, 3] },
      { lostByDay: [5] },
    ]
    for (const change of wrong) expect(CustomerAccount.is({ ...good, ...change })).toBe(false)
  })
})
