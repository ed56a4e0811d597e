/** The smallest purchase that brings what is missing to a tier. */
import { type ExactInteger, exactProduct } from '../foundation/index.ts'
import type { MetricId } from './metric.ts'
import type { MissingCount, MissingWay } from './progress.ts'

/** What one purchase brings of a metric. */
export interface PurchaseYield {
  readonly metric: MetricId
  /** Units of the metric for so many minor units: spend is 1 for 1; 2 points for 1.00 are 2 for 100. */
  readonly count: number
  /** Minor units; 0: one purchase brings `count`, whatever it costs. */
  readonly perMinor: number
}

/** The smallest purchase. */
export interface SmallestPurchase {
  /** Minor units of the program's currency. */
  readonly minor: number
  /** The way that it takes. */
  readonly way: MissingWay
}

const ceilingOf = (numerator: ExactInteger, denominator: number): number => {
  const [a, b] = [BigInt(numerator), BigInt(denominator)]
  return Number((a + b - 1n) / b)
}

/** What it costs to bring what is missing of one metric in one purchase; `undefined`: it cannot. */
const costOf = ({ metric, missing }: MissingCount, yields: ReadonlyArray<PurchaseYield>): number | undefined => {
  const brought = yields.find((one) => one.metric === metric)
  if (brought === undefined || brought.count <= 0) return undefined
  if (brought.perMinor === 0) return brought.count >= missing ? 0 : undefined
  // Points are granted for what is complete, so the last unit takes its full price.
  return ceilingOf(exactProduct(missing, brought.perMinor), brought.count)
}

const costOfWay = (way: MissingWay, yields: ReadonlyArray<PurchaseYield>): number | undefined => {
  let minor = 0
  for (const one of way) {
    const cost = costOf(one, yields)
    if (cost === undefined) return undefined
    minor = Math.max(minor, cost)
  }
  return Number.isSafeInteger(minor) ? minor : undefined
}

/**
 * The smallest single purchase that brings what is missing, at given yields with linear earning; `null`: no single purchase does.
 *
 * @param ways - what is missing, in each of the ways, as `tierProgress` and `keepProgress` give it
 * @param yields - what a purchase brings of each metric; of one that is not there it brings nothing
 *
 * @example
 * ```ts
 * import { type MetricId, smallestPurchase } from 'treue'
 *
 * const points = 'points' as MetricId
 * const twoForEachEuro = { metric: points, count: 2, perMinor: 100 }
 * smallestPurchase([[{ metric: points, missing: 175 }]], [twoForEachEuro])?.minor // => 8750
 * smallestPurchase([[{ metric: points, missing: 175 }]], []) // => null
 * ```
 */
export const smallestPurchase = (
  ways: ReadonlyArray<MissingWay>,
  yields: ReadonlyArray<PurchaseYield>,
): SmallestPurchase | null => {
  let smallest: SmallestPurchase | null = null
  for (const way of ways) {
    const minor = costOfWay(way, yields)
    if (minor !== undefined && (smallest === null || minor < smallest.minor)) smallest = { minor, way }
  }
  return smallest
}
