/* eslint-disable no-param-reassign -- sums are gathered in arrays that were made for them */
// The greatest likelihood of a logistic regression by Newton's method, also known as iteratively reweighted least squares.
// The kernels work on some hundred rows at a time, which stay in the processor's cache; they mutate what they made.

import { choleskyOf, type SquareMatrix, solveBy } from './cholesky.ts'
import { type LogisticDesign, thinnedDesign } from './logistic-design.ts'

/** A log-likelihood with its derivatives, by the intercept and the columns in turn; less what the ridge takes. */
export interface LogisticEvaluation {
  readonly logLikelihood: number
  /** Half the ridge's sum of squares. */
  readonly penalty: number
  readonly gradient: Float64Array
  /** The negative second derivatives. */
  readonly curvature: SquareMatrix
}

/** 2 to the power of that is a number still: the logarithm of a product is taken once per chunk. */
const chunkRows = 512

interface Scratch {
  readonly logOdds: Float64Array
  readonly residuals: Float64Array
  readonly weights: Float64Array
  readonly weighted: Float64Array
}

const logOddsOf = (
  into: Float64Array,
  { values }: LogisticDesign,
  point: Float64Array,
  from: number,
  count: number,
): void => {
  into.fill(point[0] as number)
  for (let column = 0; column < values.length; column += 1) {
    const own = values[column] as Float64Array
    const coefficient = point[column + 1] as number
    for (let index = 0; index < count; index += 1)
      into[index] = (into[index] as number) + coefficient * (own[from + index] as number)
  }
}

/** Fills residuals and weights of a chunk; the log-likelihood of it. Both tails keep their digits. */
const chunkTerms = (scratch: Scratch, { outcomes }: LogisticDesign, from: number, count: number): number => {
  const { logOdds, residuals, weights } = scratch
  let [against, product] = [0, 1]
  for (let index = 0; index < count; index += 1) {
    const eta = logOdds[index] as number
    const small = Math.exp(eta < 0 ? eta : -eta)
    const large = 1 / (1 + small)
    const likely = (outcomes[from + index] === 1) === eta >= 0
    const miss = likely ? small * large : large
    residuals[index] = outcomes[from + index] === 1 ? miss : -miss
    weights[index] = small * large * large
    against += likely ? 0 : Math.abs(eta)
    product *= 1 + small
  }
  return -against - Math.log(product)
}

/** The same with a weight to each row. */
const weightedTerms = (
  scratch: Scratch,
  { outcomes }: LogisticDesign,
  rowWeights: Float64Array,
  from: number,
  count: number,
): number => {
  const { logOdds, residuals, weights } = scratch
  let sum = 0
  for (let index = 0; index < count; index += 1) {
    const eta = logOdds[index] as number
    const weight = rowWeights[from + index] as number
    const small = Math.exp(eta < 0 ? eta : -eta)
    const large = 1 / (1 + small)
    const likely = (outcomes[from + index] === 1) === eta >= 0
    const miss = weight * (likely ? small * large : large)
    residuals[index] = outcomes[from + index] === 1 ? miss : -miss
    weights[index] = weight * small * large * large
    sum -= weight * ((likely ? 0 : Math.abs(eta)) + Math.log1p(small))
  }
  return sum
}

/** In four sums: an addition that has to wait for the last one takes four times as long. */
const total = (values: Float64Array, count: number): number => {
  let [a, b, c, d] = [0, 0, 0, 0]
  let index = 0
  for (; index + 3 < count; index += 4) {
    a += values[index] as number
    b += values[index + 1] as number
    c += values[index + 2] as number
    d += values[index + 3] as number
  }
  for (; index < count; index += 1) a += values[index] as number
  return a + b + (c + d)
}

const product = (chunk: Float64Array, column: Float64Array, from: number, count: number): number => {
  let [a, b, c, d] = [0, 0, 0, 0]
  let index = 0
  for (; index + 3 < count; index += 4) {
    a += (chunk[index] as number) * (column[from + index] as number)
    b += (chunk[index + 1] as number) * (column[from + index + 1] as number)
    c += (chunk[index + 2] as number) * (column[from + index + 2] as number)
    d += (chunk[index + 3] as number) * (column[from + index + 3] as number)
  }
  for (; index < count; index += 1) a += (chunk[index] as number) * (column[from + index] as number)
  return a + b + (c + d)
}

/** Adds a chunk to the first derivatives and to the lower half of the second. */
const addChunk = (
  { gradient, curvature }: LogisticEvaluation,
  { residuals, weights, weighted }: Scratch,
  { values }: LogisticDesign,
  from: number,
  count: number,
): void => {
  const size = values.length + 1
  gradient[0] = (gradient[0] as number) + total(residuals, count)
  curvature[0] = (curvature[0] as number) + total(weights, count)
  for (let column = 0; column < values.length; column += 1) {
    const own = values[column] as Float64Array
    for (let index = 0; index < count; index += 1)
      weighted[index] = (weights[index] as number) * (own[from + index] as number)
    const row = (column + 1) * size
    gradient[column + 1] = (gradient[column + 1] as number) + product(residuals, own, from, count)
    curvature[row] = (curvature[row] as number) + total(weighted, count)
    for (let other = 0; other <= column; other += 1) {
      const at = row + other + 1
      curvature[at] = (curvature[at] as number) + product(weighted, values[other] as Float64Array, from, count)
    }
  }
}

