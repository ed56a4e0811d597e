import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { multiplyDivide, RoundingMode, roundRatio } from '../../src/foundation/index.ts'
import { roundingModeArbitrary, safeIntegerArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('RoundingMode', RoundingMode, roundingModeArbitrary)

const floorDivision = (n: bigint, d: bigint): bigint => (n - (((n % d) + d) % d)) / d

/** Each mode as its definition says, on exact integers. */
const slowModel = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint => {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  const below = floorDivision(n, d)
  const exact = below * d === n
  const above = exact ? below : below + 1n
  const towardZero = n < 0n ? above : below
  const twiceCut = 2n * (n - below * d)
  const nearest = (tie: bigint): bigint => (twiceCut === d ? tie : twiceCut < d ? below : above)
  switch (mode) {
    case 'floor':
      return below
    case 'ceil':
      return above
    case 'truncate':
      return towardZero
    case 'halfUp':
      return nearest(above)
    case 'halfAway':
      return nearest(n < 0n ? below : above)
    case 'halfEven':
      return nearest(below % 2n === 0n ? below : above)
  }
}

const right = (value: number) => ({ _tag: 'Right', right: value })
const modes = ['floor', 'ceil', 'halfUp', 'halfEven', 'halfAway', 'truncate'] as const

describe('roundRatio', () => {
  test('S2: floor(−1.2) = −2, truncate = −1', () => {
    expect(roundRatio(-12, 10, 'floor')).toEqual(right(-2))
    expect(roundRatio(-12, 10, 'truncate')).toEqual(right(-1))
  })

  test.each<[number, ReadonlyArray<number>]>([
    [-25, [-3, -2, -2, -2, -3, -2]],
    [-15, [-2, -1, -1, -2, -2, -1]],
    [-12, [-2, -1, -1, -1, -1, -1]],
    [-5, [-1, 0, 0, 0, -1, 0]],
    [5, [0, 1, 1, 0, 1, 0]],
    [12, [1, 2, 1, 1, 1, 1]],
    [15, [1, 2, 2, 2, 2, 1]],
    [18, [1, 2, 2, 2, 2, 1]],
    [25, [2, 3, 3, 2, 3, 2]],
    [20, [2, 2, 2, 2, 2, 2]],
  ])('%i tenths by every mode', (tenths, wanted) => {
    expect(modes.map((mode) => roundRatio(tenths, 10, mode))).toEqual(wanted.map(right))
    expect(modes.map((mode) => roundRatio(-tenths, -10, mode))).toEqual(wanted.map(right))
  })

  test('equals the model over the whole range', () => {
    fc.assert(
      fc.property(safeIntegerArbitrary, safeIntegerArbitrary, roundingModeArbitrary, (n, d, mode) => {
        fc.pre(d !== 0)
        const result = roundRatio(n, d, mode)
        expect(result).toEqual(right(Number(slowModel(BigInt(n), BigInt(d), mode))))
      }),
      { numRuns: 2000 },
    )
  })

  test('takes bigints where numbers are not exact', () => {
    const wide = fc.bigInt({ min: -(2n ** 120n), max: 2n ** 120n })
    fc.assert(
      fc.property(wide, fc.oneof(wide, safeIntegerArbitrary), roundingModeArbitrary, (n, d, mode) => {
        fc.pre(BigInt(d) !== 0n)
        const exact = slowModel(n, BigInt(d), mode)
        const result = roundRatio(n, d, mode)
        if (Number.isSafeInteger(Number(exact))) expect(result).toEqual(right(Number(exact)))
        else expect(result).toMatchObject({ left: { _tag: 'OutOfRange', path: [] } })
      }),
    )
    expect(roundRatio(1, 0n, 'floor')).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(roundRatio(1n, 0.5, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['denominator'] } })
  })

  test('never gives -0', () => {
    for (const mode of modes) {
      for (const [n, d] of [
        [0, -3],
        [-0, 3],
        [-1, 3],
        [1, -3],
      ] as const) {
        const result = roundRatio(n, d, mode)
        expect(result._tag === 'Right' && Object.is(result.right, -0)).toBe(false)
      }
    }
  })

  test('names what is wrong', () => {
    expect(roundRatio(1, 0, 'floor')).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['denominator'] } })
    expect(roundRatio(0.5, 1, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['numerator'] } })
    expect(roundRatio(1, Number.NaN, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['denominator'] } })
  })
})

describe('multiplyDivide', () => {
  test('S4: three lines of 19.99 at 1 point per euro: 59 for the order, 57 by line', () => {
    expect(multiplyDivide(3 * 1999, 1, 100, 'floor')).toEqual(right(59))
    expect(multiplyDivide(1999, 1, 100, 'floor')).toEqual(right(19))
  })

  test('equals the model over the whole range', () => {
    fc.assert(
      fc.property(
        safeIntegerArbitrary,
        safeIntegerArbitrary,
        safeIntegerArbitrary,
        roundingModeArbitrary,
        (a, b, c, mode) => {
          fc.pre(c !== 0)
          const exact = slowModel(BigInt(a) * BigInt(b), BigInt(c), mode)
          const result = multiplyDivide(a, b, c, mode)
          if (Number.isSafeInteger(Number(exact))) expect(result).toEqual(right(Number(exact)))
          else expect(result).toMatchObject({ left: { _tag: 'OutOfRange', path: [] } })
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('is exact where the product is not', () => {
    expect(multiplyDivide(Number.MAX_SAFE_INTEGER, 3, 3, 'floor')).toEqual(right(Number.MAX_SAFE_INTEGER))
    expect(multiplyDivide(2 ** 53, 1, 2, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['a'] } })
    expect(multiplyDivide(-6004799503160662, 3, 4, 'halfAway')).toEqual(right(-4503599627370497))
    expect(multiplyDivide(-6004799503160662, 3, 4, 'halfUp')).toEqual(right(-4503599627370496))
  })

  test('names what is wrong', () => {
    expect(multiplyDivide(1, 1, 0, 'floor')).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(multiplyDivide(2 ** 52, 2 ** 52, 0, 'floor')).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(multiplyDivide(0.5, 2, 1, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['a'] } })
    expect(multiplyDivide(1, Number.NaN, 1, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['b'] } })
    expect(multiplyDivide(2 ** 52, 2 ** 52, 0.5, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['c'] } })
    expect(multiplyDivide(1, 1, 0.5, 'floor')).toMatchObject({ left: { _tag: 'OutOfRange', path: ['c'] } })
  })
})
