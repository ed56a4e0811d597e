import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant, unwrap } from '../../../src/foundation/index.ts'
import { advance, explainTrace } from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  referralOf,
  returns,
  shop,
  spends,
  statusLadder,
  wallet,
} from '../shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const words = (program: ReturnType<typeof shop>, ...activities: ReadonlyArray<ReturnType<typeof joins>>) =>
  explainTrace(program, following(program, activities).trace)

describe('explainTrace', () => {
  test('multipliers, caps and reasons are said stage by stage', () => {
    const per = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }
    const program = shop({
      earning: {
        rounding: { mode: 'floor', on: 'order' },
        groups: [{ id: 'one', mode: 'firstMatch' }],
        caps: [
          {
            id: 'per order',
            wallet: 'points',
            limit: 100,
            counts: 'points',
            window: { type: 'activity' },
            onExceed: 'truncate',
          },
        ],
        rules: [
          { id: 'base', wallet: 'points', group: 'one', award: per },
          { id: 'double', wallet: 'points', award: { mode: 'multiplier', factor: '2' } },
          { id: 'second', wallet: 'points', group: 'one', award: per },
        ],
      },
    })
    const { trace } = following(program, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-01T00:00:00Z', '87.00')])
    expect(explainTrace(program, trace).slice(0, 5)).toEqual([
      'Rule base: 1 line of 87.00 EUR gives 87, or 174 when multiplied.',
      'Rule double multiplies by 2 on 1 line.',
      'Cap “per order” has room for 100: of 174 it lets 100 through, and the rest is cut.',
      'Rule second did not earn: another rule of its group earns.',
      'In all 100, rounded once for the order (floor): 100 points, by line 100.',
    ])
  })

  test('a multiplier that multiplies nothing is not said to multiply', () => {
    const points = { wallet: 'points' }
    const twice = { mode: 'multiplier', factor: '2' }
    const review = { name: 'review', fields: [] }
    const organic = { field: 'categories', hasAny: ['organic'] }
    const rules = [
      { id: 'base', ...points, award: { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' } },
      { id: 'step', ...points, award: { mode: 'step', points: '1', per: eur('99.00'), on: 'order' } },
      { id: 'organic', ...points, lines: organic, award: twice },
      { id: 'on steps', ...points, award: { ...twice, of: ['step'] } },
      { id: 'on base', ...points, award: { ...twice, of: ['base'] } },
      { id: 'thanks', ...points, on: 'review', award: { mode: 'bonus', points: '5' } },
      { id: 'on reviews', ...points, on: 'review', award: twice },
    ]
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, actions: [review], rules } })
    expect(words(program, joins(day1), buys('o', day1, '20.00')).slice(2, 5)).toEqual([
      'Rule organic: no line of the order counts for it.',
      'Rule “on steps” multiplies nothing: what it is for earns no points.',
      'Rule “on base” multiplies by 2 on 1 line.',
    ])
    const reviews = activity({ type: 'action', id: 'r', at: day1, name: 'review' })
    expect(words(program, joins(day1), reviews)[1]).toBe(
      'Rule “on reviews” multiplies nothing: what it is for earns no points.',
    )
  })

  test('what a purchase earns, and why a rule does not match', () => {
    const award = { mode: 'linear', points: '1', per: eur('3.00'), on: 'order' }
    const when = {
      all: [
        { field: 'amount', atLeast: '50.00' },
        { field: 'weekday', in: ['saturday', 'sunday'] },
      ],
    }
    const rules = [
      { id: 'base', wallet: 'points', award },
      { id: 'weekend', wallet: 'points', when, award },
      { id: 'books', wallet: 'points', when: { field: 'categories', hasAny: ['books'] }, award },
      { id: 'shoes', wallet: 'points', lines: { field: 'categories', hasAny: ['shoes'] }, award },
      { id: 'always', wallet: 'points', when: { not: { field: 'weekday', present: false } }, award },
    ]
    const terms = {
      pending: { type: 'duration', duration: { amount: 14, unit: 'day' } },
      expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'activation' },
    }
    const program = shop({ ...wallet(terms), earning: { rounding: { mode: 'floor', on: 'order' }, rules } })
    expect(words(program, joins(day1), buys('o', day1, '19.99', '30.01'))).toEqual([
      'Rule base: 2 lines totalling 50.00 EUR give ≈ 16.666666.',
      'Rule shoes: no line of the order counts for it.',
      'Rule always: 2 lines totalling 50.00 EUR give ≈ 16.666666.',
      'Rule weekend did not match: it needs weekday to be one of saturday, sunday, but found thursday.',
      'Rule books did not match: it needs categories to have one of books, but found nothing.',
      'In all ≈ 33.333333, rounded once for the order (floor): 33 points, by line 13 + 20.',
      '33 points accrued on 2026-01-01, active from 2026-01-15, expiring on 2027-01-15.',
    ])
  })

  test('a redemption, a return into debt, and its settling', () => {
    const program = shop()
    const start = [joins(day1), buys('o1', day1, '100.00')]
    expect(words(program, ...start, spends('s', day1, 60))).toEqual([
      '60 points asked for, 100 points available.',
      '60 points redeemed on 2026-01-01 from 1 lot.',
    ])
    const back = returns('r', day1, 'o1', { line: '1' })
    expect(words(program, ...start, spends('s', day1, 60), back)).toEqual([
      'Purchase o1 had earned 100 points; what is left of it earns 0 points: 100 points to take back.',
      '100 points taken back on 2026-01-01, 60 points of them as debt.',
    ])
    expect(words(program, ...start, spends('s', day1, 60), back, buys('o2', day1, '70.00')).slice(-2)).toEqual([
      '70 points accrued on 2026-01-01, active at once, without expiry.',
      '60 points of debt settled on 2026-01-01.',
    ])
  })

  test('what time does: activation, expiry, and the end of a tier', () => {
    const terms = {
      pending: { type: 'duration', duration: { amount: 1, unit: 'day' } },
      expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'activation' },
    }
    const program = shop({ ...wallet(terms), ladders: [statusLadder] })
    const { state, trace } = following(program, [joins(day1), buys('o', day1, '1000.00')])
    expect(explainTrace(program, trace).at(-1)).toBe(
      'Tier of status on 2026-01-01: raised from basic to gold, valid to the end of 2027-12-31, with 1,000 of 1,000 points to reach it.',
    )
    const later = advance(program, state, unwrap(parseInstant('2028-01-01T00:00:00Z')))
    expect(explainTrace(program, later.trace)).toEqual([
      '1,000 points became active on 2026-01-02.',
      '1,000 points expired on 2027-01-02.',
      'Tier of status on 2028-01-01: lowered from gold to basic, with 0 of 800 points to keep gold.',
    ])
    const kept = following(program, [buys('o2', '2027-06-01T00:00:00Z', '900.00')], state).state
    const renewed = advance(program, kept, unwrap(parseInstant('2028-01-01T00:00:00Z')))
    expect(explainTrace(program, renewed.trace).at(-1)).toBe(
      'Tier of status on 2028-01-01: gold renewed, valid to the end of 2028-12-31, with 900 of 800 points to keep gold.',
    )
  })

  test('referrals that count, do not count yet, stand, are cancelled, or go to review', () => {
    const program = shop(referralOf())
    const brought = joins('2026-02-01T00:00:00Z', { referrer: { member: 'bob', enrolledAt: day1 } })
    const march = '2026-03-01T00:00:00Z'
    expect(words(program, brought, buys('o', march, '10.00')).at(-1)).toBe(
      'The referral by bob does not count yet: it takes 50.00 EUR, but only 10.00 EUR counts.',
    )
    const bought = [brought, buys('o', march, '60.00', '40.00')]
    expect(words(program, ...bought).at(-1)).toBe('The referral by bob counts.')
    const back = (at: string, ...lines: ReadonlyArray<object>) =>
      words(program, ...bought, returns('r', at, 'o', ...lines)).at(-1)
    expect(back(march, { line: '2' })).toBe('The referral by bob stands. Taken back: 4.00 EUR.')
    expect(back(march, { line: '1' })).toBe('The referral by bob is cancelled. Taken back: 10.00 EUR.')
    expect(back('2026-04-10T00:00:00Z', { line: '1' })).toBe(
      'The referral by bob was released already and is left for review. Taken back: 6.00 EUR.',
    )
  })

  test('what becomes of referrals that a member brought', () => {
    const cap = { id: 'few', per: 'referrer', counts: 'units', limit: 700, window: { type: 'lifetime' } }
    const program = shop(referralOf({ caps: [{ ...cap, onExceed: 'truncate' }] }))
    const told = (id: string, signals: ReadonlyArray<string>, level = 1) =>
      activity({
        type: 'referralConverted',
        id,
        at: day1,
        referee: id,
        level,
        spendMinor: 5_000,
        levelUnits: 0,
        signals,
        convertedAt: day1,
        releasedAt: '2026-02-01T00:00:00Z',
        returnableUntil: '2026-02-01T00:00:00Z',
      })
    const all = words(program, joins(day1), told('ben', []), told('cleo', ['sameDevice']), told('dora', ['sameEmail']))
    expect(all.filter((sentence) => sentence.startsWith('The referral'))).toEqual(['The referral of dora is denied.'])
    expect(words(program, joins(day1), told('ben', [])).at(0)).toBe('The referral of ben counts. 500 points.')
    expect(words(program, joins(day1), told('ben', []), told('cleo', ['sameDevice'])).at(-1)).toBe(
      'The referral of cleo counts. 200 points of 500 points, limited by few. A person has to approve it: sameDevice.',
    )
  })

  test('points that had expired before the return, and an activity sent again', () => {
    const program = shop(wallet({ expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' } }))
    const back = returns('r', '2026-01-03T00:00:00Z', 'o', { line: '1' })
    expect(words(program, joins(day1), buys('o', day1, '10.00'), back)).toEqual([
      '10 points expired on 2026-01-02.',
      'Purchase o had earned 10 points; what is left of it earns 0 points: 10 points to take back, 10 points of which had expired and cost nothing.',
    ])
    expect(words(program, joins(day1), joins(day1))).toEqual(['Activity joins was taken in before: nothing follows.'])
  })

  const earning = (more: object) => ({
    earning: { rounding: { mode: 'floor', on: 'order' }, rules: [base], ...more },
  })
  const base = { id: 'base', wallet: 'points', award: { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' } }
  const fixed = { id: 'fixed', wallet: 'points', award: { mode: 'fixed', points: '5' } }
  const cap = {
    id: 'cap',
    wallet: 'points',
    limit: 5,
    counts: 'points',
    window: { type: 'activity' },
    onExceed: 'truncate',
  }
  const perDay = { type: 'calendar', calendar: { unit: 'day' } }

  test('points of wallets with decimals are points at every stage', () => {
    const cents = { wallets: [{ id: 'points', decimals: 2, pending: null, expiry: null }] }
    const program = shop({ ...cents, ...earning({ caps: [{ ...cap, limit: 500 }] }) })
    expect(words(program, joins(day1), buys('o', day1, '8.70', '3.33')).slice(0, 3)).toEqual([
      'Rule base: 2 lines totalling 12.03 EUR give 12.03.',
      'Cap cap has room for 5.00: of 12.03 it lets 5 through, and the rest is cut.',
      'In all 5, rounded once for the order (floor): 5.00 points, by line 3.62 + 1.38.',
    ])
  })

  test('a cap on times, and what a cap cuts of lines that are rounded each', () => {
    const once = shop(earning({ caps: [{ ...cap, limit: 1, counts: 'times', window: perDay }] }))
    expect(words(once, joins(day1), buys('o', day1, '8.70'), buys('p', day1, '8.70'))).toContain(
      'Cap cap is used up: nothing of 8.7 is granted.',
    )
    const lines = shop(earning({ rounding: { mode: 'ceil', on: 'line' }, caps: [cap] }))
    expect(words(lines, joins(day1), buys('o', day1, '2.50', '8.70'))).toContain(
      'In all 5, rounded once for the order (ceil): 5 points, by line 1 + 4.',
    )
    expect(words(lines, joins(day1), buys('o', day1, '2.50'))).toContain(
      'In all 2.5, rounded on each line (ceil): 3 points, by line 3.',
    )
  })

  test('what conditions ask for, and for its opposite, in the currency of the field', () => {
    const attributes = [{ name: 'deposit', type: 'money', currency: 'USD' }]
    const skip = { ...fixed, whenUnknown: 'skip' }
    const deposit = { field: 'deposit', atLeast: '1.00' }
    const rules = [
      { ...skip, id: 'a', when: { field: 'deposit', atLeast: '50.00' } },
      { ...skip, id: 'b', when: { not: deposit } },
      { ...skip, id: 'c', when: { field: 'deposit', present: false } },
      { ...skip, id: 'd', when: { field: 'channel', present: true } },
      { ...skip, id: 'e', when: { field: 'channel', isNot: 'web' } },
      {
        ...skip,
        id: 'f',
        when: {
          any: [
            { field: 'amount', atLeast: '50.00' },
            { field: 'tiers', hasAny: ['s/gold'] },
          ],
        },
      },
      { ...skip, id: 'g', when: { not: { all: [deposit, { field: 'weekday', isNot: 'monday' }] } } },
    ]
    const order = activity({
      type: 'purchase',
      id: 'o',
      at: day1,
      lines: [{ id: '1', amount: eur('5.00') }],
      attributes: { deposit: 2000 },
    })
    expect(words(shop(earning({ attributes, rules })), joins(day1), order).slice(0, -1)).toEqual([
      'Rule a did not match: it needs deposit to be at least 50.00 USD, but found 20.00 USD.',
      'Rule b did not match: it does not earn where deposit is at least 1.00 USD, and found 20.00 USD.',
      'Rule c did not match: it needs deposit not to be known, but found 20.00 USD.',
      'Rule d did not match: it needs channel to be known, but it is not known.',
      'Rule e did not match: it needs channel not to be web, but it is not known.',
      'Rule f did not match: it needs amount to be at least 50.00 EUR, but found 5.00 EUR; or it needs tiers to have one of s/gold, but found nothing.',
      'Rule g did not match: it does not earn where deposit is at least 1.00 USD, and found 20.00 USD; or it does not earn where weekday is not monday, and found thursday.',
    ])
  })

  test('actions: what they give, take, lack, and that they are undone', () => {
    const review = { name: 'review', fields: [{ name: 'stars', type: 'integer' }] }
    const actions = [review, { name: 'complaint', fields: [] }]
    const award = { mode: 'perValue', field: 'stars', points: '2', per: 1, steps: 'step' }
    const rules = [
      { id: 'stars', wallet: 'points', on: 'review', whenUnknown: 'skip', award },
      { ...fixed, on: 'complaint', award: { mode: 'fixed', points: '-3.5' } },
    ]
    const program = shop(earning({ actions, rules }))
    const does = (name: string, more: object = {}) => activity({ type: 'action', id: 'r', at: day1, name, ...more })
    expect(words(program, joins(day1), does('review'))[0]).toBe(
      'Rule stars did not earn: none of its cases holds, or what it counts is not known.',
    )
    expect(words(program, joins(day1), does('complaint'))[1]).toBe('In all -3.5, rounded once (toward 0): -3 points.')
    const undone = activity({ type: 'actionCancellation', id: 'x', at: day1, action: 'r' })
    expect(words(program, joins(day1), does('review', { attributes: { stars: 4 } }), undone)[0]).toBe(
      'Action review (r) had earned 8 points and is undone: 8 points to take back.',
    )
  })

  test('money is said with its currency, and what followed from an activity with its name', () => {
    const goal = (on: string, id: string, measure: object, target: number) => ({
      on,
      challenge: { id, measure, window: { type: 'whole' }, levels: [{ id: 'level', target }] },
    })
    const tier = ['ladder', 'tier'].map((name) => ({ name, type: 'text', required: true }))
    const spend = { type: 'count', metric: 'spend', atLeast: 15_000 }
    const program = shop({
      ...earning({ actions: [{ name: 'tierUpgraded', fields: tier }] }),
      ladders: [
        {
          ...statusLadder,
          metrics: [{ id: 'spend', of: 'spend' }],
          tiers: [{ id: 'basic' }, { id: 'gold', reach: spend }],
        },
      ],
      challenges: {
        goals: [
          goal('purchase', 'spender', { type: 'sum', field: 'amount' }, 30_000),
          goal('tierUpgraded', 'climb', { type: 'times' }, 3),
        ],
      },
    })
    const told = words(program, joins(day1), buys('o', day1, '220.00'))
    expect(told).toContain('Activity o counts 220.00 EUR towards spender: 220.00 EUR of 300.00 EUR.')
    expect(told).toContain('Activity tierUpgraded of o counts 1 towards climb: 1 of 3.')
    expect(told.find((sentence) => sentence.startsWith('Tier'))).toMatch(/with 220.00 EUR of 150.00 EUR spend to reach/)
  })

  test('a purchase never earns less than nothing', () => {
    const program = shop(earning({ rules: [{ ...fixed, award: { mode: 'fixed', points: '-5' } }] }))
    expect(words(program, joins(day1), buys('o', day1, '1.00'))).toEqual([
      'Rule fixed: 1 line of 1.00 EUR gives -5.',
      'In all -5; a purchase never earns less than 0: 0 points.',
    ])
  })

  test('every trace of every history has its words', () => {
    fc.assert(
      fc.property(programWithHistory, ({ program, activities }) => {
        for (const { decision } of play(program, activities).taken) {
          const sentences = explainTrace(program, decision.trace)
          expect(sentences.length).toBeGreaterThanOrEqual(decision.trace.length)
          for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|NaN|\[object/)
        }
      }),
    )
  })
})
