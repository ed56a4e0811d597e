/** Caps and budgets of referrers: what is used of them, by the member or by everybody. */
import { type CapUsage, capRoom, claimCap, giveBackCap, pruneCaps } from '../../earning/index.ts'
import type { Instant } from '../../foundation/index.ts'
import type { ReferralCap, ReferralCapUse } from '../../referrals/index.ts'
import { capOfReferrals } from '../definition/cap-of-referrals.ts'
import type { Draft } from './draft.ts'
import type { MissingBudget } from './rejection.ts'

/** Those that somebody so many levels up is under: each referral counts once, for who brought it. */
export const capsOfLevel = (caps: ReadonlyArray<ReferralCap>, level: number): ReadonlyArray<ReferralCap> =>
  level === 1 ? caps : caps.filter(({ counts }) => counts === 'units')

const usagesOf = (draft: Draft, { per }: ReferralCap): ReadonlyArray<CapUsage> | undefined =>
  per === 'everyone' ? draft.budgets : draft.state.referrerCounts.caps

/** Budgets for everybody that were not given. */
export const missingReferralBudgets = (draft: Draft, caps: ReadonlyArray<ReferralCap>): ReadonlyArray<MissingBudget> =>
  caps.flatMap((cap): ReadonlyArray<MissingBudget> => {
    if (usagesOf(draft, cap) !== undefined) return []
    const expected = 'what all members have used of the budgets, as an option of the decision'
    return [{ _tag: 'MissingBudget', path: ['budgets'], expected, cap: cap.id }]
  })

/** What is used of caps at an instant. */
export const usedOfCaps = (
  draft: Draft,
  caps: ReadonlyArray<ReferralCap>,
  at: Instant,
): ReadonlyArray<ReferralCapUse> =>
  caps.map((cap) => {
    const counted = { ...capOfReferrals(cap), limit: Number.MAX_SAFE_INTEGER }
    const room = capRoom(counted, draft.program.zone, usagesOf(draft, cap) ?? [], at, '', 0)
    return { cap: cap.id, uses: Number.MAX_SAFE_INTEGER - room }
  })

type Direction = 'claim' | 'giveBack'

const moveOwn = (
  draft: Draft,
  usages: ReadonlyArray<CapUsage>,
  cap: ReferralCap,
  units: number,
  countedAt: Instant,
  direction: Direction,
): ReadonlyArray<CapUsage> => {
  if (cap.per === 'everyone') {
    draft.claims.push({ cap: cap.id, key: '', at: countedAt, points: direction === 'claim' ? units : -units })
    return usages
  }
  const move = direction === 'claim' ? claimCap : giveBackCap
  return move(capOfReferrals(cap), draft.program.zone, usages, countedAt, '', units)
}

/** Counts uses, or gives them back: those of the member give the new counts, those of everybody are for the app to store. */
export const moveReferralCaps = (
  draft: Draft,
  caps: ReadonlyArray<ReferralCap>,
  uses: ReadonlyArray<ReferralCapUse>,
  countedAt: Instant,
  direction: Direction,
): ReadonlyArray<CapUsage> => {
  const { zone, latest } = draft.program
  const byId = new Map(caps.map((cap) => [cap.id, cap]))
  let usages = draft.state.referrerCounts.caps
  for (const { cap: id, uses: units } of uses) {
    const cap = byId.get(id)
    if (cap !== undefined && units > 0) usages = moveOwn(draft, usages, cap, units, countedAt, direction)
  }
  return pruneCaps(caps.map(capOfReferrals), zone, usages, latest(draft.state.asOf ?? countedAt))
}
