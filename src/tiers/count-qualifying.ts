/** What a member does is counted towards tiers. */
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  earlierOf,
  type Instant,
  startOfDay,
  type Zone,
} from '../foundation/index.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { isOfPeriod, type Metric, type MetricId } from './metric.ts'
import { addToBucket, bucketsOf, type MetricCount, totalOf, withBuckets } from './metric-count.ts'
import { programDay } from './qualification-period.ts'
import { type ClosedPeriod, recounted, type Standing, type TierUndo } from './standing.ts'
import type { StandingClaim } from './standing-claim.ts'
import type { Counts } from './threshold.ts'
import { bucketDay, bucketEnd, countsOn, highestReached, periodOn, turned } from './tier-counts.ts'
import { lookDue, stepsStillReached } from './tier-look.ts'

/** Something that counts. */
export interface QualifyingCount {
  readonly metric: MetricId
  /** How much, in the metric's unit; below zero where it is taken back. */
  readonly count: number
  /** The instant for which it counts: for what is taken back, that for which it had counted. */
  readonly countedAt: Instant
}

const least = ({ policy }: Ladder): number => (policy?.consumption === 'deduct' ? Number.MIN_SAFE_INTEGER : 0)

const added = (
  ladder: Ladder,
  counts: ReadonlyArray<MetricCount>,
  metric: Metric,
  day: CivilDate,
  count: number,
): ReadonlyArray<MetricCount> =>
  withBuckets(counts, metric.id, addToBucket(bucketsOf(counts, metric.id), day, count, least(ladder)))

/** Counts in a period that is over: what is taken back always, what comes in late as the ladder says. */
const countedLate = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  metric: Metric,
  { count }: QualifyingCount,
  period: CivilPeriod,
  days: { readonly counted: CivilDate; readonly now: CivilDate },
): Standing => {
  const { closed } = standing
  const { late = 'ignore' } = ladder.policy ?? {}
  if (count > 0 && late === 'carry') {
    const day = bucketDay(ladder, metric, days.now, periodOn(ladder, zone, standing, days.now))
    return { ...standing, counts: added(ladder, standing.counts, metric, day, count) }
  }
  if (closed === null || period.from !== closed.from || (count > 0 && late === 'ignore')) return standing
  const day = bucketDay(ladder, metric, days.counted, period)
  const next: ClosedPeriod = {
    from: closed.from,
    counts: added(ladder, closed.counts, metric, day, count),
    tier: closed.tier,
    isReopened: closed.isReopened || count > 0,
  }
  // What was left over of that period was earned last, so it goes first.
  const isTakenAlong = count < 0 && bucketsOf(standing.counts, metric.id).some((bucket) => bucket.day === day)
  const counts = isTakenAlong ? added(ladder, standing.counts, metric, day, count) : standing.counts
  return { ...standing, counts, closed: next }
}

/** The day on which something comes in, the qualification period that it lies in, and the day for which it counts. */
interface Days {
  readonly day: CivilDate
  readonly period: CivilPeriod | undefined
  readonly counted: CivilDate
}

/** Counts on the ladder. */
const countedOnLadder = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  metric: Metric,
  qualifying: QualifyingCount,
  { day: now, period: current, counted }: Days,
): Standing => {
  // What had been done when the tier was entered counts no more, so it cannot be taken back either.
  const isBefore = ladder.period.type === 'tierEntry' && qualifying.countedAt <= standing.earned.since
  if (isBefore && qualifying.count < 0 && isOfPeriod(metric)) return standing
  const period = counted === now ? current : periodOn(ladder, zone, standing, counted)
  if (isOfPeriod(metric) && period !== undefined && standing.periodFrom !== null && period.from < standing.periodFrom) {
    return countedLate(ladder, zone, standing, metric, qualifying, period, { counted, now })
  }
  const day = bucketDay(ladder, metric, counted, period)
  const end = isOfPeriod(metric) ? bucketEnd(ladder, { day, count: 0 }) : undefined
  if (end !== undefined && end <= now) return standing
  const counts = added(ladder, standing.counts, metric, day, qualifying.count)
  return recounted(standing, counts, standing.raiseAt, standing.dueAt)
}

const countedInTrials = (
  ladder: Ladder,
  claims: ReadonlyArray<StandingClaim>,
  metric: Metric,
  { count, countedAt }: QualifyingCount,
  day: CivilDate,
): ReadonlyArray<StandingClaim> =>
  claims.map((claim) => {
    const { trial, from } = claim
    if (trial === null || countedAt < from) return claim
    const { offer, isHeld, counts } = trial
    const bucket = bucketDay(ladder, { ...metric, over: 'lifetime' } as Metric, day, undefined)
    return { ...claim, trial: { offer, isHeld, counts: added(ladder, counts, metric, bucket, count) } }
  })

/** How many of the last steps have lost what reached them by what was counted, and what was taken back just before. */
const stepsLost = (
  ladder: Ladder,
  zone: Zone,
  before: Standing,
  after: Standing,
  day: CivilDate,
  countedAt: Instant,
): number => {
  const was = stepsStillReached(ladder, zone, before, day)
  const is = stepsStillReached(ladder, zone, after, day)
  // In a window of days, what was there when the tier was reached may be over: what was done later did not reach it.
  const isOlder = (index: number): boolean =>
    ladder.period.type !== 'rolling' || countedAt <= (after.steps[after.steps.length - 1 - index]?.at ?? countedAt)
  // One return takes back of several metrics, one after the other: what the first made lost stays so for the next.
  const lost = after.undo?.steps ?? 0
  const kept = was.findIndex(
    (wasReached, index) => index >= lost && (!wasReached || is[index] !== false || !isOlder(index)),
  )
  return kept < 0 ? was.length : kept
}

