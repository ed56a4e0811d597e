// The smallest amount by search against the first of all amounts that is enough.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  formatAmount,
  type Instant,
  type LineId,
  money,
  type Points,
  parseInstant,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  type CompiledProgram,
  decide,
  type Goal,
  hasReached,
  type MemberState,
  type SpendPlan,
  smallestSpend,
} from '../../src/program/index.ts'
import { anna, play, programWithHistory } from '../arbitraries/program.ts'
import { wideHistory } from '../arbitraries/wide-program.ts'
import { buys, following, joins, member, shop, shopJson, statusLadder } from './shop.ts'

const hasBudgets = ({ program }: CompiledProgram): boolean =>
  program.earning.caps?.some(({ per }) => per?.scope === 'everyone') ?? false

const planOf = (at: Instant, currency: string, minor: number): SpendPlan => ({
  purchase: { id: 'what if' as ActivityId, member: anna, at },
  line: { id: 'line' as LineId },
  largest: { minor, currency: currency as SpendPlan['largest']['currency'] },
})

/** The first of all amounts that is enough. */
const slowSmallest = (
  program: CompiledProgram,
  state: MemberState,
  { purchase, line, largest }: SpendPlan,
  goal: Goal,
  by: Instant,
): number | null | undefined => {
  if (hasReached(program, state, goal, by)) return null
  for (let minor = 0; minor <= largest.minor; minor += 1) {
    const lines = [{ ...line, amount: { minor, currency: largest.currency } }]
    const decided = decide(program, state, { ...purchase, type: 'purchase', lines }, { trace: false })
    if (decided._tag === 'Right' && hasReached(program, decided.right.state, goal, by)) return minor
  }
  return undefined
}

const goalOf = ({ program }: CompiledProgram, state: MemberState, more: number): Goal => {
  const ladder = program.ladders[0]
  const top = ladder?.tiers[ladder.tiers.length - 1]
  if (more % 2 === 0 && ladder !== undefined && top !== undefined) {
    return { type: 'tier', ladder: ladder.id, tier: top.id }
  }
  const wallet = program.wallets[0]?.id ?? ('' as never)
  const active = state.wallets.find(({ id }) => id === wallet)?.active ?? 0
  return { type: 'points', wallet, points: (active + more) as Points }
}

describe('smallestSpend', () => {
  test.each([
    ['programs', programWithHistory],
    ['wide programs', wideHistory],
  ] as const)('is the first of all amounts that is enough, over %s', (_name, arbitrary) => {
    fc.assert(
      fc.property(
        arbitrary,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 400 }),
        fc.nat({ max: 40 }),
        ({ program, activities }, more, largest, days) => {
          fc.pre(!hasBudgets(program))
          const { state } = play(program, activities)
          const at = Math.max(...activities.map((activity) => activity.at)) as Instant
          const by = (at + days * 86_400_000) as Instant
          const plan = planOf(at, program.program.currency, largest)
          const goal = goalOf(program, state, more)
          const found = smallestSpend(program, state, plan, goal, { by })
          const slow = slowSmallest(program, state, plan, goal, by)
          if (slow === undefined) expect(found._tag).toBe('Left')
          else expect(unwrap(found)?.amount.minor ?? null).toBe(slow)
        },
      ),
    )
  })

  const start = following(shop(), [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '940.00')]).state
  const at = unwrap(parseInstant('2026-03-01T00:00:00Z'))
  const gold = { type: 'tier', ladder: 'status', tier: 'gold' } as Goal
  const largest = unwrap(money('500.00', 'EUR')).minor
  const spent = (program: CompiledProgram, goal: Goal, options = {}): string => {
    const { state } = following(program, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '940.00')])
    const found = smallestSpend(program, state, planOf(at, 'EUR', largest), goal, options)
    if (found._tag === 'Left') return found.left._tag
    return found.right === null ? 'nothing' : formatAmount(found.right.amount)
  }

  test('what is missing to the next tier, at two points for a euro from 20 euros on', () => {
    const double = { ...shopJson.earning.rules[0], id: 'double', when: { field: 'amount', atLeast: '20.00' } }
    const rules = [shopJson.earning.rules[0], double]
    const program = shop({ ladders: [statusLadder], earning: { ...shopJson.earning, rules } })
    // 940 euros gave 1,880 points already: the tier is there.
    expect(spent(program, gold)).toBe('nothing')
    const single = shop({ ladders: [statusLadder] })
    expect(spent(single, gold)).toBe('60.00')
    const wallet = { type: 'points', wallet: 'points', points: 1910 as Points } as Goal
    expect(spent(program, wallet)).toBe('20.00')
    expect(spent(program, { ...wallet, points: 1890 as Points } as Goal)).toBe('10.00')
  })

  test('points that wait are not there before they are active', () => {
    const pending = { type: 'duration', duration: { amount: 14, unit: 'day' } }
    const program = shop({ wallets: [{ ...shopJson.wallets[0], pending }] })
    const goal = { type: 'points', wallet: 'points', points: 950 as Points } as Goal
    expect(spent(program, goal)).toBe('GoalOutOfReach')
    expect(spent(program, goal, { by: (at + 14 * 86_400_000) as Instant })).toBe('10.00')
  })

  test('where more can be less, every amount is tried', () => {
    const rules = [
      shopJson.earning.rules[0],
      {
        id: 'fee',
        wallet: 'points',
        when: { field: 'amount', atLeast: '30.00' },
        award: { mode: 'bonus', points: '-25' },
      },
    ]
    const program = shop({ earning: { ...shopJson.earning, rules } })
    const goal = { type: 'points', wallet: 'points', points: (970 - 25) as Points } as Goal
    // 915 points are there: 29.99 euros are a point too little, and 30.00 cost 25.
    expect(spent(program, goal)).toBe('55.00')
    expect(spent(program, { ...goal, points: 940 as Points } as Goal)).toBe('25.00')
    expect(spent(program, { ...goal, points: 1100 as Points } as Goal, { mostTries: 1000 })).toBe('OutOfRange')
  })

  test('what cannot be answered is told', () => {
    const goal = { type: 'points', wallet: 'points', points: 10_000 as Points } as Goal
    expect(spent(shop(), goal)).toBe('GoalOutOfReach')
    expect(smallestSpend(shop(), member(), planOf(at, 'EUR', 100), goal)).toMatchObject({
      left: { _tag: 'NotEnrolled' },
    })
    expect(smallestSpend(shop(), start, planOf(at, 'USD', 100), goal)).toMatchObject({
      left: { path: ['plan', 'largest', 'currency'] },
    })
    const by = unwrap(parseInstant('2026-02-01T00:00:00Z'))
    expect(smallestSpend(shop(), start, planOf(at, 'EUR', 100), goal, { by })).toMatchObject({
      left: { path: ['options', 'by'] },
    })
  })
})