/** The upper half of a matrix whose lower half is known, and the ridge's part of both derivatives. */
const complete = ({ gradient, curvature }: LogisticEvaluation, point: Float64Array, ridge: number): void => {
  const size = point.length
  for (let row = 0; row < size; row += 1) {
    for (let column = row + 1; column < size; column += 1)
      curvature[row * size + column] = curvature[column * size + row] as number
    if (row === 0) continue
    gradient[row] = (gradient[row] as number) - ridge * (point[row] as number)
    curvature[row * size + row] = (curvature[row * size + row] as number) + ridge
  }
}

/** The log-likelihood at a point, with its derivatives. */
export const evaluateLogistic = (design: LogisticDesign, point: Float64Array, ridge: number): LogisticEvaluation => {
  const size = point.length
  const sums = {
    logLikelihood: 0,
    penalty: 0,
    gradient: new Float64Array(size),
    curvature: new Float64Array(size * size),
  }
  const scratch: Scratch = {
    logOdds: new Float64Array(chunkRows),
    residuals: new Float64Array(chunkRows),
    weights: new Float64Array(chunkRows),
    weighted: new Float64Array(chunkRows),
  }
  const rows = design.outcomes.length
  for (let from = 0; from < rows; from += chunkRows) {
    const count = Math.min(chunkRows, rows - from)
    logOddsOf(scratch.logOdds, design, point, from, count)
    sums.logLikelihood +=
      design.weights === null
        ? chunkTerms(scratch, design, from, count)
        : weightedTerms(scratch, design, design.weights, from, count)
    addChunk(sums, scratch, design, from, count)
  }
  for (let column = 1; column < size; column += 1) sums.penalty += (ridge * (point[column] as number) ** 2) / 2
  complete(sums, point, ridge)
  return sums
}

/** How far a search for the greatest likelihood has come. */
export interface LogisticSearch {
  readonly point: Float64Array
  readonly at: LogisticEvaluation
  /** The last step. */
  readonly step: Float64Array
  readonly steps: number
}

const gained = (at: LogisticEvaluation): number => at.logLikelihood - at.penalty

const largest = (vector: Float64Array): number => vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** A step of Newton's method, halved until it gains. */
const nextSearch = (
  design: LogisticDesign,
  { point, at, steps }: LogisticSearch,
  full: Float64Array,
  ridge: number,
): LogisticSearch => {
  const slack = 1e-12 * Math.abs(gained(at))
  let length = 1
  for (;;) {
    const step = full.map((value) => value * length)
    const next = point.map((value, index) => value + (step[index] as number))
    const there = evaluateLogistic(design, next, ridge)
    if (gained(there) >= gained(at) - slack || length < 1e-6) return { point: next, at: there, step, steps: steps + 1 }
    length /= 2
  }
}

/** How a search ended. */
export interface LogisticEnd<Stop> {
  readonly search: LogisticSearch
  /** What made it stop; `null` where it settled, `undefined` where it didn't within its limit. */
  readonly stopped: Stop | null | undefined
}

const mostSteps = 100

/** Of so many rows one leads the search at first. */
const thinning = 16

const climbFrom = <Stop>(
  design: LogisticDesign,
  ridge: number,
  start: Float64Array,
  stops: (search: LogisticSearch) => Stop | null,
): LogisticEnd<Stop> => {
  const size = start.length
  let search: LogisticSearch = {
    point: start,
    at: evaluateLogistic(design, start, ridge),
    step: new Float64Array(size),
    steps: 0,
  }
  while (search.steps < mostSteps) {
    const factor = choleskyOf(search.at.curvature, size)
    if (factor === undefined) return { search, stopped: undefined }
    search = nextSearch(design, search, solveBy(factor, search.at.gradient), ridge)
    // Newton's error is squared with each step: after one as small as that there is only rounding.
    if (largest(search.step) < 1e-8 * Math.max(1, largest(search.point))) return { search, stopped: null }
    const stopped = stops(search)
    if (stopped !== null) return { search, stopped }
  }
  return { search, stopped: undefined }
}

const ofAllRows = ({ events, total: rows, names }: LogisticDesign): Float64Array => {
  const point = new Float64Array(names.length + 1)
  point[0] = Math.log(events / (rows - events))
  return point
}

/** Where many rows are alike, a part of them leads near the maximum at little cost. */
const startOf = (design: LogisticDesign, ridge: number): Float64Array => {
  const part = thinnedDesign(design, thinning)
  const mixed = part !== null && part.events > 0 && part.outcomes.includes(0)
  if (!mixed) return ofAllRows(design)
  const { search, stopped } = climbFrom(part, ridge / thinning, ofAllRows(part), ({ steps }) =>
    steps < 8 ? null : ('hard' as const),
  )
  return stopped === null ? search.point : ofAllRows(design)
}

/** Newton's method from the rate of all rows on; after each step that is not small, `stops` may end the search. */
export const climbLogistic = <Stop>(
  design: LogisticDesign,
  ridge: number,
  stops: (search: LogisticSearch) => Stop | null,
): LogisticEnd<Stop> => climbFrom(design, ridge, startOf(design, ridge), stops)
