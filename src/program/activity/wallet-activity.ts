/** Activities that move points in a wallet without anything being bought. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  Duration,
  Instant,
  type InvalidValue,
  invalidValue,
  LotId,
  literalCodec,
  MemberId,
  nullableCodec,
  Points,
  refineCodec,
  stringCodec,
  structCodec,
  WalletId,
} from '../../foundation/index.ts'
import { Lot } from '../../ledger/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** A member spends points: active ones, or those of a hold. */
export interface Redemption extends ActivityBase<'redemption'> {
  readonly wallet: WalletId
  readonly points: Points
  /** The hold whose points are spent; what is left of it is free again. Default: active points. */
  readonly hold?: ActivityId
}

/** A redemption is undone, or so many points of it. */
export interface RedemptionCancellation extends ActivityBase<'redemptionCancellation'> {
  readonly redemption: ActivityId
  /** Default: all that was not given back yet. */
  readonly points?: Points
}

/** Points are set aside for a member who is about to spend them. */
export interface PointsHold extends ActivityBase<'hold'> {
  readonly wallet: WalletId
  readonly points: Points
  /** When they are free again by themselves. Default: as the wallet says. */
  readonly until?: Instant
}

/** What is left of a hold is free again. */
export interface HoldRelease extends ActivityBase<'holdRelease'> {
  readonly hold: ActivityId
}

/** Somebody gives points by hand, or takes them (S66). */
export interface Adjustment extends ActivityBase<'adjustment'> {
  readonly wallet: WalletId
  readonly direction: 'in' | 'out'
  readonly points: Points
  readonly reason: string
  readonly actor: string
  /** Of points to take that are not there: nothing is taken, the default, or they become debt, as of a member with debt elsewhere. */
  readonly missing?: 'refuse' | 'debt'
  /** Of points that are given: when they die; `null`: never. Default: as points that are earned now. */
  readonly expiresAt?: Instant | null
}

/** A member gives points to another: a {@link TransferIn} for the other follows. */
export interface TransferOut extends ActivityBase<'transferOut'> {
  readonly wallet: WalletId
  readonly points: Points
  readonly to: MemberId
}

/** Points come from another member, with the dates that they had: a decision about that member asked for this. */
export interface TransferIn extends ActivityBase<'transferIn'> {
  readonly wallet: WalletId
  readonly from: MemberId
  readonly lots: ReadonlyArray<Lot>
}

/** Points of one wallet become those of another, at the program's rate (S63). */
export interface Conversion extends ActivityBase<'conversion'> {
  readonly from: WalletId
  readonly to: WalletId
  readonly points: Points
}

/** Units that a member has with a partner become points, at the program's rate (S63). */
export interface PartnerConversion extends ActivityBase<'partnerConversion'> {
  readonly partner: string
  readonly to: WalletId
  readonly units: Points
}

/** A balance that another system kept before comes in as lots. */
export interface OpeningBalance extends ActivityBase<'openingBalance'> {
  readonly wallet: WalletId
  readonly lots: ReadonlyArray<Lot>
}

/** Points live until a later date: those of some lots, or by default all that die before it. */
export interface Extension extends ActivityBase<'extension'> {
  readonly wallet: WalletId
  /** Until when, the first instant at which they are no longer valid; or `by`. */
  readonly to?: Instant
  /** For how long from the date that each has; or `to`. */
  readonly by?: Duration
  /** Only those of some lots. */
  readonly lots?: ReadonlyArray<LotId>
  /** Only those that die before an instant. */
  readonly expiringBefore?: Instant
}

/** Points that had expired are valid again: those of some lots, or by default all that still can be. */
export interface Reinstatement extends ActivityBase<'reinstatement'> {
  readonly wallet: WalletId
  readonly lots?: ReadonlyArray<LotId>
  /** When they die now; `null`: never. Default: as points that are earned now. */
  readonly expiresAt?: Instant | null
}

/** A member's wallets become another's: a {@link MergeIn} for the other follows. */
export interface Merge extends ActivityBase<'merge'> {
  readonly into: MemberId
}

/** What a merged member leaves. */
export interface MergedWallet {
  readonly wallet: WalletId
  readonly lots: ReadonlyArray<Lot>
  readonly debt: Points
}

/** The wallets of a member who was merged into this one come in. */
export interface MergeIn extends ActivityBase<'mergeIn'> {
  readonly from: MemberId
  readonly wallets: ReadonlyArray<MergedWallet>
}

/** What moves points without anything being bought. */
export type WalletActivity =
  | Redemption
  | RedemptionCancellation
  | PointsHold
  | HoldRelease
  | Adjustment
  | TransferOut
  | TransferIn
  | Conversion
  | PartnerConversion
  | OpeningBalance
  | Extension
  | Reinstatement
  | Merge
  | MergeIn

