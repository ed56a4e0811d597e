// A cumulative sum over counts that tells a lasting change early, with the run length to a false alarm computed exactly. The
// kernels fill arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'

/** What a chart shall find, and how seldom it may be wrong. */
export interface CusumDesign {
  /** The count of a period as long as nothing has changed, on average; 0.01 to 1,000,000. */
  readonly mean: number
  /** The mean that shall be found: lower for a drop, higher for a rise; 0.001 to 2,000,000. */
  readonly shifted: number
  /** How many periods shall pass on average until a false alarm, at least; 2 to 1,000,000. */
  readonly runLength: number
}

/** A chart: after each period the sum grows by how much the count is beyond `reference`, never below 0. */
export interface CountCusum {
  readonly direction: 'drop' | 'rise'
  /** What a count is compared with, between both means: a multiple of `1 / steps`. */
  readonly reference: number
  /** The alarm comes when the sum is at least so large. */
  readonly threshold: number
  /** Into how many steps a count is divided, so that sums are whole numbers of steps. */
  readonly steps: number
  /** How many periods pass on average until an alarm if nothing has changed, from a sum of 0 on. */
  readonly runLengthToFalseAlarm: number
  /** How many periods pass on average until the alarm, if the mean has changed and the sum was 0. */
  readonly runLengthToDetection: number
}

/** Probabilities of counts from the first that matters on. */
interface CountMasses {
  readonly from: number
  readonly masses: Float64Array
  /** Of each count, the probability of it or fewer. */
  readonly atMost: Float64Array
}

const negligible = 1e-18

/** Poisson probabilities by their ratios, from the most probable count to both sides. */
const poissonMasses = (mean: number): CountMasses => {
  const mode = Math.floor(mean)
  const below: Array<number> = []
  for (let count = mode, term = 1; count > 0; count -= 1) {
    term *= count / mean
    if (term < negligible) break
    below.push(term)
  }
  const above: Array<number> = []
  for (let count = mode, term = 1; term >= negligible; count += 1) {
    term *= mean / (count + 1)
    above.push(term)
  }
  const masses = Float64Array.from([...below.reverse(), 1, ...above])
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  const atMost = new Float64Array(masses.length)
  let sum = 0
  for (let at = 0; at < masses.length; at += 1) {
    masses[at] = (masses[at] as number) / total
    sum += masses[at] as number
    atMost[at] = Math.min(1, sum)
  }
  return { from: mode - below.length, masses, atMost }
}

const massAt = ({ from, masses }: CountMasses, count: number): number => masses[count - from] ?? 0

const atMostAt = ({ from, atMost }: CountMasses, count: number): number => {
  if (count < from) return 0
  return count - from < atMost.length ? (atMost[count - from] as number) : 1
}

/** How the sum moves, in steps. */
interface Lattice {
  readonly direction: 'drop' | 'rise'
  /** The reference in steps. */
  readonly reference: number
  readonly steps: number
}

/** The probability that the sum goes from one number of steps to another; to 0 also from what would be below. */
const moveProbability = (counts: CountMasses, lattice: Lattice, from: number, to: number): number => {
  const { direction, reference, steps } = lattice
  if (to === 0) {
    return direction === 'drop'
      ? 1 - atMostAt(counts, Math.ceil((from + reference) / steps) - 1)
      : atMostAt(counts, Math.floor((reference - from) / steps))
  }
  const count = (direction === 'drop' ? reference + from - to : reference - from + to) / steps
  return Number.isInteger(count) ? massAt(counts, count) : 0
}

/**
 * The factors of I − R, where R has the ways of the sum below the threshold, and what the run length is summed up from. With
 * each step that the threshold is raised, they only grow by a row and a column.
 */
interface RunLengthDraft {
  /** Row i of the lower factor, without its diagonal of ones. */
  readonly lower: Array<Float64Array>
  /** Column j of the upper factor, with its diagonal. */
  readonly upper: Array<Float64Array>
  /** L⁻¹ 1 */
  readonly forward: Array<number>
  /** The first row of U⁻¹. */
  readonly backward: Array<number>
  runLength: number
}

const dot = (first: ArrayLike<number>, second: ArrayLike<number>, length: number): number => {
  let sum = 0
  for (let at = 0; at < length; at += 1) sum += (first[at] as number) * (second[at] as number)
  return sum
}

