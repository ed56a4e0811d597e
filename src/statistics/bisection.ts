// The root of a function between two places where its signs differ.

/**
 * The place where a function changes its sign, to the last digit, by halving.
 *
 * @param f rises from below 0 at `below` to above 0 at `above`; either may be the larger number
 * @param below where it is at most 0
 * @param above where it is at least 0
 * @example
 * ```ts
 * import { rootBetween } from 'treue'
 *
 * rootBetween((x) => x * x - 2, 0, 2).toFixed(12) // => '1.414213562373'
 * ```
 */
export const rootBetween = (f: (x: number) => number, below: number, above: number): number => {
  let [low, high] = [below, above]
  // An interval of doubles cannot be halved more often than that.
  for (let step = 0; step < 2_100; step += 1) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) return middle
    if (f(middle) < 0) low = middle
    else high = middle
  }
  return low
}
