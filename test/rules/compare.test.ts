import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  type ConditionComparison,
  type ConditionRelation,
  compareConditions,
  compileCondition,
  type Facts,
  holds,
} from '../../src/rules/index.ts'
import { conditionsOn, everyFacts, mixedVocabulary, smallVocabulary } from '../arbitraries/rules.ts'

const everything = everyFacts(smallVocabulary)

interface Found {
  readonly both: boolean
  readonly onlyFirst: boolean
  readonly onlySecond: boolean
}

const bruteForce = (first: Condition, second: Condition): Found => {
  const one = compileCondition(smallVocabulary, first)
  const other = compileCondition(smallVocabulary, second)
  const truths = everything.map((facts) => [holds(one, facts), holds(other, facts)] as const)
  return {
    both: truths.some(([a, b]) => a && b),
    onlyFirst: truths.some(([a, b]) => a && !b),
    onlySecond: truths.some(([a, b]) => b && !a),
  }
}

const relationOf = ({ both, onlyFirst, onlySecond }: Found): ConditionRelation => {
  if (!onlyFirst && !onlySecond) return 'equal'
  if (!both) return 'disjoint'
  if (!onlyFirst) return 'implies'
  return onlySecond ? 'overlapping' : 'impliedBy'
}

const showsWhatItSays = (first: Condition, second: Condition, { both, onlyFirst, onlySecond }: ConditionComparison) => {
  const one = compileCondition(mixedVocabulary, first)
  const other = compileCondition(mixedVocabulary, second)
  const outcome = (facts: Facts) => [holds(one, facts), holds(other, facts)]
  if (both !== undefined) expect(outcome(both)).toEqual([true, true])
  if (onlyFirst !== undefined) expect(outcome(onlyFirst)).toEqual([true, false])
  if (onlySecond !== undefined) expect(outcome(onlySecond)).toEqual([false, true])
}

const agreesWithBruteForce = (first: Condition, second: Condition): void => {
  const comparison = compareConditions(smallVocabulary, first, second)
  const found = bruteForce(first, second)
  expect(comparison.relation).toBe(relationOf(found))
  const { relation: _, ...examples } = comparison
  expect(Object.keys(examples).sort()).toEqual(
    (['both', 'onlyFirst', 'onlySecond'] as const).filter((part) => found[part]),
  )
  showsWhatItSays(first, second, comparison)
}

describe('a comparison', () => {
  const condition = conditionsOn(smallVocabulary)

  test('says what trying all facts says, and its examples show it', () => {
    fc.assert(fc.property(condition, condition, agreesWithBruteForce))
  })

  test('also of conditions made from one another', () => {
    const related = fc
      .tuple(condition, condition)
      .chain(([a, b]) =>
        fc.constantFrom<[Condition, Condition]>(
          [a, { all: [a, b] }],
          [{ any: [a, b] }, b],
          [{ not: a }, a],
          [{ not: { all: [a, b] } }, { any: [{ not: a }, { not: b }] }],
          [a, { not: { not: a } }],
        ),
      )
    fc.assert(fc.property(related, ([a, b]) => agreesWithBruteForce(a, b)))
  })

  test('also of two conditions on one field', () => {
    const pairs = smallVocabulary.fields.map((field) =>
      fc.tuple(...[1, 2].map(() => conditionsOn({ fields: [field] }))),
    )
    fc.assert(fc.property(fc.oneof(...pairs), ([a, b]) => agreesWithBruteForce(a as Condition, b as Condition)))
  })

  test('has the same answer the other way round', () => {
    const swapped: Partial<Record<ConditionRelation, ConditionRelation>> = {
      implies: 'impliedBy',
      impliedBy: 'implies',
    }
    fc.assert(
      fc.property(conditionsOn(mixedVocabulary), conditionsOn(mixedVocabulary), (a, b) => {
        const { relation } = compareConditions(mixedVocabulary, a, b)
        expect(compareConditions(mixedVocabulary, b, a).relation).toBe(swapped[relation] ?? relation)
      }),
    )
  })

  test('never has an example that is none, on fields of any name', () => {
    fc.assert(
      fc.property(conditionsOn(mixedVocabulary, 4), conditionsOn(mixedVocabulary, 4), (a, b) => {
        showsWhatItSays(a, b, compareConditions(mixedVocabulary, a, b))
      }),
    )
  })
})

