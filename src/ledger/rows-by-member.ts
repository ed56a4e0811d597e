// The rows of each member together, in their order: a counting sort over typed arrays, which this kernel makes itself.

/** Where the rows of each member are. */
export interface RowsByMember {
  /** Where each member's rows start; the next entry is where they end. */
  readonly starts: Int32Array
  /** The rows in the order of their members; `null` where they are in that order anyway. */
  readonly order: Int32Array | null
  /** How many rows the member with the most of them has. */
  readonly largest: number
}

/** Where each member's rows start if members only rise; `null` if they do not. */
const startsOfRising = (member: Int32Array, members: number): Int32Array | null => {
  const starts = new Int32Array(members + 1)
  let previous = 0
  for (let row = 0; row < member.length; row += 1) {
    const index = member[row] as number
    if (index === previous) continue
    if (index < previous) return null
    starts.fill(row, previous + 1, index + 1)
    previous = index
  }
  return starts.fill(member.length, previous + 1)
}

const startsOf = (member: Int32Array, members: number): Int32Array => {
  const starts = new Int32Array(members + 1)
  for (let row = 0; row < member.length; row += 1) {
    const next = (member[row] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let index = 0; index < members; index += 1) {
    starts[index + 1] = (starts[index + 1] as number) + (starts[index] as number)
  }
  return starts
}

const largestOf = (starts: Int32Array): number => {
  let largest = 0
  for (let index = 1; index < starts.length; index += 1) {
    largest = Math.max(largest, (starts[index] as number) - (starts[index - 1] as number))
  }
  return largest
}

const orderOf = (member: Int32Array, starts: Int32Array): Int32Array => {
  const order = new Int32Array(member.length)
  const next = starts.slice()
  for (let row = 0; row < member.length; row += 1) {
    const index = member[row] as number
    const place = next[index] as number
    order[place] = row
    next[index] = place + 1
  }
  return order
}

/**
 * The rows of each member together, in their order, by a counting sort.
 *
 * @param member - the index of the member of each row, below `members`
 * @param members - how many members there are
 *
 * @example
 * ```ts
 * import { groupByMember } from 'treue'
 *
 * const { starts, order } = groupByMember(Int32Array.of(1, 0, 1), 2)
 * Array.from(starts) // => [0, 1, 3]
 * order === null ? [] : Array.from(order) // => [1, 0, 2]
 * ```
 */
export const groupByMember = (member: Int32Array, members: number): RowsByMember => {
  const rising = startsOfRising(member, members)
  const starts = rising ?? startsOf(member, members)
  return { starts, order: rising === null ? orderOf(member, starts) : null, largest: largestOf(starts) }
}
