import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant, unwrap } from '../../../src/foundation/index.ts'
import {
  type CompiledProgram,
  englishTexts,
  germanTexts,
  renderPhrase,
  type WhyNot,
  whyNot,
  whyNotPhrase,
} from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { buys, eur, following, joins, shop } from '../shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const award = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }

const shopWith = (...rules: ReadonlyArray<object>) =>
  shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules } })

/** In English and in German. */
const said = (program: CompiledProgram, found: WhyNot | undefined): ReadonlyArray<string> =>
  found === undefined
    ? []
    : [englishTexts, germanTexts].map((texts) => renderPhrase(whyNotPhrase(program, found), texts))

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
    expect(said(program, found)).toEqual([
      'Rule large would have matched with amount 20.00 EUR instead of 16.50 EUR.',
      'Regel large hätte gegriffen mit amount 20,00 EUR statt 16,50 EUR.',
    ])
    const [fixed] = whyNot(program, trace, unwrap(parseInstant(day1)), { fixed: ['amount', 'weekday'] })
    expect(fixed?.change).toEqual({ type: 'cannot' })
    expect(said(program, fixed)).toEqual([
      'Rule large did not match, and nothing that can change would make it match.',
      'Regel large griff nicht, und nichts, was sich ändern kann, ließe sie greifen.',
    ])
  })

  test('what is not known, and what is too much, is said as well', () => {
    const when = { all: [{ field: 'tiers', hasAny: ['status/gold'] }, { not: { field: 'store', present: true } }] }
    const program = shopWith({ id: 'r', wallet: 'points', when, award }, { id: 'base', wallet: 'points', award })
    const { trace } = following(program, [joins(day1), buys('o', day1, '16.50')])
    const [found] = whyNot(program, trace, unwrap(parseInstant(day1)))
    expect(said(program, found)[0]).toBe('Rule r would have matched with tiers status/gold instead of nothing.')
    const changed = (change: WhyNot['change']) => found && { ...found, change }
    const facts = { field: 'visits', to: 3 }
    expect(said(program, changed({ type: 'changes', changes: [facts, { field: 'sku', from: 'a' }] }))).toEqual([
      'Rule r would have matched with visits 3 and sku not known.',
      'Regel r hätte gegriffen mit visits 3 und sku unbekannt.',
    ])
    expect(said(program, changed({ type: 'undecided' }))[0]).toMatch(/asks for too much at once/)
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
    expect(said(program, found)[0]).toBe('Rule weekend earns again from 2026-01-03 on.')
    const over = found === undefined ? undefined : { ...found, from: null }
    expect(said(program, over)[0]).toBe('Rule weekend does not earn any more.')
  })

  test('agrees with the trace of every history', () => {
    fc.assert(
      fc.property(fc.oneof(programWithHistory, wideHistory), ({ program, activities }) => {
        for (const { activity, decision } of play(program, activities).taken) {
          const unmatched = decision.trace.flatMap((step) => (step.step === 'earning' ? step.unmatched : []))
          const found = whyNot(program, decision.trace, activity.at)
          for (const one of found) expect(said(program, one).join()).not.toMatch(/undefined|NaN|[{}]/)
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
