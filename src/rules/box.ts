// Sets of facts as boxes. Each field is a dimension; a field that holds texts is one dimension for whether it is there,
// and one for each text that is named. A dimension is cut into cells that no requirement at hand tells apart, and a set
// of cells is a bigint.
import { cutsOf, integersByCell, otherText, textsNamed } from './cell.ts'
import { group } from './group.ts'
import type { Clause, Literal, LiteralRequirement } from './normal-form.ts'
import { truthOf } from './requirement.ts'
import type { Fact, Facts, VocabularyField } from './vocabulary.ts'

/** The cells of each dimension that matters, by number; others are unconstrained. No set of cells is empty. */
export type Box = ReadonlyMap<number, bigint>

interface Dimension {
  /** a fact of each cell; of a text's dimension, the first is without it and the second with it */
  readonly facts: ReadonlyArray<Fact | undefined>
}

/** The dimensions that some clauses speak about. */
export interface Space {
  readonly dimensions: ReadonlyArray<Dimension>
  /** the dimension of each field; of one that holds texts, the one for whether it is there */
  readonly numbers: ReadonlyMap<VocabularyField, number>
  readonly textNumbers: ReadonlyMap<VocabularyField, ReadonlyMap<string, number>>
}

const integersOf = (requirements: ReadonlyArray<LiteralRequirement>): ReadonlyArray<Fact> =>
  integersByCell(cutsOf(requirements))

/** The texts that are named, and one that isn't, if the field can hold such a one. */
const textsOf = (
  requirements: ReadonlyArray<LiteralRequirement>,
  values: ReadonlyArray<string> | undefined,
): ReadonlyArray<Fact> => {
  const named = textsNamed(requirements)
  if (values === undefined) return [...named, otherText(named)]
  const unnamed = values.find((value) => !named.has(value))
  return [...values.filter((value) => named.has(value)), ...(unnamed === undefined ? [] : [unnamed])]
}

const factsOf = (field: VocabularyField, requirements: ReadonlyArray<LiteralRequirement>): ReadonlyArray<Fact> => {
  switch (field.type) {
    case 'money':
    case 'integer':
      return integersOf(requirements)
    case 'text':
      return textsOf(requirements, field.values)
    case 'texts':
      return [[]]
    case 'flag':
      return [true, false]
  }
}

/** The space in which the boxes of these clauses lie. */
export const spaceOf = (clauses: ReadonlyArray<Clause>): Space => {
  const dimensions: Array<Dimension> = []
  const numbers = new Map<VocabularyField, number>()
  const textNumbers = new Map<VocabularyField, Map<string, number>>()
  const literals = new Set(clauses.flat())
  for (const [field, requirements] of group([...literals].map((l) => [l.field, l.requirement] as const))) {
    numbers.set(field, dimensions.length)
    dimensions.push({ facts: [...factsOf(field, requirements), undefined] })
    if (field.type !== 'texts') continue
    const byText = new Map<string, number>()
    for (const text of textsNamed(requirements)) {
      byText.set(text, dimensions.length)
      dimensions.push({ facts: [[], [text]] })
    }
    textNumbers.set(field, byText)
  }
  return { dimensions, numbers, textNumbers }
}

/** Every cell of a dimension. */
export const everyCell = (space: Space, dimension: number): bigint =>
  (1n << BigInt(space.dimensions[dimension]?.facts.length ?? 0)) - 1n

const firstCell = 1n
const secondCell = 2n

const cellsWhere = (facts: ReadonlyArray<Fact | undefined>, holds: (fact: Fact | undefined) => boolean): bigint => {
  const digits = facts.map((fact) => (holds(fact) ? '1' : '0'))
  return BigInt(`0b${digits.reverse().join('')}`)
}

type Constraint = readonly [dimension: number, cells: bigint]

const constraintsOf = (space: Space, { field, requirement, wanted }: Literal): ReadonlyArray<Constraint> => {
  const number = space.numbers.get(field) ?? 0
  if (requirement.kind !== 'hasAny') {
    const truth = truthOf(requirement)
    const sought = wanted ? 'true' : 'false'
    return [[number, cellsWhere(space.dimensions[number]?.facts ?? [], (fact) => truth(fact) === sought)]]
  }
  const byText = space.textNumbers.get(field)
  const cells = wanted ? secondCell : firstCell
  return [[number, firstCell], ...[...requirement.values].map((text): Constraint => [byText?.get(text) ?? 0, cells])]
}

/** The box of the facts under which all constraints hold, if there are any. */
const boxOf = (space: Space, constraints: ReadonlyArray<Constraint>): Box | undefined => {
  const box = new Map<number, bigint>()
  for (const [dimension, cells] of constraints) {
    const common = (box.get(dimension) ?? everyCell(space, dimension)) & cells
    if (common === 0n) return undefined
    box.set(dimension, common)
  }
  return box
}

/** The boxes of clauses whose literals on texts are about a single text where they want it. */
export const boxesOf = (space: Space, clauses: ReadonlyArray<Clause>): ReadonlyArray<Box> => {
  const known = new Map<Literal, ReadonlyArray<Constraint>>()
  const constraints = (literal: Literal): ReadonlyArray<Constraint> => {
    const found = known.get(literal) ?? constraintsOf(space, literal)
    known.set(literal, found)
    return found
  }
  return clauses.flatMap((clause) => boxOf(space, clause.flatMap(constraints)) ?? [])
}

const bySize = (one: Box, other: Box): readonly [smaller: Box, larger: Box] =>
  one.size < other.size ? [one, other] : [other, one]

/** Whether two boxes have facts in common. */
export const meet = (one: Box, other: Box): boolean => {
  const [smaller, larger] = bySize(one, other)
  for (const [dimension, cells] of smaller) {
    const there = larger.get(dimension)
    if (there !== undefined && (there & cells) === 0n) return false
  }
  return true
}

/** Whether a box is known to lie within another one. */
export const isWithin = (box: Box, other: Box): boolean => {
  for (const [dimension, cells] of other) {
    const here = box.get(dimension)
    if (here === undefined || (here & ~cells) !== 0n) return false
  }
  return true
}

/** What two boxes that meet have in common. */
export const intersection = (one: Box, other: Box): Box => {
  const [smaller, larger] = bySize(one, other)
  const common = new Map(larger)
  for (const [dimension, cells] of smaller) common.set(dimension, (larger.get(dimension) ?? cells) & cells)
  return common
}

const lowestBit = (cells: bigint): number => (cells & -cells).toString(2).length - 1

const textsIn = (box: Box, number: number, byText: ReadonlyMap<string, number>): ReadonlyArray<string> | undefined => {
  const speaksOfField = box.has(number) || [...byText.values()].some((dimension) => box.has(dimension))
  if (!speaksOfField || box.get(number) === secondCell) return undefined
  return [...byText].flatMap(([text, dimension]) => (box.get(dimension) === secondCell ? [text] : []))
}

const factIn = (space: Space, box: Box, field: VocabularyField, number: number): Fact | undefined => {
  const byText = space.textNumbers.get(field)
  if (byText !== undefined) return textsIn(box, number, byText)
  const cells = box.get(number)
  return cells === undefined ? undefined : space.dimensions[number]?.facts[lowestBit(cells)]
}

/** Facts that lie in a box; a field that the box leaves open is missing. */
export const factsIn = (space: Space, box: Box): Facts => {
  const facts = [...space.numbers].map(([field, number]) => [field.name, factIn(space, box, field, number)] as const)
  return Object.fromEntries(facts.filter(([, fact]) => fact !== undefined))
}
