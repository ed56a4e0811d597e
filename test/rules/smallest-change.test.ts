import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  type Fact,
  type FactChange,
  type Facts,
  smallestChange,
  type Vocabulary,
} from '../../src/rules/index.ts'
import { conditionsOn, everyFacts, factsOn, smallVocabulary } from '../arbitraries/rules.ts'
import { slowTruth } from './truth.ts'

// Four fields, so that every combination of facts can be tried.
const vocabulary: Vocabulary = {
  fields: smallVocabulary.fields.filter(({ name }) => name !== 'city'),
}
const everything = everyFacts(vocabulary)

const own = (facts: Facts, field: string): Fact | undefined => (Object.hasOwn(facts, field) ? facts[field] : undefined)

/** The facts as conditions see them: without what is no value of its field. */
const seen = (facts: Facts): Facts =>
  Object.fromEntries(
    vocabulary.fields.flatMap(({ name }) =>
      slowTruth(vocabulary, { field: name, present: true }, facts) === 'true' ? [[name, own(facts, name)]] : [],
    ),
  )

const texts = (fact: Fact | undefined): ReadonlyArray<string> => (Array.isArray(fact) ? [...new Set(fact)] : [])

const missing = (from: ReadonlyArray<string>, of: ReadonlyArray<string>): number =>
  of.filter((one) => !from.includes(one)).length

const same = (a: Fact | undefined, b: Fact | undefined): boolean =>
  Array.isArray(a) && Array.isArray(b) ? missing(texts(a), texts(b)) + missing(texts(b), texts(a)) === 0 : a === b

const amountOf = (a: Fact | undefined, b: Fact | undefined): number => {
  if (typeof b === 'number') return Math.abs(b - Number(a ?? 0))
  return Array.isArray(b) ? missing(texts(a), texts(b)) + missing(texts(b), texts(a)) : 0
}

const cost = (from: Facts, to: Facts): readonly [fields: number, amount: number] => {
  const changed = vocabulary.fields
    .map(({ name }) => [own(from, name), own(to, name)] as const)
    .filter(([a, b]) => !same(a, b))
  return [changed.length, changed.reduce((sum, [a, b]) => sum + amountOf(a, b), 0)]
}

const isLess = (one: readonly [number, number], other: readonly [number, number]): boolean =>
  one[0] < other[0] || (one[0] === other[0] && one[1] < other[1])

const applied = (facts: Facts, changes: ReadonlyArray<FactChange>): Facts => ({
  ...facts,
  ...Object.fromEntries(changes.map(({ field, to }) => [field, to])),
})

describe('smallestChange', () => {
  const expectSmallest = (condition: Condition, facts: Facts, changes: ReadonlyArray<FactChange>): void => {
    const holds = (some: Facts): boolean => slowTruth(vocabulary, condition, some) === 'true'
    const changed = applied(facts, changes)
    const least = cost(facts, changed)
    expect([holds(changed), least[0]]).toEqual([true, changes.length])
    const smaller = everything.filter((other) => isLess(cost(facts, other), least))
    expect(smaller.filter(holds)).toEqual([])
  }

  test('makes the condition hold, and no smaller change of all does', () => {
    fc.assert(
      fc.property(conditionsOn(vocabulary), factsOn(vocabulary), (condition, given) => {
        const facts = seen(given)
        const found = smallestChange(vocabulary, condition, given)
        expect(found.type === 'holds').toBe(slowTruth(vocabulary, condition, facts) === 'true')
        if (found.type === 'cannot') {
          expect(everything.filter((some) => slowTruth(vocabulary, condition, some) === 'true')).toEqual([])
        }
        if (found.type === 'changes') expectSmallest(condition, facts, found.changes)
      }),
    )
  })

  const amount = { field: 'amount', atLeast: 2_000 }
  const change = (condition: Condition, facts: Facts, fixed: ReadonlyArray<string> = []) =>
    smallestChange(vocabulary, condition, facts, { fixed })

  test('one fact rather than two, however far it is', () => {
    const either = {
      any: [
        {
          all: [
            { field: 'weekday', is: 'friday' },
            { field: 'newsletter', is: true },
          ],
        },
        amount,
      ],
    }
    expect(change(either, { amount: 1_650, weekday: 'sunday', newsletter: false })).toEqual({
      type: 'changes',
      changes: [{ field: 'amount', from: 1_650, to: 2_000 }],
    })
    expect(change(either, { amount: 1_650, weekday: 'sunday', newsletter: false }, ['amount'])).toEqual({
      type: 'changes',
      changes: [
        { field: 'weekday', from: 'sunday', to: 'friday' },
        { field: 'newsletter', from: false, to: true },
      ],
    })
  })

  test('what is missing, and what has to go missing', () => {
    expect(change(amount, {})).toEqual({ type: 'changes', changes: [{ field: 'amount', to: 2_000 }] })
    expect(change({ field: 'amount', present: false }, { amount: 1 })).toEqual({
      type: 'changes',
      changes: [{ field: 'amount', from: 1 }],
    })
  })

  test('a condition of too many alternatives is undecided', () => {
    const some = { any: [amount, { field: 'newsletter', is: true }] }
    expect(change({ all: Array.from({ length: 9 }, () => some) }, {})).toEqual({ type: 'undecided' })
  })
})
