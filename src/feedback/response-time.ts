// How long it takes until somebody reacts, with the cases that still wait. The loops fill lists that they made themselves.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  formatInstant,
  type Instant,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  underPath,
} from '../foundation/index.ts'
import { twoSidedQuantile, wilsonInterval } from '../statistics/index.ts'
import { isNonEmpty } from './nps-summary.ts'
import { eitherFaults } from './rating-summary.ts'
import { type ServiceHours, serviceTimeBetween } from './service-hours.ts'

/** A case and when somebody first reacted to it. */
export interface ResponseCase {
  readonly openedAt: Instant
  /** `null` where nobody has reacted yet. */
  readonly respondedAt: Instant | null
}

/** How response times are measured. */
export interface ResponseTimeOptions {
  /** Until when is known who reacted. */
  readonly asOf: Instant
  /** A time that reactions should not exceed, in minutes. */
  readonly targetMinutes: number
  /** Counts only time in these hours; all time when absent. */
  readonly hours?: ServiceHours
  /** 0.95 when absent. */
  readonly confidence?: number
}

/** The share of cases that have a reaction within a time, and the interval that it is known within. */
export interface ResponseShare {
  readonly share: number
  /**
   * How the interval was found: from Greenwood's variance of the Kaplan–Meier estimate; where that is 0 or 1 and has none,
   * by Wilson's score method of the cases that are decided; `'none'` where no case is decided.
   */
  readonly method: 'kaplanMeier' | 'wilson' | 'none'
  readonly interval: { readonly lower: number; readonly upper: number }
}

/** How long reactions take. */
export interface ResponseTimes {
  readonly cases: number
  readonly responded: number
  /** Without a reaction so far: known to take longer than they have waited. */
  readonly waiting: number
  /** In minutes; `null` where fewer than half the cases are known to have a reaction within any time. */
  readonly medianMinutes: number | null
  /** In minutes, of nine cases in ten; `null` where that isn't known. */
  readonly ninetiethPercentileMinutes: number | null
  /** Estimated with those that wait, each up to the time that it has waited. */
  readonly withinTarget: ResponseShare
  /** Counted: reacted to in time, too late or waiting beyond the target, and waiting with time left. */
  readonly onTime: number
  readonly late: number
  readonly undecided: number
}

/** Everything that is wrong with cases and options. */
export type ResponseTimeFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>

interface Wait {
  readonly milliseconds: number
  readonly responded: boolean
}

const waitOf = (
  { openedAt, respondedAt }: ResponseCase,
  { asOf, hours }: ResponseTimeOptions,
): Either<OutOfRange, Wait> => {
  const responded = respondedAt !== null && respondedAt <= asOf
  const until = responded ? respondedAt : asOf
  if (hours === undefined) return { _tag: 'Right', right: { milliseconds: until - openedAt, responded } }
  const passed = serviceTimeBetween(hours, openedAt, until)
  return isLeft(passed) ? passed : { _tag: 'Right', right: { milliseconds: passed.right, responded } }
}

const orderFault = (
  { openedAt, respondedAt }: ResponseCase,
  at: number,
  asOf: Instant,
): ReadonlyArray<InvalidValue> => [
  ...(openedAt <= asOf ? [] : [invalidValue([at, 'openedAt'], formatInstant(openedAt), 'an instant not after asOf')]),
  ...(respondedAt === null || respondedAt >= openedAt
    ? []
    : [invalidValue([at, 'respondedAt'], formatInstant(respondedAt), 'an instant not before openedAt')]),
]

/** The share without a reaction after each time with one (Kaplan–Meier), and the sum of Greenwood's terms. */
interface Step {
  readonly milliseconds: number
  readonly waiting: number
  readonly greenwood: number
}

const stepsOf = (sorted: ReadonlyArray<Wait>): ReadonlyArray<Step> => {
  const steps: Array<Step> = []
  let [waiting, greenwood] = [1, 0]
  for (let at = 0; at < sorted.length; ) {
    const milliseconds = Number(sorted[at]?.milliseconds)
    const atRisk = sorted.length - at
    let responses = 0
    for (; sorted[at]?.milliseconds === milliseconds; at += 1) if (sorted[at]?.responded === true) responses += 1
    if (responses > 0) {
      waiting *= (atRisk - responses) / atRisk
      greenwood += responses / (atRisk * (atRisk - responses))
      steps.push({ milliseconds, waiting, greenwood })
    }
  }
  return steps
}

const quantileMinutes = (steps: ReadonlyArray<Step>, share: number): number | null => {
  // The product may miss a half by a rounding error.
  const step = steps.find(({ waiting }) => waiting <= 1 - share + 1e-12)
  return step === undefined ? null : step.milliseconds / 60_000
}

