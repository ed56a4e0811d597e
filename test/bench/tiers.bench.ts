// A million members on a ladder by calendar years, with a purchase each in every month, assessed at the ends of twelve
// months; beside it the loop over objects that apps write by hand for that one ladder.
//
// Ten million members' tiers at two dates, counted from columns; beside it a map of texts, as apps write it by hand, from
// members' tiers by their names, and a mere sum of the same columns, which only reads them.
import type { Instant, LadderId, TierId, WalletId } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import {
  foldStandings,
  type Ladder,
  type MetricId,
  type QualifyingColumns,
  type StandingsFold,
  summariseTierMoves,
  type TierTransitions,
} from '../../src/tiers/index.ts'
import type { Benchmark, Contender, Prepared } from './measure.ts'

const tiers = ['base', 'silver', 'gold', 'platinum', 'black'] as ReadonlyArray<string> as ReadonlyArray<TierId>

const placeOf = (tier: number): number => Math.min(tiers.length - 1, Math.max(0, tier))

/** Of fifty members three go up, three go down, one comes and one leaves. */
const stepOf = (turn: number): number => {
  if (turn >= 8) return 0
  return turn < 5 ? 1 : -1
}

const columnsOf = (members: number): { readonly before: Int32Array; readonly after: Int32Array } => {
  const before = new Int32Array(members)
  const after = new Int32Array(members)
  let state = 1
  for (let member = 0; member < members; member += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const tier = placeOf(Math.floor(5 - 5 * Math.sqrt(state / 4_294_967_296)))
    const turn = (state >>> 8) % 50
    before[member] = turn === 0 ? -1 : tier
    after[member] = turn === 1 ? -1 : placeOf(tier + stepOf(turn))
  }
  return { before, after }
}

type Columns = ReturnType<typeof columnsOf>

const counted = ({ before, after }: Columns): Contender => {
  const run = (members: number): TierTransitions =>
    unwrap(summariseTierMoves({ before: before.subarray(0, members), after: after.subarray(0, members) }, tiers.length))
  return { name: 'columns', events: before.length, results: run, run }
}

const nameOf = (tier: number): string => tiers[tier] ?? ''

