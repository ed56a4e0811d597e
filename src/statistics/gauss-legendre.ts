// Gauss–Legendre quadrature: few places, at which a smooth function is integrated as well as with thousands.

/** Where a function is evaluated between −1 and 1, and what each value weighs. */
export interface QuadratureRule {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

interface Polynomial {
  readonly value: number
  readonly slope: number
}

const legendre = (degree: number, x: number): Polynomial => {
  let before = 1
  let value = x
  for (let n = 2; n <= degree; n += 1) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n
    before = value
    value = next
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) }
}

const rootNear = (degree: number, guess: number): number => {
  let x = guess
  for (let step = 0; step < 10; step += 1) {
    const { value, slope } = legendre(degree, x)
    x -= value / slope
  }
  return x
}

/**
 * The rule of Gauss and Legendre, exact for polynomials up to degree 2n − 1.
 *
 * Source: NIST Digital Library of Mathematical Functions 3.5(v); Newton's method on the Legendre polynomial.
 *
 * @param n how many places; from 2 to 100
 * @example
 * ```ts
 * import { gaussLegendre } from 'treue'
 *
 * const { nodes, weights } = gaussLegendre(4)
 * const integral = nodes.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** 6, 0)
 * integral.toFixed(12) // => (2 / 7).toFixed(12)
 * ```
 */
export const gaussLegendre = (n: number): QuadratureRule => {
  const nodes = Float64Array.from({ length: n }, (_, index) =>
    rootNear(n, -Math.cos((Math.PI * (index + 0.75)) / (n + 0.5))),
  )
  const weights = nodes.map((x) => {
    const { slope } = legendre(n, x)
    return 2 / ((1 - x * x) * slope * slope)
  })
  return { nodes, weights }
}
