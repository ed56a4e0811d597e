import { describe, expect, test } from 'vitest'
import { compileEarning, type EarningRule, earn, emptyEarningContext } from '../../src/earning/index.ts'
import { utc } from '../../src/foundation/index.ts'
import { eur, plainLine } from '../arbitraries/earning.ts'
import { awarding, earnedBy, floorOnOrder, lines, perEuro, points, purchase, ruleId } from './counter.ts'

describe('what can be missing', () => {
  const online = (more: Partial<EarningRule>) =>
    perEuro({ when: { field: 'channel', is: 'web' }, ...more } as Partial<EarningRule>)
  const outcome = (rules: ReadonlyArray<EarningRule>, activity = purchase(lines(1000))) => {
    const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules })
    const result = earn(compiled, activity, utc, emptyEarningContext)
    return result._tag === 'Left' ? result.left : result.right.wallets[0]?.points
  }

  test('skips, earns, or refuses', () => {
    expect(outcome([online({ whenUnknown: 'skip' })])).toBe(0)
    expect(outcome([online({ whenUnknown: 'earn' })])).toBe(10)
    expect(outcome([online({ whenUnknown: 'reject' })])).toEqual({
      _tag: 'UnknownFact',
      path: ['attributes', 'channel'],
      expected: 'channel, without which rule base cannot be counted',
      rule: 'base',
      fields: ['channel'],
    })
    for (const whenUnknown of ['skip', 'earn', 'reject'] as const) {
      expect(outcome([online({ whenUnknown })], purchase(lines(1000), undefined, { channel: 'web' }))).toBe(10)
      expect(outcome([online({ whenUnknown })], purchase(lines(1000), undefined, { channel: 'shop' }))).toBe(0)
    }
  })

  test('rules that earn nevertheless keep their place among the others', () => {
    const earning = earnedBy(
      { rules: [online({ id: ruleId('first'), whenUnknown: 'earn', stop: true }), perEuro()] },
      purchase(lines(1000)),
    )
    expect(earning.rules.map(({ rule: one }) => one)).toEqual(['first'])
  })

  test('a return is never refused: what is left is counted without the rules that lack a fact', () => {
    const when = { field: 'amount', lessThan: 1000 }
    const cases = [{ when: { field: 'channel', is: 'web' }, award: { mode: 'fixed', points: '3' } }] as const
    const rules = [
      perEuro(),
      perEuro({ id: ruleId('lines'), when, lines: { field: 'sku', is: 'A' }, whenUnknown: 'reject' }),
      perEuro({ id: ruleId('channel'), when: { all: [when, { field: 'channel', is: 'web' }] }, whenUnknown: 'reject' }),
      awarding('cases', null, { when, cases, whenUnknown: 'reject' }),
      awarding(
        'value',
        { mode: 'perValue', field: 'tenureDays', points: '1', per: 1, steps: 'step' },
        { when, whenUnknown: 'reject' },
      ),
    ]
    const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules })
    const of = (minor: number, mayRefuse: boolean) => {
      const result = earn(compiled, purchase(lines(minor)), utc, emptyEarningContext, { mayRefuse })
      return result._tag === 'Left' ? result.left._tag : result.right.wallets[0]?.points
    }
    expect([of(1000, true), of(900, true), of(900, false)]).toEqual([10, 'UnknownFact', 9])
  })

  test('of lines', () => {
    const bought = [{ ...plainLine('1', 1000), sku: 'A' }, plainLine('2', 500)]
    const sku = (whenUnknown: 'skip' | 'earn' | 'reject') => perEuro({ lines: { field: 'sku', is: 'A' }, whenUnknown })
    expect(outcome([sku('skip')], purchase(bought))).toBe(10)
    expect(outcome([sku('earn')], purchase(bought))).toBe(15)
    expect(outcome([sku('reject')], purchase(bought))).toMatchObject({
      _tag: 'UnknownFact',
      path: ['lines', 1, 'sku'],
      fields: ['sku'],
    })
    const hidden = bought.map((line) => ({ ...line, counts: line.sku !== null }))
    expect(outcome([sku('reject')], purchase(hidden))).toBe(10)
  })

  test('says only what is missing where it is missing', () => {
    const both = perEuro({
      when: {
        any: [
          { field: 'channel', is: 'web' },
          { field: 'orderNumber', atLeast: 1 },
        ],
      },
      lines: {
        any: [
          { field: 'sku', is: 'A' },
          { field: 'brand', is: 'X' },
        ],
      },
      whenUnknown: 'reject',
    })
    const bought = [{ ...plainLine('1', 1000), brand: 'Y' }]
    expect(outcome([both], purchase(bought))).toMatchObject({ fields: ['channel', 'orderNumber'] })
    expect(outcome([both], purchase(bought, undefined, { channel: 'shop' }))).toMatchObject({ fields: ['orderNumber'] })
    expect(outcome([both], purchase(bought, undefined, { channel: 'web' }))).toMatchObject({
      path: ['lines', 0, 'sku'],
      fields: ['sku'],
    })
  })

  test('of cases', () => {
    const cases = [{ when: { field: 'channel', is: 'web' }, award: { mode: 'fixed', points: '3' } }] as const
    const inCases = (whenUnknown: 'skip' | 'earn' | 'reject') =>
      awarding('cases', { mode: 'fixed', points: '1' }, { cases, whenUnknown })
    expect(outcome([inCases('skip')])).toBe(1)
    expect(outcome([inCases('earn')])).toBe(3)
    expect(outcome([inCases('reject')])).toMatchObject({ _tag: 'UnknownFact', fields: ['channel'] })
  })

  test('of values', () => {
    const value = (whenUnknown: 'skip' | 'earn' | 'reject') =>
      awarding('value', { mode: 'perValue', field: 'tenureDays', points: '1', per: 1, steps: 'step' }, { whenUnknown })
    expect(outcome([value('skip')])).toBe(0)
    expect(outcome([value('earn')])).toBe(0)
    expect(outcome([value('reject')])).toMatchObject({ _tag: 'UnknownFact', fields: ['tenureDays'] })
  })
})

describe('when a rule earns', () => {
  test('not in cooldown, and not outside its schedule', () => {
    const earning = (more: Partial<EarningRule>, context = emptyEarningContext) =>
      earnedBy({ rules: [perEuro(more)] }, purchase(lines(1000)), context).points
    expect(earning({}, { ...emptyEarningContext, cooling: [ruleId('base')] })).toBe(0)
    expect(earning({}, { ...emptyEarningContext, cooling: [ruleId('other')] })).toBe(10)
    expect(earning({ during: { weekdays: [7] } })).toBe(10)
    expect(earning({ during: { weekdays: [6] } })).toBe(0)
  })
})
