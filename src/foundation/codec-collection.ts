// Codecs of lists and of dictionaries.
import { type Codec, itself, makeCodec } from './codec.ts'
import {
  absent,
  deepestNesting,
  holdsPart,
  isEmptyTable,
  isObject,
  ownProperty,
  readPart,
  refuse,
  refuseAs,
  refuseDepth,
  refused,
  type Sheet,
} from './codec-read.ts'

/** The limits of a list's length, both inclusive. */
export interface LengthBounds {
  readonly minLength?: number
  readonly maxLength?: number
}

const arrayInWords = (item: string, { minLength, maxLength }: LengthBounds): string => {
  if (minLength !== undefined && maxLength !== undefined) {
    return `an array of ${minLength} to ${maxLength} values, each ${item}`
  }
  if (minLength !== undefined) return `an array of at least ${minLength}, each ${item}`
  return maxLength === undefined ? `an array, each value ${item}` : `an array of at most ${maxLength}, each ${item}`
}

/** The items; reading stops at a hole, since a sparse array may claim billions of them. */
const readItems = <A, O>(
  input: ReadonlyArray<unknown>,
  codec: Codec<A, O>,
  sheet: Sheet,
): ReadonlyArray<A> | typeof refused => {
  const { read, expected } = codec['~parts']
  const items: Array<A> = []
  const { length } = input
  let sound = true
  for (let i = 0; i < length; i += 1) {
    const value = ownProperty(input, i)
    if (value === absent) return refuseAs(sheet, `no value at ${i}`, 'an array without holes')
    const item = readPart(value, i, read, expected, sheet)
    if (item === refused) sound = false
    else items.push(item)
  }
  return sound ? items : refused
}

/**
 * A list.
 *
 * @param item the codec of each value
 * @param bounds the least and the greatest length; none by default
 * @example
 * ```ts
 * import { arrayCodec, decode, stringCodec } from 'treue'
 *
 * decode(arrayCodec(stringCodec), ['a', 'b']) // => { _tag: 'Right', right: ['a', 'b'] }
 * ```
 */
export const arrayCodec = <A, O>(
  item: Codec<A, O>,
  bounds: LengthBounds = {},
): Codec<ReadonlyArray<A>, ReadonlyArray<O>> => {
  const { minLength = 0, maxLength = Number.MAX_SAFE_INTEGER } = bounds
  const inner = item['~parts']
  const expected = arrayInWords(inner.expected, bounds)
  const fits = (value: unknown): value is ReadonlyArray<unknown> =>
    Array.isArray(value) && value.length >= minLength && value.length <= maxLength
  return makeCodec<ReadonlyArray<A>, ReadonlyArray<O>>({
    name: `Array<${inner.name}>`,
    expected,
    read: (input, sheet) => {
      if (!fits(input)) return refuse(sheet, input, expected)
      if (sheet.depth >= deepestNesting) return refuseDepth(sheet)
      sheet.depth += 1
      const items = readItems(input, item, sheet)
      sheet.depth -= 1
      return items
    },
    holds: (value, sheet) => {
      if (!fits(value) || sheet.depth >= deepestNesting) return false
      sheet.depth += 1
      const { length } = value
      let sound = true
      for (let i = 0; sound && i < length; i += 1) sound = holdsPart(ownProperty(value, i), inner.holds, sheet)
      sheet.depth -= 1
      return sound
    },
    encode: inner.encode === itself ? (itself as never) : (values) => values.map(inner.encode),
    schema: (builder) => ({
      type: 'array',
      items: inner.schema(builder),
      ...(bounds.minLength === undefined ? {} : { minItems: minLength }),
      ...(bounds.maxLength === undefined ? {} : { maxItems: maxLength }),
    }),
  })
}

/** A text-keyed table as plain data. */
export type Dictionary<A, K extends string = string> = { readonly [Key in K]: A }

/** An object while it is being filled. */
export type ObjectDraft = Record<string, unknown>

