import { Decimal as Base } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Decimal,
  formatDecimal,
  type RoundingMode,
  roundDecimal,
  toDecimal,
  unwrap,
} from '../../src/foundation/index.ts'
import { decimalArbitrary, roundingModeArbitrary } from '../arbitraries/foundation.ts'

const decimal = (text: string): Decimal => unwrap(toDecimal(text))
const rounded = (text: string, mode: RoundingMode, increment?: string): string =>
  formatDecimal(unwrap(roundDecimal(decimal(text), mode, increment === undefined ? undefined : decimal(increment))))

const digitsAfterPoint = (value: Decimal): number => formatDecimal(value).split('.')[1]?.length ?? 0
const scaled = (value: Decimal, digits: number): bigint => BigInt(value.times(new Base(10).pow(digits)).toFixed())

/** On integers, as each mode's definition says. */
const slowModel = (
  value: Decimal,
  mode: RoundingMode,
  increment: Decimal,
): { readonly n: bigint; readonly digits: number } => {
  const digits = Math.max(digitsAfterPoint(value), digitsAfterPoint(increment))
  const [n, d] = [scaled(value, digits), scaled(increment, digits)]
  const below = (n - (((n % d) + d) % d)) / d
  const above = below * d === n ? below : below + 1n
  const twiceCut = 2n * (n - below * d)
  const nearest = (tie: bigint): bigint => (twiceCut === d ? tie : twiceCut < d ? below : above)
  const chosen = {
    floor: below,
    ceil: above,
    truncate: n < 0n ? above : below,
    halfUp: nearest(above),
    halfAway: nearest(n < 0n ? below : above),
    halfEven: nearest(below % 2n === 0n ? below : above),
  }[mode]
  return { n: chosen * d, digits }
}

describe('roundDecimal', () => {
  test('S2: floor(−1.2) = −2, truncate = −1', () => {
    expect([rounded('-1.2', 'floor'), rounded('-1.2', 'truncate')]).toEqual(['-2', '-1'])
  })

  test.each<[string, RoundingMode, string | undefined, string]>([
    ['1.075', 'halfUp', '0.05', '1.1'],
    ['1.075', 'halfEven', '0.05', '1.1'],
    ['1.025', 'halfEven', '0.05', '1'],
    ['1.37', 'floor', '0.25', '1.25'],
    ['1.37', 'ceil', '0.25', '1.5'],
    ['149.99', 'halfUp', '100', '100'],
    ['-150', 'halfUp', '100', '-100'],
    ['-150', 'halfAway', '100', '-200'],
    ['-250', 'halfEven', '100', '-200'],
    ['2.5', 'halfEven', undefined, '2'],
    ['-2.5', 'halfUp', undefined, '-2'],
    ['-0.4', 'ceil', undefined, '0'],
    ['7', 'ceil', '0.7', '7'],
    ['999999999999999999999999999999.999999999999999999999999999999', 'ceil', undefined, `1${'0'.repeat(30)}`],
  ])('%s by %s to %s is %s', (value, mode, increment, result) => {
    expect(rounded(value, mode, increment)).toBe(result)
  })

  test('equals the model, for every increment', () => {
    fc.assert(
      fc.property(decimalArbitrary, roundingModeArbitrary, fc.option(decimalArbitrary), (value, mode, step) => {
        const increment = step === null || step.isZero() ? decimal('1') : step.abs()
        const result = unwrap(roundDecimal(value, mode, increment))
        const { n, digits } = slowModel(value, mode, increment)
        expect(scaled(result, digits)).toBe(n)
        expect(result.isZero() && result.isNegative()).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('does not mind the settings of a Decimal that an app made', () => {
    const Two = Base.clone({ precision: 2, rounding: Base.ROUND_UP })
    const result = unwrap(roundDecimal(new Two('12345.678'), 'halfUp', new Two('0.05')))
    expect(formatDecimal(result)).toBe('12345.7')
    expect(formatDecimal(result.dividedBy(3))).toHaveLength(81)
  })

  test('names what is wrong', () => {
    expect(roundDecimal(decimal('1').dividedBy(0), 'floor')).toMatchObject({
      left: { _tag: 'InvalidValue', path: [], actual: 'Infinity' },
    })
    for (const increment of ['0', '-1']) {
      expect(roundDecimal(decimal('1'), 'floor', decimal(increment))).toMatchObject({
        left: { _tag: 'InvalidValue', path: ['increment'], actual: increment },
      })
    }
    expect(roundDecimal(decimal('1'), 'floor', new Base(Number.NaN))).toMatchObject({ left: { path: ['increment'] } })
  })
})
