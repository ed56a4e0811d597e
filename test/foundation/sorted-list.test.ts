import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSortedList, sortedPlace, splicedList } from '../../src/foundation/index.ts'
import { frozen } from '../arbitraries/ledger.ts'

const sorted = fc.array(fc.integer({ min: 0, max: 9 })).map((list) => frozen([...list].sort((a, b) => a - b)))

test('the place is that which a walk from the front finds', () => {
  fc.assert(
    fc.property(sorted, fc.integer({ min: -1, max: 10 }), (list, wanted) => {
      const found = list.findIndex((item) => item >= wanted)
      expect(sortedPlace(list, (item) => item < wanted)).toBe(found === -1 ? list.length : found)
    }),
  )
})

test('a spliced list is what splice makes of a copy', () => {
  fc.assert(
    fc.property(sorted, fc.nat({ max: 10 }), fc.nat({ max: 3 }), sorted, (list, place, leftOut, items) => {
      const copy = [...list]
      copy.splice(place, leftOut, ...items)
      expect(splicedList(list, place, leftOut, items)).toEqual(copy)
    }),
  )
})

test('a list is in order where no item repeats or goes back', () => {
  expect(isSortedList([], () => false)).toBe(true)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (list) => {
      const expected = JSON.stringify([...new Set(list)].sort((a, b) => a - b)) === JSON.stringify(list)
      expect(isSortedList(list, (a, b) => a < b)).toBe(expected)
    }),
  )
})
