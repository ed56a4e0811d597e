// Which scores make a named segment, as data; checked for scores that no segment takes and for those that several take.

import { type Either, left, right } from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  structCodec,
} from '../../foundation/index.ts'
import { shortText } from '../short-text.ts'
import type { RfmScore } from './rfm-scores.ts'

/** Scores from one to another, both included. */
export interface ScoreRange {
  readonly from: number
  readonly to: number
}

/** A named segment: the customers whose three scores all lie in its ranges. */
export interface RfmSegmentRule {
  readonly name: string
  readonly recency: ScoreRange
  readonly frequency: ScoreRange
  readonly monetary: ScoreRange
}

/** The names of all scores, in order of precedence. */
export interface RfmSegmentMap {
  /** How many scores each dimension has, 2–10. */
  readonly bins: RfmScore
  /** Whether of several segments the first takes a customer, or no two may take the same. */
  readonly overlaps: 'firstWins' | 'refused'
  /** What those are called whom no segment takes; with `null` every combination of scores must be taken. */
  readonly others: string | null
  readonly segments: ReadonlyArray<RfmSegmentRule>
}

const dimensions = ['recency', 'frequency', 'monetary'] as const

const segmentName: Codec<string> = /* @__PURE__ */ shortText('SegmentName')

const score: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 10 })
const bins: Codec<number> = /* @__PURE__ */ integerCodec({ min: 2, max: 10 })

const scoreRange: Codec<ScoreRange> = /* @__PURE__ */ constrainCodec<ScoreRange, ScoreRange>(
  /* @__PURE__ */ structCodec('ScoreRange', { from: score, to: score }),
  ({ from, to }) => (from <= to ? [] : [invalidValue(['to'], to, `at least ${from}`)]),
)

/** The scores of a cell: combinations of scores are numbered, the last dimension running fastest. */
const scoreAt = ({ frequency, monetary }: RfmScore, cell: number): RfmScore => ({
  recency: Math.floor(cell / (frequency * monetary)) + 1,
  frequency: (Math.floor(cell / monetary) % frequency) + 1,
  monetary: (cell % monetary) + 1,
})

const cellCount = ({ recency, frequency, monetary }: RfmScore): number => recency * frequency * monetary

const includes = ({ from, to }: ScoreRange, value: number): boolean => value >= from && value <= to

const takes = (rule: RfmSegmentRule, at: RfmScore): boolean =>
  includes(rule.recency, at.recency) && includes(rule.frequency, at.frequency) && includes(rule.monetary, at.monetary)

/** The cells that a rule takes. */
const cellsOf = (map: RfmSegmentMap, rule: RfmSegmentRule): ReadonlyArray<number> =>
  Array.from({ length: cellCount(map.bins) }, (_, cell) => cell).filter((cell) => takes(rule, scoreAt(map.bins, cell)))

/** Of each cell, the index of the first segment that takes it; the number of segments where none does. */
export const segmentTableOf = (map: RfmSegmentMap): Uint8Array => {
  const table = new Uint8Array(cellCount(map.bins)).fill(map.segments.length)
  map.segments.forEach((rule, index) => {
    for (const cell of cellsOf(map, rule)) if (table[cell] === map.segments.length) table[cell] = index
  })
  return table
}

/** Two segments that take the same combinations of scores. */
export interface SegmentOverlap {
  /** The one that comes earlier and therefore takes them. */
  readonly first: string
  readonly second: string
  /** How many combinations of scores both take. */
  readonly combinations: number
  readonly example: RfmScore
}

/** What is to be known of a map before it is used. */
export interface SegmentMapFindings {
  /** Combinations of scores that no segment takes; they belong to the others. */
  readonly gaps: ReadonlyArray<RfmScore>
  readonly overlaps: ReadonlyArray<SegmentOverlap>
  /** Segments that nobody can be in, since earlier ones take all that they would. */
  readonly hidden: ReadonlyArray<string>
}

const common = (one: ScoreRange, other: ScoreRange): ScoreRange => ({
  from: Math.max(one.from, other.from),
  to: Math.min(one.to, other.to),
})

const length = ({ from, to }: ScoreRange): number => Math.max(0, to - from + 1)

