// Whether members move otherwise than before: a test of two tables of transitions.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type Fault,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type Path,
  underPath,
} from '../foundation/index.ts'
import { chiSquareUpperTail, compensatedSum } from '../statistics/index.ts'
import { isNonEmpty, type TierTransitions, transitionFaults } from './tier-transitions.ts'

/** A way that so few members are expected to go that the test's probability would be wrong. */
export interface SmallExpectedCount extends Fault<'SmallExpectedCount'> {
  /** Of the table with fewer. */
  readonly members: number
}

/** Which statistic compares the counts: the likelihood ratio (G²) or Pearson's (X²). */
export type TierChangeStatistic = 'likelihoodRatio' | 'pearson'

/** How two tables are compared. */
export interface TierTransitionChangeOptions {
  /** `'likelihoodRatio'` when absent, which is Anderson's and Goodman's. */
  readonly statistic?: TierChangeStatistic
  /** The fewest members that must be expected to go each way that anybody goes; 5 when absent, the usual rule. */
  readonly minimumExpected?: number
}

/** How much two tables differ, and how probable as much is where members move alike. */
export interface TierTransitionChange {
  readonly method: TierChangeStatistic
  readonly statistic: number
  readonly degrees: number
  /** The p-value: of a statistic at least as large, if all probabilities are equal. */
  readonly probability: number
}

/** Why there is no test. */
export type TierTransitionChangeFaults = ReadonlyNonEmptyArray<
  InvalidValue | OutOfRange | EmptySample | SmallExpectedCount
>

/** One way, in both tables. */
interface Pair {
  readonly path: Path
  readonly observed: readonly [number, number]
  readonly expected: readonly [number, number]
}

const ways = ({ counts, left }: TierTransitions, from: number): ReadonlyArray<number> => [
  ...(counts[from] ?? []),
  left[from] ?? 0,
]

const total = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0)

/** The ways from a tier that anybody went; none where one table has no members of it. */
const pairsOf = (first: TierTransitions, second: TierTransitions, from: number): ReadonlyArray<Pair> => {
  const [a, b] = [ways(first, from), ways(second, from)]
  const [members, others] = [total(a), total(b)]
  if (members === 0 || others === 0) return []
  return a.flatMap((one, to): ReadonlyArray<Pair> => {
    const other = b[to] as number
    const share = (one + other) / (members + others)
    const path = to < first.counts.length ? ['counts', from, to] : ['left', from]
    return share === 0 ? [] : [{ path, observed: [one, other], expected: [share * members, share * others] }]
  })
}

/** Twice E (u ln u − u + 1) for u = O / E: what each count adds to G², written so that no term is below 0. */
const ratioTerm = (observed: number, expected: number): number => {
  if (observed === 0) return 2 * expected
  const excess = (observed - expected) / expected
  return 2 * expected * ((1 + excess) * Math.log1p(excess) - excess)
}

const pearsonTerm = (observed: number, expected: number): number => (observed - expected) ** 2 / expected

const smallFaults = (pairs: ReadonlyArray<Pair>, minimum: number): ReadonlyArray<SmallExpectedCount> =>
  pairs.flatMap(({ path, expected }): ReadonlyArray<SmallExpectedCount> => {
    const members = Math.min(...expected)
    const wanted = `at least ${minimum} expected members in both tables`
    return members >= minimum ? [] : [{ _tag: 'SmallExpectedCount', path, expected: wanted, members }]
  })

const inputFaults = (
  first: TierTransitions,
  second: TierTransitions,
  minimum: number,
): ReadonlyArray<InvalidValue | OutOfRange> => [
  ...underPath(['first'], transitionFaults(first)),
  ...underPath(['second'], transitionFaults(second)),
  ...(first.counts.length === second.counts.length
    ? []
    : [invalidValue(['second', 'counts'], second.counts, `${first.counts.length} rows, as many as the first has`)]),
  ...(minimum > 0 && Number.isFinite(minimum)
    ? []
    : [outOfRange(['minimumExpected'], minimum, 'a finite number above 0')]),
]

/**
 * Tests whether the members of two tables move with the same probabilities: two years, or two groups of members. Tiers
 * that one of them has no members of say nothing and are left out, as are ways that nobody goes.
 *
 * Source: T. W. Anderson and L. A. Goodman, Annals of Mathematical Statistics 28 (1957), section 3.
 *
 * @param first counted, or merged
 * @param second counted by the same tiers, of other members or another time
 * @param options see {@link TierTransitionChangeOptions}
 * @returns `SmallExpectedCount` for every way with fewer expected members than asked for (merge such tiers, or lower
 * `minimumExpected`), `EmptySample` where no tier has members in both that go more than one way, `InvalidValue` for counts
 * that make no sense, `OutOfRange` for a least number that isn't above 0.
 * @example
 * ```ts
 * import { tierTransitionChange, unwrap } from 'treue'
 *
 * const before = { counts: [[80, 20], [30, 70]], joined: [0, 0], left: [0, 0] }
 * const after = { counts: [[60, 40], [30, 70]], joined: [0, 0], left: [0, 0] }
 * const { statistic, degrees, probability } = unwrap(tierTransitionChange(before, after, { statistic: 'pearson' }))
 * ;[statistic.toFixed(6), degrees, probability.toFixed(6)] // => ['9.523810', 2, '0.008549']
 * ```
 */
export const tierTransitionChange = (
  first: TierTransitions,
  second: TierTransitions,
  options: TierTransitionChangeOptions = {},
): Either<TierTransitionChangeFaults, TierTransitionChange> => {
  const { statistic: method = 'likelihoodRatio', minimumExpected = 5 } = options
  const wrong = inputFaults(first, second, minimumExpected)
  if (isNonEmpty(wrong)) return { _tag: 'Left', left: wrong }
  const rows = first.counts.map((_, from) => pairsOf(first, second, from)).filter((pairs) => pairs.length > 1)
  const pairs = rows.flat()
  if (pairs.length === 0) {
    return { _tag: 'Left', left: [emptySample([], 'a tier from which members go more than one way, in both tables')] }
  }
  const small = smallFaults(pairs, minimumExpected)
  if (isNonEmpty(small)) return { _tag: 'Left', left: small }
  const term = method === 'pearson' ? pearsonTerm : ratioTerm
  const statistic = compensatedSum(
    pairs.flatMap(({ observed: [a, b], expected: [c, d] }) => [Math.max(0, term(a, c)), Math.max(0, term(b, d))]),
  )
  const degrees = pairs.length - rows.length
  const tail = chiSquareUpperTail(statistic, degrees)
  return isLeft(tail)
    ? { _tag: 'Left', left: [tail.left] }
    : { _tag: 'Right', right: { method, statistic, degrees, probability: tail.right } }
}
