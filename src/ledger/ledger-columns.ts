/* eslint-disable no-param-reassign -- counts of rows so far, in arrays that this file made itself */
// What happened to the wallets of many members as columns: typed arrays that the encoder makes and fills itself.
import { type Instant, type InvalidValue, invalidValue, type MemberId, type Points } from '../foundation/index.ts'

/** Points were earned. */
export interface AccrualRow {
  readonly type: 'accrual'
  readonly member: MemberId
  readonly at: Instant
  readonly points: Points
  readonly activeFrom: Instant
  /** `null`: never. */
  readonly expiresAt: Instant | null
}

/** Points were spent. */
export interface RedemptionRow {
  readonly type: 'redemption'
  readonly member: MemberId
  readonly at: Instant
  readonly points: Points
}

/** Points of an earlier accrual were taken back. */
export interface ClawBackRow {
  readonly type: 'clawBack'
  readonly member: MemberId
  readonly at: Instant
  readonly points: Points
  /** The index of the row of the accrual. */
  readonly of: number
}

/** Something that happened to a member's wallet. */
export type LedgerRow = AccrualRow | RedemptionRow | ClawBackRow

/** The kinds of rows as they stand in {@link LedgerColumns}. */
export const ledgerRowKinds: { readonly accrual: 0; readonly redemption: 1; readonly clawBack: 2 } = {
  accrual: 0,
  redemption: 1,
  clawBack: 2,
}

/** Rows as columns: those of one member in order of time, those of several in any order. All instants are epoch ms. */
export interface LedgerColumns {
  /** The id of each member index. */
  readonly members: ReadonlyArray<MemberId>
  /** Of each row, the index of its member. */
  readonly member: Int32Array
  /** Of each row, what it is: see {@link ledgerRowKinds}. */
  readonly kind: Uint8Array
  readonly at: Float64Array
  /** In the wallet's smallest unit. */
  readonly points: Float64Array
  /** Of an accrual, when its points become active; of other rows unused. */
  readonly activeFrom: Float64Array
  /** Of an accrual, when its points die; `Infinity`: never. Of other rows unused. */
  readonly expiresAt: Float64Array
  /** Of a claw-back, the row of the accrual; of other rows unused. */
  readonly of: Int32Array
}

const emptyColumns = (count: number): Omit<LedgerColumns, 'members'> => ({
  member: new Int32Array(count),
  kind: new Uint8Array(count),
  at: new Float64Array(count),
  points: new Float64Array(count),
  activeFrom: new Float64Array(count),
  expiresAt: new Float64Array(count),
  of: new Int32Array(count),
})

/**
 * Rows as columns.
 *
 * @param rows - what happened, those of one member in order of time
 *
 * @example
 * ```ts
 * import { encodeLedger, type Instant, type MemberId, type Points } from 'treue'
 *
 * const anna = 'anna' as MemberId
 * const spends = { type: 'redemption', member: anna, at: 0 as Instant, points: 5 as Points } as const
 * encodeLedger([spends]).members // => ['anna']
 * ```
 */
export const encodeLedger = (rows: ReadonlyArray<LedgerRow>): LedgerColumns => {
  const columns = emptyColumns(rows.length)
  const indices = new Map<MemberId, number>()
  rows.forEach((row, index) => {
    const member = indices.get(row.member) ?? indices.size
    indices.set(row.member, member)
    columns.member[index] = member
    columns.kind[index] = ledgerRowKinds[row.type]
    columns.at[index] = row.at
    columns.points[index] = row.points
    columns.activeFrom[index] = row.type === 'accrual' ? row.activeFrom : 0
    columns.expiresAt[index] = row.type === 'accrual' ? (row.expiresAt ?? Number.POSITIVE_INFINITY) : 0
    columns.of[index] = row.type === 'clawBack' ? row.of : 0
  })
  return { members: [...indices.keys()], ...columns }
}

const isPoints = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** So many faults are reported; a file that is wrong throughout says the same over and over. */
const MOST_FAULTS = 100

const accrualFault = ({ activeFrom, expiresAt }: LedgerColumns, row: number): InvalidValue | undefined => {
  const [active, dies] = [activeFrom[row] ?? Number.NaN, expiresAt[row] ?? Number.NaN]
  if (!Number.isSafeInteger(active)) return invalidValue([row, 'activeFrom'], active, 'an instant')
  return dies >= active && (dies === Number.POSITIVE_INFINITY || Number.isSafeInteger(dies))
    ? undefined
    : invalidValue([row, 'expiresAt'], dies, 'an instant that is not before activeFrom, or Infinity')
}

