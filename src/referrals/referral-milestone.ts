/** Rewards for a number of referrals, each paid once. */
import * as E from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type Fault,
  integerCodec,
  invalidValue,
  naturalCodec,
  structCodec,
} from '../foundation/index.ts'
import { ReferralRewardKind } from './referral-reward.ts'

/** What there is for so many referrals. */
export interface ReferralMilestone {
  readonly referrals: number
  readonly kind: ReferralRewardKind
  readonly units: number
}

/** What there is for several numbers of referrals. */
export type ReferralMilestones = ReadonlyArray<ReferralMilestone>

/** How far a referrer is. */
export interface ReferralProgress {
  /** Referrals that count now. */
  readonly count: number
  /** The most that ever counted: what was reached by then is paid, and is not paid again (S52). */
  readonly highWater: number
}

/** Nothing to take back: no referral counts. */
export interface NoReferralCounted extends Fault<'NoReferralCounted'> {}

/** Progress of a referrer with no referral yet. */
export const noReferralProgress: ReferralProgress = { count: 0, highWater: 0 }

/** What one more referral gives. */
export interface ReferralMilestoneStep {
  readonly progress: ReferralProgress
  /** What is reached for the first time. */
  readonly reached: ReferralMilestones
}

/**
 * Counts a referral that is final, and says which milestones it reaches for the first time.
 *
 * @param milestones - the milestones
 * @param progress - how far the referrer is
 *
 * @example
 * ```ts
 * import { countReferral, type Currency, uncountReferral, unwrap } from 'treue'
 *
 * const kind = { type: 'money', currency: 'EUR' as Currency } as const
 * const milestones = [{ referrals: 5, kind, units: 5000 }]
 * const fifth = countReferral(milestones, { count: 4, highWater: 4 })
 * fifth.reached.length // => 1
 * const reversed = unwrap(uncountReferral(fifth.progress))
 * countReferral(milestones, reversed).reached.length // => 0
 * ```
 */
export const countReferral = (
  milestones: ReferralMilestones,
  { count, highWater }: ReferralProgress,
): ReferralMilestoneStep => {
  const next = count + 1
  return {
    progress: { count: next, highWater: Math.max(next, highWater) },
    reached: milestones.filter(({ referrals }) => referrals > highWater && referrals <= next),
  }
}

/**
 * Takes back a referral that counted; the high-water mark stays.
 *
 * `NoReferralCounted`: there is none.
 *
 * @param progress - how far the referrer is
 *
 * @example
 * ```ts
 * import { uncountReferral } from 'treue'
 *
 * uncountReferral({ count: 5, highWater: 5 }) // => { _tag: 'Right', right: { count: 4, highWater: 5 } }
 * ```
 */
export const uncountReferral = ({
  count,
  highWater,
}: ReferralProgress): E.Either<NoReferralCounted, ReferralProgress> =>
  count > 0
    ? E.right({ count: count - 1, highWater })
    : E.left({ _tag: 'NoReferralCounted', path: ['count'], expected: 'a referral that counts' })

/**
 * Reads {@link ReferralMilestone}s, by rising number of referrals.
 *
 * @example
 * ```ts
 * import { decode, ReferralMilestones } from 'treue'
 *
 * const kind = { type: 'money', currency: 'EUR' }
 * decode(ReferralMilestones, [{ referrals: 5, kind, units: 5000 }, { referrals: 5, kind, units: 100 }])._tag // => 'Left'
 * ```
 */
export const ReferralMilestones: Codec<ReferralMilestones, unknown> = /* @__PURE__ */ constrainCodec<
  ReferralMilestones,
  unknown
>(
  /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('ReferralMilestone', {
      referrals: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      kind: ReferralRewardKind,
      units: naturalCodec,
    }),
    { maxLength: 1000 },
  ),
  (milestones) =>
    milestones.flatMap(({ referrals }, index) => {
      const before = milestones[index - 1]?.referrals ?? 0
      const expected = `more than ${before}, the milestone’s before`
      return referrals > before ? [] : [invalidValue([index, 'referrals'], referrals, expected)]
    }),
)

/**
 * Reads a {@link ReferralProgress}.
 *
 * @example
 * ```ts
 * import { decode, ReferralProgress } from 'treue'
 *
 * decode(ReferralProgress, { count: 5, highWater: 4 })._tag // => 'Left'
 * ```
 */
export const ReferralProgress: Codec<ReferralProgress> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('ReferralProgress', { count: naturalCodec, highWater: naturalCodec }),
  ({ count, highWater }) =>
    count <= highWater ? [] : [invalidValue(['highWater'], highWater, `at least ${count}, the count`)],
)
