import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  currency,
  type Decimal,
  formatAmount,
  formatDecimal,
  money,
  moneyFromDecimal,
  moneyRatio,
  moneyToDecimal,
  multiplyDivide,
  multiplyMoney,
  type RoundingMode,
  toDecimal,
  unwrap,
} from '../../src/foundation/index.ts'
import { moneyArbitrary, roundingModeArbitrary } from '../arbitraries/foundation.ts'

const decimal = (text: string): Decimal => unwrap(toDecimal(text))
const eur = (amount: string) => unwrap(money(amount, 'EUR'))
const infinite = decimal('1').dividedBy(0)

describe('multiplyMoney', () => {
  test.each<[string, string, RoundingMode, string]>([
    ['19.99', '0.05', 'halfEven', '1.00'],
    ['19.99', '0.05', 'floor', '0.99'],
    ['-19.99', '0.05', 'floor', '-1.00'],
    ['0.05', '0.5', 'halfEven', '0.02'],
    ['0.05', '0.5', 'halfUp', '0.03'],
    ['90071992547409.91', '1', 'floor', '90071992547409.91'],
  ])('%s times %s by %s is %s', (amount, factor, mode, product) => {
    expect(formatAmount(unwrap(multiplyMoney(eur(amount), decimal(factor), mode)))).toBe(product)
  })

  test('equals the product of integers', () => {
    fc.assert(
      fc.property(
        moneyArbitrary(),
        fc.integer({ min: -20_000, max: 20_000 }),
        roundingModeArbitrary,
        (amount, n, mode) => {
          const exact = multiplyDivide(amount.minor, n, 10_000, mode)
          const factor = decimal(String(n)).dividedBy(10_000)
          const result = multiplyMoney(amount, factor, mode)
          if (exact._tag === 'Right') {
            expect(result).toEqual({ _tag: 'Right', right: { minor: exact.right, currency: amount.currency } })
          } else expect(result).toMatchObject({ left: { _tag: 'OutOfRange' } })
        },
      ),
    )
  })

  test('rounds once, however long the factor is', () => {
    const justBelow = decimal('0.5').minus(decimal('10').pow(-79))
    expect(formatAmount(unwrap(multiplyMoney(eur('9.01'), justBelow, 'halfUp')))).toBe('4.50')
  })

  test('names what is wrong', () => {
    expect(multiplyMoney(eur('1'), infinite, 'floor')).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['factor'] },
    })
    expect(multiplyMoney(eur('90071992547409.91'), decimal('2'), 'floor')).toMatchObject({
      left: { _tag: 'OutOfRange' },
    })
  })
})

describe('moneyFromDecimal', () => {
  test('is the inverse of moneyToDecimal', () => {
    fc.assert(
      fc.property(moneyArbitrary(), roundingModeArbitrary, (amount, mode) => {
        const result = moneyFromDecimal(unwrap(moneyToDecimal(amount)), amount.currency, mode)
        expect(result).toEqual({ _tag: 'Right', right: amount })
      }),
    )
  })

  test('rounds to the minor unit', () => {
    const yen = unwrap(currency('JPY'))
    expect(formatAmount(unwrap(moneyFromDecimal(decimal('1.5'), yen, 'halfEven')))).toBe('2')
    expect(moneyFromDecimal(infinite, yen, 'floor')).toMatchObject({ left: { path: ['amount'] } })
    expect(moneyToDecimal({ minor: Number.NaN, currency: yen })).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})

describe('moneyRatio', () => {
  test('is exact to 80 digits', () => {
    expect(formatDecimal(unwrap(moneyRatio(eur('5'), eur('20'))))).toBe('0.25')
    expect(formatDecimal(unwrap(moneyRatio(eur('1'), eur('-3'))))).toBe(`-0.${'3'.repeat(80)}`)
  })

  test('names what is wrong', () => {
    expect(moneyRatio(eur('1'), eur('0'))).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['whole'] } })
    expect(moneyRatio(eur('1'), unwrap(money('1', 'USD')))).toMatchObject({ left: { _tag: 'CurrencyMismatch' } })
    expect(moneyRatio({ ...eur('1'), minor: 0.5 }, eur('2'))).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})
