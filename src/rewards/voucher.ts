/** Vouchers: what they take off, and what they take to apply. */
import {
  arrayCodec,
  type Codec,
  Currency,
  constrainCodec,
  formatInstant,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  MemberId,
  naturalCodec,
  nullableCodec,
  RoundingMode,
  stringCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'
import { type Condition, conditionCodec, type Vocabulary } from '../rules/index.ts'
import { ProductSelection } from './basket.ts'
import { VoucherId } from './reward-ids.ts'

/** A share of what the products cost. */
export interface PercentBenefit {
  readonly type: 'percent'
  /** Hundredths of a percent, 1 to 10,000: 2,000 is 20 %. */
  readonly basisPoints: number
  /** Of what they cost at first, or of what other vouchers have left (S55). */
  readonly of: 'initial' | 'running'
  /** At most so much, in minor units; `null`: no limit. */
  readonly maximumMinor: number | null
  readonly rounding: RoundingMode
}

/** An amount off what the products cost. */
export interface FixedBenefit {
  readonly type: 'fixed'
  readonly minor: number
}

/** Items for nothing: those in the basket, and what is not in it as a gift to add. */
export interface ProductBenefit {
  readonly type: 'product'
  readonly sku: string
  readonly quantity: number
}

/** A share of what shipping costs; 10,000 for free shipping. */
export interface ShippingBenefit {
  readonly type: 'shipping'
  readonly basisPoints: number
  readonly maximumMinor: number | null
  readonly rounding: RoundingMode
}

/** Credit that pays: it is no discount. */
export interface GiftCreditBenefit {
  readonly type: 'giftCredit'
  /** What is left on it, in minor units. */
  readonly balanceMinor: number
}

/** So many items bought, so many more cheaper or free: the cheapest ones (S57). */
export interface BuyXGetYBenefit {
  readonly type: 'buyXGetY'
  readonly buy: number
  readonly get: number
  /** How much cheaper; 10,000 for free. */
  readonly basisPoints: number
  /** How often in one basket; `null`: no limit. */
  readonly maximumSets: number | null
  /** Who carries the discount: all items of a set by their price, or only the free ones. It matters for returns. */
  readonly shareOver: 'set' | 'free'
  readonly rounding: RoundingMode
}

/** What a voucher gives. */
export type VoucherBenefit =
  | PercentBenefit
  | FixedBenefit
  | ProductBenefit
  | ShippingBenefit
  | GiftCreditBenefit
  | BuyXGetYBenefit

/** What the products must cost. */
export interface MinimumSpend {
  readonly minor: number
  /** Before any voucher; when this one's turn has come; or with this one taken off as well (S55). */
  readonly on: 'initial' | 'running' | 'afterDiscount'
}

/** A voucher. */
export interface Voucher {
  readonly id: VoucherId
  readonly currency: Currency
  readonly benefit: VoucherBenefit
  /** What it is for, and what its minimum is counted on; `null`: everything but shipping. */
  readonly products: ProductSelection | null
  readonly minimumSpend: MinimumSpend | null
  readonly validFrom: Instant | null
  /** The first instant at which it is no longer valid. */
  readonly validUntil: Instant | null
  /** Whose it is; `null`: everybody's. */
  readonly members: ReadonlyArray<MemberId> | null
  /** Who qualifies, by what is known; `null`: everybody. */
  readonly when: Condition | null
  /** The names that other vouchers can be exclusive with. */
  readonly groups: ReadonlyArray<string>
  /** It never applies together with a voucher of one of these groups, whichever of the two says so (S56). */
  readonly exclusiveWith: ReadonlyArray<string>
}

const basisPoints: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 10_000 })
const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000 })
const limit: Codec<number | null> = /* @__PURE__ */ nullableCodec(naturalCodec)
const names: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 100 })

/** Reads a {@link VoucherBenefit}. */
export const VoucherBenefit: Codec<VoucherBenefit, unknown> = /* @__PURE__ */ unionCodec('VoucherBenefit', 'type', {
  percent: /* @__PURE__ */ structCodec('PercentBenefit', {
    type: /* @__PURE__ */ literalCodec('percent'),
    basisPoints,
    of: /* @__PURE__ */ literalCodec('initial', 'running'),
    maximumMinor: limit,
    rounding: RoundingMode,
  }),
  fixed: /* @__PURE__ */ structCodec('FixedBenefit', {
    type: /* @__PURE__ */ literalCodec('fixed'),
    minor: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  }),
  product: /* @__PURE__ */ structCodec('ProductBenefit', {
    type: /* @__PURE__ */ literalCodec('product'),
    sku: stringCodec,
    quantity: count,
  }),
  shipping: /* @__PURE__ */ structCodec('ShippingBenefit', {
    type: /* @__PURE__ */ literalCodec('shipping'),
    basisPoints,
    maximumMinor: limit,
    rounding: RoundingMode,
  }),
  giftCredit: /* @__PURE__ */ structCodec('GiftCreditBenefit', {
    type: /* @__PURE__ */ literalCodec('giftCredit'),
    balanceMinor: naturalCodec,
  }),
  buyXGetY: /* @__PURE__ */ structCodec('BuyXGetYBenefit', {
    type: /* @__PURE__ */ literalCodec('buyXGetY'),
    buy: count,
    get: count,
    basisPoints,
    maximumSets: /* @__PURE__ */ nullableCodec(count),
    shareOver: /* @__PURE__ */ literalCodec('set', 'free'),
    rounding: RoundingMode,
  }),
})

const MinimumSpend: Codec<MinimumSpend> = /* @__PURE__ */ structCodec('MinimumSpend', {
  minor: naturalCodec,
  on: /* @__PURE__ */ literalCodec('initial', 'running', 'afterDiscount'),
})

const validityFaults = ({ validFrom, validUntil }: Voucher): ReadonlyArray<InvalidValue> =>
  validFrom === null || validUntil === null || validFrom < validUntil
    ? []
    : [invalidValue(['validUntil'], formatInstant(validUntil), 'an instant after validFrom')]

/**
 * A codec for vouchers whose conditions speak of some fields.
 *
 * @param vocabulary - the fields that `when` may read
 *
 * @example
 * ```ts
 * import { decode, voucherCodec } from 'treue'
 *
 * const codec = voucherCodec({ fields: [{ name: 'orderNumber', type: 'integer' }] })
 * decode(codec, {
 *   id: 'tenth-order',
 *   currency: 'EUR',
 *   benefit: { type: 'percent', basisPoints: 1000, of: 'running', maximumMinor: null, rounding: 'halfUp' },
 *   products: null,
 *   minimumSpend: null,
 *   validFrom: null,
 *   validUntil: '2026-12-31T23:00:00Z',
 *   members: null,
 *   when: { field: 'orderNumber', equals: 10 },
 *   groups: [],
 *   exclusiveWith: [],
 * })._tag // => 'Right'
 * ```
 */
export const voucherCodec = (vocabulary: Vocabulary): Codec<Voucher, unknown> =>
  constrainCodec<Voucher, unknown>(
    structCodec('Voucher', {
      id: VoucherId,
      currency: Currency,
      benefit: VoucherBenefit,
      products: nullableCodec(ProductSelection),
      minimumSpend: nullableCodec(MinimumSpend),
      validFrom: nullableCodec(Instant),
      validUntil: nullableCodec(Instant),
      members: nullableCodec(arrayCodec(MemberId, { maxLength: 100_000 })),
      when: nullableCodec(conditionCodec(vocabulary)),
      groups: names,
      exclusiveWith: names,
    }),
    validityFaults,
  )
