import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  addDurationToDate,
  type Duration,
  formatCivilDate,
  formatInstant,
  type Instant,
  localDateOf,
  type Points,
  startOfDay,
  unwrap,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  accrue,
  type ExpiryNotice,
  expirySchedule,
  hold,
  nextExpiry,
  noticesDue,
  suspendExpiry,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { zoneOfProgram } from '../arbitraries/ledger.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, definition, folded, grant, start, wallet } from './book.ts'

const day = 86_400_000
const days = (amount: number): Duration => ({ amount, unit: 'day' })
const told = (notices: ReadonlyArray<ExpiryNotice>) =>
  notices.map(({ notice, noticeAt, date, points }) => [
    notice.amount,
    formatInstant(noticeAt).slice(0, 10),
    formatCivilDate(date),
    points,
  ])

const full = folded([
  grant('a', 10, at('2026-06-30T09:00:00Z')),
  grant('b', 20, at('2026-06-30T21:00:00Z')),
  grant('c', 40, at('2026-07-10T00:00:00Z')),
  grant('d', 80, null),
])

describe('noticesDue', () => {
  const june = (n: number) => at(`2026-06-${String(n).padStart(2, '0')}T12:00:00Z`)

  test('what dies on one day is told once for each length of notice', () => {
    const due = noticesDue(utc, full, start, june(29), [days(30), days(7), days(30)])
    expect(told(due)).toEqual([
      [30, '2026-05-31', '2026-06-30', 30],
      [30, '2026-06-10', '2026-07-10', 40],
      [7, '2026-06-23', '2026-06-30', 30],
    ])
    expect(due[0]).toMatchObject({ expiresAt: at('2026-06-30T09:00:00Z'), lots: ['a', 'b'] })
  })

  test('from the last time, which is out, until now, which is in', () => {
    const told23 = at('2026-06-23T00:00:00Z')
    const due = (from: Instant, until: Instant) => noticesDue(utc, full, from, until, [days(7)]).length
    expect(due((told23 - 1) as Instant, told23)).toBe(1)
    expect(due(told23, june(29))).toBe(0)
    expect(due(start, (told23 - 1) as Instant)).toBe(0)
    expect(due(june(29), start)).toBe(0)
  })

  test('months count back on the calendar, and the day is that of the program’s zone', () => {
    const berlin = realZone('Europe/Berlin')
    const late = folded([grant('a', 10, at('2026-03-31T22:30:00Z'))])
    const [notice] = noticesDue(berlin, late, start, at('2026-03-30T00:00:00Z'), [{ amount: 1, unit: 'month' }])
    expect(notice === undefined ? '' : formatCivilDate(notice.date)).toBe('2026-04-01')
    expect(notice?.noticeAt).toBe(at('2026-03-01T00:00:00+01:00'))
  })

  test('what is dead already is not told, nor what waits for an action, nor anything while expiry is suspended', () => {
    expect(told(noticesDue(utc, full, start, at('2026-06-30T09:00:00Z'), [days(7)]))).toEqual([
      [7, '2026-06-23', '2026-06-30', 20],
    ])
    const waiting = folded([{ ...grant('w', 5, at('2026-06-30T09:00:00Z')), awaits: 'delivery' }])
    expect(noticesDue(utc, waiting, start, june(29), [days(7)])).toEqual([])
    const pending = folded([{ ...grant('w', 5, at('2026-06-30T09:00:00Z')), activeFrom: at('2026-06-25T00:00:00Z') }])
    expect(noticesDue(utc, pending, start, june(29), [days(7)])).toHaveLength(1)
    expect(noticesDue(utc, folded(suspendExpiry(full, start), full), start, june(29), [days(7)])).toEqual([])
  })

  test('held points are told with the rest of their lot', () => {
    const held = folded([unwrap(hold(definition, utc, full, 15 as Points, start, 'cart' as ActivityId))], full)
    const [notice] = noticesDue(utc, held, start, june(25), [days(7)])
    expect([notice?.points, [...(notice?.lots ?? [])].sort()]).toEqual([30, ['a', 'b']])
    expect(notice?.expiresAt).toBe(at('2026-06-30T09:00:00Z'))
  })

  test('S65 points that die by inactivity after a year are told of between 30 and 60 days before', () => {
    const quebec = realZone('America/Toronto')
    const inactivity: WalletDefinition = {
      ...definition,
      expiry: { type: 'inactivity', after: { amount: 12, unit: 'month' }, resetBy: ['purchase', 'redemption'] },
    }
    const of = { lot: grant('a', 1, null).lot, points: 500 as Points, source: 'order-1' as ActivityId }
    const lots = folded(unwrap(accrue(inactivity, quebec, wallet, { ...of, at: at('2026-03-08T06:59:59Z') })))
    const expiresAt = lots.lots[0]?.expiresAt ?? start
    expect(formatInstant(expiresAt)).toBe('2027-03-08T06:59:59Z')
    const [notice, ...more] = noticesDue(quebec, lots, start, (expiresAt - 1) as Instant, [days(45)])
    expect(more).toEqual([])
    const before = (expiresAt - (notice?.noticeAt ?? 0)) / day
    expect(before).toBeGreaterThanOrEqual(30)
    expect(before).toBeLessThanOrEqual(60)
  })
})

