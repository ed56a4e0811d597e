import {
  type CivilDate,
  type Currency,
  type EngagementModel,
  encodeRfmRows,
  encodeUsage,
  engagementPerActive,
  engagementScores,
  healthScore,
  loyaltyOf,
  type RfmRow,
  type RfmScore,
  type RfmSegmentMap,
  rfmCuts,
  rfmScoreOf,
  rfmSegments,
  type ScoreRange,
  scoreRfmColumns,
  segmentFigures,
  unwrap,
  walletAllocation,
  weightedRfmScore,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

const EUR = 'EUR' as Currency

interface Dataset {
  readonly dataset: {
    readonly rows: ReadonlyArray<readonly [id: string, recency: number, frequency: number, monetary: number]>
  }
}

const rowsOf = ({ dataset }: Dataset): ReadonlyArray<RfmRow> =>
  dataset.rows.map(([customer, daysSinceLast, orders, minor]) => ({ customer, daysSinceLast, orders, minor }))

const scoresIn = (input: Dataset) => {
  const columns = unwrap(encodeRfmRows(rowsOf(input), EUR))
  return unwrap(scoreRfmColumns(columns, unwrap(rfmCuts(columns))))
}

const dimensions = ['recency', 'frequency', 'monetary'] as const

/** The package adds 1 to every cut and compares with "less than"; what it does so is no part of ours. */
const packageScores = (input: Dataset): ReadonlyMap<string, number> => {
  const { cuts } = scoresIn(input)
  const edges = (name: (typeof dimensions)[number]) => cuts[name].map((cut) => cut + 1)
  const from = (list: ReadonlyArray<number>, value: number) => list.filter((edge) => value >= edge).length
  return new Map(
    rowsOf(input).map(({ customer, daysSinceLast, orders, minor }) => [
      customer,
      (5 - from(edges('recency'), daysSinceLast)) * 100 +
        (1 + from(edges('frequency'), orders)) * 10 +
        (1 + from(edges('monetary'), minor)),
    ]),
  )
}

const ofPackage = adapter<Dataset>(
  (input) => {
    const { cuts } = scoresIn(input)
    return { interiorCutsType7: Object.fromEntries(dimensions.map((name) => [name, cuts[name]])) }
  },
  ['rPackageBinEdges (cut + 1, [lower, upper))', 'rPackageScoreCounts', 'rPackageScores'],
)

const whole = ({ recency, frequency, monetary }: RfmScore): number => recency * 100 + frequency * 10 + monetary

const tieAware = adapter<Dataset>((input) => {
  const { cuts, counts } = scoresIn(input)
  const theirs = packageScores(input)
  const differences = rowsOf(input)
    .map((row) => ({ id: row.customer, tieAware: whole(rfmScoreOf(cuts, row)), rPackage: theirs.get(row.customer) }))
    .filter((row) => row.tieAware !== row.rPackage)
  return {
    differsFromRPackage: differences.length,
    scoreCounts: Object.fromEntries(
      dimensions.map((name) => [
        name,
        Object.fromEntries(counts[name].counts.map((count, index) => [String(index + 1), count])),
      ]),
    ),
    differences,
  }
})

const ties = adapter<{ readonly frequency: ReadonlyArray<number> }>(
  ({ frequency }) => {
    const rows = frequency.map((orders, index) => ({ customer: `c${index}`, daysSinceLast: 0, orders, minor: 0 }))
    const columns = unwrap(encodeRfmRows(rows, EUR))
    const cuts = unwrap(rfmCuts(columns))
    const scores = unwrap(scoreRfmColumns(columns, cuts))
    return { type7Cuts: cuts.frequency, tieAware: Array.from(scores.frequency) }
  },
  ['ntileByPosition'],
)

interface WeightedInput {
  readonly r: number
  readonly f: number
  readonly m: number
  readonly weights: { readonly r: string; readonly f: string; readonly m: string }
}

const weighted = adapter<WeightedInput>(({ r, f, m, weights }) => {
  const score = { recency: r, frequency: f, monetary: m }
  const own = { recency: Number(weights.r), frequency: Number(weights.f), monetary: Number(weights.m) }
  return {
    unweighted: figure(weightedRfmScore(score), (mean) => mean),
    weighted: figure(weightedRfmScore(score, own), (mean) => mean),
  }
})

interface SegmentInput extends Dataset {
  readonly rules: ReadonlyArray<{
    readonly name: string
    readonly r: readonly [number, number]
    readonly f: readonly [number, number]
    readonly m: readonly [number, number]
  }>
}

const rangeOf = ([from, to]: readonly [number, number]): ScoreRange => ({ from, to })

const mapOf = (rules: SegmentInput['rules']): RfmSegmentMap => ({
  bins: { recency: 5, frequency: 5, monetary: 5 },
  overlaps: 'firstWins',
  others: 'Others',
  segments: rules.map(({ name, r, f, m }) => ({
    name,
    recency: rangeOf(r),
    frequency: rangeOf(f),
    monetary: rangeOf(m),
  })),
})

/** The vector has the package's scores; they become ours by what they were made from. */
const segment = adapter<SegmentInput>((input) => {
  const columns = unwrap(encodeRfmRows(rowsOf(input), EUR))
  const theirs = [...packageScores(input).values()]
  const scores = {
    ...scoresIn(input),
    recency: Uint8Array.from(theirs, (score) => Math.floor(score / 100)),
    frequency: Uint8Array.from(theirs, (score) => Math.floor(score / 10) % 10),
    monetary: Uint8Array.from(theirs, (score) => score % 10),
  }
  const figures = unwrap(segmentFigures(unwrap(rfmSegments(scores, mapOf(input.rules))), columns))
  return {
    summary: figures
      .filter(({ customers }) => customers > 0)
      .map(({ segment: name, customers, orders, revenue, averageOrderMinor }) => ({
        segment: name,
        customers,
        orders,
        revenue: revenue.minor,
        aov: Number(averageOrderMinor?.toFixed(2)),
      }))
      .sort((one, other) => (one.segment < other.segment ? -1 : 1)),
  }
})

const usageEnd = 20_000 as CivilDate

interface EventsInput {
  readonly events: ReadonlyArray<{ readonly count: number; readonly weight: number }>
}

/** One customer who did everything on one day. */
const rawOf = ({ events }: EventsInput): number => {
  const model: EngagementModel = {
    measures: events.map(({ weight }, index) => ({ name: `m${index}`, weight, cap: null })),
    windowDays: 1,
    halfLifeDays: null,
    full: { type: 'fixed', points: 100 },
  }
  const rows = events.map(({ count }, index) => ({
    customer: 'one',
    day: usageEnd,
    measure: `m${index}`,
    amount: count,
  }))
  return unwrap(engagementScores(model, unwrap(encodeUsage(model, rows)), usageEnd)).raw[0] ?? 0
}

const engagement = adapter<EventsInput>((input) => ({ raw: rawOf(input) }))

const perActive = adapter<EventsInput & { readonly activeUsers: number; readonly scale: number }>((input) => ({
  raw: rawOf(input),
  perActive: figure(engagementPerActive(rawOf(input), input.activeUsers, input.scale), (mean) => mean),
}))

interface HealthInput {
  readonly measures: ReadonlyArray<{ readonly score: string | null; readonly weight: string }>
}

const health = adapter<HealthInput>(({ measures }) => {
  const result = healthScore(
    measures.map(({ score, weight }, index) => ({
      name: `m${index}`,
      score: score === null ? null : Number(score),
      weight: Number(weight),
    })),
  )
  return { score: figure(result, ({ score }) => score), coverage: figure(result, ({ coverage }) => coverage) }
})

const wallet = adapter<{ readonly brands: number }>(({ brands }) => ({
  shareByRank: Array.from({ length: brands }, (_, index) =>
    figure(walletAllocation(index + 1, brands), (share) => share),
  ),
}))

interface MatrixInput {
  readonly cells: ReadonlyArray<{ readonly relativeAttitude: 'high' | 'low'; readonly repeatPatronage: 'high' | 'low' }>
}

const matrix = adapter<MatrixInput>(({ cells }) => ({
  labels: cells.map(({ relativeAttitude, repeatPatronage }) =>
    figure(
      loyaltyOf(
        { attitude: { of: 'recommendation', highFrom: 9 }, patronage: { of: 'shareOfWallet', highFrom: 0.5 } },
        {
          attitude: relativeAttitude === 'high' ? 9 : 8,
          patronage: repeatPatronage === 'high' ? 0.5 : 0.4,
          alternatives: null,
        },
      ),
      ({ kind }) => kind,
    ),
  ),
}))

/** Segments of customers, engagement, loyalty and health. */
export const segmentAdapters: Adapters = {
  'rfm.score.rPackage': ofPackage,
  'rfm.score.tieAware': tieAware,
  'rfm.ties': ties,
  'rfm.weightedScore': weighted,
  'rfm.segment': segment,
  'engagement.raw': engagement,
  'engagement.perActive': perActive,
  'health.score': health,
  'loyalty.matrix': matrix,
  'loyalty.walletAllocation': wallet,
}
