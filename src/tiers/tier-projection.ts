/** The tier that a member comes to at today's pace. */
import * as E from 'fp-ts/Either'
import {
  addDays,
  type CivilDate,
  type Instant,
  type OutOfRange,
  outOfRange,
  startOfDay,
  type TierId,
  underPath,
  type Zone,
} from '../foundation/index.ts'
import type { CountForecast } from '../statistics/index.ts'
import { forecastOfMonths } from './active-months-forecast.ts'
import { keepThreshold, type Ladder, rankOf, type Tier } from './ladder.ts'
import type { Metric, MetricId } from './metric.ts'
import { forecastOf, type MetricPast, type MetricPastFault, modelOf, nothingMore, pastsOf } from './metric-past.ts'
import { certainRank, countsFrom, type Horizon, horizonOf, type ProjectionEnd } from './projection-horizon.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import { type Threshold, thresholdMetrics } from './threshold.ts'
import { type Chance, thresholdChance } from './threshold-chance.ts'
import { countsOn } from './tier-counts.ts'

/** How a projection is made. */
export interface TierProjectionOptions {
  /**
   * Up to where: the end of the qualification period that runs, the default; the end of the tier that is earned; or a day,
   * which is left out.
   */
  readonly until?: ProjectionEnd
  /** Of each interval by itself, between 0 and 1; 0.95 when absent. */
  readonly confidence?: number
}

/** What a metric comes to. */
export interface MetricProjection {
  readonly metric: MetricId
  /** What counts at the end of what is there now, in the metric's unit. */
  readonly now: number
  /** With what is expected to come; not a whole number. */
  readonly expected: number
  readonly lower: number
  /** Half of the time it is at most so much. */
  readonly median: number
  readonly upper: number
}

/** How probable a tier is. */
export interface TierProbability {
  readonly tier: TierId
  /** Of just this tier; those of all tiers come to 1. */
  readonly probability: number
  /** Of this tier or a higher one. */
  readonly atLeast: Chance
}

/** How probable it is that what a tier takes is there. */
export interface ThresholdProjection extends Chance {
  readonly tier: TierId
  readonly to: 'reach' | 'keep'
  /** The first day after which it is there more probably than not; `null`: none up to the end. */
  readonly likelyOn: CivilDate | null
}

/** The tier that a member comes to. */
export interface TierProjection {
  /** The first instant that is left out. */
  readonly until: Instant
  readonly confidence: number
  readonly metrics: ReadonlyArray<MetricProjection>
  /** Every tier of the ladder, lowest first. */
  readonly tiers: ReadonlyArray<TierProbability>
  /** The most probable tier; the lowest of several. */
  readonly likely: TierId
  /** What it takes to reach each higher tier, and to keep the one that is earned where that is decided. */
  readonly thresholds: ReadonlyArray<ThresholdProjection>
}

/** Why there is no projection. */
export type TierProjectionFaults = ReadonlyArray<MetricPastFault>

interface Question {
  readonly ladder: Ladder
  readonly zone: Zone
  readonly standing: Standing
  readonly asOf: Instant
  readonly horizon: Horizon
  readonly confidence: number
  readonly pasts: ReadonlyMap<MetricId, readonly [MetricPast, number]>
}

interface Outlook {
  readonly now: number
  readonly forecast: CountForecast
}

type Outlooks = ReadonlyMap<MetricId, Outlook>

const nothing: ReadonlyArray<MetricPastFault> = []

const forecastOn = (
  question: Question,
  metric: Metric,
  day: CivilDate,
): E.Either<ReadonlyArray<MetricPastFault>, CountForecast> => {
  const { ladder, zone, standing, asOf, horizon, confidence, pasts } = question
  const found = pasts.get(metric.id)
  if (found === undefined) return E.right(nothingMore)
  const [past, index] = found
  const from = countsFrom(ladder, zone, standing, metric, day, asOf)
  const to = Math.min(horizon.until, startOfDay(zone, addDays(day, 1))) as Instant
  const forecast =
    metric.of === 'activeMonths'
      ? forecastOfMonths(zone, standing, metric, past, asOf, { from, to })
      : forecastOf(metric, past, asOf, to - from, confidence)
  return E.isLeft(forecast) ? E.left(underPath(['pasts', index], forecast.left)) : forecast
}

/** What each metric comes to on a day. */
const outlooksOn = (
  question: Question,
  metrics: ReadonlyArray<Metric>,
  day: CivilDate,
): E.Either<TierProjectionFaults, Outlooks> => {
  const counts = countsOn(question.ladder, question.zone, question.standing, day)
  const outlooks = new Map<MetricId, Outlook>()
  const faults = metrics.flatMap((metric) => {
    const forecast = forecastOn(question, metric, day)
    if (E.isLeft(forecast)) return forecast.left
    outlooks.set(metric.id, { now: counts.get(metric.id) ?? 0, forecast: forecast.right })
    return nothing
  })
  return faults.length > 0 ? E.left(faults) : E.right(outlooks)
}

