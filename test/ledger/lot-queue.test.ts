import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dropFirstLot, emptyLotQueue, firstLot, newLotQueue, pushLot } from '../../src/ledger/lot-queue.ts'

const never = Number.POSITIVE_INFINITY

const keyArbitrary = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 100 }), fc.constant(never))

/** Rows with a key each, pushed in some order, with so many drops after each. */
const pushesArbitrary = fc.array(fc.record({ key: keyArbitrary, turn: fc.nat(), drops: fc.nat({ max: 2 }) }), {
  maxLength: 80,
  size: 'max',
})

const ascending = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

/** Pushes and drops, and looks at the queue and at a list that is sorted for each look. */
const expectSorted = (keys: Float64Array, rows: ReadonlyArray<number>, drops: ReadonlyArray<number>) => {
  const queue = newLotQueue(keys, keys.length)
  const model: Array<number> = []
  const keyOf = (row: number): number => keys[row] ?? never
  const lookAndDrop = (): void => {
    const [first] = model.sort((a, b) => ascending(keyOf(a), keyOf(b)) || a - b)
    expect(firstLot(queue)).toBe(first ?? -1)
    expect(queue.firstKey).toBe(first === undefined ? never : keyOf(first))
    if (model.shift() !== undefined) dropFirstLot(queue)
  }
  for (const [index, row] of rows.entries()) {
    pushLot(queue, row)
    model.push(row)
    for (let drop = drops[index] ?? 0; drop > 0; drop -= 1) lookAndDrop()
  }
  while (model.length > 0) lookAndDrop()
  lookAndDrop()
}

describe('a queue of lots', () => {
  test('is a list that is sorted whenever it is looked at', () => {
    fc.assert(
      fc.property(pushesArbitrary, (pushes) => {
        const rows = [...pushes.keys()].sort((a, b) => (pushes[a]?.turn ?? 0) - (pushes[b]?.turn ?? 0))
        expectSorted(
          Float64Array.from(pushes, ({ key }) => key),
          rows,
          pushes.map(({ drops }) => drops),
        )
      }),
    )
  })

  test('has no use for its heap where keys rise', () => {
    fc.assert(
      fc.property(fc.array(keyArbitrary), (keys) => {
        const queue = newLotQueue(Float64Array.from(keys).sort(), keys.length)
        for (const row of keys.keys()) pushLot(queue, row)
        expect(queue).toMatchObject({ size: 0, tail: keys.length })
      }),
    )
  })

  test('holds nothing after it was emptied', () => {
    const queue = newLotQueue(Float64Array.of(2, 1, 3), 3)
    for (const row of [0, 1, 2]) pushLot(queue, row)
    emptyLotQueue(queue)
    expect(firstLot(queue)).toBe(-1)
    pushLot(queue, 0)
    expect(firstLot(queue)).toBe(0)
  })
})
