import { describe, expect, test } from 'vitest'
import { money, unwrap } from '../../src/foundation/index.ts'
import {
  acquisitionCost,
  averageOrderValue,
  campaignReturn,
  lifetimeToAcquisitionCost,
  paybackPeriods,
  retentionVersusAcquisition,
} from '../../src/retention/index.ts'

type Result =
  | { readonly _tag: 'Right' }
  | { readonly _tag: 'Left'; readonly left: { readonly _tag: string; readonly path: ReadonlyArray<string | number> } }
const fault = (result: Result): string =>
  result._tag === 'Left' ? `${result.left._tag} ${result.left.path.join('.')}` : ''
const euros = (amount: string) => unwrap(money(amount, 'EUR'))

describe('ratios', () => {
  test('without a denominator there is none, never 0 or infinity', () => {
    expect(fault(acquisitionCost(100, 0))).toBe('ZeroDenominator newCustomers')
    expect(fault(paybackPeriods({ acquisitionCost: 1, revenue: 0, grossMargin: 1 }))).toBe('ZeroDenominator revenue')
    expect(fault(paybackPeriods({ acquisitionCost: 1, revenue: 1, grossMargin: 0 }))).toBe(
      'ZeroDenominator grossMargin',
    )
    expect(fault(lifetimeToAcquisitionCost(1, 0))).toBe('ZeroDenominator cost')
    expect(fault(campaignReturn({ revenue: 1, cost: 0 }))).toBe('ZeroDenominator cost')
    expect(fault(averageOrderValue(euros('0'), 0))).toBe('ZeroDenominator orders')
    const terms = { retentionSpend: 1, retained: 1, acquisitionSpend: 1, won: 1 }
    expect(fault(retentionVersusAcquisition({ ...terms, retained: 0 }))).toBe('ZeroDenominator retained')
    expect(fault(retentionVersusAcquisition({ ...terms, won: 0 }))).toBe('ZeroDenominator won')
    expect(fault(retentionVersusAcquisition({ ...terms, retentionSpend: 0 }))).toBe('ZeroDenominator retentionSpend')
  })

  test('what is no amount is a fault at its place', () => {
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(fault(acquisitionCost(bad, 1))).toBe('OutOfRange spend')
      expect(fault(acquisitionCost(1, bad))).toBe('OutOfRange newCustomers')
      expect(fault(campaignReturn({ revenue: 1, cost: bad }))).toBe('OutOfRange cost')
      expect(fault(campaignReturn({ revenue: 1, cost: 1, grossMargin: bad }))).toBe('OutOfRange grossMargin')
    }
    expect(fault(campaignReturn({ revenue: Number.NaN, cost: 1 }))).toBe('OutOfRange revenue')
    expect(fault(averageOrderValue(euros('1'), 1, euros('2')))).toBe('OutOfRange revenue')
    expect(fault(averageOrderValue(euros('1'), 1, unwrap(money('1', 'USD'))))).toBe('OutOfRange refunds')
    expect(fault(averageOrderValue(euros('1'), 1, { ...euros('1'), minor: -1 }))).toBe('OutOfRange refunds')
  })

  test('keeping and winning stand side by side', () => {
    const terms = { retentionSpend: 2000, retained: 400, acquisitionSpend: 5000, won: 200 }
    expect(unwrap(retentionVersusAcquisition(terms))).toEqual({ costPerRetained: 5, costPerNew: 25, ratio: 5 })
  })

  test('a loss is a return below 0', () => {
    expect(unwrap(campaignReturn({ revenue: -50, cost: 100 })).returnOnInvestment).toBe(-1.5)
  })
})
