import fc from 'fast-check'
import { type Currency, decode, type LineId, type MemberId, unwrap } from '../../src/foundation/index.ts'
import {
  type Basket,
  type BasketLine,
  compileVoucherPlan,
  type PricedBasket,
  priceBasket,
  type Voucher,
  type VoucherContext,
  VoucherPlan,
  voucherCodec,
} from '../../src/rewards/index.ts'
import type { Vocabulary } from '../../src/rules/index.ts'
import { at } from './stamp-terms.ts'

export const vocabulary: Vocabulary = {
  fields: [
    { name: 'orderNumber', type: 'integer' },
    { name: 'abandonedBasket', type: 'flag' },
    { name: 'tiers', type: 'texts' },
  ],
}

export const voucher = (id: string, benefit: object, rest: object = {}): Voucher =>
  unwrap(
    decode(voucherCodec(vocabulary), {
      id,
      currency: 'EUR',
      benefit,
      products: null,
      minimumSpend: null,
      validFrom: null,
      validUntil: null,
      members: null,
      when: null,
      groups: [],
      exclusiveWith: [],
      ...rest,
    }),
  )

export const percent = (
  id: string,
  basisPoints: number,
  of = 'running',
  rest: object = {},
  maximumMinor: number | null = null,
): Voucher => voucher(id, { type: 'percent', basisPoints, of, maximumMinor, rounding: 'halfUp' }, rest)
export const fixed = (id: string, minor: number, rest: object = {}): Voucher =>
  voucher(id, { type: 'fixed', minor }, rest)
export const credit = (id: string, balanceMinor: number): Voucher => voucher(id, { type: 'giftCredit', balanceMinor })
export const freeShipping = (id: string): Voucher =>
  voucher(id, { type: 'shipping', basisPoints: 10_000, maximumMinor: null, rounding: 'halfUp' })
export const buyTwoGetOne = (id: string, shareOver = 'set'): Voucher =>
  voucher(id, {
    type: 'buyXGetY',
    buy: 2,
    get: 1,
    basisPoints: 10_000,
    maximumSets: null,
    shareOver,
    rounding: 'halfUp',
  })

export const line = (id: string, unitMinor: number, quantity = 1, rest: Partial<BasketLine> = {}): BasketLine => ({
  id: id as LineId,
  unitMinor,
  quantity,
  sku: null,
  categories: [],
  ...rest,
})
export const basket = (lines: ReadonlyArray<BasketLine>, shippingMinor = 0): Basket => ({
  currency: 'EUR' as Currency,
  lines,
  shippingMinor,
})

export const context: VoucherContext = {
  at: at('2026-03-01T12:00:00Z'),
  member: 'anna' as MemberId,
  facts: {},
  submitted: null,
  usedUp: [],
}

export const leaf = (id: string) => ({ mode: 'voucher', voucher: id })
export const group = (mode: string, ...of: ReadonlyArray<object>) => ({ mode, of })

export const price = (
  root: object,
  vouchers: ReadonlyArray<Voucher>,
  bought: Basket,
  { maximumBasisPoints = null, ...rest }: Partial<VoucherContext> & { maximumBasisPoints?: number | null } = {},
): PricedBasket => {
  const plan = unwrap(decode(VoucherPlan, { root, maximumBasisPoints }))
  return unwrap(priceBasket(unwrap(compileVoucherPlan(vocabulary, plan, vouchers)), bought, { ...context, ...rest }))
}

/** All of them in the order given. */
export const stacked = (vouchers: ReadonlyArray<Voucher>, bought: Basket, rest = {}): PricedBasket =>
  price(group('stack', ...vouchers.map(({ id }) => leaf(id))), vouchers, bought, rest)

export const basketArbitrary: fc.Arbitrary<Basket> = fc
  .record({
    lines: fc.array(
      fc.record({
        unitMinor: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0, 1, 999)),
        quantity: fc.integer({ min: 1, max: 4 }),
        sku: fc.constantFrom(null, 'mug', 'bowl'),
        categories: fc.subarray(['kitchen', 'sale']),
      }),
      { maxLength: 4 },
    ),
    shippingMinor: fc.constantFrom(0, 490),
  })
  .map(({ lines, shippingMinor }) =>
    basket(
      lines.map((one, index) => ({ id: `${index}` as LineId, ...one })),
      shippingMinor,
    ),
  )

const basisPoints = fc.constantFrom(1, 500, 1000, 2500, 3333, 10_000)
const maximumMinor = fc.option(fc.integer({ min: 0, max: 3000 }))
const rounding = fc.constantFrom('halfUp' as const, 'floor' as const)
const benefitArbitrary = fc.oneof(
  fc.record({
    type: fc.constant('percent' as const),
    basisPoints,
    of: fc.constantFrom('initial', 'running'),
    maximumMinor,
    rounding,
  }),
  fc.record({ type: fc.constant('fixed' as const), minor: fc.integer({ min: 1, max: 4000 }) }),
  fc.record({
    type: fc.constant('product' as const),
    sku: fc.constantFrom('mug', 'plate'),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ type: fc.constant('shipping' as const), basisPoints, maximumMinor, rounding }),
  fc.record({ type: fc.constant('giftCredit' as const), balanceMinor: fc.integer({ min: 0, max: 4000 }) }),
  fc.record({
    type: fc.constant('buyXGetY' as const),
    buy: fc.integer({ min: 1, max: 3 }),
    get: fc.integer({ min: 1, max: 2 }),
    basisPoints,
    maximumSets: fc.option(fc.integer({ min: 1, max: 2 })),
    shareOver: fc.constantFrom('set', 'free'),
    rounding,
  }),
)

export const voucherArbitrary = (id: string): fc.Arbitrary<Voucher> =>
  fc
    .record({
      benefit: benefitArbitrary,
      products: fc.oneof(
        { weight: 2, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constant({ skus: ['mug'], categories: ['sale'] }) },
      ),
      minimumSpend: fc.option(
        fc.record({
          minor: fc.integer({ min: 0, max: 6000 }),
          on: fc.constantFrom('initial', 'running', 'afterDiscount'),
        }),
        { freq: 1 },
      ),
      groups: fc.subarray(['red', 'blue']),
      exclusiveWith: fc.oneof(fc.constant([]), fc.subarray(['red', 'blue'])),
      when: fc.constantFrom(null, null, { field: 'orderNumber', atLeast: 10 }),
      members: fc.constantFrom(null, null, ['anna']),
    })
    .map(({ benefit, ...rest }) => voucher(id, benefit, rest))

export const vouchersArbitrary = (count: number): fc.Arbitrary<ReadonlyArray<Voucher>> =>
  fc.tuple(...Array.from({ length: count }, (_, index) => voucherArbitrary(`v${index}`)))
