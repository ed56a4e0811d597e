/** A ladder of tiers: what it takes to reach each and to keep it. */
import {
  arrayCodec,
  type Codec,
  Interval,
  integerCodec,
  LadderId,
  naturalCodec,
  structCodec,
  TierId,
} from '../foundation/index.ts'
import { Benefit } from './benefit.ts'
import { Metric } from './metric.ts'
import { QualificationPeriod } from './qualification-period.ts'
import { StatusOffer } from './status-offer.ts'
import { Threshold } from './threshold.ts'
import { TierPolicy } from './tier-policy.ts'
import { TierValidity } from './validity.ts'

/** A tier of a ladder; its rank is its place. */
export interface Tier {
  readonly id: TierId
  /** What it takes to reach it. Default: it is only given, as by invitation or for a fee. */
  readonly reach?: Threshold
  /** What it takes to keep it (S42). Default: as much as to reach it. */
  readonly keep?: Threshold
  /** Who has so much of lifetime metrics is on the tier for as long as they do, whatever a period brought (S31). */
  readonly lifetime?: Threshold
  /** Default: the ladder's. */
  readonly validity?: TierValidity
  /** Of several ladders the standing with the lowest number is the dominant one (S45). Default: 1,000,000. */
  readonly precedence?: number
  /** Default: none. */
  readonly benefits?: ReadonlyArray<Benefit>
}

/** A ladder of tiers. */
export interface Ladder {
  readonly id: LadderId
  /** Raised when tiers or thresholds change for members already there. Default 0. */
  readonly revision?: number
  readonly metrics: ReadonlyArray<Metric>
  readonly period: QualificationPeriod
  readonly validity: TierValidity
  /** Rising; the first one is everybody's and takes nothing. */
  readonly tiers: ReadonlyArray<Tier>
  readonly policy?: TierPolicy
  /** Default: none. */
  readonly offers?: ReadonlyArray<StatusOffer>
  /** Times in which nobody is lowered: what ends in one ends with it. Default: none. */
  readonly suspensions?: ReadonlyArray<Interval>
}

/**
 * Reads a {@link Ladder}; whether its parts fit together, `ladderFaults` tells.
 *
 * @example
 * ```ts
 * import { decode, Ladder } from 'treue'
 *
 * const json = {
 *   id: 'status',
 *   metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [
 *     { id: 'basic' },
 *     {
 *       id: 'gold',
 *       reach: { type: 'count', metric: 'points', atLeast: 1000 },
 *       keep: { type: 'count', metric: 'points', atLeast: 800 },
 *     },
 *   ],
 * }
 * decode(Ladder, json)._tag // => 'Right'
 * ```
 */
export const Ladder: Codec<Ladder, unknown> = /* @__PURE__ */ structCodec(
  'Ladder',
  {
    id: LadderId,
    metrics: /* @__PURE__ */ arrayCodec(Metric, { minLength: 1, maxLength: 20 }),
    period: QualificationPeriod,
    validity: TierValidity,
    tiers: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec(
        'Tier',
        { id: TierId },
        {
          reach: Threshold,
          keep: Threshold,
          lifetime: Threshold,
          validity: TierValidity,
          precedence: /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000 }),
          benefits: /* @__PURE__ */ arrayCodec(Benefit, { maxLength: 100 }),
        },
      ),
      { minLength: 1, maxLength: 100 },
    ),
  },
  {
    revision: naturalCodec,
    policy: TierPolicy,
    offers: /* @__PURE__ */ arrayCodec(StatusOffer, { maxLength: 100 }),
    suspensions: /* @__PURE__ */ arrayCodec(Interval, { maxLength: 100 }),
  },
)

/** What it takes to keep a tier. */
export const keepThreshold = ({ keep, reach }: Tier): Threshold | undefined => keep ?? reach

/** The place of a tier; one that the ladder does not have counts as the first. */
export const rankOf = ({ tiers }: Pick<Ladder, 'tiers'>, tier: TierId): number =>
  Math.max(
    0,
    tiers.findIndex(({ id }) => id === tier),
  )
