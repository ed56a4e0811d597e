// A score as people print it.

/**
 * A score rounded to a whole number, halves away from zero, as published scores are: −44.5 becomes −45.
 *
 * @param score points, such as −100 to 100
 * @example
 * ```ts
 * import { displayScore } from 'treue'
 *
 * displayScore(-44.5) // => -45
 * displayScore(44.5) // => 45
 * ```
 */
export const displayScore = (score: number): number => {
  const rounded = Math.round(Math.abs(score))
  return score < 0 && rounded > 0 ? -rounded : rounded
}
