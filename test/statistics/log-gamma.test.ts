import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { logGamma } from '../../src/statistics/index.ts'

// By mpmath 1.3 with 40 digits.
test.each([
  [0.001, 6.907178885383853],
  [0.5, 0.5723649429247001],
  [1.5, -0.12078223763524522],
  [3.7, 1.4280723266653879],
  [9.999, 12.799575780077413],
  [10, 12.801827480081469],
  [123.25, 468.6144829505166],
  [1e6, 12815504.569147611],
])('of %s', (x, expected) => {
  expect(Math.abs(unwrap(logGamma(x)) - expected)).toBeLessThan(1e-14 * Math.max(1, Math.abs(expected)))
})

test('0 at 1 and 2', () => {
  expect(Math.abs(unwrap(logGamma(1)))).toBeLessThan(1e-14)
  expect(Math.abs(unwrap(logGamma(2)))).toBeLessThan(1e-14)
})

test('Γ(x + 1) = x Γ(x)', () => {
  for (let x = 0.05; x < 40; x += 0.37) {
    expect(Math.abs(unwrap(logGamma(x + 1)) - unwrap(logGamma(x)) - Math.log(x))).toBeLessThan(2e-13)
  }
})

test('OutOfRange', () => {
  for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(logGamma(x)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['x'] } })
  }
})
