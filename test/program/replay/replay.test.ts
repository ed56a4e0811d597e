// Replays against deciding, and corrections against what should have been.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type Instant, parseInstant, unwrap } from '../../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  type CorrectionNote,
  compileProgram,
  correctHistory,
  corrections,
  decide,
  evolve,
  insertLate,
  type MemberState,
  newMember,
  type ProgramVersions,
  replay,
  stateAt,
  stateDifference,
} from '../../../src/program/index.ts'
import { anna, play } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import {
  buys,
  eur,
  following,
  joins,
  member,
  points,
  programOf,
  shop,
  shopJson,
  spends,
  statusLadder,
} from '../shop.ts'

fewerRuns()

const at = (text: string): Instant => unwrap(parseInstant(text))

const alone = (program: CompiledProgram): ProgramVersions => [{ program, from: null }]

const noteAt = (instant: Instant): CorrectionNote => ({
  id: 'fix' as ActivityId,
  at: instant,
  reason: 'a rule that was wrong',
  actor: 'care',
})

const hasBudgets = ({ program }: CompiledProgram): boolean =>
  program.earning.caps?.some(({ per }) => per?.scope === 'everyone') ?? false

const balances = ({ wallets }: MemberState) =>
  wallets
    .map(({ id, active, pending, held, debt }) => [id, active + pending + held - debt] as const)
    .filter(([, balance]) => balance !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))

describe('replay', () => {
  test('by one version it is what deciding came to, and its events fold to its state', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        fc.pre(!hasBudgets(program))
        const { state, events, refused } = unwrap(replay(alone(program), activities))
        const played = play(program, activities)
        expect(state).toEqual(played.state)
        expect(events.reduce(evolve, newMember(anna))).toEqual(state)
        expect(refused.length).toBe(activities.length - played.taken.length)
      }),
    )
  })

  test('the state at an instant is that of what happened by then, with time passed', () => {
    fc.assert(
      fc.property(wideHistory, fc.nat(), ({ program, activities }, cut) => {
        fc.pre(!hasBudgets(program))
        const index = cut % activities.length
        const instant = ((activities[index]?.at ?? 0) + 1) as Instant
        const known = activities.filter((activity) => activity.at <= instant)
        expect(unwrap(stateAt(alone(program), activities, instant))).toEqual(
          advance(program, play(program, known).state, instant).state,
        )
      }),
    )
  })

  test('each activity is decided by the version in force, and so is what falls due', () => {
    const first = programOf({ ladders: [statusLadder] })
    const second = programOf({
      version: 2,
      ladders: [statusLadder],
      earning: {
        ...shopJson.earning,
        rules: [
          { ...shopJson.earning.rules[0], award: { mode: 'linear', points: '2', per: eur('1.00'), on: 'order' } },
        ],
      },
    })
    const versions: ProgramVersions = [
      { program: unwrap(compileProgram(first)), from: null },
      { program: unwrap(compileProgram(second, { earlier: [first] })), from: at('2026-02-01T00:00:00Z') },
    ]
    const history = [
      joins('2026-01-01T00:00:00Z'),
      buys('a', '2026-01-31T23:59:59.999Z', '10.00'),
      buys('b', '2026-02-01T00:00:00Z', '10.00'),
    ]
    const { state } = unwrap(replay(versions, history))
    expect(points(state).active).toBe(30)
    expect(state.earnings.map(({ version }) => version)).toEqual([1, 2])
  })

  test('versions have to follow each other from the beginning', () => {
    const program = shop()
    const from = at('2026-01-01T00:00:00Z')
    expect(replay([{ program, from }], [])).toMatchObject({ left: { path: ['versions', 0, 'from'] } })
    expect(
      replay(
        [
          { program, from: null },
          { program, from: null },
        ],
        [],
      ),
    ).toMatchObject({
      left: { path: ['versions', 1, 'from'] },
    })
    expect(
      replay(
        [
          { program, from: null },
          { program, from },
          { program, from },
        ],
        [],
      ),
    ).toMatchObject({ left: { path: ['versions', 2, 'from'] } })
  })

  test('what is refused is told, and lets no time pass', () => {
    const { refused, state } = unwrap(replay(alone(shop()), [buys('o', '2026-01-01T00:00:00Z', '10.00')]))
    expect(refused).toMatchObject([{ rejection: [{ _tag: 'NotEnrolled' }] }])
    expect(state).toEqual(member())
  })
})

