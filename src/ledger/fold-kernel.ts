/* eslint-disable no-param-reassign -- mutates the columns and queues that it made: no row allocates */
/**
 * Folds checked ledger columns, one member after the other, into columns of figures. A lot is the row that granted it:
 * what a lot needs to be known of is in the given columns already, and only what is left of it is kept beside them.
 */
import type { LedgerColumns, LedgerTotals } from './ledger-columns.ts'
import { accrualCode, redemptionCode } from './ledger-row-codes.ts'
import {
  dropFirstLot,
  dropLineUntil,
  emptyLotQueue,
  firstLot,
  type LotQueue,
  newLotQueue,
  pushLot,
} from './lot-queue.ts'
import { groupByMember, type RowsByMember } from './rows-by-member.ts'

/** The figures of the member whose rows are folded now. */
type Figures = { -readonly [Figure in keyof LedgerTotals]: number }

/** What a fold has come to. */
export interface Folding {
  readonly columns: LedgerColumns
  readonly totals: LedgerTotals
  readonly now: Figures
  /** Of each row, what is left of the lot that it granted. */
  readonly left: Float64Array
  /** Active lots by their expiry, in burn order. */
  readonly active: LotQueue
  /** Pending lots by their activation. */
  readonly pending: LotQueue
  /** The redemptions that found too little. */
  readonly refused: Array<number>
  /** For each of them, how much was active. */
  readonly available: Array<number>
}

const newTotals = (members: number): LedgerTotals => ({
  active: new Float64Array(members),
  pending: new Float64Array(members),
  debt: new Float64Array(members),
  accrued: new Float64Array(members),
  redeemed: new Float64Array(members),
  expired: new Float64Array(members),
  reversed: new Float64Array(members),
})

const newFolding = (columns: LedgerColumns, left: Float64Array, largest: number): Folding => ({
  columns,
  totals: newTotals(columns.members.length),
  now: { active: 0, pending: 0, debt: 0, accrued: 0, redeemed: 0, expired: 0, reversed: 0 },
  left,
  active: newLotQueue(columns.expiresAt, largest),
  pending: newLotQueue(columns.activeFrom, largest),
  refused: [],
  available: [],
})

/** The usual case of {@link draw}: all lots are in the line. */
const drawFromLine = ({ left, active }: Folding, points: number): void => {
  const { line } = active
  let { head } = active
  let rest = points
  while (rest > 0) {
    const lot = line[head] as number
    const there = left[lot] as number
    const taken = there > rest ? rest : there
    left[lot] = there - taken
    rest -= taken
    if (taken === there) head += 1
  }
  if (head > active.head) dropLineUntil(active, head)
}

/** Takes active points in burn order; there must be as many. */
const draw = (folding: Folding, points: number): void => {
  const { left, active } = folding
  let rest = points
  while (rest > 0 && active.size > 0) {
    const lot = firstLot(active)
    const there = left[lot] as number
    const taken = there > rest ? rest : there
    left[lot] = there - taken
    rest -= taken
    if (taken === there) dropFirstLot(active)
  }
  drawFromLine(folding, rest)
}

const settle = (folding: Folding): void => {
  const { now } = folding
  if (now.debt === 0) return
  const points = Math.min(now.debt, now.active)
  draw(folding, points)
  now.debt -= points
  now.active -= points
}

const activate = ({ now, left, active, pending }: Folding, due: number): void => {
  while (pending.firstKey <= due) {
    const lot = firstLot(pending)
    const points = left[lot] as number
    dropFirstLot(pending)
    if (points === 0) continue
    pushLot(active, lot)
    now.pending -= points
    now.active += points
  }
}

const expire = ({ now, left, active }: Folding, due: number): void => {
  while (active.firstKey <= due) {
    const lot = firstLot(active)
    const points = left[lot] as number
    dropFirstLot(active)
    left[lot] = 0
    now.expired += points
    now.active -= points
  }
}

const nextDue = ({ active, pending }: Folding): number =>
  pending.firstKey < active.firstKey ? pending.firstKey : active.firstKey

/** What time does until an instant: in each instant activations, the debt that they pay, then expiries. */
const lapse = (folding: Folding, until: number): void => {
  for (let due = nextDue(folding); due <= until; due = nextDue(folding)) {
    activate(folding, due)
    settle(folding)
    expire(folding, due)
  }
}

const accrue = (folding: Folding, row: number): void => {
  const { columns, now, left } = folding
  const points = columns.points[row] as number
  if (points === 0) return
  left[row] = points
  now.accrued += points
  if ((columns.activeFrom[row] as number) > (columns.at[row] as number)) {
    now.pending += points
    pushLot(folding.pending, row)
    return
  }
  now.active += points
  pushLot(folding.active, row)
  settle(folding)
}

const redeem = (folding: Folding, row: number): void => {
  const { columns, now, refused, available } = folding
  const points = columns.points[row] as number
  if (points > now.active) {
    refused.push(row)
    available.push(now.active)
    return
  }
  draw(folding, points)
  now.active -= points
  now.redeemed += points
}

/** Due activations have been made before: a lot is active where its activation is not after the row. */
const clawBack = (folding: Folding, row: number): void => {
  const { columns, now, left } = folding
  const points = columns.points[row] as number
  const lot = columns.of[row] as number
  const there = left[lot] as number
  const taken = Math.min(points, there)
  left[lot] = there - taken
  if ((columns.activeFrom[lot] as number) <= (columns.at[row] as number)) now.active -= taken
  else now.pending -= taken
  now.reversed += points
  now.debt += points - taken
  settle(folding)
}

const foldRow = (folding: Folding, row: number, at: number): void => {
  lapse(folding, at)
  const type = folding.columns.type[row]
  if (type === accrualCode) accrue(folding, row)
  else if (type === redemptionCode) redeem(folding, row)
  else clawBack(folding, row)
}

/** Written out because a loop over the names takes several times as long. */
const writeTotals = ({ totals, now }: Folding, member: number): void => {
  totals.active[member] = now.active
  totals.pending[member] = now.pending
  totals.debt[member] = now.debt
  totals.accrued[member] = now.accrued
  totals.redeemed[member] = now.redeemed
  totals.expired[member] = now.expired
  totals.reversed[member] = now.reversed
}

const newMember = ({ now, active, pending }: Folding): void => {
  now.active = 0
  now.pending = 0
  now.debt = 0
  now.accrued = 0
  now.redeemed = 0
  now.expired = 0
  now.reversed = 0
  emptyLotQueue(active)
  emptyLotQueue(pending)
}

const foldMember = (folding: Folding, { starts, order }: RowsByMember, member: number, asOf: number): void => {
  const { at } = folding.columns
  const end = starts[member + 1] as number
  for (let place = starts[member] as number; place < end; place += 1) {
    const row = order === null ? place : (order[place] as number)
    const instant = at[row] as number
    if (instant > asOf) break
    foldRow(folding, row, instant)
  }
  lapse(folding, asOf)
  writeTotals(folding, member)
  newMember(folding)
}

/**
 * The fold of all rows until an instant, that instant included. The columns must have been checked.
 *
 * @param left - a 0 for each row
 */
export const foldColumns = (columns: LedgerColumns, left: Float64Array, asOf: number): Folding => {
  const members = columns.members.length
  const rows = groupByMember(columns.member, members)
  const folding = newFolding(columns, left, rows.largest)
  for (let member = 0; member < members; member += 1) foldMember(folding, rows, member, asOf)
  return folding
}
