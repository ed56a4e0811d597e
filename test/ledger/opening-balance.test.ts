import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ActivityId,
  decode,
  FunderId,
  type Instant,
  LotId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  expiriesDue,
  gainsDue,
  hold,
  type Lot,
  lifetimePoints,
  type OpeningRow,
  OpeningRows,
  openBalance,
  openingLots,
  pointsOf,
  unaccountedPoints,
} from '../../src/ledger/index.ts'
import { idArbitrary, pointsArbitrary } from '../arbitraries/foundation.ts'
import { instantArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, definition, folded, grant, start, wallet } from './book.ts'

const points = (n: number) => n as Points
const migration = 'import-1' as ActivityId
const june = at('2026-06-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')

const rowArbitrary: fc.Arbitrary<OpeningRow> = fc
  .record(
    {
      lot: idArbitrary(LotId),
      points: pointsArbitrary().filter((n) => n > 0),
      dates: fc.tuple(instantArbitrary, instantArbitrary, instantArbitrary),
      dies: fc.boolean(),
      waits: fc.boolean(),
      kind: fc.constantFrom('regular' as const, 'promotional' as const),
      funder: fc.option(idArbitrary(FunderId)),
      source: idArbitrary(ActivityId),
    },
    { requiredKeys: ['lot', 'points', 'dates', 'dies', 'waits'] },
  )
  .map(({ dates, dies, waits, ...rest }) => {
    const [first, second, third] = [...dates].sort((a, b) => a - b) as [Instant, Instant, Instant]
    return { ...rest, earnedAt: first, expiresAt: dies ? third : null, ...(waits ? { activeFrom: second } : {}) }
  })
const rowsArbitrary = fc.uniqueArray(rowArbitrary, { selector: ({ lot }) => lot, maxLength: 5 })

codecLaws('OpeningRows', OpeningRows, rowsArbitrary)

const row = { lot: 'old-1', points: 120, earnedAt: '2025-03-01T00:00:00Z', expiresAt: '2026-06-01T00:00:00Z' }

describe('OpeningRows', () => {
  const placesOf = (rows: unknown) => {
    const result = decode(OpeningRows, rows)
    return result._tag === 'Left' ? result.left.map(({ path }) => path) : []
  }

  test('whatever is wrong says in which row', () => {
    expect(
      placesOf([row, { ...row, points: -1 }, { ...row, lot: '', points: 0 }, { ...row, earnedAt: 'March' }]),
    ).toEqual([
      [1, 'points'],
      [2, 'lot'],
      [2, 'points'],
      [3, 'earnedAt'],
    ])
    expect(placesOf([{ ...row, points: 1.5 }])).toEqual([[0, 'points']])
  })

  test('points that die before they are earned, or active, and lots that come again', () => {
    expect(placesOf([row, { ...row, lot: 'b', expiresAt: '2025-02-28T23:59:59Z' }])).toEqual([[1, 'expiresAt']])
    expect(placesOf([{ ...row, activeFrom: '2026-06-02T00:00:00Z' }])).toEqual([[0, 'expiresAt']])
    expect(placesOf([row, { ...row, lot: 'b' }, row, row])).toEqual([
      [2, 'lot'],
      [3, 'lot'],
    ])
  })
})

describe('openBalance', () => {
  const rows = unwrap(
    decode(OpeningRows, [
      row,
      { ...row, lot: 'old-2', points: 30, expiresAt: null, funder: 'brand', kind: 'promotional', source: 'order-7' },
      { ...row, lot: 'old-3', points: 7, activeFrom: '2026-02-01T00:00:00Z' },
    ]),
  )
  const opened = unwrap(openBalance(wallet, openingLots(rows, start, migration), start, migration))

  test('rows come in as lots with their dates, and time goes on for them', () => {
    const after = folded([opened])
    expect(after).toMatchObject({ opened: 157, active: 150, pending: 7, accrued: 0 })
    expect(lifetimePoints(after)).toBe(0)
    expect(after.lots).toMatchObject([
      { id: 'old-1', points: 120, expiresAt: june, source: 'import-1', kind: 'regular', funder: null },
      { id: 'old-3', points: 7, active: false },
      { id: 'old-2', points: 30, expiresAt: null, source: 'order-7', kind: 'promotional', funder: 'brand' },
    ])
    const february = folded(gainsDue(after, at('2026-02-01T00:00:00Z')), after)
    expect(february).toMatchObject({ active: 157, pending: 0 })
    expect(folded(expiriesDue(definition, february, june), february)).toMatchObject({ active: 30, expired: 127 })
  })

  test('everything that is wrong with a lot is said, with its place', () => {
    const [good] = opened.lots
    const lot = (change: Partial<Lot>): Lot => ({ ...(good as Lot), ...change })
    const faultsOf = (lots: ReadonlyArray<Lot>, into = wallet) => {
      const result = openBalance(into, lots, start, migration)
      return result._tag === 'Left' ? result.left.map(({ path, lot: id }) => [...path, id]) : []
    }
    expect(
      faultsOf([lot({}), lot({ points: points(0), earnedAt: june }), lot({ id: 'x' as LotId, active: false })]),
    ).toEqual([
      ['lots', 1, 'id', 'old-1'],
      ['lots', 1, 'points', 'old-1'],
      ['lots', 1, 'earnedAt', 'old-1'],
      ['lots', 2, 'active', 'x'],
    ])
    expect(faultsOf([lot({ activeFrom: december, active: false })])).toEqual([['lots', 0, 'expiresAt', 'old-1']])
    expect(faultsOf([lot({})], folded([opened]))).toEqual([['lots', 0, 'id', 'old-1']])
  })

  test('the id of a lot that is held is taken, too', () => {
    const full = folded([grant('old-1', 10, null)])
    const held = folded([unwrap(hold(definition, utc, full, points(10), start, 'cart' as ActivityId))], full)
    expect(held.lots).toEqual([])
    expect(openBalance(held, opened.lots, start, migration)._tag).toBe('Left')
  })

  test('a total too large is a fault of the lot that makes it so', () => {
    const [good] = opened.lots
    const lots = ['a', 'b', 'c', 'd'].map((id, index): Lot => {
      const of = index === 1 ? Number.MAX_SAFE_INTEGER : 1
      return { ...(good as Lot), id: id as LotId, points: points(of) }
    })
    const result = openBalance(wallet, lots, start, migration)
    expect(result._tag === 'Left' ? result.left.map(({ path }) => path) : []).toEqual([['lots', 1, 'points']])
  })

  test('whatever rows say comes in, and is accounted for', () => {
    fc.assert(
      fc.property(rowsArbitrary, (some) => {
        const when = Math.max(start, ...some.map(({ earnedAt }) => earnedAt)) as Instant
        const lots = openingLots(some, when, migration)
        const total = some.reduce((sum, { points: of }) => sum + of, 0)
        const result = openBalance(wallet, lots, when, migration)
        expect(result._tag).toBe(Number.isSafeInteger(total) ? 'Right' : 'Left')
        if (result._tag === 'Left') return
        const after = folded([result.right])
        expect([after.active + after.pending, after.opened, pointsOf(after.lots)]).toEqual([total, total, total])
        expect(unaccountedPoints(after)).toBe(0)
      }),
    )
  })
})
