/** Who has reserved and used a voucher: a state that events fold to. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  isSortedList,
  literalCodec,
  MemberId,
  nullableCodec,
  sortedPlace,
  splicedList,
  stringCodec,
  structCodec,
  unionCodec,
  type Zone,
} from '../foundation/index.ts'
import { VoucherId } from './reward-ids.ts'
import { VoucherCode } from './voucher-code.ts'
import { tallyKeys, type VoucherUsePolicy, type VoucherUser, voucherLimitsCodec } from './voucher-limit.ts'

/** A claim on one use of a voucher. `used` ends with a cancellation only, `held` with use, release or its time. */
export type VoucherClaimStatus = 'held' | 'used' | 'released' | 'expired' | 'cancelled'

/** A claim on one use of a voucher. */
export interface VoucherClaim extends VoucherUser {
  /** Such as the id of the basket or order. */
  readonly id: ActivityId
  /** The first instant at which it is no longer reserved. */
  readonly heldUntil: Instant
  readonly status: VoucherClaimStatus
  readonly usedAt: Instant | null
  /** When it was released, expired or cancelled. */
  readonly endedAt: Instant | null
}

/** A claim that is reserved, by when it ends. */
export interface VoucherHold {
  readonly until: Instant
  readonly claim: ActivityId
}

/** How many claims a limit counts. */
export interface VoucherTally {
  readonly key: string
  readonly claims: number
}

/** What has become of a voucher so far. */
export interface VoucherUsage {
  readonly voucher: VoucherId
  /** What is counted: the limits of the policy at the last event; others are counted anew from the claims. */
  readonly limits: VoucherUsePolicy['limits']
  /** In order of their ids. */
  readonly claims: ReadonlyArray<VoucherClaim>
  /** In the order in which they end. */
  readonly holds: ReadonlyArray<VoucherHold>
  /** In order of their keys. */
  readonly tallies: ReadonlyArray<VoucherTally>
}

/** What happens to a claim. */
export type VoucherEvent =
  | {
      readonly type: 'voucherReserved'
      readonly claim: ActivityId
      readonly at: Instant
      readonly heldUntil: Instant
      readonly member: MemberId | null
      readonly code: VoucherCode | null
    }
  | {
      readonly type: 'voucherUsed' | 'voucherReleased' | 'voucherExpired' | 'voucherCancelled'
      readonly claim: ActivityId
      readonly at: Instant
    }

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })
const member: Codec<MemberId | null, unknown> = /* @__PURE__ */ nullableCodec(MemberId)
const code: Codec<VoucherCode | null, unknown> = /* @__PURE__ */ nullableCodec(VoucherCode)

const isEarlier = (a: VoucherHold, b: VoucherHold): boolean =>
  a.until < b.until || (a.until === b.until && a.claim < b.claim)

const usageFaults = ({ claims, holds, tallies }: VoucherUsage): ReadonlyArray<InvalidValue> => {
  const expected = 'a list in order, without repetition'
  return [
    ...(isSortedList(claims, (a, b) => a.id < b.id) ? [] : [invalidValue(['claims'], claims, expected)]),
    ...(isSortedList(holds, isEarlier) ? [] : [invalidValue(['holds'], holds, expected)]),
    ...(isSortedList(tallies, (a, b) => a.key < b.key) ? [] : [invalidValue(['tallies'], tallies, expected)]),
  ]
}

/** Reads a {@link VoucherUsage}. */
export const VoucherUsage: Codec<VoucherUsage, unknown> = /* @__PURE__ */ constrainCodec<VoucherUsage, unknown>(
  /* @__PURE__ */ structCodec('VoucherUsage', {
    voucher: VoucherId,
    limits: voucherLimitsCodec,
    claims: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('VoucherClaim', {
        id: ActivityId,
        at: Instant,
        member,
        code,
        heldUntil: Instant,
        status: /* @__PURE__ */ literalCodec('held', 'used', 'released', 'expired', 'cancelled'),
        usedAt: /* @__PURE__ */ nullableCodec(Instant),
        endedAt: /* @__PURE__ */ nullableCodec(Instant),
      }),
    ),
    holds: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('VoucherHold', { until: Instant, claim: ActivityId }),
    ),
    tallies: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('VoucherTally', { key: stringCodec, claims: count }),
    ),
  }),
  usageFaults,
)

