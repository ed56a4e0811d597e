import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gammaFrom, uniformAt, uniforms } from '../../src/statistics/index.ts'
import { philox } from '../../src/statistics/random-numbers.ts'

describe('Philox4x32-10', () => {
  // kat_vectors of Random123
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('of %j', (counter, key, expected) => {
    expect(
      philox(counter, key)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(' '),
    ).toBe(expected)
  })
})

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })

test('a stream is its numbers by place, each inside (0, 1)', () => {
  fc.assert(
    fc.property(word, word, (seed, stream) => {
      const next = uniforms({ seed, stream })
      for (let index = 0; index < 9; index += 1) {
        const value = next()
        expect(value).toBe(uniformAt({ seed, stream }, index))
        expect(value).toBeGreaterThan(0)
        expect(value).toBeLessThan(1)
      }
    }),
  )
})

test('numbers are spread evenly, and streams have nothing in common', () => {
  const count = 40_000
  const [first, second] = [uniforms({ seed: 1, stream: 0 }), uniforms({ seed: 1, stream: 1 })]
  const bins = new Float64Array(100)
  let product = 0
  for (let draw = 0; draw < count; draw += 1) {
    const [x, y] = [first(), second()]
    bins[Math.floor(100 * x)] = (bins[Math.floor(100 * x)] ?? 0) + 1
    product += (x - 0.5) * (y - 0.5)
  }
  const chiSquare = bins.reduce((sum, found) => sum + (found - count / 100) ** 2 / (count / 100), 0)
  expect(chiSquare).toBeLessThan(160)
  expect(Math.abs(product / count) * 12 * Math.sqrt(count)).toBeLessThan(4)
})

test('gamma variables have the mean and the variance of their shape', () => {
  const count = 20_000
  for (const shape of [0.3, 1, 7.5]) {
    const next = uniforms({ seed: 3, stream: 0 })
    const draws = Array.from({ length: count }, () => gammaFrom(next, shape))
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / count
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / count
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / count))
    expect(Math.abs(variance / shape - 1)).toBeLessThan(4 * Math.sqrt((2 + 6 / shape) / count))
  }
})