const overlapOf = (one: RfmSegmentRule, other: RfmSegmentRule): ReadonlyArray<SegmentOverlap> => {
  const [recency, frequency, monetary] = [
    common(one.recency, other.recency),
    common(one.frequency, other.frequency),
    common(one.monetary, other.monetary),
  ]
  const combinations = length(recency) * length(frequency) * length(monetary)
  if (combinations === 0) return []
  const example = { recency: recency.from, frequency: frequency.from, monetary: monetary.from }
  return [{ first: one.name, second: other.name, combinations, example }]
}

const overlapsIn = ({ segments }: RfmSegmentMap): ReadonlyArray<SegmentOverlap> =>
  segments.flatMap((second, index) => segments.slice(0, index).flatMap((first) => overlapOf(first, second)))

const gapsIn = (map: RfmSegmentMap, table: Uint8Array): ReadonlyArray<RfmScore> =>
  Array.from(table).flatMap((index, cell) => (index === map.segments.length ? [scoreAt(map.bins, cell)] : []))

/**
 * What is to be known of a map of segments: combinations of scores that none takes, that several take, and segments that
 * earlier ones hide.
 *
 * @param map a decoded map
 * @example
 * ```ts
 * import { classicRfmSegments, segmentMapFindings } from 'treue'
 *
 * const { gaps, overlaps, hidden } = segmentMapFindings(classicRfmSegments)
 * gaps.length // => 36
 * overlaps[0]?.second // => 'Loyal Customers'
 * hidden // => ['New Customers', 'Promising', "Can't Lose Them"]
 * ```
 */
export const segmentMapFindings = (map: RfmSegmentMap): SegmentMapFindings => {
  const table = segmentTableOf(map)
  const reached = new Set(table)
  return {
    gaps: gapsIn(map, table),
    overlaps: overlapsIn(map),
    hidden: map.segments.flatMap(({ name }, index) => (reached.has(index) ? [] : [name])),
  }
}

const rangeFaults = (map: RfmSegmentMap): ReadonlyArray<InvalidValue> =>
  map.segments.flatMap((rule, index) =>
    dimensions.flatMap((name) =>
      rule[name].to <= map.bins[name]
        ? []
        : [invalidValue(['segments', index, name, 'to'], rule[name].to, `at most ${map.bins[name]}, as bins says`)],
    ),
  )

const nameFaults = ({ segments, others }: RfmSegmentMap): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string | null>([others])
  return segments.flatMap(({ name }, index) => {
    const repeated = seen.has(name)
    seen.add(name)
    return repeated ? [invalidValue(['segments', index, 'name'], name, 'a name that no other segment has')] : []
  })
}

const textOf = ({ recency, frequency, monetary }: RfmScore): string => `${recency}-${frequency}-${monetary}`

const overlapFaults = (map: RfmSegmentMap): ReadonlyArray<InvalidValue> => {
  if (map.overlaps === 'firstWins') return []
  const indexOf = new Map(map.segments.map(({ name }, index) => [name, index]))
  return overlapsIn(map).map(({ first, second, example }) =>
    invalidValue(
      ['segments', indexOf.get(second) as number],
      second,
      `no combination of scores that ${JSON.stringify(first)} takes, such as ${textOf(example)}`,
    ),
  )
}

const gapFaults = (map: RfmSegmentMap): ReadonlyArray<InvalidValue> => {
  if (map.others !== null) return []
  const gaps = gapsIn(map, segmentTableOf(map))
  const [first] = gaps
  if (first === undefined) return []
  return [
    invalidValue(['others'], null, `a name, as no segment takes ${gaps.length} combinations such as ${textOf(first)}`),
  ]
}

const mapFaults = (map: RfmSegmentMap): ReadonlyArray<InvalidValue> => {
  const faults = [...rangeFaults(map), ...nameFaults(map)]
  return faults.length > 0 ? faults : [...overlapFaults(map), ...gapFaults(map)]
}

/**
 * Reads an {@link RfmSegmentMap}: with every gap and overlap that it doesn't allow itself.
 *
 * @example
 * ```ts
 * import { decode, RfmSegmentMap } from 'treue'
 *
 * const any = { from: 1, to: 2 }
 * const here = { name: 'here', recency: { from: 2, to: 2 }, frequency: any, monetary: any }
 * const bins = { recency: 2, frequency: 2, monetary: 2 }
 * decode(RfmSegmentMap, { bins, overlaps: 'refused', others: 'gone', segments: [here] })._tag // => 'Right'
 * decode(RfmSegmentMap, { bins, overlaps: 'refused', others: null, segments: [here] })._tag // => 'Left'
 * ```
 */
