import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type Duration,
  decode,
  formatInstant,
  type LotId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  applyEntry,
  burn,
  clawBack,
  ExpiryPolicy,
  expiriesDue,
  hold,
  type InactivityExpiry,
  piecesOf,
  resetInactivity,
  restore,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { at, definition, folded, grant, start } from './book.ts'

const source = 'visit-1' as ActivityId
const living = (after: Duration, merge?: InactivityExpiry['merge']): WalletDefinition => ({
  ...definition,
  expiry: { type: 'inactivity', after, resetBy: ['purchase'], ...(merge === undefined ? {} : { merge }) },
})
const dates = ({ lots }: Wallet): ReadonlyArray<string> =>
  lots.map(({ expiresAt }) => (expiresAt === null ? 'never' : formatInstant(expiresAt).slice(0, 10)))
const months = (amount: number): Duration => ({ amount, unit: 'month' })

describe('S23 points that die after a year without a purchase', () => {
  const yearly = living(months(12))
  const newYear = at('2027-01-01T00:00:00Z')
  const december = at('2026-12-15T00:00:00Z')
  const full = folded([grant('a', 100, newYear)])

  test('S23 nothing in month 12: they die', () => {
    expect(folded(expiriesDue(yearly, full, newYear), full)).toMatchObject({ active: 0, expired: 100 })
  })

  test('S23 something in month 12, though it earns nothing: they live for a year from then', () => {
    const [entry] = resetInactivity(yearly, utc, full, december, source)
    expect(entry).toMatchObject({ type: 'extended', points: 100, source })
    const kept = entry === undefined ? full : applyEntry(full, entry)
    expect(dates(kept)).toEqual(['2027-12-15'])
    expect(expiriesDue(yearly, kept, newYear)).toEqual([])
  })

  test('S23 a return does not keep them alive: it cannot be named, and neither taking nor giving back extends', () => {
    const json = { type: 'inactivity', after: months(12), resetBy: ['return'] }
    expect(decode(ExpiryPolicy, json)._tag).toBe('Left')
    const claw = { lot: 'a' as LotId, points: 40 as Points, at: december, source }
    expect(dates(folded(clawBack(full, claw), full))).toEqual(['2027-01-01'])
    const spent = unwrap(burn(yearly, utc, full, 40 as Points, start, 'reward' as ActivityId))
    const back = { pieces: piecesOf(full.lots, spent.draws), restored: 0 as Points, points: 40 as Points }
    const asBefore: WalletDefinition = { ...yearly, restoration: { type: 'originalExpiry' } }
    const after = folded([spent], full)
    const returned = unwrap(restore(asBefore, utc, after, { ...back, at: december, source, redemption: spent.source }))
    expect(dates(folded(returned, after))).toEqual(['2027-01-01'])
  })

  test('a wallet that does not live by inactivity is left alone, and so is one whose dates are the same', () => {
    expect(resetInactivity(definition, utc, full, december, source)).toEqual([])
    expect(resetInactivity(yearly, utc, full, start, source)).toEqual([])
  })
})

describe('S24 lots that die on 1 July and on 1 October, and something on 1 June', () => {
  const june = at('2026-06-01T00:00:00Z')
  const full = folded([grant('a', 10, at('2026-07-01T00:00:00Z')), grant('b', 20, at('2026-10-01T00:00:00Z'))])
  const datesFor = (of: WalletDefinition) => dates(folded(resetInactivity(of, utc, full, june, source), full))

  test('S24 for 12 months: both die on 1 June of the next year, whatever the policy', () => {
    for (const merge of [undefined, 'perLot', 'latest', 'replace'] as const) {
      expect(datesFor(living(months(12), merge))).toEqual(['2027-06-01', '2027-06-01'])
    }
  })

  test('S24 for 2 months: each lot the later of its own and the new date', () => {
    expect(datesFor(living(months(2)))).toEqual(['2026-08-01', '2026-10-01'])
    expect(datesFor(living(months(2), 'perLot'))).toEqual(['2026-08-01', '2026-10-01'])
  })

  test('S24 for 2 months: all the latest of all dates', () => {
    expect(datesFor(living(months(2), 'latest'))).toEqual(['2026-10-01', '2026-10-01'])
  })

  test('S24 for 2 months: all the new date, which shortens where that is asked for', () => {
    expect(datesFor(living(months(2), 'replace'))).toEqual(['2026-08-01', '2026-08-01'])
  })

  test('held points get the date as well', () => {
    const of = living(months(2))
    const held = folded([unwrap(hold(of, utc, full, 5 as Points, start, 'cart' as ActivityId))], full)
    const kept = folded(resetInactivity(of, utc, held, june, source), held)
    expect(kept.holds.map(({ lots }) => lots[0]?.expiresAt)).toEqual([at('2026-08-01T00:00:00Z')])
  })
})

describe('lots with no date, or that are not active yet', () => {
  const june = at('2026-06-01T00:00:00Z')
  const october = at('2026-10-01T00:00:00Z')

  test('never-expiring points stay so, and make no others so', () => {
    const full = folded([grant('a', 10, at('2026-07-01T00:00:00Z')), grant('never', 5, null)])
    for (const merge of ['perLot', 'latest'] as const) {
      const of = living(months(2), merge)
      expect(dates(folded(resetInactivity(of, utc, full, june, source), full))).toEqual(['2026-08-01', 'never'])
    }
  })

  test('pending points get no date before they are active', () => {
    const full = folded([{ ...grant('p', 10, october), activeFrom: october }])
    const of = living(months(2), 'replace')
    expect(dates(folded(resetInactivity(of, utc, full, june, source), full))).toEqual(['2026-10-01'])
  })
})