const undoAfter = (
  ladder: Ladder,
  zone: Zone,
  before: Standing,
  after: Standing,
  asOf: Instant,
  day: CivilDate,
  countedAt: Instant,
): TierUndo | null => {
  const { returns = 'untilExpiry' } = ladder.policy ?? {}
  if (returns === 'untilExpiry' || after.steps.length === 0) return after.undo
  const steps = stepsLost(ladder, zone, before, after, day, countedAt)
  if (steps === 0) return after.undo
  const period = returns === 'periodEnd' ? periodOn(ladder, zone, after, day) : undefined
  return { at: period === undefined ? asOf : startOfDay(zone, period.until), steps }
}

/** When a tier that is reached by now is to be entered, as the ladder says; else when one was to be before. */
export const raiseAfter = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  day: CivilDate,
  counts: Counts,
): Instant | null => {
  const reached = highestReached(ladder, counts)
  if (reached <= rankOf(ladder, standing.earned.tier)) return standing.raiseAt
  const { upgrade = 'atOnce' } = ladder.policy ?? {}
  if (upgrade === 'atOnce') return asOf
  const period = upgrade === 'periodEnd' ? periodOn(ladder, zone, standing, day) : undefined
  const at = startOfDay(zone, period?.until ?? addDays(day, 1))
  return standing.raiseAt !== null && standing.raiseAt < at ? standing.raiseAt : at
}

/** The standing after something about it changed, with when it is to be looked at. */
export const withDue = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  day: CivilDate = programDay(zone, asOf),
  period: CivilPeriod | undefined = periodOn(ladder, zone, standing, day),
): Standing => {
  const counts = countsOn(ladder, zone, standing, day, period)
  const raiseAt = raiseAfter(ladder, zone, standing, asOf, day, counts)
  const dueAt = earlierOf(standing.dueAt, lookDue(ladder, zone, standing, asOf, day, counts))
  return raiseAt === standing.raiseAt && dueAt === standing.dueAt
    ? standing
    : recounted(standing, standing.counts, raiseAt, dueAt)
}

/** Only what is done lets a validity roll: a return never does (S23). */
const withLastDay = (ladder: Ladder, standing: Standing, day: CivilDate): Standing => {
  const rolls = ladder.validity.type === 'rolling' || ladder.tiers.some(({ validity }) => validity?.type === 'rolling')
  return rolls && standing.lastCountedOn !== day ? { ...standing, lastCountedOn: day } : standing
}

/**
 * The standing after something was counted, or taken back. It changes no tier: assess the standing then. What is due
 * before `asOf` has to be assessed before.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing before
 * @param qualifying - what counts, how much, and for when; a metric that the ladder does not have changes nothing
 * @param asOf - when it came in; default: the instant for which it counts (S37)
 *
 * @example
 * ```ts
 * import { assessTier, countQualifying, decode, firstStanding, Ladder, type MetricId, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'nights', of: 'action', action: 'stay', attribute: 'nights' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'nights', atLeast: 25 } }],
 * }))
 * const countedAt = unwrap(parseInstant('2026-03-10T12:00:00Z'))
 * const nights = { metric: 'nights' as MetricId, count: 25, countedAt }
 * const counted = countQualifying(ladder, utc, firstStanding(ladder, utc, countedAt), nights)
 * counted.tier // => 'basic'
 * assessTier(ladder, utc, counted, countedAt).standing.tier // => 'gold'
 * ```
 */
export const countQualifying = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  qualifying: QualifyingCount,
  asOf: Instant = qualifying.countedAt,
): Standing => {
  const metric = ladder.metrics.find(({ id }) => id === qualifying.metric)
  if (metric === undefined || metric.of === 'tenure' || qualifying.count === 0) return standing
  const { countedAt } = qualifying
  const day = programDay(zone, asOf)
  const counted = countedAt === asOf ? day : programDay(zone, countedAt)
  const period = periodOn(ladder, zone, standing, day)
  const before = turned(ladder, zone, standing, day, period)
  const claims = before.claims.some(({ trial }) => trial !== null)
    ? countedInTrials(ladder, before.claims, metric, qualifying, counted)
    : before.claims
  const isApart = before.offersUsed.some((use) => use.isApart && use.at <= countedAt && countedAt < use.until)
  const tried = claims === before.claims ? before : { ...before, claims }
  const after = isApart ? tried : countedOnLadder(ladder, zone, tried, metric, qualifying, { day, period, counted })
  // What is ignored counts for nothing, also where it is the first to be seen of a new period.
  if (after === before) return standing
  if (qualifying.count > 0) return withDue(ladder, zone, withLastDay(ladder, after, day), asOf, day, period)
  const undo = undoAfter(ladder, zone, before, after, asOf, day, countedAt)
  return withDue(ladder, zone, undo === after.undo ? after : { ...after, undo }, asOf, day, period)
}

/**
 * How many of a metric are counted in a standing.
 *
 * @param standing - the standing
 * @param metric - the metric; a tenure is not counted
 *
 * @example
 * ```ts
 * import { firstStanding, type Ladder, levelOf, type MetricId, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const standing = firstStanding(ladder, utc, unwrap(parseInstant('2026-03-10T00:00:00Z')))
 * levelOf(standing, { id: 'orders' as MetricId, of: 'orders' }) // => 0
 * ```
 */
export const levelOf = (standing: Standing, metric: Metric): number =>
  totalOf(metric, bucketsOf(standing.counts, metric.id))
