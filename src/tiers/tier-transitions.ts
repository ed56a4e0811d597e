// Members' tiers at two dates, counted: from which tier to which. The kernel fills counters that it made itself.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  describeValue,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type Path,
  structCodec,
  type TierId,
} from '../foundation/index.ts'

/** How many members went from which tier to which between two dates, tiers by their index. */
export interface TierTransitions {
  /** Of each tier before, the members in each tier after. */
  readonly counts: ReadonlyArray<ReadonlyArray<number>>
  /** Members after who were none before, by their tier after. */
  readonly joined: ReadonlyArray<number>
  /** Members before who are none after, by their tier before. */
  readonly left: ReadonlyArray<number>
}

/** Members' tiers at two dates: an entry each per member, the index of a tier, or −1 for who was no member then. */
export interface TierMoveColumns {
  readonly before: Int32Array
  readonly after: Int32Array
}

/** One member's tiers at two dates; `null` for who was no member then. */
export interface TierMove {
  readonly before: TierId | null
  readonly after: TierId | null
}

/** Everything that is wrong with a population, each at its place. */
export type TierPopulationFaults = ReadonlyNonEmptyArray<InvalidValue>

/** The most tiers that a population is counted by. */
export const mostTiers = 256

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const perTier: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(count, { minLength: 1, maxLength: mostTiers })

const shapeFaults = ({ counts, joined, left }: TierTransitions): ReadonlyArray<InvalidValue> => {
  const tiers = counts.length
  const expected = `${tiers} counts, one per tier`
  return [
    ...counts.flatMap((row, from) => (row.length === tiers ? [] : [invalidValue(['counts', from], row, expected)])),
    ...(joined.length === tiers ? [] : [invalidValue(['joined'], joined, expected)]),
    ...(left.length === tiers ? [] : [invalidValue(['left'], left, expected)]),
  ]
}

const countFaults = (path: Path, counts: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  counts.flatMap((members, tier) =>
    Number.isSafeInteger(members) && members >= 0
      ? []
      : [invalidValue([...path, tier], members, 'a whole number from 0')],
  )

/** What is wrong with transitions that may have come by no codec. */
export const transitionFaults = (transitions: TierTransitions): ReadonlyArray<InvalidValue> => [
  ...(transitions.counts.length >= 1 && transitions.counts.length <= mostTiers
    ? []
    : [invalidValue(['counts'], transitions.counts, `from 1 to ${mostTiers} rows`)]),
  ...shapeFaults(transitions),
  ...transitions.counts.flatMap((row, from) => countFaults(['counts', from], row)),
  ...countFaults(['joined'], transitions.joined),
  ...countFaults(['left'], transitions.left),
]

/**
 * Reads {@link TierTransitions}.
 *
 * @example
 * ```ts
 * import { decode, TierTransitions } from 'treue'
 *
 * decode(TierTransitions, { counts: [[80, 15], [20, 60]], joined: [12, 0], left: [5, 2] })._tag // => 'Right'
 * decode(TierTransitions, { counts: [[80, 15], [20]], joined: [12, 0], left: [5, 2] })._tag // => 'Left'
 * ```
 */
export const TierTransitions: Codec<TierTransitions> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('TierTransitions', {
    counts: /* @__PURE__ */ arrayCodec(perTier, { minLength: 1, maxLength: mostTiers }),
    joined: perTier,
    left: perTier,
  }),
  shapeFaults,
)

/**
 * Counts per pair of tiers, with places before them for who is no member: the cell of a pair is its first place shifted
 * by `bits`, or its second place.
 */
interface MoveTally {
  readonly bits: number
  readonly cells: Int32Array
}

const newTally = (tiers: number, copies: number): MoveTally => {
  const bits = 32 - Math.clz32(tiers)
  return { bits, cells: new Int32Array(copies << (2 * bits)) }
}

/**
 * Four members at a time in a tally each: one alone would wait until the store of an equal neighbour is done. Returns
 * whether all could be counted; those that are just past the last tier are, in cells of their own.
 */
const countInFours = (draft: MoveTally, { before, after }: TierMoveColumns, members: number): boolean => {
  const { bits, cells } = draft
  const size = 1 << (2 * bits)
  for (let at = 0; at < members; at += 4) {
    const from0 = (before[at] as number) + 1
    const from1 = (before[at + 1] as number) + 1
    const from2 = (before[at + 2] as number) + 1
    const from3 = (before[at + 3] as number) + 1
    const to0 = (after[at] as number) + 1
    const to1 = (after[at + 1] as number) + 1
    const to2 = (after[at + 2] as number) + 1
    const to3 = (after[at + 3] as number) + 1
    // As an unsigned number, one below 0 is too large.
    const all = (from0 | from1 | from2 | from3 | to0 | to1 | to2 | to3) >>> 0
    if (all >>> bits !== 0) return false
    ;(cells[(from0 << bits) | to0] as number) += 1
    ;(cells[size + ((from1 << bits) | to1)] as number) += 1
    ;(cells[2 * size + ((from2 << bits) | to2)] as number) += 1
    ;(cells[3 * size + ((from3 << bits) | to3)] as number) += 1
  }
  return true
}

