/** Points that live longer by hand. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  addDuration,
  type Duration,
  type Fault,
  type Instant,
  type LotId,
  type Points,
  type Zone,
} from '../foundation/index.ts'
import type { Extended, LotExpiry } from './entry.ts'
import type { Lot } from './lot.ts'
import type { Wallet } from './wallet.ts'

/** No lot of the wallet would live longer. */
export interface NothingToExtend extends Fault<'NothingToExtend'> {
  /** Until when they should have lived; `null`: for a time from their own dates. */
  readonly to: Instant | null
}

/** Which points are to live longer: all, those of some lots, or those that die before an instant. */
export type ExtensionSelection =
  | { readonly type: 'all' }
  | { readonly type: 'lots'; readonly lots: ReadonlyArray<LotId> }
  | { readonly type: 'expiringBefore'; readonly before: Instant }

/** How long: until an instant, the first at which they are no longer valid; or for a time from the date of each. */
export type ExtensionTerm =
  | { readonly type: 'to'; readonly to: Instant }
  | { readonly type: 'by'; readonly by: Duration }

/** Points to let live longer. */
export interface ExtensionRequest {
  readonly selection: ExtensionSelection
  readonly term: ExtensionTerm
  readonly at: Instant
  readonly source: ActivityId
}

/** Whether a lot is among those that are selected; one that never dies is not. */
const selectionOf = (selection: ExtensionSelection): ((lot: Lot) => boolean) => {
  switch (selection.type) {
    case 'all':
      return () => true
    case 'lots': {
      const wanted = new Set(selection.lots)
      return ({ id }) => wanted.has(id)
    }
    case 'expiringBefore':
      return ({ expiresAt }) => expiresAt !== null && expiresAt < selection.before
  }
}

const lotsOf = ({ lots, holds }: Wallet): ReadonlyArray<Lot> =>
  holds.length === 0 ? lots : [...lots, ...holds.flatMap((hold) => hold.lots)]

/** The date that a lot gets, where it is later than its own. */
const laterDate = (zone: Zone, { expiresAt }: Lot, term: ExtensionTerm): Instant | undefined => {
  if (expiresAt === null) return undefined
  const date = term.type === 'to' ? term.to : addDuration(zone, expiresAt, term.by)
  return date > expiresAt ? date : undefined
}

const nothingToExtend = (term: ExtensionTerm): NothingToExtend =>
  term.type === 'to'
    ? { _tag: 'NothingToExtend', path: ['to'], expected: 'a date after that of some lot of the wallet', to: term.to }
    : { _tag: 'NothingToExtend', path: ['by'], expected: 'some lot of the wallet that dies, and some time', to: null }

/**
 * The entry by which points live longer: those of some lots or all, also where they are held, until a date or for a time
 * from the date that each has. It never shortens: a lot that dies later or never stays as it is.
 *
 * `NothingToExtend`: no lot is selected, or none of them would live longer.
 *
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now: points due to expire must have done so
 * @param request - which points, and how long
 *
 * @example
 * ```ts
 * import { type ActivityId, type Duration, emptyWallet, extend, parseInstant, unwrap, utc, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const month: Duration = { amount: 1, unit: 'month' }
 * const request = { selection: { type: 'all' }, term: { type: 'by', by: month }, at, source: 'goodwill' as ActivityId } as const
 * extend(utc, emptyWallet('points' as WalletId), request)._tag // => 'Left'
 * ```
 */
export const extend = (
  zone: Zone,
  wallet: Wallet,
  { selection, term, at, source }: ExtensionRequest,
): E.Either<NothingToExtend, Extended> => {
  const isSelected = selectionOf(selection)
  // A lot can be held in part: its pieces have one date, and get one.
  const dates = new Map<LotId, LotExpiry>()
  let points = 0
  for (const lot of lotsOf(wallet)) {
    const expiresAt = isSelected(lot) ? laterDate(zone, lot, term) : undefined
    if (expiresAt === undefined) continue
    dates.set(lot.id, { lot: lot.id, expiresAt })
    points += lot.points
  }
  if (dates.size === 0) return E.left(nothingToExtend(term))
  const lots = [...dates.values()]
  return E.right({ type: 'extended', wallet: wallet.id, at, source, points: points as Points, lots })
}
