import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type Duration, type LotId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  type ExtensionRequest,
  type ExtensionSelection,
  type ExtensionTerm,
  extend,
  hold,
  type Lot,
  pointsOf,
  releaseHold,
  unaccountedPoints,
  type Wallet,
} from '../../src/ledger/index.ts'
import { zoneOfProgram } from '../arbitraries/ledger.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { durationUpTo, realZone } from '../arbitraries/time.ts'
import { at, definition, folded, grant, start } from './book.ts'

const source = 'goodwill-1' as ActivityId
const june = at('2026-06-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')
const month: Duration = { amount: 1, unit: 'month' }
const full = folded([
  grant('january', 10, at('2026-01-31T00:00:00Z')),
  grant('june', 20, june),
  grant('december', 40, december),
  grant('never', 80, null),
])
const request = (selection: ExtensionSelection, term: ExtensionTerm): ExtensionRequest => ({
  selection,
  term,
  at: start,
  source,
})
const extended = (selection: ExtensionSelection, term: ExtensionTerm, wallet: Wallet = full) =>
  unwrap(extend(utc, wallet, request(selection, term)))
const datesOf = ({ lots }: Wallet) => Object.fromEntries(lots.map(({ id, expiresAt }) => [id, expiresAt]))
const all = { type: 'all' } as const

describe('extend', () => {
  test('all until a date: what dies later or never stays as it is', () => {
    const entry = extended(all, { type: 'to', to: at('2026-07-01T00:00:00Z') })
    expect(entry.points).toBe(30)
    expect(datesOf(folded([entry], full))).toEqual({
      january: at('2026-07-01T00:00:00Z'),
      june: at('2026-07-01T00:00:00Z'),
      december,
      never: null,
    })
  })

  test('by a time from the date of each, counted on the calendar of the program', () => {
    const after = folded([extended(all, { type: 'by', by: month })], full)
    expect(datesOf(after)).toEqual({
      january: at('2026-02-28T00:00:00Z'),
      june: at('2026-07-01T00:00:00Z'),
      december: at('2027-01-01T00:00:00Z'),
      never: null,
    })
    const berlin = realZone('Europe/Berlin')
    const winter = folded([grant('a', 1, at('2026-03-01T00:00:00+01:00'))])
    const entry = unwrap(extend(berlin, winter, request(all, { type: 'by', by: month })))
    expect(entry.lots[0]?.expiresAt).toBe(at('2026-04-01T00:00:00+02:00'))
  })

  test('only some lots, or only what dies before an instant', () => {
    const to = { type: 'to', to: at('2027-01-01T00:00:00Z') } as const
    const ids = (selection: ExtensionSelection) => extended(selection, to).lots.map(({ lot }) => lot)
    expect(
      ids({ type: 'lots', lots: ['december', 'never', 'gone'] as ReadonlyArray<string> as ReadonlyArray<LotId> }),
    ).toEqual(['december'])
    expect(ids({ type: 'expiringBefore', before: june })).toEqual(['january'])
    expect(ids({ type: 'expiringBefore', before: december })).toEqual(['january', 'june'])
  })

  test('held points live longer, too: the pieces of a lot have one date', () => {
    const held = folded([unwrap(hold(definition, utc, full, 25 as Points, start, 'cart' as ActivityId))], full)
    const entry = extended({ type: 'expiringBefore', before: december }, { type: 'to', to: december }, held)
    expect(entry).toMatchObject({ points: 30, lots: [{ lot: 'june' }, { lot: 'january' }] })
    const after = folded([entry], held)
    expect(after.holds[0]?.lots.map(({ expiresAt }) => expiresAt)).toEqual([december, december])
    const free = folded([unwrap(releaseHold(after, 'cart' as ActivityId, start))], after)
    expect(datesOf(free)).toEqual({ january: december, june: december, december, never: null })
    expect(free.active).toBe(150)
  })

  test('where nothing is selected or would live longer, that is a fault', () => {
    const fault = (selection: ExtensionSelection, term: ExtensionTerm) => extend(utc, full, request(selection, term))
    expect(fault({ type: 'lots', lots: ['never' as LotId] }, { type: 'to', to: december })).toEqual({
      _tag: 'Left',
      left: {
        _tag: 'NothingToExtend',
        path: ['to'],
        expected: 'a date after that of some lot of the wallet',
        to: december,
      },
    })
    expect(fault(all, { type: 'to', to: start })).toMatchObject({ left: { to: start } })
    expect(fault(all, { type: 'by', by: { amount: 0, unit: 'day' } })).toMatchObject({
      left: { path: ['by'], to: null },
    })
    expect(fault({ type: 'lots', lots: [] }, { type: 'by', by: month })._tag).toBe('Left')
  })
})

const selections: fc.Arbitrary<ExtensionSelection> = fc.oneof(
  fc.constant(all),
  fc
    .nat({ max: 400 })
    .map((days) => ({ type: 'expiringBefore' as const, before: (start + days * 86_400_000) as typeof start })),
)
const terms: fc.Arbitrary<ExtensionTerm> = fc.oneof(
  durationUpTo(60).map((by) => ({ type: 'by' as const, by })),
  fc.nat({ max: 400 }).map((days) => ({ type: 'to' as const, to: (start + days * 86_400_000) as typeof start })),
)

test('no point dies sooner for it, none is lost, and only what it names moves', () => {
  fc.assert(
    fc.property(walletArbitrary, zoneOfProgram, selections, terms, (wallet, zone, selection, term) => {
      const result = extend(zone, wallet, request(selection, term))
      if (result._tag === 'Left') return
      const after = folded([result.right], wallet)
      const before = new Map(wallet.lots.map((lot) => [lot.id, lot]))
      const named = new Map(result.right.lots.map(({ lot, expiresAt }) => [lot, expiresAt]))
      expect(unaccountedPoints(after)).toBe(0)
      expect(pointsOf(after.lots)).toBe(pointsOf(wallet.lots))
      for (const lot of after.lots) {
        const old = before.get(lot.id) as Lot
        expect(lot.expiresAt).toBe(named.has(lot.id) ? named.get(lot.id) : old.expiresAt)
        if (old.expiresAt !== null) expect(lot.expiresAt).toBeGreaterThanOrEqual(old.expiresAt)
      }
      expect(result.right.points).toBe(
        [...wallet.lots, ...wallet.holds.flatMap(({ lots }) => lots)].reduce(
          (sum, { id, points }) => sum + (named.has(id) ? points : 0),
          0,
        ),
      )
    }),
  )
})
