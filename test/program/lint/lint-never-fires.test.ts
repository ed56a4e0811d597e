import { describe, expect, test } from 'vitest'
import { lintProgram } from '../../../src/program/index.ts'
import { shop } from '../shop.ts'
import { base, codes, earning, fixed, type found, pair } from './lint-pair.ts'

const rulePath = ['earning', 'rules', 0]
const partsOf = (finding: ReturnType<typeof found>) =>
  finding?.witness.type === 'conflict' ? finding.witness.parts.map((part) => part.join('.')) : []

describe('schedules that never come', () => {
  test.each([
    ['a day that no month of it has', { months: [2], daysOfMonth: [30] }, ['months', 'daysOfMonth']],
    [
      'no Sunday in its days',
      { weekdays: [7], from: '2026-03-02', until: '2026-03-07' },
      ['from', 'until', 'weekdays'],
    ],
    [
      'no 29 February in its year',
      { months: [2], daysOfMonth: [29], from: '2026-01-01', until: '2027-01-01' },
      ['months', 'daysOfMonth', 'from', 'until'],
    ],
    [
      'instants before its first day',
      { from: '2026-05-01', instants: { until: '2026-04-01T00:00:00Z' } },
      ['from', 'instants'],
    ],
    [
      'instants after its last day',
      { until: '2026-04-01', instants: { from: '2026-05-01T00:00:00Z', until: '2026-06-01T00:00:00Z' } },
      ['until', 'instants'],
    ],
  ])('%s', (_name, during, keys) => {
    const { finding } = pair(
      'neverFires',
      earning([fixed('never', undefined, { during })]),
      earning([fixed('fires', undefined, { during: { months: [2], daysOfMonth: [29, 30] } })]),
    )
    expect(finding.path).toEqual(rulePath)
    expect(partsOf(finding).toSorted()).toEqual(keys.map((key) => [...rulePath, 'during', key].join('.')).toSorted())
  })

  test('days that come in time are not found, nor those of which the time has no end', () => {
    const comes = (during: object) =>
      expect(codes(shop(earning([fixed('fires', undefined, { during })])))).not.toContain('neverFires')
    comes({ weekdays: [7], from: '2026-03-02', until: '2026-03-09' })
    comes({ weekdays: [7], months: [2], daysOfMonth: [29] })
    comes({
      weekdays: [7],
      hours: { from: 1320, until: 120 },
      instants: { from: '2026-03-02T00:00:00Z', until: '2026-03-02T03:00:00Z' },
    })
    comes({ from: '2026-03-02', instants: { until: '2026-03-09T00:00:00Z' } })
  })

  test('a month that has not the day of the schedule', () => {
    const when = (month: number) => ({ field: 'month', equals: month })
    const of = (month: number) => earning([fixed('last', when(month), { during: { daysOfMonth: [31] } })])
    const { finding } = pair('neverFires', of(4), of(5))
    expect(partsOf(finding)).toEqual(['earning.rules.0.when', 'earning.rules.0.during.daysOfMonth'])
  })
})

