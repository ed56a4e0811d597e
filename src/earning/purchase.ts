/** A purchase, as far as earning looks at it. */
import {
  arrayCodec,
  booleanCodec,
  type Codec,
  Currency,
  constrainCodec,
  formatAmount,
  type InvalidValue,
  integerCodec,
  invalidValue,
  LineId,
  literalCodec,
  Money,
  naturalCodec,
  nullableCodec,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'

/** What is sold on a line: goods, their shipping, or a gift card. */
export type LineKind = 'goods' | 'shipping' | 'giftCard'

/** A line of a purchase. */
export interface PurchaseLine {
  readonly id: LineId
  /** What the line costs, after discounts and with tax, in the program's currency or one that it has a rate for. */
  readonly amount: Money
  /** Every category or collection that the item is in; a line counts once however many of them a rule names (S8). */
  readonly categories?: ReadonlyArray<string>
  /** How many items; by default 1. */
  readonly quantity?: number
  readonly sku?: string
  readonly brand?: string
  /** By default `goods`. */
  readonly kind?: LineKind
  /** What `amount` was reduced by; by default nothing. */
  readonly discount?: Money
  /** The tax that `amount` contains; by default none. */
  readonly tax?: Money
}

/** How a part of a purchase was paid. */
export interface Payment {
  readonly type: 'points' | 'giftCard' | 'money'
  readonly amount: Money
}

const paid: Codec<Money, unknown> = /* @__PURE__ */ refineCodec(
  Money,
  'LineAmount',
  'an amount of 0 or more',
  ({ minor }) => minor >= 0,
)
const code: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'LineCode',
  'a text of 1 to 200 characters',
  (text) => text.length > 0 && text.length <= 200,
  { minLength: 1, maxLength: 200 },
)
const quantity: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 })
const categories: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 100 })

const lineFaults = ({ amount, discount, tax }: PurchaseLine): ReadonlyArray<InvalidValue> => {
  const currency = (key: 'discount' | 'tax', money: Money | undefined): ReadonlyArray<InvalidValue> =>
    money === undefined || money.currency === amount.currency
      ? []
      : [invalidValue([key, 'currency'], money.currency, `${amount.currency}, the currency of the line`)]
  const contained =
    tax === undefined || tax.minor <= amount.minor
      ? []
      : [
          invalidValue(
            ['tax'],
            formatAmount(tax),
            `at most ${formatAmount(amount)}, the amount of the line that contains it`,
          ),
        ]
  return [...currency('discount', discount), ...currency('tax', tax), ...contained]
}

/** Reads a {@link PurchaseLine}. */
export const PurchaseLine: Codec<PurchaseLine, unknown> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec(
    'PurchaseLine',
    { id: LineId, amount: paid },
    {
      categories,
      quantity,
      sku: code,
      brand: code,
      kind: /* @__PURE__ */ literalCodec('goods', 'shipping', 'giftCard'),
      discount: paid,
      tax: paid,
    },
  ) as Codec<PurchaseLine, unknown>,
  lineFaults,
)

/** Reads a {@link Payment}. */
export const Payment: Codec<Payment, unknown> = /* @__PURE__ */ structCodec('Payment', {
  type: /* @__PURE__ */ literalCodec('points', 'giftCard', 'money'),
  amount: paid,
})

/** A line as it was bought: what is left after returns is counted from it, so that no split of a return pays. */
export interface OriginalLine {
  readonly minor: number
  readonly basisMinor: number
  readonly quantity: number
}

/** What a line cost in the currency in which it was bought, where that is not the program's. */
export interface ForeignAmount {
  readonly currency: Currency
  /** What is left of it, in minor units. */
  readonly minor: number
  readonly originalMinor: number
}

/**
 * A line as it is kept and counted: amounts in minor units of the program's currency, of what is left of it.
 */
export interface CountedLine {
  readonly id: LineId
  readonly minor: number
  readonly categories: ReadonlyArray<string>
  readonly quantity: number
  readonly sku: string | null
  readonly brand: string | null
  /** Whether rules see the line at all: the basis may leave out shipping, gift cards, or some of the goods. */
  readonly counts: boolean
  /** What of `minor` counts for points; 0 where the line does not count (S7). */
  readonly basisMinor: number
  readonly original: OriginalLine
  /** Only where the line was bought in another currency. */
  readonly foreign?: ForeignAmount
}

/** Reads a {@link CountedLine}. */
export const CountedLine: Codec<CountedLine, unknown> = /* @__PURE__ */ structCodec(
  'CountedLine',
  {
    id: LineId,
    minor: naturalCodec,
    categories: /* @__PURE__ */ arrayCodec(stringCodec),
    quantity: naturalCodec,
    sku: /* @__PURE__ */ nullableCodec(stringCodec),
    brand: /* @__PURE__ */ nullableCodec(stringCodec),
    counts: booleanCodec,
    basisMinor: naturalCodec,
    original: /* @__PURE__ */ structCodec('OriginalLine', {
      minor: naturalCodec,
      basisMinor: naturalCodec,
      quantity: naturalCodec,
    }),
  },
  {
    foreign: /* @__PURE__ */ structCodec('ForeignAmount', {
      currency: Currency,
      minor: naturalCodec,
      originalMinor: naturalCodec,
    }),
  },
)

/**
 * The sum of some lines, in minor units.
 *
 * @param lines - lines of one purchase
 *
 * @example
 * ```ts
 * import { countedLines, type LineId, linesTotal, money, unwrap } from 'treue'
 *
 * const line = (id: string, amount: string) => ({ id: id as LineId, amount: unwrap(money(amount, 'EUR')) })
 * linesTotal(countedLines({}, [line('1', '19.99'), line('2', '0.01')])) // => 2000
 * ```
 */
export const linesTotal = (lines: ReadonlyArray<CountedLine>): number =>
  lines.reduce((sum, { minor }) => sum + minor, 0)
