// Counts cohorts in two passes over typed arrays, which these kernels make and fill themselves: one over the purchases,
// which marks in a row of bits per customer the periods with a purchase, and one over the customers.

/** The bit of purchases before the first period; that of the period i is i + 1, that of all later ones is the last. */
const before = 0

/** For steps of equal length from the first period's start on, the bit of the period in which each step begins. */
export interface PeriodLookup {
  /** Where each period begins, and where the last one ends, in the unit of the purchases' times. */
  readonly starts: Float64Array
  readonly step: number
  readonly bits: Int32Array
}

export const periodLookup = (starts: Float64Array, step: number): PeriodLookup => {
  const first = starts[0] as number
  const periods = starts.length - 1
  const bits = new Int32Array(Math.ceil(((starts[periods] as number) - first) / step))
  let period = 0
  for (let index = 0; index < bits.length; index += 1) {
    while ((starts[period + 1] as number) <= first + index * step) period += 1
    bits[index] = period + 1
  }
  return { starts, step, bits }
}

/** Rows of bits, one per customer. */
interface Marks {
  readonly words: number
  readonly bits: Int32Array
}

/** Marks by date: every step is a day, in which no second period begins. */
export const markDays = (
  marks: Marks,
  customer: Int32Array,
  day: Int32Array,
  { starts, bits }: PeriodLookup,
  lastDay: number,
): void => {
  const first = starts[0] as number
  const later = starts.length
  const { words, bits: rows } = marks
  for (let row = 0; row < day.length; row += 1) {
    const at = day[row] as number
    if (at > lastDay) continue
    const step = at - first
    const bit = step < 0 ? before : step < bits.length ? (bits[step] as number) : later
    const word = (customer[row] as number) * words + (bit >> 5)
    rows[word] = (rows[word] as number) | (1 << bit)
  }
}

/** Marks by instant: within a step the next period may begin. */
export const markInstants = (
  marks: Marks,
  customer: Int32Array,
  at: Float64Array,
  { starts, step, bits }: PeriodLookup,
  lastInstant: number,
): void => {
  const first = starts[0] as number
  const later = starts.length
  const { words, bits: rows } = marks
  for (let row = 0; row < at.length; row += 1) {
    const time = at[row] as number
    if (time > lastInstant) continue
    let bit = time < first ? before : (bits[Math.floor((time - first) / step)] ?? later)
    while (bit > before && bit < later && time >= (starts[bit] as number)) bit += 1
    const word = (customer[row] as number) * words + (bit >> 5)
    rows[word] = (rows[word] as number) | (1 << bit)
  }
}

/** Words of 32 bits that a customer's periods take, with one bit before them and one after. */
export const wordsFor = (periods: number): number => Math.ceil((periods + 2) / 32)

export const newMarks = (customers: number, periods: number): Marks => {
  const words = wordsFor(periods)
  return { words, bits: new Int32Array(customers * words) }
}

/** Writes a customer's marked bits, in rising order, to `draft`; returns how many. */
const readMarks = ({ words, bits }: Marks, customer: number, draft: Int32Array): number => {
  let found = 0
  for (let word = 0; word < words; word += 1) {
    let rest = bits[customer * words + word] as number
    while (rest !== 0) {
      draft[found] = word * 32 + 31 - Math.clz32(rest & -rest)
      found += 1
      rest &= rest - 1
    }
  }
  return found
}

/** Whose cohort a customer is in: that of the first period ever with a purchase, or that of each period with one. */
export type CohortMembership = 'firstTime' | 'recurring'

/** When a customer counts as retained: with a purchase in that very period, or in it or any later one. */
export type CohortCriterion = 'on' | 'onOrAfter'

/** Counts, per cohort and periods since, in rows of equal length of which the entries past the last period stay 0. */
export interface CohortCounts {
  readonly periods: number
  readonly counts: Float64Array
}

type CountFrom = (table: CohortCounts, found: Int32Array, length: number, member: number) => void

/** Adds one member of the cohort of `found[member]` to each period in which they bought. */
const countOn: CountFrom = ({ periods, counts: tally }, found, length, member) => {
  const cohort = found[member] as number
  const row = (cohort - 1) * periods - cohort
  for (let index = member; index < length; index += 1) {
    const bit = found[index] as number
    if (bit <= periods) (tally[row + bit] as number) += 1
  }
}

/** Adds one member at the last period in which they bought; `spreadBack` counts them in the earlier ones too. */
const countLast: CountFrom = ({ periods, counts: tally }, found, length, member) => {
  const cohort = found[member] as number
  const last = Math.min(found[length - 1] as number, periods)
  ;(tally[(cohort - 1) * periods + last - cohort] as number) += 1
}

const spreadBack = ({ periods, counts: tally }: CohortCounts): void => {
  for (let index = tally.length - 2; index >= 0; index -= 1) {
    if ((index + 1) % periods !== 0) (tally[index] as number) += tally[index + 1] as number
  }
}

/** Adds a customer to the cohorts that they are in: the first `members` of the periods in which they bought. */
const countCustomer = (
  table: CohortCounts,
  found: Int32Array,
  length: number,
  members: number,
  count: CountFrom,
): void => {
  for (let member = 0; member < members; member += 1) {
    const cohort = found[member] as number
    if (cohort !== before && cohort <= table.periods) count(table, found, length, member)
  }
}

export const countCohorts = (
  marks: Marks,
  periods: number,
  membership: CohortMembership,
  criterion: CohortCriterion,
): CohortCounts => {
  const table = { periods, counts: new Float64Array(periods * periods) }
  const count = criterion === 'on' ? countOn : countLast
  const found = new Int32Array(periods + 2)
  for (let customer = 0; customer * marks.words < marks.bits.length; customer += 1) {
    const length = readMarks(marks, customer, found)
    countCustomer(table, found, length, membership === 'firstTime' ? Math.min(length, 1) : length, count)
  }
  if (criterion === 'onOrAfter') spreadBack(table)
  return table
}
