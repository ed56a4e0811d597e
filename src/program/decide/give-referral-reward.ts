/** Giving rewards of referrals and taking them back: points and tier credit at once, anything else as an event for the app. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant, LadderId, LotId, Points } from '../../foundation/index.ts'
import { clawBack } from '../../ledger/index.ts'
import type { ReferralRewardKind, ReferralSide } from '../../referrals/index.ts'
import { countQualifying, type MetricId } from '../../tiers/index.ts'
import { standingOn } from '../state/standing-on.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { enterGrant, heldWalletDefinition, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'

/** A reward that moves. */
export interface RewardMove {
  readonly kind: ReferralRewardKind
  readonly units: number
  readonly lot: LotId
  readonly at: Instant
  readonly source: ActivityId
  /** The activity that told the referrer of the referral. */
  readonly referral: ActivityId
  readonly side: ReferralSide
  readonly cause: 'referral' | 'milestone' | 'revenueShare'
}

const creditTier = (
  draft: Draft,
  id: LadderId,
  metric: MetricId,
  count: number,
  countedAt: Instant,
  at: Instant,
): void => {
  const ladder = draft.program.program.ladders.find((one) => one.id === id)
  const before = standingOn(draft.state, id)
  if (ladder === undefined || before === undefined) return
  if (!ladder.metrics.some((one) => one.id === metric)) return
  const standing = countQualifying(ladder, draft.program.zone, before, { metric, count, countedAt }, at)
  if (standing !== before) emit(draft, { type: 'qualifyingCounted', at, metric, count, standing })
}

/** Gives a reward; points wait until `activeFrom` where that is given. */
export const giveReward = (draft: Draft, move: RewardMove, activeFrom?: Instant): E.Either<Rejection, void> => {
  const { kind, units, lot, at, source, referral, side, cause } = move
  if (units === 0) return E.right(undefined)
  switch (kind.type) {
    case 'points': {
      const grant = { lot, points: units as Points, at, source }
      return enterGrant(draft, kind.wallet, activeFrom === undefined ? grant : { ...grant, term: { activeFrom } })
    }
    case 'tierCredit':
      creditTier(draft, kind.ladder, kind.metric, units, at, at)
      return E.right(undefined)
    default:
      emit(draft, { type: 'referralRewardDue', at, referral, side, cause, reward: { kind, units } })
      return E.right(undefined)
  }
}

/** Takes back what was given: of points, those that died meanwhile are not taken a second time. */
export const takeReward = (draft: Draft, move: RewardMove, givenAt: Instant, lapsed = 0): void => {
  const { kind, units, lot, at, source, referral, side, cause } = move
  if (units === 0) return
  switch (kind.type) {
    case 'points': {
      const { wallet } = kind
      const claw = { lot, points: (units - lapsed) as Points, at, source }
      const policy = heldWalletDefinition(draft.program, wallet).clawBack
      emitEntries(draft, clawBack(walletOf(draft.state, wallet), claw, policy))
      return
    }
    case 'tierCredit':
      creditTier(draft, kind.ladder, kind.metric, -units, givenAt, at)
      return
    default:
      emit(draft, { type: 'referralRewardTaken', at, referral, side, cause, reward: { kind, units } })
  }
}
