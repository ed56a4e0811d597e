/** Offers that a moment opens for some hours: a basket that is left behind, a visitor who is about to go. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  addDuration,
  arrayCodec,
  type Codec,
  constrainCodec,
  Duration,
  type Fault,
  Instant,
  type InvalidValue,
  invalidValue,
  isSortedList,
  MemberId,
  nullableCodec,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import {
  type CompiledCondition,
  type Condition,
  compileCondition,
  conditionCodec,
  type Facts,
  type Vocabulary,
} from '../rules/index.ts'
import { VoucherId } from './reward-ids.ts'
import type { Voucher } from './voucher.ts'

/** Who is offered a voucher, and for how long. */
export interface VoucherOfferPolicy {
  readonly voucher: VoucherId
  /** Who qualifies, by what is known at that moment; `null`: everybody. */
  readonly when: Condition | null
  /** How long the offer holds. */
  readonly holdsFor: Duration
  /** How long after an offer the next one can be made; `null`: never, each member gets one. */
  readonly againAfter: Duration | null
}

/** A policy with its condition made ready; it holds functions, so it is no data to store. */
export interface CompiledVoucherOfferPolicy {
  readonly policy: VoucherOfferPolicy
  readonly condition: CompiledCondition | null
}

/** An offer to a member. */
export interface VoucherOffer {
  /** The id of the moment that opened it. */
  readonly id: ActivityId
  readonly at: Instant
  /** The first instant at which it no longer holds. */
  readonly until: Instant
}

/** The offers of a voucher that a member got. */
export interface VoucherOffers {
  readonly voucher: VoucherId
  readonly member: MemberId
  /** In order of time. */
  readonly offers: ReadonlyArray<VoucherOffer>
}

/** A moment that may open an offer. */
export interface VoucherOfferMoment {
  readonly id: ActivityId
  readonly at: Instant
  readonly facts: Facts
}

/** The member gets no offer. */
export interface VoucherOfferRefused extends Fault<'VoucherOfferRefused'> {
  /** `conditionUnknown`: a fact is missing. `tooSoon`: after the last one, or before it. */
  readonly reason: 'conditionNotMet' | 'conditionUnknown' | 'tooSoon'
  /** When there can be an offer again; `null` where time does not matter. */
  readonly again: Instant | null
}

const offersFaults = ({ offers }: VoucherOffers): ReadonlyArray<InvalidValue> =>
  isSortedList(offers, (a, b) => a.at < b.at) && offers.every(({ at, until }) => at < until)
    ? []
    : [invalidValue(['offers'], offers, 'offers in order of time, each of some length')]

const durationFaults = ({ holdsFor }: VoucherOfferPolicy): ReadonlyArray<InvalidValue> =>
  holdsFor.amount > 0 ? [] : [invalidValue(['holdsFor', 'amount'], holdsFor.amount, 'at least 1')]

/**
 * A codec for policies whose conditions speak of some fields.
 *
 * @param vocabulary - the fields that `when` may read
 *
 * @example
 * ```ts
 * import { decode, voucherOfferPolicyCodec } from 'treue'
 *
 * const codec = voucherOfferPolicyCodec({ fields: [{ name: 'basketMinor', type: 'integer' }] })
 * decode(codec, {
 *   voucher: 'come-back',
 *   when: { field: 'basketMinor', atLeast: 5000 },
 *   holdsFor: { amount: 4, unit: 'hour' },
 *   againAfter: { amount: 30, unit: 'day' },
 * })._tag // => 'Right'
 * ```
 */
export const voucherOfferPolicyCodec = (vocabulary: Vocabulary): Codec<VoucherOfferPolicy, unknown> =>
  constrainCodec<VoucherOfferPolicy, unknown>(
    structCodec('VoucherOfferPolicy', {
      voucher: VoucherId,
      when: nullableCodec(conditionCodec(vocabulary)),
      holdsFor: Duration,
      againAfter: nullableCodec(Duration),
    }),
    durationFaults,
  )

/** Reads {@link VoucherOffers}. */
export const VoucherOffers: Codec<VoucherOffers, unknown> = /* @__PURE__ */ constrainCodec<VoucherOffers, unknown>(
  /* @__PURE__ */ structCodec('VoucherOffers', {
    voucher: VoucherId,
    member: MemberId,
    offers: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('VoucherOffer', { id: ActivityId, at: Instant, until: Instant }),
      { maxLength: 10_000 },
    ),
  }),
  offersFaults,
)

/**
 * Makes a policy ready to decide on many moments.
 *
 * @param vocabulary - the fields that its condition may read
 * @param policy - the policy
 *
 * @example
 * ```ts
 * import { compileVoucherOfferPolicy, type VoucherOfferPolicy } from 'treue'
 *
 * compileVoucherOfferPolicy({ fields: [] }, { when: null } as unknown as VoucherOfferPolicy).condition // => null
 * ```
 */