/** Sets an own property, whatever the key: assigning to `__proto__` would change the prototype instead. */
export const setOwn = (draft: ObjectDraft, key: string, value: unknown): void => {
  if (key === '__proto__') {
    Object.defineProperty(draft, key, { value, writable: true, enumerable: true, configurable: true })
  } else {
    draft[key] = value
  }
}

/**
 * The value that a table has of its own under a key; never something inherited, such as `constructor`.
 *
 * @param dictionary a plain object used as a table
 * @param key any text, also `__proto__`
 * @example
 * ```ts
 * import { ownValue } from 'treue'
 *
 * ownValue({ gold: 3 }, 'gold') // => 3
 * ownValue({ gold: 3 }, 'constructor') // => undefined
 * ```
 */
export const ownValue = <A>(dictionary: { readonly [key: string]: A }, key: string): A | undefined =>
  Object.hasOwn(dictionary, key) ? dictionary[key] : undefined

const tableOf = (value: string): string => `an object, each value ${value}`

const readEntries = <A, O>(
  input: object,
  value: Codec<A, O>,
  key: Codec<string> | undefined,
  sheet: Sheet,
): Record<string, A> | typeof refused => {
  const { read, expected } = value['~parts']
  const result: Record<string, A> = {}
  const names = Object.keys(input)
  if (names.length === 0 && !isEmptyTable(input)) return refuse(sheet, input, tableOf(expected))
  let sound = true
  for (const name of names) {
    const validKey = key === undefined || readPart(name, name, key['~parts'].read, '', sheet) !== refused
    const part = readPart(ownProperty(input, name), name, read, expected, sheet)
    if (part === refused || !validKey) sound = false
    else setOwn(result, name, part)
  }
  return sound ? result : refused
}

const encodeEntries = <A, O>(values: Dictionary<A>, encode: (value: A) => O): Dictionary<O> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encode(value)]))

/** A String object has its letters as own properties, which would pass for entries. */
const isDictionary = (input: unknown): input is object => isObject(input) && !(input instanceof String)

/**
 * A table from texts to values. Any text is a key, also `__proto__`; look up with `ownValue`.
 *
 * @param value the codec of each value
 * @param key the codec of the keys, where not every text is one
 * @example
 * ```ts
 * import { decode, dictionaryCodec, integerCodec } from 'treue'
 *
 * decode(dictionaryCodec(integerCodec()), { stars: 3 }) // => { _tag: 'Right', right: { stars: 3 } }
 * ```
 */
export const dictionaryCodec = <A, O, K extends string = string>(
  value: Codec<A, O>,
  key?: Codec<K, string>,
): Codec<Dictionary<A, K>, Dictionary<O>> => {
  const inner = value['~parts']
  const keys = key as Codec<string> | undefined
  const expected = tableOf(inner.expected)
  return makeCodec<Dictionary<A>, Dictionary<O>>({
    name: `Dictionary<${inner.name}>`,
    expected,
    read: (input, sheet) => {
      if (!isDictionary(input)) return refuse(sheet, input, expected)
      if (sheet.depth >= deepestNesting) return refuseDepth(sheet)
      sheet.depth += 1
      const result = readEntries(input, value, keys, sheet)
      sheet.depth -= 1
      return result
    },
    holds: (candidate, sheet) => {
      if (!isDictionary(candidate) || sheet.depth >= deepestNesting) return false
      sheet.depth += 1
      const names = Object.keys(candidate)
      const sound = names.every(
        (name) => holdsPart(ownProperty(candidate, name), inner.holds, sheet) && (keys?.is(name) ?? true),
      )
      sheet.depth -= 1
      return sound && (names.length > 0 || isEmptyTable(candidate))
    },
    encode: inner.encode === itself ? (itself as never) : (values) => encodeEntries(values, inner.encode),
    schema: (builder) => ({
      type: 'object',
      ...(keys === undefined ? {} : { propertyNames: keys['~parts'].schema(builder) }),
      additionalProperties: inner.schema(builder),
    }),
  })
}
