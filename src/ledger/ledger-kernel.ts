/* eslint-disable functional/prefer-immutable-types, no-param-reassign -- a kernel over arrays that it made itself */
/**
 * Folds the rows of one member after the other, without an object for each. This file mutates the typed arrays that it
 * made itself: the lots of the member that is being folded, and the totals of all.
 */
import type { LedgerColumns } from './ledger-columns.ts'

/** Of each member, in the wallet's smallest unit. */
export interface KernelTotals {
  readonly active: Float64Array
  readonly pending: Float64Array
  readonly debt: Float64Array
  readonly accrued: Float64Array
  readonly redeemed: Float64Array
  readonly expired: Float64Array
  readonly reversed: Float64Array
}

/**
 * Lots by key, smallest first; equal keys by the earlier lot. Keys that come in rising order, as those of a constant
 * validity do, are a queue; only what comes out of order costs a heap.
 */
interface LotQueue {
  readonly key: Float64Array
  readonly queue: Int32Array
  head: number
  tail: number
  readonly heap: Int32Array
  size: number
}

const emptyQueue = (key: Float64Array): LotQueue => ({
  key,
  queue: new Int32Array(key.length),
  head: 0,
  tail: 0,
  heap: new Int32Array(key.length),
  size: 0,
})

const isBefore = (key: Float64Array, a: number, b: number): boolean => {
  const first = key[a] as number
  const second = key[b] as number
  return first < second || (first === second && a < b)
}

const siftUp = ({ key, heap }: LotQueue, lot: number, from: number): void => {
  let place = from
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent] as number
    if (!isBefore(key, lot, above)) break
    heap[place] = above
    place = parent
  }
  heap[place] = lot
}

const siftDown = ({ key, heap, size }: LotQueue, lot: number): void => {
  let place = 0
  for (let child = 1; child < size; child = 2 * place + 1) {
    if (child + 1 < size && isBefore(key, heap[child + 1] as number, heap[child] as number)) child += 1
    const below = heap[child] as number
    if (!isBefore(key, below, lot)) break
    heap[place] = below
    place = child
  }
  heap[place] = lot
}

const push = (queue: LotQueue, lot: number): void => {
  const { tail, head, queue: waiting, key } = queue
  if (tail === head || !isBefore(key, lot, waiting[tail - 1] as number)) {
    waiting[tail] = lot
    queue.tail = tail + 1
    return
  }
  siftUp(queue, lot, queue.size)
  queue.size += 1
}

/** The first lot, or −1. */
const first = ({ key, queue, head, tail, heap, size }: LotQueue): number => {
  if (head === tail) return size === 0 ? -1 : (heap[0] as number)
  const waiting = queue[head] as number
  return size > 0 && isBefore(key, heap[0] as number, waiting) ? (heap[0] as number) : waiting
}

/** Takes away the first lot. */
const drop = (queue: LotQueue, lot: number): void => {
  if (queue.head < queue.tail && queue.queue[queue.head] === lot) {
    queue.head += 1
    return
  }
  queue.size -= 1
  if (queue.size > 0) siftDown(queue, queue.heap[queue.size] as number)
}

/** One member at a time. */
interface Fold {
  readonly columns: LedgerColumns
  readonly totals: KernelTotals
  /** Of each row of an accrual, what is left in its lot. */
  readonly left: Float64Array
  readonly isActive: Uint8Array
  readonly byExpiry: LotQueue
  readonly byActivation: LotQueue
  readonly insufficient: Array<number>
}

/** The first active lot with something left, or −1. */
const firstLot = ({ byExpiry, left }: Fold): number => {
  let lot = first(byExpiry)
  while (lot >= 0 && left[lot] === 0) {
    drop(byExpiry, lot)
    lot = first(byExpiry)
  }
  return lot
}

const firstPending = ({ byActivation, left }: Fold): number => {
  let lot = first(byActivation)
  while (lot >= 0 && left[lot] === 0) {
    drop(byActivation, lot)
    lot = first(byActivation)
  }
  return lot
}

/** Takes points from active lots, soonest to expire first; there are as many. */
const draw = (fold: Fold, member: number, points: number): void => {
  const { left, totals } = fold
  let missing = points
  while (missing > 0) {
    const lot = firstLot(fold)
    const there = left[lot] as number
    const taken = there < missing ? there : missing
    left[lot] = there - taken
    missing -= taken
  }
  totals.active[member] = (totals.active[member] as number) - points
}

const settle = (fold: Fold, member: number): void => {
  const { debt, active } = fold.totals
  const points = Math.min(debt[member] as number, active[member] as number)
  if (points === 0) return
  draw(fold, member, points)
  debt[member] = (debt[member] as number) - points
}

const activate = (fold: Fold, member: number, until: number): void => {
  const { left, totals, columns, byActivation, byExpiry, isActive } = fold
  for (let lot = firstPending(fold); lot >= 0; lot = firstPending(fold)) {
    if ((columns.activeFrom[lot] as number) > until) break
    drop(byActivation, lot)
    isActive[lot] = 1
    push(byExpiry, lot)
    totals.pending[member] = (totals.pending[member] as number) - (left[lot] as number)
    totals.active[member] = (totals.active[member] as number) + (left[lot] as number)
  }
  settle(fold, member)
}

