/** How probable it is that a threshold is met, from how probable each of its counts is. */
import { type Threshold, thresholdMetrics } from './threshold.ts'

/** How probable something is, and how much that can be another where metrics do not go together as supposed. */
export interface Chance {
  /** If metrics rise together: who has much of one has much of each. From 0 to 1. */
  readonly chance: number
  /** The least and the most that it can be, however metrics depend on each other. */
  readonly lower: number
  readonly upper: number
}

/** How probable it is that there is at least so much of a metric. */
export type CountChance = (threshold: Extract<Threshold, { readonly type: 'count' }>) => number

const needed = (threshold: Exclude<Threshold, { readonly type: 'count' }>): number =>
  threshold.type === 'all' ? threshold.of.length : threshold.type === 'any' ? 1 : threshold.number

/** Of counts that rise together so many are there as often as the one that is there so many from the most frequent. */
const together = (threshold: Threshold, chanceOf: CountChance): number => {
  if (threshold.type === 'count') return chanceOf(threshold)
  const chances = threshold.of.map((part) => together(part, chanceOf)).sort((a, b) => b - a)
  return chances[needed(threshold) - 1] ?? 0
}

/** The most that the probability of at least so many of some events can be (L. Rüger 1978). */
const mostOf = (chances: ReadonlyArray<number>, number: number): number => {
  const rising = [...chances].sort((a, b) => a - b)
  let most = 1
  let sum = 0
  for (const [index, chance] of rising.entries()) {
    sum += chance
    // Of so many events one more is left out, of which one fewer is needed then.
    const left = number - (rising.length - 1 - index)
    if (left >= 1) most = Math.min(most, sum / left)
  }
  return most
}

const boundsOf = (threshold: Threshold, chanceOf: CountChance): readonly [lower: number, upper: number] => {
  if (threshold.type === 'count' || new Set(thresholdMetrics(threshold)).size === 1) {
    const chance = together(threshold, chanceOf)
    return [chance, chance]
  }
  const parts = threshold.of.map((part) => boundsOf(part, chanceOf))
  const number = needed(threshold)
  const misses = parts.map(([lower]) => 1 - lower)
  return [
    1 - mostOf(misses, parts.length - number + 1),
    mostOf(
      parts.map(([, upper]) => upper),
      number,
    ),
  ]
}

/** How probable it is that a threshold is met. */
export const thresholdChance = (threshold: Threshold, chanceOf: CountChance): Chance => {
  const [lower, upper] = boundsOf(threshold, chanceOf)
  const chance = together(threshold, chanceOf)
  return { chance, lower: Math.min(chance, Math.max(0, lower)), upper: Math.max(chance, upper) }
}
