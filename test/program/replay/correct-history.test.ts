// Corrections: what a restatement makes of a member, against what should have been.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type CapId,
  decode,
  type Instant,
  parseInstant,
  unwrap,
} from '../../../src/foundation/index.ts'
import {
  Activity,
  advance,
  type CompiledProgram,
  type CorrectionNote,
  type CorrectionOptions,
  correctHistory,
  decide,
  differentParts,
  evolve,
  explainTrace,
  germanTexts,
  type HistoryCorrection,
  insertLate,
  type MemberState,
  newMember,
  noSharedUsage,
  type ProgramVersions,
  replay,
  stateAt,
} from '../../../src/program/index.ts'
import { countedPlay } from '../../arbitraries/counted-play.ts'
import { anna } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { mugFor } from '../../rewards/reward-terms.ts'
import { coffeeJson } from '../../rewards/stamp-terms.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  points,
  referralOf,
  rejected,
  returns,
  shop,
  shopJson,
  spends,
  statusLadder,
} from '../shop.ts'

fewerRuns()

const at = (text: string): Instant => unwrap(parseInstant(text))

const alone = (program: CompiledProgram): ProgramVersions => [{ program, from: null }]

const noteAt = (instant: Instant, id = 'fix'): CorrectionNote => ({
  id: id as ActivityId,
  at: instant,
  reason: 'a rule that was wrong',
  actor: 'care',
})

const fix = noteAt(at('2026-01-20T00:00:00Z'))

const byId = <A extends { readonly id: string }>(items: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1))

/** All that is known of a member but totals, and what tells of the way that it came to be so. */
const known = ({ wallets, seen: _, revision: __, asOf: ___, ...rest }: MemberState) => ({
  ...rest,
  wallets: byId(wallets)
    .map(({ id, lots, holds, active, pending, held, debt, debtSince, suspended, decayedAt }) => {
      return { id, lots, holds, active, pending, held, debt, debtSince, suspended, decayedAt }
    })
    .filter(({ lots, holds, debt, decayedAt, suspended }) => {
      return lots.length > 0 || holds.length > 0 || debt > 0 || decayedAt !== null || suspended
    }),
})

/** A member after a correction at an instant. */
const restated = (
  program: CompiledProgram,
  actual: MemberState,
  { restatement }: HistoryCorrection,
  end: Instant = fix.at,
): MemberState => {
  if (restatement === null) return advance(program, actual, end).state
  const stored: unknown = JSON.parse(JSON.stringify(Activity.encode(restatement)))
  expect(unwrap(decode(Activity, stored))).toEqual(restatement)
  const decided = unwrap(decide(program, actual, restatement))
  expect(decided.events.reduce(evolve, actual)).toEqual(decided.state)
  return decided.state
}

const correct = (
  program: CompiledProgram,
  actual: MemberState,
  history: ReadonlyArray<Activity>,
  note: CorrectionNote,
  options: CorrectionOptions = {},
): HistoryCorrection => unwrap(correctHistory(alone(program), actual, history, note, options))

const day = 86_400_000

const cancels = (id: string, redemption: string): Activity =>
  activity({ type: 'redemptionCancellation', id, at: '2026-01-21T00:00:00Z', redemption })

/** What takes back what happened, and a purchase like one before. */
const undoing = (
  { program }: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  instant: Instant,
): ReadonlyArray<Activity> => {
  const again = program.wallets.map(
    ({ id: wallet }): Activity => ({
      type: 'reinstatement',
      id: `reinstate ${wallet}` as ActivityId,
      member: anna,
      at: instant,
      wallet,
    }),
  )
  const undone = activities.flatMap((one): ReadonlyArray<Activity> => {
    const base = { id: `undo ${one.id}` as ActivityId, member: anna, at: instant }
    switch (one.type) {
      case 'purchase':
        return [
          { type: 'return', ...base, purchase: one.id },
          { type: 'purchase', ...base, lines: one.lines },
        ]
      case 'action':
        return [{ type: 'actionCancellation', ...base, action: one.id }]
      case 'redemption':
        return [{ type: 'redemptionCancellation', ...base, redemption: one.id }]
      case 'hold':
        return [{ type: 'holdRelease', ...base, hold: one.id }]
      case 'rewardRedeemed':
        return [{ type: 'rewardStep', ...base, redemption: one.id, step: 'cancel' }]
      default:
        return []
    }
  })
  return [...again, ...undone]
}

