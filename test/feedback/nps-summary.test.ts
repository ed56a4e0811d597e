import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  NpsSummary,
  netPromoterScore,
  npsMonoid,
  summariseAnswerColumn,
  summariseAnswers,
  summariseHistogram,
} from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { answersArbitrary } from '../arbitraries/feedback.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const summaryArbitrary = fc
  .tuple(answersArbitrary, fc.nat({ max: 20 }), fc.integer({ min: 10, max: 30 }))
  .map(([answers, dismissed, scaleMaximum]) => unwrap(summariseAnswers(answers, { dismissed, scaleMaximum })))

const pathsOf = (result: ReturnType<typeof summariseAnswers>): ReadonlyArray<string> =>
  result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []

describe('summariseAnswers', () => {
  test('counts each answer, and apart those left out', () => {
    fc.assert(
      fc.property(answersArbitrary, fc.nat(), (answers, dismissed) => {
        const summary = unwrap(summariseAnswers(answers, { dismissed }))
        expect(summary.histogram).toEqual(
          Array.from({ length: 11 }, (_, bin) => answers.filter((answer) => answer === bin).length),
        )
        expect(summary.missing).toBe(answers.filter((answer) => answer === null).length)
        expect(summary.dismissed).toBe(dismissed)
      }),
    )
  })

  test('reports every value that is no answer, at its index', () => {
    const answers = [10, 11, null, 7.5, -1, Number.NaN, undefined, '7', 1n, { valueOf: () => 3 }, 0]
    expect(pathsOf(summariseAnswers(answers as ReadonlyArray<number>))).toEqual([
      '[1]',
      '[3]',
      '[4]',
      '[5]',
      '[6]',
      '[7]',
      '[8]',
      '[9]',
    ])
  })

  test('counts fractions as the number below when asked to, and only these', () => {
    const result = summariseAnswers([6.5, 8.5, 10], { fractional: 'floor' })
    expect(unwrap(result).histogram).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1])
    expect(pathsOf(summariseAnswers([10.5, '6.5', Symbol('6')] as never, { fractional: 'floor' }))).toEqual([
      '[0]',
      '[1]',
      '[2]',
    ])
  })

  test('refuses options that make no sense, all of them', () => {
    expect(pathsOf(summariseAnswers([1], { dismissed: -1, scaleMaximum: 9 }))).toEqual(['dismissed', 'scaleMaximum'])
    expect(pathsOf(summariseAnswers([1], { scaleMaximum: 101 }))).toEqual(['scaleMaximum'])
    expect(pathsOf(summariseAnswers([1], { scaleMaximum: 10.5 }))).toEqual(['scaleMaximum'])
    expect(pathsOf(summariseAnswerColumn(Uint8Array.of(1), { dismissed: 0.5 }))).toEqual(['dismissed'])
  })

  test('takes any list and leaves it alone', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (values) => {
        const before = [...values]
        expect(['Left', 'Right']).toContain(summariseAnswers(values as ReadonlyArray<number>)._tag)
        expect(values).toEqual(before)
      }),
    )
  })
})

describe('summariseAnswerColumn', () => {
  const column = (answers: ReadonlyArray<number | null>): Uint8Array => Uint8Array.from(answers, (a) => a ?? 255)

  test('equals summariseAnswers', () => {
    fc.assert(
      fc.property(answersArbitrary, (answers) => {
        expect(summariseAnswerColumn(column(answers))).toEqual(summariseAnswers(answers))
      }),
    )
  })

  test('equals it for many answers, wherever in memory the column begins and ends', () => {
    const bytes = Uint8Array.from({ length: 130_007 }, (_, at) => (at % 13 === 12 ? 255 : (at * 7919) % 11))
    for (const [from, until] of [
      [0, 130_007],
      [1, 130_004],
      [2, 130_005],
      [3, 130_006],
    ] as const) {
      const part = bytes.subarray(from, until)
      const answers = Array.from(part, (byte) => (byte === 255 ? null : byte))
      expect(summariseAnswerColumn(part)).toEqual(summariseAnswers(answers))
    }
  })

  test('reports every byte that is no answer, at its index', () => {
    expect(pathsOf(summariseAnswerColumn(Uint8Array.of(10, 11, 255, 254, 0)))).toEqual(['[1]', '[3]'])
    expect(unwrap(summariseAnswerColumn(Uint8Array.of(15), { scaleMaximum: 15 })).histogram).toHaveLength(16)
  })
})

describe('summariseHistogram', () => {
  test('takes what was counted elsewhere', () => {
    const { histogram, missing } = unwrap(summariseAnswers([10, 9, 0, null]))
    expect(unwrap(summariseHistogram(histogram, { missing, dismissed: 2 }))).toEqual({
      histogram,
      missing: 1,
      dismissed: 2,
    })
  })

  test('reports every count that is none', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1.5]
    expect(pathsOf(summariseHistogram(counts, { missing: -1, dismissed: Number.NaN }))).toEqual([
      'histogram[9]',
      'histogram[10]',
      'missing',
      'dismissed',
    ])
    expect(pathsOf(summariseHistogram([1, 2]))).toEqual(['histogram'])
    expect(pathsOf(summariseHistogram(Array<number>(102).fill(0)))).toEqual(['histogram'])
  })
})

describe('npsMonoid', () => {
  const { concat } = npsMonoid

  monoidLaws('npsMonoid', npsMonoid, summaryArbitrary)

  test('a summarised split is the summary of the whole', () => {
    fc.assert(
      fc.property(answersArbitrary, fc.nat({ max: 40 }), (answers, cut) => {
        const first = unwrap(summariseAnswers(answers.slice(0, cut)))
        const second = unwrap(summariseAnswers(answers.slice(cut)))
        expect(concat(first, second)).toEqual(unwrap(summariseAnswers(answers)))
      }),
    )
  })

  test('merges a long scale with a short one', () => {
    const long = unwrap(summariseAnswers([15], { scaleMaximum: 15 }))
    const breaks = { detractorMaximum: 6, passiveMaximum: 8, scaleMaximum: 15 }
    const both = concat(unwrap(summariseAnswers([3])), long)
    expect(unwrap(netPromoterScore(both, { breaks })).score).toBe(0)
  })
})

codecLaws('NpsSummary', NpsSummary, summaryArbitrary)
