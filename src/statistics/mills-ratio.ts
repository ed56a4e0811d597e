// The tail of the standard normal distribution against its density.

/** What lies beyond x, divided by the density at x: Laplace's continued fraction, from a depth where it has settled. */
export const millsRatio = (x: number): number => {
  let fraction = 0
  for (let depth = Math.ceil((21 / x) ** 2) + 9; depth > 0; depth -= 1) fraction = depth / (x + fraction)
  return 1 / (x + fraction)
}