/** What follows from an activity, or what is said against it. */
const followed = (program: CompiledProgram, state: MemberState, next: Activity) => {
  const decided = decide(program, state, next, { budgets: [], shared: noSharedUsage })
  if (decided._tag === 'Left') return decided.left
  const { events, trace, followUps, claims, sharedClaims } = decided.right
  return { events, trace, followUps, claims, sharedClaims }
}

/** After the correction the member is what they should be, the next one has nothing to do, and what comes is the same. */
const expectRight = (
  program: CompiledProgram,
  actual: MemberState,
  activities: ReadonlyArray<Activity>,
  {
    corrected,
    end,
    options,
  }: { readonly corrected: HistoryCorrection; readonly end: Instant; readonly options: CorrectionOptions },
): void => {
  const fixed = restated(program, actual, corrected, end)
  expect(known(fixed)).toEqual(known(corrected.right))
  const again = correct(program, fixed, activities, noteAt(end, 'again'), options)
  expect([again.restatement, differentParts(again.difference)]).toEqual([null, []])
  for (const next of undoing(program, activities, (end + day) as Instant)) {
    const [is, should] = [fixed, corrected.right].map((state) => followed(program, state, next))
    expect(is).toEqual(should)
  }
  for (const next of [end + day, end + 100 * day]) {
    const [is, should] = [fixed, corrected.right].map((state) => advance(program, state, next as Instant))
    expect(is?.events).toEqual(should?.events)
    expect(is?.followUps).toEqual(should?.followUps)
  }
}

describe('a restatement', () => {
  test('makes the member what they should be, and from then on they are', () => {
    fc.assert(
      fc.property(wideHistory, fc.nat(), ({ program, activities }, left) => {
        const index = left % activities.length
        const missing = activities[index]?.id
        const end = (Math.max(...activities.map((activity) => activity.at)) + day) as Instant
        const { counts } = countedPlay(program, activities)
        const actual = countedPlay(
          program,
          activities.filter(({ id }) => id !== missing),
        ).state
        const corrected = correct(program, actual, activities, noteAt(end), counts)
        expectRight(program, actual, activities, { corrected, end, options: counts })
      }),
    )
  })

  test('of what was decided by quite another program, whatever could not have been spent', () => {
    fc.assert(
      fc.property(
        wideHistory,
        wideHistory,
        fc.constantFrom('debt' as const, 'forgive' as const),
        ({ program: wrong }, { program, activities }, unaffordable) => {
          const end = (Math.max(...activities.map((activity) => activity.at)) + day) as Instant
          const actual = countedPlay(wrong, activities).state
          const options = { ...countedPlay(program, activities).counts, unaffordable }
          const corrected = correct(program, actual, activities, noteAt(end), options)
          expectRight(program, actual, activities, { corrected, end, options })
        },
      ),
    )
  })
})

const rate = (points: string) => ({
  ...shopJson.earning.rules[0],
  award: { mode: 'linear', points, per: eur('1.00'), on: 'order' },
})
const rated = (points: string, changes: object = {}, ...more: ReadonlyArray<object>): CompiledProgram =>
  shop({ ...changes, earning: { ...shopJson.earning, rules: [rate(points), ...more] } })

const start = joins('2026-01-01T00:00:00Z')