const endCodec = <T extends string>(
  type: T,
): Codec<{ readonly type: T; readonly claim: ActivityId; readonly at: Instant }, unknown> =>
  structCodec('VoucherClaimEnd', { type: literalCodec(type), claim: ActivityId, at: Instant })

/** Reads a {@link VoucherEvent}. */
export const VoucherEvent: Codec<VoucherEvent, unknown> = /* @__PURE__ */ unionCodec('VoucherEvent', 'type', {
  voucherReserved: /* @__PURE__ */ structCodec('VoucherReserved', {
    type: /* @__PURE__ */ literalCodec('voucherReserved'),
    claim: ActivityId,
    at: Instant,
    heldUntil: Instant,
    member,
    code,
  }),
  voucherUsed: /* @__PURE__ */ endCodec('voucherUsed'),
  voucherReleased: /* @__PURE__ */ endCodec('voucherReleased'),
  voucherExpired: /* @__PURE__ */ endCodec('voucherExpired'),
  voucherCancelled: /* @__PURE__ */ endCodec('voucherCancelled'),
})

/**
 * The state of a voucher that nobody has used.
 *
 * @param policy - its limits
 *
 * @example
 * ```ts
 * import { newVoucherUsage, type VoucherId } from 'treue'
 *
 * newVoucherUsage({ voucher: 'summer' as VoucherId, limits: [], holdFor: { amount: 4, unit: 'hour' } }).claims // => []
 * ```
 */
export const newVoucherUsage = ({ voucher, limits }: VoucherUsePolicy): VoucherUsage => ({
  voucher,
  limits,
  claims: [],
  holds: [],
  tallies: [],
})

/** The claim with an id. */
export const claimOf = ({ claims }: VoucherUsage, id: ActivityId): VoucherClaim | undefined => {
  const found = claims[sortedPlace(claims, (claim) => claim.id < id)]
  return found?.id === id ? found : undefined
}

/** How many claims are counted under a key. */
export const talliedUnder = ({ tallies }: VoucherUsage, key: string): number => {
  const found = tallies[sortedPlace(tallies, (tally) => tally.key < key)]
  return found?.key === key ? found.claims : 0
}

/** Tallies with one claim more or less under each of some keys; what nothing is left of is left out. */
const tallied = (
  tallies: ReadonlyArray<VoucherTally>,
  keys: ReadonlyArray<string>,
  change: 1 | -1,
): ReadonlyArray<VoucherTally> =>
  keys.reduce((now, key) => {
    const place = sortedPlace(now, (tally) => tally.key < key)
    const known = now[place]?.key === key ? 1 : 0
    const claims = (known === 1 ? (now[place]?.claims ?? 0) : 0) + change
    return splicedList(now, place, known, claims > 0 ? [{ key, claims }] : [])
  }, tallies)

const isLive = ({ status }: VoucherClaim): boolean => status === 'held' || status === 'used'

