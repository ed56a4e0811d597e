// Everything that is wrong with ledger columns and can be told without a balance: the kernel folds only what passed. Each
// pass goes through few columns in a tight loop, which takes a fraction of the time of one look at each row.

import { type Instant, type InvalidValue, invalidValue, outOfRange, type Points } from '../foundation/index.ts'
import type { LedgerColumns, LedgerFault } from './ledger-columns.ts'
import { accrualCode, clawBackCode } from './ledger-row-codes.ts'

export const expectedInstant = 'whole milliseconds since 1970-01-01T00:00:00Z, a safe integer'
const expectedPoints = 'points as an integer from 0 to 9007199254740991'

type Faults = Array<LedgerFault>

const lengthFaults = (columns: LedgerColumns): ReadonlyArray<InvalidValue> => {
  const rows = columns.member.length
  const others = ['at', 'type', 'points', 'activeFrom', 'expiresAt', 'of'] as const
  return others
    .filter((name) => columns[name].length !== rows)
    .map((name) => invalidValue([name, 'length'], columns[name].length, `${rows}, one per row`))
}

const outOfOrder = (row: number, at: number, previous: number): LedgerFault => ({
  _tag: 'RowOutOfOrder',
  path: ['at', row],
  expected: `at least ${previous}, when the member's row before is`,
  row,
  at: at as Instant,
  previous: previous as Instant,
})

const checkMembers = ({ members, member }: LedgerColumns, faults: Faults): void => {
  const count = members.length
  for (let row = 0; row < member.length; row += 1) {
    const index = member[row] as number
    if (index >= 0 && index < count) continue
    faults.push(invalidValue(['member', row], index, `a member's index below ${count}`))
  }
}

/** A row that is out of order does not move the time of its member. */
const checkTimes = ({ members, member, at }: LedgerColumns, faults: Faults): void => {
  const last = new Float64Array(members.length).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0; row < at.length; row += 1) {
    const now = at[row] as number
    const index = member[row] as number
    const previous = last[index] as number
    if (!Number.isSafeInteger(now)) faults.push(invalidValue(['at', row], now, expectedInstant))
    else if (now < previous) faults.push(outOfOrder(row, now, previous))
    else last[index] = now
  }
}

const isAmount = (points: number): boolean => Number.isSafeInteger(points) && points >= 0

/** Returns the sum of all points: where it is exact, so is every member's lifetime total. */
const checkAmounts = ({ type, points }: LedgerColumns, faults: Faults): number => {
  let sum = 0
  for (let row = 0; row < points.length; row += 1) {
    const amount = points[row] as number
    const code = type[row] as number
    if (isAmount(amount)) sum += amount
    else faults.push(invalidValue(['points', row], amount, expectedPoints))
    if (code > clawBackCode) faults.push(invalidValue(['type', row], code, 'an index of ledgerRowTypes, below 3'))
  }
  return sum
}

/** An accrual that is too much for its member does not count in the sum. */
const checkLifetimes = ({ members, member, type, points }: LedgerColumns, faults: Faults): void => {
  const accrued = new Float64Array(members.length)
  for (let row = 0; row < type.length; row += 1) {
    const amount = points[row] as number
    if (type[row] !== accrualCode || !isAmount(amount)) continue
    const index = member[row] as number
    const sum = (accrued[index] as number) + amount
    if (sum <= Number.MAX_SAFE_INTEGER) accrued[index] = sum
    else if (index >= 0 && index < members.length) {
      faults.push(outOfRange(['points', row], amount, 'a lifetime total of at most 9007199254740991'))
    }
  }
}

const isExpiry = (at: number): boolean => at === Number.POSITIVE_INFINITY || Number.isSafeInteger(at)

/** Other rows mostly have instants here, too: to ask for the type last is faster, as that is hard to foresee. */
const checkTerms = ({ type, activeFrom, expiresAt }: LedgerColumns, faults: Faults): void => {
  for (let row = 0; row < type.length; row += 1) {
    const from = activeFrom[row] as number
    const until = expiresAt[row] as number
    if ((Number.isSafeInteger(from) && isExpiry(until)) || type[row] !== accrualCode) continue
    if (!Number.isSafeInteger(from)) faults.push(invalidValue(['activeFrom', row], from, expectedInstant))
    if (isExpiry(until)) continue
    faults.push(invalidValue(['expiresAt', row], until, `${expectedInstant}, or Infinity for never`))
  }
}

const isEarlierAccrual = ({ member, type }: LedgerColumns, row: number, of: number): boolean =>
  of >= 0 && of < row && type[of] === accrualCode && member[of] === member[row]

const unknownAccrual = (row: number, of: number): LedgerFault => {
  const expected = 'the row of an earlier accrual of the same member'
  return { _tag: 'UnknownAccrual', path: ['of', row], expected, row, of }
}

const excess = (row: number, of: number, requested: number, available: number): LedgerFault => ({
  _tag: 'ExcessClawBack',
  path: ['points', row],
  expected: `at most the ${available} points that the accrual granted and that were not taken back`,
  row,
  of,
  requested: requested as Points,
  available: available as Points,
})

/** A claw-back of too much takes nothing. Points that are no amount have their own fault. */
const checkClawBack = (columns: LedgerColumns, faults: Faults, taken: Float64Array, row: number): number => {
  const of = columns.of[row] as number
  if (!isEarlierAccrual(columns, row, of)) {
    faults.push(unknownAccrual(row, of))
    return 0
  }
  const amount = columns.points[row] as number
  const granted = columns.points[of] as number
  const before = taken[of] as number
  if (!isAmount(amount) || !isAmount(granted)) return 0
  if (before + amount <= granted) return amount
  faults.push(excess(row, of, amount, granted - before))
  return 0
}

const checkClawBacks = (columns: LedgerColumns, faults: Faults, tally: Float64Array): void => {
  const { type, of } = columns
  for (let row = 0; row < type.length; row += 1) {
    if (type[row] !== clawBackCode) continue
    const amount = checkClawBack(columns, faults, tally, row)
    const lot = of[row] as number
    if (amount > 0) tally[lot] = (tally[lot] as number) + amount
  }
}

const rowOf = ({ path }: LedgerFault): number => Number(path[1])

/**
 * What is wrong with columns, in the order of the rows.
 *
 * @param scratch - a 0 for each row, and so it is again afterwards: fresh memory costs more than all checks of a row
 */
export const checkLedgerColumns = (columns: LedgerColumns, scratch: Float64Array): ReadonlyArray<LedgerFault> => {
  const lengths = lengthFaults(columns)
  if (lengths.length > 0) return lengths
  const faults: Faults = []
  checkMembers(columns, faults)
  checkTimes(columns, faults)
  const sum = checkAmounts(columns, faults)
  if (sum > Number.MAX_SAFE_INTEGER) checkLifetimes(columns, faults)
  checkTerms(columns, faults)
  checkClawBacks(columns, faults, scratch)
  scratch.fill(0)
  return faults.sort((a, b) => rowOf(a) - rowOf(b))
}
