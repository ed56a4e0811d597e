import { describe, expect, test } from 'vitest'
import { Currency, currency, decode, formatError, minorUnitDigits, unwrap } from '../../src/foundation/index.ts'
import { currencyArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Currency', Currency, currencyArbitrary)

const codes = (text: string): ReadonlyArray<string> => text.split(' ')

describe('currencies', () => {
  test.each<[number, string]>([
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [2, 'EUR USD GBP CHF CNY INR BRL HUF CZK SEK TWD MGA MRU IDR COP SLE VED XCG ZWG'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
  ])('with %i digits: %s (ISO 4217)', (digits, list) => {
    for (const code of codes(list)) expect(minorUnitDigits(unwrap(currency(code)))).toBe(digits)
  })

  test.each(codes('XXX XTS XAU XDR EURO eur HRK DEM __proto__ constructor'))('%s is none with a minor unit', (code) => {
    expect(currency(code)).toMatchObject({ left: { _tag: 'InvalidValue', path: [] } })
    expect(decode(Currency, code)._tag).toBe('Left')
  })

  test('a code that was taken stays: histories hold it', () => {
    for (const code of ['ANG', 'BGN']) expect(Currency.is(code)).toBe(true)
  })

  test('says what would be right', () => {
    const wrong = decode(Currency, 5)
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
      'Invalid value: got 5, expected an ISO 4217 currency code such as "EUR".',
    )
  })

  test('a text that was never checked has two digits', () => {
    expect(minorUnitDigits('???' as Currency)).toBe(2)
  })
})