const lots: Codec<ReadonlyArray<Lot>, unknown> = /* @__PURE__ */ arrayCodec(Lot, { maxLength: 100_000 })
const text: Codec<string, unknown> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Note',
  'a text that is not empty',
  (note) => note !== '',
)

/** The codec of each kind of activity. */
export type WalletActivityCodecs = {
  readonly [Type in WalletActivity['type']]: Codec<Extract<WalletActivity, { readonly type: Type }>, unknown>
}

const extensionFaults = ({ to, by, lots: some, expiringBefore }: Extension): ReadonlyArray<InvalidValue> => [
  ...((to === undefined) === (by === undefined)
    ? [invalidValue([to === undefined ? 'to' : 'by'], by, 'either "to" or "by": until when, or for how long')]
    : []),
  ...(some !== undefined && expiringBefore !== undefined
    ? [invalidValue(['expiringBefore'], expiringBefore, 'nothing where lots are named')]
    : []),
]

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const walletActivityCodecs: WalletActivityCodecs = {
  redemption: /* @__PURE__ */ structCodec(
    'Redemption',
    { .../* @__PURE__ */ activityBase('redemption'), wallet: WalletId, points: Points },
    { hold: ActivityId },
  ),
  redemptionCancellation: /* @__PURE__ */ structCodec(
    'RedemptionCancellation',
    { .../* @__PURE__ */ activityBase('redemptionCancellation'), redemption: ActivityId },
    { points: Points },
  ),
  hold: /* @__PURE__ */ structCodec(
    'PointsHold',
    { .../* @__PURE__ */ activityBase('hold'), wallet: WalletId, points: Points },
    { until: Instant },
  ),
  holdRelease: /* @__PURE__ */ structCodec('HoldRelease', {
    .../* @__PURE__ */ activityBase('holdRelease'),
    hold: ActivityId,
  }),
  adjustment: /* @__PURE__ */ structCodec(
    'Adjustment',
    {
      .../* @__PURE__ */ activityBase('adjustment'),
      wallet: WalletId,
      direction: /* @__PURE__ */ literalCodec('in', 'out'),
      points: Points,
      reason: text,
      actor: text,
    },
    { missing: /* @__PURE__ */ literalCodec('refuse', 'debt'), expiresAt: /* @__PURE__ */ nullableCodec(Instant) },
  ),
  transferOut: /* @__PURE__ */ structCodec('TransferOut', {
    .../* @__PURE__ */ activityBase('transferOut'),
    wallet: WalletId,
    points: Points,
    to: MemberId,
  }),
  transferIn: /* @__PURE__ */ structCodec('TransferIn', {
    .../* @__PURE__ */ activityBase('transferIn'),
    wallet: WalletId,
    from: MemberId,
    lots,
  }),
  conversion: /* @__PURE__ */ structCodec('Conversion', {
    .../* @__PURE__ */ activityBase('conversion'),
    from: WalletId,
    to: WalletId,
    points: Points,
  }),
  partnerConversion: /* @__PURE__ */ structCodec('PartnerConversion', {
    .../* @__PURE__ */ activityBase('partnerConversion'),
    partner: stringCodec,
    to: WalletId,
    units: Points,
  }),
  openingBalance: /* @__PURE__ */ structCodec('OpeningBalance', {
    .../* @__PURE__ */ activityBase('openingBalance'),
    wallet: WalletId,
    lots,
  }),
  extension: /* @__PURE__ */ constrainCodec<Extension, unknown>(
    /* @__PURE__ */ structCodec(
      'Extension',
      { .../* @__PURE__ */ activityBase('extension'), wallet: WalletId },
      {
        to: Instant,
        by: Duration,
        lots: /* @__PURE__ */ arrayCodec(LotId, { minLength: 1, maxLength: 100_000 }),
        expiringBefore: Instant,
      },
    ),
    extensionFaults,
  ),
  reinstatement: /* @__PURE__ */ structCodec(
    'Reinstatement',
    { .../* @__PURE__ */ activityBase('reinstatement'), wallet: WalletId },
    {
      lots: /* @__PURE__ */ arrayCodec(LotId, { minLength: 1, maxLength: 100_000 }),
      expiresAt: /* @__PURE__ */ nullableCodec(Instant),
    },
  ),
  merge: /* @__PURE__ */ structCodec('Merge', { .../* @__PURE__ */ activityBase('merge'), into: MemberId }),
  mergeIn: /* @__PURE__ */ structCodec('MergeIn', {
    .../* @__PURE__ */ activityBase('mergeIn'),
    from: MemberId,
    wallets: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('MergedWallet', { wallet: WalletId, lots, debt: Points }),
      { maxLength: 100 },
    ),
  }),
}
