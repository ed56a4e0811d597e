import { describe, expect, test } from 'vitest'
import { contractSpans } from '../../../src/churn/index.ts'
import { money, parseCivilDate, unwrap } from '../../../src/foundation/index.ts'

const date = (text: string) => unwrap(parseCivilDate(text))
const price = { amount: unwrap(money('10', 'EUR')), every: { unit: 'month', count: 1 } } as const
const subscription = {
  customer: 'ann',
  prices: [
    { from: date('2026-01-01'), price },
    { from: date('2026-02-01'), price: { ...price, amount: unwrap(money('12', 'EUR')) } },
  ],
}

describe('contractSpans', () => {
  test('of a subscription go from the first charged day to its end', () => {
    expect(unwrap(contractSpans(subscription))).toEqual([{ customer: 'ann', from: date('2026-01-01'), until: null }])
    const end = { cancelledOn: date('2026-03-10'), paidUntil: date('2026-04-01') }
    expect(unwrap(contractSpans({ ...subscription, end }))).toEqual([
      { customer: 'ann', from: date('2026-01-01'), until: end.paidUntil, cancelledOn: end.cancelledOn },
    ])
    const ended = { ...subscription, end: { ...end, reason: 'involuntary' } } as const
    expect(unwrap(contractSpans(ended, { ends: 'cancellation' }))).toMatchObject([
      { until: end.cancelledOn, reason: 'involuntary' },
    ])
  })

  test('are none where it ended in its trial', () => {
    const end = { cancelledOn: date('2026-01-10'), paidUntil: date('2026-01-10') }
    expect(unwrap(contractSpans({ ...subscription, trialUntil: date('2026-01-15'), end }))).toEqual([])
  })

  test('report what is wrong with the subscription', () => {
    expect(contractSpans({ ...subscription, customer: '' })).toMatchObject({ left: [{ path: ['customer'] }] })
  })
})
