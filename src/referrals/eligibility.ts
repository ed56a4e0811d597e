/** Whether a referral may count: every reason why not. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  addDuration,
  arrayCodec,
  type Codec,
  type ExactInteger,
  exactSum,
  type Fault,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  MemberId,
  naturalCodec,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  stringCodec,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import type { EligibilityPolicy } from './eligibility-policy.ts'

/** A line of the purchase that may make a referral count. */
export interface ReferredLine {
  /** What was paid for it in money, in minor units: without tax or with it, as the shop counts; without points and credit. */
  readonly paidMinor: number
  readonly categories: ReadonlyArray<string>
}

/** What is known of a referral when it may count. */
export interface ReferralFacts {
  readonly referrer: {
    readonly member: MemberId
    readonly enrolledAt: Instant
    readonly standing: 'good' | 'suspended' | 'left'
  }
  readonly referee: {
    readonly member: MemberId
    readonly enrolledAt: Instant
    /** Whether the person was a customer before; a deleted account leaves a tombstone that tells. */
    readonly history: 'none' | 'customer' | 'deletedAccount'
    /** When they first did what counts; `null`: never before this purchase. */
    readonly firstQualifiedAt: Instant | null
  }
  /** When the referrer brought the referee: the touch that is credited. */
  readonly referredAt: Instant
  readonly purchase: {
    readonly id: ActivityId
    readonly at: Instant
    /** The referee's how many-th purchase it is, from 1. */
    readonly number: number
    /** Bought by the customer; given away; or entered by hand. */
    readonly origin: 'customer' | 'comped' | 'administrator'
    readonly channel: string
    readonly lines: ReadonlyArray<ReferredLine>
  }
}

/** Members cannot refer themselves (S49). */
export interface SelfReferral extends Fault<'SelfReferral'> {
  readonly member: MemberId
}

/** The referrer was not a member before the referee, so the referral could be part of a circle (S50). */
export interface ReferrerNotEarlier extends Fault<'ReferrerNotEarlier'> {
  readonly referrer: MemberId
}

/** The purchase is smaller than what the policy asks for. */
export interface BelowMinimumSpend extends Fault<'BelowMinimumSpend'> {
  readonly spendMinor: number
  readonly minimumMinor: number
}

/** The referee had less time than it took. */
export interface ReferralWindowClosed extends Fault<'ReferralWindowClosed'> {
  readonly at: Instant
  /** The first instant that was too late. */
  readonly closedAt: Instant
}

/** The referee was a customer before. */
export interface NotNewCustomer extends Fault<'NotNewCustomer'> {
  readonly history: 'customer' | 'deletedAccount'
}

/** The referrer is suspended or has left. */
export interface ReferrerNotInGoodStanding extends Fault<'ReferrerNotInGoodStanding'> {
  readonly standing: 'suspended' | 'left'
}

/** The referee did what counts before anybody referred them, so nobody brought them (S50). */
export interface ReferredTooLate extends Fault<'ReferredTooLate'> {
  readonly referredAt: Instant
  readonly firstQualifiedAt: Instant
}

/** It is not the purchase that counts. */
export interface WrongPurchaseNumber extends Fault<'WrongPurchaseNumber'> {
  readonly number: number
  readonly wanted: number
}

/** The purchase was given away or entered by hand (S53). */
export interface NotMonetised extends Fault<'NotMonetised'> {
  readonly origin: 'comped' | 'administrator'
}

/** The purchase was made where referrals do not count. */
export interface ChannelNotEligible extends Fault<'ChannelNotEligible'> {
  readonly channel: string
}

/** Why a referral does not count. */
export type EligibilityRefusal =
  | SelfReferral
  | ReferrerNotEarlier
  | ReferrerNotInGoodStanding
  | NotNewCustomer
  | ReferredTooLate
  | NotMonetised
  | WrongPurchaseNumber
  | ChannelNotEligible
  | ReferralWindowClosed
  | BelowMinimumSpend
  | InvalidValue
  | OutOfRange

/** A purchase that makes a referral count. */
export interface EligiblePurchase {
  /** What was paid for lines that count, in minor units. */
  readonly spendMinor: number
}

