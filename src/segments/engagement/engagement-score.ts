// One figure of how much each customer uses what there is: frequency, time and actions, weighted, fading with age, and scaled
// to 0–100. The loops fill arrays that they made themselves.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  CivilDate,
  decode,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { quantile } from '../../statistics/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'
import { EngagementModel } from './engagement-model.ts'

/** Something that a customer did on a day. */
export interface UsageRow {
  readonly customer: string
  readonly day: CivilDate
  /** The name of a measure. */
  readonly measure: string
  /** How many visits, minutes or actions; at least 0. */
  readonly amount: number
}

/** What customers did, as columns. */
export interface UsageColumns {
  /** The id of each customer index; may have customers who did nothing. */
  readonly customers: ReadonlyArray<string>
  readonly customer: Int32Array
  /** Epoch days. */
  readonly day: Int32Array
  /** Of each row, the index of a measure of the model. */
  readonly measure: Uint8Array
  readonly amount: Float64Array
}

/** Everything that is wrong with usage or a model. */
export type EngagementFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample | ZeroDenominator>

const isAmount = (amount: number): boolean => amount >= 0 && amount <= 1e12

const fieldFaults = (
  { customer, day, measure, amount }: UsageRow,
  row: number,
  measures: ReadonlyMap<string, number>,
): ReadonlyArray<InvalidValue> => [
  ...(typeof customer !== 'string' || customer === ''
    ? [invalidValue([row, 'customer'], customer, 'an id that is not empty')]
    : []),
  ...(CivilDate.is(day) ? [] : [invalidValue([row, 'day'], day, 'a date')]),
  ...(measures.has(measure) ? [] : [invalidValue([row, 'measure'], measure, 'the name of a measure of the model')]),
  ...(isAmount(amount) ? [] : [invalidValue([row, 'amount'], amount, 'a number from 0 to 1e12')]),
]

const usageFaults = (
  row: Partial<UsageRow> | null | undefined,
  index: number,
  measures: ReadonlyMap<string, number>,
): ReadonlyArray<InvalidValue> =>
  typeof row === 'object' && row !== null
    ? fieldFaults(row as UsageRow, index, measures)
    : [invalidValue([index], row, 'a row of usage')]

const indexesOf = (names: ReadonlyArray<string>): ReadonlyMap<string, number> =>
  new Map(names.map((name, index) => [name, index]))

/**
 * Turns what customers did into columns.
 *
 * @param model whose measures the rows name
 * @param rows in any order
 * @param customers ids that come first, such as of all customers, so that those who did nothing have a score too
 * @returns `InvalidValue` for everything that is wrong with any row, at its index and field.
 * @example
 * ```ts
 * import { type CivilDate, encodeUsage, unwrap } from 'treue'
 *
 * const measures = [{ name: 'visit', weight: 1, cap: null }]
 * const rows = [{ customer: 'ann', day: 20_000 as CivilDate, measure: 'visit', amount: 2 }]
 * unwrap(encodeUsage({ measures }, rows, ['bob'])).customers // => ['bob', 'ann']
 * ```
 */
export const encodeUsage = (
  model: Pick<EngagementModel, 'measures'>,
  rows: ReadonlyArray<UsageRow>,
  customers: ReadonlyArray<string> = [],
): Either<ReadonlyNonEmptyArray<InvalidValue>, UsageColumns> => {
  const measures = indexesOf(model.measures.map(({ name }) => name))
  const faults = rows.flatMap((row, index) => usageFaults(row, index, measures))
  return unlessFaulty(faults, () => {
    const ids = Array.from(new Set([...customers, ...rows.map(({ customer }) => customer)]))
    const indexes = indexesOf(ids)
    return {
      customers: ids,
      customer: Int32Array.from(rows, ({ customer }) => indexes.get(customer) as number),
      day: Int32Array.from(rows, ({ day }) => day),
      measure: Uint8Array.from(rows, ({ measure }) => measures.get(measure) as number),
      amount: Float64Array.from(rows, ({ amount }) => amount),
    }
  })
}

/** How much a unit still counts by its age in days. */
const fadingOf = ({ windowDays, halfLifeDays }: EngagementModel): Float64Array =>
  Float64Array.from({ length: windowDays }, (_, age) => (halfLifeDays === null ? 1 : 2 ** (-age / halfLifeDays)))

