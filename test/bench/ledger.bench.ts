// A million entries of one member through the batch path, and those of twenty thousand members; beside it the queue of
// lots that apps write by hand, and the entries of the ledger one after the other. Both slow down with the lots of a
// member, so they get fewer rows where one member has them all: their ratios are those of a row, and flatter them.
import type { ActivityId, Instant, LotId, MemberId, Points, WalletId } from '../../src/foundation/index.ts'
import { unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  foldLedger,
  type LedgerColumns,
  type LedgerRow,
  lossesDue,
  nextDueInWallet,
  settleDebt,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { columnsOf } from '../ledger/columns-of-rows.ts'
import type { Benchmark, Contender, Prepared } from './measure.ts'

const minute = 60_000
const year = 365 * 86_400_000
const start = 1_700_000_000_000

/**
 * Of twenty rows of one member twelve earn, with a validity of a year, seven spend, and one takes back what the first of
 * the twenty granted. Of several members, who come in turns, six of ten rows earn, three spend and one takes back.
 */
const rowsOf = (count: number, members: number): ReadonlyArray<LedgerRow> => {
  const ids = Array.from({ length: members }, (_, index) => `member-${index}` as MemberId)
  const grantOf = (index: number): Points => ((index * 7_919) % 41) as Points
  return Array.from({ length: count }, (_, index): LedgerRow => {
    const turn = Math.floor(index / members) % 20
    const base = { member: ids[index % members] as MemberId, at: (start + index * 5 * minute) as Instant }
    const of = index - turn * members
    if (turn === 19 || (turn === 9 && members > 1)) return { type: 'clawBack', ...base, points: grantOf(of), of }
    if (turn >= 12 || (turn >= 6 && members > 1)) {
      return { type: 'redemption', ...base, points: ((index % 7) + 20) as Points }
    }
    const expiresAt = (base.at + year) as Instant
    return { type: 'accrual', ...base, points: grantOf(index), activeFrom: base.at, expiresAt }
  })
}

const end = (count: number): Instant => (start + count * 5 * minute) as Instant

const prefix = ({ members, ...columns }: LedgerColumns, count: number): LedgerColumns => ({
  members,
  member: columns.member.subarray(0, count),
  type: columns.type.subarray(0, count),
  at: columns.at.subarray(0, count),
  points: columns.points.subarray(0, count),
  activeFrom: columns.activeFrom.subarray(0, count),
  expiresAt: columns.expiresAt.subarray(0, count),
  of: columns.of.subarray(0, count),
})

const figures = ['active', 'debt', 'redeemed', 'expired'] as const
type Figures = Readonly<Record<(typeof figures)[number], number>>

/** Sums over members that tell apart who has what. */
const digest = (wallets: Iterable<Figures>): ReadonlyArray<number> => {
  const sums = figures.map(() => 0)
  let place = 1
  for (const wallet of wallets) {
    figures.forEach((figure, index) => {
      sums[index] = ((sums[index] ?? 0) + wallet[figure] * place) % 1_000_000_007
    })
    place = (place % 1_000) + 1
  }
  return sums
}

const batch = (rows: ReadonlyArray<LedgerRow>): Contender => {
  const columns = columnsOf(rows)
  const events = rows.length
  const fold = (count: number) =>
    unwrap(foldLedger(prefix(columns, count), { asOf: end(count), onInsufficient: 'reject' }))
  const results = (count: number): unknown => {
    const { members, active, debt, redeemed, expired } = fold(count)
    const at = (column: Float64Array, index: number): number => column[index] ?? Number.NaN
    return digest(
      members.map((_, index) => ({
        active: at(active, index),
        debt: at(debt, index),
        redeemed: at(redeemed, index),
        expired: at(expired, index),
      })),
    )
  }
  return { name: 'treue', events, results, run: (count) => fold(count).active[0] }
}

interface OpenLot {
  points: number
  readonly expiresAt: number
}

/** What apps write: lots in an array, the oldest taken from its front. */
class ShiftingLots implements Figures {
  active = 0
  debt = 0
  redeemed = 0
  expired = 0
  private readonly lots: Array<OpenLot> = []
  private readonly byRow = new Map<number, OpenLot>()

  expire(at: number): void {
    for (let lot = this.lots[0]; lot !== undefined && lot.expiresAt <= at; lot = this.lots[0]) {
      this.active -= lot.points
      this.expired += lot.points
      lot.points = 0
      this.lots.shift()
    }
  }

  earn(row: number, points: number, expiresAt: number): void {
    const lot = { points, expiresAt }
    this.lots.push(lot)
    this.byRow.set(row, lot)
    this.active += points
    const paid = Math.min(this.debt, this.active)
    this.take(paid)
    this.debt -= paid
  }

  spend(points: number): void {
    if (points > this.active) return
    this.redeemed += points
    this.take(points)
  }

  claw(row: number, points: number): void {
    const lot = this.byRow.get(row)
    const own = Math.min(points, lot?.points ?? 0)
    if (lot !== undefined) lot.points -= own
    this.active -= own
    const others = Math.min(points - own, this.active)
    this.take(others)
    this.debt += points - own - others
  }

  private take(points: number): void {
    let left = points
    this.active -= left
    for (let lot = this.lots[0]; left > 0 && lot !== undefined; lot = this.lots[0]) {
      const taken = Math.min(left, lot.points)
      lot.points -= taken
      left -= taken
      if (lot.points === 0) this.lots.shift()
    }
  }
}

const enterLots = (lots: ShiftingLots, row: LedgerRow, index: number): void => {
  lots.expire(row.at)
  if (row.type === 'accrual') lots.earn(index, row.points, row.expiresAt ?? Number.POSITIVE_INFINITY)
  else if (row.type === 'redemption') lots.spend(row.points)
  else lots.claw(row.of, row.points)
}

const shifting = (rows: ReadonlyArray<LedgerRow>, events: number): Contender => {
  const fold = (count: number): ReadonlyArray<ShiftingLots> => {
    const wallets = new Map<MemberId, ShiftingLots>()
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] as LedgerRow
      const lots = wallets.get(row.member) ?? new ShiftingLots()
      wallets.set(row.member, lots)
      enterLots(lots, row, index)
    }
    for (const lots of wallets.values()) lots.expire(end(count))
    return [...wallets.values()]
  }
  return { name: `array.shift() of ${events / 1000}k`, events, results: (count) => digest(fold(count)), run: fold }
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

