/** How much of the credit each of some touches has. */
import * as E from 'fp-ts/Either'
import { addDuration, allocate, type ExactInteger, exactProduct, type Zone } from '../foundation/index.ts'
import type { AttributionModel, PositionWeightedModel } from './attribution-policy.ts'
import type { Touch } from './touch.ts'

/** The parts that credit is counted in: millionths, so that shares are whole and sum to all of it. */
export const creditParts = 1_000_000

/** Each is the root of the one before: products of them are the same on every machine, unlike powers. */
const halvings: ReadonlyArray<number> = /* @__PURE__ */ (() => {
  const roots: Array<number> = []
  let root = 0.5
  for (let bit = 0; bit < 40; bit += 1) {
    root = Math.sqrt(root)
    roots.push(root)
  }
  return roots
})()

/** 2 to the power of minus so many half-lives, in parts of 2^40. */
const decayed = (halfLives: number): number => {
  const whole = Math.floor(halfLives)
  if (whole > 40) return 0
  let rest = halfLives - whole
  let weight = 2 ** (40 - whole)
  for (const root of halvings) {
    rest *= 2
    if (rest < 1) continue
    rest -= 1
    weight *= root
  }
  return Math.floor(weight)
}

const positions = ({ first, middle, last }: PositionWeightedModel, count: number): ReadonlyArray<ExactInteger> => {
  if (count === 1) return [1]
  const between = count - 2
  // Over one denominator, so that the middle is shared exactly.
  const end = (weight: number): ExactInteger => (between === 0 ? weight : exactProduct(weight, between))
  return [end(first), ...Array.from({ length: between }, () => middle), end(last)]
}

/**
 * The weights of touches in order of time; only their proportions count.
 */
const weights = (model: AttributionModel, zone: Zone, touches: ReadonlyArray<Touch>): ReadonlyArray<ExactInteger> => {
  if (model.type === 'positionWeighted') return positions(model, touches.length)
  const newest = touches[touches.length - 1]
  if (model.type !== 'timeDecay' || newest === undefined) return touches.map(() => 1)
  const halfLife = Math.max(1, addDuration(zone, newest.at, model.halfLife) - newest.at)
  return touches.map(({ at }) => decayed((newest.at - at) / halfLife))
}

/** The share of each of some touches in order of time, in millionths: together they are all of it, by largest remainder. */
export const creditShares = (
  model: AttributionModel,
  zone: Zone,
  touches: ReadonlyArray<Touch>,
): ReadonlyArray<number> => {
  const shares = allocate(creditParts, weights(model, zone, touches))
  return E.isRight(shares) ? shares.right : touches.map(() => 0)
}
