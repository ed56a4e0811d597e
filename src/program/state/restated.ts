/** What a restatement sets, as an event: all that is known of a member beside the points, which entries move. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  literalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
  WalletId,
} from '../../foundation/index.ts'
import { knownPartCodecs, type MemberParts } from './member-state.ts'

/** A hold, and when it was made. */
export interface HoldDate {
  readonly hold: ActivityId
  readonly at: Instant
}

/** The dates of a wallet, which entries of today cannot give it. */
export interface WalletDates {
  readonly wallet: WalletId
  readonly debtSince: Instant | null
  readonly decayedAt: Instant | null
  /** Its holds, in their order. */
  readonly holds: ReadonlyArray<HoldDate>
}

/** What is known of a member beside the points. */
export type RestatedParts = Omit<MemberParts, 'wallets'>

/** The member is known anew: what was kept of the past is replaced by what it should have been. */
export interface Restated {
  readonly type: 'restated'
  readonly at: Instant
  /** The activity that restates. */
  readonly restatement: ActivityId
  readonly reason: string
  readonly actor: string
  /** The wallets in their order; the entries before this event have moved their points. */
  readonly wallets: ReadonlyArray<WalletDates>
  readonly parts: RestatedParts
}

/** Reads a {@link Restated}. */
export const Restated: Codec<Restated, unknown> = /* @__PURE__ */ structCodec('Restated', {
  type: /* @__PURE__ */ literalCodec('restated'),
  at: Instant,
  restatement: ActivityId,
  reason: stringCodec,
  actor: stringCodec,
  wallets: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('WalletDates', {
      wallet: WalletId,
      debtSince: /* @__PURE__ */ nullableCodec(Instant),
      decayedAt: /* @__PURE__ */ nullableCodec(Instant),
      holds: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ structCodec('HoldDate', { hold: ActivityId, at: Instant })),
    }),
  ),
  parts: /* @__PURE__ */ structCodec('RestatedParts', knownPartCodecs),
})
