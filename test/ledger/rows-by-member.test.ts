import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupByMember } from '../../src/ledger/rows-by-member.ts'

test('the rows of each member are together, in their order', () => {
  const members = 5
  fc.assert(
    fc.property(fc.array(fc.nat({ max: members - 1 })), fc.boolean(), (list, rising) => {
      const member = Int32Array.from(list)
      if (rising) member.sort()
      const { starts, order, largest } = groupByMember(member, members)
      const own = Array.from({ length: members }, (_, index) =>
        [...member.keys()].filter((row) => member[row] === index),
      )
      const rows = order ?? Int32Array.from(member.keys())
      expect(own).toEqual(own.map((_, index) => Array.from(rows.subarray(starts[index], starts[index + 1]))))
      expect(largest).toBe(Math.max(...own.map(({ length }) => length)))
      if (rising) expect(order).toBe(null)
    }),
  )
})
