import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, type MemberId, unwrap } from '../../src/foundation/index.ts'
import { foldLedger, type LedgerFold, type LedgerRow } from '../../src/ledger/index.ts'
import { ledgerCaseArbitrary } from '../arbitraries/ledger-rows.ts'
import { accrual, clawBack, columnsOf, figures, figuresOf, lotsOf, redemption } from './columns-of-rows.ts'
import { type RowPath, rowOfLot, rowPath } from './row-path.ts'

const folded = (rows: ReadonlyArray<LedgerRow>, asOf: number): LedgerFold =>
  unwrap(foldLedger(columnsOf(rows), { asOf: asOf as Instant, onInsufficient: 'reject', openLots: true }))

const ann = (rows: ReadonlyArray<LedgerRow>, asOf: number) => figuresOf(folded(rows, asOf), 0)

const expectSame = (fold: LedgerFold, { wallets, rejected }: RowPath): void => {
  expect(fold.members).toEqual([...wallets.keys()])
  const all = [...wallets.values()]
  for (const figure of figures) expect(Array.from(fold[figure])).toEqual(all.map((wallet) => wallet[figure]))
  const lots = all.flatMap((wallet) => wallet.lots)
  expect(lotsOf(fold)).toEqual(new Map(lots.map(({ id, points, active }) => [rowOfLot(id), { points, active }])))
  expect(Array.from(fold.rejected.row).sort((a, b) => a - b)).toEqual(rejected)
}

const validity = fc.oneof(fc.constantFrom(1000, 1000, 1000, null), fc.integer({ min: 0, max: 3000 }))

/** A row each millisecond: accruals that are active at once or later, and some redemptions. */
const longLedgerArbitrary = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ points: fc.nat({ max: 9 }), wait: fc.constant(0), validity }) },
      { weight: 3, arbitrary: fc.record({ points: fc.nat({ max: 9 }), wait: fc.nat({ max: 200 }), validity }) },
      { weight: 2, arbitrary: fc.record({ points: fc.nat({ max: 27 }) }) },
    ),
    { minLength: 300, maxLength: 600, size: 'max' },
  )
  .map((acts) =>
    acts.map((act, at): LedgerRow => {
      if (!('wait' in act)) return redemption(at, act.points)
      const activeFrom = at + act.wait
      return accrual(at, act.points, act.validity === null ? null : activeFrom + act.validity, activeFrom)
    }),
  )

/** The rows with all of one member's together. */
const memberByMember = (rows: ReadonlyArray<LedgerRow>): ReadonlyArray<LedgerRow> => {
  const members = [...new Set(rows.map(({ member }) => member))]
  const order = members.flatMap((member) => [...rows.keys()].filter((row) => rows[row]?.member === member))
  const moved = order.flatMap((row) => rows[row] ?? [])
  return moved.map((row) => (row.type === 'clawBack' ? { ...row, of: order.indexOf(row.of) } : row))
}

