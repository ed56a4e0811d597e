import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  compileCondition,
  compileRuleSet,
  type Facts,
  holds,
  matchRules,
  type Vocabulary,
} from '../../src/rules/index.ts'
import { conditionsOn, disorderedFactsOn, factsOn, mixedVocabulary, wideVocabulary } from '../arbitraries/rules.ts'
import { slowTruth } from './truth.ts'

const slowMatches = (conditions: ReadonlyArray<Condition>, facts: Facts): ReadonlyArray<number> =>
  conditions.flatMap((condition, i) => (slowTruth(mixedVocabulary, condition, facts) === 'true' ? [i] : []))

const matchesSlowly = (conditions: ReadonlyArray<Condition>, several: ReadonlyArray<Facts>): void => {
  const ruleSet = compileRuleSet(mixedVocabulary, conditions)
  for (const facts of several) expect(matchRules(ruleSet, facts)).toEqual(slowMatches(conditions, facts))
}

const severalFacts = fc.array(factsOn(mixedVocabulary), { minLength: 1, maxLength: 10 })

test('a rule set matches exactly the conditions that hold one by one', () => {
  fc.assert(fc.property(fc.array(conditionsOn(mixedVocabulary), { maxLength: 12 }), severalFacts, matchesSlowly))
})

test('also with more conditions than fit into two words of bits, and deeper ones', () => {
  const many = fc.array(conditionsOn(mixedVocabulary, 4), { minLength: 65, maxLength: 90 })
  fc.assert(fc.property(many, severalFacts, matchesSlowly), { numRuns: 20 })
})

test('also with many tests of one field', () => {
  const sets = mixedVocabulary.fields.flatMap((field) => {
    const one = conditionsOn({ fields: [field] }, 3)
    return [
      fc.array(
        fc.array(one, { minLength: 1, maxLength: 8 }).map((all) => ({ all })),
        { maxLength: 40 },
      ),
    ]
  })
  fc.assert(fc.property(fc.oneof(...sets), severalFacts, matchesSlowly))
})

const matchesOneByOne = (
  vocabulary: Vocabulary,
  conditions: ReadonlyArray<Condition>,
  several: ReadonlyArray<Facts>,
): void => {
  const ruleSet = compileRuleSet(vocabulary, conditions)
  const compiled = conditions.map((condition) => compileCondition(vocabulary, condition))
  for (const facts of several) {
    const matching = compiled.flatMap((condition, i) => (holds(condition, facts) ? [i] : []))
    expect(matchRules(ruleSet, facts)).toEqual(matching)
  }
}

describe('a rule set matches the conditions that hold when they are compiled one by one', () => {
  const disordered = fc.array(disorderedFactsOn(wideVocabulary), { minLength: 1, maxLength: 6 })

  // around the 32 bits of a word, with conditions that are true in one way
  test.each([31, 32, 33, 63, 64, 65, 70])('%i tests of many fields', (count) => {
    const tests = fc.array(conditionsOn(wideVocabulary, 1), { minLength: count, maxLength: count })
    fc.assert(
      fc.property(tests, disordered, (conditions, several) => {
        matchesOneByOne(wideVocabulary, conditions, several)
      }),
      { numRuns: 30 },
    )
  })

  test('up to 70 conditions on many fields', () => {
    const some = fc.array(conditionsOn(wideVocabulary), { maxLength: 70, size: 'max' })
    fc.assert(
      fc.property(some, disordered, (conditions, several) => {
        matchesOneByOne(wideVocabulary, conditions, several)
      }),
    )
  })

  test('more than 100 conditions on many fields', () => {
    const many = fc.array(conditionsOn(wideVocabulary, 4), { minLength: 101, maxLength: 130 })
    fc.assert(
      fc.property(many, disordered, (conditions, several) => {
        matchesOneByOne(wideVocabulary, conditions, several)
      }),
      { numRuns: 20 },
    )
  })

  test('numbers next to any number of bounds', () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(bounds, (numbers) => {
        const conditions = numbers.map((atLeast): Condition => ({ field: 'amount', atLeast }))
        const amounts = [...numbers, -1001, 1000.5].flatMap((n) => [n - 1, n, n + 1])
        const several = amounts.map((amount) => ({ amount }))
        matchesOneByOne(mixedVocabulary, conditions, several)
      }),
    )
  })
})

