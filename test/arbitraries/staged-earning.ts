// Generators of earning rules with every award, stage, group and cap, and of what members do that meets them.
import fc from 'fast-check'
import {
  type Award,
  type Cap,
  type CaseAward,
  countedLines,
  type EarningActivity,
  type EarningContext,
  type EarningRule,
  type EarningRules,
  type LotSettings,
  type MilestoneAward,
} from '../../src/earning/index.ts'
import type { CapId, FunderId, Instant, RuleId } from '../../src/foundation/index.ts'
import type { Condition } from '../../src/rules/index.ts'
import {
  amountAwardArbitrary,
  basisArbitrary,
  eur,
  lineConditionArbitrary,
  orderConditionArbitrary,
  purchaseLinesArbitrary,
  roundingArbitrary,
  walletUnits,
  weekdayConditionArbitrary,
} from './earning.ts'

const ruleNames = [
  'rule 0',
  'rule 1',
  'rule 2',
  'rule 3',
  'rule 4',
  'rule 5',
  '__proto__',
] as unknown as ReadonlyArray<RuleId>
const capNames = ['cap 0', 'cap 1', 'constructor'] as unknown as ReadonlyArray<CapId>

const signedPoints = fc.constantFrom('1', '5', '0.5', '2.25', '100', '0', '-1', '-0.75', '-20', '33.333333')
const factor = fc.constantFrom('1.5', '2', '0.5', '0', '1', '3', '1.25', '1.000001')

const optional = <A>(of: fc.Arbitrary<A>, freq = 2): fc.Arbitrary<A | undefined> =>
  fc.option(of, { nil: undefined, freq })

const only = <A extends object>(parts: { readonly [K in keyof A]: fc.Arbitrary<A[K] | undefined> }): fc.Arbitrary<A> =>
  fc
    .record(parts as { readonly [key: string]: fc.Arbitrary<unknown> })
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as A)

const memberCondition: fc.Arbitrary<Condition> = fc.oneof(
  weekdayConditionArbitrary,
  fc.constant({ field: 'channel', is: 'web' }),
  fc.constant({ field: 'tiers', hasAny: ['status/gold'] }),
)

const purchaseCondition: fc.Arbitrary<Condition> = fc.oneof(
  orderConditionArbitrary,
  memberCondition,
  fc.integer({ min: 0, max: 6 }).map((atLeast) => ({ field: 'quantity', atLeast })),
  fc.integer({ min: 0, max: 6 }).map((atLeast) => ({ field: 'orderNumber', atLeast })),
)

const negatable = (of: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.oneof({ arbitrary: of, weight: 3 }, { arbitrary: of.map((not) => ({ not })), weight: 1 })

const value: fc.Arbitrary<CaseAward> = fc.record({
  mode: fc.constant('perValue'),
  field: fc.constant('score'),
  points: signedPoints,
  per: fc.integer({ min: 1, max: 7 }),
  steps: fc.constantFrom('step', 'linear'),
})

const multiplierAward: fc.Arbitrary<CaseAward> = only({
  mode: fc.constant('multiplier'),
  factor,
  of: optional(fc.subarray([...ruleNames], { minLength: 1 })),
}) as fc.Arbitrary<CaseAward>

const anyAward: fc.Arbitrary<CaseAward> = fc.oneof(
  fc.record({ mode: fc.constant('fixed'), points: signedPoints }),
  fc.record({ mode: fc.constant('bonus'), points: signedPoints }),
  value,
)

const purchaseAward: fc.Arbitrary<CaseAward> = fc.oneof(
  { arbitrary: amountAwardArbitrary, weight: 3 },
  { arbitrary: anyAward, weight: 3 },
  {
    arbitrary: fc.record({
      mode: fc.constant('perItem'),
      points: signedPoints,
      every: fc.integer({ min: 1, max: 4 }),
    }),
    weight: 1,
  },
)

const milestone = (of: ReadonlyArray<'spend' | 'orders' | 'times'>): fc.Arbitrary<MilestoneAward> =>
  fc
    .tuple(fc.constantFrom(...of), fc.integer({ min: 1, max: 9 }), fc.constantFrom('1', '2.5', '10'))
    .map(([which, every, points]) =>
      which === 'spend'
        ? { mode: 'milestone', of: which, every: { minor: every * 1000, currency: eur }, points }
        : { mode: 'milestone', of: which, every, points },
    )

const lot: fc.Arbitrary<LotSettings> = only({
  kind: optional(fc.constantFrom('regular', 'promotional')),
  funder: optional(fc.constant('brand' as FunderId), 1),
  validity: optional(fc.constantFrom({ amount: 1, unit: 'month' }, { amount: 30, unit: 'day' }), 1),
}) as fc.Arbitrary<LotSettings>

const groups = [
  { id: 'all', mode: 'collect' },
  { id: 'first', mode: 'firstMatch' },
  { id: 'best', mode: 'best' },
] as const

const whenUnknown = fc.oneof(
  { arbitrary: fc.constantFrom('skip', 'earn'), weight: 9 },
  { arbitrary: fc.constant('reject'), weight: 1 },
)

/** Rules on one kind of activity; what is in a group of which the best earns, is no multiplier, and does not stop. */
const ruleOn = (on: 'purchase' | 'review'): fc.Arbitrary<EarningRule> => {
  const condition = negatable(on === 'purchase' ? purchaseCondition : memberCondition)
  const award = on === 'purchase' ? purchaseAward : anyAward
  const kinds: fc.Arbitrary<{ readonly award: Award | null }> = fc.oneof(
    { arbitrary: award.map((one) => ({ award: one })), weight: 5 },
    { arbitrary: multiplierAward.map((one) => ({ award: one })), weight: 3 },
    {
      arbitrary: milestone(on === 'purchase' ? ['spend', 'orders', 'times'] : ['times']).map((one) => ({ award: one })),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        award: fc.option(award),
        cases: fc.array(fc.record({ when: condition, award }), { minLength: 1, maxLength: 2 }),
      }),
      weight: 1,
    },
  )
  return fc
    .tuple(
      kinds,
      only({
        wallet: fc.constantFrom(...walletUnits.map((unit) => unit.id)),
        on: on === 'purchase' ? fc.constant(undefined) : fc.constant(on),
        when: optional(condition),
        lines:
          on === 'purchase'
            ? optional(fc.oneof(lineConditionArbitrary, fc.constant({ field: 'sku', is: 'A' })), 1)
            : fc.constant(undefined),
        whenUnknown: optional(whenUnknown),
        group: optional(fc.constantFrom('all', 'first', 'best'), 1),
        stop: optional(fc.constantFrom(true, false), 1),
        lot: optional(lot),
        isAlso: optional(fc.constant(true), 1),
      }),
    )
    .map(([kind, { isAlso, ...parts }]) => {
      const rule = { ...parts, ...kind } as unknown as EarningRule
      const { group, stop, ...free } = rule
      const fits = group !== 'best' || (rule.award?.mode !== 'multiplier' && stop !== true)
      const also = isAlso === true ? walletUnits.map(({ id }) => id).filter((id) => id !== rule.wallet) : undefined
      return { ...(fits ? rule : free), ...(also === undefined ? {} : { also }) }
    })
}

