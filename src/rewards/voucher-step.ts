/** The steps of a use of a voucher: reserved while a basket is open, then used, released, or expired. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  addDuration,
  type Fault,
  type Instant,
  type InvalidValue,
  type Zone,
} from '../foundation/index.ts'
import {
  limitReached,
  subjectFaults,
  tallyKey,
  type VoucherLimitReached,
  type VoucherUsePolicy,
  type VoucherUser,
} from './voucher-limit.ts'
import {
  applyVoucherEvent,
  claimOf,
  countedBy,
  talliedUnder,
  type VoucherClaim,
  type VoucherClaimStatus,
  type VoucherEvent,
  type VoucherUsage,
} from './voucher-usage.ts'

/** What is asked for. `cancel` undoes a use, as for an order that is returned as a whole. */
export type VoucherStep =
  | ({ readonly type: 'reserve'; readonly id: ActivityId } & VoucherUser)
  | { readonly type: 'use' | 'release' | 'cancel'; readonly id: ActivityId; readonly at: Instant }

/** The state after a step, and what happened. */
export interface VoucherMove {
  readonly usage: VoucherUsage
  /** Reservations that ran out before the step come first. */
  readonly events: ReadonlyArray<VoucherEvent>
}

/** The id was used before, for something else (S36). */
export interface VoucherClaimConflict extends Fault<'VoucherClaimConflict'> {
  readonly id: ActivityId
}

/** Nothing was reserved under the id. */
export interface UnknownVoucherClaim extends Fault<'UnknownVoucherClaim'> {
  readonly id: ActivityId
}

/** The reservation was over, and its use may be somebody else's by now. */
export interface VoucherHoldOver extends Fault<'VoucherHoldOver'> {
  readonly heldUntil: Instant
}

/** The step is not possible from here, or before what was done last. */
export interface IllegalVoucherStep extends Fault<'IllegalVoucherStep'> {
  readonly status: VoucherClaimStatus
  readonly step: VoucherStep['type']
}

/** Why a step is refused. */
export type VoucherStepFault =
  | VoucherLimitReached
  | VoucherClaimConflict
  | UnknownVoucherClaim
  | VoucherHoldOver
  | IllegalVoucherStep
  | InvalidValue

/**
 * The limits that leave no use of a voucher, reservations included: what to tell before it is put in a basket, and
 * whether it is among the `usedUp` of `priceBasket`.
 *
 * @param policy - the limits
 * @param zone - the zone in whose calendar periods are counted, the same every time
 * @param usage - what has become of the voucher; {@link advanceVoucherUsage} frees what ran out
 * @param user - who wants to use it, when, and with which code
 *
 * @example
 * ```ts
 * import { type Instant, newVoucherUsage, reachedVoucherLimits, utc, type VoucherId } from 'treue'
 *
 * const policy = { voucher: 'summer' as VoucherId, limits: [], holdFor: { amount: 4, unit: 'hour' } } as const
 * reachedVoucherLimits(policy, utc, newVoucherUsage(policy), { at: 0 as Instant, member: null, code: null }) // => []
 * ```
 */
export const reachedVoucherLimits = (
  policy: VoucherUsePolicy,
  zone: Zone,
  usage: VoucherUsage,
  user: VoucherUser,
): ReadonlyArray<VoucherLimitReached> => {
  const now = countedBy(policy, zone, usage)
  return policy.limits.flatMap((limit) => {
    const key = tallyKey(limit, zone, user)
    return key !== null && talliedUnder(now, key) >= limit.times ? [limitReached(limit, zone, user)] : []
  })
}

const moved = (
  policy: VoucherUsePolicy,
  zone: Zone,
  { usage, events }: VoucherMove,
  event: VoucherEvent,
): VoucherMove => ({ usage: applyVoucherEvent(policy, zone, usage, event), events: [...events, event] })

/**
 * The state at an instant: reservations whose time is over are free for others.
 *
 * @param policy - the limits
 * @param zone - the zone in whose calendar periods are counted, the same every time
 * @param usage - the state before
 * @param asOf - the instant
 *
 * @example
 * ```ts
 * import { advanceVoucherUsage, type Instant, newVoucherUsage, utc, type VoucherId } from 'treue'
 *
 * const policy = { voucher: 'summer' as VoucherId, limits: [], holdFor: { amount: 4, unit: 'hour' } } as const
 * advanceVoucherUsage(policy, utc, newVoucherUsage(policy), 0 as Instant).events // => []
 * ```
 */
export const advanceVoucherUsage = (
  policy: VoucherUsePolicy,
  zone: Zone,
  usage: VoucherUsage,
  asOf: Instant,
): VoucherMove => {
  const events: Array<VoucherEvent> = []
  let now = countedBy(policy, zone, usage)
  for (let next = now.holds[0]; next !== undefined && next.until <= asOf; next = now.holds[0]) {
    const event = { type: 'voucherExpired' as const, claim: next.claim, at: next.until }
    now = applyVoucherEvent(policy, zone, now, event)
    events.push(event)
  }
  return { usage: now, events }
}

const conflict = (id: ActivityId): VoucherClaimConflict => ({
  _tag: 'VoucherClaimConflict',
  path: ['id'],
  expected: 'an id that was not used before, or the same content again',
  id,
})

