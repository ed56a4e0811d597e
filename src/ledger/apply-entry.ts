/** A wallet after an entry. */
import type { ActivityId, Instant, LotId, Points } from '../foundation/index.ts'
import type { Accrued, Activated, Expired, Held, HoldReleased, LotExpiry, Redeemed } from './entry.ts'
import type { Hold } from './hold.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { compareBurnOrder, type Lot } from './lot.ts'
import { activePointsOf, changeLot, drawLots, type Lots, plus, takeLot, withLots } from './lot-list.ts'
import type { Wallet } from './wallet.ts'

/** A wallet that is being made: only this file, and only while it makes one, changes it. */
type Making = { -readonly [Key in keyof Wallet]: Wallet[Key] }

/** A copy, written out because spreading an object takes many times as long. */
const copyOf = (wallet: Wallet): Making => ({
  id: wallet.id,
  lots: wallet.lots,
  holds: wallet.holds,
  active: wallet.active,
  pending: wallet.pending,
  held: wallet.held,
  debt: wallet.debt,
  debtSince: wallet.debtSince,
  suspended: wallet.suspended,
  decayedAt: wallet.decayedAt,
  accrued: wallet.accrued,
  opened: wallet.opened,
  adjustedIn: wallet.adjustedIn,
  transferredIn: wallet.transferredIn,
  convertedIn: wallet.convertedIn,
  writtenOff: wallet.writtenOff,
  redeemed: wallet.redeemed,
  expired: wallet.expired,
  decayed: wallet.decayed,
  reversed: wallet.reversed,
  adjustedOut: wallet.adjustedOut,
  transferredOut: wallet.transferredOut,
  convertedOut: wallet.convertedOut,
})

const lotWith = (lot: Lot, active: boolean, activeFrom: Instant, expiresAt: Instant | null): Lot => ({
  id: lot.id,
  points: lot.points,
  earnedAt: lot.earnedAt,
  active,
  activeFrom,
  expiresAt,
  source: lot.source,
  kind: lot.kind,
  funder: lot.funder,
  awaits: active ? null : lot.awaits,
})

/** Lots come in; each counts as active or as pending, as it is. */
const bring = (wallet: Wallet, lots: Lots, at: Instant): Making => {
  const next = copyOf(wallet)
  next.lots = withLots(wallet.lots, lots)
  for (const lot of lots) {
    if (lot.active) next.active = plus(next.active, lot.points)
    else next.pending = plus(next.pending, lot.points)
  }
  if (wallet.active === 0) next.decayedAt = at
  return next
}

/** Lots are drawn from; what was pending was taken from what is pending. With the pieces that were taken. */
const takePieces = (
  wallet: Wallet,
  { draws }: Pick<Redeemed, 'draws'>,
): { readonly next: Making; readonly pieces: Lots } => {
  const next = copyOf(wallet)
  const { left, pieces } = drawLots(wallet.lots, draws)
  const active = activePointsOf(pieces)
  const all = draws.reduce((sum, { points }) => sum + points, 0)
  next.lots = left
  next.active = plus(next.active, -active)
  next.pending = plus(next.pending, active - all)
  return { next, pieces }
}

const draw = (wallet: Wallet, entry: Pick<Redeemed, 'draws'>): Making => takePieces(wallet, entry).next

/** Since when there has been debt, once it has moved. */
const debtSince = ({ debt, debtSince: since }: Wallet, moved: number, at: Instant): Instant | null => {
  if (debt + moved === 0) return null
  return debt === 0 ? at : since
}

const afterAccrual = (wallet: Wallet, entry: Accrued): Wallet => {
  const active = entry.awaits === null && entry.activeFrom <= entry.at
  const lot: Lot = {
    id: entry.lot,
    points: entry.points,
    earnedAt: entry.at,
    active,
    activeFrom: entry.activeFrom,
    expiresAt: entry.expiresAt,
    source: entry.source,
    kind: entry.kind,
    funder: entry.funder,
    awaits: entry.awaits,
  }
  const next = bring(wallet, [lot], entry.at)
  next.accrued = plus(next.accrued, entry.points)
  return next
}

const afterActivation = (wallet: Wallet, { at, lot: id, points, expiresAt }: Activated): Wallet => {
  const next = copyOf(wallet)
  next.lots = changeLot(wallet.lots, id, expiresAt, (lot) =>
    lotWith(lot, true, lot.awaits === null ? lot.activeFrom : at, expiresAt),
  )
  if (wallet.active === 0) next.decayedAt = at
  next.active = plus(next.active, points)
  next.pending = plus(next.pending, -points)
  return next
}

