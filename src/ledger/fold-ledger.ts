/** The wallets of many members from what happened to them, at once. */
import * as E from 'fp-ts/Either'
import type { Instant, InvalidValue } from '../foundation/index.ts'
import { encodeLedger, type LedgerColumns, type LedgerRow, ledgerFaults } from './ledger-columns.ts'
import { foldColumns } from './ledger-kernel.ts'

/** What the wallets of members hold, by member index, in the wallet's smallest unit. */
export interface LedgerTotals {
  readonly members: LedgerColumns['members']
  readonly active: Float64Array
  readonly pending: Float64Array
  readonly debt: Float64Array
  readonly accrued: Float64Array
  readonly redeemed: Float64Array
  readonly expired: Float64Array
  readonly reversed: Float64Array
  /** The rows of redemptions of more than was active: they changed nothing. */
  readonly insufficient: ReadonlyArray<number>
  /** Of each row of an accrual, what is left of it; of other rows 0. */
  readonly left: Float64Array
}

/**
 * What the wallets of many members hold as of an instant, folded from columns without an object for each row. It is what
 * the ledger's entries give for a wallet with the default policies: the soonest to expire is spent first, a claw-back takes
 * from its own lot, then from others, and the rest is debt. It costs n log n at the most, and n where all points live
 * equally long.
 *
 * `InvalidValue`, with the row: times that go back, points that are no points, a claw-back of more than was granted or of
 * no accrual of the member.
 *
 * @param columns - what happened; rows of one member in order of time
 * @param asOf - the instant; later rows are not counted
 *
 * @example
 * ```ts
 * import { encodeLedger, foldLedger, type Instant, type MemberId, type Points, unwrap } from 'treue'
 *
 * const member = 'anna' as MemberId
 * const day = (n: number) => (n * 86_400_000) as Instant
 * const columns = encodeLedger([
 *   { type: 'accrual', member, at: day(0), points: 500 as Points, activeFrom: day(0), expiresAt: day(180) },
 *   { type: 'accrual', member, at: day(1), points: 300 as Points, activeFrom: day(1), expiresAt: day(210) },
 *   { type: 'redemption', member, at: day(60), points: 400 as Points },
 * ])
 * unwrap(foldLedger(columns, day(181))).active[0] // => 300
 * ```
 */
export const foldLedger = (
  columns: LedgerColumns,
  asOf: Instant,
): E.Either<ReadonlyArray<InvalidValue>, LedgerTotals> => {
  const faults = ledgerFaults(columns)
  if (faults.length > 0) return E.left(faults)
  const { totals, insufficient, left } = foldColumns(columns, asOf)
  return E.right({ members: columns.members, ...totals, insufficient, left })
}

/**
 * The same from rows: a thin face over {@link foldLedger}.
 *
 * `InvalidValue`: as there.
 *
 * @param rows - what happened, those of one member in order of time
 * @param asOf - the instant; later rows are not counted
 *
 * @example
 * ```ts
 * import { foldLedgerRows, type Instant, unwrap } from 'treue'
 *
 * unwrap(foldLedgerRows([], 0 as Instant)).members // => []
 * ```
 */
export const foldLedgerRows = (
  rows: ReadonlyArray<LedgerRow>,
  asOf: Instant,
): E.Either<ReadonlyArray<InvalidValue>, LedgerTotals> => foldLedger(encodeLedger(rows), asOf)
