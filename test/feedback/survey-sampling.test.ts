import { describe, expect, test } from 'vitest'
import { samplingPlace } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { chiSquareUpperTail } from '../../src/statistics/index.ts'

const ids = Array.from({ length: 20_000 }, (_, at) => `member-${at}`)

/** How probable places as uneven as these are, if they are even. */
const evenness = (places: ReadonlyArray<number>): number => {
  const bins = Array<number>(50).fill(0)
  for (const place of places) bins[Math.floor(place * 50)] = (bins[Math.floor(place * 50)] ?? 0) + 1
  const each = places.length / 50
  return unwrap(
    chiSquareUpperTail(
      bins.reduce((sum, count) => sum + (count - each) ** 2 / each, 0),
      49,
    ),
  )
}

describe('samplingPlace', () => {
  test.each(['nps', 'ces', ''])('is even over ids that differ in a number only, salt %j', (salt) => {
    const places = ids.map((id) => samplingPlace(id, salt))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...places)).toBeLessThan(1)
    expect(evenness(places)).toBeGreaterThan(0.001)
  })

  test('two surveys ask different people', () => {
    const both = ids.filter((id) => samplingPlace(id, 'a') < 0.1 && samplingPlace(id, 'b') < 0.1)
    expect(both.length / ids.length).toBeCloseTo(0.01, 2)
  })
})
