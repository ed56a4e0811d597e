// Generators of what segments are made of. They lean to ties, to few customers, and to ids that are members of every object.
import fc from 'fast-check'
import { type CivilDate, type Currency, unwrap } from '../../src/foundation/index.ts'
import {
  type EngagementModel,
  encodeRfmRows,
  type RfmColumns,
  type RfmRow,
  type RfmScheme,
  type RfmSegmentMap,
  type ScoreBands,
  type ScoreRange,
  type UsageRow,
} from '../../src/segments/index.ts'
import { treacherousKeys } from './foundation.ts'

export const EUR = 'EUR' as Currency

/** Whole numbers that are mostly the same few, sometimes far apart. */
const tiedArbitrary = (least: number, most: number): fc.Arbitrary<number> =>
  fc.oneof(
    { arbitrary: fc.integer({ min: least, max: least + 6 }), weight: 4 },
    { arbitrary: fc.integer({ min: least, max: most }), weight: 1 },
  )

const idsArbitrary = (most: number): fc.Arbitrary<ReadonlyArray<string>> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...treacherousKeys),
        fc.integer({ min: 0, max: 500 }).map((n) => `c${n}`),
      ),
      {
        maxLength: most,
      },
    )
    .map((ids) => [...new Set(ids)])

/** Profiles of customers, each once. */
export const rfmRowsArbitrary: fc.Arbitrary<ReadonlyArray<RfmRow>> = idsArbitrary(60).chain((ids) =>
  fc.tuple(
    ...ids.map((customer) =>
      fc.record({
        customer: fc.constant(customer),
        daysSinceLast: tiedArbitrary(0, 1000),
        orders: tiedArbitrary(1, 200),
        minor: tiedArbitrary(0, 10_000_000),
      }),
    ),
  ),
)

export const columnsOf = (rows: ReadonlyArray<RfmRow>): RfmColumns => unwrap(encodeRfmRows(rows, EUR))

const risingArbitrary = (item: fc.Arbitrary<number>, most = 9): fc.Arbitrary<ReadonlyArray<number>> =>
  fc.array(item, { minLength: 1, maxLength: most }).map((values) => [...new Set(values)].sort((a, b) => a - b))

export const scoreBandsArbitrary: fc.Arbitrary<ScoreBands> = fc.oneof(
  fc.record({ type: fc.constant('equal' as const), bins: fc.integer({ min: 2, max: 10 }) }),
  fc.record({
    type: fc.constant('quantiles' as const),
    probabilities: risingArbitrary(fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100)),
  }),
  fc.record({ type: fc.constant('fixed' as const), cuts: risingArbitrary(fc.integer({ min: 0, max: 12 })) }),
)

export const rfmSchemeArbitrary: fc.Arbitrary<RfmScheme> = fc.record({
  recency: scoreBandsArbitrary,
  frequency: scoreBandsArbitrary,
  monetary: scoreBandsArbitrary,
})

const rangeArbitrary = (bins: number): fc.Arbitrary<ScoreRange> =>
  fc
    .tuple(fc.integer({ min: 1, max: bins }), fc.integer({ min: 1, max: bins }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))

/** A map where the first segment wins, with a name for all others. */
export const segmentMapArbitrary: fc.Arbitrary<RfmSegmentMap> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 6 }))
  .chain(([recency, frequency, monetary]) =>
    fc
      .array(
        fc.record({
          recency: rangeArbitrary(recency),
          frequency: rangeArbitrary(frequency),
          monetary: rangeArbitrary(monetary),
        }),
        { minLength: 1, maxLength: 8 },
      )
      .map((rules) => ({
        bins: { recency, frequency, monetary },
        overlaps: 'firstWins' as const,
        others: 'others',
        segments: rules.map((rule, index) => ({ name: treacherousKeys[index] ?? `s${index}`, ...rule })),
      })),
  )

/** Measures by the names of what every object has. */
const measureNames = treacherousKeys.slice(0, 3)

export const engagementModelArbitrary: fc.Arbitrary<EngagementModel> = fc.record({
  measures: fc
    .array(
      fc.record({
        weight: fc.oneof(
          fc.constant(0),
          fc.integer({ min: 1, max: 20 }).map((n) => n / 2),
        ),
        cap: fc.option(fc.integer({ min: 0, max: 12 })),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => list.map((one, index) => ({ name: measureNames[index] ?? '', ...one }))),
  windowDays: fc.integer({ min: 1, max: 40 }),
  halfLifeDays: fc.option(fc.integer({ min: 1, max: 30 })),
  full: fc.oneof(
    fc.record({
      type: fc.constant('quantile' as const),
      probability: fc.constantFrom(0.01, 0.5, 0.9, 1),
      of: fc.constantFrom('active' as const, 'all' as const),
    }),
    fc.record({ type: fc.constant('fixed' as const), points: fc.integer({ min: 1, max: 100 }) }),
  ),
})

/** The day up to which usage counts. */
export const usageEnd = 20_000 as CivilDate

/** What customers did around the end of a window and its beginning. */
export const usageArbitrary = ({ measures }: EngagementModel): fc.Arbitrary<ReadonlyArray<UsageRow>> =>
  fc.array(
    fc.record({
      customer: fc.constantFrom('ann', 'bob', ...treacherousKeys),
      day: fc.integer({ min: -45, max: 3 }).map((days) => (usageEnd + days) as CivilDate),
      measure: fc.constantFrom(...measures.map(({ name }) => name)),
      amount: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 40 },
  )
