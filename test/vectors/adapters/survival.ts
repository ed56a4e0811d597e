import {
  type CoxData,
  type CoxFit,
  concordanceOf,
  coxBaseline,
  coxRegression,
  coxResiduals,
  coxRobustErrors,
  coxScores,
  coxSurvivalCurve,
  discreteHazardRegression,
  type Fault,
  kaplanMeier,
  type LifetimeDistribution,
  lifetimeQuantile,
  lifetimeRegression,
  lifetimeSurvival,
  logRankTest,
  proportionalHazardsTest,
  restrictedMean,
  survivalQuantile,
  type TieMethod,
  type TimeTransform,
  unwrap,
} from 'treue'
import { type Adapter, type Adapters, adapter, figure } from '../adapter.ts'

type Column = ReadonlyArray<number | string>

/** Which rows of a data set are meant, and which columns; rows with a gap in one of them are left out, as R does it. */
interface Survival {
  readonly dataset: { readonly [column: string]: Column }
  readonly time: string
  readonly event: string
  readonly endsAt: number
  readonly entry?: string
  /** Times in whole periods of that length, all from some period on as one. */
  readonly period?: number
  readonly mostPeriods?: number
  readonly where?: readonly [column: string, value: number | string]
}

interface CovariateOf {
  readonly column: string
  readonly equals?: number | string
  readonly plus?: number
  readonly times?: number
}

interface Cox extends Survival {
  readonly covariates: ReadonlyArray<CovariateOf>
  readonly strata?: string
  readonly cluster?: string
  /** Weights of the rows of the data set, over and over. */
  readonly weightPattern?: ReadonlyArray<number>
  readonly ties: TieMethod
}

const isThere = (value: number | string | undefined): boolean => value !== undefined && value !== 'NA' && value !== ''

const rowsOf = ({ dataset, where }: Survival, columns: ReadonlyArray<string>): ReadonlyArray<number> =>
  Array.from(dataset[columns[0] as string] as Column, (_, row) => row).filter(
    (row) =>
      columns.every((column) => isThere(dataset[column]?.[row])) &&
      (where === undefined || dataset[where[0]]?.[row] === where[1]),
  )

const numbersOf = ({ dataset }: Survival, column: string, rows: ReadonlyArray<number>): ReadonlyArray<number> =>
  rows.map((row) => Number(dataset[column]?.[row]))

const timesOf = (input: Survival, rows: ReadonlyArray<number>): ReadonlyArray<number> => {
  const { time, period, mostPeriods = Number.POSITIVE_INFINITY } = input
  const times = numbersOf(input, time, rows)
  return period === undefined ? times : times.map((one) => Math.min(mostPeriods, Math.ceil(one / period)))
}

const lifetimesOf = (input: Survival, rows: ReadonlyArray<number>) => ({
  times: timesOf(input, rows),
  ended: numbersOf(input, input.event, rows).map((status) => status === input.endsAt),
  ...(input.entry === undefined ? {} : { entries: numbersOf(input, input.entry, rows) }),
})

const nameOf = ({ column, equals }: CovariateOf, index: number) => `${index} ${column} ${equals ?? ''}`

const coxRows = (input: Cox): ReadonlyArray<number> => {
  const { time, covariates, strata, cluster } = input
  const groups = [strata, cluster].filter((column) => column !== undefined)
  return rowsOf(input, [time, ...covariates.map(({ column }) => column), ...groups])
}

const coxData = (input: Cox): CoxData => {
  const { strata, covariates, dataset, weightPattern: weights } = input
  const rows = coxRows(input)
  return {
    ...lifetimesOf(input, rows),
    covariates: covariates.map((covariate, index) => {
      const { column, equals, plus = 0, times = 1 } = covariate
      const values = rows.map((row) => {
        const value = dataset[column]?.[row] ?? Number.NaN
        return equals === undefined ? Number(value) * times + plus : Number(value === equals)
      })
      return { name: nameOf(covariate, index), values }
    }),
    ...(weights === undefined ? {} : { weights: rows.map((row) => weights[row % weights.length] ?? 1) }),
    ...(strata === undefined ? {} : { strata: rows.map((row) => String(dataset[strata]?.[row])) }),
  }
}

