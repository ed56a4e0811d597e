// The maximum of a smooth function of a few variables, and a check that it is one.

import * as E from 'fp-ts/Either'
import type { Fault } from '../foundation/index.ts'
import { choleskyOf, inverseOf, type SquareMatrix, solveBy } from './cholesky.ts'

/** A function's value and its derivatives at a point. */
export interface Evaluation {
  readonly value: number
  readonly gradient: Float64Array
  /** The negative second derivatives, row by row; found by differences of the gradient when absent. */
  readonly curvature?: SquareMatrix
}

/** Where a function has its maximum. */
export interface Maximum {
  readonly point: Float64Array
  readonly value: number
  /** What a step of Newton's method would still gain, twice: gradient · curvature⁻¹ · gradient. */
  readonly decrement: number
  /** The negative second derivatives, row by row. */
  readonly curvature: SquareMatrix
  /** The inverse of the curvature. */
  readonly inverseCurvature: SquareMatrix
  /** How often the function was evaluated. */
  readonly evaluations: number
}

/** Why there is no maximum to return. */
export interface NoMaximum extends Fault<'NoMaximum'> {
  /**
   * `boundary`: a variable ran off; `flat`: the function hardly changes in some direction; `notFinite`: it has no value at
   * the start; `steps`: it hadn't settled within the limit.
   */
  readonly seen: 'boundary' | 'flat' | 'notFinite' | 'steps'
  /** The index of the variable that ran off or is worst known; −1 where none is to blame. */
  readonly variable: number
  /** Where the search ended. */
  readonly point: ReadonlyArray<number>
}

/** How a maximum is sought. */
export interface MaximumOptions {
  /** A variable beyond ± that ran off; 18 when absent. */
  readonly farthest?: number
  /** A curvature below that, in its flattest direction, is flat; 0.01 when absent. */
  readonly flattest?: number
}

type Objective = (point: Float64Array) => Evaluation

const wanted = {
  boundary: 'data that hold the variable back: its best value is at the boundary',
  flat: 'data that tell the variables apart: in one direction all values are as good',
  notFinite: 'a function with a value at the start',
  steps: 'a function that settles',
} as const

/** The fault, with what would be right. */
export const noMaximum = (seen: NoMaximum['seen'], variable: number, point: Float64Array): NoMaximum => ({
  _tag: 'NoMaximum',
  path: [],
  expected: wanted[seen],
  seen,
  variable,
  point: Array.from(point),
})

const dot = (first: Float64Array, second: Float64Array): number => {
  let sum = 0
  for (let index = 0; index < first.length; index += 1) sum += (first[index] as number) * (second[index] as number)
  return sum
}

const times = (matrix: SquareMatrix, vector: Float64Array): Float64Array =>
  vector.map((_, row) => dot(matrix.subarray(row * vector.length, (row + 1) * vector.length), vector))

const moved = (point: Float64Array, step: Float64Array, length: number): Float64Array =>
  point.map((value, index) => value + length * (step[index] as number))

interface Search {
  readonly point: Float64Array
  readonly at: Evaluation
  readonly evaluations: number
}

const largest = (vector: Float64Array): number => vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Halves a step until it gains, to rounding; at most a step of 2 in any variable. `undefined` where none gains. */
const lineSearch = (
  f: Objective,
  { point, at, evaluations }: Search,
  step: Float64Array,
  rounding: number,
): Search | undefined => {
  const rise = dot(at.gradient, step)
  let length = Math.min(1, 2 / largest(step))
  for (let halving = 1; halving <= 40; halving += 1) {
    const next = moved(point, step, length)
    const there = f(next)
    if (there.value >= at.value + 1e-4 * length * rise - rounding)
      return { point: next, at: there, evaluations: evaluations + halving }
    length /= halving < 3 ? 2 : 8
  }
  return undefined
}

/** The update of Broyden, Fletcher, Goldfarb and Shanno, of an inverse curvature. */
const updated = (inverse: SquareMatrix, from: Search, to: Search, first: boolean): SquareMatrix => {
  const size = from.point.length
  const step = to.point.map((value, index) => value - (from.point[index] as number))
  const change = to.at.gradient.map((value, index) => (from.at.gradient[index] as number) - value)
  const curvature = dot(step, change)
  if (!(curvature > 1e-14 * Math.sqrt(dot(step, step) * dot(change, change)))) return inverse
  const base = first
    ? inverse.map((value) => (value * curvature) / (dot(change, change) * (inverse[0] as number)))
    : inverse
  const towards = times(base, change)
  const factor = (1 + dot(change, towards) / curvature) / curvature
  return base.map((value, index) => {
    const row = Math.floor(index / size)
    const column = index % size
    const [rowStep, columnStep] = [step[row] as number, step[column] as number]
    const cross = rowStep * (towards[column] as number) + (towards[row] as number) * columnStep
    return value + factor * rowStep * columnStep - cross / curvature
  })
}

