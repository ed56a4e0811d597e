// What a test asks of one fact, reduced to the few forms that evaluation, indexing and comparison work on.
import type { ConditionTest, Truth } from './condition.ts'
import type { Fact, Facts, Vocabulary, VocabularyField } from './vocabulary.ts'

/** `never` is a test that doesn't fit its field, as when a condition meets a vocabulary it wasn't decoded with. */
export type Requirement =
  | { readonly kind: 'presence'; readonly present: boolean }
  | { readonly kind: 'range'; readonly least: number; readonly most: number }
  | { readonly kind: 'text'; readonly values: ReadonlySet<string>; readonly inside: boolean }
  | { readonly kind: 'hasAny' | 'hasAll' | 'hasNone'; readonly values: ReadonlySet<string> }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'never' }

interface Operators {
  readonly field: string
  readonly present?: boolean
  readonly equals?: number
  readonly atLeast?: number
  readonly moreThan?: number
  readonly atMost?: number
  readonly lessThan?: number
  readonly is?: string | boolean
  readonly isNot?: string
  readonly in?: ReadonlyArray<string>
  readonly notIn?: ReadonlyArray<string>
  readonly hasAny?: ReadonlyArray<string>
  readonly hasAll?: ReadonlyArray<string>
  readonly hasNone?: ReadonlyArray<string>
}

const never: Requirement = { kind: 'never' }

/** Every number is an integer, so that "more than 5" is "at least 6". */
const rangeOf = ({ equals, atLeast, moreThan, atMost, lessThan }: Operators): Requirement => {
  const lower = [equals, atLeast, moreThan === undefined ? undefined : Math.floor(moreThan) + 1].filter(
    (n) => n !== undefined,
  )
  const upper = [equals, atMost, lessThan === undefined ? undefined : Math.ceil(lessThan) - 1].filter(
    (n) => n !== undefined,
  )
  return lower.length + upper.length === 0
    ? never
    : { kind: 'range', least: Math.max(-Infinity, ...lower), most: Math.min(Infinity, ...upper) }
}

const textOf = (operators: Operators): Requirement => {
  if (typeof operators.is === 'string') return { kind: 'text', values: new Set([operators.is]), inside: true }
  if (operators.isNot !== undefined) return { kind: 'text', values: new Set([operators.isNot]), inside: false }
  if (operators.in !== undefined) return { kind: 'text', values: new Set(operators.in), inside: true }
  if (operators.notIn !== undefined) return { kind: 'text', values: new Set(operators.notIn), inside: false }
  return never
}

const textsOf = ({ hasAny, hasAll, hasNone }: Operators): Requirement => {
  if (hasAny !== undefined) return { kind: 'hasAny', values: new Set(hasAny) }
  if (hasAll !== undefined) return { kind: 'hasAll', values: new Set(hasAll) }
  if (hasNone !== undefined) return { kind: 'hasNone', values: new Set(hasNone) }
  return never
}

const flagOf = ({ is }: Operators): Requirement => (typeof is === 'boolean' ? { kind: 'flag', value: is } : never)

export const requirementOf = (field: VocabularyField | undefined, test: ConditionTest): Requirement => {
  const operators: Operators = test
  if (field === undefined) return never
  if (operators.present !== undefined) return { kind: 'presence', present: operators.present }
  switch (field.type) {
    case 'money':
    case 'integer':
      return rangeOf(operators)
    case 'text':
      return textOf(operators)
    case 'texts':
      return textsOf(operators)
    case 'flag':
      return flagOf(operators)
  }
}

const hasSome = (texts: ReadonlyArray<string>, values: ReadonlySet<string>): boolean =>
  texts.some((text) => values.has(text))

const hasEvery = (texts: ReadonlyArray<string>, values: ReadonlySet<string>): boolean => {
  for (const value of values) if (!texts.includes(value)) return false
  return true
}

type ValueRequirement = Exclude<Requirement, { readonly kind: 'presence' | 'never' }>

/** Whether a fact that is a value of the field meets the requirement. */
const predicateOf = (requirement: ValueRequirement): ((fact: Fact) => boolean) => {
  switch (requirement.kind) {
    case 'range': {
      const { least, most } = requirement
      return (fact) => typeof fact === 'number' && fact >= least && fact <= most
    }
    case 'text': {
      const { values, inside } = requirement
      return (fact) => typeof fact === 'string' && values.has(fact) === inside
    }
    case 'hasAny':
      return (fact) => typeof fact === 'object' && hasSome(fact, requirement.values)
    case 'hasAll':
      return (fact) => typeof fact === 'object' && hasEvery(fact, requirement.values)
    case 'hasNone':
      return (fact) => typeof fact === 'object' && !hasSome(fact, requirement.values)
    case 'flag':
      return (fact) => fact === requirement.value
  }
}

/** What a requirement comes to for a fact that {@link factReader} has read. */
export const truthOf = (requirement: Requirement): ((fact: Fact | undefined) => Truth) => {
  if (requirement.kind === 'never') return () => 'unknown'
  if (requirement.kind === 'presence') {
    return (fact) => ((fact !== undefined) === requirement.present ? 'true' : 'false')
  }
  const meets = predicateOf(requirement)
  return (fact) => (fact === undefined ? 'unknown' : meets(fact) ? 'true' : 'false')
}

const isTexts = (fact: Fact | undefined): boolean => {
  if (!Array.isArray(fact)) return false
  for (let i = 0; i < fact.length; i++) if (typeof fact[i] !== 'string') return false
  return true
}

const isValueOf = (field: VocabularyField): ((fact: Fact | undefined) => boolean) => {
  switch (field.type) {
    case 'money':
    case 'integer':
      return (fact) => Number.isSafeInteger(fact)
    case 'text': {
      if (field.values === undefined) return (fact) => typeof fact === 'string'
      const values: ReadonlySet<Fact | undefined> = new Set(field.values)
      return (fact) => values.has(fact)
    }
    case 'texts':
      return isTexts
    case 'flag':
      return (fact) => typeof fact === 'boolean'
  }
}

/**
 * Prepares to read the fact of a field: an own property that is a value of the field, otherwise nothing.
 *
 * @param field the field; without one nothing is read
 * @example
 * ```ts
 * import { factReader } from 'treue'
 *
 * const stars = factReader({ name: 'stars', type: 'integer' })
 * stars({ stars: 4 }) // => 4
 * stars({ stars: 'four' }) // => undefined
 * ```
 */
export const factReader = (field: VocabularyField | undefined): ((facts: Facts) => Fact | undefined) => {
  if (field === undefined) return () => undefined
  const { name } = field
  const accepts = isValueOf(field)
  return (facts) => {
    if (!Object.hasOwn(facts, name)) return undefined
    const fact = facts[name]
    return accepts(fact) ? fact : undefined
  }
}

export const fieldsByName = (vocabulary: Vocabulary): ReadonlyMap<string, VocabularyField> =>
  new Map(vocabulary.fields.map((field) => [field.name, field]))