describe('texts that are hard to tell apart', () => {
  // long and short ones of few letters: many have the same length and ends
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom('', '__proto__', 'constructor', 'toString'),
  )
  const texts = fc.array(text, { minLength: 1, maxLength: 100, size: 'max' })

  test('of a text', () => {
    fc.assert(
      fc.property(texts, texts, (named, facts) => {
        const conditions = named.map((is): Condition => ({ field: 'city', is }))
        const several = [...named, ...facts].map((city) => ({ city }))
        matchesOneByOne(mixedVocabulary, conditions, several)
      }),
    )
  })

  test('of a set of texts', () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 5 }), (named, facts) => {
        const conditions = named.flatMap(
          (text): ReadonlyArray<Condition> => [
            { field: 'categories', hasAny: [text] },
            { field: 'categories', hasNone: [text, 'tea'] },
          ],
        )
        const several = [...facts, named, []].map((categories) => ({ categories }))
        matchesOneByOne(mixedVocabulary, conditions, several)
        matchesOneByOne(mixedVocabulary, conditions.slice(0, 20), several)
      }),
    )
  })
})

describe('examples', () => {
  const either = (field: string) => ({
    any: [
      { field, is: true },
      { field: 'amount', moreThan: 1 },
    ],
  })

  test('a condition that is true in several ways matches once', () => {
    const ruleSet = compileRuleSet(mixedVocabulary, [either('newsletter'), either('toString')])
    expect(matchRules(ruleSet, { newsletter: true, amount: 3 })).toEqual([0, 1])
  })

  test('a condition with too many ways to be true', () => {
    const wide: Condition = {
      all: [either('newsletter'), either('toString'), either('newsletter'), either('toString'), either('newsletter')],
    }
    matchesSlowly(
      [wide, wide],
      [{ newsletter: true, toString: true as never }, { amount: 3 }, { newsletter: true }, {}],
    )
  })

  test('more sets of texts asked of one field than there are layers', () => {
    const hasAny = (...texts: ReadonlyArray<string>): Condition => ({ field: 'categories', hasAny: texts })
    const six: Condition = { all: ['a', 'b', 'c', 'd', 'e', 'f'].map((text) => hasAny(text, 'all of them')) }
    const four: Condition = { all: ['a', 'b', 'c', 'd'].map((text) => hasAny(text, 'all of them')) }
    const three: Condition = { field: 'categories', hasAll: ['a', 'b', 'c'] }
    const facts = ['abcdef', 'abcde', 'abc', 'bcdef', ''].map((letters) => ({ categories: [...letters] }))
    matchesSlowly([six, four, three, { not: three }], [...facts, { categories: ['all of them'] }, {}])
  })

  test('conditions that decoding would refuse', () => {
    const odd: ReadonlyArray<Condition> = [
      { all: [] },
      { any: [] },
      { not: { any: [] } },
      { field: 'categories', hasAny: [] },
      { field: 'categories', hasAll: [] },
      { field: 'categories', hasNone: [] },
      { not: { field: 'categories', hasAll: [] } },
      { field: 'city', in: [] },
      { field: 'city', notIn: [] },
      { field: 'weekday', isNot: 'funday' },
      { field: 'elsewhere', is: true },
      { not: { field: 'amount', is: true } },
      { field: 'amount', moreThan: 0.5, lessThan: 2.5 },
    ]
    matchesSlowly(odd, [
      {},
      { categories: [] },
      { categories: ['tea'], city: 'tea', amount: 1, weekday: 'sunday' },
      { city: 'x', amount: 3, weekday: 'funday' },
      { categories: 'tea', newsletter: 1 },
    ])
  })

  test('a set that holds something else than texts is missing', () => {
    const ruleSet = compileRuleSet(mixedVocabulary, [
      { field: 'categories', hasNone: ['tea'] },
      { field: 'categories', present: false },
    ])
    expect(matchRules(ruleSet, { categories: ['cake', 5] as never })).toEqual([1])
    const noTea = Array.from({ length: 40 }, (): Condition => ({ field: 'categories', hasNone: ['tea'] }))
    const many = compileRuleSet(mixedVocabulary, [...noTea, { field: 'categories', present: false }])
    expect(matchRules(many, { categories: ['cake', 5] as never })).toEqual([40])
  })

  test('facts in any order, hidden ones, inherited ones, and ones that no field knows', () => {
    const conditions = ['city', 'weekday', 'newsletter'].map((field) => ({ field, present: true }))
    const ruleSet = compileRuleSet(mixedVocabulary, conditions)
    expect(matchRules(ruleSet, { newsletter: true, unheard: 1, weekday: 'sunday', amount: 1, city: 'tea' })).toEqual([
      0, 1, 2,
    ])
    expect(matchRules(ruleSet, Object.create({ city: 'tea' }, { newsletter: { value: true } }) as Facts)).toEqual([2])
    expect(matchRules(ruleSet, Object.defineProperty({ city: 'tea' }, 'newsletter', { value: true }))).toEqual([0, 2])
  })

  test('facts that change while they are read', () => {
    const conditions = ['city', 'weekday', 'newsletter'].map((field) => ({ field, present: true }))
    const ruleSet = compileRuleSet(mixedVocabulary, conditions)
    const changing = (forgotten: 'city' | 'newsletter'): Facts => {
      const facts: { [field: string]: string | boolean } = {
        city: 'tea',
        get weekday() {
          delete facts[forgotten]
          return 'sunday'
        },
        newsletter: true,
      }
      return facts
    }
    expect(matchRules(ruleSet, changing('newsletter'))).toEqual([0, 1])
    expect(matchRules(ruleSet, changing('city'))).toEqual([1, 2])
  })

  test('facts of an object that answers for another one', () => {
    const conditions = ['city', 'weekday', 'newsletter'].map((field) => ({ field, present: true }))
    const ruleSet = compileRuleSet(mixedVocabulary, conditions)
    expect(matchRules(ruleSet, new Proxy({ weekday: 'sunday', city: 'tea' }, {}))).toEqual([0, 1])
  })

  test('inherited facts beside own ones, also when they are in the order of the vocabulary', () => {
    const vocabulary = { fields: mixedVocabulary.fields.slice(1, 3) }
    const conditions = vocabulary.fields.map(({ name }) => ({ field: name, present: true }))
    const ruleSet = compileRuleSet(vocabulary, conditions)
    const facts = Object.assign(Object.create({ city: 'tea', another: 1 }), { weekday: 'sunday' }) as Facts
    expect(matchRules(ruleSet, facts)).toEqual([0])
    expect(matchRules(ruleSet, { ...facts, city: 'tea' })).toEqual([0, 1])
    expect(matchRules(ruleSet, Object.assign(Object.create(null), { 5: 1, city: 'tea' }) as Facts)).toEqual([1])
  })

  test('more ways to be true than one block of the index holds', () => {
    const conditions = Array.from(
      { length: 700 },
      (_, n): Condition => ({
        any: [
          { field: 'amount', equals: n },
          { field: 'constructor', atLeast: n },
          { field: 'city', is: `${n}` },
        ],
      }),
    )
    matchesSlowly(conditions, [
      {},
      { amount: 341, city: '341' },
      JSON.parse('{"amount":699,"constructor":345,"city":"341"}') as Facts,
    ])
  })

  test('no conditions', () => {
    expect(matchRules(compileRuleSet(mixedVocabulary, []), { amount: 1 })).toEqual([])
  })

  test('numbers at the ends of the exact integers', () => {
    const { MAX_SAFE_INTEGER: most, MIN_SAFE_INTEGER: least } = Number
    const conditions: ReadonlyArray<Condition> = [least, least + 1, 0, most - 1, most].flatMap((n) => [
      { field: 'amount', equals: n },
      { field: 'amount', moreThan: n },
      { field: 'amount', lessThan: n },
    ])
    matchesSlowly(
      conditions,
      [least, least + 1, -1, 0, 1, most - 1, most, most + 1, -0].map((amount) => ({ amount })),
    )
  })

  test('a fact that asks the rule set again while it is read', () => {
    const ruleSet = compileRuleSet(mixedVocabulary, [
      { field: 'amount', atLeast: 1 },
      { field: 'newsletter', is: true },
    ])
    const facts: Facts = {
      amount: 1,
      get newsletter() {
        return matchRules(ruleSet, { amount: 0 }).length === 0
      },
    }
    expect(matchRules(ruleSet, facts)).toEqual([0, 1])
  })
})
