// The laws over programs with every policy and histories with every activity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EarningRule } from '../../src/earning/index.ts'
import {
  type ActivityId,
  containsInstant,
  type Instant,
  periodIntervalAt,
  type RuleId,
} from '../../src/foundation/index.ts'
import {
  advance,
  type CompiledProgram,
  explainTrace,
  type MemberState,
  type Program,
  type ProgramChallenges,
  type VoucherScheme,
} from '../../src/program/index.ts'
import type { Condition } from '../../src/rules/index.ts'
import { anna, compiledOf, play } from '../arbitraries/program.ts'
import { enteredVouchers } from '../arbitraries/program-vouchers.ts'
import { wideHistory, wideLines, widePurchase } from '../arbitraries/wide-program.ts'
import { fewerRuns } from './fewer-runs.ts'
import { historyLaws } from './history-laws.ts'
import { expectTraceRecomputes } from './recompute-trace.ts'

fewerRuns()

const day = 86_400_000

historyLaws(wideHistory)

/** A goal that counts its own levels, or those of one that counts its, holds itself up: here they count those of others. */
const countingOthers = ({ goals = [], streaks = [], tenure = [] }: ProgramChallenges): Condition => ({
  field: 'challenge',
  in: [
    ...goals.filter(({ on }) => on !== 'challengeReached').map(({ challenge }) => challenge.id),
    ...streaks.map(({ streak }) => streak.id),
    ...tenure.map(({ id }) => id),
  ],
})

const takingBack = (challenges: ProgramChallenges): ProgramChallenges => ({
  ...challenges,
  streaks: (challenges.streaks ?? []).map((one) => ({ ...one, streak: { ...one.streak, onLoss: 'takeBack' } })),
  goals: (challenges.goals ?? [])
    .filter(({ on }) => on !== 'tierUpgraded')
    .map((goal) => {
      const { when = { all: [] } } = goal.challenge
      const others = goal.on === 'challengeReached' ? { when: { all: [when, countingOthers(challenges)] } } : {}
      return { ...goal, challenge: { ...goal.challenge, ...others, onLoss: 'takeBack' } }
    }),
})

/** Gifts for a tier that is kept stay, and what an action costs is not given back. */
const isUndone = (rule: EarningRule): boolean =>
  rule.on !== 'tierUpgraded' && (rule.on !== 'challengeReached' || !/"points":"-/.test(JSON.stringify(rule)))

const withoutTiers = ({ plan, vouchers }: VoucherScheme): VoucherScheme => ({
  plan,
  vouchers: vouchers.map(({ tiers: _, ...one }) => one),
})

/** The same program without the policies by which a return leaves something: gifts for a tier that is kept, forgiving, and
 * rewards that come by themselves. */
const forgivingNothing = ({ automaticRedemptions: _, ...program }: Program): Program => ({
  ...program,
  ...(program.vouchers === undefined ? {} : { vouchers: withoutTiers(program.vouchers) }),
  earning: { ...program.earning, rules: program.earning.rules.filter(isUndone) },
  ...(program.challenges === undefined ? {} : { challenges: takingBack(program.challenges) }),
  wallets: program.wallets.map(({ clawBack: __, onExpiry: ___, writeOffAfter: ____, ...wallet }) => wallet),
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

  /** What is reached and what counts still. */
  const levelsOf = ({ challenges }: MemberState) => {
    const { goals, streaks, badges } = challenges
    const standing = [
      ...goals.map(({ challenge: id, contributions: records, reversals, grants }) => ({
        id,
        records,
        reversals,
        grants,
      })),
      ...streaks.map(({ streak: id, actions: records, reversals, grants }) => ({ id, records, reversals, grants })),
    ].map(({ id, records, reversals, grants }) => {
      const undone = new Set<string>(reversals.map(({ of }) => of))
      return [id, grants, records.filter((one) => !undone.has(one.id))] as const
    })
    const revoked = new Set<string>(badges.revocations.map(({ of }) => of))
    return {
      standing: standing.filter(([, grants, records]) => grants.length > 0 || records.length > 0),
      awards: badges.awards.filter(({ id }) => !revoked.has(id)),
    }
  }
  /** The vouchers that can be used, whatever the order in which they came, and what their limits still count. */
  const vouchersOf = (
    { program, zone }: CompiledProgram,
    { vouchers: { held, counts } }: MemberState,
    now: Instant,
  ) => [
    [...held].sort((a, b) => (a.id < b.id ? -1 : 1)),
    counts
      .flatMap(({ voucher, at }) => {
        const limits = program.vouchers?.vouchers.find((one) => one.voucher.id === voucher)?.limits ?? []
        const isCounted = (instant: Instant): boolean =>
          limits.some(({ per }) => per === null || containsInstant(periodIntervalAt(per, zone, now), instant))
        return at.filter(isCounted).map((instant) => `${instant} ${voucher}`)
      })
      .sort(),
  ]

  test('in any order of lines: balance, caps, cooldowns, milestones, orders, tiers', () => {
    fc.assert(
      fc.property(
        wideHistory,
        wideLines,
        fc.array(fc.nat({ max: 9 }), { minLength: 4, maxLength: 4 }),
        enteredVouchers,
        ({ program: wide, activities }, lines, order, enter) => {
          const program = compiledOf(forgivingNothing(wide.program))
          const before = play(program, activities).state
          const at = ((before.asOf ?? 0) + 1) as Instant
          const base = { id: 'bought' as ActivityId, member: anna, at }
          const vouchers = enter(program.program)
          const plain = lines.map(({ abroad: _, quantity: __, ...line }) => line)
          const purchase = widePurchase(program.program, base, vouchers.length === 0 ? lines : plain, {
            attributes: { visitNumber: 3 },
            ...(vouchers.length === 0 ? {} : { vouchers }),
          })
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
          expect(levelsOf(withBoth)).toEqual(levelsOf(without))
          expect(vouchersOf(program, withBoth, end)).toEqual(vouchersOf(program, without, end))
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
      const { taken } = play(program, activities)
      const trace = taken.flatMap(({ decision }) => decision.trace)
      for (const sentence of explainTrace(program, trace)) {
        expect(sentence.length).toBeGreaterThan(10)
        expect(sentence).not.toMatch(/undefined|NaN|Infinity|\[object/)
      }
      for (const one of taken) expectTraceRecomputes(program, one)
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
    { numRuns: 900 },
  )
  const kinds = [
    'accrued opened activated redeemed restored held holdReleased expired decayed extended reversed adjustedIn',
    'adjustedOut transferredOut transferredIn convertedOut convertedIn debtSettled debtWrittenOff expirySuspended',
    'expiryResumed progressChanged earningRecorded earningReduced birthdayChanged redemptionCancelled tierChanged reinstated lapseRecorded',
    'stampCardChanged challengeProgressed challengeClosed levelsRewarded streakProgressed streakClosed tenureReached',
    'badgeAwarded badgeRevoked badgeExpired zoneChanged drawEntered drawWithdrawn rewardChanged voucherHeldChanged',
    'voucherUseChanged donated',
  ].flatMap((names) => names.split(' '))
  expect(kinds.filter((kind) => !reached.has(kind))).toEqual([])
})
