// The smallest change is right: what was bought or done with it makes the rule earn.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EarningRule, lineVocabulary } from '../../../src/earning/index.ts'
import { type ActivityId, type Currency, type Instant, type RuleId, unwrap } from '../../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  type Decision,
  decide,
  type MemberState,
  type WhyNot,
  whyNot,
} from '../../../src/program/index.ts'
import type { Condition, Fact, FactChange, Facts, Vocabulary } from '../../../src/rules/index.ts'
import { compiledOf } from '../../arbitraries/program.ts'
import { conditionsOn } from '../../arbitraries/rules.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { activity, eur, following, joins, pointsOf, programOf, shopJson, statusLadder } from '../shop.ts'

fewerRuns()

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const sizes = ['small', 'large']
const attributes = [
  { name: 'gift', type: 'flag' },
  { name: 'visits', type: 'integer' },
  { name: 'deposit', type: 'money', currency: 'EUR' },
  { name: 'size', type: 'text', values: sizes },
  { name: 'segments', type: 'texts' },
  { name: 'party', type: 'integer', required: true },
] as const

/** What an app can make otherwise: what is bought, where, when, and what is said of it. */
const vocabulary: Vocabulary = {
  fields: [
    { name: 'amount', type: 'money', currency: 'EUR' as never },
    { name: 'categories', type: 'texts' },
    { name: 'skus', type: 'texts' },
    { name: 'brands', type: 'texts' },
    { name: 'quantity', type: 'integer' },
    { name: 'weekday', type: 'text', values: weekdays },
    { name: 'hour', type: 'integer' },
    { name: 'month', type: 'integer' },
    { name: 'channel', type: 'text' },
    { name: 'store', type: 'text' },
    ...(attributes as unknown as Vocabulary['fields']),
  ],
}

const seven = { mode: 'fixed', points: '7' }

const programWith = (when: Condition, more: object = {}, parts: object = {}): CompiledProgram => {
  const program = programOf({ earning: { ...shopJson.earning, attributes }, ...more })
  const { earning } = program
  const [base] = earning.rules
  const rule = { ...base, id: 'sought' as RuleId, when, whenUnknown: 'skip', award: seven, ...parts }
  return compiledOf({ ...program, earning: { ...earning, rules: [...earning.rules, rule as unknown as EarningRule] } })
}

const day = 86_400_000
const own = (facts: Facts, name: string): Fact | undefined => (Object.hasOwn(facts, name) ? facts[name] : undefined)
const listOf = (fact: Fact | undefined): ReadonlyArray<string> => (Array.isArray(fact) ? fact : [])

/** An instant with such a weekday, hour and month; `undefined`: the year and the next have none. */
const instantOf = (facts: Facts, since: number): Instant | undefined => {
  for (let days = 0; days < 800; days += 1) {
    const date = new Date(since + days * day)
    const isDay = weekdays[date.getUTCDay()] === own(facts, 'weekday') && date.getUTCMonth() + 1 === own(facts, 'month')
    if (isDay) return (date.getTime() + Number(own(facts, 'hour')) * 3_600_000) as Instant
  }
  return undefined
}

const start = Date.UTC(2026, 0, 1)

/** Lines that have these skus and brands between them; `undefined`: there are fewer items. */
const linesOf = (facts: Facts): ReadonlyArray<object> | undefined => {
  const [skus, brands] = [listOf(own(facts, 'skus')), listOf(own(facts, 'brands'))]
  const count = Math.max(1, skus.length, brands.length)
  const items = Number(own(facts, 'quantity'))
  if (items < count) return undefined
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    amount: { minor: index === 0 ? Number(own(facts, 'amount')) : 0, currency: 'EUR' },
    quantity: index === 0 ? items - count + 1 : 1,
    categories: listOf(own(facts, 'categories')),
    ...(skus[index] === undefined ? {} : { sku: skus[index] }),
    ...(brands[index] === undefined ? {} : { brand: brands[index] }),
  }))
}

const said = ['channel', 'store', ...attributes.map(({ name }) => name)]

/** A purchase of which these are the facts, if there can be one. */
const purchaseOf = (facts: Facts): Activity | undefined => {
  const [lines, at] = [linesOf(facts), instantOf(facts, start)]
  if (lines === undefined || at === undefined) return undefined
  const known = said.flatMap((name) => (own(facts, name) === undefined ? [] : [[name, own(facts, name)]]))
  return { ...purchase, id: 'o' as ActivityId, at, lines, attributes: Object.fromEntries(known) } as never
}

