/** Everything that can happen to a wallet, as data. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  FunderId,
  Instant,
  LotId,
  literalCodec,
  MemberId,
  nullableCodec,
  Points,
  stringCodec,
  structCodec,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'
import type {
  Accrued,
  Activated,
  AdjustedIn,
  AdjustedOut,
  ConvertedIn,
  ConvertedOut,
  DebtSettled,
  DebtWrittenOff,
  Decayed,
  Expired,
  ExpiryResumed,
  ExpirySuspended,
  Extended,
  Held,
  HoldReleased,
  LotDraw,
  LotExpiry,
  Opened,
  Redeemed,
  Reinstated,
  Restored,
  Reversed,
  TransferredIn,
  TransferredOut,
} from './entry.ts'
import { Lot, LotKind } from './lot.ts'

/** An entry of a wallet's ledger. */
export type LedgerEntry =
  | Accrued
  | Opened
  | Activated
  | Redeemed
  | Restored
  | Held
  | HoldReleased
  | Expired
  | Decayed
  | Extended
  | Reinstated
  | Reversed
  | AdjustedIn
  | AdjustedOut
  | TransferredOut
  | TransferredIn
  | ConvertedOut
  | ConvertedIn
  | DebtSettled
  | DebtWrittenOff
  | ExpirySuspended
  | ExpiryResumed

const base = <Type extends string>(
  type: Type,
): {
  readonly type: Codec<Type, Type>
  readonly wallet: typeof WalletId
  readonly at: typeof Instant
  readonly points: typeof Points
} => ({ type: literalCodec(type), wallet: WalletId, at: Instant, points: Points })

const expiresAt: Codec<Instant | null, unknown> = /* @__PURE__ */ nullableCodec(Instant)
const hold: Codec<ActivityId | null, unknown> = /* @__PURE__ */ nullableCodec(ActivityId)
const draws: Codec<ReadonlyArray<LotDraw>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec('LotDraw', { lot: LotId, points: Points }),
)
const expiries: Codec<ReadonlyArray<LotExpiry>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec('LotExpiry', { lot: LotId, expiresAt }),
)
const lots: Codec<ReadonlyArray<Lot>, unknown> = /* @__PURE__ */ arrayCodec(Lot)
const source = ActivityId
const byHand = { reason: stringCodec, actor: stringCodec }

/** The codec of each kind of entry. */
export type EntryCodecs = {
  readonly [Type in LedgerEntry['type']]: Codec<Extract<LedgerEntry, { readonly type: Type }>, unknown>
}

/** The codecs of the entries by their `type`, so that a union of more events can take them in. */
export const ledgerEntryCodecs: EntryCodecs = {
  accrued: /* @__PURE__ */ structCodec('Accrued', {
    .../* @__PURE__ */ base('accrued'),
    source,
    lot: LotId,
    activeFrom: Instant,
    expiresAt,
    kind: LotKind,
    funder: /* @__PURE__ */ nullableCodec(FunderId),
    awaits: /* @__PURE__ */ nullableCodec(stringCodec),
  }),
  opened: /* @__PURE__ */ structCodec('Opened', { .../* @__PURE__ */ base('opened'), source, lots }),
  activated: /* @__PURE__ */ structCodec('Activated', { .../* @__PURE__ */ base('activated'), lot: LotId, expiresAt }),
  redeemed: /* @__PURE__ */ structCodec('Redeemed', { .../* @__PURE__ */ base('redeemed'), source, draws, hold }),
  restored: /* @__PURE__ */ structCodec('Restored', {
    .../* @__PURE__ */ base('restored'),
    source,
    lots,
    redemption: ActivityId,
  }),
  held: /* @__PURE__ */ structCodec('Held', { .../* @__PURE__ */ base('held'), source, draws, until: expiresAt }),
  holdReleased: /* @__PURE__ */ structCodec('HoldReleased', {
    .../* @__PURE__ */ base('holdReleased'),
    hold: ActivityId,
  }),
  expired: /* @__PURE__ */ structCodec('Expired', { .../* @__PURE__ */ base('expired'), lot: LotId, hold }),
  decayed: /* @__PURE__ */ structCodec('Decayed', { .../* @__PURE__ */ base('decayed'), draws }),
  extended: /* @__PURE__ */ structCodec('Extended', { .../* @__PURE__ */ base('extended'), source, lots: expiries }),
  reinstated: /* @__PURE__ */ structCodec('Reinstated', { .../* @__PURE__ */ base('reinstated'), source, lots }),
  reversed: /* @__PURE__ */ structCodec('Reversed', {
    .../* @__PURE__ */ base('reversed'),
    source,
    draws,
    debt: Points,
    forgiven: Points,
  }),
  adjustedIn: /* @__PURE__ */ structCodec('AdjustedIn', {
    .../* @__PURE__ */ base('adjustedIn'),
    source,
    lots,
    ...byHand,
  }),
  adjustedOut: /* @__PURE__ */ structCodec('AdjustedOut', {
    .../* @__PURE__ */ base('adjustedOut'),
    source,
    draws,
    debt: Points,
    ...byHand,
  }),
  transferredOut: /* @__PURE__ */ structCodec('TransferredOut', {
    .../* @__PURE__ */ base('transferredOut'),
    source,
    draws,
    to: MemberId,
  }),
  transferredIn: /* @__PURE__ */ structCodec('TransferredIn', {
    .../* @__PURE__ */ base('transferredIn'),
    source,
    lots,
    from: MemberId,
  }),
  convertedOut: /* @__PURE__ */ structCodec('ConvertedOut', {
    .../* @__PURE__ */ base('convertedOut'),
    source,
    draws,
    to: stringCodec,
  }),
  convertedIn: /* @__PURE__ */ structCodec('ConvertedIn', {
    .../* @__PURE__ */ base('convertedIn'),
    source,
    lots,
    from: stringCodec,
  }),
  debtSettled: /* @__PURE__ */ structCodec('DebtSettled', { .../* @__PURE__ */ base('debtSettled'), draws }),
  debtWrittenOff: /* @__PURE__ */ structCodec('DebtWrittenOff', /* @__PURE__ */ base('debtWrittenOff')),
  expirySuspended: /* @__PURE__ */ structCodec('ExpirySuspended', /* @__PURE__ */ base('expirySuspended')),
  expiryResumed: /* @__PURE__ */ structCodec('ExpiryResumed', {
    .../* @__PURE__ */ base('expiryResumed'),
    lots: expiries,
  }),
}

/**
 * Reads a {@link LedgerEntry}.
 *
 * @example
 * ```ts
 * import { decode, LedgerEntry } from 'treue'
 *
 * decode(LedgerEntry, { type: 'debtWrittenOff', wallet: 'points', at: '2026-03-01T12:00:00Z', points: 5 })._tag
 * // => 'Right'
 * ```
 */
export const LedgerEntry: Codec<LedgerEntry, unknown> = /* @__PURE__ */ unionCodec(
  'LedgerEntry',
  'type',
  ledgerEntryCodecs,
)
