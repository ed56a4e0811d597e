import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Condition, compileRuleSet, type Facts, matchRules } from '../../src/rules/index.ts'
import { conditionsOn, factsOn, mixedVocabulary } from '../arbitraries/rules.ts'
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
    const three: Condition = { field: 'categories', hasAll: ['a', 'b', 'c'] }
    const facts = ['abcdef', 'abcde', 'abc', 'bcdef', ''].map((letters) => ({ categories: [...letters] }))
    matchesSlowly([six, three, { not: three }], [...facts, { categories: ['all of them'] }, {}])
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
  })

  test('facts in any order, hidden ones, inherited ones, and ones that no field knows', () => {
    const conditions = ['city', 'weekday', 'newsletter'].map((field) => ({ field, present: true }))
    const ruleSet = compileRuleSet(mixedVocabulary, conditions)
    expect(matchRules(ruleSet, { newsletter: true, unheard: 1, weekday: 'sunday', amount: 1, city: 'tea' })).toEqual([
      0, 1, 2,
    ])
    expect(matchRules(ruleSet, Object.create({ city: 'tea' }, { newsletter: { value: true } }) as Facts)).toEqual([2])
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
