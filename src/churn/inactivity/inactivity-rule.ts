// When a silent customer counts as at risk, and when as gone: rules as data.

import {
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  numberCodec,
  structCodec,
  unionCodec,
} from '../../foundation/index.ts'

/** Days of silence, the same for every customer. */
export interface FixedDays {
  readonly type: 'fixedDays'
  /** At risk with more days of silence than that. */
  readonly atRiskDays: number
  /** Gone with more days of silence than that. */
  readonly churnedDays: number
}

/** Days of silence, as multiples of what is usual for the customer. */
export interface OwnMeasure {
  /** At risk with a silence longer than this multiple. */
  readonly atRiskMultiple?: number
  /** Gone with a silence longer than this multiple. */
  readonly churnedMultiple?: number
  /** With fewer gaps than that nothing is usual yet, and `fallback` holds; 3 when absent. */
  readonly minimumGaps?: number
  /** For customers with too few gaps; 90 and 180 days when absent. */
  readonly fallback?: FixedDays
}

/**
 * Multiples of the mean of the customer's own gaps; 2 and 3 when absent: if purchases came at random at their rate, one
 * silence in 7 would be longer than 2 of them, and one in 20 longer than 3.
 */
export interface OwnRhythmRule extends OwnMeasure {
  readonly type: 'ownRhythm'
}

/** Multiples of an upper quantile (type 7) of the customer's own gaps; 1 and 2 when absent. */
export interface OwnQuantileRule extends OwnMeasure {
  readonly type: 'ownQuantile'
  /** Above 0, at most 1; 0.9 when absent. */
  readonly probability?: number
}

/** When a silent customer counts as at risk, and when as gone. */
export type InactivityRule = OwnRhythmRule | OwnQuantileRule | FixedDays

export const anyMultiple: Codec<number> = /* @__PURE__ */ numberCodec({ min: 0.01, max: 50 })
const anyDays: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 36_525 })
const anyGaps: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 10_000 })
export const anyProbability: Codec<number> = /* @__PURE__ */ numberCodec({ min: 0.01, max: 1 })

export const risingFaults = (path: string, low: number, high: number): ReadonlyArray<InvalidValue> =>
  low <= high ? [] : [invalidValue([path], high, `at least ${low}, the threshold of customers at risk`)]

export const FixedDaysCodec: Codec<FixedDays> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('FixedDays', {
    type: /* @__PURE__ */ literalCodec('fixedDays'),
    atRiskDays: anyDays,
    churnedDays: anyDays,
  }),
  ({ atRiskDays, churnedDays }: FixedDays) => risingFaults('churnedDays', atRiskDays, churnedDays),
)

export const OwnRhythmCodec: Codec<OwnRhythmRule> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec(
    'OwnRhythmRule',
    { type: /* @__PURE__ */ literalCodec('ownRhythm') },
    { atRiskMultiple: anyMultiple, churnedMultiple: anyMultiple, minimumGaps: anyGaps, fallback: FixedDaysCodec },
  ),
  ({ atRiskMultiple = 2, churnedMultiple = 3 }: OwnRhythmRule) =>
    risingFaults('churnedMultiple', atRiskMultiple, churnedMultiple),
)

export const OwnQuantileCodec: Codec<OwnQuantileRule> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec(
    'OwnQuantileRule',
    { type: /* @__PURE__ */ literalCodec('ownQuantile') },
    {
      probability: anyProbability,
      atRiskMultiple: anyMultiple,
      churnedMultiple: anyMultiple,
      minimumGaps: anyGaps,
      fallback: FixedDaysCodec,
    },
  ),
  ({ atRiskMultiple = 1, churnedMultiple = 2 }: OwnQuantileRule) =>
    risingFaults('churnedMultiple', atRiskMultiple, churnedMultiple),
)

/**
 * Reads an {@link InactivityRule}.
 *
 * @example
 * ```ts
 * import { decode, InactivityRule } from 'treue'
 *
 * decode(InactivityRule, { type: 'ownRhythm', churnedMultiple: 4 })._tag // => 'Right'
 * decode(InactivityRule, { type: 'fixedDays', atRiskDays: 90, churnedDays: 60 })._tag // => 'Left'
 * ```
 */
export const InactivityRule: Codec<InactivityRule> = /* @__PURE__ */ unionCodec('InactivityRule', 'type', {
  ownRhythm: OwnRhythmCodec,
  ownQuantile: OwnQuantileCodec,
  fixedDays: FixedDaysCodec,
})

/** The rule that holds where none is named: multiples of the customer's own rhythm. */
export const standardInactivityRule: InactivityRule = { type: 'ownRhythm' }
