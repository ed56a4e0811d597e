import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatError, unwrap } from '../../../src/foundation/index.ts'
import { followHealthBands, HealthBands } from '../../../src/segments/index.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const bandsArbitrary: fc.Arbitrary<HealthBands> = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }))
  .map(([margin, gaps]) => {
    let from = 0
    const bands = [0, ...gaps.map((gap) => margin + gap)].map((gap, index) => {
      from += gap
      return { name: `b${index}`, from }
    })
    return { bands, margin }
  })
  .filter(({ bands, margin }) => (bands[bands.length - 1]?.from ?? 0) + margin <= 100)

codecLaws('HealthBands', HealthBands, bandsArbitrary)

const scores = fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { freq: 8 }), { maxLength: 30 })

/** One band up or down as long as the score is the margin beyond the border. */
const stepped = ({ bands, margin }: HealthBands, before: number, score: number): number => {
  let at = before
  while (at + 1 < bands.length && score >= (bands[at + 1]?.from ?? 0) + margin) at += 1
  while (at > 0 && score < (bands[at]?.from ?? 0) - margin) at -= 1
  return at
}

const byHand = (all: HealthBands, list: ReadonlyArray<number | null>): ReadonlyArray<string | null> => {
  let at = -1
  return list.map((score) => {
    const first = all.bands.filter(({ from }) => from <= (score ?? 0)).length - 1
    if (score !== null) at = at < 0 ? first : stepped(all, at, score)
    return all.bands[at]?.name ?? null
  })
}

describe('bands of health', () => {
  test('are gone up and down border by border', () => {
    fc.assert(
      fc.property(bandsArbitrary, scores, (bands, list) => {
        expect(unwrap(followHealthBands(bands, list))).toEqual(byHand(bands, list))
      }),
    )
  })

  test('do not flicker: scores within the margin of one border change the band once at most', () => {
    fc.assert(
      fc.property(
        bandsArbitrary.filter(({ bands, margin }) => bands.length > 1 && margin > 0),
        fc.array(fc.double({ min: -1, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (bands, moves) => {
          const border = bands.bands[1]?.from ?? 0
          const near = moves.map((move) => Math.max(0, Math.min(100, border + move * bands.margin)))
          const names = unwrap(followHealthBands(bands, near))
          expect(new Set(names).size).toBe(1)
        },
      ),
    )
  })

  test('go on from the band before as if they had never stopped', () => {
    fc.assert(
      fc.property(bandsArbitrary, scores, scores, (bands, first, second) => {
        const names = unwrap(followHealthBands(bands, first))
        const before = names[names.length - 1] ?? null
        const both = unwrap(followHealthBands(bands, [...first, ...second]))
        expect([...names, ...unwrap(followHealthBands(bands, second, before))]).toEqual(both)
      }),
    )
  })

  test('are refused where they do not rise, cannot be reached, or are named twice', () => {
    const faults = (input: HealthBands) => {
      const found = decode(HealthBands, input)
      return found._tag === 'Left' ? formatError(found.left) : 'fine'
    }
    const red = { name: 'red', from: 0 }
    expect(faults({ bands: [{ name: 'red', from: 1 }], margin: 0 })).toContain('bands[0].from')
    expect(faults({ bands: [red, { name: 'red', from: 50 }], margin: 0 })).toContain('bands[1].name')
    expect(faults({ bands: [red, { name: 'green', from: 10 }], margin: 10 })).toContain('bands[1].from')
    expect(faults({ bands: [red, { name: 'green', from: 96 }], margin: 5 })).toContain('margin')
    const bands = { bands: [red, { name: 'green', from: 50 }], margin: 5 }
    expect(followHealthBands(bands, [101, -1], 'blue')).toMatchObject({
      left: [{ path: ['before'] }, { path: ['scores', 0] }, { path: ['scores', 1] }],
    })
    expect(followHealthBands({ ...bands, margin: 60 }, [])._tag).toBe('Left')
    expect(unwrap(followHealthBands(bands, [null, 50, null]))).toEqual([null, 'green', 'green'])
  })
})