const withHold = (holds: ReadonlyArray<Hold>, id: ActivityId, change: (lots: Lots) => Lots): ReadonlyArray<Hold> =>
  holds.flatMap((hold) => {
    if (hold.id !== id) return [hold]
    const lots = change(hold.lots)
    return lots.length === 0 ? [] : [{ id, at: hold.at, until: hold.until, lots }]
  })

/** A hold keeps its pieces in the order of its draws: it is spent in the order in which the wallet would have been. */
const afterHold = (wallet: Wallet, entry: Held): Wallet => {
  const { next, pieces } = takePieces(wallet, entry)
  const byId = new Map(pieces.map((piece) => [piece.id, piece]))
  const lots = entry.draws.flatMap(({ lot }) => byId.get(lot) ?? [])
  next.held = plus(next.held, entry.points)
  next.holds = [...wallet.holds, { id: entry.source, at: entry.at, until: entry.until, lots }]
  return next
}

/**
 * Points go back to what is left of their lot, with its date. Where nothing is left and their date has passed while they
 * were held, they die in the instant in which they are free, not before it.
 */
const freed = ({ lots: there, suspended }: Wallet, lots: Lots, at: Instant): Lots => {
  const dates = new Map(there.map(({ id, expiresAt }) => [id, expiresAt]))
  return lots.map((lot) => {
    const { expiresAt } = lot
    const known = dates.get(lot.id)
    const own = expiresAt !== null && expiresAt < at && !suspended ? at : expiresAt
    const date = known === undefined ? own : known
    return date === expiresAt ? lot : lotWith(lot, lot.active, lot.activeFrom, date)
  })
}

const afterRelease = (wallet: Wallet, { hold: id, points, at }: HoldReleased): Wallet => {
  const hold = wallet.holds.find((there) => there.id === id)
  const next = bring(wallet, freed(wallet, hold?.lots ?? [], at), at)
  next.holds = wallet.holds.filter((there) => there.id !== id)
  next.held = plus(next.held, -points)
  return next
}

const afterRedemption = (wallet: Wallet, entry: Redeemed): Wallet => {
  const { hold, draws, points } = entry
  const next = hold === null ? draw(wallet, entry) : copyOf(wallet)
  if (hold !== null) {
    next.holds = withHold(wallet.holds, hold, (lots) => drawLots(lots, draws).left)
    next.held = plus(next.held, -points)
  }
  next.redeemed = plus(next.redeemed, points)
  return next
}

const withoutLot = (lots: Lots, id: LotId): Lots => takeLot(lots, id)?.rest ?? lots

const afterExpiry = (wallet: Wallet, { hold, lot, points }: Expired): Wallet => {
  const next = copyOf(wallet)
  if (hold === null) {
    next.lots = withoutLot(wallet.lots, lot)
    next.active = plus(next.active, -points)
  } else {
    next.holds = withHold(wallet.holds, hold, (lots) => withoutLot(lots, lot))
    next.held = plus(next.held, -points)
  }
  next.expired = plus(next.expired, points)
  return next
}

type Dates = ReadonlyMap<LotId, Instant | null>

const withDates = (lots: Lots, dates: Dates): Array<Lot> =>
  lots.map((lot) => {
    const expiresAt = dates.get(lot.id)
    return expiresAt === undefined ? lot : lotWith(lot, lot.active, lot.activeFrom, expiresAt)
  })

/** Many lots can get a new date at once: the list is put in order once. */
const withExpiries = (lots: Lots, dates: Dates): Lots => {
  const one = dates.size === 1 ? [...dates][0] : undefined
  if (one === undefined) return withDates(lots, dates).sort(compareBurnOrder)
  const [id, expiresAt] = one
  return changeLot(lots, id, expiresAt, (lot) => lotWith(lot, lot.active, lot.activeFrom, expiresAt))
}

const redated = (wallet: Wallet, lots: ReadonlyArray<LotExpiry>): Making => {
  const next = copyOf(wallet)
  const dates = new Map(lots.map(({ lot, expiresAt }) => [lot, expiresAt]))
  next.lots = withExpiries(wallet.lots, dates)
  next.holds = wallet.holds.map((hold) => ({ ...hold, lots: withDates(hold.lots, dates) }))
  return next
}

type Bringing = Extract<
  LedgerEntry,
  { readonly type: 'opened' | 'restored' | 'reinstated' | 'adjustedIn' | 'transferredIn' | 'convertedIn' }
>
type Drawing = Extract<
  LedgerEntry,
  { readonly type: 'decayed' | 'reversed' | 'adjustedOut' | 'transferredOut' | 'convertedOut' | 'debtSettled' }
>

