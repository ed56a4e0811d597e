/** A tier is entered, renewed or left: what a standing becomes. */
import { type CivilDate, type CivilPeriod, type Instant, startOfDay, type Zone } from '../foundation/index.ts'
import { keepThreshold, type Ladder, rankOf, type Tier } from './ladder.ts'
import { isOfPeriod, type MetricId } from './metric.ts'
import { bucketsOf, type CountBucket, type MetricCount, takeFromBuckets, withBuckets } from './metric-count.ts'
import { programDay, startAfter } from './qualification-period.ts'
import type { EarnedTier, Standing, TierGift, TierStep } from './standing.ts'
import { leastCounts } from './threshold.ts'
import { periodOn } from './tier-counts.ts'
import { validityOf } from './tier-look.ts'
import { type TierValidity, type ValidityStart, validityEnd } from './validity.ts'

type PeriodOn = (day: CivilDate) => CivilPeriod | undefined

/** The periods of a member who has entered a tier at an instant. */
const periodsFrom =
  (ladder: Ladder, zone: Zone, standing: Standing, since: Instant): PeriodOn =>
  (day) =>
    periodOn(ladder, zone, { ...standing, earned: { ...standing.earned, since } }, day)

/** Tiers that are held for a period are given for all of the one that begins. */
export const ofWholePeriod = (validity: TierValidity): TierValidity =>
  validity.type === 'endOfNextPeriod' ? { type: 'endOfPeriod' } : validity

/** A standing that starts to count anew, where its periods start with the tier. */
const startedAnew = (ladder: Ladder, standing: Standing, day: CivilDate): Standing => {
  if (ladder.period.type !== 'tierEntry') return standing
  const ofPeriod = new Set(ladder.metrics.filter(isOfPeriod).map(({ id }) => id))
  const counts = standing.counts.filter(({ metric }) => !ofPeriod.has(metric))
  return { ...standing, periodFrom: day, counts, closed: null, steps: [] }
}

/** What a raise takes: where from, where to, by what. */
export interface Raise {
  readonly rank: number
  /** The day whose counts reached it. */
  readonly reached: CivilDate
  readonly at: Instant
}

const untilOfRaise = (
  zone: Zone,
  standing: Standing,
  validity: TierValidity,
  periods: PeriodOn,
  { reached, at }: Raise,
): Instant | null => {
  const { validUntil } = standing.earned
  if (validity.type === 'term' && validity.resetOnUpgrade === false && validUntil !== null) return validUntil
  const day = programDay(zone, at)
  const start: ValidityStart = { reached, day, anchor: day, terms: 0 }
  const end = validityEnd(validity, zone, periods, start)
  // A period that is over when the tier is entered cannot be its validity: the one that begins is.
  const until = end !== null && end <= at ? validityEnd(validity, zone, periods, { ...start, reached: day }) : end
  // The lower tier can be held longer, as when the ladder was changed meanwhile: rising must not shorten that.
  return until === null || validUntil === null || validUntil < until ? until : validUntil
}

/** The counts after a threshold was used up, and what was taken. */
const deductedBy = (
  tier: Tier | undefined,
  which: 'reach' | 'keep',
  counts: ReadonlyArray<MetricCount>,
): { readonly counts: ReadonlyArray<MetricCount>; readonly deducted: ReadonlyArray<MetricCount> } => {
  const threshold = tier === undefined ? undefined : which === 'reach' ? tier.reach : keepThreshold(tier)
  const [way = new Map<MetricId, number>()] = threshold === undefined ? [] : leastCounts(threshold)
  let left = counts
  const deducted: Array<MetricCount> = []
  for (const [metric, amount] of way) {
    const taking = takeFromBuckets(bucketsOf(left, metric), amount)
    left = withBuckets(left, metric, taking.left)
    deducted.push({ metric, buckets: taking.taken })
  }
  return { counts: left, deducted }
}

