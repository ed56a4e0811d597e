/** Offers of a status on trial: matches of another program's status, challenges, fast tracks. */
import {
  type Brand,
  type Codec,
  literalCodec,
  nullableCodec,
  refineCodec,
  stringCodec,
  structCodec,
  TierId,
} from '../foundation/index.ts'
import { DayDuration } from './qualification-period.ts'
import { Threshold } from './threshold.ts'

/** The id of an offer of a ladder. */
export type OfferId = Brand<string, 'OfferId'>

/** Reads the id of an offer of a ladder: any text that is not empty. */
export const OfferId: Codec<OfferId, string> = /* @__PURE__ */ refineCodec<string, string, OfferId>(
  stringCodec,
  'OfferId',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/** An offer of a status with a target of its own (S47). */
export interface StatusOffer {
  readonly id: OfferId
  readonly tier: TierId
  /** How long the trial lasts. */
  readonly within: DayDuration
  /** Whether the tier is held during the trial, as in a match, or only once the target is met, as in a fast track. */
  readonly during: 'tier' | 'nothing'
  /** What is to be met in the trial, of what is counted in it. */
  readonly target: Threshold
  /** How long the tier is held from meeting the target on. */
  readonly reward: DayDuration
  /** Whether what is counted in the trial also counts on the ladder. */
  readonly counts: 'offerAndLadder' | 'offerOnly'
  /** How long after one offer of this id the next may start; `null`: never again. */
  readonly onceWithin: DayDuration | null
}

/**
 * Reads a {@link StatusOffer}.
 *
 * @example
 * ```ts
 * import { decode, StatusOffer } from 'treue'
 *
 * const match = {
 *   id: 'match',
 *   tier: 'gold',
 *   within: { amount: 90, unit: 'day' },
 *   during: 'tier',
 *   target: { type: 'count', metric: 'nights', atLeast: 6 },
 *   reward: { amount: 12, unit: 'month' },
 *   counts: 'offerOnly',
 *   onceWithin: { amount: 5, unit: 'year' },
 * }
 * decode(StatusOffer, match)._tag // => 'Right'
 * ```
 */
export const StatusOffer: Codec<StatusOffer, unknown> = /* @__PURE__ */ structCodec('StatusOffer', {
  id: OfferId,
  tier: TierId,
  within: DayDuration,
  during: /* @__PURE__ */ literalCodec('tier', 'nothing'),
  target: Threshold,
  reward: DayDuration,
  counts: /* @__PURE__ */ literalCodec('offerAndLadder', 'offerOnly'),
  onceWithin: /* @__PURE__ */ nullableCodec(DayDuration),
})
