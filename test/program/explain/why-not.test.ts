import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant, unwrap } from '../../../src/foundation/index.ts'
import {
  type CompiledProgram,
  type EarningStep,
  englishTexts,
  explainStep,
  explainTrace,
  germanTexts,
  renderPhrase,
  type WhyNot,
  whyNot,
  whyNotPhrase,
} from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { activity, buys, eur, following, joins, shop } from '../shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const award = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }

const values = { mode: 'perValue', field: 'guests', points: '1', per: 4 }

const shopWith = (...rules: ReadonlyArray<object>) =>
  shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules } })

/** In English and in German. */
const said = (program: CompiledProgram, found: WhyNot | undefined): ReadonlyArray<string> =>
  found === undefined
    ? []
    : [englishTexts, germanTexts].map((texts) => renderPhrase(whyNotPhrase(program, found), texts))

const unpaidReasons: ReadonlySet<string> = new Set(['lines', 'tooLittle', 'cap', 'nothingToMultiply'])

/** The rules that matched and gave nothing, though their award is more than 0 and no factor is 0. */
const gaveNothingIn = ({ earning }: EarningStep) =>
  earning.rules.flatMap(({ rule, award, before, numerator, granted }) => {
    const isMeant = award.mode !== 'multiplier' && Number(award.points) === 0
    return granted === '0' && !isMeant && (before === '0' || numerator !== '0') ? [rule] : []
  })

