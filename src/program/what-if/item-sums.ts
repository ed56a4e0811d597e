// Numeric kernel: it fills the tables of sums that it made itself.
/** Which amounts items of a catalogue add up to, with the fewest items. */

/** The amounts up to a limit. */
export interface ItemSums {
  /** How many items it takes at least, by amount; `NONE`: no items add up to it. */
  readonly fewest: Int32Array
  /** The place of the price of one of them, by amount. */
  readonly last: Int32Array
}

/** No items add up to the amount. */
export const NONE = 0x7fffffff

/** All sums of prices up to a limit, each as often as one likes: in time proportional to the limit times the prices. */
export const itemSums = (prices: ReadonlyArray<number>, limit: number): ItemSums => {
  const fewest = new Int32Array(limit + 1).fill(NONE)
  const last = new Int32Array(limit + 1)
  fewest[0] = 0
  for (let place = 0; place < prices.length; place += 1) {
    const price = prices[place] ?? 0
    for (let sum = price; sum <= limit; sum += 1) {
      const before = fewest[sum - price] as number
      if (before === NONE || before + 1 >= (fewest[sum] as number)) continue
      fewest[sum] = before + 1
      last[sum] = place
    }
  }
  return { fewest, last }
}

/** How many of each price make an amount. */
export const countsOf = (prices: ReadonlyArray<number>, { last }: ItemSums, sum: number): ReadonlyArray<number> => {
  const counts = prices.map(() => 0)
  for (let left = sum; left > 0; ) {
    const place = last[left] ?? 0
    counts[place] = (counts[place] ?? 0) + 1
    left -= prices[place] ?? left
  }
  return counts
}
