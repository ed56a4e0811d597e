// Currencies of ISO 4217 that have a minor unit. A code that was once taken stays: histories hold it.
import * as E from 'fp-ts/Either'
import type { Brand } from './brand.ts'
import type { Codec } from './codec.ts'
import { stringCodec } from './codec-primitive.ts'
import { refineCodec } from './codec-refine.ts'
import { type InvalidValue, invalidValue } from './fault.ts'

/** The code of an ISO 4217 currency, such as `EUR`. */
export type Currency = Brand<string, 'Currency'>

const noDigits = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
const twoDigits =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
  'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
  'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
  'MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS ' +
  'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG'
const threeDigits = 'BHD IQD JOD KWD LYD OMR TND'
const fourDigits = 'CLF UYW'

const digitsTable = (): ReadonlyMap<string, number> => {
  const rows: ReadonlyArray<readonly [string, number]> = [
    [noDigits, 0],
    [twoDigits, 2],
    [threeDigits, 3],
    [fourDigits, 4],
  ]
  return new Map(rows.flatMap(([codes, digits]) => codes.split(' ').map((code) => [code, digits] as const)))
}

const digitsByCode: ReadonlyMap<string, number> = /* @__PURE__ */ digitsTable()

const expected = 'an ISO 4217 currency code such as "EUR"'

/**
 * Reads the code of a currency.
 *
 * @example
 * ```ts
 * import { Currency, decode } from 'treue'
 *
 * decode(Currency, 'EUR') // => { _tag: 'Right', right: 'EUR' }
 * decode(Currency, 'euro')._tag // => 'Left'
 * ```
 */
export const Currency: Codec<Currency, string> = /* @__PURE__ */ refineCodec<string, string, Currency>(
  stringCodec,
  'Currency',
  expected,
  (code) => digitsByCode.has(code),
  { pattern: '^[A-Z]{3}$' },
)

/**
 * A currency by its code; `InvalidValue` where ISO 4217 has no such currency, or none with a minor unit.
 *
 * @param code three capital letters
 * @example
 * ```ts
 * import { currency } from 'treue'
 *
 * currency('JPY') // => { _tag: 'Right', right: 'JPY' }
 * ```
 */
export const currency = (code: string): E.Either<InvalidValue, Currency> =>
  digitsByCode.has(code) ? E.right(code as Currency) : E.left(invalidValue([], code, expected))

/**
 * How many digits a currency's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217).
 *
 * @param code a currency
 * @example
 * ```ts
 * import { currency, minorUnitDigits, unwrap } from 'treue'
 *
 * minorUnitDigits(unwrap(currency('KWD'))) // => 3
 * ```
 */
export const minorUnitDigits = (code: Currency): number => digitsByCode.get(code) ?? 2
