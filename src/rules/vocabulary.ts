// The fields that conditions may read: their names, their types, and what a fact of each type is.
import {
  arrayCodec,
  type Codec,
  Currency,
  constrainCodec,
  type InvalidValue,
  invalidValue,
  literalCodec,
  refineCodec,
  stringCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'

/** A field that holds an amount of one currency; facts are integers of its minor unit, JSON has decimal texts. */
export interface MoneyField {
  readonly name: string
  readonly type: 'money'
  readonly currency: Currency
}

/** A field that holds a safe integer: a quantity, a count, points, an hour, a day number. */
export interface IntegerField {
  readonly name: string
  readonly type: 'integer'
}

/** A field that holds one text; with `values` given, it can hold no other text than those. */
export interface TextField {
  readonly name: string
  readonly type: 'text'
  readonly values?: ReadonlyArray<string>
}

/** A field that holds a set of texts; with `values` given, conditions can ask for no other text than those. */
export interface TextsField {
  readonly name: string
  readonly type: 'texts'
  readonly values?: ReadonlyArray<string>
}

/** A field that holds true or false. */
export interface FlagField {
  readonly name: string
  readonly type: 'flag'
}

/** One thing that a condition may ask about. */
export type VocabularyField = MoneyField | IntegerField | TextField | TextsField | FlagField

/** The fields that conditions may read, each with a name of its own. */
export interface Vocabulary {
  readonly fields: ReadonlyArray<VocabularyField>
}

const fieldName: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'FieldName',
  'a name of 1 to 100 characters',
  (name) => name.length > 0 && name.length <= 100,
  { minLength: 1, maxLength: 100 },
)

const values: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, {
  minLength: 1,
  maxLength: 10_000,
})

/**
 * The codec of one field that conditions may read, and of what somebody says of their fields besides.
 *
 * @param name what such a field is called in errors
 * @param more the codecs of further keys, each of which may be left out
 * @example
 * ```ts
 * import { booleanCodec, decode, vocabularyFieldCodec } from 'treue'
 *
 * const Field = vocabularyFieldCodec('Field', { required: booleanCodec })
 * decode(Field, { name: 'stars', type: 'integer', required: true })._tag // => 'Right'
 * decode(Field, { name: 'stars', type: 'number' })._tag // => 'Left'
 * ```
 */
export const vocabularyFieldCodec = <More extends { readonly [key: string]: unknown }>(
  name: string,
  more: { readonly [K in keyof More]: Codec<More[K]> },
): Codec<VocabularyField & Partial<More>, unknown> =>
  unionCodec(name, 'type', {
    money: structCodec('MoneyField', { name: fieldName, type: literalCodec('money'), currency: Currency }, more),
    integer: structCodec('IntegerField', { name: fieldName, type: literalCodec('integer') }, more),
    text: structCodec('TextField', { name: fieldName, type: literalCodec('text') }, { values, ...more }),
    texts: structCodec('TextsField', { name: fieldName, type: literalCodec('texts') }, { values, ...more }),
    flag: structCodec('FlagField', { name: fieldName, type: literalCodec('flag') }, more),
  }) as unknown as Codec<VocabularyField & Partial<More>, unknown>

const repeatedNames = ({ fields }: Vocabulary): ReadonlyArray<InvalidValue> => {
  const firstOf = new Map(fields.map(({ name }, index) => [name, index] as const).reverse())
  return fields.flatMap(({ name }, index) =>
    firstOf.get(name) === index
      ? []
      : [invalidValue(['fields', index, 'name'], name, 'a name that no other field has')],
  )
}

/**
 * Reads a vocabulary from JSON, where a program's users declare fields of their own.
 *
 * @example
 * ```ts
 * import { decode, Vocabulary } from 'treue'
 *
 * decode(Vocabulary, { fields: [{ name: 'stars', type: 'integer' }] })
 * // => { _tag: 'Right', right: { fields: [{ name: 'stars', type: 'integer' }] } }
 * ```
 */
export const Vocabulary: Codec<Vocabulary, unknown> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('Vocabulary', {
    fields: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ vocabularyFieldCodec<Record<never, unknown>>('VocabularyField', {}),
      {
        maxLength: 10_000,
      },
    ),
  }),
  repeatedNames,
)

/** What is known about one field: an integer (minor units for money), a text, a list of texts, or a flag. */
export type Fact = number | string | boolean | ReadonlyArray<string>

/**
 * What is known, by field name, as own properties. A fact that is absent, `undefined`, or no value of its field (a
 * fraction, a text that isn't among the field's `values`) is missing.
 */
export type Facts = { readonly [field: string]: Fact | undefined }
