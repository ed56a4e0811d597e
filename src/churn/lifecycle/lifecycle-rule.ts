// From how much silence on a customer is at risk, lapsing and gone: the rules for inactivity, and one that lends customers
// with few orders the gaps of the population.

import {
  type Codec,
  constrainCodec,
  type InvalidValue,
  literalCodec,
  numberCodec,
  structCodec,
  unionCodec,
} from '../../foundation/index.ts'
import {
  anyMultiple,
  anyProbability,
  FixedDaysCodec,
  type InactivityRule,
  OwnQuantileCodec,
  OwnRhythmCodec,
  risingFaults,
} from '../inactivity/inactivity-rule.ts'

/**
 * Multiples of an upper quantile of the customer's gaps, which is shrunk towards the population's: as if the customer had,
 * besides their own n gaps, k more that are spread as those of the population are. The usual silence is the least number of
 * days within which a share `probability` of these n + k gaps lies. Without a gap of one's own it is the population's
 * quantile; with many it is one's own.
 *
 * Source: T. S. Ferguson, Annals of Statistics 1 (1973): the mean of the distribution under a Dirichlet process.
 */
export interface PopulationQuantileRule {
  readonly type: 'populationQuantile'
  /** At least 0.01, at most 1; 0.9 when absent. */
  readonly probability?: number
  /** How many gaps of the population each customer is lent: k, above 0; 5 when absent. */
  readonly lentGaps?: number
  /** At risk with a silence longer than this multiple; 1 when absent. */
  readonly atRiskMultiple?: number
  /** Gone with a silence longer than this multiple; 2 when absent. */
  readonly churnedMultiple?: number
}

/** From how much silence on a customer is at risk, and when gone. */
export type LifecycleRule = InactivityRule | PopulationQuantileRule

const PopulationQuantileCodec: Codec<PopulationQuantileRule> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec(
    'PopulationQuantileRule',
    { type: /* @__PURE__ */ literalCodec('populationQuantile') },
    {
      probability: anyProbability,
      lentGaps: /* @__PURE__ */ numberCodec({ min: 0.01, max: 10_000 }),
      atRiskMultiple: anyMultiple,
      churnedMultiple: anyMultiple,
    },
  ),
  ({ atRiskMultiple = 1, churnedMultiple = 2 }: PopulationQuantileRule): ReadonlyArray<InvalidValue> =>
    risingFaults('churnedMultiple', atRiskMultiple, churnedMultiple),
)

/**
 * Reads a {@link LifecycleRule}.
 *
 * @example
 * ```ts
 * import { decode, LifecycleRule } from 'treue'
 *
 * decode(LifecycleRule, { type: 'populationQuantile', lentGaps: 3 })._tag // => 'Right'
 * decode(LifecycleRule, { type: 'populationQuantile', lentGaps: 0 })._tag // => 'Left'
 * ```
 */
export const LifecycleRule: Codec<LifecycleRule> = /* @__PURE__ */ unionCodec('LifecycleRule', 'type', {
  ownRhythm: OwnRhythmCodec,
  ownQuantile: OwnQuantileCodec,
  fixedDays: FixedDaysCodec,
  populationQuantile: PopulationQuantileCodec,
})
