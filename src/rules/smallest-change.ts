// The smallest change of the facts under which a condition holds. Where a condition is true, one of its clauses is; in a
// clause each field is on its own, so that the smallest change of each of them is the smallest of all.

import { otherText, textsNamed } from './cell.ts'
import type { Condition } from './condition.ts'
import { group } from './group.ts'
import { type Clause, clausesWhereTrue, type Literal, type LiteralRequirement } from './normal-form.ts'
import { factReader, fieldsByName, truthOf } from './requirement.ts'
import type { Fact, Facts, Vocabulary, VocabularyField } from './vocabulary.ts'

/** One fact that would have to be another one. */
export interface FactChange {
  readonly field: string
  /** What was found; absent where it was missing. */
  readonly from?: Fact
  /** What it would have to be; absent where it would have to be missing. */
  readonly to?: Fact
}

/**
 * What it takes for a condition to hold: it `holds` as it is; it would with the `changes`; it `cannot`, whatever the facts
 * that may change; or the condition is too large for an exact answer (`undecided`).
 */
export type SmallestChange =
  | { readonly type: 'holds' }
  | { readonly type: 'changes'; readonly changes: ReadonlyArray<FactChange> }
  | { readonly type: 'cannot' }
  | { readonly type: 'undecided' }

/** The numbers that a field can have. */
export interface NumberRange {
  readonly field: string
  readonly least: number
  readonly most: number
}

/** Texts of which a field holds one at a time: one for another, such as the tiers of a ladder. */
export interface ExclusiveTexts {
  readonly field: string
  readonly texts: ReadonlyArray<string>
}

/** Which changes there may be. */
export interface ChangeOptions {
  /** The fields that stay as they are. Default: none. */
  readonly fixed?: ReadonlyArray<string>
  /** The fields that cannot go missing. Default: none. */
  readonly present?: ReadonlyArray<string>
  /** The bounds of numbers. Default: none. */
  readonly ranges?: ReadonlyArray<NumberRange>
  /** Sets of texts that hold one of these at a time, and lose one only for another. Default: none. */
  readonly exclusive?: ReadonlyArray<ExclusiveTexts>
}

const mostClauses = 256

/** What a change of a fact costs, where a field is to be changed at all: how far numbers and sets are apart. */
const distance = (from: Fact | undefined, to: Fact | undefined): number => {
  if (typeof to === 'number') return Math.abs(to - (typeof from === 'number' ? from : 0))
  if (!Array.isArray(to)) return 0
  const before = new Set(Array.isArray(from) ? from : [])
  const after = new Set(to)
  return [...after].filter((text) => !before.has(text)).length + [...before].filter((text) => !after.has(text)).length
}

/** The nearest numbers that requirements tell apart: their bounds, and what lies just outside of them. */
const numbersNear = (requirements: ReadonlyArray<LiteralRequirement>): ReadonlyArray<number> =>
  requirements
    .flatMap((one) => (one.kind === 'range' ? [one.least, one.most, one.least - 1, one.most + 1] : []))
    .filter((bound) => Number.isSafeInteger(bound))

const textsNear = (
  values: ReadonlyArray<string> | undefined,
  requirements: ReadonlyArray<LiteralRequirement>,
): ReadonlyArray<string> => {
  const named = textsNamed(requirements)
  return values ?? [...named, otherText(named)]
}

/** The texts that a set has to gain, or to lose. */
const textsOf = (literals: ReadonlyArray<Literal>, gained: boolean): ReadonlyArray<string> =>
  literals.flatMap(({ requirement, wanted }) =>
    requirement.kind === 'hasAny' && wanted === gained ? [...requirement.values] : [],
  )

type Groups = ReadonlyArray<ReadonlyArray<string>>

/** Which text of a group a set holds: the one that is asked for, or one that it has, or the first for one that it loses. */
const ofGroup = (
  texts: ReadonlyArray<string>,
  now: ReadonlySet<string>,
  gained: ReadonlySet<string>,
  lost: ReadonlySet<string>,
): ReadonlyArray<string> => {
  const asked = texts.filter((one) => gained.has(one))
  if (asked.length > 0) return asked
  const had = texts.filter((one) => now.has(one))
  const kept = had.filter((one) => !lost.has(one))
  const others = kept.length > 0 || had.length === 0 ? kept : texts.filter((one) => !lost.has(one))
  return others.slice(0, 1)
}

const setNear = (found: Fact | undefined, literals: ReadonlyArray<Literal>, groups: Groups): ReadonlyArray<string> => {
  const now = new Set<string>(Array.isArray(found) ? found : [])
  const [gained, lost] = [new Set(textsOf(literals, true)), new Set(textsOf(literals, false))]
  const grouped = new Set(groups.flat())
  const others = [...new Set([...now, ...gained])].filter((one) => !lost.has(one) && !grouped.has(one))
  return [...others, ...groups.flatMap((texts) => ofGroup(texts, now, gained, lost))]
}

/** What facts there can be. */
interface Limits {
  readonly fixed: ReadonlySet<string>
  readonly present: ReadonlySet<string>
  readonly ranges: ReadonlyMap<string, NumberRange>
  readonly groups: ReadonlyMap<string, Groups>
}

const limitsOf = ({ fixed = [], present = [], ranges = [], exclusive = [] }: ChangeOptions): Limits => ({
  fixed: new Set(fixed),
  present: new Set(present),
  ranges: new Map(ranges.map((range) => [range.field, range])),
  groups: group(exclusive.map(({ field, texts }) => [field, texts] as const)),
})

