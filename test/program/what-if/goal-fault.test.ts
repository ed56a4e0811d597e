// Goals that name what the program does not have.
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  formatError,
  type LineId,
  money,
  parseInstant,
  unwrap,
} from '../../../src/foundation/index.ts'
import { cheapestBasket, type Goal, smallestSpend } from '../../../src/program/index.ts'
import { mugFor } from '../../rewards/reward-terms.ts'
import { following, joins, shop, shopJson, statusLadder } from '../shop.ts'

const at = unwrap(parseInstant('2026-03-01T00:00:00Z'))
const mug = mugFor(25)
const challenge = {
  id: 'spent',
  measure: { type: 'sum', field: 'amount' },
  window: { type: 'whole' },
  levels: [{ id: 'some', target: 1500 }],
}
const streak = { id: 'days', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: [{ id: 'one', periods: 1 }] }
const tenure = [{ id: 'years', levels: [{ id: 'first', after: { amount: 3, unit: 'month' } }] }]
const program = shop({
  ladders: [statusLadder],
  rewards: [mug],
  challenges: { goals: [{ challenge, on: 'purchase' }], streaks: [{ streak, on: 'purchase' }], tenure },
})

/** What both questions say. */
const saidOf = (goal: object, of = program): ReadonlyArray<string> => {
  const { state } = following(of, [joins('2026-01-01T00:00:00Z')])
  const purchase = { id: 'what if' as ActivityId, member: state.member, at }
  const line = { id: '1' as LineId }
  const price = unwrap(money('1.00', 'EUR'))
  const answers = [
    smallestSpend(of, state, { purchase, line, largest: price }, goal as Goal),
    cheapestBasket(of, state, { purchase, catalogue: [{ ...line, price }], mostItems: 1 }, goal as Goal),
  ]
  return [...new Set(answers.map((answer) => (answer._tag === 'Left' ? formatError(answer.left) : 'an answer')))]
}

describe('a goal that names what the program does not have', () => {
  test.each([
    [{ type: 'tier', ladder: 'level', tier: 'gold' }, 'goal.ladder: got "level", expected one of status.'],
    [{ type: 'tier', ladder: 'status', tier: 'platin' }, 'goal.tier: got "platin", expected one of basic, gold.'],
    [{ type: 'points', wallet: 'miles', points: 1 }, 'goal.wallet: got "miles", expected one of points.'],
    [{ type: 'reward', reward: 'cup' }, 'goal.reward: got "cup", expected one of mug.'],
    [
      { type: 'challenge', challenge: 'weeks', level: 'one' },
      'goal.challenge: got "weeks", expected one of spent, days, years.',
    ],
    [{ type: 'challenge', challenge: 'days', level: 'two' }, 'goal.level: got "two", expected one of one.'],
  ])('%j', (goal, said) => {
    expect(saidOf(goal)).toEqual([`Invalid value at ${said}`])
  })

  test('where there is nothing of the kind, and where there is much', () => {
    expect(saidOf({ type: 'reward', reward: 'cup' }, shop())).toEqual([
      'Invalid value at goal.reward: got "cup", expected nothing: the program has none.',
    ])
    const wallets = Array.from({ length: 22 }, (_, index) => ({ ...shopJson.wallets[0], id: `w${index}` }))
    const many = shop({ wallets: [...shopJson.wallets, ...wallets] })
    expect(saidOf({ type: 'points', wallet: 'miles', points: 1 }, many)[0]).toMatch(/points, w0, .*w18 and 3 more\.$/)
  })
})
