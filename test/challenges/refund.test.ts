// One purchase that stamps a card, completes a goal, enters a draw, uses a voucher and redeems a reward; and its return.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  challengeCodec,
  challengeStanding,
  compileChallenge,
  compileStreak,
  Draw,
  drawTickets,
  enterDraw,
  noEntries,
  noProgress,
  noStreak,
  recordProgress,
  recordStreak,
  reverseProgress,
  streakCodec,
  streakStanding,
  withdrawEntries,
} from '../../src/challenges/index.ts'
import {
  type ActivityId,
  decode,
  type Instant,
  type LineId,
  localDateOf,
  type MemberId,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import { spendablePoints, unaccountedPoints } from '../../src/ledger/index.ts'
import {
  newStampCard,
  newVoucherUsage,
  type RewardPrice,
  reachedVoucherLimits,
  returnStamps,
  StampCardPolicy,
  type StampCardState,
  stampPurchase,
  stepVoucher,
  unitValueRefund,
  useStampReward,
  VoucherUsePolicy,
} from '../../src/rewards/index.ts'
import { rewardOf } from '../rewards/reward-terms.ts'
import { memberWith, redeems, steps } from '../rewards/shop.ts'
import { at, coffeeJson } from '../rewards/stamp-terms.ts'
import { basket, line, percent, stacked } from '../rewards/voucher-terms.ts'

const anna = 'anna' as MemberId
const id = (text: string) => text as ActivityId
const vocabulary = { fields: [{ name: 'amount', type: 'integer' as const }] }

const terms = (takeBack: string, onLoss: string) => ({
  card: unwrap(
    decode(StampCardPolicy, { ...coffeeJson, slots: 4, rewards: [{ position: 4, reward: 'coffee' }], takeBack }),
  ),
  goal: compileChallenge(
    vocabulary,
    unwrap(
      decode(challengeCodec(vocabulary), {
        id: 'spend',
        measure: { type: 'sum', field: 'amount' },
        window: { type: 'whole' },
        levels: [{ id: 'big', target: 3000 }],
        onLoss,
      }),
    ),
  ),
  streak: compileStreak(
    vocabulary,
    unwrap(
      decode(streakCodec(vocabulary), {
        id: 'daily',
        calendar: { unit: 'day' },
        actionsPerPeriod: 1,
        levels: [{ id: 'three', periods: 3 }],
        onLoss,
      }),
    ),
  ),
  draw: unwrap(
    decode(Draw, {
      id: 'summer',
      opens: '2026-03-01T00:00:00Z',
      closes: '2026-04-01T00:00:00Z',
      drawsAt: '2026-04-10T00:00:00Z',
      methods: [{ id: 'order', tickets: 1, isPurchase: true }],
      mostTickets: 3,
      prizes: [{ id: 'bike', count: 1, among: null }],
      alternates: 0,
    }),
  ),
  voucher: unwrap(
    decode(VoucherUsePolicy, {
      voucher: 'ten',
      limits: [{ times: 1, of: 'member', per: null }],
      holdFor: { amount: 1, unit: 'hour' },
    }),
  ),
  reward: rewardOf({ refundable: 'always' }),
})
type Terms = ReturnType<typeof terms>

interface Purchase {
  readonly name: string
  readonly when: Instant
  readonly items: number
}

const start = (all: Terms) => ({
  card: newStampCard(all.card.id),
  goal: noProgress(all.goal.challenge),
  streak: noStreak(all.streak.streak),
  entries: noEntries(all.draw),
})
type State = ReturnType<typeof start>

const action = ({ name, when, items }: Purchase) => ({ id: id(name), at: when, facts: { amount: items * 300 } })

const bought = (all: Terms, state: State, purchase: Purchase): State => {
  const { name, when, items } = purchase
  const lines = [{ id: '1' as LineId, quantity: items, freeQuantity: 0, minor: items * 300 }]
  const entry = { id: id(name), member: anna, at: when, method: 'order' }
  return {
    card: unwrap(stampPurchase(all.card, utc, state.card, { id: id(name), at: when, lines })).state,
    goal: unwrap(recordProgress(all.goal, utc, state.goal, [action(purchase)])).progress,
    streak: unwrap(recordStreak(all.streak, utc, state.streak, { actions: [action(purchase)] })).progress,
    entries: unwrap(enterDraw(all.draw, state.entries, [entry])),
  }
}

/** Some items come back; with the last of them the entry and the day of the streak go. */
const returned = (
  all: Terms,
  state: State,
  { name }: Purchase,
  { part, items, when, isLast }: { part: string; items: number; when: Instant; isLast: boolean },
): State => {
  const lines = [{ id: '1' as LineId, quantity: items, freeQuantity: 0 }]
  const undoing = { id: id(part), of: id(name), at: when }
  const goalUndone = reverseProgress(all.goal, utc, state.goal, [{ ...undoing, amount: items * 300 }])
  return {
    card: unwrap(returnStamps(all.card, utc, state.card, { id: id(part), at: when, purchase: id(name), lines })).state,
    goal: unwrap(goalUndone).progress,
    streak: isLast
      ? unwrap(recordStreak(all.streak, utc, state.streak, { reversals: [{ id: id(part), of: id(name) }] })).progress
      : state.streak,
    entries: isLast ? unwrap(withdrawEntries(state.entries, [undoing])) : state.entries,
  }
}

/** What a member sees of it all. */
const shown = (all: Terms, { card, goal, streak, entries }: State) => ({
  stamps: [card.card, card.stamps, card.debt, card.rewards],
  counted: challengeStanding(all.goal.challenge, utc, goal, at('2026-05-01T00:00:00Z')).counted,
  levels: goal.grants,
  streak: streakStanding(all.streak.streak, streak, localDateOf(utc, at('2026-03-20T00:00:00Z'))).best,
  streakLevels: streak.grants,
  tickets: drawTickets(all.draw, entries, []).members,
})

const netStamps = ({ slots }: StampCardPolicy, { card, stamps, debt }: StampCardState) =>
  (card - 1) * slots + stamps - debt

const day = (number: number): Instant => at(`2026-03-${String(number).padStart(2, '0')}T12:00:00Z`)

const historyArbitrary = fc.record({
  before: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }),
  parts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  takeBack: fc.constantFrom('nextCard', 'debt'),
})

