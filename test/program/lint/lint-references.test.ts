import { describe, expect, test } from 'vitest'
import { shop, statusLadder, wallet } from '../shop.ts'
import { codes, days, earning, fixed, pair } from './lint-pair.ts'

const goal = (more: object) => {
  const challenge = {
    id: 'orders',
    measure: { type: 'times' },
    window: { type: 'whole' },
    levels: [{ id: 'ten', target: 10 }],
  }
  return { challenge: { ...challenge, ...more }, on: 'purchase' }
}
const streak = (more: object) => ({
  streak: {
    id: 'daily',
    calendar: { unit: 'day' },
    actionsPerPeriod: 1,
    levels: [{ id: 'week', periods: 7 }],
    ...more,
  },
  on: 'purchase',
})

/** A rule that hears of levels, in a program with challenges of every kind. */
const hearing = (when: object) => ({
  ...earning([{ ...fixed('gift', when), on: 'challengeReached', whenUnknown: 'skip' }], {
    actions: [
      {
        name: 'challengeReached',
        fields: [
          { name: 'challenge', type: 'text' },
          { name: 'level', type: 'text' },
        ],
      },
    ],
  }),
  challenges: {
    goals: [goal({})],
    streaks: [streak({})],
    tenure: [{ id: 'membership', levels: [{ id: 'year', after: { amount: 1, unit: 'year' } }] }],
  },
})

describe('names', () => {
  test('what the program does by itself is not done as often as a member likes', () => {
    expect(codes(shop(hearing({ field: 'level', is: 'ten' })))).not.toContain('unboundedAction')
  })

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
      'a tier that a goal asks for',
      { challenges: { goals: [goal({ when: { field: 'tiers', hasAny: ['status/platin'] } })] } },
      ['challenges', 'goals', 0, 'challenge', 'when', 'hasAny', 0],
    ],
    [
      'a tier that a streak asks for',
      { challenges: { streaks: [streak({ when: { field: 'tiers', hasNone: ['status/platin'] } })] } },
      ['challenges', 'streaks', 0, 'streak', 'when', 'hasNone', 0],
    ],
    ['a challenge', hearing({ field: 'challenge', is: 'reviews' }), ['earning', 'rules', 0, 'when', 'is']],
    [
      'a level',
      hearing({
        all: [
          { field: 'challenge', in: ['orders', 'daily', 'membership'] },
          { field: 'level', in: ['ten', 'week', 'year', 'tenth'] },
        ],
      }),
      ['earning', 'rules', 0, 'when', 'all', 1, 'in', 3],
    ],
    [
      'a wallet to convert into',
      { conversions: [{ from: 'points', to: 'miles', rate: { from: 1, to: 1 }, validFrom: '2020-01-01T00:00:00Z' }] },
      ['conversions', 0, 'to'],
    ],
  ])('%s that the program does not have', (name, having, path) => {
    // Of conditions of rules and of waiting points there is a history that comes nearest to what is asked for.
    const isRun = name === 'a pending action' || name === 'a tier'
    const { finding } = pair('unknownReference', having, {}, {}, {}, !isRun)
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
    pair('unknownReference', program('night'), program('nights'), {}, {}, true)
  })
})