/** Corrects what one program came to by another, and decides the restatement. */
const fixedBy = (
  wrong: CompiledProgram,
  right: CompiledProgram,
  history: ReadonlyArray<Activity>,
  note = fix,
): { readonly corrected: HistoryCorrection; readonly fixed: MemberState } => {
  const actual = following(wrong, history).state
  const corrected = correct(right, actual, history, note)
  return { corrected, fixed: restated(right, actual, corrected) }
}

describe('after a correction', () => {
  const history = [start, buys('o', '2026-01-02T00:00:00Z', '200.00')]
  const back = returns('r', '2026-01-21T00:00:00Z', 'o', { line: '1' })

  test.each([
    ['upward', '0.1', 20],
    ['downward', '2', 400],
  ])('%s, a return takes back what is right', (_, points1, before) => {
    const wrong = rated(points1)
    expect(points(following(wrong, history).state).active).toBe(before)
    const { fixed } = fixedBy(wrong, shop(), history)
    expect(points(fixed)).toEqual({ active: 200, pending: 0, debt: 0 })
    expect(points(following(shop(), [back], fixed).state)).toEqual({ active: 0, pending: 0, debt: 0 })
  })

  test('an inserted purchase can be returned, is known by its id, and counts', () => {
    const program = shop({ ladders: [statusLadder] })
    const later = [start, buys('b', '2026-01-10T00:00:00Z', '500.00')]
    const late = buys('a', '2026-01-05T00:00:00Z', '600.00')
    const actual = following(program, later).state
    const corrected = correct(program, actual, insertLate(later, late), fix)
    const fixed = restated(program, actual, corrected)
    expect(fixed.standings.map(({ tier }) => tier)).toEqual(['gold'])
    expect(corrected.difference).toMatchObject({
      wallets: [{ wallet: 'points', points: 600, lots: [{ actual: null, right: { source: 'a', points: 600 } }] }],
      standings: [{ actual: { tier: 'basic' }, right: { tier: 'gold' } }],
      orders: { actual: 1, right: 2 },
      earnings: [{ actual: null, right: { id: 'a' } }],
      activities: ['a'],
    })
    expect(decide(program, fixed, late)).toMatchObject({ right: { events: [] } })
    expect(rejected(program, fixed, buys('a', '2026-01-05T00:00:00Z', '1.00'))).toMatchObject([
      { _tag: 'ActivityConflict' },
    ])
    const returned = following(program, [returns('r', '2026-01-21T00:00:00Z', 'a', { line: '1' })], fixed).state
    expect(points(returned).active).toBe(500)
  })

  test('a purchase that was told wrongly is the right one from then on', () => {
    const told = following(shop(), history).state
    const purchase = buys('o', '2026-01-02T00:00:00Z', '20.00')
    const corrected = correct(shop(), told, [start, purchase], fix)
    const fixed = restated(shop(), told, corrected)
    expect([points(fixed).active, corrected.difference.activities]).toEqual([20, ['o']])
    expect(following(shop(), [purchase], fixed).events).toEqual([])
    expect(rejected(shop(), fixed, buys('o', '2026-01-02T00:00:00Z', '200.00'))).toMatchObject([
      { _tag: 'ActivityConflict' },
    ])
    expect(correct(shop(), fixed, [start, purchase], noteAt(fix.at, 'again')).restatement).toBeNull()
  })

  test('the next purchase comes to what it should', () => {
    const more = { ladders: [statusLadder] }
    const wrong = rated('0.1', more)
    const { corrected, fixed } = fixedBy(wrong, shop(more), [start, buys('o', '2026-01-02T00:00:00Z', '900.00')])
    expect(corrected.difference.standings).toHaveLength(1)
    const next = buys('n', '2026-01-21T00:00:00Z', '100.00')
    expect(following(shop(more), [next], fixed).state.standings[0]?.tier).toBe('gold')
  })

  test('the right lots are taken from: those of a supplier stay', () => {
    const expiry = { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'earning' }
    const more = { wallets: [{ ...shopJson.wallets[0], expiry }] }
    const promotion = {
      id: 'promotion',
      wallet: 'points',
      award: { mode: 'bonus', points: '100' },
      lot: { kind: 'promotional', funder: 'supplier', validity: { amount: 1, unit: 'month' } },
    }
    const story = [start, buys('o', '2026-01-02T00:00:00Z', '50.00')]
    const { corrected, fixed } = fixedBy(rated('2', more, promotion), rated('1', more, promotion), story)
    expect(fixed.wallets[0]?.lots.map((lot) => [lot.points, lot.funder])).toEqual([
      [100, 'supplier'],
      [50, null],
    ])
    expect(corrected.difference.wallets[0]?.lots).toMatchObject([{ actual: { points: 100 }, right: { points: 50 } }])
  })

  test('what should be pending is pending', () => {
    const pending = { type: 'duration', duration: { amount: 14, unit: 'day' } }
    const more = { wallets: [{ ...shopJson.wallets[0], pending }] }
    const note = noteAt(at('2026-01-05T00:00:00Z'))
    const { fixed } = fixedBy(rated('0.1', more), shop(more), history, note)
    expect(points(fixed)).toEqual({ active: 0, pending: 200, debt: 0 })
    expect(points(advance(shop(more), fixed, at('2026-01-16T00:00:00Z')).state).active).toBe(200)
  })

  test('stamp cards are put right too', () => {
    const cafe = (slots: number) =>
      shop({
        stampCards: [
          { policy: { ...coffeeJson, slots, rewards: [{ position: slots, reward: 'free' }] }, products: null },
        ],
      })
    const coffees = activity({
      type: 'purchase',
      id: 'o',
      at: '2026-01-02T00:00:00Z',
      lines: [{ id: '1', amount: eur('21.00'), quantity: 7 }],
    })
    const { corrected, fixed } = fixedBy(cafe(10), cafe(6), [start, coffees])
    expect(corrected.difference.stampCards).toMatchObject([
      { actual: { card: 1, stamps: 7 }, right: { card: 2, stamps: 1, rewards: [{ status: 'open' }] } },
    ])
    expect(fixed.stampCards).toEqual(corrected.right.stampCards)
  })

  test('goals are put right too', () => {
    const orders = (target: number) => ({
      id: 'orders',
      measure: { type: 'times' },
      window: { type: 'whole' },
      levels: [{ id: 'top', target }],
    })
    const climb = (target: number) => shop({ challenges: { goals: [{ on: 'purchase', challenge: orders(target) }] } })
    const story = [start, buys('a', '2026-01-02T00:00:00Z', '1.00'), buys('b', '2026-01-03T00:00:00Z', '1.00')]
    const { corrected, fixed } = fixedBy(climb(5), climb(2), story)
    expect(corrected.difference.goals).toMatchObject([
      { actual: { grants: [] }, right: { grants: [{ level: 'top' }] } },
    ])
    expect(fixed.challenges).toEqual(corrected.right.challenges)
  })

  test('a correction of what is right has nothing to do, budgets included', () => {
    const budget = { id: 'b', wallet: 'points', limit: 100, counts: 'points', window: { type: 'lifetime' } }
    const caps = [{ ...budget, per: { scope: 'everyone' }, onExceed: 'truncate' }]
    const program = shop({ earning: { ...shopJson.earning, caps } })
    const story = [start, buys('o', '2026-01-02T00:00:00Z', '60.00')]
    const budgets = [{ type: 'lifetime' as const, cap: 'b' as CapId, key: '', used: 70 }]
    const joined = unwrap(decide(program, newMember(anna), start)).state
    const actual = unwrap(decide(program, joined, story[1] ?? start, { budgets })).state
    expect(points(actual).active).toBe(30)
    expect(correctHistory(alone(program), actual, story, fix)).toMatchObject({
      left: [{ _tag: 'MissingBudget', cap: 'b' }],
    })
    expect(replay(alone(program), story)).toMatchObject({ left: [{ _tag: 'MissingBudget' }] })
    expect(stateAt(alone(program), story, fix.at)).toMatchObject({ left: [{ _tag: 'MissingBudget' }] })
    const corrected = correct(program, actual, story, fix, { budgets: () => budgets })
    expect([corrected.restatement, differentParts(corrected.difference)]).toEqual([null, []])
  })
})

