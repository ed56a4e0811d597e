// Rows to fit a risk score to: customers on days of the past, with whether they came back in time after each.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CivilDate,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
} from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import type { NamedColumn } from '../../statistics/index.ts'
import {
  type CustomerFeatures,
  type CustomerFeaturesOptions,
  customerFeatures,
  daysFault,
} from './customer-features.ts'

/** On which days customers are looked at, and when one counts as gone. */
export interface RiskSampleOptions extends Omit<CustomerFeaturesOptions, 'asOf'> {
  /** Days of the past, each giving a row per customer who had bought by then. */
  readonly asOf: ReadonlyArray<CivilDate>
  /** Gone is who buys nothing in so many days after the day. */
  readonly horizonDays: number
  /** The last day of which the log has all purchases. */
  readonly observedUntil: CivilDate
}

/** Rows of customers on days, ready for `logisticRegression`. */
export interface RiskSample {
  /** The customer of each row. */
  readonly customers: ReadonlyArray<string>
  /** The day of each row, as epoch day. */
  readonly days: Int32Array
  /** The figures of `customerFeatures` as of the row's day. */
  readonly columns: ReadonlyArray<NamedColumn>
  /** 1 for who bought nothing within the horizon. */
  readonly outcomes: Uint8Array
  /**
   * Days whose horizon isn't over yet, with how many rows are left out for it. All rows of such a day are: those who have come
   * back already would be the only ones known, and the score would call nobody gone.
   */
  readonly immature: ReadonlyArray<{ readonly asOf: CivilDate; readonly customers: number }>
}

/** Why there are no rows. */
export type RiskSampleFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample>

/** Whether each customer who is known on a day buys again after it. */
const returnsAfter = ({ customers, starts, days }: PurchaseHistories, asOf: CivilDate): ReadonlyMap<string, boolean> =>
  new Map(
    customers.map((customer, index) => {
      const end = starts[index + 1] as number
      return [customer, end > (starts[index] as number) && (days[end - 1] as number) > asOf]
    }),
  )

interface Snapshot {
  readonly asOf: CivilDate
  readonly features: CustomerFeatures
  /** `null` where the horizon isn't over. */
  readonly outcomes: Uint8Array | null
}

const snapshotOf = (
  log: PurchaseLog,
  asOf: CivilDate,
  { horizonDays, observedUntil, asOf: _days, ...features }: RiskSampleOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Snapshot> => {
  const own = customerFeatures(log, { ...features, asOf })
  if (own._tag === 'Left') return own
  const until = (asOf + horizonDays) as CivilDate
  if (until > observedUntil) return { _tag: 'Right', right: { asOf, features: own.right, outcomes: null } }
  const { zone } = features
  const later = purchaseHistories(log, zone === undefined ? { asOf: until } : { asOf: until, zone })
  if (later._tag === 'Left') return { _tag: 'Left', left: [later.left] }
  const returns = returnsAfter(later.right, asOf)
  const outcomes = Uint8Array.from(own.right.customers, (customer) => (returns.get(customer) === true ? 0 : 1))
  return { _tag: 'Right', right: { asOf, features: own.right, outcomes } }
}

const joined = <A extends Float64Array | Uint8Array | Int32Array>(
  into: A,
  parts: ReadonlyArray<ArrayLike<number>>,
): A => {
  let from = 0
  for (const part of parts) {
    into.set(part, from)
    from += part.length
  }
  return into
}

interface MatureSnapshot extends Snapshot {
  readonly outcomes: Uint8Array
}

const isMature = (snapshot: Snapshot): snapshot is MatureSnapshot => snapshot.outcomes !== null

const sampleOf = (snapshots: ReadonlyArray<Snapshot>): RiskSample => {
  const mature = snapshots.filter(isMature)
  const rows = mature.reduce((sum, { outcomes }) => sum + outcomes.length, 0)
  const names = mature[0]?.features.columns.map(({ name }) => name) ?? []
  return {
    customers: mature.flatMap(({ features }) => features.customers),
    days: joined(
      new Int32Array(rows),
      mature.map(({ asOf, outcomes }) => new Int32Array(outcomes.length).fill(asOf)),
    ),
    columns: names.map((name, index) => ({
      name,
      values: joined(
        new Float64Array(rows),
        mature.map(({ features }) => features.columns[index]?.values ?? []),
      ),
    })),
    outcomes: joined(
      new Uint8Array(rows),
      mature.map(({ outcomes }) => outcomes),
    ),
    immature: snapshots
      .filter((snapshot) => !isMature(snapshot))
      .map(({ asOf, features }) => ({ asOf, customers: features.customers.length })),
  }
}

const dayFaults = (asOf: ReadonlyArray<CivilDate>): ReadonlyArray<InvalidValue> => {
  const known = new Set<number>()
  return asOf.flatMap((day, index) => {
    const isNew = Number.isInteger(day) && !known.has(day)
    known.add(day)
    return isNew ? [] : [invalidValue(['asOf', index], day, 'a date, once')]
  })
}

const optionFaults = ({ asOf, horizonDays, observedUntil }: RiskSampleOptions): ReadonlyArray<InvalidValue> => [
  ...dayFaults(asOf),
  ...daysFault('horizonDays', horizonDays),
  ...(Number.isInteger(observedUntil) ? [] : [invalidValue(['observedUntil'], observedUntil, 'a date')]),
]

/**
 * Rows to fit a risk score to: the figures of customers as of days of the past, and whether they bought nothing in the days
 * after each. A customer has a row for each day, so that rows are not independent: the errors of a fit are too small by what
 * they have in common, its probabilities are not.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link RiskSampleOptions}
 * @returns `InvalidValue` for a date, a number of days or a day that comes twice; `EmptySample` where no day has a horizon that is
 * over and a customer.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, riskSample, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-01'), buy('bob', '2026-01-05'), buy('ann', '2026-02-20')]))
 * const sample = unwrap(
 *   riskSample(log, {
 *     asOf: [date('2026-01-31'), date('2026-03-15')],
 *     horizonDays: 30,
 *     observedUntil: date('2026-03-31'),
 *   }),
 * )
 * sample.customers // => ['ann', 'bob']
 * Array.from(sample.outcomes) // => [0, 1]
 * sample.immature.map(({ customers }) => customers) // => [2]
 * ```
 */
export const riskSample = (log: PurchaseLog, options: RiskSampleOptions): Either<RiskSampleFaults, RiskSample> => {
  const [fault, ...rest] = optionFaults(options)
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const snapshots: Array<Snapshot> = []
  for (const asOf of options.asOf) {
    const snapshot = snapshotOf(log, asOf, options)
    if (snapshot._tag === 'Left') return snapshot
    snapshots.push(snapshot.right)
  }
  const sample = sampleOf(snapshots)
  return sample.outcomes.length === 0
    ? { _tag: 'Left', left: [emptySample(['asOf'], 'a day with customers and a horizon that is over')] }
    : { _tag: 'Right', right: sample }
}
