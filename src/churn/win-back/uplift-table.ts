// What a campaign changed of customers by the uplift that was foretold, in groups of equal size.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, type OutOfRange, outOfRange } from '../../foundation/index.ts'
import { compareProportions, twoSidedQuantile } from '../../statistics/index.ts'
import { byFallingScore, type CampaignGroup, type CampaignGroups, campaignSizes } from './campaign-groups.ts'

/** Customers with neighbouring uplifts. */
export interface UpliftRow {
  /** 1 for the highest uplift. */
  readonly group: number
  readonly customers: number
  readonly treated: number
  readonly control: number
  /** The lowest uplift that was foretold. */
  readonly lowestScore: number
  /** The mean of what was foretold. */
  readonly meanScore: number
  /** The share of those reached who did it; `null` where nobody of the group was reached. */
  readonly treatedRate: number | null
  readonly controlRate: number | null
  /** `treatedRate − controlRate`: what should have been foretold. */
  readonly uplift: number | null
  /** Newcombe's interval of the uplift. */
  readonly interval: { readonly lower: number; readonly upper: number } | null
}

interface RowSums {
  readonly treated: number
  readonly treatedEvents: number
  readonly control: number
  readonly controlEvents: number
  readonly scoreSum: number
  readonly lowestScore: number
}

const nobody: RowSums = { treated: 0, treatedEvents: 0, control: 0, controlEvents: 0, scoreSum: 0, lowestScore: 0 }

const joined = (sums: RowSums, group: CampaignGroup): RowSums => ({
  treated: sums.treated + group.treated,
  treatedEvents: sums.treatedEvents + group.treatedEvents,
  control: sums.control + group.control,
  controlEvents: sums.controlEvents + group.controlEvents,
  scoreSum: sums.scoreSum + group.score * (group.treated + group.control),
  lowestScore: group.score,
})

/** Groups as equal as ties allow: customers with one score stay together. */
const sumsOf = (groups: ReadonlyArray<CampaignGroup>, all: number, count: number): ReadonlyArray<RowSums> => {
  const rows: Array<RowSums> = []
  let [sums, customers, next] = [nobody, 0, 1]
  for (const group of groups) {
    sums = joined(sums, group)
    customers += group.treated + group.control
    if (customers * count < next * all) continue
    rows.push(sums)
    sums = nobody
    next = Math.floor((customers * count) / all) + 1
  }
  return rows
}

const rowOf = (sums: RowSums, index: number, confidence: number): UpliftRow => {
  const { treated, treatedEvents, control, controlEvents, scoreSum, lowestScore } = sums
  const compared = compareProportions(
    { successes: treatedEvents, trials: treated },
    { successes: controlEvents, trials: control },
    confidence,
  )
  return {
    group: index + 1,
    customers: treated + control,
    treated,
    control,
    lowestScore,
    meanScore: scoreSum / (treated + control),
    treatedRate: treated === 0 ? null : treatedEvents / treated,
    controlRate: control === 0 ? null : controlEvents / control,
    uplift: compared._tag === 'Left' ? null : compared.right.difference,
    interval: compared._tag === 'Left' ? null : compared.right.newcombe,
  }
}

/**
 * The uplift that came against the one that was foretold: customers in groups of nearly equal size by falling score. Customers
 * with one score stay together, so that there may be fewer groups.
 *
 * @param groups from `campaignGroups`, of one set of customers or merged
 * @param options `count`: of groups, 10 when absent; `confidence`: of each interval, 0.95 when absent
 * @returns `EmptySample` with fewer than two customers reached or left alone, `OutOfRange` for a count that is no whole number from
 * 1 to 1000, and for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { campaignGroups, unwrap, upliftTable } from 'treue'
 *
 * const groups = unwrap(
 *   campaignGroups({
 *     scores: [0.4, 0.4, 0.4, 0.4, 0.1, 0.1, 0.1, 0.1],
 *     treated: [1, 1, 0, 0, 1, 1, 0, 0],
 *     outcomes: [1, 1, 1, 0, 1, 0, 1, 0],
 *   }),
 * )
 * unwrap(upliftTable(groups, { count: 2 })).map(({ meanScore, uplift }) => [meanScore, uplift]) // => [[0.4, 0.5], [0.1, 0]]
 * ```
 */
export const upliftTable = (
  groups: CampaignGroups,
  options: { readonly count?: number; readonly confidence?: number } = {},
): Either<EmptySample | OutOfRange, ReadonlyArray<UpliftRow>> => {
  const { count = 10, confidence = 0.95 } = options
  const z = twoSidedQuantile(confidence)
  if (z._tag === 'Left') return z
  if (!(Number.isInteger(count) && count >= 1 && count <= 1000))
    return { _tag: 'Left', left: outOfRange(['count'], count, 'a whole number from 1 to 1000') }
  const sizes = campaignSizes(groups)
  if (sizes._tag === 'Left') return sizes
  const rows = sumsOf(byFallingScore(groups), sizes.right.all, count)
  return { _tag: 'Right', right: rows.map((sums, index) => rowOf(sums, index, confidence)) }
}
