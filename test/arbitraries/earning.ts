// Generators of earning rules and of purchases that meet them: few categories and amounts near each other's limits, odd
// rates, and now and then amounts at the end of the exact range.
import fc from 'fast-check'
import type {
  AmountAward,
  Basis,
  CountedLine,
  EarningRounding,
  EarningRule,
  EarningRules,
  LineSelection,
  PurchaseLine,
} from '../../src/earning/index.ts'
import { type Currency, LineId, type RuleId, type WalletId, weekdayOf } from '../../src/foundation/index.ts'
import { idArbitrary, moneyArbitrary, roundingModeArbitrary, textArbitrary } from './foundation.ts'

export const eur = 'EUR' as Currency

/** The wallets that rules earn in, with their decimals. */
export const walletUnits = [
  { id: 'points' as WalletId, decimals: 0 },
  { id: '__proto__' as WalletId, decimals: 2 },
] as const

const categories = ['books', 'shoes', '__proto__', 'constructor', '\ud800'] as const

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export const weekdayName = (date: Parameters<typeof weekdayOf>[0]): string => weekdays[weekdayOf(date) - 1] ?? ''

/** A line of which everything counts. */
export const plainLine = (id: string, minor: number, own: ReadonlyArray<string> = [], quantity = 1): CountedLine => ({
  id: id as LineId,
  minor,
  categories: own,
  quantity,
  sku: null,
  brand: null,
  counts: true,
  basisMinor: minor,
  original: { minor, basisMinor: minor, quantity },
})

const amount = fc.oneof(fc.constantFrom(0, 1, 99, 100, 250, 1000, 1999), fc.nat({ max: 20_000 }))

/** Conditions on lines, each a single test or a pair of them. */
export const lineConditionArbitrary = fc.oneof(
  amount.map((atLeast) => ({ field: 'amount', atLeast })),
  amount.map((lessThan) => ({ field: 'amount', lessThan })),
  fc.subarray([...categories], { minLength: 1 }).map((hasAny) => ({ field: 'categories', hasAny })),
  fc.subarray([...categories], { minLength: 1 }).map((hasNone) => ({ field: 'categories', hasNone })),
)

export const weekdayConditionArbitrary = fc
  .subarray([...weekdays], { minLength: 1 })
  .map((days) => ({ field: 'weekday', in: days }))

export const orderConditionArbitrary = fc.oneof(lineConditionArbitrary, weekdayConditionArbitrary)

