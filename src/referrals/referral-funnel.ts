/** How many referrals come how far. */
import * as E from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import { type Codec, type InvalidValue, invalidValue, naturalCodec, structCodec } from '../foundation/index.ts'

/** Referrals that came at least so far; each step is part of the one before. */
export interface ReferralFunnelCounts {
  readonly invited: number
  readonly touched: number
  readonly signedUp: number
  readonly qualified: number
  readonly rewarded: number
}

/** A step of the funnel. */
export interface FunnelStep {
  readonly step: keyof ReferralFunnelCounts
  readonly count: number
  /** The share of the step before; `null` for the first step, and where nobody came to the step before. */
  readonly ofPrevious: number | null
  /** The share of those invited; `null` where nobody was. */
  readonly ofFirst: number | null
}

const steps = ['invited', 'touched', 'signedUp', 'qualified', 'rewarded'] as const

const share = (count: number, of: number): number | null => (of === 0 ? null : count / of)

/**
 * The shares of each step.
 *
 * `InvalidValue`: a count that is no integer of 0 or more, or above that of the step before. All are reported.
 *
 * @param counts - how many referrals came at least so far
 *
 * @example
 * ```ts
 * import { referralFunnel, unwrap } from 'treue'
 *
 * const counts = { invited: 5000, touched: 2000, signedUp: 500, qualified: 400, rewarded: 380 }
 * unwrap(referralFunnel(counts)).map(({ ofPrevious }) => ofPrevious) // => [null, 0.4, 0.25, 0.8, 0.95]
 * ```
 */
export const referralFunnel = (
  counts: ReferralFunnelCounts,
): E.Either<ReadonlyArray<InvalidValue>, ReadonlyArray<FunnelStep>> => {
  const faults = steps.flatMap((step, index) => {
    const before = index === 0 ? Number.MAX_SAFE_INTEGER : counts[steps[index - 1] ?? step]
    const count = counts[step]
    const fits = Number.isSafeInteger(count) && count >= 0 && count <= before
    return fits ? [] : [invalidValue([step], count, `an integer from 0 to ${before}`)]
  })
  if (faults.length > 0) return E.left(faults)
  return E.right(
    steps.map((step, index) => ({
      step,
      count: counts[step],
      ofPrevious: index === 0 ? null : share(counts[step], counts[steps[index - 1] ?? step]),
      ofFirst: share(counts[step], counts.invited),
    })),
  )
}

/** Merges counts of parts of a population. */
export const referralFunnelMonoid: Monoid<ReferralFunnelCounts> = {
  concat: (a, b) => ({
    invited: a.invited + b.invited,
    touched: a.touched + b.touched,
    signedUp: a.signedUp + b.signedUp,
    qualified: a.qualified + b.qualified,
    rewarded: a.rewarded + b.rewarded,
  }),
  empty: { invited: 0, touched: 0, signedUp: 0, qualified: 0, rewarded: 0 },
}

/**
 * Reads {@link ReferralFunnelCounts}.
 *
 * @example
 * ```ts
 * import { decode, ReferralFunnelCounts, referralFunnelMonoid } from 'treue'
 *
 * decode(ReferralFunnelCounts, referralFunnelMonoid.empty)._tag // => 'Right'
 * ```
 */
export const ReferralFunnelCounts: Codec<ReferralFunnelCounts> = /* @__PURE__ */ structCodec('ReferralFunnelCounts', {
  invited: naturalCodec,
  touched: naturalCodec,
  signedUp: naturalCodec,
  qualified: naturalCodec,
  rewarded: naturalCodec,
})
