/** What happens to a settled referral: its release, returns before and after it, a person's decision. */
import * as E from 'fp-ts/Either'
import { type Fault, type Instant, type InvalidValue, invalidValue, multiplyDivide } from '../foundation/index.ts'
import { leastReferralSpend } from './eligibility.ts'
import type { ReferralCapUse } from './referral-cap.ts'
import { countReferral, type ReferralMilestoneStep, type ReferralProgress } from './referral-milestone.ts'
import { type ReferralReward, referralRewardUnits } from './referral-reward.ts'
import type { ReferralSettlement, SettledSide } from './referral-settlement.ts'
import type { ReferralTerms } from './referral-terms.ts'

/** The settlement is not where it has to be. */
export interface SettlementNotReady extends Fault<'SettlementNotReady'> {
  readonly status: ReferralSettlement['status']
  readonly releasedAt: Instant
}

/** A settlement that is paid. */
export interface SettlementRelease extends ReferralMilestoneStep {
  readonly settlement: ReferralSettlement
}

/**
 * Releases the referrer's reward when the review is over, and counts the referral for milestones: one that caps left
 * nothing of does not count (S54).
 *
 * `SettlementNotReady`: it is released or cancelled already, in review, before its time, or waits for a person's approval.
 *
 * @param terms - the terms
 * @param settlement - the settled referral
 * @param progress - how many referrals of the referrer count
 * @param release - when, and whether a person approved it
 *
 * @example
 * ```ts
 * import { type Instant, noReferralProgress, releaseSettlement, type ReferralSettlement, type ReferralTerms } from 'treue'
 *
 * const releasedAt = 1000 as Instant
 * const referrer = { kind: { type: 'voucher', voucher: 'coffee' }, units: 1, takenUnits: 0, releasedAt } as const
 * const claim = { expectedVersion: 0, desired: 1, granted: 1, capLimited: false, limitedBy: [], uses: [] }
 * const settlement = { status: 'pending', needsApproval: false, referrer, claim } as unknown as ReferralSettlement
 * const terms = { milestones: [] } as unknown as ReferralTerms
 * const early = { at: 999 as Instant, approved: false }
 * releaseSettlement(terms, settlement, noReferralProgress, early)._tag // => 'Left'
 * const now = releaseSettlement(terms, settlement, noReferralProgress, { at: releasedAt, approved: false })
 * now._tag === 'Right' && now.right.progress // => { count: 1, highWater: 1 }
 * ```
 */
export const releaseSettlement = (
  { milestones }: ReferralTerms,
  settlement: ReferralSettlement,
  progress: ReferralProgress,
  { at, approved }: { readonly at: Instant; readonly approved: boolean },
): E.Either<SettlementNotReady, SettlementRelease> => {
  const { status, needsApproval, referrer, claim } = settlement
  const { releasedAt } = referrer
  if (status !== 'pending' || at < releasedAt || (needsApproval && !approved)) {
    const expected = 'a settlement whose review is over, approved where that is needed'
    return E.left({ _tag: 'SettlementNotReady', path: ['status'], expected, status, releasedAt })
  }
  const counts = !(claim.capLimited && claim.granted === 0)
  const step = counts ? countReferral(milestones, progress) : { progress, reached: [] }
  return E.right({ settlement: { ...settlement, status: 'released' }, progress: step.progress, reached: step.reached })
}

/** What a return or a decision takes back. */
export interface SettlementChange {
  readonly settlement: ReferralSettlement
  /** Units to take from the referrer now. */
  readonly referrerUnits: number
  /** Units to take from the referee now. */
  readonly refereeUnits: number
  /** What goes back to caps and budgets. */
  readonly uses: ReadonlyArray<ReferralCapUse>
}

type Kept = (side: SettledSide) => number

/** What a side keeps of its reward where it is counted anew. */
const recomputed = ({ amount }: ReferralReward, spendMinor: number, number: number): Kept => {
  const units = referralRewardUnits(amount, { spendMinor, number })
  return (side) => (E.isRight(units) ? Math.min(side.units, units.right) : side.units)
}

const inProportion =
  (remainingMinor: number, spendMinor: number): Kept =>
  ({ units }) => {
    const share = multiplyDivide(units, remainingMinor, spendMinor, 'halfUp')
    return E.isRight(share) ? share.right : 0
  }

const nothing: Kept = () => 0

/** Never gives back what was taken. */
const take = (side: SettledSide, kept: Kept): SettledSide => ({
  kind: side.kind,
  units: side.units,
  takenUnits: Math.max(side.takenUnits, side.units - kept(side)),
  releasedAt: side.releasedAt,
})

/** What goes back to caps: the units that are taken, and the referral itself where all is cancelled. */
const givenBack = (
  { claim }: ReferralSettlement,
  { caps }: ReferralTerms,
  units: number,
  cancelled: boolean,
): ReadonlyArray<ReferralCapUse> => {
  const counting = new Map(caps.map(({ id, counts }) => [id, counts]))
  return claim.uses.flatMap(({ cap }) => {
    const uses = counting.get(cap) === 'referrals' ? (cancelled ? 1 : 0) : units
    return uses > 0 ? [{ cap, uses }] : []
  })
}

const changed = (
  terms: ReferralTerms,
  before: ReferralSettlement,
  status: ReferralSettlement['status'],
  referrer: SettledSide,
  referee: SettledSide | null,
): SettlementChange => {
  const referrerUnits = referrer.takenUnits - before.referrer.takenUnits
  const refereeUnits = (referee?.takenUnits ?? 0) - (before.referee?.takenUnits ?? 0)
  const cancels = status === 'cancelled' && before.status !== 'cancelled'
  return {
    settlement: { ...before, status, referrer, referee },
    referrerUnits,
    refereeUnits,
    uses: givenBack(before, terms, referrerUnits, cancels),
  }
}

