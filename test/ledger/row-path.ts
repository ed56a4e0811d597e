// The ledgers of many members row by row, by the functions that make and apply single entries.
import {
  type ActivityId,
  type Instant,
  type LotId,
  type MemberId,
  utc,
  type WalletId,
} from '../../src/foundation/index.ts'
import {
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  gainsDue,
  type LedgerEntry,
  type LedgerRow,
  lossesDue,
  nextDueInWallet,
  settleDebt,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'

const id = 'points' as WalletId
const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }
const source = 'row' as ActivityId

/** Lot ids that sort as the rows do. */
const lotOf = (row: number): LotId => String(row).padStart(9, '0') as LotId

const after = (wallet: Wallet, entries: ReadonlyArray<LedgerEntry>): Wallet => entries.reduce(applyEntry, wallet)

const lapsed = (wallet: Wallet, until: Instant): Wallet => {
  let now = wallet
  for (
    let due = nextDueInWallet(definition, utc, now);
    due !== null && due <= until;
    due = nextDueInWallet(definition, utc, now)
  ) {
    now = after(now, gainsDue(now, due))
    now = after(now, lossesDue(definition, utc, now, due))
  }
  return now
}

/** The wallet after a row, or `null` where it would spend too much. */
const afterRow = (wallet: Wallet, row: LedgerRow, index: number): Wallet | null => {
  const { at, points } = row
  if (row.type === 'redemption') {
    const burnt = burn(definition, utc, wallet, points, at, source)
    return burnt._tag === 'Left' ? null : applyEntry(wallet, burnt.right)
  }
  if (row.type === 'clawBack') return after(wallet, clawBack(wallet, { lot: lotOf(row.of), points, at, source }))
  if (points === 0) return wallet
  const { activeFrom = at, expiresAt } = row
  const lot = lotOf(index)
  const term = { activeFrom, expiresAt, kind: 'regular', funder: null, awaits: null } as const
  const accrued = applyEntry(wallet, { type: 'accrued', wallet: id, at, source, lot, points, ...term })
  return after(accrued, settleDebt(accrued, at))
}

export interface RowPath {
  /** The wallets by member, in the order in which the members come. */
  readonly wallets: ReadonlyMap<MemberId, Wallet>
  /** The rows that would have spent too much. */
  readonly rejected: ReadonlyArray<number>
}

/** The wallets at an instant. Members all of whose rows are later have one, too. */
export const rowPath = (rows: ReadonlyArray<LedgerRow>, asOf: Instant): RowPath => {
  const wallets = new Map<MemberId, Wallet>()
  const rejected: Array<number> = []
  for (const [index, row] of rows.entries()) {
    const before = wallets.get(row.member) ?? emptyWallet(id)
    wallets.set(row.member, before)
    if (row.at > asOf) continue
    const now = lapsed(before, row.at)
    const next = afterRow(now, row, index)
    if (next === null) rejected.push(index)
    wallets.set(row.member, next ?? now)
  }
  for (const [member, wallet] of wallets) wallets.set(member, lapsed(wallet, asOf))
  return { wallets, rejected }
}

/** The row of a lot. */
export const rowOfLot = (lot: LotId): number => Number(lot)
