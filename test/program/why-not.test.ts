import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant, unwrap } from '../../src/foundation/index.ts'
import { type WhyNot, whyNot } from '../../src/program/index.ts'
import { play, programWithHistory } from '../arbitraries/program.ts'
import { wideHistory } from '../arbitraries/wide-program.ts'
import { buys, eur, following, joins, shop } from './shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const award = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }

const shopWith = (...rules: ReadonlyArray<object>) =>
  shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules } })

describe('whyNot', () => {
  test('the first test that failed, and what to add', () => {
    const when = {
      any: [
        { field: 'amount', atLeast: '20.00' },
        {
          all: [
            { field: 'weekday', is: 'sunday' },
            { field: 'quantity', atLeast: 3 },
          ],
        },
      ],
    }
    const program = shopWith({ id: 'large', wallet: 'points', when, award }, { id: 'base', wallet: 'points', award })
    const { trace } = following(program, [joins(day1), buys('o', day1, '16.50')])
    const [found, ...others] = whyNot(program, trace, unwrap(parseInstant(day1)))
    expect(others).toEqual([])
    expect([found?.rule, found?.reason, found?.first?.field]).toEqual(['large', 'condition', 'amount'])
    expect(found?.change).toEqual({
      type: 'changes',
      changes: [{ field: 'amount', from: 1_650, to: 2_000 }],
    })
    const [fixed] = whyNot(program, trace, unwrap(parseInstant(day1)), { fixed: ['amount', 'weekday'] })
    expect(fixed?.change).toEqual({ type: 'cannot' })
  })

  test('from when on a rule earns that waits for its time', () => {
    const weekend = { id: 'weekend', wallet: 'points', during: { weekdays: [6, 7] }, award }
    const program = shopWith(weekend, { id: 'base', wallet: 'points', award })
    const { trace } = following(program, [joins(day1), buys('o', day1, '16.50')])
    const [found] = whyNot(program, trace, unwrap(parseInstant(day1)))
    expect([found?.reason, found?.first, found?.change, found?.from]).toEqual([
      'schedule',
      null,
      { type: 'holds' },
      unwrap(parseInstant('2026-01-03T00:00:00Z')),
    ])
  })

  test('agrees with the trace of every history', () => {
    fc.assert(
      fc.property(fc.oneof(programWithHistory, wideHistory), ({ program, activities }) => {
        for (const { activity, decision } of play(program, activities).taken) {
          const unmatched = decision.trace.flatMap((step) => (step.step === 'earning' ? step.unmatched : []))
          const found = whyNot(program, decision.trace, activity.at)
          expect(found.map(({ rule }) => rule)).toEqual(unmatched.map(({ rule }) => rule))
          const decided = found.filter(({ change }) => change !== null && change.type !== 'undecided')
          expect(decided.map(({ rule, change }) => [rule, change?.type === 'holds'])).toEqual(
            unmatched
              .filter((_, place) => decided.includes(found[place] as WhyNot))
              .map(({ rule, explanation }) => [rule, explanation.truth === 'true']),
          )
        }
      }),
      { numRuns: 50 },
    )
  })
})