const scaledIdentity = (size: number, scale: number): SquareMatrix =>
  Float64Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? scale : 0))

const ranOff = (point: Float64Array, farthest: number): number =>
  point.findIndex((value) => !(Math.abs(value) <= farthest))

/** Up to where a step gains little: Newton's method goes on from there. */
const climb = (f: Objective, start: Search, farthest: number): Search => {
  let search = start
  let inverse = scaledIdentity(start.point.length, 1 / Math.max(1e-300, largest(start.at.gradient)))
  for (let step = 0; step < 200; step += 1) {
    const direction = times(inverse, search.at.gradient)
    const next = lineSearch(f, search, direction, 0)
    if (next === undefined) return search
    const gain = next.at.value - search.at.value
    inverse = updated(inverse, search, next, step === 0)
    search = next
    if (ranOff(search.point, farthest) >= 0) return search
    if (gain < 1e-3 && dot(search.at.gradient, times(inverse, search.at.gradient)) < 1e-3) return search
  }
  return search
}

/** Second derivatives, by central differences of the first. */
const curvatureAt = (f: Objective, point: Float64Array): SquareMatrix => {
  const size = point.length
  const width = 1e-4
  const matrix = new Float64Array(size * size)
  for (let row = 0; row < size; row += 1) {
    const unit = point.map((_, index) => (index === row ? width : 0))
    const above = f(moved(point, unit, 1)).gradient
    const below = f(moved(point, unit, -1)).gradient
    for (let column = 0; column < size; column += 1) {
      matrix[row * size + column] = ((below[column] as number) - (above[column] as number)) / (2 * width)
    }
  }
  return matrix.map(
    (value, index) => (value + (matrix[(index % size) * size + Math.floor(index / size)] as number)) / 2,
  )
}

/** The index of the greatest entry of a diagonal. */
const worstKnown = (inverse: SquareMatrix, size: number): number => {
  let worst = 0
  for (let index = 1; index < size; index += 1) {
    if ((inverse[index * size + index] as number) > (inverse[worst * size + worst] as number)) worst = index
  }
  return worst
}

interface Bowl {
  readonly curvature: SquareMatrix
  readonly factor: SquareMatrix
}

/** The curvature where the function bends down in every direction. */
const bowlAt = (f: Objective, { point, at }: Search): Bowl | undefined => {
  const curvature = at.curvature ?? curvatureAt(f, point)
  const factor = choleskyOf(curvature, point.length)
  return factor === undefined ? undefined : { curvature, factor }
}

/** Newton's steps with one curvature, until they are as small as rounding; halved where they do not gain. */
const polish = (f: Objective, from: Search, { factor }: Bowl): Search => {
  let search = from
  for (let round = 0; round < 12; round += 1) {
    const step = solveBy(factor, search.at.gradient)
    if (largest(step) < 1e-10) return search
    const length = Math.min(1, 0.5 / largest(step))
    const point = moved(search.point, step, length)
    const at = f(point)
    const worse = !(at.value >= search.at.value - 1e-9 * Math.max(1, Math.abs(at.value) * 1e-6))
    if (worse) return search
    search = { point, at, evaluations: search.evaluations + 1 }
  }
  return search
}

/** Newton's steps, with a new curvature as long as the last one was too old to settle. */
const settle = (f: Objective, near: Search): Search => {
  let search = near
  for (let round = 0; round < 8; round += 1) {
    const bowl = bowlAt(f, search)
    if (bowl === undefined) return search
    const next = polish(f, { ...search, evaluations: search.evaluations + 2 * search.point.length }, bowl)
    if (largest(solveBy(bowl.factor, next.at.gradient)) < 1e-8 || next.point === search.point) return next
    search = next
  }
  return search
}

