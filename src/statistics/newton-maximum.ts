// The maximum of a smooth function whose second derivatives are known, and a check that it is one.

import type { Either } from 'fp-ts/Either'
import { choleskyOf, inverseOf, type SquareMatrix, solveBy } from './cholesky.ts'
import { type Evaluation, type NoMaximum, noMaximum } from './maximum.ts'

/** A function's value and its first and second derivatives at a point. */
export interface CurvedEvaluation extends Evaluation {
  /** The negative second derivatives, row by row. */
  readonly curvature: SquareMatrix
}

/** Where a function has its maximum. */
export interface NewtonMaximum extends CurvedEvaluation {
  readonly point: Float64Array
  /** What a further step would still gain, twice: gradient · curvature⁻¹ · gradient. */
  readonly decrement: number
  readonly inverseCurvature: SquareMatrix
  /** How often the function was evaluated. */
  readonly evaluations: number
}

type CurvedObjective = (point: Float64Array) => CurvedEvaluation

const dot = (first: Float64Array, second: Float64Array): number => {
  let sum = 0
  for (let index = 0; index < first.length; index += 1) sum += (first[index] as number) * (second[index] as number)
  return sum
}

const largestAt = (vector: Float64Array): number =>
  vector.reduce((best, value, index) => (Math.abs(value) > Math.abs(vector[best] as number) ? index : best), 0)

/**
 * The first row of a symmetric matrix that follows from the rows before it, to rounding; −1 where none does.
 *
 * @param matrix row by row, without a negative curvature
 * @param size its rows
 * @example
 * ```ts
 * import { dependentRow } from 'treue'
 *
 * dependentRow(Float64Array.of(1, 2, 2, 4), 2) // => 1
 * dependentRow(Float64Array.of(1, 2, 2, 5), 2) // => -1
 * ```
 */
export const dependentRow = (matrix: SquareMatrix, size: number): number => {
  for (let leading = 1; leading <= size; leading += 1) {
    const part = Float64Array.from(
      { length: leading * leading },
      (_, index) => matrix[Math.floor(index / leading) * size + (index % leading)] as number,
    )
    if (choleskyOf(part, leading) === undefined) return leading - 1
  }
  return -1
}

/** The factor of a curvature; where the function doesn't bend down, of one with as much added as makes it so. */
const liftedFactor = (curvature: SquareMatrix, size: number): SquareMatrix | undefined => {
  for (let lift = 0, tries = 0; tries < 12; tries += 1) {
    const lifted = curvature.map((value, index) => (index % (size + 1) === 0 ? value + lift * Math.abs(value) : value))
    const factor = choleskyOf(lifted, size)
    if (factor !== undefined) return factor
    lift = lift === 0 ? 1e-6 : lift * 10
  }
  return undefined
}

interface Place {
  readonly point: Float64Array
  readonly at: CurvedEvaluation
  readonly evaluations: number
}

/** Halves a step until it does not lose. */
const stepped = (f: CurvedObjective, { point, at, evaluations }: Place, step: Float64Array): Place | undefined => {
  const loss = 1e-9 * (1e-3 + Math.abs(at.value))
  let length = 1
  for (let halving = 1; halving <= 50; halving += 1) {
    const next = point.map((value, index) => value + length * (step[index] as number))
    const there = f(next)
    if (there.value >= at.value - loss) return { point: next, at: there, evaluations: evaluations + halving }
    length /= 2
  }
  return undefined
}

const reached = (place: Place): Either<NoMaximum, NewtonMaximum> => {
  const { point, at, evaluations } = place
  const factor = choleskyOf(at.curvature, point.length)
  if (factor === undefined) {
    return { _tag: 'Left', left: noMaximum('flat', dependentRow(at.curvature, point.length), point) }
  }
  const { value, gradient, curvature } = at
  const decrement = dot(gradient, solveBy(factor, gradient))
  const inverseCurvature = inverseOf(factor, point.length)
  return { _tag: 'Right', right: { point, value, gradient, curvature, inverseCurvature, decrement, evaluations } }
}

/** Near a maximum the decrement falls to its square: one that falls by a factor only belongs to a function without one. */
const runsOff = (decrement: number, before: number): boolean =>
  decrement > 1e-14 && before < 1e-4 && decrement > 0.05 * before

const failed = (seen: NoMaximum['seen'], variable: number, point: Float64Array): Either<NoMaximum, never> => ({
  _tag: 'Left',
  left: noMaximum(seen, variable, point),
})

const mostRounds = 100

/** Settled, or as near as rounding lets it come. */
const isSettled = (decrement: number, before: number): boolean =>
  decrement < 1e-20 || (decrement < 1e-14 && decrement > before / 2)

const climbed = (f: CurvedObjective, place: Place, before: number, round: number): Either<NoMaximum, NewtonMaximum> => {
  const { point, at } = place
  const factor = liftedFactor(at.curvature, point.length)
  if (factor === undefined) return failed('flat', dependentRow(at.curvature, point.length), point)
  const step = solveBy(factor, at.gradient)
  const decrement = dot(at.gradient, step)
  if (isSettled(decrement, before)) return reached(place)
  if (runsOff(decrement, before)) return failed('boundary', largestAt(step), point)
  const next = stepped(f, place, step)
  if (next === undefined) return decrement < 1e-9 ? reached(place) : failed('steps', -1, point)
  return round === mostRounds ? failed('steps', -1, point) : climbed(f, next, decrement, round + 1)
}

/**
 * The maximum of a smooth function whose second derivatives are known, by Newton's method with steps that are halved where
 * they lose. Meant for log-likelihoods that bend down everywhere; where they do not, a step leans towards the gradient.
 *
 * What it returns has been checked: the gradient has vanished against the curvature, and the function bends down in every
 * direction.
 *
 * Source: J. Nocedal & S. J. Wright, Numerical Optimization (2006), chapter 3.
 *
 * @param f the function with its derivatives; −Infinity or NaN where it has no value
 * @param start where to begin, with a value
 * @returns `NoMaximum` that says what was seen: `boundary` where the function still rises, ever less, as a variable runs off.
 * @example
 * ```ts
 * import { newtonMaximum, unwrap } from 'treue'
 *
 * const f = ([x = 0]: Float64Array) => ({
 *   value: 3 * x - Math.exp(x),
 *   gradient: Float64Array.of(3 - Math.exp(x)),
 *   curvature: Float64Array.of(Math.exp(x)),
 * })
 * unwrap(newtonMaximum(f, [0])).point[0]?.toFixed(12) // => '1.098612288668'
 * ```
 */
export const newtonMaximum = (
  f: (point: Float64Array) => CurvedEvaluation,
  start: ReadonlyArray<number>,
): Either<NoMaximum, NewtonMaximum> => {
  const point = Float64Array.from(start)
  const at = f(point)
  const hasValue = Number.isFinite(at.value) && at.gradient.every(Number.isFinite)
  return hasValue
    ? climbed(f, { point, at, evaluations: 1 }, Number.POSITIVE_INFINITY, 1)
    : failed('notFinite', -1, point)
}
