/** How often somebody may do something. */
import {
  addDuration,
  type Codec,
  Duration,
  type Instant,
  integerCodec,
  refineCodec,
  structCodec,
  type Zone,
} from '../foundation/index.ts'

/** So many within so long are still ordinary. */
export interface VelocityLimit {
  readonly most: number
  readonly within: Duration
}

/** A limit that is passed. */
export interface VelocityExcess {
  readonly limit: VelocityLimit
  /** How many there were in the time up to now. */
  readonly count: number
}

/**
 * Reads a {@link VelocityLimit}.
 *
 * @example
 * ```ts
 * import { decode, VelocityLimit } from 'treue'
 *
 * decode(VelocityLimit, { most: 5, within: { amount: 24, unit: 'hour' } })._tag // => 'Right'
 * ```
 */
export const VelocityLimit: Codec<VelocityLimit> = /* @__PURE__ */ structCodec('VelocityLimit', {
  most: /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000_000 }),
  within: /* @__PURE__ */ refineCodec(
    Duration,
    'LastingDuration',
    'a duration of at least 1',
    ({ amount }) => amount > 0,
  ),
})

/**
 * The limits that somebody has passed: invitations sent, sign-ups brought, rewards had. A window reaches back from now; what
 * is just as old as it is long counts no more.
 *
 * @param limits - the limits
 * @param zone - the zone of the program's calendar
 * @param times - when it happened, in any order; what is later than now does not count
 * @param asOf - now, which counts
 *
 * @example
 * ```ts
 * import { type Instant, utc, velocityExcess } from 'treue'
 *
 * const hour = 3_600_000
 * const times = [0, 1, 2, 24].map((hours) => (hours * hour) as Instant)
 * const limits = [{ most: 2, within: { amount: 24, unit: 'hour' } }] as const
 * velocityExcess(limits, utc, times, (24 * hour) as Instant).map(({ count }) => count) // => [3]
 * ```
 */
export const velocityExcess = (
  limits: ReadonlyArray<VelocityLimit>,
  zone: Zone,
  times: ReadonlyArray<Instant>,
  asOf: Instant,
): ReadonlyArray<VelocityExcess> =>
  limits.flatMap((limit) => {
    const after = addDuration(zone, asOf, limit.within, -1)
    const count = times.reduce((sum, at) => (at > after && at <= asOf ? sum + 1 : sum), 0)
    return count > limit.most ? [{ limit, count }] : []
  })
