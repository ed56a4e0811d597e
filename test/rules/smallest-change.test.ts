import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ChangeOptions,
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

  /** What there can be, as a user of the library knows it. */
  const someLimits = fc.record({
    fixed: fc.subarray(
      vocabulary.fields.map(({ name }) => name),
      { maxLength: 2 },
    ),
    present: fc.subarray(vocabulary.fields.map(({ name }) => name)),
    ranges: fc.constantFrom([], [{ field: 'amount', least: 1, most: 2 }], [{ field: 'amount', least: 0, most: 3 }]),
    exclusive: fc.constantFrom(
      [],
      [{ field: 'categories', texts: ['tea', '\ud800'] }],
      [{ field: 'categories', texts: ['tea', '\ud800', '__proto__'] }],
    ),
  })

  const inRange = ({ ranges }: Required<ChangeOptions>, field: string, fact: number): boolean =>
    ranges.every((one) => one.field !== field || (fact >= one.least && fact <= one.most))

  /** One text of a group where there was one, and at most one where there was none. */
  const fitsGroups = ({ exclusive }: Required<ChangeOptions>, field: string, now: Fact | undefined, fact: Fact) =>
    exclusive.every((group) => {
      const [before, after] = [now, fact].map((one) => texts(one).filter((text) => group.texts.includes(text)).length)
      return group.field !== field || after === 1 || (after === 0 && before === 0)
    })

  const isPossible = (
    field: string,
    now: Fact | undefined,
    fact: Fact | undefined,
    limits: Required<ChangeOptions>,
  ) => {
    if (same(now, fact)) return true
    if (limits.fixed.includes(field)) return false
    if (fact === undefined) return !limits.present.includes(field)
    return typeof fact === 'number' ? inRange(limits, field, fact) : fitsGroups(limits, field, now, fact)
  }

  test('keeps to what there can be, and finds the smallest change of that', () => {
    fc.assert(
      fc.property(conditionsOn(vocabulary), factsOn(vocabulary), someLimits, (condition, given, limits) => {
        const facts = seen(given)
        const found = smallestChange(vocabulary, condition, given, limits)
        const possible = everything.filter((some) =>
          vocabulary.fields.every(({ name }) => isPossible(name, own(facts, name), own(some, name), limits)),
        )
        const holding = possible.filter((some) => slowTruth(vocabulary, condition, some) === 'true')
        if (found.type === 'cannot') expect(holding).toEqual([])
        if (found.type !== 'changes') return
        const changed = applied(facts, found.changes)
        expect(slowTruth(vocabulary, condition, changed)).toBe('true')
        for (const { name } of vocabulary.fields) {
          expect([name, isPossible(name, own(facts, name), own(changed, name), limits)]).toEqual([name, true])
        }
        const least = cost(facts, changed)
        expect(holding.filter((other) => isLess(cost(facts, other), least))).toEqual([])
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
