import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatPath, type TierId, unwrap } from '../../src/foundation/index.ts'
import { TierChain, tierChainOf, tierClasses, tierTransitionTable } from '../../src/tiers/index.ts'
import { chainOf, sparseArbitrary, tierIds, transitionsArbitrary } from '../arbitraries/tier-population.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const pathsOf = (result: {
  readonly _tag: string
  readonly left?: ReadonlyArray<{ readonly path: ReadonlyArray<string | number> }>
}): ReadonlyArray<string> => (result.left ?? []).map(({ path }) => formatPath(path))

describe('tierChainOf', () => {
  test('has the probabilities of the table, or a fault for each tier without members', () => {
    fc.assert(
      fc.property(transitionsArbitrary, (transitions) => {
        const chain = tierChainOf(transitions, tierIds(transitions.counts.length))
        const { rows } = unwrap(tierTransitionTable(transitions))
        if (chain._tag === 'Left') {
          const empty = rows.flatMap((row, from) => (row._tag === 'Left' ? [`counts[${from}]`] : []))
          expect(pathsOf(chain)).toEqual(empty)
          return
        }
        expect(chain.right.moves).toEqual(rows.map((row) => unwrap(row).to.map(({ probability }) => probability)))
        expect(chain.right.leaving).toEqual(rows.map((row) => unwrap(row).left.probability))
        expect(decode(TierChain, chain.right)).toEqual(chain)
      }),
    )
  })

  test('leaves members who left out of account where asked to', () => {
    const transitions = {
      counts: [
        [60, 20],
        [0, 0],
      ],
      joined: [0, 0],
      left: [20, 5],
    }
    const tiers = tierIds(2)
    expect(unwrap(tierChainOf(transitions, tiers)).leaving).toEqual([0.2, 1])
    expect(pathsOf(tierChainOf(transitions, tiers, { leavers: 'excluded' }))).toEqual(['counts[1]'])
    const stayed = {
      ...transitions,
      counts: [
        [60, 20],
        [1, 3],
      ],
    }
    expect(unwrap(tierChainOf(stayed, tiers, { leavers: 'excluded' }))).toEqual({
      tiers,
      moves: [
        [0.75, 0.25],
        [0.25, 0.75],
      ],
      leaving: [0, 0],
    })
  })

  test('refuses other than a tier for each row', () => {
    const transitions = {
      counts: [
        [1, 0],
        [0, 1],
      ],
      joined: [0, 0],
      left: [0, 0],
    }
    expect(pathsOf(tierChainOf(transitions, tierIds(1)))).toEqual(['tiers'])
    expect(pathsOf(tierChainOf({ ...transitions, left: [0] }, ['a', 'a'] as Array<TierId>))).toEqual([
      'tiers[1]',
      'left',
    ])
  })
})

describe('TierChain', () => {
  codecLaws('TierChain', TierChain, sparseArbitrary.map(chainOf))

  test('says what is wrong with a chain', () => {
    const chain = chainOf({
      counts: [
        [1, 1],
        [1, 1],
      ],
      joined: [0, 0],
      left: [0, 0],
    })
    expect(pathsOf(tierClasses({ ...chain, leaving: [0] }))).toEqual(['leaving'])
    expect(pathsOf(tierClasses({ ...chain, moves: [[1, 0]] }))).toEqual(['moves'])
    expect(pathsOf(tierClasses({ ...chain, moves: [[1], [Number.NaN, 2]] }))).toEqual([
      'moves[0]',
      'moves[1][0]',
      'moves[1][1]',
    ])
    expect(pathsOf(tierClasses({ ...chain, leaving: [0.5, -1] }))).toEqual(['moves[0]', 'leaving[1]'])
  })
})

describe('tierClasses', () => {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

  /** By rows of flags, where a walk of just so many steps leads. */
  const walks = (moves: ReadonlyArray<ReadonlyArray<number>>, steps: number): ReadonlyArray<ReadonlyArray<boolean>> => {
    let now = moves.map((_, from) => moves.map((__, to) => from === to))
    for (let step = 0; step < steps; step += 1) {
      now = now.map((row) => moves.map((_, to) => row.some((there, via) => there && (moves[via]?.[to] ?? 0) > 0)))
    }
    return now
  }

  test('are the tiers that walks of any length join, with the divisor of the lengths of all ways back', () => {
    fc.assert(
      fc.property(sparseArbitrary.map(chainOf), (chain) => {
        const { tiers, moves, leaving } = chain
        const all = Array.from({ length: 30 }, (_, steps) => walks(moves, steps))
        const leads = (from: number, to: number): boolean => all.some((walk) => walk[from]?.[to] === true)
        const classes = unwrap(tierClasses(chain))
        expect(classes.flatMap((one) => one.tiers).sort()).toEqual([...tiers].sort())
        for (const { tiers: members, closed, period } of classes) {
          const places = members.map((tier) => tiers.indexOf(tier))
          const first = places[0] as number
          const inside = (tier: number): boolean => places.includes(tier)
          tiers.forEach((_, tier) => {
            expect(leads(first, tier) && leads(tier, first)).toBe(inside(tier))
          })
          const caught = places.every(
            (from) => leaving[from] === 0 && tiers.every((_, to) => inside(to) || !leads(from, to)),
          )
          expect(closed).toBe(caught)
          const back = all.flatMap((walk, steps) => (walk[first]?.[first] === true ? [steps] : []))
          expect(period ?? 0).toBe(back.reduce(divisor, 0))
        }
      }),
    )
  })
})
