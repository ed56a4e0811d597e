import {
  customerEffortAgreement,
  customerEffortNet,
  customerEffortNetOfCounts,
  customerSatisfaction,
  customerSatisfactionOfCounts,
  type DisappointmentCounts,
  earnedGrowth,
  earnedGrowthRatio,
  money,
  type ProportionInterval,
  productMarketFit,
  ratingMean,
  summariseRatingCounts,
  summariseRatings,
  unwrap,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

type Counts = Readonly<Record<string, number>>

interface SatisfactionInput {
  readonly counts?: Counts
  readonly satisfiedMin?: number
  readonly scores?: ReadonlyArray<number>
  readonly satisfied?: number
  readonly n?: number
}

const summaryOf = (counts: Counts) => {
  const ratings = Object.keys(counts).map(Number)
  const scale = { minimum: Math.min(...ratings), maximum: Math.max(...ratings) }
  return unwrap(summariseRatingCounts(Object.values(counts), scale))
}
const ends = ({ lower, upper }: ProportionInterval) => ({ lower, upper })

const satisfaction = adapter<SatisfactionInput>(({ counts, satisfiedMin, scores, satisfied = 0, n = 0 }) => {
  if (counts === undefined && scores === undefined) {
    const result = customerSatisfactionOfCounts(satisfied, n)
    return { rate: figure(result, ({ share }) => share), wilson95: figure(result, ({ interval }) => ends(interval)) }
  }
  const summary = counts === undefined ? unwrap(summariseRatings(scores ?? [])) : summaryOf(counts)
  const result = customerSatisfaction(summary, satisfiedMin === undefined ? {} : { satisfiedFrom: satisfiedMin })
  return {
    satisfied: figure(result, ({ count }) => count),
    n: figure(result, ({ answers }) => answers),
    rate: figure(result, ({ share }) => share),
    mean: figure(result, ({ mean }) => mean.mean),
    wilson95: figure(result, ({ interval }) => ends(interval)),
  }
})

const effort = adapter<{ readonly counts: Counts }>(({ counts }) => {
  const summary = summaryOf(counts)
  const result = ratingMean(summary)
  return {
    n: figure(result, ({ answers }) => answers),
    sum: figure(result, ({ sum }) => sum),
    mean: figure(result, ({ mean }) => mean),
    netPercent67minus123: figure(customerEffortNet(summary), ({ score }) => score),
    percentAgree5to7: figure(customerEffortAgreement(summary), ({ share }) => 100 * share),
  }
})

interface Groups {
  readonly easy: number
  readonly neutral: number
  readonly difficult: number
}

const effortNet = adapter<Groups>(({ easy, neutral, difficult }) => ({
  net: figure(customerEffortNetOfCounts({ easy, neutral, difficult }), ({ score }) => score),
}))

const disappointed = (veryDisappointed: number, of: number): DisappointmentCounts => ({
  veryDisappointed,
  somewhatDisappointed: of - veryDisappointed,
  notDisappointed: 0,
})

const fit = adapter<{ readonly n: number; readonly veryDisappointedShare: string }>(({ n, veryDisappointedShare }) => {
  const result = productMarketFit(disappointed(Math.round(n * Number(veryDisappointedShare)), n))
  return {
    passes40: figure(result, ({ passes }) => passes),
    wilson95ForCount373: figure(result, ({ interval }) => ends(interval)),
  }
})

const fitTrend = adapter<{ readonly series: ReadonlyArray<string> }>(({ series }) => ({
  passes40: series.map((share) =>
    figure(productMarketFit(disappointed(Math.round(Number(share) * 100), 100)), ({ passes }) => passes),
  ),
}))

interface Revenue {
  readonly baseRevenue: string
  readonly currentRevenue: string
  readonly revenueFromReturningCustomers: string
  readonly newRevenueEarned: string
  readonly newRevenueBought: string
}

const growth = adapter<Revenue>((input) => {
  const euros = (amount: string) => unwrap(money(amount, 'EUR'))
  const revenue = {
    base: euros(input.baseRevenue),
    current: euros(input.currentRevenue),
    returning: euros(input.revenueFromReturningCustomers),
    earnedNew: euros(input.newRevenueEarned),
    boughtNew: euros(input.newRevenueBought),
  }
  const result = earnedGrowth(revenue)
  return {
    nrr: figure(result, ({ netRevenueRetention }) => netRevenueRetention),
    earnedNew: figure(result, ({ earnedNew }) => earnedNew),
    boughtNew: figure(result, ({ boughtNew }) => boughtNew),
    earnedGrowthFactor: figure(result, ({ earnedGrowthFactor }) => earnedGrowthFactor),
    earnedGrowthRate: figure(result, ({ earnedGrowthRate }) => earnedGrowthRate),
    totalGrowth: figure(result, ({ totalGrowth }) => totalGrowth),
    earnedGrowthRatio: figure(earnedGrowthRatio(revenue), (ratio) => ratio),
  }
})

/** Satisfaction, effort, product–market fit and earned growth. */
export const ratingAdapters: Adapters = {
  'csat.topTwoBox': satisfaction,
  'ces.mean': effort,
  'ces.netIndex': effortNet,
  'pmf.score': fit,
  'pmf.trend': fitTrend,
  'earnedGrowth.rate': growth,
}
