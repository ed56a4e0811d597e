import { describe, expect, test } from 'vitest'
import { eur, pointsOf, shop, statusLadder } from '../shop.ts'
import { codes, days, earning, found, pair, shown } from './lint-pair.ts'

const economics = { margin: { numerator: 30, denominator: 100 }, pointCost: () => ({ numerator: 1, denominator: 1 }) }
const options = { economics }
const rate = (points: string, more: object = {}) => ({
  id: 'base',
  wallet: 'points',
  award: { mode: 'linear', points, per: eur('1.00'), on: 'order' },
  ...more,
})
const times = (factor: string, more: object = {}, id = 'times') => ({
  id,
  wallet: 'points',
  award: { mode: 'multiplier', factor },
  ...more,
})
const ladders = [{ ...statusLadder, tiers: [{ id: 'basic' }, { id: 'gold', reach: pointsOf(1000) }] }]
const having = (...rules: ReadonlyArray<object>) => ({ ...earning(rules, { multipliers: 'product' }), ladders })
const wine = { field: 'categories', hasAny: ['wine'] }
const onGold = { when: { field: 'tiers', hasAny: ['status/gold'] } }
const isFound = (...rules: ReadonlyArray<object>) =>
  codes(shop(having(...rules)), options).includes('earningExceedsMargin')

describe('10 points for a euro are 10 % of the 30 % that are left: four times as many are too many', () => {
  test.each([
    ['on lines', { lines: wine }],
    ['in some days', { during: { from: '2027-05-01', until: '2027-06-01' } }],
    ['from an instant on', { during: { instants: { from: '2027-05-01T00:00:00Z' } } }],
    ['at weekends, in the evening', { during: { weekdays: [6, 7], hours: { from: 1080, until: 1320 } } }],
    ['on a tier', onGold],
    ['on a birthday', { when: { field: 'occasions', hasAny: ['birthday'] } }],
    ['all of these', { ...onGold, lines: wine, during: { months: [5], daysOfMonth: [31] } }],
  ])('by a multiplier %s', (_name, more) => {
    const { finding } = pair(
      'earningExceedsMargin',
      having(rate('10'), times('4', more)),
      having(rate('10'), times('3', more)),
      options,
    )
    expect(finding.path).toEqual(['earning', 'rules', 0])
    expect(finding.reason).toContain('together')
  })

  test.each([
    ['a tier', onGold],
    ['a birthday', { when: { field: 'occasions', hasAny: ['birthdayMonth'] } }],
  ])('by a rate for %s', (_name, more) => {
    pair('earningExceedsMargin', having(rate('40', more)), having(rate('30', more)), options)
  })

  test('by two that hold on one line of one day together', () => {
    const tea = { field: 'categories', hasAny: ['tea'] }
    const spring = { months: [3, 4, 5], from: '2027-01-01', until: '2028-01-01' }
    const late = {
      weekdays: [6],
      months: [5, 6],
      from: '2027-05-01',
      until: '2029-01-01',
      hours: { from: 720, until: 900 },
    }
    const both = [times('2', { lines: wine, during: spring }), times('2', { lines: tea, during: late }, 'more')]
    const { program, finding } = pair(
      'earningExceedsMargin',
      having(rate('10'), ...both),
      having(rate('10'), times('2'), ...both.slice(0, 0)),
      options,
    )
    const [line] = (finding.witness.type === 'history' ? finding.witness.activities : []).flatMap((one) =>
      one.type === 'purchase' ? one.lines : [],
    )
    expect(line?.categories?.toSorted()).toEqual(['tea', 'wine'])
    expect(shown(program, finding).members.size).toBe(1)
    expect(found(program, 'earningExceedsMargin')).toBeUndefined()
  })

  test.each([
    ['lines', { lines: wine }, { lines: { field: 'categories', hasNone: ['wine'] } }],
    ['weekdays', { during: { weekdays: [6] } }, { during: { weekdays: [7] } }],
    ['days of the month', { during: { daysOfMonth: [1, 2] } }, { during: { daysOfMonth: [3] } }],
    ['times', { during: { until: '2027-05-01' } }, { during: { from: '2027-05-01' } }],
    [
      'instants',
      { during: { instants: { until: '2027-05-01T00:00:00Z' } } },
      { during: { instants: { from: '2027-05-03T00:00:00Z' } } },
    ],
  ])('not by two that never hold together: %s', (_name, first, second) => {
    expect(isFound(rate('10'), times('2', first), times('2', second, 'more'))).toBe(false)
    expect(isFound(rate('10'), times('4', first), times('2', second, 'more'))).toBe(true)
  })

  test('a reward and a loop by a multiplier of a category', () => {
    const loop = codes(shop({ ...having(rate('30'), times('4', { lines: wine })), returnWindow: days(0) }), options)
    expect(loop).toContain('pointsLoop')
    const once = codes(shop({ ...having(rate('30'), times('3', { lines: wine })), returnWindow: days(0) }), options)
    expect(once).not.toContain('pointsLoop')
  })
})
