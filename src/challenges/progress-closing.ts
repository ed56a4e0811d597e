/** Closing progress: windows that have ended are forgotten, and what was given in them is final. */
import type { Instant, Zone } from '../foundation/index.ts'
import type { Challenge } from './challenge.ts'
import type { ChallengeProgress } from './challenge-progress.ts'
import { progressWindows, windowFrom } from './progress-window.ts'

/** What stays of progress when windows are forgotten. */
const keptFrom = (
  progress: ChallengeProgress,
  start: number,
): Pick<ChallengeProgress, 'contributions' | 'reversals'> => {
  const contributions = progress.contributions.filter(({ at }) => at >= start)
  const ids = new Set<string>(contributions.map(({ id }) => id))
  return { contributions, reversals: progress.reversals.filter(({ of, at }) => at >= start || ids.has(of)) }
}

/**
 * Progress without the windows that have ended by an instant: what was given in them is final. From then on nothing that
 * is dated before can be taken in, so state stays small. Closing earlier than before changes nothing.
 *
 * @param challenge - the challenge
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress before
 * @param before - by when a window must have ended; leave time for what comes in late
 *
 * @example
 * ```ts
 * import { type Challenge, closeProgress, noProgress, parseInstant, unwrap, utc } from 'treue'
 *
 * const calendar = { unit: 'month' } as const
 * const challenge = { id: 'monthly', measure: { type: 'times' }, window: { type: 'calendar', calendar }, levels: [] }
 * const monthly = challenge as unknown as Challenge
 * const before = unwrap(parseInstant('2026-03-05T00:00:00Z'))
 * closeProgress(monthly, utc, noProgress(monthly), before).closed // => { before, windows: 0 }
 * ```
 */
export const closeProgress = (
  challenge: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
  before: Instant,
): ChallengeProgress => {
  if (progress.closed !== null && progress.closed.before >= before) return progress
  const windows = progressWindows(challenge, zone, progress)
  const ended = windows.filter(({ until }) => until <= before)
  const start = Math.min(before, windows[ended.length]?.counted[0]?.at ?? before)
  const kept = keptFrom(progress, start)
  return {
    challenge: progress.challenge,
    contributions: kept.contributions,
    reversals: kept.reversals,
    grants: progress.grants.filter((grant) => windowFrom(challenge, zone, grant.occurrence as Instant).until > before),
    closed: { before, windows: (progress.closed?.windows ?? 0) + ended.length },
  }
}

/**
 * The end of the first window that is not forgotten, by when {@link closeProgress} could forget it; `null`: there is none,
 * or it has no end.
 *
 * @param challenge - the challenge
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress
 *
 * @example
 * ```ts
 * import { type Challenge, firstProgressEnd, noProgress, utc } from 'treue'
 *
 * const visits = { id: 'visits', window: { type: 'calendar', calendar: { unit: 'day' } }, levels: [] } as unknown as Challenge
 * firstProgressEnd(visits, utc, noProgress(visits)) // => null
 * ```
 */
export const firstProgressEnd = (challenge: Challenge, zone: Zone, progress: ChallengeProgress): Instant | null => {
  if (challenge.window.type === 'whole' && challenge.open === undefined) return null
  const undone = new Set<string>(progress.reversals.flatMap(({ of, amount }) => (amount === null ? [of] : [])))
  const first = progress.contributions.find(({ id }) => !undone.has(id))
  return first === undefined ? null : (windowFrom(challenge, zone, first.at).until as Instant)
}