export const RfmSegmentMap: Codec<RfmSegmentMap> = /* @__PURE__ */ constrainCodec<RfmSegmentMap, RfmSegmentMap>(
  /* @__PURE__ */ structCodec('RfmSegmentMap', {
    bins: /* @__PURE__ */ structCodec('RfmBins', { recency: bins, frequency: bins, monetary: bins }),
    overlaps: /* @__PURE__ */ literalCodec('firstWins', 'refused'),
    others: /* @__PURE__ */ nullableCodec(segmentName),
    segments: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('RfmSegmentRule', {
        name: segmentName,
        recency: scoreRange,
        frequency: scoreRange,
        monetary: scoreRange,
      }),
      { minLength: 1, maxLength: 100 },
    ),
  }),
  mapFaults,
)

const rule = (name: string, recency: ScoreRange, frequency: ScoreRange): RfmSegmentRule => ({
  name,
  recency,
  frequency,
  monetary: frequency,
})

const range = (from: number, to: number): ScoreRange => ({ from, to })

/**
 * The segments of the R package rfm, which many shops use. It has gaps, which go to Others, and segments that earlier ones
 * hide; {@link segmentMapFindings} names them.
 */
export const classicRfmSegments: RfmSegmentMap = {
  bins: { recency: 5, frequency: 5, monetary: 5 },
  overlaps: 'firstWins',
  others: 'Others',
  segments: [
    /* @__PURE__ */ rule('Champions', /* @__PURE__ */ range(4, 5), /* @__PURE__ */ range(4, 5)),
    /* @__PURE__ */ rule('Loyal Customers', /* @__PURE__ */ range(2, 5), /* @__PURE__ */ range(3, 5)),
    /* @__PURE__ */ rule('Potential Loyalist', /* @__PURE__ */ range(3, 5), /* @__PURE__ */ range(1, 3)),
    /* @__PURE__ */ rule('New Customers', /* @__PURE__ */ range(4, 5), /* @__PURE__ */ range(1, 1)),
    /* @__PURE__ */ rule('Promising', /* @__PURE__ */ range(3, 4), /* @__PURE__ */ range(1, 1)),
    /* @__PURE__ */ rule('Need Attention', /* @__PURE__ */ range(2, 3), /* @__PURE__ */ range(2, 3)),
    /* @__PURE__ */ rule('About To Sleep', /* @__PURE__ */ range(2, 3), /* @__PURE__ */ range(1, 2)),
    /* @__PURE__ */ rule('At Risk', /* @__PURE__ */ range(1, 2), /* @__PURE__ */ range(2, 5)),
    /* @__PURE__ */ rule("Can't Lose Them", /* @__PURE__ */ range(1, 1), /* @__PURE__ */ range(4, 5)),
    /* @__PURE__ */ rule('Lost', /* @__PURE__ */ range(1, 2), /* @__PURE__ */ range(1, 2)),
  ],
}

/** The names of a map's segments, the others last. */
export const namesOf = ({ segments, others }: RfmSegmentMap): ReadonlyArray<string> => [
  ...segments.map(({ name }) => name),
  ...(others === null ? [] : [others]),
]

/**
 * The segment that a customer with these scores belongs to: exactly one.
 *
 * @param map a decoded map
 * @param at from `rfmScoreOf`
 * @returns `OutOfRange` for a score that the map doesn't have.
 * @example
 * ```ts
 * import { classicRfmSegments, rfmSegmentOf, unwrap } from 'treue'
 *
 * unwrap(rfmSegmentOf(classicRfmSegments, { recency: 5, frequency: 4, monetary: 5 })) // => 'Champions'
 * unwrap(rfmSegmentOf(classicRfmSegments, { recency: 1, frequency: 1, monetary: 5 })) // => 'Others'
 * ```
 */
export const rfmSegmentOf = (map: RfmSegmentMap, at: RfmScore): Either<OutOfRange, string> => {
  const wrong = dimensions.find((name) => !(Number.isInteger(at[name]) && at[name] >= 1 && at[name] <= map.bins[name]))
  if (wrong !== undefined) return left(outOfRange([wrong], at[wrong], `a whole number from 1 to ${map.bins[wrong]}`))
  const found = map.segments.find((one) => takes(one, at))
  return right(found?.name ?? map.others ?? '')
}
