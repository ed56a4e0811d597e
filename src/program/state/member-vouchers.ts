/** The vouchers that a member has, and those that were used and may come back with what was bought. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  Instant,
  integerCodec,
  literalCodec,
  naturalCodec,
  nullableCodec,
  repeatedIds,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import { type GiftItem, VoucherCode, VoucherId } from '../../rewards/index.ts'
import { withItem } from './with-item.ts'

/** Gift credit, in minor units. */
export interface VoucherCredit {
  readonly initialMinor: number
  readonly leftMinor: number
}

/** A voucher that a member has. */
export interface MemberVoucher {
  /** What granted it, or follows from that. */
  readonly id: ActivityId
  readonly voucher: VoucherId
  readonly code: VoucherCode | null
  readonly grantedAt: Instant
  /** The first instant at which it is no longer valid; `null`: as long as the voucher. */
  readonly validUntil: Instant | null
  /** Only of gift credit. */
  readonly credit: VoucherCredit | null
}

/** A voucher that was used with a purchase. */
export interface VoucherUse {
  readonly purchase: ActivityId
  readonly voucher: VoucherId
  readonly at: Instant
  /** The one that was granted, as it was before; `null`: it needed no grant. */
  readonly grant: MemberVoucher | null
  /** What it took off or paid, in minor units. */
  readonly minor: number
  /** The first instant at which it can no longer come back. */
  readonly keptUntil: Instant
}

/** When a member used a voucher: what its limits still look at. */
export interface VoucherCount {
  readonly voucher: VoucherId
  readonly at: ReadonlyArray<Instant>
}

/** What a member has of vouchers. */
export interface MemberVouchers {
  readonly held: ReadonlyArray<MemberVoucher>
  readonly uses: ReadonlyArray<VoucherUse>
  readonly counts: ReadonlyArray<VoucherCount>
}

/** A voucher was granted, ran out, or was taken back. */
export interface VoucherHeldChanged {
  readonly type: 'voucherHeldChanged'
  readonly at: Instant
  readonly change: 'granted' | 'expired' | 'revoked'
  readonly grant: MemberVoucher
}

/** A voucher was used with a purchase, or came back with it. */
export interface VoucherUseChanged {
  readonly type: 'voucherUseChanged'
  readonly at: Instant
  readonly change: 'used' | 'restored'
  readonly use: VoucherUse
  readonly count: VoucherCount
  /** Items that the voucher adds for nothing. */
  readonly gifts: ReadonlyArray<GiftItem>
}

/** No vouchers. */
export const noVouchers: MemberVouchers = { held: [], uses: [], counts: [] }

const MemberVoucher: Codec<MemberVoucher, unknown> = /* @__PURE__ */ structCodec('MemberVoucher', {
  id: ActivityId,
  voucher: VoucherId,
  code: /* @__PURE__ */ nullableCodec(VoucherCode),
  grantedAt: Instant,
  validUntil: /* @__PURE__ */ nullableCodec(Instant),
  credit: /* @__PURE__ */ nullableCodec(
    /* @__PURE__ */ structCodec('VoucherCredit', { initialMinor: naturalCodec, leftMinor: naturalCodec }),
  ),
})

const VoucherUse: Codec<VoucherUse, unknown> = /* @__PURE__ */ structCodec('VoucherUse', {
  purchase: ActivityId,
  voucher: VoucherId,
  at: Instant,
  grant: /* @__PURE__ */ nullableCodec(MemberVoucher),
  minor: naturalCodec,
  keptUntil: Instant,
})

const VoucherCount: Codec<VoucherCount, unknown> = /* @__PURE__ */ structCodec('VoucherCount', {
  voucher: VoucherId,
  at: /* @__PURE__ */ arrayCodec(Instant),
})

/**
 * Reads a {@link MemberVouchers}.
 *
 * @example
 * ```ts
 * import { decode, MemberVouchers } from 'treue'
 *
 * decode(MemberVouchers, { held: [], uses: [], counts: [] })._tag // => 'Right'
 * ```
 */
