// How the facts under which two conditions hold lie to each other. Both conditions become unions of boxes; intersections
// and differences of boxes are exact, and each answer comes with facts that show it.
import { type Box, boxesOf, everyCell, factsIn, intersection, isWithin, meet, type Space, spaceOf } from './box.ts'
import type { Condition } from './condition.ts'
import { type Clause, clausesWhereTrue } from './normal-form.ts'
import { fieldsByName } from './requirement.ts'
import type { Facts, Vocabulary } from './vocabulary.ts'

/**
 * How the facts under which two conditions hold lie to each other. `undecided`: the conditions are too large for an
 * exact answer.
 */
export type ConditionRelation = 'equal' | 'disjoint' | 'implies' | 'impliedBy' | 'overlapping' | 'undecided'

/**
 * The relation of two conditions, with example facts that show it. A part without an example has no facts at all, unless
 * the relation is `undecided`.
 */
export interface ConditionComparison {
  readonly relation: ConditionRelation
  /** facts under which both hold */
  readonly both?: Facts
  /** facts under which the first holds and the second doesn't */
  readonly onlyFirst?: Facts
  /** facts under which the second holds and the first doesn't */
  readonly onlySecond?: Facts
}

/** Beyond these limits a comparison is undecided. */
const mostClauses = 256
const mostConstants = 20_000
const mostSteps = 1_000_000

type Found = Box | 'nothing' | 'undecided'

const firstCommon = (first: ReadonlyArray<Box>, second: ReadonlyArray<Box>): Found => {
  for (const one of first) {
    const other = second.find((box) => meet(one, box))
    if (other !== undefined) return intersection(one, other)
  }
  return 'nothing'
}

/** Visits what of a box lies outside of another one, piece by piece, until a visit finds something. */
const visitOutside = (space: Space, box: Box, other: Box, visit: (piece: Box) => Found): Found => {
  let inside = box
  for (const [dimension, cells] of other) {
    const here = inside.get(dimension) ?? everyCell(space, dimension)
    const outside = here & ~cells
    if (outside === 0n) continue
    const found = visit(new Map(inside).set(dimension, outside))
    if (found !== 'nothing') return found
    inside = new Map(inside).set(dimension, here & cells)
  }
  return 'nothing'
}

/** A search for facts within a box and outside of all others from `at` on; the steps of all its runs are counted. */
const outsideSearch = (space: Space, others: ReadonlyArray<Box>): ((box: Box, at: number) => Found) => {
  let steps = 0
  const search = (box: Box, at: number): Found => {
    steps += box.size + others.length
    if (steps > mostSteps) return 'undecided'
    if (others.some((other) => isWithin(box, other))) return 'nothing'
    const next = others.findIndex((other, i) => i >= at && meet(box, other))
    const other = others[next]
    return other === undefined ? box : visitOutside(space, box, other, (piece) => search(piece, next + 1))
  }
  return search
}

/** Facts in one of the boxes and in none of the others. */
const firstOutside = (space: Space, boxes: ReadonlyArray<Box>, others: ReadonlyArray<Box>): Found => {
  const search = outsideSearch(space, others)
  for (const box of boxes) {
    const found = search(box, 0)
    if (found !== 'nothing') return found
  }
  return 'nothing'
}

const relationOf = (both: Found, onlyFirst: Found, onlySecond: Found): ConditionRelation => {
  if ([both, onlyFirst, onlySecond].includes('undecided')) return 'undecided'
  if (onlyFirst === 'nothing' && onlySecond === 'nothing') return 'equal'
  if (both === 'nothing') return 'disjoint'
  if (onlyFirst === 'nothing') return 'implies'
  return onlySecond === 'nothing' ? 'impliedBy' : 'overlapping'
}

const compareClauses = (first: ReadonlyArray<Clause>, second: ReadonlyArray<Clause>): ConditionComparison => {
  const space = spaceOf([...first, ...second])
  const firstBoxes = boxesOf(space, first)
  const secondBoxes = boxesOf(space, second)
  const both = firstCommon(firstBoxes, secondBoxes)
  const onlyFirst = firstOutside(space, firstBoxes, secondBoxes)
  const onlySecond = firstOutside(space, secondBoxes, firstBoxes)
  const example = (found: Found): Facts | undefined => (typeof found === 'string' ? undefined : factsIn(space, found))
  const examples = { both: example(both), onlyFirst: example(onlyFirst), onlySecond: example(onlySecond) }
  const found = Object.entries(examples).filter(([, facts]) => facts !== undefined)
  return { relation: relationOf(both, onlyFirst, onlySecond), ...Object.fromEntries(found) }
}

const constantsIn = (clauses: ReadonlyArray<Clause>): number => {
  let count = 0
  for (const clause of clauses) {
    for (const { requirement } of clause) count += 'values' in requirement ? requirement.values.size : 1
  }
  return count
}

/**
 * Compares two conditions: `equal`, `implies` (whenever the first holds, so does the second), `impliedBy`, `disjoint`
 * (they never hold together) or `overlapping`. Facts may be missing, and what is unknown doesn't hold.
 *
 * Each answer has example facts that show it, and an example is absent where there can be none: a condition that
 * `implies` another has no `onlyFirst`; one that never holds, compared with itself, has no `both`. An answer other than
 * `undecided` is exact. `undecided` are conditions with more than 256 alternatives, with more than 20,000 constants
 * over all alternatives, or whose difference takes too many steps.
 *
 * @param vocabulary the vocabulary that the conditions were decoded with
 * @param first a decoded condition
 * @param second a decoded condition
 * @example
 * ```ts
 * import { compareConditions } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }] } as const
 *
 * compareConditions(vocabulary, { field: 'quantity', atLeast: 10 }, { field: 'quantity', atLeast: 5 })
 * // => { relation: 'implies', both: { quantity: 10 }, onlySecond: { quantity: 5 } }
 * ```
 */
export const compareConditions = (vocabulary: Vocabulary, first: Condition, second: Condition): ConditionComparison => {
  const expansion = { fields: fieldsByName(vocabulary), mostClauses, singleTexts: true }
  const firstClauses = clausesWhereTrue(first, expansion)
  const secondClauses = clausesWhereTrue(second, expansion)
  if (firstClauses === undefined || secondClauses === undefined) return { relation: 'undecided' }
  return constantsIn(firstClauses) + constantsIn(secondClauses) > mostConstants
    ? { relation: 'undecided' }
    : compareClauses(firstClauses, secondClauses)
}
