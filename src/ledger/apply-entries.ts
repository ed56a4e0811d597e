/** A wallet after many entries, where those of one kind that touch many lots go over the list once. */
import type { Instant, LotId, Points } from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import type { Activated, ConvertedOut, Expired, Reversed } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { compareBurnOrder, type Lot } from './lot.ts'
import { type Lots, plus } from './lot-list.ts'
import type { Wallet } from './wallet.ts'

type Change = Pick<Activated, 'at' | 'expiresAt'>

const activated = (lot: Lot, { at, expiresAt }: Change): Lot => ({
  id: lot.id,
  points: lot.points,
  earnedAt: lot.earnedAt,
  active: true,
  activeFrom: lot.awaits === null ? lot.activeFrom : at,
  expiresAt,
  source: lot.source,
  kind: lot.kind,
  funder: lot.funder,
  awaits: null,
})

const sumOf = (entries: ReadonlyArray<{ readonly points: Points }>): number =>
  entries.reduce((sum, { points }) => sum + points, 0)

const withActivated = (lots: Lots, changes: ReadonlyMap<LotId, Change>): Lots => {
  const changed = lots.map((lot) => {
    const change = changes.get(lot.id)
    return change === undefined ? lot : activated(lot, change)
  })
  const isInOrder = changed.every((lot, place) => lot.expiresAt === lots[place]?.expiresAt)
  return isInOrder ? changed : changed.sort(compareBurnOrder)
}

const afterActivations = (wallet: Wallet, entries: ReadonlyArray<Activated>): Wallet => {
  const points = sumOf(entries)
  const decayedAt: Instant | null = wallet.active === 0 ? (entries[0]?.at ?? null) : wallet.decayedAt
  const lots = withActivated(wallet.lots, new Map(entries.map((entry) => [entry.lot, entry])))
  return { ...wallet, lots, active: plus(wallet.active, points), pending: plus(wallet.pending, -points), decayedAt }
}

const afterExpiries = (wallet: Wallet, entries: ReadonlyArray<Expired>): Wallet => {
  const points = sumOf(entries)
  const gone = new Set(entries.map(({ lot }) => lot))
  const lots = wallet.lots.filter(({ id }) => !gone.has(id))
  return { ...wallet, lots, active: plus(wallet.active, -points), expired: plus(wallet.expired, points) }
}

type Drawing = ConvertedOut | Reversed

/** What draws of the same kind come to is what one entry with all of the draws does. */
const afterDraws = (wallet: Wallet, entries: ReadonlyArray<Drawing>): Wallet => {
  const [first] = entries
  if (first === undefined) return wallet
  return applyEntry(wallet, {
    ...first,
    points: sumOf(entries) as Points,
    draws: entries.flatMap(({ draws }) => draws),
  })
}

type Batched = Activated | Expired | Drawing

/** The lot of an entry that can be taken with others at once; what dies in a hold, and other entries, cannot. */
const batchedLot = (entry: LedgerEntry): LotId | undefined => {
  if (entry.type === 'activated') return entry.lot
  if (entry.type === 'expired') return entry.hold === null ? entry.lot : undefined
  const draws = entry.type === 'convertedOut' || (entry.type === 'reversed' && entry.debt === 0) ? entry.draws : []
  return draws.length === 1 ? draws[0]?.lot : undefined
}

/** Entries of the same kind from a place on, each of a lot of its own. */
const runFrom = (entries: ReadonlyArray<LedgerEntry>, start: number): ReadonlyArray<Batched> => {
  const run: Array<Batched> = []
  const lots = new Set<LotId>()
  for (let place = start; place < entries.length; place += 1) {
    const entry = entries[place]
    const lot = entry === undefined ? undefined : batchedLot(entry)
    if (entry === undefined || lot === undefined || lots.has(lot) || entry.type !== entries[start]?.type) break
    run.push(entry as Batched)
    lots.add(lot)
  }
  return run
}

const afterRun = (wallet: Wallet, run: ReadonlyArray<Batched>): Wallet => {
  switch (run[0]?.type) {
    case 'activated':
      return afterActivations(wallet, run as ReadonlyArray<Activated>)
    case 'expired':
      return afterExpiries(wallet, run as ReadonlyArray<Expired>)
    default:
      return afterDraws(wallet, run as ReadonlyArray<Drawing>)
  }
}

/** So few are taken one by one. */
const FEW = 4

/**
 * The wallet after entries, one after the other: what {@link applyEntry} gives for each in turn, but many activations or
 * expiries in a row cost no more than one pass over the lots.
 *
 * @param wallet - the wallet before
 * @param entries - entries made for this wallet, in their order
 *
 * @example
 * ```ts
 * import { applyEntries, emptyWallet, type WalletId } from 'treue'
 *
 * applyEntries(emptyWallet('points' as WalletId), []).active // => 0
 * ```
 */
export const applyEntries = (wallet: Wallet, entries: ReadonlyArray<LedgerEntry>): Wallet => {
  if (entries.length < FEW) return entries.reduce(applyEntry, wallet)
  let now = wallet
  for (let place = 0; place < entries.length; ) {
    const entry = entries[place]
    if (entry === undefined) break
    const run = runFrom(entries, place)
    now = run.length < FEW ? applyEntry(now, entry) : afterRun(now, run)
    place += run.length < FEW ? 1 : run.length
  }
  return now
}