const pointsText = fc.oneof(
  fc.constantFrom('1', '5', '0.5', '2.25', '10', '0', '0.000001', '999999999.999999'),
  fc
    .tuple(fc.nat({ max: 30 }), fc.nat({ max: 99 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`),
)

export const amountAwardArbitrary: fc.Arbitrary<AmountAward> = fc.record({
  mode: fc.constantFrom('linear', 'step'),
  points: pointsText,
  per: fc
    .oneof(fc.constantFrom(1, 100, 250, 3, 7), fc.integer({ min: 1, max: 5_000 }))
    .map((minor) => ({ minor, currency: eur })),
  on: fc.constantFrom('order', 'line'),
})

export const roundingArbitrary: fc.Arbitrary<EarningRounding> = fc.record({
  mode: roundingModeArbitrary,
  on: fc.constantFrom('order', 'line'),
})

const conditional = <K extends string, A>(key: K, value: A | undefined): { readonly [Key in K]?: A } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [Key in K]?: A }

const amountRuleArbitrary = (id: fc.Arbitrary<RuleId>): fc.Arbitrary<EarningRule> =>
  fc
    .record({
      id,
      wallet: fc.constantFrom(...walletUnits.map((unit) => unit.id)),
      award: amountAwardArbitrary,
      when: fc.option(orderConditionArbitrary, { nil: undefined }),
      lines: fc.option(lineConditionArbitrary, { nil: undefined }),
    })
    .map(({ when, lines, ...rule }) => ({ ...rule, ...conditional('when', when), ...conditional('lines', lines) }))

/** A rule with any id. */
export const earningRuleArbitrary: fc.Arbitrary<EarningRule> = amountRuleArbitrary(
  idArbitrary(LineId).map((id) => id as string as RuleId),
)

/** Rules with ids of their own. */
export const earningRulesArbitrary: fc.Arbitrary<EarningRules> = fc.record({
  rounding: roundingArbitrary,
  rules: fc
    .array(amountRuleArbitrary(fc.constant('' as RuleId)), { minLength: 1, maxLength: 5 })
    .map((rules) => rules.map((rule, index) => ({ ...rule, id: `rule ${index}` as RuleId }))),
})

const lineNames = ['__proto__', 'constructor', '\ud800', 'a', 'b', 'c', 'd', 'e']

/** Purchases of no line, of some, of lines that cost nothing, of twins. */
export const countedLinesArbitrary: fc.Arbitrary<ReadonlyArray<CountedLine>> = fc
  .array(fc.record({ minor: amount, categories: fc.subarray([...categories]) }), { maxLength: lineNames.length })
  .map((lines) => lines.map((line, index) => plainLine(lineNames[index] ?? '', line.minor, line.categories)))

/** Purchases whose amounts, or the sum of them, are at the end of the exact range or beyond. */
export const largeLinesArbitrary: fc.Arbitrary<ReadonlyArray<CountedLine>> = fc
  .array(
    fc.record({
      minor: fc.oneof(
        fc.maxSafeNat(),
        fc.nat({ max: 1000 }).map((n) => Number.MAX_SAFE_INTEGER - n),
        fc.integer({ min: 0, max: 53 }).map((bits) => Math.min(2 ** bits, Number.MAX_SAFE_INTEGER)),
        amount,
      ),
      categories: fc.subarray([...categories]),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((lines) => lines.map((line, index) => plainLine(lineNames[index] ?? '', line.minor, line.categories)))

const code = textArbitrary.map((text) => text.slice(0, 200) || 'x')

export const purchaseLineArbitrary: fc.Arbitrary<PurchaseLine> = fc
  .tuple(
    idArbitrary(LineId),
    moneyArbitrary({ min: 0 }),
    fc.record(
      {
        categories: fc.array(textArbitrary, { maxLength: 4 }),
        quantity: fc.integer({ min: 1, max: 1_000_000_000 }),
        sku: code,
        brand: code,
        kind: fc.constantFrom('goods', 'shipping', 'giftCard'),
        discount: fc.nat(),
        tax: fc.nat(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([id, cost, { discount, tax, ...more }]) => ({
    id,
    amount: cost,
    ...more,
    ...conditional('discount', discount === undefined ? undefined : { minor: discount, currency: cost.currency }),
    ...conditional('tax', tax === undefined ? undefined : { minor: tax % (cost.minor + 1), currency: cost.currency }),
  }))

const lineSelectionArbitrary: fc.Arbitrary<LineSelection> = fc.record(
  {
    skus: fc.subarray(['A', 'B', 'C']),
    brands: fc.subarray(['X', 'Y']),
    categories: fc.subarray([...categories]),
  },
  { requiredKeys: [] },
)

const inclusionArbitrary = fc.constantFrom<'included' | 'excluded'>('included', 'excluded')

export const basisArbitrary: fc.Arbitrary<Basis> = fc.record(
  {
    amounts: fc.constantFrom('net', 'gross'),
    tax: inclusionArbitrary,
    shipping: inclusionArbitrary,
    giftCards: inclusionArbitrary,
    paidWithPoints: inclusionArbitrary,
    paidWithGiftCards: inclusionArbitrary,
    only: lineSelectionArbitrary,
    except: lineSelectionArbitrary,
  },
  { requiredKeys: [] },
)

/** The lines of a purchase in euros, of which some are shipping or gift cards, discounted and taxed. */
export const purchaseLinesArbitrary: fc.Arbitrary<ReadonlyArray<PurchaseLine>> = fc
  .array(
    fc.record({
      minor: amount,
      discount: amount,
      taxPercent: fc.constantFrom(0, 7, 19),
      more: fc.record(
        {
          categories: fc.subarray([...categories]),
          quantity: fc.integer({ min: 1, max: 5 }),
          sku: fc.constantFrom('A', 'B', 'C'),
          brand: fc.constantFrom('X', 'Y'),
          kind: fc.constantFrom<'goods' | 'shipping' | 'giftCard'>('goods', 'shipping', 'giftCard'),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 6 },
  )
  .map((lines) =>
    lines.map(({ minor, discount, taxPercent, more }, index) => ({
      id: (lineNames[index] ?? '') as LineId,
      amount: { minor, currency: eur },
      discount: { minor: discount, currency: eur },
      tax: { minor: Math.floor((minor * taxPercent) / (100 + taxPercent)), currency: eur },
      ...more,
    })),
  )
