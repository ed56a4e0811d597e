import { describe, expect, test } from 'vitest'
import { decode, formatInstant } from '../../src/foundation/index.ts'
import { type Ladder, TierValidity } from '../../src/tiers/index.ts'
import { anyLadderArbitrary } from '../arbitraries/tiers.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { gold, member } from './ladders.ts'

codecLaws(
  'TierValidity of a ladder',
  TierValidity,
  anyLadderArbitrary.map(({ validity }) => validity),
)

/** Until when Gold is valid that is reached at noon of 31 August 2026. */
const untilOf = (validity: TierValidity, change: Partial<Ladder> = {}): string | null => {
  const { tier, validUntil } = member({ ...gold, ...change, validity }, [['2026-08-31T12:00:00Z', 1000]])
  expect(tier).toBe('gold')
  return validUntil === null ? null : formatInstant(validUntil)
}

describe('how long a tier is valid', () => {
  test('S38 to the end of the period, or of the next', () => {
    expect(untilOf({ type: 'endOfPeriod' })).toBe('2027-01-01T00:00:00Z')
    expect(untilOf({ type: 'endOfNextPeriod' })).toBe('2028-01-01T00:00:00Z')
  })

  test('S18 a term from the day of reaching, on the last day of a short month', () => {
    expect(untilOf({ type: 'term', length: { amount: 6, unit: 'month' } })).toBe('2027-02-28T00:00:00Z')
    expect(untilOf({ type: 'rolling', length: { amount: 18, unit: 'month' } })).toBe('2028-02-29T00:00:00Z')
  })

  test('to a day of the year, the first that is late enough', () => {
    const on = { unit: 'year', startMonth: 9, startDay: 1 } as const
    expect(untilOf({ type: 'yearly', on })).toBe('2026-09-01T00:00:00Z')
    expect(untilOf({ type: 'yearly', on, atLeast: { amount: 1, unit: 'day' } })).toBe('2026-09-01T00:00:00Z')
    expect(untilOf({ type: 'yearly', on, atLeast: { amount: 2, unit: 'day' } })).toBe('2027-09-01T00:00:00Z')
  })

  test('without end', () => {
    expect(untilOf({ type: 'whileQualified' })).toBeNull()
    expect(untilOf({ type: 'forEver' })).toBeNull()
  })

  test('a yearly day needs a day of the year, and a length at least one day', () => {
    expect(decode(TierValidity, { type: 'yearly', on: { unit: 'month' } })._tag).toBe('Left')
    expect(decode(TierValidity, { type: 'term', length: { amount: 0, unit: 'day' } })._tag).toBe('Left')
    expect(decode(TierValidity, { type: 'always' })._tag).toBe('Left')
  })
})