const isSame = (claim: VoucherClaim, { at, member, code }: VoucherUser): boolean =>
  claim.at === at && claim.member === member && claim.code === code

const reserved = (
  policy: VoucherUsePolicy,
  zone: Zone,
  usage: VoucherUsage,
  step: Extract<VoucherStep, { readonly type: 'reserve' }>,
): E.Either<ReadonlyArray<VoucherStepFault>, VoucherMove> => {
  const { id, at, member, code } = step
  const known = claimOf(usage, id)
  if (known !== undefined) return isSame(known, step) ? E.right({ usage, events: [] }) : E.left([conflict(id)])
  const now = advanceVoucherUsage(policy, zone, usage, at)
  const faults = [...subjectFaults(policy.limits, step), ...reachedVoucherLimits(policy, zone, now.usage, step)]
  if (faults.length > 0) return E.left(faults)
  const heldUntil = addDuration(zone, at, policy.holdFor)
  return E.right(moved(policy, zone, now, { type: 'voucherReserved', claim: id, at, heldUntil, member, code }))
}

type EndType = 'use' | 'release' | 'cancel'

const ends = {
  use: { from: 'held', event: 'voucherUsed', to: 'used' },
  release: { from: 'held', event: 'voucherReleased', to: 'released' },
  cancel: { from: 'used', event: 'voucherCancelled', to: 'cancelled' },
} as const

/** Whether the step was made before, at the same instant. */
const isKnown = ({ status, usedAt, endedAt }: VoucherClaim, type: EndType, at: Instant): boolean =>
  type === 'use' ? usedAt === at : status === ends[type].to && endedAt === at

const illegal = ({ status }: VoucherClaim, step: EndType, expected: string): IllegalVoucherStep => ({
  _tag: 'IllegalVoucherStep',
  path: ['type'],
  expected,
  status,
  step,
})

const endFault = (claim: VoucherClaim, type: EndType, at: Instant): VoucherStepFault | null => {
  const { status, heldUntil, usedAt } = claim
  if (status === 'expired' && type !== 'cancel') {
    const expected = 'an instant before the reservation is over'
    return { _tag: 'VoucherHoldOver', path: ['at'], expected, heldUntil }
  }
  const { from } = ends[type]
  if (status !== from) return illegal(claim, type, `a claim that is ${from}`)
  return at < (usedAt ?? claim.at) ? illegal(claim, type, 'an instant not before the step before it') : null
}

/**
 * Makes a step. Reservations that ran out before it are free first; no limit is ever exceeded by what is reserved and
 * used, whatever the order of steps. What is reserved can be used within its time even if the limits were lowered
 * meanwhile. The same step again changes nothing (S36).
 *
 * `VoucherLimitReached`: one for each limit that leaves no use. `InvalidValue`: there is a limit for each member or code,
 * and none was given. `VoucherClaimConflict`: the id was used for another reservation. `UnknownVoucherClaim`: nothing was
 * reserved under the id. `VoucherHoldOver`: the reservation was over. `IllegalVoucherStep`: the claim is not in the state
 * that the step needs, or the step is dated before the one before it.
 *
 * @param policy - the limits
 * @param zone - the zone in whose calendar periods are counted, the same every time
 * @param usage - the state before
 * @param step - what is asked for
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, type MemberId, newVoucherUsage, parseInstant, stepVoucher, unwrap, utc } from 'treue'
 * import { VoucherUsePolicy } from 'treue'
 *
 * const limits = [{ times: 1, of: 'voucher', per: null }]
 * const json = { voucher: 'summer', limits, holdFor: { amount: 4, unit: 'hour' } }
 * const policy = unwrap(decode(VoucherUsePolicy, json))
 * const reserve = (id: string, time: string) =>
 *   ({ type: 'reserve', id: id as ActivityId, at: unwrap(parseInstant(time)), member: 'anna' as MemberId, code: null }) as const
 * const { usage } = unwrap(stepVoucher(policy, utc, newVoucherUsage(policy), reserve('basket-1', '2026-03-01T12:00:00Z')))
 * stepVoucher(policy, utc, usage, reserve('basket-2', '2026-03-01T15:59:59Z'))._tag // => 'Left'
 * stepVoucher(policy, utc, usage, reserve('basket-2', '2026-03-01T16:00:00Z'))._tag // => 'Right'
 * ```
 */
export const stepVoucher = (
  policy: VoucherUsePolicy,
  zone: Zone,
  usage: VoucherUsage,
  step: VoucherStep,
): E.Either<ReadonlyArray<VoucherStepFault>, VoucherMove> => {
  if (step.type === 'reserve') return reserved(policy, zone, usage, step)
  const { type, id, at } = step
  const known = claimOf(usage, id)
  if (known !== undefined && isKnown(known, type, at)) return E.right({ usage, events: [] })
  const now = advanceVoucherUsage(policy, zone, usage, at)
  const claim = claimOf(now.usage, id)
  if (claim === undefined) {
    return E.left([{ _tag: 'UnknownVoucherClaim', path: ['id'], expected: 'the id of a reservation', id }])
  }
  const fault = endFault(claim, type, at)
  return fault === null ? E.right(moved(policy, zone, now, { type: ends[type].event, claim: id, at })) : E.left([fault])
}
