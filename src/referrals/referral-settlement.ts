/** What both sides of a referral get, decided together when it counts. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  addDuration,
  booleanCodec,
  type Codec,
  constrainCodec,
  type Fault,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  naturalCodec,
  nullableCodec,
  type OutOfRange,
  structCodec,
  underPath,
  type ZeroDenominator,
  type Zone,
} from '../foundation/index.ts'
import { type EligibilityRefusal, type ReferralFacts, referralEligibility } from './eligibility.ts'
import type { FraudSignal } from './fraud-policy.ts'
import { assessFraud, FraudAssessment } from './fraud-signals.ts'
import { claimReferralCaps, ReferralCapClaim, type ReferralCapUsage } from './referral-cap-claim.ts'
import { ReferralRewardKind, referralRewardUnits } from './referral-reward.ts'
import type { ReferralTerms } from './referral-terms.ts'

/** Signals of abuse stop the referral: neither side is paid. */
export interface ReferralBlocked extends Fault<'ReferralBlocked'> {
  readonly score: number
  readonly signals: ReadonlyArray<FraudSignal>
}

/** Why nothing is paid. */
export type SettlementRefusal = EligibilityRefusal | ReferralBlocked | ZeroDenominator | OutOfRange

/** What one side has. */
export interface SettledSide {
  readonly kind: ReferralRewardKind
  /** What was granted, in units of the kind. */
  readonly units: number
  /** What of it returns have taken back. */
  readonly takenUnits: number
  /** From when on it may be paid; where a person has to approve it, not before that either. */
  readonly releasedAt: Instant
}

/** Both sides of a referral that counts, and where it stands. */
export interface ReferralSettlement {
  readonly purchase: ActivityId
  readonly at: Instant
  /** What was spent on what counts, in minor units. */
  readonly spendMinor: number
  /** `pending`: in review; `released`: the referrer is paid; `cancelled`: it does not count; `inReview`: a person decides. */
  readonly status: 'pending' | 'released' | 'cancelled' | 'inReview'
  /** Whether signals of abuse ask for a person's approval before anything that is not given at once is paid. */
  readonly needsApproval: boolean
  readonly fraud: FraudAssessment
  /** The referrer's how many-th referral it was, from 1. */
  readonly number: number
  readonly referrer: SettledSide
  /** `null` for a one-sided referral. */
  readonly referee: SettledSide | null
  /** What caps left of the referrer's reward, and what it uses of them. */
  readonly claim: ReferralCapClaim
}

/** What a settlement is decided from. */
export interface SettlementInput {
  readonly facts: ReferralFacts
  readonly signals: ReadonlyArray<FraudSignal>
  /** What is used of the caps, in the windows of the purchase. */
  readonly usage: ReferralCapUsage
  /** How many referrals of the referrer count already, those in review too. */
  readonly counted: number
}

const blocked = ({ score, because }: FraudAssessment): ReferralBlocked => ({
  _tag: 'ReferralBlocked',
  path: ['signals'],
  expected: 'no signals of abuse that block',
  score,
  signals: because.map(({ signal }) => signal),
})

const settled = (
  terms: ReferralTerms,
  zone: Zone,
  { facts, usage, counted }: SettlementInput,
  fraud: FraudAssessment,
  spendMinor: number,
): E.Either<ReadonlyArray<SettlementRefusal>, ReferralSettlement> => {
  const { id: purchase, at } = facts.purchase
  const number = counted + 1
  const desired = referralRewardUnits(terms.referrer.amount, { spendMinor, number })
  const given =
    terms.referee === null ? E.right(0) : referralRewardUnits(terms.referee.reward.amount, { spendMinor, number })
  if (E.isLeft(desired) || E.isLeft(given)) {
    return E.left([
      ...(E.isLeft(desired) ? underPath(['referrer'], [desired.left]) : []),
      ...(E.isLeft(given) ? underPath(['referee'], [given.left]) : []),
    ])
  }
  const releasedAt = addDuration(zone, at, terms.review)
  const claim = claimReferralCaps(terms.caps, usage, desired.right)
  const { referee } = terms
  return E.right({
    purchase,
    at,
    spendMinor,
    status: 'pending',
    needsApproval: fraud.outcome === 'review',
    fraud,
    number,
    referrer: { kind: terms.referrer.kind, units: claim.granted, takenUnits: 0, releasedAt },
    referee:
      referee === null
        ? null
        : {
            kind: referee.reward.kind,
            units: given.right,
            takenUnits: 0,
            releasedAt: referee.release === 'atOnce' ? at : releasedAt,
          },
    claim,
  })
}

