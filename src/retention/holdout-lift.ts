// What a campaign changed, by those who were left alone: a holdout.

import { type Either, isLeft } from 'fp-ts/Either'
import { type OutOfRange, outOfRange, type ZeroDenominator, zeroDenominator } from '../foundation/index.ts'
import {
  compareProportions,
  type DifferenceInterval,
  type ProportionFaults,
  studentQuantile,
  studentUpperTail,
} from '../statistics/index.ts'

/** One of two groups that chance has parted. */
export interface HoldoutGroup {
  readonly members: number
  /** Who did what the campaign is for. */
  readonly converted: number
}

/** What a campaign changed. */
export interface HoldoutLift {
  readonly treatmentRate: number
  readonly controlRate: number
  /** `treatmentRate − controlRate` */
  readonly absoluteLift: number
  /** Newcombe's interval of the absolute lift. */
  readonly interval: DifferenceInterval
  /** The textbook interval. */
  readonly wald: DifferenceInterval
  /** The pooled z test; `null` where everybody or nobody converted. */
  readonly z: number | null
  readonly p: number | null
  /** How many of those treated would have converted anyway. */
  readonly expectedWithout: number
  /** Conversions that the campaign made. */
  readonly incrementalConversions: number
}

/**
 * The lift of a campaign over its holdout.
 *
 * @param treatment those whom the campaign reached, or was meant to reach: who was left out of it for another reason than
 * chance must not be sorted out afterwards
 * @param control those left alone
 * @param confidence of the intervals, 0.95 when absent
 * @returns `EmptySample` where a group is empty, `InvalidValue` for what isn't a count, `OutOfRange` for more converted than
 * there are and for a confidence outside (0, 1); paths say `first` for the treatment and `second` for the control.
 * @example
 * ```ts
 * import { holdoutLift, unwrap } from 'treue'
 *
 * const lift = unwrap(holdoutLift({ members: 90_000, converted: 1200 }, { members: 10_000, converted: 100 }))
 * lift.incrementalConversions // => 300
 * lift.interval.lower.toFixed(5) // => '0.00107'
 * ```
 */
export const holdoutLift = (
  treatment: HoldoutGroup,
  control: HoldoutGroup,
  confidence: number = 0.95,
): Either<ProportionFaults, HoldoutLift> => {
  const compared = compareProportions(
    { successes: treatment.converted, trials: treatment.members },
    { successes: control.converted, trials: control.members },
    confidence,
  )
  if (isLeft(compared)) return compared
  const { first, second, difference, newcombe, wald, z, p } = compared.right
  const expectedWithout = (treatment.members * control.converted) / control.members
  return {
    _tag: 'Right',
    right: {
      treatmentRate: first,
      controlRate: second,
      absoluteLift: difference,
      interval: newcombe,
      wald,
      z,
      p,
      expectedWithout,
      incrementalConversions: treatment.converted - expectedWithout,
    },
  }
}

/**
 * By which share a campaign raised the rate of those left alone.
 *
 * @param lift from {@link holdoutLift}
 * @returns `ZeroDenominator` where nobody of them converted.
 * @example
 * ```ts
 * import { holdoutLift, relativeLift, unwrap } from 'treue'
 *
 * unwrap(relativeLift(unwrap(holdoutLift({ members: 100, converted: 30 }, { members: 100, converted: 20 })))).toFixed(2) // => '0.50'
 * ```
 */
export const relativeLift = (
  lift: Pick<HoldoutLift, 'treatmentRate' | 'controlRate'>,
): Either<ZeroDenominator, number> =>
  lift.controlRate === 0
    ? { _tag: 'Left', left: zeroDenominator(['controlRate'], 'somebody who converted without the campaign') }
    : { _tag: 'Right', right: (lift.treatmentRate - lift.controlRate) / lift.controlRate }

/** What the members of a group spent, summed; who spent nothing is among the members. In any unit. */
export interface HoldoutSpend {
  readonly members: number
  readonly revenue: number
  /** The squares of each member's revenue, summed. */
  readonly squares: number
}

/** The revenue that a campaign made. */
export interface IncrementalRevenue {
  readonly treatmentMean: number
  readonly controlMean: number
  /** What each member more spent. */
  readonly perMember: number
  /** Welch's interval of it. */
  readonly interval: DifferenceInterval
  /** How probable so large a difference to either side is without an effect; `null` where nobody's revenue differs. */
  readonly p: number | null
  /** Of all that were treated. */
  readonly incremental: number
}

const spendFault = (name: string, { members, revenue, squares }: HoldoutSpend): OutOfRange | null => {
  if (!(Number.isSafeInteger(members) && members >= 2)) {
    return outOfRange([name, 'members'], members, 'a whole number from 2: one alone has no spread')
  }
  if (!Number.isFinite(revenue)) return outOfRange([name, 'revenue'], revenue, 'a finite number')
  return squares * (1 + 1e-12) >= (revenue * revenue) / members && squares < Number.POSITIVE_INFINITY
    ? null
    : outOfRange([name, 'squares'], squares, 'at least the square of the sum by the members')
}

/** The variance of a group's mean. */
const meanVariance = ({ members, revenue, squares }: HoldoutSpend): number =>
  Math.max(0, squares - (revenue * revenue) / members) / (members - 1) / members

