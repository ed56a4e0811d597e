import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileEarning, earn, unmatchedRules, type WalletEarning } from '../../src/earning/index.ts'
import { type RuleId, unwrap, utc, type WalletId } from '../../src/foundation/index.ts'
import { countedLinesArbitrary, earningRulesArbitrary, eur, walletUnits } from '../arbitraries/earning.ts'
import { floorOnOrder, lines, points, rule, sunday } from './counter.ts'

describe('unmatchedRules', () => {
  const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], {
    rounding: floorOnOrder,
    rules: [
      rule('linear', '1', 100),
      rule('linear', '1', 100, { id: 'large' as RuleId, when: { field: 'amount', atLeast: 5000 } }),
      rule('linear', '1', 100, { id: 'monday' as RuleId, when: { field: 'weekday', is: 'monday' } }),
    ],
  })
  const [earned] = unwrap(earn(compiled, lines(1999), utc, sunday))

  test('says of each what was asked for, and what was found', () => {
    const unmatched = unmatchedRules(compiled, earned as WalletEarning, lines(1999), utc, sunday)
    expect(unmatched).toMatchObject([
      { rule: 'large', explanation: { truth: 'false', found: 1999 } },
      { rule: 'monday', explanation: { truth: 'false', found: 'sunday' } },
    ])
  })

  test('is empty where every rule matched, and for a wallet that no rule is about', () => {
    const all = compileEarning(eur, [{ id: points, decimals: 0 }], {
      rounding: floorOnOrder,
      rules: [rule('linear', '1', 100)],
    })
    expect(unmatchedRules(all, earned as WalletEarning, lines(1999), utc, sunday)).toEqual([])
    const other = { ...(earned as WalletEarning), wallet: '__proto__' as WalletId }
    expect(unmatchedRules(compiled, other, lines(1999), utc, sunday)).toEqual([])
  })

  test('a rule without a condition has nothing that could fail', () => {
    const nothing = { ...(earned as WalletEarning), rules: [] }
    expect(unmatchedRules(compiled, nothing, lines(1999), utc, sunday)[0]).toMatchObject({
      rule: 'base',
      explanation: { truth: 'true' },
    })
  })

  test('has each rule of the wallet that did not earn, with a condition that does not hold', () => {
    fc.assert(
      fc.property(earningRulesArbitrary, countedLinesArbitrary, (rules, bought) => {
        const ready = compileEarning(eur, walletUnits, rules)
        for (const one of unwrap(earn(ready, bought, utc, sunday))) {
          const unmatched = unmatchedRules(ready, one, bought, utc, sunday)
          for (const { explanation } of unmatched) expect(explanation.truth).not.toBe('true')
          const of = rules.rules.filter(({ wallet }) => wallet === one.wallet).map(({ id }) => id)
          expect([...one.rules.map(({ rule: id }) => id), ...unmatched.map(({ rule: id }) => id)].sort()).toEqual(of)
        }
      }),
    )
  })
})
