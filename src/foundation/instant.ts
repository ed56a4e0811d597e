// A point on the time line: epoch milliseconds in memory, ISO 8601 text with an offset in JSON.

import * as E from 'fp-ts/Either'
import type { Brand } from './brand.ts'
import type { Codec } from './codec.ts'
import { textCodec } from './codec-refine.ts'
import { type InvalidValue, invalidValue, type OutOfRange, outOfRange } from './fault.ts'
import { datePartLength, instantText, readEpochDay, readTwoDigits } from './iso-text.ts'

/** A point in time as whole milliseconds since 1970-01-01T00:00:00Z without leap seconds; any safe integer. */
export type Instant = Brand<number, 'Instant'>

const msPerDay = 86_400_000
const expectedForm = 'an ISO 8601 instant with offset, such as 2026-03-01T12:00:00Z'

/**
 * The instant of an epoch time.
 *
 * @param milliseconds whole milliseconds since 1970-01-01T00:00:00Z
 * @returns `OutOfRange` unless it is a safe integer.
 * @example
 * ```ts
 * import { formatInstant, instantFromEpoch, unwrap } from 'treue'
 * formatInstant(unwrap(instantFromEpoch(1_772_366_400_000))) // => '2026-03-01T12:00:00Z'
 * ```
 */
export const instantFromEpoch = (milliseconds: number): E.Either<OutOfRange, Instant> =>
  Number.isSafeInteger(milliseconds)
    ? E.right((milliseconds + 0) as Instant) // + 0: −0 would compare unequal to 0
    : E.left(outOfRange([], milliseconds, 'whole milliseconds since 1970-01-01T00:00:00Z, a safe integer'))

/** Milliseconds into the day of hh:mm:ss at `at`, or NaN. */
const readClock = (text: string, at: number): number => {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN
  const hour = readTwoDigits(text, at)
  const minute = readTwoDigits(text, at + 3)
  const second = readTwoDigits(text, at + 6)
  // One sign bit tells all: −1 for no digits, or a number past its end.
  if ((hour | (23 - hour) | minute | (59 - minute) | second | (59 - second)) < 0) return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1000
}

/** Milliseconds of the offset from `at` to the end of the text, or NaN. */
const readOffset = (text: string, at: number): number => {
  const sign = text.charCodeAt(at)
  if (sign === 90) return text.length === at + 1 ? 0 : Number.NaN
  if (text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return Number.NaN
  const hour = readTwoDigits(text, at + 1)
  const minute = readTwoDigits(text, at + 4)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return Number.NaN
  const size = (hour * 60 + minute) * 60_000
  if (sign === 43) return size
  return sign === 45 ? 0 - size : Number.NaN
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Where the digits that start at `at` end. */
const endOfDigits = (text: string, at: number): number => {
  let end = at
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1
  return end
}

/** Milliseconds of the fraction's digits from `from` to `end`, or NaN if it is finer than that. */
const readFraction = (text: string, from: number, end: number): number => {
  let milliseconds = 0
  for (let at = from; at < from + 3; at += 1) {
    milliseconds = milliseconds * 10 + (at < end ? text.charCodeAt(at) - 48 : 0)
  }
  for (let at = from + 3; at < end; at += 1) if (text.charCodeAt(at) !== 48) return Number.NaN
  return milliseconds
}

/** Milliseconds of the fraction (if any) and the offset that `text` ends with from `at`, or NaN. */
const readFractionAndOffset = (text: string, at: number): number => {
  if (text.charCodeAt(at) !== 46) return 0 - readOffset(text, at)
  const end = endOfDigits(text, at + 1)
  const digits = end - at - 1
  if (digits < 1 || digits > 9 || end === text.length) return Number.NaN
  return readFraction(text, at + 1, end) - readOffset(text, end)
}

/** Epoch milliseconds of an ISO 8601 text, or NaN. */
const readInstant = (text: string): number => {
  const dateLength = datePartLength(text)
  // The shortest form ends in "Thh:mm:ssZ".
  if (text.length < dateLength + 10 || text.charCodeAt(dateLength) !== 84) return Number.NaN
  return readEpochDay(text) * msPerDay + readClock(text, dateLength + 1) + readFractionAndOffset(text, dateLength + 9)
}

/** What is wrong with what follows the seconds. */
const expectedAtEnd = (text: string, at: number): string => {
  const offsetAt = text.charCodeAt(at) === 46 ? endOfDigits(text, at + 1) : at
  if (offsetAt === text.length || Number.isNaN(readOffset(text, offsetAt))) return 'ending in Z or ±hh:mm'
  return Number.isNaN(readFractionAndOffset(text, at))
    ? 'with a fraction of 1 to 9 digits, none beyond milliseconds but 0'
    : 'a safe integer of milliseconds from 1970'
}

/** What would be right, as near to the mistake as it can be told. */
const expectedInstead = (text: string): string => {
  const dateLength = datePartLength(text)
  if (text.length < dateLength + 10 || text.charCodeAt(dateLength) !== 84) return expectedForm
  if (Number.isNaN(readEpochDay(text))) return `${expectedForm}, on a date that exists`
  if (Number.isNaN(readClock(text, dateLength + 1))) return `${expectedForm}, with a time from 00:00:00 to 23:59:59`
  return `${expectedForm}, ${expectedAtEnd(text, dateLength + 9)}`
}

/**
 * Reads an ISO 8601 date and time with an offset: `2026-03-01T12:00:00Z`, `2026-03-01T13:00:00.250+01:00`.
 *
 * `T`, seconds and the offset are required; a fraction has 1–9 digits, of which those beyond milliseconds must be 0;
 * years outside 0000–9999 are written ±YYYYYY. A leap second (`:60`) has no instant and is refused.
 *
 * @returns `InvalidValue`, with what was expected at the part that is wrong.
 * @example
 * ```ts
 * import { formatInstant, parseInstant, unwrap } from 'treue'
 * formatInstant(unwrap(parseInstant('2026-03-01T13:00:00.000+01:00'))) // => '2026-03-01T12:00:00Z'
 * parseInstant('2026-03-01')._tag // => 'Left'
 * ```
 */
export const parseInstant = (text: string): E.Either<InvalidValue, Instant> => {
  const milliseconds = readInstant(text)
  return Number.isSafeInteger(milliseconds)
    ? E.right(milliseconds as Instant)
    : E.left(invalidValue([], text, expectedInstead(text)))
}

/**
 * Writes an instant in its one canonical form: UTC, milliseconds only when there are any.
 *
 * @example
 * ```ts
 * import { formatInstant, parseInstant, unwrap } from 'treue'
 * formatInstant(unwrap(parseInstant('2026-03-01T12:00:00.500Z'))) // => '2026-03-01T12:00:00.500Z'
 * ```
 */
export const formatInstant = (instant: Instant): string => instantText(instant)

/**
 * Reads an instant from its ISO 8601 text with an offset, and writes it in UTC.
 *
 * @example
 * ```ts
 * import { decode, Instant } from 'treue'
 * decode(Instant, '1970-01-01T01:00:01+01:00') // => { _tag: 'Right', right: 1000 }
 * ```
 */
export const Instant: Codec<Instant, string> = /* @__PURE__ */ textCodec<Instant>('Instant', {
  expected: expectedForm,
  parse: parseInstant,
  format: formatInstant,
  holds: (value) => Number.isSafeInteger(value) && !Object.is(value, -0),
  schema: {
    pattern: '^(\\d{4}|[+-]\\d{6})-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$',
  },
  outputSchema: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
})
