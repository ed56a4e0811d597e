import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type FunderId,
  type Instant,
  type LotId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  type Expired,
  expiredLots,
  expiriesDue,
  hold,
  type ReinstatementRequest,
  reinstate,
  reinstatedLotId,
  unaccountedPoints,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, definition, folded, grant, left, start, wallet } from './book.ts'

const source = 'goodwill-1' as ActivityId
const june = at('2026-06-01T00:00:00Z')
const later = at('2026-06-10T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')
const window: WalletDefinition = { ...definition, reinstatement: { amount: 1, unit: 'month' } }

const before = folded([
  { ...grant('a', 30, june), funder: 'brand' as FunderId, kind: 'promotional' },
  grant('b', 50, june),
  grant('c', 7, december),
])
const dueIn = (of: Wallet, when: Instant, holds?: WalletDefinition['holds']) =>
  expiriesDue(holds === undefined ? definition : { ...definition, holds }, of, when).filter(
    (entry): entry is Expired => entry.type === 'expired',
  )
const died = dueIn(before, june)
const expired = expiredLots(before, died)
const after = folded(died, before)
const request: ReinstatementRequest = { expired, expiresAt: december, at: later, source }

describe('reinstate', () => {
  test('points that expired are valid again until a new date, and no longer count as expired', () => {
    expect(after).toMatchObject({ active: 7, expired: 80 })
    const back = folded(unwrap(reinstate(window, utc, after, request)), after)
    expect(back).toMatchObject({ active: 87, expired: 0, accrued: 87 })
    expect(back.lots.filter(({ id }) => id !== 'c')).toMatchObject([
      { points: 30, expiresAt: december, earnedAt: start, funder: 'brand', kind: 'promotional', active: true },
      { points: 50, expiresAt: december, earnedAt: start, funder: null, kind: 'regular', active: true },
    ])
    expect(unaccountedPoints(back)).toBe(0)
  })

  test('without a date they live as points that are earned now', () => {
    const yearly: WalletDefinition = {
      ...window,
      expiry: { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'earning' },
    }
    const entries = unwrap(reinstate(yearly, utc, after, { expired, at: later, source }))
    const back = folded(entries, after)
    expect(back.lots.map(({ expiresAt }) => expiresAt)).toEqual([
      december,
      at('2027-06-10T00:00:00Z'),
      at('2027-06-10T00:00:00Z'),
    ])
    expect(unwrap(reinstate(yearly, utc, after, { expired: [], at: later, source }))).toEqual([])
  })

  test('the window ends, by the calendar of the program: its last instant is in, the next is not', () => {
    const over = at('2026-07-01T00:00:00Z')
    expect(reinstate(window, utc, after, { ...request, at: (over - 1) as Instant })._tag).toBe('Right')
    const late = reinstate(window, utc, after, { ...request, at: over })
    expect(late._tag === 'Left' ? late.left : []).toEqual(
      ['a', 'b'].map((lot, index) => ({
        _tag: 'ReinstatementClosed',
        path: ['expired', index],
        expected: 'an instant before 2026-07-01T00:00:00Z',
        lot,
        until: over,
      })),
    )
    // In Berlin the lots die on 1 June at 2 o'clock, so that the window ends on 1 July at 2 o'clock: the same instant; but
    // from 1 March at 1 o'clock to 1 April at 1 o'clock an hour is left out.
    const berlin = realZone('Europe/Berlin')
    const march = expired.map(({ lot }) => ({ lot, expiredAt: at('2026-03-01T00:00:00Z') }))
    const inMarch = (when: string) =>
      reinstate(window, berlin, after, { ...request, expired: march, at: at(when) })._tag
    expect([inMarch('2026-03-31T22:59:59Z'), inMarch('2026-03-31T23:00:00Z')]).toEqual(['Right', 'Left'])
  })

  test('a wallet without a window makes nothing valid again', () => {
    for (const of of [definition, { ...definition, reinstatement: null }]) {
      expect(reinstate(of, utc, after, request)).toMatchObject({
        left: [{ _tag: 'ReinstatementClosed', lot: 'a', until: null }, { lot: 'b' }],
      })
    }
  })

  test('one death is undone once, whatever asks for it; a second death of the points is another', () => {
    const once = folded(unwrap(reinstate(window, utc, after, request)), after)
    const again = reinstate(window, utc, once, { ...request, source: 'another' as ActivityId })
    expect(again._tag === 'Left' ? again.left.map(({ _tag }) => _tag) : []).toEqual([
      'AlreadyReinstated',
      'AlreadyReinstated',
      'OutOfRange',
    ])
    const twice = reinstate(window, utc, after, { ...request, expired: expired.flatMap((one) => [one, one]) })
    expect(twice._tag === 'Left' ? twice.left.map(({ _tag, path }) => [_tag, ...path]) : []).toEqual([
      ['AlreadyReinstated', 'expired', 1],
      ['AlreadyReinstated', 'expired', 3],
      ['OutOfRange', 'expired'],
    ])
    const secondDeath = dueIn(once, december)
    const second = expiredLots(once, secondDeath)
    const gone = folded(secondDeath, once)
    const back = unwrap(reinstate(window, utc, gone, { expired: second, expiresAt: null, at: december, source }))
    expect(
      left(folded(back, gone))
        .map(([, points]) => points)
        .sort(),
    ).toEqual([30, 50, 7])
  })

  test('more than ever expired, and a date that is over, are faults', () => {
    expect(reinstate(window, utc, wallet, { ...request, expiresAt: later })).toMatchObject({
      left: [
        { _tag: 'OutOfRange', path: ['expired'] },
        { _tag: 'OutOfRange', path: ['expiresAt'] },
      ],
    })
  })

  test('debt is paid first', () => {
    const owing = { ...after, debt: 20 as Points, debtSince: june, reversed: 20 as Points }
    const entries = unwrap(reinstate(window, utc, owing, request))
    expect(entries.map(({ type }) => type)).toEqual(['reinstated', 'debtSettled'])
    expect(folded(entries, owing)).toMatchObject({ active: 67, debt: 0 })
  })
})

