/** Gifts by tenure: what is due to a member after some time of membership. */
import {
  addDuration,
  arrayCodec,
  type Codec,
  constrainCodec,
  Duration,
  type Instant,
  invalidValue,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import { LevelId } from './challenge-id.ts'

/** A level of tenure: what is due after some time of membership. */
export interface TenureLevel {
  readonly id: LevelId
  readonly after: Duration
}

/**
 * Reads the levels of tenure, each with an id of its own.
 *
 * @example
 * ```ts
 * import { decode, TenureLevels } from 'treue'
 *
 * decode(TenureLevels, [{ id: 'a year', after: { amount: 1, unit: 'year' } }])._tag // => 'Right'
 * ```
 */
export const TenureLevels: Codec<ReadonlyArray<TenureLevel>, unknown> = /* @__PURE__ */ constrainCodec<
  ReadonlyArray<TenureLevel>,
  unknown
>(
  /* @__PURE__ */ arrayCodec(/* @__PURE__ */ structCodec('TenureLevel', { id: LevelId, after: Duration }), {
    maxLength: 1000,
  }),
  (levels) => {
    const seen = new Set<LevelId>()
    return levels.flatMap(({ id }, index) => {
      const again = seen.has(id)
      seen.add(id)
      return again ? [invalidValue([index, 'id'], id, 'an id that no other level has')] : []
    })
  },
)

/** A level of tenure that is due. */
export interface TenureReached {
  readonly level: LevelId
  /** When the member had been one for so long. */
  readonly at: Instant
}

/**
 * The levels of tenure that a member has reached and not been given, in order of time. All are counted from the day of
 * joining, so that whoever joined on the 31st is not moved to the 28th for good (S18).
 *
 * @param levels - the levels
 * @param zone - the zone in whose calendar time is counted
 * @param membership - when the member joined, and the levels that were given
 * @param asOf - the instant
 *
 * @example
 * ```ts
 * import { type Instant, type LevelId, tenureLevelsDue, utc } from 'treue'
 *
 * const levels = [{ id: 'a day' as LevelId, after: { amount: 1, unit: 'day' } }] as const
 * const membership = { joinedAt: 0 as Instant, given: [] }
 * tenureLevelsDue(levels, utc, membership, 86_400_000 as Instant) // => [{ level: 'a day', at: 86_400_000 }]
 * ```
 */
export const tenureLevelsDue = (
  levels: ReadonlyArray<TenureLevel>,
  zone: Zone,
  { joinedAt, given }: { readonly joinedAt: Instant; readonly given: ReadonlyArray<LevelId> },
  asOf: Instant,
): ReadonlyArray<TenureReached> => {
  const known = new Set(given)
  return levels
    .filter(({ id }) => !known.has(id))
    .map(({ id: level, after }) => ({ level, at: addDuration(zone, joinedAt, after) }))
    .filter(({ at }) => at <= asOf)
    .sort((a, b) => a.at - b.at)
}
