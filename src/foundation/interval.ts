// A half-open stretch of time [from, until): `until` is the first instant that no longer belongs to it.

import * as E from 'fp-ts/Either'
import type { Codec } from './codec.ts'
import { constrainCodec } from './codec-refine.ts'
import { structCodec } from './codec-struct.ts'
import { type InvalidValue, invalidValue } from './fault.ts'
import { formatInstant, Instant } from './instant.ts'

/** The instants from `from` on and before `until`; with both equal it is empty. */
export interface Interval {
  readonly from: Instant
  /** The first instant that is no longer in it. */
  readonly until: Instant
}

/** The JSON of an interval. */
export interface IntervalJson {
  readonly from: string
  readonly until: string
}

const misordered = (from: Instant, until: Instant): InvalidValue =>
  invalidValue(['until'], formatInstant(until), `an instant not before ${formatInstant(from)}`)

/**
 * Reads an interval from the texts of its ends, and writes it.
 *
 * @example
 * ```ts
 * import { decode, Interval } from 'treue'
 * decode(Interval, { from: '1970-01-01T00:00:00Z', until: '1970-01-01T00:00:01Z' })
 * // => { _tag: 'Right', right: { from: 0, until: 1000 } }
 * ```
 */
export const Interval: Codec<Interval, IntervalJson> = /* @__PURE__ */ constrainCodec<Interval, IntervalJson>(
  /* @__PURE__ */ structCodec('Interval', { from: Instant, until: Instant }),
  ({ from, until }) => (from <= until ? [] : [misordered(from, until)]),
)

/**
 * The half-open interval `[from, until)`.
 *
 * @param until the first instant outside; equal to `from` for an empty interval
 * @returns `InvalidValue` at `until` when it lies before `from`.
 * @example
 * ```ts
 * import { containsInstant, interval, parseInstant, unwrap } from 'treue'
 * const from = unwrap(parseInstant('2026-07-01T00:00:00Z'))
 * const until = unwrap(parseInstant('2026-08-01T00:00:00Z'))
 * containsInstant(unwrap(interval(from, until)), until) // => false
 * interval(until, from)._tag // => 'Left'
 * ```
 */
export const interval = (from: Instant, until: Instant): E.Either<InvalidValue, Interval> =>
  from <= until ? E.right({ from, until }) : E.left(misordered(from, until))

/**
 * Does the instant lie in the interval?
 *
 * @example
 * ```ts
 * import { containsInstant, interval, parseInstant, unwrap } from 'treue'
 * const from = unwrap(parseInstant('2026-07-01T00:00:00Z'))
 * const until = unwrap(parseInstant('2026-08-01T00:00:00Z'))
 * containsInstant(unwrap(interval(from, until)), from) // => true
 * ```
 */
export const containsInstant = (within: Interval, instant: Instant): boolean =>
  within.from <= instant && instant < within.until

/**
 * What two intervals have in common, or `undefined` when they share no instant (touching ones share none).
 *
 * @example
 * ```ts
 * import { intersectIntervals, interval, parseInstant, unwrap } from 'treue'
 * const at = (text: string) => unwrap(parseInstant(text))
 * const july = unwrap(interval(at('2026-07-01T00:00:00Z'), at('2026-08-01T00:00:00Z')))
 * const august = unwrap(interval(at('2026-08-01T00:00:00Z'), at('2026-09-01T00:00:00Z')))
 * intersectIntervals(july, august) // => undefined
 * intersectIntervals(july, july) // => july
 * ```
 */
export const intersectIntervals = (a: Interval, b: Interval): Interval | undefined => {
  const from = a.from > b.from ? a.from : b.from
  const until = a.until < b.until ? a.until : b.until
  return from < until ? { from, until } : undefined
}
