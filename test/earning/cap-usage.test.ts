import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cap,
  CapUsage,
  type CapWindow,
  capRoom,
  claimCap,
  deferredUntil,
  giveBackCap,
  pruneCaps,
} from '../../src/earning/index.ts'
import {
  type CapId,
  decode,
  formatInstant,
  type Instant,
  parseInstant,
  rollingWindow,
  unwrap,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import { capUsageArbitrary, claimHistoryArbitrary } from '../arbitraries/caps.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { type Claim, modelUsed } from './cap-usage-model.ts'

codecLaws('CapUsage', CapUsage, capUsageArbitrary)

const at = (text: string): Instant => unwrap(parseInstant(text))
const newYork = realZone('America/New_York')

const capOf = (window: CapWindow, limit = 100): Cap =>
  ({ id: 'cap', wallet: 'points', limit, counts: 'points', window, onExceed: 'truncate' }) as unknown as Cap

const day: CapWindow = { type: 'calendar', calendar: { unit: 'day' } }

/** Grants what there is room for, one after the other, and says how much that was. */
const grant = (cap: Cap, zone: Zone, wishes: ReadonlyArray<readonly [at: string, points: number]>) => {
  let usages: ReadonlyArray<CapUsage> = []
  return wishes.map(([text, points]) => {
    const granted = Math.min(points, capRoom(cap, zone, usages, at(text), '', 0))
    usages = claimCap(cap, zone, usages, at(text), '', granted)
    return granted
  })
}

const aroundMidnight = [
  ['2026-03-01T23:50:00Z', 80],
  ['2026-03-02T00:10:00Z', 80],
] as const

describe('capRoom', () => {
  test('S12 100 a day, 80 at 23:50 and 80 at 00:10: 160 by the calendar, 100 in rolling 24 hours', () => {
    expect(grant(capOf(day), utc, aroundMidnight)).toEqual([80, 80])
    const rolling = capOf({ type: 'rolling', duration: { amount: 24, unit: 'hour' } })
    expect(grant(rolling, utc, aroundMidnight)).toEqual([80, 20])
  })

  test('S12 at 02:00Z on 1 January a program in New York still counts to last year’s cap', () => {
    const yearly = capOf({ type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } })
    const wishes = [
      ['2025-06-01T12:00:00Z', 70],
      ['2026-01-01T02:00:00Z', 70],
      ['2026-01-01T05:00:00Z', 70],
    ] as const
    expect(grant(yearly, newYork, wishes)).toEqual([70, 30, 70])
    expect(grant(yearly, utc, wishes)).toEqual([70, 70, 30])
  })

  test('S12 a purchase on a Sunday counts to the week that began on Monday, or to the one that begins with it', () => {
    const wishes = [
      ['2026-03-07T12:00:00Z', 70],
      ['2026-03-08T12:00:00Z', 70],
      ['2026-03-09T12:00:00Z', 70],
    ] as const
    const week = (startsOn: 1 | 7) => capOf({ type: 'calendar', calendar: { unit: 'week', startsOn } })
    expect(grant(week(1), utc, wishes)).toEqual([70, 30, 70])
    expect(grant(week(7), utc, wishes)).toEqual([70, 70, 30])
  })

  test('S22 a rolling day is a day of the calendar when clocks change, 24 hours are not', () => {
    const room = (unit: 'day' | 'hour', amount: number, text: string) => {
      const cap = capOf({ type: 'rolling', duration: { amount, unit } })
      const usages = claimCap(cap, newYork, [], at('2026-03-07T12:00:00-05:00'), '', 100)
      return capRoom(cap, newYork, usages, at(text), '', 0)
    }
    expect(room('day', 1, '2026-03-08T11:59:59.999-04:00')).toBe(0)
    expect(room('day', 1, '2026-03-08T12:00:00-04:00')).toBe(100)
    expect(room('hour', 24, '2026-03-08T12:59:59.999-04:00')).toBe(0)
    expect(room('hour', 24, '2026-03-08T13:00:00-04:00')).toBe(100)
  })

  test('a rolling window holds what is a millisecond younger than its duration', () => {
    const cap = capOf({ type: 'rolling', duration: { amount: 1, unit: 'hour' } })
    const usages = claimCap(cap, utc, [], at('2026-03-01T12:00:00.001Z'), '', 30)
    expect(capRoom(cap, utc, usages, at('2026-03-01T13:00:00Z'), '', 0)).toBe(70)
    expect(capRoom(cap, utc, usages, at('2026-03-01T13:00:00.001Z'), '', 0)).toBe(100)
  })

  test('what comes in late does not get around a rolling cap', () => {
    const rolling = capOf({ type: 'rolling', duration: { amount: 24, unit: 'hour' } })
    expect(grant(rolling, utc, [...aroundMidnight].reverse())).toEqual([80, 20])
    const early = [
      ['2026-03-03T12:00:00Z', 80],
      ['2026-03-02T12:00:00Z', 80],
      ['2026-03-02T12:00:00.001Z', 80],
    ] as const
    expect(grant(rolling, utc, early)).toEqual([80, 80, 20])
  })

  test('an activity, a balance and a lifetime', () => {
    expect(capRoom(capOf({ type: 'activity' }), utc, [], at('2026-03-01T00:00:00Z'), '', 500)).toBe(100)
    const balance = capOf({ type: 'balance', pending: 'counted' })
    const roomAt = (held: number) => capRoom(balance, utc, [], at('2026-03-01T00:00:00Z'), '', held)
    expect([0, 60, 100, 130].map(roomAt)).toEqual([100, 40, 0, 0])
    const wishes = [
      ['2020-03-01T00:00:00Z', 80],
      ['2026-03-01T00:00:00Z', 80],
    ] as const
    expect(grant(capOf({ type: 'lifetime' }), utc, wishes)).toEqual([80, 20])
  })

  test('each key has a count of its own, and so has each cap', () => {
    const [now, cap] = [at('2026-03-01T00:00:00Z'), capOf({ type: 'lifetime' })]
    const usages = claimCap(cap, utc, [], now, '__proto__', 30)
    const room = (of: Cap, key: string) => capRoom(of, utc, usages, now, key, 0)
    expect([room(cap, '__proto__'), room(cap, ''), room({ ...cap, id: 'other' as CapId }, '__proto__')]).toEqual([
      70, 100, 100,
    ])
  })

  test('a count of another kind of window than the cap has now is none of its', () => {
    const usages = claimCap(capOf({ type: 'lifetime' }), utc, [], at('2026-03-01T00:00:00Z'), '', 30)
    expect(capRoom(capOf(day), utc, usages, at('2026-03-01T00:00:00Z'), '', 0)).toBe(100)
  })
})