/**
 * The revenue that a campaign made, from the sums of both groups, which can be counted in any engine.
 *
 * Source: B. L. Welch, Biometrika 34 (1947); his degrees of freedom are rounded down, to the cautious side.
 *
 * @param treatment those whom the campaign reached
 * @param control those left alone
 * @param confidence of the interval, 0.95 when absent
 * @returns `OutOfRange` for groups of less than two, sums that contradict each other, and a confidence outside (0, 1).
 * @example
 * ```ts
 * import { holdoutRevenue, unwrap } from 'treue'
 *
 * const { incremental, perMember } = unwrap(
 *   holdoutRevenue({ members: 4, revenue: 40, squares: 500 }, { members: 2, revenue: 10, squares: 52 }),
 * )
 * perMember // => 5
 * incremental // => 20
 * ```
 */
export const holdoutRevenue = (
  treatment: HoldoutSpend,
  control: HoldoutSpend,
  confidence: number = 0.95,
): Either<OutOfRange, IncrementalRevenue> => {
  const fault = spendFault('treatment', treatment) ?? spendFault('control', control)
  if (fault !== null) return { _tag: 'Left', left: fault }
  if (!(confidence > 0 && confidence < 1)) {
    return { _tag: 'Left', left: outOfRange(['confidence'], confidence, 'a confidence above 0 and below 1') }
  }
  const [treatmentMean, controlMean] = [treatment.revenue / treatment.members, control.revenue / control.members]
  const [a, b] = [meanVariance(treatment), meanVariance(control)]
  const perMember = treatmentMean - controlMean
  const means = { treatmentMean, controlMean, perMember, incremental: perMember * treatment.members }
  if (a + b === 0) {
    return { _tag: 'Right', right: { ...means, interval: { lower: perMember, upper: perMember }, p: null } }
  }
  const welch = (a + b) ** 2 / (a ** 2 / (treatment.members - 1) + b ** 2 / (control.members - 1))
  const degrees = Math.min(1e9, Math.max(1, Math.floor(welch)))
  const t = studentQuantile((1 + confidence) / 2, degrees)
  const tail = studentUpperTail(Math.abs(perMember) / Math.sqrt(a + b), degrees)
  if (isLeft(t)) return t
  if (isLeft(tail)) return tail
  const reach = t.right * Math.sqrt(a + b)
  const interval = { lower: perMember - reach, upper: perMember + reach }
  return { _tag: 'Right', right: { ...means, interval, p: Math.min(1, 2 * tail.right) } }
}

/** What to do at a look before the planned end. */
export interface SequentialLook {
  /** `'stop'` where the difference is real at that confidence, however often one has looked. */
  readonly decision: 'stop' | 'continue'
  readonly absoluteLift: number
  /** An interval that holds at all looks together. */
  readonly interval: DifferenceInterval
  /** A p-value that holds at all looks together: at most 1 − confidence means stop. Take the smallest of all looks. */
  readonly p: number
}

/**
 * Whether a running test may be stopped for a difference, at any number of looks: the mixture sequential probability ratio
 * test, with the variance of both rates estimated. Looking often at an ordinary test finds a difference sooner or later.
 *
 * Source: R. Johari, P. Koomen, L. Pekelis and D. Walsh, Operations Research 70 (2022).
 *
 * @param treatment those whom the campaign reached so far
 * @param control those left alone so far
 * @param options `expectedLift`: the absolute lift that the test is sharpest for, above 0; `confidence`: 0.95 when absent
 * @returns `OutOfRange` for an expected lift or confidence that is none, and as {@link holdoutLift}. While everybody or nobody
 * has converted in both groups there is nothing to estimate from: it says continue, with an interval of all differences.
 * @example
 * ```ts
 * import { sequentialLift, unwrap } from 'treue'
 *
 * const look = (converted: number) =>
 *   unwrap(sequentialLift({ members: 5000, converted }, { members: 5000, converted: 500 }, { expectedLift: 0.02 })).decision
 * look(560) // => 'continue'
 * look(620) // => 'stop'
 * ```
 */
export const sequentialLift = (
  treatment: HoldoutGroup,
  control: HoldoutGroup,
  options: { readonly expectedLift: number; readonly confidence?: number },
): Either<ProportionFaults, SequentialLook> => {
  const { expectedLift, confidence = 0.95 } = options
  if (!(expectedLift > 0 && expectedLift <= 1)) {
    return { _tag: 'Left', left: [outOfRange(['expectedLift'], expectedLift, 'a lift above 0, at most 1')] }
  }
  const lift = holdoutLift(treatment, control, confidence)
  if (isLeft(lift)) return lift
  const { treatmentRate, controlRate, absoluteLift } = lift.right
  const variance =
    (treatmentRate * (1 - treatmentRate)) / treatment.members + (controlRate * (1 - controlRate)) / control.members
  if (variance === 0) {
    return { _tag: 'Right', right: { decision: 'continue', absoluteLift, interval: { lower: -1, upper: 1 }, p: 1 } }
  }
  const spread = expectedLift ** 2
  const whole = variance + spread
  const logRatio = Math.log(variance / whole) / 2 + (spread * absoluteLift ** 2) / (2 * variance * whole)
  const p = Math.min(1, Math.exp(-logRatio))
  const bound = Math.log(whole / variance) / 2 - Math.log(1 - confidence)
  const reach = Math.sqrt((2 * variance * whole * bound) / spread)
  const decision = p <= 1 - confidence ? 'stop' : 'continue'
  const interval = { lower: Math.max(-1, absoluteLift - reach), upper: Math.min(1, absoluteLift + reach) }
  return { _tag: 'Right', right: { decision, absoluteLift, interval, p } }
}