/** The state as the limits of a policy count it. */
export const countedBy = ({ limits }: VoucherUsePolicy, zone: Zone, usage: VoucherUsage): VoucherUsage => {
  if (usage.limits === limits || JSON.stringify(usage.limits) === JSON.stringify(limits)) return usage
  const counts = new Map<string, number>()
  for (const claim of usage.claims.filter(isLive)) {
    for (const key of tallyKeys(limits, zone, claim)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const tallies = [...counts].map(([key, claims]) => ({ key, claims })).sort((a, b) => (a.key < b.key ? -1 : 1))
  return { voucher: usage.voucher, limits, claims: usage.claims, holds: usage.holds, tallies }
}

const withHold = (holds: ReadonlyArray<VoucherHold>, hold: VoucherHold, change: 1 | -1): ReadonlyArray<VoucherHold> => {
  const place = sortedPlace(holds, (other) => isEarlier(other, hold))
  if (change === 1) return splicedList(holds, place, 0, [hold])
  return holds[place]?.claim === hold.claim ? splicedList(holds, place, 1, []) : holds
}

const ended = (
  claim: VoucherClaim,
  type: Exclude<VoucherEvent['type'], 'voucherReserved'>,
  at: Instant,
): VoucherClaim => {
  const { id, at: since, member: who, code: which, heldUntil, usedAt } = claim
  const same = { id, at: since, member: who, code: which, heldUntil }
  switch (type) {
    case 'voucherUsed':
      return { ...same, status: 'used', usedAt: at, endedAt: null }
    case 'voucherReleased':
      return { ...same, status: 'released', usedAt, endedAt: at }
    case 'voucherExpired':
      return { ...same, status: 'expired', usedAt, endedAt: at }
    case 'voucherCancelled':
      return { ...same, status: 'cancelled', usedAt, endedAt: at }
  }
}

const withReserved = (
  zone: Zone,
  usage: VoucherUsage,
  event: Extract<VoucherEvent, { readonly type: 'voucherReserved' }>,
): VoucherUsage => {
  const { claim: id, at, heldUntil, member: who, code: which } = event
  if (claimOf(usage, id) !== undefined) return usage
  const claim: VoucherClaim = {
    id,
    at,
    member: who,
    code: which,
    heldUntil,
    status: 'held',
    usedAt: null,
    endedAt: null,
  }
  const place = sortedPlace(usage.claims, (other) => other.id < id)
  return {
    voucher: usage.voucher,
    limits: usage.limits,
    claims: splicedList(usage.claims, place, 0, [claim]),
    holds: withHold(usage.holds, { until: heldUntil, claim: id }, 1),
    tallies: tallied(usage.tallies, tallyKeys(usage.limits, zone, claim), 1),
  }
}

/**
 * The state after an event. An event that is known already, or of a claim that is not, changes nothing.
 *
 * @param policy - the limits
 * @param zone - the zone in whose calendar periods are counted, the same every time
 * @param usage - the state before
 * @param event - what happened
 *
 * @example
 * ```ts
 * import { type ActivityId, applyVoucherEvent, type Instant, newVoucherUsage, utc, type VoucherId } from 'treue'
 *
 * const policy = { voucher: 'summer' as VoucherId, limits: [], holdFor: { amount: 4, unit: 'hour' } } as const
 * const event = { type: 'voucherReserved', claim: 'basket-1' as ActivityId, at: 0 as Instant } as const
 * const reserved = { ...event, heldUntil: 14_400_000 as Instant, member: null, code: null }
 * applyVoucherEvent(policy, utc, newVoucherUsage(policy), reserved).claims.map(({ status }) => status) // => ['held']
 * ```
 */
export const applyVoucherEvent = (
  policy: VoucherUsePolicy,
  zone: Zone,
  usage: VoucherUsage,
  event: VoucherEvent,
): VoucherUsage => {
  const before = countedBy(policy, zone, usage)
  if (event.type === 'voucherReserved') return withReserved(zone, before, event)
  const claim = claimOf(before, event.claim)
  const from = event.type === 'voucherCancelled' ? 'used' : 'held'
  if (claim?.status !== from) return before
  const after = ended(claim, event.type, event.at)
  const place = sortedPlace(before.claims, ({ id }) => id < claim.id)
  return {
    voucher: before.voucher,
    limits: before.limits,
    claims: splicedList(before.claims, place, 1, [after]),
    holds: withHold(before.holds, { until: claim.heldUntil, claim: claim.id }, -1),
    tallies:
      after.status === 'used' ? before.tallies : tallied(before.tallies, tallyKeys(before.limits, zone, claim), -1),
  }
}
