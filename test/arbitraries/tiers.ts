// Generators of ladders and of members who climb them: periods and validities of every kind, in zones where days begin at
// odd hours, with points earned and taken back near the ends of periods.
import fc from 'fast-check'
import {
  addDurationToDate,
  type Calendar,
  type Duration,
  type Instant,
  LadderId,
  startOfDay,
  TierId,
  utc,
  WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  type Benefit,
  ClaimId,
  type DayDuration,
  type Ladder,
  type Metric,
  MetricId,
  OfferId,
  programDay,
  type QualificationPeriod,
  qualificationPeriod,
  type Standing,
  type StatusOffer,
  type Threshold,
  type Tier,
  type TierPolicy,
  type TierValidity,
} from '../../src/tiers/index.ts'
import { idArbitrary } from './foundation.ts'
import { zoneOfProgram } from './ledger.ts'
import { calendarArbitrary, instantArbitrary, instantIn, recentDateArbitrary, wildZoneArbitrary } from './time.ts'

const tierNames = ['__proto__', 'constructor', '\ud800', 'gold', 'platinum']

const pointsId = 'points' as MetricId
export const ordersId = 'orders' as MetricId
const monthsId = 'months' as MetricId
const lifeId = 'life' as MetricId
const tenureId = 'tenure' as MetricId

const metrics: ReadonlyArray<Metric> = [
  { id: pointsId, of: 'points', wallet: 'points' as WalletId },
  { id: ordersId, of: 'orders' },
  { id: monthsId, of: 'activeMonths' },
  { id: lifeId, of: 'points', wallet: 'points' as WalletId, over: 'lifetime' },
  { id: tenureId, of: 'tenure', unit: 'month' },
]

const dayDuration: fc.Arbitrary<DayDuration> = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 40 }), unit: fc.constant('day' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 14 }), unit: fc.constant('month' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom('week' as const, 'year' as const) }),
)

const calendars: fc.Arbitrary<Calendar> = fc.constantFrom<Calendar>(
  { unit: 'year', startMonth: 1, startDay: 1 },
  { unit: 'year', startMonth: 2, startDay: 29 },
  { unit: 'quarter' },
  { unit: 'month' },
  { unit: 'week', startsOn: 7 },
  { unit: 'day' },
)

const periodArbitrary: fc.Arbitrary<QualificationPeriod> = fc.oneof(
  calendars.map((calendar): QualificationPeriod => ({ type: 'calendar', calendar })),
  fc
    .record({ type: fc.constantFrom('enrolment' as const, 'tierEntry' as const), months: fc.constantFrom(1, 6, 12) })
    .map((of): QualificationPeriod => of),
  dayDuration.map((length): QualificationPeriod => ({ type: 'rolling', length })),
  fc.constant<QualificationPeriod>({ type: 'lifetime' }),
)

const validityFor = ({ type }: QualificationPeriod): fc.Arbitrary<TierValidity> => {
  const any: ReadonlyArray<fc.Arbitrary<TierValidity>> = [
    dayDuration.map((length): TierValidity => ({ type: 'term', length })),
    dayDuration.map((length): TierValidity => ({ type: 'term', length, resetOnUpgrade: false })),
    dayDuration.map((length): TierValidity => ({ type: 'rolling', length })),
    fc.option(dayDuration, { nil: undefined }).map(
      (atLeast): TierValidity => ({
        type: 'yearly',
        on: { unit: 'year', startMonth: 2, startDay: 1 },
        ...(atLeast === undefined ? {} : { atLeast }),
      }),
    ),
    fc.constant<TierValidity>({ type: 'whileQualified' }),
    fc.constant<TierValidity>({ type: 'forEver' }),
  ]
  if (type === 'rolling' || type === 'lifetime') return fc.oneof(...any)
  const open = type === 'tierEntry' ? any.filter((_, index) => index !== 4) : any
  const ofPeriods = fc.constantFrom<TierValidity>({ type: 'endOfPeriod' }, { type: 'endOfNextPeriod' })
  return fc.oneof({ weight: 4, arbitrary: ofPeriods }, { weight: 6, arbitrary: fc.oneof(...open) })
}

