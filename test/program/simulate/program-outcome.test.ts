// What a program came to, against a plain count over all decisions.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type ExactInteger, exactSum, type MemberId, unwrap } from '../../../src/foundation/index.ts'
import { balanceSign, type LedgerEntry } from '../../../src/ledger/index.ts'
import {
  type Activity,
  type CompiledProgram,
  outcomeMonoid,
  ProgramOutcome,
  playOutcome,
  simulate,
} from '../../../src/program/index.ts'
import { compiledOf } from '../../arbitraries/program.ts'
import { sharingNothing, wideHistory } from '../../arbitraries/wide-program.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { activity, buys, joins, shop, spends, statusLadder } from '../shop.ts'

fewerRuns()

const told = (member: string, activities: ReadonlyArray<Activity>): ReadonlyArray<Activity> =>
  activities.map((one) => ({ ...one, id: `${one.id} of ${member}` as ActivityId, member: member as MemberId }))

const segmentOf = (member: MemberId): string => (member < 'm' ? 'early' : 'late')

const entriesOf = (program: CompiledProgram, activities: ReadonlyArray<Activity>, until: Activity['at']) => {
  const { steps, ends } = unwrap(simulate(program, activities, { until }))
  const events = [
    ...steps.flatMap(({ activity: { member }, result }) =>
      result._tag === 'Left' ? [] : result.right.events.map((event) => ({ member, event })),
    ),
    ...ends.flatMap(({ before: { member }, decision }) => decision.events.map((event) => ({ member, event }))),
  ]
  return events.flatMap(({ member, event }) => ('wallet' in event ? [{ member, entry: event as LedgerEntry }] : []))
}

interface Told {
  readonly member: MemberId
  readonly entry: LedgerEntry
}

const sumOf = (numbers: ReadonlyArray<ExactInteger>): ExactInteger => numbers.reduce(exactSum, 0)

