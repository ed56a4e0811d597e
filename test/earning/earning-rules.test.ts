import { describe, expect, test } from 'vitest'
import { earningFaults, earningRulesCodec } from '../../src/earning/index.ts'
import { decode, type WalletId } from '../../src/foundation/index.ts'
import { eur } from '../arbitraries/earning.ts'
import { fits } from '../laws/json-schema-model.ts'

const codec = earningRulesCodec(eur)
const money = (amount: string) => ({ amount, currency: 'EUR' })
const perEuro = { mode: 'linear', points: '1', per: money('1.00'), on: 'order' }
const fixed = { mode: 'fixed', points: '1' }
const rule = (more: object = {}) => ({ id: 'rule', wallet: 'points', award: perEuro, ...more })
const earning = (rules: ReadonlyArray<object>, more: object = {}) => ({
  rounding: { mode: 'floor', on: 'order' },
  rules,
  ...more,
})

/** The paths of all faults: of the form, or else of the parts together. */
const faults = (rules: ReadonlyArray<object>, more: object = {}): ReadonlyArray<string> => {
  const decoded = decode(codec, earning(rules, more))
  const units = ['points', 'status'].map((id) => ({ id: id as WalletId, decimals: 0 }))
  const found = decoded._tag === 'Left' ? decoded.left : earningFaults(units, decoded.right)
  return found.map(({ path }) => path.join('.'))
}

describe('rules on actions', () => {
  const actions = [{ name: 'review', fields: [{ name: 'stars', type: 'integer' }] }]

  test('read the fields of the action, and have no lines', () => {
    const when = { field: 'stars', atLeast: 4 }
    const review = rule({ on: 'review', when, award: fixed, whenUnknown: 'skip' })
    expect(faults([review], { actions })).toEqual([])
    expect(faults([{ ...review, on: 'visit' }], { actions })).toEqual(['rules.0.on', 'rules.0.when.field'])
    expect(faults([{ ...review, lines: { field: 'amount', atLeast: '1.00' } }], { actions })).toEqual(['rules.0.lines'])
    expect(faults([{ ...review, when: { field: 'amount', atLeast: '1.00' } }], { actions })).toEqual([
      'rules.0.when.field',
    ])
  })

  test.each([
    ['an amount', perEuro, 'mode'],
    ['items', { mode: 'perItem', points: '1', every: 1 }, 'mode'],
    ['orders', { mode: 'milestone', of: 'orders', every: 10, points: '1' }, 'of'],
    ['spending', { mode: 'milestone', of: 'spend', every: money('1.00'), points: '1' }, 'of'],
  ])('have no award for %s', (_, award, key) => {
    expect(faults([rule({ on: 'review', award })], { actions })).toEqual([`rules.0.award.${key}`])
  })

  test('actions and fields have names of their own', () => {
    const twice = [...actions, { name: 'review', fields: [] }, { name: 'purchase', fields: [] }]
    expect(faults([], { actions: twice })).toEqual(['actions.1.name', 'actions.2.name'])
    const fields = ['amount', 'gift', 'gift'].map((name) => ({ name, type: 'flag' }))
    expect(faults([], { attributes: fields })).toEqual(['attributes.0.name', 'attributes.2.name'])
    expect(faults([], { actions: [{ name: 'visit', fields }] })).toEqual([
      'actions.0.fields.0.name',
      'actions.0.fields.2.name',
    ])
  })

  test('names of members of every object are only names', () => {
    const hostile = ['__proto__', 'constructor'].map((name) => ({ name, fields: [{ name, type: 'integer' }] }))
    const rules = hostile.map(({ name }) =>
      rule({ id: name, on: name, award: fixed, when: { field: name, present: true } }),
    )
    expect(faults(rules, { actions: hostile })).toEqual([])
    expect(faults(rules)).toEqual(['rules.0.on', 'rules.0.when.field', 'rules.1.on', 'rules.1.when.field'])
  })
})

describe('what can be missing', () => {
  const attributes = [
    { name: 'gift', type: 'flag' },
    { name: 'table', type: 'integer', required: true },
  ]

  test.each([
    ['channel', { when: { field: 'channel', is: 'web' } }],
    ['a declared field', { when: { not: { field: 'gift', is: true } } }],
    ['tenure', { when: { any: [{ field: 'tenureDays', atLeast: 1 }] } }],
    ['the brand of a line', { lines: { all: [{ field: 'brand', is: 'X' }] } }],
    ['store in a case', { cases: [{ when: { field: 'store', is: '1' }, award: fixed }] }],
    [
      'the value that is counted',
      { award: { mode: 'perValue', field: 'tenureDays', points: '1', per: 1, steps: 'step' } },
    ],
  ])('asks what to do without %s', (_, more) => {
    expect(faults([rule(more)], { attributes })).toEqual(['rules.0.whenUnknown'])
    for (const whenUnknown of ['skip', 'earn', 'reject']) {
      expect(faults([rule({ ...more, whenUnknown })], { attributes })).toEqual([])
    }
  })

  test.each([
    ['what is required', { when: { field: 'table', atLeast: 1 } }],
    ['what is always known', { when: { field: 'tiers', hasAny: ['status/gold'] } }],
    ['whether something is known', { when: { field: 'channel', present: true } }],
  ])('does not ask for %s', (_, more) => {
    expect(faults([rule(more)], { attributes })).toEqual([])
  })
})

