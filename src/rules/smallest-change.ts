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

/** Which changes there may be. */
export interface ChangeOptions {
  /** The fields that stay as they are. Default: none. */
  readonly fixed?: ReadonlyArray<string>
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

const setNear = (now: Fact | undefined, literals: ReadonlyArray<Literal>): ReadonlyArray<string> => {
  const set = new Set<string>(Array.isArray(now) ? now : [])
  for (const { requirement, wanted } of literals) {
    if (requirement.kind !== 'hasAny') continue
    for (const one of requirement.values) {
      if (wanted) set.add(one)
      else set.delete(one)
    }
  }
  return [...set]
}

/** Facts of which the smallest change that meets the literals is one, if any change does. */
const candidates = (
  field: VocabularyField,
  now: Fact | undefined,
  literals: ReadonlyArray<Literal>,
): ReadonlyArray<Fact | undefined> => {
  const requirements = literals.map(({ requirement }) => requirement)
  switch (field.type) {
    case 'money':
    case 'integer':
      return [0, ...numbersNear(requirements), undefined]
    case 'text':
      return [...textsNear(field.values, requirements), undefined]
    case 'texts':
      return [setNear(now, literals), undefined]
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
  fixed: ReadonlySet<string>,
): Change | undefined => {
  const now = factReader(field)(facts)
  const tests = literals.map(({ requirement, wanted }) => ({
    truth: truthOf(requirement),
    sought: wanted ? 'true' : 'false',
  }))
  const meets = (fact: Fact | undefined): boolean => tests.every(({ truth, sought }) => truth(fact) === sought)
  if (meets(now)) return { changes: [], distance: 0 }
  if (fixed.has(field.name)) return undefined
  const met = candidates(field, now, literals)
    .filter(meets)
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

const changeForClause = (clause: Clause, facts: Facts, fixed: ReadonlySet<string>): ReadonlyArray<Change> => {
  const changes: Array<FactChange> = []
  let sum = 0
  for (const [field, literals] of group(clause.map((literal) => [literal.field, literal] as const))) {
    const change = changeOfField(field, literals, facts, fixed)
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
 * @param options fields that cannot change
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
  { fixed = [] }: ChangeOptions = {},
): SmallestChange => {
  const clauses = clausesWhereTrue(condition, { fields: fieldsByName(vocabulary), mostClauses, singleTexts: true })
  if (clauses === undefined) return { type: 'undecided' }
  const kept = new Set(fixed)
  const smallest = smallestOf(clauses.flatMap((clause) => changeForClause(clause, facts, kept)))
  if (smallest === undefined) return { type: 'cannot' }
  return smallest.changes.length === 0 ? { type: 'holds' } : { type: 'changes', changes: smallest.changes }
}