export const compileVoucherOfferPolicy = (
  vocabulary: Vocabulary,
  policy: VoucherOfferPolicy,
): CompiledVoucherOfferPolicy => ({
  policy,
  condition: policy.when === null ? null : compileCondition(vocabulary, policy.when),
})

const refused = (
  reason: VoucherOfferRefused['reason'],
  path: VoucherOfferRefused['path'],
  expected: string,
  again: Instant | null = null,
): VoucherOfferRefused => ({ _tag: 'VoucherOfferRefused', path, expected, reason, again })

const timeFault = ({ againAfter }: VoucherOfferPolicy, zone: Zone, last: VoucherOffer, at: Instant) => {
  const again = againAfter === null ? null : addDuration(zone, last.at, againAfter)
  const isFree = again !== null && at >= again && at > last.at
  return isFree ? [] : [refused('tooSoon', ['at'], 'an instant at which the member can have an offer again', again)]
}

const truthFault = ({ condition }: CompiledVoucherOfferPolicy, facts: Facts) => {
  const truth = condition?.truth(facts) ?? 'true'
  if (truth === 'true') return []
  const reason = truth === 'false' ? 'conditionNotMet' : 'conditionUnknown'
  return [refused(reason, ['facts'], 'facts that meet the condition')]
}

/**
 * Opens an offer for a member at a moment, if the member qualifies. The same moment again gives the offer that it opened,
 * and the end does not move.
 *
 * `VoucherOfferRefused`: the member does not qualify, or had an offer too short a time ago; every reason is told.
 *
 * @param compiled - the policy
 * @param zone - the zone in whose calendar times are counted; hours are hours everywhere
 * @param offers - what the member was offered before
 * @param moment - when, under which id, and what is known
 *
 * @example
 * ```ts
 * import { compileVoucherOfferPolicy, formatInstant, offerVoucher, parseInstant, unwrap, utc } from 'treue'
 * import type { ActivityId, MemberId, VoucherId } from 'treue'
 *
 * const voucher = 'come-back' as VoucherId
 * const policy = { voucher, when: null, holdsFor: { amount: 4, unit: 'hour' }, againAfter: null } as const
 * const compiled = compileVoucherOfferPolicy({ fields: [] }, policy)
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const none = { voucher, member: 'anna' as MemberId, offers: [] }
 * const { offer } = unwrap(offerVoucher(compiled, utc, none, { id: 'exit-1' as ActivityId, at, facts: {} }))
 * formatInstant(offer.until) // => '2026-03-01T16:00:00Z'
 * ```
 */
export const offerVoucher = (
  compiled: CompiledVoucherOfferPolicy,
  zone: Zone,
  offers: VoucherOffers,
  { id, at, facts }: VoucherOfferMoment,
): E.Either<ReadonlyArray<VoucherOfferRefused>, { readonly offers: VoucherOffers; readonly offer: VoucherOffer }> => {
  const known = offers.offers.find((offer) => offer.id === id)
  if (known !== undefined) return E.right({ offers, offer: known })
  const { policy } = compiled
  const last = offers.offers[offers.offers.length - 1]
  const faults = [...(last === undefined ? [] : timeFault(policy, zone, last, at)), ...truthFault(compiled, facts)]
  if (faults.length > 0) return E.left(faults)
  const offer: VoucherOffer = { id, at, until: addDuration(zone, at, policy.holdsFor) }
  const { voucher, member } = offers
  return E.right({ offers: { voucher, member, offers: [...offers.offers, offer] }, offer })
}

const later = (a: Instant, b: Instant | null): Instant => (b === null || a > b ? a : b)
const earlier = (a: Instant, b: Instant | null): Instant => (b === null || a < b ? a : b)

/**
 * The voucher as a member was offered it last: theirs alone, and only as long as the offer holds. Baskets are priced with
 * it in place of the voucher. One that was never offered is nobody's.
 *
 * @param voucher - the voucher
 * @param offers - what the member was offered
 *
 * @example
 * ```ts
 * import { offeredVoucher, type Voucher, type VoucherOffers } from 'treue'
 *
 * const voucher = { id: 'come-back', validFrom: null, validUntil: null, members: null } as unknown as Voucher
 * const offers = { member: 'anna', offers: [{ id: 'exit-1', at: 1000, until: 5000 }] } as unknown as VoucherOffers
 * const { members, validUntil } = offeredVoucher(voucher, offers)
 * members // => ['anna']
 * validUntil // => 5000
 * ```
 */
export const offeredVoucher = (voucher: Voucher, { member, offers }: VoucherOffers): Voucher => {
  const last = offers[offers.length - 1]
  if (last === undefined || voucher.members?.includes(member) === false) return { ...voucher, members: [] }
  return {
    ...voucher,
    members: [member],
    validFrom: later(last.at, voucher.validFrom),
    validUntil: earlier(last.until, voucher.validUntil),
  }
}