const purchase = activity({
  type: 'purchase',
  id: 'o',
  at: '2026-01-01T00:00:00Z',
  lines: [{ id: '1', amount: eur('1.00') }],
})

const joined = (program: CompiledProgram): MemberState => following(program, [joins('2025-12-31T00:00:00Z')]).state

const soughtIn = (program: CompiledProgram, { trace }: Decision, at: Instant): WhyNot | undefined =>
  whyNot(program, trace, at).find(({ rule }) => rule === 'sought')

const earns = ({ trace }: Decision): boolean =>
  trace.some((step) => step.step === 'earning' && step.earning.rules.some(({ rule }) => rule === 'sought'))

/** Facts with a change; a fact that has to go missing is left out. */
const changed = (facts: Facts, changes: ReadonlyArray<FactChange>): Facts => {
  const gone = new Set(changes.filter(({ to }) => to === undefined).map(({ field }) => field))
  return Object.fromEntries([
    ...Object.entries(facts).filter(([name]) => !gone.has(name)),
    ...changes.flatMap(({ field, to }) => (to === undefined ? [] : [[field, to]])),
  ])
}

const texts = fc.subarray(['tea', '__proto__', 'shoes'])

/** Facts that a purchase can have. */
const someFacts: fc.Arbitrary<Facts> = fc
  .record({
    amount: fc.nat({ max: 4 }),
    quantity: fc.integer({ min: 3, max: 5 }),
    hour: fc.nat({ max: 23 }),
    weekday: fc.constantFrom(...weekdays),
    month: fc.integer({ min: 1, max: 12 }),
    party: fc.nat({ max: 4 }),
    lists: fc.record({ categories: texts, skus: texts, brands: texts }),
    rest: fc.record(
      {
        channel: fc.constantFrom('tea', 'web'),
        store: fc.constantFrom('tea', 'north'),
        gift: fc.boolean(),
        visits: fc.integer({ min: -1, max: 4 }),
        deposit: fc.nat({ max: 4 }),
        size: fc.constantFrom(...sizes),
        segments: texts,
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ lists, rest, ...facts }) => ({ ...facts, ...lists, ...rest }))

describe('the smallest change', () => {
  /** What became of the change that is named for a purchase, if it is one. */
  const tried = (program: CompiledProgram, facts: Facts, first: Activity): 'none' | 'notToBeBought' | boolean => {
    const state = joined(program)
    const decision = unwrap(decide(program, state, first))
    const change = soughtIn(program, decision, first.at)?.change
    expect(change === undefined).toBe(earns(decision))
    if (change?.type !== 'changes') return 'none'
    const second = purchaseOf(changed(facts, change.changes))
    if (second !== undefined) return earns(unwrap(decide(program, state, second)))
    // Fewer items than there are articles cannot be bought.
    const isOfItems = change.changes.some(({ field }) => ['quantity', 'skus', 'brands'].includes(field))
    return isOfItems ? 'notToBeBought' : false
  }

  test('makes the rule earn, when it is made to the purchase', () => {
    let made = 0
    fc.assert(
      fc.property(conditionsOn(vocabulary), someFacts, (condition, facts) => {
        const first = purchaseOf(facts)
        if (first === undefined) return
        const outcome = tried(programWith(condition), facts, first)
        expect(outcome).not.toBe(false)
        if (outcome === true) made += 1
      }),
    )
    expect(made).toBeGreaterThan(0)
  })

  test('of a rule with cases makes one of them hold', () => {
    let made = 0
    const conditions = fc.array(conditionsOn(vocabulary), { minLength: 2, maxLength: 3 })
    fc.assert(
      fc.property(conditions, someFacts, ([when, ...cases], facts) => {
        const first = purchaseOf(facts)
        if (first === undefined || when === undefined) return
        const parts = { award: null, cases: cases.map((each) => ({ when: each, award: seven })) }
        const outcome = tried(programWith(when, {}, parts), facts, first)
        expect(outcome).not.toBe(false)
        if (outcome === true) made += 1
      }),
    )
    expect(made).toBeGreaterThan(0)
  })

  test('is none that no purchase can have', () => {
    const impossible: ReadonlyArray<Condition> = [
      { field: 'amount', lessThan: 0 },
      { field: 'amount', present: false },
      { field: 'quantity', atMost: -1 },
      { field: 'hour', atLeast: 24 },
      { field: 'month', lessThan: 1 },
      { field: 'month', moreThan: 12 },
      { field: 'orderNumber', atMost: 0 },
      { field: 'tenureDays', lessThan: 0 },
      { field: 'weekday', present: false },
      { field: 'categories', present: false },
      { field: 'party', present: false },
    ] as never
    for (const when of impossible) {
      const program = programWith(when)
      const decision = unwrap(decide(program, joined(program), { ...purchase, attributes: { party: 2 } } as never))
      expect([when, soughtIn(program, decision, purchase.at)?.change]).toEqual([when, { type: 'cannot' }])
    }
  })
})

describe('the smallest change of a line', () => {
  const someLine: fc.Arbitrary<Facts> = fc.record(
    {
      amount: fc.nat({ max: 4 }),
      quantity: fc.integer({ min: 1, max: 4 }),
      categories: texts,
      sku: fc.constantFrom('tea', 'web'),
      brand: fc.constantFrom('tea', 'north'),
    },
    { requiredKeys: ['amount', 'quantity', 'categories'] },
  )
  const lineOf = ({ amount, ...others }: Facts, index: number): object => ({
    id: String(index),
    amount: { minor: amount, currency: 'EUR' },
    ...others,
  })
  const bought = (lines: ReadonlyArray<Facts>): Activity =>
    ({ ...purchase, lines: lines.map(lineOf), attributes: { party: 2 } }) as unknown as Activity

  test('makes that line count', () => {
    let made = 0
    fc.assert(
      fc.property(
        conditionsOn(lineVocabulary('EUR' as Currency)),
        fc.array(someLine, { minLength: 1, maxLength: 3 }),
        (condition, lines) => {
          const program = programWith({ all: [] } as never, {}, { lines: condition })
          const before = unwrap(decide(program, joined(program), bought(lines)))
          const found = soughtIn(program, before, purchase.at)
          const change = found?.change
          if (change?.type === 'cannot') expect(found?.reason).toBe('lines')
          if (change?.type !== 'changes') return
          const better = lines.map((line, index) =>
            String(index) === found?.line ? changed(line, change.changes) : line,
          )
          const after = unwrap(decide(program, joined(program), bought(better)))
          expect(soughtIn(program, after, purchase.at)).toBeUndefined()
          made += 1
        },
      ),
    )
    expect(made).toBeGreaterThan(0)
  })
})

describe('the smallest change of tiers', () => {
  const club = {
    ...statusLadder,
    id: 'club',
    tiers: [{ id: 'guest' }, { id: 'friend', reach: pointsOf(500), keep: pointsOf(400) }],
  }
  const status = {
    ...statusLadder,
    tiers: [...statusLadder.tiers, { id: 'platinum', reach: pointsOf(5000), keep: pointsOf(4000) }],
  }
  const tiersOf = { status: ['basic', 'gold', 'platinum'], club: ['guest', 'friend'] }
  const all = Object.entries(tiersOf).flatMap(([ladder, tiers]) => tiers.map((tier) => `${ladder}/${tier}`))
  const pairs = tiersOf.status.flatMap((one) => tiersOf.club.map((other) => [`status/${one}`, `club/${other}`]))
  const onTiers = fc.constantFrom(...pairs)
  const ladders = { ladders: [status, club] }

  /** A member who was given these tiers. */
  const memberOn = (program: CompiledProgram, tiers: ReadonlyArray<string>): MemberState => {
    const grants = tiers.flatMap((name) => {
      const [ladder = '', tier = ''] = name.split('/')
      const grant = {
        type: 'tierGrant',
        id: name,
        at: '2025-12-31T01:00:00Z',
        ladder,
        tier,
        kind: 'grant',
        until: null,
        reason: 'test',
      }
      return tiersOf[ladder as 'club']?.[0] === tier ? [] : [activity(grant)]
    })
    return following(program, [joins('2025-12-31T00:00:00Z'), ...grants]).state
  }

  const bought = { ...purchase, attributes: { party: 2 } } as unknown as Activity
  const decided = (program: CompiledProgram, tiers: ReadonlyArray<string>): Decision =>
    unwrap(decide(program, memberOn(program, tiers), bought))

  test('names tiers that a member can be on, and makes the rule earn; where it cannot, no tiers do', () => {
    fc.assert(
      fc.property(conditionsOn({ fields: [{ name: 'tiers', type: 'texts', values: all }] }), onTiers, (when, tiers) => {
        const program = programWith(when, ladders)
        const change = soughtIn(program, decided(program, tiers), bought.at)?.change
        if (change?.type === 'cannot') expect(pairs.filter((some) => earns(decided(program, some)))).toEqual([])
        if (change?.type !== 'changes') return
        const to = listOf(change.changes[0]?.to)
        expect(pairs.map((some) => [...some].sort())).toContainEqual([...to].sort())
        expect(earns(decided(program, to))).toBe(true)
      }),
    )
  })
})
