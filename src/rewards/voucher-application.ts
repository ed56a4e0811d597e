/** One voucher on a basket that others may have reduced before. */
import type { Instant, MemberId } from '../foundation/index.ts'
import type { Facts } from '../rules/index.ts'
import type { Basket, BasketLine } from './basket.ts'
import { buyXGetYDiscount } from './buy-x-get-y.ts'
import { shareOf, sharesOf, sumOf } from './discount-allocation.ts'
import type { VoucherId } from './reward-ids.ts'
import type { MinimumSpend, ProductBenefit, Voucher } from './voucher.ts'
import type { AppliedVoucher, DeclinedVoucher, GiftItem, VoucherDecline } from './voucher-outcome.ts'
import type { ReadyVoucher } from './voucher-plan.ts'

/** Who buys, when, and with what. */
export interface VoucherContext {
  readonly at: Instant
  /** `null` for a guest. */
  readonly member: MemberId | null
  /** What is known, for the conditions of vouchers. */
  readonly facts: Facts
  /** The vouchers that are entered; `null`: all of the plan. */
  readonly submitted: ReadonlyArray<VoucherId> | null
  /** Vouchers that have been used as often as they may. */
  readonly usedUp: ReadonlyArray<VoucherId>
}

/** What is the same for all vouchers of one basket. */
export interface Setting {
  readonly basket: Basket
  readonly context: VoucherContext
  readonly usedUp: ReadonlySet<VoucherId>
  readonly initial: ReadonlyArray<number>
  /** The most that may be taken off the lines; `null`: no limit. */
  readonly capMinor: number | null
}

/** The basket as vouchers have left it so far. */
export interface Running {
  /** What is still to be paid for each line. */
  readonly lines: ReadonlyArray<number>
  readonly shippingMinor: number
  /** What discounts took off the lines. */
  readonly discountMinor: number
  /** What discounts took off shipping. */
  readonly shippingDiscountMinor: number
  readonly applied: ReadonlyArray<AppliedVoucher>
  readonly vouchers: ReadonlyArray<Voucher>
  readonly declined: ReadonlyArray<DeclinedVoucher>
}

/** What a voucher would take off, before caps. */
interface Offer {
  readonly lines: ReadonlyArray<number>
  readonly shippingMinor: number
  readonly gifts: ReadonlyArray<GiftItem>
  /** What it would be without a maximum. */
  readonly desiredMinor: number
}

const isEligible = ({ voucher, skus, categories }: ReadyVoucher, line: BasketLine): boolean =>
  voucher.products === null ||
  (line.sku !== null && skus.has(line.sku)) ||
  line.categories.some((category) => categories.has(category))

/** Reasons by the time. */
const untimely = ({ validFrom, validUntil }: Voucher, at: Instant): VoucherDecline | null => {
  if (validFrom !== null && at < validFrom) return { reason: 'notYetValid', validFrom }
  return validUntil !== null && at >= validUntil ? { reason: 'expired', validUntil } : null
}

/** Reasons by who buys, and by what is known. */
const ineligible = ({ condition, members }: ReadyVoucher, { member, facts }: VoucherContext): VoucherDecline | null => {
  if (members !== null && (member === null || !members.has(member))) return { reason: 'notForMember' }
  const truth = condition?.truth(facts) ?? 'true'
  if (truth === 'true') return null
  return { reason: truth === 'false' ? 'conditionNotMet' : 'conditionUnknown' }
}

/** Reasons that do not depend on other vouchers. */
const standing = (ready: ReadyVoucher, { basket, context, usedUp }: Setting): VoucherDecline | null => {
  const { voucher } = ready
  if (voucher.currency !== basket.currency) return { reason: 'otherCurrency' }
  if (usedUp.has(voucher.id)) return { reason: 'usedUp' }
  return untimely(voucher, context.at) ?? ineligible(ready, context)
}

const share = (names: ReadonlyArray<string>, others: ReadonlyArray<string>): boolean =>
  names.some((name) => others.includes(name))

