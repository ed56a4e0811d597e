/** The vouchers of a program: how they stack, who has them, and how often they are used. */
import * as E from 'fp-ts/Either'
import { orderVocabulary } from '../../earning/index.ts'
import {
  arrayCodec,
  type Codec,
  type Currency,
  Duration,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import {
  type CompiledVoucherPlan,
  compileVoucherPlan,
  type Reward,
  RewardId,
  RewardLimit,
  type Voucher,
  type VoucherId,
  VoucherPlan,
  voucherCodec,
} from '../../rewards/index.ts'
import type { Ladder } from '../../tiers/index.ts'

/** A voucher of a program. */
export interface ProgramVoucher {
  readonly voucher: Voucher
  /** `granted`: each that a member was granted is used once, gift credit until it is empty; `open`: whoever enters it. */
  readonly use: 'granted' | 'open'
  /** How often one member can use it. */
  readonly limits: ReadonlyArray<RewardLimit>
  /** How often all members together can; `null`: no limit. */
  readonly total: number | null
  /** How long one lasts that was granted; `null`: as long as the voucher. */
  readonly validity: Duration | null
  /** The reward of the catalogue that grants it when it is issued; `null`: none does. */
  readonly reward: RewardId | null
  /** Who comes onto one of these tiers by what was counted, as `ladder/tier`, is granted it. Default: nobody for that. */
  readonly tiers?: ReadonlyArray<string>
}

/** The vouchers of a program, and how they stack. */
export interface VoucherScheme {
  readonly plan: VoucherPlan
  readonly vouchers: ReadonlyArray<ProgramVoucher>
}

/** The vouchers of a program, ready to price baskets. */
export interface CompiledVouchers {
  readonly plan: CompiledVoucherPlan
  readonly vouchers: ReadonlyMap<VoucherId, ProgramVoucher>
}

/**
 * The codec of the vouchers of a program; conditions speak of the fields of `orderVocabulary`, without those that the
 * program declares.
 *
 * @param currency - the program's currency, in which amounts are written
 *
 * @example
 * ```ts
 * import { type Currency, decode, voucherSchemeCodec } from 'treue'
 *
 * const plan = { root: { mode: 'stack', of: [] }, maximumBasisPoints: null }
 * decode(voucherSchemeCodec('EUR' as Currency), { plan, vouchers: [] })._tag // => 'Right'
 * ```
 */
export const voucherSchemeCodec = (currency: Currency): Codec<VoucherScheme, unknown> =>
  structCodec('VoucherScheme', {
    plan: VoucherPlan,
    vouchers: arrayCodec(
      structCodec(
        'ProgramVoucher',
        {
          voucher: voucherCodec(orderVocabulary(currency)),
          use: literalCodec('granted', 'open'),
          limits: arrayCodec(RewardLimit, { maxLength: 20 }),
          total: nullableCodec(integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })),
          validity: nullableCodec(Duration),
          reward: nullableCodec(RewardId),
        },
        { tiers: arrayCodec(stringCodec, { maxLength: 1000 }) },
      ),
      { maxLength: 10_000 },
    ),
  })

/** Makes vouchers ready, or says what of their plan does not fit. */
export const compileVouchers = (
  currency: Currency,
  { plan, vouchers }: VoucherScheme,
): E.Either<ReadonlyArray<InvalidValue>, CompiledVouchers> => {
  const compiled = compileVoucherPlan(
    orderVocabulary(currency),
    plan,
    vouchers.map(({ voucher }) => voucher),
  )
  if (E.isRight(compiled)) {
    return E.right({ plan: compiled.right, vouchers: new Map(vouchers.map((one) => [one.voucher.id, one])) })
  }
  // A voucher of a program stands one level deeper.
  return E.left(
    compiled.left.map((fault) =>
      fault.path[0] === 'vouchers'
        ? { ...fault, path: [...fault.path.slice(0, 2), 'voucher', ...fault.path.slice(2)] }
        : fault,
    ),
  )
}

/** What of a program vouchers look at. */
interface VoucherSetting {
  readonly currency: Currency
  readonly rewards?: ReadonlyArray<Reward>
  readonly ladders: ReadonlyArray<Ladder>
}

/** Nobody comes onto the first tier by what was counted. */
const tierFaults = (tiers: ReadonlyArray<string>, ladders: ReadonlyArray<Ladder>, path: InvalidValue['path']) => {
  const known = ladders.flatMap(({ id, tiers: all }) => all.slice(1).map((tier) => `${id}/${tier.id}`))
  return tiers.flatMap((tier, place) =>
    known.includes(tier) ? [] : [invalidValue([...path, place], tier, `a tier to reach: ${known.join(', ')}`)],
  )
}

const oneFaults = (
  { voucher, use, reward, validity, tiers = [] }: ProgramVoucher,
  index: number,
  { currency, rewards = [], ladders }: VoucherSetting,
): ReadonlyArray<InvalidValue> => [
  ...(voucher.currency === currency
    ? []
    : [
        invalidValue(
          ['vouchers', index, 'voucher', 'currency'],
          voucher.currency,
          `${currency}, the program's currency`,
        ),
      ]),
  ...(use === 'open' && (voucher.benefit.type === 'giftCredit' || reward !== null || tiers.length > 0)
    ? [invalidValue(['vouchers', index, 'use'], use, '"granted", since a member is to have it')]
    : []),
  ...(validity === null || validity.amount > 0
    ? []
    : [invalidValue(['vouchers', index, 'validity', 'amount'], validity.amount, 'at least 1')]),
  ...(reward === null || rewards.some(({ id }) => id === reward)
    ? []
    : [invalidValue(['vouchers', index, 'reward'], reward, 'a reward of the program')]),
  ...tierFaults(tiers, ladders, ['vouchers', index, 'tiers']),
]

/** What does not fit together; paths start at the vouchers of the program. */
export const voucherFaults = (
  scheme: VoucherScheme | undefined,
  setting: VoucherSetting,
): ReadonlyArray<InvalidValue> => {
  if (scheme === undefined) return []
  const compiled = compileVouchers(setting.currency, scheme)
  return [
    ...(E.isLeft(compiled) ? compiled.left : []),
    ...scheme.vouchers.flatMap((one, index) => oneFaults(one, index, setting)),
  ]
}
