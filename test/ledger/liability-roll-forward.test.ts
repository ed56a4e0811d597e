import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FunderId, unwrap, type WalletId } from '../../src/foundation/index.ts'
import {
  emptyWallet,
  type LiabilityMovement,
  LiabilityMovementKind,
  type LiabilityOpening,
  liabilityRollForward,
  type RollForwardLines,
  summariseLiability,
} from '../../src/ledger/index.ts'
import { walletHistoryArbitrary } from '../arbitraries/ledger-history.ts'
import { playWallet } from '../arbitraries/ledger-play.ts'
import { funderArbitrary, liabilityMovementArbitrary } from '../arbitraries/liability.ts'

const bank = 'bank' as FunderId
const move = (
  period: string,
  kind: LiabilityMovementKind,
  points: number,
  funder: FunderId | null = null,
): LiabilityMovement => ({ period, funder, kind, points })
const rollForward = (movements: ReadonlyArray<LiabilityMovement>, openings: ReadonlyArray<LiabilityOpening> = []) =>
  liabilityRollForward(unwrap(summariseLiability(movements)), openings)

const sumOfLines = ({ closing, ...lines }: RollForwardLines<number>) =>
  Object.values(lines).reduce((sum, points) => sum + points, 0)

const incoming: ReadonlyArray<LiabilityMovementKind> = [
  'accrued',
  'opened',
  'adjustedIn',
  'transferredIn',
  'convertedIn',
  'restored',
  'reinstated',
  'debtWrittenOff',
]

/** What a funder owes after a period: everything up to it, one by one. */
const owedAfter = (
  movements: ReadonlyArray<LiabilityMovement>,
  openings: ReadonlyArray<LiabilityOpening>,
  period: string,
  concerns: (funder: FunderId | null) => boolean,
) => {
  let owed = 0
  for (const { funder, points } of openings) if (concerns(funder)) owed += points
  for (const each of movements) {
    if (each.period > period || !concerns(each.funder) || each.kind === 'debtSettled') continue
    owed += incoming.includes(each.kind) ? each.points : -each.points
  }
  return owed
}

const openingsArbitrary: fc.Arbitrary<ReadonlyArray<LiabilityOpening>> = fc.uniqueArray(
  fc.record({ funder: funderArbitrary, points: fc.integer({ min: -1000, max: 100_000 }) }),
  { selector: ({ funder }) => funder, maxLength: 3 },
)

