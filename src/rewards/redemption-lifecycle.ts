/** The life of a redeemed reward: held, issued, used; released or cancelled; and what is sent. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  addDuration,
  arrayCodec,
  type Codec,
  type Fault,
  Instant,
  literalCodec,
  MemberId,
  Money,
  nullableCodec,
  Points,
  structCodec,
  WalletId,
  type Zone,
} from '../foundation/index.ts'
import type { Reward, RewardPrice, RewardRefundable } from './reward.ts'
import { RewardId } from './reward-ids.ts'

/** Where a redemption stands. */
export type RewardRedemptionStatus = 'held' | 'issued' | 'used' | 'released' | 'cancelled'

/** Where the goods of a redemption are. */
export type FulfilmentStatus = 'notShipped' | 'shipped' | 'delivered' | 'failed' | 'cameBack'

/** What can happen to a redemption. `release` ends a hold; `cancel` undoes what was issued. */
export type RedemptionStep = 'issue' | 'use' | 'release' | 'cancel' | 'ship' | 'deliver' | 'fail' | 'comeBack'

/** A step that was made. */
export interface RedemptionStepRecord {
  readonly id: ActivityId
  readonly step: RedemptionStep
  readonly at: Instant
}

/** A reward that a member redeems. */
export interface RewardRedemption {
  readonly id: ActivityId
  readonly member: MemberId
  readonly reward: RewardId
  readonly wallet: WalletId
  readonly points: Points
  readonly money: Money | null
  readonly heldAt: Instant
  /** The first instant at which the hold is over; `null`: without end. */
  readonly heldUntil: Instant | null
  readonly status: RewardRedemptionStatus
  /** `null` where nothing is sent. */
  readonly fulfilment: FulfilmentStatus | null
  readonly refundable: RewardRefundable
  readonly steps: ReadonlyArray<RedemptionStepRecord>
}

/** What a step asks of ledger, till and stock. */
export type RedemptionEffect =
  | 'holdPoints'
  | 'burnHeldPoints'
  | 'releasePoints'
  | 'returnPoints'
  | 'chargeMoney'
  | 'refundMoney'
  | 'takeStock'
  | 'putBackStock'

/** A redemption after a step. */
export interface RedemptionMove {
  readonly redemption: RewardRedemption
  /** In the order in which they are to be done. */
  readonly effects: ReadonlyArray<RedemptionEffect>
}

/** The step is not possible from here. */
export interface IllegalRedemptionStep extends Fault<'IllegalRedemptionStep'> {
  readonly status: RewardRedemptionStatus
  readonly fulfilment: FulfilmentStatus | null
  readonly step: RedemptionStep
}

/** The reward can no longer be given back. */
export interface RedemptionNotRefundable extends Fault<'RedemptionNotRefundable'> {
  readonly refundable: RewardRefundable
}

/** The hold was over. */
export interface RedemptionHoldOver extends Fault<'RedemptionHoldOver'> {
  readonly heldUntil: Instant
}

/** The id was used for another step (S36). */
export interface RedemptionStepConflict extends Fault<'RedemptionStepConflict'> {
  readonly id: ActivityId
}

/** The step is before the one that was made last, or before the hold. */
export interface RedemptionStepTooEarly extends Fault<'RedemptionStepTooEarly'> {
  readonly at: Instant
  /** The first instant at which a step can be made. */
  readonly notBefore: Instant
}

/** Why a step is refused. */
export type RedemptionStepFault =
  | IllegalRedemptionStep
  | RedemptionStepTooEarly
  | RedemptionNotRefundable
  | RedemptionHoldOver
  | RedemptionStepConflict

