/** What has been counted against caps: the state of their windows, and how it moves. */
import {
  addDays,
  addDuration,
  arrayCodec,
  CapId,
  type Codec,
  constrainCodec,
  type Duration,
  formatInstant,
  Instant,
  type InvalidValue,
  invalidValue,
  literalCodec,
  localDateOf,
  naturalCodec,
  periodIntervalAt,
  rollingWindow,
  startOfDay,
  stringCodec,
  structCodec,
  unionCodec,
  type Zone,
} from '../foundation/index.ts'
import type { Cap } from './cap.ts'

interface UsageBase<Type extends string> {
  readonly type: Type
  readonly cap: CapId
  /** Which count of the cap: its store, or whatever it is kept for; empty where there is one count. */
  readonly key: string
}

/** What was counted in one calendar period. */
export interface CalendarUsage extends UsageBase<'calendar'> {
  /** When the period began. */
  readonly from: Instant
  readonly used: number
}

/** What was counted in one instant. */
export interface RollingUse {
  readonly at: Instant
  readonly used: number
}

/** What was counted of late, by instant. */
export interface RollingUsage extends UsageBase<'rolling'> {
  /** In order of time, one for each instant. */
  readonly uses: ReadonlyArray<RollingUse>
}

/** What was ever counted. */
export interface LifetimeUsage extends UsageBase<'lifetime'> {
  readonly used: number
}

/** What has been counted against a cap, in points of its wallet's smallest unit or times. */
export type CapUsage = CalendarUsage | RollingUsage | LifetimeUsage

const orderFaults = ({ uses }: RollingUsage): ReadonlyArray<InvalidValue> =>
  uses.flatMap(({ at }, index) => {
    const before = uses[index - 1]
    if (before === undefined || before.at < at) return []
    const expected = `an instant after ${formatInstant(before.at)}, the use before`
    return [invalidValue(['uses', index, 'at'], formatInstant(at), expected)]
  })

/**
 * Reads a {@link CapUsage}.
 *
 * @example
 * ```ts
 * import { CapUsage, decode } from 'treue'
 *
 * decode(CapUsage, { type: 'lifetime', cap: 'budget', key: '', used: 80 })._tag // => 'Right'
 * ```
 */
export const CapUsage: Codec<CapUsage, unknown> = /* @__PURE__ */ unionCodec('CapUsage', 'type', {
  calendar: /* @__PURE__ */ structCodec('CalendarUsage', {
    type: /* @__PURE__ */ literalCodec('calendar'),
    cap: CapId,
    key: stringCodec,
    from: Instant,
    used: naturalCodec,
  }),
  rolling: /* @__PURE__ */ constrainCodec<RollingUsage, unknown>(
    /* @__PURE__ */ structCodec('RollingUsage', {
      type: /* @__PURE__ */ literalCodec('rolling'),
      cap: CapId,
      key: stringCodec,
      uses: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ structCodec('RollingUse', { at: Instant, used: naturalCodec })),
    }),
    orderFaults,
  ),
  lifetime: /* @__PURE__ */ structCodec('LifetimeUsage', {
    type: /* @__PURE__ */ literalCodec('lifetime'),
    cap: CapId,
    key: stringCodec,
    used: naturalCodec,
  }),
})

type CalendarWindow = Extract<Cap['window'], { readonly type: 'calendar' }>

const windowStart = ({ calendar }: CalendarWindow, zone: Zone, at: Instant): Instant =>
  periodIntervalAt(calendar, zone, at).from

/** Where the count stands that a cap keeps at an instant; −1: nowhere. */
const placeOf = (
  { id, window }: Cap,
  zone: Zone,
  usages: ReadonlyArray<CapUsage>,
  at: Instant,
  key: string,
): number => {
  const from = window.type === 'calendar' ? windowStart(window, zone, at) : null
  return usages.findIndex(
    (usage) =>
      usage.cap === id &&
      usage.key === key &&
      usage.type === window.type &&
      (usage.type !== 'calendar' || usage.from === from),
  )
}

