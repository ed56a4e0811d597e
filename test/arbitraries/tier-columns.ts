// Generators of what members did on a ladder, as columns: ladders that the kernel can do and others, members who join at
// different times, rows that interleave, returns, what comes in late, and instants to look at.
import fc from 'fast-check'
import type { Instant } from '../../src/foundation/index.ts'
import type { Ladder, Metric, QualifyingColumns, Tier, TierPolicy, TierValidity } from '../../src/tiers/index.ts'
import { type Career, careerArbitrary, careerOn, strictLadderArbitrary, wildCareerArbitrary } from './tiers.ts'

const day = 86_400_000

/** Several members on a ladder. */
export interface Population extends Pick<Career, 'ladder' | 'zone'> {
  readonly columns: QualifyingColumns
  readonly asOf: ReadonlyArray<Instant>
}

/** The ladder without tenure, and in a window of days without months: those that the kernel can do. */
const plain = (ladder: Ladder): Ladder => ({
  ...ladder,
  metrics: ladder.metrics.flatMap((metric): ReadonlyArray<Metric> => {
    if (metric.of === 'tenure') return []
    return metric.of === 'activeMonths' && ladder.period.type === 'rolling'
      ? [{ id: metric.id, of: 'orders' }]
      : [metric]
  }),
})

const own: fc.Arbitrary<TierValidity | undefined> = fc.constantFrom<TierValidity | undefined>(
  undefined,
  undefined,
  { type: 'forEver' },
  { type: 'whileQualified' },
  { type: 'term', length: { amount: 2, unit: 'month' } },
  { type: 'rolling', length: { amount: 20, unit: 'day' } },
)

const withValidities = (ladder: Ladder, validities: ReadonlyArray<TierValidity | undefined>): Ladder => ({
  ...ladder,
  tiers: ladder.tiers.map((tier, rank): Tier => {
    const validity = validities[rank]
    const isOpen = validity?.type === 'whileQualified' && ladder.period.type === 'tierEntry'
    return validity === undefined || isOpen ? tier : { ...tier, validity }
  }),
})

/** Policies that only the single path does. */
const more: fc.Arbitrary<Partial<TierPolicy>> = fc.constantFrom<Partial<TierPolicy>>(
  {},
  {},
  {},
  { late: 'carry' },
  { late: 'reopen' },
  { returns: 'periodEnd' },
  { rollover: { cap: 30, periods: 1 } },
)

const careers: fc.Arbitrary<Career> = fc
  .record({
    career: fc.oneof(
      careerArbitrary,
      careerArbitrary,
      careerArbitrary,
      careerOn(strictLadderArbitrary),
      wildCareerArbitrary,
    ),
    validities: fc.oneof(fc.constant([]), fc.array(own, { minLength: 5, maxLength: 5 })),
    isPlain: fc.oneof(fc.constant(true), fc.constant(true), fc.boolean()),
    policy: more,
    suspended: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 200 }) }),
  })
  .map(({ career, validities, isPlain, policy, suspended }) => {
    const hasPeriods = career.ladder.period.type === 'calendar' || career.ladder.period.type === 'enrolment'
    const ladder = withValidities(isPlain ? plain(career.ladder) : career.ladder, validities)
    const from = (career.start + (suspended ?? 0) * day) as Instant
    const until = (from + 40 * day) as Instant
    return {
      ...career,
      ladder: {
        ...ladder,
        ...(hasPeriods ? { policy: { ...ladder.policy, ...policy } } : {}),
        ...(suspended === null ? {} : { suspensions: [{ from, until }] }),
      },
    }
  })

interface Row {
  readonly member: number
  readonly at: number
  readonly metric: number
  readonly count: number
  readonly countedAt: number
}

const amountOf = (metric: Metric, points: number): number => (metric.of === 'points' ? points : 1)

interface Turn {
  readonly member: number
  /** How much later something comes in than it counts for. */
  readonly lag: number
  /** Which of the metrics it brings. */
  readonly metrics: number
  /** How much is taken back of what was brought. */
  readonly share: number
}

/** Deeds dealt to members, each a row for each of some metrics; what was undone stays so. */
const rowsOf = ({ ladder, start, deeds }: Career, turns: ReadonlyArray<Turn>): ReadonlyArray<Row> => {
  const done: Array<Row> = []
  return deeds.flatMap(({ at, points, takenBackOf }, index): ReadonlyArray<Row> => {
    const { member, lag, metrics, share } = turns[index % turns.length] as Turn
    const own = done.filter((row) => row.member === member)
    const before = takenBackOf === null ? undefined : own[takenBackOf % Math.max(1, own.length)]
    // A part of it, or more than there was.
    if (before !== undefined) return [{ ...before, at, count: -Math.ceil(before.count * share) }]
    const rows = ladder.metrics.flatMap((metric, place): ReadonlyArray<Row> => {
      if ((metrics & (1 << place)) === 0) return []
      return [{ member, at, metric: place, count: amountOf(metric, points), countedAt: Math.max(start, at - lag) }]
    })
    done.push(...rows)
    return rows
  })
}

const columnsOf = (joinedAt: ReadonlyArray<number>, rows: ReadonlyArray<Row>): QualifyingColumns => ({
  joinedAt: Float64Array.from(joinedAt),
  member: Int32Array.from(rows, ({ member }) => member),
  at: Float64Array.from(rows, ({ at }) => at),
  metric: Uint8Array.from(rows, ({ metric }) => metric),
  count: Float64Array.from(rows, ({ count }) => count),
  ...(rows.every(({ at, countedAt }) => at === countedAt)
    ? {}
    : { countedAt: Float64Array.from(rows, ({ countedAt }) => countedAt) }),
})

const members = 3

const turnArbitrary: fc.Arbitrary<Turn> = fc.record({
  member: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: members - 1 }) }),
  lag: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.constant(0), fc.nat({ max: 60 * day })),
  metrics: fc.oneof(fc.constant(15), fc.nat({ max: 31 })),
  share: fc.constantFrom(1, 1, 0.5, 2),
})

/** Members who join with the first deed or later, and look at instants before, within and long after what they do. */
export const populationArbitrary: fc.Arbitrary<Population> = fc
  .record({
    career: careers,
    turns: fc.array(turnArbitrary, { minLength: 8, maxLength: 8 }),
    isByMember: fc.boolean(),
    looks: fc.array(fc.integer({ min: -2, max: 500 }), { minLength: 1, maxLength: 6 }),
    late: fc.nat({ max: 30 }),
  })
  .map(({ career, turns, isByMember, looks, late }): Population => {
    const { ladder, zone, start } = career
    const rows = rowsOf(career, turns)
    const joinedAt = Array.from({ length: members }, (_, member) => {
      const first = rows.find((row) => row.member === member)
      return first === undefined ? start + late * day : Math.min(first.at, first.countedAt)
    })
    const ordered = isByMember ? [...rows].sort((a, b) => a.member - b.member) : rows
    const asOf = looks.map((look) => (start + look * day) as Instant).sort((a, b) => a - b)
    return { ladder, zone, columns: columnsOf(joinedAt, ordered), asOf }
  })
