// Whether outcomes can be told apart without an error: then the likelihood rises for ever, and no coefficient is the best.

import type { Fault } from '../foundation/index.ts'
import type { LogisticDesign } from './logistic-design.ts'
import type { LogisticSearch } from './logistic-newton.ts'

/** Columns that part those to whom it happened from the others, so that their coefficients would be infinite. */
export interface SeparatedOutcomes extends Fault<'SeparatedOutcomes'> {
  /** `complete`: without an exception; `quasiComplete`: but for rows exactly on the border. */
  readonly separation: 'complete' | 'quasiComplete'
  /** One column where one alone parts them; otherwise those that do it together. */
  readonly columns: ReadonlyArray<string>
}

const separated = (
  separation: SeparatedOutcomes['separation'],
  columns: ReadonlyArray<string>,
  index: number,
): SeparatedOutcomes => ({
  _tag: 'SeparatedOutcomes',
  path: index < 0 ? ['columns'] : ['columns', index],
  expected: `outcomes that overlap: take a ridge above 0, leave out ${columns.join(' or ')}, or take more rows`,
  separation,
  columns,
})

interface Extremes {
  readonly least: number
  readonly greatest: number
}

/** The least and the greatest value where the outcome is 0, and where it is 1. */
const extremesOf = (values: Float64Array, outcomes: Uint8Array): readonly [Extremes, Extremes] => {
  const least = Float64Array.of(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  const greatest = Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    const outcome = outcomes[row] as number
    if (value < (least[outcome] as number)) least[outcome] = value
    if (value > (greatest[outcome] as number)) greatest[outcome] = value
  }
  return [
    { least: least[0] as number, greatest: greatest[0] as number },
    { least: least[1] as number, greatest: greatest[1] as number },
  ]
}

/** Columns of which each alone separates the outcomes. */
export const separatingColumns = ({
  names,
  values,
  outcomes,
  deviations,
}: LogisticDesign): ReadonlyArray<SeparatedOutcomes> =>
  names.flatMap((name, index) => {
    if (deviations[index] === 0) return []
    const column = values[index] as Float64Array
    const [without, having] = extremesOf(column, outcomes)
    const gap = Math.max(having.least - without.greatest, without.least - having.greatest)
    if (gap < 0) return []
    return [separated(gap > 0 ? 'complete' : 'quasiComplete', [name], index)]
  })

/** How far rows are on the right side along a direction: the worst and the best. */
const margins = ({ values, outcomes }: LogisticDesign, direction: Float64Array): Extremes => {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let row = 0; row < outcomes.length; row += 1) {
    let sum = direction[0] as number
    for (let column = 0; column < values.length; column += 1)
      sum += (direction[column + 1] as number) * ((values[column] as Float64Array)[row] as number)
    const margin = outcomes[row] === 1 ? sum : -sum
    if (margin < least) least = margin
    if (margin > greatest) greatest = margin
  }
  return { least, greatest }
}

/** The columns that have a part in a direction. */
const involved = ({ names }: LogisticDesign, direction: Float64Array): ReadonlyArray<string> => {
  const most = direction.subarray(1).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return names.filter((_, index) => Math.abs(direction[index + 1] as number) > 1e-4 * most)
}

/** Proof: the point itself has every row on its right side. */
const isParted = (design: LogisticDesign, { point }: LogisticSearch): boolean => margins(design, point).least > 0

/**
 * Whether a search has run off. Where outcomes are separated, each step of Newton's method moves the rows that hold it back by
 * about 1, for ever, and moves none the wrong way; where they aren't, its steps shrink.
 */
export const separationAt = (design: LogisticDesign, search: LogisticSearch): SeparatedOutcomes | null => {
  if (isParted(design, search)) return separated('complete', involved(design, search.point), -1)
  const { least, greatest } = margins(design, search.step)
  return greatest > 0.5 && least > -1e-5 ? separated('quasiComplete', involved(design, search.step), -1) : null
}

/** Ordinary data have settled by then. */
const firstSuspicion = 8

/** By then rows that are on no border have left it. */
const firstBorder = 16

/** The same while a search goes on, once it takes suspiciously long. */
export const separationSeen = (design: LogisticDesign, search: LogisticSearch): SeparatedOutcomes | null => {
  if (search.steps < firstSuspicion) return null
  return isParted(design, search) || search.steps >= firstBorder ? separationAt(design, search) : null
}
