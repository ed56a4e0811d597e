/** What time does to a wallet: pending points become active, holds end, points die or melt away, debt is written off. */
import { addDuration, earlierOf, type Instant, type Points, periodIntervalAt, type Zone } from '../foundation/index.ts'
import { applyEntries } from './apply-entries.ts'
import { withDebtPaid } from './debt.ts'
import { decayed } from './decay.ts'
import type { Activated, ConvertedOut, DebtWrittenOff, Expired, HoldReleased, Reversed } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { Lot } from './lot.ts'
import { pointsOf } from './lot-list.ts'
import type { Wallet } from './wallet.ts'
import type { HoldPolicy, WalletDefinition } from './wallet-definition.ts'

/** Holds last until they are released, and protect what they hold. */
const defaultHolds: HoldPolicy = { validity: null, protectsExpiry: true }

/** Pending lots are in no order of activation: they are all looked at, from the end, where most of them are. */
const nextActivation = ({ lots, pending }: Wallet): Instant | null => {
  let next: Instant | null = null
  let left: number = pending
  for (let place = lots.length - 1; place >= 0 && left > 0; place -= 1) {
    const lot = lots[place]
    if (lot === undefined || lot.active) continue
    if (next === null || lot.activeFrom < next) next = lot.activeFrom
    left -= lot.points
  }
  return next
}

/** How many pending lots become active before an instant. */
export const pendingBefore = ({ lots, pending }: Wallet, before: number): number => {
  let found = 0
  let left: number = pending
  for (let place = lots.length - 1; place >= 0 && left > 0; place -= 1) {
    const lot = lots[place]
    if (lot === undefined || lot.active) continue
    if (lot.activeFrom < before) found += 1
    left -= lot.points
  }
  return found
}

/** The pending lots that become active before an instant, in the order of the list. */
export const pendingLotsBefore = ({ lots, pending }: Wallet, before: number): ReadonlyArray<Lot> => {
  const found: Array<Lot> = []
  let left: number = pending
  for (let place = lots.length - 1; place >= 0 && left > 0; place -= 1) {
    const lot = lots[place]
    if (lot === undefined || lot.active) continue
    if (lot.activeFrom < before) found.push(lot)
    left -= lot.points
  }
  return found.reverse()
}

const firstActive = ({ lots }: Wallet): Lot | undefined => {
  for (const lot of lots) if (lot.active) return lot
  return undefined
}

const nextExpiry = ({ holds: policy = defaultHolds }: WalletDefinition, wallet: Wallet): Instant | null => {
  if (wallet.suspended) return null
  let next = wallet.active === 0 ? null : (firstActive(wallet)?.expiresAt ?? null)
  if (policy.protectsExpiry) return next
  for (const { lots } of wallet.holds) for (const { expiresAt } of lots) next = earlierOf(next, expiresAt)
  return next
}

const nextRelease = ({ holds }: Wallet): Instant | null =>
  holds.reduce<Instant | null>((next, { until }) => earlierOf(next, until), null)

const nextDecay = ({ decay }: WalletDefinition, zone: Zone, { active, decayedAt }: Wallet): Instant | null =>
  decay === undefined || active === 0 || decayedAt === null
    ? null
    : periodIntervalAt(decay.every, zone, decayedAt).until

const nextWriteOff = ({ writeOffAfter }: WalletDefinition, zone: Zone, { debtSince }: Wallet): Instant | null =>
  writeOffAfter === undefined || writeOffAfter === null || debtSince === null
    ? null
    : addDuration(zone, debtSince, writeOffAfter)

/**
 * The next instant at which something happens in a wallet by itself, or `null` where nothing ever will: a lot activates
 * or expires, a hold ends, points melt away, debt is written off.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now; an instant that is already past means that something is overdue
 *
 * @example
 * ```ts
 * import { emptyWallet, nextDueInWallet, utc, type WalletDefinition, type WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }
 * nextDueInWallet(definition, utc, emptyWallet(id)) // => null
 * ```
 */
export const nextDueInWallet = (definition: WalletDefinition, zone: Zone, wallet: Wallet): Instant | null => {
  let next = wallet.pending === 0 ? null : nextActivation(wallet)
  next = earlierOf(next, nextExpiry(definition, wallet))
  if (wallet.holds.length > 0) next = earlierOf(next, nextRelease(wallet))
  if (definition.decay !== undefined) next = earlierOf(next, nextDecay(definition, zone, wallet))
  return wallet.debt > 0 ? earlierOf(next, nextWriteOff(definition, zone, wallet)) : next
}

const nothing: ReadonlyArray<never> = []

/** A lot becomes active; one that awaited an action which did not come is cancelled. */
const ofPending = (wallet: Wallet, at: Instant, lot: Lot): Activated | Reversed =>
  lot.awaits === null
    ? { type: 'activated', wallet: wallet.id, at, lot: lot.id, points: lot.points, expiresAt: lot.expiresAt }
    : {
        type: 'reversed',
        wallet: wallet.id,
        at,
        source: lot.source,
        points: lot.points,
        draws: [{ lot: lot.id, points: lot.points }],
        debt: 0 as Points,
        forgiven: 0 as Points,
      }

