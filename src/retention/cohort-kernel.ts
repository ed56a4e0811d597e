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
export interface Marks {
  readonly words: number
  readonly bits: Int32Array
}

/** The bit of a date: every step is a day, in which no second period begins. */
const bitOfDay = ({ starts, bits }: PeriodLookup, at: number): number => {
  const step = at - (starts[0] as number)
  if (step < 0) return before
  return step < bits.length ? (bits[step] as number) : starts.length
}

/** The bit of an instant: within a step the next period may begin. */
const bitOfInstant = ({ starts, step, bits }: PeriodLookup, time: number): number => {
  const first = starts[0] as number
  const later = starts.length
  let bit = time < first ? before : (bits[Math.floor((time - first) / step)] ?? later)
  while (bit > before && bit < later && time >= (starts[bit] as number)) bit += 1
  return bit
}

/** Marks by date. All numbers of the loop are 32-bit integers, which is half of its speed. */
export const markDays = (
  marks: Marks,
  customer: Int32Array,
  day: Int32Array,
  { starts, bits }: PeriodLookup,
  lastDay: number,
): void => {
  const { words, bits: rows } = marks
  const first = (starts[0] as number) | 0
  const last = Math.min(lastDay, 2_147_483_647) | 0
  const later = starts.length | 0
  const steps = bits.length | 0
  for (let row = 0; row < day.length; row += 1) {
    const at = day[row] as number
    if (at > last) continue
    const step = (at - first) | 0
    let bit = later
    if (step < steps) bit = step < 0 ? before : (bits[step] as number)
    const word = (Math.imul(customer[row] as number, words) + (bit >> 5)) | 0
    rows[word] = (rows[word] as number) | (1 << bit)
  }
}

/** Marks by instant. */
export const markInstants = (
  marks: Marks,
  customer: Int32Array,
  at: Float64Array,
  lookup: PeriodLookup,
  lastInstant: number,
): void => {
  const { words, bits: rows } = marks
  for (let row = 0; row < at.length; row += 1) {
    const time = at[row] as number
    if (time > lastInstant) continue
    const bit = bitOfInstant(lookup, time)
    const word = (customer[row] as number) * words + (bit >> 5)
    rows[word] = (rows[word] as number) | (1 << bit)
  }
}

/** The bit of each row; −1 for what comes after the last known time. */
export const rowBits = (times: Int32Array | Float64Array, lookup: PeriodLookup, last: number): Int32Array => {
  const bits = new Int32Array(times.length)
  const bitOf = times instanceof Int32Array ? bitOfDay : bitOfInstant
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] as number
    bits[row] = time > last ? -1 : bitOf(lookup, time)
  }
  return bits
}

/** Words of 32 bits that a customer's periods take, with one bit before them and one after. */
export const wordsFor = (periods: number): number => Math.ceil((periods + 2) / 32)

export const newMarks = (customers: number, periods: number): Marks => {
  const words = wordsFor(periods)
  return { words, bits: new Int32Array(customers * words) }
}

export const customersOf = ({ words, bits }: Marks): number => bits.length / words

