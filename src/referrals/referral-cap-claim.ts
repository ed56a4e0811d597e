/** What caps leave of a referrer's reward, and what it uses of them. */
import * as E from 'fp-ts/Either'
import {
  arrayCodec,
  booleanCodec,
  CapId,
  type Codec,
  type Fault,
  naturalCodec,
  structCodec,
} from '../foundation/index.ts'
import { type ReferralCap, ReferralCapUse } from './referral-cap.ts'

/** What is used of caps, at a version: whoever stores it counts the versions, so that no two claims meet unseen. */
export interface ReferralCapUsage {
  readonly version: number
  /** Caps that are not here are unused. */
  readonly used: ReadonlyArray<ReferralCapUse>
}

/** What caps left of a reward. */
export interface ReferralCapClaim {
  /** The version of the usage that was looked at: the claim is good for no other. */
  readonly expectedVersion: number
  readonly desired: number
  readonly granted: number
  /** Whether a cap left less than was desired: the referrer is told, the referee is paid all the same (S54). */
  readonly capLimited: boolean
  readonly limitedBy: ReadonlyArray<CapId>
  /** What it uses; nothing where nothing is granted: such a referral does not count. */
  readonly uses: ReadonlyArray<ReferralCapUse>
}

/** Somebody else changed the usage in between. */
export interface ReferralUsageConflict extends Fault<'ReferralUsageConflict'> {
  readonly version: number
  readonly expectedVersion: number
}

const usedOf = (used: ReadonlyArray<ReferralCapUse>): Map<CapId, number> =>
  new Map(used.map(({ cap, uses }) => [cap, uses]))

/** What one cap would let through of what is desired. */
const through = ({ counts, limit, onExceed }: ReferralCap, used: number, desired: number): number | null => {
  const room = Math.max(0, limit - used)
  if (counts === 'referrals') return room >= 1 ? desired : null
  if (desired <= room) return desired
  return onExceed === 'reject' || room === 0 ? null : room
}

/**
 * What caps leave of a referrer's reward: the least that any leaves. Each is asked about all that is desired, so that the
 * order of the caps means nothing. Nothing is changed: the claim says what it uses, for the version that was looked at.
 *
 * @param caps - the caps and budgets
 * @param usage - what is used of them in their windows
 * @param desired - the reward, in units
 *
 * @example
 * ```ts
 * import { type CapId, claimReferralCaps, type ReferralCap } from 'treue'
 *
 * const id = 'twelve' as CapId
 * const window = { type: 'lifetime' } as const
 * const cap: ReferralCap = { id, per: 'referrer', counts: 'referrals', limit: 12, window, onExceed: 'reject' }
 * const claim = claimReferralCaps([cap], { version: 7, used: [{ cap: id, uses: 12 }] }, 500)
 * claim.granted // => 0
 * claim.capLimited // => true
 * claim.uses // => []
 * ```
 */
export const claimReferralCaps = (
  caps: ReadonlyArray<ReferralCap>,
  { version, used }: ReferralCapUsage,
  desired: number,
): ReferralCapClaim => {
  const known = usedOf(used)
  let refused = false
  let granted = desired
  const limitedBy: Array<CapId> = []
  for (const cap of caps) {
    const left = through(cap, known.get(cap.id) ?? 0, desired)
    if (left === null) refused = true
    else granted = Math.min(granted, left)
    if (left !== desired) limitedBy.push(cap.id)
  }
  if (refused) granted = 0
  const uses = refused ? [] : caps.map(({ id, counts }) => ({ cap: id, uses: counts === 'referrals' ? 1 : granted }))
  return { expectedVersion: version, desired, granted, capLimited: limitedBy.length > 0, limitedBy, uses }
}

const ofMap = (version: number, used: ReadonlyMap<CapId, number>): ReferralCapUsage => ({
  version,
  used: [...used].filter(([, uses]) => uses > 0).map(([cap, uses]) => ({ cap, uses })),
})

/**
 * The usage after a claim.
 *
 * `ReferralUsageConflict`: the usage is not the one that the claim looked at; claim again.
 *
 * @param usage - the usage as it is stored now
 * @param claim - the claim
 *
 * @example
 * ```ts
 * import { applyReferralClaim, type CapId, claimReferralCaps, type ReferralCap } from 'treue'
 *
 * const cap = { id: 'ten' as CapId, per: 'referrer', counts: 'units', limit: 10, onExceed: 'truncate' } as const
 * const caps: ReadonlyArray<ReferralCap> = [{ ...cap, window: { type: 'lifetime' } }]
 * const usage = { version: 1, used: [] }
 * const claim = claimReferralCaps(caps, usage, 15)
 * applyReferralClaim(usage, claim) // => { _tag: 'Right', right: { version: 2, used: [{ cap: 'ten', uses: 10 }] } }
 * applyReferralClaim({ version: 2, used: [] }, claim)._tag // => 'Left'
 * ```
 */
export const applyReferralClaim = (
  usage: ReferralCapUsage,
  claim: ReferralCapClaim,
): E.Either<ReferralUsageConflict, ReferralCapUsage> => {
  const { version } = usage
  const { expectedVersion } = claim
  if (version !== expectedVersion) {
    const expected = 'the version that the claim looked at'
    return E.left({ _tag: 'ReferralUsageConflict', path: ['version'], expected, version, expectedVersion })
  }
  const used = usedOf(usage.used)
  for (const { cap, uses } of claim.uses) used.set(cap, (used.get(cap) ?? 0) + uses)
  return E.right(ofMap(version + 1, used))
}

/**
 * The usage after something was given back, by a return or a reversal.
 *
 * @param usage - the usage as it is stored now
 * @param uses - what is given back; never more than is used
 *
 * @example
 * ```ts
 * import { type CapId, releaseReferralUses } from 'treue'
 *
 * const cap = 'ten' as CapId
 * releaseReferralUses({ version: 2, used: [{ cap, uses: 10 }] }, [{ cap, uses: 4 }])
 * // => { version: 3, used: [{ cap: 'ten', uses: 6 }] }
 * ```
 */
export const releaseReferralUses = (usage: ReferralCapUsage, uses: ReadonlyArray<ReferralCapUse>): ReferralCapUsage => {
  const used = usedOf(usage.used)
  for (const use of uses) used.set(use.cap, Math.max(0, (used.get(use.cap) ?? 0) - use.uses))
  return ofMap(usage.version + 1, used)
}

/**
 * Reads a {@link ReferralCapUsage}.
 *
 * @example
 * ```ts
 * import { decode, ReferralCapUsage } from 'treue'
 *
 * decode(ReferralCapUsage, { version: 0, used: [] })._tag // => 'Right'
 * ```
 */
export const ReferralCapUsage: Codec<ReferralCapUsage, unknown> = /* @__PURE__ */ structCodec('ReferralCapUsage', {
  version: naturalCodec,
  used: /* @__PURE__ */ arrayCodec(ReferralCapUse, { maxLength: 10_000 }),
})

/** Reads a {@link ReferralCapClaim}. */
export const ReferralCapClaim: Codec<ReferralCapClaim, unknown> = /* @__PURE__ */ structCodec('ReferralCapClaim', {
  expectedVersion: naturalCodec,
  desired: naturalCodec,
  granted: naturalCodec,
  capLimited: booleanCodec,
  limitedBy: /* @__PURE__ */ arrayCodec(CapId, { maxLength: 10_000 }),
  uses: /* @__PURE__ */ arrayCodec(ReferralCapUse, { maxLength: 10_000 }),
})
