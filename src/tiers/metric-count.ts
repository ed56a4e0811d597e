/** What is counted of a metric, by the days that decide when it is forgotten. */
import { arrayCodec, CivilDate, type Codec, integerCodec, structCodec } from '../foundation/index.ts'
import { type Metric, MetricId } from './metric.ts'

/** A part of a count. */
export interface CountBucket {
  /**
   * The day on which it was counted where a ladder looks at the last so many days, the first day of the month where
   * months are counted, else the first day of the qualification period; 1 January 1970 where nothing is ever forgotten.
   */
  readonly day: CivilDate
  /** In the metric's unit; below zero where more was taken back than was left after a deduction. */
  readonly count: number
}

/** What is counted of one metric, the earliest part first. */
export interface MetricCount {
  readonly metric: MetricId
  readonly buckets: ReadonlyArray<CountBucket>
}

/** Reads a {@link MetricCount}. */
export const MetricCount: Codec<MetricCount, unknown> = /* @__PURE__ */ structCodec('MetricCount', {
  metric: MetricId,
  buckets: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('CountBucket', {
      day: CivilDate,
      count: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    }),
  ),
})

export const bucketsOf = (counts: ReadonlyArray<MetricCount>, metric: MetricId): ReadonlyArray<CountBucket> =>
  counts.find((one) => one.metric === metric)?.buckets ?? []

/** The figure that buckets come to: their sum, or how many there are where distinct months count. */
export const totalOf = (metric: Metric, buckets: ReadonlyArray<CountBucket>): number => {
  let total = 0
  for (const { count } of buckets) total += metric.of === 'activeMonths' ? (count > 0 ? 1 : 0) : count
  return total
}

/** Counts with the buckets of one metric replaced; a metric without any is not listed. */
export const withBuckets = (
  counts: ReadonlyArray<MetricCount>,
  metric: MetricId,
  buckets: ReadonlyArray<CountBucket>,
): ReadonlyArray<MetricCount> => {
  const [only] = counts
  if (only !== undefined && counts.length === 1 && only.metric === metric && buckets.length > 0) {
    return [{ metric, buckets }]
  }
  const next: Array<MetricCount> = []
  let isThere = false
  for (const one of counts) {
    if (one.metric !== metric) next.push(one)
    else if (buckets.length > 0) next.push({ metric, buckets })
    isThere ||= one.metric === metric
  }
  if (!isThere && buckets.length > 0) next.push({ metric, buckets })
  return next
}

/** Buckets with so much more in one, which is gone when nothing is left in it. */
export const addToBucket = (
  buckets: ReadonlyArray<CountBucket>,
  day: CivilDate,
  added: number,
  least: number,
): ReadonlyArray<CountBucket> => {
  const before = buckets.find((bucket) => bucket.day === day)?.count ?? 0
  const count = Math.min(Number.MAX_SAFE_INTEGER, Math.max(least, before + added))
  if (buckets.length === 1 && buckets[0]?.day === day && count !== 0) return [{ day, count }]
  const next: Array<CountBucket> = []
  for (const bucket of buckets) if (bucket.day < day) next.push(bucket)
  if (count !== 0) next.push({ day, count })
  for (const bucket of buckets) if (bucket.day > day) next.push(bucket)
  return next
}

/** Takes so much out of buckets, the earliest first, and says what was taken of which. */
export const takeFromBuckets = (
  buckets: ReadonlyArray<CountBucket>,
  amount: number,
): { readonly left: ReadonlyArray<CountBucket>; readonly taken: ReadonlyArray<CountBucket> } => {
  const left: Array<CountBucket> = []
  const taken: Array<CountBucket> = []
  let missing = amount
  for (const { day, count } of buckets) {
    const part = Math.min(missing, Math.max(0, count))
    missing -= part
    if (part > 0) taken.push({ day, count: part })
    if (count - part !== 0) left.push({ day, count: count - part })
  }
  return { left, taken }
}