/** Lots came in: which total says where from. */
const afterBringing = (wallet: Wallet, entry: Bringing): Wallet => {
  const next = bring(wallet, entry.lots, entry.at)
  const { points } = entry
  switch (entry.type) {
    case 'opened':
      next.opened = plus(next.opened, points)
      return next
    case 'restored':
      next.redeemed = plus(next.redeemed, -points)
      return next
    case 'reinstated':
      next.expired = plus(next.expired, -points)
      return next
    case 'adjustedIn':
      next.adjustedIn = plus(next.adjustedIn, points)
      return next
    case 'transferredIn':
      next.transferredIn = plus(next.transferredIn, points)
      return next
    case 'convertedIn':
      next.convertedIn = plus(next.convertedIn, points)
      return next
  }
}

/** Points were drawn from lots: which total says where to. */
const afterDrawing = (wallet: Wallet, entry: Drawing): Wallet => {
  const next = draw(wallet, entry)
  const { points, at } = entry
  switch (entry.type) {
    case 'decayed':
      next.decayed = plus(next.decayed, points)
      next.decayedAt = at
      return next
    case 'reversed':
      next.reversed = plus(next.reversed, points)
      next.debtSince = debtSince(wallet, entry.debt, at)
      next.debt = plus(wallet.debt, entry.debt)
      return next
    case 'adjustedOut':
      next.adjustedOut = plus(next.adjustedOut, points)
      next.debtSince = debtSince(wallet, entry.debt, at)
      next.debt = plus(wallet.debt, entry.debt)
      return next
    case 'transferredOut':
      next.transferredOut = plus(next.transferredOut, points)
      return next
    case 'convertedOut':
      next.convertedOut = plus(next.convertedOut, points)
      return next
    case 'debtSettled':
      next.debtSince = debtSince(wallet, -points, at)
      next.debt = plus(wallet.debt, -points)
      return next
  }
}

const afterWriteOff = (wallet: Wallet, points: Points, at: Instant): Wallet => {
  const next = copyOf(wallet)
  next.debtSince = debtSince(wallet, -points, at)
  next.debt = plus(wallet.debt, -points)
  next.writtenOff = plus(next.writtenOff, points)
  return next
}

const afterSuspension = (wallet: Wallet): Wallet => {
  const next = copyOf(wallet)
  next.suspended = true
  return next
}

const afterResumption = (wallet: Wallet, lots: ReadonlyArray<LotExpiry>): Wallet => {
  const next = redated(wallet, lots)
  next.suspended = false
  return next
}

type Changing = Exclude<LedgerEntry, Bringing | Drawing>

/** Entries that change what is there. */
const afterChange = (wallet: Wallet, entry: Changing): Wallet => {
  switch (entry.type) {
    case 'accrued':
      return afterAccrual(wallet, entry)
    case 'activated':
      return afterActivation(wallet, entry)
    case 'redeemed':
      return afterRedemption(wallet, entry)
    case 'held':
      return afterHold(wallet, entry)
    case 'holdReleased':
      return afterRelease(wallet, entry)
    case 'expired':
      return afterExpiry(wallet, entry)
    case 'extended':
      return redated(wallet, entry.lots)
    case 'debtWrittenOff':
      return afterWriteOff(wallet, entry.points, entry.at)
    case 'expirySuspended':
      return afterSuspension(wallet)
    case 'expiryResumed':
      return afterResumption(wallet, entry.lots)
  }
}

/**
 * The wallet after an entry. Entries are facts: this checks nothing, the functions that make entries do.
 *
 * @param wallet - the wallet before
 * @param entry - an entry made for this wallet in this state
 *
 * @example
 * ```ts
 * import { accrue, applyEntry, emptyWallet, type LotId, parseInstant, unwrap, utc, type WalletDefinition } from 'treue'
 * import { type ActivityId, type Points, type WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const grant = { lot: 'order-1/points' as LotId, points: 100 as Points, at, source: 'order-1' as ActivityId }
 * const entries = unwrap(accrue(definition, utc, emptyWallet(id), grant))
 * entries.reduce(applyEntry, emptyWallet(id)).active // => 100
 * ```
 */
export const applyEntry = (wallet: Wallet, entry: LedgerEntry): Wallet => {
  switch (entry.type) {
    case 'opened':
    case 'restored':
    case 'reinstated':
    case 'adjustedIn':
    case 'transferredIn':
    case 'convertedIn':
      return afterBringing(wallet, entry)
    case 'decayed':
    case 'reversed':
    case 'adjustedOut':
    case 'transferredOut':
    case 'convertedOut':
    case 'debtSettled':
      return afterDrawing(wallet, entry)
    default:
      return afterChange(wallet, entry)
  }
}
