import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Badge,
  type BadgeAward,
  type BadgeHolding,
  BadgeId,
  type BadgeRevocation,
  badgeHoldings,
  MemberBadges,
  noBadges,
  recordBadges,
} from '../../src/challenges/index.ts'
import {
  type ActivityId,
  addDuration,
  decode,
  formatInstant,
  type Instant,
  parseInstant,
  unwrap,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import { challengeZone, levelsArbitrary, nearbyInstants } from '../arbitraries/challenges.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'
import { durationUpTo, realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const badgeArbitrary: fc.Arbitrary<Badge> = fc.record({
  id: idArbitrary(BadgeId),
  duration: fc.oneof(
    fc.constant(null),
    durationUpTo(30).filter(({ amount }) => amount > 0),
  ),
  onRepeat: fc.constantFrom('restart', 'extend', 'ignore'),
  levels: levelsArbitrary.map((levels) => levels.map(({ id, target }) => ({ id, awards: target }))),
})

const badgesArbitrary = fc.uniqueArray(badgeArbitrary, { minLength: 1, maxLength: 3, selector: ({ id }) => id })

interface Play {
  readonly badges: ReadonlyArray<Badge>
  readonly awards: ReadonlyArray<BadgeAward>
  readonly revocations: ReadonlyArray<BadgeRevocation>
}

const playArbitrary: fc.Arbitrary<Play> = fc
  .record({
    badges: badgesArbitrary,
    awards: fc.array(fc.tuple(fc.nat({ max: 2 }), nearbyInstants), { maxLength: 10 }),
    revocations: fc.array(fc.tuple(fc.nat({ max: 11 }), nearbyInstants), { maxLength: 4 }),
  })
  .map(({ badges, awards, revocations }) => ({
    badges,
    awards: awards.map(([which, at], index) => ({
      id: `a${index}` as ActivityId,
      badge: badges[which % badges.length]?.id ?? ('x' as BadgeId),
      at,
    })),
    revocations: revocations.map(([of, at], index) => ({
      id: `r${index}` as ActivityId,
      of: `a${of}` as ActivityId,
      at,
    })),
  }))

const untilModel = (badge: Badge, zone: Zone, since: Instant, times: ReadonlyArray<Instant>): number => {
  const { duration, onRepeat } = badge
  if (duration === null) return Number.POSITIVE_INFINITY
  if (onRepeat === 'extend') return addDuration(zone, since, duration, times.length)
  return Math.max(...(onRepeat === 'ignore' ? [since] : times).map((at) => addDuration(zone, at, duration)))
}

/** The slow model: it looks for the last award that finds the badge not held. */
const holdingModel = (
  badge: Badge,
  zone: Zone,
  { awards, revocations }: Play,
  asOf: Instant,
): BadgeHolding | undefined => {
  const times = awards
    .filter(
      ({ id, at, badge: of }) =>
        of === badge.id && at <= asOf && !revocations.some((one) => one.of === id && one.at <= asOf),
    )
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  let run: ReadonlyArray<Instant> = []
  for (const at of times) {
    const [since] = run
    run = since !== undefined && at < untilModel(badge, zone, since, run) ? [...run, at] : [at]
  }
  const [since] = run
  if (since === undefined) return undefined
  const until = untilModel(badge, zone, since, run)
  if (until <= asOf) return undefined
  const count = badge.onRepeat === 'ignore' ? 1 : run.length
  const level = [...badge.levels].reverse().find((one) => one.awards <= count)?.id ?? null
  return { badge: badge.id, since, until: Number.isFinite(until) ? (until as Instant) : null, awards: count, level }
}

test('badges are held as the slow model says', () => {
  fc.assert(
    fc.property(playArbitrary, challengeZone, nearbyInstants, (play, zone, asOf) => {
      const held = unwrap(recordBadges(noBadges, play))
      const model = play.badges.flatMap((badge) => holdingModel(badge, zone, play, asOf) ?? [])
      expect(badgeHoldings(play.badges, zone, held, asOf)).toEqual(model)
    }),
  )
})

test('order and batches make no difference, a second time changes nothing, and conflicts are all reported', () => {
  fc.assert(
    fc.property(playArbitrary, ({ awards, revocations }) => {
      const whole = unwrap(recordBadges(noBadges, { awards, revocations }))
      const backwards = [...awards]
        .reverse()
        .reduce(
          (held, award) => unwrap(recordBadges(held, { awards: [award] })),
          unwrap(recordBadges(noBadges, { revocations: [...revocations].reverse() })),
        )
      expect(backwards).toEqual(whole)
      expect(unwrap(recordBadges(whole, { awards, revocations }))).toEqual(whole)
      const wrong = [...awards, ...revocations].map((one) => ({ ...one, at: (one.at + 1) as Instant }))
      const conflict = recordBadges(whole, {
        awards: wrong.slice(0, awards.length) as ReadonlyArray<BadgeAward>,
        revocations: wrong.slice(awards.length) as ReadonlyArray<BadgeRevocation>,
      })
      expect(conflict._tag === 'Left' ? conflict.left.length : 0).toBe(wrong.length)
    }),
  )
})

const at = (text: string): Instant => unwrap(parseInstant(text))
const badgeOf = (json: object): Badge =>
  unwrap(decode(Badge, { id: 'b', duration: { amount: 1, unit: 'month' }, onRepeat: 'extend', levels: [], ...json }))
const untilAfter = (badge: Badge, ...times: ReadonlyArray<string>): string => {
  const awards = times.map((text, index) => ({ id: `${index}` as ActivityId, badge: badge.id, at: at(text) }))
  const [holding] = badgeHoldings([badge], utc, unwrap(recordBadges(noBadges, { awards })), at('2026-02-20T00:00:00Z'))
  return holding?.until == null ? 'never' : formatInstant(holding.until)
}

test('S18 time that is added to a badge is counted from its beginning', () => {
  const [first, again] = ['2026-01-31T12:00:00Z', '2026-02-10T00:00:00Z']
  expect(untilAfter(badgeOf({}), first)).toBe('2026-02-28T12:00:00Z')
  expect(untilAfter(badgeOf({}), first, again)).toBe('2026-03-31T12:00:00Z')
  expect(untilAfter(badgeOf({ onRepeat: 'restart' }), first, again)).toBe('2026-03-10T00:00:00Z')
  expect(untilAfter(badgeOf({ onRepeat: 'ignore' }), first, again)).toBe('2026-02-28T12:00:00Z')
  expect(untilAfter(badgeOf({ duration: null }), first)).toBe('never')
})

test('an award never shortens a badge, not even in the hour that the clock shows twice', () => {
  const berlin = realZone('Europe/Berlin')
  const badge = badgeOf({ onRepeat: 'restart' })
  const times = ['2026-10-25T02:50:00+02:00', '2026-10-25T02:10:00+01:00']
  const awards = times.map((text) => ({ id: text as ActivityId, badge: badge.id, at: at(text) }))
  const [holding] = badgeHoldings(
    [badge],
    berlin,
    unwrap(recordBadges(noBadges, { awards })),
    at('2026-11-01T00:00:00Z'),
  )
  expect(holding?.until).toBe(at('2026-11-25T02:50:00+01:00'))
})

test('a badge without length, and levels that do not rise, are refused', () => {
  const levels = [
    { id: 'gold', awards: 2 },
    { id: 'gold', awards: 2 },
  ]
  const json = { id: 'b', duration: { amount: 0, unit: 'day' }, onRepeat: 'extend', levels }
  const decoded = decode(Badge, json)
  expect(decoded._tag === 'Left' && decoded.left.map(({ path }) => path.join('.'))).toEqual([
    'duration.amount',
    'levels.1.id',
    'levels.1.awards',
  ])
})

codecLaws('Badge', Badge, badgeArbitrary)
codecLaws(
  'MemberBadges',
  MemberBadges,
  playArbitrary.map((play) => unwrap(recordBadges(noBadges, play))),
)
