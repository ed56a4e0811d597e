import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { RevenueAccount, revenueBetween } from '../../src/retention/index.ts'

const customer = fc.constantFrom('ann', 'bob', 'cem', 'dana', '__proto__', 'constructor')
const amounts = fc
  .array(fc.tuple(customer, fc.constantFrom(0, 0, 50, 100, 120)), { maxLength: 8 })
  .map((rows): ReadonlyMap<string, number> => new Map(rows))
const known = fc.array(customer, { maxLength: 4 }).map((customers): ReadonlySet<string> => new Set(customers))

describe('revenueBetween', () => {
  test('equals the slow model: asks of each customer what they did', () => {
    fc.assert(
      fc.property(amounts, amounts, known, (previous, current, before) => {
        const everybody = Array.from(new Set([...previous.keys(), ...current.keys()]))
        const sum = (amount: (was: number, is: number, who: string) => number): number =>
          everybody.reduce((all, who) => all + amount(previous.get(who) ?? 0, current.get(who) ?? 0, who), 0)
        const account = unwrap(revenueBetween(previous, current, before))
        expect(account).toMatchObject({
          start: sum((was) => was),
          new: sum((was, is, who) => (was === 0 && !before.has(who) ? is : 0)),
          reactivation: sum((was, is, who) => (was === 0 && before.has(who) ? is : 0)),
          expansion: sum((was, is) => (was > 0 ? Math.max(0, is - was) : 0)),
          contraction: sum((was, is) => (is > 0 ? Math.max(0, was - is) : 0)),
          churn: sum((was, is) => (is === 0 ? was : 0)),
          end: sum((_, is) => is),
          startCustomers: sum((was) => (was > 0 ? 1 : 0)),
          endCustomers: sum((_, is) => (is > 0 ? 1 : 0)),
        })
        expect(RevenueAccount.is(account)).toBe(true)
      }),
    )
  })

  test('refuses amounts that are none, and sums that are not exact', () => {
    const bad = revenueBetween(new Map([['ann', -1]]), new Map([['bob', 0.5]]), new Set())
    expect(bad).toMatchObject({ left: [{ path: ['previous', 'ann'] }, { path: ['current', 'bob'] }] })
    const most = Number.MAX_SAFE_INTEGER
    const much = revenueBetween(
      new Map([
        ['ann', most],
        ['bob', most],
      ]),
      new Map(),
      new Set(),
    )
    expect(much).toMatchObject({ left: [{ _tag: 'OutOfRange' }] })
  })
})
