/** How often a voucher can be used: in all, with one code, by one member, in a period. */
import {
  arrayCodec,
  Calendar,
  type Codec,
  constrainCodec,
  Duration,
  type Fault,
  type Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  type MemberId,
  nullableCodec,
  periodIntervalAt,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import { VoucherId } from './reward-ids.ts'
import type { VoucherCode } from './voucher-code.ts'

/** How often a voucher can be used. */
export interface VoucherLimit {
  readonly times: number
  /** What is counted: all its uses, those with one code, or those of one member. */
  readonly of: 'voucher' | 'code' | 'member'
  /** In each period of this calendar, by when it was reserved; `null`: ever. */
  readonly per: Calendar | null
}

/** The limits of a voucher. */
export interface VoucherUsePolicy {
  readonly voucher: VoucherId
  /** All of them hold. */
  readonly limits: ReadonlyArray<VoucherLimit>
  /** How long a reservation is kept for whoever has put the voucher in a basket. */
  readonly holdFor: Duration
}

/** A limit is reached: with what is used and what is reserved there are no more uses left. */
export interface VoucherLimitReached extends Fault<'VoucherLimitReached'> {
  readonly limit: VoucherLimit
  /** When the next period begins; `null` where the limit has none. */
  readonly again: Instant | null
}

const policyFaults = ({ holdFor }: VoucherUsePolicy): ReadonlyArray<InvalidValue> =>
  holdFor.amount > 0 ? [] : [invalidValue(['holdFor', 'amount'], holdFor.amount, 'at least 1')]

/** Reads the limits of a voucher. */
export const voucherLimitsCodec: Codec<ReadonlyArray<VoucherLimit>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec('VoucherLimit', {
    times: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 }),
    of: /* @__PURE__ */ literalCodec('voucher', 'code', 'member'),
    per: /* @__PURE__ */ nullableCodec(Calendar),
  }),
  { maxLength: 20 },
)

/**
 * Reads a {@link VoucherUsePolicy}.
 *
 * @example
 * ```ts
 * import { decode, VoucherUsePolicy } from 'treue'
 *
 * const limits = [
 *   { times: 1000, of: 'voucher', per: null },
 *   { times: 1, of: 'code', per: null },
 *   { times: 2, of: 'member', per: { unit: 'month' } },
 * ]
 * decode(VoucherUsePolicy, { voucher: 'summer', limits, holdFor: { amount: 4, unit: 'hour' } })._tag // => 'Right'
 * ```
 */
export const VoucherUsePolicy: Codec<VoucherUsePolicy, unknown> = /* @__PURE__ */ constrainCodec<
  VoucherUsePolicy,
  unknown
>(
  /* @__PURE__ */ structCodec('VoucherUsePolicy', {
    voucher: VoucherId,
    limits: voucherLimitsCodec,
    holdFor: Duration,
  }),
  policyFaults,
)

/** Who wants to use a voucher, when, and with which code. */
export interface VoucherUser {
  readonly at: Instant
  /** `null` for a guest. */
  readonly member: MemberId | null
  /** `null` for a voucher without codes. */
  readonly code: VoucherCode | null
}

const subjectOf = ({ of }: VoucherLimit, { member, code }: VoucherUser): string | null => {
  if (of === 'voucher') return ''
  return of === 'code' ? code : member
}

/** Under which key a limit counts a use; `null` where it cannot, as there is no member or no code. */
export const tallyKey = (limit: VoucherLimit, zone: Zone, user: VoucherUser): string | null => {
  const subject = subjectOf(limit, user)
  if (subject === null) return null
  const { of, per } = limit
  if (per === null) return `${of}::${subject}`
  return `${of}:${JSON.stringify(per)} ${periodIntervalAt(per, zone, user.at).from}:${subject}`
}

/** The keys under which a use is counted, each once. */
export const tallyKeys = (
  limits: ReadonlyArray<VoucherLimit>,
  zone: Zone,
  user: VoucherUser,
): ReadonlyArray<string> => [...new Set(limits.flatMap((limit) => tallyKey(limit, zone, user) ?? []))]

/** That a limit needs a member, or a code. */
export const subjectFaults = (
  limits: ReadonlyArray<VoucherLimit>,
  { member, code }: VoucherUser,
): ReadonlyArray<InvalidValue> => [
  ...(member === null && limits.some(({ of }) => of === 'member')
    ? [invalidValue(['member'], member, 'a member: there is a limit for each')]
    : []),
  ...(code === null && limits.some(({ of }) => of === 'code')
    ? [invalidValue(['code'], code, 'a code: there is a limit for each')]
    : []),
]

export const limitReached = (limit: VoucherLimit, zone: Zone, { at }: VoucherUser): VoucherLimitReached => ({
  _tag: 'VoucherLimitReached',
  path: ['at'],
  expected: `at most ${limit.times} uses`,
  limit,
  again: limit.per === null ? null : periodIntervalAt(limit.per, zone, at).until,
})