/** Reads a {@link RewardRedemption}. */
export const RewardRedemption: Codec<RewardRedemption, unknown> = /* @__PURE__ */ structCodec('RewardRedemption', {
  id: ActivityId,
  member: MemberId,
  reward: RewardId,
  wallet: WalletId,
  points: Points,
  money: /* @__PURE__ */ nullableCodec(Money),
  heldAt: Instant,
  heldUntil: /* @__PURE__ */ nullableCodec(Instant),
  status: /* @__PURE__ */ literalCodec('held', 'issued', 'used', 'released', 'cancelled'),
  fulfilment: /* @__PURE__ */ nullableCodec(
    /* @__PURE__ */ literalCodec('notShipped', 'shipped', 'delivered', 'failed', 'cameBack'),
  ),
  refundable: /* @__PURE__ */ literalCodec('untilIssued', 'untilUsed', 'always'),
  steps: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('RedemptionStepRecord', {
      id: ActivityId,
      step: /* @__PURE__ */ literalCodec('issue', 'use', 'release', 'cancel', 'ship', 'deliver', 'fail', 'comeBack'),
      at: Instant,
    }),
    { maxLength: 10_000 },
  ),
})

type Moves<S extends string> = { readonly [From in S]: { readonly [Step in RedemptionStep]?: S } }

const statusMoves: Moves<RewardRedemptionStatus> = {
  held: { issue: 'issued', release: 'released' },
  issued: { use: 'used', cancel: 'cancelled' },
  used: { cancel: 'cancelled' },
  released: {},
  cancelled: {},
}

const fulfilmentMoves: Moves<FulfilmentStatus> = {
  notShipped: { ship: 'shipped', fail: 'failed' },
  shipped: { deliver: 'delivered', fail: 'failed', comeBack: 'cameBack' },
  delivered: { comeBack: 'cameBack' },
  failed: { ship: 'shipped' },
  cameBack: { ship: 'shipped' },
}

/**
 * Redeems a reward: its points are held and its piece of the stock is taken. Whether the member can have it, the
 * availability of the reward tells (S35).
 *
 * @param reward - the reward
 * @param zone - the zone of the calendar in which the hold is counted
 * @param redemption - who redeems, when, under which id, and at which price
 *
 * @example
 * ```ts
 * import { type ActivityId, type MemberId, parseInstant, redeemReward, type Reward, type RewardPrice, unwrap, utc } from 'treue'
 *
 * const reward = { id: 'sample-box', holdFor: null, shipped: false, refundable: 'untilUsed' } as unknown as Reward
 * const price = { wallet: 'points', points: 500, money: null, tier: null } as unknown as RewardPrice
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * redeemReward(reward, utc, { id: 'r-1' as ActivityId, member: 'anna' as MemberId, at, price }).effects
 * // => ['holdPoints', 'takeStock']
 * ```
 */
export const redeemReward = (
  reward: Reward,
  zone: Zone,
  redemption: { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant; readonly price: RewardPrice },
): RedemptionMove => {
  const { id, member, at, price } = redemption
  return {
    redemption: {
      id,
      member,
      reward: reward.id,
      wallet: price.wallet,
      points: price.points,
      money: price.money,
      heldAt: at,
      heldUntil: reward.holdFor === null ? null : addDuration(zone, at, reward.holdFor),
      status: 'held',
      fulfilment: reward.shipped ? 'notShipped' : null,
      refundable: reward.refundable,
      steps: [],
    },
    effects: ['holdPoints', 'takeStock'],
  }
}

const illegal = ({ status, fulfilment }: RewardRedemption, step: RedemptionStep): IllegalRedemptionStep => {
  const ofStatus = Object.keys(statusMoves[status])
  const isLive = status === 'issued' || status === 'used'
  const ofFulfilment = isLive && fulfilment !== null ? Object.keys(fulfilmentMoves[fulfilment]) : []
  const steps = [...ofStatus, ...ofFulfilment]
  const expected = steps.length === 0 ? 'no step: this is the end' : `one of ${steps.join(', ')}`
  return { _tag: 'IllegalRedemptionStep', path: ['step'], expected, status, fulfilment, step }
}

const isRefundable = ({ refundable, status }: RewardRedemption): boolean =>
  refundable === 'always' || (refundable === 'untilUsed' && status === 'issued')

const isOut = ({ fulfilment }: RewardRedemption): boolean => fulfilment === 'shipped' || fulfilment === 'delivered'

