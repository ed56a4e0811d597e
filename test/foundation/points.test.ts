import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addPoints, formatPoints, Points, points, unwrap } from '../../src/foundation/index.ts'
import { pointsArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Points', Points, pointsArbitrary())

describe('points', () => {
  test.each([0, 1, Number.MAX_SAFE_INTEGER])('%i are points', (n) => {
    expect(points(n)).toEqual({ _tag: 'Right', right: n })
  })

  test.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('%d are none', (n) => {
    expect(points(n)).toMatchObject({ left: { _tag: 'OutOfRange', path: [] } })
  })

  test('-0 is 0', () => {
    expect(Object.is(unwrap(points(-0)), 0)).toBe(true)
  })
})

test('addPoints is exact, or says that it would not be', () => {
  fc.assert(
    fc.property(pointsArbitrary(), pointsArbitrary(), (a, b) => {
      const sum = BigInt(a) + BigInt(b)
      const result = addPoints(a, b)
      if (sum <= BigInt(Number.MAX_SAFE_INTEGER)) expect(result).toEqual({ _tag: 'Right', right: Number(sum) })
      else expect(result).toMatchObject({ left: { _tag: 'OutOfRange' } })
    }),
  )
})

describe('formatPoints', () => {
  test.each<[number, number, string]>([
    [1205, 2, '12.05'],
    [5, 2, '0.05'],
    [0, 3, '0.000'],
    [7, 0, '7'],
    [7, -1, '7'],
  ])('%i with %i decimals is %s', (amount, decimals, text) => {
    expect(formatPoints(unwrap(points(amount)), decimals)).toBe(text)
  })

  test('loses nothing', () => {
    fc.assert(
      fc.property(pointsArbitrary(), fc.nat({ max: 20 }), (amount, decimals) => {
        const text = formatPoints(amount, decimals)
        expect(BigInt(text.replace('.', ''))).toBe(BigInt(amount))
        expect(text.split('.')[1]?.length ?? 0).toBe(decimals)
      }),
    )
  })
})
