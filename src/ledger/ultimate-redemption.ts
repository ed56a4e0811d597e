// How much of the points that were issued will be redeemed ever, and how much never: the ultimate redemption rate and the
// expected breakage, from a triangle of redemptions by the chain ladder.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type ExactInteger,
  exactProduct,
  exactSum,
  type Fault,
  type OutOfRange,
  outOfRange,
  type Points,
  points,
  type RoundingMode,
  roundRatio,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { compensatedSum } from '../statistics/index.ts'
import { chainLadder, type TriangleFault } from './chain-ladder.ts'
import { type LastVariance, mackChainLadder } from './mack-standard-error.ts'
import type { RedemptionTriangle } from './redemption-triangle.ts'

/** More redemptions are projected than points were issued: the past growth can't go on. */
export interface RedemptionsAboveIssued extends Fault<'RedemptionsAboveIssued'> {
  readonly issued: number
  readonly ultimateRedemptions: number
}

/** Why there is no ultimate redemption rate. */
export type UltimateRedemptionFault = TriangleFault | RedemptionsAboveIssued | ZeroDenominator

/** How ultimate redemptions are estimated. */
export interface UltimateRedemptionOptions {
  /**
   * What happens to a projection of more redemptions than points were issued: it is cut to those (`'cap'`, default, and the
   * result says where), or refused (`'reject'`).
   */
  readonly aboveIssued?: 'cap' | 'reject'
  /**
   * How the last variance is had, for Mack's standard errors (see {@link LastVariance}); `null` when absent: without standard
   * errors, which need four ages and redemptions at every age.
   */
  readonly lastVariance?: LastVariance | null
}

/** Points, and what will become of them. */
export interface UltimateRedemption {
  readonly issued: number
  /** Redeemed by now. */
  readonly redeemed: number
  /** Expected to be redeemed ever, with those that are already. */
  readonly ultimateRedemptions: number
  /** The ultimate redemptions by what was issued. */
  readonly ultimateRedemptionRate: number
  /** Expected never to be redeemed: what was issued less the ultimate redemptions. */
  readonly expectedBreakage: number
  /** Of the ultimate redemptions, before any cut; `null` where it was not asked for. */
  readonly standardError: number | null
  /** Whether the projection was above what was issued, and cut to it; of a total, whether one of its parts was. */
  readonly capped: boolean
}

/** Ultimate redemptions by cohort and in all. */
export interface UltimateRedemptions {
  /** Cohorts of the triangle, in its order. */
  readonly cohorts: ReadonlyArray<UltimateRedemption>
  readonly total: UltimateRedemption
  /** From each age to the next, by how much redemptions grow. */
  readonly factors: ReadonlyArray<number>
}

interface Projection {
  readonly latest: number
  readonly ultimate: number
  readonly standardError: number | null
}

interface Projections {
  readonly factors: ReadonlyArray<number>
  readonly cohorts: ReadonlyArray<Projection>
  readonly total: Projection
}

const withoutError = ({ latest, ultimate }: Omit<Projection, 'standardError'>): Projection => ({
  latest,
  ultimate,
  standardError: null,
})

const projections = (
  triangle: RedemptionTriangle,
  lastVariance: LastVariance | null,
): E.Either<ReadonlyNonEmptyArray<TriangleFault>, Projections> => {
  const rows = triangle.map(({ redeemed }) => redeemed)
  if (lastVariance !== null) return mackChainLadder(rows, { lastVariance })
  const ladder = chainLadder(rows)
  if (ladder._tag === 'Left') return ladder
  const { factors, cohorts, total } = ladder.right
  return E.right({ factors, cohorts: cohorts.map(withoutError), total: withoutError(total) })
}

const redemptionOf = (issued: number, { latest, ultimate, standardError }: Projection): UltimateRedemption => {
  const ultimateRedemptions = Math.min(ultimate, issued)
  return {
    issued,
    redeemed: latest,
    ultimateRedemptions,
    ultimateRedemptionRate: ultimateRedemptions / issued,
    expectedBreakage: issued - ultimateRedemptions,
    standardError,
    capped: ultimate > issued,
  }
}

const totalOf = (cohorts: ReadonlyArray<UltimateRedemption>, standardError: number | null): UltimateRedemption => {
  const sum = (field: 'issued' | 'redeemed' | 'ultimateRedemptions' | 'expectedBreakage'): number =>
    compensatedSum(Float64Array.from(cohorts, (cohort) => cohort[field]))
  const issued = sum('issued')
  const ultimateRedemptions = sum('ultimateRedemptions')
  return {
    issued,
    redeemed: sum('redeemed'),
    ultimateRedemptions,
    ultimateRedemptionRate: ultimateRedemptions / issued,
    expectedBreakage: sum('expectedBreakage'),
    standardError,
    capped: cohorts.some(({ capped }) => capped),
  }
}

