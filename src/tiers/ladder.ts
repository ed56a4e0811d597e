/** A ladder of tiers: what it takes to reach each and to keep it. */
import {
  arrayCodec,
  Calendar,
  type Codec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  LadderId,
  literalCodec,
  structCodec,
  TierId,
  WalletId,
} from '../foundation/index.ts'

/** A tier, by the qualifying points of one qualification period, in the wallet's smallest unit. */
export interface Tier {
  readonly id: TierId
  /** A member with at least so many reaches the tier. */
  readonly reach: number
  /** A member who holds the tier keeps it with at least so many (S42). */
  readonly keep: number
}

/** How long a tier is held: to the end of the period in which it was reached, or of the one after (S38). */
export type TierValidity = 'endOfPeriod' | 'endOfNextPeriod'

/** A ladder of tiers, qualified for by the points earned in a wallet in a calendar period. */
export interface Ladder {
  readonly id: LadderId
  readonly wallet: WalletId
  /** The qualification periods. */
  readonly period: Calendar
  readonly validity: TierValidity
  /** Rising; the first one is everybody's, reached and kept with 0 points. */
  readonly tiers: ReadonlyArray<Tier>
}

const threshold = /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER })

/**
 * Reads a {@link Ladder}; whether its tiers rise, {@link ladderFaults} tells.
 *
 * @example
 * ```ts
 * import { decode, Ladder } from 'treue'
 *
 * const json = {
 *   id: 'status',
 *   wallet: 'points',
 *   period: { unit: 'year', startMonth: 1, startDay: 1 },
 *   validity: 'endOfNextPeriod',
 *   tiers: [{ id: 'basic', reach: 0, keep: 0 }, { id: 'gold', reach: 1000, keep: 800 }],
 * }
 * decode(Ladder, json)._tag // => 'Right'
 * ```
 */
export const Ladder: Codec<Ladder, unknown> = /* @__PURE__ */ structCodec('Ladder', {
  id: LadderId,
  wallet: WalletId,
  period: Calendar,
  validity: /* @__PURE__ */ literalCodec('endOfPeriod', 'endOfNextPeriod'),
  tiers: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('Tier', { id: TierId, reach: threshold, keep: threshold }),
    { minLength: 1, maxLength: 100 },
  ),
})

const tierFaults = (tier: Tier, below: Tier | undefined, index: number): ReadonlyArray<InvalidValue> => {
  const at = (key: 'reach' | 'keep', expected: string): InvalidValue =>
    invalidValue(['tiers', index, key], tier[key], expected)
  if (below === undefined) {
    return (['reach', 'keep'] as const).flatMap((key) =>
      tier[key] === 0 ? [] : [at(key, '0 in the first tier, which is everybody’s')],
    )
  }
  return [
    ...(tier.reach > below.reach ? [] : [at('reach', `more than ${below.reach}, the reach of the tier below`)]),
    ...(tier.keep <= tier.reach ? [] : [at('keep', `at most ${tier.reach}, what it takes to reach the tier`)]),
    ...(tier.keep > 0 ? [] : [at('keep', 'at least 1: a tier that takes nothing to keep would never end')]),
    ...(tier.keep >= below.keep ? [] : [at('keep', `at least ${below.keep}, what it takes to keep the tier below`)]),
  ]
}

/**
 * Every fault of a ladder: no tier at all, a first tier that is not everybody's, thresholds that do not rise, a tier that
 * is harder to keep than to reach, or takes nothing to keep, or is easier to keep than the one below, an id given twice.
 *
 * @param ladder - a ladder; thresholds are half-open, so there are neither gaps nor overlaps between tiers (S46)
 *
 * @example
 * ```ts
 * import { type Ladder, ladderFaults } from 'treue'
 *
 * const tiers = [{ id: 'basic', reach: 0, keep: 0 }, { id: 'gold', reach: 1000, keep: 1200 }]
 * ladderFaults({ tiers } as unknown as Ladder).map(({ path }) => path) // => [['tiers', 1, 'keep']]
 * ```
 */
export const ladderFaults = (ladder: Ladder): ReadonlyArray<InvalidValue> => {
  if (ladder.tiers.length === 0)
    return [invalidValue(['tiers'], ladder.tiers, 'at least one tier, which is everybody’s')]
  const seen = new Set<TierId>()
  return ladder.tiers.flatMap((tier, index) => {
    const again = seen.has(tier.id)
    seen.add(tier.id)
    return [
      ...(again ? [invalidValue(['tiers', index, 'id'], tier.id, 'an id that no other tier of the ladder has')] : []),
      ...tierFaults(tier, ladder.tiers[index - 1], index),
    ]
  })
}
