import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { expectedTotalSize, extinctionProbability, type Offspring } from '../../src/referrals/index.ts'

const counts = (...of: ReadonlyArray<number>): Offspring => ({ type: 'counts', counts: of })
const poisson = (mean: number): Offspring => ({ type: 'poisson', mean })

describe('extinction', () => {
  test('a quarter brings nobody, half one, a quarter three: the golden ratio', () => {
    // q = 1/4 + q/2 + q³/4, so q³ − 2q + 1 = 0 with the root (√5 − 1) / 2.
    expect(unwrap(extinctionProbability(counts(1, 2, 0, 1)))).toBeCloseTo((Math.sqrt(5) - 1) / 2, 14)
  })

  test('two founders: both chains have to die out', () => {
    const one = unwrap(extinctionProbability(counts(1, 0, 2)))
    expect(one).toBeCloseTo(0.5, 14)
    expect(unwrap(extinctionProbability(counts(1, 0, 2), 2))).toBeCloseTo(0.25, 14)
  })

  test('Poisson with a mean of 2', () => {
    expect(unwrap(extinctionProbability(poisson(2)))).toBeCloseTo(0.20318786997997992, 14)
  })

  test('with one or fewer on average it is certain, unless each brings exactly one', () => {
    expect(unwrap(extinctionProbability(poisson(1)))).toBe(1)
    expect(unwrap(extinctionProbability(counts(1, 0, 1)))).toBe(1)
    expect(unwrap(extinctionProbability(counts(5)))).toBe(1)
    expect(unwrap(extinctionProbability(counts(0, 7)))).toBe(0)
    expect(unwrap(extinctionProbability(counts(0, 1, 1)))).toBe(0)
  })

  test('just above one', () => {
    const q = unwrap(extinctionProbability(poisson(1.0001)))
    expect(q).toBeGreaterThan(0.9995)
    expect(q).toBeLessThan(1)
  })
})

describe('total size', () => {
  test('100 founders who bring three quarters each: 400', () => {
    const { mean, standardDeviation } = unwrap(expectedTotalSize(poisson(0.75), 100))
    expect([mean, standardDeviation]).toEqual([400, Math.sqrt((100 * 0.75) / 0.25 ** 3)])
  })

  test('half bring nobody, half one: a geometric chain', () => {
    const { mean, standardDeviation } = unwrap(expectedTotalSize(counts(1, 1)))
    expect([mean, standardDeviation]).toEqual([2, Math.SQRT2])
  })

  test('no limit from one on average on', () => {
    expect(expectedTotalSize(counts(1, 0, 1))).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['mean'] }] })
  })
})

test('every fault is told', () => {
  for (const ask of [extinctionProbability, expectedTotalSize]) {
    expect(ask(counts(-1, 0.5), 0)).toMatchObject({
      left: [{ path: ['counts', 0] }, { path: ['counts', 1] }, { path: ['founders'] }],
    })
    expect(ask(poisson(Number.NaN))).toMatchObject({ left: [{ path: ['mean'] }] })
    expect(ask(counts(0, 0))).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
    expect(ask(counts(), 1)).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
    expect(ask(poisson(0.5), 1.5)).toMatchObject({ left: [{ path: ['founders'] }] })
  }
})

test('it is the smallest fixed point: as many rounds of G from 0 as it takes', () => {
  const some = fc.array(fc.nat({ max: 9 }), { minLength: 2, maxLength: 5 }).filter((all) => all.some((one) => one > 0))
  fc.assert(
    fc.property(some, (all) => {
      const members = all.reduce((sum, one) => sum + one, 0)
      const mean = all.reduce((sum, one, n) => sum + n * one, 0) / members
      // Too near to 1 the rounds take for ever.
      if (Math.abs(mean - 1) < 0.05) return
      let q = 0
      for (let round = 0; round < 3_000; round += 1) q = all.reduce((sum, one, n) => sum + (one / members) * q ** n, 0)
      expect(unwrap(extinctionProbability({ type: 'counts', counts: all }))).toBeCloseTo(q, 9)
    }),
  )
})
