/** Telling members in time that points of theirs will expire. */
import {
  addDurationToDate,
  type CivilDate,
  type Duration,
  type Instant,
  type LotId,
  localDateOf,
  type Points,
  startOfDay,
  type Zone,
} from '../foundation/index.ts'
import type { Lot } from './lot.ts'
import { type ExpiryDue, expirySchedule, type Wallet } from './wallet.ts'

/** Points that die on one day, to be told so long before. */
export interface ExpiryNotice {
  /** How long before; it and `date` together are told once. */
  readonly notice: Duration
  /** The start of the day on which it is to be told. */
  readonly noticeAt: Instant
  /** The day on which the points die. */
  readonly date: CivilDate
  /** When the first of them die. */
  readonly expiresAt: Instant
  /** How many, in the wallet's smallest unit. */
  readonly points: Points
  /** The lots that they are in, in the order in which they die. */
  readonly lots: ReadonlyArray<LotId>
}

/**
 * What dies soonest in a wallet, pending and held points included; `null` where nothing ever will, or expiry is suspended.
 *
 * @param wallet - the wallet as it is now
 *
 * @example
 * ```ts
 * import { emptyWallet, nextExpiry, type WalletId } from 'treue'
 *
 * nextExpiry(emptyWallet('points' as WalletId)) // => null
 * ```
 */
export const nextExpiry = (wallet: Wallet): ExpiryDue | null => {
  const [first] = wallet.suspended ? [] : expirySchedule(wallet)
  return first === undefined || first.at === null ? null : first
}

type Day = Pick<ExpiryNotice, 'date' | 'expiresAt' | 'points' | 'lots'>

/** Pending points that wait for an action may never come: their date is none yet. */
const dyingLots = ({ lots, holds }: Wallet, asOf: Instant): ReadonlyArray<Lot & { readonly expiresAt: Instant }> =>
  [...lots, ...holds.flatMap((hold) => hold.lots)].filter(
    (lot): lot is Lot & { readonly expiresAt: Instant } =>
      lot.expiresAt !== null && lot.expiresAt > asOf && (lot.active || lot.awaits === null),
  )

const daysOf = (zone: Zone, wallet: Wallet, asOf: Instant): ReadonlyArray<Day> => {
  const byDate = new Map<CivilDate, { expiresAt: Instant; points: number; readonly lots: Set<LotId> }>()
  for (const { id, points, expiresAt } of dyingLots(wallet, asOf)) {
    const date = localDateOf(zone, expiresAt)
    const day = byDate.get(date) ?? { expiresAt, points: 0, lots: new Set<LotId>() }
    day.points += points
    day.lots.add(id)
    if (expiresAt < day.expiresAt) day.expiresAt = expiresAt
    byDate.set(date, day)
  }
  return [...byDate].map(([date, { expiresAt, points, lots }]) => ({
    date,
    expiresAt,
    points: points as Points,
    lots: [...lots],
  }))
}

const withoutRepeats = (notices: ReadonlyArray<Duration>): ReadonlyArray<Duration> => [
  ...new Map(notices.map((notice) => [`${notice.amount} ${notice.unit}`, notice])).values(),
]

/**
 * What members are to be told after the last time and until now: of the points that die on one day, once for each length
 * of notice, on the day that is so long before, and so never with less notice than that (S65). Points of one day are one
 * notice, whatever the time of day at which they die. Called with the last `asOf` as `previousAsOf`, nothing is told twice
 * and nothing left out, except what first had its date after the day of the notice.
 *
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is at `asOf`; while expiry is suspended there is nothing to tell
 * @param previousAsOf - until when notices were given
 * @param asOf - until when they are given now
 * @param notices - how long before; hours count as whole days of 24
 * @returns the notices by the day on which they are due, then by the date
 *
 * @example
 * ```ts
 * import { emptyWallet, noticesDue, parseInstant, unwrap, utc, type WalletId } from 'treue'
 *
 * const [yesterday, today] = [unwrap(parseInstant('2026-01-01T00:00:00Z')), unwrap(parseInstant('2026-01-02T00:00:00Z'))]
 * noticesDue(utc, emptyWallet('points' as WalletId), yesterday, today, [{ amount: 30, unit: 'day' }]) // => []
 * ```
 */
export const noticesDue = (
  zone: Zone,
  wallet: Wallet,
  previousAsOf: Instant,
  asOf: Instant,
  notices: ReadonlyArray<Duration>,
): ReadonlyArray<ExpiryNotice> => {
  if (wallet.suspended) return []
  const lengths = withoutRepeats(notices)
  return daysOf(zone, wallet, asOf)
    .flatMap((day) =>
      lengths.map((notice): ExpiryNotice => {
        const noticeAt = startOfDay(zone, addDurationToDate(day.date, notice, -1))
        return { notice, noticeAt, ...day }
      }),
    )
    .filter(({ noticeAt }) => noticeAt > previousAsOf && noticeAt <= asOf)
    .sort((a, b) => a.noticeAt - b.noticeAt || a.date - b.date)
}
