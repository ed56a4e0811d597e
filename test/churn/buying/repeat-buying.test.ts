import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { repeatBuying, repeatBuyingMonoid } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { uniforms } from '../../../src/statistics/index.ts'
import { repeatBuyerArbitrary } from '../../arbitraries/buying.ts'

describe('rows', () => {
  const columns = fc
    .array(
      repeatBuyerArbitrary.map((buyer) => ({
        ...buyer,
        age: Math.ceil(buyer.age),
        recency: Math.floor(buyer.recency),
      })),
    )
    .map((buyers) => ({
      repeats: buyers.map(({ repeats }) => repeats % 4),
      recencies: buyers.map(({ recency, repeats }) => (repeats % 4 === 0 ? 0 : recency)),
      ages: buyers.map(({ age }) => age),
    }))

  test('of parts, merged, are those of the whole', () => {
    fc.assert(
      fc.property(columns, columns, (first, second) => {
        const whole = {
          repeats: [...first.repeats, ...second.repeats],
          recencies: [...first.recencies, ...second.recencies],
          ages: [...first.ages, ...second.ages],
        }
        const [left, right] = [unwrap(repeatBuying(first)), unwrap(repeatBuying(second))]
        expect(repeatBuyingMonoid.concat(left, right)).toEqual(unwrap(repeatBuying(whole)))
        expect(repeatBuyingMonoid.concat(left, repeatBuyingMonoid.empty)).toEqual(left)
      }),
    )
  })

  test('are in order, also where all of many customers differ', () => {
    const next = uniforms({ seed: 2, stream: 0 })
    const count = 12_000
    const ages = Array.from({ length: count }, () => 10 + next())
    const recencies = ages.map((age) => age * next())
    const many = { repeats: ages.map((_, row) => 1 + (row % 5)), recencies, ages }
    const { repeats, recencies: sorted } = unwrap(repeatBuying(many))
    expect(repeats.length).toBe(count)
    const slow = Array.from({ length: count }, (_, row) => [1 + (row % 5), recencies[row] ?? 0] as const).sort(
      ([first, early], [second, late]) => first - second || early - late,
    )
    expect(Array.from(repeats)).toEqual(slow.map(([x]) => x))
    expect(Array.from(sorted)).toEqual(slow.map(([, recency]) => recency))
  })

  test('count every customer once', () => {
    fc.assert(
      fc.property(columns, (many) => {
        const rows = unwrap(repeatBuying(many))
        expect(rows.counts.reduce((sum, count) => sum + count, 0)).toBe(many.repeats.length)
        const keys = Array.from(rows.repeats, (x, row) => [x, rows.recencies[row], rows.ages[row]].join())
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  test('with columns of different lengths, and rows that are impossible, are refused', () => {
    const short = repeatBuying({ repeats: [1, 2], recencies: [1], ages: [2, 2] })
    expect(short).toMatchObject({ _tag: 'Left', left: [{ path: ['recencies', 'length'] }] })
    const wrong = repeatBuying({ repeats: [1, 0], recencies: [3, 1], ages: [2, 2], counts: [0, 1] })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
      '0.recency',
      '0.count',
      '1.recency',
    ])
  })
})
