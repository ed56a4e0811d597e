/** Fields that a program declares for its own purchases and actions. */
import {
  arrayCodec,
  booleanCodec,
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
import type { VocabularyField } from '../rules/index.ts'

/** A field of a program's own; where it is not `required`, rules that read it say what to do without it. */
export type DeclaredField = VocabularyField & { readonly required?: boolean }

/** Something that members do beside buying, with what can be known of it. */
export interface DeclaredAction {
  /** Any name but `purchase`. */
  readonly name: string
  readonly fields: ReadonlyArray<DeclaredField>
}

const name: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'DeclaredName',
  'a name of 1 to 100 characters',
  (text) => text.length > 0 && text.length <= 100,
  { minLength: 1, maxLength: 100 },
)
const values: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, {
  minLength: 1,
  maxLength: 10_000,
})
const required = booleanCodec

const declaredFieldCodec: Codec<DeclaredField, unknown> = /* @__PURE__ */ unionCodec('DeclaredField', 'type', {
  money: /* @__PURE__ */ structCodec(
    'DeclaredMoneyField',
    { name, type: /* @__PURE__ */ literalCodec('money'), currency: Currency },
    { required },
  ),
  integer: /* @__PURE__ */ structCodec(
    'DeclaredIntegerField',
    { name, type: /* @__PURE__ */ literalCodec('integer') },
    { required },
  ),
  text: /* @__PURE__ */ structCodec(
    'DeclaredTextField',
    { name, type: /* @__PURE__ */ literalCodec('text') },
    { values, required },
  ),
  texts: /* @__PURE__ */ structCodec(
    'DeclaredTextsField',
    { name, type: /* @__PURE__ */ literalCodec('texts') },
    { values, required },
  ),
  flag: /* @__PURE__ */ structCodec(
    'DeclaredFlagField',
    { name, type: /* @__PURE__ */ literalCodec('flag') },
    { required },
  ),
})

/** Faults of names that come a second time, or are taken. */
const takenNames = (
  names: ReadonlyArray<string>,
  taken: ReadonlyArray<string>,
  expected: string,
): ReadonlyArray<InvalidValue> => {
  const seen = new Set(taken)
  return names.flatMap((one, index) => {
    if (seen.has(one)) return [invalidValue([index, 'name'], one, expected)]
    seen.add(one)
    return []
  })
}

/** Declared fields, with names of their own that are none of `builtIn`. */
export const declaredFieldsCodec = (builtIn: ReadonlyArray<string>): Codec<ReadonlyArray<DeclaredField>, unknown> =>
  constrainCodec(arrayCodec(declaredFieldCodec, { maxLength: 1_000 }), (fields) =>
    takenNames(
      fields.map((field) => field.name),
      builtIn,
      'a name that no other field has',
    ),
  )

/** Declared actions, with names of their own. */
export const declaredActionsCodec = (builtIn: ReadonlyArray<string>): Codec<ReadonlyArray<DeclaredAction>, unknown> =>
  constrainCodec(
    arrayCodec(structCodec('DeclaredAction', { name, fields: declaredFieldsCodec(builtIn) }), { maxLength: 1_000 }),
    (actions) =>
      takenNames(
        actions.map((action) => action.name),
        ['purchase'],
        'a name that no other action has, and not "purchase"',
      ),
  )
