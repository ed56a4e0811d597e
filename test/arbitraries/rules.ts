// Conditions and facts that meet: few fields, few constants, so that tests of one field interact.
import fc from 'fast-check'
import { currency, unwrap } from '../../src/foundation/index.ts'
import type { Condition, ConditionTest, Fact, Facts, Vocabulary, VocabularyField } from '../../src/rules/index.ts'

const eur = unwrap(currency('EUR'))

/** One field of each type, and fields with names that every object seems to have. */
export const mixedVocabulary: Vocabulary = {
  fields: [
    { name: 'amount', type: 'money', currency: eur },
    { name: 'weekday', type: 'text', values: ['friday', 'saturday', 'sunday'] },
    { name: 'city', type: 'text' },
    { name: 'categories', type: 'texts' },
    { name: 'newsletter', type: 'flag' },
    { name: 'segments', type: 'texts', values: ['new', 'loyal'] },
    { name: 'constructor', type: 'integer' },
    { name: '__proto__', type: 'text' },
    { name: 'toString', type: 'flag' },
  ],
}

/** Many fields: those of `mixedVocabulary`, and several more of each type. */
export const wideVocabulary: Vocabulary = {
  fields: [
    ...mixedVocabulary.fields,
    ...Array.from(
      { length: 5 },
      (_, n): ReadonlyArray<VocabularyField> => [
        { name: `integer ${n}`, type: 'integer' },
        { name: `text ${n}`, type: 'text' },
        { name: `texts ${n}`, type: 'texts' },
        { name: `flag ${n}`, type: 'flag' },
      ],
    ).flat(),
  ],
}

/** The fields of `mixedVocabulary` that brute force can enumerate together. */
export const smallVocabulary: Vocabulary = { fields: mixedVocabulary.fields.slice(0, 5) }

const leastNumber = 0
const mostNumber = 3
const openTexts = ['tea', '__proto__', '\ud800']

const textsFor = (field: VocabularyField): ReadonlyArray<string> =>
  'values' in field && field.values !== undefined ? field.values : openTexts

const number = fc.integer({ min: leastNumber, max: mostNumber })

const numberTest = (field: string): fc.Arbitrary<ConditionTest> =>
  fc.oneof(
    fc.record({ field: fc.constant(field), equals: number }),
    ...(['atLeast', 'moreThan', 'atMost', 'lessThan'] as const).map((bound) =>
      number.map((n) => ({ field, [bound]: n })),
    ),
    fc.tuple(number, number).map(([from, until]) => ({ field, atLeast: from, lessThan: until })),
    fc.tuple(number, number).map(([above, most]) => ({ field, moreThan: above, atMost: most })),
  )

const textList = (field: VocabularyField): fc.Arbitrary<ReadonlyArray<string>> =>
  fc.uniqueArray(fc.constantFrom(...textsFor(field)), { minLength: 1 })

const textTest = (field: VocabularyField): fc.Arbitrary<ConditionTest> => {
  const { name } = field
  const text = fc.constantFrom(...textsFor(field))
  return fc.oneof(
    text.map((is) => ({ field: name, is })),
    text.map((isNot) => ({ field: name, isNot })),
    textList(field).map((texts) => ({ field: name, in: texts })),
    textList(field).map((texts) => ({ field: name, notIn: texts })),
  )
}

const textsTest = (field: VocabularyField): fc.Arbitrary<ConditionTest> => {
  const { name } = field
  return fc.oneof(
    textList(field).map((hasAny) => ({ field: name, hasAny })),
    textList(field).map((hasAll) => ({ field: name, hasAll })),
    textList(field).map((hasNone) => ({ field: name, hasNone })),
  )
}

const valueTest = (field: VocabularyField): fc.Arbitrary<ConditionTest> => {
  switch (field.type) {
    case 'money':
    case 'integer':
      return numberTest(field.name)
    case 'text':
      return textTest(field)
    case 'texts':
      return textsTest(field)
    case 'flag':
      return fc.boolean().map((is) => ({ field: field.name, is }))
  }
}