/** The faded amounts, a row of measures for each customer. */
const amountsOf = (model: EngagementModel, usage: UsageColumns, asOf: CivilDate): Float64Array => {
  const { customers, customer, day, measure, amount } = usage
  const fading = fadingOf(model)
  const width = model.measures.length
  const amounts = new Float64Array(customers.length * width)
  for (let row = 0; row < day.length; row += 1) {
    const counts = fading[asOf - (day[row] as number)]
    if (counts === undefined) continue
    const at = (customer[row] as number) * width + (measure[row] as number)
    amounts[at] = (amounts[at] as number) + (amount[row] as number) * counts
  }
  return amounts
}

/** What one measure adds to a customer's points. */
export interface EngagementPart {
  readonly measure: string
  /** Units, each counted as its age says. */
  readonly amount: number
  /** Those that count: no more than the cap. */
  readonly counted: number
  /** `counted` × the weight of the measure. */
  readonly points: number
}

const partOf = ({ measures }: EngagementModel, index: number, amount: number): EngagementPart => {
  const { name, weight, cap } = measures[index] as EngagementModel['measures'][number]
  const counted = cap === null ? amount : Math.min(amount, cap)
  return { measure: name, amount, counted, points: counted * weight }
}

const pointsOf = (model: EngagementModel, amounts: Float64Array, customer: number): number => {
  const width = model.measures.length
  let points = 0
  for (let index = 0; index < width; index += 1) {
    points += partOf(model, index, amounts[customer * width + index] as number).points
  }
  return points
}

const fullOf = (
  { full }: EngagementModel,
  raw: Float64Array,
): Either<EmptySample | InvalidValue | ZeroDenominator, number> => {
  if (full.type === 'fixed') return right(full.points)
  const population = full.of === 'all' ? raw : raw.filter((points) => points > 0)
  if (population.length === 0) return left(emptySample([], 'at least one customer who did something'))
  const found = quantile(population, full.probability)
  if (isLeft(found)) return left(invalidValue([], full.probability, 'points that a number can hold'))
  return found.right > 0
    ? found
    : left(zeroDenominator(['full'], 'a quantile above 0: fewer customers who did nothing, or a higher probability'))
}

/** The engagement of each customer; an entry per customer index in each column. */
export interface EngagementScores {
  readonly customers: ReadonlyArray<string>
  /** Points: amounts × weights. */
  readonly raw: Float64Array
  /** The points that make 100. */
  readonly full: number
  /** 0–100. */
  readonly score: Float64Array
}

const dateFaults = (asOf: CivilDate): ReadonlyArray<InvalidValue> =>
  CivilDate.is(asOf) ? [] : [invalidValue(['asOf'], asOf, 'a date')]

const measureFaults = (model: EngagementModel, { measure }: UsageColumns): ReadonlyArray<InvalidValue> => {
  const row = measure.findIndex((index) => index >= model.measures.length)
  return row < 0 ? [] : [invalidValue(['measure', row], measure[row], `an index below ${model.measures.length}`)]
}

const faultsOf = (model: EngagementModel, usage: UsageColumns, asOf: CivilDate): ReadonlyArray<InvalidValue> => {
  const checked = decode(EngagementModel, model)
  return [
    ...(isLeft(checked) ? checked.left : []),
    ...dateFaults(asOf),
    ...(isLeft(checked) ? [] : measureFaults(model, usage)),
  ]
}

/** The amounts that count of each measure, one per customer: faded and capped. */
export const countedAmounts = (
  model: EngagementModel,
  usage: UsageColumns,
  asOf: CivilDate,
): Either<ReadonlyNonEmptyArray<InvalidValue>, ReadonlyMap<string, Float64Array>> =>
  unlessFaulty(faultsOf(model, usage, asOf), () => {
    const amounts = amountsOf(model, usage, asOf)
    const width = model.measures.length
    return new Map(
      model.measures.map(({ name }, index) => [
        name,
        Float64Array.from(
          usage.customers,
          (_, customer) => partOf(model, index, amounts[customer * width + index] as number).counted,
        ),
      ]),
    )
  })

/**
 * The engagement of each customer as of a day, from 0 to 100.
 *
 * Sources: Accoil (counts × weights, capped at the ninth decile).
 *
 * @param model what counts, and how much
 * @param usage from {@link encodeUsage} by the same model
 * @param asOf the last day that counts
 * @returns `InvalidValue` for what is wrong with the model or the date, `EmptySample` where nobody did anything to take a
 * quantile of, `ZeroDenominator` where that quantile is 0.
 * @example
 * ```ts
 * import { type CivilDate, type EngagementModel, encodeUsage, engagementScores, unwrap } from 'treue'
 *
 * const model: EngagementModel = {
 *   measures: [{ name: 'visit', weight: 1, cap: 20 }, { name: 'review', weight: 10, cap: null }],
 *   windowDays: 90,
 *   halfLifeDays: 30,
 *   full: { type: 'fixed', points: 40 },
 * }
 * const did = (customer: string, daysAgo: number, measure: string, amount: number) => ({
 *   customer,
 *   day: (20_000 - daysAgo) as CivilDate,
 *   measure,
 *   amount,
 * })
 * const usage = unwrap(encodeUsage(model, [did('ann', 0, 'visit', 50), did('bob', 30, 'review', 1)]))
 * Array.from(unwrap(engagementScores(model, usage, 20_000 as CivilDate)).score) // => [50, 12.5]
 * ```
 */
