/** Activities about vouchers that a member has. */
import { ActivityId, type Codec, Instant, integerCodec, structCodec } from '../../foundation/index.ts'
import { VoucherCode, VoucherId } from '../../rewards/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** A member gets a voucher of the program. */
export interface VoucherGranted extends ActivityBase<'voucherGranted'> {
  readonly voucher: VoucherId
  /** By which the member enters it; derive it with `voucherCode`. Default: none. */
  readonly code?: VoucherCode
  /** The first instant at which it is no longer valid. Default: as the program says. */
  readonly validUntil?: Instant
  /** Of gift credit: how much, in minor units. Default: as the program says. */
  readonly creditMinor?: number
}

/** A voucher that was granted is taken back, with what is left on it. */
export interface VoucherRevoked extends ActivityBase<'voucherRevoked'> {
  readonly grant: ActivityId
}

/** What happens to vouchers that a member has. */
export type VoucherActivity = VoucherGranted | VoucherRevoked

/** A voucher that is entered with a purchase. */
export interface EnteredVoucher {
  readonly voucher: VoucherId
  /** Of several that the member has, the one with this code. Default: the one that ends first. */
  readonly code?: VoucherCode
}

/** Reads an {@link EnteredVoucher}. */
export const enteredVoucher: Codec<EnteredVoucher, unknown> = /* @__PURE__ */ structCodec(
  'EnteredVoucher',
  { voucher: VoucherId },
  { code: VoucherCode },
)

/** The codec of each kind of activity. */
export type VoucherActivityCodecs = {
  readonly [Type in VoucherActivity['type']]: Codec<Extract<VoucherActivity, { readonly type: Type }>, unknown>
}

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const voucherActivityCodecs: VoucherActivityCodecs = {
  voucherGranted: /* @__PURE__ */ structCodec(
    'VoucherGranted',
    { .../* @__PURE__ */ activityBase('voucherGranted'), voucher: VoucherId },
    {
      code: VoucherCode,
      validUntil: Instant,
      creditMinor: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    },
  ),
  voucherRevoked: /* @__PURE__ */ structCodec('VoucherRevoked', {
    .../* @__PURE__ */ activityBase('voucherRevoked'),
    grant: ActivityId,
  }),
}
