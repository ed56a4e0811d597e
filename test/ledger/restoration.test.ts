import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, formatInstant, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  burn,
  expiriesDue,
  hold,
  type Lot,
  piecesOf,
  releaseHold,
  restore,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { at, definition, extendTo, folded, grant, left, start, wallet } from './book.ts'

const redemption = 'reward' as ActivityId
const march = at('2026-03-01T00:00:00Z')
const may = at('2026-05-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')

interface Spent {
  readonly wallet: Wallet
  readonly pieces: ReadonlyArray<Lot>
}

const spent = (full: Wallet, points: number): Spent => {
  const entry = unwrap(burn(definition, utc, full, points as Points, start, redemption))
  return { wallet: folded([entry], full), pieces: piecesOf(full.lots, entry.draws) }
}

const back = (
  of: WalletDefinition,
  { wallet: now, pieces }: Spent,
  points: number,
  restored = 0,
  name = 'cancellation',
): Wallet => {
  const source = name as ActivityId
  const part = { pieces, restored: restored as Points, points: points as Points, at: may, source, redemption }
  return folded(unwrap(restore(of, utc, now, part)), now)
}

const dates = ({ lots }: Wallet): ReadonlyArray<readonly [points: number, date: string]> =>
  lots.map(({ points, expiresAt }) => [points, expiresAt === null ? 'never' : formatInstant(expiresAt).slice(0, 10)])

describe('S29 300 points were paid from A, which has expired meanwhile, 200, and B, 100 until December', () => {
  const paid = spent(folded([grant('A', 200, march), grant('B', 100, december)]), 300)
  const yearly: WalletDefinition = {
    ...definition,
    expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'activation' },
  }

  test('S29 the dates that they had: A comes back and dies at once', () => {
    const now = back({ ...definition, restoration: { type: 'originalExpiry' } }, paid, 300)
    expect(now).toMatchObject({ active: 300, redeemed: 0 })
    expect(now.lots.map((lot) => [lot.points, lot.expiresAt])).toEqual([
      [200, may],
      [100, december],
    ])
    const dead = folded(expiriesDue(definition, now, may), now)
    expect(dead).toMatchObject({ active: 100, expired: 200 })
    expect(left(dead)).toEqual([['B', 100]])
  })

  test('S29 a grace of 30 days, by default: A lives until 31 May, B keeps its date', () => {
    const grace: WalletDefinition = {
      ...definition,
      restoration: { type: 'grace', atLeast: { amount: 30, unit: 'day' } },
    }
    for (const of of [definition, grace]) {
      expect(dates(back(of, paid, 300))).toEqual([
        [200, '2026-05-31'],
        [100, '2026-12-01'],
      ])
    }
  })

  test('S29 anew: both live as if they were earned now', () => {
    expect(dates(back({ ...yearly, restoration: { type: 'reissue' } }, paid, 300))).toEqual([
      [200, '2027-05-01'],
      [100, '2027-05-01'],
    ])
  })

  test('S29 a part comes back in proportion to the lots', () => {
    expect(dates(back(definition, paid, 150))).toEqual([
      [100, '2026-05-31'],
      [50, '2026-12-01'],
    ])
    expect(back(definition, paid, 0)).toEqual(paid.wallet)
  })

  test('S29 what comes back pays debt first', () => {
    const owing = { ...paid, wallet: { ...paid.wallet, debt: 250 as Points, debtSince: start } }
    expect(back(definition, owing, 300)).toMatchObject({ active: 50, debt: 0, debtSince: null, redeemed: 0 })
  })

  test('S29 a lot that has another date now is not mixed with what comes back', () => {
    const full = folded([grant('A', 200, december)])
    const half = spent(full, 100)
    const later = folded(
      [
        {
          type: 'extended',
          wallet: wallet.id,
          at: start,
          points: 100 as Points,
          source: redemption,
          lots: half.wallet.lots.map(({ id: lot }) => ({ lot, expiresAt: null })),
        },
      ],
      half.wallet,
    )
    expect(
      left(back({ ...definition, restoration: { type: 'originalExpiry' } }, { ...half, wallet: later }, 100)),
    ).toEqual([
      ['12/cancellation/A', 100],
      ['A', 100],
    ])
  })
})

