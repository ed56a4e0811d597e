// Why a condition came to what it came to, as data.
import { type Condition, type ConditionTest, isAllOf, isAnyOf, isNotOf, type Truth } from './condition.ts'
import { factReader, fieldsByName, requirementOf, truthOf } from './requirement.ts'
import type { Fact, Facts, Vocabulary, VocabularyField } from './vocabulary.ts'

/** What `all` or `any` came to, with every part. */
export interface JoinExplanation {
  readonly type: 'all' | 'any'
  readonly truth: Truth
  readonly parts: ReadonlyArray<ConditionExplanation>
}

/** What `not` came to, with its part. */
export interface NotExplanation {
  readonly type: 'not'
  readonly truth: Truth
  readonly part: ConditionExplanation
}

/** What a test came to: what it required, and the fact that was found, which is absent when it was missing. */
export interface TestExplanation {
  readonly type: 'test'
  readonly truth: Truth
  readonly field: string
  readonly required: ConditionTest
  readonly found?: Fact
}

/** What a condition came to and why: a tree of the same shape as the condition. */
export type ConditionExplanation = JoinExplanation | NotExplanation | TestExplanation

type Fields = ReadonlyMap<string, VocabularyField>

const join = (parts: ReadonlyArray<ConditionExplanation>, settled: Truth, otherwise: Truth): Truth => {
  if (parts.some((part) => part.truth === settled)) return settled
  return parts.some((part) => part.truth === 'unknown') ? 'unknown' : otherwise
}

const negation = (truth: Truth): Truth => (truth === 'unknown' ? truth : truth === 'true' ? 'false' : 'true')

type Explainer = (facts: Facts) => ConditionExplanation

const testExplainer = (fields: Fields, required: ConditionTest): Explainer => {
  const field = fields.get(required.field)
  const read = factReader(field)
  const truth = truthOf(requirementOf(field, required))
  return (facts) => {
    const found = read(facts)
    const explanation: TestExplanation = { type: 'test', truth: truth(found), field: required.field, required }
    return found === undefined
      ? explanation
      : { type: 'test', truth: explanation.truth, field: required.field, required, found }
  }
}

const joinExplainer = (type: 'all' | 'any', parts: ReadonlyArray<Explainer>): Explainer => {
  const [settled, otherwise]: readonly [Truth, Truth] = type === 'all' ? ['false', 'true'] : ['true', 'false']
  return (facts) => {
    const explained = parts.map((part) => part(facts))
    return { type, truth: join(explained, settled, otherwise), parts: explained }
  }
}

const explainerOf = (fields: Fields, condition: Condition): Explainer => {
  const of = (part: Condition): Explainer => explainerOf(fields, part)
  if (isAllOf(condition)) return joinExplainer('all', condition.all.map(of))
  if (isAnyOf(condition)) return joinExplainer('any', condition.any.map(of))
  if (!isNotOf(condition)) return testExplainer(fields, condition)
  const negated = of(condition.not)
  return (facts) => {
    const part = negated(facts)
    return { type: 'not', truth: negation(part.truth), part }
  }
}

/**
 * Prepares the explanation of a condition, to be given for many facts.
 *
 * @param vocabulary the vocabulary that the condition was decoded with
 * @param condition a decoded condition
 * @returns a function of what is known, by field name: own properties, amounts in minor units
 * @example
 * ```ts
 * import { compileExplanation } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }] } as const
 * const explain = compileExplanation(vocabulary, { field: 'quantity', atLeast: 3 })
 *
 * explain({ quantity: 2 }).truth // => 'false'
 * explain({ quantity: 3 }).truth // => 'true'
 * ```
 */
export const compileExplanation = (
  vocabulary: Vocabulary,
  condition: Condition,
): ((facts: Facts) => ConditionExplanation) => explainerOf(fieldsByName(vocabulary), condition)

/**
 * Explains what a condition comes to: every part with its truth, every test with what it required and what was found.
 *
 * @param vocabulary the vocabulary that the condition was decoded with
 * @param condition a decoded condition
 * @param facts what is known, by field name: own properties, amounts in minor units
 * @example
 * ```ts
 * import { explainCondition } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }] } as const
 *
 * explainCondition(vocabulary, { field: 'quantity', atLeast: 3 }, { quantity: 2 })
 * // => { type: 'test', truth: 'false', field: 'quantity', required: { field: 'quantity', atLeast: 3 }, found: 2 }
 * ```
 */
export const explainCondition = (vocabulary: Vocabulary, condition: Condition, facts: Facts): ConditionExplanation =>
  compileExplanation(vocabulary, condition)(facts)

/**
 * The tests that decide what a condition came to: for an `all` that failed the tests that failed it, for an `any` that
 * holds the tests that make it hold, and so on down. The first of them is the first thing to tell a person.
 *
 * @param explanation what `explainCondition` returned
 * @example
 * ```ts
 * import { decidingTests, explainCondition } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }, { name: 'newsletter', type: 'flag' }] } as const
 * const condition = { all: [{ field: 'quantity', atLeast: 3 }, { field: 'newsletter', is: true }] }
 *
 * decidingTests(explainCondition(vocabulary, condition, { quantity: 3, newsletter: false })).map((test) => test.field)
 * // => ['newsletter']
 * ```
 */
export const decidingTests = (explanation: ConditionExplanation): ReadonlyArray<TestExplanation> => {
  if (explanation.type === 'test') return [explanation]
  if (explanation.type === 'not') return decidingTests(explanation.part)
  const { truth } = explanation
  return explanation.parts.filter((part) => part.truth === truth).flatMap(decidingTests)
}
