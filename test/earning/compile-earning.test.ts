import { describe, expect, test } from 'vitest'
import { type CompiledEarning, compileEarning } from '../../src/earning/index.ts'
import { type RuleId, unwrap, utc, type WalletId } from '../../src/foundation/index.ts'
import { eur } from '../arbitraries/earning.ts'
import { earnOn, floorOnOrder, lines, points, rule, sunday } from './counter.ts'

const compile = (decimals: number, ...rules: ReadonlyArray<ReturnType<typeof rule>>) =>
  compileEarning(eur, [{ id: points, decimals }], { rounding: floorOnOrder, rules })
const walletsOf = (compiled: CompiledEarning) => compiled.activities.get('purchase')?.wallets ?? []
const rates = (decimals: number, ...rules: ReadonlyArray<ReturnType<typeof rule>>) =>
  walletsOf(compile(decimals, ...rules)).map(({ denominator, rules: of }) => [
    of.map(({ award }) => award?.numerator),
    denominator,
  ])

describe('compileEarning', () => {
  test('brings rates to lowest terms and over one denominator', () => {
    expect(rates(0, rule('linear', '5', 250))).toEqual([[[1], 50]])
    expect(rates(0, rule('step', '5.50', 250))).toEqual([[[11], 2]])
    expect(rates(2, rule('step', '5.5', 250))).toEqual([[[550], 1]])
    expect(rates(6, rule('linear', '999999999.999999', 1))).toEqual([[[999_999_999_999_999], 1]])
    expect(rates(0, rule('linear', '1', 4), rule('linear', '1', 6), rule('step', '0', 7))).toEqual([[[3, 2, 0], 12]])
  })

  test('stays exact where the common denominator leaves the range of numbers', () => {
    const primes = [9007199254740881, 9007199254740847, 9007199254740761]
    const compiled = compile(
      0,
      ...primes.map((per, index) => rule('linear', '999999999', per, { id: `${index}` as RuleId })),
    )
    expect(walletsOf(compiled)[0]?.denominator).toBe(primes.map(BigInt).reduce((a, b) => a * b))
    const [earned] = unwrap(earnOn(compiled, lines(primes[2] as number), utc, sunday))
    expect(earned?.points).toBe(2_999_999_996)
  })

  test('keeps the rules of each wallet apart, and leaves out wallets without rules', () => {
    const stars = '__proto__' as WalletId
    const idle = 'idle' as WalletId
    const compiled = compileEarning(
      eur,
      [points, idle, stars].map((id) => ({ id, decimals: 0 })),
      {
        rounding: floorOnOrder,
        rules: [rule('linear', '1', 100), rule('step', '2', 100, { wallet: stars, id: 'stars' as RuleId })],
      },
    )
    expect(walletsOf(compiled).map(({ wallet, rules }) => [wallet, rules.map(({ rule: { id } }) => id)])).toEqual([
      [points, ['base']],
      [stars, ['stars']],
    ])
    expect(unwrap(earnOn(compiled, lines(300), utc, sunday)).map((one) => [one.wallet, one.points])).toEqual([
      [points, 3],
      [stars, 6],
    ])
  })

  test.each(['', 'abc', '1e3', '-1', '1.', '0x10', 'Infinity', '1.5e3'])(
    'leaves out a rule that awards %j, which no program that decodes has',
    (text) => {
      expect(rates(0, rule('linear', text, 100))).toEqual([])
      expect(rates(0, rule('step', text, 100), rule('step', '1', 100))).toEqual([[[1], 1]])
    },
  )

  test.each([0, -100, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('leaves out a rule per %d cents', (per) => {
    expect(rates(0, rule('linear', '1', per))).toEqual([])
    expect(rates(0, rule('step', '1', per))).toEqual([])
  })

  test('a rule of another wallet is left out', () => {
    expect(walletsOf(compile(0, rule('linear', '1', 100, { wallet: 'other' as WalletId })))).toEqual([])
  })
})
