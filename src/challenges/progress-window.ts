/** The windows of a challenge, and what a member has counted in each. */
import { addDuration, type Instant, periodIntervalAt, sortedPlace, type Zone } from '../foundation/index.ts'
import type { Challenge } from './challenge.ts'
import type { ContributionLog } from './contribution.ts'

/** A window that something was counted in. */
export interface ProgressWindow {
  /** Tells windows apart: the epoch milliseconds of the start, or 0 for the only one. */
  readonly key: number
  /** The first instant after it; infinite where it has no end. */
  readonly until: number
  /** What is left of the contributions in it, in order; one at least. */
  readonly counted: ReadonlyArray<Remaining>
}

/** What is left of a contribution. */
export interface Remaining {
  readonly id: string
  readonly at: Instant
  readonly amount: number
  readonly key: string | null
}

/** Contributions without what was undone of them; those of which nothing is left are not listed. */
const remainingOf = (
  contributions: ReadonlyArray<Remaining>,
  reversals: ContributionLog['reversals'],
): ReadonlyArray<Remaining> => {
  if (reversals.length === 0) return contributions
  const undone = new Map<string, number>()
  for (const { of, amount } of reversals) {
    undone.set(of, (undone.get(of) ?? 0) + (amount ?? Number.POSITIVE_INFINITY))
  }
  return contributions.flatMap((contribution) => {
    const { id, at, amount, key } = contribution
    const gone = undone.get(id)
    if (gone === undefined) return [contribution]
    return amount > gone ? [{ id, at, amount: amount - gone, key }] : []
  })
}

/** The window that an instant is in, where that instant is the first one counted in it. */
export const windowFrom = (
  { window, open }: Challenge,
  zone: Zone,
  at: Instant,
): { readonly key: number; readonly until: number } => {
  switch (window.type) {
    case 'whole':
      return { key: 0, until: open?.until ?? Number.POSITIVE_INFINITY }
    case 'calendar': {
      const { from, until } = periodIntervalAt(window.calendar, zone, at)
      return { key: from, until }
    }
    case 'fromFirst':
      return { key: at, until: addDuration(zone, at, window.duration) }
  }
}

/** Where a window ends that has no end: what was counted when it was open stays in it. */
const endOf = (challenge: Challenge, until: number): number =>
  challenge.window.type === 'whole' ? Number.POSITIVE_INFINITY : until

/** What has been closed: nothing dated before can be taken in any more. */
export interface ClosedProgress {
  readonly before: Instant
  /** How many windows were closed and forgotten. */
  readonly windows: number
}

/** The windows that something was counted in, in order of time; one that does not repeat begins once. */
export const progressWindows = (
  challenge: Challenge,
  zone: Zone,
  log: ContributionLog & { readonly closed: ClosedProgress | null },
): ReadonlyArray<ProgressWindow> => {
  const once = challenge.window.type === 'fromFirst' && !challenge.window.repeats
  if (once && log.closed !== null && log.closed.windows > 0) return []
  const counted = remainingOf(log.contributions, log.reversals)
  const windows: Array<ProgressWindow> = []
  for (let start = 0; start < counted.length; ) {
    const { key, until } = windowFrom(challenge, zone, counted[start]?.at ?? (0 as Instant))
    const end = endOf(challenge, until)
    const next = end === Number.POSITIVE_INFINITY ? counted.length : sortedPlace(counted, ({ at }) => at < end)
    windows.push({ key, until, counted: counted.slice(start, next) })
    start = once ? counted.length : next
  }
  return windows
}

/**
 * The windows that some instants are in, in order of time, with nothing counted in those where all was undone. Only where
 * no window depends on what came before: they don't begin with a first action.
 */
export const windowsAt = (
  challenge: Challenge,
  zone: Zone,
  { contributions, reversals }: ContributionLog,
  instants: ReadonlyArray<Instant>,
): ReadonlyArray<ProgressWindow> => {
  const windows = new Map<number, number>()
  for (const at of instants) {
    const { key, until } = windowFrom(challenge, zone, at)
    windows.set(key, until)
  }
  return [...windows]
    .sort(([a], [b]) => a - b)
    .map(([key, until]) => {
      const end = endOf(challenge, until)
      const isWhole = end === Number.POSITIVE_INFINITY
      const from = isWhole ? 0 : sortedPlace(contributions, ({ at }) => at < key)
      const next = isWhole ? contributions.length : sortedPlace(contributions, ({ at }) => at < end)
      const inside = isWhole ? contributions : contributions.slice(from, next)
      return { key, until, counted: remainingOf(inside, reversals) }
    })
}

/** What is counted up to a place, where a place tells what is counted with it. */
const runningTotal = (
  { measure }: Challenge,
  { counted }: ProgressWindow,
  isEnough: (total: number, contribution: Remaining) => boolean,
): { readonly total: number; readonly last: Remaining | undefined } => {
  const seen = new Set<string | null>()
  let total = 0
  for (const contribution of counted) {
    const { amount, key } = contribution
    if (measure.type === 'sum') total += amount
    else if (measure.type === 'times') total += 1
    else total = seen.add(key).size
    if (isEnough(total, contribution)) return { total, last: contribution }
  }
  return { total, last: undefined }
}

/** What is counted in a window. */
export const totalOf = (challenge: Challenge, window: ProgressWindow): number =>
  challenge.measure.type === 'times' ? window.counted.length : runningTotal(challenge, window, () => false).total

/** What is counted in a window up to an instant. */
export const totalUntil = (challenge: Challenge, { key, until, counted }: ProgressWindow, asOf: Instant): number => {
  const known = counted.slice(
    0,
    sortedPlace(counted, ({ at }) => at <= asOf),
  )
  return totalOf(challenge, { key, until, counted: known })
}

/** The contribution that reaches a target, which the window does. */
export const contributionReaching = (
  challenge: Challenge,
  window: ProgressWindow,
  target: number,
): Remaining | undefined =>
  challenge.measure.type === 'times'
    ? window.counted[target - 1]
    : runningTotal(challenge, window, (total) => total >= target).last
