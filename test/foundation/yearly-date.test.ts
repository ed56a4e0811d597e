import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decode,
  formatCivilDate,
  nextYearlyDate,
  parseCivilDate,
  unwrap,
  YearlyDate,
} from '../../src/foundation/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

codecLaws(
  'YearlyDate',
  YearlyDate,
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([month, day]) => ({ month, day: Math.min(day, days[month - 1] ?? 28) })),
)

test('a day that the month never has is refused where it stands', () => {
  days.forEach((last, index) => {
    expect(decode(YearlyDate, { month: index + 1, day: last })._tag).toBe('Right')
    expect(decode(YearlyDate, { month: index + 1, day: last + 1 })).toMatchObject({
      _tag: 'Left',
      left: [{ path: ['day'] }],
    })
  })
})

test('29 February is the 28th in common years', () => {
  const next = (date: string) => formatCivilDate(nextYearlyDate([{ month: 2, day: 29 }], unwrap(parseCivilDate(date))))
  expect(['2026-02-27', '2026-02-28', '2028-02-28', '2028-02-29'].map(next)).toEqual([
    '2026-02-28',
    '2027-02-28',
    '2028-02-29',
    '2029-02-28',
  ])
})