const chanceBy = (threshold: Threshold, outlooks: Outlooks): Chance =>
  thresholdChance(threshold, ({ metric, atLeast }) => {
    const outlook = outlooks.get(metric)
    return outlook === undefined ? 0 : outlook.forecast.atLeast(atLeast - outlook.now)
  })

const thresholdsOf = ({ reach, keep, lifetime }: Tier): ReadonlyArray<Threshold> =>
  [reach, keep, lifetime].filter((threshold) => threshold !== undefined)

/** What makes a tier, or a higher one, the member's. */
const waysTo = ({ ladder, standing, horizon }: Question, rank: number): ReadonlyArray<Threshold> => {
  const above = ladder.tiers.slice(rank)
  const [reach] = above.flatMap((tier) => tier.reach ?? [])
  const held = rankOf(ladder, standing.earned.tier)
  const [keep] = horizon.decidesKeep
    ? ladder.tiers.slice(rank, held + 1).flatMap((tier) => keepThreshold(tier) ?? [])
    : []
  return [reach, keep, ...above.map(({ lifetime }) => lifetime)].filter((threshold) => threshold !== undefined)
}

const certain: Chance = { chance: 1, lower: 1, upper: 1 }
const impossible: Chance = { chance: 0, lower: 0, upper: 0 }

const atLeastOf = (question: Question, outlooks: Outlooks, rank: number): Chance => {
  const { ladder, standing, horizon } = question
  if (rank <= certainRank(ladder, standing, horizon)) return certain
  const of = waysTo(question, rank)
  return of.length === 0 ? impossible : chanceBy({ type: 'any', of }, outlooks)
}

const tiersOf = (question: Question, outlooks: Outlooks): ReadonlyArray<TierProbability> => {
  const atLeast = question.ladder.tiers.map((_, rank) => atLeastOf(question, outlooks, rank))
  return question.ladder.tiers.map(({ id }, rank) => {
    const own = atLeast[rank] ?? impossible
    const above = atLeast[rank + 1] ?? impossible
    return { tier: id, probability: Math.max(0, own.chance - above.chance), atLeast: own }
  })
}

interface Asked {
  readonly tier: TierId
  readonly to: 'reach' | 'keep'
  readonly threshold: Threshold
}

const askedOf = ({ ladder, standing, horizon }: Question): ReadonlyArray<Asked> => {
  const held = rankOf(ladder, standing.earned.tier)
  const tier = ladder.tiers[held]
  const keep = tier === undefined ? undefined : keepThreshold(tier)
  const kept =
    tier === undefined || keep === undefined || !horizon.decidesKeep ? [] : [{ tier: tier.id, threshold: keep }]
  return [
    ...kept.map((one) => ({ ...one, to: 'keep' as const })),
    ...ladder.tiers
      .slice(held + 1)
      .flatMap(({ id, reach }) => (reach === undefined ? [] : [{ tier: id, to: 'reach' as const, threshold: reach }])),
  ]
}

/** The first of some days on which something is so, where it stays so; by halving. */
const firstByHalving = (from: number, to: number, isSo: (day: CivilDate) => boolean): CivilDate | null => {
  let [low, high] = [from - 1, to]
  if (from > to || !isSo(to as CivilDate)) return null
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isSo(middle as CivilDate)) high = middle
    else low = middle
  }
  return high as CivilDate
}

const firstOneByOne = (from: number, to: number, isSo: (day: CivilDate) => boolean): CivilDate | null => {
  for (let day = from; day <= to; day += 1) if (isSo(day as CivilDate)) return day as CivilDate
  return null
}

/** The first day on which something is more probable than not. */
const likelyDay = (question: Question, metrics: ReadonlyArray<Metric>, threshold: Threshold): CivilDate | null => {
  const { ladder, zone, standing, asOf, horizon, pasts } = question
  const asked = new Set(thresholdMetrics(threshold))
  const needed = metrics.filter(({ id }) => asked.has(id))
  const isLikely = (day: CivilDate): boolean => {
    const outlooks = outlooksOn(question, needed, day)
    return E.isRight(outlooks) && chanceBy(threshold, outlooks.right).chance >= 0.5
  }
  const start = Math.min(
    ...needed.map((metric) => countsFrom(ladder, zone, standing, metric, horizon.day, asOf)),
    horizon.until,
  ) as Instant
  const from = ladder.period.type === 'rolling' ? programDay(zone, asOf) : programDay(zone, start)
  const isByWindows = needed.some((metric) => {
    const past = pasts.get(metric.id)
    return past !== undefined && modelOf(metric, past[0]) === 'windows'
  })
  const first = ladder.period.type === 'rolling' || isByWindows ? firstOneByOne : firstByHalving
  return first(from, horizon.day, isLikely)
}

