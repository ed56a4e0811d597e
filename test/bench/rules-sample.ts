// Earning rules as loyalty programs have them, orders for them to meet, and the same rules in the peers' languages.
import { currency, unwrap } from '../../src/foundation/index.ts'
import type { Condition, ConditionTest, Facts, Vocabulary } from '../../src/rules/index.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const channels = ['web', 'app', 'store', 'marketplace']
const tiers = ['base', 'silver', 'gold', 'platinum']
const categories = Array.from({ length: 30 }, (_, i) => `category ${i}`)

export const vocabulary: Vocabulary = {
  fields: [
    { name: 'amount', type: 'money', currency: unwrap(currency('EUR')) },
    { name: 'items', type: 'integer' },
    { name: 'categories', type: 'texts' },
    { name: 'weekday', type: 'text', values: weekdays },
    { name: 'channel', type: 'text' },
    { name: 'tier', type: 'text' },
  ],
}

const countries = ['AT', 'CH', 'DE', 'FR', 'IT']

/** The same, with more that rules may ask about. */
export const wideVocabulary: Vocabulary = {
  fields: [
    ...vocabulary.fields,
    { name: 'country', type: 'text' },
    { name: 'firstPurchase', type: 'flag' },
    { name: 'hour', type: 'integer' },
    { name: 'pointsBalance', type: 'integer' },
  ],
}

type Random = (below: number) => number

/** A small generator with a fixed seed (mulberry32): the same rules and orders in every run. */
const randomFrom = (seed: number): Random => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const one = (random: Random, texts: ReadonlyArray<string>): string => texts[random(texts.length)] ?? ''

const some = (random: Random, texts: ReadonlyArray<string>, count: number): ReadonlyArray<string> => [
  ...new Set(Array.from({ length: count }, () => one(random, texts))),
]

type Draw = (random: Random) => unknown

const euros = (random: Random, least: number, steps: number): string => `${least + 5 * random(steps)}.00`

/** Campaigns as shops run them: each is drawn with other constants every time. */
const campaigns: ReadonlyArray<Draw> = [
  // a weekend bonus from an amount on
  (r) => ({
    all: [
      { field: 'weekday', in: ['saturday', 'sunday'] },
      { field: 'amount', atLeast: euros(r, 20, 16) },
    ],
  }),
  // more for some categories
  (r) => ({ field: 'categories', hasAny: some(r, categories, 2) }),
  // members of the higher tiers, in the app
  (r) => ({
    all: [
      { field: 'tier', in: tiers.slice(1 + r(3)) },
      { field: 'channel', is: one(r, channels) },
    ],
  }),
  // a band of amounts, for one tier
  (r) => {
    const from = 10 + 10 * r(10)
    const band = { field: 'amount', atLeast: `${from}.00`, lessThan: `${from + 20}.00` }
    return { all: [{ field: 'tier', is: one(r, tiers) }, band] }
  },
  // a category, unless something is in the basket that earns nothing
  (r) => ({
    all: [
      { field: 'categories', hasAny: some(r, categories, 3) },
      { field: 'categories', hasNone: some(r, categories, 2) },
      { field: 'amount', moreThan: euros(r, 10, 10) },
    ],
  }),
  // large baskets, or small ones of members of the higher tiers
  (r) => ({
    all: [
      {
        any: [
          { field: 'items', atLeast: 5 + r(4) },
          { field: 'tier', in: ['gold', 'platinum'] },
        ],
      },
      { field: 'weekday', is: one(r, weekdays) },
    ],
  }),
  // many items that don't come from the marketplace
  (r) => ({ all: [{ field: 'items', atLeast: 3 + r(6) }, { not: { field: 'channel', is: 'marketplace' } }] }),
  // a welcome bonus on weekdays
  (r) => ({
    all: [
      { field: 'tier', is: 'base' },
      { field: 'weekday', notIn: some(r, weekdays, 3) },
    ],
  }),
  // exactly so many
  (r) => ({
    all: [
      { field: 'items', equals: 1 + r(9) },
      { field: 'channel', in: some(r, channels, 2) },
    ],
  }),
  // a bundle
  (r) => ({
    all: [
      { field: 'categories', hasAll: some(r, categories, 2) },
      { field: 'items', atLeast: 2 + r(3) },
    ],
  }),
]

/** The conditions of so many rules, as JSON. */
export const rulesOf = (count: number): ReadonlyArray<unknown> => {
  const random = randomFrom(count)
  return Array.from({ length: count }, (_, i) => campaigns[i % campaigns.length]?.(random))
}

/** What else a campaign may be limited to. */
const limits: ReadonlyArray<Draw> = [
  (r) => ({ field: 'country', in: some(r, countries, 3) }),
  (r) => ({ field: 'firstPurchase', is: r(2) === 1 }),
  (r) => ({ field: 'hour', atLeast: 6 + r(6), lessThan: 14 + r(8) }),
  (r) => ({ field: 'pointsBalance', atLeast: 100 * r(20) }),
]