/** A curvature, made steeper by as much of all its diagonal as it takes to bend down in every direction. */
const bentDown = (curvature: SquareMatrix, size: number): SquareMatrix | undefined => {
  const own = choleskyOf(curvature, size)
  if (own !== undefined) return own
  const steepest = largest(curvature)
  for (let share = 1e-4; share < 1e3; share *= 10) {
    const factor = choleskyOf(
      curvature.map((value, index) => (index % (size + 1) === 0 ? value + share * steepest : value)),
      size,
    )
    if (factor !== undefined) return factor
  }
  return undefined
}

/** What a step gains where rounding hides whether it does. */
const settled = 1e-9

/** Newton's steps, where second derivatives come with the function. */
const ascend = (f: Objective, start: Search, farthest: number): Search => {
  let search = start
  for (let round = 0; round < 100; round += 1) {
    const { gradient, curvature, value } = search.at
    const factor = curvature && bentDown(curvature, gradient.length)
    if (factor === undefined) return search
    const step = solveBy(factor, gradient)
    const rise = dot(gradient, step)
    const rounding = Math.max(settled, 1e-13 * Math.abs(value))
    const next = lineSearch(f, search, step, rounding)
    if (next === undefined) return search
    search = next
    if (rise < settled || ranOff(search.point, farthest) >= 0) return search
  }
  return search
}

const finish = (f: Objective, search: Search, options: Required<MaximumOptions>): E.Either<NoMaximum, Maximum> => {
  const { point, at } = search
  const size = point.length
  const bowl = bowlAt(f, search)
  const variable = ranOff(point, options.farthest)
  if (variable >= 0) return E.left(noMaximum('boundary', variable, point))
  if (bowl === undefined) return E.left(noMaximum('flat', -1, point))
  const inverseCurvature = inverseOf(bowl.factor, size)
  const worst = worstKnown(inverseCurvature, size)
  if ((inverseCurvature[worst * size + worst] as number) * options.flattest > 1) {
    return E.left(noMaximum('flat', worst, point))
  }
  const decrement = dot(at.gradient, solveBy(bowl.factor, at.gradient))
  const { value } = at
  const evaluations = search.evaluations + (at.curvature === undefined ? 4 * size : 0)
  return decrement < 1e-8
    ? E.right({ point, value, decrement, curvature: bowl.curvature, inverseCurvature, evaluations })
    : E.left(noMaximum('steps', -1, point))
}

/**
 * The maximum of a smooth function of a few variables: Newton's method where the function comes with its curvature, otherwise
 * that of Broyden, Fletcher, Goldfarb and Shanno, then Newton's.
 *
 * What it returns has been checked: the gradient has vanished against the curvature, and the function bends down in every
 * direction. Meant for log-likelihoods of logarithms of parameters, where a variable beyond ±18 is no finite parameter, and
 * where a curvature of 0.01 means that a parameter is known to a factor of e¹⁰ at best.
 *
 * Source: J. Nocedal & S. J. Wright, Numerical Optimization (2006), chapters 3 and 6.
 *
 * @param f the function with its derivatives
 * @param start where the search begins
 * @param options see {@link MaximumOptions}
 * @returns `NoMaximum` with what was seen: a variable that ran off, a flat direction.
 * @example
 * ```ts
 * import { maximumOf, unwrap } from 'treue'
 *
 * const hill = ([x = 0, y = 0]: Float64Array) => ({
 *   value: -((x - 1) ** 2) - 2 * (y + x) ** 2,
 *   gradient: Float64Array.of(-2 * (x - 1) - 4 * (y + x), -4 * (y + x)),
 * })
 * unwrap(maximumOf(hill, [0, 0])).point.map((value) => Number(value.toFixed(9))).join() // => '1,-1'
 * ```
 */
export const maximumOf = (
  f: (point: Float64Array) => Evaluation,
  start: ReadonlyArray<number>,
  options: MaximumOptions = {},
): E.Either<NoMaximum, Maximum> => {
  const { farthest = 18, flattest = 0.01 } = options
  const point = Float64Array.from(start)
  const at = f(point)
  if (!Number.isFinite(at.value) || !at.gradient.every(Number.isFinite))
    return E.left(noMaximum('notFinite', -1, point))
  const first = { point, at, evaluations: 1 }
  const near = at.curvature === undefined ? climb(f, first, farthest) : ascend(f, first, farthest)
  const variable = ranOff(near.point, farthest)
  if (variable >= 0) return E.left(noMaximum('boundary', variable, near.point))
  return finish(f, at.curvature === undefined ? settle(f, near) : near, { farthest, flattest })
}
