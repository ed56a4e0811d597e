import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant, Points } from '../../src/foundation/index.ts'
import {
  applyEntry,
  compareBurnOrder,
  emptyWallet,
  expirySchedule,
  type LedgerEntry,
  unaccountedPoints,
  Wallet,
} from '../../src/ledger/index.ts'
import {
  frozen,
  ledgerEntryArbitrary,
  playWallet,
  walletArbitrary,
  walletHistoryArbitrary,
} from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, folded, grant, id, wallet } from './book.ts'
import { command, lotsOf, pointsModel, totalsOf } from './points-model.ts'

codecLaws('Wallet', Wallet, walletArbitrary)

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

const expectSound = (one: Wallet): void => {
  const left = one.lots.map(({ points }) => points)
  expect(unaccountedPoints(one)).toBe(0)
  expect(sum(left)).toBe(one.active + one.pending)
  expect(sum(one.lots.filter(({ active }) => active).map(({ points }) => points))).toBe(one.active)
  expect(sum(expirySchedule(one).map(({ points }) => points))).toBe(one.active + one.pending)
  expect(one.debt === 0 || one.active === 0).toBe(true)
  expect(left.every((points) => points > 0)).toBe(true)
  expect([...one.lots].sort(compareBurnOrder)).toEqual(one.lots)
  const { active, pending, debt, accrued, redeemed, expired, reversed } = one
  expect(Math.min(active, pending, debt, accrued, redeemed, expired, reversed)).toBeGreaterThanOrEqual(0)
}

const expectEntrySound = (entry: LedgerEntry): void => {
  // Only a redemption of nothing is entered at all.
  expect(entry.points).toBeGreaterThanOrEqual(entry.type === 'redeemed' ? 0 : 1)
  if (!('draws' in entry)) return
  const debt = entry.type === 'reversed' ? entry.debt : 0
  expect(sum(entry.draws.map(({ points }) => points)) + debt).toBe(entry.points)
  expect(entry.draws.every(({ points }) => points > 0)).toBe(true)
  expect(new Set(entry.draws.map(({ lot }) => lot)).size).toBe(entry.draws.length)
}

describe('a wallet', () => {
  test('is what a simulation of every single point gives', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const model = pointsModel(history)
        for (const { at: now, act, wallet: one } of playWallet(history)) {
          command(model, act, now)
          expect(one).toMatchObject(totalsOf(model))
          expect(new Map(one.lots.map(({ id: lot, points, active }) => [lot, { points, active }]))).toEqual(
            lotsOf(model),
          )
        }
      }),
    )
  })

  test('loses no point and makes none, whatever happens', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        for (const { wallet: one, entries } of playWallet(history)) {
          expectSound(one)
          entries.forEach(expectEntrySound)
        }
      }),
    )
  })

  test('is the fold of its entries', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const steps = playWallet(history)
        const entries = steps.flatMap((step) => step.entries)
        const last = steps[steps.length - 1]?.wallet ?? emptyWallet(history.definition.id)
        expect(entries.reduce(applyEntry, emptyWallet(history.definition.id))).toEqual(last)
      }),
    )
  })

  test('is not changed by an entry: a new one is made, even by an entry that does not belong to it', () => {
    fc.assert(
      fc.property(walletArbitrary, ledgerEntryArbitrary, (one, entry) => {
        const before = structuredClone(one)
        applyEntry(frozen(one), frozen(entry))
        expect(one).toEqual(before)
      }),
    )
  })
})

describe('unaccountedPoints', () => {
  test('is 0 for a new wallet, and tells of one that was tampered with', () => {
    const full = folded([grant('a', 100, null)])
    expect(unaccountedPoints(wallet)).toBe(0)
    expect(unaccountedPoints(full)).toBe(0)
    expect(unaccountedPoints({ ...full, active: 90 as Points })).toBe(10)
    expect(unaccountedPoints({ ...full, debt: 5 as Points })).toBe(5)
  })

  test('is 0 for no other wallet, at the end of the range too', () => {
    const points = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER))
    const totals = fc.record({
      active: points,
      pending: points,
      debt: points,
      accrued: points,
      redeemed: points,
      expired: points,
      reversed: points,
    })
    fc.assert(
      fc.property(totals, (of) => {
        const exact =
          BigInt(of.accrued) -
          BigInt(of.redeemed) -
          BigInt(of.expired) -
          BigInt(of.reversed) -
          BigInt(of.active) -
          BigInt(of.pending) +
          BigInt(of.debt)
        expect(unaccountedPoints({ ...wallet, ...of } as Wallet) === 0).toBe(exact === 0n)
      }),
    )
  })
})

describe('expirySchedule', () => {
  test('says what dies when, soonest first, never last, pending points with the others', () => {
    const june = at('2026-06-01T00:00:00Z')
    const july = at('2026-07-01T00:00:00Z')
    const pending = { ...grant('p', 7, july), activeFrom: june }
    const full = folded([grant('a', 100, null), grant('b', 30, july), pending, grant('c', 5, june)])
    expect(full).toMatchObject({ active: 135, pending: 7 })
    expect(expirySchedule(full)).toEqual([
      { at: june, points: 5 },
      { at: july, points: 37 },
      { at: null, points: 100 },
    ])
  })
})

test('an entry about a lot that is not there changes the totals only', () => {
  const entry = { wallet: id, at: 0 as Instant, lot: grant('gone', 1, null).lot, points: 0 as Points }
  const full = folded([grant('a', 100, null)])
  expect(applyEntry(full, { ...entry, type: 'activated', expiresAt: null })).toEqual(full)
  expect(applyEntry(full, { ...entry, type: 'expired', hold: null })).toEqual(full)
})