/** Wallets in which points expire. */
const mortalWallet = walletArbitrary.map((some) => ({ ...some, suspended: false }))

describe('nextExpiry', () => {
  test('is what dies soonest, together', () => {
    const same = folded([grant('e', 5, at('2026-06-30T09:00:00Z'))], full)
    expect(nextExpiry(same)).toEqual({ at: at('2026-06-30T09:00:00Z'), points: 15 })
    expect(nextExpiry(folded([grant('d', 80, null)]))).toBe(null)
    expect(nextExpiry(wallet)).toBe(null)
    expect(nextExpiry(folded(suspendExpiry(full, start), full))).toBe(null)
  })

  test('is the first of the schedule, for any wallet', () => {
    fc.assert(
      fc.property(mortalWallet, (some) => {
        const first = expirySchedule(some)[0]
        expect(nextExpiry(some)).toEqual(first === undefined || first.at === null ? null : first)
      }),
    )
  })
})

/** Day by day and lot by lot: what is to be told on each of the days after the first until the last. */
const model = (zone: Zone, some: Wallet, from: Instant, until: Instant, notice: Duration) => {
  const points = new Map<string, number>()
  for (const lot of [...some.lots, ...some.holds.flatMap(({ lots }) => lots)]) {
    const isUncertain = !lot.active && lot.awaits !== null
    if (isUncertain || lot.expiresAt === null || lot.expiresAt <= until) continue
    const date = localDateOf(zone, lot.expiresAt)
    const when = startOfDay(zone, addDurationToDate(date, notice, -1))
    if (when <= from || when > until) continue
    const key = `${when} ${date}`
    points.set(key, (points.get(key) ?? 0) + lot.points)
  }
  return points
}

describe('notices', () => {
  test('are those that a look at every lot finds', () => {
    fc.assert(
      fc.property(
        mortalWallet,
        zoneOfProgram,
        fc.integer({ min: -60, max: 60 }),
        fc.nat({ max: 120 }),
        fc.nat({ max: 60 }),
        (some, zone, first, span, n) => {
          const origin = some.lots[0]?.expiresAt ?? start
          const from = (origin + first * day) as Instant
          const until = (from + span * day) as Instant
          const due = noticesDue(zone, some, from, until, [days(n)])
          expect(new Map(due.map((of) => [`${of.noticeAt} ${of.date}`, of.points]))).toEqual(
            model(zone, some, from, until, days(n)),
          )
          for (const { noticeAt, expiresAt } of due) {
            // Never less notice than promised, by the calendar; a clock can be set forward in it.
            expect(expiresAt - noticeAt).toBeGreaterThanOrEqual(n * day - 26 * 3_600_000)
          }
        },
      ),
    )
  })

  test('told in steps are those told at once, as long as nothing dies meanwhile', () => {
    fc.assert(
      fc.property(walletArbitrary, zoneOfProgram, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (some, zone, one, two) => {
        const first = expirySchedule(some)[0]?.at ?? start
        const until = (first - 1) as Instant
        const middle = (until - two * day) as Instant
        const from = (middle - one * day) as Instant
        const lengths = [days(30), days(7), days(1)]
        const steps = [
          ...noticesDue(zone, some, from, middle, lengths),
          ...noticesDue(zone, some, middle, until, lengths),
        ]
        expect(steps).toEqual(noticesDue(zone, some, from, until, lengths))
      }),
    )
  })
})
