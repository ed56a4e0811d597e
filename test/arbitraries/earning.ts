// Generators of earning rules and of purchases that meet them: few categories and amounts near each other's limits, odd
// rates, and now and then amounts at the end of the exact range.
import fc from 'fast-check'
import type { Award, CountedLine, EarningRounding, EarningRule, EarningRules } from '../../src/earning/index.ts'
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

const amount = fc.oneof(fc.constantFrom(0, 1, 99, 100, 250, 1000, 1999), fc.nat({ max: 20_000 }))

/** Conditions on lines, each a single test or a pair of them. */
const lineConditionArbitrary = fc.oneof(
  amount.map((atLeast) => ({ field: 'amount', atLeast })),
  amount.map((lessThan) => ({ field: 'amount', lessThan })),
  fc.subarray([...categories], { minLength: 1 }).map((hasAny) => ({ field: 'categories', hasAny })),
  fc.subarray([...categories], { minLength: 1 }).map((hasNone) => ({ field: 'categories', hasNone })),
)

const orderConditionArbitrary = fc.oneof(
  lineConditionArbitrary,
  fc.subarray([...weekdays], { minLength: 1 }).map((days) => ({ field: 'weekday', in: days })),
)

const pointsText = fc.oneof(
  fc.constantFrom('1', '5', '0.5', '2.25', '10', '0', '0.000001', '999999999.999999'),
  fc
    .tuple(fc.nat({ max: 30 }), fc.nat({ max: 99 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`),
)

const awardArbitrary: fc.Arbitrary<Award> = fc.record({
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

const ruleArbitrary = (id: fc.Arbitrary<RuleId>): fc.Arbitrary<EarningRule> =>
  fc
    .record({
      id,
      wallet: fc.constantFrom(...walletUnits.map((unit) => unit.id)),
      award: awardArbitrary,
      when: fc.option(orderConditionArbitrary, { nil: undefined }),
      lines: fc.option(lineConditionArbitrary, { nil: undefined }),
    })
    .map(({ when, lines, ...rule }) => ({ ...rule, ...conditional('when', when), ...conditional('lines', lines) }))

/** A rule with any id. */
export const earningRuleArbitrary: fc.Arbitrary<EarningRule> = ruleArbitrary(
  idArbitrary(LineId).map((id) => id as string as RuleId),
)

/** Rules with ids of their own. */
export const earningRulesArbitrary: fc.Arbitrary<EarningRules> = fc.record({
  rounding: roundingArbitrary,
  rules: fc
    .array(ruleArbitrary(fc.constant('' as RuleId)), { minLength: 1, maxLength: 5 })
    .map((rules) => rules.map((rule, index) => ({ ...rule, id: `rule ${index}` as RuleId }))),
})

const lineNames = ['__proto__', 'constructor', '\ud800', 'a', 'b', 'c', 'd', 'e']

/** Purchases of no line, of some, of lines that cost nothing, of twins. */
export const countedLinesArbitrary: fc.Arbitrary<ReadonlyArray<CountedLine>> = fc
  .array(fc.record({ minor: amount, categories: fc.subarray([...categories]) }), { maxLength: lineNames.length })
  .map((lines) => lines.map((line, index) => ({ id: (lineNames[index] ?? '') as LineId, ...line })))

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
  .map((lines) => lines.map((line, index) => ({ id: (lineNames[index] ?? '') as LineId, ...line })))

export const purchaseLineArbitrary = fc
  .record({
    id: idArbitrary(LineId),
    amount: moneyArbitrary({ min: 0 }),
    of: fc.option(fc.array(textArbitrary, { maxLength: 4 }), { nil: undefined }),
  })
  .map(({ id, amount: cost, of }) => ({ id, amount: cost, ...conditional('categories', of) }))
