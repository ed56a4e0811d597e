// Generators of ladders and of members who climb them: periods of every kind, in zones where days begin at odd hours,
// with points earned and taken back near the ends of periods.
import fc from 'fast-check'
import {
  type Calendar,
  type Instant,
  LadderId,
  periodIntervalAt,
  TierId,
  utc,
  WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import type { Ladder, Standing } from '../../src/tiers/index.ts'
import { idArbitrary } from './foundation.ts'
import { zoneOfProgram } from './ledger.ts'
import { calendarArbitrary, instantIn, recentDateArbitrary, wildZoneArbitrary } from './time.ts'

const tierNames = ['__proto__', 'constructor', '\ud800', 'gold', 'platinum']

/** Tiers without faults: thresholds rise, and no tier is harder to keep than to reach. */
const tiersArbitrary = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 4 }), fc.array(fc.nat({ max: 100 }), { minLength: 4 }))
  .map(([steps, shares]) => {
    let reach = 0
    let keep = 0
    const tiers = steps.map((step, index) => {
      reach += step
      const least = Math.max(1, keep)
      keep = least + Math.floor(((reach - least) * (shares[index] ?? 0)) / 100)
      return { id: tierNames[index + 1] as TierId, reach, keep }
    })
    return [{ id: tierNames[0] as TierId, reach: 0, keep: 0 }, ...tiers]
  })

const shortCalendar: fc.Arbitrary<Calendar> = fc.oneof(
  { weight: 3, arbitrary: calendarArbitrary },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Calendar>(
      { unit: 'year', startMonth: 1, startDay: 1 },
      { unit: 'month' },
      { unit: 'day' },
      { unit: 'week', startsOn: 7 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ anchor: recentDateArbitrary, months: fc.integer({ min: 1, max: 24 }) })
      .map((of): Calendar => ({ unit: 'anniversary', ...of })),
  },
)

/** A ladder without faults. */
export const ladderArbitrary: fc.Arbitrary<Ladder> = fc.record({
  id: idArbitrary(LadderId),
  wallet: idArbitrary(WalletId),
  period: shortCalendar,
  validity: fc.constantFrom('endOfPeriod', 'endOfNextPeriod'),
  tiers: tiersArbitrary,
})

/** A ladder as it decodes, with faults or without. */
export const anyLadderArbitrary: fc.Arbitrary<Ladder> = fc.record({
  id: idArbitrary(LadderId),
  wallet: idArbitrary(WalletId),
  period: calendarArbitrary,
  validity: fc.constantFrom('endOfPeriod', 'endOfNextPeriod'),
  tiers: fc.array(
    fc.record({
      id: idArbitrary(TierId),
      reach: fc.oneof(fc.nat({ max: 5 }), fc.maxSafeNat()),
      keep: fc.oneof(fc.nat({ max: 5 }), fc.maxSafeNat()),
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

const recentInstant = instantIn(utc)

export const standingArbitrary: fc.Arbitrary<Standing> = fc.record({
  ladder: idArbitrary(LadderId),
  tier: idArbitrary(TierId),
  since: recentInstant,
  validUntil: fc.option(recentInstant),
  periodFrom: recentDateArbitrary,
  qualifying: fc.oneof(fc.nat({ max: 1000 }), fc.maxSafeNat()),
})

/** Points earned, or a share of points that were earned before taken back. */
export interface Climb {
  readonly at: Instant
  readonly points: number
  readonly takenBackOf: number | null
}

export interface Career {
  readonly ladder: Ladder
  readonly zone: Zone
  readonly start: Instant
  readonly climbs: ReadonlyArray<Climb>
}

const hour = 3_600_000

/** How long to wait for the next step: a share of a period, to its end and a little more or less, or several periods. */
const pauseArbitrary = fc.oneof(
  fc.record({ kind: fc.constant('share' as const), share: fc.double({ min: 0, max: 0.6, noNaN: true }) }),
  fc.record({
    kind: fc.constant('end' as const),
    off: fc.constantFrom(-hour, -1, 0, 1, hour / 2, hour, 90 * 60_000),
  }),
  fc.record({ kind: fc.constant('share' as const), share: fc.double({ min: 0.5, max: 3, noNaN: true }) }),
)

type Pause = typeof pauseArbitrary extends fc.Arbitrary<infer P> ? P : never

const after = (ladder: Ladder, zone: Zone, at: Instant, pause: Pause): Instant => {
  const { from, until } = periodIntervalAt(ladder.period, zone, at)
  const next = pause.kind === 'end' ? until + pause.off : at + Math.floor((until - from) * pause.share)
  return Math.max(at, next) as Instant
}

const climbsOf = (
  ladder: Ladder,
  zone: Zone,
  start: Instant,
  steps: ReadonlyArray<{ readonly pause: Pause; readonly points: number; readonly back: number | null }>,
): ReadonlyArray<Climb> => {
  let at = start
  return steps.map(({ pause, points, back }) => {
    at = after(ladder, zone, at, pause)
    return { at, points, takenBackOf: back }
  })
}

const stepsArbitrary = fc.array(
  fc.record({
    pause: pauseArbitrary,
    points: fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 300 })),
    back: fc.option(fc.nat({ max: 20 })),
  }),
  { minLength: 1, maxLength: 12 },
)

const careerIn = (zone: Zone, start: fc.Arbitrary<Instant>): fc.Arbitrary<Career> =>
  fc.record({ ladder: ladderArbitrary, start, steps: stepsArbitrary }).map(({ ladder, start: from, steps }) => ({
    ladder,
    zone,
    start: from,
    climbs: climbsOf(ladder, zone, from, steps),
  }))

/** A member on a ladder, in a zone that exists. */
export const careerArbitrary: fc.Arbitrary<Career> = zoneOfProgram.chain((zone) => careerIn(zone, instantIn(zone)))

/** A member on a ladder, in a zone that sets its clock as wildly as a table can say. */
export const wildCareerArbitrary: fc.Arbitrary<Career> = wildZoneArbitrary.chain((zone) =>
  careerIn(
    zone,
    fc.integer({ min: -6 * 24 * hour, max: 6 * 24 * hour }).map((at) => at as Instant),
  ),
)
