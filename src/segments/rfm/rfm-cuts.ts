// Where a population's recency, frequency and monetary value are cut into scores.

import { type Either, isLeft, left } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  Currency,
  constrainCodec,
  decode,
  type EmptySample,
  type InvalidValue,
  invalidValue,
  numberCodec,
  structCodec,
} from '../../foundation/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'
import { type NumberColumn, orderStatistics } from './order-statistics.ts'
import type { RfmColumns } from './rfm-columns.ts'
import { populationOf, type RfmSummary } from './rfm-summary.ts'
import { bandPopulationFaults, cutsOf, type OrderedPopulation, ScoreBands } from './score-bands.ts'

/** How each dimension is cut into scores. */
export interface RfmScheme {
  /** Of days since the last purchase: fixed cuts are days. */
  readonly recency: ScoreBands
  /** Of orders. */
  readonly frequency: ScoreBands
  /** Of minor units. */
  readonly monetary: ScoreBands
}

/**
 * Reads an {@link RfmScheme}.
 *
 * @example
 * ```ts
 * import { decode, RfmScheme } from 'treue'
 *
 * const thirds = { type: 'equal', bins: 3 }
 * decode(RfmScheme, { recency: { type: 'fixed', cuts: [30, 90] }, frequency: thirds, monetary: thirds })._tag // => 'Right'
 * ```
 */
export const RfmScheme: Codec<RfmScheme> = /* @__PURE__ */ structCodec('RfmScheme', {
  recency: ScoreBands,
  frequency: ScoreBands,
  monetary: ScoreBands,
})

/** Five scores for each dimension, a fifth of the customers each as far as equal values allow. */
export const quintileRfmScheme: RfmScheme = {
  recency: { type: 'equal', bins: 5 },
  frequency: { type: 'equal', bins: 5 },
  monetary: { type: 'equal', bins: 5 },
}

/**
 * The cuts between scores: a score is 1 + the cuts strictly below a value, and that of recency is reversed. Cuts are equal
 * where a fifth of the customers have the same value; the score between them then goes to nobody.
 */
export interface RfmCuts {
  /** Of days since the last purchase. */
  readonly recency: ReadonlyArray<number>
  /** Of orders. */
  readonly frequency: ReadonlyArray<number>
  /** Of minor units. */
  readonly monetary: ReadonlyArray<number>
  readonly currency: Currency
}

const cuts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ numberCodec(), {
  minLength: 1,
  maxLength: 9,
})

const orderFaults = (found: RfmCuts): ReadonlyArray<InvalidValue> =>
  (['recency', 'frequency', 'monetary'] as const).flatMap((name) =>
    found[name].flatMap((cut, at) => {
      const previous = found[name][at - 1] ?? cut
      return cut >= previous ? [] : [invalidValue([name, at], cut, `at least ${previous}`)]
    }),
  )

/**
 * Reads {@link RfmCuts}, such as those of last quarter, which make the scores of two dates comparable.
 *
 * @example
 * ```ts
 * import { decode, RfmCuts } from 'treue'
 *
 * decode(RfmCuts, { recency: [30, 90], frequency: [1, 4], monetary: [5000, 20000], currency: 'EUR' })._tag // => 'Right'
 * decode(RfmCuts, { recency: [90, 30], frequency: [1], monetary: [5000], currency: 'EUR' })._tag // => 'Left'
 * ```
 */
export const RfmCuts: Codec<RfmCuts, unknown> = /* @__PURE__ */ constrainCodec<RfmCuts, unknown>(
  /* @__PURE__ */ structCodec('RfmCuts', { recency: cuts, frequency: cuts, monetary: cuts, currency: Currency }),
  orderFaults,
)

/** Everything that keeps a population from having cuts. */
export type RfmCutFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue>

interface Populations {
  readonly daysSinceLast: OrderedPopulation
  readonly orders: OrderedPopulation
  readonly minor: OrderedPopulation
}