const aboveFaults = (
  triangle: RedemptionTriangle,
  cohorts: ReadonlyArray<Projection>,
): ReadonlyArray<RedemptionsAboveIssued> =>
  cohorts.flatMap(({ ultimate }, index) => {
    const issued = triangle[index]?.issued ?? 0
    return ultimate <= issued
      ? []
      : [
          {
            _tag: 'RedemptionsAboveIssued' as const,
            path: [index],
            expected: 'a projection of at most what was issued',
            issued,
            ultimateRedemptions: ultimate,
          },
        ]
  })

/**
 * Estimates how much of each cohort of points will be redeemed ever (S64). The oldest cohort is taken to be complete: where
 * points are still redeemed after the oldest age, the rate is too low, so let the triangle reach as far as points live.
 *
 * @param triangle from {@link redemptionTriangle}
 * @param options see {@link UltimateRedemptionOptions}
 * @returns `ZeroDenominator` for a cohort without points; the faults of {@link chainLadder} or {@link mackChainLadder};
 * `RedemptionsAboveIssued` for each cohort that it concerns, where `aboveIssued` is `'reject'`.
 * @example
 * ```ts
 * import { ultimateRedemptions, unwrap } from 'treue'
 *
 * const triangle = [
 *   { issued: 1000, redeemed: [200, 300, 360] },
 *   { issued: 1200, redeemed: [240, 360] },
 *   { issued: 1000, redeemed: [250] },
 * ]
 * const { cohorts, total } = unwrap(ultimateRedemptions(triangle))
 * cohorts.map(({ ultimateRedemptionRate }) => ultimateRedemptionRate.toFixed(2)) // => ['0.36', '0.36', '0.45']
 * total.expectedBreakage.toFixed(6) // => '1958.000000'
 * ```
 */
export const ultimateRedemptions = (
  triangle: RedemptionTriangle,
  options: UltimateRedemptionOptions = {},
): E.Either<ReadonlyNonEmptyArray<UltimateRedemptionFault>, UltimateRedemptions> => {
  const [zero, ...zeros] = triangle.flatMap(({ issued }, index) =>
    issued > 0 ? [] : [zeroDenominator([index, 'issued'], 'points that were issued')],
  )
  if (zero !== undefined) return E.left([zero, ...zeros])
  const projected = projections(triangle, options.lastVariance ?? null)
  if (projected._tag === 'Left') return projected
  const { factors, cohorts, total } = projected.right
  const [above, ...more] = options.aboveIssued === 'reject' ? aboveFaults(triangle, cohorts) : []
  if (above !== undefined) return E.left([above, ...more])
  const redemptions = cohorts.map((cohort, index) => redemptionOf(triangle[index]?.issued ?? 0, cohort))
  return E.right({ cohorts: redemptions, total: totalOf(redemptions, total.standardError), factors })
}

/** Whole points that are expected to be redeemed ever, and the rest of those that were issued. */
export interface WholeRedemptions {
  readonly expectedRedemptions: Points
  readonly expectedBreakage: Points
}

/** In quarters, with what lies between two of them moved to the middle: every mode rounds that like the number itself. */
const inQuarters = (value: number): ExactInteger => {
  const whole = Math.floor(value)
  const rest = value - whole
  return exactSum(exactProduct(whole, 4), rest === 0 ? 0 : 2 + Math.sign(rest - 0.5))
}

/**
 * The ultimate redemptions and the breakage of a cohort, or of all, in whole points that sum to those that were issued: what
 * {@link recogniseRedemptions} and {@link expectedPointsCost} go by. They are not below what is redeemed already, which a
 * projection can be where redemptions were cancelled. `OutOfRange` where the numbers are no points.
 *
 * @param redemption a cohort or the total of {@link ultimateRedemptions}
 * @param mode how the ultimate redemptions are rounded
 * @example
 * ```ts
 * import { ultimateRedemptions, unwrap, wholeRedemptions } from 'treue'
 *
 * const triangle = [{ issued: 1000, redeemed: [200, 301] }, { issued: 1000, redeemed: [251] }]
 * const { cohorts } = unwrap(ultimateRedemptions(triangle))
 * cohorts.map((cohort) => unwrap(wholeRedemptions(cohort, 'halfEven')))
 * // => [{ expectedRedemptions: 301, expectedBreakage: 699 }, { expectedRedemptions: 378, expectedBreakage: 622 }]
 * ```
 */
export const wholeRedemptions = (
  { issued, redeemed, ultimateRedemptions: ultimate }: UltimateRedemption,
  mode: RoundingMode,
): E.Either<OutOfRange, WholeRedemptions> => {
  const sound = points(issued)
  if (sound._tag === 'Left') return E.left({ ...sound.left, path: ['issued'] })
  if (!(ultimate >= 0 && ultimate <= issued && redeemed >= 0 && redeemed <= issued)) {
    return E.left(outOfRange(['ultimateRedemptions'], ultimate, `from 0 to the ${issued} points that were issued`))
  }
  const rounded = roundRatio(inQuarters(Math.max(ultimate, redeemed)), 4, mode)
  return E.map((whole: number) => ({
    expectedRedemptions: whole as Points,
    expectedBreakage: (issued - whole) as Points,
  }))(rounded as E.Either<OutOfRange, number>)
}
