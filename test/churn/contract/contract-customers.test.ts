import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contractCustomers, contractTransitions, summariseContracts } from '../../../src/churn/index.ts'
import { addDays, unwrap } from '../../../src/foundation/index.ts'
import { customerAccount } from '../../../src/retention/index.ts'
import { contractGraceArbitrary, contractSpansArbitrary, firstContractDay } from '../../arbitraries/contracts.ts'
import { customerSpansArbitrary, spanPeriodArbitrary } from '../../arbitraries/subscriptions.ts'

const period = { from: addDays(firstContractDay, 10), until: addDays(firstContractDay, 25) }
const asOf = addDays(period.until, -1)

describe('contractCustomers', () => {
  test('have the account of the counted contracts, grace included', () => {
    fc.assert(
      fc.property(contractSpansArbitrary, contractGraceArbitrary, (spans, grace) => {
        const transitions = unwrap(contractTransitions(spans, { asOf, grace }))
        const account = unwrap(customerAccount(contractCustomers(transitions), period))
        const { counts, entered, left } = unwrap(summariseContracts(spans, period, grace))
        const held = counts.subscribed.map(
          (subscribed, day) => subscribed + (counts.ending[day] ?? 0) + (counts.grace[day] ?? 0),
        )
        expect(account.lostByDay).toEqual(entered.churned)
        expect(account.end).toBe(held.at(-1))
        expect(account.startByDay.slice(1)).toEqual(held.slice(0, -1))
        const returned = left.churned.reduce((sum, count) => sum + count, 0)
        expect(account.reactivated).toBeLessThanOrEqual(returned)
      }),
    )
  })

  test('without a grace are who the spans say', () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, days) => {
        const bare = spans.map(({ customer, from, until }) => ({ customer, from, until }))
        const transitions = unwrap(contractTransitions(bare, { asOf: addDays(days.until, 60) }))
        expect(unwrap(customerAccount(contractCustomers(transitions), days))).toEqual(
          unwrap(customerAccount(bare, days)),
        )
      }),
    )
  })

  test('keep the reason of the end, and leave out an end without a beginning', () => {
    const span = { customer: 'ann', from: period.from, until: addDays(period.from, 5), reason: 'involuntary' } as const
    const transitions = unwrap(contractTransitions([span], { asOf, grace: { involuntaryDays: 3 } }))
    expect(contractCustomers(transitions)).toEqual([{ ...span, until: addDays(period.from, 8) }])
    expect(contractCustomers(transitions.slice(-1))).toEqual([])
  })
})
