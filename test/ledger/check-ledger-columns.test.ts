import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatError, type Instant, type MemberId } from '../../src/foundation/index.ts'
import { foldLedger, type LedgerColumns, type LedgerFault, type LedgerRow } from '../../src/ledger/index.ts'
import { ledgerRowsArbitrary } from '../arbitraries/ledger-rows.ts'
import { accrual, clawBack, columnsOf, redemption } from './columns-of-rows.ts'

const faultsOf = (columns: LedgerColumns, asOf = 100): ReadonlyArray<LedgerFault> => {
  const folded = foldLedger(columns, { asOf: asOf as Instant, onInsufficient: 'reject' })
  return folded._tag === 'Left' ? folded.left : []
}

const tagsAndPaths = (faults: ReadonlyArray<LedgerFault>) => faults.map(({ _tag, path }) => [_tag, ...path])

const rows = [accrual(0, 100, 50), redemption(1, 30), clawBack(2, 40, 0), accrual(3, 10, null)]
const columns = columnsOf(rows)

/** A column with other entries at some rows. */
const floats = (column: Float64Array, entries: Record<number, number>): Float64Array =>
  column.map((there, row) => entries[row] ?? there)
const ints = (column: Int32Array, entries: Record<number, number>): Int32Array =>
  column.map((there, row) => entries[row] ?? there)

const max = Number.MAX_SAFE_INTEGER

