/** What it takes: half-open thresholds on one metric or several. */
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  lazyCodec,
  literalCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'
import { MetricId } from './metric.ts'

/** At least so much of a metric; more never harms. */
export interface CountThreshold {
  readonly type: 'count'
  readonly metric: MetricId
  readonly atLeast: number
}

/** Every part. */
export interface AllThreshold {
  readonly type: 'all'
  readonly of: ReadonlyArray<Threshold>
}

/** Any of the parts. */
export interface AnyThreshold {
  readonly type: 'any'
  readonly of: ReadonlyArray<Threshold>
}

/** So many of the parts. */
export interface SomeThreshold {
  readonly type: 'some'
  readonly number: number
  readonly of: ReadonlyArray<Threshold>
}

/** What it takes to reach or to keep a tier. Who meets it meets it with more of anything. */
export type Threshold = CountThreshold | AllThreshold | AnyThreshold | SomeThreshold

/** How many of each metric a member has. */
export type Counts = ReadonlyMap<MetricId, number>

const mostLeaves = 12

const parts: Codec<ReadonlyArray<Threshold>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ lazyCodec<Threshold, unknown>('Threshold', () => anyThreshold),
  { minLength: 1, maxLength: mostLeaves },
)

const anyThreshold: Codec<Threshold, unknown> = /* @__PURE__ */ unionCodec('Threshold', 'type', {
  count: /* @__PURE__ */ structCodec('CountThreshold', {
    type: /* @__PURE__ */ literalCodec('count'),
    metric: MetricId,
    atLeast: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  }),
  all: /* @__PURE__ */ structCodec('AllThreshold', { type: /* @__PURE__ */ literalCodec('all'), of: parts }),
  any: /* @__PURE__ */ structCodec('AnyThreshold', { type: /* @__PURE__ */ literalCodec('any'), of: parts }),
  some: /* @__PURE__ */ structCodec('SomeThreshold', {
    type: /* @__PURE__ */ literalCodec('some'),
    number: /* @__PURE__ */ integerCodec({ min: 1, max: mostLeaves }),
    of: parts,
  }),
})

/** Parts may be shared, so that a small value is a huge tree: counting stops as soon as there are too many. */
const countParts = (threshold: Threshold, atMost: number): number => {
  if (threshold.type === 'count') return 1
  let count = 1
  for (const part of threshold.of) {
    if (count > atMost) break
    count += countParts(part, atMost - count)
  }
  return count
}

const sizeFaults = (threshold: Threshold): ReadonlyArray<InvalidValue> => {
  if (countParts(threshold, 2 * mostLeaves) > mostLeaves) {
    return [invalidValue([], threshold, `at most ${mostLeaves} thresholds in one another`)]
  }
  return someFaults(threshold, [])
}

const someFaults = (threshold: Threshold, path: ReadonlyArray<string | number>): ReadonlyArray<InvalidValue> => {
  if (threshold.type === 'count') return []
  const inside = threshold.of.flatMap((part, index) => someFaults(part, [...path, 'of', index]))
  if (threshold.type !== 'some' || threshold.number <= threshold.of.length) return inside
  const expected = `at most ${threshold.of.length}, the number of parts`
  return [invalidValue([...path, 'number'], threshold.number, expected), ...inside]
}

/**
 * Reads a {@link Threshold}: at most 12 parts in one another.
 *
 * @example
 * ```ts
 * import { decode, Threshold } from 'treue'
 *
 * const nights = { type: 'count', metric: 'nights', atLeast: 25 }
 * const spend = { type: 'count', metric: 'spend', atLeast: 500000 }
 * decode(Threshold, { type: 'any', of: [nights, spend] })._tag // => 'Right'
 * decode(Threshold, { type: 'some', number: 3, of: [nights, spend] })._tag // => 'Left'
 * ```
 */
export const Threshold: Codec<Threshold, unknown> = /* @__PURE__ */ constrainCodec(anyThreshold, sizeFaults)