const fitOf = (input: Cox): readonly [CoxData, CoxFit] => {
  const data = coxData(input)
  return [data, unwrap(coxRegression(data, { ties: input.ties }))]
}

const faultOf = ([fault]: ReadonlyArray<Fault>) => ({ fault: fault?._tag, path: fault?.path.join('.') })

const cox = adapter<Cox>((input) => {
  const result = coxRegression(coxData(input), { ties: input.ties })
  if (result._tag === 'Left') return faultOf(result.left)
  const { coefficients, score, wald, likelihoodRatio } = result.right
  return {
    ...result.right,
    coefficients: coefficients.map(({ coefficient }) => coefficient),
    standardErrors: coefficients.map(({ standardError }) => standardError),
    score: score.statistic,
    wald: wald.statistic,
    likelihoodRatio: likelihoodRatio.statistic,
  }
})

const concordance = adapter<Cox>((input) => {
  const [data, fit] = fitOf(input)
  return unwrap(concordanceOf(data, unwrap(coxScores(fit, data.covariates))))
})

const proportionalHazards = adapter<Cox>((input) => {
  const [data, fit] = fitOf(input)
  const tests = (transform: TimeTransform) => {
    const { covariates, together } = unwrap(proportionalHazardsTest(data, fit, transform))
    return [...covariates, together]
  }
  const statistics = (transform: TimeTransform) => tests(transform).map(({ statistic }) => statistic)
  return {
    kaplanMeier: statistics('kaplanMeier'),
    identity: statistics('identity'),
    rank: statistics('rank'),
    pValues: tests('kaplanMeier').map(({ pValue }) => pValue),
  }
})

const lastUpTo = (times: Float64Array, values: Float64Array, time: number): number | undefined =>
  values[times.findLastIndex((other) => other <= time)]

// R's baseline is that of a customer whose covariates are all 0.
const baseline = adapter<Cox & { readonly at: ReadonlyArray<readonly [stratum: string, time: number]> }>((input) => {
  const [data, fit] = fitOf(input)
  const strata = unwrap(coxBaseline(data, fit))
  const curves = strata.map((stratum) => ({
    stratum: stratum.stratum,
    ...unwrap(
      coxSurvivalCurve(
        fit,
        stratum,
        fit.coefficients.map(() => 0),
      ),
    ),
  }))
  return {
    hazard: input.at.map(([stratum, time]) => {
      const curve = curves.find((one) => one.stratum === stratum)
      return curve && lastUpTo(curve.times, curve.cumulativeHazard, time)
    }),
  }
})

const curve = adapter<Cox & { readonly values: ReadonlyArray<number>; readonly times: ReadonlyArray<number> }>(
  (input) => {
    const [data, fit] = fitOf(input)
    const curves = unwrap(coxBaseline(data, fit)).map((one) => unwrap(coxSurvivalCurve(fit, one, input.values)))
    const at = (column: 'survival' | 'logStandardErrors') =>
      curves.flatMap((one) => input.times.map((time) => lastUpTo(one.times, one[column], time)))
    return { survival: at('survival'), logStandardErrors: at('logStandardErrors') }
  },
)

const residuals = adapter<Cox>((input) => {
  const { martingale, deviance } = unwrap(coxResiduals(...fitOf(input)))
  return {
    martingale: Array.from(martingale.subarray(0, 10)),
    deviance: Array.from(deviance.subarray(0, 10)),
    martingaleSquares: martingale.reduce((sum, value) => sum + value * value, 0),
  }
})

const robust = adapter<Cox>((input) => {
  const [data, fit] = fitOf(input)
  const { cluster, dataset } = input
  const clusters = coxRows(input).map((row) => (cluster === undefined ? row : (dataset[cluster]?.[row] ?? '')))
  const { coefficients, covariance } = unwrap(coxRobustErrors(data, fit, clusters))
  return {
    standardErrors: coefficients.map(({ standardError }) => standardError),
    covariance,
    naive: fit.coefficients.map(({ standardError }) => standardError),
  }
})

