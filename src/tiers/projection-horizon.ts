/** The end up to which a standing is projected, and from when on what comes counts there. */
import * as E from 'fp-ts/Either'
import {
  addDays,
  addDurationToDate,
  type CivilDate,
  type Instant,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  startOfDay,
  type Zone,
} from '../foundation/index.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { fallRank } from './look-at-end.ts'
import { isOfPeriod, type Metric } from './metric.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import { isHeldBy } from './standing-claim.ts'
import { periodOn } from './tier-counts.ts'
import { heldTier, validityOf } from './tier-look.ts'

/** Where a projection ends. */
export type ProjectionEnd = 'endOfPeriod' | 'endOfValidity' | CivilDate

export interface Horizon {
  /** The first instant that is left out. */
  readonly until: Instant
  /** The day whose counts decide. */
  readonly day: CivilDate
  /** Whether it is decided by then whether the tier that is earned is kept. */
  readonly decidesKeep: boolean
}

const mostDays = 3_660

const endDay = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  end: ProjectionEnd,
): E.Either<InvalidValue, { readonly until: Instant; readonly day: CivilDate }> => {
  if (end === 'endOfValidity') {
    const until = standing.earned.validUntil
    if (until === null) return E.left(invalidValue(['until'], end, 'another, as the tier that is earned has no end'))
    const type = validityOf(ladder, heldTier(ladder, standing)).type
    const startsAnew = type === 'endOfPeriod' || ladder.period.type === 'rolling'
    return E.right({ until, day: programDay(zone, (startsAnew ? until : until - 1) as Instant) })
  }
  const until = end === 'endOfPeriod' ? periodOn(ladder, zone, standing, programDay(zone, asOf))?.until : end
  return until === undefined
    ? E.left(invalidValue(['until'], end, 'a day, as the ladder has no periods'))
    : E.right({ until: startOfDay(zone, until), day: addDays(until, -1) })
}

export const horizonOf = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  end: ProjectionEnd,
): E.Either<InvalidValue | OutOfRange, Horizon> => {
  const found = endDay(ladder, zone, standing, asOf, end)
  if (E.isLeft(found)) return found
  const { until, day } = found.right
  const days = day - programDay(zone, asOf)
  if (!(until > asOf && days <= mostDays)) {
    return E.left(outOfRange(['until'], until, `after the instant at which it is asked, at most ${mostDays} days`))
  }
  const { validUntil } = standing.earned
  const held = heldTier(ladder, standing)
  const isOpen = held !== undefined && validUntil === null && validityOf(ladder, held).type === 'whileQualified'
  const isOver = validUntil !== null && (end === 'endOfValidity' ? validUntil <= until : validUntil < until)
  return E.right({ until, day, decidesKeep: isOpen || isOver })
}

/** The tier that is held at the end whatever is counted until then, as its rank. */
export const certainRank = (ladder: Ladder, { earned, claims }: Standing, { until, decidesKeep }: Horizon): number => {
  const held = rankOf(ladder, earned.tier)
  let rank = decidesKeep && ladder.policy?.downgrade !== 'never' ? fallRank(ladder, held, 0) : held
  for (const claim of claims) {
    const isThere = isHeldBy(claim) && (claim.until === null || claim.until > until)
    if (isThere) rank = Math.max(rank, rankOf(ladder, claim.tier))
  }
  return rank
}

/** The first day of which what is done still counts on a day, where the last so many days count. */
const firstOfWindow = (ladder: Ladder, day: CivilDate): CivilDate => {
  if (ladder.period.type !== 'rolling') return day
  const { length } = ladder.period
  const counts = (from: CivilDate): boolean => addDurationToDate(from, length) > day
  let from = addDurationToDate(day, length, -1)
  while (!counts(from)) from = addDays(from, 1)
  while (counts(addDays(from, -1))) from = addDays(from, -1)
  return from
}

/** From when on, at the earliest, what comes counts on a day. */
export const countsFrom = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  metric: Metric,
  day: CivilDate,
  asOf: Instant,
): Instant => {
  if (!isOfPeriod(metric) || ladder.period.type === 'lifetime') return asOf
  const first =
    ladder.period.type === 'rolling' ? firstOfWindow(ladder, day) : periodOn(ladder, zone, standing, day)?.from
  return first === undefined ? asOf : (Math.max(asOf, startOfDay(zone, first)) as Instant)
}
