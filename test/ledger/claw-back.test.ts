import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityId, LotId, Points } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import {
  accrue,
  burn,
  type ClawBackPolicy,
  clawBack,
  expiriesDue,
  hold,
  piecesOf,
  releaseHold,
  restore,
  settleDebt,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { walletHistoryArbitrary } from '../arbitraries/ledger-history.ts'
import { playWallet } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, left, start, wallet } from './book.ts'

const source = 'return-1' as ActivityId
const claw = (from: Wallet, lot: string, points: number, policy?: ClawBackPolicy): Wallet =>
  folded(clawBack(from, { lot: lot as LotId, points: points as Points, at: start, source }, policy), from)
const spend = (from: Wallet, points: number): Wallet =>
  folded([unwrap(burn(definition, utc, from, points as Points, start, 'reward' as ActivityId))], from)

describe('S27 earned 100, spent 100, returned', () => {
  const spent = spend(folded([grant('a', 100, null)]), 100)
  const by = (limit: ClawBackPolicy['limit']): ClawBackPolicy => ({ limit, from: 'soonestExpiring' })
  const asked = { lot: 'a' as LotId, points: 100 as Points, at: start, source }

  test('S27 only what is pending: nothing is taken, the program loses 100', () => {
    expect(clawBack(spent, asked, by('pendingOnly'))).toMatchObject([{ points: 0, debt: 0, forgiven: 100, draws: [] }])
    expect(claw(spent, 'a', 100, by('pendingOnly'))).toMatchObject({ active: 0, debt: 0, reversed: 0 })
  })

  test('S27 only what is there: down to 0, the program loses 100', () => {
    expect(clawBack(spent, asked, by('withinBalance'))).toMatchObject([{ points: 0, debt: 0, forgiven: 100 }])
    const some = folded([grant('b', 30, null)], spent)
    expect(claw(some, 'a', 100, by('withinBalance'))).toMatchObject({ active: 0, debt: 0, reversed: 30 })
  })

  test('S27 without limit: −100; the next 150 leave 50, and only 50 can expire', () => {
    const owing = claw(spent, 'a', 100, by('unlimited'))
    expect(owing).toMatchObject({ active: 0, debt: 100, debtSince: start, reversed: 100 })
    expect(burn(definition, utc, owing, 1 as Points, start, source)._tag).toBe('Left')
    const july = at('2026-07-01T00:00:00Z')
    const yearly: WalletDefinition = {
      ...definition,
      expiry: { type: 'rolling', after: { amount: 6, unit: 'month' }, from: 'earning' },
    }
    const next = { lot: 'b' as LotId, points: 150 as Points, at: start, source: 'order-2' as ActivityId }
    const paid = folded(unwrap(accrue(yearly, utc, owing, next)), owing)
    expect(paid).toMatchObject({ active: 50, debt: 0, debtSince: null })
    expect(expiriesDue(yearly, paid, july)).toMatchObject([{ type: 'expired', lot: 'b', points: 50 }])
  })

  test('S27 what is pending goes back whatever the limit', () => {
    const pending = folded([{ ...grant('a', 100, null), activeFrom: at('2026-02-01T00:00:00Z') }])
    for (const limit of ['pendingOnly', 'withinBalance', 'unlimited'] as const) {
      expect(claw(pending, 'a', 60, by(limit))).toMatchObject({ pending: 40, debt: 0, reversed: 60 })
    }
  })
})

describe('clawBack', () => {
  const june = at('2026-06-01T00:00:00Z')
  const july = at('2026-07-01T00:00:00Z')
  const december = at('2026-12-01T00:00:00Z')

  test('S27 earned 100, spent 100, returned: a debt of 100', () => {
    const after = claw(spend(folded([grant('a', 100, null)]), 100), 'a', 100)
    expect(after).toMatchObject({ active: 0, debt: 100, redeemed: 100, reversed: 100 })
  })

  test('S28 a lot of 100, 60 of it spent: 40 from the lot, 60 from others, soonest to expire first', () => {
    const spent = spend(folded([grant('own', 100, june)]), 60)
    const full = folded([grant('late', 50, december), grant('soon', 50, july)], spent)
    const entries = clawBack(full, { lot: 'own' as LotId, points: 100 as Points, at: start, source })
    expect(entries).toMatchObject([
      {
        type: 'reversed',
        points: 100,
        debt: 0,
        forgiven: 0,
        draws: [
          { lot: 'own', points: 40 },
          { lot: 'soon', points: 50 },
          { lot: 'late', points: 10 },
        ],
      },
    ])
    expect(left(folded(entries, full))).toEqual([['late', 40]])
    expect(folded(entries, full)).toMatchObject({ active: 40, debt: 0, reversed: 100 })
  })

  test('S28 the rest from the lots that are latest to expire, or from no other lot at all', () => {
    const spent = spend(folded([grant('own', 100, june)]), 60)
    const full = folded([grant('late', 50, december), grant('soon', 50, july)], spent)
    expect(left(claw(full, 'own', 100, { limit: 'unlimited', from: 'latestExpiring' }))).toEqual([['soon', 40]])
    const owing = claw(full, 'own', 100, { limit: 'unlimited', from: 'ownLotOnly' })
    expect(owing).toMatchObject({ active: 100, debt: 60, reversed: 100 })
    expect(claw(full, 'own', 100, { limit: 'withinBalance', from: 'ownLotOnly' })).toMatchObject({
      active: 100,
      debt: 0,
      reversed: 40,
    })
  })

  test('S28 a lot of 100, 60 of it spent, no others: a debt of 60', () => {
    expect(claw(spend(folded([grant('own', 100, december)]), 60), 'own', 100)).toMatchObject({ active: 0, debt: 60 })
  })

  test('takes from the very lot, though others expire sooner', () => {
    expect(left(claw(folded([grant('own', 100, december), grant('soon', 50, july)]), 'own', 30))).toEqual([
      ['soon', 50],
      ['own', 70],
    ])
  })

  test('takes pending points from their lot; for what is missing, other pending points wait until they are active', () => {
    const pending = (lot: string, points: number) => ({ ...grant(lot, points, null), activeFrom: june })
    const after = claw(folded([pending('own', 30), pending('other', 100)]), 'own', 30)
    expect(after).toMatchObject({ pending: 100, debt: 0 })
    expect(claw(after, 'own', 10)).toMatchObject({ pending: 100, debt: 10, active: 0 })
  })

  test('enters nothing for no points', () => {
    expect(clawBack(wallet, { lot: 'a' as LotId, points: 0 as Points, at: start, source })).toEqual([])
  })

  test('takes exactly what it is asked for: from the own lot, as debt, nothing else', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, fc.nat({ max: 100 }), (history, points) => {
        for (const { wallet: full } of playWallet(history).slice(-3)) {
          const lot = full.lots[0]?.id ?? ('gone' as LotId)
          const after = claw(full, lot, points)
          expect(after.active + after.pending - after.debt).toBe(full.active + full.pending - full.debt - points)
          expect(after.reversed).toBe(full.reversed + points)
        }
      }),
    )
  })
})