const clawFault = (columns: LedgerColumns, row: number, left: Float64Array): InvalidValue | undefined => {
  const of = columns.of[row] ?? -1
  const isAccrual = of >= 0 && of < row && columns.kind[of] === ledgerRowKinds.accrual
  if (!isAccrual || columns.member[of] !== columns.member[row]) {
    return invalidValue([row, 'of'], of, 'the row of an earlier accrual of the member')
  }
  const points = columns.points[row] ?? 0
  const granted = left[of] ?? 0
  if (points > granted)
    return invalidValue([row, 'points'], points, `at most the ${granted} points that are not taken back`)
  left[of] = granted - points
  return undefined
}

/** What the rows of one member must be after one another. */
interface Progress {
  readonly last: Float64Array
  readonly accrued: Float64Array
  /** Of each accrual, what was not taken back. */
  readonly left: Float64Array
}

/** What every row must have. */
const baseFault = (columns: LedgerColumns, row: number, { last }: Progress): InvalidValue | undefined => {
  const member = columns.member[row] ?? -1
  const [at, points] = [columns.at[row] ?? Number.NaN, columns.points[row] ?? Number.NaN]
  if (member < 0 || member >= columns.members.length) {
    return invalidValue([row, 'member'], member, 'the index of a member')
  }
  if (!Number.isSafeInteger(at) || at < (last[member] ?? 0)) {
    return invalidValue([row, 'at'], at, 'an instant that is not before the last one of the member')
  }
  last[member] = at
  return isPoints(points) ? undefined : invalidValue([row, 'points'], points, 'an integer from 0 to 9007199254740991')
}

const grantFault = (columns: LedgerColumns, row: number, { accrued, left }: Progress): InvalidValue | undefined => {
  const [member, points] = [columns.member[row] ?? 0, columns.points[row] ?? 0]
  const total = (accrued[member] ?? 0) + points
  left[row] = points
  accrued[member] = total
  return isPoints(total)
    ? accrualFault(columns, row)
    : invalidValue([row, 'points'], points, 'a total of at most 9007199254740991 points a member')
}

const rowFault = (columns: LedgerColumns, row: number, progress: Progress): InvalidValue | undefined => {
  const fault = baseFault(columns, row, progress)
  if (fault !== undefined) return fault
  switch (columns.kind[row]) {
    case ledgerRowKinds.accrual:
      return grantFault(columns, row, progress)
    case ledgerRowKinds.redemption:
      return undefined
    case ledgerRowKinds.clawBack:
      return clawFault(columns, row, progress.left)
    default:
      return invalidValue([row, 'kind'], columns.kind[row], '0, 1 or 2')
  }
}

const isInstant = (value: number): boolean => Number.isSafeInteger(value)

/** Whether an accrual is plainly right. */
const isPlainAccrual = (columns: LedgerColumns, row: number, member: number, { accrued, left }: Progress): boolean => {
  const points = columns.points[row] as number
  const active = columns.activeFrom[row] as number
  const dies = columns.expiresAt[row] as number
  const total = (accrued[member] as number) + points
  if (!Number.isSafeInteger(total) || !isInstant(active) || !(dies >= active)) return false
  if (dies !== Number.POSITIVE_INFINITY && !isInstant(dies)) return false
  accrued[member] = total
  left[row] = points
  return true
}

/** Whether a row is plainly right: nearly all are, and the rest is looked at closely. */
const isPlain = (columns: LedgerColumns, row: number, progress: Progress): boolean => {
  const { last } = progress
  const member = columns.member[row] as number
  const at = columns.at[row] as number
  const kind = columns.kind[row] as number
  if (kind > 1 || member < 0 || member >= last.length || !isPoints(columns.points[row] as number)) return false
  if (!isInstant(at) || at < (last[member] as number)) return false
  if (kind === 0 && !isPlainAccrual(columns, row, member, progress)) return false
  last[member] = at
  return true
}

/** What is wrong with columns, by row; the first hundred faults. */
export const ledgerFaults = (columns: LedgerColumns): ReadonlyArray<InvalidValue> => {
  const count = columns.member.length
  const lengths = [columns.kind, columns.at, columns.points, columns.activeFrom, columns.expiresAt, columns.of]
  const uneven = lengths.findIndex(({ length }) => length !== count)
  if (uneven >= 0) return [invalidValue(['columns', uneven], lengths[uneven]?.length, `a column of ${count} rows`)]
  const members = columns.members.length
  const progress: Progress = {
    last: new Float64Array(members).fill(Number.NEGATIVE_INFINITY),
    accrued: new Float64Array(members),
    left: new Float64Array(count),
  }
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < count && faults.length < MOST_FAULTS; row += 1) {
    const fault = isPlain(columns, row, progress) ? undefined : rowFault(columns, row, progress)
    if (fault !== undefined) faults.push(fault)
  }
  return faults
}
