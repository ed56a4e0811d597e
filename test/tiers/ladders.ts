// Ladders to write examples with.
import {
  type Instant,
  type LadderId,
  parseInstant,
  type TierId,
  unwrap,
  utc,
  type WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  advanceStanding,
  type CountThreshold,
  countQualifying,
  firstStanding,
  type Ladder,
  type MetricId,
  type Standing,
  type Tier,
} from '../../src/tiers/index.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

export const points = 'points' as MetricId

/** At least so many points, or of another metric. */
export const ofPoints = (atLeast: number, metric: MetricId = points): CountThreshold => ({
  type: 'count',
  metric,
  atLeast,
})

export const tier = (id: string, reach?: number, keep?: number, more: Partial<Tier> = {}): Tier => ({
  id: id as TierId,
  ...(reach === undefined ? {} : { reach: ofPoints(reach) }),
  ...(keep === undefined ? {} : { keep: ofPoints(keep) }),
  ...more,
})

export const calendarYear: Ladder['period'] = {
  type: 'calendar',
  calendar: { unit: 'year', startMonth: 1, startDay: 1 },
}

/** Tiers as `[name, reach, keep]`, above a basic one, by calendar years. */
export const ladder = (
  tiers: ReadonlyArray<readonly [name: string, reach: number, keep: number]>,
  more: Partial<Ladder> = {},
): Ladder => ({
  id: 'status' as LadderId,
  metrics: [{ id: points, of: 'points', wallet: 'points' as WalletId }],
  period: calendarYear,
  validity: { type: 'endOfNextPeriod' },
  tiers: [tier('basic'), ...tiers.map(([id, reach, keep]) => tier(id, reach, keep))],
  ...more,
})

export const gold: Ladder = ladder([['gold', 1000, 800]])

/** Assesses until nothing changes any more. */
export const settled = (on: Ladder, standing: Standing, asOf: Instant, zone: Zone = utc): Standing =>
  advanceStanding(on, zone, standing, asOf).standing

/** Counts points at an instant, assessed before and after. */
export const earns = (on: Ladder, standing: Standing, when: Instant, count: number, zone: Zone = utc): Standing => {
  const before = settled(on, standing, when, zone)
  return settled(on, countQualifying(on, zone, before, { metric: points, count, countedAt: when }), when, zone)
}

/** A member who joined on 1 January 2026 and earned points at some instants, each assessed before and after. */
export const member = (
  on: Ladder,
  earned: ReadonlyArray<readonly [at: string, points: number]>,
  zone: Zone = utc,
): Standing => {
  let standing = firstStanding(on, zone, at('2026-01-01T12:00:00Z'))
  for (const [text, count] of earned) standing = earns(on, standing, at(text), count, zone)
  return standing
}
