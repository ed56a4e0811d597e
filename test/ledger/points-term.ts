// When points can be spent and when they die, as one would count it on a wall calendar.
import {
  addDuration,
  civilDate,
  type Instant,
  localDateOf,
  periodIntervalAt,
  startOfDay,
  unwrap,
  type YearlyDate,
  yearMonthDay,
  type Zone,
} from '../../src/foundation/index.ts'
import type { OwnTerm, WalletDefinition } from '../../src/ledger/index.ts'

export const never = Number.POSITIVE_INFINITY

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** The start of the first of some days of the year that is after the day of an instant. */
const nextOf = (dates: ReadonlyArray<YearlyDate>, zone: Zone, instant: Instant): number => {
  const today = localDateOf(zone, instant)
  const { year } = yearMonthDay(today)
  const days = [year, year + 1].flatMap((of) =>
    dates.map(({ month, day }) => unwrap(civilDate(of, month, month === 2 && day === 29 && !isLeap(of) ? 28 : day))),
  )
  const after = days.filter((date) => date > today).sort((a, b) => a - b)
  return startOfDay(zone, after[0] ?? today)
}

export interface ModelTerm {
  readonly activeFrom: number
  readonly expiresAt: number
  readonly awaits: string | null
}

const waitsUntil = ({ pending }: WalletDefinition, zone: Zone, earnedAt: Instant, own: OwnTerm): number => {
  if (own.activeFrom !== undefined) return own.activeFrom
  if (own.pending !== undefined) return addDuration(zone, earnedAt, own.pending)
  if (pending === null) return earnedAt
  if (pending.type === 'dates') return nextOf(pending.dates, zone, earnedAt)
  return addDuration(zone, earnedAt, pending.type === 'action' ? pending.cancelAfter : pending.duration)
}

const livesUntil = ({ expiry }: WalletDefinition, zone: Zone, earnedAt: Instant, activeFrom: Instant): number => {
  if (expiry === null) return never
  if (expiry.type === 'inactivity') return addDuration(zone, earnedAt, expiry.after)
  const anchor = expiry.from === 'earning' ? earnedAt : activeFrom
  if (expiry.type === 'dates') return nextOf(expiry.dates, zone, addDuration(zone, anchor, expiry.atLeast))
  const end = addDuration(zone, anchor, expiry.after)
  return expiry.endOf === undefined ? end : periodIntervalAt(expiry.endOf, zone, end).until
}

/** The term of points: they never die before they are active. */
export const termOf = (definition: WalletDefinition, zone: Zone, earnedAt: Instant, own: OwnTerm = {}): ModelTerm => {
  const activeFrom = waitsUntil(definition, zone, earnedAt, own) as Instant
  const end =
    own.validity === undefined
      ? livesUntil(definition, zone, earnedAt, activeFrom)
      : addDuration(zone, activeFrom, own.validity)
  const isOwn = own.activeFrom !== undefined || own.pending !== undefined
  const awaits = !isOwn && definition.pending?.type === 'action' ? definition.pending.action : null
  return { activeFrom, expiresAt: Math.max(activeFrom, end), awaits }
}
