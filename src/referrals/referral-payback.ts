/** What a referred customer costs, when that is earned back, and how much reward another channel's cost allows. */
import * as E from 'fp-ts/Either'
import {
  type ExactInteger,
  exactProduct,
  exactSum,
  type Fault,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  type RoundingMode,
  roundRatio,
  type ZeroDenominator,
} from '../foundation/index.ts'

/** What referrals cost in a time, in minor units. */
export interface ReferralCosts {
  /** What both sides of a referral get together. */
  readonly rewardMinor: number
  /** What the program costs however many there are. */
  readonly fixedMinor: number
  /** Referrals that were rewarded. */
  readonly conversions: number
  /** How many of them would not have come by themselves. */
  readonly incremental: number
}

/** The margin of the months that are given does not earn the cost back. */
export interface NotPaidBack extends Fault<'NotPaidBack'> {
  readonly months: number
  /** What is missing, in minor units. */
  readonly missingMinor: number
}

/** Referrals cost more than the other channel even without a reward. */
export interface NoRoomForReward extends Fault<'NoRoomForReward'> {
  readonly otherChannelMinor: number
}

const isAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const amountFaults = (amounts: Readonly<Record<string, number>>): ReadonlyArray<InvalidValue> =>
  Object.entries(amounts).flatMap(([name, value]) =>
    isAmount(value) ? [] : [invalidValue([name], value, 'an integer from 0 to 9007199254740991')],
  )

const incrementalFaults = (incremental: number, conversions: number): ReadonlyArray<InvalidValue> =>
  incremental > conversions
    ? [invalidValue(['incremental'], incremental, `at most ${conversions}, the conversions`)]
    : []

/**
 * What a customer costs who would not have come without a referral: all rewards and the program, over those customers.
 *
 * `InvalidValue`: amounts or counts that are none, more incremental customers than conversions; all are reported.
 * `ZeroDenominator`: nobody came who would not have come. `OutOfRange`: a cost that is no safe integer.
 *
 * @param costs - in minor units
 * @param mode - how the cost is rounded to a minor unit
 *
 * @example
 * ```ts
 * import { referralAcquisitionCost, unwrap } from 'treue'
 *
 * const costs = { rewardMinor: 1500, fixedMinor: 100_000, conversions: 400, incremental: 250 }
 * unwrap(referralAcquisitionCost(costs, 'halfUp')) // => 2800
 * ```
 */
export const referralAcquisitionCost = (
  { rewardMinor, fixedMinor, conversions, incremental }: ReferralCosts,
  mode: RoundingMode,
): E.Either<ReadonlyArray<InvalidValue | ZeroDenominator | OutOfRange>, number> => {
  const faults = [
    ...amountFaults({ rewardMinor, fixedMinor, conversions, incremental }),
    ...incrementalFaults(incremental, conversions),
  ]
  if (faults.length > 0) return E.left(faults)
  const cost = roundRatio(exactSum(exactProduct(rewardMinor, conversions), fixedMinor), incremental, mode)
  return E.isLeft(cost) ? E.left([{ ...cost.left, path: ['incremental'] }]) : cost
}

/** What another channel costs, and what referrals are counted with. */
export interface ChannelComparison extends Omit<ReferralCosts, 'rewardMinor'> {
  /** What a customer costs through the other channel, in minor units. */
  readonly otherChannelMinor: number
}

/**
 * The greatest reward of both sides together at which a referred customer costs no more than one of another channel.
 *
 * `InvalidValue`: amounts or counts that are none, more incremental customers than conversions; all are reported.
 * `ZeroDenominator`: no conversions. `NoRoomForReward`: the program alone costs more. `OutOfRange`: a reward that is no safe
 * integer.
 *
 * @param comparison - in minor units
 *
 * @example
 * ```ts
 * import { breakEvenReward, unwrap } from 'treue'
 *
 * const counts = { fixedMinor: 100_000, conversions: 400, incremental: 250 }
 * unwrap(breakEvenReward({ otherChannelMinor: 2800, ...counts })) // => 1500
 * breakEvenReward({ otherChannelMinor: 300, ...counts })._tag // => 'Left'
 * ```
 */
export const breakEvenReward = ({
  otherChannelMinor,
  fixedMinor,
  conversions,
  incremental,
}: ChannelComparison): E.Either<
  ReadonlyArray<InvalidValue | ZeroDenominator | OutOfRange | NoRoomForReward>,
  number
> => {
  const faults = [
    ...amountFaults({ otherChannelMinor, fixedMinor, conversions, incremental }),
    ...incrementalFaults(incremental, conversions),
  ]
  if (faults.length > 0) return E.left(faults)
  const room: ExactInteger = exactSum(exactProduct(otherChannelMinor, incremental), 0 - fixedMinor)
  if (room < 0) {
    const expected = 'a channel that costs more than the program does without rewards'
    return E.left([{ _tag: 'NoRoomForReward', path: ['otherChannelMinor'], expected, otherChannelMinor }])
  }
  const reward = roundRatio(room, conversions, 'floor')
  return E.isLeft(reward) ? E.left([{ ...reward.left, path: ['conversions'] }]) : reward
}

/** When a cost is earned back. */
export interface ReferralPayback {
  /** The month in which it is, from 1; 0 where nothing was spent. */
  readonly months: number
  /** What is earned beyond it by the end of that month, in minor units. */
  readonly beyondMinor: number
}

/**
 * The month by whose end the margin of a referred customer has earned back what was paid for them.
 *
 * `InvalidValue`: a cost that is none, or a margin that is no safe integer; all are reported. `NotPaidBack`: the months that
 * are given do not suffice.
 *
 * @param costMinor - what the customer cost, in minor units
 * @param marginsMinor - the expected margin of each month after that, in minor units; customers who leave counted as 0
 *
 * @example
 * ```ts
 * import { referralPayback, unwrap } from 'treue'
 *
 * unwrap(referralPayback(2800, [1000, 900, 810, 729])) // => { months: 4, beyondMinor: 639 }
 * referralPayback(2800, [1000])._tag // => 'Left'
 * ```
 */
export const referralPayback = (
  costMinor: number,
  marginsMinor: ReadonlyArray<number>,
): E.Either<ReadonlyArray<InvalidValue | NotPaidBack>, ReferralPayback> => {
  const faults = [
    ...amountFaults({ costMinor }),
    ...marginsMinor.flatMap((margin, month) =>
      Number.isSafeInteger(margin) ? [] : [invalidValue(['marginsMinor', month], margin, 'a safe integer')],
    ),
  ]
  if (faults.length > 0) return E.left(faults)
  // Not minus the cost, which for nothing is -0.
  let beyond: ExactInteger = 0 - costMinor
  let months = 0
  for (const margin of marginsMinor) {
    if (beyond >= 0) break
    beyond = exactSum(beyond, margin)
    months += 1
  }
  if (beyond >= 0) return E.right({ months, beyondMinor: Number(beyond) })
  const expected = 'months whose margin earns the cost back'
  return E.left([{ _tag: 'NotPaidBack', path: ['marginsMinor'], expected, months, missingMinor: -Number(beyond) }])
}