const peopleFaults = (
  { newCustomersOnly }: EligibilityPolicy,
  facts: ReferralFacts,
): ReadonlyArray<EligibilityRefusal> => {
  const { referrer, referee, referredAt } = facts
  const { standing } = referrer
  const { history, firstQualifiedAt } = referee
  const found: Array<EligibilityRefusal> = []
  if (referrer.member === referee.member) {
    const path = ['referrer', 'member']
    found.push({ _tag: 'SelfReferral', path, expected: 'another member', member: referee.member })
  } else if (referrer.enrolledAt >= referee.enrolledAt) {
    const expected = 'a referrer who enrolled before the referee'
    found.push({ _tag: 'ReferrerNotEarlier', path: ['referrer', 'enrolledAt'], expected, referrer: referrer.member })
  }
  if (standing !== 'good') {
    const expected = 'a referrer in good standing'
    found.push({ _tag: 'ReferrerNotInGoodStanding', path: ['referrer', 'standing'], expected, standing })
  }
  if (newCustomersOnly && history !== 'none') {
    found.push({ _tag: 'NotNewCustomer', path: ['referee', 'history'], expected: 'a new customer', history })
  }
  if (firstQualifiedAt !== null && firstQualifiedAt < referredAt) {
    const expected = 'a referral before the first purchase that counts'
    found.push({ _tag: 'ReferredTooLate', path: ['referredAt'], expected, referredAt, firstQualifiedAt })
  }
  return found
}

const purchaseFaults = (
  { purchaseNumber: wanted, channels, within }: EligibilityPolicy,
  zone: Zone,
  { purchase, referee }: ReferralFacts,
): ReadonlyArray<EligibilityRefusal> => {
  const { origin, number, channel, at } = purchase
  const found: Array<EligibilityRefusal> = []
  if (origin !== 'customer') {
    const expected = 'a purchase that a customer pays for'
    found.push({ _tag: 'NotMonetised', path: ['purchase', 'origin'], expected, origin })
  }
  if (wanted !== null && number !== wanted) {
    const expected = `the purchase with number ${wanted}`
    found.push({ _tag: 'WrongPurchaseNumber', path: ['purchase', 'number'], expected, number, wanted })
  }
  if (channels !== null && !channels.includes(channel)) {
    const expected = 'a channel where referrals count'
    found.push({ _tag: 'ChannelNotEligible', path: ['purchase', 'channel'], expected, channel })
  }
  const closedAt = within === null ? null : addDuration(zone, referee.enrolledAt, within)
  if (closedAt !== null && at >= closedAt) {
    const expected = 'a purchase before the end of the window'
    found.push({ _tag: 'ReferralWindowClosed', path: ['purchase', 'at'], expected, at, closedAt })
  }
  return found
}

/** Whether a line counts: once, however many of the categories it is in. */
const lineCounts = (
  only: ReadonlySet<string> | null,
  except: ReadonlySet<string>,
  { categories }: ReferredLine,
): boolean =>
  !categories.some((category) => except.has(category)) &&
  (only === null || categories.some((category) => only.has(category)))

/**
 * What was spent on lines that count, in minor units.
 *
 * `InvalidValue`: a line that is paid with less than 0. `OutOfRange`: a sum that is no safe integer.
 *
 * @param policy - the terms, which say of which categories lines count
 * @param lines - the lines of a purchase, in minor units
 *
 * @example
 * ```ts
 * import { eligibleSpend, type EligibilityPolicy, unwrap } from 'treue'
 *
 * const policy = { categories: null, exceptCategories: ['gift cards'] } as unknown as EligibilityPolicy
 * const lines = [{ paidMinor: 6000, categories: ['shoes'] }, { paidMinor: 5000, categories: ['gift cards'] }]
 * unwrap(eligibleSpend(policy, lines)) // => 6000
 * ```
 */
