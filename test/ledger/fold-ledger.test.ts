import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityId, Instant, LotId, MemberId, Points, WalletId } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  encodeLedger,
  foldLedger,
  foldLedgerRows,
  gainsDue,
  type LedgerColumns,
  type LedgerEntry,
  type LedgerRow,
  lossesDue,
  nextDueInWallet,
  settleDebt,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'

const day = 86_400_000
const members = ['anna', '__proto__', 'bob'] as ReadonlyArray<string> as ReadonlyArray<MemberId>
const definition: WalletDefinition = { id: 'points' as WalletId, decimals: 0, pending: null, expiry: null }

/** What happens, before members and times are given: a claw-back names the nth accrual of its member. */
const step = fc.record({
  member: fc.nat({ max: 2 }),
  gapMs: fc.oneof(fc.constantFrom(0, 0, 1, day), fc.nat({ max: 20 * day })),
  kind: fc.constantFrom('accrual', 'accrual', 'redemption', 'clawBack'),
  points: fc.nat({ max: 40 }),
  waitsMs: fc.constantFrom(0, 0, 0, 3 * day, 30 * day),
  livesMs: fc.constantFrom(0, 5 * day, 40 * day, 40 * day, null),
  which: fc.nat(),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

type Step = typeof step extends fc.Arbitrary<infer A> ? A : never

/** Rows as they are laid out, and what of each accrual was not taken back. */
interface Layout {
  readonly rows: Array<LedgerRow>
  readonly left: Map<number, number>
}

const layOut = (
  { rows, left }: Layout,
  { member: index, kind, points, waitsMs, livesMs, which, share }: Step,
  at: number,
): void => {
  const base = { member: members[index] as MemberId, at: at as Instant }
  const own = rows.flatMap((row, place) => (row.type === 'accrual' && row.member === base.member ? [place] : []))
  const of = own[which % Math.max(1, own.length)]
  if (kind === 'redemption') {
    rows.push({ type: 'redemption', ...base, points: points as Points })
  } else if (kind === 'clawBack' && of !== undefined) {
    const taken = Math.floor((left.get(of) ?? 0) * share)
    left.set(of, (left.get(of) ?? 0) - taken)
    rows.push({ type: 'clawBack', ...base, points: taken as Points, of })
  } else {
    left.set(rows.length, points)
    const activeFrom = at + waitsMs
    const expiresAt = livesMs === null ? null : ((activeFrom + livesMs) as Instant)
    rows.push({ type: 'accrual', ...base, points: points as Points, activeFrom: activeFrom as Instant, expiresAt })
  }
}

const rowsOf = (steps: ReadonlyArray<Step>): ReadonlyArray<LedgerRow> => {
  const layout: Layout = { rows: [], left: new Map() }
  let at = 1_700_000_000_000
  for (const one of steps) {
    at += one.gapMs
    layOut(layout, one, at)
  }
  return layout.rows
}

const name = (row: number): LotId => String(row).padStart(6, '0') as LotId

const entriesOf = (wallet: Wallet, row: LedgerRow, index: number): ReadonlyArray<LedgerEntry> => {
  const { at } = row
  const source = `row ${index}` as ActivityId
  if (row.type === 'redemption') {
    const burnt = burn(definition, utc, wallet, row.points, at, source)
    return burnt._tag === 'Right' ? [burnt.right] : []
  }
  if (row.type === 'clawBack') return clawBack(wallet, { lot: name(row.of), points: row.points, at, source })
  const { activeFrom, expiresAt, points } = row
  if (points === 0) return []
  const base = { type: 'accrued' as const, wallet: definition.id, at, source, lot: name(index), points }
  const accrued = { ...base, activeFrom, expiresAt, kind: 'regular' as const, funder: null, awaits: null }
  return [accrued, ...settleDebt(applyEntry(wallet, accrued), at)]
}

const passed = (from: Wallet, until: number): Wallet => {
  let wallet = from
  for (let due = nextDueInWallet(definition, utc, wallet); due !== null && due <= until; ) {
    wallet = gainsDue(wallet, due).reduce<Wallet>(applyEntry, wallet)
    wallet = lossesDue(definition, utc, wallet, due).reduce<Wallet>(applyEntry, wallet)
    due = nextDueInWallet(definition, utc, wallet)
  }
  return wallet
}

/** The same by the entries of the ledger. */
const byEntries = (rows: ReadonlyArray<LedgerRow>, member: MemberId, asOf: number): Wallet => {
  let wallet = emptyWallet(definition.id)
  rows.forEach((row, index) => {
    if (row.member !== member) return
    wallet = passed(wallet, row.at)
    wallet = entriesOf(wallet, row, index).reduce<Wallet>(applyEntry, wallet)
  })
  return passed(wallet, asOf)
}

const figures = ['active', 'pending', 'debt', 'accrued', 'redeemed', 'expired', 'reversed'] as const

describe('the batch path', () => {
  test('is what the entries of the ledger give, for every member and figure', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), fc.nat({ max: 60 * day }), (steps, later) => {
        const rows = rowsOf(steps)
        const asOf = ((rows[rows.length - 1]?.at ?? 0) + later) as Instant
        const folded = unwrap(foldLedgerRows(rows, asOf))
        folded.members.forEach((member, index) => {
          const wallet = byEntries(rows, member, asOf)
          for (const figure of figures) expect([figure, folded[figure][index]]).toEqual([figure, wallet[figure]])
          const open = new Map(wallet.lots.map(({ id, points }) => [Number(id), points]))
          rows.forEach((row, place) => {
            if (row.member === member) expect(folded.left[place]).toBe(open.get(place) ?? 0)
          })
        })
      }),
    )
  })

  test('S14 500 and 300 earned, 400 spent: 300 are left on 2 July', () => {
    const at = (text: string) => Date.parse(text) as Instant
    const member = members[0] as MemberId
    const earned = (points: number, when: string, dies: string): LedgerRow => ({
      type: 'accrual',
      member,
      at: at(when),
      points: points as Points,
      activeFrom: at(when),
      expiresAt: at(dies),
    })
    const rows: ReadonlyArray<LedgerRow> = [
      earned(500, '2026-01-01', '2026-07-01'),
      earned(300, '2026-02-01', '2026-08-01'),
      { type: 'redemption', member, at: at('2026-03-15'), points: 400 as Points },
    ]
    const { active, expired } = unwrap(foldLedgerRows(rows, at('2026-07-02')))
    expect([active[0], expired[0]]).toEqual([300, 100])
  })

  test('rows after the instant are not counted, and a redemption of too much changes nothing and is named', () => {
    const member = members[0] as MemberId
    const rows: ReadonlyArray<LedgerRow> = [
      { type: 'accrual', member, at: 0 as Instant, points: 10 as Points, activeFrom: 0 as Instant, expiresAt: null },
      { type: 'redemption', member, at: 1 as Instant, points: 11 as Points },
      { type: 'redemption', member, at: 5 as Instant, points: 10 as Points },
    ]
    const early = unwrap(foldLedgerRows(rows, 4 as Instant))
    expect([early.active[0], early.insufficient]).toEqual([10, [1]])
    expect(unwrap(foldLedgerRows(rows, 5 as Instant)).active[0]).toBe(0)
  })
})

