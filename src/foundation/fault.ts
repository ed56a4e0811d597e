// What can be wrong with a value, as data.

/** The way from the value that was handed in to the part that a fault is about: keys and indexes. */
export type Path = ReadonlyArray<string | number>

/** What every fault has: a tag to switch on, the place, and a phrase that says what would be right. */
export interface Fault<Tag extends string = string> {
  readonly _tag: Tag
  readonly path: Path
  readonly expected: string
}

/** A value that isn't of the form that was asked for. */
export interface InvalidValue extends Fault<'InvalidValue'> {
  /** a short description of what was found instead */
  readonly actual: string
}

/** A value of the right form that is too small or too large. */
export interface OutOfRange extends Fault<'OutOfRange'> {
  /** a short description of what was found instead */
  readonly actual: string
}

/** A ratio whose denominator is zero: it has no value. */
export interface ZeroDenominator extends Fault<'ZeroDenominator'> {}

/** A measure of nothing: it has no value. */
export interface EmptySample extends Fault<'EmptySample'> {}

/** An iteration that didn't settle within its limit. */
export interface NonConvergence extends Fault<'NonConvergence'> {
  readonly iterations: number
}

/**
 * The fault that a value isn't of the form that was asked for.
 *
 * @param path where the value stands
 * @param actual the value that was found, of any type
 * @param expected a phrase that says what would be right
 * @example
 * ```ts
 * import { formatError, invalidValue } from 'treue'
 *
 * formatError(invalidValue(['lines', 2, 'amount'], '1,99', 'an amount in EUR such as "19.99"'))
 * // => 'Invalid value at lines[2].amount: got "1,99", expected an amount in EUR such as "19.99".'
 * ```
 */
export const invalidValue = (path: Path, actual: unknown, expected: string): InvalidValue => ({
  _tag: 'InvalidValue',
  path,
  expected,
  actual: describeValue(actual),
})

/**
 * Faults of a part of a value, as faults of the whole.
 *
 * @param path where the part stands in the whole
 * @param faults the faults, with their paths from the part on
 * @example
 * ```ts
 * import { invalidValue, underPath } from 'treue'
 *
 * const [fault] = underPath(['lines', 2], [invalidValue(['amount'], '1,99', 'an amount')])
 * fault?.path // => ['lines', 2, 'amount']
 * ```
 */
export const underPath = <F extends Fault>(path: Path, faults: ReadonlyArray<F>): ReadonlyArray<F> =>
  faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }))

/**
 * The fault that a value is too small or too large.
 *
 * @param path where the value stands
 * @param actual the value that was found, of any type
 * @param expected a phrase that says what would be right
 * @example
 * ```ts
 * import { formatError, outOfRange } from 'treue'
 *
 * formatError(outOfRange(['points'], -5, 'an integer from 0 to 9007199254740991'))
 * // => 'Out of range at points: got -5, expected an integer from 0 to 9007199254740991.'
 * ```
 */
export const outOfRange = (path: Path, actual: unknown, expected: string): OutOfRange => ({
  _tag: 'OutOfRange',
  path,
  expected,
  actual: describeValue(actual),
})

/**
 * The fault that a ratio has no value, because its denominator is zero.
 *
 * @param path where the denominator stands
 * @param expected a phrase that says what would be right
 * @example
 * ```ts
 * import { formatError, zeroDenominator } from 'treue'
 *
 * formatError(zeroDenominator(['weights'], 'at least one weight above 0'))
 * // => 'Zero denominator at weights: expected at least one weight above 0.'
 * ```
 */
export const zeroDenominator = (path: Path, expected: string): ZeroDenominator => ({
  _tag: 'ZeroDenominator',
  path,
  expected,
})

/**
 * The fault that a measure has no value, because there is nothing to measure.
 *
 * @param path where the sample stands
 * @param expected a phrase that says what would be right
 * @example
 * ```ts
 * import { emptySample, formatError } from 'treue'
 *
 * formatError(emptySample(['scores'], 'at least one answer')) // => 'Empty sample at scores: expected at least one answer.'
 * ```
 */
export const emptySample = (path: Path, expected: string): EmptySample => ({ _tag: 'EmptySample', path, expected })

/**
 * The fault that an iteration didn't settle within its limit.
 *
 * @param path where the data stands that it was run on
 * @param iterations how many steps were made
 * @param expected a phrase that says what would be right
 * @example
 * ```ts
 * import { formatError, nonConvergence } from 'treue'
 *
 * formatError(nonConvergence([], 100, 'a likelihood with a maximum'))
 * // => 'Non convergence: expected a likelihood with a maximum (iterations 100).'
 * ```
 */
export const nonConvergence = (path: Path, iterations: number, expected: string): NonConvergence => ({
  _tag: 'NonConvergence',
  path,
  expected,
  iterations,
})

const longestText = 60

const describeText = (text: string): string =>
  text.length <= longestText
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, longestText))}… (${text.length} characters)`

const largestShownBigInt = 1_000_000_000_000_000_000_000_000_000_000n

const describeBigInt = (n: bigint): string =>
  n > largestShownBigInt || n < -largestShownBigInt ? 'a very large bigint' : `${n}n`

const describeObject = (value: object): string => {
  try {
    return Array.isArray(value) ? `an array of ${value.length}` : 'an object'
  } catch {
    return 'an object' // a proxy that throws
  }
}

/**
 * A short description of any value, for a message to a person. It reads no property, so it is safe for hostile values.
 *
 * @param value any value
 * @example
 * ```ts
 * import { describeValue } from 'treue'
 *
 * describeValue('1,99') // => '"1,99"'
 * describeValue([1, 2]) // => 'an array of 2'
 * ```
 */
export const describeValue = (value: unknown): string => {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return describeText(value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'bigint':
      return describeBigInt(value)
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'object':
      return describeObject(value)
    default:
      return `a ${typeof value}`
  }
}

const plainKey = /^[A-Za-z_$][\w$-]*$/

const formatKey = (key: string | number, index: number): string => {
  if (typeof key === 'number') return `[${key}]`
  if (!plainKey.test(key)) return `[${describeText(key)}]`
  return index === 0 ? key : `.${key}`
}

/**
 * A path as people write it.
 *
 * @param path keys and indexes
 * @example
 * ```ts
 * import { formatPath } from 'treue'
 *
 * formatPath(['lines', 2, 'amount']) // => 'lines[2].amount'
 * formatPath(['by name', 'Ann']) // => '["by name"].Ann'
 * ```
 */
export const formatPath = (path: Path): string => path.map(formatKey).join('')
