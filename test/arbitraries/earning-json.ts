// The JSON of earning rules with everything that rules, caps and declarations can say.
import fc from 'fast-check'
import { duration } from './wallet-json.ts'

const categories = ['books', 'shoes', '__proto__', 'constructor']

const optional = <A extends object>(fields: { [K in keyof A]: fc.Arbitrary<A[K]> }): fc.Arbitrary<Partial<A>> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<A>>

/** What a program declares: an attribute of orders, and actions that may earn. */
const declarations = {
  attributes: [
    { name: 'gift', type: 'flag' },
    { name: 'visitNumber', type: 'integer', required: true },
  ],
  actions: [
    { name: 'visit', fields: [{ name: 'minutes', type: 'integer' }] },
    { name: 'delivery', fields: [] },
    { name: 'enrolment', fields: [] },
    {
      name: 'challengeReached',
      fields: [
        { name: 'challenge', type: 'text', required: true },
        { name: 'level', type: 'text', required: true },
      ],
    },
    {
      name: 'tierUpgraded',
      fields: [
        { name: 'ladder', type: 'text', required: true },
        { name: 'tier', type: 'text', required: true },
      ],
    },
  ],
}

const points = fc.constantFrom('1', '5', '0.5', '2.25', '10')
const signed = fc.constantFrom('1', '20', '0.5', '-5', '-0.25', '100')

const orderCondition = fc.oneof(
  fc.constantFrom('1', '50', '120').map((atLeast) => ({ field: 'amount', atLeast })),
  fc.subarray(categories, { minLength: 1 }).map((hasAny) => ({ field: 'categories', hasAny })),
  fc.constant({ field: 'weekday', in: ['saturday', 'sunday'] }),
  fc.constant({ field: 'hour', atLeast: 12 }),
  fc.constant({ field: 'orderNumber', equals: 2 }),
  fc.constant({ field: 'tiers', hasAny: ['ladder 0/tier 1'] }),
  fc.constant({ field: 'occasions', hasAny: ['birthdayMonth', 'enrolmentAnniversary'] }),
  fc.constant({ field: 'channel', is: 'web' }),
  fc.constant({ field: 'gift', is: true }),
  fc.constant({ not: { field: 'store', is: 'north' } }),
)

const lineCondition = fc.oneof(
  fc.subarray(categories, { minLength: 1 }).map((hasAny) => ({ field: 'categories', hasAny })),
  fc.constantFrom('0', '10', '100').map((atLeast) => ({ field: 'amount', atLeast })),
  fc.constant({ field: 'quantity', atLeast: 2 }),
)

const perAmount = (currency: string, amount: string) =>
  fc.record({
    mode: fc.constantFrom('linear', 'step'),
    points,
    per: fc.constantFrom({ amount, currency }, { amount: '7', currency }),
    on: fc.constantFrom('order', 'line'),
  })

const caseAward = (currency: string, amount: string) =>
  fc.oneof(
    { weight: 5, arbitrary: perAmount(currency, amount) },
    { weight: 1, arbitrary: signed.map((of) => ({ mode: 'fixed', points: of })) },
    { weight: 1, arbitrary: signed.map((of) => ({ mode: 'perItem', points: of, every: 2 })) },
    {
      weight: 1,
      arbitrary: signed.map((of) => ({ mode: 'perValue', field: 'visitNumber', points: of, per: 3, steps: 'step' })),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('2', '1.5', '0.5', '1.25').map((factor) => ({ mode: 'multiplier', factor })),
    },
    { weight: 2, arbitrary: signed.map((of) => ({ mode: 'bonus', points: of })) },
  )

const milestone = (currency: string, amount: string) =>
  fc.oneof(
    points.map((of) => ({ mode: 'milestone', of: 'spend', every: { amount: `${amount}00`, currency }, points: of })),
    points.map((of) => ({ mode: 'milestone', of: 'orders', every: 2, points: of })),
  )

const lot = optional({
  kind: fc.constantFrom('regular', 'promotional'),
  funder: fc.constantFrom('shop', 'brand', '__proto__'),
  validity: duration(8),
  pending: duration(10),
})

const during = optional({
  weekdays: fc.subarray([1, 3, 6, 7], { minLength: 1 }),
  months: fc.subarray([1, 2, 3, 10, 11, 12], { minLength: 1 }),
  hours: fc.constantFrom({ from: 60, until: 720 }, { from: 1200, until: 300 }),
})

const common = {
  group: fc.constantFrom('first', 'best', 'all'),
  stop: fc.boolean(),
  campaign: fc.constantFrom('spring', '__proto__'),
  cooldown: duration(5),
  during,
  lot,
}

const without = (rule: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined))

