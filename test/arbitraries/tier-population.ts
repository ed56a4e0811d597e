// Generators of populations that move between tiers. They lean to few tiers, to ways that nobody takes, and to tiers that
// nobody gets out of.
import fc from 'fast-check'
import type { TierId } from '../../src/foundation/index.ts'
import type { TierChain, TierMove, TierTransitions } from '../../src/tiers/index.ts'

const names = ['base', '__proto__', 'gold', 'constructor', 'black', 'lifetime'] as Array<string> as Array<TierId>

export const tierIds = (tiers: number): ReadonlyArray<TierId> => names.slice(0, tiers)

const square = (tiers: number, count: fc.Arbitrary<number>): fc.Arbitrary<ReadonlyArray<ReadonlyArray<number>>> =>
  fc.array(fc.array(count, { minLength: tiers, maxLength: tiers }), { minLength: tiers, maxLength: tiers })

export const transitionsOf = (tiers: number, count: fc.Arbitrary<number>): fc.Arbitrary<TierTransitions> => {
  const perTier = fc.array(count, { minLength: tiers, maxLength: tiers })
  return fc.record({ counts: square(tiers, count), joined: perTier, left: perTier })
}

const sparse = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }))
const any = fc.oneof(sparse, fc.integer({ min: 1, max: 1_000_000 }))

export const transitionsArbitrary: fc.Arbitrary<TierTransitions> = fc
  .integer({ min: 1, max: 5 })
  .chain((tiers) => transitionsOf(tiers, any))

/** A way between all tiers. */
export const connectedArbitrary: fc.Arbitrary<TierTransitions> = fc
  .integer({ min: 1, max: 5 })
  .chain((tiers) => transitionsOf(tiers, fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1e9 }))))

/** Counts whose rows have members, with few of them and many ways that nobody takes. */
export const sparseArbitrary: fc.Arbitrary<TierTransitions> = fc
  .integer({ min: 1, max: 5 })
  .chain((tiers) => transitionsOf(tiers, sparse))
  .map(({ counts, joined, left }) => ({
    counts: counts.map((row, from) => (row.some((members) => members > 0) ? row : row.with(from, 1))),
    joined,
    left: left.map((members, from) => (from % 2 === 0 ? 0 : members)),
  }))

export const chainOf = ({ counts, left }: TierTransitions): TierChain => {
  const totals = counts.map((row, from) => row.reduce((sum, members) => sum + members, left[from] as number))
  return {
    tiers: tierIds(counts.length),
    moves: counts.map((row, from) => row.map((members) => members / (totals[from] as number))),
    leaving: left.map((members, from) => members / (totals[from] as number)),
  }
}

/** Members' tiers at two dates, of a ladder of so many tiers. */
export const movesArbitrary = (tiers: number): fc.Arbitrary<ReadonlyArray<TierMove>> => {
  const tier = fc.option(fc.constantFrom(...tierIds(tiers)), { freq: 4 })
  return fc.array(fc.record({ before: tier, after: tier }), { maxLength: 60 })
}