/** What is in the way of a step that the table allows. */
const refusal = (redemption: RewardRedemption, step: RedemptionStep, at: Instant): RedemptionStepFault | null => {
  const { heldAt, heldUntil, refundable, steps } = redemption
  const notBefore = steps[steps.length - 1]?.at ?? heldAt
  if (at < notBefore) {
    const expected = 'an instant not before the last step, or the hold'
    return { _tag: 'RedemptionStepTooEarly', path: ['at'], expected, at, notBefore }
  }
  if (step === 'issue' && heldUntil !== null && at >= heldUntil) {
    return { _tag: 'RedemptionHoldOver', path: ['at'], expected: 'an instant before the end of the hold', heldUntil }
  }
  if (step !== 'cancel') return null
  if (isOut(redemption)) return illegal(redemption, step)
  return isRefundable(redemption)
    ? null
    : { _tag: 'RedemptionNotRefundable', path: ['step'], expected: `a redemption refundable ${refundable}`, refundable }
}

const effectsOf = ({ money }: RewardRedemption, step: RedemptionStep): ReadonlyArray<RedemptionEffect> => {
  switch (step) {
    case 'issue':
      return money === null ? ['burnHeldPoints'] : ['burnHeldPoints', 'chargeMoney']
    case 'release':
      return ['releasePoints', 'putBackStock']
    case 'cancel':
      return money === null ? ['returnPoints', 'putBackStock'] : ['returnPoints', 'refundMoney', 'putBackStock']
    case 'use':
    case 'ship':
    case 'deliver':
    case 'fail':
    case 'comeBack':
      return []
  }
}

/** Where a step leads by the tables; `null`: nowhere. */
const moved = (
  redemption: RewardRedemption,
  step: RedemptionStep,
): Pick<RewardRedemption, 'status' | 'fulfilment'> | null => {
  const { status, fulfilment } = redemption
  const next = statusMoves[status][step]
  if (next !== undefined) return { status: next, fulfilment }
  const sent = fulfilment === null ? undefined : fulfilmentMoves[fulfilment][step]
  return sent === undefined || (status !== 'issued' && status !== 'used') ? null : { status, fulfilment: sent }
}

/**
 * Makes a step of a redemption. The same step again changes nothing and has no effects (S36). Goods that are under way or
 * delivered must come back before the redemption can be cancelled (S35).
 *
 * `IllegalRedemptionStep`: not possible from here; `expected` names what is. `RedemptionStepTooEarly`: before the step that
 * was made last, or before the hold; two steps can be made at one instant. `RedemptionNotRefundable`: the reward can no
 * longer be given back. `RedemptionHoldOver`: the hold was over before it was issued; it can only be released.
 * `RedemptionStepConflict`: the id was used for another step.
 *
 * @param redemption - where it stands
 * @param step - what happens, when, and under which id
 *
 * @example
 * ```ts
 * import { type ActivityId, parseInstant, type RewardRedemption, stepRedemption, unwrap } from 'treue'
 *
 * const held = { status: 'held', heldAt: 0, heldUntil: null, fulfilment: null, money: null, steps: [] } as unknown as RewardRedemption
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const issued = unwrap(stepRedemption(held, { id: 'step-1' as ActivityId, step: 'issue', at }))
 * issued.redemption.status // => 'issued'
 * issued.effects // => ['burnHeldPoints']
 * stepRedemption(held, { id: 'step-2' as ActivityId, step: 'use', at })._tag // => 'Left'
 * ```
 */
export const stepRedemption = (
  redemption: RewardRedemption,
  step: RedemptionStepRecord,
): E.Either<RedemptionStepFault, RedemptionMove> => {
  const before = redemption.steps.find(({ id }) => id === step.id)
  if (before !== undefined) {
    const expected = 'an id that was not used before, or the same content again'
    return before.step === step.step && before.at === step.at
      ? E.right({ redemption, effects: [] })
      : E.left({ _tag: 'RedemptionStepConflict', path: ['id'], expected, id: step.id })
  }
  const next = moved(redemption, step.step)
  if (next === null) return E.left(illegal(redemption, step.step))
  const fault = refusal(redemption, step.step, step.at)
  if (fault !== null) return E.left(fault)
  const { id, at } = step
  const steps = [...redemption.steps, { id, step: step.step, at }]
  return E.right({ redemption: { ...redemption, ...next, steps }, effects: effectsOf(redemption, step.step) })
}
