// Purchases of a customer as the models suppose them: at random at a steady rate, until the customer leaves.

import { gammaFrom } from '../../statistics/index.ts'

/** Purchases after the first, and when the last of them was. */
export type SimulatedPurchases = readonly [repeats: number, recency: number]

/** Beyond so many a simulated customer stops. */
const mostPurchases = 1e7

/** A beta variable; of shapes so small that both gamma variables vanish it is 0 or 1. */
export const betaFrom = (next: () => number, a: number, b: number): number => {
  const [first, second] = [gammaFrom(next, a), gammaFrom(next, b)]
  if (first + second > 0) return first / (first + second)
  return next() * (a + b) < a ? 1 : 0
}

/** Purchases of some stages each at a rate up to an end, when after each the customer leaves with a chance. */
export const purchasesUntil = (
  next: () => number,
  rate: number,
  end: number,
  chance: number,
  stages = 1,
): SimulatedPurchases => {
  let [at, repeats, recency] = [0, 0, 0]
  while (repeats < mostPurchases) {
    at += (stages === 1 ? -Math.log(next()) : gammaFrom(next, stages)) / rate
    if (!(at <= end)) break
    repeats += 1
    recency = at
    if (chance > 0 && next() < chance) break
  }
  return [repeats, recency]
}