const count = (metric: MetricId, atLeast: number): Threshold => ({ type: 'count', metric, atLeast })

/** One kind of threshold for a whole ladder, by how high a tier is. */
const thresholdOf: ReadonlyArray<(points: number, rank: number) => Threshold> = [
  (points) => count(pointsId, points),
  (points) => count(pointsId, points),
  (points, rank) => ({ type: 'any', of: [count(pointsId, points), count(ordersId, 2 * rank)] }),
  (points, rank) => ({ type: 'all', of: [count(pointsId, points), count(monthsId, Math.min(2, rank))] }),
  (points, rank) => ({
    type: 'some',
    number: 2,
    of: [count(pointsId, points), count(ordersId, 2 * rank), count(monthsId, rank)],
  }),
  (points, rank) => ({ type: 'all', of: [count(pointsId, points), count(tenureId, 2 * rank)] }),
]

const forLife = (points: number, months: number): Threshold =>
  months === 0 ? count(lifeId, points) : { type: 'all', of: [count(lifeId, points), count(tenureId, months)] }

/** Tiers without faults: thresholds rise, and no tier is harder to keep than to reach. */
const tiersArbitrary = fc
  .record({
    steps: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 4 }),
    share: fc.constantFrom(1, 0.8, 0.5),
    kind: fc.nat({ max: thresholdOf.length - 1 }),
    life: fc.option(fc.integer({ min: 100, max: 600 }), { nil: undefined }),
    lifeMonths: fc.constantFrom(0, 0, 5),
  })
  .map(({ steps, share, kind, life, lifeMonths }): ReadonlyArray<Tier> => {
    let points = 0
    const make = thresholdOf[kind] ?? thresholdOf[0]
    const above = steps.map((step, index): Tier => {
      points += step
      const rank = index + 1
      return {
        id: tierNames[rank] as TierId,
        ...(make === undefined ? {} : { reach: make(points, rank), keep: make(Math.ceil(points * share), rank) }),
        ...(life !== undefined && index === 0 ? { lifetime: forLife(life, lifeMonths) } : {}),
      }
    })
    return [{ id: tierNames[0] as TierId }, ...above]
  })

