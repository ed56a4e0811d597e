// Generators of rows for a logistic regression. Small whole numbers, so that outcomes are often separated, columns often
// collinear, and rows often on a border.
import fc from 'fast-check'
import type { LogisticSample } from '../../src/statistics/index.ts'

const columnsOf = (rows: ReadonlyArray<ReadonlyArray<number>>, size: number) =>
  Array.from({ length: size }, (_, column) => ({
    name: `x${column}`,
    values: rows.map((row) => row[column] ?? 0),
  }))

/** Rows with so many columns of small whole numbers; some with weights. */
export const logisticSampleArbitrary = (size: number, maxLength = 30): fc.Arbitrary<LogisticSample> =>
  fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.array(fc.integer({ min: -2, max: 2 }), { minLength: size, maxLength: size }),
          fc.boolean(),
          fc.integer({ min: 0, max: 3 }),
        ),
        { minLength: 4, maxLength },
      ),
      fc.boolean(),
    )
    .map(([rows, weighted]) => ({
      columns: columnsOf(
        rows.map(([values]) => values),
        size,
      ),
      outcomes: rows.map(([, happened]) => happened),
      ...(weighted ? { weights: rows.map(([, , weight]) => weight) } : {}),
    }))
