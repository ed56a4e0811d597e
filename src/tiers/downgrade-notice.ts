/** Notices before a tier is lost. */
import * as E from 'fp-ts/Either'
import {
  addDays,
  type Instant,
  type OutOfRange,
  outOfRange,
  startOfDay,
  type TierId,
  type Zone,
} from '../foundation/index.ts'
import { advanceStanding } from './assessment.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { keepProgress, type MissingWay } from './progress.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'

/** That a member will lose the tier unless something is done. */
export interface DowngradeNotice {
  readonly tier: TierId
  /** The tier that is left, with what counts by now. */
  readonly fallsTo: TierId
  /** The first instant on the lower tier. */
  readonly at: Instant
  /** From when on the notice is due. */
  readonly noticeFrom: Instant
  /** What is missing to keep the tier, in each of the ways to do it; empty: nothing keeps it. */
  readonly ways: ReadonlyArray<MissingWay>
}

const longestAhead = 50

const mostDays = 3_660

/** The first instant at which a lower tier than now is held, if nothing more is done. */
const fallOf = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  until: Instant,
): { readonly at: Instant; readonly tier: TierId } | undefined => {
  const held = rankOf(ladder, standing.tier)
  const { assessments } = advanceStanding(ladder, zone, standing, until)
  const fall = assessments.slice(0, longestAhead).find((one) => rankOf(ladder, one.standing.tier) < held)
  return fall === undefined ? undefined : { at: fall.at, tier: fall.standing.tier }
}

/**
 * The notice that is due at an instant to a member who will lose the tier within some days unless something is done;
 * `null`: none is.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param standing - the standing now, with all that was due assessed
 * @param asOf - the instant at which it is asked
 * @param days - how many local days before it is lost the notice is due, a whole number from 1 to 3,660
 * @returns `OutOfRange` for another number of days.
 *
 * @example
 * ```ts
 * import { advanceStanding, claimTier, type ClaimId, decode, downgradeNotice, firstStanding, Ladder, parseInstant, type TierId, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'orders', of: 'orders' }],
 *   period: { type: 'lifetime' },
 *   validity: { type: 'forEver' },
 *   tiers: [{ id: 'basic' }, { id: 'circle' }],
 * }))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const until = unwrap(parseInstant('2026-05-01T00:00:00Z'))
 * const paid = { id: 'p1' as ClaimId, kind: 'paid', tier: 'circle' as TierId, until, reason: 'a quarter' } as const
 * const joined = firstStanding(ladder, utc, at)
 * const { standing } = advanceStanding(ladder, utc, unwrap(claimTier(ladder, utc, joined, paid, at)), at)
 * unwrap(downgradeNotice(ladder, utc, standing, at, 30)) // => null
 * const april = unwrap(parseInstant('2026-04-01T00:00:00Z'))
 * unwrap(downgradeNotice(ladder, utc, standing, april, 30))?.fallsTo // => 'basic'
 * ```
 */
export const downgradeNotice = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  asOf: Instant,
  days: number,
): E.Either<OutOfRange, DowngradeNotice | null> => {
  if (!(Number.isSafeInteger(days) && days >= 1 && days <= mostDays)) {
    return E.left(outOfRange(['days'], days, `a whole number from 1 to ${mostDays}`))
  }
  const horizon = startOfDay(zone, addDays(programDay(zone, asOf), days))
  const fall = fallOf(ladder, zone, standing, horizon)
  if (fall === undefined || fall.at <= asOf) return E.right(null)
  const noticeFrom = startOfDay(zone, addDays(programDay(zone, fall.at), -days))
  const isEarned = standing.tier === standing.earned.tier
  const ways = isEarned ? (keepProgress(ladder, zone, standing, asOf)?.ways ?? []) : []
  return E.right({ tier: standing.tier, fallsTo: fall.tier, at: fall.at, noticeFrom, ways })
}