describe('claimCap, giveBackCap', () => {
  test('S13 what is given back goes to the window in which it was counted', () => {
    const monthly = capOf({ type: 'calendar', calendar: { unit: 'month' } })
    const [march, april] = [at('2026-03-15T00:00:00Z'), at('2026-04-15T00:00:00Z')]
    const claimed = claimCap(monthly, utc, claimCap(monthly, utc, [], march, '', 80), april, '', 90)
    const after = giveBackCap(monthly, utc, claimed, march, '', 50)
    expect(capRoom(monthly, utc, after, march, '', 0)).toBe(70)
    expect(capRoom(monthly, utc, after, april, '', 0)).toBe(10)
  })

  test('no more comes back than was counted', () => {
    for (const window of [
      day,
      { type: 'lifetime' },
      { type: 'rolling', duration: { amount: 1, unit: 'day' } },
    ] as const) {
      const claimed = claimCap(capOf(window), utc, [], at('2026-03-15T00:00:00Z'), '', 30)
      expect(giveBackCap(capOf(window), utc, claimed, at('2026-03-15T00:00:00Z'), '', 50)).toEqual([])
      expect(giveBackCap(capOf(window), utc, [], at('2026-03-15T00:00:00Z'), '', 50)).toEqual([])
    }
  })

  test('an activity and a balance keep no count', () => {
    for (const window of [{ type: 'activity' }, { type: 'balance', pending: 'ignored' }] as const) {
      expect(claimCap(capOf(window), utc, [], at('2026-03-15T00:00:00Z'), '', 30)).toEqual([])
    }
  })

  test('uses of one instant are one', () => {
    const cap = capOf({ type: 'rolling', duration: { amount: 1, unit: 'day' } })
    const now = at('2026-03-15T00:00:00Z')
    const twice = claimCap(cap, utc, claimCap(cap, utc, [], now, '', 30), now, '', 20)
    expect(twice).toEqual([{ type: 'rolling', cap: 'cap', key: '', uses: [{ at: now, used: 50 }] }])
  })
})

