import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countReasons, leavingReasons, type ReasonParetoOptions, reasonPareto } from '../../src/feedback/index.ts'
import { formatPath, type ReasonId, unwrap } from '../../src/foundation/index.ts'
import { reasonsGivenArbitrary } from '../arbitraries/reasons.ts'

const given = (...ids: ReadonlyArray<string>) => ids as ReadonlyArray<ReasonId>

const many = (times: number, id: string) => Array.from({ length: times }, () => given(id))

const leaving = unwrap(
  countReasons(leavingReasons, [
    ...many(50, 'tooExpensive'),
    ...many(20, 'moved'),
    ...many(20, 'support'),
    ...many(10, 'price'),
    given('tooExpensive', 'betterElsewhere'),
    given(),
  ]),
)

describe('reasonPareto', () => {
  test('the most frequent first, and with the last of the vital few those that are as frequent', () => {
    const { mentions, reasons } = unwrap(reasonPareto(leavingReasons, leaving))
    expect(mentions).toBe(102)
    expect(reasons.map(({ reason, rank, isVital, ofResponses }) => [reason, rank, isVital, ofResponses.count])).toEqual(
      [
        ['price', 1, true, 61],
        ['service', 2, true, 20],
        ['circumstance', 2, true, 20],
        ['competitor', 4, false, 1],
        ['product', 5, false, 0],
        ['need', 5, false, 0],
        ['involuntary', 5, false, 0],
        ['other', 5, false, 0],
      ],
    )
    expect(reasons[0]?.ofResponses.answers).toBe(101)
    expect(reasons[0]?.ofResponses.share).toBe(61 / 101)
    expect(reasons[0]?.ofMentions).toBe(61 / 102)
    expect(reasons[3]?.cumulative).toBe(1)
  })

  test('by each reason itself, and under one', () => {
    const by = (level: NonNullable<ReasonParetoOptions['level']>) =>
      unwrap(reasonPareto(leavingReasons, leaving, { level })).reasons.flatMap(({ reason, ofResponses: { count } }) =>
        count > 0 ? [[reason, count]] : [],
      )
    expect(by('named')).toEqual([
      ['tooExpensive', 51],
      ['support', 20],
      ['moved', 20],
      ['price', 10],
      ['betterElsewhere', 1],
    ])
    expect(by({ under: 'price' as ReasonId })).toEqual([['tooExpensive', 51]])
  })

  test('what cannot be said is told', () => {
    const pathsOf = (options: ReasonParetoOptions, counts = leaving): ReadonlyArray<string> => {
      const result = reasonPareto(leavingReasons, counts, options)
      return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []
    }
    expect(pathsOf({ level: { under: 'nothing' as ReasonId }, vitalShare: 0 })).toEqual([
      'InvalidValue level.under',
      'OutOfRange options.vitalShare',
    ])
    expect(pathsOf({ confidence: 1 })).toEqual(['OutOfRange confidence'])
    expect(pathsOf({}, unwrap(countReasons(leavingReasons, [given()])))).toEqual(['EmptySample counts'])
    expect(pathsOf({ level: { under: 'other' as ReasonId } })).toEqual(['EmptySample counts'])
  })

  test('falls in frequency, ends at all mentions, and no smaller set of those it calls vital is enough', () => {
    fc.assert(
      fc.property(reasonsGivenArbitrary, fc.integer({ min: 1, max: 10 }), ({ taxonomy, responses }, tenths) => {
        const counts = unwrap(countReasons(taxonomy, responses))
        const result = reasonPareto(taxonomy, counts, { vitalShare: tenths / 10 })
        fc.pre(result._tag === 'Right')
        const { mentions, reasons } = result.right
        const frequencies = reasons.map(({ ofResponses: { count } }) => count)
        expect(frequencies).toEqual([...frequencies].sort((a, b) => b - a))
        expect(reasons[reasons.length - 1]?.cumulative).toBe(1)
        const vital = reasons.filter(({ isVital }) => isVital).map(({ ofResponses: { count } }) => count)
        const sum = vital.reduce((total, count) => total + count, 0)
        const last = vital[vital.length - 1] ?? 0
        expect(10 * sum).toBeGreaterThanOrEqual(tenths * mentions)
        // Without all that are as frequent as the last it is too little.
        const without = vital.filter((count) => count > last).reduce((total, count) => total + count, 0)
        expect(10 * without).toBeLessThan(tenths * mentions)
        for (const { rank, ofResponses } of reasons) {
          expect(rank).toBe(1 + frequencies.filter((count) => count > ofResponses.count).length)
        }
      }),
    )
  })
})