/** Where a settlement is after a return. */
const statusAfter = (
  terms: ReferralTerms,
  { status, referrer, number }: ReferralSettlement,
  remainingMinor: number,
): ReferralSettlement['status'] => {
  const qualifies = remainingMinor >= leastReferralSpend(terms.eligibility)
  if (status === 'pending') return qualifies ? 'pending' : 'cancelled'
  if (status !== 'released') return status
  const kept = recomputed(terms.referrer, remainingMinor, number)(referrer)
  return qualifies && kept >= referrer.units - referrer.takenUnits ? 'released' : 'inReview'
}

/**
 * Looks at a referral again after some of the purchase was returned. Before the release a rest that still qualifies is
 * counted anew, and one that does not cancels both sides (S51). After it nothing is taken from the referrer silently: where
 * the rest would have given less, a person decides. What the referee gives back depends on all that was returned so far, so
 * that no split into parts changes the sum.
 *
 * @param terms - the terms
 * @param settlement - the settled referral
 * @param remainingMinor - what is left of the spend that counted, in minor units
 *
 * @example
 * ```ts
 * import { returnSettlement, type ReferralSettlement, type ReferralTerms, unwrap } from 'treue'
 *
 * const terms = {
 *   eligibility: { minimumSpend: { minor: 5000, currency: 'EUR' } },
 *   referrer: { amount: { type: 'fixed', units: 500 } },
 *   referee: { reward: { amount: { type: 'fixed', units: 1000 } }, onReturn: 'proportional' },
 *   caps: [],
 * } as unknown as ReferralTerms
 * const settlement = {
 *   spendMinor: 10_000,
 *   status: 'pending',
 *   referrer: { units: 500, takenUnits: 0 },
 *   referee: { units: 1000, takenUnits: 0 },
 *   claim: { uses: [] },
 * } as unknown as ReferralSettlement
 * const part = unwrap(returnSettlement(terms, settlement, 6000))
 * part.settlement.status // => 'pending'
 * part.refereeUnits // => 400
 * const more = unwrap(returnSettlement(terms, part.settlement, 4000))
 * more.settlement.status // => 'cancelled'
 * more.refereeUnits // => 600
 * more.referrerUnits // => 500
 * ```
 */
export const returnSettlement = (
  terms: ReferralTerms,
  settlement: ReferralSettlement,
  remainingMinor: number,
): E.Either<InvalidValue, SettlementChange> => {
  const { referrer, referee, spendMinor, number } = settlement
  if (!Number.isSafeInteger(remainingMinor) || remainingMinor < 0 || remainingMinor > spendMinor) {
    return E.left(invalidValue(['remainingMinor'], remainingMinor, `an integer from 0 to ${spendMinor}, the spend`))
  }
  const status = statusAfter(terms, settlement, remainingMinor)
  if (status === 'cancelled') {
    const rest = referee === null ? null : take(referee, nothing)
    return E.right(changed(terms, settlement, status, take(referrer, nothing), rest))
  }
  const anew = recomputed(terms.referrer, remainingMinor, number)
  const refereeKeeps =
    terms.referee?.onReturn === 'recomputed' && remainingMinor > 0
      ? recomputed(terms.referee.reward, remainingMinor, number)
      : inProportion(remainingMinor, spendMinor)
  const referrerAfter = status === 'pending' ? take(referrer, anew) : referrer
  const refereeAfter = referee === null ? null : take(referee, refereeKeeps)
  return E.right(changed(terms, settlement, status, referrerAfter, refereeAfter))
}

/**
 * A person's decision on a settlement: `uphold` leaves both sides what they have; `cancel` takes back all that is left,
 * from a referral in review or one that is pending, and gives caps back what it used. Whoever cancels one that is released
 * also takes it back from the milestones' count.
 *
 * `SettlementNotReady`: it is cancelled already; or it is upheld without being in review.
 *
 * @param terms - the terms
 * @param settlement - the settled referral
 * @param decision - what the person decided
 *
 * @example
 * ```ts
 * import { decideSettlement, type ReferralSettlement, type ReferralTerms } from 'treue'
 *
 * const settlement = {
 *   status: 'inReview',
 *   referrer: { units: 500, takenUnits: 0 },
 *   referee: null,
 *   claim: { uses: [] },
 * } as unknown as ReferralSettlement
 * const cancelled = decideSettlement({ caps: [] } as unknown as ReferralTerms, settlement, 'cancel')
 * cancelled._tag === 'Right' && cancelled.right.referrerUnits // => 500
 * ```
 */
export const decideSettlement = (
  terms: ReferralTerms,
  settlement: ReferralSettlement,
  decision: 'uphold' | 'cancel',
): E.Either<SettlementNotReady, SettlementChange> => {
  const { status, referrer, referee } = settlement
  if (status === 'cancelled' || (decision === 'uphold' && status !== 'inReview')) {
    const expected = decision === 'uphold' ? 'a settlement in review' : 'a settlement that is not cancelled'
    const { releasedAt } = referrer
    return E.left({ _tag: 'SettlementNotReady', path: ['status'], expected, status, releasedAt })
  }
  if (decision === 'uphold') return E.right(changed(terms, settlement, 'released', referrer, referee))
  const rest = referee === null ? null : take(referee, nothing)
  return E.right(changed(terms, settlement, 'cancelled', take(referrer, nothing), rest))
}
