import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNetPromoterScores, compareNpsGroups, type NpsGroup } from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { fewNpsCountsArbitrary } from '../arbitraries/feedback.ts'

const groupsArbitrary: fc.Arbitrary<ReadonlyArray<NpsGroup>> = fc
  .array(fewNpsCountsArbitrary, { minLength: 2, maxLength: 6 })
  .map((list) => list.map((counts, at) => ({ id: `group-${at}`, counts })))

describe('compareNpsGroups', () => {
  test('has each pair once, as two samples compare', () => {
    fc.assert(
      fc.property(groupsArbitrary, (groups) => {
        const { comparisons } = unwrap(compareNpsGroups(groups, { pairing: 'pairs' }))
        expect(comparisons).toHaveLength((groups.length * (groups.length - 1)) / 2)
        const countsOf = (id: string | null) => groups.find((group) => group.id === id)?.counts
        for (const { first, second, adjustedP, ...comparison } of comparisons) {
          const [one, other] = [countsOf(first), countsOf(second)]
          if (one === undefined || other === undefined) throw new Error('unknown group')
          expect(comparison).toEqual(unwrap(compareNetPromoterScores(one, other)))
          expect(Number(adjustedP)).toBeGreaterThanOrEqual(Number(comparison.p) - 1e-15)
        }
      }),
    )
  })

  test('of two groups asks whether they differ as one comparison does', () => {
    fc.assert(
      fc.property(fewNpsCountsArbitrary, fewNpsCountsArbitrary, (first, second) => {
        const groups = [
          { id: 'a', counts: first },
          { id: 'b', counts: second },
        ]
        const { homogeneity, comparisons } = unwrap(compareNpsGroups(groups, { control: 'none' }))
        const pair = unwrap(compareNetPromoterScores(first, second))
        expect(homogeneity?.statistic).toBeCloseTo(Number(pair.z) ** 2, 9)
        expect(homogeneity?.p).toBeCloseTo(Number(pair.p), 9)
        expect(comparisons[1]).toMatchObject({ first: null, second: 'b', p: pair.p, adjustedP: pair.p })
        expect(comparisons[0]?.difference).toBeCloseTo(-pair.difference, 9)
      }),
    )
  })

  test('leaves out of the adjustment what has no p', () => {
    const passives = { detractors: 0, passives: 5, promoters: 0 }
    const mixed = { detractors: 3, passives: 5, promoters: 9 }
    const groups = [
      { id: 'a', counts: passives },
      { id: 'b', counts: passives },
      { id: 'c', counts: mixed },
    ]
    const { homogeneity, comparisons } = unwrap(
      compareNpsGroups(groups, { pairing: 'pairs', method: 'wald', control: 'bonferroni' }),
    )
    expect(homogeneity).toBeNull()
    expect(comparisons[0]).toMatchObject({ p: null, adjustedP: null })
    expect(comparisons[2]?.adjustedP).toBeCloseTo(Math.min(1, 2 * Number(comparisons[2]?.p)), 12)
  })

  test('reports all faults', () => {
    const counts = { detractors: 1, passives: 1, promoters: 1 }
    const none = { detractors: 0, passives: 0, promoters: 0 }
    const pathsOf = (result: ReturnType<typeof compareNpsGroups>) =>
      result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []
    const groups = [
      { id: 'a', counts },
      { id: 'a', counts: none },
    ]
    expect(pathsOf(compareNpsGroups(groups, { confidence: 2 }))).toEqual([
      'InvalidValue groups[1].id',
      'EmptySample groups[1].counts',
      'OutOfRange confidence',
    ])
    expect(pathsOf(compareNpsGroups([{ id: '__proto__', counts }]))).toEqual(['EmptySample groups'])
    const many = Array.from({ length: 101 }, (_, at) => ({ id: `${at}`, counts }))
    expect(pathsOf(compareNpsGroups(many, { pairing: 'pairs' }))).toEqual(['OutOfRange groups'])
    expect(unwrap(compareNpsGroups(many)).comparisons).toHaveLength(101)
  })
})
