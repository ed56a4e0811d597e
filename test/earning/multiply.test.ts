import { describe, expect, test } from 'vitest'
import type { EarningRule, EarningRules, MultiplierStacking } from '../../src/earning/index.ts'
import { plainLine } from '../arbitraries/earning.ts'
import { awarding, bonus, earnedBy, fixed, lines, perEuro, purchase, ruleId, times } from './counter.ts'

const earnedFor = (rules: ReadonlyArray<EarningRule>, minor: number, more: Partial<EarningRules> = {}): number =>
  earnedBy({ rules, ...more }, purchase(lines(minor))).points

describe('S5 a base of 87, a multiplier and a bonus', () => {
  test('S5 ×1.5 and then +50, which is our order: 180, in whatever order the rules stand', () => {
    for (const rules of [
      [perEuro(), times('1.5'), bonus('50')],
      [bonus('50'), times('1.5'), perEuro()],
    ]) {
      expect(earnedFor(rules, 8700)).toBe(180)
    }
  })

  test('S5 +50 and then ×1.5: 205, by a fixed award, which is base', () => {
    expect(earnedFor([perEuro(), fixed('50'), times('1.5')], 8700)).toBe(205)
  })

  test.each<[MultiplierStacking, number]>([
    ['product', 261],
    ['sumOfBonuses', 217],
    ['best', 174],
  ])('S5 ×1.5 and ×2 by %s: %i', (multipliers, expected) => {
    expect(earnedFor([perEuro(), times('1.5'), times('2')], 8700, { multipliers })).toBe(expected)
  })

  test('S5 the default is the sum of bonuses', () => {
    expect(earnedFor([perEuro(), times('1.5'), times('2')], 8700)).toBe(217)
  })

  test('S5 every stage is told', () => {
    const rules = [perEuro(), times('1.5'), times('2'), bonus('50')]
    expect(earnedBy({ rules, multipliers: 'product' }, purchase(lines(8700)))).toMatchObject({
      points: 311,
      denominator: '200',
      rules: [
        { rule: 'base', stage: 'base', before: '17400', numerator: '52200', granted: '52200', basisMinor: 8700 },
        { rule: 'bonus', stage: 'flat', before: '10000', numerator: '10000' },
      ],
      multipliers: [
        { rule: 'times 1.5', factor: '1.5', lines: ['1'] },
        { rule: 'times 2', factor: '2', lines: ['1'] },
      ],
    })
  })
})

describe('multipliers', () => {
  const books = { field: 'categories', hasAny: ['books'] }
  const bought = [plainLine('1', 1000, ['books']), plainLine('2', 1000)]

  test('multiply the lines that they let through', () => {
    const earning = earnedBy({ rules: [perEuro(), times('3', { lines: books })] }, purchase(bought))
    expect(earning).toMatchObject({ points: 40, byLine: [30, 10], multipliers: [{ lines: ['1'] }] })
  })

  test('multiply the rules that they name', () => {
    const other = perEuro({ id: ruleId('other') })
    const named = awarding('named', { mode: 'multiplier', factor: '3', of: [ruleId('other')] })
    for (const multipliers of ['product', 'sumOfBonuses', 'best'] as const) {
      expect(earnedFor([perEuro(), other, named], 1000, { multipliers })).toBe(40)
    }
    const both = { product: 10 * 2 + 10 * 6, sumOfBonuses: 10 * 2 + 10 * 4, best: 10 * 2 + 10 * 3 }
    for (const multipliers of ['product', 'sumOfBonuses', 'best'] as const) {
      expect(earnedFor([perEuro(), other, named, times('2')], 1000, { multipliers })).toBe(both[multipliers])
    }
  })

  test('below 1 they lessen, and never below 0', () => {
    expect(earnedFor([perEuro(), times('0.5')], 1000)).toBe(5)
    expect(earnedFor([perEuro(), times('0'), times('0.5')], 1000)).toBe(0)
    expect(earnedFor([perEuro(), times('0.5'), times('0.25')], 1000, { multipliers: 'best' })).toBe(5)
  })

  test('base points that several lessen to less than nothing take nothing from what is flat', () => {
    const less = [perEuro(), times('0'), times('0.5'), bonus('8')]
    expect(earnedFor(less, 1000)).toBe(8)
    expect(earnedFor(less, 1000, { multipliers: 'product' })).toBe(8)
    expect(earnedFor(less, 1000, { multipliers: 'best' })).toBe(13)
  })

  test('each line has its own best, or product, or sum', () => {
    const rules = [perEuro(), times('3', { lines: books }), times('2')]
    const of = (multipliers: MultiplierStacking) => earnedBy({ rules, multipliers }, purchase(bought)).byLine
    expect(of('best')).toEqual([30, 20])
    expect(of('product')).toEqual([60, 20])
    expect(of('sumOfBonuses')).toEqual([40, 20])
  })

  test('without base points there is nothing to multiply', () => {
    expect(earnedFor([times('2'), bonus('5')], 1000)).toBe(5)
  })
})

describe('S6 rounded once', () => {
  test('S6 ×1.25 twice on 87 and on 3: 135 and 4, since nothing is rounded between the stages', () => {
    const twice = [perEuro(), times('1.25'), times('1.25', { id: ruleId('again') })]
    expect(earnedFor(twice, 8700, { multipliers: 'product' })).toBe(135)
    expect(earnedFor(twice, 300, { multipliers: 'product' })).toBe(4)
  })
})
