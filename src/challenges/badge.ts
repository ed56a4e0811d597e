/** Badges: awarded, held for a time or for ever, revoked, with levels for being awarded again. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  addDuration,
  arrayCodec,
  type Codec,
  constrainCodec,
  Duration,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  nullableCodec,
  structCodec,
  type Zone,
} from '../foundation/index.ts'

import { BadgeId, LevelId } from './challenge-id.ts'
import { mostRecords } from './contribution.ts'
import { orderFaults, type RecordConflict, withRecords } from './record-set.ts'
import { levelFaults } from './shared-terms.ts'

/** A level of a badge. */
export interface BadgeLevel {
  readonly id: LevelId
  /** How many awards while the badge is held reach it. */
  readonly awards: number
}

/** A badge. */
export interface Badge {
  readonly id: BadgeId
  /** How long it is held; `null`: for ever. */
  readonly duration: Duration | null
  /**
   * What an award does while the badge is held: the time begins anew, or is added, or nothing happens and it counts for no
   * level.
   */
  readonly onRepeat: 'restart' | 'extend' | 'ignore'
  /** With rising numbers of awards; may be empty. */
  readonly levels: ReadonlyArray<BadgeLevel>
}

const badgeFaults = ({ duration, levels }: Badge): ReadonlyArray<InvalidValue> => [
  ...(duration?.amount === 0 ? [invalidValue(['duration', 'amount'], 0, 'at least 1')] : []),
  ...levelFaults(levels, 'awards'),
]

/**
 * Reads a {@link Badge}.
 *
 * @example
 * ```ts
 * import { Badge, decode } from 'treue'
 *
 * const levels = [{ id: 'bronze', awards: 1 }, { id: 'gold', awards: 5 }]
 * const json = { id: 'expert', duration: { amount: 1, unit: 'year' }, onRepeat: 'restart', levels }
 * decode(Badge, json)._tag // => 'Right'
 * ```
 */
export const Badge: Codec<Badge, unknown> = /* @__PURE__ */ constrainCodec<Badge, unknown>(
  /* @__PURE__ */ structCodec('Badge', {
    id: BadgeId,
    duration: /* @__PURE__ */ nullableCodec(Duration),
    onRepeat: /* @__PURE__ */ literalCodec('restart', 'extend', 'ignore'),
    levels: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('BadgeLevel', {
        id: LevelId,
        awards: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000 }),
      }),
      { maxLength: 100 },
    ),
  }),
  badgeFaults,
)

/** That a member is awarded a badge. */
export interface BadgeAward {
  readonly id: ActivityId
  readonly badge: BadgeId
  readonly at: Instant
}

/** That an award is revoked: from then on it is as if it had not been; it may come in before the award. */
export interface BadgeRevocation {
  readonly id: ActivityId
  /** The award. */
  readonly of: ActivityId
  readonly at: Instant
}

/** A member's awards: sets of records, so that the order in which they come in makes no difference. */
export interface MemberBadges {
  readonly awards: ReadonlyArray<BadgeAward>
  readonly revocations: ReadonlyArray<BadgeRevocation>
}

const timeOf = ({ at }: { readonly at: Instant }): number => at
const bounds = { maxLength: mostRecords }

/** Reads {@link MemberBadges}, whose records are in order. */
export const MemberBadges: Codec<MemberBadges, unknown> = /* @__PURE__ */ constrainCodec<MemberBadges, unknown>(
  /* @__PURE__ */ structCodec('MemberBadges', {
    awards: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('BadgeAward', { id: ActivityId, badge: BadgeId, at: Instant }),
      bounds,
    ),
    revocations: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('BadgeRevocation', { id: ActivityId, of: ActivityId, at: Instant }),
      bounds,
    ),
  }),
  ({ awards, revocations }) => [
    ...orderFaults(awards, timeOf, 'awards'),
    ...orderFaults(revocations, timeOf, 'revocations'),
  ],
)

/** The badges of a member who has none. */
export const noBadges: MemberBadges = { awards: [], revocations: [] }

/**
 * A member's awards with further ones, and with revocations. What came in before changes nothing.
 *
 * `RecordConflict`: an id came in before with other content. All of them are reported, and nothing is taken in.
 *
 * @param badges - what the member had
 * @param records - what comes in, each in any order
 *
 * @example
 * ```ts
 * import { type BadgeAward, noBadges, recordBadges } from 'treue'
 *
 * const award = { id: 'a', badge: 'expert', at: 0 } as unknown as BadgeAward
 * recordBadges(noBadges, { awards: [award, award] })
 * // => { _tag: 'Right', right: { awards: [{ id: 'a', badge: 'expert', at: 0 }], revocations: [] } }
 * ```
 */
