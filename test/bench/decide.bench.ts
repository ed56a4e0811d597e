// A purchase through a whole program of 10 or 50 rules, pending points, expiry, a ladder of tiers and idempotency; beside it a
// JSON rule engine that finds the same rules and adds their points, and does nothing else.
import { currency, type Instant, type LineId, type MemberId, unwrap, zoneFromIntl } from '../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  compileProgram,
  decide,
  decodeProgram,
  type MemberState,
  newMember,
  type Purchase,
} from '../../src/program/index.ts'
import { jsonRulesEngine } from './json-rules-engine.ts'
import type { Benchmark, Contender } from './measure.ts'

const pointsOf = (atLeast: number) => ({ type: 'count', metric: 'points', atLeast })

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const zone = unwrap(zoneFromIntl('Europe/Berlin'))
const categories = Array.from({ length: 12 }, (_, index) => `category ${index}`)
const perEuro = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }

/** Each of the conditional rules adds a point per euro of the order. */
const conditionsOf = (rules: number) =>
  Array.from({ length: rules - 1 }, (_, index) => ({
    all: [
      { field: 'amount', atLeast: `${20 + 15 * (index % 9)}.00` },
      index % 3 === 0
        ? { field: 'weekday', in: ['saturday', 'sunday'] }
        : { field: 'categories', hasAny: [categories[index % 12], categories[(index + 1) % 12]] },
    ],
  }))

type Conditions = ReturnType<typeof conditionsOf>

const programOf = (conditions: Conditions): CompiledProgram =>
  unwrap(
    compileProgram(
      unwrap(
        decodeProgram({
          id: 'shop',
          version: 1,
          currency: 'EUR',
          zone: zone.id,
          returnWindow: { amount: 30, unit: 'day' },
          wallets: [
            {
              id: 'points',
              decimals: 0,
              pending: { type: 'duration', duration: { amount: 14, unit: 'day' } },
              expiry: { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'activation' },
            },
          ],
          earning: {
            rounding: { mode: 'floor', on: 'order' },
            rules: [
              { id: 'base', wallet: 'points', award: perEuro },
              ...conditions.map((when, index) => ({ id: `rule ${index}`, wallet: 'points', when, award: perEuro })),
            ],
          },
          ladders: [
            {
              id: 'status',
              metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
              period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
              validity: { type: 'endOfNextPeriod' },
              tiers: [
                { id: 'basic' },
                { id: 'silver', reach: pointsOf(1_000), keep: pointsOf(800) },
                { id: 'gold', reach: pointsOf(5_000), keep: pointsOf(4_000) },
              ],
            },
          ],
        }),
      ),
      { zones: [zone] },
    ),
  )

const purchasesPerMember = 25
const members = 2_000
const start = 1_767_225_600_000

/** One member after the other, each in order of time, as a history is replayed. */
const purchase = (index: number): Purchase => {
  const member = Math.floor(index / purchasesPerMember)
  const turn = index % purchasesPerMember
  return {
    type: 'purchase',
    id: `order ${index}` as Purchase['id'],
    member: `member ${member}` as MemberId,
    at: (start + turn * 9 * 86_400_000 + member * 40_000) as Instant,
    lines: [0, 1, 2].map((line) => ({
      id: `${line}` as LineId,
      amount: { minor: 500 + ((index * 7_919 + line * 104_729) % 6_000), currency: unwrap(currency('EUR')) },
      categories: [categories[(index * 31 + line * 7) % categories.length] ?? ''],
    })),
  }
}

const purchases = Array.from({ length: members * purchasesPerMember }, (_, index) => purchase(index))

const joined = (program: CompiledProgram, member: MemberId): MemberState => {
  const enrolment: Activity = { type: 'enrolment', id: 'joins' as Activity['id'], member, at: start as Instant }
  return unwrap(decide(program, newMember(member), enrolment)).state
}

const treue = (conditions: Conditions, trace: boolean): Contender => {
  const program = programOf(conditions)
  /** The points of each purchase. */
  const decideAll = (count: number): ReadonlyArray<number> => {
    const points: Array<number> = []
    let state = newMember('' as MemberId)
    for (let index = 0; index < count; index += 1) {
      const activity = purchases[index] as Purchase
      if (index % purchasesPerMember === 0) state = joined(program, activity.member)
      const next = unwrap(decide(program, state, activity, { trace })).state
      points.push((next.wallets[0]?.accrued ?? 0) - (state.wallets[0]?.accrued ?? 0))
      state = next
    }
    return points
  }
  return { name: 'treue', events: purchases.length, results: decideAll, run: decideAll }
}

const weekday = new Intl.DateTimeFormat('en', { timeZone: zone.id, weekday: 'long' })

/** What a shop writes around a rule engine; the weekday is looked up before, so that only the rules are timed. */
const orders = purchases.map(({ lines, at }) => ({
  amount: lines.reduce((sum, { amount }) => sum + amount.minor, 0),
  categories: [...new Set(lines.flatMap(({ categories: of }) => of ?? []))],
  weekday: weekday.format(at).toLowerCase(),
}))

const rulesAlone = async (conditions: Conditions): Promise<Contender> => {
  const inMinor = JSON.parse(JSON.stringify(conditions), (key, value) =>
    key === 'atLeast' ? Math.round(Number(value) * 100) : value,
  )
  const match = await jsonRulesEngine(inMinor)
  const pointsOfAll = async (count: number): Promise<ReadonlyArray<number>> => {
    const points: Array<number> = []
    for (const order of orders.slice(0, count)) {
      const matches = await match(order)
      points.push(Math.floor((order.amount * (1 + matches.length)) / 100))
    }
    return points
  }
  return { name: 'json-rules-engine (rules alone)', events: 2_000, results: pointsOfAll, run: pointsOfAll }
}

const deciding = (name: string, rules: number, trace: boolean, goal: string): Benchmark => {
  const conditions = conditionsOf(rules)
  return {
    name,
    unit: 'rate',
    warm: true,
    prepare: async () => ({ ours: treue(conditions, trace), peers: [{ ...(await rulesAlone(conditions)), goal }] }),
  }
}

export const benchmarks: ReadonlyArray<Benchmark> = [
  deciding('decide', 10, false, 'ours 150k/s'),
  deciding('decide-50', 50, false, 'ours 150k/s'),
  deciding('decide-50-traced', 50, true, 'ours 50k/s'),
]
