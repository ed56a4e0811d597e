import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'
import { decide, newMember } from '../../src/program/index.ts'
import { play, programWithHistory } from '../arbitraries/program.ts'
import { wideHistory } from '../arbitraries/wide-program.ts'
import { fewerRuns } from '../laws/fewer-runs.ts'
import { buys, following, joins, shop, spends } from './shop.ts'

fewerRuns()

const day1 = '2026-01-01T00:00:00Z'

test('a decision says on which revision it was made, and each event makes the next', () => {
  fc.assert(
    fc.property(fc.oneof(programWithHistory, wideHistory), ({ program, activities }) => {
      for (const { before, decision } of play(program, activities).taken) {
        expect(decision.basedOn).toBe(before.revision)
        expect(decision.state.revision).toBe(before.revision + decision.events.length)
      }
    }),
    { numRuns: 50 },
  )
})

test('of two writers one wins, and the other decides again', () => {
  const program = shop()
  const { state } = following(program, [joins(day1), buys('o', day1, '100.00')])
  const first = unwrap(decide(program, state, spends('a', day1, 60)))
  const second = unwrap(decide(program, state, spends('b', day1, 60)))
  expect(first.basedOn).toBe(second.basedOn)
  // The first is stored; the store has another revision when the second comes.
  const stored = first.state
  expect(stored.revision === second.basedOn).toBe(false)
  const stale = decide(program, stored, spends('b', day1, 60), { expectedRevision: second.basedOn })
  expect(stale).toMatchObject({
    _tag: 'Left',
    left: [{ _tag: 'StaleState', revision: stored.revision, expectedRevision: second.basedOn }],
  })
  const again = decide(program, stored, spends('b', day1, 60), { expectedRevision: stored.revision })
  expect(again).toMatchObject({ _tag: 'Left', left: [{ _tag: 'InsufficientPoints' }] })
  expect(newMember('anna' as MemberId).revision).toBe(0)
})
