/** Campaigns for a charity: what points are worth to it, what the shop adds, and what is to be reached (S62). */
import * as E from 'fp-ts/Either'
import {
  CampaignId,
  type Codec,
  constrainCodec,
  exactQuotient,
  greatestCommonDivisor,
  Interval,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  type Money,
  multiplyDivide,
  nullableCodec,
  type OutOfRange,
  type Points,
  RoundingMode,
  refineCodec,
  structCodec,
} from '../foundation/index.ts'
import { PointsPrice } from '../ledger/index.ts'
import { BeneficiaryId } from './reward-ids.ts'

/** What the shop adds to what members give. */
export interface DonationMatch {
  /** Hundredths of a percent of all that members give: 10,000 doubles it. */
  readonly basisPoints: number
  /** At most so much in all, in minor units; `null`: no limit. */
  readonly capMinor: number | null
  /** How the sum is rounded; single donations get what it grows by. */
  readonly rounding: RoundingMode
}

/** A campaign that members give to, with points or with money. */
export interface DonationCampaign {
  readonly id: CampaignId
  readonly beneficiary: BeneficiaryId
  /** What the charity gets for points; its currency is that of the campaign. */
  readonly price: PointsPrice
  /** Only so many points, or a multiple, in the wallet's smallest unit. */
  readonly step: Points
  /** When members can give; `null`: always. */
  readonly open: Interval | null
  readonly match: DonationMatch | null
  /** What members and shop are to raise together, in minor units; `null`: as much as it is. */
  readonly targetMinor: number | null
  /** Whether members can give when the target is reached. */
  readonly pastTarget: 'continue' | 'refuse'
}

const positive: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })

/** The least number of points that is worth whole minor units. */
const leastWhole = ({ points, price }: PointsPrice): number =>
  Number(exactQuotient(points, greatestCommonDivisor(points, price.minor)))

const campaignFaults = ({ price, step }: DonationCampaign): ReadonlyArray<InvalidValue> => {
  if (price.price.minor <= 0 || price.points <= 0) {
    return [invalidValue(['price', 'price'], price.price.minor, 'an amount above 0 for at least one point')]
  }
  return step % leastWhole(price) === 0 ? [] : [invalidValue(['step'], step, 'points that are worth whole minor units')]
}

/**
 * Reads a {@link DonationCampaign}: what a step of points is worth must be whole minor units.
 *
 * @example
 * ```ts
 * import { decode, DonationCampaign } from 'treue'
 *
 * const json = {
 *   id: 'trees',
 *   beneficiary: 'forest-fund',
 *   price: { points: 200, price: { amount: '1.00', currency: 'EUR' } },
 *   step: 1000,
 *   open: null,
 *   match: { basisPoints: 10_000, capMinor: 500_000, rounding: 'floor' },
 *   targetMinor: 2_000_000,
 *   pastTarget: 'continue',
 * }
 * decode(DonationCampaign, json)._tag // => 'Right'
 * decode(DonationCampaign, { ...json, step: 3 })._tag // => 'Left'
 * ```
 */
export const DonationCampaign: Codec<DonationCampaign, unknown> = /* @__PURE__ */ constrainCodec<
  DonationCampaign,
  unknown
>(
  /* @__PURE__ */ structCodec('DonationCampaign', {
    id: CampaignId,
    beneficiary: BeneficiaryId,
    price: PointsPrice,
    step: /* @__PURE__ */ refineCodec<number, number, Points>(positive, 'Points', 'points of at least 1', () => true),
    open: /* @__PURE__ */ nullableCodec(Interval),
    match: /* @__PURE__ */ nullableCodec(
      /* @__PURE__ */ structCodec('DonationMatch', {
        basisPoints: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000 }),
        capMinor: /* @__PURE__ */ nullableCodec(positive),
        rounding: RoundingMode,
      }),
    ),
    targetMinor: /* @__PURE__ */ nullableCodec(positive),
    pastTarget: /* @__PURE__ */ literalCodec('continue', 'refuse'),
  }),
  campaignFaults,
)

/** Points that can be given, and what they are worth to the charity. */
export interface DonatablePoints {
  readonly points: Points
  readonly amount: Money
}

/** What points are worth that are a multiple of the step. */
export const worthOf = ({ price }: DonationCampaign, points: Points): E.Either<OutOfRange, Money> => {
  const worth = multiplyDivide(points, price.price.minor, price.points, 'floor')
  if (E.isRight(worth)) return E.right({ minor: worth.right, currency: price.price.currency })
  const expected = 'points that are worth at most 9007199254740991 minor units'
  return E.left({ _tag: 'OutOfRange', path: ['points'], expected, actual: String(points) })
}

/**
 * The most points that a member can give: whole steps, so that the charity gets whole minor units (S62: of 2,350 in steps
 * of 1,000 they are 2,000).
 *
 * `OutOfRange`: they are worth more than 9007199254740991 minor units.
 *
 * @param campaign - the campaign
 * @param available - the points that can be spent, in the wallet's smallest unit
 *
 * @example
 * ```ts
 * import { type DonationCampaign, money, mostDonation, type Points, unwrap } from 'treue'
 *
 * const price = { points: 200, price: unwrap(money('1.00', 'EUR')) }
 * const campaign = { price, step: 1000 } as unknown as DonationCampaign
 * unwrap(mostDonation(campaign, 2350 as Points)) // => { points: 2000, amount: { minor: 1000, currency: 'EUR' } }
 * ```
 */
export const mostDonation = (campaign: DonationCampaign, available: Points): E.Either<OutOfRange, DonatablePoints> => {
  const points = (available - (available % campaign.step)) as Points
  const amount = worthOf(campaign, points)
  return E.isLeft(amount) ? amount : E.right({ points, amount: amount.right })
}

/**
 * What is missing from a total to the next full amount, to be given with it; nothing where it is full.
 *
 * `InvalidValue`: the total is below 0, or the full amount is none.
 *
 * @param total - what is to be paid
 * @param fullMinor - to which multiple it is rounded up, in minor units: 100 for whole euros
 *
 * @example
 * ```ts
 * import { money, roundUpDonation, unwrap } from 'treue'
 *
 * roundUpDonation(unwrap(money('17.35', 'EUR')), 100) // => { _tag: 'Right', right: { minor: 65, currency: 'EUR' } }
 * roundUpDonation(unwrap(money('18.00', 'EUR')), 100) // => { _tag: 'Right', right: { minor: 0, currency: 'EUR' } }
 * ```
 */
export const roundUpDonation = (total: Money, fullMinor: number): E.Either<ReadonlyArray<InvalidValue>, Money> => {
  const { minor, currency } = total
  const isSound = Number.isSafeInteger(minor) && minor >= 0
  const isFull = Number.isSafeInteger(fullMinor) && fullMinor > 0
  const faults = [
    ...(isSound ? [] : [invalidValue(['total', 'minor'], minor, 'an amount of 0 or more')]),
    ...(isFull ? [] : [invalidValue(['fullMinor'], fullMinor, 'an amount above 0')]),
  ]
  if (faults.length > 0) return E.left(faults)
  const beyond = minor % fullMinor
  return E.right({ minor: beyond === 0 ? 0 : fullMinor - beyond, currency })
}
