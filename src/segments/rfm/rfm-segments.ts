// Customers in named segments, what the segments come to, and who moved between two dates. The loops fill arrays that they
// made themselves.

import { type Either, left, right } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type Money,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import type { RfmColumns } from './rfm-columns.ts'
import type { RfmScores } from './rfm-scores.ts'
import { namesOf, type RfmSegmentMap, segmentTableOf } from './segment-map.ts'

/** The segment of each customer; an entry per customer in both columns. */
export interface RfmSegments {
  /** The names of the segments, the others last. */
  readonly names: ReadonlyArray<string>
  /** The ids of a log, which {@link RfmSegments.customer} is an index of. */
  readonly customers: ReadonlyArray<string>
  readonly customer: Int32Array
  /** Of each customer, the index of a name. */
  readonly segment: Uint8Array
}

/**
 * The segment of each customer: everybody is in exactly one.
 *
 * @param scores from `rfmScores` or `scoreRfmColumns`
 * @param map a decoded map with as many scores as there are
 * @returns `InvalidValue` where the map has another number of scores.
 * @example
 * ```ts
 * import { classicRfmSegments, encodePurchases, money, parseCivilDate, rfmScores, rfmSegments, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day), amount: unwrap(money('20', 'EUR')) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-02'), buy('ann', '2026-03-01'), buy('bob', '2025-12-31')]))
 * const scores = unwrap(rfmScores(log, { asOf: date('2026-03-31') }))
 * const { names, segment } = unwrap(rfmSegments(scores, classicRfmSegments))
 * Array.from(segment, (index) => names[index]) // => ['Champions', 'Lost']
 * ```
 */
export const rfmSegments = (scores: RfmScores, map: RfmSegmentMap): Either<InvalidValue, RfmSegments> => {
  const { customers, customer, recency, frequency, monetary, counts } = scores
  for (const name of ['recency', 'frequency', 'monetary'] as const) {
    const bins = map.bins[name]
    if (bins !== counts[name].bins)
      return left(invalidValue(['bins', name], bins, `${counts[name].bins}, as the scores`))
  }
  const table = segmentTableOf(map)
  const { bins } = map
  const segment = new Uint8Array(customer.length)
  for (let row = 0; row < segment.length; row += 1) {
    const first = ((recency[row] as number) - 1) * bins.frequency + (frequency[row] as number) - 1
    segment[row] = table[first * bins.monetary + (monetary[row] as number) - 1] as number
  }
  return right({ names: namesOf(map), customers, customer, segment })
}

/** What a segment's customers come to. */
export interface SegmentFigures {
  readonly segment: string
  readonly customers: number
  readonly orders: number
  readonly revenue: Money
  /** Revenue by orders, in minor units, not rounded; `null` where the segment is empty. */
  readonly averageOrderMinor: number | null
}

interface Sums {
  readonly customers: Float64Array
  readonly orders: Float64Array
  readonly minor: Float64Array
}

const sumUp = ({ segment, names }: RfmSegments, { orders, minor }: RfmColumns): Sums => {
  const [customers, orderSums, minorSums] = [names, names, names].map(({ length }) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let row = 0; row < segment.length; row += 1) {
    const index = segment[row] as number
    customers[index] = (customers[index] as number) + 1
    orderSums[index] = (orderSums[index] as number) + (orders[row] as number)
    minorSums[index] = (minorSums[index] as number) + (minor[row] as number)
  }
  return { customers, orders: orderSums, minor: minorSums }
}

/**
 * What each segment comes to: customers, orders, revenue.
 *
 * @param segments from {@link rfmSegments}
 * @param columns those that the segments were found from
 * @returns `InvalidValue` for columns of other customers, `OutOfRange` where the revenue of a segment is too large to be
 * exact.
 * @example
 * ```ts
 * import { type Currency, classicRfmSegments, encodeRfmRows, rfmCuts, rfmSegments, scoreRfmColumns, segmentFigures, unwrap } from 'treue'
 *
 * const rows = [1, 2, 3, 4, 5].map((n) => ({ customer: `c${n}`, daysSinceLast: 60 - n, orders: n, minor: n * 1000 }))
 * const columns = unwrap(encodeRfmRows(rows, 'EUR' as Currency))
 * const segments = unwrap(rfmSegments(unwrap(scoreRfmColumns(columns, unwrap(rfmCuts(columns)))), classicRfmSegments))
 * const [champions] = unwrap(segmentFigures(segments, columns))
 * champions
 * // => { segment: 'Champions', customers: 2, orders: 9, revenue: { minor: 9000, currency: 'EUR' }, averageOrderMinor: 1000 }
 * ```
 */
export const segmentFigures = (
  segments: RfmSegments,
  columns: RfmColumns,
): Either<InvalidValue | OutOfRange, ReadonlyArray<SegmentFigures>> => {
  if (columns.customer.length !== segments.customer.length) {
    return left(
      invalidValue(['customer', 'length'], columns.customer.length, `${segments.customer.length}, as segments`),
    )
  }
  const sums = sumUp(segments, columns)
  const tooLarge = sums.minor.findIndex((minor) => !Number.isSafeInteger(minor))
  if (tooLarge >= 0) {
    return left(outOfRange(['minor', tooLarge], sums.minor[tooLarge], 'at most 9007199254740991 minor units in all'))
  }
  return right(
    segments.names.map((segment, index) => {
      const orders = sums.orders[index] as number
      const minor = sums.minor[index] as number
      return {
        segment,
        customers: sums.customers[index] as number,
        orders,
        revenue: { minor, currency: columns.currency },
        averageOrderMinor: orders === 0 ? null : minor / orders,
      }
    }),
  )
}

