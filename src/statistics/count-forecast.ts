// How many events, or how much with them, the coming time brings, from those of a past time. The kernels fill arrays that
// they made themselves.

import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { gammaTail } from './gamma-tail.ts'

/** A belief before anything was seen: as if there had been so many events in so much time. */
export interface PacePrior {
  /** Above 0, at most 1,000,000; fractions too. */
  readonly events: number
  /** 0 or more, in the unit of the times; 0 leaves the pace to what was seen. */
  readonly time: number
}

/** What was seen of events that come at a steady pace, and for how long the next ones are asked. */
export interface SteadyPast {
  /** A whole number. */
  readonly events: number
  /** How long was looked, above 0, in any one unit such as days. */
  readonly time: number
  /** How long it is from now, 0 or more, in that unit; at most 10,000 times as long as was looked, the prior's time included. */
  readonly ahead: number
  /** Jeffreys' when absent: half an event in no time. */
  readonly prior?: PacePrior
}

/** What is expected of a count to come, in whole units. */
export interface CountForecast {
  readonly expected: number
  /** How probable it is that at least so many come; 0 where it is below 10⁻¹⁷. */
  readonly atLeast: (count: number) => number
  /** The least count that isn't exceeded with a probability of at least so much, above 0 and below 1. */
  readonly quantile: (probability: number) => number
}

/** Probabilities of counts from the first that is not negligible on. */
interface Masses {
  readonly from: number
  readonly masses: Float64Array
}

const negligible = 1e-18

/** The negative binomial probabilities by their ratios, from the most probable count to both sides. */
const massesOf = (shape: number, odds: number): Masses => {
  const share = odds / (1 + odds)
  const mode = Math.max(0, Math.floor((shape - 1) * odds))
  const below: Array<number> = []
  for (let count = mode, term = 1; count > 0; count -= 1) {
    term *= count / ((count - 1 + shape) * share)
    if (term < negligible) break
    below.push(term)
  }
  const above: Array<number> = []
  for (let count = mode, term = 1; ; count += 1) {
    term *= ((count + shape) / (count + 1)) * share
    // What follows is at most a geometric series.
    if (term < negligible / (1 + odds)) break
    above.push(term)
  }
  const masses = Float64Array.from([...below.reverse(), 1, ...above])
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  return { from: mode - below.length, masses: masses.map((mass) => mass / total) }
}

const tailsOf = ({ masses }: Masses): Float64Array => {
  const tails = new Float64Array(masses.length)
  let sum = 0
  for (let index = masses.length - 1; index >= 0; index -= 1) {
    sum += masses[index] as number
    tails[index] = Math.min(1, sum)
  }
  return tails
}

/** The least count that isn't exceeded with so much probability: between two doublings, then by halving. */
const quantileOf = (atLeast: CountForecast['atLeast'], probability: number): number => {
  const isEnough = (count: number): boolean => atLeast(count + 1) <= 1 - probability
  if (isEnough(0)) return 0
  let high = 1
  while (!isEnough(high) && high < Number.MAX_SAFE_INTEGER / 2) high *= 2
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}

const jeffreys: PacePrior = { events: 0.5, time: 0 }

const within = (path: ReadonlyArray<string>, value: number, least: number, most: number): ReadonlyArray<OutOfRange> =>
  value >= least && value <= most ? [] : [outOfRange(path, value, `a number from ${least} to ${most}`)]

const mostTime = 1e12

const pastFaults = ({ events, time, ahead, prior = jeffreys }: SteadyPast, most: number): ReadonlyArray<OutOfRange> => {
  const faults = [
    ...(Number.isSafeInteger(events) ? [] : [outOfRange(['events'], events, 'a whole number from 0')]),
    ...(time > 0 && time <= mostTime ? [] : [outOfRange(['time'], time, `a number above 0, at most ${mostTime}`)]),
    ...(prior.events > 0 && prior.events <= 1_000_000
      ? []
      : [outOfRange(['prior', 'events'], prior.events, 'a number above 0, at most 1000000')]),
    ...within(['prior', 'time'], prior.time, 0, mostTime),
    ...within(['events'], events, 0, 1_000_000_000),
    ...within(['ahead'], ahead, 0, mostTime),
  ]
  if (faults.length > 0) return faults
  const seen = time + prior.time
  if (ahead > 10_000 * seen)
    return [outOfRange(['ahead'], ahead, `at most ${10_000 * seen}, 10000 times the time seen`)]
  const expected = ((events + prior.events) * ahead) / seen
  return expected <= most ? [] : [outOfRange(['events'], events, `events of which at most ${most} are expected ahead`)]
}

const eventsAhead = ({ events, time, ahead, prior = jeffreys }: SteadyPast): { shape: number; odds: number } => ({
  shape: events + prior.events,
  odds: ahead / (time + prior.time),
})

