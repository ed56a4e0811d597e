// One condition as a function of facts, built once.
import { type Condition, type ConditionTest, isAllOf, isAnyOf, isNotOf, type Truth } from './condition.ts'
import { factReader, fieldsByName, requirementOf, truthOf } from './requirement.ts'
import type { Facts, Vocabulary, VocabularyField } from './vocabulary.ts'

/** A condition that is ready to be asked; it holds functions, so it is no data to store. */
export interface CompiledCondition {
  /** What the condition comes to for some facts. */
  readonly truth: (facts: Facts) => Truth
}

type FactsToTruth = CompiledCondition['truth']

/** `all` is settled by its first false part, `any` by its first true one; otherwise one unknown part makes it unknown. */
const joined = (parts: ReadonlyArray<FactsToTruth>, settled: Truth, otherwise: Truth): FactsToTruth => {
  return (facts) => {
    let result = otherwise
    for (const part of parts) {
      const truth = part(facts)
      if (truth === settled) return settled
      if (truth === 'unknown') result = 'unknown'
    }
    return result
  }
}

const negation: Readonly<Record<Truth, Truth>> = { true: 'false', false: 'true', unknown: 'unknown' }

const compileTest = (fields: ReadonlyMap<string, VocabularyField>, test: ConditionTest): FactsToTruth => {
  const field = fields.get(test.field)
  const read = factReader(field)
  const truth = truthOf(requirementOf(field, test))
  return (facts) => truth(read(facts))
}

const compilePart = (fields: ReadonlyMap<string, VocabularyField>, condition: Condition): FactsToTruth => {
  const compileOne = (part: Condition): FactsToTruth => compilePart(fields, part)
  if (isAllOf(condition)) return joined(condition.all.map(compileOne), 'false', 'true')
  if (isAnyOf(condition)) return joined(condition.any.map(compileOne), 'true', 'false')
  if (isNotOf(condition)) {
    const part = compileOne(condition.not)
    return (facts) => negation[part(facts)]
  }
  return compileTest(fields, condition)
}

/**
 * Prepares a condition to be asked many times.
 *
 * @param vocabulary the vocabulary that the condition was decoded with
 * @param condition a decoded condition
 * @example
 * ```ts
 * import { compileCondition, holds, conditionTruth, unwrap, decodeCondition } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }] } as const
 * const condition = unwrap(decodeCondition(vocabulary, { field: 'quantity', atLeast: 3 }))
 * const compiled = compileCondition(vocabulary, condition)
 *
 * holds(compiled, { quantity: 3 }) // => true
 * conditionTruth(compiled, {}) // => 'unknown'
 * ```
 */
export const compileCondition = (vocabulary: Vocabulary, condition: Condition): CompiledCondition => ({
  truth: compilePart(fieldsByName(vocabulary), condition),
})

/**
 * What a condition comes to, in three values: a missing fact makes a test unknown.
 *
 * @param compiled a compiled condition
 * @param facts what is known, by field name: own properties, amounts in minor units
 * @example
 * ```ts
 * import { compileCondition, conditionTruth } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'newsletter', type: 'flag' }] } as const
 * const compiled = compileCondition(vocabulary, { not: { field: 'newsletter', is: true } })
 *
 * conditionTruth(compiled, { newsletter: false }) // => 'true'
 * conditionTruth(compiled, {}) // => 'unknown'
 * ```
 */
export const conditionTruth = (compiled: CompiledCondition, facts: Facts): Truth => compiled.truth(facts)

/**
 * Whether a condition is known to be true; what is unknown doesn't hold.
 *
 * @param compiled a compiled condition
 * @param facts what is known, by field name: own properties, amounts in minor units
 * @example
 * ```ts
 * import { compileCondition, holds } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'weekday', type: 'text' }] } as const
 * const compiled = compileCondition(vocabulary, { field: 'weekday', in: ['saturday', 'sunday'] })
 *
 * holds(compiled, { weekday: 'sunday' }) // => true
 * holds(compiled, {}) // => false
 * ```
 */
export const holds = (compiled: CompiledCondition, facts: Facts): boolean => compiled.truth(facts) === 'true'
