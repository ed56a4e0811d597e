/** The phases of a referral's life and the transitions between them, as data. */
import { type Codec, literalCodec } from '../foundation/index.ts'

/**
 * Where a referral is in its life. `inReview`, `approved`, `denied` and `rewarded` follow from what became of the two
 * sides; `lapsed` is one that never qualified in time.
 */
export type ReferralPhase =
  | 'invited'
  | 'touched'
  | 'signedUp'
  | 'qualified'
  | 'inReview'
  | 'approved'
  | 'denied'
  | 'rewarded'
  | 'inManualReview'
  | 'reversed'
  | 'lapsed'

/** One of the two who are rewarded. */
export type ReferralSide = 'referrer' | 'referee'

/** What became of one side's reward. */
export type ReferralSideStatus = 'pending' | 'approved' | 'denied' | 'rewarded' | 'reversed'

/** What became of both sides' rewards. */
export interface ReferralSides {
  readonly referrer: ReferralSideStatus
  readonly referee: ReferralSideStatus
}

/** What can happen to a referral. */
export type ReferralEventType =
  | 'touched'
  | 'signedUp'
  | 'qualified'
  | 'reviewStarted'
  | 'sideApproved'
  | 'sideDenied'
  | 'sideRewarded'
  | 'disqualified'
  | 'manualReviewStarted'
  | 'manualReviewCleared'
  | 'reversed'
  | 'lapsed'

/** When an event may happen. */
export interface ReferralTransition {
  readonly event: ReferralEventType
  /** The phases that it may happen in. */
  readonly from: ReadonlyArray<ReferralPhase>
  /** The phase that it leads to; `null` where that follows from what became of the two sides. */
  readonly to: ReferralPhase | null
  /** For an event of one side: what that side has to be before, and is afterwards. */
  readonly side: { readonly from: ReadonlyArray<ReferralSideStatus>; readonly to: ReferralSideStatus } | null
  /** Whether a side has to be rewarded before, or none may be; `null` where it does not matter. */
  readonly rewarded: boolean | null
}

const all = (
  event: ReferralEventType,
  from: ReadonlyArray<ReferralPhase>,
  to: ReferralPhase | null,
  rewarded: boolean | null = null,
): ReferralTransition => ({ event, from, to, side: null, rewarded })

const one = (
  event: ReferralEventType,
  from: ReadonlyArray<ReferralPhase>,
  before: ReadonlyArray<ReferralSideStatus>,
  after: ReferralSideStatus,
): ReferralTransition => ({ event, from, to: null, side: { from: before, to: after }, rewarded: null })

/**
 * Every transition of a referral's life. What is paid is never taken back silently: where a side is rewarded, a referral
 * can be reversed or go to a person, but not simply be disqualified (S51).
 */
export const referralTransitions: ReadonlyArray<ReferralTransition> = /* @__PURE__ */ (() => [
  all('touched', ['invited'], 'touched'),
  all('signedUp', ['invited', 'touched'], 'signedUp'),
  all('qualified', ['signedUp'], 'qualified'),
  all('reviewStarted', ['qualified'], 'inReview'),
  one('sideApproved', ['inReview'], ['pending'], 'approved'),
  one('sideDenied', ['inReview', 'approved'], ['pending', 'approved'], 'denied'),
  one('sideRewarded', ['inReview', 'approved'], ['approved'], 'rewarded'),
  all('disqualified', ['qualified', 'inReview', 'approved'], 'signedUp', false),
  all('manualReviewStarted', ['inReview', 'approved', 'rewarded'], 'inManualReview', true),
  all('manualReviewCleared', ['inManualReview'], null),
  all('reversed', ['inReview', 'approved', 'rewarded', 'inManualReview'], 'reversed', true),
  all('lapsed', ['invited', 'touched', 'signedUp'], 'lapsed'),
])()

/**
 * The phase that follows from what became of the two sides, once the review has begun.
 *
 * @param sides - what became of each
 *
 * @example
 * ```ts
 * import { phaseOfSides } from 'treue'
 *
 * phaseOfSides({ referrer: 'pending', referee: 'rewarded' }) // => 'inReview'
 * phaseOfSides({ referrer: 'denied', referee: 'rewarded' }) // => 'rewarded'
 * ```
 */
export const phaseOfSides = ({ referrer, referee }: ReferralSides): ReferralPhase => {
  if (referrer === 'pending' || referee === 'pending') return 'inReview'
  if (referrer === 'approved' || referee === 'approved') return 'approved'
  return referrer === 'rewarded' || referee === 'rewarded' ? 'rewarded' : 'denied'
}

/** Reads a {@link ReferralPhase}. */
export const ReferralPhase: Codec<ReferralPhase> = /* @__PURE__ */ literalCodec(
  'invited',
  'touched',
  'signedUp',
  'qualified',
  'inReview',
  'approved',
  'denied',
  'rewarded',
  'inManualReview',
  'reversed',
  'lapsed',
)

/** Reads a {@link ReferralSide}. */
export const ReferralSide: Codec<ReferralSide> = /* @__PURE__ */ literalCodec('referrer', 'referee')

/** Reads a {@link ReferralSideStatus}. */
export const ReferralSideStatus: Codec<ReferralSideStatus> = /* @__PURE__ */ literalCodec(
  'pending',
  'approved',
  'denied',
  'rewarded',
  'reversed',
)
