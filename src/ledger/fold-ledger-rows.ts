/** The batch path for rows that are objects. */
import type { Either } from 'fp-ts/Either'
import { map as mapNonEmpty, type ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { invalidValue, type MemberId } from '../foundation/index.ts'
import { foldLedger, type LedgerFold, type LedgerFoldOptions } from './fold-ledger.ts'
import {
  type LedgerColumns,
  type LedgerFault,
  type LedgerRow,
  type LedgerRowType,
  ledgerRowTypes,
} from './ledger-columns.ts'

/** A row of which nothing is known. */
type AnyRow = { readonly [Field in 'member' | 'at' | 'type' | 'points' | 'activeFrom' | 'expiresAt' | 'of']?: unknown }

interface ColumnsDraft extends LedgerColumns {
  readonly ids: Map<MemberId, number>
}

const newDraft = (rows: number): ColumnsDraft => ({
  ids: new Map(),
  members: [],
  member: new Int32Array(rows),
  at: new Float64Array(rows),
  type: new Uint8Array(rows),
  points: new Float64Array(rows),
  activeFrom: new Float64Array(rows),
  expiresAt: new Float64Array(rows),
  of: new Int32Array(rows),
})

/** What is no finite number becomes one that the check of the columns refuses. */
const finite = (value: unknown): number => (Number.isFinite(value) ? (value as number) : Number.NaN)

/** Where a row has no instant, one fault says so. */
const orZero = (at: number): number => (Number.isSafeInteger(at) ? at : 0)

const none = -1

const memberIndex = ({ ids }: ColumnsDraft, id: unknown): number => {
  if (typeof id !== 'string' || id === '') return none
  const member = id as MemberId
  const known = ids.get(member)
  if (known !== undefined) return known
  ids.set(member, ids.size)
  return ids.size - 1
}

const typeIndex = (type: unknown): number => {
  const index = ledgerRowTypes.indexOf(type as LedgerRowType)
  return index < 0 ? ledgerRowTypes.length : index
}

const encodeRow = (draft: ColumnsDraft, index: number, row: AnyRow): void => {
  const at = finite(row.at)
  draft.member[index] = memberIndex(draft, row.member)
  draft.at[index] = at
  draft.type[index] = typeIndex(row.type)
  draft.points[index] = finite(row.points)
  draft.activeFrom[index] = row.activeFrom === undefined ? orZero(at) : finite(row.activeFrom)
  draft.expiresAt[index] = row.expiresAt === null ? Number.POSITIVE_INFINITY : finite(row.expiresAt)
  draft.of[index] = Number.isInteger(row.of) ? Math.max(none, Math.min(row.of as number, index)) : none
}

const expectedOf: { readonly [Field in string]?: string } = {
  member: 'an id that is not empty',
  type: 'accrual, redemption or clawBack',
  expiresAt: 'an instant as a safe integer of epoch milliseconds, or null for never',
}

/** The fault of a column's entry as that of a row's field, with what the row itself has there. */
const inRow = (rows: ReadonlyArray<LedgerRow>, fault: LedgerFault): LedgerFault => {
  const [field, row] = fault.path
  if (typeof field !== 'string' || typeof row !== 'number') return fault
  const path = [row, field]
  const actual = (rows[row] as AnyRow | null | undefined)?.[field as keyof AnyRow]
  const isForm = fault._tag === 'InvalidValue' || (fault._tag === 'UnknownAccrual' && !Number.isInteger(actual))
  if (isForm) return invalidValue(path, actual, expectedOf[field] ?? fault.expected)
  return fault._tag === 'UnknownAccrual' ? { ...fault, path, of: actual as number } : { ...fault, path }
}

/**
 * The wallets of many members as of an instant, from rows that are objects: {@link foldLedger} for those who have no
 * columns. The rows of one member are in the order of time; members are numbered in the order in which they come.
 *
 * Faults are those of {@link foldLedger}, each at its row and field; `InvalidValue` also for a member's id that is empty.
 *
 * @param rows - the rows of all members, points in the wallet's smallest unit
 * @param options - the instant in epoch milliseconds, what to do about redemptions of too much, whether to list lots
 *
 * @example
 * ```ts
 * import { foldLedgerRows, type Instant, type LedgerRow, type MemberId, type Points, unwrap } from 'treue'
 *
 * const at = (n: number) => n as Instant
 * const member = 'ann' as MemberId
 * const rows: LedgerRow[] = [
 *   { type: 'accrual', member, at: at(0), points: 100 as Points, expiresAt: null },
 *   { type: 'redemption', member, at: at(10), points: 60 as Points },
 *   { type: 'clawBack', member, at: at(20), points: 100 as Points, of: 0 },
 * ]
 * const fold = unwrap(foldLedgerRows(rows, { asOf: at(20) }))
 * fold.members // => ['ann']
 * Array.from(fold.debt) // => [60]
 * ```
 */
export const foldLedgerRows = (
  rows: ReadonlyArray<LedgerRow>,
  options: LedgerFoldOptions,
): Either<ReadonlyNonEmptyArray<LedgerFault>, LedgerFold> => {
  const draft = newDraft(rows.length)
  for (let row = 0; row < rows.length; row += 1) encodeRow(draft, row, rows[row] ?? {})
  const { ids, member, at, type, points, activeFrom, expiresAt, of } = draft
  const columns = { members: Array.from(ids.keys()), member, at, type, points, activeFrom, expiresAt, of }
  const folded = foldLedger(columns, options)
  if (folded._tag === 'Right') return folded
  return { _tag: 'Left', left: mapNonEmpty((fault: LedgerFault) => inRow(rows, fault))(folded.left) }
}
