/* eslint-disable no-param-reassign -- fills the columns that it made itself */
/** Rows in the order in which a walk over risk sets meets them: by stratum, within it from the last time to the first. */

import { isEnd } from './lifetimes.ts'
import { type RegressionData, type Scale, scaleOf } from './regression-data.ts'
import { groupedOrder, sortedOrder } from './sorted-order.ts'

/** Whom rows are compared with: only rows of the same stratum. */
export type Stratum = string | number

/** Columns in the order of the walk. */
export interface RiskRows {
  /** How many covariates. */
  readonly size: number
  readonly scales: ReadonlyArray<Scale>
  readonly strata: ReadonlyArray<Stratum>
  /** Where each stratum begins, and the end of the last. */
  readonly bounds: Uint32Array
  /** Each row's place in the data. */
  readonly origins: Uint32Array
  readonly times: Float64Array
  readonly ended: Uint8Array
  readonly weights: Float64Array
  /** Covariates less their mean by their spread, row by row. */
  readonly values: Float64Array
  /** −1 for a row that was watched from the start; absent where all were. */
  readonly entries: Float64Array | undefined
  /** Rows from the last entry to the first, within each stratum. */
  readonly entryOrder: Uint32Array
}

interface Groups {
  readonly strata: ReadonlyArray<Stratum>
  readonly codes: Uint32Array
  readonly bounds: Uint32Array
}

const groupsOf = (strata: ArrayLike<Stratum> | undefined, length: number): Groups => {
  const codes = new Uint32Array(length)
  if (strata === undefined) return { strata: [''], codes, bounds: Uint32Array.of(0, length) }
  const known = new Map<Stratum, number>()
  const sizes: Array<number> = []
  for (let row = 0; row < length; row += 1) {
    const stratum = strata[row] as Stratum
    const code = known.get(stratum) ?? known.size
    known.set(stratum, code)
    codes[row] = code
    sizes[code] = (sizes[code] ?? 0) + 1
  }
  const bounds = new Uint32Array(known.size + 1)
  sizes.forEach((size, code) => {
    bounds[code + 1] = (bounds[code] as number) + size
  })
  return { strata: Array.from(known.keys()), codes, bounds }
}

/** From the greatest number to the least, group by group. */
const fallingOrder = (values: Float64Array, { strata, codes }: Groups): Uint32Array => {
  const order = sortedOrder(values).reverse()
  return strata.length === 1 ? order : groupedOrder(order, codes, strata.length)
}

const picked = (values: ArrayLike<number>, order: Uint32Array): Float64Array => {
  const column = new Float64Array(order.length)
  for (let at = 0; at < order.length; at += 1) column[at] = values[order[at] as number] as number
  return column
}

const fillColumn = (values: Float64Array, column: Float64Array, order: Uint32Array, scale: Scale, at: number): void => {
  const size = values.length / order.length
  const factor = scale.spread === 0 ? 0 : 1 / scale.spread
  for (let row = 0; row < order.length; row += 1) {
    values[row * size + at] = ((column[order[row] as number] as number) - scale.mean) * factor
  }
}

const entriesOf = (entries: ArrayLike<number>, order: Uint32Array): Float64Array =>
  picked(entries, order).map((entry) => (entry === 0 ? -1 : entry))

const endsOf = (ended: RegressionData['ended'], order: Uint32Array): Uint8Array => {
  const column = new Uint8Array(order.length)
  for (let at = 0; at < order.length; at += 1) column[at] = isEnd(ended[order[at] as number]) ? 1 : 0
  return column
}

/** The rows of checked data. */
export const riskRows = (data: RegressionData, strata: ArrayLike<Stratum> | undefined): RiskRows => {
  const times = new Float64Array(data.times)
  const groups = groupsOf(strata, times.length)
  const origins = fallingOrder(times, groups)
  const size = data.covariates.length
  const values = new Float64Array(size * times.length)
  const scales = data.covariates.map(({ values: raw }, at) => {
    const column = new Float64Array(raw)
    const scale = scaleOf(column)
    fillColumn(values, column, origins, scale, at)
    return scale
  })
  const entries = data.entries === undefined ? undefined : entriesOf(data.entries, origins)
  const sortedCodes = groups.codes.map((_, at) => groups.codes[origins[at] as number] as number)
  return {
    size,
    scales,
    strata: groups.strata,
    bounds: groups.bounds,
    origins,
    times: picked(times, origins),
    ended: endsOf(data.ended, origins),
    weights: data.weights === undefined ? new Float64Array(times.length).fill(1) : picked(data.weights, origins),
    values,
    entries,
    entryOrder: entries === undefined ? new Uint32Array(0) : fallingOrder(entries, { ...groups, codes: sortedCodes }),
  }
}

/** Where the rows of the same time end. */
export const endOfTime = ({ times }: RiskRows, from: number, until: number): number => {
  const time = times[from]
  let row = from + 1
  while (row < until && times[row] === time) row += 1
  return row
}