const upperColumn = (draft: RunLengthDraft, counts: CountMasses, lattice: Lattice): Float64Array => {
  const size = draft.upper.length
  const column = new Float64Array(size + 1)
  for (let row = 0; row < size; row += 1) {
    const entry = -moveProbability(counts, lattice, row, size)
    column[row] = entry - dot(draft.lower[row] as Float64Array, column, row)
  }
  return column
}

const lowerRow = (draft: RunLengthDraft, counts: CountMasses, lattice: Lattice): Float64Array => {
  const size = draft.upper.length
  const row = new Float64Array(size)
  for (let at = 0; at < size; at += 1) {
    const column = draft.upper[at] as Float64Array
    const entry = -moveProbability(counts, lattice, size, at)
    row[at] = (entry - dot(row, column, at)) / (column[at] as number)
  }
  return row
}

/** Raises the threshold by a step. Each term of the run length is positive: it never falls. */
const raise = (draft: RunLengthDraft, counts: CountMasses, lattice: Lattice): void => {
  const size = draft.upper.length
  const column = upperColumn(draft, counts, lattice)
  const row = lowerRow(draft, counts, lattice)
  const diagonal = 1 - moveProbability(counts, lattice, size, size) - dot(row, column, size)
  column[size] = diagonal
  const forward = 1 - dot(row, draft.forward, size)
  const backward = size === 0 ? 1 / diagonal : -dot(draft.backward, column, size) / diagonal
  draft.lower.push(row)
  draft.upper.push(column)
  draft.forward.push(forward)
  draft.backward.push(backward)
  draft.runLength += forward * backward
}

const emptyDraft = (): RunLengthDraft => ({ lower: [], upper: [], forward: [], backward: [], runLength: 0 })

/** From here on the factors take too much time. */
const mostStates = 1000

/** The first threshold in steps with so long a run, and that run. */
const thresholdFor = (
  counts: CountMasses,
  lattice: Lattice,
  runLength: number,
): { readonly threshold: number; readonly runLength: number } | null => {
  const draft = emptyDraft()
  while (draft.runLength < runLength) {
    if (draft.upper.length === mostStates) return null
    raise(draft, counts, lattice)
  }
  return { threshold: draft.upper.length, runLength: draft.runLength }
}

const runLengthAt = (counts: CountMasses, lattice: Lattice, threshold: number): number => {
  const draft = emptyDraft()
  while (draft.upper.length < threshold) raise(draft, counts, lattice)
  return draft.runLength
}

const commonDivisor = (first: number, second: number): number =>
  second === 0 ? first : commonDivisor(second, first % second)

/** The reference in so fine steps, if it is between both means. */
const latticeOf = ({ mean, shifted }: CusumDesign, best: number, fine: number): Lattice | null => {
  const reference = Math.round(best * fine)
  if (reference === 0 || (reference - mean * fine) * (reference - shifted * fine) >= 0) return null
  const by = commonDivisor(reference, fine)
  return { direction: shifted < mean ? 'drop' : 'rise', reference: reference / by, steps: fine / by }
}

/** Steps so fine that the threshold is some hundreds of them; finer where the reference needs it. */
const latticeFor = (design: CusumDesign): Lattice | null => {
  const { mean, shifted, runLength } = design
  const logRatio = Math.abs(Math.log(mean / shifted))
  const best = Math.abs(mean - shifted) / logRatio
  const fine = Math.max(1, Math.min(1000, Math.floor((300 * logRatio) / Math.log(runLength + 1))))
  for (let steps = fine; steps <= 3 * fine; steps += 1) {
    const lattice = latticeOf(design, best, steps)
    if (lattice !== null) return lattice
  }
  return null
}

const within = (name: string, value: number, least: number, most: number): ReadonlyArray<OutOfRange> =>
  value >= least && value <= most ? [] : [outOfRange([name], value, `a number from ${least} to ${most}`)]

const tooNear = ({ shifted }: CusumDesign): OutOfRange =>
  outOfRange(['shifted'], shifted, 'a mean further from the other: so small a change is not found in such counts')

/** Beyond, the probabilities of false alarms have lost their digits. */
const longestRun = 1e9

const tooFar = ({ shifted }: CusumDesign): OutOfRange =>
  outOfRange(['shifted'], shifted, 'a mean nearer to the other: so large a change shows in a single count')

