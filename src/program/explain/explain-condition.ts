/** Why a condition does not hold, as phrases. */
import type { ConditionExplanation, ConditionTest, TestExplanation } from '../../rules/index.ts'
import { list, type Phrase, type PhraseValue, phrase, text, word } from './phrase.ts'
import type { Words } from './words.ts'

/** So many ways in which a rule could have matched are named. */
const MOST_REASONS = 5

const operators = [
  'is',
  'isNot',
  'in',
  'notIn',
  'hasAny',
  'hasAll',
  'hasNone',
  'atLeast',
  'moreThan',
  'atMost',
  'lessThan',
] as const

/** Fields of ours whose values are words. */
const fieldsOfWords: ReadonlySet<string> = new Set(['weekday', 'occasions'])

/** The value of a fact. */
export const factValue = (words: Words, field: string, value: unknown): PhraseValue => {
  if (Array.isArray(value)) {
    const items = value.map((item) => factValue(words, field, item))
    return items.length === 0 ? phrase('value.nothing', {}) : list('comma', items)
  }
  if (typeof value === 'number') return words.fieldValue(field, value)
  return typeof value === 'boolean' || fieldsOfWords.has(field) ? word(String(value)) : text(String(value))
}

/** What a test asks for: as a requirement, or as something that is so. */
const requiredOf = (words: Words, test: ConditionTest, voice: 'needs' | 'fact') => {
  if ('present' in test) return phrase(test.present ? `${voice}.present` : `${voice}.absent`, {})
  const asked: { readonly [operator: string]: unknown } =
    'equals' in test ? { is: test.equals } : (test as object as { readonly [operator: string]: unknown })
  const parts = operators.flatMap((operator) =>
    Object.hasOwn(asked, operator)
      ? [phrase(`${voice}.${operator}`, { value: factValue(words, test.field, asked[operator]) })]
      : [],
  )
  return list('and', parts)
}

const foundOf = (words: Words, { field, found }: TestExplanation): Phrase => {
  if (found === undefined) return phrase('found.unknown', {})
  return Array.isArray(found) && found.length === 0
    ? phrase('found.nothing', {})
    : phrase('found.value', { value: factValue(words, field, found) })
}

/** A test that failed, or one that holds where a condition asks that it does not. */
const testPhrase = (words: Words, test: TestExplanation): Phrase => {
  const isHeld = test.truth === 'true'
  const required = requiredOf(words, test.required, isHeld ? 'fact' : 'needs')
  const values = { field: word(test.field), required, found: foundOf(words, test) }
  return phrase(isHeld ? 'reason.excludes' : 'reason.needs', values)
}

/** Why a condition came to what it came to: one of several reasons where one is enough, and otherwise every way out. */
export const failureReasons = (words: Words, explanation: ConditionExplanation): ReadonlyArray<Phrase> => {
  const { type, truth } = explanation
  if (type === 'test') return [testPhrase(words, explanation)]
  if (type === 'not') return failureReasons(words, explanation.part)
  const parts = explanation.parts.filter((part) => part.truth === truth)
  const isOneEnough = (type === 'any') === (truth === 'true')
  return parts.slice(0, isOneEnough ? 1 : MOST_REASONS).flatMap((part) => failureReasons(words, part))
}
