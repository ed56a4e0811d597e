import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  containsInstant,
  decode,
  type Instant,
  Interval,
  instantFromEpoch,
  intersectIntervals,
  interval,
  unwrap,
} from '../../src/foundation/index.ts'
import { instantArbitrary, intervalArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const at = (ms: number): Instant => unwrap(instantFromEpoch(ms))
const between = (from: number, until: number): Interval => unwrap(interval(at(from), at(until)))

describe('interval', () => {
  test('holds its start and not its end', () => {
    expect(containsInstant(between(10, 20), at(10))).toBe(true)
    expect(containsInstant(between(10, 20), at(19))).toBe(true)
    expect(containsInstant(between(10, 20), at(20))).toBe(false)
    expect(containsInstant(between(10, 20), at(9))).toBe(false)
    expect(containsInstant(between(10, 10), at(10))).toBe(false)
  })

  test('an end before the start is refused', () => {
    expect(interval(at(1000), at(0))).toMatchObject({
      _tag: 'Left',
      left: {
        _tag: 'InvalidValue',
        path: ['until'],
        actual: '"1970-01-01T00:00:00Z"',
        expected: 'an instant not before 1970-01-01T00:00:01Z',
      },
    })
  })
})

describe('intersectIntervals', () => {
  test('an instant lies in it exactly when it lies in both', () => {
    const small = fc.integer({ min: 0, max: 12 })
    const smallInterval = fc.tuple(small, small).map(([a, b]) => between(Math.min(a, b), Math.max(a, b)))
    fc.assert(
      fc.property(smallInterval, smallInterval, small, (a, b, ms) => {
        const both = intersectIntervals(a, b)
        const inside = both !== undefined && containsInstant(both, at(ms))
        expect(inside).toBe(containsInstant(a, at(ms)) && containsInstant(b, at(ms)))
        expect(intersectIntervals(b, a)).toEqual(both)
        if (both !== undefined) expect(both.from < both.until).toBe(true)
      }),
    )
  })
})

describe('codec', () => {
  codecLaws('Interval', Interval, intervalArbitrary)

  test('decodes exactly what `interval` builds', () => {
    fc.assert(
      fc.property(instantArbitrary, instantArbitrary, (from, until) => {
        expect(decode(Interval, Interval.encode({ from, until }))._tag).toBe(interval(from, until)._tag)
        expect(Interval.is({ from, until })).toBe(from <= until)
      }),
    )
  })

  test('reports each end', () => {
    expect(decode(Interval, { from: 0, until: '2026' })).toMatchObject({
      left: [{ path: ['from'] }, { path: ['until'] }],
    })
    const backwards = { from: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' }
    expect(decode(Interval, backwards)).toMatchObject({ left: [{ path: ['until'] }] })
  })
})
