import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Instant, validAt } from '../../src/foundation/index.ts'

test('the row is the last of those that have begun, sorted by when they did', () => {
  const rows = fc
    .array(fc.nat({ max: 9 }), { maxLength: 8 })
    .map((starts) => starts.map((from, place) => ({ place, validFrom: from as Instant })))
  fc.assert(
    fc.property(rows, fc.integer({ min: -1, max: 10 }), (table, at) => {
      const begun = table.filter(({ validFrom }) => validFrom <= at).sort((a, b) => a.validFrom - b.validFrom)
      expect(validAt(table, at as Instant)).toBe(begun[begun.length - 1])
    }),
  )
})
