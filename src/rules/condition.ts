// Conditions as plain JSON data. Money constants are integers of the minor unit here, and decimal texts in JSON.

/** Holds when every part holds; with no parts, always. */
export interface AllOf {
  readonly all: ReadonlyArray<Condition>
}

/** Holds when at least one part holds; with no parts, never. */
export interface AnyOf {
  readonly any: ReadonlyArray<Condition>
}

/** Holds when its part is known to be false. */
export interface NotOf {
  readonly not: Condition
}

/** Asks whether a fact is there at all. */
export interface PresenceTest {
  readonly field: string
  readonly present: boolean
}

/** Asks for one number. */
export interface EqualityTest {
  readonly field: string
  readonly equals: number
}

/** Asks for a range of numbers: at most one lower and one upper bound, and at least one of the two. */
export interface RangeTest {
  readonly field: string
  readonly atLeast?: number
  readonly moreThan?: number
  readonly atMost?: number
  readonly lessThan?: number
}

/** Asks for one text, for any text but one, for one of several, or for none of several. */
export type TextTest =
  | { readonly field: string; readonly is: string }
  | { readonly field: string; readonly isNot: string }
  | { readonly field: string; readonly in: ReadonlyArray<string> }
  | { readonly field: string; readonly notIn: ReadonlyArray<string> }

/** Asks a set of texts for at least one of several, for every one of several, or for none of several. */
export type TextsTest =
  | { readonly field: string; readonly hasAny: ReadonlyArray<string> }
  | { readonly field: string; readonly hasAll: ReadonlyArray<string> }
  | { readonly field: string; readonly hasNone: ReadonlyArray<string> }

/** Asks for true or for false. */
export interface FlagTest {
  readonly field: string
  readonly is: boolean
}

/** One question about one field. */
export type ConditionTest = PresenceTest | EqualityTest | RangeTest | TextTest | TextsTest | FlagTest

/** A condition: tests, joined by `all`, `any` and `not`. */
export type Condition = AllOf | AnyOf | NotOf | ConditionTest

/**
 * What a condition comes to. A test of a missing fact is unknown; `not` of unknown is unknown; `all` is false as soon
 * as one part is, `any` true as soon as one part is (Kleene's strong three-valued logic).
 */
export type Truth = 'true' | 'false' | 'unknown'

export const isAllOf = (condition: Condition): condition is AllOf => 'all' in condition

export const isAnyOf = (condition: Condition): condition is AnyOf => 'any' in condition

export const isNotOf = (condition: Condition): condition is NotOf => 'not' in condition

/**
 * The conditions that a condition is joined from; a test has none.
 *
 * @param condition - any condition
 *
 * @example
 * ```ts
 * import { partsOf } from 'treue'
 *
 * partsOf({ all: [{ field: 'gift', is: true }, { not: { field: 'amount', atLeast: 100 } }] }).length // => 2
 * partsOf({ field: 'gift', is: true }) // => []
 * ```
 */
export const partsOf = (condition: Condition): ReadonlyArray<Condition> => {
  if (isAllOf(condition)) return condition.all
  if (isAnyOf(condition)) return condition.any
  return isNotOf(condition) ? [condition.not] : []
}
