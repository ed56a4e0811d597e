// The codec of an object with declared keys.
import { type AnyCodec, type Codec, type CodecParts, itself, makeCodec, type OutputOf, type TypeOf } from './codec.ts'
import { type ObjectDraft, setOwn } from './codec-collection.ts'
import {
  absent,
  deepestNesting,
  holdsPart,
  isEmptyTable,
  isObject,
  noteKey,
  ownProperty,
  readPart,
  refuse,
  refuseAs,
  refuseDepth,
  refused,
  type Sheet,
} from './codec-read.ts'
import type { JsonSchema, SchemaBuilder } from './json-schema.ts'

/** The codecs of an object's keys. */
export interface Fields {
  readonly [key: string]: AnyCodec
}

type Flat<T> = { [K in keyof T]: T[K] } & {}

/** The type of an object with these required and optional keys. */
export type StructOf<R extends Fields, P extends Fields> = Flat<
  { readonly [K in keyof R]: TypeOf<R[K]> } & { readonly [K in keyof P]?: TypeOf<P[K]> }
>

/** The JSON of an object with these required and optional keys. */
export type StructOutputOf<R extends Fields, P extends Fields> = Flat<
  { readonly [K in keyof R]: OutputOf<R[K]> } & { readonly [K in keyof P]?: OutputOf<P[K]> }
>

interface Field {
  readonly key: string
  readonly required: boolean
  readonly parts: CodecParts<unknown, unknown>
}

interface Shape {
  readonly name: string
  readonly expected: string
  readonly fields: ReadonlyArray<Field>
  readonly keys: ReadonlySet<string>
  readonly knownKeys: string
}

const fieldsOf = (codecs: Fields, required: boolean): ReadonlyArray<Field> =>
  Object.entries(codecs).map(([key, codec]) => ({ key, required, parts: codec['~parts'] }))

const shapeOf = (name: string, fields: ReadonlyArray<Field>): Shape => {
  const keys = fields.map(({ key }) => key)
  return {
    name,
    expected: `an object (${name})`,
    fields,
    keys: new Set(keys),
    knownKeys: keys.length === 0 ? 'no keys' : `only the known keys ${keys.join(', ')}`,
  }
}

const refuseUnknown = (keys: ReadonlyArray<string>, shape: Shape, sheet: Sheet): boolean => {
  let some = false
  for (const key of keys) {
    if (shape.keys.has(key)) continue
    const from = sheet.drafts.length
    refuseAs(sheet, 'an unknown key', shape.knownKeys)
    noteKey(sheet, from, key)
    some = true
  }
  return some
}

const refuseMissing = ({ key, required, parts }: Field, sheet: Sheet): boolean => {
  if (!required) return true
  const from = sheet.drafts.length
  refuseAs(sheet, 'nothing', parts.expected)
  noteKey(sheet, from, key)
  return false
}

/** Reads one key into the result; an optional key that holds `undefined` counts as left out, as in JSON. */
const readField = (value: unknown, field: Field, draft: ObjectDraft, sheet: Sheet): boolean => {
  if (value === absent) return refuseMissing(field, sheet)
  if (value === undefined && !field.required) return true
  const part = readPart(value, field.key, field.parts.read, field.parts.expected, sheet)
  if (part === refused) return false
  setOwn(draft, field.key, part)
  return true
}

/** Refuses a `Map` or a `Date`, which has no keys of its own either. */
const refuseHollow = (input: object, met: number, shape: Shape, sheet: Sheet): boolean => {
  if (met > 0 || isEmptyTable(input)) return false
  refuse(sheet, input, shape.expected)
  return true
}

const readFields = (input: object, shape: Shape, sheet: Sheet): Record<string, unknown> | typeof refused => {
  const keys = Object.keys(input)
  const result: ObjectDraft = {}
  let sound = true
  let met = 0
  for (const field of shape.fields) {
    const value = ownProperty(input, field.key)
    if (value !== absent) met += 1
    if (!readField(value, field, result, sheet)) sound = false
  }
  if (keys.length !== met && refuseUnknown(keys, shape, sheet)) return refused
  return !sound || refuseHollow(input, met, shape, sheet) ? refused : result
}

const holdsFields = (value: object, { fields }: Shape, sheet: Sheet): boolean => {
  let met = 0
  for (const { key, required, parts } of fields) {
    const part = ownProperty(value, key)
    if (part === absent && !required) continue
    met += 1
    if (!holdsPart(part, parts.holds, sheet)) return false
  }
  const { length } = Object.keys(value)
  return length === met && (length > 0 || isEmptyTable(value))
}

const encodeFields = (value: Readonly<Record<string, unknown>>, fields: ReadonlyArray<Field>): object => {
  const result: ObjectDraft = {}
  for (const { key, parts } of fields) {
    if (Object.hasOwn(value, key) && value[key] !== undefined) setOwn(result, key, parts.encode(value[key]))
  }
  return result
}

const schemaOf = ({ name, fields }: Shape, builder: SchemaBuilder): JsonSchema => ({
  type: 'object',
  title: name,
  properties: Object.fromEntries(fields.map(({ key, parts }) => [key, parts.schema(builder)])),
  required: fields.filter(({ required }) => required).map(({ key }) => key),
  additionalProperties: false,
})

/**
 * An object with these keys and no others. Only its own data properties are read; the result is a plain object with the
 * keys in declared order.
 *
 * @param name the name of the type
 * @param required the codec of each key that must be there
 * @param optional the codec of each key that may be left out
 * @example
 * ```ts
 * import { decode, formatError, integerCodec, stringCodec, structCodec } from 'treue'
 *
 * const Tier = structCodec('Tier', { id: stringCodec, threshold: integerCodec({ min: 0 }) })
 * const wrong = decode(Tier, { id: 'gold', treshold: 500 })
 * wrong._tag === 'Left' && formatError(wrong.left)
 * // => 'Invalid value at threshold: got nothing, expected an integer of at least 0.\nInvalid value at treshold: got an unknown key, expected only the known keys id, threshold.'
 * ```
 */
export const structCodec = <R extends Fields, P extends Fields = Readonly<Record<never, never>>>(
  name: string,
  required: R,
  optional?: P,
): Codec<StructOf<R, P>, StructOutputOf<R, P>> => {
  const shape = shapeOf(name, [...fieldsOf(required, true), ...fieldsOf(optional ?? {}, false)])
  const parts: CodecParts<Record<string, unknown>, unknown> = {
    name,
    expected: shape.expected,
    read: (input, sheet) => {
      if (!isObject(input)) return refuse(sheet, input, shape.expected)
      if (sheet.depth >= deepestNesting) return refuseDepth(sheet)
      sheet.depth += 1
      const result = readFields(input, shape, sheet)
      sheet.depth -= 1
      return result
    },
    holds: (value, sheet) => {
      if (!isObject(value) || sheet.depth >= deepestNesting) return false
      sheet.depth += 1
      const sound = holdsFields(value, shape, sheet)
      sheet.depth -= 1
      return sound
    },
    encode: shape.fields.every((field) => field.parts.encode === itself)
      ? itself
      : (value) => encodeFields(value, shape.fields),
    schema: (builder) => schemaOf(shape, builder),
  }
  return makeCodec(parts) as unknown as Codec<StructOf<R, P>, StructOutputOf<R, P>>
}