/**
 * Whether counts meet a threshold: exactly so much is enough (S46).
 *
 * @param threshold - what it takes
 * @param counts - how many of each metric there are, in the metric's unit; one that is not there counts 0
 *
 * @example
 * ```ts
 * import { meetsThreshold, type MetricId } from 'treue'
 *
 * const nights = 'nights' as MetricId
 * meetsThreshold({ type: 'count', metric: nights, atLeast: 25 }, new Map([[nights, 25]])) // => true
 * meetsThreshold({ type: 'count', metric: nights, atLeast: 25 }, new Map([[nights, 24]])) // => false
 * ```
 */
export const meetsThreshold = (threshold: Threshold, counts: Counts): boolean => {
  if (threshold.type === 'count') return (counts.get(threshold.metric) ?? 0) >= threshold.atLeast
  if (threshold.type === 'all') return threshold.of.every((part) => meetsThreshold(part, counts))
  if (threshold.type === 'any') return threshold.of.some((part) => meetsThreshold(part, counts))
  let met = 0
  for (const part of threshold.of) if (meetsThreshold(part, counts)) met += 1
  return met >= threshold.number
}

/** Every metric that a threshold asks for, each time that it does. */
export const thresholdMetrics = (threshold: Threshold): ReadonlyArray<MetricId> =>
  threshold.type === 'count' ? [threshold.metric] : threshold.of.flatMap(thresholdMetrics)

const joined = (a: Counts, b: Counts): Counts => {
  const both = new Map(a)
  for (const [metric, count] of b) both.set(metric, Math.max(both.get(metric) ?? 0, count))
  return both
}

/** Every way to pick `number` of some parts, met at once. */
const waysOfSome = (of: ReadonlyArray<Threshold>, number: number): ReadonlyArray<Counts> => {
  if (number === 0) return [new Map()]
  if (number > of.length) return []
  const [first, ...rest] = of
  if (first === undefined) return []
  const without = waysOfSome(rest, number)
  const others = waysOfSome(rest, number - 1)
  return [...allWays(first).flatMap((way) => others.map((other) => joined(way, other))), ...without]
}

const allWays = (threshold: Threshold): ReadonlyArray<Counts> => {
  if (threshold.type === 'count') return [new Map([[threshold.metric, threshold.atLeast]])]
  if (threshold.type === 'all') return waysOfSome(threshold.of, threshold.of.length)
  if (threshold.type === 'any') return threshold.of.flatMap(allWays)
  return waysOfSome(threshold.of, threshold.number)
}

const isAtLeast = (counts: Counts, other: Counts): boolean =>
  [...other].every(([metric, count]) => (counts.get(metric) ?? 0) >= count)

/**
 * The ways to meet a threshold with as little as possible: counts of which none can be lowered.
 *
 * @param threshold - what it takes
 *
 * @example
 * ```ts
 * import { leastCounts, type MetricId } from 'treue'
 *
 * const nights = { type: 'count', metric: 'nights' as MetricId, atLeast: 25 } as const
 * const spend = { type: 'count', metric: 'spend' as MetricId, atLeast: 500000 } as const
 * leastCounts({ type: 'any', of: [nights, spend] }).map((way) => [...way]) // => [[['nights', 25]], [['spend', 500000]]]
 * leastCounts({ type: 'all', of: [nights, spend] }).length // => 1
 * ```
 */
export const leastCounts = (threshold: Threshold): ReadonlyArray<Counts> => {
  const least: Array<Counts> = []
  for (const way of allWays(threshold)) {
    if (least.some((other) => isAtLeast(way, other))) continue
    const kept = least.filter((other) => !isAtLeast(other, way))
    least.length = 0
    least.push(...kept, way)
  }
  return least
}

/**
 * Whether everybody who meets one threshold meets another.
 *
 * @param threshold - the one that is met
 * @param other - the one that is to follow
 *
 * @example
 * ```ts
 * import { impliesThreshold, type MetricId } from 'treue'
 *
 * const of = (atLeast: number) => ({ type: 'count', metric: 'points' as MetricId, atLeast }) as const
 * impliesThreshold(of(1000), of(800)) // => true
 * impliesThreshold(of(800), of(1000)) // => false
 * ```
 */
export const impliesThreshold = (threshold: Threshold, other: Threshold): boolean =>
  leastCounts(threshold).every((way) => meetsThreshold(other, way))
