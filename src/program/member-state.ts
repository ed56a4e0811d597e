/** A member's state: only what the future needs. */

import type { CountedLine } from '../earning/index.ts'
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  integerCodec,
  LineId,
  LotId,
  MemberId,
  nullableCodec,
  Points,
  stringCodec,
  structCodec,
  WalletId,
} from '../foundation/index.ts'
import { Wallet } from '../ledger/index.ts'
import { Referral } from '../referrals/index.ts'
import { Standing } from '../tiers/index.ts'
import { SeenActivities } from './seen-activities.ts'

/** What a purchase was granted in one wallet. */
export interface PurchaseGrant {
  readonly wallet: WalletId
  readonly lot: LotId
  /** Granted and not taken back. */
  readonly points: Points
  /** How much of it died in its lot and was not set off against a return yet. */
  readonly lapsed: Points
}

/** A purchase that can still be returned. */
export interface OpenPurchase {
  readonly id: ActivityId
  readonly at: Instant
  /** The version of the program that granted. */
  readonly version: number
  /** The first instant at which it can no longer be returned. */
  readonly returnableUntil: Instant
  /** What is left of it. */
  readonly lines: ReadonlyArray<CountedLine>
  readonly grants: ReadonlyArray<PurchaseGrant>
  /** What the member was paid besides, because the purchase made a referral count. */
  readonly rewards: ReadonlyArray<PurchaseGrant>
}

/** A reward for having brought somebody, as long as it is under review. */
export interface ReviewedReward {
  readonly conversion: ActivityId
  readonly wallet: WalletId
  readonly lot: LotId
  readonly points: Points
  readonly releasedAt: Instant
}

/** All that a program knows of a member. */
export interface MemberState {
  readonly member: MemberId
  readonly enrolledAt: Instant | null
  /** When the last event happened; nothing that happened earlier can be taken in any more. */
  readonly asOf: Instant | null
  readonly wallets: ReadonlyArray<Wallet>
  readonly standings: ReadonlyArray<Standing>
  readonly purchases: ReadonlyArray<OpenPurchase>
  /** The referral by which the member came. */
  readonly referral: Referral | null
  /** The member's own rewards for bringing others. */
  readonly rewards: ReadonlyArray<ReviewedReward>
  readonly seen: SeenActivities
}

const natural = /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER })

/** Reads a {@link CountedLine}. */
export const countedLineCodec: Codec<CountedLine, unknown> = /* @__PURE__ */ structCodec('CountedLine', {
  id: LineId,
  minor: natural,
  categories: /* @__PURE__ */ arrayCodec(stringCodec),
})

/** Reads a {@link PurchaseGrant}. */
export const PurchaseGrant: Codec<PurchaseGrant, unknown> = /* @__PURE__ */ structCodec('PurchaseGrant', {
  wallet: WalletId,
  lot: LotId,
  points: Points,
  lapsed: Points,
})

/** Reads an {@link OpenPurchase}. */
export const OpenPurchase: Codec<OpenPurchase, unknown> = /* @__PURE__ */ structCodec('OpenPurchase', {
  id: ActivityId,
  at: Instant,
  version: natural,
  returnableUntil: Instant,
  lines: /* @__PURE__ */ arrayCodec(countedLineCodec),
  grants: /* @__PURE__ */ arrayCodec(PurchaseGrant),
  rewards: /* @__PURE__ */ arrayCodec(PurchaseGrant),
})

/** Reads a {@link ReviewedReward}. */
export const ReviewedReward: Codec<ReviewedReward, unknown> = /* @__PURE__ */ structCodec('ReviewedReward', {
  conversion: ActivityId,
  wallet: WalletId,
  lot: LotId,
  points: Points,
  releasedAt: Instant,
})

/**
 * Reads a {@link MemberState}, as an app stores it between decisions.
 *
 * @example
 * ```ts
 * import { decode, type MemberId, MemberState, newMember, unwrap } from 'treue'
 *
 * const state = newMember('anna' as MemberId)
 * const stored = JSON.stringify(MemberState.encode(state))
 * unwrap(decode(MemberState, JSON.parse(stored))).member // => 'anna'
 * ```
 */
export const MemberState: Codec<MemberState, unknown> = /* @__PURE__ */ structCodec('MemberState', {
  member: MemberId,
  enrolledAt: /* @__PURE__ */ nullableCodec(Instant),
  asOf: /* @__PURE__ */ nullableCodec(Instant),
  wallets: /* @__PURE__ */ arrayCodec(Wallet),
  standings: /* @__PURE__ */ arrayCodec(Standing),
  purchases: /* @__PURE__ */ arrayCodec(OpenPurchase),
  referral: /* @__PURE__ */ nullableCodec(Referral),
  rewards: /* @__PURE__ */ arrayCodec(ReviewedReward),
  seen: SeenActivities,
})

/**
 * The state of somebody of whom nothing is known yet.
 *
 * @param member - the member
 *
 * @example
 * ```ts
 * import { type MemberId, newMember } from 'treue'
 *
 * newMember('anna' as MemberId).wallets // => []
 * ```
 */
export const newMember = (member: MemberId): MemberState => ({
  member,
  enrolledAt: null,
  asOf: null,
  wallets: [],
  standings: [],
  purchases: [],
  referral: null,
  rewards: [],
  seen: [],
})
