import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { wilsonInterval } from '../../src/statistics/index.ts'
import { tierTransitionTable } from '../../src/tiers/index.ts'
import { transitionsArbitrary } from '../arbitraries/tier-population.ts'

test('each row sums to 1, with the Wilson interval of each cell; a tier without members has none', () => {
  fc.assert(
    fc.property(transitionsArbitrary, fc.constantFrom(0.8, 0.95), (transitions, confidence) => {
      const table = unwrap(tierTransitionTable(transitions, { confidence }))
      expect(table.confidence).toBe(confidence)
      table.rows.forEach((row, from) => {
        const moved = transitions.counts[from] ?? []
        const members = [...moved, transitions.left[from] as number].reduce((sum, one) => sum + one, 0)
        if (members === 0) {
          expect(row).toMatchObject({ left: { _tag: 'EmptySample', path: ['counts', from] } })
          return
        }
        const { to, left, members: total } = unwrap(row)
        expect(total).toBe(members)
        const cells = [...to, left]
        expect(cells.reduce((sum, cell) => sum + cell.probability, 0)).toBeCloseTo(1, 12)
        cells.forEach((cell, column) => {
          expect(cell.members).toBe([...moved, transitions.left[from]][column])
          expect(cell.interval).toEqual(unwrap(wilsonInterval(cell.members, members, confidence)))
        })
      })
    }),
  )
})

test('refuses counts and a confidence that make no sense, all of them', () => {
  const wrong = { counts: [[1, -1], [2]], joined: [0.5, 0], left: [0] }
  const result = tierTransitionTable(wrong, { confidence: 1 })
  expect(result._tag === 'Left' && result.left.map(({ path }) => path.join('.'))).toEqual([
    'counts.1',
    'left',
    'counts.0.1',
    'joined.0',
    'confidence',
  ])
  expect(tierTransitionTable({ counts: [], joined: [], left: [] })._tag).toBe('Left')
})

test('members that are too many to count are no sample', () => {
  const [row] = unwrap(tierTransitionTable({ counts: [[2 ** 53 - 1]], joined: [0], left: [2 ** 53 - 1] })).rows
  expect(row).toMatchObject({ left: { _tag: 'InvalidValue', path: ['trials'] } })
})