describe('what was spent and by the right rules would not have been there', () => {
  const story = [start, buys('a', '2026-01-02T00:00:00Z', '50.00'), spends('s', '2026-01-03T00:00:00Z', 40)]
  const wrong = rated('10')
  const history = [...story, spends('t', '2026-01-04T00:00:00Z', 440)]
  const actual = following(wrong, history).state

  test('is owed, and told', () => {
    const corrected = correct(shop(), actual, history, fix)
    expect(corrected.refused).toMatchObject([
      { activity: { id: 't' }, rejection: [{ _tag: 'InsufficientPoints', requested: 440, available: 10 }] },
    ])
    const fixed = restated(shop(), actual, corrected)
    expect(points(fixed)).toEqual({ active: 0, pending: 0, debt: 430 })
    expect(points(following(shop(), [cancels('c', 't')], fixed).state)).toEqual({ active: 10, pending: 0, debt: 0 })
    expect(correct(shop(), fixed, history, noteAt(fix.at, 'again')).restatement).toBeNull()
  })

  test('is left to the member where that is asked for', () => {
    const corrected = correct(shop(), actual, history, fix, { unaffordable: 'forgive' })
    expect(corrected.refused).toHaveLength(1)
    expect(points(restated(shop(), actual, corrected))).toEqual({ active: 0, pending: 0, debt: 0 })
  })

  test('a hold that could not be made is made, so that what is spent of it is gone; it is not a gift', () => {
    const hold = activity({ type: 'hold', id: 'h', at: '2026-01-04T00:00:00Z', wallet: 'points', points: 440 })
    const use = { type: 'redemption', id: 't', at: '2026-01-05T00:00:00Z', wallet: 'points', points: 440, hold: 'h' }
    const held = [...story, hold, activity(use)]
    const before = following(wrong, held).state
    expect(points(correct(shop(), before, held, fix).right).debt).toBe(430)
    const left = correct(shop(), before, held, fix, { unaffordable: 'forgive' })
    expect(left.refused.map((one) => one.activity.id)).toEqual(['h', 't'])
    expect(points(left.right)).toEqual({ active: 10, pending: 0, debt: 0 })
  })

  test('a reward is gone too, as far as nothing else is against it', () => {
    const mug = mugFor(100)
    const takes = activity({ type: 'rewardRedeemed', id: 'm', at: '2026-01-04T00:00:00Z', reward: 'mug' })
    const taken = [...story, takes]
    const before = following(rated('10', { rewards: [mug] }), taken).state
    expect(points(correct(shop({ rewards: [mug] }), before, taken, fix).right).debt).toBe(90)
    const ended = shop({ rewards: [{ ...mug, validUntil: '2026-01-03T00:00:00Z' }] })
    const refused = correct(ended, before, taken, fix)
    expect(refused.refused).toMatchObject([{ rejection: [{ _tag: 'RewardUnavailable' }] }])
    expect(points(refused.right)).toEqual({ active: 10, pending: 0, debt: 0 })
  })
})

