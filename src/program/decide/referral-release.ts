/** The review of a referral is over: what waited for it is given, and the referral counts for milestones. */
import * as E from 'fp-ts/Either'
import type { Instant, LotId } from '../../foundation/index.ts'
import { countReferral, type ReferralMilestone } from '../../referrals/index.ts'
import type { BroughtReferral } from '../state/brought-referral.ts'
import type { MemberState } from '../state/member-state.ts'
import { changeBrought, moveOf } from './brought-change.ts'
import { type Draft, emit } from './draft.ts'
import { giveReward, type RewardMove } from './give-referral-reward.ts'
import { schemeOf } from './referral-scheme-of.ts'

type Sides = Pick<MemberState, 'brought' | 'referral'>

/** When the next review is over; `null`: none is going on. */
export const nextRelease = ({ brought, referral }: Sides): Instant | null => {
  let next: Instant | null = null
  for (const { status, releasedAt } of brought) {
    if (status === 'approved' && (next === null || releasedAt < next)) next = releasedAt
  }
  const own = referral?.conversion ?? null
  if (own === null || own.side !== 'approved') return next
  return next === null || own.releasedAt < next ? own.releasedAt : next
}

/** Time cannot refuse: what does not go into the wallet any more is left to the app as something to pay. */
const giveAnyway = (draft: Draft, move: RewardMove): void => {
  if (E.isRight(giveReward(draft, move))) return
  const { at, referral, side, cause, kind, units } = move
  emit(draft, { type: 'referralRewardDue', at, referral, side, cause, reward: { kind, units } })
}

const giveMilestone = (
  draft: Draft,
  brought: BroughtReferral,
  { referrals, kind, units }: ReferralMilestone,
  at: Instant,
): void => {
  const { conversion: id } = brought
  const lot = `milestone/${referrals}/${id}` as LotId
  giveAnyway(draft, { ...moveOf(brought, { id, at }, units), kind, lot, cause: 'milestone' })
}

const releaseBrought = (draft: Draft, before: BroughtReferral, at: Instant): void => {
  const { referrerCounts: counts } = draft.state
  const milestones = schemeOf(draft, draft.program.program.version)?.terms.milestones ?? []
  const { progress, reached } = before.counts
    ? countReferral(milestones, counts.progress)
    : { progress: counts.progress, reached: [] }
  const brought: BroughtReferral = { ...before, status: 'rewarded', rewardedAt: at }
  changeBrought(draft, at, 'rewarded', brought, { ...counts, progress })
  const { conversion: id, kind, units, takenUnits } = brought
  if (kind.type !== 'points') giveAnyway(draft, moveOf(brought, { id, at }, units - takenUnits))
  for (const milestone of reached) giveMilestone(draft, brought, milestone, at)
}

/** The referee's own side, where it waited. */
const releaseOwn = (draft: Draft, at: Instant): void => {
  const { referral } = draft.state
  const conversion = referral?.conversion ?? null
  if (referral === null || conversion === null || conversion.side !== 'approved' || conversion.releasedAt > at) return
  const { reward, id, purchase } = conversion
  const given = reward === null || reward.givenAt !== null ? reward : { ...reward, givenAt: at }
  emit(draft, {
    type: 'referralChanged',
    at,
    referral: { ...referral, conversion: { ...conversion, side: 'rewarded', reward: given } },
  })
  if (reward === null || reward.givenAt !== null) return
  const { kind, units, takenUnits, lot } = reward
  const move = { kind, units: units - takenUnits, lot, at, source: purchase, referral: id }
  giveAnyway(draft, { ...move, side: 'referee', cause: 'referral' })
}

/** Gives all whose review is over. */
export const releaseReferrals = (draft: Draft, at: Instant): void => {
  const next = nextRelease(draft.state)
  if (next === null || next > at) return
  for (const brought of draft.state.brought) {
    if (brought.status === 'approved' && brought.releasedAt <= at) releaseBrought(draft, brought, at)
  }
  releaseOwn(draft, at)
}
