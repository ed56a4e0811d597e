// A member with a million entries through the batch path; beside it the queue of lots that apps write by hand, and the
// entries of the ledger one after the other.
import type { ActivityId, Instant, LotId, MemberId, Points, WalletId } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyEntry,
  burn,
  emptyWallet,
  encodeLedger,
  foldLedger,
  type LedgerColumns,
  type LedgerRow,
  lossesDue,
  nextDueInWallet,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import type { Benchmark, Contender } from './measure.ts'

const minute = 60_000
const year = 365 * 86_400_000
const member = 'anna' as MemberId

/** Six of ten rows earn, with a validity of a year; the others spend. */
const rowsOf = (count: number): ReadonlyArray<LedgerRow> =>
  Array.from({ length: count }, (_, index): LedgerRow => {
    const at = (1_700_000_000_000 + index * 5 * minute) as Instant
    if (index % 10 >= 6) return { type: 'redemption', member, at, points: ((index % 7) + 20) as Points }
    const points = ((index * 7_919) % 41) as Points
    return { type: 'accrual', member, at, points, activeFrom: at, expiresAt: (at + year) as Instant }
  })

const end = (count: number): Instant => (1_700_000_000_000 + count * 5 * minute) as Instant

const prefix = ({ members, ...columns }: LedgerColumns, count: number): LedgerColumns => ({
  members,
  member: columns.member.subarray(0, count),
  kind: columns.kind.subarray(0, count),
  at: columns.at.subarray(0, count),
  points: columns.points.subarray(0, count),
  activeFrom: columns.activeFrom.subarray(0, count),
  expiresAt: columns.expiresAt.subarray(0, count),
  of: columns.of.subarray(0, count),
})

const batch = (rows: ReadonlyArray<LedgerRow>): Contender => {
  const columns = encodeLedger(rows)
  const figures = (count: number): unknown => {
    const { active, redeemed, expired } = unwrap(foldLedger(prefix(columns, count), end(count)))
    return [active[0], redeemed[0], expired[0]]
  }
  return { name: 'treue', events: rows.length, results: figures, run: figures }
}

/** What apps write: lots in an array, the oldest taken from its front. */
class ShiftingLots {
  active = 0
  redeemed = 0
  expired = 0
  private readonly lots: Array<{ points: number; readonly expiresAt: number }> = []

  expire(at: number): void {
    for (let lot = this.lots[0]; lot !== undefined && lot.expiresAt <= at; lot = this.lots[0]) {
      this.active -= lot.points
      this.expired += lot.points
      this.lots.shift()
    }
  }

  earn(points: number, expiresAt: number): void {
    if (points > 0) this.lots.push({ points, expiresAt })
    this.active += points
  }

  spend(points: number): void {
    if (points > this.active) return
    let left = points
    this.active -= left
    this.redeemed += left
    for (let lot = this.lots[0]; left > 0 && lot !== undefined; lot = this.lots[0]) {
      const taken = Math.min(left, lot.points)
      lot.points -= taken
      left -= taken
      if (lot.points === 0) this.lots.shift()
    }
  }
}

const shifting = (rows: ReadonlyArray<LedgerRow>, events: number): Contender => {
  const figures = (count: number): unknown => {
    const lots = new ShiftingLots()
    for (const row of rows.slice(0, count)) {
      lots.expire(row.at)
      if (row.type === 'accrual') lots.earn(row.points, row.expiresAt ?? Number.POSITIVE_INFINITY)
      else lots.spend(row.points)
    }
    lots.expire(end(count))
    return [lots.active, lots.redeemed, lots.expired]
  }
  return { name: 'array.shift()', events, results: figures, run: figures }
}

const definition: WalletDefinition = { id: 'points' as WalletId, decimals: 0, pending: null, expiry: null }

const pass = (from: Wallet, until: number): Wallet => {
  let wallet = from
  for (let due = nextDueInWallet(definition, utc, wallet); due !== null && due <= until; ) {
    wallet = lossesDue(definition, utc, wallet, due).reduce<Wallet>(applyEntry, wallet)
    due = nextDueInWallet(definition, utc, wallet)
  }
  return wallet
}

const enter = (wallet: Wallet, row: LedgerRow, index: number): Wallet => {
  const source = String(index) as ActivityId
  if (row.type === 'redemption') {
    const burnt = burn(definition, utc, wallet, row.points, row.at, source)
    return burnt._tag === 'Right' ? applyEntry(wallet, burnt.right) : wallet
  }
  if (row.type !== 'accrual' || row.points === 0) return wallet
  const { at, points, activeFrom, expiresAt } = row
  const lot = String(index).padStart(7, '0') as LotId
  const base = { type: 'accrued' as const, wallet: definition.id, at, source, lot, points, activeFrom, expiresAt }
  return applyEntry(wallet, { ...base, kind: 'regular', funder: null, awaits: null })
}

const entries = (rows: ReadonlyArray<LedgerRow>, events: number): Contender => {
  const figures = (count: number): unknown => {
    const last = rows
      .slice(0, count)
      .reduce((wallet, row, index) => enter(pass(wallet, row.at), row, index), emptyWallet(definition.id))
    const { active, redeemed, expired } = pass(last, end(count))
    return [active, redeemed, expired]
  }
  return { name: 'entry by entry', events, results: figures, run: figures }
}

const rows = rowsOf(1_000_000)

export const benchmarks: ReadonlyArray<Benchmark> = [
  {
    name: 'ledger-1m',
    unit: 'time',
    prepare: async () => ({ ours: batch(rows), peers: [{ ...shifting(rows, rows.length), goal: 'ours 60 ms' }] }),
  },
  {
    name: 'ledger-rate',
    unit: 'rate',
    prepare: async () => ({ ours: batch(rows), peers: [{ ...entries(rows, 100_000), goal: 'ratio 10' }] }),
  },
]