export const recordBadges = (
  badges: MemberBadges,
  { awards = [], revocations = [] }: Partial<MemberBadges>,
): E.Either<ReadonlyArray<RecordConflict>, MemberBadges> => {
  const allAwards = withRecords(badges.awards, awards, timeOf, 'awards')
  const allRevocations = withRecords(badges.revocations, revocations, timeOf, 'revocations')
  if (E.isLeft(allAwards) || E.isLeft(allRevocations)) {
    return E.left([allAwards, allRevocations].flatMap((result) => (E.isLeft(result) ? result.left : [])))
  }
  return E.right({ awards: allAwards.right, revocations: allRevocations.right })
}

/** A badge that a member holds. */
export interface BadgeHolding {
  readonly badge: BadgeId
  readonly since: Instant
  /** The first instant at which it is no longer held; `null`: it is held for ever. */
  readonly until: Instant | null
  /** How many awards have counted since. */
  readonly awards: number
  readonly level: LevelId | null
}

interface Run {
  readonly since: Instant
  readonly until: Instant | null
  readonly awards: number
}

const firstRun = ({ duration }: Badge, zone: Zone, at: Instant): Run => ({
  since: at,
  until: duration === null ? null : addDuration(zone, at, duration),
  awards: 1,
})

/** A run with an award while it lasts. Time is added to its beginning, so that ends of months do not wander (S18). */
const repeatedRun = (badge: Badge, zone: Zone, run: Run, at: Instant): Run => {
  const { duration, onRepeat } = badge
  if (onRepeat === 'ignore') return run
  const awards = run.awards + 1
  if (duration === null || run.until === null) return { since: run.since, until: null, awards }
  const until = onRepeat === 'extend' ? addDuration(zone, run.since, duration, awards) : addDuration(zone, at, duration)
  return { since: run.since, until: until > run.until ? until : run.until, awards }
}

const levelOf = ({ levels }: Badge, awards: number): LevelId | null => {
  let reached: LevelId | null = null
  for (const level of levels) if (level.awards <= awards) reached = level.id
  return reached
}

const runAt = (badge: Badge, zone: Zone, times: ReadonlyArray<Instant>): Run | undefined => {
  let run: Run | undefined
  for (const at of times) {
    const isHeld = run !== undefined && (run.until === null || at < run.until)
    run = run !== undefined && isHeld ? repeatedRun(badge, zone, run, at) : firstRun(badge, zone, at)
  }
  return run
}

const awardTimes = (
  { awards, revocations }: MemberBadges,
  asOf: Instant,
): ReadonlyMap<BadgeId, ReadonlyArray<Instant>> => {
  const revoked = new Set(revocations.filter(({ at }) => at <= asOf).map(({ of }) => of))
  const times = new Map<BadgeId, Array<Instant>>()
  for (const { id, badge, at } of awards) {
    if (at > asOf || revoked.has(id)) continue
    const known = times.get(badge)
    if (known === undefined) times.set(badge, [at])
    else known.push(at)
  }
  return times
}

/**
 * The badges that a member holds at an instant, by what has come in up to now: those that were awarded before, have not
 * ended and whose awards are not all revoked.
 *
 * @param badges - the badges that there are
 * @param zone - the zone in whose calendar durations are counted
 * @param held - the member's awards
 * @param asOf - the instant
 *
 * @example
 * ```ts
 * import { type Badge, type BadgeId, badgeHoldings, type Instant, type MemberBadges, utc } from 'treue'
 *
 * const id = 'expert' as BadgeId
 * const expert: Badge = { id, duration: { amount: 1, unit: 'day' }, onRepeat: 'restart', levels: [] }
 * const held = { awards: [{ id: 'a', badge: 'expert', at: 0 }], revocations: [] } as unknown as MemberBadges
 * badgeHoldings([expert], utc, held, 5 as Instant)
 * // => [{ badge: 'expert', since: 0, until: 86_400_000, awards: 1, level: null }]
 * badgeHoldings([expert], utc, held, 86_400_000 as Instant) // => []
 * ```
 */
export const badgeHoldings = (
  badges: ReadonlyArray<Badge>,
  zone: Zone,
  held: MemberBadges,
  asOf: Instant,
): ReadonlyArray<BadgeHolding> => {
  const times = awardTimes(held, asOf)
  return badges.flatMap((badge) => {
    const run = runAt(badge, zone, times.get(badge.id) ?? [])
    if (run === undefined || (run.until !== null && run.until <= asOf)) return []
    const { since, until, awards } = run
    return [{ badge: badge.id, since, until, awards, level: levelOf(badge, awards) }]
  })
}