const policyFor = (
  { type }: QualificationPeriod,
  more: Partial<Record<keyof TierPolicy, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<TierPolicy> => {
  const hasPeriods = type !== 'rolling' && type !== 'lifetime'
  return fc
    .record(
      {
        upgrade: hasPeriods ? fc.constantFrom('atOnce', 'nextDay', 'periodEnd') : fc.constantFrom('atOnce', 'nextDay'),
        climb: fc.constantFrom('toReached', 'oneADay'),
        downgrade: fc.constantFrom('toEarned', 'oneDown', 'never'),
        grace: fc.record({
          length: dayDuration,
          from: fc.constantFrom('tierStart', 'disqualification', 'tierExpiry'),
        }),
        ...more,
      },
      { requiredKeys: [] },
    )
    .map((policy) => policy as TierPolicy)
}

const ladderWith = (more: Partial<Record<keyof TierPolicy, fc.Arbitrary<unknown>>>): fc.Arbitrary<Ladder> =>
  periodArbitrary.chain((period) =>
    fc
      .record({
        id: idArbitrary(LadderId),
        validity: validityFor(period),
        tiers: tiersArbitrary,
        policy: policyFor(period, period.type === 'tierEntry' ? {} : more),
      })
      .map((of): Ladder => ({ ...of, metrics, period })),
  )

/** A ladder without faults, whose returns take no tier back at once. */
export const ladderArbitrary: fc.Arbitrary<Ladder> = ladderWith({})

/** A ladder without faults that takes upgrades back. */
export const strictLadderArbitrary: fc.Arbitrary<Ladder> = ladderWith({ returns: fc.constant('atOnce') }).filter(
  ({ policy, period }) => policy?.returns === 'atOnce' && period.type !== 'tierEntry',
)

const anyMetricId = fc.constantFrom(pointsId, ordersId, monthsId, lifeId, tenureId, '__proto__' as MetricId)

const thresholdArbitrary: fc.Arbitrary<Threshold> = fc.oneof(
  fc.record({
    type: fc.constant('count' as const),
    metric: anyMetricId,
    atLeast: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  }),
  fc.record({
    type: fc.constantFrom('all' as const, 'any' as const),
    of: fc.array(
      fc.record({ type: fc.constant('count' as const), metric: anyMetricId, atLeast: fc.integer({ min: 1, max: 9 }) }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({
    type: fc.constant('some' as const),
    number: fc.constantFrom(1, 2),
    of: fc.array(
      fc.record({ type: fc.constant('count' as const), metric: anyMetricId, atLeast: fc.integer({ min: 1, max: 9 }) }),
      { minLength: 2, maxLength: 4 },
    ),
  }),
)

/** Any threshold as it decodes. */
export const anyThresholdArbitrary: fc.Arbitrary<Threshold> = thresholdArbitrary

export const anyMetricArbitrary: fc.Arbitrary<Metric> = fc.oneof(
  fc.constantFrom(...metrics),
  fc.record({ id: idArbitrary(MetricId), of: fc.constant('balance' as const), wallet: idArbitrary(WalletId) }),
  fc.record({
    id: idArbitrary(MetricId),
    of: fc.constant('action' as const),
    action: fc.constantFrom('stay', '__proto__'),
    attribute: fc.constant('nights'),
  }),
  fc.record({
    id: idArbitrary(MetricId),
    of: fc.constant('points' as const),
    wallet: idArbitrary(WalletId),
    countedAt: fc.constantFrom('earning' as const, 'activation' as const),
  }),
  fc.record({ id: idArbitrary(MetricId), of: fc.constant('spend' as const), over: fc.constant('lifetime' as const) }),
)

export const benefitArbitrary: fc.Arbitrary<Benefit> = fc.oneof(
  fc.record({ type: fc.constant('flag' as const), id: fc.constantFrom('lounge', 'shipping', '__proto__') }),
  fc
    .record({
      id: fc.constantFrom('multiplier', 'vouchers', 'wait'),
      value: fc.integer({ min: 0, max: 300 }),
    })
    .map(
      ({ id, value }): Benefit => ({
        type: 'number',
        id,
        value,
        combine: id === 'multiplier' ? 'max' : id === 'wait' ? 'min' : 'sum',
      }),
    ),
)

export const offerArbitrary: fc.Arbitrary<StatusOffer> = fc.record({
  id: idArbitrary(OfferId),
  tier: idArbitrary(TierId),
  within: dayDuration,
  during: fc.constantFrom('tier', 'nothing'),
  target: thresholdArbitrary,
  reward: dayDuration,
  counts: fc.constantFrom('offerAndLadder', 'offerOnly'),
  onceWithin: fc.option(dayDuration),
})

const optional = <T extends object>(of: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(of, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<T>>

/** A ladder as it decodes, with faults or without. */
export const anyLadderArbitrary: fc.Arbitrary<Ladder> = fc
  .tuple(
    fc.record({
      id: idArbitrary(LadderId),
      metrics: fc.array(anyMetricArbitrary, { minLength: 1, maxLength: 4 }),
      period: fc.oneof(
        periodArbitrary,
        calendarArbitrary.map((calendar) => ({ type: 'calendar' as const, calendar })),
      ),
      validity: periodArbitrary.chain(validityFor),
      tiers: fc.array(
        fc
          .tuple(
            idArbitrary(TierId),
            optional<Required<Omit<Tier, 'id'>>>({
              reach: thresholdArbitrary,
              keep: thresholdArbitrary,
              lifetime: thresholdArbitrary,
              validity: periodArbitrary.chain(validityFor),
              precedence: fc.nat({ max: 9 }),
              benefits: fc.array(benefitArbitrary, { maxLength: 3 }),
            }),
          )
          .map(([id, more]): Tier => ({ id, ...more })),
        { minLength: 1, maxLength: 5 },
      ),
    }),
    optional<Required<Pick<Ladder, 'revision' | 'policy' | 'offers' | 'suspensions'>>>({
      revision: fc.nat({ max: 9 }),
      policy: fc.constant<QualificationPeriod>({ type: 'enrolment', months: 1 }).chain((period) =>
        policyFor(period, {
          returns: fc.constantFrom('untilExpiry', 'atOnce', 'periodEnd'),
          late: fc.constantFrom('ignore', 'carry', 'reopen'),
          consumption: fc.constantFrom('keep', 'deduct'),
          rollover: fc.record({ cap: fc.option(fc.nat({ max: 50 })), periods: fc.integer({ min: 1, max: 3 }) }),
          onDefinitionChange: fc.constantFrom('keepUntilExpiry', 'upgradeOnly', 'reassess'),
        }),
      ),
      offers: fc.array(offerArbitrary, { maxLength: 2 }),
      suspensions: fc.array(
        fc.tuple(instantArbitrary, instantArbitrary).map(([a, b]) => ({
          from: Math.min(a, b) as Instant,
          until: Math.max(a, b) as Instant,
        })),
        { maxLength: 2 },
      ),
    }),
  )
  .map(([must, may]): Ladder => ({ ...must, ...may }))

const recentInstant = instantIn(utc)
const bucket = fc.record({ day: recentDateArbitrary, count: fc.integer({ min: -50, max: 500 }) })
const countsArbitrary = fc.array(fc.record({ metric: anyMetricId, buckets: fc.array(bucket, { maxLength: 3 }) }), {
  maxLength: 3,
})
const earnedArbitrary = fc.record({
  tier: idArbitrary(TierId),
  since: recentInstant,
  validUntil: fc.option(recentInstant),
  terms: fc.nat({ max: 5 }),
})

export const standingArbitrary: fc.Arbitrary<Standing> = fc.record({
  ladder: idArbitrary(LadderId),
  tier: idArbitrary(TierId),
  since: recentInstant,
  validUntil: fc.option(recentInstant),
  joinedAt: recentInstant,
  earned: earnedArbitrary,
  claims: fc.array(
    fc.record({
      id: idArbitrary(ClaimId),
      kind: fc.constantFrom('grant', 'invitation', 'paid', 'relationship', 'offer'),
      tier: idArbitrary(TierId),
      from: recentInstant,
      until: fc.option(recentInstant),
      reason: fc.string(),
      trial: fc.option(fc.record({ offer: idArbitrary(OfferId), isHeld: fc.boolean(), counts: countsArbitrary })),
    }),
    { maxLength: 2 },
  ),
  periodFrom: fc.option(recentDateArbitrary),
  counts: countsArbitrary,
  closed: fc.option(
    fc.record({
      from: recentDateArbitrary,
      counts: countsArbitrary,
      tier: idArbitrary(TierId),
      isReopened: fc.boolean(),
    }),
  ),
  steps: fc.array(
    fc.record({
      before: earnedArbitrary,
      tierBefore: idArbitrary(TierId),
      sinceBefore: recentInstant,
      tier: idArbitrary(TierId),
      at: recentInstant,
      periodFrom: fc.option(recentDateArbitrary),
      deducted: countsArbitrary,
    }),
    { maxLength: 2 },
  ),
  dueAt: fc.option(recentInstant),
  raiseAt: fc.option(recentInstant),
  lastCountedOn: fc.option(recentDateArbitrary),
  undo: fc.option(fc.record({ at: recentInstant, steps: fc.nat({ max: 3 }) })),
  grace: fc.option(fc.record({ until: recentInstant, fallsTo: idArbitrary(TierId) })),
  gifts: fc.array(fc.record({ tier: idArbitrary(TierId), until: fc.option(recentInstant) }), { maxLength: 2 }),
  offersUsed: fc.array(
    fc.record({ offer: idArbitrary(OfferId), at: recentInstant, until: recentInstant, isApart: fc.boolean() }),
    { maxLength: 2 },
  ),
  revision: fc.nat({ max: 9 }),
})

/** Something done, or a share of what was done before undone. */
export interface Deed {
  readonly at: Instant
  readonly points: number
  readonly takenBackOf: number | null
}

export interface Career {
  readonly ladder: Ladder
  readonly zone: Zone
  readonly start: Instant
  readonly deeds: ReadonlyArray<Deed>
}

const hour = 3_600_000

/** How long to wait for the next step: to the end of a period and a little more or less, or some days. */
const pauseArbitrary = fc.oneof(
  fc.record({ kind: fc.constant('days' as const), ms: fc.nat({ max: 3 * 24 * hour }) }),
  fc.record({ kind: fc.constant('days' as const), ms: fc.nat({ max: 70 * 24 * hour }) }),
  fc.record({
    kind: fc.constant('end' as const),
    off: fc.constantFrom(-hour, -1, 0, 1, hour / 2, hour, 90 * 60_000),
  }),
  fc.record({ kind: fc.constant('same' as const) }),
)

type Pause = typeof pauseArbitrary extends fc.Arbitrary<infer P> ? P : never

const lengthOf = (ladder: Ladder): Duration =>
  ladder.period.type === 'rolling' ? ladder.period.length : { amount: 1, unit: 'month' }

/** The end of something: of the period, or of a window from now. */
const nextEnd = (ladder: Ladder, zone: Zone, start: Instant, at: Instant): Instant => {
  const day = programDay(zone, at)
  const anchors = { joined: programDay(zone, start), entered: programDay(zone, start) }
  const until = qualificationPeriod(ladder.period, day, anchors)?.until ?? addDurationToDate(day, lengthOf(ladder))
  return startOfDay(zone, until)
}

const after = (ladder: Ladder, zone: Zone, start: Instant, at: Instant, pause: Pause): Instant => {
  if (pause.kind === 'same') return at
  const next = pause.kind === 'end' ? nextEnd(ladder, zone, start, at) + pause.off : at + pause.ms
  // The model walks every day, so nobody waits for much more than a year.
  return Math.max(at, Math.min(next, at + 370 * 24 * hour)) as Instant
}

const stepsArbitrary = fc.array(
  fc.record({
    pause: pauseArbitrary,
    points: fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 300 })),
    back: fc.option(fc.nat({ max: 20 }), { freq: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
)

const careerIn = (zone: Zone, start: fc.Arbitrary<Instant>, ladders: fc.Arbitrary<Ladder>): fc.Arbitrary<Career> =>
  fc.record({ ladder: ladders, start, steps: stepsArbitrary }).map(({ ladder, start: from, steps }) => {
    let at = from
    const deeds = steps.map(({ pause, points, back }): Deed => {
      at = after(ladder, zone, from, at, pause)
      return { at, points, takenBackOf: back }
    })
    return { ladder, zone, start: from, deeds }
  })

/** A member on a ladder, in a zone that exists. */
export const careerOn = (ladders: fc.Arbitrary<Ladder>): fc.Arbitrary<Career> =>
  zoneOfProgram.chain((zone) => careerIn(zone, instantIn(zone), ladders))

export const careerArbitrary: fc.Arbitrary<Career> = careerOn(ladderArbitrary)

/** A member on a ladder, in a zone that sets its clock as wildly as a table can say. */
export const wildCareerArbitrary: fc.Arbitrary<Career> = wildZoneArbitrary.chain((zone) =>
  careerIn(
    zone,
    fc.integer({ min: -6 * 24 * hour, max: 6 * 24 * hour }).map((at) => at as Instant),
    ladderArbitrary,
  ),
)
