// The slow, obvious model of a challenge: every action is asked for its window by walking over all the others.
import type { Challenge, ChallengeAction, ContributionReversal } from '../../src/challenges/index.ts'
import { addDuration, type Instant, localDateOf, periodOf, startOfDay, type Zone } from '../../src/foundation/index.ts'

interface Left {
  readonly id: string
  readonly at: Instant
  readonly amount: number
  readonly store: string | undefined
}

const fits = ({ when, open }: Challenge, { at, facts }: ChallengeAction): boolean => {
  if (open !== undefined && !(open.from <= at && at < open.until)) return false
  if (when === undefined) return true
  const { amount, store } = facts as { amount?: number; store?: string }
  return 'any' in when ? store === 'b' || (amount ?? 0) > 3 : (amount ?? 0) >= 2
}

const amountOf = ({ measure }: Challenge, { facts }: ChallengeAction): number => {
  const { amount, store } = facts as { amount?: number; store?: string }
  if (measure.type === 'times') return 1
  if (measure.type === 'sum') return Math.max(0, amount ?? 0)
  return store === undefined ? 0 : 1
}

const left = (
  challenge: Challenge,
  actions: ReadonlyArray<ChallengeAction>,
  reversals: ReadonlyArray<ContributionReversal>,
): ReadonlyArray<Left> =>
  actions
    .filter((action) => fits(challenge, action))
    .map((action) => {
      const undone = reversals
        .filter(({ of }) => of === action.id)
        .reduce((sum, { amount }) => sum + (amount ?? Number.POSITIVE_INFINITY), 0)
      const store = action.facts['store'] as string | undefined
      return { id: action.id, at: action.at, amount: Math.max(0, amountOf(challenge, action) - undone), store }
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))

/** What an instant's calendar period is called; the evening that a clock shows twice belongs to the new day. */
const periodKey = (challenge: Challenge, zone: Zone, at: Instant): number => {
  if (challenge.window.type !== 'calendar') return 0
  const { calendar } = challenge.window
  let period = periodOf(calendar, localDateOf(zone, at))
  while (startOfDay(zone, period.until) <= at) period = periodOf(calendar, period.until)
  return startOfDay(zone, period.from)
}

const windowed = (challenge: Challenge, zone: Zone, all: ReadonlyArray<Left>): Map<number, Array<Left>> => {
  const windows = new Map<number, Array<Left>>()
  const put = (key: number, one: Left) => windows.set(key, [...(windows.get(key) ?? []), one])
  const { window } = challenge
  if (window.type !== 'fromFirst') {
    for (const one of all) put(periodKey(challenge, zone, one.at), one)
    return windows
  }
  const first = all[0]
  if (first === undefined) return windows
  let start = first.at
  for (const one of all) {
    const isIn = one.at < addDuration(zone, start, window.duration)
    if (!isIn && !window.repeats) break
    if (!isIn) start = one.at
    put(start, one)
  }
  return windows
}

const measured = ({ measure }: Challenge, counted: ReadonlyArray<Left>): number => {
  if (measure.type === 'sum') return counted.reduce((sum, { amount }) => sum + amount, 0)
  return measure.type === 'times' ? counted.length : new Set(counted.map(({ store }) => store)).size
}

/** Every level that is reached, as `occurrence level target`, and what is counted by window. */
export const challengeModel = (
  challenge: Challenge,
  zone: Zone,
  actions: ReadonlyArray<ChallengeAction>,
  reversals: ReadonlyArray<ContributionReversal>,
): { readonly totals: ReadonlyMap<number, number>; readonly grants: ReadonlyArray<string> } => {
  const windows = windowed(challenge, zone, left(challenge, actions, reversals))
  const totals = new Map([...windows].map(([key, counted]) => [key, measured(challenge, counted)] as const))
  const grants = [...totals].flatMap(([key, total]) =>
    challenge.levels.filter(({ target }) => total >= target).map(({ id, target }) => `${key} ${id} ${target}`),
  )
  return { totals, grants: grants.sort() }
}
