/** What a member gets from the tiers of one ladder or several, and what changes between two standings. */
import type { Benefit, FlagBenefit, NumberBenefit } from './benefit.ts'
import { type Ladder, rankOf } from './ladder.ts'
import type { Standing } from './standing.ts'

const combined = (a: NumberBenefit, b: NumberBenefit): NumberBenefit => {
  const { combine } = a
  const value =
    combine === 'sum' ? a.value + b.value : combine === 'max' ? Math.max(a.value, b.value) : Math.min(a.value, b.value)
  return { type: 'number', id: a.id, value, combine }
}

/** A flag stays one, and a number is told apart from a flag of the same id. */
const keyOf = ({ type, id }: Benefit): string => `${type}/${id}`

/**
 * What a member gets by all standings at once: flags that any of their tiers gives; numbers as they say themselves, the
 * largest, the smallest or the sum (S45). Two that disagree how to combine go by the ladder that comes first.
 *
 * @param ladders - the ladders of the program
 * @param standings - the member's standings; one on a ladder that is not there gives nothing
 *
 * @example
 * ```ts
 * import { type Ladder, type Standing, tierBenefits } from 'treue'
 *
 * const ladderOf = (id: string, value: number) => ({
 *   id,
 *   tiers: [{ id: 'gold', benefits: [{ type: 'number', id: 'multiplier', value, combine: 'max' }] }],
 * })
 * const ladders = [ladderOf('a', 150), ladderOf('b', 200)] as unknown as ReadonlyArray<Ladder>
 * const standings = [{ ladder: 'a', tier: 'gold' }, { ladder: 'b', tier: 'gold' }] as unknown as ReadonlyArray<Standing>
 * tierBenefits(ladders, standings).map((benefit) => benefit.type === 'number' && benefit.value) // => [200]
 * ```
 */
export const tierBenefits = (
  ladders: ReadonlyArray<Ladder>,
  standings: ReadonlyArray<Standing>,
): ReadonlyArray<Benefit> => {
  const found = new Map<string, Benefit>()
  for (const ladder of ladders) {
    const standing = standings.find((one) => one.ladder === ladder.id)
    if (standing === undefined) continue
    for (const benefit of ladder.tiers[rankOf(ladder, standing.tier)]?.benefits ?? []) {
      const key = keyOf(benefit)
      const before = found.get(key)
      const both = before?.type === 'number' && benefit.type === 'number' ? combined(before, benefit) : benefit
      found.set(key, both)
    }
  }
  return [...found.values()]
}

/** A number that is another than before. */
export interface ChangedBenefit {
  readonly id: string
  readonly before: number
  readonly after: number
}

/** What changes for a member. */
export interface BenefitChange {
  readonly gained: ReadonlyArray<Benefit>
  readonly lost: ReadonlyArray<Benefit>
  /** As before. */
  readonly kept: ReadonlyArray<FlagBenefit | NumberBenefit>
  readonly changed: ReadonlyArray<ChangedBenefit>
}

const sizeOf = (benefit: Benefit | undefined): number | undefined =>
  benefit?.type === 'number' ? benefit.value : undefined

/**
 * What a member gains, loses and keeps, as between two standings.
 *
 * @param before - what the member had, as {@link tierBenefits} gives it
 * @param after - what the member has
 *
 * @example
 * ```ts
 * import { benefitChange } from 'treue'
 *
 * const lounge = { type: 'flag', id: 'lounge' } as const
 * const times = (value: number) => ({ type: 'number', id: 'multiplier', value, combine: 'max' }) as const
 * const { gained, lost, changed } = benefitChange([times(100)], [times(150), lounge])
 * gained // => [{ type: 'flag', id: 'lounge' }]
 * lost // => []
 * changed // => [{ id: 'multiplier', before: 100, after: 150 }]
 * ```
 */
export const benefitChange = (before: ReadonlyArray<Benefit>, after: ReadonlyArray<Benefit>): BenefitChange => {
  const had = new Map(before.map((benefit) => [keyOf(benefit), benefit]))
  const has = new Map(after.map((benefit) => [keyOf(benefit), benefit]))
  const both = after.filter((benefit) => had.has(keyOf(benefit)))
  const isSame = (benefit: Benefit): boolean => sizeOf(benefit) === sizeOf(had.get(keyOf(benefit)))
  return {
    gained: after.filter((benefit) => !had.has(keyOf(benefit))),
    lost: before.filter((benefit) => !has.has(keyOf(benefit))),
    kept: both.filter(isSame),
    changed: both.flatMap((benefit) => {
      const old = sizeOf(had.get(keyOf(benefit)))
      const now = sizeOf(benefit)
      return old === undefined || now === undefined || old === now ? [] : [{ id: benefit.id, before: old, after: now }]
    }),
  }
}