/** The same one by one, for the members who are left over. */
const countSingly = (draft: MoveTally, { before, after }: TierMoveColumns, first: number): boolean => {
  const { bits, cells } = draft
  for (let at = first; at < before.length; at += 1) {
    const from = (before[at] as number) + 1
    const to = (after[at] as number) + 1
    if ((from | to) >>> bits !== 0) return false
    ;(cells[(from << bits) | to] as number) += 1
  }
  return true
}

const mergeCopies = ({ bits, cells: tally }: MoveTally): void => {
  const size = 1 << (2 * bits)
  for (let cell = size; cell < tally.length; cell += 1) (tally[cell & (size - 1)] as number) += tally[cell] as number
}

const transitionsOf = ({ bits, cells }: MoveTally, tiers: number): TierTransitions => {
  const row = (from: number): ReadonlyArray<number> =>
    Array.from(cells.subarray((from << bits) + 1, (from << bits) + 1 + tiers))
  return {
    counts: Array.from({ length: tiers }, (_, from) => row(from + 1)),
    joined: row(0),
    left: Array.from({ length: tiers }, (_, from) => cells[(from + 1) << bits] as number),
  }
}

const sumOf = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0)

/** How many members are in tiers, or in none. */
const countedIn = ({ cells }: MoveTally, { counts, joined, left }: TierTransitions): number =>
  counts.reduce((sum, row) => sum + sumOf(row), sumOf(joined) + sumOf(left) + (cells[0] as number))

const isTierOrNone = (tier: number, tiers: number): boolean => tier >= -1 && tier < tiers

const entryFaults = ({ before, after }: TierMoveColumns, tiers: number): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  const expected = `a tier's index from 0 to ${tiers - 1}, or -1`
  before.forEach((tier, member) => {
    const other = after[member] as number
    if (!isTierOrNone(tier, tiers)) faults.push(invalidValue(['before', member], tier, expected))
    if (!isTierOrNone(other, tiers)) faults.push(invalidValue(['after', member], other, expected))
  })
  return faults
}

const isInt32Array = (value: unknown): boolean => value instanceof Int32Array

const columnFaults = ({ before, after }: TierMoveColumns, tiers: number): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  if (!(Number.isInteger(tiers) && tiers >= 1 && tiers <= mostTiers)) {
    faults.push(invalidValue(['tiers'], tiers, `a number of tiers from 1 to ${mostTiers}`))
  }
  if (!isInt32Array(before)) faults.push(invalidValue(['before'], before, 'an Int32Array'))
  if (!isInt32Array(after)) faults.push(invalidValue(['after'], after, 'an Int32Array'))
  if (faults.length === 0 && after.length !== before.length) {
    faults.push(invalidValue(['after'], after.length, `${before.length} entries, as many as before`))
  }
  return faults
}

export const isNonEmpty = <A>(values: ReadonlyArray<A>): values is ReadonlyNonEmptyArray<A> => values.length > 0

/**
 * Counts members by their tiers at two dates. Who was a member at neither counts nowhere.
 *
 * @param columns see {@link TierMoveColumns}
 * @param tiers how many tiers there are, 1 to 256
 * @returns `InvalidValue` for every entry that is no tier, and for columns of different length.
 * @example
 * ```ts
 * import { summariseTierMoves, unwrap } from 'treue'
 *
 * const before = Int32Array.of(0, 0, 1, 1, -1)
 * const after = Int32Array.of(0, 1, 1, -1, 0)
 * unwrap(summariseTierMoves({ before, after }, 2))
 * // => { counts: [[1, 1], [0, 1]], joined: [1, 0], left: [0, 1] }
 * ```
 */
export const summariseTierMoves = (
  columns: TierMoveColumns,
  tiers: number,
): Either<TierPopulationFaults, TierTransitions> => {
  const faults = columnFaults(columns, tiers)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const tally = newTally(tiers, 4)
  const fours = columns.before.length & ~3
  const counted = countInFours(tally, columns, fours) && countSingly(tally, columns, fours)
  mergeCopies(tally)
  const transitions = transitionsOf(tally, tiers)
  const sound = counted && countedIn(tally, transitions) === columns.before.length
  const found = sound ? [] : entryFaults(columns, tiers)
  return isNonEmpty(found) ? { _tag: 'Left', left: found } : { _tag: 'Right', right: transitions }
}