describe('lines that an order cannot have', () => {
  const tea = { field: 'categories', hasAny: ['tea'] }
  const rule = (lines: object, when?: object) => ({
    ...base,
    lines,
    whenUnknown: 'skip',
    ...(when === undefined ? {} : { when }),
  })

  test.each([
    ['categories', tea, { field: 'categories', hasNone: ['tea', 'wine'] }],
    ['categories, the other way', tea, { not: tea }],
    ['articles', { field: 'sku', is: 'A' }, { field: 'skus', hasNone: ['A'] }],
    ['brands', { field: 'brand', in: ['A', 'B'] }, { field: 'brands', hasNone: ['A', 'B', 'C'] }],
  ])('the order must not have what the lines must: %s', (_name, lines, when) => {
    const { finding } = pair('neverFires', earning([rule(lines, when)]), earning([rule(lines)]))
    expect(partsOf(finding)).toEqual(['earning.rules.0.lines', 'earning.rules.0.when'])
  })

  test('some of what lines may be is left', () => {
    const lines = { field: 'categories', hasAny: ['tea', 'coffee'] }
    for (const when of [{ field: 'categories', hasNone: ['tea'] }, { not: { field: 'amount', atLeast: '5' } }]) {
      expect(codes(shop(earning([rule(lines, when)])))).not.toContain('neverFires')
    }
  })

  test('what does not count is asked for, of a line or of the order', () => {
    const except = { categories: ['tea'], skus: ['A'], brands: ['B'] }
    const having = (one: object, basis: object = { except }) => earning([one], { basis })
    const conflict = (one: object) => partsOf(pair('neverFires', having(one), having(one, {})).finding)
    expect(conflict(rule(tea))).toEqual(['earning.rules.0.lines', 'earning.basis.except.categories'])
    expect(conflict(rule({ field: 'sku', is: 'A' }))).toEqual(['earning.rules.0.lines', 'earning.basis.except.skus'])
    expect(conflict(fixed('order', { field: 'categories', hasAll: ['tea', 'milk'] }))).toEqual([
      'earning.rules.0.when',
      'earning.basis.except.categories',
    ])
    expect(conflict(fixed('brands', { field: 'brands', hasAny: ['B'] }))).toEqual([
      'earning.rules.0.when',
      'earning.basis.except.brands',
    ])
    expect(codes(shop(having(rule({ field: 'brand', is: 'A' }))))).not.toContain('neverFires')
  })
})

describe('multipliers', () => {
  const twice = (more: object = {}, award: object = {}) => ({
    id: 'twice',
    wallet: 'points',
    award: { mode: 'multiplier', factor: '2', ...award },
    ...more,
  })
  const bonus = fixed('bonus', undefined, { award: { mode: 'bonus', points: '5' } })

  test('nothing in its wallet to multiply', () => {
    const { finding } = pair('neverFires', earning([twice(), bonus]), earning([twice(), base]))
    expect(finding.path).toEqual(rulePath)
    expect(finding.witness).toMatchObject({ type: 'name', name: 'points', known: [] })
  })

  test('what it is for gives no base points, is on something else, or never fires', () => {
    const actions = [{ name: 'visit', fields: [] }]
    const nothing = fixed('nothing', undefined, { award: { mode: 'fixed', points: '0' } })
    const night = fixed('night', { field: 'hour', atLeast: 24 })
    const ofNight = earning([twice({}, { of: ['night'] }), night, base])
    pair('neverFires', ofNight, earning([twice({}, { of: ['base'] }), base]))
    const witnesses = lintProgram(shop(ofNight)).flatMap(({ code, witness }) =>
      code === 'neverFires' ? [witness] : [],
    )
    expect(witnesses).toMatchObject([{ type: 'conflict' }, { type: 'name', name: 'points', known: ['points'] }])
    const cap = {
      id: 'cap',
      wallet: 'points',
      limit: 5,
      counts: 'points',
      window: { type: 'lifetime' },
      onExceed: 'truncate',
    }
    pair(
      'neverFires',
      earning([twice(), fixed('visits', undefined, { on: 'visit' })], { actions, caps: [{ ...cap, limit: 50 }] }),
      earning([twice(), base]),
    )
    pair('neverFires', earning([twice(), nothing]), earning([twice(), base]))
    const findings = codes(shop(earning([twice(), night])))
    expect(findings.filter((code) => code === 'neverFires').length).toBe(2)
  })

  test('a rule with a case that gives points is more than a multiplier', () => {
    const when = { field: 'amount', atLeast: '50' }
    const cased = { ...twice(), cases: [{ when, award: { mode: 'fixed', points: '5' } }] }
    expect(codes(shop(earning([cased])))).not.toContain('neverFires')
  })
})
