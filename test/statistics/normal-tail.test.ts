import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { normalQuantile, normalUpperTail } from '../../src/statistics/index.ts'

// Computed with mpmath at 50 digits; each number is the double that is written.
const exact: ReadonlyArray<readonly [x: number, probability: string]> = [
  [-8.5, '0.999999999999999991'],
  [-3, '0.998650101968369905'],
  [-1.5, '0.933192798731141934'],
  [-0.3, '0.617911422188952633'],
  [1e-9, '0.49999999960105772'],
  [0.3, '0.382088577811047367'],
  [0.9, '0.184060125346759483'],
  [1.39, '0.0822644386776689543'],
  [1.41, '0.079269841453392403'],
  [2, '0.0227501319481792072'],
  [3.7, '0.000107799733477388261'],
  [5, '2.86651571879193912e-7'],
  [8, '6.22096057427178412e-16'],
  [15.811388300841896, '1.29840351967010073e-56'],
  [26, '2.47606331550338929e-149'],
  [37.5, '4.60535300958195484e-308'],
]

describe('normalUpperTail', () => {
  test.each(exact)('of %d is %s within 3e-15', (x, probability) => {
    expect(Math.abs(unwrap(normalUpperTail(x)) / Number(probability) - 1)).toBeLessThan(3e-15)
  })

  test('of 0 and beyond what a number can hold', () => {
    expect(unwrap(normalUpperTail(0))).toBe(0.5)
    expect(unwrap(normalUpperTail(1e300))).toBe(0)
    expect(unwrap(normalUpperTail(Number.POSITIVE_INFINITY))).toBe(0)
    expect(unwrap(normalUpperTail(Number.NEGATIVE_INFINITY))).toBe(1)
    expect(normalUpperTail(Number.NaN)).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(normalUpperTail('1' as never)).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })

  test('is inverted by normalQuantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (probability) => {
        const x = -unwrap(normalQuantile(probability))
        expect(Math.abs(unwrap(normalUpperTail(x)) / probability - 1)).toBeLessThan(1e-15 * (4 + x * x))
      }),
    )
  })
})
