import { describe, expect, test } from 'vitest'
import { type LadderId, type TierId, utc } from '../../src/foundation/index.ts'
import {
  lossesDue,
  nextDueInWallet,
  resumeExpiry,
  suspendExpiry,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { at, definition, folded, grant, start, wallet } from './book.ts'

const withNotice = (days: number): WalletDefinition => ({
  ...definition,
  suspension: {
    ladder: 'status' as LadderId,
    tiers: ['gold' as TierId],
    minimumNotice: { amount: days, unit: 'day' },
  },
})

describe('S25 500 points whose date passed last year, in a tier whose points do not expire', () => {
  const lastYear = at('2025-06-01T00:00:00Z')
  const downgrade = at('2026-03-01T00:00:00Z')
  const earned = folded([grant('a', 500, lastYear, at('2025-01-01T00:00:00Z'))])
  const gold = folded(suspendExpiry(earned, at('2025-05-01T00:00:00Z')), earned)
  const resumed = (of: WalletDefinition): Wallet => folded(resumeExpiry(of, utc, gold, downgrade), gold)

  test('S25 they live on as long as the member is in the tier', () => {
    expect(gold).toMatchObject({ active: 500, suspended: true })
    expect(nextDueInWallet(withNotice(0), utc, gold)).toBeNull()
    expect(lossesDue(withNotice(0), utc, gold, downgrade)).toEqual([])
  })

  test('S25 without notice: −500 on the day of the downgrade', () => {
    const now = resumed(withNotice(0))
    expect(nextDueInWallet(withNotice(0), utc, now)).toBe(downgrade)
    expect(lossesDue(withNotice(0), utc, now, downgrade)).toMatchObject([
      { type: 'expired', points: 500, at: downgrade },
    ])
    expect(resumed(definition)).toEqual(now)
  })

  test('S25 with a notice of 30 days: −500 on its end', () => {
    const end = at('2026-03-31T00:00:00Z')
    const now = resumed(withNotice(30))
    expect(now).toMatchObject({ active: 500, suspended: false })
    expect(nextDueInWallet(withNotice(30), utc, now)).toBe(end)
    expect(folded(lossesDue(withNotice(30), utc, now, end), now)).toMatchObject({ active: 0, expired: 500 })
  })

  test('S25 points that live longer than the notice keep their date', () => {
    const april = at('2026-04-01T00:00:00Z')
    const full = folded([grant('b', 10, april), grant('c', 5, null)], gold)
    const now = folded(resumeExpiry(withNotice(30), utc, full, downgrade), full)
    expect(now.lots.map(({ id, expiresAt }) => [id, expiresAt])).toEqual([
      ['a', at('2026-03-31T00:00:00Z')],
      ['b', april],
      ['c', null],
    ])
  })
})

test('what is suspended is not suspended again, and what is not is not resumed', () => {
  const suspended = folded(suspendExpiry(wallet, start))
  expect(suspendExpiry(suspended, start)).toEqual([])
  expect(resumeExpiry(withNotice(0), utc, wallet, start)).toEqual([])
})

test('S25 a date that is the end of the notice anyway is none that the entry names', () => {
  const march = at('2026-03-01T00:00:00Z')
  const end = at('2026-03-31T00:00:00Z')
  const gold = folded(suspendExpiry(wallet, start), folded([grant('a', 10, end), grant('b', 20, start + 1)]))
  expect(resumeExpiry(withNotice(30), utc, gold, march)).toMatchObject([
    { points: 20, lots: [{ lot: 'b', expiresAt: end }] },
  ])
})
