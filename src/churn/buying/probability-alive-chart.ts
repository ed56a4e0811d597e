// P(alive) as data for charts: over how often and how long ago customers bought, and over one customer's life.

import type { Either } from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { BuyingFaults, BuyingModel, BuyingParameters } from './buying-model.ts'
import { isTime } from './repeat-buying.ts'

/** Which customers a surface is drawn over. */
export interface SurfaceOptions {
  /** How long all of them have been known, in the unit of the parameters. */
  readonly age: number
  /** Numbers of repeat purchases, one row each. */
  readonly repeats: ReadonlyArray<number>
  /** Times of the last purchase since the first, up to the age, one column each. */
  readonly recencies: ReadonlyArray<number>
}

/** P(alive) over repeat purchases and recency. */
export interface ProbabilityAliveSurface extends SurfaceOptions {
  /** A row for each number of purchases; `null` where nobody can be: no repeat purchase, yet one later than the first. */
  readonly probabilities: ReadonlyArray<ReadonlyArray<number | null>>
}

const surfaceFaults = ({ age, repeats, recencies }: SurfaceOptions): ReadonlyArray<InvalidValue> => [
  ...(isTime(age) ? [] : [invalidValue(['age'], age, 'a time from 0 to 1e15')]),
  ...repeats.flatMap((count, index) =>
    Number.isInteger(count) && count >= 0 && count <= 1e7
      ? []
      : [invalidValue(['repeats', index], count, 'an integer from 0 to 1e7')],
  ),
  ...recencies.flatMap((recency, index) =>
    recency >= 0 && recency <= age ? [] : [invalidValue(['recencies', index], recency, 'a time from 0 to the age')],
  ),
]

const parameterFaults = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
): ReadonlyArray<InvalidValue> => {
  const start = model.newCustomerPurchases(parameters, 0)
  return start._tag === 'Left' ? start.left : []
}

/** A row of a surface. */
const surfaceRow = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  repeats: number,
  { age, recencies }: SurfaceOptions,
): Either<BuyingFaults, ReadonlyArray<number | null>> => {
  const row: Array<number | null> = []
  for (const recency of recencies) {
    const alive =
      repeats === 0 && recency > 0 ? undefined : model.probabilityAlive(parameters, { repeats, recency, age })
    if (alive?._tag === 'Left') return alive
    row.push(alive === undefined ? null : alive.right)
  }
  return { _tag: 'Right', right: row }
}

/**
 * P(alive) of customers of one age over a grid of repeat purchases and recency: the chart that shows what a model thinks of
 * frequent buyers who fall silent.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd} or another
 * @param parameters of the model
 * @param options see {@link SurfaceOptions}
 * @returns `InvalidValue` for each parameter, age, number or time that is wrong.
 * @example
 * ```ts
 * import { mbgNbd, probabilityAliveSurface, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const grid = { age: 39, repeats: [0, 2, 10], recencies: [0, 20, 38] }
 * const { probabilities } = unwrap(probabilityAliveSurface(mbgNbd, weeks, grid))
 * probabilities[0]?.map((p) => p?.toFixed(2) ?? '') // => ['0.39', '', '']
 * probabilities[1]?.map((p) => p?.toFixed(2) ?? '') // => ['0.03', '0.51', '0.79']
 * probabilities[2]?.map((p) => p?.toFixed(2) ?? '') // => ['0.00', '0.04', '0.91']
 * ```
 */
export const probabilityAliveSurface = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  options: SurfaceOptions,
): Either<BuyingFaults, ProbabilityAliveSurface> => {
  const [first, ...rest] = [...parameterFaults(model, parameters), ...surfaceFaults(options)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const probabilities: Array<ReadonlyArray<number | null>> = []
  for (const repeats of options.repeats) {
    const row = surfaceRow(model, parameters, repeats, options)
    if (row._tag === 'Left') return row
    probabilities.push(row.right)
  }
  const { age, repeats, recencies } = options
  return { _tag: 'Right', right: { age, repeats, recencies, probabilities } }
}

/** P(alive) of a customer at a time. */
export interface ProbabilityAliveAt {
  /** Since the first purchase, in the unit of the parameters. */
  readonly time: number
  /** Repeat purchases up to it. */
  readonly repeats: number
  readonly probabilityAlive: number
}

const risingFaults = (name: string, times: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  times.flatMap((time, index) => {
    const before = index === 0 ? 0 : (times[index - 1] as number)
    return time >= before && time <= 1e15
      ? []
      : [invalidValue([name, index], time, `a time from ${before} to 1e15: times do not fall`)]
  })

/**
 * P(alive) of one customer over time, each with what was known by then: it falls in silence and rises at every purchase.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd} or another
 * @param parameters of the model
 * @param purchases when the customer bought again, since the first purchase, in the unit of the parameters, rising
 * @param times when to look, since the first purchase, rising
 * @returns `InvalidValue` for each parameter or time that is wrong.
 * @example
 * ```ts
 * import { mbgNbd, probabilityAliveHistory, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const history = unwrap(probabilityAliveHistory(mbgNbd, weeks, [4, 9], [3, 4, 8, 10, 30]))
 * history.map(({ repeats }) => repeats) // => [0, 1, 1, 2, 2]
 * history.map((at) => at.probabilityAlive.toFixed(2)) // => ['0.60', '0.75', '0.64', '0.78', '0.31']
 * ```
 */
export const probabilityAliveHistory = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  purchases: ReadonlyArray<number>,
  times: ReadonlyArray<number>,
): Either<BuyingFaults, ReadonlyArray<ProbabilityAliveAt>> => {
  const wrongTimes = [...risingFaults('purchases', purchases), ...risingFaults('times', times)]
  const [first, ...rest] = [...parameterFaults(model, parameters), ...wrongTimes]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const history: Array<ProbabilityAliveAt> = []
  let repeats = 0
  for (const time of times) {
    while (repeats < purchases.length && (purchases[repeats] as number) <= time) repeats += 1
    const recency = repeats === 0 ? 0 : (purchases[repeats - 1] as number)
    const alive = model.probabilityAlive(parameters, { repeats, recency, age: time })
    if (alive._tag === 'Left') return alive
    history.push({ time, repeats, probabilityAlive: alive.right })
  }
  return { _tag: 'Right', right: history }
}
