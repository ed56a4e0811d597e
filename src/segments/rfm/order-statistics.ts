// Some of the values that a column would have at given places if it were sorted, without sorting it: values are counted in
// buckets, and only the buckets that are asked for are looked into. The loops fill arrays that they made themselves.

/** A column of whole numbers: days, counts, minor units. */
export type NumberColumn = Int32Array | Float64Array

const bucketCount = 65_536

/** Fewer values than that are sorted at once. */
const few = 512

interface Range {
  readonly least: number
  readonly greatest: number
}

const rangeOf = (values: NumberColumn): Range => {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return { least, greatest }
}

/** Buckets of width 1 where these are enough: then each value has one of its own. */
const scaleOf = ({ least, greatest }: Range): number =>
  greatest - least < bucketCount ? 1 : (bucketCount - 1) / (greatest - least)

const countBuckets = (values: NumberColumn, least: number, scale: number): Int32Array => {
  const counts = new Int32Array(bucketCount)
  for (let row = 0; row < values.length; row += 1) {
    const bucket = Math.floor(((values[row] as number) - least) * scale)
    counts[bucket] = (counts[bucket] as number) + 1
  }
  return counts
}

/** Places of a column that lie in one bucket, counted from the first place of that bucket. */
interface AskedBucket {
  readonly bucket: number
  readonly size: number
  readonly places: Array<number>
}

/** The buckets in which places lie that are in rising order. */
const bucketsOf = (counts: Int32Array, places: ReadonlyArray<number>): ReadonlyArray<AskedBucket> => {
  const asked: Array<AskedBucket> = []
  let bucket = 0
  let before = 0
  for (const place of places) {
    while (before + (counts[bucket] as number) <= place) {
      before += counts[bucket] as number
      bucket += 1
    }
    const last = asked[asked.length - 1]
    if (last?.bucket === bucket) last.places.push(place - before)
    else asked.push({ bucket, size: counts[bucket] as number, places: [place - before] })
  }
  return asked
}

const gather = (
  values: NumberColumn,
  least: number,
  scale: number,
  asked: ReadonlyArray<AskedBucket>,
): ReadonlyArray<Float64Array> => {
  const numberOf = new Int8Array(bucketCount).fill(-1)
  asked.forEach(({ bucket }, index) => {
    numberOf[bucket] = index
  })
  const found = asked.map(({ size }) => new Float64Array(size))
  const filled = new Int32Array(asked.length)
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    const index = numberOf[Math.floor((value - least) * scale)] as number
    if (index < 0) continue
    const slot = filled[index] as number
    ;(found[index] as Float64Array)[slot] = value
    filled[index] = slot + 1
  }
  return found
}

const fromBuckets = (values: NumberColumn, places: ReadonlyArray<number>, range: Range): ReadonlyArray<number> => {
  const { least } = range
  const scale = scaleOf(range)
  const asked = bucketsOf(countBuckets(values, least, scale), places)
  if (scale === 1) return asked.flatMap(({ bucket, places: own }) => own.map(() => least + bucket))
  const gathered = gather(values, least, scale, asked)
  return asked.flatMap(({ places: own }, index) => orderStatistics(gathered[index] as Float64Array, own))
}

/**
 * The values at places of the sorted column.
 *
 * The range of what is looked into shrinks 65,535-fold from step to step, so that there are four steps at most.
 *
 * @param values whole numbers in any order, at least one
 * @param places in rising order, from 0 to the last; at most 100
 */
export const orderStatistics = (values: NumberColumn, places: ReadonlyArray<number>): ReadonlyArray<number> => {
  if (values.length <= few) {
    const sorted = values.slice().sort()
    return places.map((place) => sorted[place] as number)
  }
  const range = rangeOf(values)
  return range.least === range.greatest ? places.map(() => range.least) : fromBuckets(values, places, range)
}
