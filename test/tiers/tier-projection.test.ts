import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  formatCivilDate,
  type Instant,
  parseCivilDate,
  startOfDay,
  type TierId,
  unwrap,
  utc,
  type WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  advanceStanding,
  type ClaimId,
  claimTier,
  countQualifying,
  firstStanding,
  type Ladder,
  type MetricId,
  type MetricPast,
  type ProjectionEnd,
  programDay,
  type Standing,
  type Tier,
  type TierProjection,
  tierProjection,
} from '../../src/tiers/index.ts'
import { type Career, careerArbitrary } from '../arbitraries/tiers.ts'
import { realZone } from '../arbitraries/time.ts'
import { careerOf } from './career.ts'
import { at, ladder, ofPoints, points, settled, tier } from './ladders.ts'

const dayMs = 86_400_000
const orders = 'orders' as MetricId
const year = at('2026-01-01T00:00:00Z')
const asOf = at('2026-05-01T00:00:00Z')
const plus = (days: number, from: Instant = year): Instant => (from + days * dayMs) as Instant

const ofOrders = (id: string, reach: number, keep = reach, more: Partial<Tier> = {}): Tier => ({
  id: id as TierId,
  reach: ofPoints(reach, orders),
  keep: ofPoints(keep, orders),
  ...more,
})

const byOrders: Ladder = {
  ...ladder([]),
  metrics: [{ id: orders, of: 'orders' }],
  tiers: [tier('basic'), ofOrders('silver', 8, 6), ofOrders('gold', 15, 12)],
}

const past = (days: ReadonlyArray<number>, change: Partial<MetricPast> = {}): MetricPast => ({
  metric: orders,
  since: year,
  rows: days.map((day) => ({ at: plus(day), count: 1 })),
  ...change,
})

/** A member since the beginning of the year with these rows counted. */
const memberWith = (on: Ladder, pasts: ReadonlyArray<MetricPast>, zone = utc): Standing => {
  let standing = firstStanding(on, zone, year)
  for (const { metric, rows } of pasts) {
    for (const { at: countedAt, count } of rows) {
      standing = settled(on, standing, countedAt, zone)
      standing = settled(on, countQualifying(on, zone, standing, { metric, count, countedAt }), countedAt, zone)
    }
  }
  return standing
}

const four = past([5, 40, 80, 110])

const project = (on: Ladder, of: MetricPast, until?: Parameters<typeof tierProjection>[5]) =>
  unwrap(tierProjection(on, utc, settled(on, memberWith(on, [of]), asOf), asOf, [of], until))

/** Numbers in [0, 1), the same in every run. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Where a member ends up whose pace is one of those that fit the past, by the ladder itself. */
const playedTier = (on: Ladder, start: Standing, events: number, until: Instant, next: () => number): TierId => {
  const wait = (): number => -Math.log(1 - next())
  let pace = wait() * Math.cos(2 * Math.PI * next()) ** 2
  for (let event = 0; event < events; event += 1) pace += wait()
  pace /= (asOf - year) / dayMs
  let standing = start
  let when = asOf as number
  for (;;) {
    when += Math.ceil((wait() / pace) * dayMs)
    if (when >= until) return settled(on, standing, (until - 1) as Instant).tier
    const countedAt = when as Instant
    standing = advanceStanding(on, utc, standing, countedAt).standing
    standing = countQualifying(on, utc, standing, { metric: orders, count: 1, countedAt })
    standing = advanceStanding(on, utc, standing, countedAt).standing
  }
}

