// The likelihood of many customers of the Pareto/NBD model, with its first and second derivatives.

import { digammaRise, type Evaluation, logGammaRise, trigammaRise } from '../../statistics/index.ts'
import type { IndexedRows } from './indexed-rows.ts'
import {
  beginSilence,
  logOddsOf,
  newSilence,
  nextPanel,
  type ParetoShape,
  type ParetoSilenceDraft,
  reachOf,
} from './pareto-odds.ts'
import { addTo, type SumTally } from './sum-tally.ts'

/**
 * Adds a panel to the integral's moments: of 1, then of A = ln(1 + · / fromAlpha), B = ln(1 + · / fromBeta), a = 1 / (α + u)
 * and b = 1 / (β + u), then of their products AA, AB, Aa, Ab, BB, Ba, Bb, aa, ab and bb.
 */
const addPanel = (tally: Float64Array, draft: ParetoSilenceDraft): void => {
  const { terms, alphaLogs, betaLogs, alphaInverses, betaInverses } = draft
  for (let place = 0; place < draft.size; place += 1) {
    const term = terms[place] as number
    const [A, B] = [alphaLogs[place] as number, betaLogs[place] as number]
    const [a, b] = [alphaInverses[place] as number, betaInverses[place] as number]
    const [byA, byB, bya, byb] = [term * A, term * B, term * a, term * b]
    ;(tally[0] as number) += term
    ;(tally[1] as number) += byA
    ;(tally[2] as number) += byB
    ;(tally[3] as number) += bya
    ;(tally[4] as number) += byb
    ;(tally[5] as number) += byA * A
    ;(tally[6] as number) += byA * B
    ;(tally[7] as number) += byA * a
    ;(tally[8] as number) += byA * b
    ;(tally[9] as number) += byB * B
    ;(tally[10] as number) += byB * a
    ;(tally[11] as number) += byB * b
    ;(tally[12] as number) += bya * a
    ;(tally[13] as number) += bya * b
    ;(tally[14] as number) += byb * b
  }
}

/** The logarithm of the odds with its derivatives, of one row. */
interface OddsTally {
  logOdds: number
  readonly slopes: Float64Array
  readonly bends: Float64Array
}

/** Sets the odds after a silence from the moments: derivatives of the mean, and covariances of those of the integrand. */
const setOdds = (tally: OddsTally, draft: ParetoSilenceDraft, moments: Float64Array, silence: number): void => {
  const { fromAlpha, fromBeta, power, s } = draft
  const { slopes, bends } = tally
  const sum = moments[0] as number
  tally.logOdds = logOddsOf(draft, silence, sum)
  const [A, B, a, b] = [1, 2, 3, 4].map((index) => (moments[index] as number) / sum) as [number, number, number, number]
  const [endAlpha, endBeta] = [1 / (fromAlpha + silence), 1 / (fromBeta + silence)]
  const meanOf = (index: number): number => (moments[index] as number) / sum
  slopes[0] = Math.log1p(silence / fromAlpha) - A
  slopes[1] = power * (endAlpha - a)
  slopes[2] = 1 / s + Math.log1p(silence / fromBeta) - B
  slopes[3] = s * endBeta - (s + 1) * b
  bends[0] = meanOf(5) - A * A
  bends[1] = endAlpha - a + power * (meanOf(7) - A * a)
  bends[2] = meanOf(6) - A * B
  bends[3] = (s + 1) * (meanOf(8) - A * b)
  bends[4] = power * (meanOf(12) - endAlpha * endAlpha + power * (meanOf(12) - a * a))
  bends[5] = power * (meanOf(10) - a * B)
  bends[6] = power * (s + 1) * (meanOf(13) - a * b)
  bends[7] = meanOf(9) - B * B - 1 / (s * s)
  bends[8] = endBeta - b + (s + 1) * (meanOf(11) - B * b)
  bends[9] = (s + 1) * (meanOf(14) + (s + 1) * (meanOf(14) - b * b)) - s * endBeta * endBeta
}

/** Adds ln(1 + odds) of so many customers. */
const addOdds = (tally: SumTally, { logOdds, slopes, bends }: OddsTally, count: number): void => {
  const small = Math.exp(-Math.abs(logOdds))
  const greater = 1 / (1 + small)
  const gone = count * (logOdds > 0 ? greater : small * greater)
  const doubt = count * small * greater * greater
  tally.value += count * (Math.max(0, logOdds) + Math.log1p(small))
  let place = 0
  for (let row = 0; row < 4; row += 1) {
    const slope = slopes[row] as number
    ;(tally.slopes[row] as number) += gone * slope
    for (let column = row; column < 4; column += 1) {
      const bend = gone * (bends[place] as number) + doubt * slope * (slopes[column] as number)
      ;(tally.bends[place] as number) += bend
      place += 1
    }
  }
}

