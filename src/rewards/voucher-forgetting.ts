/** Claims of a voucher that nothing asks for any more. */
import { type Instant, periodIntervalAt, type Zone } from '../foundation/index.ts'
import type { VoucherLimit, VoucherUsePolicy } from './voucher-limit.ts'
import { countedBy, type VoucherClaim, type VoucherUsage } from './voucher-usage.ts'

/** Whether a limit still counts a use, at an instant or later. */
const stillCounts = ({ per }: VoucherLimit, zone: Zone, usedFrom: Instant, before: Instant): boolean =>
  per === null || periodIntervalAt(per, zone, usedFrom).until > before

const isNeeded = ({ limits }: VoucherUsePolicy, zone: Zone, claim: VoucherClaim, before: Instant): boolean => {
  const { status, at, usedAt, endedAt } = claim
  if (status === 'held') return true
  if ((endedAt ?? usedAt ?? at) >= before) return true
  return status === 'used' && limits.some((limit) => stillCounts(limit, zone, at, before))
}

/**
 * The state without claims that were last touched before an instant and that no limit counts from then on: released, expired
 * and cancelled ones, and uses in periods that are over. What is reserved stays, and so does what a limit without a period
 * counts. From that instant on every limit is as it was; but a forgotten use can no longer be cancelled, and a step that is
 * sent again is a new one. A limit with a longer period that comes later does not count what is forgotten.
 *
 * @param policy - the limits
 * @param zone - the zone in whose calendar periods are counted, the same every time
 * @param usage - the state before
 * @param before - the instant; such as as long ago as orders can be cancelled
 *
 * @example
 * ```ts
 * import { type ActivityId, applyVoucherEvent, forgetVoucherClaims, type Instant, newVoucherUsage, utc, type VoucherId } from 'treue'
 *
 * const policy = { voucher: 'summer' as VoucherId, limits: [], holdFor: { amount: 4, unit: 'hour' } } as const
 * const reserved = { type: 'voucherReserved', claim: 'basket-1' as ActivityId, at: 0 as Instant, heldUntil: 9 as Instant, member: null, code: null } as const
 * const released = { type: 'voucherReleased', claim: 'basket-1' as ActivityId, at: 5 as Instant } as const
 * const usage = [reserved, released].reduce((now, event) => applyVoucherEvent(policy, utc, now, event), newVoucherUsage(policy))
 * forgetVoucherClaims(policy, utc, usage, 5 as Instant).claims.length // => 1
 * forgetVoucherClaims(policy, utc, usage, 6 as Instant).claims.length // => 0
 * ```
 */
export const forgetVoucherClaims = (
  policy: VoucherUsePolicy,
  zone: Zone,
  usage: VoucherUsage,
  before: Instant,
): VoucherUsage => {
  const claims = usage.claims.filter((claim) => isNeeded(policy, zone, claim, before))
  // Counted anew from the claims that are left.
  const { voucher, holds } = usage
  return countedBy(policy, zone, { voucher, limits: [], claims, holds, tallies: [] })
}
