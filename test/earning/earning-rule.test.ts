import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EarningRounding, earningRuleCodec } from '../../src/earning/index.ts'
import { type Currency, decode, type InvalidValue } from '../../src/foundation/index.ts'
import { earningRuleArbitrary, eur, roundingArbitrary } from '../arbitraries/earning.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { rule } from './counter.ts'

codecLaws('EarningRounding', EarningRounding, roundingArbitrary)
codecLaws('EarningRule', earningRuleCodec(eur), earningRuleArbitrary)

const json = {
  id: 'books',
  wallet: 'points',
  lines: { field: 'categories', hasAny: ['books'] },
  award: { mode: 'step', points: '5', per: { amount: '2.50', currency: 'EUR' }, on: 'order' },
}

const faults = (input: unknown): ReadonlyArray<InvalidValue> => {
  const decoded = decode(earningRuleCodec(eur), input)
  return decoded._tag === 'Left' ? decoded.left : []
}

describe('earningRuleCodec', () => {
  test('reads amounts into minor units', () => {
    expect(decode(earningRuleCodec(eur), { ...json, when: { field: 'amount', atLeast: '50.00' } })).toMatchObject({
      right: { when: { field: 'amount', atLeast: 5_000 }, award: { per: { minor: 250, currency: 'EUR' } } },
    })
  })

  test.each([
    ['another currency', { amount: '2.50', currency: 'USD' }],
    ['nothing', { amount: '0.00', currency: 'EUR' }],
    ['less than nothing', { amount: '-2.50', currency: 'EUR' }],
  ])('refuses an award per %s', (_, per) => {
    expect(faults({ ...json, award: { ...json.award, per } })).toMatchObject([
      { path: ['award', 'per'], expected: 'an amount in EUR above zero' },
    ])
  })

  test('reports every problem with its path', () => {
    const wrong = {
      ...json,
      when: { field: 'weekday', is: 'funday' },
      lines: { field: 'weekday', is: 'sunday' },
      award: { ...json.award, on: 'stairs', points: 5 },
    }
    expect(faults(wrong).map(({ path }) => path.join('.'))).toEqual([
      'award.points',
      'award.on',
      'when.is',
      'lines.field',
    ])
  })

  test('currencies with other digits have their own minor units', () => {
    const yen = earningRuleCodec('JPY' as Currency)
    const award = { ...json.award, per: { amount: '250', currency: 'JPY' } }
    expect(decode(yen, { ...json, award })).toMatchObject({ right: { award: { per: { minor: 250 } } } })
  })

  test('what a program says in JSON is what it says in code', () => {
    fc.assert(
      fc.property(fc.constantFrom('step', 'linear'), fc.constantFrom('order', 'line'), (mode, on) => {
        const built = rule(mode, '5', 250, { on })
        expect(decode(earningRuleCodec(eur), earningRuleCodec(eur).encode(built))).toMatchObject({ right: built })
      }),
    )
  })
})
