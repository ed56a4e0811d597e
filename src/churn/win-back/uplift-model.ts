// What a campaign changes of whom: the uplift of each customer, learnt from one that chance has parted.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type Codec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  literalCodec,
  type OutOfRange,
  outOfRange,
  structCodec,
  underPath,
  unionCodec,
} from '../../foundation/index.ts'
import {
  type LinearFaults,
  type LinearFit,
  LinearPredictor,
  type LogisticFaults,
  type LogisticFit,
  linearPredictions,
  linearRegression,
  logisticProbabilities,
  logisticRegression,
  type NamedColumn,
} from '../../statistics/index.ts'

/** A campaign that chance has parted: whom it reached, and who came back. */
export interface UpliftSample {
  /** What was known of each customer before the campaign. */
  readonly columns: ReadonlyArray<NamedColumn>
  /** Whom the campaign reached, or was meant to reach: `true` or 1; those left alone `false` or 0. */
  readonly treated: ArrayLike<boolean | number>
  /** Who did what the campaign is for. */
  readonly outcomes: ArrayLike<boolean | number>
}

/** The difference of two probabilities, each learnt from its own group. */
export interface TwoModelUplift {
  readonly type: 'twoModel'
  readonly treated: LinearPredictor
  readonly control: LinearPredictor
}

/** The mean of an outcome that is turned where the customer was left alone. */
export interface TransformedOutcomeUplift {
  readonly type: 'transformedOutcome'
  readonly uplift: LinearPredictor
}

/** How the uplift of a customer is computed: plain data to be stored. */
export type UpliftModel = TwoModelUplift | TransformedOutcomeUplift

/**
 * Reads an {@link UpliftModel}.
 *
 * @example
 * ```ts
 * import { decode, UpliftModel } from 'treue'
 *
 * const uplift = { intercept: 0.02, coefficients: [{ name: 'orders', value: 0.01 }] }
 * decode(UpliftModel, { type: 'transformedOutcome', uplift })._tag // => 'Right'
 * ```
 */
export const UpliftModel: Codec<UpliftModel> = /* @__PURE__ */ unionCodec('UpliftModel', 'type', {
  twoModel: /* @__PURE__ */ structCodec('TwoModelUplift', {
    type: /* @__PURE__ */ literalCodec('twoModel'),
    treated: LinearPredictor,
    control: LinearPredictor,
  }),
  transformedOutcome: /* @__PURE__ */ structCodec('TransformedOutcomeUplift', {
    type: /* @__PURE__ */ literalCodec('transformedOutcome'),
    uplift: LinearPredictor,
  }),
})

/** Why there is no uplift model. */
export type UpliftFaults = ReadonlyNonEmptyArray<LogisticFaults[number] | LinearFaults[number]>

const isFlag = (flag: boolean | number | undefined): boolean =>
  flag === true || flag === false || flag === 0 || flag === 1

/** Whether a flag is raised. */
export const isRaised = (flag: boolean | number | undefined): boolean => flag === true || flag === 1

/** What is wrong with flags, each at its row. */
export const flagFaults = (
  name: string,
  flags: ArrayLike<boolean | number>,
  rows: number,
): ReadonlyArray<InvalidValue> => {
  if (flags.length !== rows) return [invalidValue([name, 'length'], flags.length, `${rows}, one per row`)]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < rows; row += 1) {
    if (!isFlag(flags[row])) faults.push(invalidValue([name, row], flags[row], 'true or false, or 1 or 0'))
  }
  return faults
}

const rowsWhere = (treated: ArrayLike<boolean | number>, wanted: boolean): Int32Array =>
  Int32Array.from({ length: treated.length }, (_, row) => row).filter((row) => isRaised(treated[row]) === wanted)

const groupOf = ({ columns, treated, outcomes }: UpliftSample, wanted: boolean) => {
  const rows = rowsWhere(treated, wanted)
  return {
    columns: columns.map(({ name, values }) => ({
      name,
      values: Float64Array.from(rows, (row) => values[row] as number),
    })),
    outcomes: Uint8Array.from(rows, (row) => (isRaised(outcomes[row]) ? 1 : 0)),
  }
}

const sampleFaults = ({ columns, treated, outcomes }: UpliftSample): ReadonlyArray<InvalidValue> => [
  ...columns.flatMap(({ values }, index) =>
    values.length === treated.length
      ? []
      : [invalidValue(['columns', index, 'values', 'length'], values.length, `${treated.length}, one per row`)],
  ),
  ...flagFaults('treated', treated, treated.length),
  ...flagFaults('outcomes', outcomes, treated.length),
]

/** Two fits and their difference as a model. */
export interface TwoModelFit {
  readonly model: TwoModelUplift
  readonly treated: LogisticFit
  readonly control: LogisticFit
}

/**
 * Learns uplift by two models: a logistic regression of those whom a campaign reached, another of those left alone; the uplift is
 * the difference of their probabilities.
 *
 * @param sample see {@link UpliftSample}
 * @param options `ridge`: as `logisticRegression` has it, for both; 0 when absent
 * @returns the faults of `logisticRegression`, under `treated` or `control` for those of one group; `InvalidValue` for flags that
 * are none.
 * @example
 * ```ts
 * import { twoModelUplift, unwrap } from 'treue'
 *
 * const orders = { name: 'orders', values: [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2] }
 * const treated = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
 * const outcomes = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0]
 * const { model } = unwrap(twoModelUplift({ columns: [orders], treated, outcomes }))
 * model.treated.coefficients[0]?.value.toFixed(3) // => '1.386'
 * ```
 */
