import fc from 'fast-check'
import { expect, test } from 'vitest'
import { split } from '../../src/earning/split.ts'
import { allocate, type ExactInteger } from '../../src/foundation/index.ts'

const weight = fc.oneof(
  fc.nat({ max: 5 }),
  fc.nat({ max: 20_000 }),
  fc.maxSafeNat(),
  fc.bigInt({ min: 0n, max: 2n ** 80n }),
)

test('split is allocate, also for few weights', () => {
  const weights: fc.Arbitrary<ReadonlyArray<ExactInteger>> = fc.array(weight, { minLength: 1, maxLength: 12 })
  const total = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.nat({ max: 1_000_000 }), fc.maxSafeInteger())
  fc.assert(
    fc.property(total, weights, (all, by) => {
      const expected = allocate(all, by)
      const shares = split(all, by)
      if (expected._tag === 'Right') expect(shares).toEqual(expected.right)
      else expect(shares).toEqual(by.map((_, index) => (index === 0 ? all : 0)))
    }),
  )
})

test('S4 among equal remainders the earlier one gets the unit', () => {
  expect(split(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(split(5, [1, 1, 1, 1, 1, 1, 1])).toEqual([1, 1, 1, 1, 1, 0, 0])
  expect(split(1, [0, 0])).toEqual([1, 0])
  expect(split(0, [])).toEqual([])
})
