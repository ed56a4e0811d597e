// Generators of cumulative triangles: of full ones, and of ones where several cohorts are equally old.
import fc from 'fast-check'
import type { CumulativeTriangle } from '../../src/ledger/index.ts'

/** Rows that grow from age to age, with more cohorts of one age than a triangle has; at most the last step is of one. */
export const triangleArbitrary: fc.Arbitrary<CumulativeTriangle> = fc
  .tuple(fc.integer({ min: 4, max: 8 }), fc.array(fc.nat(4), { maxLength: 6 }), fc.infiniteStream(fc.nat(1000)))
  .map(([ages, extra, numbers]) => {
    const lengths = [
      ...Array.from({ length: ages }, (_, cohort) => ages - cohort),
      ...extra.map((age) => ages - (age % ages)),
    ]
    lengths.sort((a, b) => b - a)
    const next = (): number => numbers.next().value ?? 0
    return lengths.map((length) => {
      let amount = 1 + next()
      return Array.from({ length }, (_, age) => {
        if (age > 0) amount = Math.max(1, amount + (age % 3 === 2 ? next() - 300 : next()))
        return amount
      })
    })
  })
