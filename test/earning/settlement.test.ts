import { describe, expect, test } from 'vitest'
import { plainLine } from '../arbitraries/earning.ts'
import { action, bonus, earnedBy, fixed, lines, perEuro, purchase, ruleId } from './counter.ts'

describe('S2 what takes points away', () => {
  test('S2 an action that takes 1.2 points takes 1, by whatever mode', () => {
    const actions = [{ name: 'complaint', fields: [] }]
    for (const mode of ['floor', 'ceil', 'halfUp', 'halfEven', 'halfAway', 'truncate'] as const) {
      for (const on of ['order', 'line'] as const) {
        const earning = earnedBy(
          { rules: [fixed('-1.2', { on: 'complaint' })], actions, rounding: { mode, on } },
          action('complaint'),
        )
        expect(earning).toMatchObject({ points: -1, byLine: [], parts: [{ points: -1 }] })
      }
    }
  })

  test('a purchase is never worth less than 0, on the order and on its lines', () => {
    const rules = [perEuro(), bonus('-15')]
    for (const on of ['order', 'line'] as const) {
      const less = earnedBy({ rules, rounding: { mode: 'floor', on } }, purchase(lines(500, 500)))
      expect(less).toMatchObject({ points: 0, byLine: [0, 0], parts: [] })
      const more = earnedBy({ rules, rounding: { mode: 'floor', on } }, purchase(lines(2000, 500)))
      expect(more.points).toBe(10)
      expect(more.byLine.reduce((sum, one) => sum + one, 0)).toBe(10)
    }
  })

  test('what one line loses, the others bear', () => {
    const rules = [perEuro(), bonus('-3', { lines: { field: 'categories', hasAny: ['books'] } })]
    const bought = [plainLine('1', 1000), plainLine('2', 100, ['books'])]
    for (const on of ['order', 'line'] as const) {
      expect(earnedBy({ rules, rounding: { mode: 'floor', on } }, purchase(bought))).toMatchObject({
        points: 8,
        byLine: [8, 0],
      })
    }
  })
})

describe('lots', () => {
  test('rules with equal settings earn one lot, and the lots sum to the points', () => {
    const validity = { amount: 1, unit: 'month' } as const
    const rules = [
      perEuro({ id: ruleId('a') }, '0.5'),
      perEuro({ id: ruleId('b'), lot: {} }, '0.5'),
      perEuro({ id: ruleId('c'), lot: { kind: 'promotional', validity } }, '0.5'),
      perEuro({ id: ruleId('d'), lot: { validity: { unit: 'month', amount: 1 }, kind: 'promotional' } }, '0.5'),
    ]
    expect(earnedBy({ rules }, purchase(lines(150))).parts).toEqual([
      { kind: 'regular', funder: null, validity: null, pending: null, points: 2 },
      { kind: 'promotional', funder: null, validity, pending: null, points: 1 },
    ])
  })
})
