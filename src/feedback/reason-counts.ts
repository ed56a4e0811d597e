// Reasons that were given, folded into counts. The loops fill counts that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type Fault,
  type InvalidValue,
  integerCodec,
  invalidValue,
  ReasonId,
  structCodec,
} from '../foundation/index.ts'
import { isNonEmpty } from './nps-summary.ts'
import type { ReasonTaxonomy } from './reason-taxonomy.ts'

/** How often a reason was given. */
export interface ReasonCount {
  readonly reason: ReasonId
  /** Responses that gave just this reason. */
  readonly named: number
  /** Responses that gave it or one that belongs to it, each once. */
  readonly total: number
}

/** Reasons in responses, such as complaints or cancellations. */
export interface ReasonCounts {
  readonly responses: number
  /** Responses without a reason. */
  readonly unstated: number
  /** Every reason of the taxonomy, in its order. A response with several reasons counts for each. */
  readonly counts: ReadonlyArray<ReasonCount>
}

const natural: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

const countFaults = ({ responses, unstated, counts }: ReasonCounts): ReadonlyArray<InvalidValue> => {
  const most = responses - unstated
  if (most < 0) return [invalidValue(['unstated'], unstated, `at most ${responses}, the number of responses`)]
  return counts.flatMap(({ named, total }, at) => {
    if (total > most)
      return [invalidValue(['counts', at, 'total'], total, `at most ${most}, the responses with a reason`)]
    return named > total ? [invalidValue(['counts', at, 'named'], named, `at most ${total}, the total`)] : []
  })
}

/**
 * Reads {@link ReasonCounts}.
 *
 * @example
 * ```ts
 * import { decode, ReasonCounts } from 'treue'
 *
 * const counts = [{ reason: 'price', named: 1, total: 2 }]
 * decode(ReasonCounts, { responses: 3, unstated: 1, counts })._tag // => 'Right'
 * decode(ReasonCounts, { responses: 3, unstated: 2, counts })._tag // => 'Left'
 * ```
 */
export const ReasonCounts: Codec<ReasonCounts, unknown> = /* @__PURE__ */ constrainCodec<ReasonCounts, unknown>(
  /* @__PURE__ */ structCodec('ReasonCounts', {
    responses: natural,
    unstated: natural,
    counts: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ReasonCount', { reason: ReasonId, named: natural, total: natural }),
      { maxLength: 1_000 },
    ),
  }),
  countFaults,
)

/** A reason and all that it belongs to, by their places. */
const waysUp = ({ reasons }: ReasonTaxonomy): ReadonlyMap<ReasonId, ReadonlyArray<number>> => {
  const ways = new Map<ReasonId, ReadonlyArray<number>>()
  for (const [at, { id, parent }] of reasons.entries()) {
    ways.set(id, [at, ...(parent === null ? [] : (ways.get(parent) ?? []))])
  }
  return ways
}

const unknownReasons = (
  ways: ReadonlyMap<ReasonId, unknown>,
  given: ReadonlyArray<ReasonId>,
  at: number,
): ReadonlyArray<InvalidValue> =>
  given.flatMap((reason, place) =>
    ways.has(reason) ? [] : [invalidValue([at, place], reason, 'a reason of the taxonomy')],
  )

/**
 * Counts the reasons of responses. A reason that is given twice in one response counts once; so does a wider reason of which
 * several narrower ones are given.
 *
 * @param taxonomy the reasons that there are
 * @param responses of each its reasons, none where it gave none
 * @returns `InvalidValue` for every reason that the taxonomy doesn't have, at the indexes of response and reason.
 * @example
 * ```ts
 * import { countReasons, leavingReasons, type ReasonId, unwrap } from 'treue'
 *
 * const given = (...ids: ReadonlyArray<string>) => ids as ReadonlyArray<ReasonId>
 * const responses = [given('tooExpensive', 'priceIncrease'), given('price', 'moved'), given()]
 * const { counts, unstated } = unwrap(countReasons(leavingReasons, responses))
 * counts[0] // => { reason: 'price', named: 1, total: 2 }
 * unstated // => 1
 * ```
 */
export const countReasons = (
  taxonomy: ReasonTaxonomy,
  responses: ReadonlyArray<ReadonlyArray<ReasonId>>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, ReasonCounts> => {
  const ways = waysUp(taxonomy)
  const faults = responses.flatMap((given, at) => unknownReasons(ways, given, at))
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const named = taxonomy.reasons.map(() => 0)
  const total = taxonomy.reasons.map(() => 0)
  for (const given of responses) {
    const found = given.map((reason) => ways.get(reason) ?? [])
    for (const at of new Set(found.map(([exact = 0]) => exact))) (named[at] as number) += 1
    for (const at of new Set(found.flat())) (total[at] as number) += 1
  }
  const counts = taxonomy.reasons.map(({ id }, at) => ({
    reason: id,
    named: named[at] as number,
    total: total[at] as number,
  }))
  const unstated = responses.filter(({ length }) => length === 0).length
  return { _tag: 'Right', right: { responses: responses.length, unstated, counts } }
}

/** Counts by two different taxonomies, which can't be taken together. */
export interface TaxonomyMismatch extends Fault<'TaxonomyMismatch'> {
  /** The first reason that differs; `null` where there is none. */
  readonly left: ReasonId | null
  readonly right: ReasonId | null
}

/** The fault of counts that are not by one taxonomy; `undefined` where they are. */
export const taxonomyMismatch = (first: ReasonCounts, second: ReasonCounts): TaxonomyMismatch | undefined => {
  const length = Math.max(first.counts.length, second.counts.length)
  for (let at = 0; at < length; at += 1) {
    const left = first.counts[at]?.reason ?? null
    const right = second.counts[at]?.reason ?? null
    if (left === right) continue
    const expected = 'counts by the taxonomy of the first'
    return { _tag: 'TaxonomyMismatch', path: ['second', 'counts', at], expected, left, right }
  }
  return undefined
}

/**
 * Merges the counts of disjoint sets of responses by one taxonomy; for these it is associative and commutative.
 *
 * @param first counts
 * @param second counts by the same taxonomy
 * @returns `TaxonomyMismatch` for counts by different taxonomies.
 * @example
 * ```ts
 * import { complaintReasons, countReasons, mergeReasonCounts, type ReasonId, unwrap } from 'treue'
 *
 * const shop = unwrap(countReasons(complaintReasons, [['late' as ReasonId]]))
 * const merged = unwrap(mergeReasonCounts(shop, shop))
 * merged.counts.find(({ reason }) => reason === 'delivery') // => { reason: 'delivery', named: 0, total: 2 }
 * ```
 */
export const mergeReasonCounts = (
  first: ReasonCounts,
  second: ReasonCounts,
): Either<TaxonomyMismatch, ReasonCounts> => {
  const mismatch = taxonomyMismatch(first, second)
  if (mismatch !== undefined) return { _tag: 'Left', left: mismatch }
  const counts = first.counts.map(({ reason, named, total }, at) => ({
    reason,
    named: named + (second.counts[at]?.named ?? 0),
    total: total + (second.counts[at]?.total ?? 0),
  }))
  const unstated = first.unstated + second.unstated
  return { _tag: 'Right', right: { responses: first.responses + second.responses, unstated, counts } }
}
