import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bgNbd, customerLifetimeMoney, customerLifetimeValue } from '../../../src/churn/index.ts'
import { type Currency, type RoundingMode, unwrap } from '../../../src/foundation/index.ts'

const weeks = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
const year = { periods: 12, periodLength: 4.345, discountPerPeriod: 0.01 }
const currency = 'EUR' as Currency

const moneyOf = (orderValue: number, rounding?: RoundingMode) =>
  customerLifetimeMoney(bgNbd, weeks, buyer, {
    ...year,
    orderValue,
    currency,
    ...(rounding === undefined ? {} : { rounding }),
  })

test('the money is the value rounded once, by the mode that is named, beside its discounting', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (orderValue) => {
      const exact = unwrap(customerLifetimeValue(bgNbd, weeks, buyer, { ...year, orderValue }))
      const { value, ...discounting } = unwrap(moneyOf(orderValue))
      expect(Math.abs(value.minor - exact)).toBeLessThanOrEqual(0.5 + 1e-6)
      expect(value.currency).toBe('EUR')
      expect(discounting).toEqual(year)
      const [down, up] = [unwrap(moneyOf(orderValue, 'floor')), unwrap(moneyOf(orderValue, 'ceil'))]
      expect(down.value.minor).toBeLessThanOrEqual(exact + 1e-6)
      expect(up.value.minor).toBeGreaterThanOrEqual(exact - 1e-6)
    }),
  )
})

test('what is wrong with the options, and a value beyond minor units, is a fault', () => {
  const negative = moneyOf(-1)
  expect(negative).toMatchObject({ _tag: 'Left', left: [{ _tag: 'InvalidValue', path: ['orderValue'] }] })
  const faithful = { repeats: 1000, recency: 38.86, age: 38.86 }
  const huge = customerLifetimeMoney(bgNbd, weeks, faithful, { ...year, orderValue: 1e15, currency })
  expect(huge).toMatchObject({ _tag: 'Left', left: [{ _tag: 'OutOfRange', path: ['orderValue'] }] })
})
