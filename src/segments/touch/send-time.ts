// When something may be sent: the first stretch of a window that no cap forbids and in which it isn't quiet.

import type { Instant, Interval, Zone } from '../../foundation/index.ts'
import { loudFrom, loudUntil, type QuietHours } from './quiet-hours.ts'

const inOrder = (stretches: ReadonlyArray<Interval>): ReadonlyArray<Interval> =>
  [...stretches].sort((one, other) => one.from - other.from)

/** The first instant from one on that lies in none of the stretches, which are in order of their beginnings. */
const freeFrom = (forbidden: ReadonlyArray<Interval>, from: Instant): Instant => {
  let at = from
  for (const stretch of forbidden) {
    if (stretch.from > at) break
    if (stretch.until > at) at = stretch.until
  }
  return at
}

const freeUntil = (forbidden: ReadonlyArray<Interval>, from: Instant, limit: Instant): Instant => {
  const next = forbidden.find((stretch) => stretch.from > from)
  return next === undefined || next.from > limit ? limit : next.from
}

/** Where and when something may be sent. */
interface Circumstances {
  readonly zone: Zone
  readonly quiet: ReadonlyArray<QuietHours>
  readonly forbidden: ReadonlyArray<Interval>
}

/** The first stretch of a window in which sending is allowed at every instant. */
export const firstSendTime = (window: Interval, { zone, quiet, forbidden }: Circumstances): Interval | undefined => {
  const ordered = inOrder(forbidden)
  let at = window.from
  while (at < window.until) {
    const loud = loudFrom(quiet, zone, at, window.until)
    const free = freeFrom(ordered, loud)
    if (free === loud && free < window.until) {
      return { from: free, until: loudUntil(quiet, zone, free, freeUntil(ordered, free, window.until)) }
    }
    at = free
  }
  return undefined
}
