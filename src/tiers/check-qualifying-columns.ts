// Everything that is wrong with columns of what counts: they are folded only when they passed. Each pass goes through few
// columns in a tight loop.

import { type Instant, type InvalidValue, invalidValue } from '../foundation/index.ts'
import type { QualifyingColumns, QualifyingColumnsFault } from './qualifying-columns.ts'

const expectedInstant = 'whole milliseconds since 1970-01-01T00:00:00Z, a safe integer'

type Faults = Array<QualifyingColumnsFault>

const lengthFaults = (columns: QualifyingColumns): ReadonlyArray<InvalidValue> => {
  const rows = columns.member.length
  const { countedAt } = columns
  const others: ReadonlyArray<readonly [string, number]> = [
    ['at', columns.at.length],
    ['metric', columns.metric.length],
    ['count', columns.count.length],
    ...(countedAt === undefined ? [] : [['countedAt', countedAt.length] as const]),
  ]
  return others
    .filter(([, length]) => length !== rows)
    .map(([name, length]) => invalidValue([name, 'length'], length, `${rows}, one per row`))
}

const checkInstants = (name: string, instants: Float64Array, faults: Faults): void => {
  for (let place = 0; place < instants.length; place += 1) {
    const at = instants[place] as number
    if (!Number.isSafeInteger(at)) faults.push(invalidValue([name, place], at, expectedInstant))
  }
}

const checkMembers = ({ joinedAt, member }: QualifyingColumns, faults: Faults): void => {
  const count = joinedAt.length
  for (let row = 0; row < member.length; row += 1) {
    const index = member[row] as number
    if (index >= 0 && index < count) continue
    faults.push(invalidValue(['member', row], index, `a member's index below ${count}`))
  }
}

const outOfOrder = (row: number, at: number, previous: number): QualifyingColumnsFault => ({
  _tag: 'RowOutOfOrder',
  path: ['at', row],
  expected: `at least ${previous}, when the member's row before is`,
  row,
  at: at as Instant,
  previous: previous as Instant,
})

const beforeJoining = (row: number, at: number, joinedAt: number): QualifyingColumnsFault => ({
  _tag: 'RowBeforeJoining',
  path: ['at', row],
  expected: `at least ${joinedAt}, when the member joined`,
  row,
  at: at as Instant,
  joinedAt: joinedAt as Instant,
})

/** A row that is out of order does not move the time of its member. */
const checkTimes = ({ joinedAt, member, at }: QualifyingColumns, faults: Faults): void => {
  const last = joinedAt.slice()
  for (let row = 0; row < at.length; row += 1) {
    const now = at[row] as number
    const index = member[row] as number
    const previous = last[index] as number
    if (now >= previous) last[index] = now
    else if (now < (joinedAt[index] as number)) faults.push(beforeJoining(row, now, joinedAt[index] as number))
    else if (now < previous) faults.push(outOfOrder(row, now, previous))
  }
}

const checkAmounts = ({ metric, count }: QualifyingColumns, metrics: number, faults: Faults): void => {
  for (let row = 0; row < count.length; row += 1) {
    const amount = count[row] as number
    const index = metric[row] as number
    if (!Number.isSafeInteger(amount)) faults.push(invalidValue(['count', row], amount, 'a safe integer'))
    if (index < metrics) continue
    faults.push(invalidValue(['metric', row], index, `a metric's index in the ladder, below ${metrics}`))
  }
}

const rowOf = ({ path }: QualifyingColumnsFault): number => Number(path[1])

/** What is wrong with columns: with the members first, then in the order of the rows. */
export const checkQualifyingColumns = (
  columns: QualifyingColumns,
  metrics: number,
): ReadonlyArray<QualifyingColumnsFault> => {
  const lengths = lengthFaults(columns)
  if (lengths.length > 0) return lengths
  const ofMembers: Faults = []
  checkInstants('joinedAt', columns.joinedAt, ofMembers)
  const faults: Faults = []
  checkMembers(columns, faults)
  checkInstants('at', columns.at, faults)
  if (columns.countedAt !== undefined) checkInstants('countedAt', columns.countedAt, faults)
  checkTimes(columns, faults)
  checkAmounts(columns, metrics, faults)
  return [...ofMembers, ...faults.sort((a, b) => rowOf(a) - rowOf(b))]
}

/** What is wrong with the instants that are asked for: there is at least one, and time does not go backwards. */
export const checkAsOf = (asOf: ReadonlyArray<number>): ReadonlyArray<InvalidValue> => {
  if (asOf.length === 0) return [invalidValue(['asOf'], asOf, 'at least one instant')]
  return asOf.flatMap((at, index) => {
    if (!Number.isSafeInteger(at)) return [invalidValue(['asOf', index], at, expectedInstant)]
    const previous = asOf[index - 1]
    if (previous === undefined || !(at < previous)) return []
    return [invalidValue(['asOf', index], at, `at least ${previous}, the instant before`)]
  })
}
