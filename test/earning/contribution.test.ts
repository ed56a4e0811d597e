import { describe, expect, test } from 'vitest'
import {
  compileEarning,
  type EarningRule,
  earn,
  emptyEarningContext,
  type WalletEarning,
} from '../../src/earning/index.ts'
import { unwrap, utc, type WalletId } from '../../src/foundation/index.ts'
import { eur, plainLine } from '../arbitraries/earning.ts'
import {
  action,
  awarding,
  earnedBy,
  fixed,
  floorOnOrder,
  lines,
  perEuro,
  points,
  purchase,
  ruleId,
  times,
} from './counter.ts'

describe('awards', () => {
  test('fixed, by what the lines cost; evenly where they cost nothing', () => {
    expect(earnedBy({ rules: [fixed('10')] }, purchase(lines(300, 100)))).toMatchObject({ points: 10, byLine: [8, 2] })
    expect(earnedBy({ rules: [fixed('10')] }, purchase(lines(0, 0, 0)))).toMatchObject({
      points: 10,
      byLine: [4, 3, 3],
    })
    expect(earnedBy({ rules: [fixed('10')] }, purchase([]))).toMatchObject({ points: 0, byLine: [] })
  })

  test('per full number of items, by how many each line has', () => {
    const rules = [awarding('items', { mode: 'perItem', points: '5', every: 2 })]
    const bought = [plainLine('1', 0, [], 4), plainLine('2', 900, [], 1)]
    expect(earnedBy({ rules }, purchase(bought))).toMatchObject({ points: 10, byLine: [8, 2] })
    expect(earnedBy({ rules }, purchase(bought.slice(1)))).toMatchObject({ points: 0 })
  })

  test('per value of an action, by full steps or in proportion', () => {
    const actions = [{ name: 'review', fields: [{ name: 'words', type: 'integer', required: true }] }] as const
    const rules = (steps: 'step' | 'linear') => [
      awarding('words', { mode: 'perValue', field: 'words', points: '3', per: 50, steps }, { on: 'review' }),
    ]
    const of = (steps: 'step' | 'linear', words: number) =>
      earnedBy({ rules: rules(steps), actions }, action('review', { words })).points
    expect([of('step', 99), of('step', 100), of('linear', 99), of('step', -100)]).toEqual([3, 6, 5, 0])
    const idle = earnedBy({ rules: rules('step'), actions }, action('review'))
    expect(idle).toMatchObject({ points: 0, rules: [] })
  })

  test('an action that no rule is about earns in no wallet', () => {
    const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules: [perEuro()] })
    expect(unwrap(earn(compiled, action('constructor'), utc, emptyEarningContext))).toEqual({ wallets: [] })
  })

  test('in several wallets, in the decimals of each', () => {
    const status = 'status' as WalletId
    const compiled = compileEarning(
      eur,
      [
        { id: points, decimals: 0 },
        { id: status, decimals: 2 },
      ],
      { rounding: floorOnOrder, rules: [perEuro({ also: [status] })] },
    )
    const { wallets } = unwrap(earn(compiled, purchase(lines(1999)), utc, emptyEarningContext))
    expect(wallets.map(({ wallet, points: all }) => [wallet, all])).toEqual([
      [points, 19],
      [status, 1999],
    ])
  })
})

describe('milestones', () => {
  const every = (of: 'spend' | 'orders' | 'times', more: Partial<EarningRule> = {}) =>
    awarding(
      'milestone',
      of === 'spend'
        ? { mode: 'milestone', of, every: { minor: 10_000, currency: eur }, points: '50' }
        : { mode: 'milestone', of, every: 10, points: '50' },
      more,
    )
  const progressed = (counted: number, paid: number) => ({
    ...emptyEarningContext,
    milestones: [{ rule: ruleId('milestone'), counted, paid }],
  })
  const of = (rules: ReadonlyArray<EarningRule>, context = emptyEarningContext, minor = 5000): WalletEarning =>
    earnedBy({ rules }, purchase(lines(minor)), context)

  test('each level that spending reaches earns', () => {
    expect(of([every('spend')])).toMatchObject({ points: 0, levels: [{ counted: 5000, levels: 0 }] })
    expect(of([every('spend')], progressed(5000, 0))).toMatchObject({ points: 50, levels: [{ levels: 1 }] })
    expect(of([every('spend')], progressed(5000, 0), 25_000)).toMatchObject({ points: 150, levels: [{ levels: 3 }] })
  })

  test('the 10th order, and the 10th time of an action', () => {
    expect(of([every('orders')], progressed(8, 0)).points).toBe(0)
    expect(of([every('orders')], progressed(9, 0)).points).toBe(50)
    const actions = [{ name: 'visit', fields: [] }]
    const visit = { rules: [every('times', { on: 'visit' })], actions }
    expect(earnedBy(visit, action('visit'), progressed(9, 0))).toMatchObject({ points: 50, byLine: [] })
  })

  test('S52 a level that was paid is not paid again, however far a return has set the count back', () => {
    expect(of([every('spend')], progressed(5000, 1))).toMatchObject({ points: 0, levels: [{ levels: 0 }] })
    expect(of([every('spend')], progressed(15_000, 1)).points).toBe(50)
  })

  test('no multiplier raises them', () => {
    expect(of([every('spend'), times('2'), perEuro()], progressed(5000, 0)).points).toBe(150)
  })

  test('a count that leaves the exact range is OutOfRange', () => {
    const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], {
      rounding: floorOnOrder,
      rules: [every('spend')],
    })
    expect(earn(compiled, purchase(lines(100)), utc, progressed(Number.MAX_SAFE_INTEGER, 0))).toMatchObject({
      left: { _tag: 'OutOfRange', path: ['milestones', 0] },
    })
  })
})
