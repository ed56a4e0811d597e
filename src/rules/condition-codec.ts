// Conditions in JSON: decoded against a vocabulary with every fault and its path, and encoded again.
import type * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type AnyCodec,
  arrayCodec,
  booleanCodec,
  type Codec,
  constrainCodec,
  decode,
  type InvalidValue,
  integerCodec,
  invalidValue,
  itself,
  lazyCodec,
  literalCodec,
  makeCodec,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { amountCodec } from './amount-codec.ts'
import { type Condition, partsOf } from './condition.ts'
import type { Vocabulary, VocabularyField } from './vocabulary.ts'

const deepestCondition = 32
const mostConditions = 1000
const mostTexts = 10_000

const numberBounds = ['atLeast', 'moreThan', 'atMost', 'lessThan']

/** Either `present`, or `equals`, or a range with one lower and one upper bound at most. */
const isNumberTest = (test: object): boolean => {
  const has = (operator: string): boolean => Object.hasOwn(test, operator)
  if (has('present') || has('equals')) return Object.keys(test).length === 2
  return numberBounds.some(has) && !(has('atLeast') && has('moreThan')) && !(has('atMost') && has('lessThan'))
}

const withAll = (...keys: ReadonlyArray<string>) => ({ required: keys })

const numberTestSchema = {
  oneOf: [
    { ...withAll('present'), maxProperties: 2 },
    { ...withAll('equals'), maxProperties: 2 },
    {
      anyOf: numberBounds.map((bound) => withAll(bound)),
      not: {
        anyOf: [withAll('present'), withAll('equals'), withAll('atLeast', 'moreThan'), withAll('atMost', 'lessThan')],
      },
    },
  ],
}

/** A test of one field, before its operators are checked against each other. */
const operatorsCodec = (name: string, operators: { readonly [operator: string]: AnyCodec }) =>
  structCodec(`Test of ${name}`, { field: literalCodec(name) }, { present: booleanCodec, ...operators })

const numberTestCodec = (name: string, constant: Codec<number, unknown>): AnyCodec =>
  refineCodec(
    operatorsCodec(name, {
      equals: constant,
      atLeast: constant,
      moreThan: constant,
      atMost: constant,
      lessThan: constant,
    }),
    `Test of ${name}`,
    'present, or equals, or one lower bound (atLeast, moreThan), one upper bound (atMost, lessThan) or both',
    isNumberTest,
    numberTestSchema,
  )

const singleTestCodec = (name: string, operators: { readonly [operator: string]: AnyCodec }): AnyCodec =>
  refineCodec(
    operatorsCodec(name, operators),
    `Test of ${name}`,
    `exactly one of present, ${Object.keys(operators).join(', ')}`,
    (test) => Object.keys(test).length === 2,
    { minProperties: 2 },
  )

const testCodec = (field: VocabularyField): AnyCodec => {
  const { name, type } = field
  if (type === 'money') return numberTestCodec(name, amountCodec(field.currency))
  if (type === 'integer') return numberTestCodec(name, integerCodec())
  if (type === 'flag') return singleTestCodec(name, { is: booleanCodec })
  const text: Codec<string> = field.values === undefined ? stringCodec : literalCodec(...field.values)
  const texts = arrayCodec(text, { minLength: 1, maxLength: mostTexts })
  return type === 'text'
    ? singleTestCodec(name, { is: text, isNot: text, in: texts, notIn: texts })
    : singleTestCodec(name, { hasAny: texts, hasAll: texts, hasNone: texts })
}

type Form = Codec<Condition, unknown>

/** The codec of one of the forms that `formOf` tells apart: it only ever meets that form. */
const asForm = (codec: AnyCodec): Form => codec as Form

/** Takes everything as it is, for a refinement that refuses it. */
const nothing: Form = /* @__PURE__ */ asForm(
  /* @__PURE__ */ makeCodec<unknown>({
    name: 'nothing',
    expected: 'nothing',
    read: (input) => input,
    holds: () => false,
    encode: itself,
    schema: () => ({ not: {} }),
  }),
)

const inQuotes = (names: ReadonlyArray<string>): string => names.map((name) => JSON.stringify(name)).join(', ')

/** The place of the form of tests of every other field: no name of a field is a symbol. */
const otherField: unique symbol = /* @__PURE__ */ Symbol('other field')

interface Forms {
  readonly joins: ReadonlyMap<string, Form>
  readonly tests: ReadonlyMap<unknown, Form>
  readonly noCondition: Form
  readonly noField: Form
}

/** What has no field, and no name of one. */
const noName: Form = /* @__PURE__ */ constrainCodec(nothing, (input) => [
  invalidValue(['field'], fieldOf(input), 'the name of a field'),
])