export const MemberVouchers: Codec<MemberVouchers, unknown> = /* @__PURE__ */ constrainCodec<MemberVouchers, unknown>(
  /* @__PURE__ */ structCodec('MemberVouchers', {
    held: /* @__PURE__ */ arrayCodec(MemberVoucher),
    uses: /* @__PURE__ */ arrayCodec(VoucherUse),
    counts: /* @__PURE__ */ arrayCodec(VoucherCount),
  }),
  ({ held, uses, counts }) => [
    ...repeatedIds(
      held.map(({ id }) => id),
      (index) => ['held', index, 'id'],
    ),
    ...repeatedIds(
      uses.map(({ purchase, voucher }) => JSON.stringify([purchase, voucher])),
      (index) => ['uses', index],
    ),
    ...repeatedIds(
      counts.map(({ voucher }) => voucher),
      (index) => ['counts', index, 'voucher'],
    ),
  ],
)

/** Reads a {@link VoucherHeldChanged}. */
export const VoucherHeldChanged: Codec<VoucherHeldChanged, unknown> = /* @__PURE__ */ structCodec(
  'VoucherHeldChanged',
  {
    type: /* @__PURE__ */ literalCodec('voucherHeldChanged'),
    at: Instant,
    change: /* @__PURE__ */ literalCodec('granted', 'expired', 'revoked'),
    grant: MemberVoucher,
  },
)

/** Reads a {@link VoucherUseChanged}. */
export const VoucherUseChanged: Codec<VoucherUseChanged, unknown> = /* @__PURE__ */ structCodec('VoucherUseChanged', {
  type: /* @__PURE__ */ literalCodec('voucherUseChanged'),
  at: Instant,
  change: /* @__PURE__ */ literalCodec('used', 'restored'),
  use: VoucherUse,
  count: VoucherCount,
  gifts: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('GiftItem', {
      sku: stringCodec,
      quantity: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    }),
  ),
})

const withCredit = (grant: MemberVoucher, { initialMinor }: VoucherCredit, leftMinor: number): MemberVoucher => ({
  id: grant.id,
  voucher: grant.voucher,
  code: grant.code,
  grantedAt: grant.grantedAt,
  validUntil: grant.validUntil,
  credit: { initialMinor, leftMinor },
})

/** What is held when one of it is used: gift credit as long as something is left on it. */
const lessUsed = (held: MemberVouchers['held'], grant: MemberVoucher, minor: number): MemberVouchers['held'] => {
  const { credit } = grant
  const left = credit === null ? 0 : credit.leftMinor - minor
  return left > 0 && credit !== null
    ? withItem(held, withCredit(grant, credit, left), ({ id }) => id === grant.id)
    : held.filter(({ id }) => id !== grant.id)
}

/** What is held when one comes back: what is on gift credit now is more by what was paid with it. */
const withRestored = (held: MemberVouchers['held'], grant: MemberVoucher, minor: number): MemberVouchers['held'] => {
  const { credit } = grant
  const now = held.find(({ id }) => id === grant.id)?.credit?.leftMinor ?? 0
  return withItem(held, credit === null ? grant : withCredit(grant, credit, now + minor), ({ id }) => id === grant.id)
}

const countsAfter = (counts: MemberVouchers['counts'], count: VoucherCount): MemberVouchers['counts'] =>
  count.at.length === 0
    ? counts.filter(({ voucher }) => voucher !== count.voucher)
    : withItem(counts, count, ({ voucher }) => voucher === count.voucher)

/** What a member has after a voucher was granted, used, or is gone. */
export const vouchersAfter = (
  { held, uses, counts }: MemberVouchers,
  event: VoucherHeldChanged | VoucherUseChanged,
): MemberVouchers => {
  if (event.type === 'voucherHeldChanged') {
    const { change, grant } = event
    const rest = held.filter(({ id }) => id !== grant.id)
    return { held: change === 'granted' ? rest.concat([grant]) : rest, uses, counts }
  }
  const { change, use, count } = event
  const isUsed = change === 'used'
  const move = isUsed ? lessUsed : withRestored
  return {
    held: use.grant === null ? held : move(held, use.grant, use.minor),
    uses: isUsed
      ? uses.concat([use])
      : uses.filter(({ purchase, voucher }) => purchase !== use.purchase || voucher !== use.voucher),
    counts: countsAfter(counts, count),
  }
}

/** What a member still has at an instant. */
export const vouchersAt = (vouchers: MemberVouchers, at: Instant): MemberVouchers =>
  vouchers.uses.some(({ keptUntil }) => keptUntil <= at)
    ? { held: vouchers.held, uses: vouchers.uses.filter(({ keptUntil }) => keptUntil > at), counts: vouchers.counts }
    : vouchers
