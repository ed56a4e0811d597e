import { describe, expect, test } from 'vitest'
import type { ActivityId, Instant, Points } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import { activationsDue, burn, expiriesDue, nextDueInWallet } from '../../src/ledger/index.ts'
import { at, definition, folded, grant, id, left, start, wallet } from './book.ts'

const july = at('2026-07-01T00:00:00Z')
const august = at('2026-08-01T00:00:00Z')
const before = (instant: Instant) => (instant - 1) as Instant

test('S14 balance collapse: 500 until 1 July and 300 until 1 August, 400 spent in March, leave 300 on 2 July', () => {
  const full = folded([grant('first', 500, july), grant('second', 300, august)])
  const spent = folded(
    [unwrap(burn(definition, utc, full, 400 as Points, at('2026-03-15T00:00:00Z'), 'r' as ActivityId))],
    full,
  )
  const after = folded(expiriesDue(definition, spent, at('2026-07-02T00:00:00Z')), spent)
  expect(after).toMatchObject({ active: 300, expired: 100, redeemed: 400 })
  expect(left(after)).toEqual([['second', 300]])
})

describe('expiriesDue', () => {
  const full = folded([grant('a', 10, july), grant('b', 20, july), grant('c', 30, august), grant('d', 40, null)])

  test('S19 half-open: points are valid until just before the instant of their expiry, and not in it', () => {
    expect(expiriesDue(definition, full, before(july))).toEqual([])
    expect(expiriesDue(definition, full, july)).toEqual([
      { type: 'expired', wallet: id, at: july, lot: 'a', points: 10, hold: null },
      { type: 'expired', wallet: id, at: july, lot: 'b', points: 20, hold: null },
    ])
  })

  test('never-expiring points never expire', () => {
    const end = at('9999-12-31T23:59:59.999Z')
    expect(left(folded(expiriesDue(definition, full, end), full))).toEqual([['d', 40]])
  })

  test('leaves points that are not active yet', () => {
    const pending = { ...grant('p', 5, july), activeFrom: july }
    const waiting = folded([pending])
    expect(expiriesDue(definition, waiting, july)).toEqual([])
    const active = folded(activationsDue(waiting, july), waiting)
    expect(expiriesDue(definition, active, july)).toMatchObject([{ lot: 'p', points: 5 }])
  })
})

describe('activationsDue', () => {
  const waiting = folded([
    { ...grant('a', 10, null), activeFrom: july },
    { ...grant('b', 20, null), activeFrom: july },
    { ...grant('c', 30, null), activeFrom: august },
    grant('d', 40, null),
  ])

  test('activates in the instant itself, and not before', () => {
    expect(activationsDue(waiting, before(july))).toEqual([])
    const entries = activationsDue(waiting, july)
    expect(entries).toEqual([
      { type: 'activated', wallet: id, at: july, lot: 'a', points: 10, expiresAt: null },
      { type: 'activated', wallet: id, at: july, lot: 'b', points: 20, expiresAt: null },
    ])
    expect(folded(entries, waiting)).toMatchObject({ active: 70, pending: 30 })
  })

  test('S27 points that become active pay the debt first', () => {
    const poor = folded([{ ...grant('a', 150, null), activeFrom: july }], { ...wallet, debt: 100 as Points })
    const entries = activationsDue(poor, july)
    expect(entries.map(({ type, points }) => [type, points])).toEqual([
      ['activated', 150],
      ['debtSettled', 100],
    ])
    expect(folded(entries, poor)).toMatchObject({ active: 50, debt: 0, pending: 0 })
  })
})

describe('nextDueInWallet', () => {
  test('is the soonest activation or expiry', () => {
    const pending = { ...grant('p', 10, august), activeFrom: july }
    expect(nextDueInWallet(definition, utc, folded([grant('a', 10, august), pending]))).toBe(july)
    expect(nextDueInWallet(definition, utc, folded([pending, grant('a', 10, at('2026-06-01T00:00:00Z'))]))).toBe(
      at('2026-06-01T00:00:00Z'),
    )
  })

  test('is null where nothing will ever happen', () => {
    expect(nextDueInWallet(definition, utc, wallet)).toBeNull()
    expect(nextDueInWallet(definition, utc, folded([grant('a', 10, null)]))).toBeNull()
  })

  test('is nothing any more once all that is due has happened', () => {
    const full = folded([grant('a', 10, july, start)])
    expect(nextDueInWallet(definition, utc, folded(expiriesDue(definition, full, july), full))).toBeNull()
  })
})