export const eligibleSpend = (
  { categories, exceptCategories }: EligibilityPolicy,
  lines: ReadonlyArray<ReferredLine>,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, number> => {
  const only = categories === null ? null : new Set(categories)
  const except = new Set(exceptCategories)
  const faults: Array<InvalidValue | OutOfRange> = []
  let spend: ExactInteger = 0
  for (const [index, line] of lines.entries()) {
    const { paidMinor } = line
    if (!Number.isSafeInteger(paidMinor) || paidMinor < 0) {
      const path = ['purchase', 'lines', index, 'paidMinor']
      faults.push(invalidValue(path, paidMinor, 'minor units as an integer from 0 to 9007199254740991'))
    } else if (lineCounts(only, except, line)) spend = exactSum(spend, paidMinor)
  }
  if (typeof spend === 'bigint') {
    faults.push(outOfRange(['purchase', 'lines'], spend, 'a sum of at most 9007199254740991 minor units'))
  }
  return faults.length === 0 ? E.right(Number(spend)) : E.left(faults)
}

/**
 * The least spend that counts, in minor units: without a minimum it still takes a purchase that is paid for (S53).
 *
 * @param policy - the terms
 *
 * @example
 * ```ts
 * import { type EligibilityPolicy, leastReferralSpend } from 'treue'
 *
 * leastReferralSpend({ minimumSpend: { minor: 0, currency: 'EUR' } } as unknown as EligibilityPolicy) // => 1
 * ```
 */
export const leastReferralSpend = ({ minimumSpend }: EligibilityPolicy): number => Math.max(1, minimumSpend.minor)

const spendFaults = (
  policy: EligibilityPolicy,
  spend: E.Either<ReadonlyArray<InvalidValue | OutOfRange>, number>,
): ReadonlyArray<EligibilityRefusal> => {
  if (E.isLeft(spend)) return spend.left
  const minimumMinor = leastReferralSpend(policy)
  if (spend.right >= minimumMinor) return []
  const expected = `at least ${minimumMinor} minor units`
  const path = ['purchase', 'lines']
  return [{ _tag: 'BelowMinimumSpend', path, expected, spendMinor: spend.right, minimumMinor }]
}

/**
 * Whether a purchase makes a referral count, and with how much spend: all reasons where it does not.
 *
 * `SelfReferral` (S49); `ReferrerNotEarlier`: referrals that point back in time cannot form a circle, and
 * `ReferredTooLate`: nor can those of people who came by themselves (S50); `ReferrerNotInGoodStanding`; `NotNewCustomer`,
 * also for a deleted account; `NotMonetised`: given away or entered by hand, `BelowMinimumSpend`: also 0 (S53);
 * `WrongPurchaseNumber`; `ChannelNotEligible`; `ReferralWindowClosed`: its end is too late (S48). `InvalidValue` for a line
 * that is paid with less than 0, `OutOfRange` for a sum that is no safe integer.
 *
 * @param policy - the terms
 * @param zone - the zone of the program's calendar
 * @param facts - what is known of both members and of the purchase
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, EligibilityPolicy, type Instant, type MemberId, referralEligibility } from 'treue'
 * import { type ReferralFacts, unwrap, utc } from 'treue'
 *
 * const policy = unwrap(decode(EligibilityPolicy, {
 *   newCustomersOnly: true,
 *   minimumSpend: { amount: '50.00', currency: 'EUR' },
 *   purchaseNumber: 1,
 *   within: null,
 *   channels: null,
 *   categories: null,
 *   exceptCategories: ['gift cards'],
 * }))
 * const at = 1_772_366_400_000 as Instant
 * const enrolledAt = (at - 1000) as Instant
 * const facts: ReferralFacts = {
 *   referrer: { member: 'anna' as MemberId, enrolledAt, standing: 'good' },
 *   referee: { member: 'ben' as MemberId, enrolledAt: at, history: 'none', firstQualifiedAt: null },
 *   referredAt: at,
 *   purchase: {
 *     id: 'order-1' as ActivityId,
 *     at,
 *     number: 1,
 *     origin: 'customer',
 *     channel: 'web',
 *     lines: [{ paidMinor: 6000, categories: ['shoes'] }, { paidMinor: 5000, categories: ['gift cards'] }],
 *   },
 * }
 * unwrap(referralEligibility(policy, utc, facts)) // => { spendMinor: 6000 }
 * ```
 */
export const referralEligibility = (
  policy: EligibilityPolicy,
  zone: Zone,
  facts: ReferralFacts,
): E.Either<ReadonlyArray<EligibilityRefusal>, EligiblePurchase> => {
  const spend = eligibleSpend(policy, facts.purchase.lines)
  const found = [...peopleFaults(policy, facts), ...purchaseFaults(policy, zone, facts), ...spendFaults(policy, spend)]
  if (E.isLeft(spend) || found.length > 0) return E.left(found)
  return E.right({ spendMinor: spend.right })
}

const count = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })

/** Reads a {@link ReferredLine}. */
export const ReferredLine: Codec<ReferredLine, unknown> = /* @__PURE__ */ structCodec('ReferredLine', {
  paidMinor: naturalCodec,
  categories: /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 10_000 }),
})

/**
 * Reads {@link ReferralFacts}, as they were stored for whoever asks later why a referral did not count.
 *
 * @example
 * ```ts
 * import { decode, ReferralFacts } from 'treue'
 *
 * decode(ReferralFacts, { referrer: { member: 'anna', standing: 'excellent' } })._tag // => 'Left'
 * ```
 */
export const ReferralFacts: Codec<ReferralFacts, unknown> = /* @__PURE__ */ structCodec('ReferralFacts', {
  referrer: /* @__PURE__ */ structCodec('ReferrerFacts', {
    member: MemberId,
    enrolledAt: Instant,
    standing: /* @__PURE__ */ literalCodec('good', 'suspended', 'left'),
  }),
  referee: /* @__PURE__ */ structCodec('RefereeFacts', {
    member: MemberId,
    enrolledAt: Instant,
    history: /* @__PURE__ */ literalCodec('none', 'customer', 'deletedAccount'),
    firstQualifiedAt: /* @__PURE__ */ nullableCodec(Instant),
  }),
  referredAt: Instant,
  purchase: /* @__PURE__ */ structCodec('PurchaseFacts', {
    id: ActivityId,
    at: Instant,
    number: count,
    origin: /* @__PURE__ */ literalCodec('customer', 'comped', 'administrator'),
    channel: stringCodec,
    lines: /* @__PURE__ */ arrayCodec(ReferredLine, { maxLength: 10_000 }),
  }),
})