describe('examples', () => {
  const compare = (first: Condition, second: Condition) => compareConditions(mixedVocabulary, first, second)

  test('what is missing tells "not" and "is not" from "anything else"', () => {
    const never: Condition = {
      any: [
        { field: 'city', is: 'a' },
        { field: 'city', isNot: 'a' },
      ],
    }
    expect(compare(never, { field: 'city', present: true }).relation).toBe('equal')
    expect(compare(never, { all: [] })).toEqual({ relation: 'implies', both: { city: 'a' }, onlySecond: {} })
  })

  test('integers lie between integers', () => {
    expect(compare({ field: 'amount', moreThan: 5 }, { field: 'amount', atLeast: 6 }).relation).toBe('equal')
    const between: Condition = { field: 'amount', moreThan: 5, lessThan: 6 }
    expect(compare(between, between)).toEqual({ relation: 'equal' })
  })

  test('all values of a field but some', () => {
    const weekend: Condition = { field: 'weekday', in: ['saturday', 'sunday'] }
    expect(compare(weekend, { field: 'weekday', isNot: 'friday' }).relation).toBe('equal')
    expect(compare(weekend, { field: 'weekday', notIn: ['friday', 'saturday', 'sunday'] })).toEqual({
      relation: 'disjoint',
      onlyFirst: { weekday: 'saturday' },
    })
  })

  test('an example of a text that nothing names', () => {
    expect(compare({ field: 'city', notIn: ['other', 'other 2'] }, { field: 'city', is: 'other' })).toEqual({
      relation: 'disjoint',
      onlyFirst: { city: 'other 3' },
      onlySecond: { city: 'other' },
    })
  })

  test('a shadowed row: two rows before cover a third together', () => {
    const before: Condition = {
      any: [
        { field: 'amount', lessThan: 100 },
        { field: 'amount', atLeast: 50 },
      ],
    }
    expect(compare({ field: 'amount', atLeast: 20, lessThan: 70 }, before).relation).toBe('implies')
  })

  test('conditions that decoding would refuse', () => {
    const unfit: Condition = { field: 'weekday', is: 'funday' }
    expect(compare(unfit, { any: [] })).toEqual({ relation: 'equal' })
    expect(compare({ not: unfit }, { field: 'weekday', present: true }).relation).toBe('equal')
    expect(compare({ field: 'elsewhere', is: true }, { field: 'categories', hasAny: [] })).toEqual({
      relation: 'equal',
    })
  })
})

describe('large conditions', () => {
  const texts = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)
  const compare = (first: Condition, second: Condition) => compareConditions(mixedVocabulary, first, second).relation

  test('long lists are compared exactly', () => {
    const long = texts('sku ', 10_000)
    expect(compare({ field: 'city', in: long }, { field: 'city', in: long.slice(1) })).toBe('impliedBy')
    expect(compare({ field: 'categories', hasNone: long }, { field: 'categories', hasNone: long.slice(1) })).toBe(
      'implies',
    )
    expect(
      compare({ field: 'categories', hasAll: texts('a', 500) }, { field: 'categories', hasNone: texts('b', 500) }),
    ).toBe('overlapping')
  })

  test('with too many alternatives are undecided', () => {
    const many: Condition = { field: 'categories', hasAny: texts('a', 257) }
    expect(compare(many, many)).toBe('undecided')
    const pairs = texts('', 9).map(
      (n): Condition => ({
        any: [
          { field: 'amount', equals: Number(n) },
          { field: 'city', is: n },
        ],
      }),
    )
    expect(compare({ all: pairs }, { all: [] })).toBe('undecided')
    expect(compare({ all: [] }, { any: [many, many] })).toBe('undecided')
  })

  test('with too many constants are undecided', () => {
    const long = texts('sku ', 10_000)
    expect(
      compare(
        {
          all: [
            { field: 'city', in: long },
            { field: 'categories', hasNone: long },
          ],
        },
        { field: 'city', in: long },
      ),
    ).toBe('undecided')
  })

  // Some pigeon has no hole, or two share one: always so, but the proof by cases is exponential in their number.
  const pigeons = (count: number): Condition => {
    const numbers = Array.from({ length: count }, (_, n) => n)
    const holes = numbers.slice(1)
    const sits = (pigeon: number, hole: number) => `${pigeon} in ${hole}`
    const homeless = numbers.map(
      (n): Condition => ({ field: 'categories', hasNone: holes.map((hole) => sits(n, hole)) }),
    )
    const crowded = numbers.flatMap((n) =>
      numbers
        .slice(n + 1)
        .flatMap((other) =>
          holes.map((hole): Condition => ({ field: 'categories', hasAll: [sits(n, hole), sits(other, hole)] })),
        ),
    )
    return { any: [...homeless, ...crowded] }
  }

  test('whose difference takes too many steps are undecided', () => {
    const present: Condition = { field: 'categories', present: true }
    expect(compare(present, pigeons(4))).toBe('equal')
    expect(compare(present, pigeons(8))).toBe('undecided')
  })
})
