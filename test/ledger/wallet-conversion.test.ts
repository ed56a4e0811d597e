import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type FunderId, type LotId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyEntry,
  type ConversionRate,
  convertIn,
  convertOut,
  convertPartnerIn,
  lotTerm,
  pointsOf,
  spendablePoints,
  unaccountedPoints,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, start, wallet } from './book.ts'

const points = (n: number) => n as Points
const june = at('2026-06-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')
const source = 'conversion-1' as ActivityId
const rate: ConversionRate = { from: wallet.id, to: 'miles', rate: { from: 2, to: 3 }, validFrom: start }
const claim = { rates: [rate], to: 'miles', at: june, source }
const yearly: WalletDefinition = {
  ...definition,
  expiry: { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'earning' },
}

const full = folded([
  { ...grant('a', 31, december), funder: 'brand' as FunderId },
  { ...grant('b', 50, null), kind: 'promotional' },
])

describe('convertOut', () => {
  test('takes what the rate converts, and leaves the rest where it is', () => {
    const { entries, pieces, converted } = unwrap(convertOut(definition, utc, full, { ...claim, points: points(41) }))
    expect(converted).toMatchObject({ points: 60, taken: 40, remainder: 1 })
    expect(entries).toMatchObject([{ type: 'convertedOut', points: 40, to: 'miles' }])
    expect(pieces.map(({ id, points: of }) => [id, of])).toEqual([
      ['a', 31],
      ['b', 9],
    ])
    expect(folded(entries, full)).toMatchObject({ active: 41, convertedOut: 40 })
  })

  test('enters nothing where the rate converts nothing, and takes no more than there is', () => {
    expect(unwrap(convertOut(definition, utc, full, { ...claim, points: points(1) }))).toMatchObject({
      entries: [],
      pieces: [],
      converted: { points: 0, remainder: 1 },
    })
    expect(convertOut(definition, utc, full, { ...claim, points: points(82) })).toMatchObject({
      left: { _tag: 'InsufficientPoints', requested: 82, available: 81 },
    })
    expect(convertOut(definition, utc, full, { ...claim, to: 'stars', points: points(1) })).toMatchObject({
      left: { _tag: 'UnknownConversion' },
    })
  })
})

describe('convertIn', () => {
  const { pieces, converted } = unwrap(convertOut(definition, utc, full, { ...claim, points: points(40) }))
  const arrival = { pieces, points: converted.points, from: 'points', at: june, source }

  test('by default lots keep their dates, who pays for them, and what kind they are', () => {
    const after = folded(unwrap(convertIn(yearly, utc, wallet, arrival)))
    expect(after).toMatchObject({ active: 60, convertedIn: 60 })
    expect(after.lots).toMatchObject([
      { points: 47, expiresAt: december, earnedAt: start, funder: 'brand', kind: 'regular' },
      { points: 13, expiresAt: null, earnedAt: start, funder: null, kind: 'promotional' },
    ])
  })

  test('or they get the term of points that are earned now; who pays for them stays', () => {
    const waiting: WalletDefinition = {
      ...yearly,
      pending: { type: 'duration', duration: { amount: 14, unit: 'day' } },
    }
    const after = folded(unwrap(convertIn(waiting, utc, wallet, { ...arrival, expiry: 'renew' })))
    const { activeFrom, expiresAt } = lotTerm(waiting, utc, june)
    expect(after).toMatchObject({ active: 0, pending: 60 })
    expect(after.lots).toMatchObject([
      { points: 47, funder: 'brand', earnedAt: june, activeFrom, expiresAt, active: false },
      { points: 13, kind: 'promotional', earnedAt: june, activeFrom, expiresAt, active: false },
    ])
  })

  test('debt is paid first; points of no pieces, and totals too large, are faults', () => {
    const owing = { ...wallet, debt: points(20), debtSince: start, reversed: points(20) }
    expect(folded(unwrap(convertIn(definition, utc, owing, arrival)), owing)).toMatchObject({ active: 40, debt: 0 })
    expect(convertIn(definition, utc, wallet, { ...arrival, pieces: [] })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['pieces'] },
    })
    const rich = { ...wallet, convertedIn: points(Number.MAX_SAFE_INTEGER) }
    expect(convertIn(definition, utc, rich, arrival)).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })
})

describe('convertPartnerIn', () => {
  const arrival = { lot: 'p' as LotId, points: points(3333), from: 'airline', at: june, source }

  test('S63 units of a partner are one lot with the term of points that are earned now', () => {
    const after = folded(unwrap(convertPartnerIn(yearly, utc, wallet, arrival)))
    expect(after).toMatchObject({ active: 3333, convertedIn: 3333, accrued: 0 })
    expect(after.lots).toMatchObject([{ id: 'p', expiresAt: at('2027-06-01T00:00:00Z'), earnedAt: june, funder: null }])
    expect(unwrap(convertPartnerIn(yearly, utc, wallet, { ...arrival, points: points(0) }))).toEqual([])
    const rich = { ...wallet, convertedIn: points(Number.MAX_SAFE_INTEGER) }
    expect(convertPartnerIn(yearly, utc, rich, arrival)).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })
})

const count = fc.integer({ min: 1, max: 9 })

test('a conversion takes and gives exactly what the rate says, and no date is later for it', () => {
  fc.assert(
    fc.property(walletArbitrary, walletArbitrary, count, count, fc.nat({ max: 100 }), (from, into, a, b, share) => {
      const rates = [{ from: from.id, to: 'miles', rate: { from: a, to: b }, validFrom: start }]
      const n = points(Math.floor((spendablePoints(from) * share) / 100))
      const { entries, pieces, converted } = unwrap(convertOut(definition, utc, from, { ...claim, rates, points: n }))
      const after = frozen(entries.reduce<Wallet>(applyEntry, from))
      expect(from.active - after.active).toBe(converted.taken)
      expect(pointsOf(pieces)).toBe(converted.taken)
      const arrival = { pieces, points: converted.points, from: from.id, at: june, source }
      const came = unwrap(convertIn(definition, utc, into, arrival)).reduce<Wallet>(applyEntry, into)
      expect((came.convertedIn - into.convertedIn) * a).toBe(converted.taken * b)
      expect(came.active - came.debt - into.active + into.debt).toBe(converted.points)
      expect(unaccountedPoints(after)).toBe(0)
      expect(unaccountedPoints(came)).toBe(0)
      const dates = new Set([...pieces, ...into.lots].map(({ expiresAt }) => expiresAt))
      for (const lot of came.lots) expect(dates.has(lot.expiresAt)).toBe(true)
    }),
  )
})
