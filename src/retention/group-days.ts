/* eslint-disable no-param-reassign -- fills the arrays that it made itself */
// Puts the days of each customer next to each other. Rows go to blocks of neighbouring customers first: a block's counters
// and days fit into the processor's cache, where going straight to each customer's place would miss it at every row.

/** Each customer's days, one customer after the other, in the order of the rows. */
export interface GroupedDays {
  /** Where each customer's days begin; one entry more than there are customers. */
  readonly starts: Int32Array
  readonly days: Int32Array
}

const smallestShift = 12
const mostBlocks = 1024

/** Customers by blocks of 2^shift. */
const shiftFor = (customers: number): number => {
  let shift = smallestShift
  while (customers / 2 ** shift > mostBlocks) shift += 1
  return shift
}

/** Where each block's rows begin. */
const blockStarts = (
  customer: Int32Array,
  day: Int32Array,
  lastDay: number,
  shift: number,
  blocks: number,
): Int32Array => {
  const starts = new Int32Array(blocks + 1)
  for (let row = 0; row < day.length; row += 1) {
    if ((day[row] as number) > lastDay) continue
    const next = ((customer[row] as number) >> shift) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let block = 1; block <= blocks; block += 1) {
    starts[block] = (starts[block] as number) + (starts[block - 1] as number)
  }
  return starts
}

/** Customer and day of each row in turn, block by block. */
const byBlock = (
  customer: Int32Array,
  day: Int32Array,
  lastDay: number,
  shift: number,
  blocks: Int32Array,
): Int32Array => {
  const next = blocks.slice()
  const pairs = new Int32Array(2 * (blocks[blocks.length - 1] as number))
  for (let row = 0; row < day.length; row += 1) {
    const on = day[row] as number
    if (on > lastDay) continue
    const who = customer[row] as number
    const block = who >> shift
    const slot = next[block] as number
    next[block] = slot + 1
    pairs[2 * slot] = who
    pairs[2 * slot + 1] = on
  }
  return pairs
}

/** Counts a block's rows by customer, and places them. `next` has a place for each customer of the block. */
const placeBlock = (
  grouped: GroupedDays,
  pairs: Int32Array,
  from: number,
  until: number,
  firstCustomer: number,
  next: Int32Array,
): void => {
  const { starts, days } = grouped
  next.fill(0)
  for (let slot = from; slot < until; slot += 1) {
    const own = (pairs[2 * slot] as number) - firstCustomer
    next[own] = (next[own] as number) + 1
  }
  let place = from
  for (let own = 0; own < next.length && firstCustomer + own < starts.length; own += 1) {
    starts[firstCustomer + own] = place
    const count = next[own] as number
    next[own] = place
    place += count
  }
  for (let slot = from; slot < until; slot += 1) {
    const own = (pairs[2 * slot] as number) - firstCustomer
    const at = next[own] as number
    days[at] = pairs[2 * slot + 1] as number
    next[own] = at + 1
  }
}

/** The days up to the last one, by customer. */
export const groupDays = (customers: number, customer: Int32Array, day: Int32Array, lastDay: number): GroupedDays => {
  const shift = shiftFor(customers)
  const blocks = Math.ceil(customers / 2 ** shift)
  const bounds = blockStarts(customer, day, lastDay, shift, blocks)
  const pairs = byBlock(customer, day, lastDay, shift, bounds)
  const count = bounds[blocks] as number
  const grouped = { starts: new Int32Array(customers + 1), days: new Int32Array(count) }
  const next = new Int32Array(2 ** shift)
  for (let block = 0; block < blocks; block += 1) {
    placeBlock(grouped, pairs, bounds[block] as number, bounds[block + 1] as number, block * 2 ** shift, next)
  }
  grouped.starts[customers] = count
  return grouped
}