describe('S29 how a cancellation is split makes no difference', () => {
  const asBefore: WalletDefinition = { ...definition, restoration: { type: 'originalExpiry' } }
  const paidFrom = (sizes: ReadonlyArray<number>): Spent => {
    const full = folded(sizes.map((size, index) => grant(`lot ${String(index).padStart(2, '0')}`, size, null)))
    return spent(full, full.active)
  }

  test('S29 of 1, 3 and 3 points, 3 and then 1 and then 3: no lot gets more back than was taken from it', () => {
    const paid = paidFrom([1, 3, 3])
    const parts = [3, 1, 3]
    let restored = 0
    let now = paid.wallet
    for (const points of parts) {
      now = back(asBefore, { ...paid, wallet: now }, points, restored, `part ${restored}`)
      restored += points
    }
    expect(left(now)).toEqual([
      ['lot 00', 1],
      ['lot 01', 3],
      ['lot 02', 3],
    ])
  })

  test('S29 in two parts or at once, and no lot is a point or more away from its share of few lots', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, a, b) => {
          const paid = paidFrom(of)
          const all = of.reduce((sum, size) => sum + size, 0)
          const end = Math.floor(all * a)
          const first = Math.floor(end * b)
          const half = back(asBefore, paid, first, 0, 'first')
          const inTwo = back(asBefore, { ...paid, wallet: half }, end - first, first, 'second')
          expect(inTwo).toEqual({ ...back(asBefore, paid, end), decayedAt: inTwo.decayedAt })
          for (const { id: lot, points } of inTwo.lots) {
            const size = of[Number(lot.slice(4))] ?? 0
            expect(Math.abs(points - (size * end) / all)).toBeLessThan(1)
          }
        },
      ),
    )
  })

  test('S29 all comes back to where it was, by however many single points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }), (of) => {
        const paid = paidFrom(of)
        const all = of.reduce((sum, size) => sum + size, 0)
        let now = paid.wallet
        for (let restored = 0; restored < all; restored += 1) {
          now = back(asBefore, { ...paid, wallet: now }, 1, restored, `part ${restored}`)
        }
        expect(left(now).map(([, points]) => points)).toEqual(of)
      }),
    )
  })
})

test('S25 S29 while expiry is suspended a date that has passed is kept: nothing dies of it', () => {
  const paid = spent(folded([grant('A', 200, march)]), 200)
  const of: WalletDefinition = { ...definition, restoration: { type: 'originalExpiry' } }
  const now = back(of, { ...paid, wallet: { ...paid.wallet, suspended: true } }, 200)
  expect(now.lots.map(({ expiresAt }) => expiresAt)).toEqual([march])
  expect(expiriesDue(of, now, may)).toEqual([])
  expect(back(of, paid, 200).lots.map(({ expiresAt }) => expiresAt)).toEqual([may])
})

test('S29 what comes back of a lot that lives longer now where it is held does not shorten it', () => {
  const paid = spent(folded([grant('A', 100, march)]), 40)
  const source = 'cart' as ActivityId
  const held = folded([unwrap(hold(definition, utc, paid.wallet, 60 as Points, start, source))], paid.wallet)
  const longer = folded([extendTo(held, december)], held)
  const now = back({ ...definition, restoration: { type: 'originalExpiry' } }, { ...paid, wallet: longer }, 40)
  const free = folded([unwrap(releaseHold(now, source, may))], now)
  expect(dates(free)).toEqual([
    [40, '2026-05-01'],
    [60, '2026-12-01'],
  ])
})