test('what came in late asks of others what it would have asked, and what is known of them is put right', () => {
  const program = shop(referralOf())
  const invited = joins('2026-01-01T00:00:00Z', {
    referrer: { member: 'bob', enrolledAt: '2025-12-01T00:00:00Z' },
  })
  const late = buys('a', '2026-01-05T00:00:00Z', '80.00')
  const actual = following(program, [invited]).state
  const corrected = correct(program, actual, insertLate([invited], late), fix)
  const asked = following(program, [invited, late]).followUps
  expect(asked).toMatchObject([{ type: 'referralConverted', member: 'bob' }])
  expect(corrected.followUps).toEqual(asked)
  expect(restated(program, actual, corrected).referral).toEqual(corrected.right.referral)
})

describe('a correction', () => {
  const program = shop()
  const history = [start, buys('o', '2026-01-02T00:00:00Z', '50.00')]
  const actual = following(rated('2'), history).state

  test('needs the whole history', () => {
    expect(correctHistory(alone(program), actual, [start], fix)).toMatchObject({
      left: [{ _tag: 'IncompleteHistory', activities: ['o'] }],
    })
    const from = following(program, [start]).state
    expect(correctHistory(alone(program), actual, history.slice(1), fix, { from })).toMatchObject({ _tag: 'Right' })
  })

  test('is not made before what has happened', () => {
    const early = correctHistory(alone(program), actual, history, noteAt(at('2026-01-01T12:00:00Z')))
    expect(early).toMatchObject({ left: [{ _tag: 'InvalidValue', path: ['note', 'at'] }] })
  })

  test('is for one revision of the state', () => {
    const { restatement } = correct(program, actual, history, fix)
    if (restatement === null) throw new Error('something differs')
    const later = following(program, [buys('p', '2026-01-10T00:00:00Z', '1.00')], actual).state
    expect(rejected(program, later, restatement)).toMatchObject([
      { _tag: 'StaleState', path: ['basedOn'], revision: later.revision, expectedRevision: actual.revision },
    ])
    const fixed = following(program, [restatement], actual).state
    expect(following(program, [restatement], fixed).events).toEqual([])
    expect(rejected(program, fixed, { ...restatement, reason: 'another' })).toMatchObject([
      { _tag: 'ActivityConflict' },
    ])
  })

  test('is replayed with the history, and left out by the next one', () => {
    const corrected = correct(program, actual, history, fix)
    const fixed = restated(program, actual, corrected)
    const whole = [...history, ...(corrected.restatement === null ? [] : [corrected.restatement])]
    const versions: ProgramVersions = [
      { program: rated('2'), from: null },
      { program, from: at('2026-01-19T00:00:00Z') },
    ]
    expect(unwrap(replay(versions, whole)).state).toEqual(fixed)
    const next = noteAt(at('2026-01-21T00:00:00Z'), 'next')
    expect(correct(program, fixed, whole, next).restatement).toBeNull()
    const better = correct(rated('3'), fixed, whole, next)
    expect(points(restated(rated('3'), fixed, better)).active).toBe(150)
  })

  test('is explained', () => {
    const { restatement } = correct(program, actual, history, fix)
    const { trace } = following(program, restatement === null ? [] : [restatement], actual)
    expect(explainTrace(program, trace)).toEqual([
      'Put right by care: “a rule that was wrong”. What was not right: points, purchases and actions.',
      '50 points taken on 2026-01-20, by care: “a rule that was wrong”.',
    ])
    expect(explainTrace(program, trace, { texts: germanTexts })[0]).toBe(
      'Richtiggestellt von care: „a rule that was wrong“. Was nicht stimmte: Punkte, Einkäufe und Aktionen.',
    )
  })

  test('that changes nothing says so', () => {
    const { restatement } = correct(program, actual, history, fix)
    const fixed = following(program, restatement === null ? [] : [restatement], actual).state
    const again = { ...restatement, id: 'again', basedOn: fixed.revision } as Activity
    expect(explainTrace(program, following(program, [again], fixed).trace)).toEqual([
      'Put right by care: “a rule that was wrong”. What was not right: nothing.',
    ])
  })

  test('can be that somebody joined earlier', () => {
    const visits = [joins('2026-01-01T00:00:00Z')]
    const corrected = correct(program, newMember(anna), visits, fix)
    const fixed = restated(program, newMember(anna), corrected)
    expect(fixed.enrolledAt).toBe(at('2026-01-01T00:00:00Z'))
  })
})
