/** What of a standing counts on a day. */
import {
  addDays,
  addDurationToDate,
  addMonths,
  type CivilDate,
  type CivilPeriod,
  periodOf,
  startOfDay,
  yearMonthDay,
  type Zone,
} from '../foundation/index.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import { isOfPeriod, type Metric, type MetricId, type TenureMetric } from './metric.ts'
import { bucketsOf, type CountBucket, type MetricCount, takeFromBuckets, totalOf } from './metric-count.ts'
import { programDay, qualificationPeriod } from './qualification-period.ts'
import type { ClosedPeriod, Standing } from './standing.ts'
import { type Counts, meetsThreshold, type Threshold } from './threshold.ts'

/** The days from which the periods and the tenure of a member are counted. */
const anchorsOf = (zone: Zone, { joinedAt, earned }: Standing): { joined: CivilDate; entered: CivilDate } => ({
  joined: programDay(zone, joinedAt),
  entered: programDay(zone, earned.since),
})

/** The qualification period of a member that a day lies in. */
export const periodOn = (ladder: Ladder, zone: Zone, standing: Standing, day: CivilDate): CivilPeriod | undefined => {
  const { period } = ladder
  switch (period.type) {
    case 'calendar':
      return periodOf(period.calendar, day)
    case 'lifetime':
    case 'rolling':
      return undefined
    default:
      return qualificationPeriod(period, day, anchorsOf(zone, standing))
  }
}

const forAllTime = 0 as CivilDate

/** The first day of the month of a day. */
const monthOf = (day: CivilDate): CivilDate => addDays(day, 1 - yearMonthDay(day).day)

/** The bucket in which a day is counted. */
export const bucketDay = (
  ladder: Ladder,
  metric: Metric,
  day: CivilDate,
  period: CivilPeriod | undefined,
): CivilDate => {
  const month = metric.of === 'activeMonths' ? monthOf(day) : undefined
  if (!isOfPeriod(metric) || ladder.period.type === 'lifetime') return month ?? forAllTime
  if (period === undefined) return month ?? day
  return month === undefined || month < period.from ? period.from : month
}

/** The first day on which a bucket of a ladder that looks at the last so many days counts no more. */
export const bucketEnd = (ladder: Ladder, { day }: CountBucket): CivilDate | undefined =>
  ladder.period.type === 'rolling' ? addDurationToDate(day, ladder.period.length) : undefined

const withinWindow = (
  ladder: Ladder,
  counts: ReadonlyArray<MetricCount>,
  day: CivilDate,
): ReadonlyArray<MetricCount> => {
  const ofPeriod = new Set(ladder.metrics.filter(isOfPeriod).map(({ id }) => id))
  const isOver = (metric: MetricId, bucket: CountBucket): boolean =>
    ofPeriod.has(metric) && (bucketEnd(ladder, bucket) ?? day + 1) <= day
  if (!counts.some(({ metric, buckets }) => buckets.some((bucket) => isOver(metric, bucket)))) return counts
  return counts
    .map(({ metric, buckets }) => ({ metric, buckets: buckets.filter((bucket) => !isOver(metric, bucket)) }))
    .filter(({ buckets }) => buckets.length > 0)
}

/** For how long a member has been one on a day. */
export const tenureOn = ({ unit }: TenureMetric, zone: Zone, { joinedAt }: Standing, day: CivilDate): number => {
  const joined = programDay(zone, joinedAt)
  if (unit === 'day') return Math.max(0, day - joined)
  const from = yearMonthDay(joined)
  const to = yearMonthDay(day)
  const months = (to.year - from.year) * 12 + to.month - from.month
  return Math.max(0, addMonths(joined, months) <= day ? months : months - 1)
}

/** What counts come to, by metric. */
export const figuresOf = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  counts: ReadonlyArray<MetricCount>,
  day: CivilDate,
): Counts => {
  const figures = new Map<MetricId, number>()
  for (const metric of ladder.metrics) {
    const figure =
      metric.of === 'tenure' ? tenureOn(metric, zone, standing, day) : totalOf(metric, bucketsOf(counts, metric.id))
    figures.set(metric.id, figure)
  }
  return figures
}

/** The highest tier that counts reach; 0 where it is the first. */
export const highestReached = (ladder: Ladder, counts: Counts): number => {
  for (let rank = ladder.tiers.length - 1; rank > 0; rank -= 1) {
    const reach = ladder.tiers[rank]?.reach
    if (reach !== undefined && meetsThreshold(reach, counts)) return rank
  }
  return 0
}

/** The highest tier, up to the one that is held, that counts keep; 0 where it is the first. */
export const highestKept = (ladder: Ladder, counts: Counts, held: number): number => {
  for (let rank = Math.min(held, ladder.tiers.length - 1); rank > 0; rank -= 1) {
    const tier = ladder.tiers[rank]
    const keep = tier === undefined ? undefined : keepThreshold(tier)
    if (keep !== undefined && meetsThreshold(keep, counts)) return rank
  }
  return 0
}

/** The highest tier that is held for life; 0 where there is none. */
export const lifetimeRank = (ladder: Ladder, counts: Counts): number => {
  for (let rank = ladder.tiers.length - 1; rank > 0; rank -= 1) {
    const lifetime = ladder.tiers[rank]?.lifetime
    if (lifetime !== undefined && meetsThreshold(lifetime, counts)) return rank
  }
  return 0
}

