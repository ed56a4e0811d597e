// How the states of silent customers are found, checked once for one customer and for populations.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, decode, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { GapSummary } from '../../retention/index.ts'
import { standardInactivityRule } from '../inactivity/inactivity-rule.ts'
import { isDate } from '../inactivity/own-rhythm.ts'
import { LifecycleRule } from './lifecycle-rule.ts'
import { type PopulationGaps, populationGaps } from './threshold-course.ts'

/** By what a customer's state is told. */
export interface LifecycleMeasure {
  /** `{ type: 'ownRhythm' }` when absent. */
  readonly rule?: LifecycleRule
  /**
   * From `summariseGaps`: the gaps that `'populationQuantile'` lends, which needs them; of a time before the days that are
   * told of, or those of later days would have a say.
   */
  readonly population?: GapSummary
  /**
   * Where `'lapsing'` begins, as a share of the way from the days of risk to those of the end, 0 to 1; 0.5 when absent. With
   * 0 nobody is at risk, with 1 nobody is lapsing.
   */
  readonly lapsingShare?: number
}

/** A measure of which every part is sound. */
export interface CheckedMeasure {
  readonly rule: LifecycleRule
  readonly population: PopulationGaps
  readonly lapsingShare: number
}

const noGaps: PopulationGaps = { lengths: [], shares: new Float64Array(0) }

const populationFaults = (rule: LifecycleRule, population: GapSummary | undefined): ReadonlyArray<InvalidValue> => {
  if (rule.type !== 'populationQuantile') return []
  if (population === undefined || population.days.length === 0) {
    return [invalidValue(['population'], population, 'the gaps of a population, which the rule lends, and not none')]
  }
  const checked = decode(GapSummary, population)
  return checked._tag === 'Left' ? checked.left.map((fault) => ({ ...fault, path: ['population', ...fault.path] })) : []
}

/** What is wrong with the share of the way. */
export const lapsingFaults = ({ lapsingShare = 0.5 }: LifecycleMeasure): ReadonlyArray<InvalidValue> =>
  lapsingShare >= 0 && lapsingShare <= 1 ? [] : [invalidValue(['lapsingShare'], lapsingShare, 'a share from 0 to 1')]

/** What is wrong with the rule, and with the population that it lends from. */
export const ruleFaults = ({
  rule = standardInactivityRule,
  population,
}: LifecycleMeasure): ReadonlyArray<InvalidValue> => {
  const checked = decode(LifecycleRule, rule)
  return checked._tag === 'Left' ? checked.left : populationFaults(checked.right, population)
}

/** The measure with what is absent filled in. */
export const checkMeasure = (
  measure: LifecycleMeasure,
  asOf: CivilDate,
): Either<ReadonlyNonEmptyArray<InvalidValue>, CheckedMeasure> => {
  const [first, ...rest] = [
    ...ruleFaults(measure),
    ...(isDate(asOf) ? [] : [invalidValue(['asOf'], asOf, 'a date')]),
    ...lapsingFaults(measure),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const { rule = standardInactivityRule, population, lapsingShare = 0.5 } = measure
  const gaps = rule.type === 'populationQuantile' && population !== undefined ? populationGaps(population) : noGaps
  return { _tag: 'Right', right: { rule, population: gaps, lapsingShare } }
}
