// Cohorts as survival: young ones count up to their age instead of being left out.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue, invalidValue, type OutOfRange } from '../foundation/index.ts'
import {
  compareProportions,
  type ProportionDifference,
  type ProportionFaults,
  type SurvivalRow,
  survivalTable,
} from '../statistics/index.ts'
import type { CohortCell } from './cohort-average.ts'
import { startsFor, statusAt } from './cohort-finish.ts'
import { type CohortDefinition, type CohortSummary, cohortFaults } from './cohort-summary.ts'

interface Tally {
  readonly events: Array<number>
  readonly censored: Array<number>
}

const add = (tally: Array<number>, time: number, count: number): void => {
  tally[time] = (tally[time] ?? 0) + count
}

/** Members who end at a number of periods since: a streak that breaks, or a first return. */
const endedAt = (
  row: ReadonlyArray<number>,
  size: number,
  time: number,
  { criterion, returns }: CohortDefinition,
): number => {
  const now = row[time] as number
  if (criterion === 'streak') return (time === 1 ? size : (row[time - 1] as number)) - now
  const before = time === 1 && returns === undefined ? 0 : (row[time - 1] ?? 0)
  return now - before
}

/** Adds a cohort up to its last complete period, at which those who are left are last seen. */
const addCohort = (
  tally: Tally,
  row: ReadonlyArray<number>,
  size: number,
  complete: number,
  definition: CohortDefinition,
): void => {
  const begins = definition.criterion === 'onOrBefore' && definition.returns !== undefined ? 0 : 1
  let left = size
  for (let time = begins; time < complete; time += 1) {
    const ended = endedAt(row, size, time, definition)
    add(tally.events, time, ended)
    left -= ended
  }
  add(tally.censored, Math.max(0, complete - 1), left)
}

/**
 * The Kaplan–Meier curve over all cohorts: by `'streak'` the share whose streak lasts, by `'onOrBefore'` the share that hasn't
 * come back yet. Each cohort counts up to its last complete period, where an average would leave it out of all later columns
 * or mix ages.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link CohortDefinition}; its criterion must be `'streak'` or `'onOrBefore'`, of which a member ends
 * once and for all
 * @param confidence of the interval, 0.95 when absent
 * @returns rows by periods since; `InvalidValue` for another criterion or number of periods, `EmptySample` where no cohort has
 * a complete period, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { cohortSurvival, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const definition = {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 3 },
 *   asOf: unwrap(parseInstant('2026-04-01T00:00:00Z')),
 *   criterion: 'streak',
 * } as const
 * const rows = unwrap(cohortSurvival({ sizes: [4, 4, 2], retained: [[4, 2, 1], [4, 3], [2]] }, definition))
 * rows.map(({ time, atRisk, survival }) => `${time}: ${survival} of ${atRisk}`)
 * // => ['0: 1 of 10', '1: 0.625 of 8', '2: 0.3125 of 2']
 * ```
 */
export const cohortSurvival = (
  summary: CohortSummary,
  definition: CohortDefinition,
  confidence: number = 0.95,
): Either<EmptySample | InvalidValue | OutOfRange, ReadonlyArray<SurvivalRow>> => {
  const { criterion = 'on', asOf } = definition
  if (criterion !== 'streak' && criterion !== 'onOrBefore') {
    return { _tag: 'Left', left: invalidValue(['criterion'], criterion, "'streak' or 'onOrBefore'") }
  }
  const starts = startsFor(definition, { sizes: summary.sizes })
  if (starts._tag === 'Left') return starts
  const [fault] = cohortFaults(summary)
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const over = summary.sizes.filter((_, period) => statusAt(starts.right, period, asOf) === 'complete').length
  const tally: Tally = { events: [], censored: [] }
  summary.sizes.slice(0, over).forEach((size, cohort) => {
    addCohort(tally, summary.retained[cohort] as ReadonlyArray<number>, size, over - cohort, definition)
  })
  const length = Math.max(tally.events.length, tally.censored.length)
  const dense = (counts: ReadonlyArray<number>) => Array.from({ length }, (_, time) => counts[time] ?? 0)
  return survivalTable(dense(tally.events), dense(tally.censored), confidence)
}

/**
 * Whether two cells differ by more than chance: the difference of their rates with Newcombe's interval and a test.
 *
 * @param first a cell of a cohort table; only its matured members count
 * @param second a cell of another cohort, or of another group of customers
 * @param confidence of the interval, 0.95 when absent
 * @returns `EmptySample` where no member of a cell is matured, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { compareRetention, unwrap } from 'treue'
 *
 * const { difference, p } = unwrap(compareRetention({ matured: 200, retained: 120 }, { matured: 200, retained: 90 }))
 * difference.toFixed(2) // => '0.15'
 * p !== null && p < 0.01 // => true
 * ```
 */
export const compareRetention = (
  first: Pick<CohortCell, 'matured' | 'retained'>,
  second: Pick<CohortCell, 'matured' | 'retained'>,
  confidence: number = 0.95,
): Either<ProportionFaults, ProportionDifference> => {
  const open = ([first, second] as const).findIndex(({ matured }) => matured === 0)
  if (open >= 0) {
    const path = [open === 0 ? 'first' : 'second', 'matured']
    return { _tag: 'Left', left: [emptySample(path, 'members whose period is over')] }
  }
  return compareProportions(
    { successes: first.retained, trials: first.matured },
    { successes: second.retained, trials: second.matured },
    confidence,
  )
}