export const engagementScores = (
  model: EngagementModel,
  usage: UsageColumns,
  asOf: CivilDate,
): Either<EngagementFaults, EngagementScores> => {
  const checked = unlessFaulty(faultsOf(model, usage, asOf), () => amountsOf(model, usage, asOf))
  if (isLeft(checked)) return checked
  const raw = Float64Array.from(usage.customers, (_, customer) => pointsOf(model, checked.right, customer))
  const full = fullOf(model, raw)
  if (isLeft(full)) return left([full.left])
  const score = raw.map((points) => Math.min(100, (100 * points) / full.right))
  return right({ customers: usage.customers, raw, full: full.right, score })
}

/** Why a customer has the points that they have. */
export interface EngagementExplanation {
  /** The sum of the parts. */
  readonly raw: number
  readonly parts: ReadonlyArray<EngagementPart>
}

/**
 * What each measure adds to a customer's points.
 *
 * @param model what counts, and how much
 * @param usage from {@link encodeUsage} by the same model
 * @param asOf the last day that counts
 * @param customer an id
 * @returns `InvalidValue` for what is wrong with the model or the date, and for a customer that isn't there.
 * @example
 * ```ts
 * import { type CivilDate, encodeUsage, explainEngagement, unwrap } from 'treue'
 *
 * const model = {
 *   measures: [{ name: 'visit', weight: 2, cap: 20 }],
 *   windowDays: 90,
 *   halfLifeDays: null,
 *   full: { type: 'fixed', points: 100 },
 * } as const
 * const asOf = 20_000 as CivilDate
 * const usage = unwrap(encodeUsage(model, [{ customer: 'ann', day: asOf, measure: 'visit', amount: 50 }]))
 * unwrap(explainEngagement(model, usage, asOf, 'ann')).parts
 * // => [{ measure: 'visit', amount: 50, counted: 20, points: 40 }]
 * ```
 */
export const explainEngagement = (
  model: EngagementModel,
  usage: UsageColumns,
  asOf: CivilDate,
  customer: string,
): Either<ReadonlyNonEmptyArray<InvalidValue>, EngagementExplanation> => {
  const index = usage.customers.indexOf(customer)
  const faults = [
    ...faultsOf(model, usage, asOf),
    ...(index < 0 ? [invalidValue(['customer'], customer, 'the id of a customer')] : []),
  ]
  return unlessFaulty(faults, () => {
    const amounts = amountsOf(model, usage, asOf)
    const width = model.measures.length
    const parts = model.measures.map((_, at) => partOf(model, at, amounts[index * width + at] as number))
    return { raw: parts.reduce((sum, { points }) => sum + points, 0), parts }
  })
}

/**
 * The engagement of a whole population by those who are active: points for each active customer.
 *
 * @param points of all together, at least 0
 * @param active how many customers were active
 * @param scale what the result is multiplied with, 1 when absent
 * @returns `ZeroDenominator` where nobody was active, `OutOfRange` for points below 0, a count that is none, or a scale that
 * isn't above 0.
 * @example
 * ```ts
 * import { engagementPerActive, unwrap } from 'treue'
 *
 * unwrap(engagementPerActive(19_900, 22_000, 10)).toFixed(2) // => '9.05'
 * ```
 */
export const engagementPerActive = (
  points: number,
  active: number,
  scale: number = 1,
): Either<ZeroDenominator | OutOfRange, number> => {
  if (!(points >= 0 && points <= 1e300)) return left(outOfRange(['points'], points, 'a number from 0 to 1e300'))
  if (!(Number.isSafeInteger(active) && active >= 0)) {
    return left(outOfRange(['active'], active, 'a whole number from 0'))
  }
  if (!(scale > 0 && scale <= 1e6)) return left(outOfRange(['scale'], scale, 'a number above 0, at most 1e6'))
  return active === 0
    ? left(zeroDenominator(['active'], 'at least one active customer'))
    : right((points / active) * scale)
}
