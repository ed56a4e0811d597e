// The laws over programs with every policy and histories with every activity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EarningRule, pruneCaps, pruneUses } from '../../src/earning/index.ts'
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
} from '../../src/program/index.ts'
import type { Condition } from '../../src/rules/index.ts'
import type { Ladder } from '../../src/tiers/index.ts'
import { anna, compiledOf, play } from '../arbitraries/program.ts'
import { enteredVouchers } from '../arbitraries/program-vouchers.ts'
import { wideHistory, wideLines, widePurchase } from '../arbitraries/wide-program.ts'
import { fewerRuns } from './fewer-runs.ts'
import { historyLaws } from './history-laws.ts'
import { longRun } from './long-run.ts'
import { expectTraceRecomputes } from './recompute-trace.ts'
import { unreached } from './unreached.ts'

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
  goals: (challenges.goals ?? []).map((goal) => {
    const { when = { all: [] } } = goal.challenge
    const others = goal.on === 'challengeReached' ? { when: { all: [when, countingOthers(challenges)] } } : {}
    return { ...goal, challenge: { ...goal.challenge, ...others, onLoss: 'takeBack' } }
  }),
})

/** What an action costs is not given back. */
const isUndone = (rule: EarningRule): boolean =>
  (rule.on !== 'challengeReached' && rule.on !== 'tierUpgraded') || !/"points":"-/.test(JSON.stringify(rule))

/** Returns take tiers back; what is given for a tier does not count towards it, so that no tier holds itself up. */
const bySpend = (ladder: Ladder): Ladder => ({
  ...ladder,
  metrics: ladder.metrics.map(({ id }) => ({ id, of: 'spend' })),
  tiers: ladder.tiers.map(({ reach, keep, ...tier }) => ({
    ...tier,
    ...(reach?.type === 'count' ? { reach: { ...reach, atLeast: reach.atLeast * 200 } } : {}),
    ...(keep?.type === 'count' ? { keep: { ...keep, atLeast: keep.atLeast * 200 } } : {}),
  })),
  policy: { ...ladder.policy, returns: 'atOnce' },
})

/** The same program without the policies by which a return leaves something: forgiving, tiers that are kept, and rewards
 * that come by themselves. */
const forgivingNothing = ({ automaticRedemptions: _, ...program }: Program): Program => ({
  ...program,
  ladders: program.ladders.map(bySpend),
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

  /** What caps and cooldowns still count, whatever the order in which it came, and what was paid of milestones. */
  const progressOf = (
    { program, zone, cooldowns, latest }: CompiledProgram,
    { progress }: MemberState,
    now: Instant,
  ) => {
    const since = latest(now)
    const text = (items: ReadonlyArray<object>) => items.map((one) => JSON.stringify(one)).sort()
    return {
      caps: text(
        pruneCaps(program.earning.caps ?? [], zone, progress.caps, since).filter(
          (one) => !('used' in one) || one.used !== 0,
        ),
      ),
      uses: text(pruneUses(cooldowns, progress.uses, zone, since)),
      milestones: text(progress.milestones.filter(({ counted, paid }) => counted !== 0 || paid !== 0)),
    }
  }
  /** Tiers, and what counts in periods that are not over: those that are over are forgotten when something counts. */
  const standingsOf = ({ standings }: MemberState, { standings: latest }: MemberState) =>
    standings.map(({ ladder, tier, counts }) => {
      const from = latest.find((one) => one.ladder === ladder)?.periodFrom ?? 0
      const counted = counts.flatMap(({ buckets }) => buckets.filter(({ count, day }) => count !== 0 && day >= from))
      return [ladder, tier, counted]
    })

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
          expect(progressOf(program, withBoth, end)).toEqual(progressOf(program, without, end))
          expect(standingsOf(withBoth, withBoth)).toEqual(standingsOf(without, withBoth))
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
  const rare = 'transferredOut debtSettled badgeRevoked' // once in hundreds of histories
  const kinds = [
    ...longRun([rare], []),
    'accrued opened activated redeemed restored held holdReleased expired decayed extended reversed adjustedIn',
    'adjustedOut transferredIn convertedOut convertedIn debtWrittenOff expirySuspended',
    'expiryResumed progressChanged earningRecorded earningReduced birthdayChanged redemptionCancelled tierChanged reinstated lapseRecorded',
    'stampCardChanged challengeProgressed challengeClosed levelsRewarded streakProgressed streakClosed tenureReached',
    'badgeAwarded badgeExpired zoneChanged drawEntered drawWithdrawn rewardChanged voucherHeldChanged',
    'voucherUseChanged donated',
  ].flatMap((names) => names.split(' '))
  const kindsIn = ({ program, activities }: typeof wideHistory extends fc.Arbitrary<infer A> ? A : never) => {
    const { state, taken } = play(program, activities)
    const end = advance(program, state, ((state.asOf ?? 0) + 900 * day) as Instant)
    return [...taken.flatMap(({ decision }) => decision.events), ...end.events].map(({ type }) => type)
  }
  expect(unreached(kinds, wideHistory, kindsIn, 900)).toEqual([])
})
