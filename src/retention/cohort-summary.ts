// Cohorts as a matrix of counts: how many customers began in each period, and how many of them bought how long after.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
  underPath,
  utc,
  type Zone,
} from '../foundation/index.ts'
import { addCounts, addRows } from './add-counts.ts'
import { alignCustomers } from './align-customers.ts'
import { type CohortCounts, type CohortCriterion, type CohortMembership, countCohorts } from './cohort-kernel.ts'
import { marksOf, periodFaults, returnFaults } from './cohort-marks.ts'
import { type CohortPeriods, type PeriodStarts, periodStarts } from './cohort-periods.ts'
import { isNonEmpty, type PurchaseFaults, type PurchaseLog } from './purchase-log.ts'

/** What a cohort table counts. */
export interface CohortDefinition {
  readonly periods: CohortPeriods
  /** What has happened by then counts, that instant included; purchases by date: to that instant's date. */
  readonly asOf: Instant
  /** The zone of the calendar; UTC when absent. */
  readonly zone?: Zone
  /** `'firstTime'` when absent: cohorts are of customers, by the first purchase that the log has of them. */
  readonly membership?: CohortMembership
  /** `'on'` when absent: it is the stricter one, and a cell doesn't change once its period is over. */
  readonly criterion?: CohortCriterion
  /**
   * Events that make a customer return, where they are others than those that make them begin: visits after a purchase. The
   * log's own when absent. Then those of the first period count in its cell too, which needn't be 100 %.
   */
  readonly returns?: PurchaseLog
}

/** Cohorts, counted. */
export interface CohortSummary {
  /** Of each period, how many customers are in its cohort. */
  readonly sizes: ReadonlyArray<number>
  /** Of each cohort, how many of them were retained 0, 1, 2 … periods later, up to the last period. */
  readonly retained: ReadonlyArray<ReadonlyArray<number>>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/** What keeps counts from being a summary. */
export const cohortFaults = ({ sizes, retained }: CohortSummary): ReadonlyArray<InvalidValue> => {
  if (retained.length !== sizes.length) {
    return [invalidValue(['retained'], retained, `${sizes.length} rows, one per cohort`)]
  }
  return retained.flatMap((row, cohort) => {
    const size = sizes[cohort] as number
    if (row.length !== sizes.length - cohort) {
      return [invalidValue(['retained', cohort], row, `${sizes.length - cohort} counts, up to the last period`)]
    }
    return row.flatMap((members, offset) =>
      members <= size ? [] : [invalidValue(['retained', cohort, offset], members, `at most the cohort's size ${size}`)],
    )
  })
}

/**
 * Reads a {@link CohortSummary}.
 *
 * @example
 * ```ts
 * import { CohortSummary, decode } from 'treue'
 *
 * decode(CohortSummary, { sizes: [2, 1], retained: [[2, 1], [1]] })._tag // => 'Right'
 * decode(CohortSummary, { sizes: [2, 1], retained: [[2, 3], [1]] })._tag // => 'Left'
 * ```
 */
export const CohortSummary: Codec<CohortSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('CohortSummary', {
    sizes: /* @__PURE__ */ arrayCodec(count),
    retained: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ arrayCodec(count)),
  }),
  cohortFaults,
)

const summaryOf = ({ periods, sizes, counts }: CohortCounts): CohortSummary => ({
  sizes: Array.from(sizes),
  retained: Array.from({ length: periods }, (_, cohort) =>
    Array.from(counts.subarray(cohort * periods, cohort * periods + periods - cohort)),
  ),
})

const countLog = (log: PurchaseLog, definition: CohortDefinition, starts: PeriodStarts): CohortSummary => {
  const { periods, membership = 'firstTime', criterion = 'on', returns } = definition
  const marks = marksOf(log, definition, starts)
  const others = returns === undefined ? null : marksOf(alignCustomers(returns, log), definition, starts)
  return summaryOf(countCohorts(marks, others, periods.count, membership, criterion))
}

/**
 * Counts the cohorts of a purchase log, or of a part of it that has all purchases of its customers.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}
 * @param definition see {@link CohortDefinition}
 * @returns `InvalidValue` for every part of the definition that makes no sense, such as hours of purchases without times,
 * or other than 1 to 1,000 periods.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, parseInstant, summariseCohorts, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const rows = [buy('ann', '2026-01-05'), buy('bob', '2026-01-20'), buy('ann', '2026-02-03')]
 * const summary = summariseCohorts(unwrap(encodePurchases(rows)), {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-03-01T00:00:00Z')),
 * })
 * unwrap(summary) // => { sizes: [2, 0], retained: [[2, 1], [0]] }
 * ```
 */
export const summariseCohorts = (
  log: PurchaseLog,
  definition: CohortDefinition,
): Either<PurchaseFaults, CohortSummary> => {
  const starts = periodStarts(definition.periods, definition.zone ?? utc)
  if (starts._tag === 'Left') return { _tag: 'Left', left: [starts.left] }
  const { returns } = definition
  const faults = [
    ...periodFaults(definition, log),
    ...(returns === undefined ? [] : underPath(['returns'], returnFaults(definition, returns))),
  ]
  return isNonEmpty(faults)
    ? { _tag: 'Left', left: faults }
    : { _tag: 'Right', right: countLog(log, definition, starts.right) }
}

/**
 * Merges cohort summaries of disjoint sets of customers that were counted by the same definition.
 *
 * @param periods how many periods the definition has
 * @example
 * ```ts
 * import { cohortMonoid } from 'treue'
 *
 * const { concat } = cohortMonoid(2)
 * concat({ sizes: [2, 1], retained: [[2, 1], [1]] }, { sizes: [1, 0], retained: [[1, 0], [0]] })
 * // => { sizes: [3, 1], retained: [[3, 1], [1]] }
 * ```
 */
export const cohortMonoid = (periods: number): Monoid<CohortSummary> => ({
  empty: summaryOf({ periods, sizes: new Float64Array(periods), counts: new Float64Array(periods * periods) }),
  concat: (first, second) => ({
    sizes: addCounts(first.sizes, second.sizes),
    retained: addRows(first.retained, second.retained),
  }),
})
