// Any fault as a sentence for a person.
import { describeValue, type Fault, formatPath } from './fault.ts'
import { dateText, instantText } from './iso-text.ts'

/** 'ZeroDenominator' as 'Zero denominator'. */
const inWords = (name: string): string => {
  const words = name.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
  )
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Fields that hold an instant. */
const timeName =
  /^(?:at|asOf|again|before|by|from|notBefore|previous|since|to|until|validFrom|validUntil)$|[a-z](?:At|Until)$/

/** Fields that hold a date where their number is too small for an instant. */
const dateName = /^(?:before|day|until)$/

/** Between what minutes of a day come to and the last date: days since 1970. */
const isDay = (time: number): boolean => time > 1440 && time < 3_000_000

/** From the first days of 1970 on, either way: what is nearer is a count of something else. */
const isInstant = (time: number): boolean => Math.abs(time) >= 3_000_000 && Math.abs(time) <= 8_640_000_000_000_000

/** A number as ISO 8601 text where its field holds a time. */
const describeNumber = (name: string, value: number): string => {
  if (!Number.isSafeInteger(value)) return describeValue(value)
  if (timeName.test(name) && isInstant(value)) return instantText(value)
  return dateName.test(name) && isDay(value) ? dateText(value) : describeValue(value)
}

const mostParts = 5
const deepest = 4

/** Parts of a list, separated by commas; of a long one the first. */
const describeParts = (parts: ReadonlyArray<string>, count: number): string =>
  count > mostParts ? `${parts.join(', ')} and ${count - mostParts} more` : parts.join(', ')

const describeNested = (name: string, value: object, depth: number): string => {
  if (depth >= deepest) return '…'
  if (Array.isArray(value)) {
    const parts = value.slice(0, mostParts).map((part: unknown) => describeField(name, part, depth + 1))
    return `[${describeParts(parts, value.length)}]`
  }
  const fields = Object.entries(value).filter(([, part]) => part !== undefined)
  const parts = fields
    .slice(0, mostParts)
    .map(([key, part]) => `${inLowerCase(key)} ${describeField(key, part, depth + 1)}`)
  return `{${describeParts(parts, fields.length)}}`
}

/** A field of a fault: times as texts, and what is in lists and objects. */
const describeField = (name: string, value: unknown, depth: number): string => {
  if (typeof value === 'number') return describeNumber(name, value)
  if (typeof value !== 'object' || value === null) return describeValue(value)
  try {
    return describeNested(name, value, depth)
  } catch {
    return '…' // a proxy that throws
  }
}

const inLowerCase = (name: string): string => inWords(name).toLowerCase()

const namedFields: ReadonlySet<string> = /* @__PURE__ */ new Set(['_tag', 'path', 'expected', 'actual'])

/** The fields that one kind of fault has beyond the common ones, as 'name value'. */
const extraFields = (fault: Fault): ReadonlyArray<string> =>
  Object.entries(fault)
    .filter(([name, value]) => !namedFields.has(name) && value !== undefined)
    .map(([name, value]) => `${inLowerCase(name)} ${describeField(name, value, 0)}`)

const actualOf = (fault: Fault & { readonly actual?: unknown }): string => {
  if (fault.actual === undefined) return ''
  return `got ${typeof fault.actual === 'string' ? fault.actual : describeValue(fault.actual)}, `
}

const sentence = (fault: Fault): string => {
  try {
    const place = fault.path.length === 0 ? '' : ` at ${formatPath(fault.path)}`
    const extras = extraFields(fault)
    const rest = extras.length === 0 ? '' : ` (${extras.join(', ')})`
    return `${inWords(fault._tag)}${place}: ${actualOf(fault)}expected ${fault.expected}${rest}.`
  } catch {
    return 'Invalid value.'
  }
}

const isList = (faults: Fault | ReadonlyArray<Fault>): faults is ReadonlyArray<Fault> => {
  try {
    return Array.isArray(faults)
  } catch {
    return false // a revoked proxy
  }
}

/**
 * Any fault of the library as a sentence for a person; a list of faults as one line each. Instants and dates of its fields
 * are ISO 8601 texts; of lists and objects the first parts are shown.
 *
 * @param faults a fault, or several
 * @example
 * ```ts
 * import { formatError, invalidValue, zeroDenominator } from 'treue'
 *
 * formatError([invalidValue(['currency'], 'EURO', 'an ISO 4217 currency code'), zeroDenominator([], 'a total above 0')])
 * // => 'Invalid value at currency: got "EURO", expected an ISO 4217 currency code.\nZero denominator: expected a total above 0.'
 * ```
 */
export const formatError = (faults: Fault | ReadonlyArray<Fault>): string =>
  isList(faults) ? faults.map(sentence).join('\n') : sentence(faults)
