// Survival over whole periods, from how many ended and how many were lost sight of in each.

import { type Either, isLeft } from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue, invalidValue, type OutOfRange } from '../foundation/index.ts'
import { twoSidedQuantile } from './wilson-interval.ts'

/** One time at which something ended, or was last seen. */
export interface SurvivalRow {
  readonly time: number
  /** How many were known to last up to this time. */
  readonly atRisk: number
  /** How many ended at it. */
  readonly events: number
  /** How many were last seen at it, still lasting. */
  readonly censored: number
  /** The estimated share that lasts longer. */
  readonly survival: number
  /** Greenwood's standard error of the survival. */
  readonly standardError: number
  /** From the interval of log(−log S), which stays within 0 and 1; the survival itself where that is 0 or 1. */
  readonly lower: number
  readonly upper: number
}

const countFaults = (name: string, counts: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  counts.flatMap((count, time) =>
    Number.isSafeInteger(count) && count >= 0 ? [] : [invalidValue([name, time], count, 'a whole number from 0')],
  )

/** Both ends of the survival whose variance, of its logarithm, is Greenwood's sum. */
const endsOf = (survival: number, sum: number, z: number): { readonly lower: number; readonly upper: number } => {
  if (survival <= 0 || survival >= 1) return { lower: survival, upper: survival }
  const reach = (z * Math.sqrt(sum)) / -Math.log(survival)
  return { lower: survival ** Math.exp(reach), upper: survival ** Math.exp(-reach) }
}

const rowsOf = (
  events: ReadonlyArray<number>,
  censored: ReadonlyArray<number>,
  total: number,
  z: number,
): ReadonlyArray<SurvivalRow> => {
  const rows: Array<SurvivalRow> = []
  let atRisk = total
  let survival = 1
  let sum = 0
  for (let time = 0; time < Math.max(events.length, censored.length); time += 1) {
    const ended = events[time] ?? 0
    const gone = censored[time] ?? 0
    if (ended + gone === 0) continue
    survival *= (atRisk - ended) / atRisk
    if (ended < atRisk) sum += ended / (atRisk * (atRisk - ended))
    const standardError = survival * Math.sqrt(sum)
    rows.push({ time, atRisk, events: ended, censored: gone, survival, standardError, ...endsOf(survival, sum, z) })
    atRisk -= ended + gone
  }
  return rows
}

/**
 * The Kaplan–Meier estimate of survival over whole periods: those who were lost sight of count as lasting until then.
 *
 * Sources: E. L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958); Greenwood's variance;
 * the interval by log(−log) as R's survfit has it with conf.type = "log-log".
 *
 * @param events of each time from 0 on, how many ended at it
 * @param censored of each time from 0 on, how many were last seen at it; they are at risk at that time
 * @param confidence of the interval, 0.95 when absent
 * @returns a row for each time with anything to count; `EmptySample` without anybody, `InvalidValue` for what isn't a
 * count, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { survivalTable, unwrap } from 'treue'
 *
 * const rows = unwrap(survivalTable([0, 2, 0, 1], [0, 0, 1, 0]))
 * rows.map(({ time, atRisk, survival }) => [time, atRisk, survival]) // => [[1, 4, 0.5], [2, 2, 0.5], [3, 1, 0]]
 * ```
 */
export const survivalTable = (
  events: ReadonlyArray<number>,
  censored: ReadonlyArray<number>,
  confidence: number = 0.95,
): Either<EmptySample | InvalidValue | OutOfRange, ReadonlyArray<SurvivalRow>> => {
  const [fault] = [...countFaults('events', events), ...countFaults('censored', censored)]
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const z = twoSidedQuantile(confidence)
  if (isLeft(z)) return z
  const total = [...events, ...censored].reduce((sum, count) => sum + count, 0)
  return total === 0
    ? { _tag: 'Left', left: emptySample([], 'at least one that ended or was seen') }
    : { _tag: 'Right', right: rowsOf(events, censored, total, z.right) }
}

/**
 * The first time by which at least half have ended.
 *
 * @param rows from {@link survivalTable}
 * @returns `EmptySample` where more than half last longer than anybody was watched.
 * @example
 * ```ts
 * import { medianSurvival, survivalTable, unwrap } from 'treue'
 *
 * unwrap(medianSurvival(unwrap(survivalTable([0, 2, 0, 1], [0, 0, 1, 0])))) // => 1
 * ```
 */
export const medianSurvival = (rows: ReadonlyArray<SurvivalRow>): Either<EmptySample, number> => {
  const row = rows.find(({ survival }) => survival <= 0.5)
  return row === undefined
    ? { _tag: 'Left', left: emptySample([], 'at least half that have ended') }
    : { _tag: 'Right', right: row.time }
}
