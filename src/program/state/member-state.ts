/** A member's state: only what the future needs. */

import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  Instant,
  type InvalidValue,
  invalidValue,
  LadderId,
  MemberId,
  naturalCodec,
  nullableCodec,
  Points,
  repeatedIds,
  structCodec,
  TierId,
  WalletId,
  YearlyDate,
} from '../../foundation/index.ts'
import { distinctLotFaults, Lot, pointsOf, Wallet } from '../../ledger/index.ts'
import { StampCardState } from '../../rewards/index.ts'
import { Standing } from '../../tiers/index.ts'
import { BroughtReferral, noReferrerCounts, ReferrerCounts } from './brought-referral.ts'
import { EarningProgress, noProgress } from './earning-progress.ts'
import { MemberChallenges, noChallenges } from './member-challenges.ts'
import { MemberReferral } from './member-referral.ts'
import { MemberRewards, noRewards } from './member-rewards.ts'
import { MemberVouchers, noVouchers } from './member-vouchers.ts'
import { OpenEarning } from './open-earning.ts'
import { SeenActivities } from './seen-activities.ts'

/** A redemption that can still be cancelled. */
export interface OpenRedemption {
  readonly id: ActivityId
  readonly wallet: WalletId
  readonly at: Instant
  /** The first instant at which it can no longer be cancelled. */
  readonly cancellableUntil: Instant
  /** The pieces of lots that were spent. */
  readonly pieces: ReadonlyArray<Lot>
  /** How much of it was given back. */
  readonly restored: Points
}

/** Points that expired, as long as they can be made valid again. */
export interface LapsedLot {
  readonly wallet: WalletId
  /** The lot as it was. */
  readonly lot: Lot
  readonly expiredAt: Instant
  /** The first instant at which it is too late. */
  readonly until: Instant
}

/** What a member said of their birthday. */
export interface Birthday {
  readonly date: YearlyDate | null
  /** When they last changed it; `null`: they never did. */
  readonly changedAt: Instant | null
}

/** A tier that was reached, whose reward is due with the member's next activity at the latest. */
export interface ReachedTier {
  readonly ladder: LadderId
  readonly tier: TierId
}

/** What a program knows of a member, beside who it is and how far their time has come. */
export interface MemberParts {
  readonly enrolledAt: Instant | null
  readonly birthday: Birthday
  readonly wallets: ReadonlyArray<Wallet>
  readonly standings: ReadonlyArray<Standing>
  /** How many purchases were made and not returned completely. */
  readonly orders: number
  readonly progress: EarningProgress
  /** Purchases and actions that can still be undone. */
  readonly earnings: ReadonlyArray<OpenEarning>
  readonly redemptions: ReadonlyArray<OpenRedemption>
  readonly lapsed: ReadonlyArray<LapsedLot>
  /** The referral by which the member came. */
  readonly referral: MemberReferral | null
  /** The referrals that the member brought, as long as something may still become of them. */
  readonly brought: ReadonlyArray<BroughtReferral>
  readonly referrerCounts: ReferrerCounts
  /** Upgrades that no rule has seen yet. */
  readonly upgrades: ReadonlyArray<ReachedTier>
  /** What is on the stamp cards, one for each kind. */
  readonly stampCards: ReadonlyArray<StampCardState>
  readonly challenges: MemberChallenges
  readonly rewards: MemberRewards
  readonly vouchers: MemberVouchers
  readonly seen: SeenActivities
}

/** All that a program knows of a member. */
export interface MemberState extends MemberParts {
  readonly member: MemberId
  /** When the last event happened; nothing that happened earlier can be taken in any more. */
  readonly asOf: Instant | null
  /**
   * How many events it is the fold of. It tells two states of one history apart; two writers who go on from one state may come
   * to different states of one revision, so store where the stored state still has `basedOn`.
   */
  readonly revision: number
}

/** Reads an {@link OpenRedemption}. */
export const OpenRedemption: Codec<OpenRedemption, unknown> = /* @__PURE__ */ constrainCodec<OpenRedemption, unknown>(
  /* @__PURE__ */ structCodec('OpenRedemption', {
    id: ActivityId,
    wallet: WalletId,
    at: Instant,
    cancellableUntil: Instant,
    pieces: /* @__PURE__ */ arrayCodec(Lot),
    restored: Points,
  }),
  ({ pieces, restored }) =>
    restored <= pointsOf(pieces)
      ? distinctLotFaults(pieces, ['pieces'])
      : [invalidValue(['restored'], restored, 'at most the points of the pieces')],
)

