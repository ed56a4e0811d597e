// The codec of alternatives that a tag tells apart.
import { type AnyCodec, type Codec, type CodecParts, itself, makeCodec, type OutputOf, type TypeOf } from './codec.ts'
import { absent, isObject, ownProperty, readPart, refuse, refuseAs, type Sheet } from './codec-read.ts'

/** The codec of each alternative, by its tag. */
export interface Cases {
  readonly [tag: string]: AnyCodec
}

/**
 * One of several objects, told apart by the text under one key.
 *
 * @param name the name of the type
 * @param key the key that holds the tag
 * @param cases by tag, the codec of the object, whose key has that literal
 * @example
 * ```ts
 * import { decode, integerCodec, literalCodec, structCodec, unionCodec } from 'treue'
 *
 * const Reward = unionCodec('Reward', 'type', {
 *   points: structCodec('PointsReward', { type: literalCodec('points'), points: integerCodec({ min: 1 }) }),
 *   none: structCodec('NoReward', { type: literalCodec('none') }),
 * })
 * decode(Reward, { type: 'points', points: 10 }) // => { _tag: 'Right', right: { type: 'points', points: 10 } }
 * ```
 */
export const unionCodec = <C extends Cases>(
  name: string,
  key: string,
  cases: C,
): Codec<TypeOf<C[keyof C]>, OutputOf<C[keyof C]>> => {
  const byTag: ReadonlyMap<unknown, CodecParts<unknown, unknown>> = new Map(
    Object.entries(cases).map(([tag, codec]) => [tag, codec['~parts']]),
  )
  const tags = [...byTag.keys()].map((tag) => JSON.stringify(tag)).join(', ')
  const expected = `an object (${name}) with ${JSON.stringify(key)} as one of ${tags}`
  const readTag = (tag: unknown, sheet: Sheet) =>
    tag === absent ? refuseAs(sheet, 'nothing', `one of ${tags}`) : refuse(sheet, tag, `one of ${tags}`)
  const parts: CodecParts<unknown, unknown> = {
    name,
    expected,
    read: (input, sheet) => {
      if (!isObject(input)) return refuse(sheet, input, expected)
      const tag = ownProperty(input, key)
      const chosen = byTag.get(tag)
      return chosen === undefined ? readPart(tag, key, readTag, `one of ${tags}`, sheet) : chosen.read(input, sheet)
    },
    holds: (value, sheet) => isObject(value) && byTag.get(ownProperty(value, key))?.holds(value, sheet) === true,
    encode: [...byTag.values()].every(({ encode }) => encode === itself)
      ? itself
      : (value) => byTag.get((value as Readonly<Record<string, unknown>>)[key])?.encode(value),
    schema: (builder) => ({ title: name, oneOf: [...byTag.values()].map((part) => part.schema(builder)) }),
  }
  return makeCodec(parts)
}
