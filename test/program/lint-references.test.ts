import { describe, expect, test } from 'vitest'
import { days, earning, fixed, pair } from './lint-pair.ts'
import { statusLadder, wallet } from './shop.ts'

describe('names', () => {
  test.each([
    [
      'a pending action',
      wallet({ pending: { type: 'action', action: 'delivery', cancelAfter: days(30) } }),
      ['wallets', 0, 'pending', 'action'],
    ],
    [
      'an action that keeps points alive',
      wallet({ expiry: { type: 'inactivity', after: days(400), resetBy: ['accrual'], resetByActions: ['visit'] } }),
      ['wallets', 0, 'expiry', 'resetByActions', 0],
    ],
    [
      'a tier',
      earning([fixed('gold', { field: 'tiers', hasAny: ['status/platin'] })]),
      ['earning', 'rules', 0, 'when', 'hasAny', 0],
    ],
    [
      'a wallet to convert into',
      { conversions: [{ from: 'points', to: 'miles', rate: { from: 1, to: 1 }, validFrom: '2020-01-01T00:00:00Z' }] },
      ['conversions', 0, 'to'],
    ],
  ])('%s that the program does not have', (_name, having, path) => {
    const { finding } = pair('unknownReference', having, {})
    expect(finding.path).toEqual(path)
    expect(finding.witness).toMatchObject({ type: 'name' })
  })

  test('an attribute that a metric adds up', () => {
    const program = (attribute: string) => ({
      ...earning([], { actions: [{ name: 'stay', fields: [{ name: 'nights', type: 'integer' }] }] }),
      ladders: [
        {
          ...statusLadder,
          metrics: [{ id: 'points', of: 'action', action: 'stay', attribute }],
        },
      ],
    })
    pair('unknownReference', program('night'), program('nights'))
  })
})
