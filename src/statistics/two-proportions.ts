// Two proportions side by side: how far apart they are, and how sure that is.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, type Fault, type InvalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { normalQuantile } from './normal-quantile.ts'
import { normalTailBeyond } from './normal-tail.ts'
import { type ProportionInterval, twoSidedQuantile, wilsonInterval } from './wilson-interval.ts'

/** How many of some trials succeeded. */
export interface Proportion {
  readonly successes: number
  readonly trials: number
}

/** A confidence interval of a difference, from −1 to 1. */
export interface DifferenceInterval {
  readonly lower: number
  readonly upper: number
}

/** Two proportions compared. */
export interface ProportionDifference {
  readonly first: number
  readonly second: number
  /** `first − second` */
  readonly difference: number
  /** Newcombe's interval from two Wilson intervals: it holds for small samples and rare events. */
  readonly newcombe: DifferenceInterval
  /** The textbook interval, to be compared with others' figures. */
  readonly wald: DifferenceInterval
  /** The difference by its standard error where both are equal; `null` where all trials ended alike. */
  readonly z: number | null
  /** How probable so large a difference to either side is where both are equal; `null` with `z`. */
  readonly p: number | null
}

/** Everything that is wrong with two proportions. */
export type ProportionFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>

const isNonEmpty = <A>(values: ReadonlyArray<A>): values is ReadonlyNonEmptyArray<A> => values.length > 0

const under = <F extends Fault>(name: string, fault: F): F => ({ ...fault, path: [name, ...fault.path] })

const waldOf = (first: Proportion, second: Proportion, z: number): DifferenceInterval => {
  const [a, b] = [first.successes / first.trials, second.successes / second.trials]
  const reach = z * Math.sqrt((a * (1 - a)) / first.trials + (b * (1 - b)) / second.trials)
  return { lower: a - b - reach, upper: a - b + reach }
}

const newcombeOf = (a: number, b: number, own: ProportionInterval, other: ProportionInterval): DifferenceInterval => ({
  lower: Math.max(-1, a - b - Math.hypot(a - own.lower, other.upper - b)),
  upper: Math.min(1, a - b + Math.hypot(own.upper - a, b - other.lower)),
})

const pooledTest = (first: Proportion, second: Proportion): Pick<ProportionDifference, 'z' | 'p'> => {
  const pooled = (first.successes + second.successes) / (first.trials + second.trials)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials))
  if (error === 0) return { z: null, p: null }
  const z = (first.successes / first.trials - second.successes / second.trials) / error
  return { z, p: Math.min(1, 2 * normalTailBeyond(Math.abs(z))) }
}

/**
 * The difference of two proportions, with an interval and a test.
 *
 * Sources: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10; the pooled z test.
 *
 * @param first such as those treated
 * @param second such as the controls, independent of the first
 * @param confidence of the intervals, 0.95 when absent
 * @returns `EmptySample` where there are no trials, `InvalidValue` for what isn't a count, `OutOfRange` for more successes
 * than trials and for a confidence outside (0, 1), of either proportion.
 * @example
 * ```ts
 * import { compareProportions, unwrap } from 'treue'
 *
 * const { difference, newcombe, p } = unwrap(
 *   compareProportions({ successes: 60, trials: 100 }, { successes: 40, trials: 100 }),
 * )
 * ;[difference, newcombe.lower, newcombe.upper, p ?? 1].map((figure) => figure.toFixed(4))
 * // => ['0.2000', '0.0614', '0.3281', '0.0047']
 * ```
 */