/** The state after a history, and the list of all claims. */
const run = ({ zone, claims }: { readonly zone: Zone; readonly claims: ReadonlyArray<Claim & { readonly of: Cap }> }) =>
  claims.reduce<ReadonlyArray<CapUsage>>(
    (usages, { of, key, at: when, points }) => claimCap(of, zone, usages, when, key, points),
    [],
  )

const historyArbitrary = claimHistoryArbitrary.map(({ claims, ...history }) => ({
  ...history,
  claims: claims.map(({ cap, ...claim }) => ({ ...claim, cap: cap.id as string, of: cap })),
}))

describe('laws', () => {
  test('the room is what a list of all claims says', () => {
    fc.assert(
      fc.property(historyArbitrary, ({ caps, zone, claims, since }) => {
        const usages = run({ zone, claims })
        for (const cap of caps) {
          for (const when of [since, ...claims.map((claim) => claim.at)]) {
            const room = Math.max(0, cap.limit - modelUsed(claims, cap, zone, when, ''))
            expect(capRoom(cap, zone, usages, when, '', 0)).toBe(room)
          }
        }
        expect(usages.every((usage) => decode(CapUsage, CapUsage.encode(usage))._tag === 'Right')).toBe(true)
      }),
    )
  })

  test('what is claimed and given back leaves everything as it was', () => {
    fc.assert(
      fc.property(historyArbitrary, fc.nat({ max: 100 }), ({ caps: [cap], zone, claims, since }, points) => {
        if (cap === undefined) return
        const usages = run({ zone, claims })
        const claimed = claimCap(cap, zone, usages, since, '', points)
        expect(giveBackCap(cap, zone, claimed, since, '', points)).toEqual(usages)
      }),
    )
  })

  test('when all is given back, in any order, nothing is left', () => {
    fc.assert(
      fc.property(historyArbitrary, fc.infiniteStream(fc.nat()), ({ zone, claims }, places) => {
        const left = [...claims]
        let usages = run({ zone, claims })
        while (left.length > 0) {
          const [claim] = left.splice((places.next().value ?? 0) % left.length, 1)
          if (claim !== undefined) usages = giveBackCap(claim.of, zone, usages, claim.at, claim.key, claim.points)
        }
        expect(usages).toEqual([])
      }),
    )
  })

  test('who claims no more than there is room for never has more in a window than the limit', () => {
    fc.assert(
      fc.property(historyArbitrary, ({ zone, claims }) => {
        let usages: ReadonlyArray<CapUsage> = []
        const made: Array<Claim & { readonly of: Cap }> = []
        for (const claim of claims) {
          const points = Math.min(claim.points, capRoom(claim.of, zone, usages, claim.at, claim.key, 0))
          usages = claimCap(claim.of, zone, usages, claim.at, claim.key, points)
          made.push({ ...claim, points })
        }
        for (const { of, at: end, key } of made) {
          const { window } = of
          if (window.type !== 'rolling') {
            expect(modelUsed(made, of, zone, end, key)).toBeLessThanOrEqual(of.limit)
            continue
          }
          const { from } = rollingWindow(zone, end, window.duration)
          const held = made.filter((one) => one.of === of && one.key === key && one.at >= from && one.at <= end)
          expect(held.reduce((sum, { points }) => sum + points, 0)).toBeLessThanOrEqual(of.limit)
        }
      }),
    )
  })

  test('pruning changes no room from then on', () => {
    fc.assert(
      fc.property(historyArbitrary, fc.array(fc.nat({ max: 3000 })), ({ caps, zone, claims, since }, hours) => {
        const usages = run({ zone, claims })
        const kept = pruneCaps(caps, zone, usages, since)
        const later = [...claims.map((claim) => claim.at), ...hours.map((count) => since + count * 3_600_000)]
        for (const cap of caps) {
          for (const when of later.filter((instant) => instant >= since) as Instant[]) {
            expect(capRoom(cap, zone, kept, when, '', 0)).toBe(capRoom(cap, zone, usages, when, '', 0))
          }
        }
        expect(pruneCaps(caps, zone, kept, since)).toBe(kept)
      }),
    )
  })
})