const lotOf = (row: number): LotId => String(row).padStart(7, '0') as LotId

const enter = (wallet: Wallet, row: LedgerRow, index: number): Wallet => {
  const { at, points } = row
  const source = String(index) as ActivityId
  if (row.type === 'redemption') {
    const burnt = burn(definition, utc, wallet, points, at, source)
    return burnt._tag === 'Right' ? applyEntry(wallet, burnt.right) : wallet
  }
  if (row.type === 'clawBack') {
    return clawBack(wallet, { lot: lotOf(row.of), points, at, source }).reduce<Wallet>(applyEntry, wallet)
  }
  if (points === 0) return wallet
  const { activeFrom = at, expiresAt } = row
  const base = { type: 'accrued' as const, wallet: definition.id, at, source, lot: lotOf(index), points }
  const next = applyEntry(wallet, { ...base, activeFrom, expiresAt, kind: 'regular', funder: null, awaits: null })
  return settleDebt(next, at).reduce<Wallet>(applyEntry, next)
}

/** For rows of one member. */
const entries = (rows: ReadonlyArray<LedgerRow>, events: number): Contender => {
  const fold = (count: number): Wallet => {
    let wallet = emptyWallet(definition.id)
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] as LedgerRow
      wallet = enter(pass(wallet, row.at), row, index)
    }
    return pass(wallet, end(count))
  }
  const results = (count: number): unknown => digest([fold(count)])
  return { name: `entry by entry of ${events / 1000}k`, events, results, run: fold }
}

const million = 1_000_000

/** The rows of the batch are gone before the clock starts: only columns remain, and the few rows that peers need. */
const oneMember = async (): Promise<Prepared> => {
  const few = rowsOf(50_000, 1)
  const peers = [shifting(few, 50_000), entries(few, 20_000)]
  return { ours: batch(rowsOf(million, 1)), peers: peers.map((peer) => ({ ...peer, goal: 'ours 60 ms' })) }
}

const manyMembers = async (): Promise<Prepared> => {
  const rows = rowsOf(200_000, 20_000)
  return { ours: batch(rows), peers: [{ ...shifting(rows, rows.length), goal: 'ratio 3' }] }
}

/** Each as the others are measured, where a collection before a run makes the engine compile again, and warm. */
export const benchmarks: ReadonlyArray<Benchmark> = [
  { name: 'ledger-1m', unit: 'time', prepare: oneMember },
  { name: 'ledger-1m-warm', unit: 'time', warm: true, prepare: oneMember },
  { name: 'ledger-members', unit: 'rate', prepare: manyMembers },
  { name: 'ledger-members-warm', unit: 'rate', warm: true, prepare: manyMembers },
]
