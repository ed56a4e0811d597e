// The smallest amount of several visits by search against the first of all amounts that is enough.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  formatAmount,
  type Instant,
  type LineId,
  money,
  parseInstant,
  unwrap,
} from '../../../src/foundation/index.ts'
import {
  type CompiledProgram,
  decide,
  type Goal,
  hasReached,
  type MemberState,
  noSharedUsage,
  smallestSpendPerVisit,
  type VisitPlan,
} from '../../../src/program/index.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { following, joins, member, shop, shopJson } from '../shop.ts'
import { daysAfter, question, rewardOf } from './tiered-shop.ts'

fewerRuns()

const start = unwrap(parseInstant('2026-01-05T00:00:00Z'))

const planOf = (dates: ReadonlyArray<Instant>, minor: number): VisitPlan => ({
  visits: dates.map((at, index) => ({ id: `visit ${index}` as ActivityId, member: member().member, at })),
  line: { id: 'line' as LineId },
  largest: { ...unwrap(money('0.00', 'EUR')), minor },
})

const isEnough = (
  program: CompiledProgram,
  state: MemberState,
  { visits, line, largest }: VisitPlan,
  minor: number,
  goal: Goal,
  by: Instant,
): boolean => {
  let now = state
  for (const visit of visits) {
    const lines = [{ ...line, amount: { minor, currency: largest.currency } }]
    const decided = decide(program, now, { ...visit, type: 'purchase', lines }, { trace: false })
    if (decided._tag === 'Left') return false
    now = decided.right.state
  }
  return hasReached(program, now, goal, by)
}

/** The first of all amounts that is enough. */
const slowSmallest = (program: CompiledProgram, state: MemberState, plan: VisitPlan, goal: Goal, by: Instant) => {
  if (hasReached(program, state, goal, by)) return null
  for (let minor = 0; minor <= plan.largest.minor; minor += 1) {
    if (isEnough(program, state, plan, minor, goal, by)) return minor
  }
  return undefined
}

describe('smallestSpendPerVisit', () => {
  test('is the first of all amounts, also with gifts, redemptions and caps that visits share', () => {
    fc.assert(
      fc.property(
        question,
        fc.array(fc.constantFrom(0, 1, 1, 3), { minLength: 0, maxLength: 2 }),
        ({ program, before, goal, days }, gaps) => {
          const { state } = following(program, before)
          const [first = 0, second = 0] = gaps
          const dates = [0, first, first + second].slice(0, gaps.length + 1).map((day) => daysAfter(start, day))
          const by = daysAfter(dates[dates.length - 1] ?? start, days)
          const plan = planOf(dates, 240)
          const found = smallestSpendPerVisit(program, state, plan, goal, { by })
          const slow = slowSmallest(program, state, plan, goal, by)
          if (slow === undefined) expect(found._tag).toBe('Left')
          else expect(unwrap(found)?.amount.minor ?? null).toBe(slow)
        },
      ),
    )
  })

  const points = (wanted: number) => ({ type: 'points', wallet: 'points', points: wanted }) as Goal
  const monthly = {
    id: 'monthly',
    wallet: 'points',
    counts: 'points',
    limit: 100,
    window: { type: 'calendar', calendar: { unit: 'month' } },
    onExceed: 'truncate',
  }
  const capped = (cap: object) => shop({ earning: { ...shopJson.earning, caps: [{ ...monthly, ...cap }] } })
  const saidOf = (program: CompiledProgram, goal: Goal, days: ReadonlyArray<number>, options = {}) => {
    const { state } = following(program, [joins('2026-01-01T00:00:00Z')])
    const plan = planOf(
      days.map((day) => daysAfter(start, day)),
      50_000,
    )
    const found = smallestSpendPerVisit(program, state, plan, goal, options)
    if (found._tag === 'Left') return found.left._tag
    return found.right === null ? 'nothing' : formatAmount(found.right.amount)
  }

  test('a cap a month: a visit a month', () => {
    const few = { mostTries: 100 }
    expect(saidOf(capped({}), points(250), [0, 31, 59], few)).toBe('84.00')
    expect(saidOf(capped({}), points(301), [0, 31, 59], few)).toBe('GoalOutOfReach')
    expect(saidOf(capped({}), points(0), [0])).toBe('nothing')
    // Visits of one month share its room.
    expect(saidOf(capped({}), points(100), [0, 1, 2], few)).toBe('34.00')
    const budget = capped({ window: { type: 'lifetime' }, per: { scope: 'everyone' } })
    expect(saidOf(budget, points(100), [0, 1, 2], { budgets: [], shared: noSharedUsage })).toBe('34.00')
    expect(saidOf(budget, points(101), [0, 1, 2], { budgets: [], shared: noSharedUsage })).toBe('GoalOutOfReach')
    expect(saidOf(budget, points(101), [0, 1, 2])).toBe('MissingBudget')
  })

  test('what the first visit takes of a cap is missing to the second, whose points alone are left', () => {
    const expiry = { type: 'rolling', after: { amount: 3, unit: 'day' }, from: 'earning' }
    const program = shop({
      wallets: [{ ...shopJson.wallets[0], expiry }],
      earning: { ...shopJson.earning, caps: [{ ...monthly, window: { type: 'lifetime' } }] },
    })
    // With 45 to 55 euros each there are 45 points left for the second one.
    expect(saidOf(program, points(45), [0, 4])).toBe('45.00')
    expect(saidOf(program, points(51), [0, 4])).toBe('GoalOutOfReach')
  })

  test('the purchases and decisions of the answer follow one another', () => {
    const program = shop({ rewards: [rewardOf('cup', 25)] })
    const { state } = following(program, [joins('2026-01-01T00:00:00Z')])
    const plan = planOf([start, daysAfter(start, 1)], 5000)
    const found = unwrap(smallestSpendPerVisit(program, state, plan, { type: 'reward', reward: 'cup' } as Goal))
    expect(found?.purchases.map(({ id, lines }) => [id, lines[0]?.amount.minor])).toEqual([
      ['visit 0', 1300],
      ['visit 1', 1300],
    ])
    expect(found?.decisions.map((one) => one.state.wallets[0]?.active)).toEqual([13, 26])
  })

  test('what cannot be answered is told', () => {
    const faultOf = (plan: VisitPlan, goal: Goal, options = {}) => {
      const { state } = following(shop(), [joins('2026-01-01T00:00:00Z')])
      const found = smallestSpendPerVisit(shop(), state, plan, goal, options)
      return found._tag === 'Left' ? [found.left._tag, ...found.left.path] : []
    }
    const plan = planOf([start, daysAfter(start, 1)], 100)
    expect(faultOf(planOf([], 100), points(1))).toEqual(['InvalidValue', 'plan', 'visits'])
    expect(faultOf(plan, points(1), { by: start })).toEqual(['InvalidValue', 'options', 'by'])
    const usd = unwrap(money('1.00', 'USD'))
    expect(faultOf({ ...plan, largest: usd }, points(1))).toEqual(['InvalidValue', 'plan', 'largest', 'currency'])
    expect(faultOf(plan, { type: 'reward', reward: 'cup' } as Goal)).toEqual(['InvalidValue', 'goal', 'reward'])
    expect(faultOf(plan, points(3))).toEqual(['GoalOutOfReach', 'goal'])
    expect(faultOf(plan, points(1), { mostTries: 1 })).toEqual(['OutOfRange', 'options', 'mostTries'])
    expect(faultOf(planOf([daysAfter(start, 1), start], 100), points(1))).toEqual(['ActivityOutOfOrder', 'at'])
  })
})