const unknownTier = (side: keyof TierMove, member: number, tier: unknown): InvalidValue => ({
  _tag: 'InvalidValue',
  path: [member, side],
  expected: 'a tier of the list, or null',
  actual: describeValue(tier),
})

export const idFaults = (tiers: ReadonlyArray<TierId>): ReadonlyArray<InvalidValue> => {
  const wrongCount = tiers.length >= 1 && tiers.length <= mostTiers ? [] : [tiers.length]
  const seen = new Set<TierId>()
  return [
    ...wrongCount.map((length) => invalidValue(['tiers'], length, `from 1 to ${mostTiers} tiers`)),
    ...tiers.flatMap((tier, index) => {
      if (!seen.has(tier)) {
        seen.add(tier)
        return []
      }
      return [invalidValue(['tiers', index], tier, 'a tier that is listed once')]
    }),
  ]
}

/**
 * Members' tiers by their ids as columns of indices.
 *
 * @param rows one per member, see {@link TierMove}
 * @param tiers the ladder's tiers, lowest first: the index of a tier is its place here
 * @returns `InvalidValue` for every tier that isn't in the list, at the row's index, and for a list with a tier twice.
 * @example
 * ```ts
 * import { encodeTierMoves, type TierId, unwrap } from 'treue'
 *
 * const [base, gold] = ['base', 'gold'] as [TierId, TierId]
 * const columns = unwrap(encodeTierMoves([{ before: base, after: gold }, { before: null, after: base }], [base, gold]))
 * ;[Array.from(columns.before), Array.from(columns.after)] // => [[0, -1], [1, 0]]
 * ```
 */
export const encodeTierMoves = (
  rows: ReadonlyArray<TierMove>,
  tiers: ReadonlyArray<TierId>,
): Either<TierPopulationFaults, TierMoveColumns> => {
  const faults: Array<InvalidValue> = [...idFaults(tiers)]
  const indices = new Map<TierId | null, number>(tiers.map((tier, index) => [tier, index]))
  indices.set(null, -1)
  const before = new Int32Array(rows.length)
  const after = new Int32Array(rows.length)
  rows.forEach((row, member) => {
    const from = indices.get(row.before)
    const to = indices.get(row.after)
    if (from === undefined) faults.push(unknownTier('before', member, row.before))
    if (to === undefined) faults.push(unknownTier('after', member, row.after))
    before[member] = from ?? -1
    after[member] = to ?? -1
  })
  return isNonEmpty(faults) ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: { before, after } }
}

/**
 * Counts members by their tiers at two dates, from rows; equal to {@link summariseTierMoves} of the same as columns.
 *
 * @param rows one per member, see {@link TierMove}
 * @param tiers the ladder's tiers, lowest first
 * @returns the faults of {@link encodeTierMoves}.
 * @example
 * ```ts
 * import { summariseTierMoveRows, type TierId, unwrap } from 'treue'
 *
 * const [base, gold] = ['base', 'gold'] as [TierId, TierId]
 * unwrap(summariseTierMoveRows([{ before: base, after: gold }, { before: gold, after: null }], [base, gold]))
 * // => { counts: [[0, 1], [0, 0]], joined: [0, 0], left: [0, 1] }
 * ```
 */
export const summariseTierMoveRows = (
  rows: ReadonlyArray<TierMove>,
  tiers: ReadonlyArray<TierId>,
): Either<TierPopulationFaults, TierTransitions> => {
  const columns = encodeTierMoves(rows, tiers)
  return columns._tag === 'Left' ? columns : summariseTierMoves(columns.right, tiers.length)
}

const addTo = (first: ReadonlyArray<number>, second: ReadonlyArray<number>): ReadonlyArray<number> =>
  first.map((members, tier) => members + (second[tier] ?? 0))

/**
 * Merges transitions of disjoint sets of members, counted by the same tiers.
 *
 * @param tiers how many tiers there are
 * @example
 * ```ts
 * import { tierTransitionsMonoid } from 'treue'
 *
 * const { concat } = tierTransitionsMonoid(1)
 * concat({ counts: [[7]], joined: [1], left: [2] }, { counts: [[3]], joined: [0], left: [1] })
 * // => { counts: [[10]], joined: [1], left: [3] }
 * ```
 */
export const tierTransitionsMonoid = (tiers: number): Monoid<TierTransitions> => ({
  empty: transitionsOf(newTally(tiers, 1), tiers),
  concat: (first, second) => ({
    counts: first.counts.map((row, from) => addTo(row, second.counts[from] ?? [])),
    joined: addTo(first.joined, second.joined),
    left: addTo(first.left, second.left),
  }),
})