const mean = adapter<Survival & { readonly limit: number }>((input) => {
  const curve = unwrap(kaplanMeier(lifetimesOf(input, rowsOf(input, [input.time]))))
  return unwrap(restrictedMean(curve, input.limit))
})

const quantiles = adapter<Survival & { readonly left: ReadonlyArray<number> }>((input) => {
  const curve = unwrap(kaplanMeier(lifetimesOf(input, rowsOf(input, [input.time])), { interval: 'log' }))
  const all = input.left.map((left) => unwrap(survivalQuantile(curve, left)))
  return { time: all.map(({ time }) => time), low: all.map(({ low }) => low), high: all.map(({ high }) => high) }
})

const kaplanMeierCurve: Adapter = adapter<Survival>((input) => {
  const result = unwrap(kaplanMeier(lifetimesOf(input, rowsOf(input, [input.time]))))
  return Object.fromEntries(Object.entries(result).map(([name, column]) => [name, Array.from(column)]))
})

interface Groups extends Survival {
  readonly by: string
  readonly order: ReadonlyArray<string> | null
  readonly rho: number
}

const logRank = adapter<Groups>((input) => {
  const rows = rowsOf(input, [input.time, input.by])
  const column = rows.map((row) => input.dataset[input.by]?.[row])
  const order = input.order ?? Array.from(new Set(column)).sort((first, second) => Number(first) - Number(second))
  const groups = order.map((value) =>
    lifetimesOf(
      input,
      rows.filter((_, at) => column[at] === value),
    ),
  )
  return figure(logRankTest([groups], { rho: input.rho }), (test) => test) as object
})

interface LifetimeVector extends Cox {
  readonly distribution: LifetimeDistribution
  /** Whether every other row came under watch after a quarter of its time. */
  readonly lateEntries?: true
  readonly values: ReadonlyArray<number>
  readonly times: ReadonlyArray<number>
}

const lifetimes = adapter<LifetimeVector>((input) => {
  const data = coxData(input)
  const entries = Array.from(data.times, (time, row) => (row % 2 === 0 ? time / 4 : 0))
  const fit = unwrap(lifetimeRegression(input.lateEntries ? { ...data, entries } : data, input.distribution))
  const median = unwrap(lifetimeQuantile(fit, input.values, 0.5))
  const all = [fit.intercept, ...fit.coefficients]
  return {
    ...fit,
    coefficients: all.map(({ coefficient }) => coefficient),
    standardErrors: all.map(({ standardError }) => standardError),
    median: median.time,
    medianError: median.standardError,
    survival: Array.from(unwrap(lifetimeSurvival(fit, input.values, input.times)).survival),
  }
})

const discreteHazards = adapter<Cox & { readonly width: number }>((input) => {
  const data = coxData(input)
  const fit = unwrap(
    discreteHazardRegression({ ...data, times: Array.from(data.times, (time) => Math.ceil(time / input.width)) }),
  )
  return {
    ...fit,
    coefficients: fit.coefficients.map(({ coefficient }) => coefficient),
    standardErrors: fit.coefficients.map(({ standardError }) => standardError),
  }
})

/** Survival analysis, as R does it. */
export const survivalAdapters: Adapters = {
  'survival.cox': cox,
  'survival.concordance': concordance,
  'survival.proportionalHazards': proportionalHazards,
  'survival.coxBaseline': baseline,
  'survival.coxCurve': curve,
  'survival.coxResiduals': residuals,
  'survival.coxRobust': robust,
  'survival.restrictedMean': mean,
  'survival.quantiles': quantiles,
  'survival.kaplanMeier': kaplanMeierCurve,
  'survival.logRank': logRank,
  'survival.lifetimeRegression': lifetimes,
  'survival.discreteHazardRegression': discreteHazards,
}
