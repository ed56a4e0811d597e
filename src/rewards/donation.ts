/** Donations to a campaign, with points or with money, and what the shop adds to them. They can't be taken back (S62). */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  arrayCodec,
  type Brand,
  CampaignId,
  type Codec,
  constrainCodec,
  type Fault,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  isSortedList,
  literalCodec,
  MemberId,
  type Money,
  multiplyDivide,
  naturalCodec,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  Points,
  refineCodec,
  sortedPlace,
  splicedList,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { type DonationCampaign, worthOf } from './donation-campaign.ts'
import type { PointsNotPayable } from './reward-price.ts'

/** The id of a goal that a member has shared with others. */
export type DonationGoalId = Brand<string, 'DonationGoalId'>

/** Reads the id of a shared goal: any text that is not empty. */
export const DonationGoalId: Codec<DonationGoalId, string> = /* @__PURE__ */ refineCodec<
  string,
  string,
  DonationGoalId
>(stringCodec, 'DonationGoalId', 'a text that is not empty', (text) => text.length > 0, { minLength: 1 })

/** What a donation is made with: points, the change to a full amount of a purchase, or an amount of money. */
export type DonationSource =
  | { readonly type: 'points'; readonly points: Points }
  | { readonly type: 'roundUp' | 'money'; readonly amount: Money }

/** What a member gives. */
export interface DonationRequest {
  readonly id: ActivityId
  readonly at: Instant
  /** `null` for a guest. */
  readonly member: MemberId | null
  readonly source: DonationSource
  /** The goal of a member that it counts towards; `null`: none. */
  readonly goal: DonationGoalId | null
}

/** A donation that was made. */
export interface Donation {
  readonly id: ActivityId
  readonly at: Instant
  readonly member: MemberId | null
  readonly from: DonationSource['type']
  /** 0 where it was made with money. */
  readonly points: Points
  /** What the member gave, in minor units. */
  readonly minor: number
  readonly goal: DonationGoalId | null
}

/** What a campaign has raised. */
export interface DonationState {
  readonly campaign: CampaignId
  /** What members gave, in minor units. */
  readonly givenMinor: number
  /** What the shop added. */
  readonly matchedMinor: number
  /** In order of their ids. */
  readonly donations: ReadonlyArray<Donation>
}

/** Nothing can be given: the campaign has not begun, is over, or has reached its target. */
export interface DonationRefused extends Fault<'DonationRefused'> {
  readonly reason: 'notYetOpen' | 'ended' | 'targetReached'
}

/** The id was used for another donation (S36). */
export interface DonationConflict extends Fault<'DonationConflict'> {
  readonly id: ActivityId
}

/** Why nothing is given. */
export type DonationFault = DonationRefused | DonationConflict | PointsNotPayable | InvalidValue | OutOfRange

/** A donation that was made, and what follows. */
export interface DonationMade {
  readonly state: DonationState
  /** What the member gives; points of that worth are to be spent, for good. */
  readonly given: Money
  /** What the shop adds. */
  readonly matched: Money
  /** What it would add without its cap (S10). */
  readonly desiredMatch: Money
  /** Whether the campaign reaches its target with it. */
  readonly reachesTarget: boolean
}

/** Reads a {@link Donation}. */
export const Donation: Codec<Donation, unknown> = /* @__PURE__ */ structCodec('Donation', {
  id: ActivityId,
  at: Instant,
  member: /* @__PURE__ */ nullableCodec(MemberId),
  from: /* @__PURE__ */ literalCodec('points', 'roundUp', 'money'),
  points: Points,
  minor: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  goal: /* @__PURE__ */ nullableCodec(DonationGoalId),
})

const stateFaults = ({ donations, givenMinor }: DonationState): ReadonlyArray<InvalidValue> => {
  const sum = donations.reduce((total, { minor }) => total + minor, 0)
  return [
    ...(isSortedList(donations, (a, b) => a.id < b.id)
      ? []
      : [invalidValue(['donations'], donations, 'a list in order of ids, without repetition')]),
    ...(sum === givenMinor ? [] : [invalidValue(['givenMinor'], givenMinor, 'the sum of the donations')]),
  ]
}

