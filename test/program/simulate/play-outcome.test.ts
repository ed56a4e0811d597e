// What a program came to, against a plain count over all decisions.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type ExactInteger, exactSum, type MemberId, unwrap } from '../../../src/foundation/index.ts'
import { balanceSign, type LedgerEntry } from '../../../src/ledger/index.ts'
import {
  type Activity,
  type CompiledProgram,
  type Donated,
  type MemberEvent,
  outcomeMonoid,
  type ProgramOutcome,
  playOutcome,
  type ReferralRewardDue,
  type StampCardChanged,
  simulate,
} from '../../../src/program/index.ts'
import { compiledOf } from '../../arbitraries/program.ts'
import { sharingNothing, wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { coffeeJson } from '../../rewards/stamp-terms.ts'
import { activity, buys, eur, joins, referralOf, returns, shop, shopJson, spends, statusLadder } from '../shop.ts'

fewerRuns()

const told = (member: string, activities: ReadonlyArray<Activity>): ReadonlyArray<Activity> =>
  activities.map((one) => ({ ...one, id: `${one.id} of ${member}` as ActivityId, member: member as MemberId }))

const at = '2026-01-02T00:00:00Z'

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

/** All events of some types, in the order in which they came. */
const eventsOf = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  types: ReadonlyArray<MemberEvent['type']>,
): ReadonlyArray<MemberEvent> =>
  unwrap(simulate(program, activities)).steps.flatMap(({ result }) =>
    result._tag === 'Left' ? [] : result.right.events.filter(({ type }) => types.includes(type)),
  )

