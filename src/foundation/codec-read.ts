// How codecs read values that nobody vouches for. No path is built until a fault is found: the fault then collects the
// keys on the way out. Nothing here calls an accessor or looks at a prototype's properties.
import * as E from 'fp-ts/Either'
import { describeValue, type InvalidValue } from './fault.ts'

/** A fault in the making; its keys are collected from the inside out. */
export interface Draft {
  readonly keys: Array<string | number>
  readonly value: unknown
  readonly actual: string
  readonly expected: string
}

/** What a recursive codec knows about an object that it has met in this run. */
export interface Visit {
  readonly depth: number
  /** the value read from it; `undefined` while it is being read */
  readonly result: unknown
}

/** The sheet of one decoding run. */
export interface Sheet {
  depth: number
  readonly drafts: Array<Draft>
  /** by recursive codec, then by object; made when the first recursive codec reads */
  visits: Map<object, Map<object, Visit>> | undefined
}

/** What a reader returns for a value that it doesn't take. It has noted the reason on the sheet. */
export const refused: unique symbol = /* @__PURE__ */ Symbol('refused')

/** Reads a value, or notes what is wrong with it. */
export type Read<A> = (input: unknown, sheet: Sheet) => A | typeof refused

/** The deepest nesting of arrays and objects that is read. */
export const deepestNesting = 64

export const newSheet = (): Sheet => ({ depth: 0, drafts: [], visits: undefined })

/**
 * Notes that a value isn't what was asked for; for the readers of `makeCodec`.
 *
 * @param sheet the sheet that the reader was given
 * @param value what was found
 * @param expected a phrase that says what would be right
 * @example
 * ```ts
 * import { refuse, refused } from 'treue'
 *
 * refuse({ depth: 0, drafts: [], visits: undefined }, 4, 'an odd number') === refused // => true
 * ```
 */
export const refuse = (sheet: Sheet, value: unknown, expected: string): typeof refused => {
  sheet.drafts.push({ keys: [], value, actual: describeValue(value), expected })
  return refused
}

/** Like `refuse`, for what isn't a value: a missing key, an unknown one, an accessor. */
export const refuseAs = (sheet: Sheet, actual: string, expected: string): typeof refused => {
  sheet.drafts.push({ keys: [], value: undefined, actual, expected })
  return refused
}

/** Adds a key to the path of every fault noted since `from`. */
export const noteKey = (sheet: Sheet, from: number, key: string | number): void => {
  for (let i = from; i < sheet.drafts.length; i += 1) sheet.drafts[i]?.keys.push(key)
}

export const absent: unique symbol = /* @__PURE__ */ Symbol('absent')
const accessor: unique symbol = /* @__PURE__ */ Symbol('accessor')

/** The own enumerable data property of an object, without calling an accessor. */
export const ownProperty = (object: object, key: string | number): unknown => {
  const property = Object.getOwnPropertyDescriptor(object, key)
  if (property?.enumerable !== true) return absent
  return 'value' in property ? property.value : accessor
}

/** Reads one part of a container, with its key noted on each fault. */
export const readPart = <A>(
  value: unknown,
  key: string | number,
  read: Read<A>,
  expected: string,
  sheet: Sheet,
): A | typeof refused => {
  const from = sheet.drafts.length
  const part = value === accessor ? refuseAs(sheet, 'an accessor', expected) : read(value, sheet)
  if (part === refused) noteKey(sheet, from, key)
  return part
}

/** Whether a part of a container is there as data, and is what its codec gives. */
export const holdsPart = (value: unknown, holds: (value: unknown, sheet: Sheet) => boolean, sheet: Sheet): boolean =>
  value !== absent && value !== accessor && holds(value, sheet)

/** Whether a value is an object, and no list. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether an object without own keys is an empty table. It must be plain, so that a `Map` or a `Date` isn't taken for
 * one.
 */
export const isEmptyTable = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

export const refuseDepth = (sheet: Sheet): typeof refused =>
  refuseAs(sheet, 'deeper nesting', `at most ${deepestNesting} levels of nesting`)

export const faultOf = (draft: Draft): InvalidValue => ({
  _tag: 'InvalidValue',
  path: [...draft.keys].reverse(),
  expected: draft.expected,
  actual: draft.actual,
})

const readSafely = <A>(read: Read<A>, input: unknown, sheet: Sheet): A | typeof refused => {
  try {
    return read(input, sheet)
  } catch {
    return refuseAs(sheet, 'a value that throws when it is read', 'plain data')
  }
}

/** One run; the faults are still drafts. */
export const run = <A>(read: Read<A>, input: unknown): E.Either<ReadonlyArray<Draft>, A> => {
  const sheet = newSheet()
  const value = readSafely(read, input, sheet)
  return value === refused ? E.left(sheet.drafts) : E.right(value)
}