/** How many uses lie before an instant. */
const countBefore = (uses: ReadonlyArray<RollingUse>, at: number): number => {
  let low = 0
  let high = uses.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((uses[middle]?.at ?? at) < at) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The most that a window holds which an instant lies in: the one that ends with it, or with a use that came after it. So
 * what comes in late does not get around a cap either.
 */
const heldAround = (uses: ReadonlyArray<RollingUse>, zone: Zone, duration: Duration, at: Instant): number => {
  const totals = [0]
  for (const use of uses) totals.push((totals[totals.length - 1] ?? 0) + use.used)
  const heldUpTo = (end: Instant): number => {
    const { from } = rollingWindow(zone, end, duration)
    return from > at ? 0 : (totals[countBefore(uses, end + 1)] ?? 0) - (totals[countBefore(uses, from)] ?? 0)
  }
  let most = heldUpTo(at)
  for (let later = countBefore(uses, at + 1); later < uses.length; later += 1) {
    most = Math.max(most, heldUpTo(uses[later]?.at ?? at))
  }
  return most
}

const usedAt = ({ window }: Cap, zone: Zone, usage: CapUsage | undefined, at: Instant): number => {
  if (usage === undefined) return 0
  if (usage.type !== 'rolling') return usage.used
  return window.type === 'rolling' ? heldAround(usage.uses, zone, window.duration, at) : 0
}

/**
 * What a cap still lets through at an instant: its limit less what was counted in the window, at least 0 (S12). A rolling
 * window is the duration up to the instant, without what is just as old; days and longer units are those of the calendar,
 * hours are 3,600 seconds (S22). Where something was already counted after the instant, the window that ends with it must
 * hold what is let through now as well.
 *
 * @param cap - a cap; what one of a single activity lets through is its limit
 * @param zone - the zone of the program's calendar
 * @param usages - what was counted: by the member, or for a budget by everybody
 * @param at - when something is to be counted
 * @param key - which count of the cap: the value of the attribute by which it counts, or an empty text
 * @param balance - for a cap on the balance, what is in the wallet in its smallest unit, with pending points where the
 *   cap counts them
 *
 * @example
 * ```ts
 * import { type Cap, capRoom, parseInstant, unwrap, utc } from 'treue'
 *
 * const cap = { id: 'daily', limit: 100, window: { type: 'calendar', calendar: { unit: 'day' } } } as Cap
 * capRoom(cap, utc, [], unwrap(parseInstant('2026-03-01T23:50:00Z')), '', 0) // => 100
 * ```
 */
export const capRoom = (
  cap: Cap,
  zone: Zone,
  usages: ReadonlyArray<CapUsage>,
  at: Instant,
  key: string,
  balance: number,
): number => {
  const { limit, window } = cap
  if (window.type === 'activity') return limit
  if (window.type === 'balance') return Math.max(0, limit - balance)
  return Math.max(0, limit - usedAt(cap, zone, usages[placeOf(cap, zone, usages, at, key)], at))
}

const emptyUsage = (cap: Cap, zone: Zone, at: Instant, key: string): CapUsage | undefined => {
  switch (cap.window.type) {
    case 'calendar':
      return { type: 'calendar', cap: cap.id, key, from: windowStart(cap.window, zone, at), used: 0 }
    case 'rolling':
      return { type: 'rolling', cap: cap.id, key, uses: [] }
    case 'lifetime':
      return { type: 'lifetime', cap: cap.id, key, used: 0 }
    default:
      return undefined
  }
}

/** Uses of one instant are one; what comes to nothing is gone. */
const movedUses = (uses: ReadonlyArray<RollingUse>, at: Instant, change: number): ReadonlyArray<RollingUse> => {
  const place = countBefore(uses, at)
  const next = countBefore(uses, at + 1)
  const there = next > place ? (uses[place]?.used ?? 0) : 0
  const moved = Math.max(0, there + change)
  return [...uses.slice(0, place), ...(moved === 0 ? [] : [{ at, used: moved }]), ...uses.slice(next)]
}

const movedUsage = (usage: CapUsage, at: Instant, change: number): CapUsage =>
  usage.type === 'rolling'
    ? { ...usage, uses: movedUses(usage.uses, at, change) }
    : { ...usage, used: Math.max(0, usage.used + change) }

const isEmpty = (usage: CapUsage): boolean => (usage.type === 'rolling' ? usage.uses.length === 0 : usage.used === 0)

const moveCap = (
  cap: Cap,
  zone: Zone,
  usages: ReadonlyArray<CapUsage>,
  at: Instant,
  key: string,
  change: number,
): ReadonlyArray<CapUsage> => {
  const place = placeOf(cap, zone, usages, at, key)
  const before = usages[place] ?? emptyUsage(cap, zone, at, key)
  if (before === undefined || change === 0) return usages
  const after = movedUsage(before, at, change)
  const [earlier, later] = place < 0 ? [usages, []] : [usages.slice(0, place), usages.slice(place + 1)]
  return [...earlier, ...(isEmpty(after) ? [] : [after]), ...later]
}

/**
 * What has been counted when something more is.
 *
 * @param cap - the cap; one of a single activity or of the balance keeps no count
 * @param zone - the zone of the program's calendar
 * @param usages - what was counted before
 * @param at - when it counts
 * @param key - which count of the cap
 * @param points - how much, in the wallet's smallest unit or times
 *
 * @example
 * ```ts
 * import { type Cap, capRoom, claimCap, parseInstant, unwrap, utc } from 'treue'
 *
 * const cap = { id: 'daily', limit: 100, window: { type: 'calendar', calendar: { unit: 'day' } } } as Cap
 * const at = unwrap(parseInstant('2026-03-01T23:50:00Z'))
 * capRoom(cap, utc, claimCap(cap, utc, [], at, '', 80), at, '', 0) // => 20
 * ```
 */
export const claimCap = (
  cap: Cap,
  zone: Zone,
  usages: ReadonlyArray<CapUsage>,
  at: Instant,
  key: string,
  points: number,
): ReadonlyArray<CapUsage> => moveCap(cap, zone, usages, at, key, points)

/**
 * What has been counted when some of it is given back, in the window in which it was counted (S13).
 *
 * @param cap - the cap
 * @param zone - the zone of the program's calendar
 * @param usages - what was counted before
 * @param at - when it counted
 * @param key - which count of the cap
 * @param points - how much goes back, in the wallet's smallest unit or times
 *
 * @example
 * ```ts
 * import { type Cap, claimCap, giveBackCap, parseInstant, unwrap, utc } from 'treue'
 *
 * const cap = { id: 'daily', limit: 100, window: { type: 'calendar', calendar: { unit: 'day' } } } as Cap
 * const at = unwrap(parseInstant('2026-03-01T23:50:00Z'))
 * giveBackCap(cap, utc, claimCap(cap, utc, [], at, '', 80), at, '', 80) // => []
 * ```
 */
export const giveBackCap = (
  cap: Cap,
  zone: Zone,
  usages: ReadonlyArray<CapUsage>,
  at: Instant,
  key: string,
  points: number,
): ReadonlyArray<CapUsage> => moveCap(cap, zone, usages, at, key, -points)

/**
 * Uses before it lie in no window that ends with an instant or later. Windows do not move evenly: one that ends in the
 * early morning of 29 March begins before one that ends in the evening of the 28th, both on 28 February, and a clock that
 * is set back shows the evening before again. So whole days count, and one more.
 */
const firstThatMatters = (zone: Zone, duration: Duration, since: Instant): Instant =>
  startOfDay(zone, addDays(localDateOf(zone, addDuration(zone, since, duration, -1)), -1))

/** A usage without what can matter no more; `undefined` where nothing of it can. */
const pruned = (cap: Cap | undefined, zone: Zone, usage: CapUsage, since: Instant): CapUsage | undefined => {
  if (cap === undefined || cap.window.type !== usage.type) return undefined
  if (usage.type === 'calendar' && cap.window.type === 'calendar') {
    return periodIntervalAt(cap.window.calendar, zone, usage.from).until > since ? usage : undefined
  }
  if (usage.type !== 'rolling' || cap.window.type !== 'rolling') return usage
  const first = countBefore(usage.uses, firstThatMatters(zone, cap.window.duration, since))
  if (first === 0) return usage
  return first === usage.uses.length ? undefined : { ...usage, uses: usage.uses.slice(first) }
}

/**
 * What has been counted, without what can matter no more: windows that were over before an instant, and counts of caps
 * that the program no longer has.
 *
 * @param caps - the caps of the program
 * @param zone - the zone of the program's calendar
 * @param usages - what was counted
 * @param since - the earliest instant at which anything can still be counted
 *
 * @example
 * ```ts
 * import { type Cap, claimCap, parseInstant, pruneCaps, unwrap, utc } from 'treue'
 *
 * const cap = { id: 'daily', limit: 100, window: { type: 'calendar', calendar: { unit: 'day' } } } as Cap
 * const at = (text: string) => unwrap(parseInstant(text))
 * const usages = claimCap(cap, utc, [], at('2026-03-01T23:50:00Z'), '', 80)
 * pruneCaps([cap], utc, usages, at('2026-03-02T00:00:00Z')) // => []
 * ```
 */
export const pruneCaps = (
  caps: ReadonlyArray<Cap>,
  zone: Zone,
  usages: ReadonlyArray<CapUsage>,
  since: Instant,
): ReadonlyArray<CapUsage> => {
  const byId = new Map(caps.map((cap) => [cap.id, cap]))
  const kept = usages.flatMap((usage) => pruned(byId.get(usage.cap), zone, usage, since) ?? [])
  return kept.length === usages.length && kept.every((usage, index) => usage === usages[index]) ? usages : kept
}

/**
 * When the next window of a cap opens, for what was deferred (S10); `null` for a cap without calendar windows.
 *
 * @param cap - the cap
 * @param zone - the zone of the program's calendar
 * @param at - an instant in the window that is full
 *
 * @example
 * ```ts
 * import { type Cap, deferredUntil, formatInstant, parseInstant, unwrap, utc } from 'treue'
 *
 * const cap = { id: 'daily', window: { type: 'calendar', calendar: { unit: 'day' } } } as Cap
 * const next = deferredUntil(cap, utc, unwrap(parseInstant('2026-03-01T23:50:00Z')))
 * next === null ? '' : formatInstant(next) // => '2026-03-02T00:00:00Z'
 * ```
 */
export const deferredUntil = ({ window }: Cap, zone: Zone, at: Instant): Instant | null =>
  window.type === 'calendar' ? periodIntervalAt(window.calendar, zone, at).until : null