/** Reads a {@link DonationState}, whose sum is that of its donations. */
export const DonationState: Codec<DonationState, unknown> = /* @__PURE__ */ constrainCodec<DonationState, unknown>(
  /* @__PURE__ */ structCodec('DonationState', {
    campaign: CampaignId,
    givenMinor: naturalCodec,
    matchedMinor: naturalCodec,
    donations: /* @__PURE__ */ arrayCodec(Donation),
  }),
  stateFaults,
)

/**
 * The state of a campaign that nobody has given to.
 *
 * @param campaign - the campaign
 *
 * @example
 * ```ts
 * import { type DonationCampaign, noDonations } from 'treue'
 *
 * noDonations({ id: 'trees' } as unknown as DonationCampaign).givenMinor // => 0
 * ```
 */
export const noDonations = ({ id }: Pick<DonationCampaign, 'id'>): DonationState => ({
  campaign: id,
  givenMinor: 0,
  matchedMinor: 0,
  donations: [],
})

const refused = (reason: DonationRefused['reason'], expected: string): ReadonlyArray<DonationRefused> => [
  { _tag: 'DonationRefused', path: ['at'], expected, reason },
]

const timeFaults = ({ open }: DonationCampaign, at: Instant): ReadonlyArray<DonationRefused> => {
  if (open === null) return []
  if (at < open.from) return refused('notYetOpen', 'an instant at which the campaign is open')
  return at >= open.until ? refused('ended', 'an instant at which the campaign is open') : []
}

const targetFaults = (
  { targetMinor, pastTarget }: DonationCampaign,
  { givenMinor, matchedMinor }: DonationState,
): ReadonlyArray<DonationRefused> =>
  pastTarget === 'refuse' && targetMinor !== null && givenMinor + matchedMinor >= targetMinor
    ? refused('targetReached', 'a campaign that has not reached its target')
    : []

const moneyFaults = ({ price }: DonationCampaign, { minor, currency }: Money): ReadonlyArray<InvalidValue> => [
  ...(Number.isSafeInteger(minor) && minor > 0
    ? []
    : [invalidValue(['source', 'amount', 'minor'], minor, 'an amount above 0')]),
  ...(currency === price.price.currency
    ? []
    : [invalidValue(['source', 'amount', 'currency'], currency, price.price.currency)]),
]

const pointsFaults = ({ step }: DonationCampaign, points: Points): ReadonlyArray<PointsNotPayable> => {
  if (Number.isSafeInteger(points) && points > 0 && points % step === 0) return []
  const lower = (points - (points % step)) as Points
  const below = Number.isSafeInteger(lower) && lower > 0 && lower < points ? lower : null
  const expected = `a multiple of ${step} points`
  return [{ _tag: 'PointsNotPayable', path: ['source', 'points'], expected, requested: points, below }]
}

/** What a source comes to. */
const amountOf = (
  campaign: DonationCampaign,
  source: DonationSource,
): E.Either<ReadonlyArray<DonationFault>, Money> => {
  if (source.type !== 'points') {
    const faults = moneyFaults(campaign, source.amount)
    return faults.length > 0 ? E.left(faults) : E.right(source.amount)
  }
  const faults = pointsFaults(campaign, source.points)
  if (faults.length > 0) return E.left(faults)
  const worth = worthOf(campaign, source.points)
  return E.isLeft(worth) ? E.left([worth.left]) : worth
}

/** What the shop adds to a sum that members gave: counted from the sum, so that no split of it matters. */
const matchOf = ({ match }: DonationCampaign, givenMinor: number): number => {
  if (match === null) return 0
  const full = multiplyDivide(givenMinor, match.basisPoints, 10_000, match.rounding)
  return E.isRight(full) ? full.right : Number.MAX_SAFE_INTEGER
}

const capped = ({ match }: DonationCampaign, minor: number): number =>
  Math.min(minor, match?.capMinor ?? Number.MAX_SAFE_INTEGER)

const isSame = (known: Donation, { at, member, source, goal }: DonationRequest): boolean =>
  known.at === at &&
  known.member === member &&
  known.goal === goal &&
  known.from === source.type &&
  (source.type === 'points' ? known.points === source.points : known.minor === source.amount.minor)

