import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  type TierTransitions,
  tierChainOf,
  tierClasses,
  tierLongRun,
  tierSteadyPopulation,
  tierSteadyState,
} from '../../src/tiers/index.ts'
import { chainOf, connectedArbitrary, sparseArbitrary, tierIds } from '../arbitraries/tier-population.ts'
import { exactPopulation, exactShares } from './exact-chain-model.ts'

/** Equal up to the rounding of some operations, however small the numbers are. */
const near = (actual: ReadonlyArray<number>, expected: ReadonlyArray<number>, digits = 1e-13): void => {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThanOrEqual(digits * Math.abs(expected[i] as number))
  })
}

const year: TierTransitions = {
  counts: [
    [700, 80, 10, 1],
    [150, 500, 60, 5],
    [30, 100, 300, 40],
    [5, 10, 50, 200],
  ],
  joined: [1000, 50, 0, 0],
  left: [109, 35, 12, 4],
}

describe('tierSteadyState', () => {
  test('of a year of 2,401 members: the fractions that SymPy gives', () => {
    const chain = unwrap(tierChainOf(year, tierIds(4), { leavers: 'excluded' }))
    const expected = [4740463 / 8339336, 1143571 / 4169668, 113411 / 1042417, 404443 / 8339336]
    near(unwrap(tierSteadyState(chain)).shares, expected, 1e-15)
  })

  test('is that of the exact fractions, to the last digits of the smallest share', () => {
    fc.assert(
      fc.property(connectedArbitrary, (counted) => {
        const transitions = { ...counted, left: counted.left.map(() => 0) }
        const state = unwrap(tierSteadyState(chainOf(transitions)))
        near(state.shares, exactShares(transitions))
        expect(state.period).toBe(1)
      }),
    )
  })

  test('keeps all digits where two halves hardly meet', () => {
    const chain = chainOf({
      counts: [
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 1],
      ],
      joined: [0, 0, 0],
      left: [0, 0, 0],
    })
    const moves = [
      [0.5, 0.5, 1e-15],
      [0.5, 0.5 - 1e-16, 1e-16],
      [3e-16, 1e-16, 1],
    ]
    // Balance over the cut: π₂ (3 + 1) = 10 π₀ + π₁, and π₀ is π₁ but for 1e-15.
    near(unwrap(tierSteadyState({ ...chain, moves })).shares, [4 / 19, 4 / 19, 11 / 19], 1e-14)
  })

  test('names the classes where there are several, and says when nobody stays', () => {
    const chain = chainOf({
      counts: [
        [1, 1, 1],
        [0, 1, 0],
        [0, 0, 1],
      ],
      joined: [0, 0, 0],
      left: [0, 0, 0],
    })
    expect(tierSteadyState(chain)).toMatchObject({
      left: [{ _tag: 'SeveralClosedClasses', path: ['moves'], classes: [[chain.tiers[1]], [chain.tiers[2]]] }],
    })
    expect(tierSteadyState(chainOf(year))).toMatchObject({ left: [{ _tag: 'NoClosedClass', path: ['leaving'] }] })
    expect(tierSteadyState({ ...chain, leaving: [] })).toMatchObject({ left: [{ _tag: 'InvalidValue' }] })
  })

  test('reports a period, and no share outside the closed class', () => {
    const chain = chainOf({
      counts: [
        [1, 1, 0],
        [0, 0, 1],
        [0, 1, 0],
      ],
      joined: [0, 0, 0],
      left: [1, 0, 0],
    })
    expect(unwrap(tierSteadyState(chain))).toEqual({ shares: [0, 0.5, 0.5], period: 2 })
  })

  test('has a fault, no wrong number, where probabilities are too far apart', () => {
    const tiny = 1e-200
    const tiers = tierIds(4)
    const moves = [
      [1, tiny, 0, 0],
      [0.5, 0.5, tiny, 0],
      [0, 0, 0.5, 0.5],
      [0, 5e-324, 0.5, 0.5],
    ]
    const result = tierSteadyState({ tiers, moves, leaving: [0, 0, 0, 0] })
    expect(result).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['moves'] }] })
  })
})

const power = (moves: ReadonlyArray<ReadonlyArray<number>>, other: ReadonlyArray<ReadonlyArray<number>>) =>
  moves.map((row) => moves.map((_, to) => row.reduce((sum, value, via) => sum + value * (other[via]?.[to] ?? 0), 0)))