/** Reads a {@link LapsedLot}. */
export const LapsedLot: Codec<LapsedLot, unknown> = /* @__PURE__ */ structCodec('LapsedLot', {
  wallet: WalletId,
  lot: Lot,
  expiredAt: Instant,
  until: Instant,
})

/** Reads a {@link ReachedTier}. */
export const ReachedTier: Codec<ReachedTier, unknown> = /* @__PURE__ */ structCodec('ReachedTier', {
  ladder: LadderId,
  tier: TierId,
})

/** Reads a {@link Birthday}. */
export const Birthday: Codec<Birthday, unknown> = /* @__PURE__ */ structCodec('Birthday', {
  date: /* @__PURE__ */ nullableCodec(YearlyDate),
  changedAt: /* @__PURE__ */ nullableCodec(Instant),
})

const idsOf = (
  key: 'wallets' | 'earnings' | 'redemptions' | 'stampCards',
  items: ReadonlyArray<{ readonly id: string }>,
): ReadonlyArray<InvalidValue> =>
  repeatedIds(
    items.map(({ id }) => id),
    (index) => [key, index, 'id'],
  )

/** Reads the wallets of a member. */
export const walletsCodec: Codec<ReadonlyArray<Wallet>, unknown> = /* @__PURE__ */ arrayCodec(Wallet)

type PartCodecs = { readonly [Part in Exclude<keyof MemberParts, 'wallets'>]: Codec<MemberParts[Part], unknown> }

/** The codec of each part beside the wallets, so that what restates a member can take them in. */
export const knownPartCodecs: PartCodecs = {
  enrolledAt: /* @__PURE__ */ nullableCodec(Instant),
  birthday: Birthday,
  standings: /* @__PURE__ */ arrayCodec(Standing),
  orders: naturalCodec,
  progress: EarningProgress,
  earnings: /* @__PURE__ */ arrayCodec(OpenEarning),
  redemptions: /* @__PURE__ */ arrayCodec(OpenRedemption),
  lapsed: /* @__PURE__ */ arrayCodec(LapsedLot),
  referral: /* @__PURE__ */ nullableCodec(MemberReferral),
  brought: /* @__PURE__ */ arrayCodec(BroughtReferral),
  referrerCounts: ReferrerCounts,
  upgrades: /* @__PURE__ */ arrayCodec(ReachedTier),
  stampCards: /* @__PURE__ */ arrayCodec(StampCardState),
  challenges: MemberChallenges,
  rewards: MemberRewards,
  vouchers: MemberVouchers,
  seen: SeenActivities,
}

/** What comes twice in a part of which there is one for each id. */
export const repeatedPartIds = ({
  wallets,
  earnings,
  redemptions,
  stampCards,
}: Pick<MemberParts, 'wallets' | 'earnings' | 'redemptions' | 'stampCards'>): ReadonlyArray<InvalidValue> => [
  ...idsOf('wallets', wallets),
  ...idsOf('earnings', earnings),
  ...idsOf('redemptions', redemptions),
  ...idsOf('stampCards', stampCards),
]

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
export const MemberState: Codec<MemberState, unknown> = /* @__PURE__ */ constrainCodec<MemberState, unknown>(
  /* @__PURE__ */ structCodec('MemberState', {
    member: MemberId,
    wallets: walletsCodec,
    ...knownPartCodecs,
    asOf: /* @__PURE__ */ nullableCodec(Instant),
    revision: naturalCodec,
  }),
  repeatedPartIds,
)

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
  birthday: { date: null, changedAt: null },
  asOf: null,
  wallets: [],
  standings: [],
  orders: 0,
  progress: noProgress,
  earnings: [],
  redemptions: [],
  lapsed: [],
  referral: null,
  brought: [],
  referrerCounts: noReferrerCounts,
  upgrades: [],
  stampCards: [],
  challenges: noChallenges,
  rewards: noRewards,
  vouchers: noVouchers,
  seen: [],
  revision: 0,
})
