// The cheapest mix by branch and bound against the cheapest of all mixes; the tables and the queue that it uses.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClassAmounts, cheapestMix } from '../../../src/program/what-if/basket-boxes.ts'
import { cheapestFirst } from '../../../src/program/what-if/cheapest-first.ts'
import { countsOf, itemSums, NONE } from '../../../src/program/what-if/item-sums.ts'

const amountsOf = (prices: ReadonlyArray<number>, limit: number): ClassAmounts => {
  const { fewest } = itemSums(prices, limit)
  const amounts = Array.from({ length: limit + 1 }, (_, sum) => sum).filter((sum) => fewest[sum] !== NONE)
  return { amounts, fewest: amounts.map((sum) => fewest[sum] ?? 0), highestPrice: Math.max(...prices) }
}

const allMixes = (classes: ReadonlyArray<ClassAmounts>): ReadonlyArray<ReadonlyArray<number>> =>
  classes.reduce<ReadonlyArray<ReadonlyArray<number>>>(
    (mixes, { amounts }) => mixes.flatMap((mix) => amounts.map((amount) => mix.concat(amount))),
    [[]],
  )

const classes = fc
  .array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((prices) => amountsOf(prices, 12)))

describe('cheapestMix', () => {
  test('is the cheapest of all mixes that are enough and of few enough items', () => {
    fc.assert(
      fc.property(
        classes,
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (of, worth, wanted, mostItems) => {
          const isEnough = (mix: ReadonlyArray<number>) =>
            mix.reduce((sum, amount, index) => sum + amount * (worth[index] ?? 0), 0) >= wanted
          const itemsOf = (mix: ReadonlyArray<number>) =>
            mix.reduce((sum, amount, index) => {
              const place = of[index]?.amounts.indexOf(amount) ?? 0
              return sum + (of[index]?.fewest[place] ?? 0)
            }, 0)
          const totals = allMixes(of)
            .filter((mix) => isEnough(mix) && itemsOf(mix) <= mostItems)
            .map((mix) => mix.reduce((sum, amount) => sum + amount, 0))
          const question = { classes: of, isEnough, mostItems, least: 0, known: null, mostTries: 100_000 }
          const found = cheapestMix(question)
          expect(typeof found === 'string' ? found : found.total).toBe(
            totals.length === 0 ? 'none' : Math.min(...totals),
          )
          // What is known to be the least changes nothing, and few tries are told.
          if (typeof found === 'string') return
          expect(cheapestMix({ ...question, least: found.total })).toMatchObject({ total: found.total })
          expect(cheapestMix({ ...question, known: found })).toBe(found)
          expect(cheapestMix({ ...question, mostTries: 0 })).toBe('tooMany')
        },
      ),
    )
  })
})

test('sums of prices, with the fewest items', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }), (prices) => {
      const sums = itemSums(prices, 60)
      const slow = (sum: number): number =>
        sum === 0
          ? 0
          : Math.min(NONE, ...prices.filter((price) => price <= sum).map((price) => slowest[sum - price] ?? NONE)) + 1
      const slowest: Array<number> = []
      for (let sum = 0; sum <= 60; sum += 1) slowest.push(Math.min(NONE, slow(sum)))
      expect([...sums.fewest]).toEqual(slowest)
      for (const [sum, items] of slowest.entries()) {
        if (items === NONE) continue
        const counts = countsOf(prices, sums, sum)
        expect(counts.reduce((all, count) => all + count, 0)).toBe(items)
        expect(counts.reduce((all, count, place) => all + count * (prices[place] ?? 0), 0)).toBe(sum)
      }
    }),
  )
})

test('a queue: the cheapest first, among equals the last that came in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), (totals) => {
      const queue = cheapestFirst<number>()
      for (const [turn, total] of totals.entries()) queue.add(total, turn)
      const sorted = totals.map((total, one) => ({ total, one })).sort((a, b) => a.total - b.total || b.one - a.one)
      for (const { total, one } of sorted) expect(queue.next()).toMatchObject({ total, one })
      expect(queue.next()).toBeUndefined()
    }),
  )
})
