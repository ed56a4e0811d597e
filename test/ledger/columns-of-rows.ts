// Rows as columns, and what was folded as plain numbers.
import type { Instant, MemberId, Points } from '../../src/foundation/index.ts'
import {
  type LedgerColumns,
  type LedgerFold,
  type LedgerRow,
  type LedgerTotals,
  ledgerRowTypes,
} from '../../src/ledger/index.ts'

/** Columns by one look at each row for each column. */
export const columnsOf = (rows: ReadonlyArray<LedgerRow>): LedgerColumns => {
  const members = [...new Set(rows.map(({ member }) => member))]
  const indexOf = new Map(members.map((member, index) => [member, index]))
  const never = Number.POSITIVE_INFINITY
  return {
    members,
    member: Int32Array.from(rows, ({ member }) => indexOf.get(member) ?? -1),
    at: Float64Array.from(rows, ({ at }) => at),
    type: Uint8Array.from(rows, ({ type }) => ledgerRowTypes.indexOf(type)),
    points: Float64Array.from(rows, ({ points }) => points),
    activeFrom: Float64Array.from(rows, (row) => (row.type === 'accrual' ? (row.activeFrom ?? row.at) : 0)),
    expiresAt: Float64Array.from(rows, (row) => (row.type === 'accrual' ? (row.expiresAt ?? never) : 0)),
    of: Int32Array.from(rows, (row) => (row.type === 'clawBack' ? row.of : 0)),
  }
}

export const figures = ['active', 'pending', 'debt', 'accrued', 'redeemed', 'expired', 'reversed'] as const

/** The figures of one member. */
export const figuresOf = (fold: LedgerFold, member: number): Record<keyof LedgerTotals, number | undefined> => ({
  active: fold.active[member],
  pending: fold.pending[member],
  debt: fold.debt[member],
  accrued: fold.accrued[member],
  redeemed: fold.redeemed[member],
  expired: fold.expired[member],
  reversed: fold.reversed[member],
})

/** The open lots by their row. */
export const lotsOf = ({ lots }: LedgerFold): ReadonlyMap<number, { points: number; active: boolean }> =>
  new Map(
    Array.from(lots?.row ?? [], (row, index) => [
      row,
      { points: lots?.points[index] ?? 0, active: lots?.active[index] === 1 },
    ]),
  )

const ann = 'ann' as MemberId
const instant = (at: number): Instant => at as Instant
const points = (n: number): Points => n as Points

/** Rows of `ann`, to write examples with. `expiresAt` null: never. */
export const accrual = (at: number, n: number, expiresAt: number | null, activeFrom: number = at): LedgerRow => ({
  type: 'accrual',
  member: ann,
  at: instant(at),
  points: points(n),
  activeFrom: instant(activeFrom),
  expiresAt: expiresAt as Instant | null,
})

export const redemption = (at: number, n: number): LedgerRow => ({
  type: 'redemption',
  member: ann,
  at: instant(at),
  points: points(n),
})

export const clawBack = (at: number, n: number, of: number): LedgerRow => ({
  type: 'clawBack',
  member: ann,
  at: instant(at),
  points: points(n),
  of,
})
