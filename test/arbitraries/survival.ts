// Generators of customers' times with covariates. They lean to equal times and to few values, where ties are decided.
import fc from 'fast-check'
import type { CoxData } from '../../src/churn/index.ts'

interface Row {
  readonly entry: number
  readonly stay: number
  readonly ended: boolean
  readonly first: number
  readonly second: number
  readonly weight: number
  readonly stratum: string
}

const row: fc.Arbitrary<Row> = fc.record({
  entry: fc.integer({ min: 0, max: 5 }),
  stay: fc.integer({ min: 1, max: 8 }),
  ended: fc.boolean(),
  first: fc.integer({ min: -3, max: 3 }),
  second: fc.integer({ min: -8, max: 8 }).map((quarters) => quarters / 4),
  weight: fc.integer({ min: 1, max: 4 }),
  stratum: fc.constantFrom('web', 'shop'),
})

/** Rows with an entry, two covariates, a weight and a stratum. */
export const coxDataArbitrary: fc.Arbitrary<Required<CoxData>> = fc
  .array(row, { minLength: 6, maxLength: 40 })
  .map((rows) => ({
    times: rows.map(({ entry, stay }) => entry + stay),
    ended: rows.map(({ ended }) => ended),
    entries: rows.map(({ entry }) => entry),
    covariates: [
      { name: 'first', values: rows.map(({ first }) => first) },
      { name: 'second', values: rows.map(({ second }) => second) },
    ],
    weights: rows.map(({ weight }) => weight),
    strata: rows.map(({ stratum }) => stratum),
  }))

/** Numbers in (0, 1), the same in every run. */
export const uniforms = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