/** What a threshold took of a metric, of so much that there was. */
const amountTaken = (threshold: Threshold, metric: MetricId, total: number): number => {
  if (threshold.type !== 'count') {
    return Math.max(0, ...threshold.of.map((part) => amountTaken(part, metric, total)))
  }
  return threshold.metric === metric && threshold.atLeast <= total ? threshold.atLeast : 0
}

/** The threshold for which the counts of a period that ends were used. */
const usedFor = (ladder: Ladder, zone: Zone, standing: Standing, period: CivilPeriod): Threshold | undefined => {
  const held = rankOf(ladder, standing.earned.tier)
  const counts = figuresOf(ladder, zone, standing, standing.counts, addDays(period.until, -1))
  const kept = highestKept(ladder, counts, held)
  const keptTier = ladder.tiers[kept]
  if (ladder.policy?.consumption === 'deduct') {
    // Reaching has used up its part at once; what renewing takes is used up now.
    const isRenewed = kept === held && standing.earned.validUntil === startOfDay(zone, period.until)
    return isRenewed && keptTier !== undefined ? keepThreshold(keptTier) : undefined
  }
  const reached = highestReached(ladder, counts)
  return reached >= kept ? ladder.tiers[reached]?.reach : keptTier && keepThreshold(keptTier)
}

const cappedFromEnd = (buckets: ReadonlyArray<CountBucket>, cap: number | null): ReadonlyArray<CountBucket> => {
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  return cap === null || total <= cap ? buckets : takeFromBuckets(buckets, total - cap).left
}

/** The first day of the earliest period of which something may still count after a period ends. */
const oldestKept = (ladder: Ladder, zone: Zone, standing: Standing, from: CivilDate, periods: number): CivilDate => {
  let oldest = from
  for (let back = 1; back < periods; back += 1) {
    oldest = periodOn(ladder, zone, standing, addDays(oldest, -1))?.from ?? oldest
  }
  return oldest
}

/** What of a period that ends is taken into the next. */
const rolledOver = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  period: CivilPeriod,
): ReadonlyArray<MetricCount> => {
  const rollover = ladder.policy?.rollover
  if (rollover === undefined) return []
  const used = usedFor(ladder, zone, standing, period)
  const deducts = ladder.policy?.consumption === 'deduct'
  if (used === undefined && !deducts) return []
  const oldest = oldestKept(ladder, zone, standing, period.from, rollover.periods)
  return ladder.metrics.flatMap((metric) => {
    if (!isOfPeriod(metric) || metric.of === 'activeMonths') return []
    const buckets = bucketsOf(standing.counts, metric.id)
    const took = used === undefined ? 0 : amountTaken(used, metric.id, totalOf(metric, buckets))
    if (took === 0 && !deducts) return []
    const left = takeFromBuckets(buckets, took).left.filter(({ day }) => day >= oldest)
    const kept = cappedFromEnd(left, rollover.cap)
    return kept.length === 0 ? [] : [{ metric: metric.id, buckets: kept }]
  })
}

const split = (
  ladder: Ladder,
  counts: ReadonlyArray<MetricCount>,
): { readonly ofPeriod: ReadonlyArray<MetricCount>; readonly forLife: ReadonlyArray<MetricCount> } => {
  const ids = new Set(ladder.metrics.filter(isOfPeriod).map(({ id }) => id))
  return {
    ofPeriod: counts.filter(({ metric }) => ids.has(metric)),
    forLife: counts.filter(({ metric }) => !ids.has(metric)),
  }
}

/** The standing after the period that it counts is over. */
const afterPeriod = (ladder: Ladder, zone: Zone, standing: Standing, period: CivilPeriod): Standing => {
  const { ofPeriod, forLife } = split(ladder, standing.counts)
  const counts = [...forLife, ...rolledOver(ladder, zone, standing, period)]
  const closed: ClosedPeriod = {
    from: period.from,
    counts: ofPeriod,
    tier: standing.earned.tier,
    isReopened: false,
  }
  const steps = standing.steps.filter(({ periodFrom }) => periodFrom === period.from)
  return { ...standing, periodFrom: period.until, counts, closed, steps }
}

/** The standing with what counts on a day: what is over is dropped, what is left over is taken along. */
export const turned = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  day: CivilDate,
  period: CivilPeriod | undefined = periodOn(ladder, zone, standing, day),
): Standing => {
  if (ladder.period.type === 'rolling') {
    const counts = withinWindow(ladder, standing.counts, day)
    return counts === standing.counts ? standing : { ...standing, counts }
  }
  const { periodFrom } = standing
  if (period === undefined || periodFrom === null) return standing
  if (period.from <= periodFrom) return standing
  let now = standing
  let from = periodFrom
  while (from < period.from && split(ladder, now.counts).ofPeriod.length > 0) {
    const ending: CivilPeriod = periodOn(ladder, zone, now, from) ?? period
    now = afterPeriod(ladder, zone, now, ending)
    from = ending.until
  }
  return now.periodFrom === period.from ? now : { ...now, periodFrom: period.from }
}

/** What counts on a day: of the period that it lies in, even where that is the one before. */
export const countsOn = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  day: CivilDate,
  period: CivilPeriod | undefined = periodOn(ladder, zone, standing, day),
): Counts => {
  const { periodFrom, closed } = standing
  if (period === undefined || periodFrom === null || period.from >= periodFrom) {
    return figuresOf(ladder, zone, standing, turned(ladder, zone, standing, day, period).counts, day)
  }
  const ofPeriod = closed !== null && closed.from === period.from ? closed.counts : []
  const { forLife } = split(ladder, standing.counts)
  return figuresOf(ladder, zone, standing, [...forLife, ...ofPeriod], day)
}