/** What is used of each window of a budget, by all segments. */
const usedOf = ({ budgets }: ProgramOutcome): ReadonlyMap<string, ExactInteger> => {
  const used = new Map<string, ExactInteger>()
  for (const { cap, key, from, used: some } of budgets) {
    const name = `${cap} ${key} ${from}`
    used.set(name, exactSum(used.get(name) ?? 0, some))
  }
  return used
}

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
      stamps: [],
      stampCards: [],
      referralRewards: [],
      donations: [],
      levels: [],
    })
  })

  test('what is used of budgets is what is counted for the next decision, window by window', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const history = [...told('anna', activities), ...told('zoe', activities)]
        const { outcome } = unwrap(playOutcome(program, history, { segmentOf }))
        const used = usedOf(outcome)
        // A rolling window keeps single uses, some of which are too old to matter.
        const kept = unwrap(simulate(program, history)).budgets.flatMap((one) => (one.type === 'rolling' ? [] : [one]))
        for (const usage of kept) {
          const from = usage.type === 'calendar' ? usage.from : null
          expect(used.get(`${usage.cap} ${usage.key} ${from}`)).toBe(usage.used)
        }
      }),
    )
  })

  test('rewards, vouchers, stamps, referral rewards and donations are those of a plain count of events', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const history = [...told('anna', activities), ...told('zoe', activities)]
        const { outcome } = unwrap(playOutcome(program, history, { segmentOf }))
        const { rewards, vouchers, stamps, referralRewards, donations } = outcome
        expect([...rewards, ...vouchers, ...stamps].reduce((sum, { times }) => sum + times, 0)).toBe(
          eventsOf(program, history, ['rewardChanged', 'voucherHeldChanged', 'voucherUseChanged', 'stampCardChanged'])
            .length,
        )
        const units = (of: 'referralRewardDue' | 'referralRewardTaken'): ExactInteger =>
          sumOf(eventsOf(program, history, [of]).map((event) => (event as ReferralRewardDue).reward.units))
        expect(sumOf(referralRewards.map(({ due }) => due))).toBe(units('referralRewardDue'))
        expect(sumOf(referralRewards.map(({ taken }) => taken))).toBe(units('referralRewardTaken'))
        const given = eventsOf(program, history, ['donated']).map((event) => (event as Donated).given.minor)
        expect(sumOf(donations.map(({ givenMinor }) => givenMinor))).toBe(sumOf(given))
        const came = eventsOf(program, history, ['stampCardChanged']) as ReadonlyArray<StampCardChanged>
        expect(sumOf(stamps.map((row) => row.stamps))).toBe(sumOf(came.map((event) => event.stamps)))
      }),
    )
  })

  test('budgets by segment and month, those of referrals included', () => {
    const [base] = shopJson.earning.rules
    const monthly = { type: 'calendar', calendar: { unit: 'month' } }
    const budget = {
      id: 'spring',
      wallet: 'points',
      limit: 150,
      counts: 'points',
      window: monthly,
      onExceed: 'truncate',
    }
    const paid = {
      id: 'paid',
      per: 'everyone',
      counts: 'units',
      limit: 800,
      window: { type: 'lifetime' },
      onExceed: 'truncate',
    }
    const program = shop({
      earning: { ...shopJson.earning, rules: [base], caps: [{ ...budget, per: { scope: 'everyone' } }] },
      ...referralOf({ caps: [paid] }),
    })
    const history = [
      ...told('anna', [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '100.00')]),
      ...told('zoe', [
        joins('2026-01-02T00:00:00Z', { referrer: { member: 'anna', enrolledAt: '2026-01-01T00:00:00Z', by: 'code' } }),
        buys('o', '2026-01-03T00:00:00Z', '70.00'),
        buys('p', '2026-02-03T00:00:00Z', '20.00'),
      ]),
    ]
    const [january, february] = ['2026-01-01', '2026-02-01'].map((day) => Date.parse(`${day}T00:00:00Z`))
    const { outcome } = unwrap(playOutcome(program, history, { segmentOf }))
    expect(outcome.budgets).toEqual([
      { segment: 'early', cap: 'paid', key: '', from: null, used: 500 },
      { segment: 'early', cap: 'spring', key: '', from: january, used: 100 },
      { segment: 'late', cap: 'spring', key: '', from: january, used: 50 },
      { segment: 'late', cap: 'spring', key: '', from: february, used: 20 },
    ])
    const money = { type: 'money', currency: 'EUR' }
    expect(outcome.referralRewards).toEqual([
      { segment: 'late', side: 'referee', cause: 'referral', kind: money, due: 1000, taken: 0 },
    ])
  })

  test('stamps that came and went, and what is on the cards', () => {
    const program = shop({ stampCards: [{ policy: coffeeJson, products: null }] })
    const coffees = (id: string, when: string, quantity: number): Activity =>
      activity({ type: 'purchase', id, at: when, lines: [{ id: '1', amount: eur('9.00'), quantity }] })
    const use = { type: 'stampRewardUse', id: 'u', at: '2026-01-04T00:00:00Z', card: 'coffee', number: 1, position: 10 }
    const history = [
      ...told('anna', [joins('2026-01-01T00:00:00Z'), coffees('o', at, 23), activity(use)]),
      ...told('zoe', [
        joins('2026-01-01T00:00:00Z'),
        coffees('o', at, 4),
        returns('r', '2026-01-05T00:00:00Z', 'o of zoe', { line: '1' }),
      ]),
    ]
    const { outcome } = unwrap(playOutcome(program, history, { segmentOf }))
    expect(outcome.stamps).toEqual([
      { segment: 'early', card: 'coffee', change: 'rewardUsed', times: 1, stamps: 0 },
      { segment: 'early', card: 'coffee', change: 'stamped', times: 1, stamps: 23 },
      { segment: 'late', card: 'coffee', change: 'stamped', times: 1, stamps: 4 },
      { segment: 'late', card: 'coffee', change: 'takenBack', times: 1, stamps: 4 },
    ])
    expect(outcome.stampCards).toEqual([{ segment: 'early', card: 'coffee', finished: 2, stamps: 3, openRewards: 1 }])
  })
})
