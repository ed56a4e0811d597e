// The laws over programs with every policy and histories with every activity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityId, Instant, RuleId } from '../../src/foundation/index.ts'
import {
  advance,
  type CompiledProgram,
  type EarningStep,
  explainTrace,
  type MemberState,
  type Program,
} from '../../src/program/index.ts'
import { anna, compiledOf, play } from '../arbitraries/program.ts'
import { wideHistory, wideLines, widePurchase } from '../arbitraries/wide-program.ts'
import { historyLaws } from './history-laws.ts'

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)
const day = 86_400_000

historyLaws(wideHistory)

/** The figures of an earning follow from one another: lines and lots sum to the points, and caps only take away. */
const expectEarned = ({ earning }: EarningStep): void => {
  const { points, desired, parts, byLine, capSteps, rules, denominator } = earning
  expect(sum(parts.map((part) => part.points))).toBe(points)
  if (byLine.length > 0) expect(sum(byLine)).toBe(points)
  expect(points).toBeLessThanOrEqual(Math.max(desired, 0))
  for (const { room, desired: wanted, granted, kept } of capSteps) {
    expect(BigInt(granted) <= BigInt(wanted) && BigInt(kept) <= BigInt(granted)).toBe(true)
    expect(room).toBeGreaterThanOrEqual(0)
  }
  const raw = rules.reduce((total, { granted }) => total + BigInt(granted), 0n)
  const whole = Number(raw / BigInt(denominator))
  expect(Math.abs(points - Math.max(whole, points < 0 ? whole : 0))).toBeLessThanOrEqual(Math.max(1, byLine.length))
}

/** The same program without the policies by which a return leaves something: gifts for a tier that is kept, forgiving. */
const forgivingNothing = (program: Program): Program => ({
  ...program,
  earning: { ...program.earning, rules: program.earning.rules.filter(({ on }) => on !== 'tierUpgraded') },
  wallets: program.wallets.map(({ clawBack: _, onExpiry: __, writeOffAfter: ___, ...wallet }) => wallet),
})

describe('law 4: a purchase and its complete return leave a member as before', () => {
  const net = ({ wallets }: MemberState): ReadonlyArray<readonly [string, number]> =>
    wallets
      .map(({ id, active, pending, held, debt }) => [id, active + pending + held - debt] as const)
      .filter(([, points]) => points !== 0)
  /** What is on the cards, and what they have given; used rewards are forgotten when a card is next looked at. */
  const stampsOf = ({ stampCards }: MemberState) =>
    stampCards
      .map(
        ({ id, stamps, debt, rewards }) =>
          [id, stamps - debt, rewards.filter(({ status }) => status === 'open').length] as const,
      )
      .filter(([, stamps, rewards]) => stamps !== 0 || rewards > 0)

  test('in any order of lines: balance, caps, cooldowns, milestones, orders, tiers', () => {
    fc.assert(
      fc.property(
        wideHistory,
        wideLines,
        fc.array(fc.nat({ max: 9 }), { minLength: 4, maxLength: 4 }),
        ({ program: wide, activities }, lines, order) => {
          const program = compiledOf(forgivingNothing(wide.program))
          const before = play(program, activities).state
          const at = ((before.asOf ?? 0) + 1) as Instant
          const base = { id: 'bought' as ActivityId, member: anna, at }
          const purchase = widePurchase(program.program, base, lines, { attributes: { visitNumber: 3 } })
          const bought = play(program, [purchase], before)
          if (bought.taken.length === 0) return
          const sorted = purchase.lines.map(({ id }, index) => ({ id, rank: order[index] ?? 0 }))
          sorted.sort((a, b) => a.rank - b.rank)
          const returns = sorted.map(({ id }, index) => ({
            type: 'return' as const,
            id: `return ${index}` as ActivityId,
            member: anna,
            at: (at + index + 1) as Instant,
            purchase: purchase.id,
            lines: [{ line: id }],
          }))
          const after = play(program, returns, bought.state)
          expect(after.taken.length).toBe(returns.length)
          const end = (at + 100) as Instant
          const without = advance(program, before, end).state
          const withBoth = advance(program, after.state, end).state
          expect(net(withBoth)).toEqual(net(without))
          expect(withBoth.orders).toBe(without.orders)
          expect(stampsOf(withBoth)).toEqual(stampsOf(without))
          expect(withBoth.progress.milestones).toEqual(expect.arrayContaining([...without.progress.milestones]))
          expect(
            withBoth.earnings.find(({ id }) => id === purchase.id)?.grants.every(({ points }) => points === 0),
          ).toBe(true)
        },
      ),
    )
  })
})

test('law 5: what is taken back is never more than what was granted', () => {
  fc.assert(
    fc.property(wideHistory, ({ program, activities }) => {
      for (const { id, accrued, convertedIn, reversed } of play(program, activities).state.wallets) {
        // Converted points that wait for an action in vain are taken back as well.
        expect([id, reversed <= accrued + convertedIn]).toEqual([id, true])
      }
    }),
  )
})

test('law 6: every step of a trace has its sentence, and recomputes', () => {
  fc.assert(
    fc.property(wideHistory, ({ program, activities }) => {
      const trace = play(program, activities).taken.flatMap(({ decision }) => decision.trace)
      for (const sentence of explainTrace(program, trace)) {
        expect(sentence.length).toBeGreaterThan(10)
        expect(sentence).not.toMatch(/undefined|NaN|Infinity|\[object/)
      }
      for (const step of trace) if (step.step === 'earning') expectEarned(step)
    }),
  )
})

test('law 7: a rule that never matches changes nothing', () => {
  const withIdle = ({ program }: CompiledProgram): CompiledProgram => {
    const { earning } = program
    const idle = { ...earning.rules[0], id: 'idle' as RuleId, when: { any: [] }, cases: [] } as never
    return compiledOf({ ...program, earning: { ...earning, rules: [idle, ...earning.rules] } })
  }
  fc.assert(
    fc.property(wideHistory, ({ program, activities }) => {
      const states = (by: CompiledProgram) => play(by, activities).taken.map(({ decision }) => decision.state)
      expect(states(withIdle(program))).toEqual(states(program))
    }),
  )
})

test('histories reach every kind of entry and of event', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(wideHistory, ({ program, activities }) => {
      const { state, taken } = play(program, activities)
      const end = advance(program, state, ((state.asOf ?? 0) + 900 * day) as Instant)
      for (const { type } of [...taken.flatMap(({ decision }) => decision.events), ...end.events]) reached.add(type)
    }),
    { numRuns: 600 },
  )
  const kinds = [
    'accrued opened activated redeemed restored held holdReleased expired decayed extended reversed adjustedIn',
    'adjustedOut transferredOut transferredIn convertedOut convertedIn debtSettled debtWrittenOff expirySuspended',
    'expiryResumed progressChanged earningRecorded earningReduced birthdayChanged redemptionCancelled tierChanged reinstated lapseRecorded',
    'stampCardChanged',
  ].flatMap((names) => names.split(' '))
  expect(kinds.filter((kind) => !reached.has(kind))).toEqual([])
})