/** Adds the odds of all rows: the integral of one goes on from that of the last with the same purchases and recency. */
const addAllOdds = (tally: SumTally, shape: ParetoShape, rows: IndexedRows): void => {
  const { repeats, recencies, ages, counts } = rows
  const silence = newSilence()
  const moments = new Float64Array(15)
  const odds: OddsTally = { logOdds: 0, slopes: new Float64Array(4), bends: new Float64Array(10) }
  let [lastRepeats, lastRecency] = [-1, -1]
  for (let row = 0; row < repeats.length; row += 1) {
    const [x, recency] = [repeats[row] as number, recencies[row] as number]
    if (x !== lastRepeats || recency !== lastRecency) {
      beginSilence(silence, shape, x, recency)
      moments.fill(0)
      lastRepeats = x
      lastRecency = recency
    }
    const time = (ages[row] as number) - recency
    if (!(time > 0)) continue
    const reach = reachOf(silence, time)
    while (nextPanel(silence, reach)) addPanel(moments, silence)
    setOdds(odds, silence, moments, time)
    addOdds(tally, odds, counts[row] as number)
  }
}

/** Adds what depends on the number of purchases alone. */
const addPurchases = (tally: SumTally, { r, alpha }: ParetoShape, repeats: number, customers: number): void => {
  tally.value += customers * (logGammaRise(r, repeats) - repeats * Math.log(alpha))
  addTo(tally.slopes, [customers * digammaRise(r, repeats), (-customers * repeats) / alpha])
  addTo(tally.bends, [customers * trigammaRise(r, repeats), 0, 0, 0, (customers * repeats) / (alpha * alpha)])
}

/** Adds what depends on the age alone: −(r + x) ln(1 + age / α) − s ln(1 + age / β). */
const addAges = (tally: SumTally, { r, alpha, s, beta }: ParetoShape, rows: IndexedRows): void => {
  const { distinctAges, customersByAge, purchasesByAge } = rows
  const [slopes, bends] = [new Float64Array(4), new Float64Array(10)]
  for (let index = 0; index < distinctAges.length; index += 1) {
    const age = distinctAges[index] as number
    const customers = customersByAge[index] as number
    const power = r * customers + (purchasesByAge[index] as number)
    const [logAlpha, logBeta] = [Math.log1p(age / alpha), Math.log1p(age / beta)]
    const [endAlpha, endBeta] = [1 / (alpha + age), 1 / (beta + age)]
    const [rateAlpha, rateBeta] = [endAlpha - 1 / alpha, endBeta - 1 / beta]
    tally.value -= power * logAlpha + s * customers * logBeta
    ;(slopes[0] as number) -= customers * logAlpha
    ;(slopes[1] as number) -= power * rateAlpha
    ;(slopes[2] as number) -= customers * logBeta
    ;(slopes[3] as number) -= s * customers * rateBeta
    ;(bends[1] as number) -= customers * rateAlpha
    ;(bends[4] as number) += power * rateAlpha * (endAlpha + 1 / alpha)
    ;(bends[8] as number) -= customers * rateBeta
    ;(bends[9] as number) += s * customers * rateBeta * (endBeta + 1 / beta)
  }
  slopes.forEach((slope, index) => {
    ;(tally.slopes[index] as number) += slope
  })
  bends.forEach((bend, index) => {
    ;(tally.bends[index] as number) += bend
  })
}

const places = [0, 1, 2, 3, 1, 4, 5, 6, 2, 5, 7, 8, 3, 6, 8, 9]

/** The log-likelihood of rows by r, α, s and β. */
export const paretoLikelihood = (p: Float64Array, rows: IndexedRows): Required<Evaluation> => {
  const [r = 1, alpha = 1, s = 1, beta = 1] = p
  const shape = { r, alpha, s, beta }
  const sum: SumTally = { value: 0, slopes: new Float64Array(4), bends: new Float64Array(10) }
  for (let group = 0; group + 1 < rows.starts.length; group += 1) {
    const [from, to] = [rows.starts[group] as number, rows.starts[group + 1] as number]
    const customers = rows.counts.subarray(from, to).reduce((total, count) => total + count, 0)
    addPurchases(sum, shape, rows.repeats[from] as number, customers)
  }
  addAges(sum, shape, rows)
  addAllOdds(sum, shape, rows)
  const curvature = Float64Array.from(places, (place) => -(sum.bends[place] as number))
  return { value: sum.value, gradient: sum.slopes, curvature }
}
