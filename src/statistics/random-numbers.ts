// Random numbers by their place: the same seed, stream and index always give the same number, in any order of asking.

/** Which numbers: streams of one seed are as independent as those of different seeds. */
export interface RandomSource {
  /** An integer from 0 to 2³² − 1; of others the lowest 32 bits count. */
  readonly seed: number
  /** As `seed`: such as the index of a customer. */
  readonly stream: number
}

/** The high 32 bits of a product of two unsigned integers of 32 bits. */
const highProduct = (first: number, second: number): number => {
  const [firstHigh, firstLow] = [first >>> 16, first & 0xffff]
  const [secondHigh, secondLow] = [second >>> 16, second & 0xffff]
  const middle = firstHigh * secondLow + ((firstLow * secondLow) >>> 16)
  const carry = (middle % 0x10000) + firstLow * secondHigh
  return (firstHigh * secondHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0
}

/** Four words of 32 bits. */
type Words = readonly [number, number, number, number]

/**
 * Philox4x32 with ten rounds: four words from a counter and a key, by a bijection that passes the tests of randomness.
 *
 * Source: J. Salmon, M. Moraes, R. Dror & D. Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011).
 */
export const philox = (counter: Words, key: readonly [number, number]): Words => {
  let [a, b, c, d] = counter
  let [first, second] = key
  for (let round = 0; round < 10; round += 1) {
    const [highA, lowA] = [highProduct(0xd2511f53, a), Math.imul(0xd2511f53, a)]
    const [highC, lowC] = [highProduct(0xcd9e8d57, c), Math.imul(0xcd9e8d57, c)]
    a = (highC ^ b ^ first) >>> 0
    b = lowC >>> 0
    c = (highA ^ d ^ second) >>> 0
    d = lowA >>> 0
    first = (first + 0x9e3779b9) >>> 0
    second = (second + 0xbb67ae85) >>> 0
  }
  return [a, b, c, d]
}

/** A number inside (0, 1) from 53 bits. */
const fraction = (high: number, low: number): number => ((high >>> 5) * 67_108_864 + (low >>> 6) + 0.5) / 2 ** 53

/**
 * A uniform random number inside (0, 1), by its place in a stream.
 *
 * Source: {@link https://doi.org/10.1145/2063384.2063405 | Philox4x32-10}, a generator that counts instead of remembering.
 *
 * @param source see {@link RandomSource}
 * @param index which number of the stream, from 0 up to 2³³
 * @example
 * ```ts
 * import { uniformAt } from 'treue'
 *
 * uniformAt({ seed: 7, stream: 0 }, 0) === uniformAt({ seed: 7, stream: 0 }, 0) // => true
 * uniformAt({ seed: 7, stream: 0 }, 1) === uniformAt({ seed: 7, stream: 0 }, 0) // => false
 * ```
 */
export const uniformAt = ({ seed, stream }: RandomSource, index: number): number => {
  const [a, b, c, d] = philox([Math.floor(index / 2) >>> 0, 0, 0, 0], [seed >>> 0, stream >>> 0])
  return index % 2 === 0 ? fraction(a, b) : fraction(c, d)
}

/**
 * The numbers of a stream, one after the other: for inner loops that draw many.
 *
 * @param source see {@link RandomSource}
 * @example
 * ```ts
 * import { uniformAt, uniforms } from 'treue'
 *
 * const next = uniforms({ seed: 7, stream: 0 })
 * next() === uniformAt({ seed: 7, stream: 0 }, 0) // => true
 * next() === uniformAt({ seed: 7, stream: 0 }, 1) // => true
 * ```
 */
export const uniforms = ({ seed, stream }: RandomSource): (() => number) => {
  let block = 0
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const second = spare
      spare = undefined
      return second
    }
    const [a, b, c, d] = philox([block >>> 0, 0, 0, 0], [seed >>> 0, stream >>> 0])
    block += 1
    spare = fraction(c, d)
    return fraction(a, b)
  }
}

const normalFrom = (next: () => number): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())

/**
 * A random gamma variable of scale 1.
 *
 * Source: G. Marsaglia & W. Tsang, ACM Transactions on Mathematical Software 26 (2000).
 *
 * @param next uniform numbers, such as from {@link uniforms}
 * @param shape above 0
 * @example
 * ```ts
 * import { gammaFrom, uniforms } from 'treue'
 *
 * const next = uniforms({ seed: 7, stream: 0 })
 * const mean = Array.from({ length: 10_000 }, () => gammaFrom(next, 3)).reduce((sum, x) => sum + x, 0) / 10_000
 * Math.abs(mean - 3) < 0.1 // => true
 * ```
 */
export const gammaFrom = (next: () => number, shape: number): number => {
  if (shape < 1) return gammaFrom(next, shape + 1) * Math.exp(Math.log(next()) / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = normalFrom(next)
    const cube = (1 + c * normal) ** 3
    if (cube > 0 && Math.log(next()) < 0.5 * normal * normal + d * (1 - cube + Math.log(cube))) return d * cube
  }
}
