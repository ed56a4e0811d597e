import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileEarning, type EarningRule, type EarningRules, earningFaults } from '../../src/earning/index.ts'
import type { Currency, RuleId, WalletId } from '../../src/foundation/index.ts'

const wallet = 'points' as WalletId
const eur = 'EUR' as Currency

const ruleOf = (minor: number, points = '1'): EarningRule => ({
  id: `per ${minor}` as RuleId,
  wallet,
  award: { mode: 'linear', points, per: { minor, currency: eur }, on: 'order' },
})

const rulesOf = (rules: ReadonlyArray<EarningRule>): EarningRules => ({
  rounding: { mode: 'floor', on: 'order' },
  rules,
})

const wallets = [{ id: wallet, decimals: 0 }]

test('rates as programs have them go together', () => {
  expect(earningFaults(wallets, rulesOf([100, 250, 1_000, 99, 333, 12_345].map((minor) => ruleOf(minor))))).toEqual([])
})

test('a rate that takes the common denominator past 60 digits is named, and the others are not', () => {
  const primes = [999_999_937, 999_999_929, 999_999_893, 999_999_883, 999_999_797, 999_999_761, 999_999_757]
  const rules = rulesOf([...primes.map((prime) => ruleOf(prime)), ruleOf(100)])
  expect(earningFaults(wallets, rules)).toMatchObject([{ _tag: 'InvalidValue', path: ['rules', 6, 'award', 'per'] }])
})

test('rules without faults compile to a denominator of at most 60 digits', () => {
  const rules = fc.array(
    fc.record({ minor: fc.integer({ min: 1, max: 1_000_000 }), points: fc.constantFrom('1', '0.5', '2.25') }),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(rules, (given) => {
      const earning = rulesOf(given.map(({ minor, points }) => ruleOf(minor, points)))
      const compiled = compileEarning(eur, wallets, earning)
      const within = String(compiled.activities.get('purchase')?.wallets[0]?.denominator).length <= 60
      expect(earningFaults(wallets, earning).length === 0).toBe(within)
    }),
  )
})
