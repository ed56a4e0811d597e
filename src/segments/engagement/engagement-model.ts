// What counts as engagement, and how much, as data.

import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  nullableCodec,
  numberCodec,
  structCodec,
  unionCodec,
} from '../../foundation/index.ts'
import { shortText } from '../short-text.ts'

/** Something that customers do: visits, minutes, or one kind of action. */
export interface EngagementMeasure {
  readonly name: string
  /** Points for each unit: for each visit, minute or action; at least 0. */
  readonly weight: number
  /** More than so many units of a customer don't count; `null` for no limit. */
  readonly cap: number | null
}

/** The raw points that make a full score of 100: a quantile of the customers, or a fixed number. */
export type FullEngagement =
  | { readonly type: 'quantile'; readonly probability: number; readonly of: 'active' | 'all' }
  | { readonly type: 'fixed'; readonly points: number }

/** What counts as engagement. */
export interface EngagementModel {
  /** 1–50. */
  readonly measures: ReadonlyArray<EngagementMeasure>
  /** How many days count, the last included: 1–3,660. */
  readonly windowDays: number
  /** After how many days a unit counts half; `null` where the whole window counts alike. */
  readonly halfLifeDays: number | null
  /**
   * What a score of 100 is. With the quantile 0.9 the best tenth have 100, and one who does fifty times as much as all
   * others doesn't press their scores to nothing. Those who did nothing are left out of it unless `of` is `'all'`.
   */
  readonly full: FullEngagement
}

const measureName: Codec<string> = /* @__PURE__ */ shortText('MeasureName')

const repeatedNames = ({ measures }: EngagementModel): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return measures.flatMap(({ name }, index) => {
    const repeated = seen.has(name)
    seen.add(name)
    return repeated ? [invalidValue(['measures', index, 'name'], name, 'a name that no other measure has')] : []
  })
}

/**
 * Reads an {@link EngagementModel}.
 *
 * @example
 * ```ts
 * import { decode, EngagementModel } from 'treue'
 *
 * decode(EngagementModel, {
 *   measures: [{ name: 'visit', weight: 1, cap: 30 }, { name: 'review', weight: 10, cap: null }],
 *   windowDays: 90,
 *   halfLifeDays: 30,
 *   full: { type: 'quantile', probability: 0.9, of: 'active' },
 * })._tag // => 'Right'
 * ```
 */
export const EngagementModel: Codec<EngagementModel> = /* @__PURE__ */ constrainCodec<EngagementModel, EngagementModel>(
  /* @__PURE__ */ structCodec('EngagementModel', {
    measures: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('EngagementMeasure', {
        name: measureName,
        weight: /* @__PURE__ */ numberCodec({ min: 0, max: 1e6 }),
        cap: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ numberCodec({ min: 0, max: 1e9 })),
      }),
      { minLength: 1, maxLength: 50 },
    ),
    windowDays: /* @__PURE__ */ integerCodec({ min: 1, max: 3660 }),
    halfLifeDays: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ numberCodec({ min: 0.01, max: 1e6 })),
    full: /* @__PURE__ */ unionCodec('FullEngagement', 'type', {
      quantile: /* @__PURE__ */ structCodec('QuantileEngagement', {
        type: /* @__PURE__ */ literalCodec('quantile'),
        probability: /* @__PURE__ */ numberCodec({ min: 0.01, max: 1 }),
        of: /* @__PURE__ */ literalCodec('active', 'all'),
      }),
      fixed: /* @__PURE__ */ structCodec('FixedEngagement', {
        type: /* @__PURE__ */ literalCodec('fixed'),
        points: /* @__PURE__ */ numberCodec({ min: 1e-6, max: 1e15 }),
      }),
    }),
  }),
  repeatedNames,
)
