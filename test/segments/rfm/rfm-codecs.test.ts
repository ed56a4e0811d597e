import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatError, unwrap } from '../../../src/foundation/index.ts'
import {
  classicRfmSegments,
  RfmCuts,
  RfmScheme,
  RfmSegmentMap,
  RfmSummary,
  rfmCuts,
  rfmMonoid,
  ScoreBands,
  summariseRfm,
} from '../../../src/segments/index.ts'
import {
  columnsOf,
  rfmRowsArbitrary,
  rfmSchemeArbitrary,
  scoreBandsArbitrary,
  segmentMapArbitrary,
} from '../../arbitraries/segments.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const summaryArbitrary = rfmRowsArbitrary.map((rows) => summariseRfm(columnsOf(rows)))

codecLaws('ScoreBands', ScoreBands, scoreBandsArbitrary)
codecLaws('RfmScheme', RfmScheme, rfmSchemeArbitrary)
codecLaws('RfmSummary', RfmSummary, summaryArbitrary)
codecLaws('RfmSegmentMap', RfmSegmentMap, segmentMapArbitrary)
codecLaws(
  'RfmCuts',
  RfmCuts,
  fc
    .tuple(rfmRowsArbitrary, rfmSchemeArbitrary)
    .filter(([rows]) => rows.length > 0)
    .map(([rows, scheme]) => unwrap(rfmCuts(columnsOf(rows), scheme))),
)
monoidLaws('rfmMonoid', rfmMonoid, summaryArbitrary)

const faults = (codec: Parameters<typeof decode>[0], input: unknown): string => {
  const found = decode(codec, input)
  return found._tag === 'Left' ? formatError(found.left) : 'fine'
}

describe('codecs of scores', () => {
  test('refuse cuts and probabilities that do not rise', () => {
    expect(faults(ScoreBands, { type: 'fixed', cuts: [2, 1] })).toContain('cuts[1]')
    expect(faults(ScoreBands, { type: 'quantiles', probabilities: [0.5, 0.5] })).toContain('probabilities[1]')
    expect(faults(ScoreBands, { type: 'quantiles', probabilities: [0] })).toContain('probabilities[0]')
    expect(faults(RfmCuts, { recency: [1], frequency: [1, 0], monetary: [1, 1], currency: 'EUR' })).toContain(
      'frequency[1]',
    )
  })

  test('refuse counts that do not belong to values', () => {
    const one = { values: [1], counts: [1] }
    expect(faults(RfmSummary, { daysSinceLast: { values: [1, 1], counts: [1, 1] }, orders: one, minor: {} })).toContain(
      'daysSinceLast.values[1]',
    )
    expect(faults(RfmSummary, { daysSinceLast: one, orders: { values: [1], counts: [] }, minor: {} })).toContain(
      'orders.counts',
    )
  })
})

describe('a map of segments', () => {
  const any = { from: 1, to: 2 }
  const rule = (name: string, from: number, to: number) => ({
    name,
    recency: { from, to },
    frequency: any,
    monetary: any,
  })
  const map = {
    bins: { recency: 3, frequency: 2, monetary: 2 },
    overlaps: 'refused',
    others: null,
    segments: [rule('low', 1, 1), rule('high', 2, 3)],
  }

  test('is refused with gaps, overlaps, repeated names and scores that are not there', () => {
    expect(faults(RfmSegmentMap, map)).toBe('fine')
    expect(faults(RfmSegmentMap, { ...map, segments: [rule('low', 1, 2), rule('high', 2, 3)] })).toBe(
      'Invalid value at segments[1]: got "high", expected no combination of scores that "low" takes, such as 2-1-1.',
    )
    expect(faults(RfmSegmentMap, { ...map, segments: [rule('low', 1, 2)] })).toBe(
      'Invalid value at others: got null, expected a name, as no segment takes 4 combinations such as 3-1-1.',
    )
    expect(faults(RfmSegmentMap, { ...map, others: 'low' })).toContain('segments[0].name')
    expect(faults(RfmSegmentMap, { ...map, segments: [rule('low', 1, 4)] })).toContain('segments[0].recency.to')
    expect(faults(RfmSegmentMap, { ...map, segments: [rule('low', 3, 1)] })).toContain('segments[0].recency.to')
    expect(
      faults(RfmSegmentMap, { ...map, overlaps: 'firstWins', segments: [rule('low', 1, 2), rule('high', 2, 3)] }),
    ).toBe('fine')
  })

  test('of the R package is sound, with others', () => {
    expect(decode(RfmSegmentMap, classicRfmSegments)._tag).toBe('Right')
    expect(decode(RfmSegmentMap, { ...classicRfmSegments, others: null })._tag).toBe('Left')
  })
})