/** Numbers that are some, in order, and days up to the end. */
const expectSound = ({ tiers, metrics, thresholds, until }: TierProjection, zone: Zone): void => {
  expect(tiers.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
  for (const { now, expected, lower, median, upper } of metrics) {
    expect([now, lower, median, upper]).toEqual([now, lower, median, upper].sort((a, b) => a - b))
    expect(Number.isFinite(expected) && Number.isFinite(upper)).toBe(true)
  }
  for (const { chance, lower, upper, likelyOn } of thresholds) {
    expect([0, lower, chance, upper, 1]).toEqual([0, lower, chance, upper, 1].sort((a, b) => a - b))
    if (likelyOn !== null) expect(startOfDay(zone, likelyOn)).toBeLessThan(until)
  }
}

/** The projection after a career, as if something had counted 1 on some of the last 200 days. */
const projectedAfter = (career: Career, end: ProjectionEnd | number, days: ReadonlyArray<number>) => {
  const { ladder: on, zone, start } = career
  const standing = careerOf(career).at(-1) ?? firstStanding(on, zone, start)
  const when = career.deeds.at(-1)?.at ?? start
  const since = plus(-200, when)
  const rows = days.map((day) => ({ at: plus(day, since), count: 1 }))
  const pasts = on.metrics.map(({ id }) => ({ metric: id, since, rows }))
  const until = typeof end === 'number' ? addDays(programDay(zone, when), end) : end
  return tierProjection(on, zone, standing, when, pasts, { until })
}

describe('tierProjection', () => {
  test('the tiers of the end of the year are as the ladder gives them to members who go on at that pace', () => {
    const start = memberWith(byOrders, [four])
    const { tiers, until } = project(byOrders, four)
    const next = numbersFrom(11)
    const runs = 3_000
    const ends = Array.from({ length: runs }, () => playedTier(byOrders, start, 4, until, next))
    for (const { tier: id, probability } of tiers) {
      const share = ends.filter((end) => end === id).length / runs
      expect(Math.abs(share - probability)).toBeLessThan(0.03)
    }
  })

  test('what counts, what is expected, and between which bounds', () => {
    const { metrics, likely, until } = project(byOrders, four)
    expect(metrics[0]?.expected).toBeCloseTo(4 + 4.5 * (245 / 120), 12)
    expect(metrics[0]).toMatchObject({ now: 4, lower: 5, median: 12, upper: 26 })
    expect([likely, until]).toEqual(['silver', at('2027-01-01T00:00:00Z')])
  })

  test('the likely day is the first after which the threshold is met more probably than not', () => {
    const { thresholds } = project(byOrders, four)
    for (const { tier: id, likelyOn } of thresholds) {
      const chanceUpTo = (day: Parameters<typeof addDays>[0]): number | undefined =>
        project(byOrders, four, { until: day }).thresholds.find((one) => one.tier === id)?.chance
      if (likelyOn === null) continue
      expect(chanceUpTo(addDays(likelyOn, 1))).toBeGreaterThanOrEqual(0.5)
      expect(chanceUpTo(likelyOn)).toBeLessThan(0.5)
    }
    expect(thresholds.map(({ tier: id, to, likelyOn }) => [id, to, likelyOn && formatCivilDate(likelyOn)])).toEqual([
      ['silver', 'reach', '2026-08-14'],
      ['gold', 'reach', null],
    ])
  })

  test('a tier that is earned and still valid is certain, the higher one is open', () => {
    const nine = past([1, 5, 10, 20, 30, 40, 60, 90, 110])
    const { tiers, thresholds } = project(byOrders, nine)
    expect(tiers[0]?.probability).toBe(0)
    expect(tiers[1]?.atLeast).toEqual({ chance: 1, lower: 1, upper: 1 })
    expect(tiers[2]?.probability).toBeGreaterThan(0.8)
    expect(thresholds.map(({ tier: id, to }) => [id, to])).toEqual([['gold', 'reach']])
  })

  test('S38 S42 at the end of the validity the year that decides is counted, and what keeps the tier is enough', () => {
    const nine = past([1, 5, 10, 20, 30, 40, 60, 90, 110])
    const { tiers, until, metrics, thresholds } = project(byOrders, nine, { until: 'endOfValidity' })
    expect(until).toBe(at('2028-01-01T00:00:00Z'))
    expect(metrics[0]).toMatchObject({ now: 0 })
    expect(metrics[0]?.expected).toBeCloseTo(9.5 * (365 / 120), 12)
    expect(thresholds.map(({ tier: id, to }) => [id, to])).toEqual([
      ['silver', 'keep'],
      ['gold', 'reach'],
    ])
    expect(tiers.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
    expect(thresholds[0]?.chance).toBeCloseTo(tiers[1]?.atLeast.chance ?? 0, 12)
  })

  test('S41 one down at most: the tier below is certain', () => {
    const soft: Ladder = { ...byOrders, policy: { downgrade: 'oneDown' } }
    const many = past(Array.from({ length: 16 }, (_, index) => index * 7))
    const { tiers } = project(soft, many, { until: 'endOfValidity' })
    expect(tiers[1]?.atLeast.chance).toBe(1)
    expect(project({ ...byOrders, policy: { downgrade: 'never' } }, many, { until: 'endOfValidity' }).likely).toBe(
      'gold',
    )
  })

  test('more orders in the past never make a higher tier less probable', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 119 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(days, (more) => {
        const less = project(byOrders, past(more.slice(1)))
        const most = project(byOrders, past(more))
        for (const [rank, { atLeast }] of less.tiers.entries()) {
          expect(most.tiers[rank]?.atLeast.chance).toBeGreaterThanOrEqual(atLeast.chance - 1e-12)
        }
        expect(less.tiers.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
      }),
    )
  })

  test('a claim that outlasts the end is certain, one that does not is not', () => {
    const claimed = (until: string): Standing => {
      const claim = {
        id: 'c' as ClaimId,
        kind: 'grant',
        tier: 'gold' as TierId,
        until: at(until),
        reason: 'thanks',
      } as const
      return settled(byOrders, unwrap(claimTier(byOrders, utc, memberWith(byOrders, [four]), claim, asOf)), asOf)
    }
    const of = (until: string) =>
      unwrap(tierProjection(byOrders, utc, claimed(until), asOf, [four])).tiers[2]?.probability
    expect(of('2027-06-01T00:00:00Z')).toBe(1)
    expect(of('2026-06-01T00:00:00Z')).toBeLessThan(0.5)
  })

  test('the last so many days: what is older at the end is gone, what comes too early does not count', () => {
    const rolling: Ladder = {
      ...byOrders,
      period: { type: 'rolling', length: { amount: 30, unit: 'day' } },
      validity: { type: 'whileQualified' },
    }
    const end = unwrap(parseCivilDate('2026-08-01'))
    const { metrics, until } = project(rolling, past([100, 110]), { until: end })
    expect(until).toBe(at('2026-08-01T00:00:00Z'))
    expect(metrics[0]?.now).toBe(0)
    expect(metrics[0]?.expected).toBeCloseTo(2.5 * (30 / 120), 12)
    const soon = project(rolling, past([100, 118]), { until: unwrap(parseCivilDate('2026-05-12')) })
    expect(soon.metrics[0]?.now).toBe(1)
    expect(soon.metrics[0]?.expected).toBeCloseTo(1 + 2.5 * (11 / 120), 12)
    expect(tierProjection(rolling, utc, memberWith(rolling, []), asOf, [four])).toMatchObject({
      left: [{ _tag: 'InvalidValue', path: ['until'] }],
    })
  })

  test('points are a compound: as many orders with larger amounts come to more, and vary more', () => {
    const on = ladder([['gold', 1000, 800]])
    const rows = [100, 300, 50, 150, 200].map((count, index) => ({ at: plus(10 + 20 * index), count }))
    const of: MetricPast = { metric: points, since: year, rows }
    const projection = unwrap(tierProjection(on, utc, memberWith(on, [of]), asOf, [of]))
    const [metric] = projection.metrics
    expect(metric?.now).toBe(800)
    expect(metric?.expected).toBeCloseTo(800 + 5.5 * (245 / 120) * 160, 6)
    expect((metric?.lower ?? 0) < 1200 && (metric?.upper ?? 0) > 4500).toBe(true)
    expect(projection.likely).toBe('gold')
  })

  test('earlier times of the same length, whatever pattern there is in them', () => {
    const on: Ladder = { ...byOrders, tiers: [tier('basic'), ofOrders('silver', 3)] }
    const monthly = past(
      Array.from({ length: 12 }, (_, index) => index * 10 + 1),
      { model: 'windows' },
    )
    const until = unwrap(parseCivilDate('2026-05-11'))
    const standing = firstStanding(on, utc, year)
    const projection = unwrap(tierProjection(on, utc, standing, asOf, [monthly], { until, confidence: 0.8 }))
    expect(projection.metrics).toEqual([{ metric: orders, now: 0, expected: 1, lower: 1, median: 1, upper: 1 }])
    expect(projection.tiers.map(({ probability }) => probability)).toEqual([1, 0])
    expect(tierProjection(on, utc, standing, asOf, [monthly], { until })).toMatchObject({
      left: [{ _tag: 'TooLittlePast', path: ['pasts', 0, 'since'], unit: 'window', needed: 39, found: 12 }],
    })
  })

  test('distinct months, tenure and a balance', () => {
    const [months, tenure, balance] = ['months', 'tenure', 'balance'] as [MetricId, MetricId, MetricId]
    const on: Ladder = {
      ...byOrders,
      metrics: [
        { id: months, of: 'activeMonths' },
        { id: tenure, of: 'tenure', unit: 'month' },
        { id: balance, of: 'balance', wallet: 'points' as WalletId },
      ],
      tiers: [
        tier('basic'),
        { id: 'silver' as TierId, reach: ofPoints(10, tenure) },
        { id: 'gold' as TierId, reach: { type: 'all', of: [ofPoints(6, months), ofPoints(11, tenure)] } },
        {
          id: 'top' as TierId,
          reach: { type: 'all', of: [ofPoints(6, months), ofPoints(11, tenure), ofPoints(5, balance)] },
        },
      ],
    }
    const of: MetricPast = {
      metric: months,
      since: year,
      rows: [3, 35, 100].map((day) => ({ at: plus(day), count: 1 })),
    }
    const start = memberWith(on, [of])
    const { metrics, tiers, thresholds } = unwrap(tierProjection(on, utc, start, asOf, [of]))
    expect(metrics.map(({ metric, now, median }) => [metric, now, median])).toEqual([
      ['months', 3, 9],
      ['tenure', 11, 11],
      ['balance', 0, 0],
    ])
    // Three of four months were active, eight whole ones come.
    expect(metrics[0]?.expected).toBeCloseTo(3 + 8 * (3.5 / 5), 9)
    expect(tiers.map(({ probability }) => Number(probability.toFixed(3)) > 0)).toEqual([false, true, true, false])
    expect(thresholds[0]?.likelyOn).toBe(unwrap(parseCivilDate('2026-11-01')))
    const early = { ...of, since: asOf, rows: [] }
    expect(tierProjection(on, utc, start, plus(2, asOf), [early])).toMatchObject({
      left: [{ _tag: 'TooLittlePast', unit: 'month', needed: 1, found: 0 }],
    })
  })

  test('any ladder and standing: numbers that are some, probabilities that come to 1, days up to the end', () => {
    const ends = fc.constantFrom('endOfPeriod' as const, 'endOfValidity' as const, 30, 400)
    let found = 0
    fc.assert(
      fc.property(
        careerArbitrary,
        ends,
        fc.array(fc.nat({ max: 200 }), { minLength: 2, maxLength: 9 }),
        (career, end, days) => {
          const { zone } = career
          const projection = projectedAfter(career, end, days)
          if (projection._tag === 'Left') {
            expect(projection.left.map(({ path }) => path.join('.'))).toEqual(['until'])
            return
          }
          found += 1
          expectSound(projection.right, zone)
        },
      ),
      { numRuns: 60 },
    )
    expect(found).toBeGreaterThan(10)
  })

  test('days are those of the zone', () => {
    const zone = realZone('Pacific/Auckland')
    const { until } = unwrap(tierProjection(byOrders, zone, memberWith(byOrders, [four], zone), asOf, [four]))
    expect(until).toBe(at('2026-12-31T11:00:00Z'))
  })

  test('too little past says what is needed', () => {
    const standing = firstStanding(byOrders, utc, year)
    const none = tierProjection(byOrders, utc, standing, plus(0.5), [past([])])
    expect(none).toMatchObject({
      left: [{ _tag: 'TooLittlePast', path: ['pasts', 0, 'since'], unit: 'day', needed: 1, found: 0.5 }],
    })
    const on = ladder([['gold', 1000, 800]])
    const one = { metric: points, since: year, rows: [{ at: year, count: 100 }] }
    expect(tierProjection(on, utc, firstStanding(on, utc, year), asOf, [one])).toMatchObject({
      left: [{ _tag: 'TooLittlePast', path: ['pasts', 0, 'rows'], unit: 'event', needed: 2, found: 1 }],
    })
  })

  test('every fault is reported, with its path', () => {
    const wrong = past([5], {
      rows: [
        { at: plus(-1), count: 2 },
        { at: plus(3), count: 0.5 },
      ],
    })
    const standing = firstStanding(byOrders, utc, year)
    const found = tierProjection(byOrders, utc, standing, asOf, [wrong], { until: 'endOfValidity', confidence: 1 })
    expect(found._tag === 'Left' ? found.left.map(({ path }) => path.join('.')) : []).toEqual([
      'until',
      'pasts.0.rows.0.at',
      'pasts.0.rows.0.count',
      'pasts.0.rows.1.count',
      'confidence',
    ])
    expect(tierProjection(byOrders, utc, standing, asOf, [])).toMatchObject({ left: [{ path: ['pasts'] }] })
    const far = unwrap(parseCivilDate('2040-01-01'))
    expect(tierProjection(byOrders, utc, standing, asOf, [four], { until: far })).toMatchObject({
      left: [{ _tag: 'OutOfRange', path: ['until'] }],
    })
  })
})