/**
 * How many events come, of a kind that comes at a steady pace by itself (Poisson), when the pace is only known from how
 * many came before: the gamma-Poisson predictive distribution, which is negative binomial. A short past makes it wide.
 *
 * Source: A. Gelman et al., Bayesian Data Analysis (2013), section 2.6.
 *
 * @param past see {@link SteadyPast}; at most 100,000 events may be expected
 * @returns `OutOfRange` for every number outside its range.
 * @example
 * ```ts
 * import { forecastCount, unwrap } from 'treue'
 *
 * const orders = unwrap(forecastCount({ events: 12, time: 180, ahead: 90 }))
 * orders.expected // => 6.25
 * orders.atLeast(10).toFixed(3) // => '0.143'
 * const interval = [orders.quantile(0.025), orders.quantile(0.975)]
 * interval // => [1, 13]
 * ```
 */
export const forecastCount = (past: SteadyPast): E.Either<ReadonlyArray<OutOfRange>, CountForecast> => {
  const faults = pastFaults(past, 100_000)
  if (faults.length > 0) return E.left(faults)
  const { shape, odds } = eventsAhead(past)
  const masses = massesOf(shape, odds)
  const tails = tailsOf(masses)
  const atLeast = (count: number): number => {
    const index = Math.ceil(count) - masses.from
    return index <= 0 ? 1 : (tails[index] ?? 0)
  }
  return E.right({ expected: shape * odds, atLeast, quantile: (probability) => quantileOf(atLeast, probability) })
}

/** The mean of amounts, and their variance as a sample. */
const momentsOf = (amounts: ReadonlyArray<number>): { mean: number; variance: number } => {
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length
  const variance = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2 / (amounts.length - 1), 0)
  return { mean, variance }
}

/** How probable a sum of some amounts is at least so much: gamma, with the mean known as well as the sample tells it. */
const sumTail = (
  { mean, variance }: { readonly mean: number; readonly variance: number },
  sample: number,
): ((number: number, least: number) => number) => {
  if (variance === 0) return (number, least) => (number * mean >= least ? 1 : 0)
  return (number, least) => {
    const scale = (variance * (1 + number / sample)) / mean
    // Amounts are whole, so that the place between two of them parts them.
    return gammaTail((least - 0.5) / scale, (number * mean) / scale)
  }
}

/**
 * How much comes, where events come at a steady pace and each brings an amount: the compound distribution of the events of
 * {@link forecastCount}, with amounts as of a gamma distribution that has the mean and the variance of those seen. That the
 * mean is only known from a sample widens it. Amounts are whole.
 *
 * Source: B. Jørgensen, The Theory of Dispersion Models (1997), chapter 4, for the sum of gamma amounts.
 *
 * @param past see {@link SteadyPast}, but for its events, which are the amounts; at most 10,000 events may be expected
 * @param amounts what each event brought, whole numbers from 1; at least two
 * @returns `OutOfRange` for every number outside its range, and for fewer than two amounts.
 * @example
 * ```ts
 * import { forecastAmount, unwrap } from 'treue'
 *
 * const points = unwrap(forecastAmount({ time: 180, ahead: 90 }, [120, 80, 200, 150, 90, 110]))
 * points.expected.toFixed(0) // => '406'
 * points.atLeast(500).toFixed(2) // => '0.32'
 * ```
 */
export const forecastAmount = (
  past: Omit<SteadyPast, 'events'>,
  amounts: ReadonlyArray<number>,
): E.Either<ReadonlyArray<OutOfRange>, CountForecast> => {
  const counted: SteadyPast = { ...past, events: amounts.length }
  const wrong = amounts.findIndex((amount) => !(Number.isSafeInteger(amount) && amount > 0))
  const faults = [
    ...pastFaults(counted, 10_000),
    ...(amounts.length >= 2 ? [] : [outOfRange(['amounts'], amounts.length, 'at least two amounts')]),
    ...(wrong === -1 ? [] : [outOfRange(['amounts', wrong], amounts[wrong], 'a whole number from 1')]),
  ]
  if (faults.length > 0) return E.left(faults)
  const { shape, odds } = eventsAhead(counted)
  const { from, masses } = massesOf(shape, odds)
  const moments = momentsOf(amounts)
  const tail = sumTail(moments, amounts.length)
  const atLeast = (count: number): number => {
    if (count <= 0) return 1
    let sum = 0
    for (const [index, mass] of masses.entries())
      if (from + index > 0) sum += mass * tail(from + index, Math.ceil(count))
    return Math.min(1, sum)
  }
  const expected = shape * odds * moments.mean
  return E.right({ expected, atLeast, quantile: (probability) => quantileOf(atLeast, probability) })
}
