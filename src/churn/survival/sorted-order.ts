/* eslint-disable no-param-reassign -- counts and scatters into the arrays that it made itself */
/** The order of numbers, by their bits: much faster than a sort with a comparison. */

const digitBits = 16
const digits = 1 << digitBits

/** The bits of finite numbers such that whole numbers without a sign rise as the numbers do: low words, then high words. */
const risingWords = (values: Float64Array): readonly [low: Uint32Array, high: Uint32Array] => {
  const { length } = values
  const words = new Uint32Array(new Float64Array(values).buffer)
  const low = new Uint32Array(length)
  const high = new Uint32Array(length)
  for (let row = 0; row < length; row += 1) {
    const isZero = values[row] === 0
    const top = isZero ? 0 : (words[2 * row + 1] as number)
    const flip = top >>> 31 === 1 ? 0xffffffff : 0
    low[row] = ((words[2 * row] as number) ^ flip) >>> 0
    high[row] = (top ^ (flip | 0x80000000)) >>> 0
  }
  return [low, high]
}

/** One pass of a radix sort; `undefined` where all have the same digit. */
const passed = (
  order: Uint32Array,
  words: Uint32Array,
  shift: number,
  counts: Uint32Array,
): Uint32Array | undefined => {
  counts.fill(0)
  for (let row = 0; row < words.length; row += 1) {
    const digit = ((words[row] as number) >>> shift) & (digits - 1)
    ;(counts[digit] as number) += 1
  }
  const first = ((words[0] as number) >>> shift) & (digits - 1)
  if (counts[first] === words.length) return undefined
  for (let digit = 0, sum = 0; digit < digits; digit += 1) {
    const count = counts[digit] as number
    counts[digit] = sum
    sum += count
  }
  const next = new Uint32Array(order.length)
  for (const row of order) {
    const digit = ((words[row] as number) >>> shift) & (digits - 1)
    next[counts[digit] as number] = row
    ;(counts[digit] as number) += 1
  }
  return next
}

const fewRows = 2000

/** The indices of finite numbers in rising order of the numbers; equal ones in the order of their indices. */
export const sortedOrder = (values: Float64Array): Uint32Array => {
  const indices = Uint32Array.from(values.keys())
  if (values.length < fewRows) {
    return indices.sort((first, second) => (values[first] as number) - (values[second] as number) || first - second)
  }
  const [low, high] = risingWords(values)
  const counts = new Uint32Array(digits)
  let order: Uint32Array = indices
  for (const words of [low, high]) {
    for (const shift of [0, digitBits]) order = passed(order, words, shift, counts) ?? order
  }
  return order
}

/** Indices in an order, put together by their group, from 0 on; within a group they keep the order. */
export const groupedOrder = (order: Uint32Array, groups: Uint32Array, count: number): Uint32Array => {
  const next = new Uint32Array(count)
  for (const group of groups) if (group + 1 < count) (next[group + 1] as number) += 1
  for (let group = 1; group < count; group += 1) (next[group] as number) += next[group - 1] as number
  const grouped = new Uint32Array(order.length)
  for (const row of order) {
    const group = groups[row] as number
    grouped[next[group] as number] = row
    ;(next[group] as number) += 1
  }
  return grouped
}