/** What was before, what a purchase made of it, and what the return of all its parts left. */
const play = (all: Terms, before: ReadonlyArray<number>, parts: ReadonlyArray<number>, when: Instant) => {
  const earlier = before.map((items, index) => ({ name: `p${index}`, when: day(index + 1), items }))
  const state = earlier.reduce((now, one) => bought(all, now, one), start(all))
  const items = parts.reduce((sum, part) => sum + part, 0)
  const purchase = { name: 'big', when: day(before.length + 1), items }
  const after = bought(all, state, purchase)
  const back = (from: State) =>
    parts.reduce(
      (now, part, index) =>
        returned(all, now, purchase, { part: `r${index}`, items: part, when, isLast: index === parts.length - 1 }),
      from,
    )
  return { state, after, back }
}

test('a complete return, in any split, restores stamps, goals, streaks and tickets', () => {
  fc.assert(
    fc.property(historyArbitrary, ({ before, parts, takeBack }) => {
      const all = terms(takeBack, 'takeBack')
      const { state, after, back } = play(all, before, parts, day(15))
      expect(shown(all, back(after))).toEqual(shown(all, state))
    }),
  )
})

test('where a reward of the card was used, its stamps are owed: no more and no fewer than came back', () => {
  fc.assert(
    fc.property(historyArbitrary, ({ before, parts, takeBack }) => {
      const all = terms(takeBack, 'takeBack')
      const { state, after, back } = play(all, before, parts, day(15))
      const used = after.card.rewards.reduce((card, reward) => unwrap(useStampReward(card, reward)), after.card)
      const left = back({ ...after, card: used }).card
      expect(netStamps(all.card, left)).toBe(netStamps(all.card, state.card))
      expect(left.rewards.filter(({ status }) => status === 'used')).toHaveLength(used.rewards.length)
    }),
  )
})

test('where the terms keep what was given, levels stay; after the draw, so do tickets', () => {
  fc.assert(
    fc.property(historyArbitrary, ({ before, parts, takeBack }) => {
      const keeping = terms(takeBack, 'keep')
      // Returns are taken for 90 days here, so that stamps still come back after the draw.
      const all = { ...keeping, card: { ...keeping.card, returnWindow: { amount: 90, unit: 'day' as const } } }
      const { state, after, back } = play(all, before, parts, all.draw.drawsAt)
      const [was, left] = [shown(all, after), shown(all, back(after))]
      expect([left.levels, left.streakLevels, left.tickets]).toEqual([was.levels, was.streakLevels, was.tickets])
      expect(left.counted).toBe(shown(all, state).counted)
    }),
  )
})

test('the voucher can be used again, the points are back, and the money that comes back is the money that was paid', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 999 }),
      (parts, unitMinor) => {
        const all = terms('debt', 'takeBack')
        const user = { at: day(1), member: anna, code: null }
        const reserved = stepVoucher(all.voucher, utc, newVoucherUsage(all.voucher), {
          type: 'reserve',
          id: id('big'),
          ...user,
        })
        const used = unwrap(
          stepVoucher(all.voucher, utc, unwrap(reserved).usage, { type: 'use', id: id('big'), at: day(1) }),
        ).usage
        expect(reachedVoucherLimits(all.voucher, utc, used, user)).toHaveLength(1)
        const member = memberWith(700)
        const issued = steps(
          redeems(all.reward, member, 'r', all.reward.prices[0] as RewardPrice, day(1)),
          'issue',
          day(1),
        )
        expect(spendablePoints(issued.member.wallet)).toBe(200)

        const items = parts.reduce((sum, part) => sum + part, 0)
        const priced = stacked([percent('ten', 1000)], basket([line('1', unitMinor, items)], 490))
        let back = 0
        let paidOut = 0
        for (const part of parts) {
          back += part
          const soFar = unwrap(unitValueRefund(priced, [{ line: '1' as LineId, quantity: back }], 'complete'))
          expect(soFar).toBeGreaterThanOrEqual(paidOut)
          paidOut = soFar
        }
        expect(paidOut).toBe(priced.totalMinor)

        const free = unwrap(stepVoucher(all.voucher, utc, used, { type: 'cancel', id: id('big'), at: day(2) })).usage
        expect(reachedVoucherLimits(all.voucher, utc, free, user)).toEqual([])
        const { wallet } = steps(issued, 'cancel', day(2)).member
        expect([spendablePoints(wallet), unaccountedPoints(wallet)]).toEqual([700, 0])
      },
    ),
  )
})