/** The voucher before it that it is exclusive with. */
const exclusion = (voucher: Voucher, { vouchers }: Running): VoucherDecline | null => {
  if (vouchers.some(({ id }) => id === voucher.id)) return { reason: 'alreadyApplied' }
  const other = vouchers.find(
    ({ groups, exclusiveWith }) => share(voucher.exclusiveWith, groups) || share(exclusiveWith, voucher.groups),
  )
  return other === undefined ? null : { reason: 'exclusiveWith', other: other.id }
}

const atMost = (minor: number, maximumMinor: number | null): number =>
  maximumMinor === null ? minor : Math.min(minor, maximumMinor)

const onLines = (
  lines: ReadonlyArray<number>,
  gifts: ReadonlyArray<GiftItem> = [],
  desiredMinor = sumOf(lines),
): Offer => ({
  lines,
  shippingMinor: 0,
  gifts,
  desiredMinor,
})

/** Items in the basket for nothing, the rest as gifts; of several lines the first one first. */
const productOffer = (benefit: ProductBenefit, basket: Basket, running: Running): Offer => {
  let left = benefit.quantity
  const lines = basket.lines.map(({ sku, unitMinor, quantity }, index) => {
    if (sku !== benefit.sku) return 0
    const items = Math.min(left, quantity)
    left -= items
    return Math.min(running.lines[index] ?? 0, items * unitMinor)
  })
  return onLines(lines, left > 0 ? [{ sku: benefit.sku, quantity: left }] : [])
}

/** Credit pays lines and shipping alike. */
const creditOffer = (balanceMinor: number, running: Running): Offer => {
  const owed = [...running.lines, running.shippingMinor]
  const shares = sharesOf(Math.min(balanceMinor, sumOf(owed)), owed)
  const paid = { shippingMinor: shares[shares.length - 1] ?? 0, desiredMinor: sumOf(shares) }
  return { ...onLines(shares.slice(0, -1)), ...paid }
}

/** What a voucher would take off; `eligible`: the places of the lines that it is for. */
const offerOf = (voucher: Voucher, setting: Setting, running: Running, eligible: ReadonlyArray<number>): Offer => {
  const { benefit } = voucher
  const { basket, initial } = setting
  const isFor = new Set(eligible)
  const still = running.lines.map((minor, index) => (isFor.has(index) ? minor : 0))
  const left = sumOf(still)
  switch (benefit.type) {
    case 'percent': {
      const base = benefit.of === 'running' ? left : sumOf(eligible.map((index) => initial[index] ?? 0))
      const full = Math.min(left, shareOf(base, benefit.basisPoints, benefit.rounding))
      const minor = atMost(full, benefit.maximumMinor)
      return onLines(sharesOf(minor, still), [], full)
    }
    case 'fixed':
      return onLines(sharesOf(Math.min(left, benefit.minor), still))
    case 'product':
      return productOffer(benefit, basket, running)
    case 'shipping': {
      const full = shareOf(running.shippingMinor, benefit.basisPoints, benefit.rounding)
      const shippingMinor = atMost(full, benefit.maximumMinor)
      return {
        ...onLines(
          initial.map(() => 0),
          [],
          full,
        ),
        shippingMinor,
      }
    }
    case 'giftCredit':
      return creditOffer(benefit.balanceMinor, running)
    case 'buyXGetY':
      return onLines(buyXGetYDiscount(benefit, basket.lines, running.lines, eligible))
  }
}

/** An offer cut to what the cap on all discounts leaves. */
const underCap = (
  offer: Offer,
  { capMinor }: Setting,
  { discountMinor }: Running,
): Offer & { readonly cut: boolean } => {
  const minor = sumOf(offer.lines)
  const room = capMinor === null ? minor : Math.max(0, capMinor - discountMinor)
  return minor <= room ? { ...offer, cut: false } : { ...offer, lines: sharesOf(room, offer.lines), cut: true }
}

const missing = (minimum: MinimumSpend | null, on: ReadonlyArray<MinimumSpend['on']>, minor: number): number =>
  minimum === null || !on.includes(minimum.on) ? 0 : Math.max(0, minimum.minor - minor)

const isForShippingOrGift = ({ benefit }: Voucher): boolean =>
  benefit.type === 'shipping' || benefit.type === 'giftCredit' || benefit.type === 'product'

