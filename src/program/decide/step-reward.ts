/** The steps of a reward that a member takes: points leave by the ledger, pieces leave the stock. */
import * as E from 'fp-ts/Either'
import { type ActivityId, addDuration, type Instant } from '../../foundation/index.ts'
import { hold, type Lot, piecesOf, pointsOf, redeemHold, releaseHold, restore } from '../../ledger/index.ts'
import {
  type RedemptionMove,
  type RedemptionStepRecord,
  type Reward,
  type RewardPrice,
  type RewardRedemption,
  redeemReward,
  stepRedemption,
} from '../../rewards/index.ts'
import type { MemberRedemption, RewardChanged, RewardTaken } from '../state/member-rewards.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { enterArrival, heldWalletDefinition, keepAlive, walletOf } from './draft-wallet.ts'
import { countedNow, withoutInstant } from './member-limits.ts'
import type { Rejection } from './rejection.ts'
import { grantOfReward, revokeOfReward } from './voucher-grants.ts'

/** Nothing more can become of what is used and need not come back, when it can be returned no more. */
const keptUntil = (draft: Draft, { status, fulfilment }: RewardRedemption, at: Instant): Instant | null => {
  const isThere = fulfilment === null || fulfilment === 'delivered'
  const { program, zone } = draft.program
  return status === 'used' && isThere ? addDuration(zone, at, program.returnWindow) : null
}

/** When the member took the reward, for its limits: what is released or cancelled does not count. */
const takenAfter = (
  draft: Draft,
  { reward: id, status, heldAt }: RewardRedemption,
  at: Instant,
  more: ReadonlyArray<Instant> = [],
): RewardTaken => {
  const limits = draft.program.rewards.get(id)?.reward.limits ?? []
  const before = draft.state.rewards.taken.find((one) => one.reward === id)?.at ?? []
  const isUndone = status === 'released' || status === 'cancelled'
  const left = isUndone ? withoutInstant(before, heldAt) : [...before, ...more]
  return { reward: id, at: countedNow(limits, draft.program.zone, at, left) }
}

const record = (
  draft: Draft,
  at: Instant,
  change: RewardChanged['change'],
  reward: MemberRedemption,
  taken: RewardTaken,
  effects: RedemptionMove['effects'],
): void => {
  const { id: redemption, reward: of, wallet, points, money } = reward.redemption
  emit(draft, { type: 'rewardChanged', at, change, reward, taken, effects })
  if (effects.includes('takeStock')) draft.sharedClaims.push({ type: 'stock', reward: of, pieces: 1 })
  if (effects.includes('putBackStock')) draft.sharedClaims.push({ type: 'stock', reward: of, pieces: -1 })
  if (!draft.tracing) return
  const { automatic } = reward
  draft.steps.push({ step: 'reward', change, reward: of, redemption, wallet, points, money, automatic })
}

/** Who takes what, at which price. */
export interface Taking {
  readonly id: ActivityId
  readonly at: Instant
  readonly reward: Reward
  readonly price: RewardPrice
  readonly automatic: boolean
  /** Whether it is issued right after: then its hold has no end, however short holds of the reward are. */
  readonly issue: boolean
}

/** Takes a reward that the member can have: its points are held (S35). */
export const takeReward = (
  draft: Draft,
  { id, at, reward, price, automatic, issue }: Taking,
): E.Either<Rejection, MemberRedemption> => {
  const { zone } = draft.program
  const { member } = draft.state
  const { redemption, effects } = redeemReward(reward, zone, { id, member, at, price })
  const definition = heldWalletDefinition(draft.program, price.wallet)
  const wallet = walletOf(draft.state, price.wallet)
  const held = hold(
    definition,
    zone,
    wallet,
    price.points,
    at,
    id,
    issue ? ((at + 1) as Instant) : (redemption.heldUntil ?? undefined),
  )
  if (E.isLeft(held)) return E.left([held.left])
  if (price.points > 0) emitEntries(draft, [held.right])
  const open = {
    redemption: { ...redemption, heldUntil: issue ? null : held.right.until },
    pieces: [],
    vouchers: [],
    automatic,
    keptUntil: null,
  }
  const taken = takenAfter(draft, redemption, at, [at])
  record(draft, at, 'hold', open, taken, effects)
  return E.right(open)
}

