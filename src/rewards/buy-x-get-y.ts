/** Buy some, get some: which items are cheaper, and which lines carry it. */
import type { BasketLine } from './basket.ts'
import { shareOf, sharesOf, sumOf } from './discount-allocation.ts'
import type { BuyXGetYBenefit } from './voucher.ts'

/** So many items of lines in some order, as numbers by line. */
const firstItems = (lines: ReadonlyArray<BasketLine>, order: ReadonlyArray<number>, items: number): Array<number> => {
  const taken = lines.map(() => 0)
  let left = items
  for (const index of order) {
    const count = Math.min(left, lines[index]?.quantity ?? 0)
    taken[index] = count
    left -= count
  }
  return taken
}

const byPrice = (lines: ReadonlyArray<BasketLine>, eligible: ReadonlyArray<number>): ReadonlyArray<number> =>
  [...eligible].sort((a, b) => (lines[a]?.unitMinor ?? 0) - (lines[b]?.unitMinor ?? 0) || a - b)

/**
 * What each line of a basket is reduced by. The cheapest items are the free ones and the dearest ones are bought with
 * them, among equal prices the earlier line first; no line is reduced by more than it still costs.
 *
 * @param benefit - how many are bought, and how many are cheaper by how much
 * @param lines - the lines of the basket
 * @param running - what each of them still costs, in minor units
 * @param eligible - the places of the lines that the offer is for
 *
 * @example
 * ```ts
 * import { buyXGetYDiscount, type LineId } from 'treue'
 *
 * const free = { type: 'buyXGetY', buy: 2, get: 1, basisPoints: 10_000, maximumSets: null } as const
 * const line = (id: string, unitMinor: number) =>
 *   ({ id: id as LineId, unitMinor, quantity: 1, sku: null, categories: [] })
 * const lines = [line('1', 4000), line('2', 2000), line('3', 3000)]
 * const on = (shareOver: 'set' | 'free') =>
 *   buyXGetYDiscount({ ...free, shareOver, rounding: 'halfUp' }, lines, [4000, 2000, 3000], [0, 1, 2])
 * on('free') // => [0, 2000, 0]
 * on('set') // => [889, 444, 667]
 * ```
 */
export const buyXGetYDiscount = (
  benefit: BuyXGetYBenefit,
  lines: ReadonlyArray<BasketLine>,
  running: ReadonlyArray<number>,
  eligible: ReadonlyArray<number>,
): ReadonlyArray<number> => {
  const { buy, get, basisPoints, maximumSets, shareOver, rounding } = benefit
  const items = sumOf(eligible.map((index) => lines[index]?.quantity ?? 0))
  const sets = Math.min(Math.floor(items / (buy + get)), maximumSets ?? items)
  const cheapest = byPrice(lines, eligible)
  const free = firstItems(lines, cheapest, sets * get)
  const bought = firstItems(lines, [...cheapest].reverse(), sets * buy)
  const still = (index: number): number => running[index] ?? 0
  const reduced = lines.map(({ unitMinor }, index) =>
    Math.min(still(index), shareOf(unitMinor * (free[index] ?? 0), basisPoints, rounding)),
  )
  if (shareOver === 'free') return reduced
  const worth = lines.map(({ unitMinor }, index) =>
    Math.min(still(index), unitMinor * ((free[index] ?? 0) + (bought[index] ?? 0))),
  )
  return sharesOf(sumOf(reduced), worth)
}
