import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Currency,
  currency,
  ExchangeRate,
  exchangeMoney,
  exchangeRateAt,
  formatAmount,
  formatError,
  type Instant,
  money,
  parseInstant,
  unwrap,
} from '../../src/foundation/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const code = (text: string): Currency => unwrap(currency(text))
const rate = (from: string, to: string, text: string, validFrom = '2026-01-01T00:00:00Z'): ExchangeRate => ({
  from: code(from),
  to: code(to),
  rate: text,
  validFrom: at(validFrom),
})

const rateArbitrary = fc
  .record({
    pair: fc.constantFrom(['USD', 'EUR'], ['JPY', 'EUR'], ['EUR', 'KWD'], ['EUR', 'JPY'], ['KWD', 'JPY']),
    whole: fc.nat({ max: 9_999 }),
    digits: fc.nat({ max: 999_999 }),
    validFrom: fc.nat({ max: 4_000_000_000_000 }),
  })
  .map(
    ({ pair: [from = 'USD', to = 'EUR'], whole, digits, validFrom }): ExchangeRate => ({
      from: code(from),
      to: code(to),
      rate: `${whole}.${String(digits + (whole === 0 ? 1 : 0)).padStart(6, '0')}`,
      validFrom: validFrom as Instant,
    }),
  )

codecLaws('ExchangeRate', ExchangeRate, rateArbitrary)

describe('ExchangeRate', () => {
  test('rates of nothing, below nothing, with an exponent, or from a currency to itself are faults with their place', () => {
    const json = { from: 'USD', to: 'EUR', rate: '0.92', validFrom: '2026-01-01T00:00:00Z' }
    const paths = (change: object): unknown => {
      const decoded = ExchangeRate.decode({ ...json, ...change })
      return decoded._tag === 'Left' ? decoded.left.length : 0
    }
    expect(paths({})).toBe(0)
    for (const wrong of ['0', '-1', '1e3', 'NaN', '', '0.', 'Infinity', 0.92]) expect(paths({ rate: wrong })).toBe(1)
    expect(paths({ to: 'USD' })).toBe(1)
  })
})

describe('exchangeRateAt', () => {
  const rates = [
    rate('USD', 'EUR', '0.95', '2026-06-01T00:00:00Z'),
    rate('USD', 'EUR', '0.92'),
    rate('USD', 'EUR', '0.93', '2026-03-01T00:00:00Z'),
    rate('USD', 'EUR', '0.94', '2026-03-01T00:00:00Z'),
    rate('GBP', 'EUR', '1.15'),
  ]
  const textAt = (instant: string): string => unwrap(exchangeRateAt(rates, code('USD'), code('EUR'), at(instant))).rate

  test('is the latest that is valid, from its instant on; of two for one instant the later in the table', () => {
    expect(textAt('2026-02-28T23:59:59.999Z')).toBe('0.92')
    expect(textAt('2026-03-01T00:00:00Z')).toBe('0.94')
    expect(textAt('2026-12-31T00:00:00Z')).toBe('0.95')
  })

  test('before the first, the other way round, and of a pair without any there is none', () => {
    const none = (from: string, to: string, instant: string): string => {
      const found = exchangeRateAt(rates, code(from), code(to), at(instant))
      return found._tag === 'Left' ? found.left._tag : 'found'
    }
    expect(none('USD', 'EUR', '2025-12-31T23:59:59.999Z')).toBe('UnknownExchangeRate')
    expect(none('EUR', 'USD', '2026-07-01T00:00:00Z')).toBe('UnknownExchangeRate')
    expect(none('JPY', 'EUR', '2026-07-01T00:00:00Z')).toBe('UnknownExchangeRate')
  })
})

describe('exchangeMoney', () => {
  const exchanged = (amount: string, from: string, to: string, text: string, mode?: 'floor' | 'halfEven'): string =>
    formatAmount(unwrap(exchangeMoney(unwrap(money(amount, from)), rate(from, to, text), mode)))

  test('between currencies with two, no and three digits, rounded once', () => {
    expect(exchanged('100.00', 'USD', 'EUR', '0.92')).toBe('92.00')
    expect(exchanged('2500', 'JPY', 'EUR', '0.0061')).toBe('15.25')
    expect(exchanged('19.99', 'EUR', 'JPY', '163.934')).toBe('3277')
    expect(exchanged('1.00', 'EUR', 'KWD', '0.3345')).toBe('0.335')
    expect(exchanged('1.00', 'EUR', 'KWD', '0.3345', 'halfEven')).toBe('0.334')
    expect(exchanged('0.01', 'USD', 'EUR', '0.92', 'floor')).toBe('0.00')
    expect(exchanged('-0.01', 'USD', 'EUR', '0.5')).toBe('0.00')
  })

  test('money of another currency, and what leaves the exact range, are faults', () => {
    const wrong = exchangeMoney(unwrap(money('1.00', 'GBP')), rate('USD', 'EUR', '0.92'))
    expect(wrong._tag === 'Left' ? formatError(wrong.left) : '').toBe(
      'Invalid value at currency: got "GBP", expected USD, which the rate is from.',
    )
    expect(
      exchangeMoney({ minor: Number.MAX_SAFE_INTEGER, currency: code('USD') }, rate('USD', 'EUR', '2')),
    ).toMatchObject({
      left: { _tag: 'OutOfRange', path: ['minor'] },
    })
    expect(exchangeMoney({ minor: 0.5, currency: code('USD') }, rate('USD', 'EUR', '2'))).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['minor'] },
    })
    expect(exchangeMoney(unwrap(money('1.00', 'USD')), { ...rate('USD', 'EUR', '2'), rate: '1e5' })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['rate'] },
    })
  })

  test('equals the product of integers', () => {
    const digits: Record<string, bigint> = { USD: 100n, EUR: 100n, JPY: 1n, KWD: 1000n }
    fc.assert(
      fc.property(rateArbitrary, fc.nat({ max: 100_000_000 }), (one, minor) => {
        const millionths = BigInt(one.rate.replace('.', ''))
        const numerator = BigInt(minor) * millionths * (digits[one.to] ?? 1n)
        const denominator = 1_000_000n * (digits[one.from] ?? 1n)
        const half = (2n * numerator + denominator) / (2n * denominator)
        const { minor: result } = unwrap(exchangeMoney({ minor, currency: one.from }, one))
        expect(BigInt(result)).toBe(half)
      }),
    )
  })
})