/**
 * The entries of the activations due at an instant, with the debt that they pay. Points that awaited an action which did
 * not come in time are taken back.
 *
 * @param wallet - the wallet as it is now
 * @param at - the instant: lots whose `activeFrom` is not after it are activated
 *
 * @example
 * ```ts
 * import { activationsDue, emptyWallet, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * activationsDue(emptyWallet('points' as WalletId), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const activationsDue = (wallet: Wallet, at: Instant): ReadonlyArray<LedgerEntry> => {
  if (wallet.pending === 0) return []
  const entries = pendingLotsBefore(wallet, at + 1).map((lot) => ofPending(wallet, at, lot))
  return withDebtPaid(wallet, entries, at)
}

/**
 * The entries of the holds that end at an instant.
 *
 * @param wallet - the wallet as it is now
 * @param at - the instant: holds whose `until` is not after it are released
 *
 * @example
 * ```ts
 * import { emptyWallet, parseInstant, releasesDue, unwrap, type WalletId } from 'treue'
 *
 * releasesDue(emptyWallet('points' as WalletId), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const releasesDue = (wallet: Wallet, at: Instant): ReadonlyArray<HoldReleased> =>
  wallet.holds
    .filter(({ until }) => until !== null && until <= at)
    .map(({ id: hold, lots }) => ({ type: 'holdReleased', wallet: wallet.id, at, hold, points: pointsOf(lots) }))

const ofExpiring = ({ id: wallet, onExpiry }: WalletDefinition, at: Instant, lot: Lot): Expired | ConvertedOut =>
  onExpiry === undefined
    ? { type: 'expired', wallet, at, lot: lot.id, points: lot.points, hold: null }
    : {
        type: 'convertedOut',
        wallet,
        at,
        source: lot.source,
        points: lot.points,
        draws: [{ lot: lot.id, points: lot.points }],
        to: onExpiry.type === 'move' ? onExpiry.wallet : onExpiry.recipient,
      }

const heldExpiries = (wallet: Wallet, at: Instant): ReadonlyArray<Expired> =>
  wallet.holds.flatMap(({ id: hold, lots }) =>
    lots
      .filter(({ expiresAt }) => expiresAt !== null && expiresAt <= at)
      .map(({ id: lot, points }) => ({ type: 'expired', wallet: wallet.id, at, lot, points, hold })),
  )

/** The first lot dies first; what is held is in no order. */
const isSomethingDue = ({ lots, holds }: Wallet, at: Instant): boolean => {
  const [first] = lots
  return holds.length > 0 || (first !== undefined && first.expiresAt !== null && first.expiresAt <= at)
}

/**
 * The entries of the expiries due at an instant: active lots whose first invalid instant is not after it (S19). They move
 * to another wallet, or are given away, where the wallet says so; held points die where holds do not protect them.
 *
 * @param definition - what the program says of the wallet
 * @param wallet - the wallet as it is now; nothing expires while expiry is suspended
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { emptyWallet, expiriesDue, parseInstant, unwrap, type WalletDefinition, type WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }
 * expiriesDue(definition, emptyWallet(id), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const expiriesDue = (
  definition: WalletDefinition,
  wallet: Wallet,
  at: Instant,
): ReadonlyArray<Expired | ConvertedOut> => {
  if (wallet.suspended || !isSomethingDue(wallet, at)) return nothing
  const due: Array<Expired | ConvertedOut> = []
  for (const lot of wallet.lots) {
    if (lot.expiresAt === null || lot.expiresAt > at) break
    if (lot.active) due.push(ofExpiring(definition, at, lot))
  }
  const { holds = defaultHolds } = definition
  return holds.protectsExpiry || wallet.holds.length === 0 ? due : [...due, ...heldExpiries(wallet, at)]
}

const writeOffDue = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  at: Instant,
): ReadonlyArray<DebtWrittenOff> => {
  const due = nextWriteOff(definition, zone, wallet)
  return due === null || due > at ? nothing : [{ type: 'debtWrittenOff', wallet: wallet.id, at, points: wallet.debt }]
}

const decayDue = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  at: Instant,
): ReadonlyArray<LedgerEntry> => {
  const due = nextDecay(definition, zone, wallet)
  return definition.decay === undefined || due === null || due > at ? nothing : [decayed(definition.decay, wallet, at)]
}

/** Entries of several kinds, each made of the wallet as the ones before leave it. */
const inTurn = (
  wallet: Wallet,
  kinds: ReadonlyArray<(now: Wallet) => ReadonlyArray<LedgerEntry>>,
): ReadonlyArray<LedgerEntry> => {
  let entries: ReadonlyArray<LedgerEntry> = nothing
  let now = wallet
  for (const kind of kinds) {
    const due = kind(now)
    if (due.length === 0) continue
    entries = entries.length === 0 ? due : entries.concat(due)
    now = applyEntries(now, due)
  }
  return entries
}

/**
 * The entries by which points become spendable at an instant: activations, then the ends of holds, then the debt that
 * they pay. Within an instant they come before {@link lossesDue} of all wallets (S21).
 *
 * @param wallet - the wallet as it is now; what was due earlier must have happened
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { emptyWallet, gainsDue, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * gainsDue(emptyWallet('points' as WalletId), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const gainsDue = (wallet: Wallet, at: Instant): ReadonlyArray<LedgerEntry> =>
  wallet.holds.length === 0
    ? activationsDue(wallet, at)
    : inTurn(wallet, [(now) => activationsDue(now, at), (now) => withDebtPaid(now, releasesDue(now, at), at)])

/**
 * The entries by which points or debt are lost at an instant: expiries, then melting, then the writing off of debt.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now; what was due earlier, and {@link gainsDue}, must have happened
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { emptyWallet, lossesDue, parseInstant, unwrap, utc, type WalletDefinition, type WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }
 * lossesDue(definition, utc, emptyWallet(id), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const lossesDue = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  at: Instant,
): ReadonlyArray<LedgerEntry> =>
  inTurn(wallet, [
    (now) => expiriesDue(definition, now, at),
    (now) => decayDue(definition, zone, now, at),
    (now) => writeOffDue(definition, zone, now, at),
  ])