const reached = ({ targetMinor }: DonationCampaign, raised: number): boolean =>
  targetMinor !== null && raised >= targetMinor

const made = (
  campaign: DonationCampaign,
  state: DonationState,
  request: DonationRequest,
  given: Money,
): E.Either<ReadonlyArray<DonationFault>, DonationMade> => {
  const { id, at, member, source, goal } = request
  const givenMinor = state.givenMinor + given.minor
  // An edit that lowers the match takes nothing back.
  const desired = matchOf(campaign, givenMinor)
  const matchedMinor = Math.max(state.matchedMinor, capped(campaign, desired))
  if (!Number.isSafeInteger(givenMinor + matchedMinor)) {
    return E.left([outOfRange(['source'], given.minor, 'at most 9007199254740991 minor units raised in all')])
  }
  const points = source.type === 'points' ? source.points : (0 as Points)
  const donation: Donation = { id, at, member, from: source.type, points, minor: given.minor, goal }
  const place = sortedPlace(state.donations, (other) => other.id < id)
  const before = reached(campaign, state.givenMinor + state.matchedMinor)
  return E.right({
    state: {
      campaign: state.campaign,
      givenMinor,
      matchedMinor,
      donations: splicedList(state.donations, place, 0, [donation]),
    },
    given,
    matched: { minor: matchedMinor - state.matchedMinor, currency: given.currency },
    desiredMatch: { minor: desired - matchOf(campaign, state.givenMinor), currency: given.currency },
    reachesTarget: !before && reached(campaign, givenMinor + matchedMinor),
  })
}

/**
 * Makes a donation, for good: what was given is owed to the charity, whatever is returned later. What the shop adds is
 * counted from the sum of all donations, so that any split of them comes to the same, and never more than its cap. The
 * same donation again changes nothing (S36, S62).
 *
 * `DonationRefused`: the campaign is not open, or has reached its target. `PointsNotPayable`: no multiple of the step;
 * `below` is the next lower one. `InvalidValue`: an amount of nothing, or of another currency. `DonationConflict`: the id
 * was used for another donation. `OutOfRange`: sums are no longer exact.
 *
 * @param campaign - the campaign
 * @param state - what it has raised
 * @param request - who gives what
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, donate, DonationCampaign, type MemberId, noDonations, parseInstant } from 'treue'
 * import { type Points, unwrap } from 'treue'
 *
 * const campaign = unwrap(decode(DonationCampaign, {
 *   id: 'trees',
 *   beneficiary: 'forest-fund',
 *   price: { points: 200, price: { amount: '1.00', currency: 'EUR' } },
 *   step: 1000,
 *   open: null,
 *   match: { basisPoints: 10_000, capMinor: null, rounding: 'floor' },
 *   targetMinor: 2000,
 *   pastTarget: 'continue',
 * }))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const source = { type: 'points', points: 2000 as Points } as const
 * const request = { id: 'donation-1' as ActivityId, at, member: 'anna' as MemberId, source, goal: null }
 * const { given, matched, reachesTarget } = unwrap(donate(campaign, noDonations(campaign), request))
 * given.minor // => 1000
 * matched.minor // => 1000
 * reachesTarget // => true
 * ```
 */
export const donate = (
  campaign: DonationCampaign,
  state: DonationState,
  request: DonationRequest,
): E.Either<ReadonlyArray<DonationFault>, DonationMade> => {
  const { id, at, source } = request
  const { currency } = campaign.price.price
  const known = state.donations[sortedPlace(state.donations, (donation) => donation.id < id)]
  if (known?.id === id) {
    const expected = 'an id that was not used before, or the same content again'
    const nothing = { minor: 0, currency }
    return isSame(known, request)
      ? E.right({ state, given: nothing, matched: nothing, desiredMatch: nothing, reachesTarget: false })
      : E.left([{ _tag: 'DonationConflict', path: ['id'], expected, id }])
  }
  const closed = [...timeFaults(campaign, at), ...targetFaults(campaign, state)]
  const amount = amountOf(campaign, source)
  if (E.isLeft(amount)) return E.left([...closed, ...amount.left])
  return closed.length > 0 ? E.left(closed) : made(campaign, state, request, amount.right)
}