/** Spends the points that are held. */
const burnHeld = (
  draft: Draft,
  { id, wallet: of, points }: RewardRedemption,
  at: Instant,
): E.Either<Rejection, ReadonlyArray<Lot>> => {
  keepAlive(draft, id, at, ({ resetBy }) => resetBy.includes('redemption'))
  if (points === 0) return E.right([])
  const wallet = walletOf(draft.state, of)
  const redeemed = redeemHold(wallet, id, points, at, id)
  if (E.isLeft(redeemed)) return E.left([redeemed.left])
  const held = wallet.holds.find((one) => one.id === id)?.lots ?? []
  emitEntries(draft, [redeemed.right])
  return E.right(piecesOf(held, redeemed.right.draws))
}

/** Frees the points that are held, unless time has done so. */
const freeHeld = (draft: Draft, { id, wallet }: RewardRedemption, at: Instant): void => {
  const released = releaseHold(walletOf(draft.state, wallet), id, at)
  if (E.isRight(released)) enterArrival(draft, released.right)
}

/** Gives back the points that were spent (S29). */
const giveBack = (
  draft: Draft,
  { redemption, pieces }: MemberRedemption,
  source: ActivityId,
  at: Instant,
): E.Either<Rejection, void> => {
  const { id, wallet } = redemption
  const definition = heldWalletDefinition(draft.program, wallet)
  const all = { pieces, restored: 0 as Lot['points'], points: pointsOf(pieces), at, source, redemption: id }
  const back = restore(definition, draft.program.zone, walletOf(draft.state, wallet), all)
  if (E.isLeft(back)) return E.left([back.left])
  emitEntries(draft, back.right)
  return E.right(undefined)
}

/** Does with points what a step asks; the pieces of lots that are spent afterwards. */
const movePoints = (
  draft: Draft,
  before: MemberRedemption,
  { id, at }: RedemptionStepRecord,
  effects: RedemptionMove['effects'],
): E.Either<Rejection, ReadonlyArray<Lot>> => {
  if (effects.includes('burnHeldPoints')) return burnHeld(draft, before.redemption, at)
  if (effects.includes('releasePoints')) freeHeld(draft, before.redemption, at)
  if (!effects.includes('returnPoints')) return E.right(before.pieces)
  const back = giveBack(draft, before, id, at)
  return E.isLeft(back) ? back : E.right([])
}

/** Grants the vouchers of a reward with its issue, and takes them back with its cancellation: unused, or it is refused. */
const moveVouchers = (
  draft: Draft,
  { redemption, vouchers }: MemberRedemption,
  { step, at }: RedemptionStepRecord,
): E.Either<Rejection, ReadonlyArray<ActivityId>> => {
  if (step === 'issue') return E.right(grantOfReward(draft, redemption, at))
  if (step !== 'cancel' || revokeOfReward(draft, vouchers, at)) return E.right(vouchers)
  const { refundable } = redemption
  const expected = 'a reward whose vouchers are unused'
  return E.left([{ _tag: 'RedemptionNotRefundable', path: ['step'], expected, refundable }])
}

/** Makes a step of a reward that was taken. */
export const stepReward = (
  draft: Draft,
  before: MemberRedemption,
  step: RedemptionStepRecord,
): E.Either<Rejection, void> => {
  const { at } = step
  const moved = stepRedemption(before.redemption, step)
  if (E.isLeft(moved)) return E.left([moved.left])
  const { redemption, effects } = moved.right
  const vouchers = moveVouchers(draft, before, step)
  if (E.isLeft(vouchers)) return vouchers
  const pieces = movePoints(draft, before, step, effects)
  if (E.isLeft(pieces)) return pieces
  const { automatic } = before
  const kept = keptUntil(draft, redemption, at)
  const after = { redemption, pieces: pieces.right, vouchers: vouchers.right, automatic, keptUntil: kept }
  record(draft, at, step.step, after, takenAfter(draft, redemption, at), effects)
  return E.right(undefined)
}