/** Customers who went the same way between two dates. */
export interface SegmentMove {
  /** `null` for those who weren't customers before. */
  readonly from: string | null
  /** `null` for those who aren't counted any more. */
  readonly to: string | null
  readonly customers: number
}

/** Who was where at two dates; each customer of either date is counted once. */
export interface SegmentMovement {
  /** In order of their names, `null` first; only ways that somebody went. */
  readonly moves: ReadonlyArray<SegmentMove>
}

/**
 * Reads a {@link SegmentMovement}.
 *
 * @example
 * ```ts
 * import { decode, SegmentMovement } from 'treue'
 *
 * decode(SegmentMovement, { moves: [{ from: null, to: 'Champions', customers: 3 }] })._tag // => 'Right'
 * ```
 */
export const SegmentMovement: Codec<SegmentMovement> = /* @__PURE__ */ structCodec('SegmentMovement', {
  moves: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('SegmentMove', {
      from: /* @__PURE__ */ nullableCodec(stringCodec),
      to: /* @__PURE__ */ nullableCodec(stringCodec),
      customers: /* @__PURE__ */ integerCodec({ min: 1 }),
    }),
    { maxLength: 41_209 },
  ),
})

const compareNames = (one: string | null, other: string | null): number => {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? -1 : 1
  return one < other ? -1 : 1
}

type Counted = ReadonlyMap<string | null, ReadonlyMap<string | null, number>>

const movementOf = (counted: Counted): SegmentMovement => ({
  moves: [...counted]
    .flatMap(([from, counts]) => [...counts].map(([to, customers]) => ({ from, to, customers })))
    .sort((one, other) => compareNames(one.from, other.from) || compareNames(one.to, other.to)),
})

const countMoves = (moves: ReadonlyArray<SegmentMove>): Counted => {
  const counted = new Map<string | null, Map<string | null, number>>()
  for (const { from, to, customers } of moves) {
    const counts = counted.get(from) ?? new Map<string | null, number>()
    counts.set(to, (counts.get(to) ?? 0) + customers)
    counted.set(from, counts)
  }
  return counted
}

/** Of each customer of a list of ids, the index of the segment plus 1; 0 for those who have none. */
const placesOf = ({ customers, customer, segment }: RfmSegments, ids: ReadonlyArray<string>): Uint8Array => {
  const places = new Uint8Array(ids.length)
  const rowOf = customers === ids ? undefined : new Map(customers.map((id, index) => [id, index]))
  const own = new Uint8Array(customers.length)
  for (let row = 0; row < customer.length; row += 1) own[customer[row] as number] = (segment[row] as number) + 1
  if (rowOf === undefined) return own
  ids.forEach((id, index) => {
    const row = rowOf.get(id)
    if (row !== undefined) places[index] = own[row] as number
  })
  return places
}

const idsOfBoth = (before: RfmSegments, after: RfmSegments): ReadonlyArray<string> =>
  before.customers === after.customers
    ? before.customers
    : Array.from(new Set([...before.customers, ...after.customers]))

const nameAt = (names: ReadonlyArray<string>, place: number): string | null =>
  place === 0 ? null : (names[place - 1] as string)

/**
 * Who went from which segment to which between two dates. Customers are matched by id.
 *
 * Use the same cuts for both dates to see how customers changed; with the cuts of each date's own population a customer
 * can move because others did.
 *
 * @param before the segments of the earlier date
 * @param after those of the later date; names that both have are the same segment
 * @example
 * ```ts
 * import { segmentMovement } from 'treue'
 *
 * const of = (names: string[], segment: number[]) => ({
 *   names,
 *   customers: ['ann', 'bob', 'cem'].slice(0, segment.length),
 *   customer: Int32Array.from(segment, (_, index) => index),
 *   segment: Uint8Array.from(segment),
 * })
 * segmentMovement(of(['here', 'gone'], [0, 0]), of(['here', 'gone'], [0, 1, 0])).moves
 * // => [
 * //   { from: null, to: 'here', customers: 1 },
 * //   { from: 'here', to: 'gone', customers: 1 },
 * //   { from: 'here', to: 'here', customers: 1 },
 * // ]
 * ```
 */
export const segmentMovement = (before: RfmSegments, after: RfmSegments): SegmentMovement => {
  const ids = idsOfBoth(before, after)
  const [then, now] = [placesOf(before, ids), placesOf(after, ids)]
  const width = after.names.length + 1
  const counts = new Float64Array((before.names.length + 1) * width)
  for (let row = 0; row < ids.length; row += 1) {
    const cell = (then[row] as number) * width + (now[row] as number)
    counts[cell] = (counts[cell] as number) + 1
  }
  const moves = Array.from(counts).flatMap((customers, cell) =>
    customers === 0 || cell === 0
      ? []
      : [{ from: nameAt(before.names, Math.floor(cell / width)), to: nameAt(after.names, cell % width), customers }],
  )
  return movementOf(countMoves(moves))
}

/**
 * Merges the movements of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { segmentMovementMonoid } from 'treue'
 *
 * const shard = { moves: [{ from: 'here', to: 'gone', customers: 2 }] }
 * segmentMovementMonoid.concat(shard, shard).moves // => [{ from: 'here', to: 'gone', customers: 4 }]
 * ```
 */
export const segmentMovementMonoid: Monoid<SegmentMovement> = {
  empty: { moves: [] },
  concat: (first, second) => movementOf(countMoves([...first.moves, ...second.moves])),
}