const countOf = (texts: ReadonlyArray<string>, fact: Fact | undefined): number =>
  Array.isArray(fact) ? texts.filter((one) => fact.includes(one)).length : 0

/** Whether there can be such a fact instead of another. */
const isPossible = (
  { name }: VocabularyField,
  now: Fact | undefined,
  fact: Fact | undefined,
  limits: Limits,
): boolean => {
  if (fact === undefined) return !limits.present.has(name)
  const range = limits.ranges.get(name)
  if (typeof fact === 'number') return range === undefined || (fact >= range.least && fact <= range.most)
  return (limits.groups.get(name) ?? []).every((texts) => {
    const count = countOf(texts, fact)
    return count === 1 || (count === 0 && countOf(texts, now) === 0)
  })
}

/** Facts of which the smallest change that meets the literals is one, if any change does. */
const candidates = (
  field: VocabularyField,
  now: Fact | undefined,
  literals: ReadonlyArray<Literal>,
  { ranges, groups }: Limits,
): ReadonlyArray<Fact | undefined> => {
  const requirements = literals.map(({ requirement }) => requirement)
  const range = ranges.get(field.name)
  switch (field.type) {
    case 'money':
    case 'integer':
      return [0, ...(range === undefined ? [] : [range.least, range.most]), ...numbersNear(requirements), undefined]
    case 'text':
      return [...textsNear(field.values, requirements), undefined]
    case 'texts':
      return [setNear(now, literals, groups.get(field.name) ?? []), undefined]
    case 'flag':
      return [true, false, undefined]
  }
}

interface Change {
  readonly changes: ReadonlyArray<FactChange>
  readonly distance: number
}

const changeOf = (field: string, from: Fact | undefined, to: Fact | undefined): FactChange => ({
  field,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

/** The smallest change of one field that meets literals; `undefined`: none does. */
const changeOfField = (
  field: VocabularyField,
  literals: ReadonlyArray<Literal>,
  facts: Facts,
  limits: Limits,
): Change | undefined => {
  const now = factReader(field)(facts)
  const tests = literals.map(({ requirement, wanted }) => ({
    truth: truthOf(requirement),
    sought: wanted ? 'true' : 'false',
  }))
  const meets = (fact: Fact | undefined): boolean => tests.every(({ truth, sought }) => truth(fact) === sought)
  if (meets(now)) return { changes: [], distance: 0 }
  if (limits.fixed.has(field.name)) return undefined
  const met = candidates(field, now, literals, limits)
    .filter((fact) => isPossible(field, now, fact, limits) && meets(fact))
    .map((fact) => ({ changes: [changeOf(field.name, now, fact)], distance: distance(now, fact) }))
  return smallestOf(met)
}

const isSmaller = (one: Change, other: Change): boolean =>
  one.changes.length === other.changes.length
    ? one.distance < other.distance
    : one.changes.length < other.changes.length

/** The first of the smallest. */
const smallestOf = (changes: ReadonlyArray<Change>): Change | undefined => {
  let smallest: Change | undefined
  for (const one of changes) if (smallest === undefined || isSmaller(one, smallest)) smallest = one
  return smallest
}

const changeForClause = (clause: Clause, facts: Facts, limits: Limits): ReadonlyArray<Change> => {
  const changes: Array<FactChange> = []
  let sum = 0
  for (const [field, literals] of group(clause.map((literal) => [literal.field, literal] as const))) {
    const change = changeOfField(field, literals, facts, limits)
    if (change === undefined) return []
    changes.push(...change.changes)
    sum += change.distance
  }
  return [{ changes, distance: sum }]
}

/**
 * The smallest change of the facts under which a condition holds: the fewest facts changed, and of as few the smallest
 * amount; the first in the condition, where several are as small. The amount is how far numbers are apart, in minor units
 * or units, and how many texts a set gains and loses; a missing number counts as 0 and a missing set as empty, and other
 * facts cost nothing besides being changed. It is exact up to 256 alternatives.
 *
 * @param vocabulary the vocabulary that the condition was decoded with
 * @param condition a decoded condition
 * @param facts what is known, by field name: own properties, amounts in minor units
 * @param options fields that cannot change or go missing, bounds of numbers, texts of which there is one at a time
 * @example
 * ```ts
 * import { smallestChange } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }, { name: 'newsletter', type: 'flag' }] } as const
 * const condition = { any: [{ field: 'quantity', atLeast: 3 }, { field: 'quantity', lessThan: 1 }] }
 *
 * smallestChange(vocabulary, condition, { quantity: 2 })
 * // => { type: 'changes', changes: [{ field: 'quantity', from: 2, to: 3 }] }
 * smallestChange(vocabulary, condition, { quantity: 2 }, { fixed: ['quantity'] }) // => { type: 'cannot' }
 * ```
 */
export const smallestChange = (
  vocabulary: Vocabulary,
  condition: Condition,
  facts: Facts,
  options: ChangeOptions = {},
): SmallestChange => {
  const clauses = clausesWhereTrue(condition, { fields: fieldsByName(vocabulary), mostClauses, singleTexts: true })
  if (clauses === undefined) return { type: 'undecided' }
  const limits = limitsOf(options)
  const smallest = smallestOf(clauses.flatMap((clause) => changeForClause(clause, facts, limits)))
  if (smallest === undefined) return { type: 'cannot' }
  return smallest.changes.length === 0 ? { type: 'holds' } : { type: 'changes', changes: smallest.changes }
}
