/* eslint-disable functional/prefer-immutable-types, no-param-reassign -- mutates the queues that it made: one serves all members in turn */
/**
 * Lots in the order of a key. A lot is the number of its row; of equal keys the lower row comes first.
 *
 * Where every lot has the same validity, keys come in rising order and a plain line is enough. A lot that does not fit
 * at the end of the line goes to a binary heap beside it, so that no order of keys costs more than a logarithm.
 */

/** A queue of lots. */
export interface LotQueue {
  /** Of each row, its key. */
  readonly key: Float64Array
  readonly line: Int32Array
  head: number
  tail: number
  readonly heap: Int32Array
  size: number
  /** The key of the first lot, `Infinity` where there is none: what is asked for at every row. */
  firstKey: number
}

const never = Number.POSITIVE_INFINITY

/** A queue for at most `capacity` lots between two times that it is emptied. */
export const newLotQueue = (key: Float64Array, capacity: number): LotQueue => ({
  key,
  line: new Int32Array(capacity),
  head: 0,
  tail: 0,
  heap: new Int32Array(capacity),
  size: 0,
  firstKey: never,
})

export const emptyLotQueue = (queue: LotQueue): void => {
  queue.head = 0
  queue.tail = 0
  queue.size = 0
  queue.firstKey = never
}

const isBefore = (key: Float64Array, a: number, b: number): boolean => {
  const keyOfA = key[a] as number
  const keyOfB = key[b] as number
  return keyOfA === keyOfB ? a < b : keyOfA < keyOfB
}

const pushToHeap = (queue: LotQueue, row: number): void => {
  const { key, heap } = queue
  let place = queue.size
  queue.size += 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent] as number
    if (isBefore(key, above, row)) break
    heap[place] = above
    place = parent
  }
  heap[place] = row
}

/** The place of the child that comes first, or −1 where there is none. */
const firstChild = ({ key, heap, size }: LotQueue, place: number): number => {
  const left = 2 * place + 1
  if (left >= size) return -1
  const right = left + 1
  return right < size && isBefore(key, heap[right] as number, heap[left] as number) ? right : left
}

const dropFromHeap = (queue: LotQueue): void => {
  const { key, heap } = queue
  queue.size -= 1
  const moved = heap[queue.size] as number
  let place = 0
  for (let child = firstChild(queue, 0); child > 0; child = firstChild(queue, place)) {
    if (isBefore(key, moved, heap[child] as number)) break
    heap[place] = heap[child] as number
    place = child
  }
  heap[place] = moved
}

export const pushLot = (queue: LotQueue, row: number): void => {
  const { key, line, head, tail } = queue
  const keyOfRow = key[row] as number
  if (keyOfRow < queue.firstKey) queue.firstKey = keyOfRow
  if (head < tail && isBefore(key, row, line[tail - 1] as number)) {
    pushToHeap(queue, row)
    return
  }
  line[tail] = row
  queue.tail = tail + 1
}

/** A lot in the heap came after one in the line that is dropped later: where the line is empty, so is the heap. */
const isHeapFirst = ({ key, line, head, heap, size }: LotQueue): boolean =>
  size > 0 && isBefore(key, heap[0] as number, line[head] as number)

/** The row of the first lot, or −1 where there is none. */
export const firstLot = (queue: LotQueue): number => {
  if (isHeapFirst(queue)) return queue.heap[0] as number
  return queue.head === queue.tail ? -1 : (queue.line[queue.head] as number)
}

const readFirstKey = (queue: LotQueue): void => {
  const row = firstLot(queue)
  queue.firstKey = row < 0 ? never : (queue.key[row] as number)
}

export const dropFirstLot = (queue: LotQueue): void => {
  if (isHeapFirst(queue)) dropFromHeap(queue)
  else queue.head += 1
  readFirstKey(queue)
}

/** Drops all lots of the line before a place in it; the heap must be empty. */
export const dropLineUntil = (queue: LotQueue, head: number): void => {
  queue.head = head
  queue.firstKey = head === queue.tail ? never : (queue.key[queue.line[head] as number] as number)
}
