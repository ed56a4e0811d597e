import { describe, expect, test } from 'vitest'
import { type Instant, type Points, utc } from '../../src/foundation/index.ts'
import { type DecayPolicy, decayOf, lossesDue, nextDueInWallet, type WalletDefinition } from '../../src/ledger/index.ts'
import { at, definition, folded, grant, left } from './book.ts'

const weekly: DecayPolicy = {
  every: { unit: 'week', startsOn: 1 },
  rate: '0.05',
  atLeast: 5 as Points,
  rounding: 'floor',
}
const melting: WalletDefinition = { ...definition, decay: weekly }
const monday = at('2026-01-05T00:00:00Z')
const week = 7 * 86_400_000

describe('S26 1,000 points, of which 5 % or 5 melt away every week', () => {
  const full = folded([grant('late', 600, null, monday), grant('soon', 400, at('2027-01-01T00:00:00Z'), monday)])

  test('S26 after 8 weeks 667 are left, of the lot that dies last', () => {
    let now = full
    const figures: Array<number> = []
    for (let count = 0; count < 8; count += 1) {
      const due = nextDueInWallet(melting, utc, now) ?? (0 as Instant)
      expect(due).toBe(monday + (count + 1) * week)
      now = folded(lossesDue(melting, utc, now, due), now)
      figures.push(now.active)
    }
    expect(figures).toEqual([950, 903, 858, 816, 776, 738, 702, 667])
    expect(now).toMatchObject({ active: 667, decayed: 333 })
    expect(left(now)).toEqual([
      ['soon', 67],
      ['late', 600],
    ])
  })

  test('S26 the share is rounded as the program says, but is at least so much, and at most all', () => {
    expect(decayOf({ ...weekly, rounding: 'ceil' }, 950 as Points)).toBe(48)
    expect(decayOf(weekly, 60 as Points)).toBe(5)
    expect(decayOf(weekly, 3 as Points)).toBe(3)
    expect(decayOf({ ...weekly, rate: '1' }, 60 as Points)).toBe(60)
    expect(decayOf({ ...weekly, rate: '0.000001', atLeast: 0 as Points }, 999_999 as Points)).toBe(0)
  })
})

test('pending and held points do not melt, and a wallet that was empty starts anew', () => {
  const wednesday = at('2026-01-07T00:00:00Z')
  const pending = folded([{ ...grant('p', 100, null, monday), activeFrom: wednesday }])
  expect(nextDueInWallet(melting, utc, pending)).toBe(wednesday)
  expect(lossesDue(melting, utc, pending, at('2026-06-01T00:00:00Z'))).toEqual([])
})
