import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type TierId, unwrap } from '../../src/foundation/index.ts'
import { tierPassages, tierStays, tiersAfter } from '../../src/tiers/index.ts'
import { chainOf, connectedArbitrary, sparseArbitrary, tierIds } from '../arbitraries/tier-population.ts'
import { exactPassages } from './exact-chain-model.ts'

const near = (actual: number | null | undefined, expected: number): void => {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-12 * expected)
}

const leads = (moves: ReadonlyArray<ReadonlyArray<number>>, target: number): ReadonlyArray<boolean> => {
  let there = moves.map((_, tier) => tier === target)
  for (const _ of moves)
    there = there.map((known, from) => known || there.some((one, to) => one && (moves[from]?.[to] ?? 0) > 0))
  return there
}

const year = {
  counts: [
    [700, 80, 10, 1],
    [150, 500, 60, 5],
    [30, 100, 300, 40],
    [5, 10, 50, 200],
  ],
  joined: [1000, 50, 0, 0],
  left: [109, 35, 12, 4],
}

describe('tierPassages', () => {
  test('to the top tier of a year: the solution that SymPy gives', () => {
    const passages = unwrap(tierPassages(chainOf(year), tierIds(4)[3] as TierId))
    const probabilities = [0.07654759678324294, 0.14019076117449036, 0.3094258462689358]
    const periods = [13.30573914300627, 10.424066702540587, 5.7858793731362566]
    probabilities.forEach((probability, tier) => {
      near(passages[tier]?.probability, probability)
      near(passages[tier]?.periods, periods[tier] as number)
    })
  })

  test.each([
    ['connected', connectedArbitrary],
    ['sparse', sparseArbitrary],
  ] as const)('are those of the exact fractions: %s', (_, transitionsArbitrary) => {
    fc.assert(
      fc.property(transitionsArbitrary, fc.nat({ max: 4 }), (transitions, place) => {
        const chain = chainOf(transitions)
        const target = place % chain.tiers.length
        const there = leads(chain.moves, target)
        const states = chain.tiers.map((__, tier) => tier).filter((tier) => tier !== target && there[tier] === true)
        const passages = unwrap(tierPassages(chain, chain.tiers[target] as TierId))
        const expected = exactPassages(transitions, states, target)
        states.forEach((state, i) => {
          near(passages[state]?.probability, expected[i]?.probability as number)
          near(passages[state]?.periods, expected[i]?.periods as number)
        })
        passages.forEach((passage, tier) => {
          if (tier === target) expect(passage).toEqual({ probability: 1, periods: 0 })
          else if (there[tier] === false) expect(passage).toEqual({ probability: 0, periods: null })
        })
      }),
    )
  })

  test('refuses a tier that is not in the chain, and has a fault where numbers end', () => {
    const [base, gold] = tierIds(2) as [TierId, TierId]
    const chain = {
      tiers: [base, gold],
      moves: [
        [1, 5e-324],
        [0, 1],
      ],
      leaving: [0, 0],
    }
    expect(tierPassages(chain, 'toString' as TierId)).toMatchObject({ left: [{ path: ['target'] }] })
    expect(tierPassages(chain, gold)).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['moves'] }] })
    expect(tierStays(chain)).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['moves'] }] })
  })
})

describe('tierStays', () => {
  test('are the mean of the geometric distribution, summed up', () => {
    fc.assert(
      fc.property(sparseArbitrary, (transitions) => {
        const chain = chainOf(transitions)
        unwrap(tierStays(chain)).forEach((stay, tier) => {
          const staying = chain.moves[tier]?.[tier] as number
          if (staying === 1) expect(stay).toBeNull()
          else {
            let sum = 0
            for (let term = 1; term > 1e-20; term *= staying) sum += term
            near(stay, sum)
          }
        })
      }),
    )
  })

  test('refuses a chain that is none', () => {
    expect(tierStays({ tiers: tierIds(1), moves: [[0.5]], leaving: [0.4] })).toMatchObject({
      left: [{ path: ['moves', 0] }],
    })
  })
})

describe('tiersAfter', () => {
  test('five periods of a year: the power that SymPy gives', () => {
    const { members } = unwrap(tiersAfter(chainOf(year), [1, 0, 0, 0], 5))
    const expected = [0.3673373017844143, 0.14707846602107524, 0.04247779309030351, 0.011062416348642901]
    members.forEach((share, tier) => {
      near(share, expected[tier] as number)
    })
  })

  test('m and then n periods are m + n periods, and nobody gets lost', () => {
    const periods = fc.nat({ max: 20 })
    const someArbitrary = fc.array(fc.nat({ max: 1000 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(sparseArbitrary.map(chainOf), someArbitrary, periods, periods, (chain, all, m, n) => {
        const start = all.slice(0, chain.tiers.length)
        const first = unwrap(tiersAfter(chain, start, m))
        const second = unwrap(tiersAfter(chain, first.members, n))
        const both = unwrap(tiersAfter(chain, start, m + n))
        both.members.forEach((members, tier) => {
          expect(members).toBeCloseTo(second.members[tier] as number, 8)
        })
        expect(both.left).toBeCloseTo(first.left + second.left, 8)
        expect(both.members.reduce((sum, members) => sum + members, both.left)).toBeCloseTo(
          start.reduce((sum, members) => sum + members, 0),
          8,
        )
      }),
    )
  })

  test('refuses a start and a number of periods that make no sense, both', () => {
    const chain = chainOf({ counts: [[1]], joined: [0], left: [0] })
    expect(tiersAfter(chain, [-1], 10_001)).toMatchObject({ left: [{ path: ['start', 0] }, { path: ['periods'] }] })
    expect(tiersAfter(chain, [1], 0.5)).toMatchObject({ left: [{ path: ['periods'] }] })
    expect(unwrap(tiersAfter(chain, [7], 10_000))).toEqual({ members: [7], left: 0 })
  })
})