/** The standing on a higher tier that was reached. */
export const raisedTo = (ladder: Ladder, zone: Zone, standing: Standing, raise: Raise): Standing => {
  const { rank, at } = raise
  const tier = ladder.tiers[rank]
  if (tier === undefined) return standing
  const { policy = {} } = ladder
  const isUsedUp = policy.consumption === 'deduct'
  const { counts, deducted } = isUsedUp
    ? deductedBy(tier, 'reach', standing.counts)
    : { counts: standing.counts, deducted: [] }
  const periods = periodsFrom(ladder, zone, standing, at)
  const validUntil = untilOfRaise(zone, standing, validityOf(ladder, tier), periods, raise)
  const earned: EarnedTier = { tier: tier.id, since: at, validUntil, terms: 0 }
  const isTakenBack = (policy.returns ?? 'untilExpiry') !== 'untilExpiry'
  const period = periodOn(ladder, zone, standing, raise.reached)
  const step: TierStep = {
    before: standing.earned,
    tierBefore: standing.tier,
    sinceBefore: standing.since,
    tier: tier.id,
    at,
    periodFrom: period?.from ?? null,
    deducted,
  }
  const steps = isTakenBack ? [...standing.steps, step] : standing.steps
  return startedAnew(ladder, { ...standing, earned, counts, steps, grace: null }, programDay(zone, at))
}

/** The standing on a lower tier, from an instant on. */
export const loweredTo = (ladder: Ladder, zone: Zone, standing: Standing, rank: number, at: Instant): Standing => {
  const tier = ladder.tiers[rank]
  if (tier === undefined) return { ...standing, grace: null, earned: { ...standing.earned, validUntil: null } }
  const day = programDay(zone, at)
  const periods = periodsFrom(ladder, zone, standing, at)
  const start = { reached: day, day, anchor: day, terms: 0 }
  const validUntil = rank === 0 ? null : validityEnd(ofWholePeriod(validityOf(ladder, tier)), zone, periods, start)
  const earned: EarnedTier = { tier: tier.id, since: at, validUntil, terms: 0 }
  return startedAnew(ladder, { ...standing, earned, steps: [], grace: null, undo: null }, day)
}

/** The standing on the same tier for another term. */
export const renewed = (ladder: Ladder, zone: Zone, standing: Standing, at: Instant): Standing => {
  const { tier, since, terms } = standing.earned
  const validity = ofWholePeriod(validityOf(ladder, ladder.tiers[rankOf(ladder, tier)]))
  const day = programDay(zone, at)
  const anchor = programDay(zone, since)
  const periods: PeriodOn = (of) => periodOn(ladder, zone, standing, of)
  let over = terms
  let validUntil: Instant | null
  do {
    over += 1
    validUntil = validityEnd(validity, zone, periods, { reached: day, day, anchor, terms: over })
  } while (validUntil !== null && validUntil <= at)
  return { ...standing, earned: { tier, since, validUntil, terms: over }, steps: [], grace: null, undo: null }
}

/** Until when nothing more is given for reaching a tier: to the end of the period, so at most once in it (S40). */
export const giftEnd = (ladder: Ladder, zone: Zone, standing: Standing, at: Instant): Instant | null => {
  const day = programDay(zone, at)
  if (ladder.period.type === 'rolling') return startAfter(zone, day, ladder.period.length)
  const period = periodOn(ladder, zone, standing, day)
  return period === undefined ? null : startOfDay(zone, period.until)
}

/** The gifts that can still keep another from being given. */
export const openGifts = ({ gifts }: Standing, at: Instant): ReadonlyArray<TierGift> =>
  gifts.some(({ until }) => until !== null && until <= at)
    ? gifts.filter(({ until }) => until === null || until > at)
    : gifts

/** Buckets of two lists in one, sums where they are of one day. */
export const mergedBuckets = (
  buckets: ReadonlyArray<CountBucket>,
  others: ReadonlyArray<CountBucket>,
): ReadonlyArray<CountBucket> => {
  const byDay = new Map<CivilDate, number>()
  for (const { day, count } of [...buckets, ...others]) byDay.set(day, (byDay.get(day) ?? 0) + count)
  return [...byDay]
    .map(([day, count]) => ({ day, count }))
    .filter(({ count }) => count !== 0)
    .sort((a, b) => a.day - b.day)
}
