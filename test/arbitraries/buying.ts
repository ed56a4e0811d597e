// Customers of buy-till-you-die models.
import fc from 'fast-check'
import type { RepeatBuyer } from '../../src/churn/index.ts'

/** From some who bought once to daily buyers. */
export const repeatBuyerArbitrary: fc.Arbitrary<RepeatBuyer> = fc
  .record({
    repeats: fc.integer({ min: 0, max: 300 }),
    recency: fc.double({ min: 0.001, max: 1, noNaN: true }),
    age: fc.double({ min: 0.5, max: 200, noNaN: true }),
  })
  .map(({ repeats, recency, age }) => ({ repeats, recency: repeats === 0 ? 0 : recency * age, age }))
