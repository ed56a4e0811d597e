/** Activities: what happened outside, as the app reports it. */

import { PurchaseLine } from '../earning/index.ts'
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  LineId,
  literalCodec,
  MemberId,
  Money,
  Points,
  structCodec,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'

interface ActivityBase<Type extends string> {
  readonly type: Type
  /** One id for one thing that happened: sent again, it changes nothing. */
  readonly id: ActivityId
  readonly member: MemberId
  readonly at: Instant
}

/** Who brought a member, as the app knows it at the enrolment. */
export interface Recommendation {
  readonly member: MemberId
  readonly enrolledAt: Instant
}

/** A member joins. */
export interface Enrolment extends ActivityBase<'enrolment'> {
  readonly referrer?: Recommendation
}

/** A member buys. */
export interface Purchase extends ActivityBase<'purchase'> {
  readonly lines: ReadonlyArray<PurchaseLine>
}

/** So much of a line, or by default all that is left of it. */
export interface ReturnLine {
  readonly line: LineId
  readonly amount?: Money
}

/** A member gives goods back. */
export interface Return extends ActivityBase<'return'> {
  readonly purchase: ActivityId
  readonly lines: ReadonlyArray<ReturnLine>
}

/** A member spends points. */
export interface Redemption extends ActivityBase<'redemption'> {
  readonly wallet: WalletId
  readonly points: Points
}

/** A member whom this one brought has made a purchase that counts: a decision about that member asked for this. */
export interface ReferralConverted extends ActivityBase<'referralConverted'> {
  readonly referee: MemberId
  readonly wallet: WalletId
  readonly points: Points
  /** When the review is over and the points become active. */
  readonly releasedAt: Instant
}

/** That purchase was undone while the reward was under review. */
export interface ReferralUndone extends ActivityBase<'referralUndone'> {
  /** The {@link ReferralConverted} that is taken back. */
  readonly conversion: ActivityId
}

/** What happened outside. */
export type Activity = Enrolment | Purchase | Return | Redemption | ReferralConverted | ReferralUndone

const base = <Type extends string>(
  type: Type,
): {
  readonly type: Codec<Type, Type>
  readonly id: typeof ActivityId
  readonly member: typeof MemberId
  readonly at: typeof Instant
} => ({ type: literalCodec(type), id: ActivityId, member: MemberId, at: Instant })

/**
 * Reads an {@link Activity}.
 *
 * @example
 * ```ts
 * import { Activity, decode } from 'treue'
 *
 * const json = {
 *   type: 'purchase',
 *   id: 'order-1',
 *   member: 'anna',
 *   at: '2026-03-01T12:00:00+01:00',
 *   lines: [{ id: '1', amount: { amount: '19.99', currency: 'EUR' }, categories: ['books'] }],
 * }
 * decode(Activity, json)._tag // => 'Right'
 * const bad = decode(Activity, { ...json, at: 'yesterday' })
 * bad._tag === 'Left' ? bad.left.map(({ path }) => path) : [] // => [['at']]
 * ```
 */
export const Activity: Codec<Activity, unknown> = /* @__PURE__ */ unionCodec('Activity', 'type', {
  enrolment: /* @__PURE__ */ structCodec('Enrolment', /* @__PURE__ */ base('enrolment'), {
    referrer: /* @__PURE__ */ structCodec('Recommendation', { member: MemberId, enrolledAt: Instant }),
  }),
  purchase: /* @__PURE__ */ structCodec('Purchase', {
    .../* @__PURE__ */ base('purchase'),
    lines: /* @__PURE__ */ arrayCodec(PurchaseLine, { minLength: 1, maxLength: 10_000 }),
  }),
  return: /* @__PURE__ */ structCodec('Return', {
    .../* @__PURE__ */ base('return'),
    purchase: ActivityId,
    lines: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ structCodec('ReturnLine', { line: LineId }, { amount: Money }), {
      minLength: 1,
      maxLength: 10_000,
    }),
  }),
  redemption: /* @__PURE__ */ structCodec('Redemption', {
    .../* @__PURE__ */ base('redemption'),
    wallet: WalletId,
    points: Points,
  }),
  referralConverted: /* @__PURE__ */ structCodec('ReferralConverted', {
    .../* @__PURE__ */ base('referralConverted'),
    referee: MemberId,
    wallet: WalletId,
    points: Points,
    releasedAt: Instant,
  }),
  referralUndone: /* @__PURE__ */ structCodec('ReferralUndone', {
    .../* @__PURE__ */ base('referralUndone'),
    conversion: ActivityId,
  }),
})