const fieldTest = (field: VocabularyField): fc.Arbitrary<ConditionTest> =>
  fc.oneof(
    { arbitrary: valueTest(field), weight: 6 },
    { arbitrary: fc.boolean().map((present) => ({ field: field.name, present })), weight: 1 },
  )

/** Conditions on a vocabulary, as deep as asked for. */
export const conditionsOn = (vocabulary: Vocabulary, depth = 3): fc.Arbitrary<Condition> => {
  const test = fc.oneof(...vocabulary.fields.map(fieldTest))
  const grow = (part: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> => {
    const parts = fc.array(part, { minLength: 1, maxLength: 3 })
    return fc.oneof(
      { arbitrary: test, weight: 2 },
      { arbitrary: parts.map((all) => ({ all })), weight: 2 },
      { arbitrary: parts.map((any) => ({ any })), weight: 2 },
      { arbitrary: part.map((not) => ({ not })), weight: 1 },
    )
  }
  let conditions: fc.Arbitrary<Condition> = test
  for (let level = 1; level < depth; level += 1) conditions = grow(conditions)
  return conditions
}

const powerSet = <A>([first, ...others]: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  if (first === undefined) return [[]]
  const rest = powerSet(others)
  return [...rest, ...rest.map((set) => [first, ...set])]
}

/** Facts of one field among which every condition of `conditionsOn` meets all that it can tell apart. */
const factsOfField = (field: VocabularyField): ReadonlyArray<Fact | undefined> => {
  switch (field.type) {
    case 'money':
    case 'integer':
      return [undefined, ...Array.from({ length: mostNumber - leastNumber + 3 }, (_, i) => leastNumber - 1 + i)]
    case 'text':
      return [undefined, ...textsFor(field), ...(field.values === undefined ? ['another text'] : [])]
    case 'texts':
      return [undefined, ...powerSet(textsFor(field))]
    case 'flag':
      return [undefined, true, false]
  }
}

const wrongFacts: ReadonlyArray<Fact> = [0.5, Number.NaN, Infinity, 'another text', true, ['another text', 'tea']]

const fact = (field: VocabularyField): fc.Arbitrary<Fact | undefined> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...factsOfField(field)), weight: 9 },
    { arbitrary: fc.constantFrom(...wrongFacts), weight: 1 },
  )

/** Facts that may be missing, absent or no value of their field. */
export const factsOn = (vocabulary: Vocabulary): fc.Arbitrary<Facts> =>
  fc
    .tuple(...vocabulary.fields.map((field) => fc.option(fact(field), { nil: 'absent' as const, freq: 8 })))
    .map((facts) =>
      Object.fromEntries(
        vocabulary.fields.flatMap(({ name }, i) => (facts[i] === 'absent' ? [] : [[name, facts[i]] as const])),
      ),
    )

/** Facts in any order, with others among them that no field knows. */
export const disorderedFactsOn = (vocabulary: Vocabulary): fc.Arbitrary<Facts> => {
  const foreign: ReadonlyArray<readonly [string, Fact]> = [
    ['unheard', 1],
    ['7', 'tea'],
    ['valueOf', true],
  ]
  const disordered = factsOn(vocabulary).chain((facts) => {
    const entries = [...Object.entries(facts), ...foreign]
    return fc.shuffledSubarray(entries).map((some) => Object.fromEntries(some))
  })
  return fc.oneof(factsOn(vocabulary), disordered)
}

/** Every combination of the facts of a vocabulary's fields. */
export const everyFacts = (vocabulary: Vocabulary): ReadonlyArray<Facts> =>
  vocabulary.fields.reduce<ReadonlyArray<Facts>>(
    (all, field) => all.flatMap((facts) => factsOfField(field).map((one) => ({ ...facts, [field.name]: one }))),
    [{}],
  )
