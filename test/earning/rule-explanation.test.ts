import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compileEarning,
  earn,
  emptyEarningContext,
  explainRules,
  unmatchedRules,
  type WalletEarning,
} from '../../src/earning/index.ts'
import { type RuleId, unwrap, utc, type WalletId } from '../../src/foundation/index.ts'
import { countedLinesArbitrary, earningRulesArbitrary, eur, walletUnits } from '../arbitraries/earning.ts'
import { awarding, earnOn, floorOnOrder, lines, perEuro, points, purchase, rule, ruleId, sunday } from './counter.ts'

describe('unmatchedRules', () => {
  const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], {
    rounding: floorOnOrder,
    rules: [
      rule('linear', '1', 100),
      rule('linear', '1', 100, { id: 'large' as RuleId, when: { field: 'amount', atLeast: 5000 } }),
      rule('linear', '1', 100, { id: 'monday' as RuleId, when: { field: 'weekday', is: 'monday' } }),
    ],
  })
  const [earned] = unwrap(earnOn(compiled, lines(1999), utc, sunday))

  test('says of each what was asked for, and what was found', () => {
    const unmatched = unmatchedRules(compiled, earned as WalletEarning, purchase(lines(1999)), utc, emptyEarningContext)
    expect(unmatched).toMatchObject([
      { rule: 'large', explanation: { truth: 'false', found: 1999 } },
      { rule: 'monday', explanation: { truth: 'false', found: 'sunday' } },
    ])
  })

  test('says what else kept a rule from earning', () => {
    const groups = [{ id: 'rate', mode: 'firstMatch' }] as const
    const shoes = { field: 'categories', hasAny: ['shoes'] }
    const rules = [
      perEuro({ id: ruleId('cooling') }),
      perEuro({ id: ruleId('on monday'), during: { weekdays: [1] } }),
      perEuro({ id: ruleId('rate'), group: 'rate' }),
      perEuro({ id: ruleId('second rate'), group: 'rate' }),
      awarding('cases', null, {
        cases: [{ when: { field: 'amount', atLeast: 9999 }, award: { mode: 'fixed', points: '1' } }],
      }),
      perEuro({ id: ruleId('idle'), lines: shoes, stop: true }),
      perEuro({ id: ruleId('channel'), when: { field: 'channel', is: 'web' }, whenUnknown: 'skip' }),
      perEuro({ id: ruleId('last'), stop: true }),
      perEuro({ id: ruleId('stopped') }),
      awarding('twice', { mode: 'multiplier', factor: '2' }),
    ]
    const context = { ...emptyEarningContext, cooling: [ruleId('cooling')] }
    const ready = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules, groups })
    const earning = unwrap(earn(ready, purchase(lines(1999)), utc, context)).wallets[0] as WalletEarning
    const unmatched = unmatchedRules(ready, earning, purchase(lines(1999)), utc, context)
    expect(unmatched.map(({ rule: which, reason }) => [which, reason])).toEqual([
      ['cooling', 'cooldown'],
      ['on monday', 'schedule'],
      ['second rate', 'group'],
      ['cases', 'noAward'],
      ['channel', 'condition'],
      ['stopped', 'stopped'],
      ['twice', 'stopped'],
    ])
    expect(unmatched[4]?.explanation.truth).toBe('unknown')
  })

  test('says of a rule that earned why it did, and which cases were asked', () => {
    const cases = [9999, 1000, 1].map((atLeast) => ({
      when: { field: 'amount', atLeast },
      award: { mode: 'fixed', points: '1' },
    }))
    const rules = [
      awarding('cases', null, { cases: cases as never }),
      perEuro({ when: { field: 'amount', atLeast: 1 } }),
    ]
    const ready = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules })
    const [one] = unwrap(earn(ready, purchase(lines(1999)), utc, emptyEarningContext)).wallets
    expect(one?.rules.map((earning) => [earning.rule, earning.case, earning.award])).toEqual([
      ['cases', 1, cases[1]?.award],
      ['base', null, rules[1]?.award],
    ])
    expect(explainRules(ready, one as WalletEarning, purchase(lines(1999)), utc, emptyEarningContext)).toMatchObject([
      { rule: 'cases', reason: null, others: [], cases: [{ truth: 'false' }, { truth: 'true', found: 1999 }] },
      { rule: 'base', reason: null, explanation: { truth: 'true', found: 1999 }, cases: [] },
    ])
  })

  test('says all that kept a rule from earning by itself', () => {
    const rules = [perEuro({ during: { weekdays: [1] }, when: { field: 'amount', atLeast: 9999 } })]
    const context = { ...emptyEarningContext, cooling: [ruleId('base')] }
    const ready = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules })
    const [one] = unwrap(earn(ready, purchase(lines(1999)), utc, context)).wallets
    const [explained] = explainRules(ready, one as WalletEarning, purchase(lines(1999)), utc, context)
    expect([explained?.reason, explained?.others]).toEqual(['cooldown', ['schedule', 'condition']])
  })

  test('is empty where every rule matched, and for a wallet that no rule is about', () => {
    const all = compileEarning(eur, [{ id: points, decimals: 0 }], {
      rounding: floorOnOrder,
      rules: [rule('linear', '1', 100)],
    })
    expect(unmatchedRules(all, earned as WalletEarning, purchase(lines(1999)), utc, emptyEarningContext)).toEqual([])
    const other = { ...(earned as WalletEarning), wallet: '__proto__' as WalletId }
    expect(unmatchedRules(compiled, other, purchase(lines(1999)), utc, emptyEarningContext)).toEqual([])
  })

  test('a rule without a condition has nothing that could fail', () => {
    const nothing = { ...(earned as WalletEarning), rules: [] }
    expect(unmatchedRules(compiled, nothing, purchase(lines(1999)), utc, emptyEarningContext)[0]).toMatchObject({
      rule: 'base',
      explanation: { truth: 'true' },
    })
  })

  test('has each rule of the wallet that did not earn, with a condition that does not hold', () => {
    fc.assert(
      fc.property(earningRulesArbitrary, countedLinesArbitrary, (rules, bought) => {
        const ready = compileEarning(eur, walletUnits, rules)
        for (const one of unwrap(earnOn(ready, bought, utc, sunday))) {
          const unmatched = unmatchedRules(ready, one, purchase(bought), utc, emptyEarningContext)
          for (const { explanation } of unmatched) expect(explanation.truth).not.toBe('true')
          const of = rules.rules.filter(({ wallet }) => wallet === one.wallet).map(({ id }) => id)
          expect([...one.rules.map(({ rule: id }) => id), ...unmatched.map(({ rule: id }) => id)].sort()).toEqual(of)
        }
      }),
    )
  })
})