const projectionOf = (question: Question, metrics: ReadonlyArray<Metric>, outlooks: Outlooks): TierProjection => {
  const { ladder, standing, horizon, confidence } = question
  const tiers = tiersOf(question, outlooks)
  let likely = tiers[0]
  for (const one of tiers) if (likely === undefined || one.probability > likely.probability) likely = one
  return {
    until: horizon.until,
    confidence,
    metrics: ladder.metrics.flatMap(({ id }) => {
      const outlook = outlooks.get(id)
      if (outlook === undefined) return []
      const { now, forecast } = outlook
      return [
        {
          metric: id,
          now,
          expected: now + forecast.expected,
          lower: now + forecast.quantile((1 - confidence) / 2),
          median: now + forecast.quantile(0.5),
          upper: now + forecast.quantile((1 + confidence) / 2),
        },
      ]
    }),
    tiers,
    likely: likely?.tier ?? standing.tier,
    thresholds: askedOf(question).map(({ tier, to, threshold }) => {
      const { chance, lower, upper } = chanceBy(threshold, outlooks)
      return { tier, to, chance, lower, upper, likelyOn: likelyDay(question, metrics, threshold) }
    }),
  }
}

/**
 * The tier that a member comes to at today's pace: what each metric comes to, with an interval; how probable each tier is;
 * on which day each threshold is probably met. What the tier is decided by at the end are the counts of then: a tier that
 * is earned and still valid is held, one whose validity is over is held with what keeps it. Graces and suspensions are
 * looked past, and so is what reaching a tier on the way would use up or start anew.
 *
 * Counts of what comes by itself are negative binomial, amounts a compound of these, so that a short past gives a wide
 * interval; a balance is taken to stay as it is, and tenure is known. Probabilities hold if metrics rise together; each
 * has the bounds between which it lies however they depend on each other.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now, with all that was due assessed
 * @param asOf - the instant at which it is asked
 * @param pasts - what the member did of every metric that a tier asks for, but for tenure and balances
 * @param options - up to where, and the confidence
 * @returns `TooLittlePast`, with what is needed, for a past of less than a day, an amount of which fewer than two are known,
 * months of which none is over, and fewer earlier windows than the confidence takes; `InvalidValue` for a metric without
 * a past, rows that are no counts of the time, and an end that the standing does not have; `OutOfRange` for an end that is
 * over or more than 3,660 days ahead, a confidence outside (0, 1), and a pace with too many events.
 *
 * @example
 * ```ts
 * import { addDuration, countQualifying, decode, firstStanding, formatCivilDate, Ladder, type MetricId, parseInstant, tierProjection, unwrap, utc } from 'treue'
 *
 * const metric = 'orders' as MetricId
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: metric, of: 'orders' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'silver', reach: { type: 'count', metric, atLeast: 8 } }],
 * }))
 * const since = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const rows = [5, 40, 80, 110].map((amount) => ({ at: addDuration(utc, since, { amount, unit: 'day' }), count: 1 }))
 * const standing = rows.reduce(
 *   (before, { at, count }) => countQualifying(ladder, utc, before, { metric, count, countedAt: at }),
 *   firstStanding(ladder, utc, since),
 * )
 * const asOf = unwrap(parseInstant('2026-05-01T00:00:00Z'))
 * const projection = unwrap(tierProjection(ladder, utc, standing, asOf, [{ metric, since, rows }]))
 * projection.metrics.map(({ now, lower, median, upper }) => [now, lower, median, upper]) // => [[4, 5, 12, 26]]
 * projection.tiers.map(({ tier, probability }) => [tier, probability.toFixed(2)])
 * // => [['basic', '0.12'], ['silver', '0.88']]
 * projection.thresholds.map(({ likelyOn }) => likelyOn && formatCivilDate(likelyOn)) // => ['2026-08-14']
 * ```
 */
export const tierProjection = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  pasts: ReadonlyArray<MetricPast>,
  options: TierProjectionOptions = {},
): E.Either<TierProjectionFaults, TierProjection> => {
  const { until = 'endOfPeriod', confidence = 0.95 } = options
  const asked = new Set(ladder.tiers.flatMap(thresholdsOf).flatMap(thresholdMetrics))
  const metrics = ladder.metrics.filter(({ id }) => asked.has(id))
  const horizon = horizonOf(ladder, zone, standing, asOf, until)
  const known = pastsOf(metrics, pasts, asOf)
  const wrong: ReadonlyArray<OutOfRange> =
    confidence > 0 && confidence < 1 ? [] : [outOfRange(['confidence'], confidence, 'a number between 0 and 1')]
  const faults = [...(E.isLeft(horizon) ? [horizon.left] : []), ...(E.isLeft(known) ? known.left : []), ...wrong]
  if (E.isLeft(horizon) || E.isLeft(known) || faults.length > 0) return E.left(faults)
  const question: Question = {
    ladder,
    zone,
    standing,
    asOf,
    horizon: horizon.right,
    confidence,
    pasts: known.right,
  }
  const outlooks = outlooksOn(question, metrics, question.horizon.day)
  return E.isLeft(outlooks) ? outlooks : E.right(projectionOf(question, metrics, outlooks.right))
}