const expire = (fold: Fold, member: number, until: number): void => {
  const { left, totals, columns, byExpiry } = fold
  for (let lot = firstLot(fold); lot >= 0; lot = firstLot(fold)) {
    if ((columns.expiresAt[lot] as number) > until) return
    drop(byExpiry, lot)
    const points = left[lot] as number
    totals.active[member] = (totals.active[member] as number) - points
    totals.expired[member] = (totals.expired[member] as number) + points
    left[lot] = 0
  }
}

/** Lets time pass up to and including an instant: within each, activations come before expiries. */
const pass = (fold: Fold, member: number, until: number): void => {
  const { columns } = fold
  for (;;) {
    const pending = firstPending(fold)
    const dying = firstLot(fold)
    const activation = pending < 0 ? Number.POSITIVE_INFINITY : (columns.activeFrom[pending] as number)
    const expiry = dying < 0 ? Number.POSITIVE_INFINITY : (columns.expiresAt[dying] as number)
    const due = Math.min(activation, expiry)
    if (due > until || due === Number.POSITIVE_INFINITY) return
    if (activation <= due) activate(fold, member, due)
    expire(fold, member, due)
  }
}

const accrue = (fold: Fold, member: number, row: number): void => {
  const { columns, totals, left, isActive, byActivation, byExpiry } = fold
  const points = columns.points[row] as number
  totals.accrued[member] = (totals.accrued[member] as number) + points
  if (points === 0) return
  left[row] = points
  if ((columns.activeFrom[row] as number) > (columns.at[row] as number)) {
    push(byActivation, row)
    totals.pending[member] = (totals.pending[member] as number) + points
    return
  }
  isActive[row] = 1
  push(byExpiry, row)
  totals.active[member] = (totals.active[member] as number) + points
  settle(fold, member)
}

const redeem = (fold: Fold, member: number, row: number): void => {
  const { columns, totals, insufficient } = fold
  const points = columns.points[row] as number
  if (points > (totals.active[member] as number)) {
    insufficient.push(row)
    return
  }
  draw(fold, member, points)
  totals.redeemed[member] = (totals.redeemed[member] as number) + points
}

/** From the lot itself, then from other active ones, then as debt. */
const clawBack = (fold: Fold, member: number, row: number): void => {
  const { columns, totals, left, isActive } = fold
  const points = columns.points[row] as number
  const lot = columns.of[row] as number
  const own = Math.min(points, left[lot] as number)
  left[lot] = (left[lot] as number) - own
  const figure = isActive[lot] === 1 ? totals.active : totals.pending
  figure[member] = (figure[member] as number) - own
  const others = Math.min(points - own, totals.active[member] as number)
  draw(fold, member, others)
  totals.debt[member] = (totals.debt[member] as number) + points - own - others
  totals.reversed[member] = (totals.reversed[member] as number) + points
}

/** The rows in order of their members, those of one member as they were: a counting sort. */
const rowsByMember = ({
  member,
  members,
}: LedgerColumns): { readonly rows: Int32Array; readonly starts: Int32Array } => {
  const starts = new Int32Array(members.length + 1)
  for (let row = 0; row < member.length; row += 1)
    starts[(member[row] as number) + 1] = (starts[(member[row] as number) + 1] as number) + 1
  for (let index = 1; index < starts.length; index += 1)
    starts[index] = (starts[index] as number) + (starts[index - 1] as number)
  const next = starts.slice()
  const rows = new Int32Array(member.length)
  for (let row = 0; row < member.length; row += 1) {
    const of = member[row] as number
    rows[next[of] as number] = row
    next[of] = (next[of] as number) + 1
  }
  return { rows, starts }
}

const foldRow = (fold: Fold, member: number, row: number): void => {
  const kind = fold.columns.kind[row]
  if (kind === 0) accrue(fold, member, row)
  else if (kind === 1) redeem(fold, member, row)
  else clawBack(fold, member, row)
}

const foldMember = (fold: Fold, member: number, rows: Int32Array, from: number, until: number, asOf: number): void => {
  const { byExpiry, byActivation, columns } = fold
  byExpiry.head = 0
  byExpiry.tail = 0
  byExpiry.size = 0
  byActivation.head = 0
  byActivation.tail = 0
  byActivation.size = 0
  for (let index = from; index < until; index += 1) {
    const row = rows[index] as number
    if ((columns.at[row] as number) > asOf) break
    pass(fold, member, columns.at[row] as number)
    foldRow(fold, member, row)
  }
  pass(fold, member, asOf)
}

/** What the wallets of all members hold as of an instant; columns must have been checked. */
export const foldColumns = (
  columns: LedgerColumns,
  asOf: number,
): { readonly totals: KernelTotals; readonly left: Float64Array; readonly insufficient: ReadonlyArray<number> } => {
  const members = columns.members.length
  const figure = (): Float64Array => new Float64Array(members)
  const fold: Fold = {
    columns,
    totals: {
      active: figure(),
      pending: figure(),
      debt: figure(),
      accrued: figure(),
      redeemed: figure(),
      expired: figure(),
      reversed: figure(),
    },
    left: new Float64Array(columns.member.length),
    isActive: new Uint8Array(columns.member.length),
    byExpiry: emptyQueue(columns.expiresAt),
    byActivation: emptyQueue(columns.activeFrom),
    insufficient: [],
  }
  const { rows, starts } = rowsByMember(columns)
  for (let member = 0; member < members; member += 1) {
    foldMember(fold, member, rows, starts[member] as number, starts[member + 1] as number, asOf)
  }
  return fold
}