/** Writes a customer's marked bits, in rising order, to `draft`; returns how many. */
export const readMarks = ({ words, bits }: Marks, customer: number, draft: Int32Array): number => {
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

/**
 * When a customer counts as retained in a period: with a return in that very period; in it or any later one; in it or any
 * since they began, the first period itself left out where a return is another event of the same kind; or in each of the
 * periods since they began, without a gap. The first period's own cell is by its own returns.
 */
export type CohortCriterion = 'on' | 'onOrAfter' | 'onOrBefore' | 'streak'

/** Counts, per cohort and periods since, in rows of equal length of which the entries past the last period stay 0. */
export interface CohortCounts {
  readonly periods: number
  readonly sizes: Float64Array
  readonly counts: Float64Array
}

/** What a count is made of: the returns of one member from their cohort's period on, and where in the row they go. */
type CountFrom = (
  tally: Float64Array,
  found: Int32Array,
  first: number,
  length: number,
  row: number,
  periods: number,
) => void

const addOne = (tally: Float64Array, index: number): void => {
  tally[index] = (tally[index] as number) + 1
}

/** Adds a member to each period with a return. */
const countOn: CountFrom = (tally, found, first, length, row, periods) => {
  for (let index = first; index < length; index += 1) {
    const bit = found[index] as number
    if (bit <= periods) addOne(tally, row + bit)
  }
}

/** Adds a member at the last period with a return; `spreadBack` counts them in the earlier ones too. */
const countLast: CountFrom = (tally, found, first, length, row, periods) => {
  if (first < length) addOne(tally, row + Math.min(found[length - 1] as number, periods))
}

/** Adds a member at the first period with a return after that of the cohort; `spreadOn` counts them in later ones too. */
const countNext: CountFrom = (tally, found, first, length, row, periods) => {
  if (first < length && (found[first] as number) <= periods) addOne(tally, row + (found[first] as number))
}

const spreadBack = ({ periods, counts: tally }: CohortCounts): void => {
  for (let index = tally.length - 2; index >= 0; index -= 1) {
    if ((index + 1) % periods !== 0) tally[index] = (tally[index] as number) + (tally[index + 1] as number)
  }
}

/** Sums up from the column on; where that is the second, the first one stays apart. */
const spreadOn = ({ periods, counts: tally }: CohortCounts, from: number): void => {
  for (let cohort = 0; cohort < periods; cohort += 1) {
    for (let offset = from + 1; offset < periods - cohort; offset += 1) {
      const index = cohort * periods + offset
      tally[index] = (tally[index] as number) + (tally[index - 1] as number)
    }
  }
}

/** How many periods after that of the cohort have a return, without a gap. */
const streakLength = (found: Int32Array, first: number, length: number, cohort: number): number => {
  let index = first < length && found[first] === cohort ? first + 1 : first
  let streak = 0
  while (index < length && found[index] === cohort + streak + 1) {
    index += 1
    streak += 1
  }
  return streak
}

/** Adds the members of one cohort among a customer's returns. */
export interface CohortCounter {
  readonly table: CohortCounts
  readonly criterion: CohortCriterion
  /** Whether returns are events of their own kind: then the first period needs one too. */
  readonly apart: boolean
}

const countByCriterion: Readonly<Record<'on' | 'onOrAfter', CountFrom>> = { on: countOn, onOrAfter: countLast }

/** Where a member's cells are: that of a period is at `row + period`. */
const rowOf = ({ periods }: CohortCounts, cohort: number): number => (cohort - 1) * periods - cohort

const countStreak = (table: CohortCounts, returns: Int32Array, first: number, length: number, cohort: number): void => {
  const { periods, counts: tally } = table
  const row = rowOf(table, cohort)
  if (first < length && returns[first] === cohort) addOne(tally, row + cohort)
  const last = Math.min(cohort + streakLength(returns, first, length, cohort), periods)
  for (let bit = cohort + 1; bit <= last; bit += 1) addOne(tally, row + bit)
}

const countMember = (
  { table, criterion, apart }: CohortCounter,
  returns: Int32Array,
  first: number,
  length: number,
  cohort: number,
): void => {
  const { periods, counts: tally } = table
  const row = rowOf(table, cohort)
  if (criterion === 'streak') countStreak(table, returns, first, length, cohort)
  else if (criterion !== 'onOrBefore') countByCriterion[criterion](tally, returns, first, length, row, periods)
  else if (apart) countNext(tally, returns, first, length, row, periods)
  else {
    // Every member has begun in the first period, and returns later.
    addOne(tally, row + cohort)
    countNext(tally, returns, first + 1, length, row, periods)
  }
}

/** What is done with each member of each cohort: their returns from that period on are those from `first` on. */
type Visit = (cohort: number, returns: Int32Array, first: number, length: number) => void

const visitCustomer = (
  begun: Int32Array,
  members: number,
  returns: Int32Array,
  length: number,
  periods: number,
  visit: Visit,
): void => {
  let first = 0
  for (let member = 0; member < members; member += 1) {
    const cohort = begun[member] as number
    if (cohort === before || cohort > periods) continue
    while (first < length && (returns[first] as number) < cohort) first += 1
    visit(cohort, returns, first, length)
  }
}

/** Goes through rows of bits of those who began and, where they are others, of returns. */
const visitMembers = (
  marks: Marks,
  returns: Marks | null,
  periods: number,
  membership: CohortMembership,
  visit: Visit,
): void => {
  const begun = new Int32Array(periods + 2)
  const found = returns === null ? begun : new Int32Array(periods + 2)
  const customers = customersOf(marks)
  for (let customer = 0; customer < customers; customer += 1) {
    const all = readMarks(marks, customer, begun)
    const length = returns === null ? all : readMarks(returns, customer, found)
    visitCustomer(begun, membership === 'firstTime' ? Math.min(all, 1) : all, found, length, periods, visit)
  }
}

/** Counts cohorts by a criterion. */
export const countCohorts = (
  marks: Marks,
  returns: Marks | null,
  periods: number,
  membership: CohortMembership,
  criterion: CohortCriterion,
): CohortCounts => {
  const table = { periods, sizes: new Float64Array(periods), counts: new Float64Array(periods * periods) }
  const counter = { table, criterion, apart: returns !== null }
  visitMembers(marks, returns, periods, membership, (cohort, found, first, length) => {
    addOne(table.sizes, cohort - 1)
    countMember(counter, found, first, length, cohort)
  })
  if (criterion === 'onOrAfter') spreadBack(table)
  if (criterion === 'onOrBefore') spreadOn(table, returns === null ? 1 : 0)
  return table
}

/** Columns made of several periods. */
export interface BracketColumns {
  readonly periods: number
  /** The bracket of each number of periods since the cohort's own, or −1; rising. */
  readonly lookup: Int32Array
  readonly brackets: number
}

/** Adds a member to each bracket with a return. */
const addBrackets = (
  tally: Float64Array,
  { periods, lookup, brackets }: BracketColumns,
  returns: Int32Array,
  first: number,
  length: number,
  cohort: number,
): void => {
  let last = -1
  for (let index = first; index < length; index += 1) {
    const bit = returns[index] as number
    if (bit > periods) return
    const bracket = lookup[bit - cohort] as number
    if (bracket > last) {
      addOne(tally, (cohort - 1) * brackets + bracket)
      last = bracket
    }
  }
}

/** Counts who returned in each bracket, by cohort. */
export const countBrackets = (
  marks: Marks,
  returns: Marks | null,
  columns: BracketColumns,
  membership: CohortMembership,
): Pick<CohortCounts, 'sizes' | 'counts'> => {
  const { periods, brackets } = columns
  const sizes = new Float64Array(periods)
  const counts = new Float64Array(periods * brackets)
  visitMembers(marks, returns, periods, membership, (cohort, found, first, length) => {
    addOne(sizes, cohort - 1)
    addBrackets(counts, columns, found, first, length, cohort)
  })
  return { sizes, counts }
}
