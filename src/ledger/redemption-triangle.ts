// Redemptions by the period in which the points were issued and by how old they were: what is counted, how partial counts
// merge, and the cumulative triangle that they make. The loops fill lists that they made themselves.
import * as E from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type OutOfRange,
  outOfRange,
  structCodec,
} from '../foundation/index.ts'

/**
 * Points by cohort and age, counted. A cohort is the points that were issued in one period, 0 for the first; redemptions
 * have an age of 0 in that period, 1 in the next, and so on.
 */
export interface RedemptionCounts {
  /** Of each cohort, how many points were issued. */
  readonly issued: ReadonlyArray<number>
  /** Of each cohort, how many points were redeemed at each age; below 0 where more redemptions were cancelled. */
  readonly redeemed: ReadonlyArray<ReadonlyArray<number>>
}

/** Points that were issued in a period. */
export interface IssuedPoints {
  readonly kind: 'issued'
  /** The number of the period, from 0 on. */
  readonly cohort: number
  readonly points: number
}

/** Points of a cohort that were redeemed, or with points below 0 the cancellation of that. */
export interface RedeemedPoints {
  readonly kind: 'redeemed'
  readonly cohort: number
  /** How many periods after their own they were redeemed, from 0 on. */
  readonly age: number
  readonly points: number
}

/** One or the other. */
export type CohortMovement = IssuedPoints | RedeemedPoints

const mostPeriods = 1000
const total: Codec<number> = /* @__PURE__ */ integerCodec()

const shapeFaults = ({ issued, redeemed }: RedemptionCounts): ReadonlyArray<InvalidValue> =>
  issued.length === redeemed.length
    ? []
    : [invalidValue(['redeemed'], redeemed, `${issued.length} rows, one per cohort`)]

/**
 * Reads {@link RedemptionCounts}.
 *
 * @example
 * ```ts
 * import { decode, RedemptionCounts } from 'treue'
 *
 * decode(RedemptionCounts, { issued: [1000, 900], redeemed: [[100, 50], [80]] })._tag // => 'Right'
 * decode(RedemptionCounts, { issued: [1000], redeemed: [] })._tag // => 'Left'
 * ```
 */
export const RedemptionCounts: Codec<RedemptionCounts> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('RedemptionCounts', {
    issued: /* @__PURE__ */ arrayCodec(total, { maxLength: mostPeriods }),
    redeemed: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ arrayCodec(total, { maxLength: mostPeriods }), {
      maxLength: mostPeriods,
    }),
  }),
  shapeFaults,
)

const isPeriod = (period: number): boolean => Number.isInteger(period) && period >= 0 && period < mostPeriods

const expectedPeriod = `a number of periods from 0 to ${mostPeriods - 1}`

const noteMovement = (movement: CohortMovement, index: number, faults: Array<InvalidValue>): void => {
  if (!isPeriod(movement.cohort)) faults.push(invalidValue([index, 'cohort'], movement.cohort, expectedPeriod))
  if (movement.kind === 'redeemed' && !isPeriod(movement.age)) {
    faults.push(invalidValue([index, 'age'], movement.age, expectedPeriod))
  }
  if (!Number.isSafeInteger(movement.points)) {
    faults.push(invalidValue([index, 'points'], movement.points, 'a whole number of points'))
  }
}

const movementFaults = (movements: ReadonlyArray<CohortMovement>): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  movements.forEach((movement, index) => {
    noteMovement(movement, index, faults)
  })
  return faults
}

/** Adds to a list that is made longer with zeros where it is too short. */
const addAt = (tally: Array<number>, index: number, points: number): void => {
  while (tally.length <= index) tally.push(0)
  tally[index] = (tally[index] as number) + points
}

/**
 * Counts what was issued and redeemed, by cohort and age.
 *
 * @param movements in any order; whole numbers of points in the wallet's smallest unit
 * @returns `InvalidValue` for every period that isn't a whole number from 0 to 999 and for points that aren't whole, at
 * the movement's index.
 * @example
 * ```ts
 * import { summariseRedemptions, unwrap } from 'treue'
 *
 * const movements = [
 *   { kind: 'issued', cohort: 0, points: 1000 },
 *   { kind: 'redeemed', cohort: 0, age: 1, points: 250 },
 *   { kind: 'issued', cohort: 1, points: 800 },
 * ] as const
 * unwrap(summariseRedemptions(movements)) // => { issued: [1000, 800], redeemed: [[0, 250], []] }
 * ```
 */
