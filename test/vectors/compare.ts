// Compares what an adapter gives with what a vector expects.
import { Decimal } from 'decimal.js'

const decimalText = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

// Texts of 30 digits and the differences of doubles, all exact.
const Wide = Decimal.clone({ precision: 1000 })

const numberOf = (value: unknown): Decimal | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? new Wide(value) : undefined
  return typeof value === 'string' && decimalText.test(value) ? new Wide(value) : undefined
}

/** A value as text, on one line. */
export const show = (value: unknown): string => {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return JSON.stringify(value) ?? String(value)
}

const mismatch = (path: string, expected: unknown, got: unknown): string =>
  `${path === '' ? '' : `${path}: `}expected ${show(expected)}, got ${show(got)}`

// A figure that is a logarithm, and so near 0 where what it is of is near 1.
const logarithm = /(^|\.)(ll|log_[A-Za-z_]+)(\.\d+)?$/

/** `relative 1e-11`: of the expected value, below 10⁻³⁰⁰ absolute; of a logarithm near 0 absolute. */
const allowance = (path: string, expected: Decimal, tolerance: string): Decimal => {
  const [kind, share] = tolerance.split(' ')
  if (kind !== 'relative') return new Wide(tolerance === 'exact' ? 0 : tolerance)
  const least = logarithm.test(path) ? 1 : 1e-300
  return Wide.max(expected.abs(), least).times(share ?? 0)
}

const compareNumbers = (path: string, expected: Decimal, got: unknown, raw: unknown, tolerance: string) => {
  const number = numberOf(got)
  const allowed = allowance(path, expected, tolerance)
  return number?.minus(expected).abs().lte(allowed) === true ? [] : [mismatch(path, raw, got)]
}

const entriesOf = (value: object): ReadonlyArray<readonly [string, unknown]> => Object.entries(value)

const compareObjects = (path: string, expected: object, got: unknown, tolerance: string): ReadonlyArray<string> => {
  if (typeof got !== 'object' || got === null || Array.isArray(got) !== Array.isArray(expected)) {
    return [mismatch(path, expected, got)]
  }
  const extra = Object.keys(got).filter((key) => !Object.hasOwn(expected, key))
  if (extra.length > 0) return [mismatch(path, expected, got)]
  const found = new Map(entriesOf(got))
  return entriesOf(expected).flatMap(([key, value]) =>
    compare(path === '' ? key : `${path}.${key}`, value, found.get(key), tolerance),
  )
}

/** Every difference, one phrase each; none when the values agree. Numbers may differ by the tolerance. */
export const compare = (path: string, expected: unknown, got: unknown, tolerance: string): ReadonlyArray<string> => {
  const number = numberOf(expected)
  if (number !== undefined) return compareNumbers(path, number, got, expected, tolerance)
  if (typeof expected === 'object' && expected !== null) return compareObjects(path, expected, got, tolerance)
  return Object.is(expected, got) ? [] : [mismatch(path, expected, got)]
}