describe('what is wrong with columns', () => {
  const good = encodeLedger([
    {
      type: 'accrual',
      member: 'a' as MemberId,
      at: 5 as Instant,
      points: 10 as Points,
      activeFrom: 5 as Instant,
      expiresAt: null,
    },
    { type: 'clawBack', member: 'a' as MemberId, at: 6 as Instant, points: 4 as Points, of: 0 },
  ])
  const paths = (change: Partial<LedgerColumns>): ReadonlyArray<string> => {
    const folded = foldLedger({ ...good, ...change }, 10 as Instant)
    return folded._tag === 'Left' ? folded.left.map(({ path }) => path.join('.')) : []
  }

  test('each at its row', () => {
    expect(paths({})).toEqual([])
    expect(paths({ at: Float64Array.of(5, 4) })).toEqual(['1.at'])
    expect(paths({ at: Float64Array.of(Number.NaN, 6) })).toEqual(['0.at', '1.points'])
    expect(paths({ points: Float64Array.of(10, 11) })).toEqual(['1.points'])
    expect(paths({ points: Float64Array.of(-1, 0.5) })).toEqual(['0.points', '1.points'])
    expect(paths({ of: Int32Array.of(0, 1) })).toEqual(['1.of'])
    expect(paths({ kind: Uint8Array.of(0, 7) })).toEqual(['1.kind'])
    expect(paths({ member: Int32Array.of(0, 3) })).toEqual(['1.member'])
    expect(paths({ expiresAt: Float64Array.of(4, 0) })).toEqual(['0.expiresAt'])
    expect(paths({ activeFrom: Float64Array.of(0.5, 0) })).toEqual(['0.activeFrom'])
    expect(paths({ kind: Uint8Array.of(0) })).toEqual(['columns.0'])
    expect(paths({ kind: Uint8Array.of(0, 0), points: Float64Array.of(Number.MAX_SAFE_INTEGER, 1) })).toEqual([
      '1.points',
    ])
  })

  test('no more than a hundred are named', () => {
    const many = encodeLedger(
      Array.from({ length: 500 }, () => ({
        type: 'redemption',
        member: 'a' as MemberId,
        at: 0 as Instant,
        points: 0.5 as Points,
      })),
    )
    const folded = foldLedger(many, 1 as Instant)
    expect(folded._tag === 'Left' && folded.left.length).toBe(100)
  })
})