describe('the batch path', () => {
  test('gives what the row path gives', () => {
    fc.assert(
      fc.property(ledgerCaseArbitrary, ({ rows, asOf }) => {
        expectSame(folded(rows, asOf), rowPath(rows, asOf))
      }),
    )
  })

  test('gives what the row path gives with hundreds of lots at once, of every validity', () => {
    fc.assert(
      fc.property(longLedgerArbitrary, fc.integer({ min: 200, max: 2500 }), (rows, asOf) => {
        expectSame(folded(rows, asOf), rowPath(rows, asOf as Instant))
      }),
      { numRuns: 30 },
    )
  })

  test('gives the same however the rows of the members interleave', () => {
    fc.assert(
      fc.property(ledgerCaseArbitrary, ({ rows, asOf }) => {
        const [one, other] = [folded(rows, asOf), folded(memberByMember(rows), asOf)]
        expect(other.members).toEqual(one.members)
        for (const index of one.members.keys()) expect(figuresOf(one, index)).toEqual(figuresOf(other, index))
      }),
    )
  })

  test('loses no point and makes none', () => {
    fc.assert(
      fc.property(ledgerCaseArbitrary, ({ rows, asOf }) => {
        const fold = folded(rows, asOf)
        for (const index of fold.members.keys()) {
          const { active = 0, pending = 0, debt = 0, ...past } = figuresOf(fold, index)
          const { accrued = 0, redeemed = 0, expired = 0, reversed = 0 } = past
          expect(accrued - redeemed - expired - reversed).toBe(active + pending - debt)
          expect(Math.min(active, debt)).toBe(0)
          expect(Math.min(active, pending, debt, redeemed, expired, reversed)).toBeGreaterThanOrEqual(0)
        }
        const left = fold.lots?.points.reduce((sum, points) => sum + points, 0)
        const held = [...fold.active, ...fold.pending].reduce((sum, points) => sum + points, 0)
        expect(left).toBe(held)
      }),
    )
  })

  test('as of an instant is the fold of the rows until then', () => {
    fc.assert(
      fc.property(ledgerCaseArbitrary, ({ rows, asOf }) => {
        const all = folded(rows, asOf)
        const until = folded(
          rows.filter(({ at }) => at <= asOf),
          asOf,
        )
        for (const [index, member] of until.members.entries()) {
          expect(figuresOf(all, all.members.indexOf(member))).toEqual(figuresOf(until, index))
        }
        expect(lotsOf(all)).toEqual(lotsOf(until))
      }),
    )
  })

  test('changes none of the arrays that it is given', () => {
    fc.assert(
      fc.property(ledgerCaseArbitrary, ({ rows, asOf }) => {
        const columns = columnsOf(rows)
        foldLedger(columns, { asOf, onInsufficient: 'reject', openLots: true })
        expect(columns).toEqual(columnsOf(rows))
      }),
    )
  })
})