describe('liabilityRollForward', () => {
  test('S64: opening + accrued − redeemed − expired − reversed ± adjustments ± transfers = closing, per period and funder', () => {
    const { rows, totals } = unwrap(
      rollForward([
        move('2026-01', 'accrued', 1000),
        move('2026-01', 'accrued', 400, bank),
        move('2026-01', 'redeemed', 150),
        move('2026-02', 'accrued', 500),
        move('2026-02', 'redeemed', 300),
        move('2026-02', 'restored', 20),
        move('2026-02', 'expired', 100),
        move('2026-02', 'decayed', 10),
        move('2026-02', 'reinstated', 30),
        move('2026-02', 'reversed', 80),
        move('2026-02', 'debtSettled', 40),
        move('2026-02', 'debtWrittenOff', 5),
        move('2026-02', 'adjustedIn', 60),
        move('2026-02', 'adjustedOut', 7),
        move('2026-02', 'transferredIn', 8),
        move('2026-02', 'transferredOut', 9),
        move('2026-02', 'convertedIn', 11),
        move('2026-02', 'convertedOut', 12),
        move('2026-02', 'opened', 13),
      ]),
    )
    expect(rows.map(({ period, funder, points }) => [period, funder, points.opening, points.closing])).toEqual([
      ['2026-01', null, 0, 850],
      ['2026-01', bank, 0, 400],
      ['2026-02', null, 850, 979],
    ])
    expect(rows[2]?.points).toEqual({
      opening: 850,
      opened: 13,
      accrued: 500,
      redeemed: -280,
      expired: -80,
      reversed: -80,
      writtenOff: 5,
      adjustments: 53,
      transfers: -1,
      conversions: -1,
      closing: 979,
    })
    expect(totals.map(({ points }) => [points.opening, points.closing])).toEqual([
      [0, 1250],
      [1250, 1379],
    ])
  })

  test('agrees with counting every movement up to the period, per funder and in all', () => {
    fc.assert(
      fc.property(
        fc.array(liabilityMovementArbitrary(1_000_000), { maxLength: 40 }),
        openingsArbitrary,
        (movements, openings) => {
          const { rows, totals } = unwrap(rollForward(movements, openings))
          for (const { period, funder, points } of rows) {
            expect(points.closing).toBe(owedAfter(movements, openings, period, (each) => each === funder))
            expect(sumOfLines(points)).toBe(points.closing)
          }
          for (const { period, points } of totals) {
            expect(points.closing).toBe(owedAfter(movements, openings, period, () => true))
            expect(sumOfLines(points)).toBe(points.closing)
          }
          expect(totals.map(({ period }) => period)).toEqual(
            Array.from(new Set(movements.filter(({ points }) => points > 0).map(({ period }) => period))).sort(),
          )
        },
      ),
    )
  })

  test('the closing of a period is the opening of the next', () => {
    fc.assert(
      fc.property(fc.array(liabilityMovementArbitrary(1000), { maxLength: 40 }), openingsArbitrary, (all, openings) => {
        const { rows, totals } = unwrap(rollForward(all, openings))
        totals.slice(1).forEach(({ points }, index) => {
          expect(points.opening).toBe(totals[index]?.points.closing)
        })
        const owed = new Map(openings.map(({ funder, points }) => [funder, points]))
        for (const { funder, points } of rows) {
          expect(points.opening).toBe(owed.get(funder) ?? 0)
          owed.set(funder, points.closing)
        }
      }),
    )
  })

  test('a funder who is owed something from before has a row in the first period, without movements too', () => {
    const { rows, totals } = unwrap(rollForward([move('2026-01', 'accrued', 10)], [{ funder: bank, points: 500 }]))
    expect(rows.map(({ funder, points }) => [funder, points.opening, points.closing])).toEqual([
      [null, 0, 10],
      [bank, 500, 500],
    ])
    expect(totals[0]?.points).toMatchObject({ opening: 500, accrued: 10, closing: 510 })
  })

  test('openings twice or not whole, and figures beyond a number, are faults', () => {
    const twice = rollForward(
      [],
      [
        { funder: bank, points: 1 },
        { funder: bank, points: Number.NaN },
      ],
    )
    expect(twice._tag === 'Left' && twice.left.map(({ path }) => path)).toEqual([
      ['openings', 1, 'funder'],
      ['openings', 1, 'points'],
    ])
    const most = Number.MAX_SAFE_INTEGER
    expect(rollForward([move('1', 'accrued', most), move('1', 'adjustedIn', 1)])).toMatchObject({
      left: [
        { _tag: 'OutOfRange', path: ['rows', 0, 'closing'] },
        { _tag: 'OutOfRange', path: ['totals', 0, 'closing'] },
      ],
    })
    const large = [move('1', 'accrued', most), move('1', 'accrued', most), move('2', 'redeemed', most)]
    expect(rollForward([...large, move('2', 'redeemed', most)])._tag).toBe('Left')
  })

  test('the entries of a wallet, mapped by their type, close at what is in it less its debt', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const steps = playWallet(history)
        const movements = steps.flatMap(({ entries }, index) =>
          entries.flatMap(({ type, points }) =>
            LiabilityMovementKind.is(type) ? [move(String(index).padStart(3, '0'), type, points)] : [],
          ),
        )
        const { rows } = unwrap(rollForward(movements))
        for (const { period, points } of rows) {
          const { active, pending, debt, ...more } = steps[Number(period)]?.wallet ?? emptyWallet('none' as WalletId)
          const held = 'held' in more ? Number(more.held) : 0
          expect(points.closing).toBe(active + pending + held - debt)
        }
      }),
    )
  })

  test('many periods and many funders who move once each make a row for each', () => {
    const many = Array.from({ length: 50_000 }, (_, n) => move(String(n), 'accrued', 1, `funder ${n}` as FunderId))
    const { rows, totals } = unwrap(rollForward(many))
    expect(rows).toHaveLength(50_000)
    expect(totals[49_999]?.points.closing).toBe(50_000)
  })
})