describe('expiredLots', () => {
  test('what died of a lot in the wallet and in a hold is one, and comes back as one', () => {
    const held = folded([unwrap(hold(definition, utc, before, 20 as Points, start, 'cart' as ActivityId))], before)
    const entries = dueIn(held, june, { validity: null, protectsExpiry: false })
    expect(entries.map(({ lot, points, hold: of }) => [lot, points, of])).toEqual([
      ['a', 10, null],
      ['b', 50, null],
      ['a', 20, 'cart'],
    ])
    expect(expiredLots(held, entries)).toEqual(expired)
    const gone = folded(entries, held)
    expect(folded(unwrap(reinstate(window, utc, gone, request)), gone)).toMatchObject({ active: 87, expired: 0 })
    expect(expiredLots(wallet, entries)).toEqual([])
  })
})

test('a lot and a death have an id that no other pair has', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat({ max: 9999 }), fc.nat({ max: 9999 }), (a, b, m, n) => {
      const id = (lot: string, when: number) => reinstatedLotId(lot as LotId, when as Instant)
      expect(id(a, m) === id(b, n)).toBe(a === b && m === n)
    }),
  )
})

test('what expires and is made valid again is there as before, and all is accounted for', () => {
  fc.assert(
    fc.property(walletArbitrary, fc.nat({ max: 400 }), (some, days) => {
      const when = (start + days * 86_400_000) as Instant
      const entries = dueIn(some, when)
      const gone = folded(entries, some)
      const lots = expiredLots(some, entries)
      const back = folded(
        unwrap(reinstate(window, utc, gone, { expired: lots, expiresAt: null, at: when, source })),
        gone,
      )
      expect(back.active - back.debt).toBe(some.active - some.debt)
      expect(back.expired).toBe(some.expired)
      expect(unaccountedPoints(back)).toBe(0)
    }),
  )
})
