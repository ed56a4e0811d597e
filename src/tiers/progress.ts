/** How far a member is from a tier, and from keeping the one held. */
import {
  addDays,
  addDurationToDate,
  type CivilDate,
  type Instant,
  type TierId,
  type Zone,
} from '../foundation/index.ts'
import { keepThreshold, type Ladder, rankOf } from './ladder.ts'
import type { MetricId } from './metric.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import { type Counts, leastCounts, type Threshold } from './threshold.ts'
import { countsOn, periodOn } from './tier-counts.ts'
import { heldTier, isDecidedAnew, suspendedUntil } from './tier-look.ts'

/** What is missing of one metric. */
export interface MissingCount {
  readonly metric: MetricId
  /** In the metric's unit. */
  readonly missing: number
}

/** One of the ways to a tier: everything in it is missing together; empty: nothing is. */
export type MissingWay = ReadonlyArray<MissingCount>

/** What is missing to a tier. */
export interface TierProgress {
  readonly tier: TierId
  /** To reach it, or to keep it where it is held. */
  readonly to: 'reach' | 'keep'
  /** The ways to it, each as little as possible; any of them will do. */
  readonly ways: ReadonlyArray<MissingWay>
  /** The first day on which what is done counts for it, where that is of a period; `null`: from now on. */
  readonly from: CivilDate | null
  /** The first day on which what is done counts no more for it; `null`: it will always count. */
  readonly before: CivilDate | null
}

/** What is missing to meet a threshold, in each of the ways to meet it. */
const missingWays = (threshold: Threshold, counts: Counts): ReadonlyArray<MissingWay> =>
  leastCounts(threshold).map((way) =>
    [...way].flatMap(([metric, atLeast]) => {
      const missing = atLeast - (counts.get(metric) ?? 0)
      return missing > 0 ? [{ metric, missing }] : []
    }),
  )

/** What it takes to come onto a tier from below it: where thresholds are used up, also those of the tiers between. */
const reachedBy = (ladder: Ladder, held: number, rank: number): Threshold | undefined => {
  const reach = ladder.tiers[rank]?.reach
  if (reach === undefined || ladder.policy?.consumption !== 'deduct') return reach
  const sums = new Map<MetricId, number>()
  for (const { reach: part } of ladder.tiers.slice(held + 1, rank + 1)) {
    const [way = new Map<MetricId, number>()] = part === undefined ? [] : leastCounts(part)
    for (const [metric, amount] of way) sums.set(metric, (sums.get(metric) ?? 0) + amount)
  }
  return { type: 'all', of: [...sums].map(([metric, atLeast]) => ({ type: 'count', metric, atLeast })) }
}

/**
 * What a member still needs for each tier above the one that is earned, by what counts at an instant. A tier that can
 * only be given is not listed. Where thresholds are used up (S43), what the tiers between use up is needed as well.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - the instant at which it is asked
 *
 * @example
 * ```ts
 * import { decode, firstStanding, Ladder, parseInstant, tierProgress, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'points', atLeast: 1000 } }],
 * }))
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * tierProgress(ladder, utc, firstStanding(ladder, utc, at), at).map(({ tier, ways }) => [tier, ways])
 * // => [['gold', [[{ metric: 'points', missing: 1000 }]]]]
 * ```
 */
export const tierProgress = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
): ReadonlyArray<TierProgress> => {
  const day = programDay(zone, asOf)
  const counts = countsOn(ladder, zone, standing, day)
  const before = periodOn(ladder, zone, standing, day)?.until ?? null
  const held = rankOf(ladder, standing.earned.tier)
  return ladder.tiers.flatMap(({ id }, rank) => {
    const reach = rank > held ? reachedBy(ladder, held, rank) : undefined
    return reach === undefined
      ? []
      : [{ tier: id, to: 'reach' as const, ways: missingWays(reach, counts), from: null, before }]
  })
}

/** The first day that still counts on a day, where the last so many do. */
const firstInWindow = ({ period }: Ladder, day: CivilDate): CivilDate | undefined => {
  if (period.type !== 'rolling') return undefined
  const { amount, unit } = period.length
  const { length } = period
  let first = addDurationToDate(day, { amount: -amount, unit })
  // Months are not all as long: what is so much before can be a day that is over, or not the first.
  while (addDurationToDate(first, length) <= day) first = addDays(first, 1)
  while (addDurationToDate(addDays(first, -1), length) > day) first = addDays(first, -1)
  return first
}

/** What is missing on the day that decides, with what is counted by now. */
const waysToKeep = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  keep: Threshold,
  deciding: CivilDate,
  today: CivilDate,
): ReadonlyArray<MissingWay> => {
  const from = periodOn(ladder, zone, standing, deciding)?.from ?? firstInWindow(ladder, deciding)
  const ways = missingWays(keep, countsOn(ladder, zone, standing, deciding))
  // Nothing that is done before counts for a period that has just begun when it decides, but what is taken into it.
  const isTooLate = deciding > today && from === deciding
  if (!isTooLate || ladder.policy?.rollover !== undefined) return ways
  return ways.filter((way) => way.length === 0)
}

/** The day whose counts decide whether a tier is kept, and the days on which what is done counts for that. */
const decisionOn = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  validUntil: Instant,
  today: CivilDate,
): { readonly deciding: CivilDate; readonly from: CivilDate | null; readonly before: CivilDate } => {
  const lastDay = programDay(zone, (validUntil - 1) as Instant)
  // In a grace the tier is earned again as soon as there is enough.
  const counted = standing.grace === null ? lastDay : today
  const isAnew = standing.grace === null && isDecidedAnew(ladder, heldTier(ladder, standing))
  const deciding = isAnew ? programDay(zone, validUntil) : counted
  const period = periodOn(ladder, zone, standing, counted)
  const from = period?.from ?? firstInWindow(ladder, deciding) ?? today
  const after = (lastDay + 1) as CivilDate
  const until = period?.until ?? after
  return { deciding, from: from > today ? from : null, before: until < after ? until : after }
}

/**
 * What a member still needs to keep the tier that is earned when its validity ends, by what of the counts now will count
 * then; `null`: it is the first tier, or has no end. No way at all is left where a period decides that has only begun.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now
 * @param asOf - the instant at which it is asked
 *
 * @example
 * ```ts
 * import { firstStanding, keepProgress, type Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = { period: { type: 'lifetime' }, metrics: [], tiers: [{ id: 'basic' }] } as unknown as Ladder
 * const at = unwrap(parseInstant('2026-03-10T00:00:00Z'))
 * keepProgress(ladder, utc, firstStanding(ladder, utc, at), at) // => null
 * ```
 */
export const keepProgress = (ladder: Ladder, zone: Zone, standing: Standing, asOf: Instant): TierProgress | null => {
  const tier = ladder.tiers[rankOf(ladder, standing.earned.tier)]
  const keep = tier === undefined ? undefined : keepThreshold(tier)
  const ownEnd = standing.earned.validUntil
  if (tier === undefined || keep === undefined || ownEnd === null) return null
  const today = programDay(zone, asOf)
  const validUntil = suspendedUntil(ladder, ownEnd) ?? ownEnd
  const { deciding, from, before } = decisionOn(ladder, zone, standing, validUntil, today)
  return { tier: tier.id, to: 'keep', ways: waysToKeep(ladder, zone, standing, keep, deciding, today), from, before }
}
