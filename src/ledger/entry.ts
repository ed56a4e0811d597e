/** Ledger entries: everything that can happen to a wallet, as data. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  LotId,
  literalCodec,
  nullableCodec,
  Points,
  structCodec,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'

/** Points taken from one lot. */
export interface LotDraw {
  readonly lot: LotId
  readonly points: Points
}

/** Points were earned; they can be spent from `activeFrom` until before `expiresAt`. */
export interface Accrued {
  readonly type: 'accrued'
  readonly wallet: WalletId
  readonly at: Instant
  readonly source: ActivityId
  readonly lot: LotId
  readonly points: Points
  readonly activeFrom: Instant
  readonly expiresAt: Instant | null
}

/** Pending points became spendable. */
export interface Activated {
  readonly type: 'activated'
  readonly wallet: WalletId
  readonly at: Instant
  readonly lot: LotId
  readonly points: Points
}

/** Points were spent; `draws` names the lots they came from. */
export interface Redeemed {
  readonly type: 'redeemed'
  readonly wallet: WalletId
  readonly at: Instant
  readonly source: ActivityId
  readonly points: Points
  readonly draws: ReadonlyArray<LotDraw>
}

/** What was left of a lot died. */
export interface Expired {
  readonly type: 'expired'
  readonly wallet: WalletId
  readonly at: Instant
  readonly lot: LotId
  readonly points: Points
}

/** Earned points were taken back: from `draws` as far as they were there, the rest as `debt`. */
export interface Reversed {
  readonly type: 'reversed'
  readonly wallet: WalletId
  readonly at: Instant
  readonly source: ActivityId
  readonly points: Points
  readonly draws: ReadonlyArray<LotDraw>
  readonly debt: Points
}

/** Active points went to pay debt. */
export interface DebtSettled {
  readonly type: 'debtSettled'
  readonly wallet: WalletId
  readonly at: Instant
  readonly points: Points
  readonly draws: ReadonlyArray<LotDraw>
}

/** An entry of a wallet's ledger. */
export type LedgerEntry = Accrued | Activated | Redeemed | Expired | Reversed | DebtSettled

const LotDraw: Codec<LotDraw, unknown> = /* @__PURE__ */ structCodec('LotDraw', { lot: LotId, points: Points })
const draws = /* @__PURE__ */ arrayCodec(LotDraw)

/** The codecs of the entries by their `type`, so that a union of more events can take them in. */
export const ledgerEntryCodecs: {
  readonly accrued: Codec<Accrued, unknown>
  readonly activated: Codec<Activated, unknown>
  readonly redeemed: Codec<Redeemed, unknown>
  readonly expired: Codec<Expired, unknown>
  readonly reversed: Codec<Reversed, unknown>
  readonly debtSettled: Codec<DebtSettled, unknown>
} = {
  accrued: /* @__PURE__ */ structCodec('Accrued', {
    type: /* @__PURE__ */ literalCodec('accrued'),
    wallet: WalletId,
    at: Instant,
    source: ActivityId,
    lot: LotId,
    points: Points,
    activeFrom: Instant,
    expiresAt: /* @__PURE__ */ nullableCodec(Instant),
  }),
  activated: /* @__PURE__ */ structCodec('Activated', {
    type: /* @__PURE__ */ literalCodec('activated'),
    wallet: WalletId,
    at: Instant,
    lot: LotId,
    points: Points,
  }),
  redeemed: /* @__PURE__ */ structCodec('Redeemed', {
    type: /* @__PURE__ */ literalCodec('redeemed'),
    wallet: WalletId,
    at: Instant,
    source: ActivityId,
    points: Points,
    draws,
  }),
  expired: /* @__PURE__ */ structCodec('Expired', {
    type: /* @__PURE__ */ literalCodec('expired'),
    wallet: WalletId,
    at: Instant,
    lot: LotId,
    points: Points,
  }),
  reversed: /* @__PURE__ */ structCodec('Reversed', {
    type: /* @__PURE__ */ literalCodec('reversed'),
    wallet: WalletId,
    at: Instant,
    source: ActivityId,
    points: Points,
    draws,
    debt: Points,
  }),
  debtSettled: /* @__PURE__ */ structCodec('DebtSettled', {
    type: /* @__PURE__ */ literalCodec('debtSettled'),
    wallet: WalletId,
    at: Instant,
    points: Points,
    draws,
  }),
}

/** Reads a {@link LedgerEntry}. */
export const LedgerEntry: Codec<LedgerEntry, unknown> = /* @__PURE__ */ unionCodec(
  'LedgerEntry',
  'type',
  ledgerEntryCodecs,
)