const cutsIn = (
  { daysSinceLast, orders, minor }: Populations,
  currency: Currency,
  scheme: RfmScheme,
): Either<RfmCutFaults, RfmCuts> => {
  const checked = decode(RfmScheme, scheme)
  if (isLeft(checked)) return checked
  const faults = [
    ...bandPopulationFaults(scheme.recency, daysSinceLast, ['daysSinceLast']),
    ...bandPopulationFaults(scheme.frequency, orders, ['orders']),
    ...bandPopulationFaults(scheme.monetary, minor, ['minor']),
  ]
  return unlessFaulty(faults, () => ({
    recency: cutsOf(scheme.recency, daysSinceLast),
    frequency: cutsOf(scheme.frequency, orders),
    monetary: cutsOf(scheme.monetary, minor),
    currency,
  }))
}

const populationIn = (column: NumberColumn): OrderedPopulation => ({
  size: column.length,
  at: (places) => orderStatistics(column, places),
})

/**
 * The cuts of a population. Quantiles are of type 7 (Hyndman and Fan), as in R, NumPy and spreadsheets.
 *
 * Source: the R package rfm 0.3.0, without the 1 that it adds to every cut.
 *
 * @param columns from {@link rfmColumns}
 * @param scheme {@link quintileRfmScheme} when absent
 * @returns `EmptySample` where quantiles of nobody are asked for, `InvalidValue` for what is wrong with the scheme.
 * @example
 * ```ts
 * import { type Currency, encodeRfmRows, rfmCuts, unwrap } from 'treue'
 *
 * const orders = [1, 1, 1, 1, 1, 1, 2, 2, 3, 10]
 * const rows = orders.map((count, index) => ({ customer: `c${index}`, daysSinceLast: 9, orders: count, minor: 100 }))
 * unwrap(rfmCuts(unwrap(encodeRfmRows(rows, 'EUR' as Currency)))).frequency.map((cut) => cut.toFixed(1)).join()
 * // => '1.0,1.0,1.4,2.2'
 * ```
 */
export const rfmCuts = (
  { daysSinceLast, orders, minor, currency }: RfmColumns,
  scheme: RfmScheme = quintileRfmScheme,
): Either<RfmCutFaults, RfmCuts> =>
  cutsIn(
    { daysSinceLast: populationIn(daysSinceLast), orders: populationIn(orders), minor: populationIn(minor) },
    currency,
    scheme,
  )

/**
 * The cuts of a population that was counted in parts: the same as {@link rfmCuts} finds in the whole.
 *
 * @param summary from {@link summariseRfm}, merged by {@link rfmMonoid}
 * @param scheme {@link quintileRfmScheme} when absent
 * @returns `EmptySample` where there is nobody, `InvalidValue` for what is wrong with the scheme and for amounts of several
 * currencies.
 * @example
 * ```ts
 * import { finishRfmCuts, unwrap } from 'treue'
 *
 * const counted = { values: [1, 2], counts: [9, 2] }
 * const halves = { type: 'equal', bins: 2 } as const
 * const scheme = { recency: halves, frequency: halves, monetary: halves }
 * unwrap(finishRfmCuts({ daysSinceLast: counted, orders: counted, minor: { EUR: counted } }, scheme)).frequency // => [1]
 * ```
 */
export const finishRfmCuts = (
  { daysSinceLast, orders, minor }: RfmSummary,
  scheme: RfmScheme = quintileRfmScheme,
): Either<RfmCutFaults, RfmCuts> => {
  const [only, ...others] = Object.entries(minor)
  if (only === undefined || others.length > 0) {
    return left([invalidValue(['minor'], minor, 'amounts of one currency')])
  }
  const [currency, counted] = only
  return cutsIn(
    { daysSinceLast: populationOf(daysSinceLast), orders: populationOf(orders), minor: populationOf(counted) },
    currency as Currency,
    scheme,
  )
}
