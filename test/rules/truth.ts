// The slow and obvious reading of conditions, against which the fast ones are held: truth as 0, ½ and 1.
import type {
  Condition,
  ConditionTest,
  Fact,
  Facts,
  Truth,
  Vocabulary,
  VocabularyField,
} from '../../src/rules/index.ts'

const numberMeets = (test: ConditionTest, fact: number): boolean => {
  if ('equals' in test) return fact === test.equals
  const bounds = test as unknown as { readonly [operator: string]: number }
  const { atLeast = -Infinity, moreThan = -Infinity, atMost = Infinity, lessThan = Infinity } = bounds
  return fact >= atLeast && fact > moreThan && fact <= atMost && fact < lessThan
}

const textsMeet = (test: ConditionTest, fact: ReadonlyArray<string>): boolean => {
  if ('hasAny' in test) return test.hasAny.some((text) => fact.includes(text))
  if ('hasAll' in test) return test.hasAll.every((text) => fact.includes(text))
  return 'hasNone' in test && !test.hasNone.some((text) => fact.includes(text))
}

const textMeets = (test: ConditionTest, fact: string): boolean => {
  if ('is' in test) return fact === test.is
  if ('isNot' in test) return fact !== test.isNot
  if ('in' in test) return test.in.includes(fact)
  return 'notIn' in test && !test.notIn.includes(fact)
}

const meets = (test: ConditionTest, fact: Fact): boolean => {
  if (typeof fact === 'number') return numberMeets(test, fact)
  if (typeof fact === 'string') return textMeets(test, fact)
  return typeof fact === 'boolean' ? 'is' in test && fact === test.is : textsMeet(test, fact)
}

const valuesOf = (field: VocabularyField): ReadonlyArray<string> | undefined =>
  'values' in field ? field.values : undefined

const isFact = (field: VocabularyField, fact: unknown): fact is Fact => {
  const kinds = {
    money: Number.isSafeInteger(fact),
    integer: Number.isSafeInteger(fact),
    text: typeof fact === 'string' && (valuesOf(field) ?? [fact]).includes(fact),
    texts: Array.isArray(fact),
    flag: typeof fact === 'boolean',
  }
  return kinds[field.type]
}

const factOf = (vocabulary: Vocabulary, name: string, facts: Facts): Fact | undefined => {
  const field = vocabulary.fields.find((one) => one.name === name)
  const fact: unknown = Object.getOwnPropertyDescriptor(facts, name)?.value
  return field !== undefined && isFact(field, fact) ? fact : undefined
}

const degree = (vocabulary: Vocabulary, condition: Condition, facts: Facts): number => {
  if ('all' in condition) return Math.min(1, ...condition.all.map((part) => degree(vocabulary, part, facts)))
  if ('any' in condition) return Math.max(0, ...condition.any.map((part) => degree(vocabulary, part, facts)))
  if ('not' in condition) return 1 - degree(vocabulary, condition.not, facts)
  const fact = factOf(vocabulary, condition.field, facts)
  if ('present' in condition) return Number((fact !== undefined) === condition.present)
  return fact === undefined ? 0.5 : Number(meets(condition, fact))
}

/** What a condition comes to, read slowly. */
export const slowTruth = (vocabulary: Vocabulary, condition: Condition, facts: Facts): Truth => {
  const found = degree(vocabulary, condition, facts)
  return found === 0.5 ? 'unknown' : found === 1 ? 'true' : 'false'
}
