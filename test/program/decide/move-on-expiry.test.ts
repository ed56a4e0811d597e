import { expect, test } from 'vitest'
import { activity, buys, eur, following, joins, returns, shop, shopJson } from '../shop.ts'

const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T00:00:00Z`
const rolling = (amount: number) => ({ type: 'rolling', after: { amount, unit: 'day' }, from: 'earning' })
const wallets = [
  { ...shopJson.wallets[0], expiry: rolling(10), onExpiry: { type: 'move', wallet: 'stars' } },
  { ...shopJson.wallets[0], id: 'stars', expiry: rolling(90) },
]
const bought = [joins(day(1)), buys('o', day(1), '100.00')]

test('points that were held when the rest of their lot moved follow as a lot of their own', () => {
  const held = activity({ type: 'hold', id: 'h', at: day(2), wallet: 'points', points: 40 })
  const freed = activity({ type: 'holdRelease', id: 'f', at: day(21), hold: 'h' })
  const { state } = following(shop({ wallets }), [...bought, held, freed])
  const stars = state.wallets.find(({ id }) => id === 'stars')
  expect(stars?.lots.map(({ points }) => points)).toEqual([60, 40])
  expect(new Set(stars?.lots.map(({ id }) => id)).size).toBe(2)
  const all = activity({ type: 'redemption', id: 's', at: day(22), wallet: 'stars', points: 100 })
  expect(following(shop({ wallets }), [all], state).state.wallets).toMatchObject([
    { active: 0, pending: 0 },
    { active: 0, pending: 0, lots: [] },
  ])
})

test('what came from another wallet is no part of what a purchase earned in this one', () => {
  const rules = ['points', 'stars'].map((id) => ({ ...shopJson.earning.rules[0], id, wallet: id }))
  const conversions = [{ from: 'points', to: 'stars', rate: { from: 1, to: 1 }, validFrom: day(1) }]
  const ownOnly = { limit: 'unlimited', from: 'ownLotOnly' }
  const spent = activity({ type: 'redemption', id: 's', at: day(2), wallet: 'stars', points: 100 })
  const converted = activity({ type: 'conversion', id: 'c', at: day(3), from: 'points', to: 'stars', points: 100 })
  const figures = (returnedOn: number, ...more: ReadonlyArray<ReturnType<typeof activity>>) => {
    const of = [wallets[0], { ...wallets[1], clawBack: ownOnly }]
    const program = shop({ wallets: of, conversions, earning: { ...shopJson.earning, rules } })
    const { state } = following(program, [
      ...bought,
      spent,
      ...more,
      returns('r', day(returnedOn), 'o', { line: '1', amount: eur('100.00') }),
    ])
    const stars = state.wallets.find(({ id }) => id === 'stars')
    return [stars?.active, stars?.debt]
  }
  expect(figures(9, converted)).toEqual([100, 100])
  expect(figures(20)).toEqual([100, 100])
})