const purchaseRule = (wallets: ReadonlyArray<string>, currency: string, amount: string, id: string) =>
  fc
    .record({
      wallet: fc.constantFrom(...wallets),
      award: fc.oneof(
        { weight: 5, arbitrary: caseAward(currency, amount) },
        { weight: 1, arbitrary: milestone(currency, amount) },
      ),
      when: fc.option(orderCondition, { nil: undefined }),
      lines: fc.option(lineCondition, { nil: undefined }),
      cases: fc.option(
        fc.tuple(orderCondition, caseAward(currency, amount)).map(([when, award]) => [{ when, award }]),
        { nil: undefined, freq: 5 },
      ),
      whenUnknown: fc.constantFrom('skip', 'earn', 'skip', 'reject'),
      also: fc.boolean(),
      more: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: optional(common) }),
    })
    .map(({ more, cases, award, also, ...rule }) =>
      without({
        id,
        ...more,
        ...rule,
        award,
        also: also && wallets.length > 1 ? wallets.filter((wallet) => wallet !== rule.wallet) : undefined,
        ...(award.mode === 'milestone' ? {} : { cases }),
      }),
    )

const actionRule = (wallets: ReadonlyArray<string>, id: string) =>
  fc
    .record({
      wallet: fc.constantFrom(...wallets),
      on: fc.constantFrom('visit', 'visit', 'delivery', 'enrolment', 'tierUpgraded', 'challengeReached'),
      award: fc.oneof(
        signed.map((of) => ({ mode: 'fixed', points: of })),
        signed.map((of) => ({ mode: 'bonus', points: of })),
        points.map((of) => ({ mode: 'milestone', of: 'times', every: 2, points: of })),
      ),
      cooldown: fc.option(duration(3), { nil: undefined }),
      lot: fc.option(lot, { nil: undefined }),
    })
    .map((rule) => without({ id, ...rule }))

const window = fc.oneof(
  fc.constant({ type: 'activity' }),
  fc
    .constantFrom({ unit: 'day' }, { unit: 'month' }, { unit: 'week', startsOn: 7 })
    .map((calendar) => ({ type: 'calendar', calendar })),
  duration(5).map((of) => ({ type: 'rolling', duration: of })),
  fc.constantFrom('counted', 'ignored').map((pending) => ({ type: 'balance', pending })),
  fc.constant({ type: 'lifetime' }),
)

const capJson = (wallets: ReadonlyArray<string>, ids: ReadonlyArray<string>, id: string) =>
  fc
    .record({
      wallet: fc.constantFrom(...wallets),
      limit: fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(0, 1, 5)),
      window,
      onExceed: fc.constantFrom('truncate', 'truncate', 'reject', 'defer'),
      times: fc.boolean(),
      of: fc.option(
        fc.oneof(
          fc.constantFrom('regular', 'promotional').map((kind) => ({ kind })),
          fc.constantFrom(...ids).map((rule) => ({ rules: [rule] })),
        ),
        { nil: undefined },
      ),
      by: fc.option(fc.constant('store'), { nil: undefined }),
      cut: fc.constantFrom('promotionalFirst', 'regularFirst', 'proportional'),
    })
    .map(({ times, by, window: of, onExceed, ...cap }) => {
      const counted = ['calendar', 'rolling', 'lifetime'].includes(of.type)
      const counts = times && counted ? 'times' : 'points'
      const waits = onExceed === 'defer' && of.type === 'calendar' && counts === 'points'
      return without({
        id,
        ...cap,
        window: of,
        counts,
        onExceed: waits || onExceed !== 'defer' ? onExceed : 'truncate',
        per: by !== undefined && counted ? { scope: 'member', by } : undefined,
      })
    })

const range = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

/** The JSON of the earning part of a program. */
export const earningJson = (wallets: ReadonlyArray<string>, currency: string): fc.Arbitrary<object> => {
  const amount = currency === 'JPY' ? '100' : '1'
  return fc
    .record({
      mode: fc.constantFrom('floor', 'ceil', 'halfUp', 'halfEven', 'truncate'),
      on: fc.constantFrom('order', 'order', 'line'),
      purchases: fc.integer({ min: 1, max: 5 }),
      actions: fc.integer({ min: 0, max: 2 }),
      caps: fc.integer({ min: 0, max: 3 }),
    })
    .chain(({ mode, on, purchases, actions, caps }) => {
      const ids = [
        ...range(purchases).map((index) => `rule ${index}`),
        ...range(actions).map((index) => `action ${index}`),
      ]
      return fc
        .record({
          purchaseRules: fc.tuple(...range(purchases).map((n) => purchaseRule(wallets, currency, amount, `rule ${n}`))),
          actionRules: fc.tuple(...range(actions).map((n) => actionRule(wallets, `action ${n}`))),
          capList: fc.tuple(...range(caps).map((n) => capJson(wallets, ids, `cap ${n}`))),
          multipliers: fc.constantFrom('product', 'sumOfBonuses', 'best'),
          basis: fc.option(
            optional({
              amounts: fc.constantFrom('net', 'gross'),
              tax: fc.constantFrom('included', 'excluded'),
              shipping: fc.constantFrom('included', 'excluded'),
              paidWithPoints: fc.constantFrom('included', 'excluded'),
            }),
            { nil: undefined },
          ),
        })
        .map(({ purchaseRules, actionRules, capList, multipliers, basis }) =>
          without({
            rounding: { mode, on },
            multipliers,
            basis,
            groups: [
              { id: 'first', mode: 'firstMatch' },
              { id: 'best', mode: 'best' },
              { id: 'all', mode: 'collect' },
            ],
            ...declarations,
            caps: capList,
            rules: [...purchaseRules, ...actionRules],
          }),
        )
    })
}
