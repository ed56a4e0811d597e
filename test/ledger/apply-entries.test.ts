import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type Instant, type Points, utc } from '../../src/foundation/index.ts'
import { applyEntries, applyEntry, emptyWallet, gainsDue, type LedgerEntry, lossesDue } from '../../src/ledger/index.ts'
import { walletHistoryArbitrary } from '../arbitraries/ledger-history.ts'
import { playWallet } from '../arbitraries/ledger-play.ts'
import { definition, folded, grant, start } from './book.ts'

const day = 86_400_000
const on = (n: number): Instant => (start + n * day) as Instant

/** Twelve lots of 10 that wait until the second day and die on the tenth, half of them for an action. */
const waiting = (awaits: string | null, expiresAt: Instant | null = on(10)) =>
  folded(
    Array.from({ length: 12 }, (_, index) => ({
      ...grant(`lot ${index}`, 10, expiresAt),
      source: `order ${index}` as ActivityId,
      activeFrom: on(2),
      awaits: index % 2 === 0 ? awaits : null,
    })),
  )

const oneByOne = (entries: ReadonlyArray<LedgerEntry>, wallet = emptyWallet(definition.id)) =>
  entries.reduce(applyEntry, wallet)

describe('applyEntries', () => {
  test('is one entry after the other, over whole histories', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const entries = playWallet(history).flatMap((step) => step.entries)
        const empty = emptyWallet(history.definition.id)
        expect(applyEntries(empty, entries)).toEqual(oneByOne(entries, empty))
      }),
    )
  })

  test('also where many lots become active, die, move or are cancelled at once, and debt is paid between', () => {
    const many = fc.record({
      awaits: fc.constantFrom(null, 'delivery'),
      onExpiry: fc.constantFrom({}, { onExpiry: { type: 'donate' as const, recipient: 'forest' } }),
      debt: fc.constantFrom(0, 35),
      dies: fc.constantFrom(on(10), null),
    })
    fc.assert(
      fc.property(many, ({ awaits, onExpiry, debt, dies }) => {
        const owing = { ...waiting(awaits, dies), debt: debt as Points, debtSince: debt === 0 ? null : start }
        const gains = gainsDue(owing, on(2))
        expect(gains.length).toBeGreaterThanOrEqual(12)
        const active = applyEntries(owing, gains)
        expect(active).toEqual(oneByOne(gains, owing))
        const losses = lossesDue({ ...definition, ...onExpiry }, utc, active, on(11))
        expect(applyEntries(active, losses)).toEqual(oneByOne(losses, active))
        expect(active.pending).toBe(0)
        expect(active.lots.length).toBe(dies === null ? losses.length + active.lots.length : losses.length)
      }),
    )
  })

  test('a lot that comes twice is taken twice, in order', () => {
    const wallet = folded(gainsDue(waiting(null), on(2)), waiting(null))
    const draw = { lot: 'lot 1', points: 2 } as never
    const part = {
      type: 'convertedOut',
      wallet: wallet.id,
      at: on(3),
      source: 'x' as ActivityId,
      to: 'b',
      points: 2 as Points,
    } as const
    const entries = Array.from({ length: 5 }, () => ({ ...part, draws: [draw] }))
    const after = applyEntries(wallet, entries)
    expect(after).toEqual(oneByOne(entries, wallet))
    expect(after.active).toBe(110)
  })

  test('dates that change with the activation put the lots in order', () => {
    const wallet = waiting(null)
    const entries = wallet.lots.map((lot, index): LedgerEntry => {
      const { id, points } = lot
      return { type: 'activated', wallet: wallet.id, at: on(2), lot: id, points, expiresAt: on(40 - index) }
    })
    const after = applyEntries(wallet, entries)
    expect(after).toEqual(oneByOne(entries, wallet))
    expect(after.lots[0]?.expiresAt).toBe(on(29))
  })
})
