/** Earning points into a wallet. */
import * as E from 'fp-ts/Either'
import type { ActivityId, FunderId, Instant, LotId, OutOfRange, Points, Zone } from '../foundation/index.ts'
import { withDebtPaid } from './debt.ts'
import type { Accrued } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { beyondRange } from './lifetime-total.ts'
import type { LotKind } from './lot.ts'
import { lotTerm, type OwnTerm } from './lot-term.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** Points to put into a wallet. */
export interface Grant {
  /** The id of the new lot, derived by the caller from the activity. */
  readonly lot: LotId
  /** In the wallet's smallest unit; with 0 nothing is entered. */
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
  /** What of their term is not for the wallet to say. Default: nothing. */
  readonly term?: OwnTerm
  /** Default `regular`. */
  readonly kind?: LotKind
  /** Who pays for them; `null`, the default: the program. */
  readonly funder?: FunderId | null
}

/**
 * The entries by which a wallet takes in earned points: the accrual, and the settling of debt where there is some and
 * the points are active at once (S17, S27).
 *
 * `OutOfRange`: the wallet's lifetime total would leave the range of exact integers.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param grant - what is earned
 *
 * @example
 * ```ts
 * import { accrue, type ActivityId, emptyWallet, type LotId, parseInstant, type Points, unwrap, utc } from 'treue'
 * import type { WalletDefinition, WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const grant = { lot: 'order-1/points' as LotId, points: 100 as Points, at, source: 'order-1' as ActivityId }
 * unwrap(accrue(definition, utc, emptyWallet(id), grant)).map(({ type }) => type) // => ['accrued']
 * ```
 */
export const accrue = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  grant: Grant,
): E.Either<OutOfRange, ReadonlyArray<LedgerEntry>> => {
  if (grant.points === 0) return E.right([])
  const beyond = beyondRange(wallet, grant.points)
  if (beyond !== undefined) return E.left(beyond)
  const { lot, points, at, source } = grant
  const { activeFrom, expiresAt: date, awaits } = lotTerm(definition, zone, at, grant.term)
  // What is over before it comes in dies in the instant in which it does: nothing happens in the past.
  const expiresAt = date !== null && date < at ? at : date
  const accrued: Accrued = {
    type: 'accrued',
    wallet: wallet.id,
    at,
    source,
    lot,
    points,
    activeFrom,
    expiresAt,
    kind: grant.kind ?? 'regular',
    funder: grant.funder ?? null,
    awaits,
  }
  return E.right(withDebtPaid(wallet, [accrued], at))
}