describe('debt that other lots are not asked to pay', () => {
  const spent = spend(folded([grant('own', 100, null)]), 60)
  const owing = claw(folded([grant('other', 100, null)], spent), 'own', 100, { limit: 'unlimited', from: 'ownLotOnly' })

  test('S27 is kept back: only what is more than it can be spent or set aside', () => {
    expect(owing).toMatchObject({ active: 100, debt: 60 })
    expect(burn(definition, utc, owing, 41 as Points, start, source)).toMatchObject({ left: { available: 40 } })
    expect(burn(definition, utc, owing, 40 as Points, start, source)._tag).toBe('Right')
    expect(hold(definition, utc, owing, 41 as Points, start, source)).toMatchObject({ left: { available: 40 } })
  })
})

describe('points that are held when what earned them is returned', () => {
  const full = folded([grant('a', 100, null)])
  const held = folded([unwrap(hold(definition, utc, full, 100 as Points, start, source))], full)

  test('S27 are owed, within the balance too: setting points aside before a return keeps none', () => {
    for (const from of ['soonestExpiring', 'ownLotOnly'] as const) {
      const owing = claw(held, 'a', 100, { limit: 'withinBalance', from })
      expect(owing).toMatchObject({ held: 100, debt: 100, reversed: 100 })
      const free = folded([unwrap(releaseHold(owing, source, start))], owing)
      expect(folded(settleDebt(free, start), free)).toMatchObject({ active: 0, debt: 0, lots: [] })
    }
  })

  test('S27 are owed once: a second return finds nothing in the balance', () => {
    const within: ClawBackPolicy = { limit: 'withinBalance', from: 'soonestExpiring' }
    const owing = claw(held, 'a', 100, within)
    const again = clawBack(owing, { lot: 'b' as LotId, points: 10 as Points, at: start, source }, within)
    expect(again).toMatchObject([{ points: 0, debt: 0, forgiven: 10 }])
  })
})

describe('S27 own lot only, within the balance: of what is held of the lot, no more is owed than is left of the balance', () => {
  const both = folded([grant('a', 40, null), grant('b', 60, null)])
  const held = folded([unwrap(hold(definition, utc, both, 100 as Points, start, source))], both)
  const own: ClawBackPolicy = { limit: 'withinBalance', from: 'ownLotOnly' }
  const clawed = (debt: number, points: number) =>
    clawBack({ ...held, debt: debt as Points }, { lot: 'a' as LotId, points: points as Points, at: start, source }, own)

  test('other held points pay nothing', () => {
    expect(clawed(0, 70)).toMatchObject([{ points: 40, debt: 40, forgiven: 30 }])
  })

  test('what is owed already is not owed again', () => {
    expect(clawed(80, 40)).toMatchObject([{ points: 20, debt: 20, forgiven: 20 }])
    expect(clawed(100, 40)).toMatchObject([{ points: 0, debt: 0, forgiven: 40 }])
    expect(clawed(120, 40)).toMatchObject([{ points: 0, debt: 0, forgiven: 40 }])
  })
})

test('S28 what came back of a lot under another date is of that lot: it pays before others, and before any debt', () => {
  const july = at('2026-07-01T00:00:00Z')
  const june = at('2026-06-20T00:00:00Z')
  const full = folded([grant('a', 100, july)])
  const burnt = unwrap(burn(definition, utc, full, 60 as Points, start, source))
  const spent = folded([burnt], full)
  const given = { pieces: piecesOf(full.lots, burnt.draws), restored: 0 as Points, points: 60 as Points, at: june }
  const back = folded(unwrap(restore(definition, utc, spent, { ...given, source, redemption: source })), spent)
  expect(back.lots.map(({ points, expiresAt }) => [points, expiresAt])).toEqual([
    [40, july],
    [60, at('2026-07-20T00:00:00Z')],
  ])
  const returned = claw(back, 'a', 100, { limit: 'unlimited', from: 'ownLotOnly' })
  expect(returned).toMatchObject({ active: 0, debt: 0, reversed: 100, lots: [] })
})