export const compareProportions = (
  first: Proportion,
  second: Proportion,
  confidence: number = 0.95,
): Either<ProportionFaults, ProportionDifference> => {
  const z = twoSidedQuantile(confidence)
  if (isLeft(z)) return { _tag: 'Left', left: [z.left] }
  const own = wilsonInterval(first.successes, first.trials, confidence)
  const other = wilsonInterval(second.successes, second.trials, confidence)
  if (isLeft(own)) {
    const rest = isLeft(other) ? [under('second', other.left)] : []
    return { _tag: 'Left', left: [under('first', own.left), ...rest] }
  }
  if (isLeft(other)) return { _tag: 'Left', left: [under('second', other.left)] }
  const [a, b] = [first.successes / first.trials, second.successes / second.trials]
  const difference: ProportionDifference = {
    first: a,
    second: b,
    difference: a - b,
    newcombe: newcombeOf(a, b, own.right, other.right),
    wald: waldOf(first, second, z.right),
    ...pooledTest(first, second),
  }
  return { _tag: 'Right', right: difference }
}

/** What a comparison of two proportions is planned for. */
export interface ProportionPlan {
  /** The rate without the treatment. */
  readonly baseline: number
  /** The rate with it that is to be found if it is there. */
  readonly target: number
  /** The probability of finding it then; 0.8 when absent. */
  readonly power?: number
  /** 0.95 when absent. */
  readonly confidence?: number
  /** Treated per control; 1 when absent. */
  readonly ratio?: number
}

const isShare = (value: number): boolean => value > 0 && value < 1

const planFaults = (plan: Required<ProportionPlan>): ReadonlyArray<OutOfRange> => [
  ...(['baseline', 'target', 'power', 'confidence'] as const)
    .filter((name) => !isShare(plan[name]))
    .map((name) => outOfRange([name], plan[name], 'above 0 and below 1')),
  ...(plan.baseline === plan.target ? [outOfRange(['target'], plan.target, 'another rate than the baseline')] : []),
  ...(plan.ratio > 0 && plan.ratio < Number.POSITIVE_INFINITY
    ? []
    : [outOfRange(['ratio'], plan.ratio, 'a number above 0')]),
]

/** Controls that are needed, not rounded: the null and the alternative meet at one bound. */
const controlsFor = ({ baseline, target, ratio }: Required<ProportionPlan>, alpha: number, beta: number): number => {
  const pooled = (baseline + ratio * target) / (1 + ratio)
  const atNull = alpha * Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
  const atTarget = beta * Math.sqrt(baseline * (1 - baseline) + (target * (1 - target)) / ratio)
  return ((atNull + atTarget) / (target - baseline)) ** 2
}

/**
 * How many must be treated, and how many left alone, to find a difference of two proportions, before a test begins.
 *
 * Source: J. L. Fleiss, Statistical Methods for Rates and Proportions, without continuity correction.
 *
 * @param plan see {@link ProportionPlan}
 * @returns `OutOfRange` for every rate, power or confidence outside (0, 1), for a target that is the baseline, and for a
 * ratio that isn't above 0.
 * @example
 * ```ts
 * import { proportionSampleSize, unwrap } from 'treue'
 *
 * unwrap(proportionSampleSize({ baseline: 0.1, target: 0.12 })) // => { first: 3841, second: 3841 }
 * ```
 */
export const proportionSampleSize = (
  plan: ProportionPlan,
): Either<ReadonlyNonEmptyArray<OutOfRange>, { readonly first: number; readonly second: number }> => {
  const { power = 0.8, confidence = 0.95, ratio = 1 } = plan
  const whole = { ...plan, power, confidence, ratio }
  const faults = planFaults(whole)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const alpha = twoSidedQuantile(confidence)
  const beta = normalQuantile(power)
  if (isLeft(alpha)) return { _tag: 'Left', left: [alpha.left] }
  if (isLeft(beta)) return { _tag: 'Left', left: [beta.left] }
  const controls = controlsFor(whole, alpha.right, beta.right)
  const sizes = { first: Math.ceil(controls * ratio), second: Math.ceil(controls) }
  return Number.isSafeInteger(sizes.first) && Number.isSafeInteger(sizes.second)
    ? { _tag: 'Right', right: sizes }
    : { _tag: 'Left', left: [outOfRange(['target'], plan.target, 'a rate farther from the baseline')] }
}
