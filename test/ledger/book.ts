// Small wallets to write examples with.
import {
  type ActivityId,
  type Instant,
  type LotId,
  type Points,
  parseInstant,
  unwrap,
  utc,
  type WalletId,
} from '../../src/foundation/index.ts'
import {
  type Accrued,
  applyEntry,
  type Extended,
  emptyWallet,
  extend,
  type LedgerEntry,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

export const id = 'points' as WalletId

/** What the program says of it: nothing but that it is there. */
export const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }

/** An empty wallet. */
export const wallet: Wallet = emptyWallet(id)

export const start: Instant = at('2026-01-01T00:00:00Z')

/** Points of a lot, earned at the start and active at once; `expiresAt` null: they never die. */
export const grant = (lot: string, points: number, expiresAt: number | null, earnedAt: Instant = start): Accrued => ({
  type: 'accrued',
  wallet: id,
  at: earnedAt,
  source: `order of ${lot}` as ActivityId,
  lot: lot as LotId,
  points: points as Points,
  activeFrom: earnedAt,
  expiresAt: expiresAt as Instant | null,
  kind: 'regular',
  funder: null,
  awaits: null,
})

export const folded = (entries: ReadonlyArray<LedgerEntry>, from: Wallet = wallet): Wallet =>
  entries.reduce(applyEntry, from)

/** What is left in each lot, in burn order. */
export const left = ({ lots }: Wallet): ReadonlyArray<readonly [lot: string, points: number]> =>
  lots.map(({ id: lot, points }) => [lot, points])

/** The entry by which lots, or all of them, live until a later date. */
export const extendTo = (from: Wallet, to: Instant, lots?: ReadonlyArray<LotId>): Extended =>
  unwrap(
    extend(utc, from, {
      selection: lots === undefined ? { type: 'all' } : { type: 'lots', lots },
      term: { type: 'to', to },
      at: start,
      source: 'activity' as ActivityId,
    }),
  )
