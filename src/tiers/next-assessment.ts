/** When a standing has to be looked at although nothing is counted. */
import {
  addDays,
  addMonths,
  type CivilDate,
  earlierOf,
  type Instant,
  startOfDay,
  type Zone,
} from '../foundation/index.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { isOfPeriod, type MetricId } from './metric.ts'
import { bucketsOf, totalOf } from './metric-count.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import type { Threshold } from './threshold.ts'
import { bucketEnd, countsOn, figuresOf, highestReached, lifetimeRank, periodOn, tenureOn } from './tier-counts.ts'
import { heldTier, keeps, suspendedUntil, validityOf } from './tier-look.ts'

interface Drop {
  readonly metric: MetricId
  readonly count: number
}

/** What the last so many days lose, by the day on which they lose it. */
const dropsOf = (ladder: Ladder, { counts }: Standing): ReadonlyArray<readonly [CivilDate, ReadonlyArray<Drop>]> => {
  const drops = new Map<CivilDate, Array<Drop>>()
  for (const metric of ladder.metrics) {
    if (!isOfPeriod(metric)) continue
    for (const bucket of bucketsOf(counts, metric.id)) {
      const end = bucketEnd(ladder, bucket)
      if (end === undefined) continue
      const there = drops.get(end) ?? []
      there.push({ metric: metric.id, count: totalOf(metric, [bucket]) })
      drops.set(end, there)
    }
  }
  return [...drops].sort(([a], [b]) => a - b)
}

/** The day on which the last so many days no longer keep the tier. */
const dayOfLoss = (ladder: Ladder, zone: Zone, standing: Standing): CivilDate | null => {
  const held = heldTier(ladder, standing)
  if (held === undefined) return null
  const tenures = ladder.metrics.filter((metric) => metric.of === 'tenure')
  const figures = new Map(figuresOf(ladder, zone, standing, standing.counts, programDay(zone, standing.since)))
  for (const [day, drops] of dropsOf(ladder, standing)) {
    for (const { metric, count } of drops) figures.set(metric, (figures.get(metric) ?? 0) - count)
    for (const metric of tenures) figures.set(metric.id, tenureOn(metric, zone, standing, day))
    if (!keeps(held, figures)) return day
  }
  return null
}

/** The day on which a period begins that does not keep the tier. */
const dayOfPoorPeriod = (ladder: Ladder, zone: Zone, standing: Standing): CivilDate | null => {
  const held = heldTier(ladder, standing)
  let from = standing.periodFrom
  // Without tenure, and with nothing that is left over, every later period is as poor as the first.
  const isSame = ladder.policy?.rollover === undefined && !ladder.metrics.some(({ of }) => of === 'tenure')
  const most = isSame ? 1 : 102
  for (let looked = 0; held !== undefined && from !== null && looked < most; looked += 1) {
    const until: CivilDate | undefined = periodOn(ladder, zone, standing, from)?.until
    if (until === undefined) return null
    if (!keeps(held, countsOn(ladder, zone, standing, until))) return until
    from = until
  }
  return null
}

/** When a tier is lost that is valid only as long as what it takes to keep it is there. */
const lossAt = (ladder: Ladder, zone: Zone, standing: Standing): Instant | null => {
  const held = heldTier(ladder, standing)
  if (held === undefined || standing.grace !== null || standing.earned.validUntil !== null) return null
  if (validityOf(ladder, held).type !== 'whileQualified' || ladder.policy?.downgrade === 'never') return null
  const day =
    ladder.period.type === 'rolling' ? dayOfLoss(ladder, zone, standing) : dayOfPoorPeriod(ladder, zone, standing)
  if (day === null) return null
  const at = startOfDay(zone, day)
  return suspendedUntil(ladder, at) ?? at
}

/** The days on which a member has been one for so long that a threshold may be met. */
const tenureDays = (ladder: Ladder, zone: Zone, standing: Standing): ReadonlyArray<CivilDate> => {
  const joined = programDay(zone, standing.joinedAt)
  const thresholds = ladder.tiers.flatMap(({ reach, lifetime }) => [reach, lifetime])
  return ladder.metrics
    .flatMap((metric) => {
      if (metric.of !== 'tenure') return []
      const amounts = thresholds.flatMap((threshold) =>
        threshold === undefined ? [] : amountsOf(threshold, metric.id),
      )
      return amounts.map((amount) => (metric.unit === 'day' ? addDays(joined, amount) : addMonths(joined, amount)))
    })
    .sort((a, b) => a - b)
}

const amountsOf = (threshold: Threshold, metric: MetricId): ReadonlyArray<number> => {
  if (threshold.type !== 'count') return threshold.of.flatMap((part) => amountsOf(part, metric))
  return threshold.metric === metric ? [Math.min(threshold.atLeast, 1_000_000)] : []
}

/** Whether something was counted that waits to be looked at; what nobody may be lowered by waits for the end of that. */
const waits = ({ suspensions = [] }: Ladder, { dueAt }: Standing): boolean =>
  dueAt !== null && !suspensions.some(({ until }) => until === dueAt)

/**
 * When a tier is reached by the time alone that somebody has been a member. Where something was counted that waits to be
 * looked at, that comes first: with it, the time that was needed as well may have been over before.
 */
const tenureAt = (ladder: Ladder, zone: Zone, standing: Standing): Instant | null => {
  if (!ladder.metrics.some(({ of }) => of === 'tenure')) return null
  const canReach = standing.raiseAt === null
  const canLive = !waits(ladder, standing)
  const held = rankOf(ladder, standing.earned.tier)
  const rank = rankOf(ladder, standing.tier)
  const isHeldLonger = (life: number): boolean =>
    life > rank || (life === rank && rank > 0 && standing.validUntil !== null)
  // What counted in a period that is over has been looked at.
  const seen = Math.max(programDay(zone, standing.since), standing.periodFrom ?? Number.NEGATIVE_INFINITY)
  for (const day of tenureDays(ladder, zone, standing)) {
    if (day < seen) continue
    const counts = countsOn(ladder, zone, standing, day)
    const isReached = canReach && highestReached(ladder, counts) > held
    if (isReached || (canLive && isHeldLonger(lifetimeRank(ladder, counts)))) return startOfDay(zone, day)
  }
  return null
}

/**
 * The earliest instant at which the standing has to be assessed, with nothing more being counted; `null`: at none. It may
 * have passed already.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 *
 * @example
 * ```ts
 * import { firstStanding, type Ladder, nextAssessment, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const joined = firstStanding(ladder, utc, unwrap(parseInstant('2026-03-10T00:00:00Z')))
 * nextAssessment(ladder, utc, joined) // => null
 * ```
 */
export const nextAssessment = (ladder: Ladder, zone: Zone, standing: Standing): Instant | null => {
  let next = earlierOf(standing.earned.validUntil, standing.dueAt)
  next = earlierOf(next, standing.raiseAt)
  if (standing.undo !== null) next = earlierOf(next, standing.undo.at)
  for (const { until } of standing.claims) next = earlierOf(next, until)
  next = earlierOf(next, lossAt(ladder, zone, standing))
  return earlierOf(next, tenureAt(ladder, zone, standing))
}
