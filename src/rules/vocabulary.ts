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

const FieldName: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'FieldName',
  'a name of at least one character',
  (name) => name !== '',
  { minLength: 1 },
)

const Values: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, { minLength: 1 })

const VocabularyField: Codec<VocabularyField, unknown> = /* @__PURE__ */ unionCodec('VocabularyField', 'type', {
  money: /* @__PURE__ */ structCodec('MoneyField', {
    name: FieldName,
    type: /* @__PURE__ */ literalCodec('money'),
    currency: Currency,
  }),
  integer: /* @__PURE__ */ structCodec('IntegerField', {
    name: FieldName,
    type: /* @__PURE__ */ literalCodec('integer'),
  }),
  text: /* @__PURE__ */ structCodec(
    'TextField',
    { name: FieldName, type: /* @__PURE__ */ literalCodec('text') },
    { values: Values },
  ),
  texts: /* @__PURE__ */ structCodec(
    'TextsField',
    { name: FieldName, type: /* @__PURE__ */ literalCodec('texts') },
    { values: Values },
  ),
  flag: /* @__PURE__ */ structCodec('FlagField', { name: FieldName, type: /* @__PURE__ */ literalCodec('flag') }),
})

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
  /* @__PURE__ */ structCodec('Vocabulary', { fields: /* @__PURE__ */ arrayCodec(VocabularyField) }),
  repeatedNames,
)

/** What is known about one field: an integer (minor units for money), a text, a list of texts, or a flag. */
export type Fact = number | string | boolean | ReadonlyArray<string>

/**
 * What is known, by field name, as own properties. A fact that is absent, `undefined`, or no value of its field (a
 * fraction, a text that isn't among the field's `values`) is missing.
 */
export type Facts = { readonly [field: string]: Fact | undefined }