const formsOf = (vocabulary: Vocabulary, condition: Form): Forms => {
  const parts = arrayCodec(condition, { minLength: 1, maxLength: mostConditions })
  const fields = `one of the fields ${inQuotes(vocabulary.fields.map(({ name }) => name))}`
  return {
    joins: new Map<string, Form>([
      ['all', asForm(structCodec('AllOf', { all: parts }))],
      ['any', asForm(structCodec('AnyOf', { any: parts }))],
      ['not', asForm(structCodec('NotOf', { not: condition }))],
    ]),
    tests: new Map(vocabulary.fields.map((field) => [field.name, asForm(testCodec(field))])),
    noCondition: refineCodec(nothing, 'Condition', 'an object with "all", "any", "not" or "field"', () => false),
    noField: constrainCodec(nothing, (input) => [invalidValue(['field'], fieldOf(input), fields)]),
  }
}

const fieldOf = (input: unknown): unknown => Object.getOwnPropertyDescriptor(input, 'field')?.value

const isObject = (input: unknown): input is object =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

/** The form that an input seems to be meant as: it is the one that can say what is wrong with it. */
const formOf = (forms: Forms, input: unknown): Form => {
  if (!isObject(input)) return forms.noCondition
  for (const [key, join] of forms.joins) if (Object.hasOwn(input, key)) return join
  if (!Object.hasOwn(input, 'field')) return forms.noCondition
  return forms.tests.get(fieldOf(input)) ?? forms.noField
}

const anyConditionCodec = (forms: Forms): Form =>
  makeCodec<Condition, unknown>({
    name: 'Condition',
    expected: forms.noCondition['~parts'].expected,
    read: (input, sheet) => formOf(forms, input)['~parts'].read(input, sheet),
    holds: (value, sheet) => formOf(forms, value)['~parts'].holds(value, sheet),
    encode: (condition) => formOf(forms, condition)['~parts'].encode(condition),
    schema: (builder) => ({
      title: 'Condition',
      oneOf: [...forms.joins.values(), ...forms.tests.values()].map((form) => form['~parts'].schema(builder)),
    }),
  })

/** Parts may be shared, so that a small value is a huge tree: counting stops as soon as there are too many. */
const countConditions = (condition: Condition, atMost: number): number => {
  let count = 1
  for (const part of partsOf(condition)) {
    if (count > atMost) break
    count += countConditions(part, atMost - count)
  }
  return count
}

const depthOf = (condition: Condition): number => {
  const depths = partsOf(condition).map(depthOf)
  return 1 + Math.max(0, ...depths)
}

const sizeFaults = (condition: Condition): ReadonlyArray<InvalidValue> => {
  if (countConditions(condition, mostConditions) > mostConditions) {
    return [invalidValue([], condition, `at most ${mostConditions} conditions in one another`)]
  }
  return depthOf(condition) > deepestCondition
    ? [invalidValue([], condition, `conditions nested at most ${deepestCondition} deep`)]
    : []
}

/**
 * The codec of conditions that read the fields of a vocabulary. Amounts are decimal texts in JSON and minor units when
 * decoded; everything else is its own JSON. At most 1,000 conditions in one another, 32 deep, 10,000 texts in a list.
 *
 * @param vocabulary the fields that a condition may read
 * @example
 * ```ts
 * import { type Currency, conditionCodec, decode, formatError } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'amount', type: 'money', currency: 'EUR' as Currency }] } as const
 * const Condition = conditionCodec(vocabulary)
 *
 * decode(Condition, { field: 'amount', atLeast: '50.00' })
 * // => { _tag: 'Right', right: { field: 'amount', atLeast: 5000 } }
 * const wrong = decode(Condition, { any: [{ field: 'amuont', atLeast: '50.00' }] })
 * wrong._tag === 'Left' && formatError(wrong.left)
 * // => 'Invalid value at any[0].field: got "amuont", expected one of the fields "amount".'
 * ```
 */
export const conditionCodec = (vocabulary: Vocabulary): Codec<Condition, unknown> => {
  const condition: Form = lazyCodec('Condition', () => anyConditionCodec(formsOf(vocabulary, condition)))
  return constrainCodec(condition, sizeFaults)
}

const numberConstant = {
  anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$' }],
}
const textList = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: mostTexts }
const singleOperators = ['is', 'isNot', 'in', 'notIn', 'hasAny', 'hasAll', 'hasNone']

