// Whether uplift scores find those whom a campaign moves: the Qini curve and its coefficient.

import type { Either } from 'fp-ts/Either'
import type { EmptySample, OutOfRange } from '../../foundation/index.ts'
import { normalUpperTail, twoSidedQuantile } from '../../statistics/index.ts'
import {
  byFallingScore,
  type CampaignGroup,
  type CampaignGroups,
  type CampaignSizes,
  campaignSizes,
} from './campaign-groups.ts'

/** A Qini curve as columns, ready for a chart: one entry per distinct score, from the highest on. */
export interface QiniCurve {
  /** Customers with at least that score. */
  readonly thresholds: ReadonlyArray<number>
  /** Their share of all customers. */
  readonly shares: ReadonlyArray<number>
  /** What reaching only them adds, per customer of all: their outcomes over those reached, less theirs over those left alone. */
  readonly gains: ReadonlyArray<number>
  /** What reaching as many by chance would add. */
  readonly random: ReadonlyArray<number>
}

/** Whether scores find those whom a campaign moves. */
export interface QiniResult {
  /** What reaching everybody adds per customer: the difference of the rates. */
  readonly lift: number
  /** The area between the curve and that of chance; 0 of scores without use. */
  readonly coefficient: number
  readonly standardError: number
  readonly interval: { readonly lower: number; readonly upper: number }
  /** Of a coefficient that differs from 0, two-sided; `null` where the error is 0. */
  readonly p: number | null
  readonly curve: QiniCurve
}

/** The mean of y · (½ − rank) over one group of the campaign, and the variance of that mean. */
interface Moment {
  readonly mean: number
  readonly variance: number
}

const momentOf = (
  groups: ReadonlyArray<CampaignGroup>,
  all: number,
  members: number,
  eventsOf: (group: CampaignGroup) => number,
): Moment => {
  let [sum, squares, before] = [0, 0, 0]
  for (const group of groups) {
    const rank = (before + (group.treated + group.control) / 2) / all
    sum += eventsOf(group) * (0.5 - rank)
    squares += eventsOf(group) * (0.5 - rank) ** 2
    before += group.treated + group.control
  }
  const mean = sum / members
  return { mean, variance: Math.max(0, squares / members - mean * mean) / (members - 1) }
}

const curveOf = (groups: ReadonlyArray<CampaignGroup>, { all, treated, control }: CampaignSizes): QiniCurve => {
  const draft = { shares: [] as Array<number>, gains: [] as Array<number> }
  let [customers, treatedEvents, controlEvents] = [0, 0, 0]
  for (const group of groups) {
    customers += group.treated + group.control
    treatedEvents += group.treatedEvents
    controlEvents += group.controlEvents
    draft.shares.push(customers / all)
    draft.gains.push(treatedEvents / treated - controlEvents / control)
  }
  const { shares, gains } = draft
  const lift = gains[gains.length - 1] ?? 0
  return { thresholds: groups.map(({ score }) => score), shares, gains, random: shares.map((share) => share * lift) }
}

const resultOf = (groups: ReadonlyArray<CampaignGroup>, sizes: CampaignSizes, reach: number): QiniResult => {
  const treated = momentOf(groups, sizes.all, sizes.treated, ({ treatedEvents }) => treatedEvents)
  const control = momentOf(groups, sizes.all, sizes.control, ({ controlEvents }) => controlEvents)
  const coefficient = treated.mean - control.mean
  const standardError = Math.sqrt(treated.variance + control.variance)
  const tail = standardError === 0 ? null : normalUpperTail(Math.abs(coefficient) / standardError)
  const curve = curveOf(groups, sizes)
  return {
    lift: curve.gains[curve.gains.length - 1] ?? 0,
    coefficient,
    standardError,
    interval: { lower: coefficient - reach * standardError, upper: coefficient + reach * standardError },
    p: tail?._tag === 'Right' ? Math.min(1, 2 * tail.right) : null,
    curve,
  }
}

/**
 * The Qini curve and coefficient of uplift scores, by a campaign that chance has parted and that they weren't learnt from.
 *
 * The gain of a share of customers is their outcomes among those reached, over all reached, less the same of those left alone;
 * customers with one score come together. The coefficient is the area between the curve and the straight line of chance. Its
 * error takes the customers and their scores as given: what chance parted are reached and left alone.
 *
 * Sources: N. J. Radcliffe, Direct Marketing Analytics Journal (2007); with gains over whole groups, as P. Gutierrez &
 * J.-Y. Gérardy, PMLR 67 (2017), have it.
 *
 * @param groups from `campaignGroups`, of one set of customers or merged
 * @param confidence of the interval, 0.95 when absent
 * @returns `EmptySample` with fewer than two customers reached or left alone, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { campaignGroups, qiniOf, unwrap } from 'treue'
 *
 * const groups = unwrap(
 *   campaignGroups({
 *     scores: [0.4, 0.4, 0.3, 0.3, 0.1, 0.1, -0.1, -0.1],
 *     treated: [1, 0, 1, 0, 1, 0, 1, 0],
 *     outcomes: [1, 0, 1, 0, 0, 0, 0, 1],
 *   }),
 * )
 * const qini = unwrap(qiniOf(groups))
 * qini.lift // => 0.25
 * qini.curve.gains // => [0.25, 0.5, 0.5, 0.25]
 * qini.coefficient // => 0.21875
 * ```
 */
export const qiniOf = (
  groups: CampaignGroups,
  confidence: number = 0.95,
): Either<EmptySample | OutOfRange, QiniResult> => {
  const z = twoSidedQuantile(confidence)
  if (z._tag === 'Left') return z
  const sizes = campaignSizes(groups)
  return sizes._tag === 'Left'
    ? sizes
    : { _tag: 'Right', right: resultOf(byFallingScore(groups), sizes.right, z.right) }
}
