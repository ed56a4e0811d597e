import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  dailySumRevenueChurn,
  logoChurn,
  RevenueAccount,
  revenueAccountMonoid,
  revenueQuickRatio,
  revenueRetention,
} from '../../src/retention/index.ts'

const { empty } = revenueAccountMonoid

describe('rates of an account', () => {
  test('of nothing there is none', () => {
    expect(revenueRetention(empty)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(logoChurn(empty)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(revenueQuickRatio(empty)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(revenueQuickRatio({ ...empty, new: 1 })).toMatchObject({ left: { _tag: 'UnboundedValue' } })
    expect(dailySumRevenueChurn([empty])).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
  })

  test('the quick ratio is what came by what went; days add up without those that begin at nothing', () => {
    const account = { ...empty, new: 500, expansion: 100, churn: 150, contraction: 50 }
    expect(unwrap(revenueQuickRatio(account))).toEqual({ netNew: 400, ratio: 3 })
    const day = { ...empty, start: 100, churn: 25, expansion: 50, end: 125 }
    expect(unwrap(dailySumRevenueChurn([day, empty, day]))).toEqual({ gross: 0.5, net: -0.5 })
  })

  test('reactivation is in no retention; one rate nets it, and says so', () => {
    const account = { ...empty, start: 100, churn: 20, reactivation: 15, end: 95 }
    expect(unwrap(revenueRetention(account))).toEqual({
      base: 100,
      gross: 0.8,
      net: 0.8,
      grossChurn: 0.2,
      netChurn: 0.2,
      netChurnWithReactivation: 0.05,
    })
  })
})

describe('RevenueAccount', () => {
  test('refuses an account that does not close, or loses more than there was', () => {
    const good = { ...empty, start: 100, churn: 40, end: 60, startCustomers: 2, churnedCustomers: 1, endCustomers: 1 }
    expect(RevenueAccount.is(good)).toBe(true)
    expect(RevenueAccount.is({ ...good, end: 61 })).toBe(false)
    expect(RevenueAccount.is({ ...good, endCustomers: 2 })).toBe(false)
    expect(RevenueAccount.is({ ...good, churn: 140, new: 100 })).toBe(false)
    expect(RevenueAccount.is({ ...good, churnedCustomers: 3, newCustomers: 2 })).toBe(false)
  })
})