/** Whether it takes more than its condition for a rule to award anything. */
const awardsByFacts = ({ program }: CompiledProgram, id: string): boolean =>
  program.earning.rules.some((rule) => rule.id === id && (rule.cases !== undefined || rule.award?.mode === 'perValue'))

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
      'Regel large hätte gegriffen bei: Betrag 20,00 EUR statt 16,50 EUR.',
    ])
    const [fixed] = whyNot(program, trace, unwrap(parseInstant(day1)), { fixed: ['amount', 'weekday'] })
    expect(fixed?.change).toEqual({ type: 'cannot' })
    expect(said(program, fixed)).toEqual([
      'Rule large did not match, and nothing that can change would make it match.',
      'Regel large griff nicht, und keine mögliche Änderung hätte daran etwas geändert.',
    ])
  })

  test('what is not known, and what is too much, is said as well', () => {
    const when = { all: [{ field: 'tiers', hasAny: ['status/gold'] }, { not: { field: 'store', present: true } }] }
    const program = shopWith({ id: 'r', wallet: 'points', when, award }, { id: 'base', wallet: 'points', award })
    const { trace } = following(program, [joins(day1), buys('o', day1, '16.50')])
    const [found] = whyNot(program, trace, unwrap(parseInstant(day1)))
    expect(said(program, found)[0]).toBe('Rule r would have matched with status/gold added to tiers.')
    const changed = (change: WhyNot['change']) => found && { ...found, change }
    const facts = { field: 'visits', to: 3 }
    expect(said(program, changed({ type: 'changes', changes: [facts, { field: 'sku', from: 'a' }] }))).toEqual([
      'Rule r would have matched with visits 3 and SKU not known.',
      'Regel r hätte gegriffen bei: visits 3 und Artikelnummer ohne Angabe.',
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
    expect(said(program, found)[0]).toBe('Rule weekend earns from 2026-01-03 on.')
    const over = found === undefined ? undefined : { ...found, from: null }
    expect(said(program, over)[0]).toBe('Rule weekend does not earn any more.')
  })

  const found = (program: CompiledProgram, ...activities: ReadonlyArray<ReturnType<typeof joins>>) => {
    const { trace } = following(program, [joins(day1), ...activities])
    return whyNot(program, trace, unwrap(parseInstant(day1)))
  }
  const sentences = (program: CompiledProgram, ...activities: ReadonlyArray<ReturnType<typeof joins>>) =>
    found(program, ...activities).map((one) => said(program, one)[0])
  const base = { id: 'base', wallet: 'points', award }
  const fixed = { wallet: 'points', award: { mode: 'fixed', points: '5' } }

  test('the line that would have counted, with the least change', () => {
    const lines = {
      all: [
        { field: 'categories', hasAny: ['coffee'] },
        { field: 'amount', atLeast: '5.00' },
      ],
    }
    const coffee = { id: 'coffee', ...fixed, lines }
    const twice = { id: 'twice', wallet: 'points', lines, award: { mode: 'multiplier', factor: '2' } }
    const program = shopWith(base, coffee, twice)
    const bought = activity({
      type: 'purchase',
      id: 'o',
      at: day1,
      lines: [
        { id: '1', amount: eur('3.00') },
        { id: '2', amount: eur('1.00'), categories: ['coffee'] },
        { id: '3', amount: eur('4.00'), categories: ['coffee'] },
      ],
    })
    expect(found(program, bought)).toMatchObject([
      { rule: 'coffee', reason: 'lines', line: '3', first: { field: 'amount' } },
      { rule: 'twice', reason: 'lines', line: '3', change: { changes: [{ field: 'amount', from: 400, to: 500 }] } },
    ])
    expect(sentences(program, bought)[0]).toBe(
      'Rule coffee: no line of the order counts for it; line 3 would have with amount 5.00 EUR instead of 4.00 EUR.',
    )
    const { trace } = following(program, [joins(day1), bought])
    const [held] = whyNot(program, trace, unwrap(parseInstant(day1)), { fixed: ['amount'] })
    expect([held?.change, said(program, held)[0]]).toEqual([
      { type: 'cannot' },
      'Rule coffee: no line of the order counts for it.',
    ])
  })

  test('an order of which nothing counts has no line that would', () => {
    const rules = [base, { id: 'coffee', ...fixed, lines: { field: 'categories', hasAny: ['coffee'] } }]
    const program = shop({
      earning: { rounding: { mode: 'floor', on: 'order' }, basis: { except: { categories: ['gift card'] } }, rules },
    })
    const bought = activity({
      type: 'purchase',
      id: 'o',
      at: day1,
      lines: [{ id: '1', amount: eur('3.00'), categories: ['gift card'] }],
    })
    expect(found(program, bought).map(({ reason, line }) => [reason, line])).toEqual([
      ['lines', null],
      ['lines', null],
    ])
  })

  test('how much more it takes: of steps, items, values and milestones', () => {
    const step = { mode: 'step', points: '10', per: eur('100.00') }
    const every = (of: string, count: unknown) => ({ mode: 'milestone', of, every: count, points: '5' })
    const rules = [
      base,
      { ...base, id: 'none', award: { mode: 'fixed', points: '0' } },
      { ...base, id: 'order', award: { ...step, on: 'order' } },
      { ...base, id: 'line', award: { ...step, on: 'line' } },
      { ...base, id: 'items', award: { mode: 'perItem', points: '1', every: 5 } },
      { ...base, id: 'guests', whenUnknown: 'skip', award: { ...values, steps: 'step' } },
      { ...base, id: 'guest', whenUnknown: 'skip', award: { ...values, steps: 'linear' } },
      { ...base, id: 'spend', award: every('spend', eur('200.00')) },
      { ...base, id: 'orders', award: every('orders', 3) },
    ]
    const attributes = [{ name: 'guests', type: 'integer' }]
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, attributes, rules } })
    const order = (id: string) =>
      activity({
        type: 'purchase',
        id,
        at: day1,
        lines: [
          { id: '1', amount: eur('20.00') },
          { id: '2', amount: eur('35.00'), quantity: 2 },
        ],
        attributes: { guests: 0 },
      })
    expect(found(program, order('o')).map(({ rule, shortfall, line }) => [rule, shortfall, line])).toEqual([
      ['order', { field: 'amount', missing: 4_500 }, null],
      ['line', { field: 'amount', missing: 6_500 }, '2'],
      ['items', { field: 'quantity', missing: 2 }, null],
      ['guests', { field: 'guests', missing: 4 }, null],
      ['guest', { field: 'guests', missing: 1 }, null],
      ['spend', { field: 'amount', missing: 14_500 }, null],
      ['orders', { field: 'orders', missing: 2 }, null],
    ])
    const later = found(program, order('o'), order('p')).slice(-2)
    expect(later.map(({ shortfall }) => shortfall?.missing)).toEqual([9_000, 1])
    expect(sentences(program, order('o')).slice(0, 3)).toEqual([
      'Rule order would have given points with 45.00 EUR more (amount).',
      'Rule line would have given points with 65.00 EUR more (amount) on line 2.',
      'Rule items would have given points with 2 more (quantity).',
    ])
    const free = activity({ type: 'purchase', id: 'f', at: day1, lines: [{ id: '1', amount: eur('0.00') }] })
    expect(found(program, free)[0]).toMatchObject({ rule: 'base', shortfall: { field: 'amount', missing: 1 } })
  })

  test('the cap that took all of it, and when it has room again', () => {
    const cap = { wallet: 'points', limit: 10, counts: 'points', onExceed: 'truncate' }
    const day = { type: 'calendar', calendar: { unit: 'day' } }
    const caps = [
      { ...cap, id: 'others', window: day, of: { rules: ['b'] } },
      { ...cap, id: 'spring', window: day, of: { campaigns: ['spring'] } },
      { ...cap, id: 'promotions', window: day, of: { kind: 'promotional' } },
      { ...cap, id: 'daily', window: day, of: { rules: ['a'], kind: 'regular' } },
      { ...cap, id: 'ever', window: { type: 'lifetime' }, of: { campaigns: ['autumn'] } },
    ]
    const rules = [
      { ...base, id: 'a' },
      { ...base, id: 'b' },
      { ...base, id: 'c', campaign: 'autumn' },
      { ...base, id: 'd', campaign: 'spring' },
    ]
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules, caps } })
    const tomorrow = unwrap(parseInstant('2026-01-02T00:00:00Z'))
    const all = [buys('o', day1, '10.00'), buys('p', day1, '10.00')]
    expect(found(program, ...all).map(({ rule, reason, cap: by, from }) => [rule, reason, by, from])).toEqual([
      ['a', 'cap', 'daily', tomorrow],
      ['b', 'cap', 'others', tomorrow],
      ['c', 'cap', 'ever', null],
      ['d', 'cap', 'spring', tomorrow],
    ])
    expect(sentences(program, ...all).slice(1, 3)).toEqual([
      'Rule b gave nothing: cap others has no room for it until 2026-01-02.',
      'Rule c gave nothing: cap ever has no room for it.',
    ])
  })

  test('a multiplier with nothing to multiply, and cases with the change that makes one of them hold', () => {
    const tiers = [
      { when: { field: 'quantity', atLeast: 5 }, award: { mode: 'fixed', points: '7' } },
      { when: { field: 'amount', atLeast: '50.00' }, award: { ...values, steps: 'step' } },
    ]
    const attributes = [{ name: 'guests', type: 'integer' }]
    const rules = [
      { id: 'twice', wallet: 'points', award: { mode: 'multiplier', factor: '2' } },
      { id: 'cases', wallet: 'points', whenUnknown: 'skip', cases: tiers, award: null },
      { id: 'value', wallet: 'points', whenUnknown: 'skip', award: { ...values, steps: 'linear' } },
      {
        ...base,
        id: 'second',
        cases: [{ when: { field: 'amount', atLeast: '1.00' }, award: tiers[1]?.award }],
        award: null,
        whenUnknown: 'skip',
      },
    ]
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, attributes, rules } })
    expect(found(program, buys('o', day1, '20.00'))).toMatchObject([
      { rule: 'twice', reason: 'nothingToMultiply' },
      {
        rule: 'cases',
        reason: 'noAward',
        first: { field: 'quantity' },
        change: { changes: [{ field: 'quantity', from: 1, to: 5 }] },
      },
      { rule: 'value', reason: 'noAward', first: null, change: { changes: [{ field: 'guests', to: 1 }] } },
      { rule: 'second', reason: 'noAward', first: null, change: { changes: [{ field: 'guests', to: 4 }] } },
    ])
  })

  test('a found one: where the condition does not hold, the change makes a case hold as well', () => {
    const cases = [{ when: { field: 'weekday', is: 'sunday' }, award: { mode: 'fixed', points: '7' } }]
    const rule = { ...base, when: { field: 'amount', atLeast: '50.00' }, cases, award: null }
    expect(found(shopWith(rule), buys('o', day1, '20.00'))[0]?.change).toEqual({
      type: 'changes',
      changes: [
        { field: 'amount', from: 2_000, to: 5_000 },
        { field: 'weekday', from: 'thursday', to: 'sunday' },
      ],
    })
  })

  test('S22 when a cooldown is over, and that the condition keeps the rule from earning as well', () => {
    const cooldown = { amount: 3, unit: 'day' }
    const large = { field: 'amount', atLeast: '50.00' }
    const rules = [
      { ...base, id: 'plain', cooldown },
      { ...base, id: 'large', cooldown, when: large },
      { ...base, id: 'weekend', cooldown, during: { weekdays: [1, 4] } },
      { ...base, id: 'spring', during: { from: '2026-03-01' }, when: large },
    ]
    const program = shopWith(...rules)
    const all = [buys('o', day1, '60.00'), buys('p', day1, '10.00')]
    expect(found(program, ...all).map(({ rule, reason, others }) => [rule, reason, others])).toEqual([
      ['plain', 'cooldown', []],
      ['large', 'cooldown', ['condition']],
      ['weekend', 'cooldown', []],
      ['spring', 'schedule', ['condition']],
    ])
    expect(sentences(program, ...all)).toEqual([
      'Rule plain earns from 2026-01-04 on.',
      'Rule large earns from 2026-01-04 on, and would have matched with amount 50.00 EUR instead of 10.00 EUR.',
      'Rule weekend earns from 2026-01-05 on.',
      'Rule spring earns from 2026-03-01 on, and would have matched with amount 50.00 EUR instead of 10.00 EUR.',
    ])
    const { trace } = following(program, [joins(day1), ...all])
    expect(explainTrace(program, trace).slice(0, 6)).toEqual([
      'Rule plain did not earn: it has earned too recently.',
      'Rule large did not earn: it has earned too recently.',
      'Rule large did not match: it needs amount to be at least 50.00 EUR, but found 10.00 EUR.',
      'Rule weekend did not earn: it has earned too recently.',
      'Rule spring did not earn: it does not earn at this time.',
      'Rule spring did not match: it needs amount to be at least 50.00 EUR, but found 10.00 EUR.',
    ])
    const fixedAmount = whyNot(program, trace, unwrap(parseInstant(day1)), { fixed: ['amount'] })
    expect(said(program, fixedAmount[1])[0]).toMatch(/nothing that can change/)
  })

  test('where a step does not say when a cooldown is over, neither is it said; of a version that is not there nothing is known', () => {
    const program = shopWith({ ...base, cooldown: { amount: 3, unit: 'day' } })
    const { trace } = following(program, [joins(day1), buys('o', day1, '60.00'), buys('p', day1, '10.00')])
    const at = unwrap(parseInstant(day1))
    const forgetful = trace.map((step) => (step.step === 'earning' ? { ...step, freeFrom: [] } : step))
    const [one] = whyNot(program, forgetful, at)
    expect([one?.reason, one?.from]).toEqual(['cooldown', null])
    const older = trace.map((step) => (step.step === 'earning' ? { ...step, version: 0 } : step))
    expect(whyNot(program, older, at)).toEqual([])
    expect(explainTrace(program, older)).toEqual(['In all 0, rounded once for the order (floor): 0 points, by line 0.'])
  })

  test('agrees with the trace of every history', () => {
    fc.assert(
      fc.property(fc.oneof(programWithHistory, wideHistory), ({ program, activities }) => {
        for (const { activity, decision } of play(program, activities).taken) {
          const steps = decision.trace.flatMap((step) => (step.step === 'earning' ? [step] : []))
          const unmatched = steps.flatMap((step) => explainStep(program, step).filter(({ reason }) => reason !== null))
          const all = whyNot(program, decision.trace, activity.at)
          for (const one of all) expect(said(program, one).join()).not.toMatch(/undefined|NaN|[{}]/)
          const found = all.filter(({ reason }) => !unpaidReasons.has(reason))
          const unpaid = all.filter(({ reason }) => unpaidReasons.has(reason)).map(({ rule }) => rule)
          const multipliers = new Set(steps.flatMap(({ earning }) => earning.multipliers.map(({ rule }) => rule)))
          expect(unpaid.filter((rule) => !multipliers.has(rule)).sort()).toEqual(steps.flatMap(gaveNothingIn).sort())
          expect(found.map(({ rule }) => rule)).toEqual(unmatched.map(({ rule }) => rule))
          const decided = found.filter(
            ({ change, rule }) => change?.type !== 'undecided' && !awardsByFacts(program, rule),
          )
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
