// A simulation against an app that decides one activity after the other.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityId, MemberId } from '../../../src/foundation/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  countShared,
  type Decision,
  decide,
  foldSimulation,
  type MemberState,
  newMember,
  noSharedUsage,
  simulate,
} from '../../../src/program/index.ts'
import { programWithHistory } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { activity, buys, joins, points, referralOf, shop } from '../shop.ts'

fewerRuns()

const ben = 'ben' as MemberId

/** The history of one member, told of a second one as well, one after the other. */
const twice = (activities: ReadonlyArray<Activity>): ReadonlyArray<Activity> =>
  activities.flatMap((one) => [one, { ...one, id: `${one.id} of ben` as ActivityId, member: ben }])

/** An app: a state for each member and what all have used, what is asked for others is sent on at once. */
const decideAll = (program: CompiledProgram, activities: ReadonlyArray<Activity>) => {
  const states = new Map<MemberId, MemberState>()
  const taken: Array<Decision> = []
  let shared = noSharedUsage
  const send = (one: Activity): void => {
    const before = states.get(one.member) ?? newMember(one.member)
    const decided = decide(program, before, one, { trace: false, budgets: [], shared })
    if (decided._tag === 'Left') return
    shared = countShared(shared, decided.right.sharedClaims)
    taken.push(decided.right)
    states.set(one.member, decided.right.state)
    decided.right.followUps.forEach(send)
  }
  activities.forEach(send)
  return { states, taken, shared }
}

const hasBudgets = ({ program }: CompiledProgram): boolean =>
  program.earning.caps?.some(({ per }) => per?.scope === 'everyone') ?? false

describe('law 6: a simulation decides what deciding decides', () => {
  test.each([
    ['programs', programWithHistory],
    ['wide programs', wideHistory],
  ] as const)('over %s, of two members', (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, ({ program, activities }) => {
        fc.pre(!hasBudgets(program))
        const told = twice(activities)
        const { members, steps, shared } = unwrap(simulate(program, told))
        const { states, taken, shared: counted } = decideAll(program, told)
        expect([members, shared]).toEqual([states, counted])
        expect(steps.flatMap(({ result }) => (result._tag === 'Left' ? [] : [result.right]))).toEqual(taken)
        expect(steps.filter(({ askedBy }) => askedBy === null).map(({ activity: one }) => one)).toEqual(told)
      }),
    )
  })

  test('going on from where another ended, with time passed at the end', () => {
    fc.assert(
      fc.property(wideHistory, fc.nat(), ({ program, activities }, cut) => {
        const at = cut % (activities.length + 1)
        const until = (activities[activities.length - 1]?.at ?? 0) as Activity['at']
        const whole = unwrap(simulate(program, activities, { until }))
        const first = unwrap(simulate(program, activities.slice(0, at)))
        const { budgets, shared } = first
        const members = [...first.members.values()]
        const second = unwrap(simulate(program, activities.slice(at), { members, budgets, shared, until }))
        expect(second.members).toEqual(whole.members)
        expect([second.budgets, second.shared]).toEqual([whole.budgets, whole.shared])
        for (const { before, decision } of whole.ends) {
          expect(decision).toEqual(advance(program, before, until, { trace: false }))
        }
      }),
    )
  })
})

const day1 = '2026-01-01T00:00:00Z'

describe('simulate', () => {
  test('a budget for everybody is used up by all members together, and given back by returns', () => {
    const budget = {
      id: 'budget',
      wallet: 'points',
      counts: 'points',
      onExceed: 'truncate',
      limit: 100,
      window: { type: 'lifetime' },
      per: { scope: 'everyone' },
    }
    const base = {
      id: 'base',
      wallet: 'points',
      award: { mode: 'linear', points: '1', per: { amount: '1.00', currency: 'EUR' }, on: 'order' },
    }
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules: [base], caps: [budget] } })
    const of = (member: string, one: Activity): Activity => ({
      ...one,
      id: `${one.id} of ${member}` as ActivityId,
      member: member as MemberId,
    })
    const history = ['anna', 'ben', 'cleo'].flatMap((member) =>
      [joins(day1), buys('o', day1, '40.00')].map((one) => of(member, one)),
    )
    const { members, budgets } = unwrap(simulate(program, history))
    expect([...members.values()].map((state) => points(state).active)).toEqual([40, 40, 20])
    expect(budgets).toMatchObject([{ cap: 'budget', used: 100 }])
    const back = of('anna', activity({ type: 'return', id: 'r', at: day1, purchase: 'o of anna' }))
    const more = of('cleo', buys('p', day1, '30.00'))
    const later = unwrap(simulate(program, [back, more], { members: [...members.values()], budgets }))
    expect(points(later.members.get('cleo' as MemberId) as MemberState).active).toBe(50)
    expect(later.budgets).toMatchObject([{ used: 90 }])
  })

  test('what a decision asks of another member is decided at once, and says who asked', () => {
    const program = shop(referralOf())
    const bob = activity({ type: 'enrolment', id: 'bob joins', member: 'bob', at: day1 })
    const anna = joins('2026-01-02T00:00:00Z', { referrer: { member: 'bob', enrolledAt: day1 } })
    const { steps, members } = unwrap(simulate(program, [bob, anna, buys('o', '2026-01-03T00:00:00Z', '80.00')]))
    const asked = steps.filter(({ askedBy }) => askedBy !== null)
    expect(asked.map(({ activity: one, askedBy }) => [one.type, one.member, askedBy])).toEqual([
      ['referralConverted', 'bob', 'o'],
    ])
    expect(points(members.get('bob' as MemberId) as MemberState).pending).toBe(500)
  })

  test('what is refused stays in its step, and changes nothing', () => {
    const { steps, members } = unwrap(simulate(shop(), [buys('o', day1, '10.00')]))
    expect(steps).toMatchObject([{ result: { _tag: 'Left', left: [{ _tag: 'NotEnrolled' }] } }])
    expect(members.size).toBe(0)
  })

  test('a chain that is longer than allowed is told, with its activities', () => {
    const program = shop(referralOf())
    const bob = activity({ type: 'enrolment', id: 'bob joins', member: 'bob', at: day1 })
    const anna = joins('2026-01-02T00:00:00Z', { referrer: { member: 'bob', enrolledAt: day1 } })
    const result = simulate(program, [bob, anna, buys('o', '2026-01-03T00:00:00Z', '80.00')], { longestChain: 0 })
    expect(result).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'EndlessChain', path: ['activities', 2], chain: ['o'] },
    })
  })

  test('a fold keeps what it wants to', () => {
    const count = { initial: 0, step: (sum: number) => sum + 1, end: (sum: number) => sum + 100 }
    const { sum } = unwrap(
      foldSimulation(shop(), [joins(day1), buys('o', day1, '10.00')], count, {
        until: joins('2026-02-01T00:00:00Z').at,
      }),
    )
    expect(sum).toBe(102)
  })
})
