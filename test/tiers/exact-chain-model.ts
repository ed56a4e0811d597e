// Markov chains of counted members solved in exact fractions by Gauss's elimination: slow, and right to the last digit.
import type { TierTransitions } from '../../src/tiers/index.ts'

interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))

const fraction = (top: bigint, bottom: bigint): Fraction => {
  const common = divisor(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom) * (bottom < 0n ? -1n : 1n)
  return { top: top / common, bottom: bottom / common }
}
const whole = (n: number): Fraction => ({ top: BigInt(n), bottom: 1n })
const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom)
const over = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top)

/** A number of 53 bits from a fraction, of any size. */
const toNumber = ({ top, bottom }: Fraction): number => {
  const shift = BigInt(Math.max(0, bottom.toString(2).length - top.toString(2).length + 70))
  return Number((top << shift) / bottom) / 2 ** Number(shift)
}

/** The x with matrix · x = right, for a matrix that has an inverse. */
const solve = (matrix: ReadonlyArray<ReadonlyArray<Fraction>>, right: ReadonlyArray<Fraction>): Array<Fraction> => {
  const rows = matrix.map((row, i) => [...row, right[i] as Fraction])
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = rows.findIndex((row, i) => i >= column && row[column]?.top !== 0n)
    ;[rows[column], rows[pivot]] = [rows[pivot] as Array<Fraction>, rows[column] as Array<Fraction>]
    const lead = rows[column] as Array<Fraction>
    const scaled = lead.map((value) => over(value, lead[column] as Fraction))
    rows.forEach((row, i) => {
      rows[i] =
        i === column
          ? scaled
          : row.map((value, j) => minus(value, times(row[column] as Fraction, scaled[j] as Fraction)))
    })
  }
  return rows.map((row) => row[rows.length] as Fraction)
}

const transposed = <A>(matrix: ReadonlyArray<ReadonlyArray<A>>): Array<Array<A>> =>
  (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] as A))

const total = ({ counts, left }: TierTransitions, from: number): bigint =>
  (counts[from] ?? []).reduce((sum, members) => sum + BigInt(members), BigInt(left[from] as number))

/** One minus the chain, of some states. */
const withoutChain = (transitions: TierTransitions, states: ReadonlyArray<number>): Array<Array<Fraction>> =>
  states.map((from) =>
    states.map((to) =>
      minus(
        whole(from === to ? 1 : 0),
        fraction(BigInt(transitions.counts[from]?.[to] as number), total(transitions, from)),
      ),
    ),
  )

const everyState = ({ counts }: TierTransitions): ReadonlyArray<number> => counts.map((_, state) => state)

/** The shares that a period leaves as they are, of a chain with a way between all states that nobody leaves. */
export const exactShares = (transitions: TierTransitions): ReadonlyArray<number> => {
  const equations = transposed(withoutChain(transitions, everyState(transitions)))
  equations[0] = equations.map(() => whole(1))
  return solve(
    equations,
    equations.map((_, i) => whole(i === 0 ? 1 : 0)),
  ).map(toNumber)
}

/** The population that an inflow keeps up. */
export const exactPopulation = (transitions: TierTransitions, inflow: ReadonlyArray<number>): ReadonlyArray<number> =>
  solve(transposed(withoutChain(transitions, everyState(transitions))), inflow.map(whole)).map(toNumber)

/** Of each of some states, all of which have a way to the target: the probability to get there, and the mean time if so. */
export const exactPassages = (
  transitions: TierTransitions,
  states: ReadonlyArray<number>,
  target: number,
): ReadonlyArray<{ readonly probability: number; readonly periods: number }> => {
  const direct = states.map((from) =>
    fraction(BigInt(transitions.counts[from]?.[target] as number), total(transitions, from)),
  )
  const matrix = withoutChain(transitions, states)
  const reach = solve(matrix, direct)
  // The sum over n of the probability to get there after more than n periods.
  const times = solve(matrix, reach)
  return reach.map((probability, i) => ({
    probability: toNumber(probability),
    periods: toNumber(over(times[i] as Fraction, probability)),
  }))
}