/**
 * Designs a chart that finds a lasting change of the mean of Poisson counts early: the reference that is best for the
 * change, and the lowest threshold with which a false alarm comes as seldom as asked.
 *
 * Run lengths are those of the chart as it is, from a sum of 0 on, by the Markov chain of its sums; they hold for independent
 * Poisson counts of exactly that mean. Counts that spread more raise more false alarms.
 *
 * Sources: E. S. Page, Biometrika 41 (1954); D. Brook & D. A. Evans, Biometrika 59 (1972); J. M. Lucas, Technometrics 27
 * (1985), for counts.
 *
 * @param design see {@link CusumDesign}
 * @returns `OutOfRange` for everything that is none, and for a shift that is too small to be found or so
 * large that no chart is needed.
 * @example
 * ```ts
 * import { designCusum, unwrap } from 'treue'
 *
 * const chart = unwrap(designCusum({ mean: 10, shifted: 7, runLength: 500 }))
 * chart.direction // => 'drop'
 * chart.runLengthToFalseAlarm >= 500 // => true
 * chart.runLengthToDetection < 10 // => true
 * ```
 */
export const designCusum = (design: CusumDesign): Either<ReadonlyNonEmptyArray<OutOfRange>, CountCusum> => {
  const { mean, shifted, runLength } = design
  const [first, ...rest] = [
    ...within('mean', mean, 0.01, 1_000_000),
    ...within('shifted', shifted, 0.001, 2_000_000),
    ...within('runLength', runLength, 2, 1_000_000),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const lattice = mean === shifted ? null : latticeFor(design)
  const found = lattice === null ? null : thresholdFor(poissonMasses(mean), lattice, runLength)
  if (lattice === null || found === null) return { _tag: 'Left', left: [tooNear(design)] }
  if (found.runLength > longestRun) return { _tag: 'Left', left: [tooFar(design)] }
  const { direction, reference, steps } = lattice
  const right: CountCusum = {
    direction,
    reference: reference / steps,
    threshold: found.threshold / steps,
    steps,
    runLengthToFalseAlarm: found.runLength,
    runLengthToDetection: runLengthAt(poissonMasses(shifted), lattice, found.threshold),
  }
  return { _tag: 'Right', right }
}

/** The course of a chart; an entry for each period. */
export interface CusumCourse {
  /** The sum after each period. */
  readonly sums: Float64Array
  /** 1 where there is an alarm; the sum begins at 0 after it. */
  readonly alarms: Uint8Array
  /** What the next period begins with. */
  readonly next: number
}

const largestCount = 1e12

const firstNoCount = (counts: ArrayLike<number>): number => {
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] as number
    if (!(Number.isInteger(count) && count >= 0 && count <= largestCount)) return at
  }
  return -1
}

/**
 * Follows counts by a chart. Counts that come later go on with the `next` of those before, and give the same as all at once.
 *
 * @param chart from {@link designCusum}
 * @param counts of periods in order of time, whole numbers from 0
 * @param begin the sum to begin with, 0 or more; 0 when absent
 * @returns `InvalidValue` at the index of the first that is no count, and at `begin`.
 * @example
 * ```ts
 * import { designCusum, followCusum, unwrap } from 'treue'
 *
 * const chart = unwrap(designCusum({ mean: 10, shifted: 7, runLength: 500 }))
 * const { next } = unwrap(followCusum(chart, [11, 9, 10, 6, 5]))
 * const { alarms } = unwrap(followCusum(chart, [7, 4, 6, 5], next))
 * alarms.indexOf(1) // => 2
 * ```
 */
export const followCusum = (
  chart: CountCusum,
  counts: ArrayLike<number>,
  begin: number = 0,
): Either<InvalidValue, CusumCourse> => {
  const wrong = firstNoCount(counts)
  if (wrong >= 0) return { _tag: 'Left', left: invalidValue([wrong], counts[wrong], 'a whole number from 0') }
  if (!(begin >= 0 && begin <= largestCount)) {
    return { _tag: 'Left', left: invalidValue(['begin'], begin, 'a number from 0') }
  }
  const { direction, steps } = chart
  const [reference, threshold] = [Math.round(chart.reference * steps), Math.round(chart.threshold * steps)]
  const sums = new Float64Array(counts.length)
  const alarms = new Uint8Array(counts.length)
  let sum = Math.round(begin * steps)
  for (let at = 0; at < counts.length; at += 1) {
    const beyond = (counts[at] as number) * steps - reference
    sum = Math.max(0, sum + (direction === 'drop' ? -beyond : beyond))
    sums[at] = sum / steps
    if (sum >= threshold) {
      alarms[at] = 1
      sum = 0
    }
  }
  return { _tag: 'Right', right: { sums, alarms, next: sum / steps } }
}
