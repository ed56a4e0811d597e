/** Members by whom they brought, and what those spent. */
import * as E from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../foundation/index.ts'
import { sumOfReferees } from './forest-kernel.ts'
import { downstreamTotals, type ForestValueFault, type ReferralForest, referralFanOut } from './referral-forest.ts'

/** What to rank by. */
export interface AmbassadorOptions {
  /** Customers brought, or what they spent; `revenue` by default. */
  readonly by?: 'customers' | 'revenue'
  /** What a level counts for, as a share of the one above it: 0 counts direct ones only, 1 all the same; 0.5 by default. */
  readonly decay?: number
  /** How many to tell; 100 by default. */
  readonly most?: number
  /** Leaves out who brought more than so many directly: those who are left are micro-influencers. None by default. */
  readonly mostDirect?: number
}

/** A member and whom they brought. */
export interface Ambassador {
  /** The member's index. */
  readonly member: number
  readonly directCustomers: number
  /** At any remove. */
  readonly customers: number
  readonly directRevenueMinor: number
  readonly revenueMinor: number
  /** What the rank follows: customers or minor units, each level below counting less by the decay. */
  readonly score: number
}

interface Columns {
  readonly direct: Int32Array
  readonly customers: Float64Array
  readonly directRevenue: Float64Array
  readonly revenue: Float64Array
  readonly score: Float64Array
}

const columnsOf = (
  forest: ReferralForest,
  revenueMinor: Float64Array,
  by: 'customers' | 'revenue',
  decay: number,
): E.Either<ReadonlyArray<ForestValueFault>, Columns> => {
  const ones = new Float64Array(forest.referrer.length).fill(1)
  const customers = downstreamTotals(forest, ones)
  const revenue = downstreamTotals(forest, revenueMinor)
  const score = downstreamTotals(forest, by === 'customers' ? ones : revenueMinor, decay)
  if (E.isLeft(customers)) return customers
  if (E.isLeft(revenue)) return revenue
  if (E.isLeft(score)) return score
  return E.right({
    direct: referralFanOut(forest),
    customers: customers.right,
    directRevenue: sumOfReferees(forest.referrer, revenueMinor),
    revenue: revenue.right,
    score: score.right,
  })
}

/**
 * The members who brought most, directly and by way of those whom they brought. Equal ones keep their order; who brought
 * nobody is in no ranking.
 *
 * `InvalidValue`: revenue that is no safe integer or not one for each member, a decay outside 0–1. `OutOfRange`: revenue
 * that together is no safe integer.
 *
 * @param forest - who brought whom
 * @param revenueMinor - what each member spent, in minor units
 * @param options - what to rank by, decay, and how many to tell
 *
 * @example
 * ```ts
 * import { rankAmbassadors, referralForest, unwrap } from 'treue'
 *
 * const forest = unwrap(referralForest(Int32Array.of(-1, 0, 1, 1)))
 * const ranked = unwrap(rankAmbassadors(forest, Float64Array.of(0, 1000, 400, 300), { decay: 0.5 }))
 * ranked.map(({ member, score }) => [member, score]) // => [[0, 1350], [1, 700]]
 * ranked[0]?.customers // => 3
 * ```
 */
export const rankAmbassadors = (
  forest: ReferralForest,
  revenueMinor: Float64Array,
  { by = 'revenue', decay = 0.5, most = 100, mostDirect = Number.POSITIVE_INFINITY }: AmbassadorOptions = {},
): E.Either<ReadonlyArray<ForestValueFault | InvalidValue>, ReadonlyArray<Ambassador>> => {
  if (!(most >= 0)) return E.left([invalidValue(['most'], most, 'a number of 0 or more')])
  const columns = columnsOf(forest, revenueMinor, by, decay)
  if (E.isLeft(columns)) return columns
  const { direct, customers, directRevenue, revenue, score } = columns.right
  const some: Array<number> = []
  for (let member = 0; member < direct.length; member += 1) {
    const count = direct[member] as number
    if (count > 0 && count <= mostDirect) some.push(member)
  }
  some.sort((a, b) => (score[b] as number) - (score[a] as number))
  return E.right(
    some.slice(0, most).map((member) => ({
      member,
      directCustomers: direct[member] as number,
      customers: customers[member] as number,
      directRevenueMinor: directRevenue[member] as number,
      revenueMinor: revenue[member] as number,
      score: score[member] as number,
    })),
  )
}