describe('tierLongRun', () => {
  test('is the average over many periods, far in the future', () => {
    fc.assert(
      fc.property(
        sparseArbitrary.map(chainOf),
        fc.array(fc.nat({ max: 100 }), { minLength: 5, maxLength: 5 }),
        (chain, all) => {
          const start = all.slice(0, chain.tiers.length)
          let far = chain.moves
          for (let doubling = 0; doubling < 16; doubling += 1) far = power(far, far)
          const rounds = 60
          const average = start.map(() => 0)
          for (let period = 0; period < rounds; period += 1) {
            far = power(far, chain.moves)
            start.forEach((members, from) => {
              far[from]?.forEach((value, to) => {
                average[to] = (average[to] as number) + (members * value) / rounds
              })
            })
          }
          const { members, left, classes } = unwrap(tierLongRun(chain, start))
          members.forEach((value, tier) => {
            expect(value).toBeCloseTo(average[tier] as number, 6)
          })
          const total = start.reduce((sum, value) => sum + value, 0)
          expect(members.reduce((sum, value) => sum + value, left)).toBeCloseTo(total, 9)
          const closed = unwrap(tierClasses(chain)).filter((one) => one.closed)
          expect(classes.map(({ tiers, period }) => ({ tiers, period }))).toEqual(
            closed.map(({ tiers, period }) => ({ tiers, period })),
          )
          expect(classes.reduce((sum, one) => sum + one.members, left)).toBeCloseTo(total, 9)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('refuses a start that makes no sense, and probabilities too far apart', () => {
    const chain = chainOf(year)
    expect(tierLongRun(chain, [1, 2, 3])).toMatchObject({ left: [{ path: ['start'] }] })
    expect(tierLongRun(chain, [1, -2, 3, Number.NaN])).toMatchObject({
      left: [{ path: ['start', 1] }, { path: ['start', 3] }],
    })
    const tiny = 5e-324
    const moves = [
      [1, tiny, 0],
      [tiny, 1, 0],
      [0, 0, 1],
    ]
    const far = { tiers: tierIds(3), moves, leaving: [0, tiny, 0] }
    expect(tierLongRun(far, [1, 1, 1])).toMatchObject({ left: [{ _tag: 'OutOfRange' }] })
  })
})

describe('tierSteadyPopulation', () => {
  test('of a year with 1,050 new members: the solution that SymPy gives', () => {
    const population = unwrap(tierSteadyPopulation(chainOf(year), year.joined))
    near(population.members, [7332.046928622158, 2788.784605069838, 1020.4383655220647, 434.3854804635756], 1e-15)
    near([population.total, population.membershipPeriods], [11575.655379677637, 11.024433694931083], 1e-15)
  })

  test('is that of the exact fractions', () => {
    fc.assert(
      fc.property(connectedArbitrary, (transitions) => {
        const { joined } = transitions
        const population = unwrap(tierSteadyPopulation(chainOf(transitions), joined))
        const expected = exactPopulation(transitions, joined)
        near(population.members, expected)
        const total = expected.reduce((sum, members) => sum + members, 0)
        near(
          [population.total, population.membershipPeriods],
          [total, total / joined.reduce((sum, members) => sum + members, 0)],
        )
      }),
    )
  })

  test('as many leave in a period as come in, wherever members get', () => {
    fc.assert(
      fc.property(sparseArbitrary.map(chainOf), fc.nat({ max: 4 }), (chain, entry) => {
        const inflow = chain.tiers.map((_, tier) => (tier === entry % chain.tiers.length ? 10 : 0))
        const population = tierSteadyPopulation(chain, inflow)
        if (population._tag === 'Left') {
          const caught = unwrap(tierLongRun(chain, inflow)).classes.filter(({ members }) => members > 0)
          expect(population.left).toMatchObject([
            { _tag: 'UnboundedPopulation', classes: caught.map(({ tiers }) => tiers) },
          ])
          return
        }
        const { members } = population.right
        const leavers = members.reduce((sum, present, from) => sum + present * (chain.leaving[from] as number), 0)
        expect(leavers).toBeCloseTo(10, 9)
      }),
    )
  })

  test('refuses an inflow that makes no sense, and none', () => {
    const chain = chainOf(year)
    expect(tierSteadyPopulation(chain, [0, 0, 0, 0])).toMatchObject({
      left: [{ _tag: 'EmptySample', path: ['inflow'] }],
    })
    expect(tierSteadyPopulation(chain, [1, Number.POSITIVE_INFINITY, 0, -1])).toMatchObject({
      left: [{ path: ['inflow', 1] }, { path: ['inflow', 3] }],
    })
    const tiny = 5e-324
    const slow = { tiers: tierIds(1), moves: [[1]], leaving: [tiny] }
    expect(tierSteadyPopulation(slow, [1])).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['moves'] }] })
  })
})
