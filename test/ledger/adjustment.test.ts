import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, formatError, type LotId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  adjustIn,
  adjustmentNote,
  adjustOut,
  applyEntry,
  burn,
  expiriesDue,
  lifetimePoints,
  unaccountedPoints,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, left, start, wallet } from './book.ts'

const points = (n: number) => n as Points
const june = at('2026-06-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')
const source = 'adjustment-1' as ActivityId
const note = unwrap(adjustmentNote('goodwill', 'service'))
const given = { lot: 'adjusted' as LotId, points: points(50), at: june, source, ...note }
const claim = { at: june, source, ...note, missing: 'refuse' } as const
const yearly: WalletDefinition = {
  ...definition,
  pending: { type: 'duration', duration: { amount: 14, unit: 'day' } },
  expiry: { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'earning' },
}

describe('S66 adjustment', () => {
  test('S66 points that are given are active at once, live as long as earned ones, and are not earned', () => {
    const after = folded([unwrap(adjustIn(yearly, utc, wallet, given))])
    expect(after).toMatchObject({ active: 50, pending: 0, adjustedIn: 50, accrued: 0 })
    expect(after.lots).toMatchObject([{ id: 'adjusted', active: true, expiresAt: at('2027-06-01T00:00:00Z') }])
    expect(lifetimePoints(after)).toBe(0)
  })

  test('S66 points that are taken come from the lots that the wallet spends first', () => {
    const full = folded([grant('late', 50, december), grant('soon', 30, june + 1)])
    for (const of of [definition, { ...definition, burn: { order: 'newest' } } as const]) {
      const taken = unwrap(adjustOut(of, utc, full, { ...claim, points: points(40) }))
      expect(taken.draws).toEqual(unwrap(burn(of, utc, full, points(40), june, source)).draws)
      expect(folded([taken], full)).toMatchObject({ active: 40, adjustedOut: 40, debt: 0, redeemed: 0 })
    }
    expect(left(folded([unwrap(adjustOut(definition, utc, full, { ...claim, points: points(40) }))], full))).toEqual([
      ['late', 40],
    ])
  })

  test('S66 what is not there is refused, or becomes debt', () => {
    const full = folded([grant('a', 30, null)])
    const more = { ...claim, points: points(31) }
    expect(adjustOut(definition, utc, full, more)).toMatchObject({
      left: { _tag: 'InsufficientPoints', requested: 31, available: 30 },
    })
    const taken = unwrap(adjustOut(definition, utc, full, { ...more, missing: 'debt' }))
    expect(folded([taken], full)).toMatchObject({ active: 0, debt: 1, debtSince: june, adjustedOut: 31 })
  })

  test('S66 it must say why, and by whom: both faults at once', () => {
    const missing = adjustmentNote(' \n', '')
    expect(missing._tag === 'Left' ? formatError(missing.left) : '').toBe(
      'Missing adjustment note at reason: expected a text that is not empty (field "reason").\n' +
        'Missing adjustment note at actor: expected a text that is not empty (field "actor").',
    )
    expect(adjustmentNote('', 'service')).toMatchObject({ left: [{ field: 'reason' }] })
    expect(adjustmentNote(' late delivery ', 'service')).toEqual({
      _tag: 'Right',
      right: { reason: 'late delivery', actor: 'service' },
    })
  })
})

describe('adjustIn', () => {
  test('points can have a date of their own, or none', () => {
    const dies = (expiresAt: typeof june | null) =>
      unwrap(adjustIn(yearly, utc, wallet, { ...given, expiresAt })).lots[0]?.expiresAt
    expect(dies(december)).toBe(december)
    expect(dies(null)).toBe(null)
  })

  test('a date that is over is now: they die at once', () => {
    const after = folded([unwrap(adjustIn(yearly, utc, wallet, { ...given, expiresAt: start }))])
    expect(after.lots[0]?.expiresAt).toBe(june)
    expect(expiriesDue(yearly, after, june)).toHaveLength(1)
  })
})

test('what is given and taken again leaves what was there, and all is accounted for', () => {
  fc.assert(
    fc.property(walletArbitrary, fc.nat({ max: 40 }), (before, n) => {
      const full = applyEntry(before, unwrap(adjustIn(definition, utc, before, { ...given, points: points(n) })))
      const last = { ...definition, burn: { order: 'newest' } } as const
      const after = applyEntry(full, unwrap(adjustOut(last, utc, full, { ...claim, points: points(n) })))
      expect(after.active).toBe(before.active)
      expect(unaccountedPoints(full)).toBe(0)
      expect(unaccountedPoints(after)).toBe(0)
      const owing = { ...claim, points: points(full.active + 7), missing: 'debt' } as const
      const empty = applyEntry(full, unwrap(adjustOut(definition, utc, full, owing)))
      expect([empty.active, empty.debt - full.debt]).toEqual([0, 7])
      expect(unaccountedPoints(empty)).toBe(0)
    }),
  )
})

test('nothing given is nothing there', () => {
  expect(folded([unwrap(adjustIn(definition, utc, wallet, { ...given, points: points(0) }))])).toMatchObject({
    ...wallet,
    decayedAt: june,
  })
})
