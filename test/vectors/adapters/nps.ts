import {
  categoriseAnswer,
  compareNetPromoterScores,
  displayScore,
  type NetPromoterScore,
  type NpsComparisonMethod,
  type NpsIntervalMethod,
  netPromoterScore,
  netPromoterScoreOfCounts,
  npsSampleSize,
  postStratifiedNetPromoterScore,
  summariseAnswers,
  unwrap,
  weightedNetPromoterScore,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

interface Counts {
  readonly detractors: number
  readonly passives: number
  readonly promoters: number
}

interface Shares {
  readonly detractorShare: string
  readonly passiveShare: string
  readonly promoterShare: string
}

interface Scores {
  readonly scores: ReadonlyArray<number | null>
  readonly dismissed?: number
  readonly breaks?: { readonly detractorMax: number; readonly passiveMax: number; readonly promoterMax: number }
}

const ofScores = ({ scores, dismissed = 0, breaks }: Scores) => {
  const scaleMaximum = breaks?.promoterMax ?? 10
  const summary = unwrap(summariseAnswers(scores, { dismissed, scaleMaximum }))
  return netPromoterScore(
    summary,
    breaks === undefined
      ? {}
      : { breaks: { detractorMaximum: breaks.detractorMax, passiveMaximum: breaks.passiveMax, scaleMaximum } },
  )
}

/** Shares as counts per 1,000 answers. */
const perThousand = (share: string): number => Math.round(Number(share) * 1000)

const ofShares = ({ detractorShare, passiveShare, promoterShare }: Shares) =>
  netPromoterScoreOfCounts({
    detractors: perThousand(detractorShare),
    passives: perThousand(passiveShare),
    promoters: perThousand(promoterShare),
  })

const resultOf = (input: Counts | Shares | Scores) => {
  if ('scores' in input) return ofScores(input)
  return 'promoterShare' in input ? ofShares(input) : netPromoterScoreOfCounts(input)
}

const score = adapter<Counts | Shares | Scores>(
  (input) => {
    const result = resultOf(input)
    return {
      nps: figure(result, (nps) => nps.score),
      n: figure(result, (nps) => nps.answers),
      missing: figure(result, (nps) => nps.missing),
      variance: figure(result, (nps) => nps.variance),
      promoterShare: figure(result, (nps) => nps.promoterShare),
      passiveShare: figure(result, (nps) => nps.passiveShare),
      detractorShare: figure(result, (nps) => nps.detractorShare),
    }
  },
  ['formbricksScore'],
)

/** Percents of one decimal as counts per 1,000 answers. */
const tenths = (percents: ReadonlyArray<string>): number =>
  percents.reduce((sum, percent) => sum + Math.round(Number(percent) * 10), 0)

const display = adapter<{
  readonly promoterPercents: ReadonlyArray<string>
  readonly detractorPercents: ReadonlyArray<string>
}>(({ promoterPercents, detractorPercents }) => {
  const promoters = tenths(promoterPercents)
  const detractors = tenths(detractorPercents)
  const result = netPromoterScoreOfCounts({ promoters, detractors, passives: 1000 - promoters - detractors })
  return {
    nps: figure(result, (nps) => nps.score),
    displayInteger: figure(result, (nps) => displayScore(nps.score)),
  }
})

const categorise = adapter<{ readonly scores: ReadonlyArray<string> }>(({ scores }) => {
  const answers = scores.map(Number)
  const categories = answers.map((answer) => unwrap(categoriseAnswer(answer, { fractional: 'floor' })))
  const count = (category: string): number => categories.filter((each) => each === category).length
  const summary = unwrap(summariseAnswers(answers, { fractional: 'floor' }))
  const refused =
    summariseAnswers(answers)._tag === 'Left' && answers.every((answer) => categoriseAnswer(answer)._tag === 'Left')
  return {
    strict: refused ? 'reject: non-integer answers' : 'accepted',
    lenientPartition: {
      detractors: count('detractor'),
      passives: count('passive'),
      promoters: count('promoter'),
      nps: figure(netPromoterScore(summary), (nps) => nps.score),
    },
  }
})

const endsOf = ({ interval: { lower, upper } }: NetPromoterScore) => ({ lower: lower / 100, upper: upper / 100 })

const interval = adapter<Counts & { readonly confidence: string }>(
  ({ detractors, passives, promoters, confidence }) => {
    const by = (method: NpsIntervalMethod) =>
      netPromoterScoreOfCounts(
        { detractors, passives, promoters },
        { interval: method, confidence: Number(confidence) },
      )
    return {
      nps: figure(by('wald'), (nps) => nps.score / 100),
      wald: figure(by('wald'), ({ interval: { standardError, unclamped } }) => ({
        se: standardError / 100,
        lower: unclamped.lower / 100,
        upper: unclamped.upper / 100,
      })),
      adjustedWald: figure(by('adjustedWald'), ({ interval: { centre, standardError, unclamped, lower, upper } }) => ({
        centre: centre / 100,
        se: standardError / 100,
        lower: unclamped.lower / 100,
        upper: unclamped.upper / 100,
        lowerClamped: lower / 100,
        upperClamped: upper / 100,
      })),
      score: figure(by('score'), endsOf),
      trinomialMeans: figure(by('trinomialMeans'), ({ interval: { standardError, unclamped } }) => ({
        se: standardError / 100,
        // Of a degenerate interval nothing tells how many standard errors it reaches.
        t: (unclamped.upper - unclamped.lower) / (2 * standardError),
        lower: unclamped.lower / 100,
        upper: unclamped.upper / 100,
      })),
      exactBootstrapPercentile: figure(by('exactMultinomial'), endsOf),
    }
  },
)

const compare = adapter<{ readonly a: Counts; readonly b: Counts; readonly confidence: string }>(
  ({ a, b, confidence }) => {
    const by = (method: NpsComparisonMethod) =>
      figure(compareNetPromoterScores(a, b, { method, confidence: Number(confidence) }), (result) => ({
        delta: result.centre / 100,
        se: result.standardError / 100,
        z: result.z,
        p: result.p,
        ...(result.degenerate ? {} : { lower: result.lower / 100, upper: result.upper / 100 }),
      }))
    return { wald: by('wald'), adjustedWald: by('adjustedWald') }
  },
)

interface Plan {
  readonly promoterShare: string
  readonly detractorShare: string
  readonly marginPoints: string
  readonly confidence: string
  readonly population?: number
}

const sampleSize = adapter<Plan>(({ population, ...plan }) => {
  const result = npsSampleSize({
    promoterShare: Number(plan.promoterShare),
    detractorShare: Number(plan.detractorShare),
    marginPoints: Number(plan.marginPoints),
    confidence: Number(plan.confidence),
    ...(population === undefined ? {} : { population }),
  })
  return {
    variance: figure(result, ({ variance }) => variance),
    nWaldRaw: figure(result, ({ waldUnrounded }) => waldUnrounded),
    nWald: figure(result, ({ wald }) => wald),
    nAdjustedApprox: figure(result, ({ approximately }) => approximately),
    nAdjustedExact: figure(result, ({ answers }) => answers),
    n: figure(result, ({ answers }) => answers),
  }
})

interface Weighted {
  readonly responses: ReadonlyArray<{ readonly score: number; readonly weight: string }>
}

const weighted = adapter<Weighted>(({ responses }) => {
  const result = weightedNetPromoterScore(
    responses.map(({ score, weight }) => ({ answer: score, weight: Number(weight) })),
  )
  return {
    nps: figure(result, (nps) => nps.score),
    variance: figure(result, ({ variance }) => variance),
    nEffective: figure(result, ({ effectiveAnswers }) => effectiveAnswers),
    designEffect: figure(result, ({ designEffect }) => designEffect),
    se: figure(result, ({ standardError }) => standardError / 100),
    lower95: figure(result, ({ unclamped }) => unclamped.lower / 100),
    upper95: figure(result, ({ unclamped }) => unclamped.upper / 100),
  }
})

interface Strata {
  readonly strata: ReadonlyArray<Counts & { readonly populationShare: string }>
}

const postStratified = adapter<Strata>(({ strata }) => {
  const result = postStratifiedNetPromoterScore(
    strata.map(({ populationShare }, at) => ({ stratum: String(at), size: Number(populationShare) })),
    strata.map((counts, at) => ({ stratum: String(at), counts })),
  )
  return {
    nps: figure(result, (nps) => nps.score),
    se: figure(result, ({ standardError }) => standardError / 100),
    lower95: figure(result, ({ unclamped }) => unclamped.lower / 100),
    upper95: figure(result, ({ unclamped }) => unclamped.upper / 100),
  }
})

/** Net Promoter Scores. */
export const npsAdapters: Adapters = {
  'nps.compare': compare,
  'nps.sampleSize': sampleSize,
  'nps.sampleSize.finite': sampleSize,
  'nps.weighted': weighted,
  'nps.poststratified': postStratified,
  'nps.score': score,
  'enps.score': score,
  'nps.display': display,
  'nps.categorise': categorise,
  'nps.interval': interval,
}