/** Of a share of 0 or 1, for which Greenwood's variance says nothing. */
const degenerateShare = (share: 0 | 1, decided: number, confidence: number): ResponseShare => {
  const interval = wilsonInterval(share * decided, decided, confidence)
  return isLeft(interval)
    ? { share, method: 'none', interval: { lower: 0, upper: 1 } }
    : { share, method: 'wilson', interval: { lower: interval.right.lower, upper: interval.right.upper } }
}

/** With the interval on the scale of log(−log), which keeps it between 0 and 1. */
const shareWithin = (last: Step | undefined, decided: number, confidence: number, z: number): ResponseShare => {
  if (last === undefined) return degenerateShare(0, decided, confidence)
  const { waiting, greenwood } = last
  if (waiting === 0) return degenerateShare(1, decided, confidence)
  const reach = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(waiting))
  const interval = { lower: 1 - waiting ** Math.exp(-reach), upper: 1 - waiting ** Math.exp(reach) }
  return { share: 1 - waiting, method: 'kaplanMeier', interval }
}

const finishWaits = (
  waits: ReadonlyArray<Wait>,
  { targetMinutes, confidence = 0.95 }: ResponseTimeOptions,
  z: number,
): ResponseTimes => {
  const target = targetMinutes * 60_000
  const sorted = [...waits].sort((a, b) => a.milliseconds - b.milliseconds)
  const steps = stepsOf(sorted)
  const count = (holds: (wait: Wait) => boolean): number => waits.filter(holds).length
  const undecided = count(({ responded, milliseconds }) => !responded && milliseconds <= target)
  const last = steps.filter(({ milliseconds }) => milliseconds <= target).pop()
  return {
    cases: waits.length,
    responded: count(({ responded }) => responded),
    waiting: count(({ responded }) => !responded),
    medianMinutes: quantileMinutes(steps, 0.5),
    ninetiethPercentileMinutes: quantileMinutes(steps, 0.9),
    withinTarget: shareWithin(last, waits.length - undecided, confidence, z),
    onTime: count(({ responded, milliseconds }) => responded && milliseconds <= target),
    late: count(({ milliseconds }) => milliseconds > target),
    undecided,
  }
}

/**
 * How long it takes until somebody reacts.
 *
 * A case that still waits isn't left out, which would make slow teams look fast, nor is it counted as never answered: it is
 * known to take longer than it has waited (E. L. Kaplan, P. Meier, Journal of the American Statistical Association 53, 1958).
 *
 * @param cases in any order; a reaction after `asOf` doesn't count yet
 * @param options see {@link ResponseTimeOptions}
 * @returns `EmptySample` without cases, `InvalidValue` for a case opened after `asOf` or reacted to before it was opened,
 * `OutOfRange` for a target below 0 and a confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { parseInstant, responseTimes, unwrap, type Instant } from 'treue'
 *
 * const start = unwrap(parseInstant('2026-03-02T09:00:00Z'))
 * const after = (minutes: number) => (start + minutes * 60_000) as Instant
 * const cases = [30, 60, 90, null, null].map((minutes) => ({
 *   openedAt: start,
 *   respondedAt: minutes === null ? null : after(minutes),
 * }))
 * const times = unwrap(responseTimes(cases, { asOf: after(120), targetMinutes: 60 }))
 * times.medianMinutes // => 90
 * times.withinTarget.share.toFixed(3) // => '0.400'
 * times.late // => 3
 * ```
 */
export const responseTimes = (
  cases: ReadonlyArray<ResponseCase>,
  options: ResponseTimeOptions,
): Either<ResponseTimeFaults, ResponseTimes> => {
  const { asOf, targetMinutes, confidence = 0.95 } = options
  const z = twoSidedQuantile(confidence)
  const waits = cases.map((one) => waitOf(one, options))
  const faults = [
    ...(cases.length === 0 ? [emptySample([], 'at least one case')] : []),
    ...cases.flatMap((one, at) => orderFault(one, at, asOf)),
    ...waits.flatMap((wait, at) => (isLeft(wait) ? underPath([at], [wait.left]) : [])),
    ...(targetMinutes >= 0 && targetMinutes <= 1e9
      ? []
      : [outOfRange(['targetMinutes'], targetMinutes, 'minutes from 0 to 1000000000')]),
    ...eitherFaults(z),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const known = waits.flatMap((wait) => (isLeft(wait) ? [] : [wait.right]))
  return { _tag: 'Right', right: finishWaits(known, options, isLeft(z) ? 0 : z.right) }
}