/**
 * Decides both sides of a referral on a purchase of the referee, in one decision: both are granted or none is. Only the
 * referrer's side is subject to caps: who was promised something for coming has it, also from somebody whose cap is used
 * up (S54).
 *
 * The refusals are those of {@link referralEligibility}, and `ReferralBlocked` where signals of abuse block. `OutOfRange`
 * and `ZeroDenominator` for a reward that cannot be computed. All are reported.
 *
 * @param terms - the terms
 * @param zone - the zone of the program's calendar
 * @param input - what is known of the referral, and what is used of the caps
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, defaultFraudPolicy, formatInstant, type MemberId, parseInstant } from 'treue'
 * import { type ReferralFacts, ReferralTerms, settleReferral, unwrap, utc } from 'treue'
 *
 * const terms = unwrap(decode(ReferralTerms, {
 *   eligibility: {
 *     newCustomersOnly: true,
 *     minimumSpend: { amount: '50.00', currency: 'EUR' },
 *     purchaseNumber: 1,
 *     within: null,
 *     channels: null,
 *     categories: null,
 *     exceptCategories: [],
 *   },
 *   fraud: defaultFraudPolicy,
 *   review: { amount: 31, unit: 'day' },
 *   referrer: { kind: { type: 'points', wallet: 'points' }, amount: { type: 'fixed', units: 500 } },
 *   referee: {
 *     reward: { kind: { type: 'money', currency: 'EUR' }, amount: { type: 'fixed', units: 1000 } },
 *     release: 'atOnce',
 *     onReturn: 'proportional',
 *   },
 *   caps: [],
 *   milestones: [],
 * }))
 * const instant = (text: string) => unwrap(parseInstant(text))
 * const at = instant('2026-03-01T12:00:00Z')
 * const facts: ReferralFacts = {
 *   referrer: { member: 'anna' as MemberId, enrolledAt: instant('2026-01-01T00:00:00Z'), standing: 'good' },
 *   referee: { member: 'ben' as MemberId, enrolledAt: at, history: 'none', firstQualifiedAt: null },
 *   referredAt: at,
 *   purchase: {
 *     id: 'order-1' as ActivityId,
 *     at,
 *     number: 1,
 *     origin: 'customer',
 *     channel: 'web',
 *     lines: [{ paidMinor: 10_000, categories: [] }],
 *   },
 * }
 * const input = { facts, signals: [], usage: { version: 0, used: [] }, counted: 0 }
 * const settlement = unwrap(settleReferral(terms, utc, input))
 * settlement.referee?.units // => 1000
 * settlement.referrer.units // => 500
 * formatInstant(settlement.referrer.releasedAt) // => '2026-04-01T12:00:00Z'
 * ```
 */
export const settleReferral = (
  terms: ReferralTerms,
  zone: Zone,
  input: SettlementInput,
): E.Either<ReadonlyArray<SettlementRefusal>, ReferralSettlement> => {
  const eligible = referralEligibility(terms.eligibility, zone, input.facts)
  const fraud = assessFraud(input.signals, terms.fraud)
  const stopped = fraud.outcome === 'block' ? [blocked(fraud)] : []
  if (E.isLeft(eligible)) return E.left([...eligible.left, ...stopped])
  return stopped.length > 0 ? E.left(stopped) : settled(terms, zone, input, fraud, eligible.right.spendMinor)
}

const positive = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })

const Side: Codec<SettledSide, unknown> = /* @__PURE__ */ constrainCodec<SettledSide, unknown>(
  /* @__PURE__ */ structCodec('SettledSide', {
    kind: ReferralRewardKind,
    units: naturalCodec,
    takenUnits: naturalCodec,
    releasedAt: Instant,
  }),
  ({ units, takenUnits }) =>
    takenUnits <= units ? [] : [invalidValue(['takenUnits'], takenUnits, `at most ${units}, what was granted`)],
)

const ownFaults = ({ referrer, claim }: ReferralSettlement): ReadonlyArray<InvalidValue> =>
  referrer.units === claim.granted
    ? []
    : [invalidValue(['referrer', 'units'], referrer.units, `${claim.granted}, what caps left`)]

/**
 * Reads a {@link ReferralSettlement}, as it was stored.
 *
 * @example
 * ```ts
 * import { decode, ReferralSettlement } from 'treue'
 *
 * decode(ReferralSettlement, { status: 'paid' })._tag // => 'Left'
 * ```
 */
export const ReferralSettlement: Codec<ReferralSettlement, unknown> = /* @__PURE__ */ constrainCodec<
  ReferralSettlement,
  unknown
>(
  /* @__PURE__ */ structCodec('ReferralSettlement', {
    purchase: ActivityId,
    at: Instant,
    spendMinor: positive,
    status: /* @__PURE__ */ literalCodec('pending', 'released', 'cancelled', 'inReview'),
    needsApproval: booleanCodec,
    fraud: FraudAssessment,
    number: positive,
    referrer: Side,
    referee: /* @__PURE__ */ nullableCodec(Side),
    claim: ReferralCapClaim,
  }),
  ownFaults,
)
