/** A recurring share of what a referee pays. */
import * as E from 'fp-ts/Either'
import { type ActivityId, addDuration, type Instant } from '../../foundation/index.ts'
import { type RevenueShareTerms, revenueShareDue } from '../../referrals/index.ts'
import type { BroughtReferral, BroughtShare } from '../state/brought-referral.ts'
import { changeBrought, moveOf } from './brought-change.ts'
import { effectId, lotIdOf } from './derived-id.ts'
import type { Draft } from './draft.ts'
import { giveReward, takeReward } from './give-referral-reward.ts'
import { schemeOf } from './referral-scheme-of.ts'
import type { Rejection } from './rejection.ts'

type Occasion = { readonly id: ActivityId; readonly at: Instant }
type Parts = BroughtShare['parts']

/** So much less, the last first; what is taken of each part. */
const takenParts = (parts: Parts, less: number): { readonly kept: Parts; readonly taken: Parts } => {
  let left = less
  const taken: Array<Parts[number]> = []
  const kept = [...parts].reverse().flatMap((part): Parts => {
    const units = Math.min(left, part.units)
    left -= units
    if (units > 0) taken.push({ ...part, units })
    return part.units === units ? [] : [{ ...part, units: part.units - units }]
  })
  return { kept: kept.reverse(), taken }
}

const take = (
  draft: Draft,
  occasion: Occasion,
  brought: BroughtReferral,
  share: BroughtShare,
  terms: RevenueShareTerms,
  due: number,
): void => {
  const { kept, taken } = takenParts(share.parts, share.units - due)
  const after = { ...brought, share: { revenueMinor: share.revenueMinor, units: due, parts: kept } }
  changeBrought(draft, occasion.at, 'shared', after, draft.state.referrerCounts)
  for (const { lot, units, at } of taken) {
    takeReward(draft, { ...moveOf(brought, occasion, units), kind: terms.kind, lot, cause: 'revenueShare' }, at)
  }
}

/**
 * Gives what is due of all that the referee paid so far, or takes back what is too much; points wait as long as the review
 * takes. As long as a person has to approve the referral, nothing is given.
 */
export const settleShare = (draft: Draft, occasion: Occasion, brought: BroughtReferral): E.Either<Rejection, void> => {
  const { share, status, version } = brought
  const scheme = schemeOf(draft, version)
  const terms = scheme?.revenueShare
  if (share === null || scheme === undefined || terms === undefined) return E.right(undefined)
  const due = status === 'pending' ? E.right(0) : revenueShareDue(terms.share, share.revenueMinor)
  if (E.isLeft(due)) return E.left([due.left])
  if (due.right <= share.units) {
    take(draft, occasion, brought, share, terms, due.right)
    return E.right(undefined)
  }
  const { id, at } = occasion
  const units = due.right - share.units
  const lot = lotIdOf(effectId('revenueShare', [brought.conversion], id), 0)
  const parts = [...share.parts, { lot, at, units }]
  const after = { ...brought, share: { revenueMinor: share.revenueMinor, units: due.right, parts } }
  changeBrought(draft, at, 'shared', after, draft.state.referrerCounts)
  const activeFrom = addDuration(draft.program.zone, at, scheme.terms.review)
  const move = { ...moveOf(brought, occasion, units), kind: terms.kind, lot, cause: 'revenueShare' as const }
  return giveReward(draft, move, activeFrom)
}
