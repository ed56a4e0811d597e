// How values become scores: which cuts part them, as data, and where quantiles of a population put the cuts.

import { isLeft } from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  numberCodec,
  type Path,
  structCodec,
  unionCodec,
} from '../../foundation/index.ts'
import { quantile } from '../../statistics/index.ts'

/** Parts of the population that are as large as equal values allow: five of them are quintiles. */
export interface EqualBands {
  readonly type: 'equal'
  /** 2–10. */
  readonly bins: number
}

/** Parts of the population of chosen sizes: 0.5, 0.8 and 0.95 set the best twentieth apart. */
export interface QuantileBands {
  readonly type: 'quantiles'
  /** Rising, each above 0 and below 1; one to nine. */
  readonly probabilities: ReadonlyArray<number>
}

/** Fixed cuts, which mean the same for every population: days, orders, or minor units. */
export interface FixedBands {
  readonly type: 'fixed'
  /** Rising; one to nine. A value that equals a cut lies below it. */
  readonly cuts: ReadonlyArray<number>
}

/** Where one score ends and the next begins. */
export type ScoreBands = EqualBands | QuantileBands | FixedBands

const mostBins = 10

const risingFaults = (name: string, values: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  values.flatMap((value, at) => {
    const previous = values[at - 1] ?? Number.NEGATIVE_INFINITY
    return value > previous ? [] : [invalidValue([name, at], value, `more than ${previous}`)]
  })

const bandFaults = (bands: ScoreBands): ReadonlyArray<InvalidValue> => {
  if (bands.type === 'equal') return []
  return bands.type === 'fixed' ? risingFaults('cuts', bands.cuts) : risingFaults('probabilities', bands.probabilities)
}

/**
 * Reads {@link ScoreBands}.
 *
 * @example
 * ```ts
 * import { decode, ScoreBands } from 'treue'
 *
 * decode(ScoreBands, { type: 'equal', bins: 5 })._tag // => 'Right'
 * decode(ScoreBands, { type: 'fixed', cuts: [30, 30] })._tag // => 'Left'
 * ```
 */
export const ScoreBands: Codec<ScoreBands> = /* @__PURE__ */ constrainCodec<ScoreBands, ScoreBands>(
  /* @__PURE__ */ unionCodec('ScoreBands', 'type', {
    equal: /* @__PURE__ */ structCodec('EqualBands', {
      type: /* @__PURE__ */ literalCodec('equal'),
      bins: /* @__PURE__ */ integerCodec({ min: 2, max: mostBins }),
    }),
    quantiles: /* @__PURE__ */ structCodec('QuantileBands', {
      type: /* @__PURE__ */ literalCodec('quantiles'),
      probabilities: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ numberCodec({ min: 1e-9, max: 1 - 1e-9 }), {
        minLength: 1,
        maxLength: mostBins - 1,
      }),
    }),
    fixed: /* @__PURE__ */ structCodec('FixedBands', {
      type: /* @__PURE__ */ literalCodec('fixed'),
      cuts: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ numberCodec(), { minLength: 1, maxLength: mostBins - 1 }),
    }),
  }),
  bandFaults,
)

const probabilitiesOf = (bands: EqualBands | QuantileBands): ReadonlyArray<number> =>
  bands.type === 'quantiles'
    ? bands.probabilities
    : Array.from({ length: bands.bins - 1 }, (_, index) => (index + 1) / bands.bins)

/** Values of a population by their place in its order; places are asked for in rising order. */
export interface OrderedPopulation {
  readonly size: number
  readonly at: (places: ReadonlyArray<number>) => ReadonlyArray<number>
}

/** Type 7 between two neighbours is the quantile of the two. */
const between = (low: number, high: number, share: number): number => {
  const found = quantile([low, high], share)
  return isLeft(found) ? low : found.right
}

const quantilesOf = (population: OrderedPopulation, probabilities: ReadonlyArray<number>): ReadonlyArray<number> => {
  const last = population.size - 1
  const positions = probabilities.map((probability) => last * probability)
  const places = positions.flatMap((position) => [Math.floor(position), Math.min(last, Math.floor(position) + 1)])
  const rising = Array.from(new Set(places)).sort((a, b) => a - b)
  const values = population.at(rising)
  const valueAt = new Map(rising.map((place, index) => [place, values[index] as number]))
  return positions.map((position) => {
    const below = Math.floor(position)
    const low = valueAt.get(below) as number
    return between(low, valueAt.get(Math.min(last, below + 1)) as number, position - below)
  })
}

/** The cuts of bands: those given, or the quantiles of type 7 of a population that isn't empty. */
export const cutsOf = (bands: ScoreBands, population: OrderedPopulation): ReadonlyArray<number> =>
  bands.type === 'fixed' ? bands.cuts : quantilesOf(population, probabilitiesOf(bands))

/** What keeps bands from having cuts. */
export const bandPopulationFaults = (
  bands: ScoreBands,
  population: OrderedPopulation,
  path: Path,
): ReadonlyArray<EmptySample> =>
  bands.type === 'fixed' || population.size > 0 ? [] : [emptySample(path, 'at least one customer')]

/** How many cuts lie strictly below a value: equal values always get equal scores. */
export const cutsBelow = (cuts: ReadonlyArray<number>, value: number): number => {
  let below = 0
  for (let index = 0; index < cuts.length; index += 1) if ((cuts[index] as number) < value) below += 1
  return below
}
