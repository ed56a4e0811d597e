/** The batch path: the wallets of many members at an instant, from columns of all their rows. */
import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Instant, invalidValue, type MemberId, type Points } from '../foundation/index.ts'
import { checkLedgerColumns, expectedInstant } from './check-ledger-columns.ts'
import { type Folding, foldColumns } from './fold-kernel.ts'
import type { InsufficientBalance, LedgerColumns, LedgerFault, LedgerTotals } from './ledger-columns.ts'

/** How a ledger is folded. */
export interface LedgerFoldOptions {
  /** The instant of the result: rows after it have not happened yet, and what is due by then is done. */
  readonly asOf: Instant
  /**
   * What becomes of a redemption of more than is active: `fault` makes the whole fold a Left; with `reject` it changes
   * nothing, and is listed in `rejected`. Without it, `fault`.
   */
  readonly onInsufficient?: 'fault' | 'reject'
  /** Whether the open lots are listed; without it they are not. */
  readonly openLots?: boolean
}

/** The lots with something left, one entry per lot, in the order of their rows. */
export interface OpenLots {
  /** The row of the accrual. */
  readonly row: Int32Array
  /** What is left, in the wallet's smallest unit. */
  readonly points: Float64Array
  /** 1 where the points can be spent, 0 where they are pending. */
  readonly active: Uint8Array
}

/** The redemptions that were rejected, one entry per redemption, member by member. */
export interface RejectedRedemptions {
  readonly row: Int32Array
  /** How much was active. */
  readonly available: Float64Array
}

/** The wallets of many members: a column has one figure per member, in the wallet's smallest unit. */
export interface LedgerFold extends LedgerTotals {
  /** The id of each member index. */
  readonly members: ReadonlyArray<MemberId>
  /** `null` where they were not asked for. */
  readonly lots: OpenLots | null
  /** The redemptions of more than was active. */
  readonly rejected: RejectedRedemptions
}

const isNonEmpty = <A>(values: ReadonlyArray<A>): values is ReadonlyNonEmptyArray<A> => values.length > 0

const openLots = ({ columns, left }: Folding, asOf: number): OpenLots => {
  let count = 0
  for (let row = 0; row < left.length; row += 1) if ((left[row] as number) > 0) count += 1
  const lots = { row: new Int32Array(count), points: new Float64Array(count), active: new Uint8Array(count) }
  let place = 0
  for (let row = 0; row < left.length; row += 1) {
    const points = left[row] as number
    if (points === 0) continue
    lots.row[place] = row
    lots.points[place] = points
    lots.active[place] = (columns.activeFrom[row] as number) <= asOf ? 1 : 0
    place += 1
  }
  return lots
}

const insufficient = ({ columns, refused, available }: Folding): ReadonlyArray<InsufficientBalance> =>
  refused
    .map(
      (row, index): InsufficientBalance => ({
        _tag: 'InsufficientBalance',
        path: ['points', row],
        expected: `at most the ${available[index] as number} active points of the member`,
        row,
        member: columns.members[columns.member[row] as number] as MemberId,
        requested: columns.points[row] as Points,
        available: available[index] as Points,
      }),
    )
    .sort((a, b) => a.row - b.row)

const faultsOf = (columns: LedgerColumns, asOf: number, scratch: Float64Array): ReadonlyArray<LedgerFault> => {
  const faults = checkLedgerColumns(columns, scratch)
  return Number.isSafeInteger(asOf) ? faults : [invalidValue(['asOf'], asOf, expectedInstant), ...faults]
}

/**
 * The wallets of many members as of an instant, from columns of their ledgers' rows. They are what `accrue`, `burn`,
 * `clawBack`, `activationsDue` and `expiriesDue` give row by row, in a time that grows with the rows as a sort does.
 *
 * Within an instant, due activations come first, then due expiries, then the row. Points are taken from the soonest to
 * expire, of equal ones from the earlier row (S14, S15); debt is paid first by whatever becomes active (S27, S28).
 *
 * Faults, each at its column and row: `InvalidValue` for an entry of the wrong form; `RowOutOfOrder` where time goes
 * backwards within a member; `OutOfRange` where a member's lifetime total leaves the exact integers; `UnknownAccrual`
 * for a claw-back of what is no earlier accrual of the member; `ExcessClawBack` for one of more than was granted and is
 * not taken back; `InsufficientBalance`, where nothing else is wrong, for a redemption of more than is active.
 *
 * @param columns - the rows of all members; the arrays are read as they are, without a copy
 * @param options - the instant in epoch milliseconds, what to do about redemptions of too much, whether to list lots
 *
 * @example
 * ```ts
 * import { foldLedger, type Instant, type MemberId, unwrap } from 'treue'
 *
 * const columns = {
 *   members: ['ann' as MemberId],
 *   member: Int32Array.of(0, 0, 0),
 *   at: Float64Array.of(0, 10, 20),
 *   type: Uint8Array.of(0, 0, 1), // two accruals, one redemption
 *   points: Float64Array.of(500, 300, 400),
 *   activeFrom: Float64Array.of(0, 10, 0),
 *   expiresAt: Float64Array.of(100, Infinity, 0),
 *   of: Int32Array.of(0, 0, 0),
 * }
 * const fold = unwrap(foldLedger(columns, { asOf: 100 as Instant }))
 * Array.from(fold.active) // => [300]
 * Array.from(fold.expired) // => [100]
 *
 * const early = foldLedger({ ...columns, at: Float64Array.of(0, 10, 5) }, { asOf: 100 as Instant })
 * early._tag === 'Left' && early.left.map(({ _tag, path }) => [_tag, path]) // => [['RowOutOfOrder', ['at', 2]]]
 * ```
 */
export const foldLedger = (
  columns: LedgerColumns,
  options: LedgerFoldOptions,
): Either<ReadonlyNonEmptyArray<LedgerFault>, LedgerFold> => {
  const { asOf, onInsufficient, openLots: listed } = options
  const perRow = new Float64Array(columns.member.length)
  const faults = faultsOf(columns, asOf, perRow)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const folding = foldColumns(columns, perRow, asOf)
  const insufficiencies = onInsufficient === 'reject' ? [] : insufficient(folding)
  if (isNonEmpty(insufficiencies)) return { _tag: 'Left', left: insufficiencies }
  const rejected = { row: Int32Array.from(folding.refused), available: Float64Array.from(folding.available) }
  const lots = listed === true ? openLots(folding, asOf) : null
  return { _tag: 'Right', right: { members: columns.members, ...folding.totals, lots, rejected } }
}
