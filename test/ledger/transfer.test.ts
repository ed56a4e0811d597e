import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type FunderId, type MemberId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyEntry,
  lifetimePoints,
  transferIn,
  transferOut,
  unaccountedPoints,
  type Wallet,
} from '../../src/ledger/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, left, start, wallet } from './book.ts'

const points = (n: number) => n as Points
const anna = 'anna' as MemberId
const bob = 'bob' as MemberId
const gift = (n: number) => `gift-${n}` as ActivityId
const today = at('2026-06-01T00:00:00Z')
const tomorrow = at('2026-06-02T00:00:00Z')

/** Points go from one wallet to another, as two entries; both wallets after it. */
const handed = (from: Wallet, to: Wallet, n: number, source: ActivityId): readonly [Wallet, Wallet] => {
  const { entry, lots } = unwrap(transferOut(definition, utc, from, points(n), today, source, bob))
  return [folded([entry], from), folded(unwrap(transferIn(to, lots, today, source, anna)), to)]
}

describe('S32 transfer', () => {
  const mine = folded([grant('a', 100, tomorrow)])

  test('S32 100 points that die tomorrow, to another member and back, still die tomorrow', () => {
    const [empty, theirs] = handed(mine, wallet, 100, gift(1))
    const [, back] = handed(theirs, empty, 100, gift(2))
    expect(empty.active).toBe(0)
    expect(theirs.lots).toMatchObject([{ points: 100, expiresAt: tomorrow, earnedAt: start }])
    expect(back.lots).toMatchObject([{ points: 100, expiresAt: tomorrow, earnedAt: start }])
  })

  test('S32 who pays for them, what kind they are and what earned them goes along', () => {
    const funded = folded([{ ...grant('a', 100, tomorrow), kind: 'promotional', funder: 'brand' as FunderId }])
    const [, theirs] = handed(funded, wallet, 40, gift(1))
    expect(theirs.lots).toMatchObject([
      { points: 40, kind: 'promotional', funder: 'brand', source: 'order of a', active: true },
    ])
  })

  test('S32 what comes from others is not earned: it counts to no lifetime total', () => {
    const [ours, theirs] = handed(mine, wallet, 100, gift(1))
    expect(lifetimePoints(theirs)).toBe(0)
    expect(theirs.transferredIn).toBe(100)
    expect(lifetimePoints(ours)).toBe(100)
    expect(ours.transferredOut).toBe(100)
  })
})

describe('transferOut', () => {
  const full = folded([grant('a', 30, tomorrow), grant('b', 50, null)])

  test('takes what the wallet spends first, also a part of a lot', () => {
    const { entry, lots } = unwrap(transferOut(definition, utc, full, points(45), today, gift(1), bob))
    expect(entry.draws).toEqual([
      { lot: 'a', points: 30 },
      { lot: 'b', points: 15 },
    ])
    expect(lots.map((lot) => [lot.id, lot.points, lot.expiresAt])).toEqual([
      ['a', 30, tomorrow],
      ['b', 15, null],
    ])
    const newest = { ...definition, burn: { order: 'newest' } } as const
    const later = folded([grant('c', 5, tomorrow, today)], full)
    const [first] = unwrap(transferOut(newest, utc, later, points(5), today, gift(1), bob)).entry.draws
    expect(first?.lot).toBe('c')
  })

  test('lets nothing leave where fewer points are active', () => {
    expect(transferOut(definition, utc, full, points(81), today, gift(1), bob)).toEqual({
      _tag: 'Left',
      left: {
        _tag: 'InsufficientPoints',
        path: ['points'],
        expected: 'at most the 80 active points of the wallet',
        wallet: definition.id,
        requested: 81,
        available: 80,
      },
    })
  })
})

describe('transferIn', () => {
  const { lots } = unwrap(transferOut(definition, utc, folded([grant('a', 30, null)]), points(30), today, gift(1), bob))

  test('pays debt first', () => {
    const owing = { ...wallet, debt: points(20), debtSince: start, reversed: points(20) }
    const entries = unwrap(transferIn(owing, lots, today, gift(1), anna))
    expect(entries.map(({ type }) => type)).toEqual(['transferredIn', 'debtSettled'])
    expect(folded(entries, owing)).toMatchObject({ active: 10, debt: 0, debtSince: null })
  })

  test('lots have ids that follow from the activity and the lot: the same again, and never those of others', () => {
    const ids = (n: number) => folded(unwrap(transferIn(wallet, lots, today, gift(n), anna))).lots.map(({ id }) => id)
    expect(ids(1)).toEqual(ids(1))
    expect(ids(1)).not.toEqual(ids(2))
    const both = [1, 2].flatMap((n) => unwrap(transferIn(wallet, lots, today, gift(n), anna)))
    expect(left(folded(both)).map(([, of]) => of)).toEqual([30, 30])
  })

  test('no two pairs of an activity and a lot give the same id', () => {
    const text = fc.string({ unit: fc.constantFrom('/', '1', '2', 'a') })
    const idOf = (source: string, lot: string) => {
      const one = lots.map((of) => ({ ...of, id: lot as typeof of.id }))
      return folded(unwrap(transferIn(wallet, one, today, source as ActivityId, anna))).lots[0]?.id
    }
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        expect(idOf(a, b) === idOf(c, d)).toBe(a === c && b === d)
      }),
    )
  })
})

const worth = ({ active, pending, held, debt }: Wallet) => active + pending + held - debt

test('a transfer moves points and makes none: the sum over both members stays, and so do all dates', () => {
  fc.assert(
    fc.property(walletArbitrary, walletArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
      const n = Math.floor(from.active * share)
      const { entry, lots } = unwrap(transferOut(definition, utc, from, points(n), today, gift(1), bob))
      const after = frozen(applyEntry(from, entry))
      const came = unwrap(transferIn(to, lots, today, gift(1), anna)).reduce(applyEntry, to)
      expect(worth(after) + worth(came)).toBe(worth(from) + worth(to))
      expect(unaccountedPoints(after)).toBe(0)
      expect(unaccountedPoints(came)).toBe(0)
      expect(lifetimePoints(after) + lifetimePoints(came)).toBe(lifetimePoints(from) + lifetimePoints(to))
      const dates = (of: Wallet) => new Set(of.lots.map(({ expiresAt }) => expiresAt))
      const before = new Set([...dates(from), ...dates(to)])
      for (const date of dates(came)) expect(before.has(date)).toBe(true)
    }),
  )
})