export const twoModelUplift = (
  sample: UpliftSample,
  options: { readonly ridge?: number } = {},
): Either<UpliftFaults, TwoModelFit> => {
  const [fault, ...rest] = sampleFaults(sample)
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const treated = logisticRegression(groupOf(sample, true), options)
  const control = logisticRegression(groupOf(sample, false), options)
  if (treated._tag === 'Right' && control._tag === 'Right') {
    const model = { type: 'twoModel', treated: treated.right.model, control: control.right.model } as const
    return { _tag: 'Right', right: { model, treated: treated.right, control: control.right } }
  }
  const [first, ...others] = [
    ...(treated._tag === 'Left' ? underPath<LogisticFaults[number]>(['treated'], treated.left) : []),
    ...(control._tag === 'Left' ? underPath<LogisticFaults[number]>(['control'], control.left) : []),
  ]
  return { _tag: 'Left', left: [first ?? emptySample(['treated'], 'customers in both groups'), ...others] }
}

/** How an outcome is transformed. */
export interface TransformedOutcomeOptions {
  /** The probability with which a customer was to be reached; the share of those reached when absent. */
  readonly treatedShare?: number
  /** As `linearRegression` has it; 0 when absent. */
  readonly ridge?: number
}

/** A fit of a transformed outcome. */
export interface TransformedOutcomeFit {
  readonly model: TransformedOutcomeUplift
  readonly fit: LinearFit
  readonly treatedShare: number
}

/** y / e of who was reached, −y / (1 − e) of who was not: on average the uplift. */
const transformed = ({ treated, outcomes }: UpliftSample, share: number): Float64Array =>
  Float64Array.from({ length: treated.length }, (_, row) => {
    if (!isRaised(outcomes[row])) return 0
    return isRaised(treated[row]) ? 1 / share : -1 / (1 - share)
  })

const shareFault = (share: number): OutOfRange | EmptySample | null => {
  if (share > 0 && share < 1) return null
  return Number.isNaN(share)
    ? emptySample(['treated'], 'at least one customer')
    : outOfRange(['treatedShare'], share, 'above 0 and below 1: some customers reached, and some left alone')
}

/**
 * Learns uplift by a transformed outcome: each outcome is turned and scaled so that its mean is the uplift, and a linear
 * regression is fitted to that. It needs one model instead of two that err differently, but more customers.
 *
 * Source: S. Athey & G. Imbens, Machine learning methods for estimating heterogeneous causal effects (2015).
 *
 * @param sample see {@link UpliftSample}
 * @param options see {@link TransformedOutcomeOptions}
 * @returns the faults of `linearRegression`; `InvalidValue` for flags that are none, `OutOfRange` for a share of reached
 * customers that isn't between 0 and 1.
 * @example
 * ```ts
 * import { transformedOutcomeUplift, unwrap } from 'treue'
 *
 * const orders = { name: 'orders', values: [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2] }
 * const treated = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
 * const outcomes = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0]
 * const { model } = unwrap(transformedOutcomeUplift({ columns: [orders], treated, outcomes }))
 * model.uplift.coefficients[0]?.value.toFixed(3) // => '0.333'
 * ```
 */
export const transformedOutcomeUplift = (
  sample: UpliftSample,
  options: TransformedOutcomeOptions = {},
): Either<UpliftFaults, TransformedOutcomeFit> => {
  const [fault, ...rest] = sampleFaults(sample)
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const { treated, columns } = sample
  const { treatedShare = rowsWhere(treated, true).length / treated.length, ridge = 0 } = options
  const wrong = shareFault(treatedShare)
  if (wrong !== null) return { _tag: 'Left', left: [wrong] }
  const fit = linearRegression({ columns, values: transformed(sample, treatedShare) }, { ridge })
  if (fit._tag === 'Left') return fit
  const model = { type: 'transformedOutcome', uplift: fit.right.model } as const
  return { _tag: 'Right', right: { model, fit: fit.right, treatedShare } }
}

/**
 * The uplift of each customer: by how much reaching them raises the probability of the outcome.
 *
 * @param model from {@link twoModelUplift} or {@link transformedOutcomeUplift}, or read by {@link UpliftModel}
 * @param columns those of the model, in any order
 * @returns an uplift from −1 to 1 per row, by a transformed outcome held within that; `InvalidValue` for columns that are missing
 * and numbers that are none.
 * @example
 * ```ts
 * import { unwrap, upliftScores } from 'treue'
 *
 * const model = {
 *   type: 'transformedOutcome',
 *   uplift: { intercept: -0.1, coefficients: [{ name: 'orders', value: 0.05 }] },
 * } as const
 * Array.from(unwrap(upliftScores(model, [{ name: 'orders', values: [1, 4] }])), (uplift) => uplift.toFixed(2))
 * // => ['-0.05', '0.10']
 * ```
 */
export const upliftScores = (
  model: UpliftModel,
  columns: ReadonlyArray<NamedColumn>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Float64Array> => {
  if (model.type === 'transformedOutcome') {
    const scores = linearPredictions(model.uplift, columns)
    return scores._tag === 'Left'
      ? scores
      : { _tag: 'Right', right: scores.right.map((uplift) => Math.min(1, Math.max(-1, uplift))) }
  }
  const treated = logisticProbabilities(model.treated, columns)
  if (treated._tag === 'Left') return treated
  const control = logisticProbabilities(model.control, columns)
  if (control._tag === 'Left') return control
  return { _tag: 'Right', right: treated.right.map((probability, row) => probability - (control.right[row] as number)) }
}
