import { expect, test } from 'vitest'
import { activity, buys, following, joins, shop, shopJson } from '../shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const rolling = (amount: number) => ({ type: 'rolling', after: { amount, unit: 'month' }, from: 'earning' })

test('S32 S63 converted points keep their date, unless the rate says that they get a new one', () => {
  const diesWith = (rate: object) => {
    const program = shop({
      wallets: [
        { ...shopJson.wallets[0], expiry: rolling(6) },
        { ...shopJson.wallets[0], id: 'stars', expiry: rolling(12) },
      ],
      conversions: [{ from: 'points', to: 'stars', rate: { from: 3, to: 1 }, validFrom: day1, ...rate }],
    })
    const converts = {
      type: 'conversion',
      id: 'c',
      at: '2026-02-01T00:00:00Z',
      from: 'points',
      to: 'stars',
      points: 100,
    }
    const { state } = following(program, [joins(day1), buys('o', day1, '100.00'), activity(converts)])
    const stars = state.wallets.find(({ id }) => id === 'stars')
    expect([state.wallets[0]?.active, stars?.active]).toEqual([1, 33])
    return stars?.lots[0]?.expiresAt
  }
  expect(diesWith({})).toBe(Date.UTC(2026, 6, 1))
  expect(diesWith({ expiry: 'keep' })).toBe(Date.UTC(2026, 6, 1))
  expect(diesWith({ expiry: 'renew' })).toBe(Date.UTC(2027, 1, 1))
})
