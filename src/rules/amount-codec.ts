// Amounts of one known currency: decimal texts in JSON, minor units when decoded.
import * as E from 'fp-ts/Either'
import { type Codec, type Currency, formatAmount, minorUnitDigits, money, textCodec } from '../foundation/index.ts'

const fraction = (digits: number): string => (digits === 0 ? '' : `(\\.[0-9]{1,${digits}})?`)

export const amountCodec = (currency: Currency): Codec<number, string> =>
  textCodec(`Amount in ${currency}`, {
    expected: `an amount in ${currency} such as "${formatAmount({ minor: 1999, currency })}"`,
    parse: (text) => {
      const amount = money(text, currency)
      return E.isLeft(amount) ? E.left({ ...amount.left, path: [] }) : E.right(amount.right.minor)
    },
    format: (minor) => formatAmount({ minor, currency }),
    holds: (minor) => Number.isSafeInteger(minor) && !Object.is(minor, -0),
    schema: { pattern: `^-?(0|[1-9][0-9]*)${fraction(minorUnitDigits(currency))}$` },
    outputSchema: { type: 'integer' },
  })
