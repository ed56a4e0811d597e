// Counts who is new, stays, comes back and goes, from rows of bits. It fills arrays that it made itself.

import { customersOf, type Marks, readMarks } from './cohort-kernel.ts'

/** Counts by period. */
export interface PeriodCounts {
  readonly new: Float64Array
  readonly retained: Float64Array
  readonly resurrected: Float64Array
  readonly churned: Float64Array
}

/**
 * What somebody active in `bit` is, by when they were active last: −1 for never, 0 for before the first period; and by when
 * their account was made, −1 where that isn't known.
 */
const kindOf = (tally: PeriodCounts, bit: number, before: number, created: number): Float64Array => {
  if (before < 0) return created >= 0 && created < bit ? tally.resurrected : tally.new
  return before > 0 && before === bit - 1 ? tally.retained : tally.resurrected
}

const addOne = (tally: Float64Array, bit: number): void => {
  tally[bit - 1] = (tally[bit - 1] as number) + 1
}

/** Adds a customer whose marked bits, in rising order, are `found`; the bit 0 stands for all time before the periods. */
const countCustomer = (
  tally: PeriodCounts,
  found: Int32Array,
  length: number,
  periods: number,
  created: number,
): void => {
  let before = -1
  for (let index = 0; index < length; index += 1) {
    const bit = found[index] as number
    // Who was active and isn't in the next period has gone in that one.
    if (before > 0 && before < periods && bit > before + 1) addOne(tally.churned, before + 1)
    if (bit > 0 && bit <= periods) addOne(kindOf(tally, bit, before, created), bit)
    before = bit
  }
  if (before > 0 && before < periods) addOne(tally.churned, before + 1)
}

/** Counts all customers; `created` has the period of each one's account, or is `null` where first activity makes them new. */
export const countGrowth = (marks: Marks, periods: number, created: Int32Array | null): PeriodCounts => {
  const counts: PeriodCounts = {
    new: new Float64Array(periods),
    retained: new Float64Array(periods),
    resurrected: new Float64Array(periods),
    churned: new Float64Array(periods),
  }
  const found = new Int32Array(periods + 2)
  const customers = customersOf(marks)
  for (let customer = 0; customer < customers; customer += 1) {
    countCustomer(counts, found, readMarks(marks, customer, found), periods, created?.[customer] ?? -1)
  }
  return counts
}
