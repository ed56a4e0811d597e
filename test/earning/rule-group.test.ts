import { describe, expect, test } from 'vitest'
import {
  type EarningContext,
  type EarningRule,
  type EarningRules,
  emptyEarningContext,
} from '../../src/earning/index.ts'
import { eur } from '../arbitraries/earning.ts'
import { awarding, earnedBy, fixed, lines, perEuro, purchase, ruleId, times } from './counter.ts'

describe('S9 Gold 3 per euro, all 1 per euro, on 20 €', () => {
  const gold: EarningContext = { ...emptyEarningContext, facts: { tiers: ['status/gold'] } }
  const isGold = { field: 'tiers', hasAny: ['status/gold'] }
  const rows = (more: Partial<EarningRule> = {}) => [
    perEuro({ id: ruleId('gold'), when: isGold, ...more }, '3'),
    perEuro({ id: ruleId('all'), ...more }),
  ]
  const of = (rules: Partial<EarningRules>, context = gold) => earnedBy(rules, purchase(lines(2000)), context).points

  test('S9 collect, which rules without a group do: 80', () => {
    expect(of({ rules: rows() })).toBe(80)
    expect(of({ rules: rows({ group: 'rate' }), groups: [{ id: 'rate', mode: 'collect' }] })).toBe(80)
  })

  test('S9 the first match of a group: 60, and 20 for others', () => {
    const rules = { rules: rows({ group: 'rate' }), groups: [{ id: 'rate', mode: 'firstMatch' }] } as const
    expect(of(rules)).toBe(60)
    expect(of(rules, emptyEarningContext)).toBe(20)
  })

  test('S9 the first case of one rule: 60, and 20 for others', () => {
    const per = { minor: 100, currency: eur }
    const award = (number: string) => ({ mode: 'linear', points: number, per, on: 'order' }) as const
    const rules = [awarding('rate', award('1'), { cases: [{ when: isGold, award: award('3') }] })]
    expect(of({ rules })).toBe(60)
    expect(of({ rules }, emptyEarningContext)).toBe(20)
    const none = [awarding('rate', null, { cases: [{ when: isGold, award: award('3') }] })]
    expect(of({ rules: none })).toBe(60)
    expect(earnedBy({ rules: none }, purchase(lines(2000)))).toMatchObject({ points: 0, rules: [] })
  })

  test('S9 a rule that stops those after it: 60', () => {
    expect(of({ rules: rows({ stop: true }) })).toBe(60)
    expect(of({ rules: rows({ stop: true }) }, emptyEarningContext)).toBe(20)
  })

  test('the best of a group, among equals the first', () => {
    const best = { groups: [{ id: 'rate', mode: 'best' }] } as const
    const [three, one] = rows({ group: 'rate' })
    if (three === undefined || one === undefined) return
    expect(of({ rules: [one, three], ...best })).toBe(60)
    const twin = { ...one, id: ruleId('twin') }
    const { rules } = earnedBy({ rules: [one, twin], ...best }, purchase(lines(2000)))
    expect(rules.map(({ rule: which }) => which)).toEqual(['all'])
    const factors = [times('1.5', { group: 'rate' }), times('3', { group: 'rate' }), perEuro()]
    expect(of({ rules: factors, ...best, multipliers: 'product' })).toBe(60)
  })

  test('a rule for which no line counts is no first match, does not stop, and is not the best', () => {
    const shoes = { field: 'categories', hasAny: ['shoes'] }
    for (const mode of ['firstMatch', 'best'] as const) {
      const idle = fixed('9', { lines: shoes, group: 'rate', ...(mode === 'best' ? {} : { stop: true }) })
      expect(of({ rules: [idle, perEuro({ group: 'rate' })], groups: [{ id: 'rate', mode }] })).toBe(20)
    }
  })
})