/** The conditions of so many rules on ten fields, as JSON. */
export const wideRulesOf = (count: number): ReadonlyArray<unknown> => {
  const random = randomFrom(count)
  return Array.from({ length: count }, (_, i) => ({
    all: [limits[i % limits.length]?.(random), campaigns[i % campaigns.length]?.(random)],
  }))
}

const orderOf = (random: Random) => ({
  amount: 100 + random(20_000),
  items: 1 + random(9),
  categories: some(random, categories, 1 + random(3)),
  weekday: one(random, weekdays),
  channel: one(random, channels),
  tier: one(random, tiers),
})

/** So many orders. */
export const ordersOf = (count: number): ReadonlyArray<Facts> => {
  const random = randomFrom(1)
  return Array.from({ length: count }, () => orderOf(random))
}

/** So many orders with ten facts each. */
export const wideOrdersOf = (count: number): ReadonlyArray<Facts> => {
  const random = randomFrom(2)
  return Array.from({ length: count }, () => {
    const { amount, items, categories: bought, weekday, channel, tier } = orderOf(random)
    return {
      amount,
      items,
      categories: bought,
      weekday,
      channel,
      tier,
      country: one(random, countries),
      firstPurchase: random(4) === 0,
      hour: random(24),
      pointsBalance: random(3000),
    }
  })
}

type Translate = (field: string, constant: unknown) => unknown

/** A condition in another language: how that joins, and how it writes the test of each of our operators. */
const translated = (
  condition: Condition,
  join: (how: 'all' | 'any', parts: ReadonlyArray<unknown>) => unknown,
  negate: (part: unknown) => unknown,
  operators: Readonly<Record<string, Translate>>,
): unknown => {
  const translate = (part: Condition): unknown => translated(part, join, negate, operators)
  if ('all' in condition) return join('all', condition.all.map(translate))
  if ('any' in condition) return join('any', condition.any.map(translate))
  if ('not' in condition) return negate(translate(condition.not))
  const { field, ...asked }: ConditionTest = condition
  const tests = Object.entries(asked).map(([operator, constant]) => operators[operator]?.(field, constant))
  return tests.length === 1 ? tests[0] : join('all', tests)
}

const texts = (constant: unknown): ReadonlyArray<string> => constant as ReadonlyArray<string>

const fact = (name: string) => ({ var: name })

const holdsText = (field: string) => (text: string) => ({ in: [text, fact(field)] })

/** The condition in JsonLogic. */
export const jsonLogic = (condition: Condition): unknown =>
  translated(
    condition,
    (how, parts) => (how === 'all' ? { and: parts } : { or: parts }),
    (part) => ({ '!': part }),
    {
      is: (field, constant) => ({ '===': [fact(field), constant] }),
      equals: (field, constant) => ({ '===': [fact(field), constant] }),
      in: (field, constant) => ({ in: [fact(field), constant] }),
      notIn: (field, constant) => ({ '!': { in: [fact(field), constant] } }),
      atLeast: (field, constant) => ({ '>=': [fact(field), constant] }),
      moreThan: (field, constant) => ({ '>': [fact(field), constant] }),
      atMost: (field, constant) => ({ '<=': [fact(field), constant] }),
      lessThan: (field, constant) => ({ '<': [fact(field), constant] }),
      hasAny: (field, constant) => ({ or: texts(constant).map(holdsText(field)) }),
      hasAll: (field, constant) => ({ and: texts(constant).map(holdsText(field)) }),
      hasNone: (field, constant) => ({ '!': { or: texts(constant).map(holdsText(field)) } }),
    },
  )

const operator = (name: string): Translate => {
  return (field, value) => ({ fact: field, operator: name, value })
}

const contains = (field: string) => (text: string) => operator('contains')(field, text)

const lacks = (field: string) => (text: string) => operator('doesNotContain')(field, text)

/** The condition for json-rules-engine. */
export const jsonRules = (condition: Condition): unknown =>
  translated(
    condition,
    (how, parts) => ({ [how]: parts }),
    (part) => ({ not: part }),
    {
      is: operator('equal'),
      equals: operator('equal'),
      in: operator('in'),
      notIn: operator('notIn'),
      atLeast: operator('greaterThanInclusive'),
      moreThan: operator('greaterThan'),
      atMost: operator('lessThanInclusive'),
      lessThan: operator('lessThan'),
      hasAny: (field, constant) => ({ any: texts(constant).map(contains(field)) }),
      hasAll: (field, constant) => ({ all: texts(constant).map(contains(field)) }),
      hasNone: (field, constant) => ({ all: texts(constant).map(lacks(field)) }),
    },
  )
