import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant, MemberId } from '../../src/foundation/index.ts'
import { foldLedger, foldLedgerRows, type LedgerFault, type LedgerRow } from '../../src/ledger/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { ledgerCaseArbitrary } from '../arbitraries/ledger-rows.ts'
import { accrual, clawBack, columnsOf, redemption } from './columns-of-rows.ts'

const asOf = 100 as Instant

const faultsOf = (rows: ReadonlyArray<unknown>): ReadonlyArray<LedgerFault> => {
  const folded = foldLedgerRows(rows as ReadonlyArray<LedgerRow>, { asOf })
  return folded._tag === 'Left' ? folded.left : []
}

/** The fault of a column as that of a row. */
const turned = (fault: LedgerFault): LedgerFault => ({ ...fault, path: [...fault.path].reverse() })

describe('the batch path for rows', () => {
  test('gives what the batch path for columns gives, faults at the row first', () => {
    fc.assert(
      fc.property(
        ledgerCaseArbitrary,
        fc.constantFrom('fault' as const, 'reject' as const),
        (sample, onInsufficient) => {
          const options = { asOf: sample.asOf, onInsufficient, openLots: true }
          const ofColumns = foldLedger(columnsOf(sample.rows), options)
          const ofRows = foldLedgerRows(frozen(sample.rows), options)
          expect(ofRows).toEqual(
            ofColumns._tag === 'Left' ? { _tag: 'Left', left: ofColumns.left.map(turned) } : ofColumns,
          )
        },
      ),
    )
  })

  test('reads what is left out: active at once', () => {
    const row = { type: 'accrual', member: 'ann', at: 5, points: 7, expiresAt: null }
    const folded = foldLedgerRows([row as unknown as LedgerRow], { asOf })
    expect(folded).toMatchObject({ _tag: 'Right', right: { active: Float64Array.of(7) } })
  })

  test('finds what is wrong with a row, with what the row has there', () => {
    const row = accrual(0, 1, null)
    const expectFault = (wrong: object, fault: object): void => {
      expect(faultsOf([{ ...row, ...wrong }])).toEqual([{ _tag: 'InvalidValue', ...fault }])
    }
    const instant = 'whole milliseconds since 1970-01-01T00:00:00Z, a safe integer'
    const expiry = 'an instant as a safe integer of epoch milliseconds, or null for never'
    const points = 'points as an integer from 0 to 9007199254740991'
    const kinds = 'accrual, redemption or clawBack'
    expectFault({ member: '' }, { path: [0, 'member'], actual: '""', expected: 'an id that is not empty' })
    expectFault({ member: 7 }, { path: [0, 'member'], actual: '7', expected: 'an id that is not empty' })
    expectFault({ type: 'toString' }, { path: [0, 'type'], actual: '"toString"', expected: kinds })
    expectFault({ type: undefined }, { path: [0, 'type'], actual: 'undefined', expected: kinds })
    expectFault({ points: '5' }, { path: [0, 'points'], actual: '"5"', expected: points })
    expectFault({ points: 5n }, { path: [0, 'points'], actual: '5n', expected: points })
    expectFault({ at: null, activeFrom: undefined }, { path: [0, 'at'], actual: 'null', expected: instant })
    expectFault({ at: 0.5, activeFrom: undefined }, { path: [0, 'at'], actual: '0.5', expected: instant })
    expectFault({ activeFrom: null }, { path: [0, 'activeFrom'], actual: 'null', expected: instant })
    expectFault({ expiresAt: undefined }, { path: [0, 'expiresAt'], actual: 'undefined', expected: expiry })
    const infinite = { path: [0, 'expiresAt'], actual: 'Infinity', expected: expiry }
    expectFault({ expiresAt: Number.POSITIVE_INFINITY }, infinite)
  })

  test('finds a claw-back of no row, of one that is none, and of too much', () => {
    const expected = 'the row of an earlier accrual of the same member'
    const row = accrual(0, 5, null)
    expect(faultsOf([row, { ...clawBack(1, 1, 0), of: '0' }, { ...clawBack(1, 1, 0), of: 0.5 }])).toEqual([
      { _tag: 'InvalidValue', path: [1, 'of'], actual: '"0"', expected },
      { _tag: 'InvalidValue', path: [2, 'of'], actual: '0.5', expected },
    ])
    for (const of of [1, 2 ** 32, -(2 ** 32), 1e300]) {
      expect(faultsOf([row, clawBack(1, 1, of)])).toMatchObject([{ _tag: 'UnknownAccrual', path: [1, 'of'], of }])
    }
    expect(faultsOf([row, clawBack(1, 6, 0), redemption(2, 1)])).toMatchObject([
      { _tag: 'ExcessClawBack', path: [1, 'points'], row: 1, available: 5 },
    ])
  })

  test('takes what is no row at all for a row without anything', () => {
    for (const none of [null, undefined, 5, 'row', []]) {
      expect(faultsOf([none]).map(({ path }) => path[1])).toEqual(['member', 'at', 'points', 'type'])
    }
  })

  test('an instant that is none is a fault of the options', () => {
    const folded = foldLedgerRows([], { asOf: Number.NaN as Instant })
    expect(folded).toMatchObject({ _tag: 'Left', left: [{ _tag: 'InvalidValue', path: ['asOf'] }] })
  })

  test('members whose names are members of every object are members like others', () => {
    const rows = ['__proto__', 'constructor', 'toString'].map(
      (member): LedgerRow => ({ ...accrual(0, 3, null), member: member as MemberId }),
    )
    const folded = foldLedgerRows(rows, { asOf })
    expect(folded).toMatchObject({ right: { members: rows.map(({ member }) => member) } })
    expect(folded).toMatchObject({ right: { active: Float64Array.of(3, 3, 3) } })
  })
})