describe('pruneCaps', () => {
  test('windows that are over and counts of caps that are gone are dropped', () => {
    const [first, next] = [at('2026-03-01T23:50:00Z'), at('2026-03-02T00:00:00Z')]
    const usages = claimCap(capOf(day), utc, [], first, '', 80)
    expect(pruneCaps([capOf(day)], utc, usages, (next - 1) as Instant)).toBe(usages)
    expect(pruneCaps([capOf(day)], utc, usages, next)).toEqual([])
    expect(pruneCaps([], utc, usages, first)).toEqual([])
    expect(pruneCaps([capOf({ type: 'lifetime' })], utc, usages, first)).toEqual([])
  })

  test('a rolling window forgets in time, and not before', () => {
    const cap = capOf({ type: 'rolling', duration: { amount: 1, unit: 'month' } })
    const [february, march] = [at('2026-02-28T02:00:00Z'), at('2026-03-15T02:00:00Z')]
    const usages = claimCap(cap, utc, claimCap(cap, utc, [], february, '', 80), march, '', 10)
    // A month before 29 March, 01:00, is 28 February, 01:00; a month before 28 March, 12:00, is later than that.
    const kept = pruneCaps([cap], utc, usages, at('2026-03-28T12:00:00Z'))
    expect(capRoom(cap, utc, kept, at('2026-03-29T01:00:00Z'), '', 0)).toBe(10)
    const uses = pruneCaps([cap], utc, usages, at('2026-04-02T00:00:00Z'))
    expect(uses).toEqual([{ type: 'rolling', cap: 'cap', key: '', uses: [{ at: march, used: 10 }] }])
    expect(pruneCaps([cap], utc, usages, at('2026-05-01T00:00:00Z'))).toEqual([])
  })
})

describe('deferredUntil', () => {
  test('S10 what is deferred waits for the next window on the local calendar', () => {
    const next = deferredUntil(capOf(day), newYork, at('2026-03-08T03:00:00Z'))
    expect(next === null ? null : formatInstant(next)).toBe('2026-03-08T05:00:00Z')
    expect(deferredUntil(capOf({ type: 'lifetime' }), utc, at('2026-03-08T03:00:00Z'))).toBe(null)
  })
})

describe('CapUsage', () => {
  test('uses are in order of time, one for each instant', () => {
    const uses = [
      { at: '2026-03-02T00:00:00Z', used: 1 },
      { at: '2026-03-02T00:00:00Z', used: 1 },
    ]
    const read = decode(CapUsage, { type: 'rolling', cap: 'cap', key: '', uses })
    expect(read._tag === 'Left' && read.left.map(({ path }) => path.join('.'))).toEqual(['uses.1.at'])
  })
})
