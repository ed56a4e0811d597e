import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityId, LotId, Points } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import { burn, clawBack, type Wallet } from '../../src/ledger/index.ts'
import { playWallet, walletHistoryArbitrary } from '../arbitraries/ledger.ts'
import { at, definition, folded, grant, left, start, wallet } from './book.ts'

const source = 'return-1' as ActivityId
const claw = (from: Wallet, lot: string, points: number): Wallet =>
  folded(clawBack(from, { lot: lot as LotId, points: points as Points, at: start, source }), from)
const spend = (from: Wallet, points: number): Wallet =>
  folded([unwrap(burn(definition, utc, from, points as Points, start, 'reward' as ActivityId))], from)

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
