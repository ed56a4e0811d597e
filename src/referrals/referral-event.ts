/** What happens to a referral: each dated, with its reason. */
import {
  type Codec,
  Instant,
  literalCodec,
  MemberId,
  refineCodec,
  stringCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'
import { ReferralSide } from './referral-phase.ts'

/** Something that happens to the whole referral. */
export interface ReferralStepEvent {
  readonly type:
    | 'touched'
    | 'qualified'
    | 'reviewStarted'
    | 'disqualified'
    | 'manualReviewStarted'
    | 'manualReviewCleared'
    | 'reversed'
    | 'lapsed'
  readonly at: Instant
  readonly reason: string
}

/** The referee enrols: from now on the referral is between two members. */
export interface ReferralSignUpEvent {
  readonly type: 'signedUp'
  readonly referee: MemberId
  readonly at: Instant
  readonly reason: string
}

/** Something that happens to one side's reward. */
export interface ReferralSideEvent {
  readonly type: 'sideApproved' | 'sideDenied' | 'sideRewarded'
  readonly side: ReferralSide
  readonly at: Instant
  readonly reason: string
}

/** Something that happens to a referral. */
export type ReferralEvent = ReferralStepEvent | ReferralSignUpEvent | ReferralSideEvent

/** Why something happened, in words or as a code of the application. */
export const ReferralReason: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'ReferralReason',
  'a reason: a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

const step = <const T extends string>(type: T): Codec<ReferralStepEvent & { readonly type: T }, unknown> =>
  structCodec('ReferralStepEvent', {
    type: literalCodec(type),
    at: Instant,
    reason: ReferralReason,
  }) as unknown as Codec<ReferralStepEvent & { readonly type: T }, unknown>

const ofSide = <const T extends string>(type: T): Codec<ReferralSideEvent & { readonly type: T }, unknown> =>
  structCodec('ReferralSideEvent', {
    type: literalCodec(type),
    side: ReferralSide,
    at: Instant,
    reason: ReferralReason,
  }) as unknown as Codec<ReferralSideEvent & { readonly type: T }, unknown>

/**
 * Reads a {@link ReferralEvent}.
 *
 * @example
 * ```ts
 * import { decode, ReferralEvent } from 'treue'
 *
 * const event = { type: 'sideDenied', side: 'referrer', at: '2026-03-20T12:00:00Z', reason: 'same device' }
 * decode(ReferralEvent, event)._tag // => 'Right'
 * ```
 */
export const ReferralEvent: Codec<ReferralEvent, unknown> = /* @__PURE__ */ unionCodec('ReferralEvent', 'type', {
  touched: /* @__PURE__ */ step('touched'),
  signedUp: /* @__PURE__ */ structCodec('ReferralSignUpEvent', {
    type: /* @__PURE__ */ literalCodec('signedUp'),
    referee: MemberId,
    at: Instant,
    reason: ReferralReason,
  }),
  qualified: /* @__PURE__ */ step('qualified'),
  reviewStarted: /* @__PURE__ */ step('reviewStarted'),
  sideApproved: /* @__PURE__ */ ofSide('sideApproved'),
  sideDenied: /* @__PURE__ */ ofSide('sideDenied'),
  sideRewarded: /* @__PURE__ */ ofSide('sideRewarded'),
  disqualified: /* @__PURE__ */ step('disqualified'),
  manualReviewStarted: /* @__PURE__ */ step('manualReviewStarted'),
  manualReviewCleared: /* @__PURE__ */ step('manualReviewCleared'),
  reversed: /* @__PURE__ */ step('reversed'),
  lapsed: /* @__PURE__ */ step('lapsed'),
})