describe('playOutcome', () => {
  test('each sum is that of all entries of a segment, wallet and kind; balances are what came less what went', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const history = [...told('anna', activities), ...told('zoe', activities)]
        const until = (activities[activities.length - 1]?.at ?? 0) as Activity['at']
        const { outcome, received } = unwrap(playOutcome(program, history, { segmentOf, until }))
        const entries = entriesOf(program, history, until)
        const sumWhere = (isWanted: (one: Told) => boolean): ExactInteger =>
          sumOf(entries.filter(isWanted).map(({ entry }) => balanceSign(entry.type) * entry.points))
        for (const { segment, wallet, kind, points } of outcome.movements) {
          const isOwn = ({ member, entry }: Told): boolean =>
            segmentOf(member) === segment && entry.wallet === wallet && entry.type === kind
          expect(balanceSign(kind) * Number(points)).toBe(sumWhere(isOwn))
        }
        for (const { segment, wallet, points } of outcome.balances) {
          expect(points).toBe(sumWhere(({ member, entry }) => segmentOf(member) === segment && entry.wallet === wallet))
        }
        for (const { member: of, wallet, points } of received) {
          const isKept = ({ member, entry: { wallet: own, type } }: Told): boolean =>
            member === of && own === wallet && type !== 'redeemed' && type !== 'restored'
          expect(points).toBe(sumWhere(isKept))
        }
      }),
    )
  })

  test('parts of a population merge to the whole', () => {
    fc.assert(
      fc.property(wideHistory, ({ program: wide, activities }) => {
        const program = compiledOf(sharingNothing(wide.program))
        // A referrer would be in both parts, and a budget is for all of them.
        const alone = activities.map((one): Activity => {
          if (one.type !== 'enrolment') return one
          const { referrer: _referrer, ...rest } = one
          return rest
        })
        fc.pre(!(program.program.earning.caps?.some(({ per }) => per?.scope === 'everyone') ?? false))
        fc.pre(alone.every(({ type }) => type !== 'referralTouched'))
        const [anna, zoe] = [told('anna', alone), told('zoe', alone)]
        const asked = [...unwrap(simulate(program, anna)).steps, ...unwrap(simulate(program, zoe)).steps]
        fc.pre(asked.every(({ askedBy }) => askedBy === null))
        const play = (history: ReadonlyArray<Activity>): ProgramOutcome =>
          unwrap(playOutcome(program, history, { segmentOf })).outcome
        const whole = play(alone.flatMap((_, at) => [anna[at], zoe[at]].filter((one) => one !== undefined)))
        expect(outcomeMonoid.concat(play(anna), play(zoe))).toEqual(whole)
        expect(outcomeMonoid.concat(play(zoe), play(anna))).toEqual(whole)
        expect(outcomeMonoid.concat(outcomeMonoid.empty, whole)).toEqual(whole)
      }),
    )
  })

  test('counts levels that were given, less those taken back', () => {
    const levels = (id: string, key: string) => [{ id, [key]: 1 }]
    const program = shop({
      challenges: {
        goals: [
          {
            challenge: {
              id: 'orders',
              measure: { type: 'times' },
              window: { type: 'whole' },
              levels: levels('one', 'target'),
            },
            on: 'purchase',
          },
        ],
        streaks: [
          {
            streak: { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: levels('day', 'periods') },
            on: 'purchase',
          },
        ],
        tenure: [{ id: 'membership', levels: [{ id: 'start', after: { amount: 0, unit: 'day' } }] }],
      },
    })
    const at = '2026-01-02T00:00:00Z'
    const back = activity({ type: 'return', id: 'r', at: '2026-01-03T00:00:00Z', purchase: 'o of zoe' })
    const history = told('anna', [joins('2026-01-01T00:00:00Z'), buys('o', at, '9.00')])
    const zoe = told('zoe', [joins('2026-01-01T00:00:00Z'), buys('o', at, '8.00'), back])
    expect(unwrap(playOutcome(program, [...history, ...zoe], { segmentOf })).outcome.levels).toEqual([
      { segment: 'early', challenge: 'daily', level: 'day', given: 1 },
      { segment: 'early', challenge: 'membership', level: 'start', given: 1 },
      { segment: 'early', challenge: 'orders', level: 'one', given: 1 },
      { segment: 'late', challenge: 'membership', level: 'start', given: 1 },
    ])
  })

  test('counts members, tiers, refusals and points by kind', () => {
    const program = shop({ ladders: [statusLadder] })
    const at = '2026-01-02T00:00:00Z'
    const history = [
      ...told('anna', [joins('2026-01-01T00:00:00Z'), buys('o', at, '1200.00'), spends('s', at, 200)]),
      ...told('zoe', [joins('2026-01-01T00:00:00Z'), buys('o', at, '80.00'), spends('s', at, 90)]),
    ]
    expect(unwrap(playOutcome(program, history, { segmentOf })).outcome).toEqual({
      members: [
        { segment: 'early', members: 1, refused: 0 },
        { segment: 'late', members: 1, refused: 1 },
      ],
      movements: [
        { segment: 'early', wallet: 'points', kind: 'accrued', points: 1200 },
        { segment: 'early', wallet: 'points', kind: 'redeemed', points: 200 },
        { segment: 'late', wallet: 'points', kind: 'accrued', points: 80 },
      ],
      balances: [
        { segment: 'early', wallet: 'points', points: 1000 },
        { segment: 'late', wallet: 'points', points: 80 },
      ],
      tiers: [
        { segment: 'early', ladder: 'status', tier: 'gold', members: 1 },
        { segment: 'late', ladder: 'status', tier: 'basic', members: 1 },
      ],
      budgets: [],
      rewards: [],
      vouchers: [],
      donations: [],
      levels: [],
    })
  })
})

codecLaws(
  'ProgramOutcome',
  ProgramOutcome,
  wideHistory.map(({ program, activities }) => unwrap(playOutcome(program, activities, { segmentOf })).outcome),
)
