/** Where a member stands in a challenge: what is counted now, and what is missing to each level. */
import type { Instant, Zone } from '../foundation/index.ts'
import type { Challenge } from './challenge.ts'
import type { ChallengeProgress } from './challenge-progress.ts'
import type { LevelGrant } from './level-grant.ts'
import { progressWindows, totalUntil, windowFrom } from './progress-window.ts'

/** How far a member is with a level in the window of now. */
export interface LevelStanding extends LevelGrant {
  readonly isReached: boolean
  /** What is missing, in the unit of the measure. */
  readonly missing: number
}

/** Where a member stands in a challenge at an instant. */
export interface ChallengeStanding {
  /** What is counted in the window of now, in the unit of the measure. */
  readonly counted: number
  /** The first instant after the window; `null` where it has no end or has not begun. */
  readonly until: number | null
  readonly levels: ReadonlyArray<LevelStanding>
}

/**
 * Where a member stands in a challenge at an instant, by what has come in up to now.
 *
 * @param challenge - the challenge
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress
 * @param asOf - the instant
 *
 * @example
 * ```ts
 * import { type Challenge, challengeStanding, noProgress, parseInstant, unwrap, utc } from 'treue'
 *
 * const challenge = { id: 'orders', measure: { type: 'times' }, window: { type: 'whole' }, levels: [{ id: 'ten', target: 10 }] }
 * const orders = challenge as unknown as Challenge
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * challengeStanding(orders, utc, noProgress(orders), at).levels
 * // => [{ level: 'ten', occurrence: 0, target: 10, isReached: false, missing: 10 }]
 * ```
 */
export const challengeStanding = (
  challenge: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
  asOf: Instant,
): ChallengeStanding => {
  const started = progressWindows(challenge, zone, progress).filter(({ counted }) => (counted[0]?.at ?? asOf) <= asOf)
  const last = started[started.length - 1]
  const isNow = last !== undefined && (challenge.window.type === 'whole' || asOf < last.until)
  const now = isNow ? { key: last.key, until: last.until } : windowFrom(challenge, zone, asOf)
  const counted = isNow ? totalUntil(challenge, last, asOf) : 0
  const isBegun = isNow || challenge.window.type !== 'fromFirst'
  return {
    counted,
    until: isBegun && Number.isFinite(now.until) ? now.until : null,
    levels: challenge.levels.map(({ id: level, target }) => {
      const missing = Math.max(0, target - counted)
      return { level, occurrence: now.key, target, isReached: missing === 0, missing }
    }),
  }
}
