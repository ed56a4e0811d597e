// What became of customers whom a rule called gone, and of the others, counted: a summary that merges.

import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../../foundation/index.ts'

/** Customers by what a rule said of them on a day, and whether they bought in the holdout after it. */
export interface BacktestSummary {
  /** Flagged, and didn't buy in the holdout. */
  readonly truePositives: number
  /** Flagged, but bought in the holdout. */
  readonly falsePositives: number
  /** Not flagged, but didn't buy in the holdout. */
  readonly falseNegatives: number
  /** Not flagged, and bought in the holdout. */
  readonly trueNegatives: number
  /**
   * The lead times that occur among `truePositives`, rising: by how many days the flag came before a silence as long as the
   * holdout. Negative where the rule waits longer than that.
   */
  readonly leadDays: ReadonlyArray<number>
  /** How many of `truePositives` have that lead time. */
  readonly leadCounts: ReadonlyArray<number>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

const summaryFaults = ({ truePositives, leadDays, leadCounts }: BacktestSummary): ReadonlyArray<InvalidValue> => {
  if (leadCounts.length !== leadDays.length) {
    return [invalidValue(['leadCounts'], leadCounts, `${leadDays.length} counts, one for each lead time`)]
  }
  const total = leadCounts.reduce((sum, leads) => sum + leads, 0)
  return [
    ...leadDays.flatMap((days, at) => {
      const before = leadDays[at - 1]
      return before === undefined || days > before
        ? []
        : [invalidValue(['leadDays', at], days, `more than ${before}, the one before`)]
    }),
    ...(total === truePositives
      ? []
      : [invalidValue(['truePositives'], truePositives, `${total}, as there are lead times`)]),
  ]
}

/**
 * Reads a {@link BacktestSummary}; each true positive has a lead time.
 *
 * @example
 * ```ts
 * import { BacktestSummary, decode } from 'treue'
 *
 * const counts = { truePositives: 2, falsePositives: 1, falseNegatives: 0, trueNegatives: 5 }
 * decode(BacktestSummary, { ...counts, leadDays: [30, 90], leadCounts: [1, 1] })._tag // => 'Right'
 * decode(BacktestSummary, { ...counts, leadDays: [30], leadCounts: [1] })._tag // => 'Left'
 * ```
 */
export const BacktestSummary: Codec<BacktestSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('BacktestSummary', {
    truePositives: count,
    falsePositives: count,
    falseNegatives: count,
    trueNegatives: count,
    leadDays: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec()),
    leadCounts: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 1 })),
  }),
  summaryFaults,
)

/** Lead times and their counts as the two lists of a summary. */
export const leadLists = (leads: ReadonlyMap<number, number>): Pick<BacktestSummary, 'leadDays' | 'leadCounts'> => {
  const leadDays = Array.from(leads.keys()).sort((a, b) => a - b)
  return { leadDays, leadCounts: leadDays.map((days) => leads.get(days) as number) }
}

const mergedLeads = (first: BacktestSummary, second: BacktestSummary): ReadonlyMap<number, number> => {
  const leads = new Map<number, number>()
  for (const { leadDays, leadCounts } of [first, second]) {
    leadDays.forEach((days, at) => {
      leads.set(days, (leads.get(days) ?? 0) + (leadCounts[at] as number))
    })
  }
  return leads
}

/**
 * Merges summaries of disjoint sets of customers, or of several days on which a rule decided; then a customer counts once
 * for each day, so that intervals of the shares are too narrow.
 *
 * @example
 * ```ts
 * import { backtestMonoid } from 'treue'
 *
 * const day = { ...backtestMonoid.empty, truePositives: 1, leadDays: [30], leadCounts: [1] }
 * backtestMonoid.concat(day, day).leadCounts // => [2]
 * ```
 */
export const backtestMonoid: Monoid<BacktestSummary> = {
  empty: { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0, leadDays: [], leadCounts: [] },
  concat: (first, second) => ({
    truePositives: first.truePositives + second.truePositives,
    falsePositives: first.falsePositives + second.falsePositives,
    falseNegatives: first.falseNegatives + second.falseNegatives,
    trueNegatives: first.trueNegatives + second.trueNegatives,
    ...leadLists(mergedLeads(first, second)),
  }),
}
