import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMoney,
  allocateMoney,
  compareMoney,
  currency,
  decode,
  formatAmount,
  formatError,
  Money,
  minorUnitDigits,
  money,
  moneyFromMinor,
  subtractMoney,
  unwrap,
} from '../../src/foundation/index.ts'
import { amountTextArbitrary, currencyArbitrary, moneyArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Money', Money, moneyArbitrary())

const eur = (amount: string): Money => unwrap(money(amount, 'EUR'))
const most = Number.MAX_SAFE_INTEGER

describe('money', () => {
  test.each<[string, string, number]>([
    ['19.99', 'EUR', 1999],
    ['19.9', 'EUR', 1990],
    ['19', 'EUR', 1900],
    ['-0.01', 'EUR', -1],
    ['1500', 'JPY', 1500],
    ['1.5', 'KWD', 1500],
    ['1.2345', 'CLF', 12345],
    ['90071992547409.91', 'EUR', most],
    ['-90071992547409.91', 'EUR', -most],
    ['9007199254740991', 'JPY', most],
  ])('%s %s is %i', (amount, code, minor) => {
    expect(money(amount, code)).toEqual({ _tag: 'Right', right: { minor, currency: code } })
  })

  test.each<[string, string, string]>([
    ['19.999', 'EUR', 'Invalid value at amount: got "19.999", expected an amount in EUR such as "19.99".'],
    ['1,99', 'EUR', 'Invalid value at amount: got "1,99", expected an amount in EUR such as "19.99".'],
    ['19.9', 'JPY', 'Invalid value at amount: got "19.9", expected an amount in JPY such as "1999".'],
    ['x', 'KWD', 'Invalid value at amount: got "x", expected an amount in KWD such as "19.990".'],
    ['90071992547409.92', 'EUR', 'expected an amount in EUR from -90071992547409.91 to 90071992547409.91.'],
    ['9'.repeat(400), 'JPY', 'expected an amount in JPY from -9007199254740991 to 9007199254740991.'],
    ['1', 'EURO', 'Invalid value at currency: got "EURO", expected an ISO 4217 currency code such as "EUR".'],
  ])('%s %s is none', (amount, code, sentence) => {
    const wrong = money(amount, code)
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toContain(sentence)
  })

  test.each(['', ' 1', '1 ', '+1', '1.', '.5', '01', '1e3', '0x1', 'NaN', 'Infinity', '1_000', '--1', '１'])(
    '"%s" is no amount',
    (amount) => {
      expect(money(amount, 'EUR')._tag).toBe('Left')
    },
  )

  test('-0 is 0', () => {
    expect(Object.is(eur('-0.00').minor, 0)).toBe(true)
    expect(Object.is(unwrap(moneyFromMinor(-0, unwrap(currency('EUR')))).minor, 0)).toBe(true)
    expect(Money.is({ minor: -0, currency: 'EUR' })).toBe(false)
  })

  test('is written with exactly the digits of its currency, and read with fewer', () => {
    fc.assert(
      fc.property(
        currencyArbitrary.chain((code) => fc.tuple(fc.constant(code), amountTextArbitrary(code))),
        ([code, text]) => {
          const amount = unwrap(money(text, code))
          const written = formatAmount(amount)
          expect(written.split('.')[1]?.length ?? 0).toBe(minorUnitDigits(code))
          expect(money(written, code)).toEqual({ _tag: 'Right', right: amount })
          expect(Number(written)).toBe(Number(text) + 0)
        },
      ),
    )
  })

  test('from minor units', () => {
    const euro = unwrap(currency('EUR'))
    expect(moneyFromMinor(5, euro)).toEqual({ _tag: 'Right', right: { minor: 5, currency: 'EUR' } })
    expect(moneyFromMinor(0.5, euro)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['minor'] } })
  })
})

describe('the codec', () => {
  test('reports every fault', () => {
    const wrong = decode(Money, { amount: 19.99, currency: 'EURO', tax: 1 })
    expect(wrong._tag === 'Left' && formatError(wrong.left).split('\n')).toEqual([
      'Invalid value at amount: got 19.99, expected an amount as a text such as "19.99".',
      'Invalid value at currency: got "EURO", expected an ISO 4217 currency code such as "EUR".',
      'Invalid value at tax: got an unknown key, expected only the known keys amount, currency.',
    ])
  })

  test('knows what money is', () => {
    for (const wrong of [{ minor: 0.5, currency: 'EUR' }, { minor: 1, currency: 'EURO' }, { minor: 1 }, null]) {
      expect(Money.is(wrong)).toBe(false)
    }
  })
})

describe('arithmetic', () => {
  test('of one currency is exact, or says that it would not be', () => {
    const euros = moneyArbitrary({ currency: unwrap(currency('EUR')) })
    fc.assert(
      fc.property(euros, euros, (a, b) => {
        for (const [result, exact] of [
          [addMoney(a, b), BigInt(a.minor) + BigInt(b.minor)],
          [subtractMoney(a, b), BigInt(a.minor) - BigInt(b.minor)],
        ] as const) {
          if (Number.isSafeInteger(Number(exact))) expect(result).toMatchObject({ right: { minor: Number(exact) } })
          else expect(result).toMatchObject({ left: { _tag: 'OutOfRange' } })
        }
        expect(compareMoney(a, b)).toEqual({ _tag: 'Right', right: Math.sign(a.minor - b.minor) })
      }),
    )
  })

  test('of two currencies is a fault', () => {
    const dollars = unwrap(money('1', 'USD'))
    for (const operation of [addMoney, subtractMoney, compareMoney]) {
      expect(operation(eur('1'), dollars)).toEqual({
        _tag: 'Left',
        left: {
          _tag: 'CurrencyMismatch',
          path: [],
          expected: 'two amounts of one currency',
          left: 'EUR',
          right: 'USD',
        },
      })
    }
  })

  test('a difference of nothing is 0, not -0', () => {
    expect(Object.is(unwrap(subtractMoney(eur('0'), eur('0'))).minor, 0)).toBe(true)
  })
})

describe('allocateMoney', () => {
  test('S4: 1.00 over three equal lines', () => {
    expect(unwrap(allocateMoney(eur('1'), [1, 1, 1])).map(formatAmount)).toEqual(['0.34', '0.33', '0.33'])
  })

  test('sums', () => {
    fc.assert(
      fc.property(moneyArbitrary(), fc.array(fc.nat({ max: 9 }), { minLength: 1 }), (amount, rest) => {
        const parts = unwrap(allocateMoney(amount, [1, ...rest]))
        expect(parts.reduce((sum, { minor }) => sum + BigInt(minor), 0n)).toBe(BigInt(amount.minor))
        expect(parts.every((part) => Money.is(part) && part.currency === amount.currency)).toBe(true)
      }),
    )
  })

  test('has the faults of allocate', () => {
    expect(allocateMoney(eur('1'), [])).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})