describe('corrections', () => {
  test('give every wallet the balance that it should have', () => {
    fc.assert(
      fc.property(wideHistory, fc.nat(), ({ program, activities }, left) => {
        fc.pre(!hasBudgets(program))
        // An activity is forgotten at first; ladders by balance count the correction itself, and points that it gives back
        // become rewards by themselves.
        fc.pre(program.program.ladders.every(({ metrics }) => metrics.every(({ of }) => of !== 'balance')))
        fc.pre(program.program.automaticRedemptions === undefined)
        const index = 1 + (left % Math.max(1, activities.length - 1))
        const end = (Math.max(...activities.map((activity) => activity.at)) + 86_400_000) as Instant
        const actual = play(
          program,
          activities.filter((_, place) => place !== index),
        ).state
        const corrected = unwrap(correctHistory(alone(program), actual, activities, noteAt(end)))
        const now = advance(program, actual, end).state
        const fixed = corrected.corrections.reduce<MemberState>(
          (state, activity) => unwrap(decide(program, state, activity)).state,
          now,
        )
        expect(balances(fixed)).toEqual(balances(corrected.right))
        expect(stateDifference(corrected.right, corrected.right)).toMatchObject({ wallets: [], standings: [] })
      }),
    )
  })

  test('something that came in late: its points, with the date that they would have had, and the tier that it says', () => {
    const program = shop({
      wallets: [
        { ...shopJson.wallets[0], expiry: { type: 'rolling', after: { amount: 100, unit: 'day' }, from: 'earning' } },
      ],
      ladders: [statusLadder],
    })
    const history: ReadonlyArray<Activity> = [
      joins('2026-01-01T00:00:00Z'),
      buys('b', '2026-03-01T00:00:00Z', '400.00'),
    ]
    const late = buys('a', '2026-02-01T00:00:00Z', '700.00')
    const actual = following(program, history).state
    const note = noteAt(at('2026-03-02T00:00:00Z'))
    const corrected = unwrap(correctHistory(alone(program), actual, insertLate(history, late), note))
    expect(corrected.difference).toEqual({
      member: 'anna',
      wallets: [{ wallet: 'points', points: 700, expiries: [{ expiresAt: at('2026-05-12T00:00:00Z'), points: 700 }] }],
      standings: [
        {
          ladder: 'status',
          tier: 'basic',
          rightTier: 'gold',
          validUntil: null,
          rightValidUntil: at('2028-01-01T00:00:00Z'),
        },
      ],
    })
    expect(corrected.corrections).toMatchObject([
      { type: 'adjustment', direction: 'in', points: 700, expiresAt: at('2026-05-12T00:00:00Z'), actor: 'care' },
    ])
    expect(following(program, corrected.corrections, actual).state.wallets[0]?.lots).toMatchObject([
      { points: 700, expiresAt: at('2026-05-12T00:00:00Z') },
      { points: 400 },
    ])
  })

  test('a rule that gave too much: what is spent already becomes debt', () => {
    const tooMuch = {
      ...shopJson.earning.rules[0],
      award: { mode: 'linear', points: '10', per: eur('1.00'), on: 'order' },
    }
    const wrong = shop({ earning: { ...shopJson.earning, rules: [tooMuch] } })
    const history = [
      joins('2026-01-01T00:00:00Z'),
      buys('a', '2026-01-02T00:00:00Z', '50.00'),
      spends('s', '2026-01-03T00:00:00Z', 40),
    ]
    const spent = following(wrong, [...history, spends('t', '2026-01-04T00:00:00Z', 440)]).state
    const note = noteAt(at('2026-01-05T00:00:00Z'))
    const corrected = unwrap(
      correctHistory(alone(shop()), spent, [...history, spends('t', '2026-01-04T00:00:00Z', 440)], note),
    )
    // By the right rate there were 50 points: the second redemption would have been refused.
    expect(corrected.refused).toMatchObject([{ activity: { id: 't' } }])
    expect(corrected.difference.wallets).toMatchObject([{ points: -10 }])
    expect(points(following(shop(), corrected.corrections, spent).state)).toEqual({ active: 10, pending: 0, debt: 0 })
    const less = { member: anna, wallets: [{ wallet: 'points', points: -60, expiries: [] }], standings: [] } as never
    expect(points(following(shop(), corrections(less, note), spent).state)).toEqual({ active: 0, pending: 0, debt: 40 })
  })
})

test('what came in late stands behind what happened in the same instant', () => {
  const history = [joins('2026-01-01T00:00:00Z'), buys('b', '2026-01-02T00:00:00Z', '1.00')]
  const ids = (late: Activity) => insertLate(history, late).map(({ id }) => id)
  expect(ids(buys('a', '2026-01-02T00:00:00Z', '1.00'))).toEqual(['joins', 'b', 'a'])
  expect(ids(buys('a', '2026-01-01T00:00:01Z', '1.00'))).toEqual(['joins', 'a', 'b'])
  expect(ids(buys('a', '2025-12-31T00:00:00Z', '1.00'))).toEqual(['a', 'joins', 'b'])
})