export const summariseRedemptions = (
  movements: ReadonlyArray<CohortMovement>,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, RedemptionCounts> => {
  const [fault, ...more] = movementFaults(movements)
  if (fault !== undefined) return E.left([fault, ...more])
  const issued: Array<number> = []
  const redeemed: Array<Array<number>> = []
  for (const movement of movements) {
    addAt(issued, movement.cohort, movement.kind === 'issued' ? movement.points : 0)
    while (redeemed.length < issued.length) redeemed.push([])
    if (movement.kind === 'redeemed') addAt(redeemed[movement.cohort] as Array<number>, movement.age, movement.points)
  }
  return E.right({ issued, redeemed })
}

const added = (first: ReadonlyArray<number>, second: ReadonlyArray<number>): ReadonlyArray<number> =>
  Array.from(
    { length: Math.max(first.length, second.length) },
    (_, index) => (first[index] ?? 0) + (second[index] ?? 0),
  )

/**
 * Merges counts of disjoint sets of movements.
 *
 * @example
 * ```ts
 * import { redemptionMonoid } from 'treue'
 *
 * redemptionMonoid.concat({ issued: [10], redeemed: [[1]] }, { issued: [5, 7], redeemed: [[0, 2], []] })
 * // => { issued: [15, 7], redeemed: [[1, 2], []] }
 * ```
 */
export const redemptionMonoid: Monoid<RedemptionCounts> = {
  empty: { issued: [], redeemed: [] },
  concat: (first, second) => ({
    issued: added(first.issued, second.issued),
    redeemed: Array.from({ length: Math.max(first.redeemed.length, second.redeemed.length) }, (_, cohort) =>
      added(first.redeemed[cohort] ?? [], second.redeemed[cohort] ?? []),
    ),
  }),
}

/** A cohort of points, and what of it was redeemed by each age that is over. */
export interface RedemptionCohort {
  readonly issued: number
  /** Redeemed up to and with each age; 0 or more and not more than was issued. */
  readonly redeemed: ReadonlyArray<number>
}

/** Cohorts of points, from the oldest on. */
export type RedemptionTriangle = ReadonlyArray<RedemptionCohort>

const cumulate = (increments: ReadonlyArray<number>, length: number): ReadonlyArray<number> => {
  let sum = 0
  return Array.from({ length }, (_, age) => {
    sum += increments[age] ?? 0
    return sum
  })
}

const cohortFaults = (
  { issued, redeemed }: RedemptionCohort,
  cohort: number,
): ReadonlyArray<InvalidValue | OutOfRange> => {
  if (!(Number.isSafeInteger(issued) && issued >= 0)) {
    return [outOfRange(['issued', cohort], issued, 'points as an integer from 0 to 9007199254740991')]
  }
  const age = redeemed.findIndex((points) => !(Number.isInteger(points) && points >= 0 && points <= issued))
  return age < 0
    ? []
    : [outOfRange(['redeemed', cohort, age], redeemed[age], `from 0 to the ${issued} points that were issued`)]
}

const periodFaults = (counts: RedemptionCounts, periods: number): ReadonlyArray<InvalidValue> => {
  if (!isPeriod(periods) || periods < 1) return [invalidValue(['periods'], periods, 'a number of periods from 1 on')]
  if (counts.issued.length > periods) {
    return [invalidValue(['periods'], periods, `at least ${counts.issued.length}, so that every cohort has a period`)]
  }
  return counts.redeemed.flatMap((row, cohort) =>
    row.length <= periods - cohort
      ? []
      : [invalidValue(['redeemed', cohort], row, `at most ${periods - cohort} ages, which are over by then`)],
  )
}

/**
 * The triangle of what was redeemed by each age: cohort 0 is seen at as many ages as there are periods, each later one at
 * one less. Periods without redemptions count as seen.
 *
 * @param counts complete for all periods, from {@link summariseRedemptions}
 * @param periods how many periods are over, from that of cohort 0 on; a period that still runs must not be in the counts
 * @returns `InvalidValue` where there are cohorts or redemptions of later periods; `OutOfRange` where more was redeemed of a
 * cohort than it was issued, or less than nothing; one for each cohort.
 * @example
 * ```ts
 * import { redemptionTriangle, unwrap } from 'treue'
 *
 * unwrap(redemptionTriangle({ issued: [1000, 800], redeemed: [[100, 250], []] }, 2))
 * // => [{ issued: 1000, redeemed: [100, 350] }, { issued: 800, redeemed: [0] }]
 * ```
 */
export const redemptionTriangle = (
  counts: RedemptionCounts,
  periods: number,
): E.Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, RedemptionTriangle> => {
  const [wrong, ...others] = periodFaults(counts, periods)
  if (wrong !== undefined) return E.left([wrong, ...others])
  const triangle = counts.issued.map((issued, cohort) => ({
    issued,
    redeemed: cumulate(counts.redeemed[cohort] ?? [], periods - cohort),
  }))
  const [fault, ...more] = triangle.flatMap(cohortFaults)
  return fault === undefined ? E.right(triangle) : E.left([fault, ...more])
}
