import { describe, expect, test } from 'vitest'
import { type Cap, emptyEarningContext, remainingLines } from '../../src/earning/index.ts'
import { type CampaignId, type CapId, type LineId, unwrap, type WalletId } from '../../src/foundation/index.ts'
import { awarding, earnedBy, lines, perEuro, points, purchase, ruleId } from './counter.ts'

const cap = (limit: number, more: Partial<Cap> = {}): Cap => ({
  id: 'cap' as CapId,
  wallet: points,
  limit,
  counts: 'points',
  window: { type: 'activity' },
  onExceed: 'truncate',
  ...more,
})

describe('S10 a cap of 500 for each order, and 700 earned', () => {
  const of = (onExceed: Cap['onExceed']) =>
    earnedBy({ rules: [perEuro()], caps: [cap(500, { onExceed })] }, purchase(lines(40_000, 30_000)))

  test('S10 reject: 0', () => {
    expect(of('reject')).toMatchObject({ points: 0, desired: 700, byLine: [0, 0], parts: [] })
  })

  test('S10 truncate: 500, with what was desired and granted', () => {
    expect(of('truncate')).toMatchObject({
      points: 500,
      desired: 700,
      byLine: [286, 214],
      rules: [{ numerator: '70000', granted: '50000' }],
      capSteps: [{ cap: 'cap', desired: '70000', granted: '50000', room: 500 }],
      deferred: [],
    })
  })

  test('S10 a period cap of 1,000 with 900 used, and 150 earned: 100, and 50 wait where the cap defers', () => {
    const period = { window: { type: 'calendar', calendar: { unit: 'day' } } } as const
    const context = { ...emptyEarningContext, rooms: [{ cap: 'cap' as CapId, room: 100 }] }
    const granted = (onExceed: Cap['onExceed']) =>
      earnedBy({ rules: [perEuro()], caps: [cap(1000, { ...period, onExceed })] }, purchase(lines(15_000)), context)
    expect(granted('truncate')).toMatchObject({ points: 100, deferred: [] })
    expect(granted('defer')).toMatchObject({
      points: 100,
      deferred: [{ cap: 'cap', points: 50, parts: [{ points: 50 }] }],
    })
  })

  test('rounding cannot exceed a cap, also where lines are rounded up', () => {
    const rules = { rules: [perEuro()], caps: [cap(5)], rounding: { mode: 'ceil', on: 'line' } } as const
    expect(earnedBy(rules, purchase(lines(250, 250, 250)))).toMatchObject({ points: 5, desired: 9, byLine: [2, 2, 1] })
  })

  test('only what a cap counts is cut', () => {
    const campaign = { campaign: 'summer' as CampaignId, id: ruleId('summer') }
    const caps = [cap(5, { of: { campaigns: ['summer' as CampaignId] } })]
    expect(earnedBy({ rules: [perEuro(), perEuro(campaign)], caps }, purchase(lines(1000))).points).toBe(15)
    expect(
      earnedBy({ rules: [perEuro()], caps: [cap(5, { wallet: 'other' as WalletId })] }, purchase(lines(1000))).points,
    ).toBe(10)
  })
})

describe('S11 a base of 400 and a promotion of 300, and a cap of 500', () => {
  const promotion = awarding('promotion', { mode: 'bonus', points: '300' }, { lot: { kind: 'promotional' } })
  test.each<[Cap['cut'] & string, number, number]>([
    ['promotionalFirst', 400, 100],
    ['regularFirst', 200, 300],
    ['proportional', 286, 214],
  ])('S11 %s: %i + %i', (cut, regular, promotional) => {
    const earning = earnedBy({ rules: [perEuro(), promotion], caps: [cap(500, { cut })] }, purchase(lines(40_000)))
    expect(earning.parts).toMatchObject([
      { kind: 'regular', points: regular },
      { kind: 'promotional', points: promotional },
    ])
  })
})

describe('S13 a cap of 250 for each order, and a return', () => {
  test('S13 lines of 100, 150 and 200: the return of the last takes nothing, since the rest earns 250', () => {
    const rules = { rules: [perEuro()], caps: [cap(250)] }
    const bought = lines(10_000, 15_000, 20_000)
    expect(earnedBy(rules, purchase(bought))).toMatchObject({ points: 250, desired: 450, byLine: [56, 83, 111] })
    const rest = unwrap(remainingLines(bought, [{ line: '3' as LineId }]))
    expect(earnedBy(rules, purchase(rest))).toMatchObject({ points: 250, desired: 250 })
  })
})