describe('worked examples', () => {
  test('S14 what was spent is matched with the lots it came from: no negative balance after an expiry', () => {
    const rows = [accrual(0, 500, 182), accrual(1, 300, 213), redemption(60, 400)]
    expect(ann(rows, 181)).toMatchObject({ active: 400, expired: 0 })
    expect(ann(rows, 183)).toMatchObject({ active: 300, expired: 100, redeemed: 400 })
  })

  test('S15 the soonest to expire is spent first, though it was earned later; never-expiring last', () => {
    const rows = [accrual(0, 100, 365), accrual(31, 100, 60), accrual(32, 100, null), redemption(40, 100)]
    expect(ann(rows, 60)).toMatchObject({ active: 200, expired: 0 })
    expect([...lotsOf(folded([...rows, redemption(61, 100)], 61)).keys()]).toEqual([2])
  })

  test('S15 of lots that expire together the earlier row is spent first, also where it was activated later', () => {
    const rows = [accrual(0, 10, 99, 5), accrual(1, 10, 99), accrual(1, 10, 99), redemption(6, 15)]
    expect(lotsOf(folded(rows, 6))).toEqual(
      new Map([
        [1, { points: 5, active: true }],
        [2, { points: 10, active: true }],
      ]),
    )
  })

  test('S17 pending points cannot be spent until they are active', () => {
    const rows = [accrual(0, 100, 120, 30), redemption(29, 100), redemption(30, 60)]
    expect(ann(rows, 28)).toMatchObject({ active: 0, pending: 100 })
    expect(folded(rows, 119)).toMatchObject({ rejected: { row: Int32Array.of(1), available: Float64Array.of(0) } })
    expect(ann(rows, 119)).toMatchObject({ active: 40, pending: 0 })
    expect(ann(rows, 120)).toMatchObject({ active: 0, expired: 40 })
  })

  test('S19 points die at the first instant at which they are not valid, before a row of that instant', () => {
    const rows = [accrual(0, 100, 10), redemption(10, 100)]
    expect(folded(rows, 10)).toMatchObject({ rejected: { row: Int32Array.of(1) } })
    expect(ann(rows.slice(0, 1), 9)).toMatchObject({ active: 100 })
  })

  test('S21 in one instant points become active before others die, and pay debt before they die themselves', () => {
    const rows = [accrual(0, 100, null), redemption(1, 100), clawBack(2, 100, 0), accrual(3, 30, 10, 10)]
    expect(ann(rows, 9)).toMatchObject({ debt: 100, pending: 30 })
    expect(ann(rows, 10)).toMatchObject({ debt: 70, pending: 0, expired: 0 })
  })

  test('S27 what was spent and is taken back is debt, which the next active points pay', () => {
    const rows = [accrual(0, 100, null), redemption(1, 100), clawBack(2, 100, 0), accrual(3, 150, 50)]
    expect(ann(rows, 2)).toMatchObject({ active: 0, debt: 100, reversed: 100 })
    expect(ann(rows, 3)).toMatchObject({ active: 50, debt: 0 })
    expect(ann(rows, 50)).toMatchObject({ active: 0, expired: 50 })
  })

  test('S28 points are taken back from their own lot, the rest from what else is active', () => {
    const rows = [accrual(0, 100, 20), accrual(0, 80, 30), redemption(1, 60), clawBack(2, 100, 0)]
    expect(lotsOf(folded(rows, 2))).toEqual(new Map([[1, { points: 20, active: true }]]))
    expect(ann(rows, 2)).toMatchObject({ active: 20, debt: 0, reversed: 100 })
  })

  test('S28 pending points can be taken back', () => {
    expect(ann([accrual(0, 100, null, 9), clawBack(1, 70, 0)], 1)).toMatchObject({ pending: 30, reversed: 70 })
    expect(ann([accrual(0, 100, null, 9), clawBack(1, 100, 0)], 9)).toMatchObject({ active: 0, pending: 0 })
    expect(ann([accrual(0, 100, null, 9), clawBack(9, 70, 0)], 9)).toMatchObject({ active: 30, pending: 0 })
  })

  test('points that die before they become active die in the instant of their activation', () => {
    const rows = [accrual(0, 100, 5, 9)]
    expect(ann(rows, 8)).toMatchObject({ pending: 100, expired: 0 })
    expect(ann(rows, 9)).toMatchObject({ pending: 0, expired: 100 })
  })

  test('rows after the instant have not happened, and members without rows hold nothing', () => {
    const rows = [accrual(0, 100, null), redemption(5, 10)]
    const columns = { ...columnsOf(rows), members: ['ann', 'bob'] as ReadonlyArray<string> as ReadonlyArray<MemberId> }
    const fold = unwrap(foldLedger(columns, { asOf: 4 as Instant }))
    expect(figuresOf(fold, 0)).toMatchObject({ active: 100, redeemed: 0 })
    expect(figuresOf(fold, 1)).toMatchObject({ active: 0, accrued: 0 })
    expect(fold.lots).toBe(null)
  })

  test('a wallet as full as can be is exact', () => {
    const most = Number.MAX_SAFE_INTEGER
    const rows = [accrual(0, most - 1, null), accrual(0, 1, null), redemption(0, most), clawBack(0, most - 1, 0)]
    expect(ann(rows, 0)).toMatchObject({ active: 0, debt: most - 1, reversed: most - 1, redeemed: most })
  })

  test('a fold of nothing is empty', () => {
    expect(folded([], 0)).toMatchObject({
      members: [],
      active: new Float64Array(0),
      rejected: { row: new Int32Array(0) },
    })
  })
})

describe('a redemption of too much', () => {
  test('is a fault unless it is to be rejected: the same rows then, each with what was there', () => {
    fc.assert(
      fc.property(ledgerCaseArbitrary, ({ rows, asOf }) => {
        const { rejected } = folded(rows, asOf)
        const strict = foldLedger(columnsOf(rows), { asOf })
        const faults = strict._tag === 'Left' ? strict.left : []
        const available = new Map(Array.from(rejected.row, (row, index) => [row, rejected.available[index]]))
        expect(faults.map(({ path }) => path)).toEqual(
          [...available.keys()].sort((a, b) => a - b).map((row) => ['points', row]),
        )
        for (const fault of faults) {
          if (fault._tag !== 'InsufficientBalance') throw new Error(fault._tag)
          const { row, member, requested } = fault
          expect(rows[row]).toMatchObject({ type: 'redemption', member, points: requested })
          expect(fault.available).toBe(available.get(row))
          expect(fault.available).toBeLessThan(requested)
        }
      }),
    )
  })
})
