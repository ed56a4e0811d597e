// How many have left by when, and for which of several reasons: those who left for one cannot leave for another.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
} from '../../foundation/index.ts'
import { endsByReason, type ReasonedLifetimes, type ReasonRows } from './ends-by-reason.ts'
import { entryFaults, lifetimeFaults } from './lifetimes.ts'
import { confidenceQuantile } from './regression-data.ts'
import { intervalOf, type SurvivalInterval } from './survival-interval.ts'

/** How the intervals are made. */
export interface IncidenceOptions {
  /** `'logLog'` when absent. */
  readonly interval?: SurvivalInterval
  /** 0.95 when absent. */
  readonly confidence?: number
}

/** How many have left for one reason; one entry per time of the whole. */
export interface ReasonIncidence {
  readonly reason: string
  /** How many left for it then. */
  readonly ends: Float64Array
  /** The share that has left for it by then. */
  readonly incidence: Float64Array
  readonly standardErrors: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Shares that have left by reason, as columns, ready for a stacked chart: with those who are still there they make up 1. */
export interface CumulativeIncidence {
  readonly times: Float64Array
  readonly atRisk: Float64Array
  readonly censored: Float64Array
  /** The share that is still there. */
  readonly survival: Float64Array
  /** By reason, in the order in which the data first have them. */
  readonly reasons: ReadonlyArray<ReasonIncidence>
}

/** Why there is none. */
export type IncidenceFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample>

const flagFaults = (reasons: ArrayLike<unknown>): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < reasons.length; row += 1) {
    const reason = reasons[row]
    if (typeof reason !== 'string' && reason !== null)
      faults.push(invalidValue(['reasons', row], reason, 'a text, or null'))
  }
  return faults
}

const reasonFaults = ({ times, reasons, entries }: ReasonedLifetimes): ReadonlyArray<InvalidValue | EmptySample> => {
  if (reasons.length !== times.length) {
    return [invalidValue(['reasons', 'length'], reasons.length, `${times.length}, one per time`)]
  }
  const faults = [
    ...flagFaults(reasons),
    ...lifetimeFaults({ times, ended: new Uint8Array(times.length) }),
    ...entryFaults(times, entries),
  ]
  const hasEnds = faults.length > 0 || Array.from(reasons).some((reason) => reason !== null)
  return hasEnds ? faults : [emptySample(['reasons'], 'a customer who left')]
}

interface Shares {
  readonly survival: Float64Array
  readonly before: Float64Array
}

/** The share that is still there after each time, and before it. */
const sharesOf = ({ atRisk, ends }: ReasonRows): Shares => {
  const survival = new Float64Array(atRisk.length)
  const before = new Float64Array(atRisk.length)
  let share = 1
  atRisk.forEach((risk, at) => {
    before[at] = share
    share *= (risk - (ends[at] as number)) / risk
    survival[at] = share
  })
  return { survival, before }
}

/**
 * The share that has left for one reason, with its variance: each time's ends are a multinomial draw, and those who left for
 * whatever reason are missing later. With one reason it is Greenwood's.
 */
const incidenceOf = ({ atRisk, ends }: ReasonRows, reasonEnds: Float64Array, { before }: Shares) => {
  const incidence = new Float64Array(atRisk.length)
  const standardErrors = new Float64Array(atRisk.length)
  // Σ (S² g − 2 S (F − f) h + (F − f)² v), with the later F taken out of the sums.
  let [share, constant, linear, square] = [0, 0, 0, 0]
  atRisk.forEach((risk, at) => {
    const stayed = before[at] as number
    const [rate, all] = [(reasonEnds[at] as number) / risk, (ends[at] as number) / risk]
    share += stayed * rate
    // Where all leave at once, nothing comes after it that could differ.
    const spread = all < 1 ? all / ((1 - all) * risk) : 0
    const mixed = all < 1 ? (stayed * rate) / risk : 0
    constant += (stayed * stayed * rate * (1 - rate)) / risk + 2 * share * mixed + share * share * spread
    linear += mixed + share * spread
    square += spread
    incidence[at] = share
    standardErrors[at] = Math.sqrt(Math.max(0, constant - 2 * share * linear + share * share * square))
  })
  return { incidence, standardErrors }
}

const reasonIncidence = (
  reason: string,
  rows: ReasonRows,
  reasonEnds: Float64Array,
  shares: Shares,
  interval: SurvivalInterval,
  quantile: number,
): ReasonIncidence => {
  const { incidence, standardErrors } = incidenceOf(rows, reasonEnds, shares)
  const ends = Array.from(incidence, (share, at) =>
    intervalOf(interval, Math.min(1, share), (standardErrors[at] as number) / share, quantile, 0),
  )
  return {
    reason,
    ends: reasonEnds,
    incidence,
    standardErrors,
    low: Float64Array.from(ends, ({ low }) => low),
    high: Float64Array.from(ends, ({ high }) => high),
  }
}

/**
 * The share of customers that has left by when, for each of several reasons, such as by their own will or because a payment
 * failed. A curve of {@link kaplanMeier} for one reason alone would tell how many left if nobody left for another: too many.
 *
 * Sources: O. Aalen & S. Johansen, Scandinavian Journal of Statistics 5 (1978); the variance by the delta method, as in
 * E. Marubini & M. G. Valsecchi (1995), equation 10.12; the interval on the scale of log(−log) after J. Choudhury (2002).
 *
 * @param lifetimes see {@link ReasonedLifetimes}
 * @param options see {@link IncidenceOptions}
 * @returns `InvalidValue` at each row that is wrong, `OutOfRange` for a confidence not between 0 and 1, `EmptySample` where
 * nobody left.
 * @example
 * ```ts
 * import { cumulativeIncidence, unwrap } from 'treue'
 *
 * const months = { times: [1, 2, 3, 4], reasons: ['voluntary', 'paymentFailed', null, 'voluntary'] }
 * const { reasons, survival } = unwrap(cumulativeIncidence(months))
 * reasons.map(({ reason, incidence }) => [reason, incidence[3]]) // => [['voluntary', 0.75], ['paymentFailed', 0.25]]
 * survival[2] // => 0.5
 * ```
 */
export const cumulativeIncidence = (
  lifetimes: ReasonedLifetimes,
  options: IncidenceOptions = {},
): Either<IncidenceFaults, CumulativeIncidence> => {
  const { interval = 'logLog', confidence = 0.95 } = options
  const quantile = confidenceQuantile(confidence)
  const [first, ...rest] = [...(typeof quantile === 'number' ? [] : [quantile]), ...reasonFaults(lifetimes)]
  if (first !== undefined || typeof quantile !== 'number') {
    return { _tag: 'Left', left: [first as IncidenceFaults[0], ...rest] }
  }
  const rows = endsByReason(lifetimes)
  const shares = sharesOf(rows)
  const { times, atRisk, censored } = rows
  return {
    _tag: 'Right',
    right: {
      times,
      atRisk,
      censored,
      survival: shares.survival,
      reasons: rows.reasons.map((reason, at) =>
        reasonIncidence(reason, rows, rows.reasonEnds[at] as Float64Array, shares, interval, quantile),
      ),
    },
  }
}
