// Caps as anyone would count them who has all the time in the world: every claim that was ever made is in a list.
import type { Cap } from '../../src/earning/index.ts'
import {
  containsInstant,
  type Instant,
  periodIntervalAt,
  rollingWindow,
  type Zone,
} from '../../src/foundation/index.ts'

export interface Claim {
  readonly cap: string
  readonly key: string
  readonly at: Instant
  readonly points: number
}

const sumOf = (claims: ReadonlyArray<Claim>): number => claims.reduce((sum, { points }) => sum + points, 0)

const heldUpTo = (claims: ReadonlyArray<Claim>, cap: Cap, zone: Zone, end: Instant): number =>
  cap.window.type === 'rolling'
    ? sumOf(claims.filter(({ at }) => at > rollingWindow(zone, end, durationOf(cap)).from - 1 && at <= end))
    : 0

const durationOf = ({ window }: Cap) =>
  window.type === 'rolling' ? window.duration : ({ amount: 1, unit: 'day' } as const)

/** What was counted in the window of an instant; in every rolling one that the instant lies in, the most. */
export const modelUsed = (all: ReadonlyArray<Claim>, cap: Cap, zone: Zone, at: Instant, key: string): number => {
  const claims = all.filter((claim) => claim.cap === cap.id && claim.key === key)
  const { window } = cap
  switch (window.type) {
    case 'calendar': {
      const period = periodIntervalAt(window.calendar, zone, at)
      return sumOf(claims.filter((claim) => containsInstant(period, claim.at)))
    }
    case 'rolling': {
      const ends = claims.map((claim) => claim.at).filter((end) => end > at)
      const around = ends.filter((end) => containsInstant(rollingWindow(zone, end, window.duration), at))
      return Math.max(...[at, ...around].map((end) => heldUpTo(claims, cap, zone, end)))
    }
    case 'lifetime':
      return sumOf(claims)
    default:
      return 0
  }
}
