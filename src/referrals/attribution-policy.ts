/** By which rule a conversion is credited to touches, as data. */
import {
  type Codec,
  Duration,
  integerCodec,
  literalCodec,
  nullableCodec,
  refineCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'

/** The first touch has all the credit. */
export interface FirstTouchModel {
  readonly type: 'first'
}

/** The last touch has all the credit. */
export interface LastTouchModel {
  readonly type: 'last'
}

/** A code beats every link (S48). */
export interface CodeFirstModel {
  readonly type: 'codeFirst'
  /** Which of several codes, or of several links where there is no code. */
  readonly among: 'first' | 'last'
}

/** The touch of the highest priority has all the credit. */
export interface PriorityModel {
  readonly type: 'priority'
  /** Which of several of that priority. */
  readonly among: 'first' | 'last'
}

/**
 * The first and the last touch have a share each, those between them share the rest evenly. With two touches the middle
 * has nobody, with one touch that has everything.
 */
export interface PositionWeightedModel {
  readonly type: 'positionWeighted'
  readonly first: number
  readonly middle: number
  readonly last: number
}

/** The credit of a touch halves with each half-life that it is older than the newest. */
export interface TimeDecayModel {
  readonly type: 'timeDecay'
  readonly halfLife: Duration
}

/** How credit is given. */
export type AttributionModel =
  | FirstTouchModel
  | LastTouchModel
  | CodeFirstModel
  | PriorityModel
  | PositionWeightedModel
  | TimeDecayModel

/** The rule by which a conversion is credited. */
export interface AttributionPolicy {
  readonly model: AttributionModel
  /** How long a touch can be credited: a conversion at its very end is too late (S48). */
  readonly window: Duration
  /** How long a link is remembered at all, which is something else; `null`: as long as the window. Codes need no cookie. */
  readonly cookieLife: Duration | null
}

const among = /* @__PURE__ */ literalCodec('first', 'last')
const weight = /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000 })

/** A duration that is not nothing. */
const Lasting: Codec<Duration> = /* @__PURE__ */ refineCodec(
  Duration,
  'LastingDuration',
  'a duration of at least 1',
  ({ amount }) => amount > 0,
)

const PositionWeighted: Codec<PositionWeightedModel> = /* @__PURE__ */ refineCodec(
  /* @__PURE__ */ structCodec('PositionWeightedModel', {
    type: /* @__PURE__ */ literalCodec('positionWeighted'),
    first: weight,
    middle: weight,
    last: weight,
  }),
  'PositionWeightedModel',
  'weights with at least 1 for the first or the last touch',
  ({ first, last }) => first + last > 0,
)

const Model: Codec<AttributionModel, unknown> = /* @__PURE__ */ unionCodec('AttributionModel', 'type', {
  first: /* @__PURE__ */ structCodec('FirstTouchModel', { type: /* @__PURE__ */ literalCodec('first') }),
  last: /* @__PURE__ */ structCodec('LastTouchModel', { type: /* @__PURE__ */ literalCodec('last') }),
  codeFirst: /* @__PURE__ */ structCodec('CodeFirstModel', {
    type: /* @__PURE__ */ literalCodec('codeFirst'),
    among,
  }),
  priority: /* @__PURE__ */ structCodec('PriorityModel', { type: /* @__PURE__ */ literalCodec('priority'), among }),
  positionWeighted: PositionWeighted,
  timeDecay: /* @__PURE__ */ structCodec('TimeDecayModel', {
    type: /* @__PURE__ */ literalCodec('timeDecay'),
    halfLife: Lasting,
  }),
})

/**
 * Reads an {@link AttributionPolicy}.
 *
 * @example
 * ```ts
 * import { AttributionPolicy, decode } from 'treue'
 *
 * const window = { amount: 720, unit: 'hour' }
 * decode(AttributionPolicy, { model: { type: 'last' }, window, cookieLife: { amount: 1, unit: 'year' } })._tag
 * // => 'Right'
 * ```
 */
export const AttributionPolicy: Codec<AttributionPolicy, unknown> = /* @__PURE__ */ structCodec('AttributionPolicy', {
  model: Model,
  window: Duration,
  cookieLife: /* @__PURE__ */ nullableCodec(Duration),
})
