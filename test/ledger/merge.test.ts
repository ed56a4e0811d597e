import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type MemberId, type Points, unwrap, utc, type WalletId } from '../../src/foundation/index.ts'
import {
  accrue,
  applyEntry,
  emptyWallet,
  hold,
  lifetimePoints,
  mergeWallets,
  pointsOf,
  spendablePoints,
  unaccountedPoints,
  type Wallet,
} from '../../src/ledger/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, id, left, start, wallet } from './book.ts'

const points = (n: number) => n as Points
const anna = 'anna' as MemberId
const bob = 'bob' as MemberId
const merge = 'merge-1' as ActivityId
const june = at('2026-06-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')

/** Both wallets after bob is merged into anna. */
const merged = (from: Wallet, into: Wallet, source: ActivityId = merge): readonly [Wallet, Wallet] => {
  const entries = unwrap(mergeWallets({ member: bob, wallet: from }, { member: anna, wallet: into }, june, source))
  return [frozen(folded(entries.from, from)), frozen(folded(entries.into, into))]
}

const owing = (debt: number): Wallet => ({ ...wallet, debt: points(debt), debtSince: start, reversed: points(debt) })

describe('mergeWallets', () => {
  test('lots go with their dates, pending ones and what was held too', () => {
    const full = folded([
      grant('a', 30, december),
      grant('b', 50, null),
      { ...grant('p', 7, december), activeFrom: at('2026-07-01T00:00:00Z') },
    ])
    const held = folded([unwrap(hold(definition, utc, full, points(40), start, 'cart' as ActivityId))], full)
    const [gone, all] = merged(held, folded([grant('own', 5, null)]))
    expect(gone).toMatchObject({ active: 0, pending: 0, held: 0, holds: [], lots: [], transferredOut: 87 })
    expect(all).toMatchObject({ active: 85, pending: 7, held: 0, transferredIn: 87 })
    expect(all.lots.map(({ points: of, expiresAt }) => [of, expiresAt]).sort()).toEqual(
      [
        [30, december],
        [7, december],
        [50, null],
        [5, null],
      ].sort(),
    )
  })

  test('debt goes along, and what is there pays it', () => {
    const [gone, all] = merged(owing(20), folded([grant('own', 50, null)]))
    expect(gone).toMatchObject({ debt: 0, debtSince: null, writtenOff: 20 })
    expect(all).toMatchObject({ active: 30, debt: 0, adjustedOut: 20 })
    expect(merged(folded([grant('a', 50, null)]), owing(20))[1]).toMatchObject({ active: 30, debt: 0 })
    expect(merged(owing(20), owing(5))[1]).toMatchObject({ active: 0, debt: 25, debtSince: start })
    expect(merged(owing(20), wallet)[1]).toMatchObject({ debt: 20, debtSince: june })
  })

  test('what was earned stays with who earned it', () => {
    const [gone, all] = merged(folded([grant('a', 30, null)]), folded([grant('own', 5, null)]))
    expect([lifetimePoints(gone), lifetimePoints(all)]).toEqual([30, 5])
  })

  test('members that are one, wallets that are not, and totals too large are faults, all at once', () => {
    const full = { ...emptyWallet('stars' as WalletId), transferredIn: points(Number.MAX_SAFE_INTEGER) }
    const from = { member: anna, wallet: folded([grant('a', 1, null)]) }
    const result = mergeWallets(from, { member: anna, wallet: full }, june, merge)
    expect(result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []).toEqual([
      'MergedWithItself',
      'DifferentWallets',
      'OutOfRange',
    ])
  })
})

const worth = ({ active, pending, held, debt }: Wallet) => active + pending + held - debt
/** Wallets of one kind, so that they can be merged, some of it held. */
const ofOneKind = fc.tuple(walletArbitrary, fc.constantFrom(0, 0.3, 1)).map(([of, share]): Wallet => {
  const full = { ...of, id }
  const n = points(Math.floor(spendablePoints(full) * share))
  return n === 0 ? full : folded([unwrap(hold(definition, utc, full, n, start, 'cart' as ActivityId))], full)
})

describe('a merge', () => {
  test('keeps the sum over both, leaves nothing behind, and accounts for all of it', () => {
    fc.assert(
      fc.property(ofOneKind, ofOneKind, (from, into) => {
        const [gone, all] = merged(from, into)
        expect(worth(gone)).toBe(0)
        expect(gone).toMatchObject({ lots: [], holds: [], active: 0, pending: 0, held: 0, debt: 0 })
        expect(worth(all)).toBe(worth(from) + worth(into))
        const isWaiting = into.active > 0 && into.debt > 0
        if (!isWaiting) expect(Math.min(all.active, all.debt)).toBe(0)
        expect(unaccountedPoints(gone)).toBe(0)
        expect(unaccountedPoints(all)).toBe(0)
        expect(pointsOf(all.lots)).toBe(all.active + all.pending)
      }),
    )
  })

  test('again changes nothing', () => {
    fc.assert(
      fc.property(ofOneKind, ofOneKind, (from, into) => {
        const once = merged(from, into)
        const [gone, all] = once
        const again = unwrap(mergeWallets({ member: bob, wallet: gone }, { member: anna, wallet: all }, june, merge))
        expect(again).toEqual({ from: [], into: [] })
        expect(merged(from, into)).toEqual(once)
      }),
    )
  })

  test('and earning give the same in either order where nothing is owed, and the same sums where it is', () => {
    fc.assert(
      fc.property(ofOneKind, ofOneKind, fc.integer({ min: 1, max: 30 }), (from, into, n) => {
        const earn = (to: Wallet) =>
          unwrap(
            accrue(definition, utc, to, {
              lot: grant('new', n, null).lot,
              points: points(n),
              at: june,
              source: 'order-9' as ActivityId,
            }),
          ).reduce(applyEntry, to)
        const mergedThenEarned = earn(merged(from, into)[1])
        const earnedThenMerged = merged(from, earn(into))[1]
        if (from.debt === 0 && into.debt === 0) {
          expect({ ...mergedThenEarned, decayedAt: null }).toEqual({ ...earnedThenMerged, decayedAt: null })
        }
        expect(worth(mergedThenEarned)).toBe(worth(earnedThenMerged))
        expect(mergedThenEarned.debt).toBe(earnedThenMerged.debt)
        expect(mergedThenEarned.active).toBe(earnedThenMerged.active)
      }),
    )
  })

  test('of three members into one gives the same lots in either order where nothing is owed', () => {
    fc.assert(
      fc.property(ofOneKind, ofOneKind, ofOneKind, (a, b, into) => {
        fc.pre(a.debt + b.debt + into.debt === 0)
        const [first, second] = ['merge-a' as ActivityId, 'merge-b' as ActivityId]
        const ab = merged(b, merged(a, into, first)[1], second)[1]
        const ba = merged(a, merged(b, into, second)[1], first)[1]
        expect(left(ab)).toEqual(left(ba))
      }),
    )
  })
})
