/** A basket, as far as vouchers look at it. */
import {
  arrayCodec,
  type Codec,
  Currency,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  LineId,
  naturalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'

/** Items of one kind. */
export interface BasketLine {
  readonly id: LineId
  /** The price of one item, in minor units of the basket's currency. */
  readonly unitMinor: number
  /** How many items, at least 1. */
  readonly quantity: number
  readonly sku: string | null
  readonly categories: ReadonlyArray<string>
}

/** What is to be bought. */
export interface Basket {
  readonly currency: Currency
  readonly lines: ReadonlyArray<BasketLine>
  /** What shipping costs, in minor units. */
  readonly shippingMinor: number
}

/** Lines, by what they hold; an item belongs that has one of the codes or is in one of the categories (S8). */
export interface ProductSelection {
  readonly skus: ReadonlyArray<string>
  readonly categories: ReadonlyArray<string>
}

const texts: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 1000 })

/** Reads a {@link ProductSelection}. */
export const ProductSelection: Codec<ProductSelection> = /* @__PURE__ */ structCodec('ProductSelection', {
  skus: texts,
  categories: texts,
})

const isNatural = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const lineFaults = ({ unitMinor, quantity }: BasketLine, index: number): ReadonlyArray<InvalidValue> => [
  ...(isNatural(unitMinor) ? [] : [invalidValue(['lines', index, 'unitMinor'], unitMinor, 'a price of 0 or more')]),
  ...(isNatural(quantity) && quantity > 0
    ? []
    : [invalidValue(['lines', index, 'quantity'], quantity, 'a number of items of at least 1')]),
]

/** What makes a basket unusable: prices and quantities that are none, a line id twice, a sum that is not exact. */
export const basketFaults = ({ lines, shippingMinor }: Basket): ReadonlyArray<InvalidValue> => {
  const seen = new Set<LineId>()
  const faults: Array<InvalidValue> = lines.flatMap((line, index) => {
    const again = seen.has(line.id)
    seen.add(line.id)
    const repeated = again ? [invalidValue(['lines', index, 'id'], line.id, 'an id that no other line has')] : []
    return [...repeated, ...lineFaults(line, index)]
  })
  if (!isNatural(shippingMinor)) faults.push(invalidValue(['shippingMinor'], shippingMinor, 'an amount of 0 or more'))
  const sum = lines.reduce((total, { unitMinor, quantity }) => total + unitMinor * quantity, shippingMinor)
  return faults.length > 0 || Number.isSafeInteger(sum)
    ? faults
    : [invalidValue(['lines'], sum, 'a basket of at most 9007199254740991 minor units')]
}

/**
 * Reads a {@link Basket}.
 *
 * @example
 * ```ts
 * import { Basket, decode } from 'treue'
 *
 * const line = { id: '1', unitMinor: 3000, quantity: 3, sku: 'mug', categories: ['kitchen'] }
 * decode(Basket, { currency: 'EUR', lines: [line], shippingMinor: 490 })._tag // => 'Right'
 * decode(Basket, { currency: 'EUR', lines: [line, line], shippingMinor: 490 })._tag // => 'Left'
 * ```
 */
export const Basket: Codec<Basket, unknown> = /* @__PURE__ */ constrainCodec<Basket, unknown>(
  /* @__PURE__ */ structCodec('Basket', {
    currency: Currency,
    lines: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('BasketLine', {
        id: LineId,
        unitMinor: naturalCodec,
        quantity: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 }),
        sku: /* @__PURE__ */ nullableCodec(stringCodec),
        categories: texts,
      }),
      { maxLength: 10_000 },
    ),
    shippingMinor: naturalCodec,
  }),
  basketFaults,
)
