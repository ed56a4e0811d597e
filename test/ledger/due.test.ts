import { describe, expect, test } from 'vitest'
import type { ActivityId, Instant, Points, WalletId } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import {
  activationsDue,
  burn,
  expiriesDue,
  gainsDue,
  hold,
  lossesDue,
  nextDueInWallet,
  type OnExpiry,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
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

describe('points that would expire and go elsewhere instead', () => {
  const full = folded([grant('a', 10, july), grant('b', 20, august)])
  const going = (onExpiry: OnExpiry) => expiriesDue({ ...definition, onExpiry }, full, july)
  const left = { wallet: id, at: july, source: 'order of a', points: 10, draws: [{ lot: 'a', points: 10 }] }

  test('into another wallet', () => {
    expect(going({ type: 'move', wallet: 'savings' as WalletId })).toEqual([
      { type: 'convertedOut', ...left, to: 'savings' },
    ])
  })

  test('to somebody to whom they are given', () => {
    const given = going({ type: 'donate', recipient: 'charity' })
    expect(given).toEqual([{ type: 'convertedOut', ...left, to: 'charity' }])
    expect(folded(given, full)).toMatchObject({ active: 20, convertedOut: 10, expired: 0 })
  })
})

describe('S21 within one instant', () => {
  const brief: WalletDefinition = {
    ...definition,
    decay: {
      every: { unit: 'year', startMonth: 7, startDay: 1 },
      rate: '0.5',
      atLeast: 0 as Points,
      rounding: 'floor',
    },
  }
  const full = folded([
    grant('active', 60, null),
    grant('dying', 30, july),
    { ...grant('pending', 20, null), activeFrom: july },
  ])

  test('S21 90 active of which 30 die, 20 pending: points become active, then die, then melt', () => {
    const gained = gainsDue(full, july)
    const after = folded(gained, full)
    expect(after).toMatchObject({ active: 110, pending: 0 })
    const lost = lossesDue(brief, utc, after, july)
    expect([...gained, ...lost].map(({ type, points }) => [type, points])).toEqual([
      ['activated', 20],
      ['expired', 30],
      ['decayed', 40],
    ])
    expect(folded(lost, after)).toMatchObject({ active: 40 })
  })

  test('nothing is gained where nothing is due: debt that other lots are not asked to pay stays', () => {
    const held = unwrap(hold(definition, utc, full, 10 as Points, start, 'cart' as ActivityId))
    const owing = { ...folded([held], full), debt: 50 as Points, debtSince: start }
    expect(gainsDue(owing, before(july))).toEqual([])
  })
})

test('S27 what a hold frees by its own end pays debt', () => {
  const full = folded([grant('a', 100, null)])
  const cart = 'cart' as ActivityId
  const held = folded([unwrap(hold(definition, utc, full, 100 as Points, start, cart, july))], full)
  const owing = { ...held, debt: 30 as Points, debtSince: start }
  const freed = gainsDue(owing, july)
  expect(freed.map(({ type }) => type)).toEqual(['holdReleased', 'debtSettled'])
  expect(folded(freed, owing)).toMatchObject({ active: 70, held: 0, debt: 0 })
})