/** A test of a field of which only the name is known: the operators of every type of field. */
const otherTestSchema = (known: ReadonlyArray<string>) => ({
  title: 'Test of a declared field',
  type: 'object',
  required: ['field'],
  additionalProperties: false,
  properties: {
    field: { type: 'string', not: { enum: known } },
    present: { type: 'boolean' },
    ...Object.fromEntries(['equals', ...numberBounds].map((operator) => [operator, numberConstant])),
    is: { type: ['boolean', 'string'] },
    isNot: { type: 'string' },
    ...Object.fromEntries(singleOperators.slice(2).map((operator) => [operator, textList])),
  },
  oneOf: [
    ...['present', 'equals', ...singleOperators].map((operator) => ({ ...withAll(operator), maxProperties: 2 })),
    {
      anyOf: numberBounds.map((bound) => withAll(bound)),
      not: {
        anyOf: [
          ...['present', 'equals', ...singleOperators].map((operator) => withAll(operator)),
          withAll('atLeast', 'moreThan'),
          withAll('atMost', 'lessThan'),
        ],
      },
    },
  ],
})

/** The type of field that a test seems to be meant for, by its operators. */
const typeMeant = (test: object): 'integer' | 'text' | 'texts' | 'flag' => {
  const has = (operator: string): boolean => Object.hasOwn(test, operator)
  if (has('equals') || numberBounds.some(has)) return 'integer'
  if (has('hasAny') || has('hasAll') || has('hasNone')) return 'texts'
  const isText = has('isNot') || has('in') || has('notIn')
  return isText || typeof Object.getOwnPropertyDescriptor(test, 'is')?.value === 'string' ? 'text' : 'flag'
}

/** Tests of fields of which nothing is known have the form of some type of field. */
const otherTest = ({ fields }: Vocabulary): Form => {
  const meant = (test: unknown): Form => {
    const name = fieldOf(test)
    return typeof name === 'string' ? asForm(testCodec({ name, type: typeMeant(test as object) })) : noName
  }
  return asForm(
    makeCodec<unknown>({
      name: 'Test of a declared field',
      expected: 'a test of a declared field',
      read: (input, sheet) => meant(input)['~parts'].read(input, sheet),
      holds: (value, sheet) => meant(value)['~parts'].holds(value, sheet),
      encode: (value) => meant(value)['~parts'].encode(value as Condition),
      schema: () => otherTestSchema(fields.map(({ name }) => name)),
    }),
  )
}

/**
 * The codec of conditions that may also read fields of which nothing is known, for a JSON Schema that cannot look at
 * where they are declared: tests of such fields have the form of those of some type of field but money.
 *
 * @param vocabulary the fields of which the type is known
 * @example
 * ```ts
 * import { openConditionCodec } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'quantity', type: 'integer' }] } as const
 * openConditionCodec(vocabulary).decode({ all: [{ field: 'stars', atLeast: 4 }] })._tag // => 'Right'
 * openConditionCodec(vocabulary).decode({ all: [{ field: 'quantity', is: 'many' }] })._tag // => 'Left'
 * ```
 */
export const openConditionCodec = (vocabulary: Vocabulary): Codec<Condition, unknown> => {
  const other = otherTest(vocabulary)
  const condition: Form = lazyCodec('OpenCondition', () => {
    const forms = formsOf(vocabulary, condition)
    return anyConditionCodec({ ...forms, tests: new Map(forms.tests).set(otherField, other), noField: other })
  })
  return constrainCodec(condition, sizeFaults)
}

/**
 * Reads a condition from JSON, or reports everything that is wrong with it: unknown fields, operators that don't fit
 * the field's type, bad constants, empty lists, too much nesting.
 *
 * @param vocabulary the fields that the condition may read
 * @param json any value, such as the result of `JSON.parse`
 * @example
 * ```ts
 * import { decodeCondition, formatError } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'weekday', type: 'text', values: ['saturday', 'sunday'] }] } as const
 * const wrong = decodeCondition(vocabulary, { all: [{ field: 'weekday', is: 'funday' }, {}] })
 *
 * wrong._tag === 'Left' && wrong.left.map((fault) => formatError(fault))
 * // => [
 * //   'Invalid value at all[0].is: got "funday", expected one of "saturday", "sunday".',
 * //   'Invalid value at all[1]: got an object, expected an object with "all", "any", "not" or "field".',
 * // ]
 * ```
 */
export const decodeCondition = (
  vocabulary: Vocabulary,
  json: unknown,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, Condition> => decode(conditionCodec(vocabulary), json)

/**
 * Writes a condition as JSON: amounts as decimal texts.
 *
 * @param vocabulary the vocabulary that the condition was decoded with
 * @param condition a decoded condition
 * @example
 * ```ts
 * import { type Currency, encodeCondition } from 'treue'
 *
 * const vocabulary = { fields: [{ name: 'amount', type: 'money', currency: 'EUR' as Currency }] } as const
 *
 * encodeCondition(vocabulary, { field: 'amount', atLeast: 5000 }) // => { field: 'amount', atLeast: '50.00' }
 * ```
 */
export const encodeCondition = (vocabulary: Vocabulary, condition: Condition): unknown =>
  conditionCodec(vocabulary).encode(condition)
