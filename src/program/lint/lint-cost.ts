/** What units cost, summed exactly. */
import type { ReferralProportion } from '../../referrals/index.ts'

/** Minor units that shares of some units come to, as an exact fraction. */
export interface Cost {
  readonly over: bigint
  readonly under: bigint
}

export const noCost: Cost = { over: 0n, under: 1n }

export const plusCost = (cost: Cost, units: number, { numerator, denominator }: ReferralProportion): Cost => ({
  over: cost.over * BigInt(denominator) + BigInt(units) * BigInt(numerator) * cost.under,
  under: cost.under * BigInt(denominator),
})

export const isDearer = (a: Cost, b: Cost): boolean => a.over * b.under > b.over * a.under
