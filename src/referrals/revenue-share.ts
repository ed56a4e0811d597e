/** A referrer's recurring share of what the referee pays. */
import * as E from 'fp-ts/Either'
import {
  addDuration,
  type Codec,
  type ExactInteger,
  exactProduct,
  exactSum,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  naturalCodec,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  RoundingMode,
  roundRatio,
  structCodec,
  type ZeroDenominator,
  type Zone,
} from '../foundation/index.ts'

/** So many units for so many minor units of revenue, for some months. */
export interface RevenueShare {
  readonly units: number
  readonly perMinor: number
  readonly rounding: RoundingMode
  /** Months from the conversion on, each counted from it. */
  readonly months: number
  /** At most so many units in all; `null`: without limit. */
  readonly most: number | null
}

/** A payment of the referee; below 0 for a refund. */
export interface ReferredPayment {
  readonly at: Instant
  readonly minor: number
}

/** The share of one month. */
export interface MonthlyRevenueShare {
  /** From 1. */
  readonly month: number
  readonly from: Instant
  readonly until: Instant
  readonly revenueMinor: number
  /** Below 0 where a refund takes back a share of an earlier month. */
  readonly units: number
}

/** In which month an instant is, from 0: the last that begins at it or before. */
const monthOf = (starts: ReadonlyArray<Instant>, at: Instant): number => {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as Instant) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

interface Months {
  readonly revenue: ReadonlyArray<ExactInteger>
  readonly faults: ReadonlyArray<InvalidValue>
}

const revenueByMonth = (starts: ReadonlyArray<Instant>, payments: ReadonlyArray<ReferredPayment>): Months => {
  const faults: Array<InvalidValue> = []
  const revenue: Array<ExactInteger> = Array.from({ length: starts.length - 1 }, () => 0)
  for (const [index, { at, minor }] of payments.entries()) {
    if (!Number.isSafeInteger(minor)) {
      faults.push(invalidValue(['payments', index, 'minor'], minor, 'minor units as a safe integer'))
      continue
    }
    const month = monthOf(starts, at)
    const before = revenue[month]
    if (before !== undefined) revenue[month] = exactSum(before, minor)
  }
  return { revenue, faults }
}

/**
 * What is due of all revenue so far: rounded once, never below 0.
 *
 * `OutOfRange`: a share that is no safe integer. `ZeroDenominator`: a share for 0 minor units.
 *
 * @param share - the share, in units
 * @param revenue - all that the referee has paid so far, less refunds, in minor units
 *
 * @example
 * ```ts
 * import { revenueShareDue } from 'treue'
 *
 * const share = { units: 1, perMinor: 3, rounding: 'floor', months: 2, most: 50 } as const
 * revenueShareDue(share, 100) // => { _tag: 'Right', right: 33 }
 * revenueShareDue(share, 1000) // => { _tag: 'Right', right: 50 }
 * ```
 */
export const revenueShareDue = (
  { units, perMinor, rounding, most }: RevenueShare,
  revenue: ExactInteger,
): E.Either<ZeroDenominator | OutOfRange, number> => {
  const due = roundRatio(exactProduct(revenue, units), perMinor, rounding)
  return E.isLeft(due) ? due : E.right(Math.max(0, Math.min(due.right, most ?? due.right)))
}

/**
 * The share of each month. What is due is counted from all revenue so far and rounded once; a month has the difference. So
 * the months together are the share of the whole, and a refund takes back exactly what the payment gave (S3). Payments
 * before the conversion and after the last month do not count.
 *
 * `InvalidValue`: a payment that is no safe integer. `OutOfRange`: a share, or the revenue of a month, that is none.
 * `ZeroDenominator`: a share for 0 minor units.
 *
 * @param share - the share, in units
 * @param zone - the zone of the program's calendar
 * @param convertedAt - when the months begin
 * @param payments - what the referee paid, in minor units, in any order
 *
 * @example
 * ```ts
 * import { type Instant, revenueShare, unwrap, utc } from 'treue'
 *
 * const day = 86_400_000
 * const at = (days: number) => (days * day) as Instant
 * const share = { units: 1, perMinor: 3, rounding: 'floor', months: 2, most: null } as const
 * const payments = [{ at: at(1), minor: 100 }, { at: at(40), minor: 100 }, { at: at(90), minor: 100 }]
 * unwrap(revenueShare(share, utc, at(0), payments)).map(({ units }) => units) // => [33, 33]
 * ```
 */
export const revenueShare = (
  share: RevenueShare,
  zone: Zone,
  convertedAt: Instant,
  payments: ReadonlyArray<ReferredPayment>,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange | ZeroDenominator>, ReadonlyArray<MonthlyRevenueShare>> => {
  const month = { amount: 1, unit: 'month' } as const
  const starts = Array.from({ length: share.months + 1 }, (_, index) => addDuration(zone, convertedAt, month, index))
  const { revenue, faults } = revenueByMonth(starts, payments)
  if (faults.length > 0) return E.left(faults)
  const shares: Array<MonthlyRevenueShare> = []
  let total: ExactInteger = 0
  let paid = 0
  for (const [index, ofMonth] of revenue.entries()) {
    total = exactSum(total, ofMonth)
    const revenueMinor = Number(ofMonth)
    if (!Number.isSafeInteger(revenueMinor)) {
      return E.left([outOfRange(['months', index], revenueMinor, 'revenue of a month as a safe integer')])
    }
    const due = revenueShareDue(share, total)
    if (E.isLeft(due)) return E.left([{ ...due.left, path: ['months', index] }])
    const from = starts[index] as Instant
    const until = starts[index + 1] as Instant
    shares.push({ month: index + 1, from, until, revenueMinor, units: due.right - paid })
    paid = due.right
  }
  return E.right(shares)
}

/**
 * Reads a {@link RevenueShare}.
 *
 * @example
 * ```ts
 * import { decode, RevenueShare } from 'treue'
 *
 * decode(RevenueShare, { units: 1, perMinor: 5, rounding: 'floor', months: 12, most: null })._tag // => 'Right'
 * ```
 */
export const RevenueShare: Codec<RevenueShare> = /* @__PURE__ */ structCodec('RevenueShare', {
  units: naturalCodec,
  perMinor: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  rounding: RoundingMode,
  months: /* @__PURE__ */ integerCodec({ min: 1, max: 1200 }),
  most: /* @__PURE__ */ nullableCodec(naturalCodec),
})

/** Reads a {@link ReferredPayment}. */
export const ReferredPayment: Codec<ReferredPayment, unknown> = /* @__PURE__ */ structCodec('ReferredPayment', {
  at: Instant,
  minor: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
})
