/** What is to be looked at, the cheapest first, and among equals what came in last. */

interface Place<A> {
  readonly total: number
  readonly turn: number
  readonly one: A
}

/** What is to be looked at. */
export interface CheapestFirst<A> {
  readonly add: (total: number, one: A) => void
  /** Takes the next one out; `undefined`: there are none left. */
  readonly next: () => Pick<Place<A>, 'total' | 'one'> | undefined
}

const isBefore = <A>(one: Place<A>, other: Place<A>): boolean =>
  one.total === other.total ? one.turn > other.turn : one.total < other.total

/** A queue with nothing in it: a binary heap. */
export const cheapestFirst = <A>(): CheapestFirst<A> => {
  const heap: Array<Place<A>> = []
  let turn = 0
  const at = (index: number): Place<A> => heap[index] as Place<A>
  const swap = (one: number, other: number): void => {
    const kept = at(one)
    heap[one] = at(other)
    heap[other] = kept
  }
  const rise = (from: number): void => {
    for (let index = from; index > 0; ) {
      const above = (index - 1) >> 1
      if (!isBefore(at(index), at(above))) return
      swap(index, above)
      index = above
    }
  }
  /** The place of the one below that comes first; `undefined`: nothing below comes before it. */
  const firstBelow = (index: number): number | undefined => {
    const left = 2 * index + 1
    if (left >= heap.length) return undefined
    const below = left + 1 < heap.length && isBefore(at(left + 1), at(left)) ? left + 1 : left
    return isBefore(at(below), at(index)) ? below : undefined
  }
  const sink = (): void => {
    let index = 0
    for (let below = firstBelow(index); below !== undefined; below = firstBelow(index)) {
      swap(index, below)
      index = below
    }
  }
  return {
    add: (total, one) => {
      turn += 1
      heap.push({ total, turn, one })
      rise(heap.length - 1)
    },
    next: () => {
      const [first] = heap
      const last = heap.pop()
      if (first === undefined || last === undefined || heap.length === 0) return first
      heap[0] = last
      sink()
      return first
    },
  }
}
