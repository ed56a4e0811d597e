/** The windows of a challenge, and what a member has counted in each. */
import { addDuration, type Instant, periodIntervalAt, type Zone } from '../foundation/index.ts'
import type { Challenge } from './challenge.ts'
import type { ContributionLog } from './contribution.ts'

/** A step of the running count of a window. */
interface Step {
  readonly id: string
  readonly at: Instant
  /** What is counted with it, in the unit of the measure. */
  readonly total: number
}

/** A window that something was counted in. */
export interface ProgressWindow {
  /** Tells windows apart: the epoch milliseconds of the start, or 0 for the only one. */
  readonly key: number
  /** The first instant after it; infinite where it has no end. */
  readonly until: number
  /** The first contribution in it. */
  readonly firstAt: Instant
  readonly steps: ReadonlyArray<Step>
}

/** What is left of a contribution. */
interface Remaining {
  readonly id: string
  readonly at: Instant
  readonly amount: number
  readonly key: string | null
}

/** The contributions without what was undone of them; those of which nothing is left are not listed. */
const remainingOf = ({ contributions, reversals }: ContributionLog): ReadonlyArray<Remaining> => {
  if (reversals.length === 0) return contributions
  const left = new Map<string, number>(contributions.map(({ id, amount }) => [id, amount] as const))
  for (const { of, amount } of reversals) {
    const before = left.get(of)
    if (before !== undefined) left.set(of, amount === null ? 0 : Math.max(0, before - amount))
  }
  return contributions.flatMap(({ id, at, key }) => {
    const amount = left.get(id) ?? 0
    return amount > 0 ? [{ id, at, amount, key }] : []
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

const stepsOf = (challenge: Challenge, counted: ReadonlyArray<Remaining>): ReadonlyArray<Step> => {
  const steps: Array<Step> = []
  const seen = new Set<string | null>()
  let total = 0
  for (const { id, at, amount, key } of counted) {
    if (challenge.measure.type === 'distinct' && seen.has(key)) continue
    seen.add(key)
    total += challenge.measure.type === 'sum' ? amount : 1
    steps.push({ id, at, total })
  }
  return steps
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

const takeWindow = (
  challenge: Challenge,
  zone: Zone,
  counted: ReadonlyArray<Remaining>,
  start: number,
): { readonly window: ProgressWindow; readonly next: number } => {
  const firstAt = counted[start]?.at ?? (0 as Instant)
  const { key, until } = windowFrom(challenge, zone, firstAt)
  const end = endOf(challenge, until)
  let next = start + 1
  for (let one = counted[next]; one !== undefined && one.at < end; one = counted[next]) next += 1
  return { window: { key, until, firstAt, steps: stepsOf(challenge, counted.slice(start, next)) }, next }
}

/** The windows that something was counted in, in order of time; one that does not repeat begins once. */
export const progressWindows = (
  challenge: Challenge,
  zone: Zone,
  log: ContributionLog & { readonly closed: ClosedProgress | null },
): ReadonlyArray<ProgressWindow> => {
  const once = challenge.window.type === 'fromFirst' && !challenge.window.repeats
  if (once && log.closed !== null && log.closed.windows > 0) return []
  const counted = remainingOf(log)
  const windows: Array<ProgressWindow> = []
  for (let start = 0; start < counted.length; ) {
    const { window, next } = takeWindow(challenge, zone, counted, start)
    windows.push(window)
    start = once ? counted.length : next
  }
  return windows
}

/** What is counted in a window. */
export const totalOf = ({ steps }: ProgressWindow): number => steps[steps.length - 1]?.total ?? 0

/** The step that reaches a target. */
export const stepReaching = ({ steps }: ProgressWindow, target: number): Step | undefined => {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle]?.total ?? 0) >= target) high = middle
    else low = middle + 1
  }
  return steps[low]
}
