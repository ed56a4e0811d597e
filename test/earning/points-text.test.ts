import { expect, test } from 'vitest'
import { earningRuleCodec } from '../../src/earning/index.ts'
import { decode } from '../../src/foundation/index.ts'
import { eur } from '../arbitraries/earning.ts'
import { rule } from './counter.ts'

const takes = (points: unknown): boolean => {
  const json = earningRuleCodec(eur).encode(rule('linear', '1', 100)) as { readonly award: object }
  return decode(earningRuleCodec(eur), { ...json, award: { ...json.award, points } })._tag === 'Right'
}

test.each(['0', '1', '5', '0.5', '10.000001', '999999999', '999999999.999999'])('%j is a number of points', (text) => {
  expect(takes(text)).toBe(true)
})

test.each(['', '-1', '+1', '01', '.5', '1.', '1e3', '1,5', ' 1', '1\n', '1000000000', '0.0000001', 'NaN', '١', 1])(
  '%j is no number of points',
  (text) => {
    expect(takes(text)).toBe(false)
  },
)