/** How many items are missing to one set. */
const itemsShort = ({ benefit }: Voucher, { lines }: Basket, eligible: ReadonlyArray<number>): number =>
  benefit.type === 'buyXGetY'
    ? Math.max(0, benefit.buy + benefit.get - sumOf(eligible.map((index) => lines[index]?.quantity ?? 0)))
    : 0

/** Reasons by what the basket holds and costs when the voucher's turn has come. */
const shortfall = (
  voucher: Voucher,
  setting: Setting,
  running: Running,
  eligible: ReadonlyArray<number>,
): VoucherDecline | null => {
  if (eligible.length === 0 && (voucher.products !== null || !isForShippingOrGift(voucher))) {
    return { reason: 'noMatchingProduct' }
  }
  const missingItems = itemsShort(voucher, setting.basket, eligible)
  if (missingItems > 0) return { reason: 'tooFewItems', missingItems }
  const minimum = voucher.minimumSpend
  const base = minimum?.on === 'initial' ? setting.initial : running.lines
  const cost = sumOf(eligible.map((index) => base[index] ?? 0))
  const missingMinor = missing(minimum, ['initial', 'running', 'afterDiscount'], cost)
  return missingMinor > 0 ? { reason: 'belowMinimumSpend', missingMinor } : null
}

/** Reasons by what the voucher would do. */
const refusalOf = (
  voucher: Voucher,
  running: Running,
  eligible: ReadonlyArray<number>,
  offer: ReturnType<typeof underCap>,
): VoucherDecline | null => {
  const takesNothing = sumOf(offer.lines) + offer.shippingMinor === 0 && offer.gifts.length === 0
  if (takesNothing) return { reason: offer.cut ? 'totalCapReached' : 'nothingLeft' }
  const after = sumOf(eligible.map((index) => (running.lines[index] ?? 0) - (offer.lines[index] ?? 0)))
  const missingMinor = missing(voucher.minimumSpend, ['afterDiscount'], after)
  return missingMinor > 0 ? { reason: 'belowMinimumAfterDiscount', missingMinor } : null
}

const reduced = (voucher: Voucher, running: Running, offer: ReturnType<typeof underCap>): Running => {
  const pays = voucher.benefit.type === 'giftCredit'
  const minor = sumOf(offer.lines)
  const applied: AppliedVoucher = {
    voucher: voucher.id,
    lines: offer.lines,
    shippingMinor: offer.shippingMinor,
    minor: minor + offer.shippingMinor,
    pays,
    desiredMinor: offer.desiredMinor,
    cappedBy: offer.cut ? 'total' : minor + offer.shippingMinor < offer.desiredMinor ? 'voucher' : null,
    gifts: offer.gifts,
  }
  return {
    lines: running.lines.map((left, index) => left - (offer.lines[index] ?? 0)),
    shippingMinor: running.shippingMinor - offer.shippingMinor,
    discountMinor: running.discountMinor + (pays ? 0 : minor),
    shippingDiscountMinor: running.shippingDiscountMinor + (pays ? 0 : offer.shippingMinor),
    applied: [...running.applied, applied],
    vouchers: [...running.vouchers, voucher],
    declined: running.declined,
  }
}

const eligibleOf = (ready: ReadyVoucher, { lines }: Basket): ReadonlyArray<number> =>
  lines.flatMap((line, index) => (isEligible(ready, line) ? [index] : []))

/** The basket with a voucher applied, or why it does not apply. */
export const applyVoucher = (ready: ReadyVoucher, setting: Setting, running: Running): Running | VoucherDecline => {
  const { voucher } = ready
  const eligible = eligibleOf(ready, setting.basket)
  const before =
    standing(ready, setting) ?? exclusion(voucher, running) ?? shortfall(voucher, setting, running, eligible)
  if (before !== null) return before
  const offer = offerOf(voucher, setting, running, eligible)
  const capped = voucher.benefit.type === 'giftCredit' ? { ...offer, cut: false } : underCap(offer, setting, running)
  return refusalOf(voucher, running, eligible, capped) ?? reduced(voucher, running, capped)
}

export const isDeclined = (result: Running | VoucherDecline): result is VoucherDecline => 'reason' in result
