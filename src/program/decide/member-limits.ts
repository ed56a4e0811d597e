/** Limits on how often one member has something: ever, or in each period of a calendar. */
import { containsInstant, type Instant, periodIntervalAt, type Zone } from '../../foundation/index.ts'
import type { RewardLimit } from '../../rewards/index.ts'

const counts = ({ per }: RewardLimit, zone: Zone, at: Instant, instant: Instant): boolean =>
  per === null || containsInstant(periodIntervalAt(per, zone, at), instant)

/** Those of the instants at which a member had something that limits still look at. */
export const countedNow = (
  limits: ReadonlyArray<RewardLimit>,
  zone: Zone,
  at: Instant,
  before: ReadonlyArray<Instant>,
): ReadonlyArray<Instant> => before.filter((instant) => limits.some((limit) => counts(limit, zone, at, instant)))

/** Whether a member has had something as often as may be. */
export const isLimitReached = (
  limits: ReadonlyArray<RewardLimit>,
  zone: Zone,
  at: Instant,
  before: ReadonlyArray<Instant>,
): boolean => limits.some((limit) => before.filter((instant) => counts(limit, zone, at, instant)).length >= limit.times)

/** Instants without one of them. */
export const withoutInstant = (instants: ReadonlyArray<Instant>, at: Instant): ReadonlyArray<Instant> => {
  const place = instants.indexOf(at)
  return place < 0 ? instants : [...instants.slice(0, place), ...instants.slice(place + 1)]
}
