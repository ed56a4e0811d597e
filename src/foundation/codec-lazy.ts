// The codec of a form that contains itself.
import { type Codec, makeCodec } from './codec.ts'
import { type Read, refuseAs, refused, type Sheet, type Visit } from './codec-read.ts'
import { referTo } from './json-schema.ts'

const visitsOf = (codec: object, sheet: Sheet): Map<object, Visit> => {
  sheet.visits ??= new Map()
  const known = sheet.visits.get(codec)
  if (known !== undefined) return known
  const visits = new Map<object, Visit>()
  sheet.visits.set(codec, visits)
  return visits
}

const open: unique symbol = /* @__PURE__ */ Symbol('open')

/**
 * Reads an object once for each depth at most. An object may occur in many places: without the table, a short chain of
 * objects that each name the next one twice would take time exponential in its length.
 */
const readOnce = <A>(input: object, owner: object, read: Read<A>, sheet: Sheet): A | typeof refused => {
  const visits = visitsOf(owner, sheet)
  const visit = visits.get(input)
  if (visit?.result === open) return refuseAs(sheet, 'a value that contains itself', 'a value of finite depth')
  // Refused before: its faults are noted. Read before: it still fits here, unless it now stands deeper.
  if (visit !== undefined && (visit.result === refused || sheet.depth <= visit.depth)) {
    return visit.result as A | typeof refused
  }
  visits.set(input, { depth: sheet.depth, result: open })
  const result = read(input, sheet)
  visits.set(input, { depth: sheet.depth, result })
  return result
}

/**
 * A form that contains itself, such as a condition made of conditions. Values may be nested 64 levels deep.
 *
 * @param name the name of the type
 * @param codec the codec; called when it is first needed
 * @example
 * ```ts
 * import { arrayCodec, type Codec, decode, lazyCodec, structCodec } from 'treue'
 *
 * interface Tree { readonly branches: ReadonlyArray<Tree> }
 * const Tree: Codec<Tree> = lazyCodec('Tree', () => structCodec('Tree', { branches: arrayCodec(Tree) }))
 * decode(Tree, { branches: [{ branches: [] }] }) // => { _tag: 'Right', right: { branches: [{ branches: [] }] } }
 * ```
 */
export const lazyCodec = <A, O>(name: string, codec: () => Codec<A, O>): Codec<A, O> => {
  let known: Codec<A, O> | undefined
  const inner = () => {
    known ??= codec()
    return known['~parts']
  }
  const owner = {}
  const holder = {}
  return makeCodec<A, O>({
    name,
    expected: `a value of type ${name}`,
    read: (input, sheet) => {
      if (typeof input !== 'object' || input === null) return inner().read(input, sheet)
      return readOnce(input, owner, inner().read, sheet)
    },
    holds: (value, sheet) => {
      if (typeof value !== 'object' || value === null) return inner().holds(value, sheet)
      const read: Read<boolean> = (input) => (inner().holds(input, sheet) ? true : refused)
      return readOnce(value, holder, read, sheet) === true
    },
    encode: (value) => inner().encode(value),
    schema: (builder) => referTo(builder, owner, name, () => inner().schema(builder)),
  })
}
