import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type Duration,
  formatInstant,
  type LotId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  accrue,
  activateAwaited,
  applyEntry,
  gainsDue,
  type OwnTerm,
  resetInactivity,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { at, definition, folded, start, wallet } from './book.ts'

const days = (amount: number): Duration => ({ amount, unit: 'day' })
const ordered: WalletDefinition = {
  ...definition,
  pending: { type: 'action', action: 'delivery', cancelAfter: days(30) },
  expiry: { type: 'rolling', after: days(90), from: 'activation' },
}
const earned = (of: WalletDefinition, term: OwnTerm = {}): Wallet => {
  const grant = { lot: 'a' as LotId, points: 10 as Points, at: start, source: 'order' as ActivityId, term }
  return folded(unwrap(accrue(of, utc, wallet, grant)))
}
const tenth = at('2026-01-11T00:00:00Z')
const delivered = (of: WalletDefinition, from: Wallet): Wallet =>
  folded(activateAwaited(of, utc, from, 'delivery', tenth), from)
const dies = ({ lots }: Wallet): string =>
  lots.map(({ expiresAt }) => (expiresAt === null ? 'never' : formatInstant(expiresAt).slice(0, 10))).join()

describe('points that await a delivery', () => {
  test('are active with it, and live from then on', () => {
    const after = delivered(ordered, earned(ordered))
    expect(after).toMatchObject({ active: 10, pending: 0, lots: [{ active: true, activeFrom: tenth, awaits: null }] })
    expect(dies(after)).toBe('2026-04-11')
    expect(activateAwaited(ordered, utc, earned(ordered), 'another', tenth)).toEqual([])
  })

  test('are cancelled without it', () => {
    const waiting = earned(ordered)
    const end = at('2026-01-31T00:00:00Z')
    expect(gainsDue(waiting, end)).toMatchObject([{ type: 'reversed', points: 10, debt: 0, forgiven: 0 }])
    expect(folded(gainsDue(waiting, end), waiting)).toMatchObject({ pending: 0, reversed: 10, lots: [] })
  })

  test('keep a validity that they were granted', () => {
    const plain: WalletDefinition = { ...ordered, expiry: null }
    expect(dies(delivered(plain, earned(plain)))).toBe('never')
    expect(dies(delivered(plain, earned(plain, { validity: days(1) })))).toBe('2026-02-01')
  })

  test('keep a date that what the member did since has given them', () => {
    const living: WalletDefinition = {
      ...ordered,
      expiry: { type: 'inactivity', after: days(20), resetBy: ['purchase'] },
    }
    const sixth = at('2026-01-06T00:00:00Z')
    const waiting = earned({ ...living, pending: { type: 'action', action: 'delivery', cancelAfter: days(15) } })
    const kept = folded(resetInactivity(living, utc, waiting, sixth, 'visit' as ActivityId), waiting)
    expect(dies(kept)).toBe('2026-01-26')
    const soon: WalletDefinition = { ...living, pending: { type: 'action', action: 'delivery', cancelAfter: days(15) } }
    expect(dies(delivered(soon, kept))).toBe('2026-01-26')
  })

  test('that would have died before: they die in the instant of the delivery, not before', () => {
    const brief: WalletDefinition = { ...ordered, expiry: { type: 'rolling', after: days(5), from: 'earning' } }
    expect(delivered(brief, earned(brief)).lots[0]?.expiresAt).toBe(tenth)
  })

  test('pay debt once they are active', () => {
    const owing = { ...earned(ordered), debt: 4 as Points, debtSince: start }
    const entries = activateAwaited(ordered, utc, owing, 'delivery', tenth)
    expect(entries.map(({ type }) => type)).toEqual(['activated', 'debtSettled'])
    expect(entries.reduce(applyEntry, owing as Wallet)).toMatchObject({ active: 6, debt: 0 })
  })
})