const capArbitrary: fc.Arbitrary<Cap> = only({
  wallet: fc.constantFrom(...walletUnits.map((unit) => unit.id)),
  limit: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 5_000 })),
  counts: fc.constant('points'),
  window: fc.constantFrom({ type: 'activity' }, { type: 'calendar', calendar: { unit: 'day' } }),
  onExceed: fc.constantFrom('truncate', 'reject'),
  cut: optional(fc.constantFrom('promotionalFirst', 'regularFirst', 'proportional')),
  of: optional(
    only({
      rules: optional(fc.subarray([...ruleNames], { minLength: 1 })),
      kind: optional(fc.constantFrom('regular', 'promotional'), 1),
    }),
  ),
}) as unknown as fc.Arbitrary<Cap>

export const stagedRulesArbitrary: fc.Arbitrary<EarningRules> = fc
  .record({
    rounding: roundingArbitrary,
    rules: fc.array(
      fc.oneof({ arbitrary: ruleOn('purchase'), weight: 4 }, { arbitrary: ruleOn('review'), weight: 1 }),
      {
        minLength: 1,
        maxLength: ruleNames.length,
      },
    ),
    multipliers: fc.constantFrom('product', 'sumOfBonuses', 'best'),
    caps: fc.array(capArbitrary, { maxLength: capNames.length }),
  })
  .map(({ rules, caps, ...rest }) => ({
    ...rest,
    groups: [...groups],
    attributes: [{ name: 'score', type: 'integer' }],
    actions: [{ name: 'review', fields: [{ name: 'score', type: 'integer' }] }],
    rules: rules.map((rule, index) => ({ ...rule, id: ruleNames[index] as RuleId })),
    caps: caps.map((cap, index) => ({ ...cap, id: capNames[index] as CapId })),
  }))

/** Purchases of any basis, and reviews. */
export const activityArbitrary = (at: Instant): fc.Arbitrary<EarningActivity> =>
  fc
    .record({
      isPurchase: fc.integer({ min: 0, max: 3 }).map((die) => die > 0),
      basis: fc.oneof(fc.constant({}), basisArbitrary),
      lines: purchaseLinesArbitrary,
      paid: fc.nat({ max: 3000 }),
      attributes: only({
        channel: optional(fc.constantFrom('web', 'shop')),
        score: optional(fc.integer({ min: -5, max: 40 })),
      }) as unknown as fc.Arbitrary<EarningActivity['attributes']>,
    })
    .map(({ isPurchase, basis, lines, paid, attributes }) => ({
      action: isPurchase ? 'purchase' : 'review',
      at,
      lines: isPurchase ? countedLines(basis, lines, [{ type: 'points', amount: { minor: paid, currency: eur } }]) : [],
      attributes,
    }))

export const contextArbitrary: fc.Arbitrary<EarningContext> = fc.record({
  facts: only({
    tiers: optional(fc.subarray(['status/gold', 'status/silver'])),
    orderNumber: optional(fc.integer({ min: 1, max: 9 })),
  }) as unknown as fc.Arbitrary<EarningContext['facts']>,
  rooms: fc
    .subarray([...capNames])
    .chain((caps) => fc.tuple(...caps.map((cap) => fc.nat({ max: 200 }).map((room) => ({ cap, room }))))),
  cooling: fc.oneof({ arbitrary: fc.constant([]), weight: 3 }, { arbitrary: fc.subarray([...ruleNames]), weight: 1 }),
  milestones: fc
    .subarray([...ruleNames])
    .chain((rules) =>
      fc.tuple(
        ...rules.map((rule) =>
          fc.record({ rule: fc.constant(rule), counted: fc.nat({ max: 9_999 }), paid: fc.nat({ max: 3 }) }),
        ),
      ),
    ),
})
