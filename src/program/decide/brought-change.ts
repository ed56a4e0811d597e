/** What changes about a referral that the member brought. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant } from '../../foundation/index.ts'
import { uncountReferral } from '../../referrals/index.ts'
import type { BroughtChange, BroughtReferral, ReferrerCounts } from '../state/brought-referral.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import { giveReward, type RewardMove, takeReward } from './give-referral-reward.ts'
import { moveReferralCaps } from './referral-caps.ts'
import { schemeOf } from './referral-scheme-of.ts'
import type { Rejection } from './rejection.ts'

interface Occasion {
  readonly id: ActivityId
  readonly at: Instant
}

export const changeBrought = (
  draft: Draft,
  at: Instant,
  change: BroughtChange,
  brought: BroughtReferral,
  counts: ReferrerCounts,
): void => {
  if (draft.tracing) draft.steps.push({ step: 'brought', change, brought })
  emit(draft, { type: 'broughtChanged', at, change, brought, counts })
}

/** The reward of the referral itself, or some of it, as something that moves. */
export const moveOf = (brought: BroughtReferral, { id, at }: Occasion, units: number): RewardMove => ({
  kind: brought.kind,
  units,
  lot: brought.lot,
  at,
  source: id,
  referral: brought.conversion,
  side: 'referrer',
  cause: 'referral',
})

/** Points are there from the approval on, pending until the review is over; everything else is given then. */
export const enterBrought = (draft: Draft, { at }: Occasion, brought: BroughtReferral): E.Either<Rejection, void> => {
  const { kind, units, takenUnits, conversion: id, releasedAt } = brought
  if (kind.type !== 'points') return E.right(undefined)
  return giveReward(draft, moveOf(brought, { id, at }, units - takenUnits), releasedAt)
}

/** Whether its points are in the wallet, or it was given otherwise. */
const isGiven = ({ status, kind }: BroughtReferral): boolean =>
  status === 'rewarded' || status === 'inManualReview' || (status === 'approved' && kind.type === 'points')

const takeShare = (draft: Draft, brought: BroughtReferral, kind: BroughtReferral['kind'], occasion: Occasion): void => {
  for (const { lot, units, at } of brought.share?.parts ?? []) {
    takeReward(draft, { ...moveOf(brought, occasion, units), kind, lot, cause: 'revenueShare' }, at)
  }
}

/** The levels above are told what is left. */
const tellUpward = (
  draft: Draft,
  { id, at }: Occasion,
  { upward, conversion, level }: BroughtReferral,
  left: { readonly remainingMinor: number; readonly stands: boolean; readonly levelUnits: number },
): void => {
  if (upward === null) return
  const { member } = draft.state
  draft.followUps.push({
    type: 'referralReassessed',
    id: effectId('referralReassessed', [member, String(level)], id),
    member: upward,
    at,
    conversion: effectId('referralConverted', [member], conversion),
    ...left,
  })
}

/** Takes all that is left of it: nothing of it counts any more, but the high-water mark of milestones stays (S52). */
export const cancelBrought = (
  draft: Draft,
  occasion: Occasion,
  brought: BroughtReferral,
  change: 'cancelled' | 'denied' | 'reversed',
): void => {
  const scheme = draft.program.program.referral
  const before = draft.state.referrerCounts
  const uncounted = brought.rewardedAt !== null && brought.counts ? uncountReferral(before.progress) : null
  const counts: ReferrerCounts = {
    progress: uncounted !== null && uncounted._tag === 'Right' ? uncounted.right : before.progress,
    counted: before.counted - (brought.counts && before.counted > 0 ? 1 : 0),
    caps: moveReferralCaps(draft, scheme?.terms.caps ?? [], brought.uses, brought.at, 'giveBack'),
    invitations: before.invitations,
    conversions: before.conversions,
  }
  const left = brought.units - brought.takenUnits
  changeBrought(draft, occasion.at, change, { ...brought, takenUnits: brought.units, share: null, uses: [] }, counts)
  if (isGiven(brought)) takeReward(draft, moveOf(brought, occasion, left), brought.rewardedAt ?? brought.at)
  const kind = schemeOf(draft, brought.version)?.revenueShare?.kind
  if (kind !== undefined) takeShare(draft, brought, kind, occasion)
  tellUpward(draft, occasion, brought, { remainingMinor: 0, stands: false, levelUnits: 0 })
}

/** Takes what a return leaves too much, before the release; caps have it back. */
export const reduceBrought = (
  draft: Draft,
  occasion: Occasion & { readonly remainingMinor: number; readonly levelUnits: number },
  brought: BroughtReferral,
  kept: number,
): void => {
  const { caps } = draft.program.program.referral?.terms ?? { caps: [] }
  const taken = brought.units - kept - brought.takenUnits
  const ofUnits = new Set(caps.filter(({ counts }) => counts === 'units').map(({ id }) => id))
  const back = brought.uses.flatMap(({ cap }) => (ofUnits.has(cap) ? [{ cap, uses: taken }] : []))
  const uses = brought.uses.map((use) => (ofUnits.has(use.cap) ? { cap: use.cap, uses: use.uses - taken } : use))
  const before = draft.state.referrerCounts
  const counts = { ...before, caps: moveReferralCaps(draft, caps, back, brought.at, 'giveBack') }
  changeBrought(draft, occasion.at, 'reduced', { ...brought, takenUnits: brought.takenUnits + taken, uses }, counts)
  if (isGiven(brought)) takeReward(draft, moveOf(brought, occasion, taken), brought.at)
  const levelUnits = brought.level === 1 ? kept : occasion.levelUnits
  tellUpward(draft, occasion, brought, { remainingMinor: occasion.remainingMinor, stands: true, levelUnits })
}
