import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  compileCondition,
  conditionTruth,
  type Facts,
  holds,
  type Truth,
  type Vocabulary,
} from '../../src/rules/index.ts'
import { conditionsOn, factsOn, mixedVocabulary } from '../arbitraries/rules.ts'
import { slowTruth } from './truth.ts'

const truth = (condition: Condition, facts: Facts, vocabulary: Vocabulary = mixedVocabulary): Truth =>
  conditionTruth(compileCondition(vocabulary, condition), facts)

test('a compiled condition comes to what reading it slowly comes to', () => {
  fc.assert(
    fc.property(conditionsOn(mixedVocabulary), factsOn(mixedVocabulary), (condition, facts) => {
      const slow = slowTruth(mixedVocabulary, condition, facts)
      expect(truth(condition, facts)).toBe(slow)
      expect(holds(compileCondition(mixedVocabulary, condition), facts)).toBe(slow === 'true')
    }),
  )
})

describe('what is missing is unknown', () => {
  const unknown: Condition = { field: 'city', is: 'tea' }
  const no: Condition = { field: 'city', present: true }
  const yes: Condition = { field: 'city', present: false }

  test.each<[Condition, Truth]>([
    [unknown, 'unknown'],
    [{ field: 'city', isNot: 'tea' }, 'unknown'],
    [{ field: 'categories', hasNone: ['tea'] }, 'unknown'],
    [yes, 'true'],
    [no, 'false'],
    [{ not: unknown }, 'unknown'],
    [{ all: [unknown, no] }, 'false'],
    [{ all: [unknown, yes] }, 'unknown'],
    [{ any: [unknown, yes] }, 'true'],
    [{ any: [unknown, no] }, 'unknown'],
    [{ all: [] }, 'true'],
    [{ any: [] }, 'false'],
  ])('%j', (condition, expected) => {
    expect(truth(condition, {})).toBe(expected)
  })

  test('a fact that is no value of its field is missing', () => {
    expect(truth({ field: 'amount', atLeast: 0 }, { amount: 0.5 })).toBe('unknown')
    expect(truth({ field: 'amount', present: true }, { amount: Number.NaN })).toBe('false')
    expect(truth({ field: 'weekday', isNot: 'sunday' }, { weekday: 'funday' })).toBe('unknown')
    expect(truth({ field: 'categories', hasNone: ['tea'] }, { categories: 'tea' })).toBe('unknown')
    expect(truth({ field: 'categories', hasNone: ['tea'] }, { categories: [5] as never })).toBe('unknown')
  })

  test('a set may hold texts that its field does not name', () => {
    expect(truth({ field: 'segments', hasNone: ['new'] }, { segments: ['vip'] })).toBe('true')
  })

  test('only own properties are facts', () => {
    const inherited = Object.create({ city: 'tea', newsletter: true }) as Facts
    expect(truth(unknown, inherited)).toBe('unknown')
    expect(truth({ field: 'constructor', present: true }, {})).toBe('false')
    expect(truth({ field: '__proto__', present: true }, {})).toBe('false')
    expect(truth({ field: '__proto__', is: 'tea' }, JSON.parse('{"__proto__":"tea"}') as Facts)).toBe('true')
  })
})

describe('a test that does not fit its field is unknown', () => {
  test.each<[Condition]>([
    [{ field: 'elsewhere', is: true }],
    [{ field: 'elsewhere', present: true }],
    [{ field: 'amount', is: 'tea' }],
    [{ field: 'amount' }],
    [{ field: 'city', is: true }],
    [{ field: 'categories', is: 'tea' }],
    [{ field: 'newsletter', is: 'yes' }],
  ])('%j', (condition) => {
    expect(truth(condition, { amount: 1, city: 'tea', categories: ['tea'], newsletter: true })).toBe('unknown')
  })
})

describe('ranges', () => {
  const at = (range: object, amount: number): Truth => truth({ field: 'amount', ...range } as Condition, { amount })

  test('are inclusive or exclusive as they say', () => {
    expect([4, 5, 6].map((n) => at({ moreThan: 5 }, n))).toEqual(['false', 'false', 'true'])
    expect([4, 5, 6].map((n) => at({ lessThan: 5 }, n))).toEqual(['true', 'false', 'false'])
    expect([4, 5, 6].map((n) => at({ atLeast: 5, lessThan: 6 }, n))).toEqual(['false', 'true', 'false'])
  })

  test('reach to the ends of the exact integers', () => {
    const { MAX_SAFE_INTEGER: most, MIN_SAFE_INTEGER: least } = Number
    expect([at({ moreThan: most }, most), at({ atMost: most }, most)]).toEqual(['false', 'true'])
    expect([at({ lessThan: least }, least), at({ atLeast: least }, least)]).toEqual(['false', 'true'])
  })
})
