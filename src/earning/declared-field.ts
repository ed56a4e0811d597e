/** Fields that a program declares for its own purchases and actions. */
import {
  arrayCodec,
  booleanCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  invalidValue,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { type VocabularyField, vocabularyFieldCodec } from '../rules/index.ts'

/** A field of a program's own; where it is not `required`, rules that read it say what to do without it. */
export type DeclaredField = VocabularyField & { readonly required?: boolean }

/** Something that members do beside buying, with what can be known of it. */
export interface DeclaredAction {
  /** Any name but `purchase`. */
  readonly name: string
  readonly fields: ReadonlyArray<DeclaredField>
}

/** What every activity may say of itself, without a declaration. */
export const PLACES: ReadonlyArray<DeclaredField> = [
  { name: 'channel', type: 'text' },
  { name: 'store', type: 'text' },
]

const name: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'DeclaredName',
  'a name of 1 to 100 characters',
  (text) => text.length > 0 && text.length <= 100,
  { minLength: 1, maxLength: 100 },
)
const declaredFieldCodec: Codec<DeclaredField, unknown> = /* @__PURE__ */ vocabularyFieldCodec('DeclaredField', {
  required: booleanCodec,
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
export const declaredFieldsCodec = (
  builtIn: ReadonlyArray<string>,
  maxLength: number,
): Codec<ReadonlyArray<DeclaredField>, unknown> =>
  constrainCodec(arrayCodec(declaredFieldCodec, { maxLength }), (fields) =>
    takenNames(
      fields.map((field) => field.name),
      builtIn,
      'a name that no other field has',
    ),
  )

/** Of a thousand actions each may have so many fields: programs are read in bounded time. */
const MOST_FIELDS_OF_ACTION = 100

/** Declared actions, with names of their own. */
export const declaredActionsCodec = (builtIn: ReadonlyArray<string>): Codec<ReadonlyArray<DeclaredAction>, unknown> =>
  constrainCodec(
    arrayCodec(structCodec('DeclaredAction', { name, fields: declaredFieldsCodec(builtIn, MOST_FIELDS_OF_ACTION) }), {
      maxLength: 1_000,
    }),
    (actions) =>
      takenNames(
        actions.map((action) => action.name),
        ['purchase'],
        'a name that no other action has, and not "purchase"',
      ),
  )