describe('the check of ledger columns', () => {
  test('finds nothing in ledgers that are sound', () => {
    expect(faultsOf(columns)).toEqual([])
    fc.assert(
      fc.property(ledgerRowsArbitrary, (sound) => {
        expect(faultsOf(columnsOf(sound))).toEqual([])
      }),
    )
  })

  test('tells what would be right', () => {
    const faulty = { ...columns, at: floats(columns.at, { 1: 1.5, 3: 1 }), points: floats(columns.points, { 2: 101 }) }
    expect(formatError(faultsOf(faulty)).split('\n')).toEqual([
      'Invalid value at at[1]: got 1.5, expected whole milliseconds since 1970-01-01T00:00:00Z, a safe integer.',
      'Excess claw back at points[2]: expected at most the 100 points that the accrual granted and that were not taken back (row 2, of 0, requested 101, available 100).',
      "Row out of order at at[3]: expected at least 2, when the member's row before is (row 3, at 1, previous 2).",
    ])
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, 2 ** 53, -(2 ** 53)])(
    'refuses %d wherever an integer belongs',
    (wrong) => {
      const at = floats(columns.at, { 0: wrong })
      const points = floats(columns.points, { 1: wrong })
      const activeFrom = floats(columns.activeFrom, { 3: wrong })
      expect(tagsAndPaths(faultsOf({ ...columns, at, points, activeFrom }))).toEqual([
        ['InvalidValue', 'at', 0],
        ['InvalidValue', 'points', 1],
        ['InvalidValue', 'activeFrom', 3],
      ])
      const expiresAt = floats(columns.expiresAt, { 0: wrong })
      expect(faultsOf({ ...columns, expiresAt })).toHaveLength(wrong === Number.POSITIVE_INFINITY ? 0 : 1)
      expect(tagsAndPaths(faultsOf(columns, wrong))).toEqual([['InvalidValue', 'asOf']])
    },
  )

  test('refuses negative points, members and kinds that there are not', () => {
    const points = floats(columns.points, { 1: -1 })
    const member = ints(columns.member, { 0: -1, 3: 1 })
    const type = columns.type.with(1, 3)
    expect(tagsAndPaths(faultsOf({ ...columns, points, member, type }))).toEqual([
      ['InvalidValue', 'member', 0],
      ['InvalidValue', 'points', 1],
      ['InvalidValue', 'type', 1],
      ['UnknownAccrual', 'of', 2],
      ['InvalidValue', 'member', 3],
    ])
  })

  test('does not read what only rows of another type have', () => {
    const nothing = Number.NaN
    const activeFrom = floats(columns.activeFrom, { 1: nothing, 2: nothing })
    const expiresAt = floats(columns.expiresAt, { 1: nothing, 2: nothing })
    expect(faultsOf({ ...columns, activeFrom, expiresAt, of: ints(columns.of, { 0: 9, 1: -9 }) })).toEqual([])
  })

  test('refuses columns of different lengths, and says nothing of their rows then', () => {
    const points = new Float64Array(5).fill(-1)
    expect(faultsOf({ ...columns, points, of: new Int32Array(0) })).toEqual([
      { _tag: 'InvalidValue', path: ['points', 'length'], actual: '5', expected: '4, one per row' },
      { _tag: 'InvalidValue', path: ['of', 'length'], actual: '0', expected: '4, one per row' },
    ])
  })

  test('a row that is out of order does not move the time of its member', () => {
    const list = [accrual(5, 1, null), accrual(2, 1, null), accrual(4, 1, null), accrual(5, 1, null)]
    expect(faultsOf(columnsOf(list))).toMatchObject([
      { _tag: 'RowOutOfOrder', row: 1, at: 2, previous: 5 },
      { _tag: 'RowOutOfOrder', row: 2, at: 4, previous: 5 },
    ])
    const bob: LedgerRow = { ...accrual(0, 1, null), member: 'bob' as MemberId }
    expect(faultsOf(columnsOf([accrual(5, 1, null), bob, accrual(5, 1, null)]))).toEqual([])
  })

  test('a lifetime total stays within the exact integers, for each member', () => {
    const bob: LedgerRow = { ...accrual(0, max, null), member: 'bob' as MemberId }
    const list = [accrual(0, max - 1, null), bob, accrual(0, 1, null)]
    expect(faultsOf(columnsOf(list))).toEqual([])
    expect(faultsOf(columnsOf([...list, accrual(1, 1, null), { ...bob, points: 0 as never }]))).toMatchObject([
      { _tag: 'OutOfRange', path: ['points', 3], actual: '1' },
    ])
  })

  test('what a redemption or a claw-back moves is not in the lifetime total', () => {
    expect(faultsOf(columnsOf([accrual(0, max, null), redemption(1, max), clawBack(2, max, 0)]))).toEqual([])
  })

  test('a claw-back names an earlier accrual of its member', () => {
    const bob: LedgerRow = { ...accrual(0, 9, null), member: 'bob' as MemberId }
    const list = [bob, accrual(0, 9, null), redemption(1, 1), ...[0, 2, 3, 7, -1, 1].map((of) => clawBack(2, 1, of))]
    expect(tagsAndPaths(faultsOf(columnsOf(list)))).toEqual([3, 4, 5, 6, 7].map((row) => ['UnknownAccrual', 'of', row]))
    expect(faultsOf(columnsOf(list))[1]).toMatchObject({ row: 4, of: 2 })
  })

  test('S30 claw-backs take no more than was granted, all together; one of too much takes nothing', () => {
    const list = [accrual(0, 50, null), ...[30, 21, 20, 1].map((points) => clawBack(1, points, 0))]
    expect(faultsOf(columnsOf(list))).toMatchObject([
      { _tag: 'ExcessClawBack', row: 2, of: 0, requested: 21, available: 20 },
      { _tag: 'ExcessClawBack', row: 4, of: 0, requested: 1, available: 0 },
    ])
  })

  test('what is wrong with an accrual is not said again of its claw-back', () => {
    const points = floats(columns.points, { 0: -5 })
    expect(tagsAndPaths(faultsOf({ ...columns, points }))).toEqual([['InvalidValue', 'points', 0]])
  })

  test('one wrong entry in a sound ledger is found at its column and row, and nothing else', () => {
    const column = fc.constantFrom('at' as const, 'points' as const)
    fc.assert(
      fc.property(ledgerRowsArbitrary, column, fc.nat(), (sound, name, index) => {
        fc.pre(sound.length > 0)
        const all = columnsOf(sound)
        const row = index % sound.length
        const faults = faultsOf({ ...all, [name]: floats(all[name], { [row]: Number.NaN }) })
        expect(tagsAndPaths(faults)).toEqual([['InvalidValue', name, row]])
      }),
    )
  })
})