/** From members as apps have them. */
const mapOfTexts = (columns: Columns, members: number): Contender => {
  const rows = Array.from(columns.before.subarray(0, members), (tier, member) => ({
    before: nameOf(tier),
    after: nameOf(columns.after[member] as number),
  }))
  const run = (many: number): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>()
    for (let member = 0; member < many; member += 1) {
      const { before, after } = rows[member] as { readonly before: string; readonly after: string }
      const key = `${before}>${after}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }
  const results = (many: number): TierTransitions => {
    const counts = run(many)
    const count = (before: string, after: string): number => counts.get(`${before}>${after}`) ?? 0
    return {
      counts: tiers.map((before) => tiers.map((after) => count(before, after))),
      joined: tiers.map((after) => count('', after)),
      left: tiers.map((before) => count(before, '')),
    }
  }
  return { name: `Map of texts of ${members / 1e6}M`, events: members, results, run }
}

/** It gives no counts: there is nothing to compare. */
const reading = ({ before, after }: Columns, ours: Contender): Contender => {
  const run = (members: number): number => {
    let sum = 0
    for (let member = 0; member < members; member += 1) {
      sum = (sum + (before[member] as number) + (after[member] as number)) | 0
    }
    return sum
  }
  return { name: 'reading only', events: before.length, results: ours.results, run }
}

const prepare = async (): Promise<Prepared> => {
  const columns = columnsOf(10_000_000)
  const ours = counted(columns)
  const peers = [
    { ...mapOfTexts(columns, 2_000_000), goal: 'ratio 5' },
    { ...reading(columns, ours), goal: 'ratio near 1' },
  ]
  return { ours, peers }
}

const points = 'points' as MetricId
const thresholds: ReadonlyArray<readonly [reach: number, keep: number]> = [
  [0, 0],
  [1_000, 800],
  [2_500, 2_000],
  [6_000, 5_000],
]

const ladder: Ladder = {
  id: 'status' as LadderId,
  metrics: [{ id: points, of: 'points', wallet: points as string as WalletId }],
  period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
  validity: { type: 'endOfNextPeriod' },
  tiers: thresholds.map(([reach, keep], rank) => ({
    id: tiers[rank] as TierId,
    ...(rank === 0
      ? {}
      : {
          reach: { type: 'count', metric: points, atLeast: reach },
          keep: { type: 'count', metric: points, atLeast: keep },
        }),
  })),
}

/** Twelve months from July, so that a year ends among them. */
const months = 12
const monthStart = (month: number): number => Date.UTC(2026, 6 + month, 1)
const monthEnds = Array.from({ length: months }, (_, month) => (monthStart(month + 1) - 1) as Instant)

/** A member's purchase in a month: some buy little, some much. */
const purchaseOf = (member: number, month: number): readonly [at: number, count: number] => {
  const state = Math.imul(member * months + month + 1, 2_654_435_761) >>> 0
  return [monthStart(month) + (state % 2_400_000) * 1_000, ((state >>> 7) % 200) * (1 + (member % 7))]
}

/** Purchases as they come in: month by month, members in turns. */
const purchases = (members: number): QualifyingColumns => {
  const rows = members * months
  const columns = {
    joinedAt: new Float64Array(members).fill(Date.UTC(2026, 5, 1)),
    member: new Int32Array(rows),
    at: new Float64Array(rows),
    metric: new Uint8Array(rows),
    count: new Float64Array(rows),
  }
  for (let row = 0; row < rows; row += 1) {
    const member = row % members
    const [at, count] = purchaseOf(member, Math.floor(row / members))
    columns.member[row] = member
    columns.at[row] = at
    columns.count[row] = count
  }
  return columns
}

/** Sums over members that tell apart who stands where, for each month. */
const digestOf = (of: (member: number) => readonly [rank: number, since: number, until: number], members: number) => {
  let [ranks, sinces, untils] = [0, 0, 0]
  for (let member = 0; member < members; member += 1) {
    const [rank, since, until] = of(member)
    const place = (member % 1_000) + 1
    ranks = (ranks + rank * place) % 1_000_000_007
    sinces = (sinces + (since % 1_000_003) * place) % 1_000_000_007
    untils = (untils + (until === Number.POSITIVE_INFINITY ? 1 : until % 1_000_003) * place) % 1_000_000_007
  }
  return [ranks, sinces, untils]
}

const batch = (members: number, few: number): Contender => {
  const columns = new Map([members, few].map((many) => [many, purchases(many)]))
  const run = (events: number): StandingsFold =>
    unwrap(foldStandings(ladder, utc, columns.get(events / months) ?? purchases(events / months), { asOf: monthEnds }))
  const results = (events: number): unknown =>
    run(events).map(({ rank, since, validUntil }) =>
      digestOf((member) => [rank[member] ?? -2, since[member] ?? 0, validUntil[member] ?? 0], events / months),
    )
  return { name: 'columns', events: members * months, results, run }
}

interface Purchase {
  readonly member: number
  readonly at: Date
  readonly points: number
}

interface Place {
  readonly tier: number
  readonly since: Date
  readonly validUntil: Date | null
}

interface MemberState extends Place {
  year: number
  points: number
  tier: number
  since: Date
  validUntil: Date | null
}

/** The year of a member is over: what was earned in it keeps the tier, or does not. */
const turnOfYear = (member: MemberState, at: Date): void => {
  while (member.year < at.getUTCFullYear()) {
    const end = new Date(Date.UTC(member.year + 1, 0, 1))
    if (member.validUntil !== null && member.validUntil <= end) {
      const kept = thresholds.findLastIndex(([, keep], rank) => rank <= member.tier && member.points >= keep)
      if (kept !== member.tier) member.since = end
      member.tier = kept
      member.validUntil = kept === 0 ? null : new Date(Date.UTC(member.year + 2, 0, 1))
    }
    member.year += 1
    member.points = 0
  }
}

const buy = (member: MemberState, { at, points: earned }: Purchase): void => {
  turnOfYear(member, at)
  member.points += earned
  const reached = thresholds.findLastIndex(([reach]) => member.points >= reach)
  if (reached <= member.tier) return
  member.tier = reached
  member.since = at
  member.validUntil = new Date(Date.UTC(member.year + 2, 0, 1))
}

/** What apps write: a state for each member, and a snapshot of all at the end of each month. */
const byHand = (members: number): Contender => {
  const rows = Array.from({ length: members * months }, (_, row): Purchase => {
    const [at, count] = purchaseOf(row % members, Math.floor(row / members))
    return { member: row % members, at: new Date(at), points: count }
  })
  const run = (events: number): ReadonlyArray<ReadonlyArray<Place>> => {
    const joined = new Date(Date.UTC(2026, 5, 1))
    const states = Array.from(
      { length: events / months },
      (): MemberState => ({ year: 2026, points: 0, tier: 0, since: joined, validUntil: null }),
    )
    let next = 0
    return monthEnds.map((end) => {
      for (; next < rows.length; next += 1) {
        const row = rows[next] as Purchase
        if (row.at.getTime() > end) break
        buy(states[row.member] as MemberState, row)
      }
      for (const state of states) turnOfYear(state, new Date(end))
      return states.map(({ tier, since, validUntil }) => ({ tier, since, validUntil }))
    })
  }
  const results = (events: number): unknown =>
    run(events).map((places) =>
      digestOf((member) => {
        const { tier, since, validUntil } = places[member] as Place
        return [tier, since.getTime(), validUntil?.getTime() ?? Number.POSITIVE_INFINITY]
      }, events / months),
    )
  return { name: `objects by hand of ${members / 1000}k members`, events: members * months, results, run }
}

const assessing = async (): Promise<Prepared> => {
  const ours = batch(1_000_000, 100_000)
  return { ours, peers: [{ ...byHand(100_000), goal: 'ours 2000 ms' }] }
}

export const benchmarks: ReadonlyArray<Benchmark> = [
  { name: 'tiers-1m-members', unit: 'time', prepare: assessing },
  { name: 'tiers-1m-members-warm', unit: 'time', warm: true, prepare: assessing },
  { name: 'tier-transitions-10m', unit: 'time', prepare },
  { name: 'tier-transitions-10m-warm', unit: 'time', warm: true, prepare },
]