describe('awards', () => {
  test.each([
    [{ mode: 'perValue', field: 'channel', points: '1', per: 1, steps: 'step' }, ['whenUnknown', 'award.field']],
    [{ mode: 'perValue', field: 'toString', points: '1', per: 1, steps: 'step' }, ['award.field']],
    [{ ...perEuro, points: '-1' }, ['award.points']],
    [{ mode: 'bonus', points: '-0' }, ['award.points']],
    [{ mode: 'fixed', points: '1e3' }, ['award.points']],
    [{ mode: 'multiplier', factor: '-1' }, ['award.factor']],
    [{ mode: 'perItem', points: '1', every: 0 }, ['award.every']],
    [{ mode: 'milestone', of: 'spend', every: money('0.00'), points: '1' }, ['award.every']],
    [{ mode: 'milestone', of: 'times', every: 1, points: '-1' }, ['award.points']],
    [null, ['award']],
  ])('%j', (award, paths) => {
    expect(faults([rule({ award })])).toEqual(paths.map((path) => `rules.0.${path}`))
  })

  test('a case awards anything but a milestone', () => {
    const when = { field: 'amount', atLeast: '1.00' }
    const milestone = { mode: 'milestone', of: 'times', every: 1, points: '1' }
    expect(faults([rule({ award: null, cases: [{ when, award: { mode: 'bonus', points: '-5' } }] })])).toEqual([])
    expect(faults([rule({ cases: [{ when, award: milestone }] })])).toEqual(['rules.0.cases.0.award.mode'])
  })
})

describe('rules among each other', () => {
  test('further wallets are other ones of the program', () => {
    expect(faults([rule({ also: ['status'] })])).toEqual([])
    expect(faults([rule({ also: ['points', 'gold', 'status', 'status'] })])).toEqual([
      'rules.0.also.0',
      'rules.0.also.1',
      'rules.0.also.3',
    ])
  })

  test('groups are those of the program; the best earns of what can be compared, and stops nothing', () => {
    const groups = [
      { id: 'best', mode: 'best' },
      { id: 'first', mode: 'firstMatch' },
    ]
    const double = rule({ id: 'double', group: 'best', award: { mode: 'multiplier', factor: '2' } })
    expect(faults([rule({ group: 'first', stop: true }), double], { groups })).toEqual([])
    expect(faults([rule({ group: 'other' })], { groups })).toEqual(['rules.0.group'])
    expect(faults([rule({ group: 'best', stop: true })], { groups })).toEqual(['rules.0.stop'])
    expect(faults([rule({ group: 'best' }), double], { groups })).toEqual(['rules.1.award.mode'])
    expect(faults([], { groups: [...groups, ...groups] })).toEqual(['groups.2.id', 'groups.3.id'])
  })

  test('a multiplier names rules that award base points for the same activity', () => {
    const actions = [{ name: 'visit', fields: [] }]
    const named = rule({
      id: 'named',
      award: { mode: 'multiplier', factor: '2', of: ['rule', 'bonus', 'visit', 'none'] },
    })
    const others = [
      rule(),
      rule({ id: 'bonus', award: { mode: 'bonus', points: '1' } }),
      rule({ id: 'visit', on: 'visit', award: fixed }),
    ]
    expect(faults([...others, named], { actions })).toEqual([1, 2, 3].map((place) => `rules.3.award.of.${place}`))
  })

  test('factors of which the product has no reasonable denominator are named; sums of them have one', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      rule({ id: `times ${index}`, award: { mode: 'multiplier', factor: '1.000001' } }),
    )
    expect(faults(many)).toEqual([])
    expect(faults(many, { multipliers: 'product' })[0]).toBe('rules.9.award.factor')
  })

  test('what is wrong with caps', () => {
    const cap = { wallet: 'points', limit: 1, counts: 'points', window: { type: 'activity' }, onExceed: 'truncate' }
    expect(faults([rule()], { caps: [{ id: 'cap', ...cap, of: { rules: ['rule', 'none'] } }] })).toEqual([
      'caps.0.of.rules.1',
    ])
  })
})

test('what programs say today has no new part, and needs none', () => {
  const json = earning([rule({ when: { field: 'amount', atLeast: '5.00' } })])
  const decoded = decode(codec, json)
  expect(decoded._tag === 'Right' && codec.encode(decoded.right)).toEqual(json)
})

describe('the JSON Schema', () => {
  const actions = [{ name: 'review', fields: [{ name: 'stars', type: 'integer', required: true }] }]
  const review = rule({ on: 'review', when: { field: 'stars', atLeast: 4 }, award: fixed })
  const isFine = (one: object) => fits(codec.jsonSchema, earning([one], { actions }))

  test('says of rules all but what is declared, where a program declares something', () => {
    expect(isFine(review)).toBe(true)
    expect(isFine({ ...review, cases: [{ when: { field: 'stars', equals: 5 }, award: fixed }] })).toBe(true)
    expect(isFine({ ...review, award: { mode: 'fixd', points: '1' } })).toBe(false)
    expect(isFine({ ...review, when: 'stars' })).toBe(false)
    expect(isFine({ ...review, stopp: true })).toBe(false)
    expect(isFine({ ...rule(), lines: { field: 'weekday', is: 'monday' } })).toBe(false)
  })
})
